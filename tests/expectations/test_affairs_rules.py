"""Rules of the forms B08–B15 and KT: rows by hand from the dossier, and the rule that must catch each."""

import pytest

from expectations.contracts.load import all_contracts
from expectations.rules.compile import compile_all
from expectations.rules.select import findings_for
from tests.expectations.typed_database import COVER, TALENT

GRANT = {
    "full_name": "Nông Văn Thử",
    "national_id": "003090123456",
    "policy_code": "NQ15_THUHUT",
    "decision_number": "7/QĐ-UBND",
    "decided_on": "2025-03-10",
    "amount": 300,
    "commitment_from": "2025-04-01",
    "commitment_months": 96,
}


@pytest.mark.parametrize(
    ("dataset", "values", "change", "rule"),
    [
        # worked-examples 9.4: n = accepted + refused + pending
        ("nominations", {"proposed_count": 5, "accepted_count": 2, "refused_count": 1}, {}, "B08-OUTCOMES-DIFFER"),
        (
            "nominations",
            {"proposed_count": 2, "accepted_count": 2},
            {"publicly_announced_count": 3},
            "B08-ANNOUNCED-EXCEED",
        ),
        ("violations", {"received_count": 2}, {"verified_count": 3}, "B09b-VERIFIED-EXCEED"),
        ("violations", {"received_count": 2, "verified_count": 1}, {"handled_count": 2}, "B09b-HANDLED-EXCEED"),
        ("overseas_talents", {"people_count": 4}, {"contacted_count": 5}, "B10-CONTACTED-EXCEED"),
        ("overseas_talents", {"people_count": 4}, {"list_updated_on": "2024-11-29"}, "B10-LIST-STALE"),
        ("overseas_talents", {"people_count": 4}, {"list_updated_on": "2025-12-01"}, "B10-LIST-AFTER-FIGURES"),
        ("communications", {"items_count": 0}, {"model_cases_count": 1}, "B11-CASES-WITHOUT-ITEMS"),
        ("proposals", {"text": "Bố trí vốn"}, {"status": "da_gui"}, "B12-SENT-WITHOUT-DOCUMENT"),
        ("proposals", {"text": "Bố trí vốn"}, {"status": "da_tra_loi"}, "B12-ANSWER-MISSING"),
        ("proposals", {}, {"text": "Gọi số 0912 345 678"}, "B12-TEXT-NAMES-SOMEBODY"),
        ("proposals", {}, {"text": "Đề nghị bổ nhiệm ông NÔNG VĂN THỬ"}, "B12-TEXT-NAMES-SOMEBODY"),
        ("policy_documents", {"title": "Khen ông Nông Văn Thử"}, {}, "B13-TITLE-NAMES-SOMEBODY"),
        ("policy_documents", {"status": "con_hieu_luc", "issued_on": "2025-02-02"}, {}, "B13-ISSUED-WITHOUT-NUMBER"),
        ("policy_documents", {"document_number": "1/QĐ", "issued_on": "2025-12-01"}, {}, "B13-ISSUED-AFTER-REPORT"),
        ("talent_pools", {"people_count": 4}, {"used_count": 5}, "B15-USED-EXCEED"),
        ("inspections", {"agency_code": "H189", "inspected_on": "2025-07-01"}, {}, "KT-AGENCY-DAY"),
        ("inspections", {"findings_count": 1}, {"remedied_count": 2}, "KT-REMEDIED-EXCEED"),
        ("inspections", {"findings_count": 1}, {}, "KT-CONCLUSION-MISSING"),
        ("policy_grants", GRANT, {"commitment_months": None}, "B14-COMMITMENT-MISSING"),
        ("policy_grants", GRANT, {"commitment_months": 95}, "B14-COMMITMENT-SHORT"),
        ("policy_grants", GRANT, {"amount": 300000000}, "B14-UNIT-SUSPECT"),
        ("policy_grants", GRANT, {"recovered_amount": 301}, "B14-RECOVERED-EXCEEDS"),
        ("policy_grants", GRANT, {"recovered_amount": 100}, "B14-BREACH-MISSING"),
        ("policy_grants", GRANT, {"breached_on": "2025-03-31"}, "B14-BREACH-BEFORE-COMMITMENT"),
        ("policy_grants", GRANT, {"policy_code": "ND179_PC150", "decided_on": "2024-12-31"}, "B14-POLICY-IN-FORCE"),
        ("policy_grants", GRANT, {"policy_code": "ND263_PC150", "decided_on": "2025-10-13"}, "B14-POLICY-IN-FORCE"),
    ],
)
def test_the_forms_of_affairs(typed, broken, dataset, values, change, rule):
    typed.add("cover", COVER, row=0)
    typed.add("talents", TALENT)
    typed.add(dataset, values, **change)
    assert broken(dataset).get(rule) == [6]


def test_d270_exactly_eight_years_and_policies_from_their_first_day_are_right(typed, broken):
    typed.add("policy_grants", GRANT)
    typed.add("policy_grants", GRANT, row=7, policy_code="ND179_PC150", decided_on="2025-01-01", commitment_months=None)
    typed.add("policy_grants", GRANT, row=8, policy_code="ND263_PC150", decided_on="2025-10-14", commitment_months=None)
    assert broken("policy_grants") == {}


@pytest.mark.parametrize(
    ("left_on", "reason", "is_told"),
    [
        ("2025-04-01", "thoi_viec", True),
        ("2033-03-31", "thoi_viec", True),
        ("2033-04-01", "thoi_viec", False),
        ("2026-01-01", "nghi_huu", False),
        ("2026-01-01", "chuyen_trong_pham_vi", False),
    ],
)
def test_who_leaves_within_the_commitment_breached_it(typed, broken, left_on, reason, is_told):
    """domain.md 1.4: a departure before the term should also appear as a breach; 96 months from 01/04/2025."""
    typed.add("policy_grants", GRANT)
    left = {"national_id": GRANT["national_id"], "full_name": "x", "effective_on": left_on, "exit_reason": reason}
    typed.add("departures", left)
    assert ("B14-LEFT-WITHOUT-BREACH" in broken("policy_grants")) is is_told


def test_commendations_of_the_province_are_those_of_the_owner_of_duty_iii_1(typed, broken):
    row = {"kind": "bang_khen", "level": "cap_tinh", "subject_kind": "ca_nhan", "count": 1}
    typed.add("commendations", row)
    typed.add("commendations", row, submission="s0", row=7, agency_code="SNV~2025-02-28")
    typed.add("commendations", row, submission="s2", row=8, agency_code="STC")
    assert broken("commendations") == {"B09-LEVEL-NOT-OWN": [8]}


def test_a_finding_never_shows_a_text_that_may_name_somebody(typed, parameters):
    typed.add("talents", TALENT)
    typed.add("proposals", {"text": "Ông Nông Văn Thử xin chuyển"})
    rules = [rule for rule in compile_all(all_contracts(), parameters) if rule.rule == "B12-TEXT-NAMES-SOMEBODY"]
    assert [finding.value for finding in findings_for(typed.connection, rules)] == ["…"]
