"""CT02, CT03 of worked-examples.md §§ 2, 3, recounted (headline readings), and the rules around them."""

from typing import Any

import pytest

AGENCIES = "CQ01 department 2010-01-01\nCQ02 district 2010-01-01\nCQ03 department 2010-01-01"

REGISTER = [
    *[(f"F{n:02}", "CQ01", "2025-01-15", "vien_chuc", "XT", True, "hieu_luc") for n in range(1, 19)],
    ("P2", "CQ01", "2025-03-10", "vien_chuc", "XT", True, "hieu_luc"),
    ("P3", "CQ02", "2025-04-01", "vien_chuc", "XT", True, "hieu_luc"),
    ("P3", "CQ03", "2025-09-01", "vien_chuc", "XT", False, "hieu_luc"),
    ("P4", "CQ02", "2025-05-05", "cong_chuc", "TN", False, "hieu_luc"),
    ("P5", "CQ03", "2025-06-01", "hop_dong", "HD", True, "hieu_luc"),
    ("P6", "CQ03", "2025-07-01", "vien_chuc", "XT", True, "huy"),
    ("P7", "CQ01", "2025-12-20", "vien_chuc", "XT", True, "hieu_luc"),
    ("P8", "CQ02", "2024-12-05", "vien_chuc", "XT", True, "hieu_luc"),
]
TALENTS = [
    ("P2", "ND179_N2_SV", "2025-03-01"),
    ("P4", "ND179_N1", "2025-11-20"),
    ("P5", "ND179_N3", "2025-05-20"),
    ("P6", "ND179_N2_SV", "2025-06-15"),
    ("P7", None, None),
    ("P8", "NQ15_LS", "2024-11-30"),
]


def start(world: Any, person: str, agency: str, effective_on: str, year: int | None = None, **cells: Any) -> None:
    row = {
        "decision_number": f"{world.count}/QĐ",
        "decided_on": effective_on,
        "deciding_agency_code": agency,
        "staff_kind": "vien_chuc",
        "recruitment_form": "XT",
        "status": "hieu_luc",
    }
    cells = row | {"person": person, "agency_code": agency, "effective_on": effective_on} | cells
    world.add("recruitment_register", year or int(effective_on[:4]), **cells)


def talent(
    world: Any, person: str, agency: str, decided_on: str | None, year: int, basis: str | None = "NQ15_LS", **cells: Any
) -> None:
    row = {
        "legal_basis": basis,
        "attraction_decided_on": decided_on,
        "entry_route": "thu_hut",
        "started_on": decided_on,
    }
    world.add("talents", year, **(row | {"person": person, "agency_code": agency} | cells))


@pytest.fixture
def ct02(world: Any, agencies: Any) -> Any:
    world.overlay["agencies"] = agencies(AGENCIES)
    for person, agency, effective_on, kind, form, first, status in REGISTER:
        start(
            world,
            person,
            agency,
            effective_on,
            staff_kind=kind,
            recruitment_form=form,
            first_time_in_public_service=first,
            status=status,
        )
    for person, basis, decided_on in TALENTS:
        talent(world, person, "CQ01", decided_on, 2025, basis)
    return world


def test_ct02(ct02: Any) -> None:
    counts = ct02.recount(2025, "2026-01-31T12:00:00+07:00")
    for on in ("as_reported", "2025-12-31"):
        assert counts.nonzero("CT02", 2025, on) == {"LS": (2, 22), "CQ01": (1, 20), "CQ02": (1, 1), "CQ03": (0, 1)}
        assert counts.nonzero("CT03", 2025, on) == counts.nonzero("CT02", 2025, on)
    assert counts.of("CT02", 2024) == (1, 1)
    assert counts.of("CT02", 2024, "CQ03") == (0, 0)


def test_ct02_as_known_before_the_end_of_the_year(ct02: Any) -> None:
    """The signed report: P7 of 20/12 has not happened on 30/11, though the register may already hold it."""
    assert ct02.recount(2025, "2025-11-30T23:00:00+07:00").of("CT02", 2025) == (2, 21)
    assert ct02.recount(2025, "2025-11-19T12:00:00+07:00").of("CT02", 2025) == (1, 21)


def test_ct02_a_decision_after_the_period_never_enters(ct02: Any) -> None:
    """C1: fixed for ever; otherwise old years drift upwards."""
    talent(ct02, "P7", "CQ01", "2026-01-15", 2026, "ND179_N1")
    counts = ct02.recount(2026, "2026-12-31T12:00:00+07:00")
    assert counts.of("CT02", 2025) == (2, 22)


