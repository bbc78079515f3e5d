"""Rows of faults.md (C, S) and kinds of domain.md § 8 (D) that concern registers: outcome, rule, row and cell."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.inboxes import REGISTER, Season, csv_text, file_of, rows_of

GOOD = {**REGISTER, "unit_code": "", "position": "Chuyên viên", "decision_number": "1/QĐ-SNV"}
ID_AGREES = "003190000777"


def collected(season: Season, *changes: dict[str, str]):
    """A register of one good row and one for each change; the result, and accepted rows by number in the file."""
    rows = rows_of(
        GOOD, {}, *({"decision_number": f"{n}/QĐ-SNV", **change} for n, change in enumerate(changes, start=2))
    )
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    season.put("recruitment_register.csv", text.getvalue())
    result = file_of(season.collect(), "recruitment_register.csv")
    return result, {row["row"]: row for row in season.rows("recruitment_register")}


def said(result, row: int) -> set[tuple[str, str]]:
    return {(f.rule, str(f.severity)) for f in result.findings if f.row == row}


ERRORS = [
    ("C02_D104", "national_id", "000123456", "RR-ID-SHAPE"),
    ("C03_D101", "national_id", "3.19E+09", "RR-ID-SHAPE"),
    ("C05", "national_id", "٠٠٣١٩٠٠٠٠٧٧٧", "RR-ID-SHAPE"),
    ("C06", "national_id", "099190000777", "RR-ID-PREFIX"),
    ("C09_D177", "effective_on", "2025-02-30", "RR-EFFECTIVE_ON-TYPE"),
    ("C10_D175", "effective_on", "45000", "RR-EFFECTIVE_ON-TYPE"),
    ("C12_D174", "effective_on", "5/6/25", "RR-EFFECTIVE_ON-TYPE"),
    ("D103", "national_id", "0031900OO777", "RR-ID-SHAPE"),
    ("D105", "national_id", "003190000777/000123456", "RR-ID-SHAPE"),
    ("D108", "national_id", "003xxxxxx777", "RR-ID-SHAPE"),
    ("D173", "effective_on", "Quý II/2025", "RR-EFFECTIVE_ON-TYPE"),
    ("D180", "effective_on", "cuối 2025", "RR-EFFECTIVE_ON-TYPE"),
    ("D183", "effective_on", "đến nay", "RR-EFFECTIVE_ON-TYPE"),
    ("D230", "staff_kind", "CC xã cũ", "RR-STAFF_KIND-CODE"),
    ("D135", "deciding_agency_code", "LáºNG SÆ¡n", "RR-DECIDING_AGENCY_CODE-MOJIBAKE"),
]


def test_each_error_keeps_its_row_out_and_no_other(season: Season):
    """C02 C03 C05 C06 C09 C10 C12 C17, D101 D103 D104 D105 D108 D135 D173 D174 D175 D177 D180 D183 D230."""
    cases = ERRORS
    result, rows = collected(season, *({field: text} for _, field, text, _ in cases))
    for number, (ids, field, text, rule) in enumerate(cases, start=3):
        assert (rule, "error") in said(result, number), (ids, field, text, said(result, number))
    assert set(rows) == {2}
    assert (result.rows_read, result.rows_accepted, result.rows_rejected) == (len(cases) + 1, 1, len(cases))
    assert ID_AGREES not in str(result.findings)


def test_what_can_be_read_in_one_way_only_is_accepted(season: Season):
    """C01 C07 C08 C17 C18, D100 D102 D120 D122 D123 D125 D170 D178: repaired or kept, the value is the officer's."""
    result, rows = collected(
        season,
        {"national_id": "3190000777"},
        {"national_id": "003 190.000-777"},
        {"effective_on": "15/04/2025"},
        {"effective_on": "ngày 15 tháng 4 năm 2025"},
        {"position": "Chuyên  viên\u00a0"},
        {"position": "Chuye\u0302n vie\u0302n"},
        {"position": "NA"},
        {"position": "=HYPERLINK(\"x\")"},
        {"staff_kind": "CÔNG CHỨC"},
        {"position": "§¹i häc L¹ng S¬n"},
    )  # fmt: skip
    assert set(rows) == set(range(2, 13))
    assert {row["identity_key"] for row in rows.values()} == {rows[2]["identity_key"]}
    assert {str(row["effective_on"]) for row in rows.values()} == {"2025-04-15"}
    assert [rows[n]["position"] for n in (7, 8, 9, 10)] == ["Chuyên viên", "Chuyên viên", "NA", '=HYPERLINK("x")']
    assert (rows[11]["staff_kind"], rows[12]["position"]) == ("cong_chuc", "Đại học Lạng Sơn")
    assert ("RR-NATIONAL_ID-ZERO_RESTORED", "note") in said(result, 3)


def test_C04_a_blank_id_leaves_the_others_as_they_are(season: Season):
    result, rows = collected(season, {"national_id": ""}, {})
    assert (set(rows), said(result, 3)) == ({2, 4}, {("RR-NATIONAL_ID-REQUIRED", "error")})


def test_C06_D109_sex_and_year_against_the_number_are_asked_about(season: Season):
    result, rows = collected(season, {"sex": "nam"}, {"birth_date": "1991-07-08"})
    assert set(rows) == {2, 3, 4}
    assert all(("RR-ID-BIRTH-SEX", "query") in said(result, number) for number in (3, 4))


