"""Worked examples 8.1–8.3, recounted on the real registry of Lạng Sơn: a merger, an ended district, a split commune."""

from typing import Any

AFTER = "2026-01-31T12:00:00+07:00"
R1 = [
    ("N1", "2025-01-06", "2025-01-10", "SKHCN", "TT", "hieu_luc", False),
    ("N2", "2025-02-17", "2025-02-20", "STTTT", "XT", "hieu_luc", True),
    ("N3", "2025-02-25", "2025-03-01", "STTTT", "XT", "hieu_luc", False),
    *[(f"N{n}", "2025-02-28", "2025-03-01", "SKHCN", "TN", "hieu_luc", False) for n in range(4, 16)],
    ("N16", "2025-05-12", "2025-05-15", "SKHCN", "XT", "hieu_luc", True),
    ("N17", "2025-01-20", "2025-02-05", "SKHCN", "XT", "huy", False),
]


def _register(
    world: Any, person: str, decided_on: str, effective_on: str, agency: str, form: str = "XT", status: str = "hieu_luc"
) -> None:
    world.add(
        "recruitment_register", 2025, person=person, decision_number=f"{world.count}/QĐ", decided_on=decided_on,
        effective_on=effective_on, agency_code=agency, deciding_agency_code=agency, staff_kind="vien_chuc",
        recruitment_form=form, status=status,
    )  # fmt: skip


def _talent(world: Any, person: str, agency: str, on: str = "2025-01-02", year: int = 2025) -> None:
    world.add(
        "talents", year, person=person, agency_code=agency, legal_basis="NQ15_LS", attraction_decided_on=on,
        entry_route="thu_hut", started_on=on,
    )  # fmt: skip


def _r1(world: Any) -> None:
    for person, decided_on, effective_on, agency, form, status, is_talent in R1:
        _register(world, person, decided_on, effective_on, agency, form, status)
        if is_talent:
            _talent(world, person, "SKHCN")


def _snapshot(world: Any, person: str, agency: str, kind: str = "vien_chuc") -> None:
    world.add(
        "staff_snapshots",
        2024,
        person=person,
        snapshot_on="2024-12-31",
        agency_code=agency,
        staff_kind=kind,
        status="dang_lam_viec",
    )


def test_r1_merger(world: Any) -> None:
    _r1(world)
    for n in range(4, 16):
        _snapshot(world, f"N{n}", "SKHCN")
    counts = world.recount(2025, AFTER)
    assert counts.nonzero("CT02", 2025) == {
        "LS": (2, 4), "SKHCN~2025-02-28": (0, 1), "STTTT": (1, 1), "SKHCN": (1, 2),
    }  # fmt: skip
    for day in ("2025-03-01", "2025-06-30", "2025-12-31"):
        assert counts.nonzero("CT02", 2025, day) == {"LS": (2, 4), "SKHCN": (2, 4)}
    for day in ("2024-12-31", "2025-01-01", "2025-02-28"):
        assert counts.nonzero("CT02", 2025, day) == {"LS": (2, 4), "SKHCN~2025-02-28+STTTT": (2, 4)}
    assert counts.of("CT02", 2025, "STTTT", "2025-12-31") is None
    assert counts.of("CT01", 2025, "STTTT") == (0, 1)
    assert counts.of("CT06", 2025, "STTTT") is None


def test_r1_without_any_staff_list_nothing_can_be_checked(world: Any) -> None:
    """R2: three or more starts on the day at a successor, and no list of a predecessor: none counts until answered."""
    _r1(world)
    assert world.recount(2025, AFTER).of("CT02", 2025) == (2, 3)


def test_r1_two_starts_without_a_list_count(world: Any) -> None:
    for person in ("N1", "N2"):
        _register(world, person, "2025-02-25", "2025-03-01", "STTTT")
    assert world.recount(2025, AFTER).nonzero("CT02", 2025) == {"LS": (0, 2), "SKHCN": (0, 2)}


def test_r1_three_starts_of_two_people_are_two(world: Any) -> None:
    """The parameter counts people; two numbers of one person are one (S04)."""
    for person in ("N1", "N2", "N3"):
        _register(world, person, "2025-02-25", "2025-03-01", "STTTT")
    assert world.recount(2025, AFTER).of("CT02", 2025) == (0, 0)
    world.decide("same", "N2", "N3", "2025-12-01T08:00:00+07:00")
    assert world.recount(2025, AFTER).of("CT02", 2025) == (0, 2)


def test_r1_contract_staff_of_a_predecessor_may_be_recruited(world: Any) -> None:
    _snapshot(world, "N1", "STTTT", kind="hop_dong")
    _snapshot(world, "N2", "STTTT", kind="cong_chuc")
    for person in ("N1", "N2"):
        _register(world, person, "2025-02-25", "2025-03-01", "STTTT")
    assert world.recount(2025, AFTER).of("CT02", 2025) == (0, 1)


