"""How a number is born: one cell in a workbook, followed to a line of the report. (README: read this fourth.)

Three departments, one year, eight recruits, two of them talents by a decision. Every number here can be checked with a
pencil. Nobody exists: the ids begin with 003, a province code that was never issued.
"""

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from expectations.home import Home
from expectations.reference import load as reference
from orchestration import collecting, review, warehouse
from orchestration.settings import ROOT, Settings
from tests.builders import Submission

YEAR = 2025
ARRIVED = {"SNV": "2025-11-28T10:00:00+07:00", "SYT": "2025-11-29T23:59:59+07:00", "SGDDT": "2025-12-01T08:00:00+07:00"}
NAMES = {"SNV": "Sở Nội vụ", "SYT": "Sở Y tế", "SGDDT": "Sở Giáo dục và Đào tạo"}

# The recruitment register of the province: employer, id, name, birth, first day, decision.
REGISTER = """
    SNV   | 003190000011 | Nông Thị Một   | 1990-01-10 | 2025-03-10 | 11/QĐ-SNV
    SNV   | 003090000012 | Hoàng Văn Hai  | 1990-02-11 | 2025-04-01 | 12/QĐ-SNV
    SYT   | 003191000021 | Lý Thị Ba      | 1991-03-12 | 2025-03-15 | 21/QĐ-SYT
    SYT   | 003091000022 | Vi Văn Bốn     | 1991-04-13 | 2025-05-15 | 22/QĐ-SYT
    SYT   | 003092000023 | Lục Văn Năm    | 1992-05-14 | 2025-09-15 | 23/QĐ-SYT
    SGDDT | 003192000031 | Đàm Thị Sáu    | 1992-06-15 | 2025-08-20 | 31/QĐ-SGDĐT
    SGDDT | 003193000032 | Bế Thị Bảy     | 1993-07-16 | 2025-08-20 | 32/QĐ-SGDĐT
    SGDDT | 003093000033 | Mông Văn Tám   | 1993-08-17 | 2025-08-20 | 33/QĐ-SGDĐT
"""
# The two of them who are talents by a decision: employer, id, name, birth, first day, recognised on.
TALENTS = {
    "SNV": ("003190000011", "Nông Thị Một", dt.date(1990, 1, 10), dt.date(2025, 3, 10), dt.date(2025, 3, 20)),
    "SYT": ("003191000021", "Lý Thị Ba", dt.date(1991, 3, 12), dt.date(2025, 3, 15), dt.date(2025, 6, 10)),
}
THE_CELL = ("SYT_2025.xlsx", "B03", 6)  # Lý Thị Ba stands in the first data row of the sheet


@pytest.fixture(scope="module")
def born(tmp_path_factory):
    """The year, collected, built and judged: (home, build, gate)."""
    home = Home(tmp_path_factory.mktemp("three") / "home")
    home.inbox(YEAR).mkdir(parents=True)
    home.sample_marker.write_text(json.dumps({"seed": 3, "agencies": 3, "years": [YEAR], "faults": "none"}))
    only_three_report(home)
    send_workbooks(home)
    send_register(home)
    settings = Settings(home=home.root)
    collecting.collect(settings, home, YEAR)
    build = warehouse.build_warehouse(home, YEAR, project=ROOT / "dbt_project")
    return home, build, review.review_build(home, YEAR)


def only_three_report(home: Home) -> None:
    rows = reference.read("agencies")
    for row in rows:
        row["is_reporting"] = "yes" if row["agency_code"] in ARRIVED else "no"
    home.reference.mkdir()
    write_csv(home.reference / "agencies.csv", rows)


def send_workbooks(home: Home) -> None:
    for code, name in NAMES.items():
        told = Submission("plans", year=YEAR).cover(agency_code=code, agency_name=name)
        told.with_values("plans", plan_number=f"12/KH-{code}")
        told.not_nil("B02").row("recruitment_summaries", **control_totals(code))
        if code in TALENTS:
            told.not_nil("B03").row("talents", **talent(*TALENTS[code]))
        told.save(home.inbox(YEAR), f"{code}_{YEAR}.xlsx")
    lines = [{"file_name": f"{code}_{YEAR}.xlsx", "received_at": at} for code, at in ARRIVED.items()]
    write_csv(home.arrivals(YEAR), lines)


def control_totals(code: str) -> dict:
    """B02 of an agency: what the register says of it, in one line."""
    recruits = sum(line.split("|")[0].strip() == code for line in REGISTER.strip().splitlines())
    return {
        "recruitment_form": "Xét tuyển",
        "staff_kind": "Viên chức",
        "recruits_count": recruits,
        "first_time_count": recruits,
        "talents_count": int(code in TALENTS),
    }


