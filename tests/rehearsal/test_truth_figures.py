"""The truth counts as the dossier does: worked-examples.md Part A, sections 1–8, by hand."""

from datetime import date, timedelta

import pytest

from ingestion.rehearsal.facts import Absence, Assignments, Facts, Recruit, Standing
from ingestion.rehearsal.organisation import Organisation
from ingestion.rehearsal.people import Person
from ingestion.rehearsal.truth_figures import figures

ORGANISATION = Organisation()
DEPARTMENT_1, DISTRICT, DEPARTMENT_3 = "SGDDT", "H180", "SYT"


def person(name: str) -> Person:
    return Person(hash(name), name, "nu", date(1990, 1, 1), False, name)


def facts_of(
    recruits: list[tuple] = (),
    decided: dict[str, date] | None = None,
    assignments: Assignments | None = None,
    years: tuple[int, ...] = (2025,),
) -> Facts:
    facts = Facts(ORGANISATION, date(2026, 11, 23), list(years), lambda person, day: DEPARTMENT_1)
    facts.recruits = [Recruit(person(name), body, on, on - timedelta(days=5)) for name, body, on in recruits]
    for name, day in (decided or {}).items():
        facts.standings[person(name)] = Standing(person(name), "thu_hut", date(2020, 1, 1), day, None)
    facts.assignments = assignments or {}
    return facts


def counts(facts: Facts, indicator: str, structure: str = "as_reported", year: int = 2025) -> dict[str, tuple]:
    return {
        str(f["agency_code"]): (f["numerator"], f["denominator"])
        for f in figures(facts)
        if (f["indicator_code"], f["structure_on"], f["reporting_year"]) == (indicator, structure, year)
    }


def day(text: str) -> date:
    return date.fromisoformat(text)


CT02_REGISTER = [
    *((f"F{i:02d}", DEPARTMENT_1, day("2025-01-15")) for i in range(1, 19)),
    ("P2", DEPARTMENT_1, day("2025-03-10")),
    ("P3", DISTRICT, day("2025-04-01")),
    ("P3", DEPARTMENT_3, day("2025-09-01")),
    ("P4", DISTRICT, day("2025-05-05")),
    ("P7", DEPARTMENT_1, day("2025-12-20")),
    ("P8", DISTRICT, day("2024-12-05")),
]
CT02_TALENTS = {"P2": day("2025-03-01"), "P4": day("2025-11-20"), "P5": day("2025-05-20"), "P8": day("2024-11-30")}


def test_ct02_headline_of_2025_and_2024():
    """2.: LS 2/22, CQ01 1/20, CQ02 1/1, CQ03 0/1 in 2025; 1/1 in 2024."""
    facts = facts_of(CT02_REGISTER, CT02_TALENTS, years=(2024, 2025))
    assert counts(facts, "CT02") == {"LS": (2, 22), DEPARTMENT_1: (1, 20), DISTRICT: (1, 1), DEPARTMENT_3: (0, 1)}
    assert counts(facts, "CT02", year=2024)["LS"] == (1, 1)
    assert counts(facts, "CT03") == counts(facts, "CT02")


def test_a_decision_after_the_period_does_not_count_for_it():
    """2.: a decision for P7 on 15/01/2026 would not enter CT02 of 2025."""
    facts = facts_of(CT02_REGISTER, {**CT02_TALENTS, "P7": day("2026-01-15")})
    assert counts(facts, "CT02")["LS"] == (2, 22)


def test_r1_a_merger_of_departments():
    """8.1: as reported 0/1, 1/1, 1/2; on 31/12/2025 the new Sở has 2/4; the province 2/4 in both."""
    recruits = [
        ("N1", "SKHCN~2025-02-28", day("2025-01-10")),
        ("N2", "STTTT", day("2025-02-20")),
        ("N3", "SKHCN", day("2025-03-01")),
        ("N16", "SKHCN", day("2025-05-15")),
    ]
    facts = facts_of(recruits, {"N2": day("2025-02-01"), "N16": day("2025-05-01")})
    reported = counts(facts, "CT02")
    assert reported == {"LS": (2, 4), "SKHCN~2025-02-28": (0, 1), "STTTT": (1, 1), "SKHCN": (1, 2)}
    assert counts(facts, "CT02", "2025-12-31") == {"LS": (2, 4), "SKHCN": (2, 4)}


