"""CT01, CT06, CT07 of worked-examples.md §§ 1, 6, 7, recounted (headline readings)."""

from typing import Any

import pytest

CT01_AGENCIES = """
CQ01 department 2010-01-01
CQ02 department 2010-01-01
CQ03 department 2010-01-01
CQ04 department 2010-01-01
CQ05 department 2010-01-01 2025-03-01
CQ06 department 2010-01-01
CQ07 district 2010-01-01 2025-07-01
CQ08 department 2025-03-01
CQ09 commune 2025-07-01
"""
CT01_PLANS = [
    ("CQ01", "12/KH-CQ01", "2024-03-15"),
    ("CQ02", "07/KH-CQ02", "2024-03-31"),
    ("CQ03", "31/KH-CQ03", "2024-04-01"),
    ("CQ04", "09/KH-CQ04", None),
    ("CQ05", None, None),
    ("CQ06", None, "2024-03-20"),
    ("CQ07", "05/KH-CQ07", "2024-02-10"),
    ("CQ08", "44/KH-CQ08", "2025-05-20"),
]


def test_ct01(world: Any, agencies: Any) -> None:
    world.overlay["agencies"] = agencies(CT01_AGENCIES)
    for agency, number, issued_on in CT01_PLANS:
        year = 2025 if agency == "CQ08" else 2024
        world.add("plans", year, agency_code=agency, plan_number=number, issued_on=issued_on, document_kind="ke_hoach")
    counts = world.recount(2025, "2025-12-31T12:00:00+07:00")
    for year in (2024, 2025):
        assert counts.of("CT01", year) == counts.of("CT01", year, on=f"{year}-12-31") == (3, 7)
        assert counts.nonzero("CT01", year) == {
            "LS": (3, 7), "CQ01": (1, 1), "CQ02": (1, 1), "CQ03": (0, 1), "CQ04": (0, 1),
            "CQ05": (0, 1), "CQ06": (0, 1), "CQ07": (1, 1),
        }  # fmt: skip
        assert counts.of("CT01", year, "CQ09") is None
        assert counts.of("CT01", year, "CQ08") is None


def test_ct01_later_proof_is_a_correction(world: Any, agencies: Any) -> None:
    """Worked example 1: "If CQ04 later proves 28/03/2024, the headline becomes 4/7"."""
    world.overlay["agencies"] = agencies(CT01_AGENCIES)
    for agency, number, issued_on in CT01_PLANS:
        world.add("plans", 2024, agency_code=agency, plan_number=number, issued_on=issued_on)
    world.add(
        "plans",
        2025,
        agency_code="CQ04",
        plan_number="09/KH-CQ04",
        issued_on="2024-03-28",
        received_at="2025-11-20T08:00:00+07:00",
    )
    assert world.recount(2025, "2025-11-19T12:00:00+07:00").of("CT01", 2024) == (3, 7)
    assert world.recount(2025, "2025-12-31T12:00:00+07:00").of("CT01", 2024) == (4, 7)


def test_ct01_kinds_that_are_no_plan(world: Any, agencies: Any) -> None:
    """B1 and domain.md 1.2: older than the province's plan, or an official letter: not counted."""
    world.overlay["agencies"] = agencies("CQ01 department 2010-01-01\nCQ02 department 2010-01-01\nCQ03 unit 2010-01-01")
    world.add("plans", 2024, agency_code="CQ01", plan_number="1/KH", issued_on="2023-12-29", document_kind="ke_hoach")
    world.add("plans", 2024, agency_code="CQ02", plan_number="2/CV", issued_on="2024-02-01", document_kind="cong_van")
    world.add("plans", 2024, agency_code="CQ03", plan_number="3/QĐ", issued_on="2024-02-01", document_kind="quyet_dinh")
    assert world.recount(2024, "2024-12-31T12:00:00+07:00").of("CT01", 2024) == (1, 3)


def test_ct01_roster_of_the_province(world: Any) -> None:
    """domain.md 5.1: 19 specialised agencies, the management board, the station, 11 districts."""
    counts = world.recount(2025, "2025-12-31T12:00:00+07:00")
    assert counts.of("CT01", 2025) == (0, 32)
    assert counts.of("CT01", 2025, "SNV~2025-02-28") == (0, 1)
    assert counts.of("CT01", 2025, "SNV") is None


