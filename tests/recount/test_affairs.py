"""Annex IX and its sentences recounted: the same small worlds as the unit tests of the models, numbers by hand."""

from typing import Any

LATE = "2026-12-01T08:00:00+07:00"
NOMINATION = {"agency_code": "SYT", "talent_group": "N1"}


def test_counts_of_the_year_add_up_and_a_blank_is_nothing(world: Any) -> None:
    world.add("nominations", 2025, nomination_source="co_quan", proposed_count=7, accepted_count=4, refused_count=2,
              pending_count=1, **NOMINATION)  # fmt: skip
    world.add("nominations", 2025, nomination_source="co_quan", proposed_count=5, **NOMINATION)
    world.add("nominations", 2024, nomination_source="co_quan", proposed_count=90, **NOMINATION)
    world.add("commendations", 2025, kind="giay_khen", level="co_so", subject_kind="ca_nhan", count=9)
    world.add("commendations", 2025, kind="giay_khen", level="cap_tinh", subject_kind="ca_nhan", count=2)
    world.add("commendations", 2025, kind="giay_khen", level="co_so", subject_kind="tap_the", count=4)
    world.add("violations", 2025, behaviour_code="can_tro", received_count=4, handled_count=1)
    world.add("communications", 2025, channel="truyen_hinh", item_kind="phat_song", items_count=5, model_cases_count=2)
    world.add("communications", 2025, channel="truyen_hinh", item_kind="chuyen_muc", items_count=3)
    assert world.printed(2025, LATE) == {
        "nominations/co_quan/proposed": 12, "nominations/co_quan/accepted": 4, "nominations/co_quan/refused": 2,
        "nominations/co_quan/pending": 1, "commendations/giay_khen/persons": 11,
        "commendations/giay_khen/collectives": 4, "violations/can_tro/received": 4, "violations/can_tro/handled": 1,
        "communications/truyen_hinh/news_items": 5, "communications/truyen_hinh/columns_count": 3,
        "communications/truyen_hinh/model_cases": 2,
    }  # fmt: skip


def test_people_abroad_stand_by_country_and_by_field(world: Any) -> None:
    world.add("overseas_talents", 2025, country="Nhật Bản", sector="LV01", people_count=4, contacted_count=3)
    world.add("overseas_talents", 2025, country="Nhật  bản", sector="LV04", people_count=1)
    world.add("talent_pools", 2025, pool_kind="tu_van", sector="LV05", people_count=5, used_count=2)
    people = {place: count for place, count in world.printed(2025, LATE).items() if place.endswith("people")}
    assert people == {
        "talent_networks/overseas_country/nhật bản/people": 5, "talent_networks/overseas_country/ALL/people": 5,
        "talent_networks/overseas_sector/LV01/people": 4, "talent_networks/overseas_sector/LV04/people": 1,
        "talent_networks/overseas_sector/ALL/people": 5, "talent_networks/tu_van/LV05/people": 5,
        "talent_networks/tu_van/ALL/people": 5,
    }  # fmt: skip


def test_a_grant_told_again_counts_once_and_a_breach_in_its_own_year(world: Any) -> None:
    """p1 (joined with old) counts once for two decisions; recovered 165 (breach told a year later) + 30 (no day)."""
    world.decide("same", "old", "p1", "2025-12-01T08:00:00+07:00")
    grant = {"policy_code": "NQ15_THUHUT", "agency_code": "SYT"}
    world.add("policy_grants", 2025, person="old", decision_number="7/QĐ–UBND", decided_on="2025-03-10", amount="330",
              **grant)  # fmt: skip
    world.add("policy_grants", 2026, person="p1", decision_number="7/QĐ-UBND", decided_on="2025-03-10", amount="330",
              breached_on="2025-12-20", recovered_amount="165", received_at="2026-11-01T08:00:00+07:00",
              **grant)  # fmt: skip
    world.add("policy_grants", 2025, person="p1", decision_number="9/QĐ-UBND", decided_on="2025-06-10", amount="20",
              **grant)  # fmt: skip
    world.add("policy_grants", 2025, person="p2", decision_number="8/QĐ-UBND", decided_on="2024-06-10", amount="60",
              recovered_amount="30", **grant)  # fmt: skip
    world.add("policy_grants", 2025, person="p3", decision_number="8/QĐ-UBND", decided_on="2025-06-10", amount="96",
              policy_code="ND179_PC150", agency_code="SYT")  # fmt: skip
    assert world.printed(2025, LATE) == {
        "policy_grants/thu_hut/cases": 1, "policy_grants/thu_hut/amount": 350,
        "policy_grants/thu_hoi/cases": 2, "policy_grants/thu_hoi/amount": 195,
    }  # fmt: skip
    assert world.printed(2025, "2026-01-15T08:00:00+07:00")["policy_grants/thu_hoi/amount"] == 30, "as it was known"


def test_papers_that_urge_and_inspections_of_the_year(world: Any) -> None:
    paper = {"issuing_body": "co_quan", "document_kind": "cong_van", "status": "con_hieu_luc", "agency_code": "SNV"}
    for year in (2025, 2026):
        world.add("policy_documents", year, document_number="1875/SNV-CCVC", issued_on="2025-10-06",
                  title="Đôn đốc gửi báo cáo", **paper)  # fmt: skip
    world.add("policy_documents", 2025, document_number="99/SNV", issued_on="2025-10-06", title="Hướng dẫn", **paper)
    world.add("policy_documents", 2025, document_number="2/STC", issued_on="2025-10-06", title="Đôn đốc",
              **paper | {"agency_code": "STC"})  # fmt: skip
    world.add("inspections", 2025, agency_code="SYT", inspected_on="2025-03-05", findings_count=3, remedied_count=1)
    world.add("inspections", 2026, agency_code="Sở Y tế", inspected_on="2025-03-05", findings_count=3, remedied_count=3)
    world.add("inspections", 2025, agency_code="SYT", inspected_on="2025-09-01", findings_count=2)
    world.add("inspections", 2025, agency_code="SXD", inspected_on="2024-09-01", findings_count=8)
    assert world.printed(2025, LATE) == {
        "supervision/2025/reminders": 1, "supervision/2025/agencies_inspected": 1, "supervision/2025/findings": 5,
        "supervision/2025/remedied": 3,
    }  # fmt: skip