@pytest.mark.parametrize(
    ("basis", "decided_on", "withdrawn_on", "n"),
    [
        ("ND179_N1", "2024-12-31", None, 0),  # D235: not yet in force
        ("ND140_SV", "2025-01-01", None, 0),  # D235: no longer in force
        ("KHAC", "2025-02-01", None, 0),
        (None, "2025-02-01", None, 0),
        ("NQ15_LS", "2025-02-01", None, 1),
        ("NQ15_LS", "2025-12-31", None, 1),
        ("NQ15_LS", "2026-01-01", None, 0),
        ("NQ15_LS", "2025-02-01", "2025-12-31", 0),
        ("NQ15_LS", "2025-02-01", "2026-01-01", 1),
    ],
)
def test_who_is_a_talent(
    world: Any, agencies: Any, basis: str | None, decided_on: str, withdrawn_on: str | None, n: int
) -> None:
    world.overlay["agencies"] = agencies(AGENCIES)
    start(world, "P1", "CQ01", "2025-03-01")
    talent(world, "P1", "CQ01", decided_on, 2025, basis, withdrawn_on=withdrawn_on)
    assert world.recount(2025, "2026-06-30T12:00:00+07:00").of("CT02", 2025) == (n, 1)


def test_a_later_row_cancels_its_decision(world: Any, agencies: Any) -> None:
    world.overlay["agencies"] = agencies(AGENCIES)
    start(world, "P1", "CQ01", "2025-03-01", decision_number="5/QĐ")
    start(
        world, "P1", "CQ01", "2025-03-01", decision_number="5/QĐ", status="huy", received_at="2025-06-01T08:00:00+07:00"
    )
    assert world.recount(2025, "2025-05-31T12:00:00+07:00").of("CT02", 2025) == (0, 1)
    assert world.recount(2025, "2025-12-31T12:00:00+07:00").of("CT02", 2025) == (0, 0)


def test_superseded_versions_and_linked_persons(world: Any, agencies: Any) -> None:
    """As known: a replaced file no longer counts; two identities of one person count once, until the link is undone."""
    world.overlay["agencies"] = agencies(AGENCIES)
    start(world, "P1", "CQ01", "2025-03-01", superseded_at="2025-10-01T08:00:00+07:00")
    start(world, "P2", "CQ01", "2025-03-01")
    start(world, "P3", "CQ02", "2025-04-01")
    world.decide("same", "P2", "P3", "2025-11-01T00:00:00+07:00")
    world.decide("undone", "P3", "P2", "2025-12-01T00:00:00+07:00")
    assert world.recount(2025, "2025-09-30T12:00:00+07:00").of("CT02", 2025) == (0, 3)
    assert world.recount(2025, "2025-10-02T12:00:00+07:00").of("CT02", 2025) == (0, 2)
    linked = world.recount(2025, "2025-11-15T12:00:00+07:00")
    assert linked.nonzero("CT02", 2025) == {"LS": (0, 1), "CQ02": (0, 1)}
    assert world.recount(2025, "2025-12-31T12:00:00+07:00").of("CT02", 2025) == (0, 2)


def test_the_inbox_year_does_not_decide(world: Any, agencies: Any) -> None:
    """domain.md § 3.2: events of December arrive in next year's file."""
    world.overlay["agencies"] = agencies(AGENCIES)
    start(world, "P1", "CQ01", "2024-12-20", year=2025, received_at="2025-11-01T08:00:00+07:00")
    counts = world.recount(2025, "2025-12-31T12:00:00+07:00")
    assert (counts.of("CT02", 2024), counts.of("CT02", 2025)) == ((0, 1), (0, 0))


CT03 = [
    (2026, "CQ01", 10, 1), (2026, "CQ02", 0, 0), (2026, "CQ03", 5, 2), (2027, "CQ01", 11, 2), (2028, "CQ01", 997, 199),
    (2029, "CQ01", 0, 0), (2030, "CQ01", 20, 4), (2031, "CQ01", 6, 1),
]  # fmt: skip


def test_ct03(world: Any, agencies: Any) -> None:
    world.overlay["agencies"] = agencies(AGENCIES)
    for year, agency, recruits, talents in CT03:
        for number in range(recruits):
            person = f"{year}-{agency}-{number}"
            start(world, person, agency, f"{year}-05-01")
            if number < talents:
                talent(world, person, agency, f"{year}-04-01", year, "ND179_N1")
    counts = world.recount(2031, "2032-01-31T12:00:00+07:00")
    expected = {2026: (3, 15), 2027: (2, 11), 2028: (199, 997), 2029: (0, 0), 2030: (4, 20), 2031: (1, 6)}
    assert {year: counts.of("CT03", year) for year in expected} == expected
    assert counts.of("CT03", 2026, "CQ02") == (0, 0)
    assert {row["reading"] for row in counts.rows if row["indicator_code"] == "CT03"} == {"tu_2030"}
