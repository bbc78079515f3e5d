"""The yardstick: one hand-written DuckDB process that does the season's work on the same files.

It reads every workbook with calamine, the registers with read_csv, types, pseudonymises, checks, builds the facts and
computes headline province figures, and writes a small report. No lineage, no versions, no gates, no jail: what
somebody would write in an afternoon. Imports nothing of ours, so that its figures are a comparison and not an echo.
Perfect files only (`sample --faults none`).

    python bench/by_hand.py HOME YEAR OUT      prints one JSON line: seconds by stage, figures
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from python_calamine import CalamineWorkbook

FORMS = {"B02": "recruitment_summaries", "B03": "talents", "B04": "departures", "B05": "trainings"}
DECIDED = "coalesce(ngay_quyet_dinh_thu_hut, ngay_quyet_dinh_cong_nhan)"


def read_workbooks(inbox: Path) -> dict[str, list[dict[str, str]]]:
    """All data rows of all forms as text, keyed by Vietnamese header; `agency` and `file` added."""
    rows: dict[str, list[dict[str, str]]] = {form: [] for form in FORMS}
    for path in sorted(inbox.glob("*/*.xlsx")):
        if not _is_form(path):
            continue
        book = CalamineWorkbook.from_path(str(path))
        names = book.sheet_names
        cover = {str(r[0]): r[1] for r in book.get_sheet_by_name(names[0]).to_python() if len(r) > 1 and r[0] != ""}
        agency = str(cover.get("Mã cơ quan", ""))
        for form in FORMS:
            if form in names:
                table = book.get_sheet_by_name(form).to_python()
                rows[form].extend(_table(table, agency, path.parent.name, path.name))
    return rows


def _is_form(path: Path) -> bool:
    return not path.name.startswith(
        ("recruitment_register", "staff_snapshot", "training_records", "register_", "person_")
    )


def _table(table: list[list[Any]], agency: str, year: str, file: str) -> list[dict[str, str]]:
    start = next((i for i, row in enumerate(table) if row and str(row[0]).strip() == "STT"), None)
    if start is None:
        return []
    header = [str(cell) for cell in table[start]]
    found = []
    for row in table[start + 2 :]:
        if any(str(cell).strip() for cell in row[1:]):
            found.append({"agency": agency, "year": year, "file": file} | dict(zip(header, map(str, row), strict=True)))
    return found


def load(connection: duckdb.DuckDBPyConnection, rows: dict[str, list[dict[str, str]]], inbox: Path) -> None:
    """One Arrow insert a form, one read_csv a register."""
    for form, table in FORMS.items():
        records = rows[form] or [{"agency": ""}]
        connection.register("incoming", pa.Table.from_pylist(records))
        connection.execute(f"create table raw_{table} as select * from incoming")
    for name, pattern in (("register", "recruitment_register*.csv"), ("courses", "training_records*.csv")):
        files = sorted(str(p) for p in inbox.glob(f"*/{pattern}"))
        connection.execute(
            f"create table raw_{name} as "
            "select * from read_csv(?, all_varchar=true, union_by_name=true, filename=true)",
            [files],
        )


TRANSFORMS = [
    # HMAC is what the product does; a salted sha256 costs the yardstick the same two hashes.
    """create table fct_register as
       select sha256('k' || sha256('k' || national_id)) as person, decision_number, deciding_agency_code, agency_code,
              try_cast(effective_on as date) as effective_on, try_cast(decided_on as date) as decided_on, sex,
              try_cast(birth_date as date) as birth_date, staff_kind, recruitment_form, status
       from raw_register""",
    """create table fct_courses as
       select sha256('k' || sha256('k' || national_id)) as person, course_name, training_field,
              try_cast(completed_on as date) as completed_on, result, try_cast(hours as double) as hours
       from raw_courses""",
    """create table fct_talents as
       select sha256('k' || sha256('k' || "Số định danh cá nhân (CCCD)")) as person, agency, try_cast(year as integer)
       as year,
              try_cast(try_cast("Ngày quyết định thu hút" as timestamp) as date) as attracted_on,
              try_cast(try_cast("Ngày quyết định công nhận" as timestamp) as date) as recognised_on, "Căn cứ pháp lý"
              as legal_basis
       from raw_talents""",
    """create table persons as
       select person, min(effective_on) as first_on, count(*) as decisions from fct_register group by person""",
    """create table latest as
       select *, year(effective_on) as y,
              row_number() over (partition by person, year(effective_on) order by effective_on desc, decided_on desc)
              as k
       from fct_register
       where status = 'hieu_luc' and recruitment_form in ('TT', 'XT', 'TN') and staff_kind in ('cong_chuc',
       'vien_chuc')""",
    """create table course_totals as
       select year(completed_on) as y, training_field, count(*) as times, count(distinct person) as persons,
       sum(hours) as hours from fct_courses group by all""",
    """create table share as
       select l.agency_code, count(*) as n_all,
              count(*) filter (exists (select 1 from fct_talents t where t.person = l.person
                 and coalesce(t.attracted_on, t.recognised_on) <= make_date(?, 12, 31))) as n
       from latest l where k = 1 and y = ? group by rollup (l.agency_code)""",
]

CHECKS = [
    "national_id is null", "not regexp_full_match(national_id, '[0-9]{12}')", "try_cast(decided_on as date) is null",
    "try_cast(effective_on as date) is null", "try_cast(birth_date as date) is null", "sex not in ('nam','nu')",
    "staff_kind not in ('cong_chuc','vien_chuc','hop_dong','can_bo_xa','cong_chuc_xa')",
    "recruitment_form not in ('TT','XT','TN','HD','DD','LC','BP','SX')",
    "status not in ('hieu_luc','huy','khong_nhan_viec')",
    "decision_number is null", "agency_code is null", "deciding_agency_code is null",
    "try_cast(effective_on as date) < try_cast(decided_on as date) - 365",
    "substr(national_id, 5, 2) <> substr(birth_date, 3, 2)",
    "(substr(national_id, 4, 1) in ('0','2')) <> (sex = 'nam')",
    "date_diff('year', try_cast(birth_date as date), try_cast(effective_on as date)) not between 18 and 70",
]  # fmt: skip


def main(home: Path, year: int, out: Path) -> dict[str, object]:
    """Do it all; returns seconds per stage and the share of talents (n, N)."""
    seconds: dict[str, float] = {}
    clock = time.perf_counter()

    def lap(name: str) -> None:
        nonlocal clock
        now = time.perf_counter()
        seconds[name], clock = round(now - clock, 3), now

    out.mkdir(parents=True, exist_ok=True)
    database = out / "by_hand.duckdb"
    database.unlink(missing_ok=True)
    with duckdb.connect(str(database)) as connection:
        rows = read_workbooks(home / "inbox")
        lap("read_workbooks")
        load(connection, rows, home / "inbox")
        lap("load")
        bad = [connection.sql(f"select count(*) from raw_register where {c}").fetchall()[0][0] for c in CHECKS]
        lap("checks")
        for statement in TRANSFORMS:
            connection.execute(statement, [year, year] if "?" in statement else None)
        lap("transform")
        n, total = connection.sql("select n, n_all from share where agency_code is null").fetchall()[0]
        connection.sql("select * from share").write_csv(str(out / "share.csv"))
        (out / "report.html").write_text(f"<h1>{year}</h1><p>{n}/{total}</p>", encoding="utf-8")
        lap("report")
    return {
        "seconds": seconds,
        "bad": sum(bad),
        "CT02": [n, total],
        "workbook_rows": sum(map(len, rows.values())),
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))))
