"""Part A of the worked examples, table by table: every expected row of the dossier against the compiled warehouse.

Lives here: the days of knowledge that the dossier looks from, and what a row of its tables says of a figure. Does not
live here: the dossier's rows (`tests/worked_examples/part_a.md`), the same season through a real dbt build
(`test_worked_examples.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reporting.numbers import rounded, share, share_printed
from tests.warehouse import test_retention_of_talents as retention
from tests.warehouse import worked_rows as worked
from tests.warehouse.compiled import Project, Warehouse
from tests.warehouse.season import Season
from tests.warehouse.warehouse_tables import Figures, agency, figures, obligations, recruit, talent
from tests.worked_examples.dossier import tables

PART_A = tables()
Row = dict[str, Any]
Known = Callable[[int, str], Warehouse]


@pytest.fixture(scope="module")
def known(compiled_project: Project, season_of_the_session: Season) -> Known:
    """The season of sections 1, 2, 5, 6 as known at an instant; each instant is built once."""
    season = _new(season_of_the_session)
    worked.fill_lists(season)
    worked.fill_rows(season)
    built: dict[tuple[int, str], Warehouse] = {}

    def at(year: int, instant: str) -> Warehouse:
        if (year, instant) not in built:
            built[year, instant] = _built(compiled_project, season, year, instant)
        return built[year, instant]

    return at


def _new(season: Season) -> Season:
    return Season(home=season.home, target=season.target)


def _built(project: Project, season: Season, year: int, instant: str) -> Warehouse:
    warehouse = Warehouse(project)
    warehouse.fill(season, year, instant)
    warehouse.run()
    return warehouse


def must_hold(found: Figures, row: Row, **wanted: Any) -> None:
    """One row of an expected table: n, N, value as printed, bounds in counts, verdict and shortfall."""
    figure = found.row(reading=row["reading"], **wanted)
    n, of = int(row["n"]), int(row["N"])
    assert (figure["numerator"], figure["denominator"]) == (n, of), row
    assert figure["verdict"] == row["verdict"], row
    if "shortfall" in row:
        assert figure["shortfall"] == (None if row["shortfall"] is None else int(row["shortfall"])), row
    if row["value"] is None:
        assert figure["value"] is None, row
    else:
        assert figure["value"] == rounded(share(n, of), 4), row
        assert row["value"] in (share_printed(n, of), share_printed(n, of, 20)), row
    for bound in ("lower", "upper"):
        if row.get(bound) is not None:
            assert figure[f"{bound}_bound"] == rounded(share(int(row[bound]), of), 4), (row, bound)


@pytest.mark.parametrize("row", PART_A["ct01_expected"], ids=str)
def test_ct01(known: Known, row: Row) -> None:
    found = figures(known(2026, "2027-01-31T09:00:00+07:00"), "CT01")
    must_hold(found, row, reporting_year=int(row["as_of"][:4]), agency_code=row["agency"].replace("CQ0", "A"))


@pytest.mark.parametrize("row", PART_A["ct02_expected"], ids=str)
def test_ct02(known: Known, row: Row) -> None:
    """Known on 30/11/2025, the signed report: P7 has not happened yet, 2/21; a provisional figure, restated later."""
    year, instant = (2025, "2025-11-30T23:59:59+07:00") if row["known_on"] else (2026, "2027-01-31T09:00:00+07:00")
    found = figures(known(year, instant), "CT02")
    place = {"period_code": row["period"], "agency_code": row["agency"].replace("CQ0", "B")}
    must_hold(found, row, reporting_year=int(row["year"]), **place)
    if row["known_on"]:
        signed = found.row(reading=row["reading"], reporting_year=2025, **place)
        assert (signed["observation_status"], str(signed["as_of"])) == ("provisional", "2025-11-30")


@pytest.mark.parametrize("row", PART_A["ct05_expected"], ids=str)
def test_ct05(known: Known, row: Row) -> None:
    found = figures(known(2026, "2027-01-31T09:00:00+07:00"), "CT05")
    must_hold(found, row, reporting_year=int(row["year"]), agency_code="LS")


@pytest.mark.parametrize("row", PART_A["ct06_expected"], ids=str)
def test_ct06(known: Known, row: Row) -> None:
    found = figures(known(2025, f"{row['on']}T23:59:59+07:00"), "CT06")
    must_hold(found, row, reporting_year=2025, agency_code="LS")


def test_ct02_bounds_without_a_list_of_talents(compiled_project: Project, season_of_the_session: Season) -> None:
    """Table ct02_bounds, first case: CQ03 owes its list of talents and sent none; its one recruit may be a talent."""
    season = _new(season_of_the_session)
    worked.fill_lists(season)
    worked.fill_plans_and_recruits(season)
    owing = {"B03": [(code, "2024-01-01", "") for code in ("B1", "B2", "B3")]}
    season.lists("obligations", obligations(owing))
    for code in ("B1", "B2"):
        season.send(2025, code, "2025-11-20T09:00:00+07:00", forms={"B03": "filled"})
    found = figures(_built(compiled_project, season, 2025, "2026-01-31T09:00:00+07:00"), "CT02")
    row, case = found.row(reading="annual_persons", period_code="KY_LICH", reporting_year=2025, agency_code="LS"), 0
    expected = PART_A["ct02_bounds"][case]
    assert (str(row["numerator"]), str(row["denominator"])) == (expected["n_known"], expected["N_known"])
    printed = [share_printed(2, 22), share_printed(3, 22)]
    assert [expected["lower"], expected["upper"]] == printed
    assert [row["lower_bound"], row["upper_bound"]] == [rounded(share(n, 22), 4) for n in (2, 3)]
    assert (row["verdict"], row["verdict_at_lower"], row["verdict_at_upper"]) == (expected["verdict"], "not_met", "met")


@pytest.fixture(scope="module")
def floor(compiled_project: Project, season_of_the_session: Season) -> Figures:
    """Section 3: recruits of 2026 to 2031 by agency, as table ct03_counts says."""
    season = _new(season_of_the_session)
    bodies = [agency("LS", kind="province", is_reporting="no"), *(agency(f"CQ0{i}") for i in (1, 2, 3))]
    season.lists("agencies", bodies)
    season.lists("obligations", obligations({"cover": [("CQ01", "2024-01-01", "")]}))
    for row in PART_A["ct03_counts"]:
        year, code = int(row["year"]), row["agency"]
        people = [f"{year}-{code}-{number}" for number in range(int(row["N"]))]
        season.add("recruitment_register", year, [
            recruit(number, person, code, f"{year}-03-01") for number, person in enumerate(people)])  # fmt: skip
        season.add("talents", year, [
            talent(person, code, f"{year}-03-01", f"{year}-02-20") for person in people[: int(row["n"])]])  # fmt: skip
    return figures(_built(compiled_project, season, 2031, "2032-01-31T09:00:00+07:00"), "CT03")


@pytest.mark.parametrize("row", PART_A["ct03_expected"], ids=str)
def test_ct03(floor: Figures, row: Row) -> None:
    """The floor binds from 2030, or from 2026 in the other reading: from targets.csv, year by year, no average."""
    must_hold(floor, row, reporting_year=int(row["year"]), agency_code=row["agency"])


@pytest.fixture(scope="module")
def cohorts(compiled_project: Project, season_of_the_session: Season) -> Warehouse:
    """Section 4, looked at from the end of 2030."""
    season = _new(season_of_the_session)
    retention.fill(season)
    return _built(compiled_project, season, 2030, "2031-01-31T09:00:00+07:00")


@pytest.mark.parametrize("row", PART_A["ct04_expected"], ids=str)
def test_ct04(cohorts: Warehouse, row: Row) -> None:
    must_hold(figures(cohorts, "CT04"), row, reporting_year=int(row["year"]), agency_code="LS")


def test_ct04_survival_curve(cohorts: Warehouse) -> None:
    """Table ct04_km: T7 enters at recognition, T6 and T8 are watched until they are censored; up to five years."""
    found = cohorts.query("select person_key, enters_at, ends_at, has_left from intermediate.int_talents__survival")
    watched = {person: (enters, ends, left) for person, enters, ends, left in found}
    assert watched["T6"] == (0, 356, False), "the employer left the scope on 01/10/2025"
    assert watched["T7"][0] == 776, "recognised 776 days after the start"
    assert watched["T4"] == (0, 607, True)
    assert "T9" not in watched, "older than the lists"
    curve = cohorts.query("""
        select day, at_risk, leaves, survival from intermediate.int_talents__curve where day <= 1826 order by day
    """)
    for (day, at_risk, leaves, survival), row in zip(curve, PART_A["ct04_km"], strict=True):
        above, below = map(int, row["survival"].split("/"))
        assert (day, at_risk, leaves) == (int(row["day"]), int(row["at_risk"]), int(row["leaves"]))
        assert survival == pytest.approx(above / below)
