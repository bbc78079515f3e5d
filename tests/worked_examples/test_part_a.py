"""Nothing of Part A drifts: the copy is the dossier, and rows typed again elsewhere are the dossier's rows."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from reporting.numbers import share_printed
from tests.warehouse import test_reorganisation as reorganisation
from tests.warehouse import test_retention_of_talents as retention
from tests.warehouse import worked_rows as worked
from tests.warehouse.compiled import unit_tests
from tests.warehouse.warehouse_tables import table
from tests.worked_examples.dossier import COPY, DOSSIER, anchored, tables

SHA256 = "1098a98844922e785f2b5b68eb8908a2811c1990e8eb37a071dc1af72c0bed85"
PART_A = tables()
UNITS = {test.name: test for test in unit_tests()}
Row = dict[str, Any]


def test_the_copy_is_the_dossier() -> None:
    """Beside the dossier the copy must be its tables; where the dossier is not at hand, what was last taken from it."""
    text = COPY.read_text(encoding="utf-8")
    assert hashlib.sha256(text.encode()).hexdigest() == SHA256, "take it anew: python -m tests.worked_examples.dossier"
    assert not DOSSIER.exists() or anchored(DOSSIER.read_text(encoding="utf-8")) == text
    assert len(PART_A) == 28


def _same(rows: list[Row]) -> list[Row]:
    return rows


def _renamed(old: str, new: str) -> Callable[[list[Row]], list[Row]]:
    return lambda rows: [{k: v.replace(old, new) if v else v for k, v in row.items()} for row in rows]


@pytest.mark.parametrize(
    ("name", "typed", "prepare"),
    [
        ("ct01_agencies", worked.CT01, lambda rows: [r for r in _renamed("CQ0", "A")(rows) if r["agency"] != "A9"]),
        ("ct02_talents", worked.CT02_TALENTS, _same),
        ("ct04_persons", retention.PERSONS, _same),
        ("ct05_talents", worked.CT05_TALENTS, _same),
        ("ct05_trainings", worked.CT05_TRAININGS, _same),
        ("ct06_agencies", worked.CT06_AGENCIES, _same),
        ("ct06_submissions", worked.CT06_SUBMISSIONS, _same),
        ("r2_register", reorganisation.R2, _same),
    ],
)
def test_seasons_are_made_of_the_dossier_s_rows(name: str, typed: str, prepare: Any) -> None:
    """Every column that both have, row by row and in order; the numbers of plans carry their agency's name."""
    ours, theirs = table(typed), prepare(PART_A[name])
    both = [column for column in theirs[0] if column in ours[0]]
    assert len(both) >= 3
    assert [_plain(row, both) for row in ours] == [_plain(row, both) for row in theirs]


def _plain(row: Row, columns: list[str]) -> list[str | None]:
    return [row[c].replace("KH-A", "KH-CQ0") if c == "plan_number" and row[c] else row[c] for c in columns]


def test_the_register_of_ct02_is_the_dossier_s() -> None:
    """There CQ01 to CQ03, here B1 to B3; F stands for eighteen persons there and is made by the season here."""
    theirs = [row for row in PART_A["ct02_register"] if row["person"] != "F"]
    names = ("person", "agency", "effective_on", "staff_kind", "recruitment_form", "first_time", "status")
    expected = [[row[n].replace("CQ0", "B") if n == "agency" else row[n] for n in names] for row in theirs]
    assert [list(row.values()) for row in table(worked.CT02_REGISTER)] == expected


