"""Register files in every format they come in; what stops one; and that one bad line costs one line."""

import gzip
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pytest

from ingestion import vault
from tests.inboxes import REGISTER, SNAPSHOT, Season, csv_text, file_of, rows_of, rules_of

TWO = rows_of(REGISTER, {}, {"decision_number": "13/QĐ-SNV", "national_id": "003190000778", "agency_code": "STC"})


def xlsx(path: Path, rows: list[dict[str, str]]) -> None:
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append([date.fromisoformat(v) if k.endswith(("_on", "date")) else v for k, v in row.items()])
    book.save(path)


def parquet(path: Path, rows: list[dict[str, str]]) -> None:
    text = path.with_suffix(".tmp.csv")
    text.write_text(csv_text(rows), encoding="utf-8")
    typed = "SELECT * REPLACE (decided_on::DATE AS decided_on) FROM read_csv(?, all_varchar=true)"
    duckdb.execute(f"COPY ({typed}) TO '{path}' (FORMAT parquet)", [str(text)])
    text.unlink()


def accepted(season: Season, name: str, dataset: str = "recruitment_register") -> list[dict]:
    report = season.collect()
    assert file_of(report, name).outcome in ("accepted", "accepted_with_queries"), file_of(report, name).findings
    own = ("submission_id", "sheet", "row")
    return [{k: v for k, v in row.items() if k not in own} for row in season.rows(dataset, "decision_number")]


def test_every_format_gives_the_same_rows(tmp_path):
    text = csv_text(TWO)
    found = []
    for name in ("a.csv", "b.csv", "c.csv.gz", "d.csv", "e.xlsx", "f.parquet"):
        season = Season(tmp_path / name)
        file = season.home.inbox(2025) / f"recruitment_register_{name}"
        match name[0]:
            case "a":
                file.write_text(text, encoding="utf-8")
            case "b":
                file.write_text(text.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
            case "c":
                file.write_bytes(gzip.compress(text.encode()))
            case "d":
                file.write_text(csv_text(TWO, ";"), encoding="utf-8")
            case "e":
                xlsx(file, TWO)
            case "f":
                parquet(file, TWO)
        found.append(accepted(season, file.name))
    assert found[0][0]["effective_on"] == date(2025, 4, 15)
    assert found[0][0]["first_time_in_public_service"] is True
    assert [row["agency_code"] for row in found[0]] == ["SNV", "STC"]
    assert all(rows == found[0] for rows in found)


def test_vietnamese_labels_are_headers_too(season: Season):
    season.put(
        "staff_snapshot_2025-06-30.csv",
        csv_text(
            [
                {
                    "Số định danh cá nhân (CCCD)": "003190000777",
                    "Mã cơ quan": "SNV",
                    "Đối tượng": "Công chức",
                    "Tình trạng": "Đang làm việc",
                }
            ]
        ),
    )
    season.collect()
    row = season.rows("staff_snapshots")[0]
    assert (row["snapshot_on"], row["staff_kind"], row["status"]) == (date(2025, 6, 30), "cong_chuc", "dang_lam_viec")


def test_the_day_of_a_snapshot_may_stand_in_its_name(season: Season):
    rows = [{k: v for k, v in SNAPSHOT.items() if k != "snapshot_on"}]
    season.put("staff_snapshot_2025-06-30.csv", csv_text(rows))
    season.put("staff_snapshots_cuoi_nam.csv", csv_text([{**rows[0], "status": "biet_phai"}]))
    report = season.collect()
    assert [row["snapshot_on"] for row in season.rows("staff_snapshots")] == [date(2025, 6, 30)]
    assert rules_of(file_of(report, "staff_snapshots_cuoi_nam.csv")) == {"TEP-THIEU_COT_SO"}


@pytest.mark.parametrize(
    ("spoil", "rule", "nearest"),
    [
        (lambda text: text.replace("decision_number", "decision_no", 1), "TEP-COT_LA_SO", "decision_number"),
        (lambda text: text.replace("decision_number", "decision_no", 1), "TEP-THIEU_COT_SO", "decision_no"),
        (lambda text: text.replace("status", "note", 1), "TEP-THIEU_COT_SO", ""),
        (lambda text: text.replace("birth_date", "sex", 1), "TEP-COT_TRUNG_SO", ""),
    ],
)
def test_an_unknown_or_missing_column_stops_the_file_and_names_the_nearest(season: Season, spoil, rule, nearest):
    season.put("recruitment_register.csv", spoil(csv_text(TWO)))
    result = file_of(season.collect(), "recruitment_register.csv")
    assert result.outcome == "rejected"
    found = next(finding for finding in result.findings if finding.rule == rule)
    assert nearest in found.message and found.fix
    assert season.rows("recruitment_register") == []


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("recruitment_register.csv", b"", "TEP-RONG"),
        ("recruitment_register.csv", csv_text(TWO).splitlines()[0].encode() + b"\n", "TEP-SO_TRONG"),
        (
            "recruitment_register.csv",
            csv_text(TWO).replace("Hoàng Thị Giả", "Müller").replace("QĐ", "QD").encode("cp1252"),
            "TEP-BANG_MA",
        ),
        ("recruitment_register.csv", b"PK\x03\x04\0\0\0\0 a workbook", "TEP-KHONG_PHAI_CSV"),
        ("recruitment_register.csv.gz", csv_text(TWO).encode(), "TEP-HONG"),
        ("recruitment_register.csv.gz", gzip.compress(csv_text(TWO).encode() * 50)[:-40], "TEP-HONG"),
        ("recruitment_register.parquet", b"PAR1 nothing else PAR1", "TEP-HONG"),
        ("recruitment_register.xlsx", b"<html><table></table></html>", "TEP-KHONG_PHAI_EXCEL"),
    ],
)
def test_bytes_that_are_no_register_are_refused_with_a_reason(season: Season, name, content, rule):
    season.put(name, content)
    season.put("staff_snapshot_2025-06-30.csv", csv_text([SNAPSHOT]))
    report = season.collect()
    assert [found.rule for found in file_of(report, name).findings] == [rule]
    assert len(season.rows("staff_snapshots")) == 1


