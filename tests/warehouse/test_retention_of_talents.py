"""worked-examples section 4 through the whole warehouse: still working five years later, in the build of 2030."""

from __future__ import annotations

from typing import Any

import pytest

from tests.warehouse.warehouse_tables import agency, figures, table, talent

PERSONS = """
person | entry_route | started_on | decided_on | exit_on    | returned_on | exit_reason         | unit_out_on
T1     | thu_hut     | 2024-03-01 | 2024-02-20 | 2026-01-01 | 2026-01-20  | chuyen_trong_pham_vi | –
T2     | thu_hut     | 2024-06-15 | 2024-06-15 | 2027-01-10 | 2027-04-01  | thoi_viec           | –
T3     | thu_hut     | 2024-02-29 | 2024-02-25 | 2029-03-01 | –           | thoi_viec           | –
T4     | thu_hut     | 2024-09-01 | 2024-08-15 | 2026-05-01 | –           | chuyen_co_quan_dang | –
T5     | thu_hut     | 2024-07-01 | 2024-12-01 | 2028-08-08 | –           | chet                | –
T6     | trong_dung  | 2010-09-01 | 2024-10-10 | –          | –           | –                   | 2025-10-01
T7     | thu_hut     | 2024-01-15 | 2026-03-01 | –          | –           | –                   | –
T8     | thu_hut     | 2025-02-01 | 2025-01-20 | –          | –           | –                   | –
T9     | thu_hut     | 2020-05-01 | 2020-04-20 | –          | –           | –                   | –
"""


def fill(season: Any) -> None:
    """The persons of section 4 with their employers."""
    bodies = [agency("LS", kind="province", is_reporting="no"), agency("CQ01")]
    bodies += [agency("DAI", kind="unit", valid_to="2025-10-01"), agency("BAO", kind="party", in_scope="no")]
    season.lists("agencies", bodies)
    left = {"predecessor_code": "DAI", "successor_code": "BAO", "effective_on": "2025-10-01"}
    season.lists("agency_successions", [left | {"kind": "ra_khoi_pham_vi"}])
    for row in table(PERSONS):
        sender = "DAI" if row["unit_out_on"] else "CQ01"
        basis = "ND140_SV" if row["person"] == "T9" else "NQ15_LS"
        year = 2026 if row["person"] in ("T7", "T8") else 2024
        person = talent(row["person"], sender, row["started_on"], row["decided_on"], route=row["entry_route"],
                        legal_basis=basis)  # fmt: skip
        if row["person"] == "T7":
            person |= {"attraction_decided_on": None, "recognised_on": row["decided_on"], "legal_basis": "ND179_N1"}
        season.add("talents", year, [person])
        if row["exit_on"]:
            leaving = {"identity_key": row["person"], "agency_code": "CQ01", "exit_reason": row["exit_reason"]}
            leaving |= {"effective_on": row["exit_on"], "returned_on": row["returned_on"]}
            season.add("departures", 2026, [leaving])


@pytest.fixture(scope="module")
def marts(season_of_the_session: Any) -> Any:
    season = season_of_the_session
    season.reset()
    fill(season)
    season.build_or_fail(2030, "2031-01-31T09:00:00+07:00")
    return season


def test_ct04_every_reading(marts: Any) -> None:
    figures(marts, "CT04").must_hold("""
    reading         | reporting_year | agency_code | n | N | value   | verdict        | shortfall
    strict          | 2025           | LS          | 0 | 0 | –       | not_due        | –
    strict          | 2028           | LS          | 0 | 0 | –       | not_due        | –
    strict          | 2029           | LS          | 2 | 5 | 40      | not_met        | 3
    broad           | 2029           | LS          | 4 | 6 | 66.6667 | not_met        | 2
    excl_objective  | 2029           | LS          | 2 | 4 | 50      | not_met        | 2
    late_recognised | 2029           | LS          | 3 | 6 | 50      | not_met        | 3
    gap_90          | 2029           | LS          | 3 | 5 | 60      | not_met        | 2
    strict          | 2030           | LS          | 1 | 1 | 100     | met            | 0
    cumulative      | 2030           | LS          | 3 | 6 | 50      | not_met        | 3
    pre_plan        | 2025           | LS          | 0 | 0 | –       | not_computable | –
    months_66       | 2030           | LS          | 1 | 5 | 20      | no_target      | –
    interim_1       | 2029           | LS          | 5 | 5 | 100     | no_target      | –
    interim_2       | 2029           | LS          | 4 | 5 | 80      | no_target      | –
    interim_3       | 2029           | LS          | 3 | 5 | 60      | no_target      | –
    interim_4       | 2029           | LS          | 3 | 5 | 60      | no_target      | –
    strict          | 2029           | CQ01        | 2 | 5 | 40      | no_target      | –
    interim_1       | 2025           | LS          | 5 | 5 | 100     | no_target      | –
    """)


def test_the_report_says_who_left_and_why_without_saying_too_much(marts: Any) -> None:
    """Death and loss of health are one code (definitions section 2)."""
    reasons = marts.query("select exit_reason from marts.fct_departures where person_key = 'T5'")
    assert reasons == [("ly_do_khach_quan",)]


def test_spells_tell_start_exit_and_censoring(marts: Any) -> None:
    found = {
        person: (state, exit_reason)
        for person, state, exit_reason in marts.query(
            "select person_key, state, exit_reason from marts.fct_talent_retention"
        )
    }
    assert found == {
        "T1": ("retained", None),
        "T2": ("left", "thoi_viec"),
        "T3": ("left", "thoi_viec"),
        "T4": ("left", "chuyen_co_quan_dang"),
        "T5": ("left", "ly_do_khach_quan"),
        "T6": ("censored", None),
        "T7": ("retained", None),
        "T8": ("retained", None),
        "T9": ("retained", None),
    }


def test_survival_curve_of_the_annex(marts: Any) -> None:
    """Table ct04_km; watching goes on to 31/12/2030 here, so T3's leaving after day 1827 follows."""
    curve = marts.query("""
        select clock_day, cohort_count, cohort_count - present_count from marts.fct_retention_curves
        where reading = 'kaplan_meier' and clock_day <= 1826 order by 1
    """)
    assert curve == [(607, 6, 1), (939, 6, 1), (1499, 5, 1)]
    share = marts.query("select value from marts.fct_retention_curves where clock_day = 1499")
    assert round(float(share[0][0]), 1) == 55.6