UNIT_ROWS: list[tuple[str, str, str, dict[str, str], Callable[[Row], bool]]] = [
    ("ct01_credited", "int_agencies__dated", "ct01_agencies",
     {"agency": "agency_code", "valid_from": "valid_from", "valid_to": "valid_to"}, lambda _: True),
    ("ct01_credited", "stg_accepted__plans", "ct01_agencies",
     {"agency": "agency_code", "plan_number": "plan_number", "issued_on": "issued_on"},
     lambda row: bool(row["plan_number"] or row["issued_on"])),
    ("ct02_who_is_counted", "int_recruitments__classified", "ct02_register",
     {"row": "row_id", "agency": "agency_code", "effective_on": "event_on"}, lambda _: True),
    ("ct03_verdicts", "int_indicators__targeted", "ct03_expected",
     {"reading": "reading", "year": "reporting_year", "agency": "agency_code", "n": "numerator", "N": "denominator"},
     lambda _: True),
    ("ct03_verdicts", "expect", "ct03_expected",
     {"reading": "reading", "year": "reporting_year", "verdict": "verdict", "shortfall": "shortfall"}, lambda _: True),
    ("ct05_what_training_counts", "int_talents__stock", "ct05_talents",
     {"person": "person_key", "talent_since": "clock_on", "sector": "sector"}, lambda row: not row["exit_on"]),
    ("ct05_what_training_counts", "int_trainings__deduplicated", "ct05_trainings",
     {"person": "person_key", "completed_on": "done_on", "st": "is_science_technology", "hours": "hours"},
     lambda _: True),
    ("ct05_counts", "expect", "ct05_expected",
     {"reading": "reading", "n": "numerator", "N": "denominator"}, lambda row: row["year"] == "2025"),
    ("ct06_on_11_december", "int_submissions__received", "ct06_submissions",
     {"agency": "agency_code", "document_date": "document_date"}, lambda _: True),
    ("ct06_on_11_december", "expect", "ct06_expected",
     {"reading": "reading", "n": "numerator", "N": "denominator"}, lambda row: row["on"] == "2025-12-11"),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "where", "name", "columns", "kept"), UNIT_ROWS)
def test_unit_tests_are_made_of_the_dossier_s_rows(
    unit: str, where: str, name: str, columns: dict[str, str], kept: Any
) -> None:
    """Each row of the dossier stands in the unit test at least as often."""
    _, rows = UNITS[unit].expect if where == "expect" else UNITS[unit].given[where]
    ours = Counter(tuple(_text(row.get(column)) for column in columns.values()) for row in rows)
    theirs = Counter(tuple(row[column] for column in columns) for row in PART_A[name] if kept(row))
    assert theirs and not theirs - ours


def test_print_rules_and_bounds_are_the_dossier_s() -> None:
    """Tables print_rules and ct02_bounds: numbers in order, printed by our printing rule."""
    _, given = UNITS["print_rules"].given["int_indicators__targeted"]
    _, said = UNITS["print_rules"].expect
    both = zip(given, said, strict=True)
    ours = [(r["numerator"], r["denominator"], r["target_value"], s["shortfall"]) for r, s in both]
    assert ours == [(row["n"], row["N"], row["t"], row["shortfall"]) for row in PART_A["print_rules"]]
    printed = [share_printed(int(row["n"]), int(row["N"]), int(row["t"])) for row in PART_A["print_rules"]]
    assert printed == [row["printed"] for row in PART_A["print_rules"]]
    _, bounds = UNITS["ct02_bounds"].expect
    assert [(_percent(r["lower_bound"]), _percent(r["upper_bound"]), r["verdict"]) for r in bounds[:4]] == [
        (row["lower"], row["upper"], row["verdict"]) for row in PART_A["ct02_bounds"]
    ]


def test_ct07_cases_are_the_dossier_s() -> None:
    """Table ct07_expected from numerator and is_due; case f stands as year 2098 (a year has one row)."""
    years = {row["case"]: "2098" if row["case"] == "f" else row["year"] for row in PART_A["ct07_years"]}
    _, said = UNITS["ct07_years"].expect
    verdicts = {
        (row["reporting_year"], row["reading"]): "not_due" if row["is_due"] == "false" else
        "met" if row["numerator"] == "1" else "not_met"
        for row in said
    }  # fmt: skip
    for row in PART_A["ct07_expected"]:
        for reading in ("signed", "signed_inclusive", "draft_submitted"):
            assert verdicts[years[row["case"]], reading] == row[reading], (row["case"], reading)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _percent(value: str) -> str:
    return f"{float(value):.1f}%".replace(".", ",")
