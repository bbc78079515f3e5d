"""A register is typed as a workbook is: the set-based road against `read_row`, cell by cell, on nasty texts.

The oracle is `ingestion.workbook.row.read_row` behind `legacy_text.in_unicode`, which know no SQL and no layout; the
road under test is `Reader`.
"""

import csv
import datetime as dt
import io
import itertools
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations.contracts.load import load
from expectations.home import Home
from ingestion import vault
from ingestion.registers.load import Reader, Register
from ingestion.registers.values import read_word
from ingestion.registers.words import PLAIN_TEXT
from ingestion.typing.text import clean, wrong_encoding
from ingestion.workbook.legacy_text import in_unicode
from ingestion.workbook.parsed import Cell, ParsedSheet, ParsedWorkbook
from ingestion.workbook.reference import reference_of
from ingestion.workbook.row import read_row

NASTY = [
    "", " ", "\u00a0", "\u200b", "\u3000", "x", "0", "1", "-", "NA", "null", "None", "n/a", "#REF!",
    "2025-04-02", "02/04/2025", "2/4/2025", "31/04/2025", "29/02/2023", "00/00/1990", "5.6.2025", "5-6-2025", "5/6/25",
    "ngày 05 tháng 01 năm 2024", "1985", "08/1990", "Quý II/2024", "44185", "đến nay", "cuối 2023",
    "2025-04-02 00:00:00", "2025-04-02T00:00:00", "01/09/2023 (QĐ 123)", "12/13/2020", " 2025-04-02 ", "٢/٤/٢٠٢٥",
    "1.234,5", "1,234.5", "1.234", "1,234", "1234", "12,5", "12.5", "12,5%", "1 234", "1e3", "1e308", "inf", "-3", "+5",
    "0,00005", "99999999999999", "100000000000000", "2(40%)",
    "003190000777", "3190000777", "31 900 00777", "003.190.000.777", "'003190000777", "0031900OO777", "000123456",
    "3.19E+09", "00319000x777", "003190000777/000123456", "٠٠٣١٩٠٠٠٠٧٧٧", "０03190000777", "c 1234567", "C1234567",
    "12e5", "1.2e5", "003190000777\n", "\u200b003190000777",
    "Có", "CÓ", "có", "Co\u0301", "không", "TRUE", "false", "yes", "no",
    "cong_chuc", "Công chức", "CÔNG  CHỨC", "Công chư\u0301c", "Viên chức", "VC", "TT", "Thi tuyển", "TT - Thi tuyển",
    "nam", "Nữ", "nu", "NỮ", "hieu_luc", "Hiệu lực", "cccd", "cmnd", "passport", "register", "Hộ chiếu", "the",
    "Hoàng Thị Giả", "Hoa\u0300ng Thi\u0323 Gia\u0309", "  Hoàng   Thị ", "Ноàng", "L¹ng S¬n", "NguyÔn V¨n",
    "Tæng céng", "Nguyá»…n", "LáºNG SÆ¡n", "Ä'iện", "=HYPERLINK(\"x\")", "@a", "a\tb", "a\u00adb", "Ð", "phƣơng",
    "ĐẠI ҺỌເ", "\u0300a", "e\u0302\u0301", "ß", "ﬁ", "İ", "\x1f", "\x85", "\u2028", "a  b", "a ", "~", "Ỹ", "ỳ",
]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=14),
    st.from_regex(r"[0-9]{9,12}", fullmatch=True),
    st.from_regex(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}", fullmatch=True),
    st.from_regex(r"[+-]?[0-9]{1,4}([.,][0-9]{1,4}){0,3}%?", fullmatch=True),
)
NUMBERS = itertools.count()
DATASETS = ("recruitment_register", "training_records", "staff_snapshots", "register_coverage", "person_assignments")


@pytest.fixture(scope="module")
def road(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("typing"))
    vault.prepare(home)
    connection = vault.new_typed(home, home.root / "year.duckdb")
    home.sample_marker.write_text('{"seed": 1}')
    reference = reference_of(home)
    reader = Reader(
        connection, [], reference.lists, tuple(reference.allowed_prefixes), None, home.vault / "spill"  # type: ignore[arg-type]
    )  # fmt: skip
    yield reader, reference, home
    connection.close()


def typed_by_road(road, dataset: str, rows: list[dict[str, str]], suffix: str) -> dict[int, dict]:
    reader, _, home = road
    path = home.root / f"{next(NUMBERS)}{suffix}"
    names = list(rows[0])
    if suffix == ".csv":
        text = io.StringIO()
        writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerows([names, *(row.values() for row in rows)])
        path.write_text(text.getvalue(), encoding="utf-8", newline="")
    else:
        import pyarrow.parquet as pq

        pq.write_table(pa.table({n: pa.array([row[n] for row in rows], pa.string()) for n in names}), path)
    register = Register(
        submission_id="s",
        sha256="",
        file_name=f"{dataset}{suffix}",
        dataset=dataset,
        path=path,
        arrived_on=dt.date(2025, 11, 25),
    )
    reader.read(register)
    found = reader.connection.execute(f"SELECT * FROM typed.{dataset} WHERE submission_id = 's'")
    columns = [each[0] for each in found.description]
    rows_read = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    reader.connection.execute(f"DELETE FROM typed.{dataset}")
    path.unlink()
    return {row["row"]: row for row in rows_read}


