"""CT04, CT05 of worked-examples.md §§ 4, 5, recounted (headline readings), and the rules around them."""

from datetime import date
from typing import Any

import pytest

from reporting.recount.retention import months_later

AGENCIES = "CQ01 department 2010-01-01\nCQ02 department 2010-01-01\nCQ09 unit 2010-01-01 2025-10-01"
SUCCESSIONS = "predecessor_code,successor_code,effective_on,kind\nCQ09,DANG,2025-10-01,ra_khoi_pham_vi\n"

CT04 = [
    ("T1", "thu_hut", "2024-03-01", "2024-02-20", "2026-01-01", "2026-01-20", "chuyen_trong_pham_vi"),
    ("T2", "thu_hut", "2024-06-15", "2024-06-15", "2027-01-10", "2027-04-01", "thoi_viec"),
    ("T3", "thu_hut", "2024-02-29", "2024-02-25", "2029-03-01", None, "thoi_viec"),
    ("T4", "thu_hut", "2024-09-01", "2024-08-15", "2026-05-01", None, "chuyen_co_quan_dang"),
    ("T5", "thu_hut", "2024-07-01", "2024-12-01", "2028-08-08", None, "chet"),
    ("T6", "trong_dung", "2010-09-01", "2024-10-10", None, None, None),
    ("T7", "thu_hut", "2024-01-15", "2026-03-01", None, None, None),
    ("T8", "thu_hut", "2025-02-01", "2025-01-20", None, None, None),
    ("T9", "thu_hut", "2020-05-01", "2020-04-20", None, None, None),
]


def _listed(
    world: Any, person: str, route: str, started_on: str, decided_on: str | None, agency: str = "CQ01", **cells: Any
) -> None:
    year = max(2024, int((decided_on or started_on)[:4]), int(started_on[:4]))
    basis = "ND140_SV" if (decided_on or "2024") < "2022" else "NQ15_LS"
    column = "attraction_decided_on" if route == "thu_hut" else "recognised_on"
    row = {
        "entry_route": route,
        "started_on": started_on,
        "legal_basis": basis,
        column: decided_on,
        "agency_code": agency,
    }
    world.add("talents", year, person=person, **(row | cells))


def _left(
    world: Any, person: str, on: str, reason: str, back: str | None = None, agency: str = "CQ01", **cells: Any
) -> None:
    world.add(
        "departures",
        int(on[:4]),
        person=person,
        agency_code=agency,
        exit_reason=reason,
        effective_on=on,
        returned_on=back,
        **cells,
    )


@pytest.fixture
def small(world: Any, agencies: Any) -> Any:
    world.overlay["agencies"] = agencies(AGENCIES)
    world.overlay["agency_successions"] = SUCCESSIONS
    return world


def test_ct04(small: Any) -> None:
    for person, route, started_on, decided_on, exit_on, back, reason in CT04:
        _listed(small, person, route, started_on, decided_on, "CQ09" if person == "T6" else "CQ01")
        if exit_on:
            _left(small, person, exit_on, reason, back)
    counts = small.recount(2030, "2030-12-31T12:00:00+07:00")
    expected = {2024: (0, 0), 2025: (0, 0), 2028: (0, 0), 2029: (2, 5), 2030: (1, 1)}
    assert {year: counts.of("CT04", year) for year in expected} == expected
    assert counts.nonzero("CT04", 2029) == {"LS": (2, 5), "CQ01": (2, 5)}


def test_ct04_anniversaries_not_reached_are_not_due(small: Any) -> None:
    for person, route, started_on, decided_on, *_ in CT04[:3]:
        _listed(small, person, route, started_on, decided_on)
    assert small.recount(2029, "2029-03-01T12:00:00+07:00").of("CT04", 2029) == (2, 2)


@pytest.mark.parametrize(
    ("exit_on", "back", "reason", "figure"),
    [
        ("2029-02-28", None, "thoi_viec", (0, 1)),  # D2: the first day out is the anniversary
        ("2029-03-01", None, "thoi_viec", (1, 1)),
        ("2026-01-01", "2026-01-31", "thoi_viec", (1, 1)),  # 30 days keep it continuous
        ("2026-01-01", "2026-02-01", "thoi_viec", (0, 1)),
        ("2026-01-01", None, "chuyen_trong_pham_vi", (1, 1)),  # D258: a move within the scope
        ("2026-01-01", "2026-03-01", "chuyen_trong_pham_vi", (0, 1)),
        ("2026-01-01", None, "nghi_huu_truoc_tuoi", (0, 1)),  # D7 of definitions.md
        ("2026-01-01", None, "nghi_huu", (0, 1)),
        ("2029-02-20", "2029-03-05", "thoi_viec", (0, 1)),  # away on the day itself
    ],
)
def test_ct04_leavings(small: Any, exit_on: str, back: str | None, reason: str, figure: tuple[int, int]) -> None:
    """T3's clock: 29/02/2024, so the anniversary is 28/02/2029."""
    _listed(small, "T3", "thu_hut", "2024-02-29", "2024-02-25")
    _left(small, "T3", exit_on, reason, back)
    assert small.recount(2029, "2029-12-31T12:00:00+07:00").of("CT04", 2029) == figure