CT06_AGENCIES = """
CQ11 department 2024-01-01
CQ12 department 2024-01-01
CQ13 department 2024-01-01
CQ14 department 2024-01-01
CQ15 commune 2025-07-01
CQ16 commune 2025-07-01
CQ17 department 2025-03-01
CQ18 department 2024-01-01
CQ19 district 2024-01-01 2025-07-01
"""
CT06_SUBMISSIONS = [
    ("CQ11", "2025-11-20T09:00:00+07:00", "2025-11-19", "accepted"),
    ("CQ12", "2025-11-29T23:59:59+07:00", "2025-11-28", "accepted"),
    ("CQ13", "2025-11-29T17:30:00+00:00", "2025-11-29", "accepted_with_queries"),
    ("CQ14", "2025-11-25T10:00:00+07:00", "2025-11-24", "rejected"),
    ("CQ14", "2025-12-02T08:00:00+07:00", "2025-12-01", "accepted"),
    ("CQ15", "2025-11-28T15:00:00+07:00", "2025-11-27", "accepted"),
    ("CQ17", "2025-11-27T16:00:00+07:00", "2025-11-26", "accepted"),
    ("CQ17", "2025-12-05T16:00:00+07:00", "2025-12-05", "accepted"),
    ("CQ18", "2025-12-03T09:00:00+07:00", "2025-11-28", "accepted"),
]


def _ct06(world: Any, agencies: Any) -> None:
    world.overlay["agencies"] = agencies(CT06_AGENCIES)
    for number, (agency, arrived_at, document_date, outcome) in enumerate(CT06_SUBMISSIONS):
        later = [s[1] for s in CT06_SUBMISSIONS[number + 1 :] if s[0] == agency and outcome != "rejected"]
        world.count += 1
        world.rows.setdefault(("submissions", 2025), []).append(
            {
                "submission_id": f"{number:016x}", "kind": "workbook", "agency_code": agency, "version": 1,
                "file_name": f"{agency}.xlsx", "sha256": "0" * 64, "document_date": document_date,
                "received_at": arrived_at, "recorded_at": arrived_at, "superseded_at": later[0] if later else None,
                "arrival_claimed": False, "outcome": outcome, "blockers": 0, "errors": 0, "queries": 0, "notes": 0,
                "rule_version": "0",
            }
        )  # fmt: skip


@pytest.mark.parametrize(("known_at", "n"), [("2025-11-20T23:00:00+07:00", 1), ("2025-12-11T12:00:00+07:00", 4)])
def test_ct06(world: Any, agencies: Any, known_at: str, n: int) -> None:
    _ct06(world, agencies)
    counts = world.recount(2025, known_at)
    assert counts.of("CT06", 2025) == counts.of("CT06", 2025, on="2025-12-31") == (n, 8)
    assert counts.of("CT06", 2025, "CQ19") is None
    if n == 4:
        on_time = {a for a, (hits, _) in counts.nonzero("CT06", 2025).items() if hits and a != "LS"}
        assert on_time == {"CQ11", "CQ12", "CQ15", "CQ17"}
        assert counts.of("CT06", 2025, "CQ18") == counts.of("CT06", 2025, "CQ16") == (0, 1)


def test_ct06_who_owes_in_lang_son(world: Any) -> None:
    """R11: owed by who exists on the last on-time day; 32 in 2024, 80 in 2025."""
    counts = world.recount(2025, "2025-12-31T12:00:00+07:00")
    assert (counts.of("CT06", 2024), counts.of("CT06", 2025)) == ((0, 32), (0, 80))


CT07 = [
    ("a", 2024, "2024-12-10", 1),
    ("b", 2025, "2025-12-12", 0),
    ("c", 2026, None, 0),
    ("d", 2027, "2027-12-20", 0),
    ("on the last day", 2028, "2028-12-11", 1),
]


@pytest.mark.parametrize(("case", "year", "signed_on", "n"), CT07)
def test_ct07(world: Any, case: str, year: int, signed_on: str | None, n: int) -> None:
    world.steps.append(
        {
            "reporting_year": year,
            "event": "submitted_to_ubnd",
            "happened_on": f"{year}-12-01",
            "recorded_at": f"{year}-12-01T08:00:00+07:00",
        }
    )
    if signed_on:
        world.steps.append(
            {
                "reporting_year": year,
                "event": "signed",
                "happened_on": signed_on,
                "recorded_at": f"{signed_on}T17:00:00+07:00",
            }
        )
    counts = world.recount(2030, "2030-12-31T12:00:00+07:00")
    assert counts.of("CT07", year) == counts.of("CT07", year, on=f"{year}-12-31") == (n, 1)
    assert [
        row["agency_code"] for row in counts.rows if row["indicator_code"] == "CT07" and row["reporting_year"] == year
    ] == ["LS", "LS"]


def test_ct07_never_judges_its_own_year_nor_the_unknown(world: Any) -> None:
    """interface.md § 4; worked example 7: a report can never judge its own CT07."""
    world.steps.append(
        {
            "reporting_year": 2025,
            "event": "signed",
            "happened_on": "2025-12-10",
            "recorded_at": "2025-12-10T17:00:00+07:00",
        }
    )
    assert world.recount(2025, "2025-12-31T12:00:00+07:00").of("CT07", 2025) == (0, 1)
    assert world.recount(2026, "2026-11-23T12:00:00+07:00").of("CT07", 2025) == (1, 1)
    assert world.recount(2026, "2025-12-10T16:00:00+07:00").of("CT07", 2025) == (0, 1)
