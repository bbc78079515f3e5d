"""Letters and delimiters of a CSV: detected from the file, told when not UTF-8, refused when two readings would do."""

import unicodedata
from datetime import date

import pytest

from ingestion.registers import encoding
from tests.inboxes import REGISTER, Season, csv_text, file_of, rows_of, rules_of

NAMES = ("Hoàng Thị Giả", "Nông Văn Đường", "Lương Mỹ Ước", "Ngô Bảo Ngọc")
ROWS = rows_of(
    {**REGISTER, "position": "Chuyên viên"},
    *(
        {"decision_number": f"{i}/QĐ-SNV", "national_id": f"00319000077{i}", "full_name": n}
        for i, n in enumerate(NAMES)
    ),
)


def cp1258(text: str) -> bytes:
    """As Windows writes it: base letters of the code page, tones behind them (by hand: Python has no such codec)."""
    out = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        out.append(base + tones)
    return "".join(out).encode("cp1258")


CODES = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with mark": lambda text: text.encode("utf-8-sig"),
    "utf-16 with mark": lambda text: text.encode("utf-16"),
    "utf-16 big end first": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "cp1258": cp1258,
    "NFD": lambda text: unicodedata.normalize("NFD", text).encode(),
}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_D021_D020_every_code_and_delimiter_gives_the_same_rows(tmp_path, code, delimiter):
    path = tmp_path / "recruitment_register.csv"
    path.write_bytes(CODES[code](csv_text(ROWS, delimiter)))
    codec = encoding.detect(path, packed=False)
    copy = tmp_path / "copy.csv"
    encoding.transcode(path, False, codec, copy)
    assert encoding.delimiter_of(copy, False, "utf-8", {"decision_number"}) == delimiter
    assert copy.read_text(encoding="utf-8") == csv_text(ROWS, delimiter)


def test_D021_a_register_in_cp1258_is_accepted_and_told(season: Season):
    season.put("recruitment_register.csv", cp1258(csv_text(ROWS, ";")))
    result = file_of(season.collect(), "recruitment_register.csv")
    assert [(f.rule, f.severity) for f in result.findings] == [("TEP-BANG_MA_DOC", "note")]
    assert "CP1258" in result.findings[0].message
    rows = season.rows("recruitment_register", '"row"')
    assert [(r["row"], r["position"], r["effective_on"]) for r in rows][:1] == [(2, "Chuyên viên", date(2025, 4, 15))]
    assert not list((season.home.vault / "spill").iterdir())


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("Müller é", "TEP-BANG_MA"),  # Latin letters of the West: CP1258 would read them as something else
        ("N«ng V¨n Müller", "TEP-BANG_MA"),  # TCVN3 in Latin bytes, and a letter that it does not have
        ("ab\u00e0", "TEP-BANG_MA"),  # one à: also in CP1252, nothing proves a code
    ],
)
def test_D125_D135_letters_of_no_certain_code_refuse_the_file(season: Season, content, rule):
    text = csv_text(rows_of(REGISTER, {"full_name": "X", "decision_number": "1"})).replace("X", content)
    season.put("recruitment_register.csv", text.encode("cp1252"))
    assert rules_of(file_of(season.collect(), "recruitment_register.csv")) == {rule}


def test_two_possible_delimiters_are_a_finding_and_a_layout_settles_it(tmp_path, season: Season):
    path = tmp_path / "x.csv"
    path.write_text("a,b;c,d;e\n1,2;3,4;5\n", encoding="utf-8")
    assert encoding.delimiter_of(path, False, "utf-8", set()) is None
    season.put("recruitment_register.csv", "a,b;c,d;e\n1,2;3,4;5\n")
    assert rules_of(file_of(season.collect(), "recruitment_register.csv")) == {"TEP-DAU_PHAN_CACH"}


def test_a_comma_inside_semicolons_is_no_delimiter(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('decision_number;"Họ, tên";sex\n1;"A, B";nu\n', encoding="utf-8")
    assert encoding.delimiter_of(path, False, "utf-8", {"decision_number", "sex"}) == ";"
