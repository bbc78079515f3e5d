"""worked-examples section 8 with the real registry: a merger, a district that ends, a split commune, re-used codes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.warehouse.warehouse_tables import figures, recruit, table, talent

R1 = """
person | decided_on | effective_on | agency | form | status
N1     | 2025-01-06 | 2025-01-10   | SKHCN  | TT   | hieu_luc
N2     | 2025-02-17 | 2025-02-20   | STTTT  | XT   | hieu_luc
N3     | 2025-02-25 | 2025-03-01   | STTTT  | XT   | hieu_luc
N16    | 2025-05-12 | 2025-05-15   | SKHCN  | XT   | hieu_luc
N17    | 2025-01-20 | 2025-02-05   | SKHCN  | XT   | huy
"""

R2 = """
person | effective_on | agency | assigned_to
X1     | 2025-01-15   | H189   | 06613
X2     | 2025-02-10   | H189   | 06616
X3     | 2025-03-20   | H189   | 06625
X4     | 2025-04-05   | H189   | 06637
X5     | 2025-05-12   | H189   | SNNMT
X6     | 2025-06-02   | H189   | –
X7     | 2025-09-10   | 06613  | –
X8     | 2025-10-01   | 06625  | –
"""

R3 = """
person | agency | sender           | exit_on    | assigned_to
K1     | 06622  | 06622            | –          | 06613
K2     | 06622  | 06622            | –          | 06625
K3     | 06622  | 06622            | –          | –
K4     | 06625  | 06625~2025-06-30 | –          | 06637
K5     | 06625  | 06625~2025-06-30 | –          | 06625
K6     | 06622  | 06622            | 2025-06-01 | –
"""


def _assign(season: Any, row: dict[str, Any]) -> None:
    if row["assigned_to"]:
        season.add("person_assignments", 2025, [
            {"identity_key": row["person"], "from_agency_code": row["agency"], "to_agency_code": row["assigned_to"],
             "effective_on": "2025-07-01", "decision_number": f"PC-{row['person']}"}])  # fmt: skip


@pytest.fixture(scope="module")
def marts(season_of_the_session: Any) -> Any:
    season = season_of_the_session
    season.reset()
    moved = [f"N{i}" for i in range(4, 16)]
    for person in moved:
        listed = {"snapshot_on": "2024-12-31", "identity_key": person, "agency_code": "SKHCN"}
        season.add("staff_snapshots", 2024, [listed | {"staff_kind": "cong_chuc", "status": "dang_lam_viec"}])
    people = [{"person": p, "decided_on": "2025-02-28", "effective_on": "2025-03-01", "agency": "SKHCN", "form": "TN",
               "status": "hieu_luc"} for p in moved]  # fmt: skip
    for number, row in enumerate([*table(R1), *people, *table(R2)]):
        known = {k: v for k, v in row.items() if k != "assigned_to"}
        season.add("recruitment_register", 2025, [recruit(number, **known)])
    for row in [*table(R2), *table(R3)]:
        _assign(season, row)
    listed = {"N2": ("SKHCN", "2025-02-20"), "N16": ("SKHCN", "2025-05-15"), "X2": ("06616", "2025-02-10"),
              "X7": ("06613", "2025-09-10")}  # fmt: skip
    for person, (sender, since) in listed.items():
        season.add("talents", 2025, [talent(person, sender, since, since)])
    for row in table(R3):
        season.add("talents", 2024, [talent(row["person"], row["sender"], "2024-05-05", "2024-05-01")])
        if row["exit_on"]:
            season.add("departures", 2025, [{"identity_key": row["person"], "agency_code": "H189",
                                             "exit_reason": "thoi_viec", "effective_on": row["exit_on"]}])  # fmt: skip
    season.add(
        "own_targets",
        2025,
        [{"agency_code": "SKHCN", "indicator_code": "CT02", "unit": "%", "phase_from": 2025, "target_value": 14}],
    )
    season.add("own_targets", 2024, [
        {"agency_code": code, "indicator_code": "CT02", "unit": "%", "phase_from": 2024, "phase_to": 2025,
         "target_value": value} for code, value in (("SKHCN~2025-02-28", 15), ("STTTT", 12))])  # fmt: skip
    season.build_or_fail(2025, "2026-02-01T09:00:00+07:00")
    return season


def test_r1_and_r2_as_reported(marts: Any) -> None:
    """The twelve who moved with their post are no recruits; m3 belongs to the new department; the province is 4 + 8."""
    figures(marts, "CT02").must_hold("""
    reading        | period_code | reporting_year | agency_code      | n | N
    annual_persons | KY_LICH     | 2025           | SKHCN~2025-02-28 | 0 | 1
    annual_persons | KY_LICH     | 2025           | STTTT            | 1 | 1
    annual_persons | KY_LICH     | 2025           | SKHCN            | 1 | 2
    annual_persons | KY_LICH     | 2025           | H189             | 1 | 6
    annual_persons | KY_LICH     | 2025           | 06613            | 1 | 1
    annual_persons | KY_LICH     | 2025           | 06625            | 0 | 1
    annual_persons | KY_LICH     | 2025           | LS               | 4 | 12
    """)


def test_r1_and_r2_in_the_organisation_of_the_last_day(marts: Any) -> None:
    figures(marts, "CT02", "2025-12-31").must_hold("""
    reading        | period_code | reporting_year | agency_code       | n | N
    annual_persons | KY_LICH     | 2025           | SKHCN             | 2 | 4
    annual_persons | KY_LICH     | 2025           | 06613             | 1 | 2
    annual_persons | KY_LICH     | 2025           | 06616             | 1 | 1
    annual_persons | KY_LICH     | 2025           | 06625             | 0 | 2
    annual_persons | KY_LICH     | 2025           | 06637             | 0 | 1
    annual_persons | KY_LICH     | 2025           | SNNMT             | 0 | 1
    annual_persons | KY_LICH     | 2025           | H189#chua_phan_bo | 0 | 1
    annual_persons | KY_LICH     | 2025           | LS                | 4 | 12
    """)


def test_r1_in_the_organisation_before_the_merger(marts: Any) -> None:
    """Table r1_expected: the successor cannot be told from its predecessors, so the three are one group, 2 of 4.

    What the merger did not touch stands as ever: the district has its six, the communes that followed it their group's.
    """
    for day in ("2024-12-31", "2025-01-01", "2025-02-28"):
        before = figures(marts, "CT02", day)
        before.must_hold("""
        reading        | period_code | reporting_year | agency_code            | n | N
        annual_persons | KY_LICH     | 2025           | SKHCN~2025-02-28+STTTT | 2 | 4
        annual_persons | KY_LICH     | 2025           | H189                   | 2 | 8
        annual_persons | KY_LICH     | 2025           | LS                     | 4 | 12
        """)
        shown = {row["agency_code"] for row in before.rows if row["reporting_year"] == 2025 and row["denominator"]}
        assert shown == {"LS", "SKHCN~2025-02-28+STTTT", "H189"}


def test_r1_in_the_organisation_of_the_day_of_the_merger(marts: Any) -> None:
    figures(marts, "CT02", "2025-03-01").must_hold("""
    reading        | period_code | reporting_year | agency_code | n | N
    annual_persons | KY_LICH     | 2025           | SKHCN       | 2 | 4
    annual_persons | KY_LICH     | 2025           | H189        | 2 | 8
    annual_persons | KY_LICH     | 2025           | LS          | 4 | 12
    """)


def test_r2_in_the_organisation_of_the_districts(marts: Any) -> None:
    """Table r2_expected, 2025-06-30: the district with the communes that took its land alone, 2 of 8."""
    for code in ("CT02", "CT03"):
        reading = "annual_persons" if code == "CT02" else "tu_2030"
        found = figures(marts, code, "2025-06-30")
        group = found.row(reading=reading, period_code="KY_LICH", reporting_year=2025, agency_code="H189")
        province = found.row(reading=reading, period_code="KY_LICH", reporting_year=2025, agency_code="LS")
        assert (group["numerator"], group["denominator"]) == (2, 8)
        assert (province["numerator"], province["denominator"]) == (4, 12)
        assert not found.has(reporting_year=2025, agency_code="06613")


def test_r3_stock_in_the_organisation_of_the_districts(marts: Any) -> None:
    """K1 to K5 with X2, X7 stand in the group of the district; on 01/07 as on 31/12 in the communes."""
    before = figures(marts, "CT05", "2025-06-30")
    assert before.row(reading="reading_a", reporting_year=2025, agency_code="H189")["denominator"] == 7
    assert before.row(reading="reading_a", reporting_year=2025, agency_code="SKHCN")["denominator"] == 2
    for day in ("2025-07-01", "2025-12-31"):
        after = {row["agency_code"]: row["denominator"] for row in figures(marts, "CT05", day).rows
                 if row["reading"] == "reading_a" and row["reporting_year"] == 2025 and row["denominator"]}  # fmt: skip
        assert after == {
            "LS": 9, "06613": 2, "06625": 2, "06637": 1, "06616": 1, "06622#chua_phan_bo": 1, "SKHCN": 2,
        }, day  # fmt: skip


def test_a_year_before_the_reorganisation_is_read_in_the_organisation_after_it(marts: Any) -> None:
    """The six talents of 2024 stood in the district; after it, where each was assigned, K3 and K6 in no commune yet."""
    figures(marts, "CT05", "2024-12-31").must_hold("""
    reading   | reporting_year | agency_code | N
    reading_a | 2024           | H189        | 6
    """)
    figures(marts, "CT05", "2025-07-01").must_hold("""
    reading   | reporting_year | agency_code       | N
    reading_a | 2024           | 06613             | 1
    reading_a | 2024           | 06625             | 2
    reading_a | 2024           | 06637             | 1
    reading_a | 2024           | 06622#chua_phan_bo | 2
    reading_a | 2024           | LS                | 6
    """)


def test_a_group_has_a_name_that_says_who_is_in_it(marts: Any) -> None:
    names = dict(marts.query("select agency_code, name_vi from marts.dim_agencies where kind = 'group'"))
    assert names["SKHCN~2025-02-28+STTTT"] == "Sở Khoa học và Công nghệ + Sở Thông tin và Truyền thông (nhóm)"
    shown = marts.query("select distinct agency_code from marts.fct_indicator_values where agency_code like '%+%'")
    assert {code for (code,) in shown} <= names.keys()


def test_any_decision_is_shown_in_another_structure_by_one_join(marts: Any) -> None:
    """brg_agency_structures: the register by body of 30/06/2025, from the decisions themselves."""
    shown = marts.query("""
        select bridge.shown_code, bridge.is_group, count(*)
        from marts.fct_recruitments as decisions
        inner join marts.brg_agency_structures as bridge
            on decisions.agency_code = bridge.agency_code and year(decisions.effective_on) = bridge.reporting_year
        where decisions.is_recruit and bridge.structure_on = '2025-01-01'
        group by all order by 1
    """)
    assert shown == [("H189", True, 8), ("SKHCN~2025-02-28+STTTT", True, 4)]


def test_the_twelve_are_a_finding_not_a_silent_drop(marts: Any) -> None:
    counted = marts.query("select count(*) from marts.fct_recruitments where counted_as = 'reorganisation'")
    assert counted == [(12,)]


def test_own_targets_lapse_with_their_owner(marts: Any) -> None:
    """2/4 = 50 % against the new department's own 14 %: met; the old ones are neither averaged nor added (R9)."""
    row = figures(marts, "CT02", "2025-12-31").row(
        reading="annual_persons", period_code="KY_LICH", reporting_year=2025, agency_code="SKHCN"
    )
    assert (row["verdict"], row["shortfall"]) == ("met", 0)
    states = dict(marts.query("select agency_code, state_vi from reports.rpt_annual__own_targets"))
    lapsed = "không đánh giá: cơ quan kết thúc hoạt động từ ngày 01/03/2025"
    assert states == {"SKHCN": "Đạt", "SKHCN~2025-02-28": lapsed, "STTTT": lapsed}