def test_a_ragged_line_is_one_finding_and_the_others_keep_their_row(season: Season):
    rows = rows_of(REGISTER, *({"decision_number": f"{n}/QĐ", "national_id": f"00319000{n:04d}"} for n in range(1, 6)))
    lines = csv_text(rows).splitlines()
    lines[2] += ",thừa"
    lines[4] = lines[4].rsplit(",", 3)[0]
    season.put("recruitment_register.csv", "\n".join(lines) + "\n")
    result = file_of(season.collect(), "recruitment_register.csv")
    assert [(f.rule, f.row) for f in result.findings] == [("TEP-DONG_HONG", 3), ("TEP-DONG_HONG", 5)]
    assert (result.outcome, result.rows_read, result.rows_accepted, result.rows_rejected) == (
        "partly_accepted",
        5,
        3,
        2,
    )
    assert [(r["decision_number"], r["row"]) for r in season.rows("recruitment_register", '"row"')] == [
        ("1/QĐ", 2),
        ("3/QĐ", 4),
        ("5/QĐ", 6),
    ]


def test_quoted_delimiters_and_line_breaks_stay_in_their_cell(season: Season):
    row = {**REGISTER, "position": 'Chuyên viên, "phòng 1"'}
    season.put("recruitment_register.csv", csv_text([row]))
    season.collect()
    assert season.rows("recruitment_register")[0]["position"] == 'Chuyên viên, "phòng 1"'


def test_cells_that_cannot_be_typed_are_errors_with_their_cell(season: Season):
    season.put(
        "recruitment_register.csv",
        csv_text(
            rows_of(
                REGISTER,
                {"decision_number": "1", "effective_on": "30/02/2025"},
                {"decision_number": "2", "national_id": "00319000077"},
                {"decision_number": "3", "recruitment_form": "đặc cách"},
                {"decision_number": "4", "effective_on": "15/04/25"},
                {"decision_number": "5", "effective_on": "15/04/2025", "recruitment_form": "Thi tuyển"},
            )
        ),
    )
    result = file_of(season.collect(), "recruitment_register.csv")
    assert {(f.rule, f.cell) for f in result.findings if f.severity == "error"} == {
        ("RR-EFFECTIVE_ON-TYPE", "C2"),
        ("RR-ID-SHAPE", "D3"),
        ("RR-RECRUITMENT_FORM-CODE", "K4"),
        ("RR-EFFECTIVE_ON-TYPE", "C5"),
    }
    assert [row["decision_number"] for row in season.rows("recruitment_register")] == ["5"]