@pytest.mark.parametrize(
    ("withdrawn_on", "exit_on", "figure"),
    [
        ("2027-05-01", None, (0, 0)),  # D4: censored
        ("2027-05-01", "2028-05-01", (0, 1)),  # within 12 months: the withdrawal counts as the exit
        ("2027-05-01", "2028-05-02", (0, 0)),
        ("2029-06-02", None, (1, 1)),
        ("2027-05-01", "2026-01-01", (0, 1)),  # had left before
    ],
)
def test_ct04_withdrawn_recognition(
    small: Any, withdrawn_on: str, exit_on: str | None, figure: tuple[int, int]
) -> None:
    _listed(small, "T1", "trong_dung", "2015-01-01", "2024-06-01", withdrawn_on=withdrawn_on)
    if exit_on:
        _left(small, "T1", exit_on, "thoi_viec")
    assert small.recount(2029, "2029-12-31T12:00:00+07:00").of("CT04", 2029) == figure


def test_ct04_rehired_after_a_break_is_a_new_spell(small: Any) -> None:
    """D8: the old spell failed; the new decision opens a new one."""
    _listed(small, "T1", "thu_hut", "2024-03-01", "2024-02-20")
    _left(small, "T1", "2025-03-01", "thoi_viec")
    _listed(small, "T1", "thu_hut", "2026-09-01", "2026-08-20", "CQ02")
    counts = small.recount(2031, "2031-12-31T12:00:00+07:00")
    assert (counts.of("CT04", 2029), counts.of("CT04", 2031)) == ((0, 1), (1, 1))


@pytest.mark.parametrize(("decided_on", "figure"), [("2025-03-01", (1, 1)), ("2025-03-02", (0, 0))])
def test_ct04_longest_wait(small: Any, decided_on: str, figure: tuple[int, int]) -> None:
    _listed(small, "T1", "thu_hut", "2024-03-01", decided_on)
    assert small.recount(2029, "2029-12-31T12:00:00+07:00").of("CT04", 2029) == figure


def test_months_later() -> None:
    assert months_later(date(2024, 2, 29), 60) == date(2029, 2, 28)
    assert months_later(date(2024, 8, 31), 66) == date(2030, 2, 28)
    assert months_later(date(2024, 12, 31), 12) == date(2025, 12, 31)


CT05_TALENTS = [
    ("U1", "2024-03-01", True, "LV01", None),
    ("U2", "2024-05-01", True, "LV04", None),
    ("U3", "2025-01-01", True, "LV01", None),
    ("U4", "2024-09-01", True, "LV02", None),
    ("U5", "2024-01-10", True, "LV06", None),
    ("U6", "2024-02-01", True, "LV01", "2025-10-01"),
    ("U7", "2024-04-01", True, "LV04", None),
    ("U8", "2024-06-01", False, "LV02", None),
]
CT05_TRAININGS = [
    ("U1", "2025-05-10", "CNTT", 16),
    ("U2", "2024-06-30", "CNYT", 80),
    ("U3", "2025-08-01", "LLCT", 40),
    ("U4", "2024-08-20", "KNS", 60),
    ("U5", "2026-01-05", "KTCN", 24),
    ("U6", "2025-03-03", "CNTT", 24),
    ("U6", "2025-07-07", "CNTT", 24),
    ("U7", "2025-09-09", "CXD", 24),
    ("U8", "2025-04-04", "CNTT", 24),
]


def _trained(world: Any, dataset: str, person: str, completed_on: str | None, field: str | None, **cells: Any) -> None:
    year = int((completed_on or "2025")[:4])
    row = {"completed_on": completed_on, "training_field": field, "result": "hoan_thanh", "hours": "24"}
    if dataset == "trainings":
        row["agency_code"] = "CQ01"
    world.add(dataset, year, person=person, **(row | cells))


def _ct05(world: Any) -> None:
    for person, since, decided, sector, exit_on in CT05_TALENTS:
        _listed(world, person, "thu_hut", since, since if decided else None, sector=sector)
        if exit_on:
            _left(world, person, exit_on, "thoi_viec")


@pytest.mark.parametrize("dataset", ["trainings", "training_records"])
def test_ct05(small: Any, dataset: str) -> None:
    _ct05(small)
    for person, completed_on, field, hours in CT05_TRAININGS:
        _trained(small, dataset, person, completed_on, field, hours=str(hours))
    counts = small.recount(2026, "2026-12-31T12:00:00+07:00")
    assert {year: counts.of("CT05", year) for year in (2024, 2025, 2026)} == {2024: (1, 6), 2025: (2, 6), 2026: (3, 6)}
    assert counts.nonzero("CT05", 2025) == {"LS": (2, 6), "CQ01": (2, 6)}