def test_r3_stock_of_talents(marts: Any) -> None:
    """K1 to K5 after the split, with N2, N16, X2, X7 of the other tables; K6 left; nobody leaves by reorganisation."""
    stock = dict(marts.query("""
        select body_code, count(*) from intermediate.int_talents__stock
        where reporting_year = 2025 and person_key like 'K%' group by 1
    """))  # fmt: skip
    assert stock == {"06613": 1, "06625": 2, "06637": 1, "06622#chua_phan_bo": 1}
    assert marts.query("select persons from reports.rpt_annual__departures") == [(1,)]
    row = figures(marts, "CT05", "2025-12-31").row(reading="reading_a", reporting_year=2025, agency_code="LS")
    assert row["denominator"] == 9


def test_duties_follow_the_succession(marts: Any) -> None:
    """III.3 and III.7 of the old departments are the new department's, for the whole year (R10)."""
    duties = marts.query("""
        select task_code, owner_code, owner_since, previous_owner_name_vi from reports.rpt_annual__duties
        where task_code in ('III.3', 'III.7') and owner_code = 'SKHCN' order by 1
    """)
    assert [(t, str(since), before) for t, _, since, before in duties] == [
        ("III.3", "2025-03-01", "Sở Khoa học và Công nghệ"),
        ("III.7", "2025-03-01", "Sở Thông tin và Truyền thông"),
    ]
