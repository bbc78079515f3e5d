"""worked-examples Part A as accepted rows: sections 1, 2, 4 to 7 re-typed, and a season filled with them.

Lives here: what goes in. Does not live here: what must come out (`test_worked_examples.py`), and the proof that these
tables are the dossier's (`tests/worked_examples/test_part_a.py`).
"""

from __future__ import annotations

from typing import Any

from tests.warehouse.warehouse_tables import agency, obligations, recruit, table, talent

BASES = [
    {"code": code, "counts_as_basis": "yes", "valid_from": since, "valid_to": until, "sort_order": 1}
    for code, since, until in (
        ("ND179_N2_SV", "2025-01-01", ""),
        ("ND179_N1", "2025-01-01", ""),
        ("ND179_N3", "2025-01-01", ""),
        ("NQ15_LS", "2018-01-01", ""),
    )
]


CT01 = """
agency | valid_from | valid_to   | plan_number | issued_on
A1     | 2010-01-01 | –          | 12/KH-CQ01  | 2024-03-15
A2     | 2010-01-01 | –          | 07/KH-CQ02  | 2024-03-31
A3     | 2010-01-01 | –          | 31/KH-CQ03  | 2024-04-01
A4     | 2010-01-01 | –          | 09/KH-CQ04  | –
A5     | 2010-01-01 | 2025-03-01 | –           | –
A6     | 2010-01-01 | –          | –           | 2024-03-20
A7     | 2010-01-01 | 2025-07-01 | 05/KH-CQ07  | 2024-02-10
A8     | 2025-03-01 | –          | 44/KH-CQ08  | 2025-05-20
"""

CT02_REGISTER = """
person | agency | effective_on | staff_kind | form | first_time | status
P2     | B1     | 2025-03-10   | vien_chuc  | XT   | yes        | hieu_luc
P3     | B2     | 2025-04-01   | vien_chuc  | XT   | yes        | hieu_luc
P3     | B3     | 2025-09-01   | vien_chuc  | XT   | no         | hieu_luc
P4     | B2     | 2025-05-05   | cong_chuc  | TN   | no         | hieu_luc
P5     | B3     | 2025-06-01   | hop_dong   | HD   | yes        | hieu_luc
P6     | B3     | 2025-07-01   | vien_chuc  | XT   | yes        | huy
P7     | B1     | 2025-12-20   | vien_chuc  | XT   | yes        | hieu_luc
P8     | B2     | 2024-12-05   | vien_chuc  | XT   | yes        | hieu_luc
"""

CT02_TALENTS = """
person | legal_basis | decided_on | started_on | left_on
P2     | ND179_N2_SV | 2025-03-01 | 2025-03-10 | 2025-12-30
P4     | ND179_N1    | 2025-11-20 | 2025-05-05 | 2025-12-30
P5     | ND179_N3    | 2025-05-20 | 2025-06-01 | 2025-12-30
P6     | ND179_N2_SV | 2025-06-15 | 2025-07-01 | 2025-12-30
P7     | –           | –          | 2025-12-20 | 2025-12-30
P8     | NQ15_LS     | 2024-11-30 | 2024-12-05 | 2024-12-30
"""

CT05_TALENTS = """
person | talent_since | decided | sector | exit_on
U1     | 2024-03-01   | yes     | LV01   | –
U2     | 2024-05-01   | yes     | LV04   | –
U3     | 2025-01-01   | yes     | LV01   | –
U4     | 2024-09-01   | yes     | LV02   | –
U5     | 2024-01-10   | yes     | LV06   | –
U6     | 2024-02-01   | yes     | LV01   | 2025-10-01
U7     | 2024-04-01   | yes     | LV04   | –
U8     | 2024-06-01   | no      | LV02   | –
"""

CT05_TRAININGS = """
person | completed_on | field | hours
U1     | 2025-05-10   | CNTT  | 16
U2     | 2024-06-30   | CNTT  | 80
U3     | 2025-08-01   | LLCT  | 40
U4     | 2024-08-20   | CNTT  | 60
U5     | 2026-01-05   | CNTT  | 24
U6     | 2025-03-03   | CNTT  | 24
U6     | 2025-07-07   | KTCN  | 24
U7     | 2025-09-09   | CXD   | 24
U8     | 2025-04-04   | CNTT  | 24
"""

CT06_AGENCIES = """
agency | owes_from  | owes_to
CQ11   | 2024-01-01 | –
CQ12   | 2024-01-01 | –
CQ13   | 2024-01-01 | –
CQ14   | 2024-01-01 | –
CQ15   | 2025-07-01 | –
CQ16   | 2025-07-01 | –
CQ17   | 2025-03-01 | –
CQ18   | 2024-01-01 | –
CQ19   | 2024-01-01 | 2025-07-01
"""