R2 = [
    ("X1", "2025-01-15", "H189", False, "06613"),
    ("X2", "2025-02-10", "H189", True, "06616"),
    ("X3", "2025-03-20", "H189", False, "06625"),
    ("X4", "2025-04-05", "H189", False, "06637"),
    ("X5", "2025-05-12", "H189", False, "SNNMT"),
    ("X6", "2025-06-02", "H189", False, None),
    ("X7", "2025-09-10", "06613", True, None),
    ("X8", "2025-10-01", "06625", False, None),
]


def _assign(world: Any, person: str, before: str, after: str, on: str = "2025-07-01") -> None:
    world.add(
        "person_assignments",
        2025,
        person=person,
        from_agency_code=before,
        to_agency_code=after,
        effective_on=on,
        decision_number="1/QĐ",
    )


def test_r2_ended_district(world: Any) -> None:
    for person, effective_on, agency, is_talent, assigned_to in R2:
        _register(world, person, effective_on, effective_on, agency)
        if is_talent:
            _talent(world, person, "06616" if person == "X2" else "06613")
        if assigned_to:
            _assign(world, person, "H189", assigned_to)
    counts = world.recount(2025, AFTER)
    assert counts.nonzero("CT02", 2025) == {"LS": (2, 8), "H189": (1, 6), "06613": (1, 1), "06625": (0, 1)}
    assert counts.nonzero("CT02", 2025, "2025-12-31") == {
        "LS": (2, 8), "06613": (1, 2), "06616": (1, 1), "06625": (0, 2), "06637": (0, 1), "SNNMT": (0, 1),
        "H189#chua_phan_bo": (0, 1),
    }  # fmt: skip
    assert counts.nonzero("CT02", 2025, "2025-06-30") == {"LS": (2, 8), "H189": (2, 8)}
    assert counts.of("CT06", 2025, "H189") is None
    assert counts.of("CT06", 2025, "06613") == (0, 1)


R3 = [
    ("K1", "06622", None, "06613"),
    ("K2", "06622", None, "06625"),
    ("K3", "06622", None, None),
    ("K4", "06625~2025-06-30", None, "06637"),
    ("K5", "06625~2025-06-30", None, "06625"),
    ("K6", "06622", "2025-06-01", None),
]


def test_r3_split_commune_and_reused_code(world: Any) -> None:
    """The stock of talents is the denominator of CT05: 5 in the province on 31/12/2025; K6 left on 01/06/2025."""
    for person, agency, exit_on, assigned_to in R3:
        _talent(world, person, agency, "2024-05-01", 2024)
        if exit_on:
            world.add(
                "departures", 2025, person=person, agency_code="H189", exit_reason="thoi_viec", effective_on=exit_on
            )
        if assigned_to:
            _assign(world, person, agency.partition("~")[0], assigned_to)
    counts = world.recount(2025, AFTER)
    assert counts.nonzero("CT05", 2025, "2025-12-31") == {
        "LS": (0, 5), "06613": (0, 1), "06625": (0, 2), "06637": (0, 1), "06622#chua_phan_bo": (0, 1),
    }  # fmt: skip
    assert counts.nonzero("CT05", 2025, "2025-06-30") == {"LS": (0, 5), "H189": (0, 5)}
    assert counts.nonzero("CT05", 2024, "2024-12-31") == {"LS": (0, 6), "H189": (0, 6)}
    assert counts.nonzero("CT05", 2024, "2025-07-01") == {
        "LS": (0, 6), "06613": (0, 1), "06625": (0, 2), "06637": (0, 1), "06622#chua_phan_bo": (0, 2),
    }  # fmt: skip


def test_recruits_of_old_communes_stand_under_their_district(world: Any) -> None:
    """As reported the district; in today's structure the commune that took the whole old one (06628 → 06613)."""
    _register(world, "Y1", "2025-02-01", "2025-02-10", "06628")
    _register(world, "Y2", "2025-02-01", "2025-02-10", "06622")
    counts = world.recount(2025, AFTER)
    assert counts.nonzero("CT02", 2025) == {"LS": (0, 2), "H189": (0, 2)}
    assert counts.nonzero("CT02", 2025, "2025-12-31") == {"LS": (0, 2), "06613": (0, 1), "06622#chua_phan_bo": (0, 1)}