@pytest.mark.parametrize(
    ("cells", "n"),
    [
        ({}, 1),
        ({"result": "khong_hoan_thanh"}, 0),
        ({"result": "dang_hoc"}, 0),
        ({"result": None}, 0),
        ({"result": None, "certificate_number": "12"}, 1),
        ({"completed_on": None, "certified_on": "2025-05-20"}, 1),
        ({"training_field": None, "is_science_technology": "co"}, 0),  # the officer's claim is never used
        ({"is_science_technology": "khong"}, 1),
        ({"completed_on": "2024-02-29"}, 0),  # D255: before becoming a talent
        ({"completed_on": "2024-03-01"}, 1),
        ({"completed_on": "2026-01-01"}, 0),  # D256: after the cut-off
    ],
)
def test_ct05_what_is_a_training(small: Any, cells: dict[str, Any], n: int) -> None:
    _listed(small, "U1", "thu_hut", "2024-03-01", "2024-03-01")
    row = {"completed_on": "2025-05-10", "training_field": "CNTT"} | cells
    completed_on, field = row.pop("completed_on"), row.pop("training_field")
    _trained(small, "trainings", "U1", completed_on, field, **row)
    assert small.recount(2025, "2026-06-30T12:00:00+07:00").of("CT05", 2025) == (n, 1)


def test_ct05_minimum_hours_is_a_parameter(small: Any) -> None:
    small.overlay["parameters.add"] = "parameter,value,valid_from\nmin_training_hours,40,2025-06-01\n"
    _listed(small, "U1", "thu_hut", "2024-03-01", "2024-03-01")
    _listed(small, "U2", "thu_hut", "2024-03-01", "2024-03-01")
    _trained(small, "trainings", "U1", "2024-05-10", "CNTT", hours="39.5")
    _trained(small, "trainings", "U2", "2024-05-10", "CNTT", hours="40")
    counts = small.recount(2025, "2025-12-31T12:00:00+07:00")
    assert (counts.of("CT05", 2024), counts.of("CT05", 2025)) == ((2, 2), (1, 2))


def test_ct05_employer_is_the_newest_sender(small: Any) -> None:
    """R13: the newest return not after the year; of two senders the one that did not report the person gone."""
    _listed(small, "U1", "thu_hut", "2024-03-01", "2024-03-01", "CQ01")
    for agency, at in (("CQ02", "2025-11-10T08:00:00+07:00"), ("CQ01", "2025-11-20T08:00:00+07:00")):
        row = {
            "legal_basis": "NQ15_LS",
            "attraction_decided_on": "2024-03-01",
            "started_on": "2024-03-01",
            "entry_route": "thu_hut",
        }
        small.add("talents", 2025, person="U1", agency_code=agency, received_at=at, **row)
    counts = small.recount(2025, "2025-12-31T12:00:00+07:00")
    assert counts.nonzero("CT05", 2025) == {"LS": (0, 1), "CQ01": (0, 1)}
    _left(small, "U1", "2025-09-01", "chuyen_trong_pham_vi", agency="CQ01")
    counts = small.recount(2025, "2025-12-31T12:00:00+07:00")
    assert counts.nonzero("CT05", 2025) == {"LS": (0, 1), "CQ02": (0, 1)}
    assert counts.nonzero("CT05", 2024) == {"LS": (0, 1), "CQ01": (0, 1)}


def test_ct05_silence_is_not_leaving(small: Any) -> None:
    """definitions.md § 2: listed before, absent now, no B04: "chưa rõ", not "left"."""
    _listed(small, "U1", "thu_hut", "2024-03-01", "2024-03-01")
    _listed(small, "U2", "thu_hut", "2025-03-01", "2025-03-01")
    assert small.recount(2025, "2025-12-31T12:00:00+07:00").of("CT05", 2025) == (0, 2)


def test_ct05_recognition_that_ran_out(small: Any) -> None:
    _listed(small, "U1", "trong_dung", "2010-03-01", "2024-03-01", recognition_valid_to="2025-12-30")
    _listed(small, "U2", "trong_dung", "2010-03-01", "2024-03-01", recognition_valid_to="2025-12-31")
    _listed(small, "U3", "trong_dung", "2010-03-01", "2024-03-01", withdrawn_on="2025-12-31")
    counts = small.recount(2025, "2025-12-31T12:00:00+07:00")
    assert (counts.of("CT05", 2024), counts.of("CT05", 2025)) == ((0, 3), (0, 1))


def test_missing_folders_and_instants_without_offset_are_said(small: Any, tmp_path: Any) -> None:
    from reporting.recount import recount

    accepted, reference = small.write()
    with pytest.raises(FileNotFoundError, match="no accepted"):
        recount(tmp_path / "nowhere", reference, {"reporting_year": 2025, "known_at": "2025-12-31T12:00:00+07:00"})
    with pytest.raises(ValueError, match="offset"):
        recount(accepted, reference, {"reporting_year": 2025, "known_at": "2025-12-31T12:00:00"})