def talent(national_id: str, name: str, born_on: dt.date, started_on: dt.date, recognised_on: dt.date) -> dict:
    return {
        "national_id": national_id,
        "full_name": name,
        "birth_date": born_on,
        "started_on": started_on,
        "attraction_decided_on": started_on,
        "recognised_on": recognised_on,
    }


def send_register(home: Home) -> None:
    rows = []
    for line in REGISTER.strip().splitlines():
        agency, national_id, name, born_on, first_day, decision = (part.strip() for part in line.split("|"))
        rows.append(
            {
                "decision_number": decision,
                "decided_on": first_day,
                "effective_on": first_day,
                "national_id": national_id,
                "full_name": name,
                "birth_date": born_on,
                "sex": "nu" if national_id[3] == "1" else "nam",
                "agency_code": agency,
                "deciding_agency_code": agency,
                "staff_kind": "vien_chuc",
                "recruitment_form": "XT",
                "first_time_in_public_service": "co",
                "status": "hieu_luc",
            }
        )
    write_csv(home.inbox(YEAR) / f"recruitment_register_{YEAR}.csv", rows)


def write_csv(path: Path, rows: list[dict]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def rows_of(database: Path, query: str, *values: object) -> list[tuple]:
    import duckdb

    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query, list(values)).fetchall()


def accepted(home: Home, dataset: str) -> list[dict]:
    import duckdb

    relation = duckdb.sql(f"select * from read_parquet('{home.accepted(dataset, YEAR)}')")
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def figure(build, indicator: str, agency: str) -> tuple[int, int]:
    query = """select numerator, denominator from marts.fct_indicator_values where is_headline and indicator_code = ?
               and agency_code = ? and reporting_year = ? and structure_on = 'as_reported'"""
    (row,) = rows_of(build.warehouse, query, indicator, agency, YEAR)
    return row


def test_1_the_cell_is_accepted_without_its_name_and_number(born):
    home, _, _ = born
    (row,) = [row for row in accepted(home, "talents") if row["agency_code"] == "SYT"]
    assert (row["sheet"], row["row"]) == THE_CELL[1:]
    assert len(row["identity_key"]) == 64 and row["birth_year"] == 1991
    assert not {"national_id", "full_name", "birth_date"} & row.keys()


def test_2_the_register_knows_the_same_person_by_the_same_key(born):
    home, _, _ = born
    (talent_row,) = [row for row in accepted(home, "talents") if row["agency_code"] == "SYT"]
    (recruit,) = [row for row in accepted(home, "recruitment_register") if row["decision_number"] == "21/QĐ-SYT"]
    assert recruit["identity_key"] == talent_row["identity_key"]


def test_3_the_figure_of_the_agency(born):
    _, build, _ = born
    assert figure(build, "CT02", "SNV") == (1, 2)
    assert figure(build, "CT02", "SYT") == (1, 3)
    assert figure(build, "CT02", "SGDDT") == (0, 3)


def test_4_the_figure_of_the_province_is_their_sum(born):
    _, build, _ = born
    assert figure(build, "CT02", "LS") == (2, 8)


def test_5_the_line_of_the_report(born):
    _, build, _ = born
    query = "select numerator, denominator, value, target_value, verdict from reports.rpt_annual__indicators"
    ((n, d, value, target, verdict),) = rows_of(build.warehouse, query + " where indicator_code = 'CT02'")
    assert (n, d, f"{value:.1f}", f"{target:.0f}", verdict) == (2, 8, "25.0", "10", "met")


def test_6_the_line_of_the_annex(born):
    _, build, _ = born
    query = """select agency_code, recruits, talents from reports.rpt_annual__recruitment_by_agency
               where structure_on = 'as_reported' and recruits > 0 order by recruits desc, agency_code"""
    assert rows_of(build.warehouse, query) == [("LS", 8, 2), ("SGDDT", 3, 0), ("SYT", 3, 1), ("SNV", 2, 1)]


def test_7_and_back_from_the_figure_to_the_cell(born):
    _, build, _ = born
    query = """select distinct file_name, sheet, "row" from marts.brg_figure_rows
               where indicator_code = 'CT02' and reporting_year = ? and agency_code = 'SYT' and sheet = 'B03'"""
    assert THE_CELL in rows_of(build.warehouse, query, YEAR)


def test_8_who_was_on_time(born):
    _, build, _ = born
    assert figure(build, "CT06", "LS") == (2, 3)  # 29/11 at 23:59:59 is in time, 01/12 is not
    assert [figure(build, "CT06", code) for code in ("SNV", "SYT", "SGDDT")] == [(1, 1), (1, 1), (0, 1)]


def test_9_the_gate_lets_it_through(born):
    _, _, gate = born
    assert gate["open"], gate["findings"]
