"""Adds volume to a sample season: register and training rows of people who do not exist, in years before the plan.

A million ids for each of forty years of birth: up to forty million rows are distinct people.
The rows take the whole road (typing, gate 1, pseudonyms, facts) but belong to no year of the plan, so the figures
stay those of the season and can be compared. Nobody of the season is among them: one number under two names would be
asked about, and close the gate. Written by DuckDB; the season itself comes from `ingestion.rehearsal`.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import duckdb

ID = re.compile(r"(?<![0-9])000[0-9]{9}(?![0-9])")

# Any agency that existed in these years serves; the day decides the body.
AGENCIES = ("SGDDT", "SYT", "SNV", "STP", "SCT", "H180", "H184", "H186", "H188")
FIRST_DAY = "2021-01-04"
DAYS = 1000

REGISTER = """
select
    format('{}/QĐ-TD', 100000 + i) as decision_number,
    (date '{first}' + (i % {days})::integer)::varchar as decided_on,
    (date '{first}' + (i % {days} + 5)::integer)::varchar as effective_on,
    format('000{}{:02d}{:06d}', i % 2, 60 + (i + i // 1000000) % 40, i % 1000000) as national_id,
    'Người Mô Phỏng ' || i as full_name,
    format('19{:02d}-06-15', 60 + (i + i // 1000000) % 40) as birth_date,
    case i % 2 when 0 then 'nam' else 'nu' end as sex,
    list_value({agencies})[1 + i % {n}] as agency_code,
    'SNV' as deciding_agency_code,
    '' as unit_code,
    'Chuyên viên' as position,
    'vien_chuc' as staff_kind,
    'XT' as recruitment_form,
    'true' as first_time_in_public_service,
    '' as legal_basis,
    'hieu_luc' as status
from range({rows}) as t(i)
"""

TRAININGS = """
select
    format('BM{}', i) as record_id,
    format(
        '000{}{:02d}{:06d}', (i % {people}) % 2, 60 + (i % {people} + (i % {people}) // 1000000) % 40,
        (i % {people}) % 1000000
    ) as national_id,
    format('KH{}', i % 500) as course_code,
    'Bồi dưỡng ' || (i % 500) as course_name,
    'boi_duong' as training_kind,
    'ngan_han' as training_level,
    'CNTT' as training_field,
    (date '{first}' + (i % {days})::integer)::varchar as started_on,
    (date '{first}' + (i % {days} + 3)::integer)::varchar as completed_on,
    '24' as hours,
    'hoan_thanh' as result,
    format('CC{}', i) as certificate_number,
    (date '{first}' + (i % {days} + 3)::integer)::varchar as certified_on
from range({rows}) as t(i)
"""


def add_volume(inbox: Path, *, recruits: int, trainings: int) -> None:
    """Write `recruits` register rows and `trainings` course rows (counts of rows) into one inbox year."""
    facts = {"first": FIRST_DAY, "days": DAYS, "agencies": ", ".join(f"'{a}'" for a in AGENCIES), "n": len(AGENCIES)}
    with duckdb.connect() as connection:
        _known(connection, inbox)
        for name, query, rows in (
            ("recruitment_register_volume.csv", REGISTER, recruits),
            ("training_records_volume.csv", TRAININGS, trainings),
        ):
            text = query
            for key, value in {**facts, "rows": rows, "people": max(recruits, 1)}.items():
                text = text.replace("{" + key + "}", str(value))
            others = f"select * from ({text}) where national_id not in (select id from known)"
            connection.execute(f"copy ({others}) to '{inbox / name}' (header, delimiter ',')")


def _known(connection: duckdb.DuckDBPyConnection, inbox: Path) -> None:
    """The table `known`: every number that stands in a workbook or register of the season, whatever the year."""
    found: set[str] = set()
    for path in inbox.parent.glob("*/*"):
        if path.suffix == ".csv":
            found.update(ID.findall(path.read_text(encoding="utf-8")))
        elif path.suffix == ".parquet":
            columns = duckdb.sql(f"describe select * from '{path}'").fetchall()
            if "national_id" in {row[0] for row in columns}:
                found.update(str(row[0]) for row in duckdb.sql(f"select national_id from '{path}'").fetchall())
        elif path.suffix == ".xlsx" and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                for name in package.namelist():
                    if name.endswith(".xml"):
                        found.update(ID.findall(package.read(name).decode("utf-8", "ignore")))
    connection.execute("create table known (id varchar)")
    if found:
        connection.executemany("insert into known values (?)", [[each] for each in sorted(found)])