def test_D100_lost_zeros_come_back_only_where_birth_and_sex_prove_them(season: Season):
    season.put(
        "recruitment_register.csv",
        csv_text(
            rows_of(
                REGISTER,
                {"decision_number": "1", "national_id": "3190000777"},
                {"decision_number": "2", "national_id": "3190000777", "sex": "nam"},
                {"decision_number": "3", "national_id": "31 900 00778"},
            )
        ),
    )
    result = file_of(season.collect(), "recruitment_register.csv")
    notes = [(f.cell, f.value) for f in result.findings if f.rule == "RR-NATIONAL_ID-ZERO_RESTORED"]
    assert notes == [("D2", "…777"), ("D4", "…778")]
    assert [f.row for f in result.findings if f.rule == "RR-ID-SHAPE"] == [3]
    assert "3190000777" not in str(result.findings)


def test_other_kinds_of_numbers_have_their_own_shape(season: Season):
    season.put(
        "recruitment_register.csv",
        csv_text(
            rows_of(
                {**REGISTER, "identity_kind": ""},
                {"decision_number": "1"},
                {"decision_number": "2", "identity_kind": "cmnd", "national_id": "000123456"},
                {"decision_number": "3", "identity_kind": "passport", "national_id": "c 1234567"},
                {"decision_number": "4", "identity_kind": "thẻ", "national_id": "1"},
            )
        ),
    )
    result = file_of(season.collect(), "recruitment_register.csv")
    assert {(f.rule, f.row) for f in result.findings if f.severity == "error"} >= {("RR-IDENTITY_KIND-CODE", 5)}
    assert [row["identity_kind"] for row in season.rows("recruitment_register", '"row"')] == [
        "cccd",
        "cmnd",
        "passport",
    ]
    identities = duckdb.read_parquet(str(season.home.vault / "identities.parquet")).fetchall()
    assert {(kind, number) for _, kind, number in identities} >= {("cmnd", "000123456"), ("passport", "C1234567")}


def test_raw_text_is_kept_only_where_typing_failed(season: Season):
    season.put("recruitment_register.csv", csv_text(rows_of(REGISTER, {}, {"effective_on": "sau Tết"})))
    season.collect()
    with duckdb.connect(str(vault.typed_path(season.home, 2025)), read_only=True) as connection:
        raw = connection.execute(
            "SELECT COLUMNS('.*__raw') FROM typed.recruitment_register ORDER BY \"row\""
        ).fetchall()
    assert [[value for value in row if value is not None] for row in raw] == [[], ["sau Tết"]]


def test_a_register_with_two_filled_sheets_needs_a_layout(season: Season):
    path = season.home.inbox(2025) / "recruitment_register.xlsx"
    xlsx(path, TWO)
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book.active)
    book.save(path)
    assert rules_of(file_of(season.collect(), "recruitment_register.xlsx")) == {"TEP-NHIEU_TRANG"}


def test_F09_a_csv_that_is_as_long_as_a_sheet_was_cut_off(season: Season):
    line = ",".join(SNAPSHOT.values())
    season.put("staff_snapshots.csv", ",".join(SNAPSHOT) + "\n" + f"{line}\n" * 65_535)
    season.put("staff_snapshots_b.csv", ",".join(SNAPSHOT) + "\n" + f"{line}\n" * 3)
    report = season.collect()
    assert [f.rule for f in file_of(report, "staff_snapshots.csv").findings] == ["TEP-DAY"]
    assert file_of(report, "staff_snapshots_b.csv").outcome == "accepted_with_queries"
    assert len(season.rows("staff_snapshots")) == 3


def test_a_csv_whose_name_says_no_register_is_told_how_to_be_named(season: Season):
    season.put("so tuyen dung quy 1.csv", csv_text(TWO))
    (found,) = file_of(season.collect(), "so tuyen dung quy 1.csv").findings
    assert (found.rule, found.severity) == ("TEP-KHONG_RO_SO", "blocker")
    assert "recruitment_register" in found.expected
