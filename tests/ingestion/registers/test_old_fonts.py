"""TCVN3 and VNI in registers (M20): the set-based road against the workbook's reader, and what the sender is told."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Iterator
from pathlib import Path

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.findings import Finding
from expectations.home import Home
from ingestion import vault
from ingestion.registers import old_fonts, words
from ingestion.registers.load import Reader, Register
from ingestion.typing.legacy import from_unicode, letters_of, to_unicode
from ingestion.workbook.jail import Jail
from ingestion.workbook.legacy_text import in_unicode
from ingestion.workbook.parsed import Cell, ParsedSheet, ParsedWorkbook
from ingestion.workbook.reference import reference_of
from tests.inboxes import REGISTER, Season, csv_text, file_of, rows_of

ENCODINGS = ("TCVN3", "VNI")
NAME = "recruitment_register"
NAMES = ("Hoàng Thị Giả", "Nông Văn Đường", "Lương Mỹ Ước", "Bé", "Lê Hà", "Ngô Bảo Ngọc")
SAID = {**REGISTER, "position": "Chuyên viên chính", "staff_kind": "Công chức", "sex": "Nữ", "agency_code": "Sở Nội vụ"}
LABELS = {"full_name": "Họ và tên", "sex": "Giới tính", "birth_date": "Ngày sinh", "status": "Tình trạng"}
CONVERTED = ("full_name", "position", "staff_kind", "sex", "agency_code", "decision_number")
SHOWN = {"TCVN3": "TCVN3 (ABC)", "VNI": "VNI"}
TEXTS = st.one_of(
    st.sampled_from(
        ["Bé", "Bộ", "Hà", "Toán", "Müller", "§ 5", "3 × 4", "10 µm", "a – b", "NS§P", "tõ", "Có", "TT", "ø"]
    ),
    st.sampled_from([*NAMES, "Trưởng phòng", "Lạng Sơn"]).flatmap(
        lambda said: st.sampled_from([said, *(from_unicode(said, name) for name in ENCODINGS)])
    ),
    st.text("aeouynhoABCng µ¶§«¬®×÷øùûõïôöñíìæóòîâáàåãäêéèúüë\u00adộ", min_size=1, max_size=8),
)


def register(*changes: dict[str, str]) -> list[dict[str, str]]:
    rows = ({"decision_number": f"{n}/QĐ-SNV", "national_id": f"003190{n:06d}", "full_name": name}
            for n, name in enumerate(NAMES, start=1))  # fmt: skip
    return rows_of(SAID, *rows, *changes)


def old(rows: list[dict[str, str]], encoding: str) -> list[dict[str, str]]:
    return [{name: from_unicode(text, encoding) for name, text in row.items()} for row in rows]


def xlsx(path: Path, rows: list[dict[str, str]]) -> None:
    book = openpyxl.Workbook()
    for row in (list(rows[0]), *(list(row.values()) for row in rows)):
        book.active.append(row)
    book.save(path)


class Road:
    """Reads one register after another into a typed database; no gate, no collection."""

    def __init__(self, root: Path) -> None:
        self.home = Home(root)
        vault.prepare(self.home)
        self.connection = vault.new_typed(self.home, root / "year.duckdb")
        reference = reference_of(self.home)
        self.jail = Jail(None)
        self.reader = Reader(
            self.connection,
            [],
            reference.lists,
            tuple(reference.allowed_prefixes),
            self.jail,
            self.home.vault / "spill",
        )

    def read(self, kind: str, rows: list[dict[str, str]], text: str | None = None) -> tuple[Finding, ...]:
        """The findings of these rows as a file: csv, 8-bit csv, xlsx or parquet; the rows before are forgotten."""
        self.connection.execute(f"DELETE FROM typed.{NAME}")
        name = f"{NAME}.{kind.removeprefix('8-bit ')}"
        path = self.home.root / name
        written = csv_text(rows) if text is None else text
        if kind == "xlsx":
            xlsx(path, rows)
        else:
            path.write_bytes(written.encode("latin-1" if kind.startswith("8-bit") else "utf-8"))
        if kind == "parquet":
            pq.write_table(pa.Table.from_pylist(rows), path)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        day = dt.date(2025, 11, 25)
        return self.reader.read(
            Register(submission_id="s", sha256=sha256, file_name=name, dataset=NAME, path=path, arrived_on=day)
        ).findings

    def typed(self, columns: str) -> list[tuple]:
        """Columns of the typed rows, in the order of the file."""
        return self.connection.execute(f'SELECT {columns} FROM typed.{NAME} ORDER BY "row"').fetchall()


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Road]:
    made = Road(tmp_path_factory.mktemp("road"))
    with made.jail:
        yield made
    made.connection.close()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("kind", ["csv", "8-bit csv", "xlsx", "parquet"])
def test_D125_D126_C17_a_register_of_an_old_font_is_read_as_the_unicode_one(kind: str, encoding: str, road: Road):
    raws = ", ".join(f'NULL AS "{field}__raw"' for field in CONVERTED)
    values = f"* REPLACE ({raws})"
    assert road.read(kind.removeprefix("8-bit "), register()) == ()
    plain = road.typed(values)
    (note,) = road.read(kind, old(register(), encoding))
    assert len(plain) == len(NAMES) and road.typed(values) == plain
    assert (note.rule, note.severity) == ("TEP-SO_BANG_MA_CU", "note")
    assert SHOWN[encoding] in note.message and f"{len(NAMES) * len(CONVERTED)} ô" in note.message
    assert not any(name in str(note) for name in NAMES)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_M20_the_original_is_kept_and_the_way_back_is_exact(encoding: str, road: Road):
    road.read("csv", old(register(), encoding))
    for said, raw in road.typed("full_name, full_name__raw"):
        assert from_unicode(said, encoding) == raw and to_unicode(raw, encoding) == said
    assert [said for said, _ in road.typed("full_name, full_name__raw")] == list(NAMES)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("kind", ["csv", "8-bit csv", "xlsx"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_D061_headers_in_an_old_font_are_known(kind: str, encoding: str, delimiter: str, road: Road):
    rows = [{LABELS.get(name, name): text for name, text in row.items()} for row in register()]
    rows = old([{from_unicode(name, encoding): text for name, text in row.items()} for row in rows], encoding)
    assert [f.severity for f in road.read(kind, rows, csv_text(rows, delimiter))] == ["note"]
    assert [said for (said,) in road.typed("full_name")] == list(NAMES)


def test_D125_text_that_two_readings_allow_is_a_query_that_names_column_and_rows(road: Road):
    """Beside Unicode names and one that only TCVN3 explains, "Bé" may be bé or Bộ: nothing is converted in silence."""
    rows = register({"decision_number": "7", "full_name": from_unicode("Nguyễn Văn Bình", "TCVN3")})
    found = road.read("csv", rows)
    names = [said for (said,) in road.typed("full_name")]
    assert (names[3], names[6]) == ("Bé", "Nguyễn Văn Bình")
    asked = [f for f in found if f.rule == "TEP-SO_BANG_MA_KHONG_RO" and f.field == "full_name"]
    assert [(f.severity, f.cell, f.row) for f in asked] == [("query", "E5", 5)]
    assert "TCVN3 (ABC), Unicode" in asked[0].message and "5" in asked[0].message and "Unicode" in asked[0].fix


def test_a_ragged_line_does_not_shift_the_rows_that_are_named(road: Road):
    lines = csv_text(old(register(), "VNI")).splitlines()
    lines[1] += ",thua"
    found = road.read("csv", [], "\n".join(lines) + "\n")
    (note,) = [f for f in found if f.rule == "TEP-SO_BANG_MA_CU"]
    assert '"Họ và tên" (từ dòng 3)' in note.message
    assert [f.row for f in found if f.rule == "TEP-DONG_HONG"] == [2]


@pytest.mark.parametrize("name", ["Bé", "Hà", "Toán", "Lê Thúy", "Kôn", "Café Müller", "Có", "a – b", "3 × 4 µm"])
@pytest.mark.parametrize("others", [(), NAMES], ids=["alone", "among Unicode names"])
def test_a_unicode_register_gets_no_finding_about_encodings(name: str, others: tuple[str, ...], road: Road):
    rows = rows_of(REGISTER, *({"decision_number": str(n), "full_name": one} for n, one in enumerate((name, *others))))
    assert road.read("csv", rows) == ()
    assert road.typed("full_name, full_name__raw")[0] == (name, None)


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda text: text.replace("Lª Hµ", "Müller", 1), 'cột "full_name", dòng 6'),
        (lambda text: text.replace("full_name", "hä", 1), 'cột "hä", dòng 1'),
    ],
    ids=["a name of no code", "a header of no code"],
)
def test_D135_eight_bit_letters_that_no_old_font_explains_refuse_the_file(spoil, place: str, road: Road):
    (found,) = road.read("8-bit csv", [], spoil(csv_text(old(register(), "TCVN3"))))
    assert (found.rule, found.severity) == ("TEP-BANG_MA", "blocker")
    assert place in found.message and "UTF-8" in found.fix and "xlsx" in found.fix
    assert road.typed("1") == []


def test_what_our_own_lists_say_is_unicode_where_it_stands(road: Road):
    """ "Có" may be TCVN3 too; as a word of our form it is not asked about."""
    found = road.read("csv", [{**row, "first_time_in_public_service": "Có"} for row in old(register(), "TCVN3")])
    assert {said for (said,) in road.typed("first_time_in_public_service")} == {True}
    assert not [f for f in found if f.field == "first_time_in_public_service"]


def test_collection_tells_it_and_takes_the_agency_by_its_name(season: Season):
    season.put("recruitment_register.csv", csv_text(old(register(), "VNI")).encode("latin-1"))
    result = file_of(season.collect(), "recruitment_register.csv")
    assert result.outcome == "accepted"
    assert {f.rule for f in result.findings} == {"TEP-SO_BANG_MA_CU", "RR-AGENCY_CODE-AGENCY_NAMED"}
    assert {row["agency_code"] for row in season.rows("recruitment_register")} == {"SNV"}


def test_ten_thousand_old_names_are_not_read_one_by_one(road: Road, monkeypatch: pytest.MonkeyPatch):
    """A register stays set-based: Python reads different words and codes, never a row and never a name."""
    syllables = ["Hoàng", "Thị", "Giả", "Nông", "Văn", "Đường", "Lương", "Mỹ", "Ước", "Ngọc", "Bảo", "Việt"]
    names = [" ".join(one) for one in itertools.product(syllables, repeat=4)][:10_000]
    rows = rows_of(SAID, *({"decision_number": str(n), "full_name": one} for n, one in enumerate(names)))
    asked, judged = [], []
    read_word, can_be = words.read_word, old_fonts.can_be
    monkeypatch.setattr(words, "read_word", lambda *given: asked.append(given[3]) or read_word(*given))
    monkeypatch.setattr(old_fonts, "can_be", lambda *given: judged.append(given) or can_be(*given))
    road.read("csv", old(rows, "TCVN3"))
    assert [said for (said,) in road.typed("full_name")] == names
    assert len(asked) < 50 and len(judged) < 100


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_sql_converts_as_python_does(encoding: str):
    letters = sorted({letter for written in letters_of(encoding) for letter in written} | set("aeiouyAO bn§"))
    texts = ["".join(one) for one in itertools.product(letters, repeat=2)]
    texts += ["".join(one) for one in itertools.product("aoOyôöÔÖuùøûõïâáàåãäêéèúüë n", repeat=3)]
    with duckdb.connect() as connection:
        select = f"SELECT t, {old_fonts.converted('t', encoding)} FROM (SELECT unnest(?::VARCHAR[]) AS t)"
        got = connection.execute(select, [texts]).fetchall()
    assert [(text, said) for text, said in got if said != to_unicode(text, encoding)] == []


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as one:
        yield one


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(TEXTS, min_size=1, max_size=8, unique=True))
def test_what_the_texts_of_a_file_say_together_is_the_rule_of_a_sheet(connection, texts: list[str]):
    own = {"Có"}
    sheet = ParsedSheet("s", "visible", {row: {0: Cell("s", text)} for row, text in enumerate(texts, 1)})
    read, done = in_unicode(ParsedWorkbook("a", "", "", (sheet,)), own)
    wanted = {cells[0].original: cells[0].text for cells in read.sheets[0].rows.values() if cells[0].original}
    doubtful = {texts[row - 1]: set(names) for one in done for names, at in one.doubtful.items() for row, _ in at}
    connection.execute("CREATE OR REPLACE TEMPORARY TABLE given AS SELECT unnest(?::VARCHAR[]) AS t", [texts])
    old_fonts.find(connection, "given", own, lambda: False)
    found = connection.execute(f"SELECT t, said, possible FROM {old_fonts.TABLE}").fetchall()
    assert {text: said for text, said, _ in found if said is not None} == wanted
    assert {text: set(names.split("/")) for text, said, names in found if said is None} == doubtful