def test_r2_a_district_that_ends():
    """8.2: six at the district, spread by decisions; X6 waits; the province is 2/8 in every view."""
    starts = {"X1": "2025-01-15", "X2": "2025-02-10", "X3": "2025-03-20", "X4": "2025-04-05", "X5": "2025-05-12"}
    recruits = [(name, "H189", day(on)) for name, on in {**starts, "X6": "2025-06-02"}.items()]
    recruits += [("X7", "06613", day("2025-09-10")), ("X8", "06625", day("2025-10-01"))]
    to = {"X1": "06613", "X2": "06616", "X3": "06625", "X4": "06637", "X5": "SNNMT"}
    assigned = {person(name): [(day("2025-07-01"), "H189", new)] for name, new in to.items()}
    facts = facts_of(recruits, {"X2": day("2025-02-01"), "X7": day("2025-09-01")}, assigned)
    assert counts(facts, "CT02") == {"LS": (2, 8), "H189": (1, 6), "06613": (1, 1), "06625": (0, 1)}
    assert counts(facts, "CT02", "2025-12-31") == {
        "LS": (2, 8),
        "06613": (1, 2),
        "06616": (1, 1),
        "06625": (0, 2),
        "06637": (0, 1),
        "SNNMT": (0, 1),
        "H189#chua_phan_bo": (0, 1),
    }


CT05_PEOPLE = {  # talent since, exit
    "U1": ("2024-03-01", None),
    "U2": ("2024-05-01", None),
    "U3": ("2025-01-01", None),
    "U4": ("2024-09-01", None),
    "U5": ("2024-01-10", None),
    "U6": ("2024-02-01", "2025-10-01"),
    "U7": ("2024-04-01", None),
}
CT05_SCIENCE = {"U1": ["2025-05-10"], "U2": ["2024-06-30"], "U4": ["2024-08-20"], "U5": ["2026-01-05"],
                "U6": ["2025-03-03", "2025-07-07"]}  # fmt: skip


@pytest.mark.parametrize(("year", "expected"), [(2025, (2, 6)), (2024, (1, 6)), (2026, (3, 6))])
def test_ct05_reading_a(year: int, expected: tuple[int, int]):
    """5.: 2/6 in 2025, 1/6 in 2024, 3/6 in 2026."""
    facts = facts_of(years=(year,))
    for name, (since, left) in CT05_PEOPLE.items():
        start = day(since)
        facts.standings[person(name)] = Standing(person(name), "thu_hut", start, start, None)
        if left:
            facts.absences[person(name)] = [Absence(day(left), None)]
        facts.science_courses[person(name)] = [day(done) for done in CT05_SCIENCE.get(name, [])]
    assert counts(facts, "CT05", year=year)["LS"] == expected


def test_ct01_counts_the_last_day_and_never_forgets_the_roster():
    """1.: issued 15/03 and 31/03 count, 01/04 does not; the roster of 31/03/2024 has 32 agencies for ever."""
    facts = facts_of(years=(2024, 2026))
    facts.plans = [("SGDDT", day("2024-03-15")), ("SYT", day("2024-03-31")), ("SCT", day("2024-04-01")),
                   ("H180", day("2024-02-10")), ("SKHCN", day("2025-05-20"))]  # fmt: skip
    for year in (2024, 2026):
        rows = counts(facts, "CT01", year=year)
        assert rows["LS"] == (3, 32)
        assert rows["SYT"] == (1, 1)
        assert rows["SCT"] == (0, 1)
        assert "SKHCN" not in rows and "06613" not in rows


def test_ct06_and_ct07():
    """6., 7.: owing on the last on-time day; signed on 10/12 is on time, on 12/12 it is not."""
    facts = facts_of(years=(2024, 2025))
    facts.on_time = {(2025, "SGDDT"), (2025, "06613"), (2025, "H180")}
    facts.signed = {2024: day("2024-12-10"), 2025: day("2025-12-12")}
    assert counts(facts, "CT06")["LS"] == (2, 80)
    assert counts(facts, "CT06")["06616"] == (0, 1)
    assert "H180" not in counts(facts, "CT06")
    assert counts(facts, "CT07", year=2024) == {"LS": (1, 1)}
    assert counts(facts, "CT07") == {"LS": (0, 1)}


def test_ct04_is_empty_before_the_first_fifth_anniversary():
    """4.: due in 2029 at the earliest; strict 2025 is 0/0."""
    facts = facts_of(decided={"T1": day("2024-02-20")})
    assert counts(facts, "CT04") == {"LS": (0, 0)}
