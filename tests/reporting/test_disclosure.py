"""X10, G13: no withheld cell can be read off or computed from what stays in print, in any table, for any data."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporting import disclosure
from reporting.disclosure import HIDDEN, RECORDS, UnreviewedTable, protect
from reporting.shapes import AFFAIRS, DEPARTURES, NETWORKS, RECRUITMENT, TALENTS, TRAININGS
from reporting.suppression import Shape, find_block, withheld_cells
from reporting.warehouse import Report, read_report
from tests.reporting import report_tables
from tests.reporting.attacker import Reader

LEAST = 3
slow = settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def counts(top: int = 9) -> st.SearchStrategy[int]:
    return st.one_of(st.integers(0, 3), st.integers(0, top))


@st.composite
def recruits(draw: Any) -> dict[str, int]:
    total = draw(counts(14))
    civil, exam = draw(st.integers(0, total)), draw(st.integers(0, total))
    selection = draw(st.integers(0, total - exam))
    return {
        "recruits": total, "civil_servants": civil, "public_employees": total - civil, "by_exam": exam,
        "by_selection": selection, "by_reception": total - exam - selection,
        "first_time": draw(st.integers(0, total)), "talents": draw(st.integers(0, total)), "contracts": draw(counts()),
    }  # fmt: skip


@st.composite
def talents(draw: Any) -> dict[str, int]:
    opening, attracted, recognised = draw(counts()), draw(counts(5)), draw(counts(5))
    left = draw(st.integers(0, opening + attracted + recognised))
    return {"opening": opening, "attracted": attracted, "recognised": recognised, "left_count": left,
            "closing": opening + attracted + recognised - left}  # fmt: skip


@st.composite
def trainings(draw: Any) -> dict[str, int]:
    degree, course = draw(counts()), draw(counts())
    known = draw(st.integers(0, degree + course))
    return {"participations": degree + course, "degree_count": degree, "course_count": course, "st_count": known,
            "undetermined_count": draw(st.integers(0, degree + course - known)), "persons": draw(counts()),
            "hours": 8 * (degree + course)}  # fmt: skip


@st.composite
def nominations(draw: Any) -> dict[str, int]:
    """Now and then an outcome is missing, or more are told than were proposed."""
    parts = {name: draw(counts(6)) for name in ("accepted", "refused", "pending")}
    return parts | {"proposed": max(sum(parts.values()) + draw(st.sampled_from((0, 0, 0, 2, -1))), 0)}


@st.composite
def reached(draw: Any, margin: str, part: str) -> dict[str, int]:
    people = draw(counts(12))
    return {margin: people, part: draw(st.integers(0, people))}


def leaks(rows: list[dict[str, int]], shape: Shape) -> list[Any]:
    """Withheld cells whose value a reader can compute, in a table by itself with its totals in print."""
    held = withheld_cells(rows, shape, find_block(rows, shape, LEAST))
    reader = Reader()
    reader.table(rows, shape, held, "t")
    return reader.settled()


@slow
@given(st.lists(recruits(), min_size=2, max_size=7))
def test_no_cell_of_a_recruitment_table_can_be_computed(rows: list[dict[str, int]]) -> None:
    assert not leaks(rows, RECRUITMENT)


@slow
@given(st.lists(talents(), min_size=2, max_size=6))
def test_no_cell_of_a_talent_table_can_be_computed(rows: list[dict[str, int]]) -> None:
    assert not leaks(rows, TALENTS)


@slow
@given(st.lists(trainings(), min_size=2, max_size=6))
def test_no_cell_of_a_training_table_can_be_computed(rows: list[dict[str, int]]) -> None:
    assert not leaks(rows, TRAININGS)


@slow
@given(st.lists(st.fixed_dictionaries({"persons": counts()}), min_size=2, max_size=8))
def test_no_departure_count_can_be_computed(rows: list[dict[str, int]]) -> None:
    assert not leaks(rows, DEPARTURES)


@slow
@given(st.lists(nominations(), min_size=2, max_size=6))
def test_no_cell_of_the_nominations_can_be_computed(rows: list[dict[str, int]]) -> None:
    shape = AFFAIRS["nominations"].shape
    if all(row["accepted"] + row["refused"] + row["pending"] <= row["proposed"] for row in rows):
        assert not leaks(rows, shape)
    held = withheld_cells(rows, shape, find_block(rows, shape, LEAST))
    assert not [cell for cell in row_cells(rows) if 0 < cell[2] < LEAST and cell[:2] not in held]


def row_cells(rows: list[dict[str, int]]) -> list[tuple[int, str, int]]:
    return [(i, name, count) for i, row in enumerate(rows) for name, count in row.items()]


@slow
@given(st.lists(reached("people", "contacted"), min_size=2, max_size=8))
def test_no_cell_of_a_network_can_be_computed(rows: list[dict[str, int]]) -> None:
    assert not leaks(rows, NETWORKS)


@slow
@given(st.lists(reached("received", "handled"), min_size=2, max_size=6))
def test_no_cell_of_the_violations_can_be_computed(rows: list[dict[str, int]]) -> None:
    assert not leaks(rows, AFFAIRS["violations"].shape)


def test_outcomes_that_exceed_what_was_proposed_are_all_withheld_when_one_is_small() -> None:
    rows = [
        {"proposed": 4, "accepted": 3, "refused": 3, "pending": 0},
        {"proposed": 40, "accepted": 20, "refused": 19, "pending": 1},
    ]
    shape = AFFAIRS["nominations"].shape
    held = withheld_cells(rows, shape, find_block(rows, shape, LEAST))
    assert {(i, name) for i in (0, 1) for name in ("accepted", "refused", "pending")} <= held


@slow
@given(st.lists(recruits(), min_size=1, max_size=9), st.sampled_from([RECRUITMENT]))
def test_no_small_count_stays_in_print(rows: list[dict[str, int]], shape: Shape) -> None:
    held = withheld_cells(rows, shape, find_block(rows, shape, LEAST))
    for i, row in enumerate(rows):
        shown = {name: count for name, count in row.items() if (i, name) not in held}
        assert not [name for name, count in shown.items() if 0 < count < LEAST]
        for part, whole in (("talents", "recruits"), ("first_time", "recruits")):
            if part in shown and whole in shown:
                assert not 0 < shown[whole] - shown[part] < LEAST, "the rest of an open group is a count too"


@st.composite
def reorganised(draw: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, str]]]:
    """Two departments that stay, two merged into one, a district that goes to two communes, in both structures."""
    codes = ("STAY1", "STAY2", "OLD1", "OLD2", "HUYEN", "XA1", "XA2")
    before = [draw(recruits()) | {"agency_code": code, "structure_on": "as_reported"} for code in codes]
    by = {row["agency_code"]: row for row in before}
    keys = [key for key in before[0] if key not in ("agency_code", "structure_on")]
    after = [dict(by["STAY1"]), dict(by["STAY2"]), dict.fromkeys(keys, 0), dict(by["XA1"]), dict(by["XA2"])]
    after[2] = {key: by["OLD1"][key] + by["OLD2"][key] for key in keys} | {"agency_code": "NEW"}
    heir = after[draw(st.sampled_from((3, 4)))]
    heir.update({key: heir[key] + by["HUYEN"][key] for key in keys})
    for row in after:
        row["structure_on"] = "2025-12-31"
    links = [("OLD1", "NEW"), ("OLD2", "NEW"), ("HUYEN", "XA1"), ("HUYEN", "XA2")]
    return before, after, [{"predecessor_code": a, "successor_code": b} for a, b in links]


FAMILIES = ({"STAY1"}, {"STAY2"}, {"OLD1", "OLD2", "NEW"}, {"HUYEN", "XA1", "XA2"})


@slow
@given(reorganised())
def test_neither_structure_gives_the_other_away(season: Any) -> None:
    before, after, links = season
    unit = disclosure._units(before, after, tuple(links))
    block = find_block(before, RECRUITMENT, LEAST, [unit[row["agency_code"]] for row in before])
    early = withheld_cells(before, RECRUITMENT, block)
    late = disclosure._later_structure(before, after, unit, block, LEAST)
    held = {(i, c) for i, row in enumerate(after) for _, code, c in late if code == row["agency_code"]}
    reader = Reader()
    reader.table(before, RECRUITMENT, early, "before")
    reader.table(after, RECRUITMENT, held, "after")
    columns = [RECRUITMENT.margin, *(c for g in RECRUITMENT.groups for c in g.columns), *RECRUITMENT.free]
    for codes in FAMILIES:  # what everybody knows: who followed whom
        old = [i for i, row in enumerate(before) if row["agency_code"] in codes]
        new = [i for i, row in enumerate(after) if row["agency_code"] in codes]
        for column in columns:
            reader.fact({("before", i, column): 1 for i in old} | {("after", i, column): -1 for i in new}, 0, 0)
    for i, row in enumerate(after):
        for column in columns:
            assert (i, column) in held or not 0 < row[column] < LEAST
    assert not reader.settled()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return read_report(report_tables.write(tmp_path_factory.mktemp("disclosure") / "warehouse.duckdb"))


def test_the_province_keeps_its_own_figures(report: Report) -> None:
    public = protect(report)
    assert public.indicators == report.indicators
    for row in public.recruitment_by_agency:
        if row["agency_code"] == "LS":
            assert HIDDEN not in row.values()
    assert HIDDEN not in next(row for row in public.trainings if row["training_field"] == "ALL").values()


def test_a_followed_cohort_in_which_two_left_is_withheld_everywhere(report: Report) -> None:
    public = protect(report)
    cohort = next(row for row in public.retention_cohorts if row["cohort_year"] == 2024)
    assert cohort["persons"] == 19 and cohort["retained_1"] is HIDDEN
    followed = {row["reading"]: row["numerator"] for row in public.readings_of("CT04")}
    assert followed["interim_1"] is HIDDEN and followed["interim_2"] == 5


@pytest.mark.parametrize(
    ("unit", "achieved", "shown"),
    [("%", "12.5", False), ("%", "0", False), ("người", "2", False), ("người", "3", True), ("người", "0", True)],
)
def test_an_agencys_own_result_hides_shares_and_small_counts(
    report: Report, unit: str, achieved: str, shown: bool
) -> None:
    target = dict(report.own_targets[0]) | {"unit": unit, "achieved_value": Decimal(achieved)}
    printed = protect(replace(report, own_targets=(target,))).own_targets[0]["achieved_value"]
    assert printed == (Decimal(achieved) if shown else HIDDEN)


def test_the_reconciliation_stays_inside(report: Report) -> None:
    assert report.reconciliation and not protect(report).reconciliation


def test_g13_a_table_without_a_record_is_refused(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(RECORDS, "departures")
    with pytest.raises(UnreviewedTable, match="departures"):
        protect(report)


def test_the_threshold_is_a_parameter(tmp_path: Path) -> None:
    rows = [
        row | ({"value": "5"} if row["parameter"] == "min_cell" else {})
        for row in report_tables.process()["parameters"]
    ]
    strict = read_report(report_tables.write(tmp_path / "w.duckdb", parameters=rows))
    assert strict.least == 5
    shown = [row["recruits"] for row in protect(strict).recruitment_by_agency if row["recruits"] is not HIDDEN]
    assert not [count for count in shown if 0 < count < 5]