@pytest.mark.parametrize(("hours", "value", "rules"), [
    ("1.234", None, {"TR-HOURS-TYPE"}), ("1.234,5", 1234.5, set()), ("12,5%", None, {"TR-HOURS-TYPE"}),
    ("-3", -3, {"TR-HOURS-RANGE"}), ("1e308", None, {"TR-HOURS-TYPE"}), ("inf", None, {"TR-HOURS-TYPE"}),
])  # fmt: skip
def test_C13_C19_D200_D201_D209_numbers_are_read_in_one_way_or_asked_about(season: Season, hours, value, rules):
    row = {"record_id": "1", "national_id": ID_AGREES, "course_name": "Tin học", "training_kind": "boi_duong",
           "training_level": "ngan_han", "training_field": "CNTT", "is_science_technology": "co",
           "started_on": "2025-03-01", "completed_on": "2025-03-04", "result": "hoan_thanh",
           "hours": hours}  # fmt: skip
    season.put("training_records.csv", csv_text([row], ";"))
    result = file_of(season.collect(), "training_records.csv")
    assert {f.rule for f in result.findings if f.field == "hours"} == rules
    (accepted,) = season.rows("training_records")
    assert (accepted["hours"] and float(accepted["hours"])) == value


def test_C14_C15_D205_D206_errors_and_uncomputed_formulas_of_a_sheet_are_never_values(season: Season):
    book = openpyxl.Workbook()
    book.active.append(list(GOOD))
    changes = ({}, {"decision_number": "#REF!"}, {"effective_on": "=1+1"}, {"agency_code": "=A1"})
    for number, change in enumerate(changes):
        book.active.append(list({**GOOD, "decision_number": f"{number}/QĐ", **change}.values()))
    book.active["A3"].data_type = "e"
    book.save(season.home.inbox(2025) / "recruitment_register.xlsx")
    result = file_of(season.collect(), "recruitment_register.xlsx")
    assert {row["row"] for row in season.rows("recruitment_register")} == {2}
    assert [sorted({f.rule for f in result.findings if f.row == n and f.severity == "error"}) for n in (3, 4, 5)] == [
        ["RR-DECISION_NUMBER-ERROR_VALUE"], ["RR-EFFECTIVE_ON-TYPE"], ["RR-AGENCY_CODE-FORMULA_WITHOUT_VALUE"],
    ]  # fmt: skip


def sheet_of(season: Season, edit=None, epoch: dt.datetime | None = None):
    """A register of two good rows as xlsx, true dates in it; the result and the accepted rows by number."""
    book = openpyxl.Workbook()
    book.epoch = epoch or book.epoch
    book.active.append(list(GOOD))
    for number in (1, 2):
        row = {**GOOD, "decision_number": f"{number}/QĐ-SNV", "effective_on": dt.date(2025, 4, 15)}
        book.active.append(list(row.values()))
    if edit is not None:
        edit(book.active)
    book.save(season.home.inbox(2025) / "recruitment_register.xlsx")
    result = file_of(season.collect(), "recruitment_register.xlsx")
    return result, {row["row"]: row for row in season.rows("recruitment_register")}


def test_C11_D176_the_1904_epoch_shifts_no_day_of_a_sheet(season: Season):
    result, rows = sheet_of(season, epoch=CALENDAR_MAC_1904)
    assert (result.outcome, {row["effective_on"] for row in rows.values()}) == ("accepted", {dt.date(2025, 4, 15)})


def strike(sheet) -> None:
    sheet["A3"].font = Font(strike=True)


@pytest.mark.parametrize(
    ("edit", "rule", "place"),
    [(lambda sheet: sheet.merge_cells("H2:H3"), "TEP-SO_O_GOP", "H2:H3"), (strike, "TEP-SO_GACH_NGANG", "A3")],
    ids=["C16 merged cells", "D086 a line struck through"],
)
def test_C16_D086_what_only_eyes_understand_stops_a_sheet(season: Season, edit, rule: str, place: str):
    result, rows = sheet_of(season, edit)
    (found,) = result.findings
    assert (result.outcome, found.rule, rows) == ("rejected", rule, {}) and place in found.message


def test_C20_D070_a_total_line_of_a_sheet_is_no_row(season: Season):
    result, rows = sheet_of(season, lambda sheet: sheet.append(["Tổng cộng", None, None, 2]))
    assert set(rows) == {2, 3}
    assert (said(result, 4), result.rows_read, result.rows_rejected) == (set(), 2, 0)


def test_S02_the_same_decision_twice_is_taken_once(season: Season):
    result, rows = collected(season, {"decision_number": "1/QĐ-SNV"})
    assert (set(rows), said(result, 3)) == ({2}, {("RR-KEY-UNIQUE", "error")})


def test_S05_S06_a_register_sent_again_with_fewer_rows_replaces_and_asks(season: Season):
    many = [{"decision_number": f"{n}/QĐ-SNV"} for n in range(1, 21)]
    season.put("recruitment_register.csv", csv_text(rows_of(GOOD, *many)))
    season.collect()
    season.put("recruitment_register.csv", csv_text(rows_of(GOOD, *many[:8])))
    result = next(one for one in season.collect().files if one.version == 2)
    assert "TEP-BAN_SUA_MOT_PHAN" in {f.rule for f in result.findings}
    now = [row for row in season.rows("recruitment_register") if row["superseded_at"] is None]
    assert (len(now), len(season.rows("recruitment_register"))) == (8, 28)


def test_many_times_the_same_mistake_is_told_as_a_number(season: Season):
    line = ",".join({**GOOD, "national_id": "3190000777"}.values())
    season.put("recruitment_register.csv", ",".join(GOOD) + "\n" + f"{line}\n" * 1_500)
    result = file_of(season.collect(), "recruitment_register.csv")
    restored = [f for f in result.findings if f.rule == "RR-NATIONAL_ID-ZERO_RESTORED"]
    (others,) = (f for f in restored if f.row is None)
    assert len(restored) == 1_001 and "500" in others.message