def test_a_code_not_valid_on_the_day_is_not_counted(world: Any) -> None:
    """R7: 06622 after 30/06/2025; D155: 5977 is 05977."""
    _register(world, "Y1", "2025-07-10", "2025-07-15", "06622")
    _register(world, "Y2", "2025-07-10", "2025-07-15", "5977")
    _register(world, "Y3", "2025-07-10", "2025-07-15", "MTTQ")
    assert world.recount(2025, AFTER).nonzero("CT02", 2025) == {"LS": (0, 1), "05977": (0, 1)}


def test_conservation_and_a_body_out_of_scope(world: Any) -> None:
    """R6: every view adds up to the same province; the station's recruits keep their row after it left the scope."""
    _register(world, "Y1", "2025-02-01", "2025-02-10", "DPTTH")
    _register(world, "Y2", "2025-02-01", "2025-02-10", "BDT")
    _talent(world, "Y1", "DPTTH")
    counts = world.recount(2025, AFTER)
    assert counts.nonzero("CT02", 2025, "2025-12-31") == {"LS": (1, 2), "DPTTH": (1, 1), "SDTTG": (0, 1)}
    for structure in ("as_reported", "2025-12-31"):
        rows = counts.nonzero("CT02", 2025, structure)
        assert rows.pop("LS") == tuple(map(sum, zip(*rows.values(), strict=True)))
    assert counts.of("CT05", 2025) == (0, 0), "its talents are out of scope with their employer"


def test_a_talent_first_listed_after_the_reorganisation(world: Any) -> None:
    """R13b: of December, after the return's closing day; next year's list comes from the successor.

    Z1: register row at the district; Z2: staff list of a department that was merged; Z3: only the assignment decision;
    Z4: only the list of a commune made of several bodies: their group, which is the district's (R5).
    """
    _register(world, "Z1", "2024-12-03", "2024-12-06", "H189")
    world.add(
        "staff_snapshots",
        2024,
        person="Z2",
        snapshot_on="2024-12-31",
        agency_code="STTTT",
        staff_kind="cong_chuc",
        status="biet_phai",
    )
    for person, agency in (("Z1", "06625"), ("Z2", "SKHCN"), ("Z3", "06613"), ("Z4", "06613")):
        _talent(world, person, agency, "2024-12-06", 2025)
    _assign(world, "Z1", "H189", "06625")
    _assign(world, "Z3", "H189", "06613")
    counts = world.recount(2025, AFTER)
    assert counts.nonzero("CT05", 2024) == {"LS": (0, 4), "H189": (0, 3), "STTTT": (0, 1)}
    assert counts.nonzero("CT05", 2025) == {"LS": (0, 4), "06625": (0, 1), "SKHCN": (0, 1), "06613": (0, 2)}


def test_a_commune_of_two_districts_binds_them(world: Any) -> None:
    """R5: Khánh Khê, Đông Kinh, Kỳ Lừa, Tân Đoàn took from Lạng Sơn, Cao Lộc and Văn Quan: one group looking back."""
    _register(world, "Y1", "2025-02-01", "2025-02-10", "H178")
    _register(world, "Y2", "2025-08-01", "2025-08-10", "05977")
    counts = world.recount(2025, AFTER)
    assert counts.nonzero("CT02", 2025, "2025-06-30") == {"LS": (0, 2), "H178+H183+H184": (0, 2)}
    assert counts.nonzero("CT02", 2025, "2025-07-01") == {"LS": (0, 2), "H178#chua_phan_bo": (0, 1), "05977": (0, 1)}


def test_an_anniversary_stands_at_the_body_of_its_day(world: Any, agencies: Any) -> None:
    """CT04: T's fifth anniversary (01/03/2029) fell before the merger of 01/07/2029, U's (01/09/2029) after it."""
    world.overlay["agencies"] = agencies("""
        CQ01 department 2010-01-01 2029-07-01
        CQ02 department 2010-01-01 2029-07-01
        CQ03 department 2029-07-01
    """)
    world.overlay["agency_successions"] = (
        "predecessor_code,successor_code,effective_on,kind,legal_act,verified,note\n"
        "CQ01,CQ03,2029-07-01,hop_nhat,,yes,\nCQ02,CQ03,2029-07-01,hop_nhat,,yes,\n"
    )
    _talent(world, "T", "CQ01", "2024-03-01", 2024)
    _talent(world, "U", "CQ02", "2024-09-01", 2024)
    counts = world.recount(2029, "2030-01-31T12:00:00+07:00")
    assert counts.nonzero("CT04", 2029) == {"LS": (2, 2), "CQ01": (1, 1), "CQ03": (1, 1)}
    assert counts.nonzero("CT04", 2029, "2029-06-30") == {"LS": (2, 2), "CQ01+CQ02": (2, 2)}
    assert counts.nonzero("CT04", 2029, "2029-12-31") == {"LS": (2, 2), "CQ03": (2, 2)}