def in_one_encoding(road, dataset: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows as a workbook's sheet would have them: text of old fonts as Unicode, by what the sheet says together."""
    contract = load(dataset)
    own = {label for one in road[1].lists.values() for label in one.labels.values()} | {"Có", "Không"}
    own |= {field.label.vi for field in contract.fields}
    names = list(rows[0])
    cells = {n: {i: Cell("s", row[name]) for i, name in enumerate(names)} for n, row in enumerate(rows)}
    read, _ = in_unicode(ParsedWorkbook("", "", "", (ParsedSheet("s", "visible", cells),)), own)
    return [{name: read.sheets[0].rows[n][i].text for i, name in enumerate(names)} for n in range(len(rows))]


def typed_by_cell(road, dataset: str, row: dict[str, str]) -> dict:
    reference = road[1]
    contract = load(dataset)
    machine = {"true": ("1", "yes", "co"), "false": ("0", "no", "khong")}  # the booleans of machines, a register's own
    words = {word: said for said, known in machine.items() for word in known}
    cells = {
        name: Cell("s", words.get(clean(text)[0].lower(), text) if contract.field(name).type == "boolean" else text)
        for name, text in row.items()
    }
    return read_row(contract, cells, reference.lists, reference.allowed_prefixes).values


def compare(road, dataset: str, rows: list[dict[str, str]], suffix: str) -> None:
    got = typed_by_road(road, dataset, rows, suffix)
    contract = load(dataset)
    read = in_one_encoding(road, dataset, rows)
    for number, (written, row) in enumerate(zip(rows, read, strict=True), start=2 if suffix == ".csv" else 1):
        wanted = typed_by_cell(road, dataset, row)
        if number not in got:
            said = [word for text in row.values() if (word := clean(text)[0])]
            assert not said or "Tổng cộng" in said[:2], row  # a blank line, or the words of a total in any font
            continue
        for name in contract.field_names:
            assert got[number][name] == wanted[name], (name, row[name], row)
            if wanted[name] is None and clean(row[name])[0]:
                assert got[number][f"{name}__raw"] is not None, (name, row[name])
            elif name != "national_id":
                kept = written[name] if written[name] != row[name] else None
                assert got[number][f"{name}__raw"] == kept


def rows_for(dataset: str, texts: st.SearchStrategy[str]):
    return st.lists(st.fixed_dictionaries(dict.fromkeys(load(dataset).field_names, texts)), min_size=1, max_size=40)


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_nasty_text_in_every_field(road, dataset):
    names = load(dataset).field_names
    rows = [dict.fromkeys(names, text) for text in NASTY]
    compare(road, dataset, rows, ".csv")
    compare(road, dataset, rows, ".parquet")


@pytest.mark.parametrize("kind", ["", "cccd", "cmnd", "passport", "register", "the"])
def test_every_number_of_every_kind_beside_birth_and_sex(road, kind):
    base = dict.fromkeys(load("recruitment_register").field_names, "") | {"identity_kind": kind}
    rows = [
        base | {"national_id": number, "birth_date": birth, "sex": sex}
        for number in NASTY
        for birth in ("1990-07-08", "08/07/1990", "1991-01-01", "")
        for sex in ("nu", "Nam", "")
    ]
    compare(road, "recruitment_register", rows, ".csv")


@pytest.mark.parametrize("dataset", DATASETS)
def test_any_text_in_any_field(road, dataset):
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(rows_for(dataset, TEXTS))
    def same(rows):
        compare(road, dataset, rows, ".parquet")

    same()


@settings(max_examples=3000, deadline=None, derandomize=True)
@given(st.from_regex(PLAIN_TEXT, fullmatch=True))
def test_text_that_is_not_asked_about_means_itself(text):
    assert (clean(text), wrong_encoding(text)) == ((text, ()), None)


def test_what_a_layout_declares_is_the_only_reading(road):
    from ingestion.registers.layout import Column

    lists, fields = road[1].lists, {f.name: f for f in load("training_records").fields}
    american = Column(header="x", dates=("%m/%d/%Y",))
    for text, day in (("04/13/2020", dt.date(2020, 4, 13)), ("13/04/2020", None), ("2020-04-13", None)):
        assert read_word(fields["completed_on"], american, "s", text, lists).value == (day and str(day))
    for mark, text, number in (
        (",", "1.234", "1234"), (".", "1.234", "1.234"), (None, "1.234", None),
        (",", "1.23", None), (",", "1.234,5", "1234.5"), (".", "1,234.5", "1234.5"),
    ):  # fmt: skip
        word = read_word(fields["hours"], Column(header="x", decimal=mark), "s", text, lists)
        assert (word.value and Decimal(word.value)) == (number and Decimal(number)), (mark, text)