CT06_SUBMISSIONS = """
agency | arrived_at                | document_date | outcome
CQ11   | 2025-11-20T09:00:00+07:00 | 2025-11-19    | accepted
CQ12   | 2025-11-29T23:59:59+07:00 | 2025-11-28    | accepted
CQ13   | 2025-11-29T17:30:00Z      | 2025-11-29    | accepted_with_queries
CQ14   | 2025-11-25T10:00:00+07:00 | 2025-11-24    | rejected
CQ14   | 2025-12-02T08:00:00+07:00 | 2025-12-01    | accepted
CQ15   | 2025-11-28T15:00:00+07:00 | 2025-11-27    | accepted
CQ17   | 2025-11-27T16:00:00+07:00 | 2025-11-26    | accepted
CQ17   | 2025-12-05T16:00:00+07:00 | 2025-12-05    | accepted
CQ18   | 2025-12-03T09:00:00+07:00 | 2025-11-28    | accepted
"""


def fill_lists(season: Any) -> None:
    plans, reports = table(CT01), table(CT06_AGENCIES)
    bodies = [agency("LS", kind="province", is_reporting="no")]
    bodies += [agency(r["agency"], valid_from=r["valid_from"], valid_to=r["valid_to"]) for r in plans]
    bodies += [agency("A9", kind="commune", valid_from="2025-07-01"), agency("U", kind="unit")]
    bodies += [agency("B1"), agency("B2", kind="district"), agency("B3")]
    bodies += [agency(r["agency"], valid_from=r["owes_from"], valid_to=r["owes_to"]) for r in reports]
    season.lists("agencies", bodies)
    season.lists(
        "agency_successions",
        [{"predecessor_code": "A5", "successor_code": "A8", "effective_on": "2025-03-01", "kind": "sap_nhap"}],
    )
    season.lists("legal_bases", BASES)
    season.lists("obligations", obligations({
        "B01": [(r["agency"], "2024-01-01", "") for r in plans],
        "cover": [(r["agency"], r["owes_from"], r["owes_to"] or "") for r in reports]}))  # fmt: skip


def fill_rows(season: Any) -> None:
    fill_plans_and_recruits(season)
    _trainings(season)
    for row in table(CT06_SUBMISSIONS):
        season.send(2025, row["agency"], row["arrived_at"], row["outcome"], document_date=row["document_date"])
    season.steps += [
        {"reporting_year": year, "event": event, "happened_on": day, "recorded_at": f"{day}T10:00:00+07:00"}
        for year, event, day in ((2024, "submitted_to_ubnd", "2024-12-06"), (2024, "signed", "2024-12-10"),
                                 (2025, "submitted_to_ubnd", "2025-12-09"), (2025, "signed", "2025-12-12"))
    ]  # fmt: skip


def fill_plans_and_recruits(season: Any) -> None:
    for row in table(CT01):
        year = 2025 if row["agency"] == "A8" else 2024
        season.send(year, row["agency"], f"{year}-06-01T08:00:00+07:00", forms={"B01": "filled"})
        if row["plan_number"] or row["issued_on"]:
            plan = {"agency_code": row["agency"], "plan_number": row["plan_number"], "issued_on": row["issued_on"]}
            season.add("plans", year, [plan], submission_id=f"{row['agency']}-{year}-1")
    register = [{"person": f"F{i:02}", "agency": "B1", "effective_on": "2025-01-15", "staff_kind": "vien_chuc",
                 "form": "XT", "first_time": "yes", "status": "hieu_luc"} for i in range(1, 19)]  # fmt: skip
    for number, row in enumerate(register + table(CT02_REGISTER)):
        season.add("recruitment_register", int(row["effective_on"][:4]), [recruit(number, **row)])
    for row in table(CT02_TALENTS):
        year = int(row["started_on"][:4])
        route = "trong_dung" if row["person"] == "P4" else "thu_hut"
        season.add("talents", year, [talent(
            row["person"], "B1", started_on=row["started_on"], decided_on=row["decided_on"], route=route,
            legal_basis=row["legal_basis"])])  # fmt: skip
        season.add("departures", year, [{"identity_key": row["person"], "agency_code": "B1",
                                         "exit_reason": "thoi_viec", "effective_on": row["left_on"]}])  # fmt: skip


def _trainings(season: Any) -> None:
    for row in table(CT05_TALENTS):
        since = row["talent_since"]
        decided = since if row["decided"] == "yes" else None
        listed = {"started_on": since, "decided_on": decided, "legal_basis": "NQ15_LS", "sector": row["sector"]}
        season.add("talents", int(since[:4]), [talent(row["person"], "U", **listed)])
        if row["exit_on"]:
            season.add("departures", 2025, [{"identity_key": row["person"], "agency_code": "U",
                                             "exit_reason": "thoi_viec", "effective_on": row["exit_on"]}])  # fmt: skip
    for row in table(CT05_TRAININGS):
        season.add("trainings", int(row["completed_on"][:4]), [{
            "identity_key": row["person"], "agency_code": "U", "course_name": f"Khóa {row['completed_on']}",
            "started_on": row["completed_on"], "completed_on": row["completed_on"], "training_kind": "boi_duong",
            "training_field": row["field"], "hours": row["hours"], "result": "hoan_thanh"}])  # fmt: skip
