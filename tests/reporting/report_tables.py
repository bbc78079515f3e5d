"""A DuckDB file with the report models of a plausible year, for tests of what is printed from them.

Not a pytest module: `write(path, **changes)` makes the file, `tables(**changes)` the rows. All people are counts; the
numbers are additive as the real models are: agencies sum to the province, parts to their margins.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.reporting import typical_year as year
from tests.reporting.text_tables import ARROW, Rows, kinds, rows

DEPARTMENTS = ("VPUB", "SNV", "STC", "SXD", "SKHCN", "SGDDT", "SYT", "SNNMT", "SVHTTDL")
NAMES = dict(
    zip(
        DEPARTMENTS,
        ("Văn phòng UBND tỉnh", "Sở Nội vụ", "Sở Tài chính", "Sở Xây dựng", "Sở Khoa học và Công nghệ",
         "Sở Giáo dục và Đào tạo", "Sở Y tế", "Sở Nông nghiệp và Môi trường", "Sở Văn hóa, Thể thao và Du lịch"),
        strict=True,
    )
)  # fmt: skip
COMMUNES = tuple(f"066{n}" for n in range(10, 30))
ENDED = ("SKHCN~2025-02-28", "STTTT", "H189", "H183")
NAMES |= {code: f"UBND xã mẫu {code[3:]}" for code in COMMUNES} | {"LS": "Tổng số", "STTTT": "Sở TT&TT"}
NAMES |= {"SKHCN~2025-02-28": "Sở KH&CN (đến 28/02/2025)", "H189": "UBND huyện Đình Lập", "H183": "UBND huyện Cao Lộc"}
LINKS = [("SKHCN~2025-02-28", "SKHCN"), ("STTTT", "SKHCN")]
LINKS += [("H189" if code < "06618" else "H183", code) for code in COMMUNES]
PARTS = ("civil_servants", "public_employees", "by_exam", "by_selection", "by_reception", "first_time", "talents",
         "contracts")  # fmt: skip
COMMON: dict[str, Any] = {
    "parameter_source_vi": "chưa có quyết định", "parameter_valid_from": date(2024, 1, 1), "period_code": "KY_LICH",
    "period_from": date(2025, 1, 1), "period_to": date(2025, 12, 31), "as_of": date(2025, 12, 10), "agencies_owed": 31,
    "prior_year": 2024, "unit_vi": "%", "decimals_needed": 1,
}  # fmt: skip


def share(numerator: int | None, denominator: int | None) -> Decimal | None:
    """The share in percent with four decimals, NULL on an empty denominator."""
    if not denominator or numerator is None:
        return None
    return (Decimal(100 * numerator) / denominator).quantize(Decimal("0.0001"))


def indicator(code: str, **changes: Any) -> dict[str, Any]:
    """One row of ``rpt_annual__indicators`` of the typical year, with changes; the value follows n and N."""
    row = next(row for row in rows(year.INDICATORS) if row["indicator_code"] == code) | COMMON | changes
    due = row["verdict"] != "not_due"
    row.setdefault("value", share(row["numerator"], row["denominator"]) if due else None)
    row["prior_value"] = share(row["prior_numerator"], row["prior_denominator"])
    return row


def indicators(**changed: Mapping[str, Any]) -> Rows:
    """All seven headline rows; ``CT02={…}`` changes one of them."""
    return [indicator(f"CT0{n}", **changed.get(f"CT0{n}", {})) for n in range(1, 8)]


def readings(headlines: Rows | None = None) -> Rows:
    """The headline readings again, and others beside them."""
    first = [
        {"indicator_code": row["indicator_code"], "reading": row["reading"], "is_headline": True, "sort_order": 1,
         "reading_text_vi": row["reading_text_vi"], "period_code": "KY_LICH", "reason_vi": "Đúng lời văn của Kế hoạch",
         "parameter_code": row["parameter_code"], "lower_bound": row["lower_bound"], "upper_bound": row["upper_bound"],
         **{key: row[key] for key in ("numerator", "denominator", "value", "target_value", "verdict")}}
        for row in headlines or indicators()
    ]  # fmt: skip
    others = rows(year.OTHER_READINGS)
    for row in others:
        due = row["verdict"] != "not_due"
        row |= {"is_headline": False, "reason_vi": "Nêu để so sánh", "lower_bound": None, "upper_bound": None,
                "value": share(row["numerator"], row["denominator"]) if due else None}  # fmt: skip
    return [*first, *others]


def recruitment() -> Rows:
    """Both structures: a successor has its own recruits and what its predecessors had."""
    dice = random.Random(7)
    people = {code: _people(code, dice) for code in (*DEPARTMENTS, *ENDED, *COMMUNES)}
    heirs: dict[str, list[str]] = {}
    for before, successor in LINKS:
        heirs.setdefault(before, []).append(successor)
    later = {code: list(group) for code, group in people.items() if code not in ENDED}
    for before, successors in heirs.items():
        for position, person in enumerate(people[before]):
            later[successors[position % len(successors)]].append(person)
    return _structure("as_reported", people) + _structure("2025-12-31", later)


def _people(code: str, dice: random.Random) -> list[set[str]]:
    """Invented recruits of an agency, each the set of columns that count them (labour contracts stand outside)."""
    many = dice.choice((0, 1, 2, 4)) if code in COMMUNES else dice.choice((0, 2, 7, 16, 24, 31))
    forms = ("by_exam", "by_selection", "by_reception")
    recruits = []
    for _ in range(many):
        person = {"recruits", dice.choice(PARTS[:2]), dice.choice(forms)}
        person |= {name for name, odds in (("first_time", 0.7), ("talents", 0.1)) if dice.random() < odds}
        recruits.append(person)
    return recruits + [{"contracts"}] * dice.choice((0, 0, 1, 3))


def _structure(structure: str, people: Mapping[str, list[set[str]]]) -> Rows:
    groups = {"LS": [person for group in people.values() for person in group], **people}
    found = []
    for order, (code, group) in enumerate(groups.items()):
        counts = {name: sum(name in person for person in group) for name in ("recruits", *PARTS)}
        found.append({"structure_on": structure, "sort_order": order, "agency_code": code,
                      "agency_name_vi": NAMES[code], **counts, "share": share(counts["talents"], counts["recruits"]),
                      "note_vi": None})  # fmt: skip
    return found


def submissions() -> Rows:
    """Who sent when: every seventh late, two silent, one of them excused."""
    found = []
    for order, code in enumerate((*DEPARTMENTS, *COMMUNES)):
        late, silent = order % 7 == 5, order in (11, 23)
        at = None if silent else datetime(2025, *((12, 2) if late else (11, 20)), 3, 15, tzinfo=UTC)
        found.append(
            {"sort_order": order, "agency_code": code, "agency_name_vi": NAMES[code], "first_accepted_at": at,
             "first_accepted_on": at.date() if at else None, "is_on_time": bool(at) and not late,
             "times_sent": 0 if silent else 1 + (order % 5 == 0), "missing_forms": None,
             "outcome": None if silent else ("accepted_with_queries" if order % 4 == 0 else "accepted"),
             "nil_forms": None if silent or order < 5 else "B03, B05",
             "explanation": "mất kết nối do mưa lũ" if order == 11 else None,
             "predecessors_vi": "Sở Thông tin và Truyền thông" if code == "SKHCN" else None})  # fmt: skip
    return found


def plans() -> Rows:
    """The plan of every department, one of them late."""
    return [
        {"sort_order": i, "agency_code": code, "agency_name_vi": NAMES[code], "plan_number": f"{12 + i}/KH-{code}",
         "issued_on": date(2024, 3, 15 + 2 * i), "is_on_time": i < 8, "successor_name_vi": None,
         "state": "on_time" if i < 8 else "late"}
        for i, code in enumerate(DEPARTMENTS)
    ]  # fmt: skip


def process() -> dict[str, Rows]:
    """The models of the collection itself: who sent what, which plans, which decisions, what the checks found."""
    return {
        "plans": plans(), "own_targets": rows(year.OWN_TARGETS), "submissions": submissions(),
        "documents": rows(year.DOCUMENTS), "proposals": rows(year.PROPOSALS),
        "parameters": rows(year.PARAMETERS), "data_quality": rows(year.DATA_QUALITY),
        "reconciliation": rows(year.RECONCILIATION),
    }  # fmt: skip


def affairs() -> dict[str, Rows]:
    """The models of the forms B08 to B15 and KT."""
    return {
        "nominations": rows(year.NOMINATIONS), "commendations": rows(year.COMMENDATIONS),
        "violations": rows(year.VIOLATIONS), "communications": rows(year.COMMUNICATIONS),
        "talent_networks": rows(year.NETWORKS), "policy_grants": rows(year.GRANTS),
        "supervision": rows(year.SUPERVISION), "forms": rows(year.FORMS),
    }  # fmt: skip


def tables(**changes: Any) -> dict[str, Rows]:
    """All report models of a typical 2025 by name; ``changes`` replace whole models (``header`` is merged)."""
    talents = rows(year.TALENTS)
    for row in talents:
        row["closing"] = row["opening"] + row["attracted"] + row["recognised"] - row["left_count"]
    result: dict[str, Any] = {
        "indicators": indicators(), "readings": readings(changes.get("indicators")),
        "recruitment_by_agency": recruitment(), "talents_in_service": talents, "departures": rows(year.DEPARTURES),
        "retention_cohorts": rows(year.COHORTS), "trainings": rows(year.TRAININGS), "tasks": rows(year.TASKS),
        "duties": rows(year.DUTIES), "budgets": rows(year.BUDGETS), **process(), **affairs(),
    }  # fmt: skip
    result["header"] = [rows(year.HEADER)[0] | changes.pop("header", {})]
    return result | changes


def write(path: Path, **changes: Any) -> Path:
    """Write the tables as ``reports.rpt_annual__*`` and a small ``marts`` schema into a new DuckDB file."""
    import duckdb
    import pyarrow as pa

    with duckdb.connect(str(path)) as connection:
        for schema in ("reports", "marts"):
            connection.execute(f"create schema {schema}")
        for name, found in tables(**changes).items():
            frame = pa.Table.from_pylist([dict(row) for row in found], schema=_schema(found))  # noqa: F841
            connection.execute(f"create table reports.rpt_annual__{name} as select * from frame")
        links = pa.table({"predecessor_code": [a for a, _ in LINKS], "successor_code": [b for _, b in LINKS]})  # noqa: F841
        connection.execute("create table marts.dim_agency_successions as select * from links")
        connection.execute(
            "create table marts.fct_indicator_values as select indicator_code, reading, 2025 as reporting_year,"
            " period_code, 'LS' as agency_code, 'as_reported' as structure_on, numerator, denominator, value"
            " from reports.rpt_annual__indicators order by 1"
        )
    return path


def _schema(found: Rows) -> Any:
    import pyarrow as pa

    said = {key: kind for name in vars(year) if name.isupper() for key, kind in kinds(getattr(year, name)).items()}
    said |= {"value": "dec", "share": "dec", "prior_value": "dec", "first_accepted_at": "at", "note_vi": "",
             "first_accepted_on": "day", "is_on_time": "bool", "issued_on": "day", "times_sent": "int"}  # fmt: skip

    def kind_of(name: str, values: list[Any]) -> Any:
        seen = next((type(value) for value in values if value is not None), None)
        by_type = {bool: "bool", int: "int", str: "", date: "day", Decimal: "dec", datetime: "at"}
        kind = said.get(name, "") if seen is None else by_type[seen]
        if kind == "dec":
            return pa.decimal128(18, 4)
        return pa.timestamp("us", tz="UTC") if kind == "at" else getattr(pa, ARROW[kind])()

    return pa.schema([(name, kind_of(name, [row[name] for row in found])) for name in found[0]])
