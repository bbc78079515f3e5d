"""Rows as officers send them, and the rule that must catch each; expected values from the dossier, by hand."""

import pytest

from expectations.contracts.load import all_contracts
from expectations.findings import Severity
from expectations.rules.compile import compile_all
from tests.expectations.typed_database import COVER, RECRUIT, TALENT

B02 = {"recruitment_form": "XT", "staff_kind": "vien_chuc", "recruits_count": 3, "talents_count": 1}
B05 = {
    "full_name": "Nông Văn Thử",
    "national_id": "003090123456",
    "course_name": "Kỹ năng số",
    "started_on": "2025-05-05",
    "completed_on": "2025-06-05",
    "training_kind": "boi_duong",
    "training_field": "CNTT",
    "result": "hoan_thanh",
}
B06 = {"funding_source": "ngan_sach_tinh", "purpose": "dao_tao", "allocated_amount": 90, "spent_amount": 80}


def test_a_clean_season_breaks_nothing(typed, broken):
    typed.add("cover", COVER, row=0)
    typed.add("talents", TALENT)
    typed.add("recruitment_register", RECRUIT)
    typed.add("trainings", B05)
    typed.add("budgets", B06)
    typed.add("recruitment_summaries", B02)
    for contract in all_contracts():
        assert broken(contract.name) == {}, contract.name


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"started_on": None, "started_on__raw": "cuối năm 2023"}, "B03-STARTED_ON-TYPE"),
        ({"started_on": None}, "B03-STARTED_ON-REQUIRED"),
        ({"started_on": None, "started_on__raw": "  "}, "B03-STARTED_ON-REQUIRED"),
        ({"started_on": "1905-06-07"}, "B03-STARTED_ON-RANGE"),
        ({"sex": None, "sex__raw": "x"}, "B03-SEX-CODE"),
        ({"sector": "LV10"}, "B03-SECTOR-CODE"),
        ({"other_groups": "N1, N3"}, "B03-OTHER_GROUPS-PATTERN"),
        ({"legal_basis": "ND140_SV"}, "B03-BASIS-IN-FORCE"),
        ({"legal_basis": "ND179_N1", "recognised_on": "2024-12-31"}, "B03-BASIS-IN-FORCE"),
        ({"recognised_on": None, "recognition_number": None}, "B03-DECISION-MISSING"),
        ({"level": "ung_vien"}, "B03-CANDIDATE-WITH-DECISION"),
        ({"legal_basis": None}, "B03-BASIS-MISSING"),
        ({"recognition_number": None}, "B03-RECOGNITION-NUMBER-MISSING"),
        (
            {"recognition_authority": "chu_tich_ubnd_huyen", "recognised_on": "2025-07-01"},
            "B03-AUTHORITY-WITHOUT-POWER",
        ),
        ({"recognition_authority": "chu_tich_ubnd_xa"}, "B03-AUTHORITY-WITHOUT-POWER"),
        ({"legal_basis": "ND263_KS", "recognised_on": "2025-11-10"}, "B03-YOUNG-SCIENTIST"),
        ({"recognised_on": "2026-04-02"}, "B03-RECOGNISED-LATE"),
        ({"withdrawn_on": "2025-03-09"}, "B03-WITHDRAWN-BEFORE"),
        ({"degree": "dai_hoc"}, "B03-GROUP-WITHOUT-DEGREE"),
        ({"staff_kind": "cong_chuc_xa", "started_on": "2025-07-01"}, "B03-COMMUNE-KIND-ENDED"),
        ({"birth_date": "2009-01-01", "national_id": "003209123456"}, "B03-AGE-AT-START"),
    ],
)
def test_a_spoiled_talent_is_caught_by_its_rule(typed, broken, change, rule):
    typed.add("talents", TALENT, **change)
    assert broken("talents").get(rule) == [6]


def test_the_day_a_decree_begins_and_ends_is_exact(typed, broken):
    # ND 140 until 31/12/2024, ND 179 from 01/01/2025 (domain.md 2.2, 2.3)
    typed.add("talents", TALENT, row=6, legal_basis="ND140_SV", recognised_on="2024-12-31", started_on="2024-12-01")
    typed.add("talents", TALENT, row=7, legal_basis="ND140_SV", recognised_on="2025-01-01", national_id="003090000001")
    typed.add("talents", TALENT, row=8, legal_basis="ND179_N3", recognised_on="2025-01-01", national_id="003090000002")
    typed.add("talents", TALENT, row=9, legal_basis="ND179_N3", recognised_on="2024-12-31", national_id="003090000003")
    assert broken("talents")["B03-BASIS-IN-FORCE"] == [7, 9]


def test_d079_the_first_row_of_a_repeated_person_stays(typed, broken):
    for row in (6, 7, 9):
        typed.add("talents", TALENT, row=row)
    typed.add("talents", TALENT, submission="s2", row=6)
    assert broken("talents") == {"B03-KEY-UNIQUE": [7, 9]}


def test_rows_without_an_id_are_not_each_others_double(typed, broken):
    typed.add("talents", TALENT, row=6, national_id=None)
    typed.add("talents", TALENT, row=7, national_id=None)
    assert "B03-KEY-UNIQUE" not in broken("talents")
    assert broken("talents")["B03-NATIONAL_ID-REQUIRED"] == [6, 7]


def test_d259_three_starts_on_the_day_of_reorganisation(typed, broken):
    for row in (6, 7):
        typed.add("talents", TALENT, row=row, national_id=f"00309000000{row}", started_on="2025-03-01")
    assert "B03-REORGANISATION-STARTS" not in broken("talents")
    typed.add("talents", TALENT, row=8, national_id="003090000008", started_on="2025-03-01")
    assert broken("talents")["B03-REORGANISATION-STARTS"] == [6, 7, 8]


def test_a_nil_mark_with_rows_keeps_them_out(typed, broken):
    typed.add("cover", COVER, row=0, nil_forms="B02,B04")
    typed.add("recruitment_summaries", B02)
    typed.add("talents", TALENT)
    assert broken("recruitment_summaries") == {"B02-NIL-ROWS": [6]}
    assert broken("talents") == {}


def test_nil_marks_are_compared_whole_b01_is_not_b01b(typed, broken):
    typed.add("cover", COVER, row=0, nil_forms="B01b")
    typed.add("plans", {"plan_number": "1/KH", "issued_on": "2024-03-01"})
    assert broken("plans") == {}


def test_d250_d203_and_other_numbers(typed, broken):
    typed.add("recruitment_summaries", B02, talents_count=5)
    typed.add("budgets", B06, row=8, spent_amount=250000000, allocated_amount=250000000)
    typed.add("budgets", B06, row=9, purpose="khac", spent_amount=91)
    assert broken("recruitment_summaries") == {"B02-TALENTS-EXCEED": [6]}
    assert broken("budgets") == {"B06-UNIT-SUSPECT": [8], "B06-SPENT-EXCEEDS": [9]}


@pytest.mark.parametrize(("closed_on", "early"), [("2025-10-14", True), ("2025-10-15", False), ("2025-11-20", False)])
def test_figures_are_early_when_they_close_before_the_forms_of_the_season_went_out(typed, broken, closed_on, early):
    """reporting_calendar.csv: the season of 2025 opens on 15/10/2025; a file in time closes by 29/11 at the latest."""
    typed.add("cover", COVER, figures_as_of=closed_on)
    assert ("COVER-FIGURES-EARLY" in broken("cover")) is early


def test_d239_d255_d256_courses(typed, broken):
    typed.add("cover", COVER, row=0)
    typed.add("talents", TALENT)
    typed.add("trainings", B05, row=6, started_on="2025-03-01", completed_on="2025-03-31")
    typed.add("trainings", B05, row=7, completed_on="2025-12-01")
    typed.add("trainings", B05, row=8, completed_on="2025-07-07", training_field=None)
    typed.add("trainings", B05, row=9, completed_on="2025-08-08", is_science_technology="khong")
    typed.add("trainings", B05, row=10, completed_on="2025-09-09", national_id="003090999999")
    typed.add("trainings", B05, row=11, completed_on=None)
    assert broken("trainings") == {
        "B05-BEFORE-TALENT": [6],
        "B05-AFTER-CUT-OFF": [7],
        "B05-FIELD-UNKNOWN": [8],
        "B05-FIELD-CLAIM": [9],
        "B05-PERSON-UNKNOWN": [10],
        "B05-COMPLETED-WITHOUT-DAY": [11],
    }


@pytest.mark.parametrize(
    ("written", "decided", "effective", "known"),
    [
        ("SNV", "2025-02-01", "2025-02-10", True),
        ("SNV", "2025-03-01", "2025-03-01", True),
        ("H189", "2025-06-20", "2025-06-30", True),
        ("H189", "2025-07-01", "2025-07-01", False),
        ("H189", "2025-06-20", "2025-07-15", True),
        ("06622", "2025-08-01", "2025-08-15", False),
        ("06625", "2025-08-01", "2025-08-15", True),
        ("5977", "2025-08-01", "2025-08-15", False),
        ("  sở   nội vụ ", "2025-08-01", "2025-08-15", True),
        ("Phòng TCCB", "2025-08-01", "2025-08-15", False),
    ],
)
def test_r7_a_code_means_a_body_only_with_a_day(typed, broken, written, decided, effective, known):
    typed.add("recruitment_register", RECRUIT, agency_code=written, decided_on=decided, effective_on=effective)
    assert ("RR-AGENCY-DAY" in broken("recruitment_register")) is not known


def test_an_assignment_names_the_old_body_before_and_the_new_one_on_the_day(typed, broken):
    row = {"national_id": "003090123456", "from_agency_code": "H189", "to_agency_code": "06613",
           "effective_on": "2025-07-01", "decision_number": "3/QĐ-UBND"}  # fmt: skip
    typed.add("person_assignments", row)
    assert broken("person_assignments") == {}
    typed.add("person_assignments", row, row=7, national_id="003090123457", from_agency_code="06613x")
    typed.add("person_assignments", row, row=8, national_id="003090123458", to_agency_code="H189")
    assert broken("person_assignments") == {"PA-FROM-AGENCY-DAY": [7], "PA-TO-AGENCY-DAY": [8]}


@pytest.mark.parametrize(
    ("written", "kind", "reason", "day", "known"),
    [
        ("H189", "trong_pham_vi", "chuyen_trong_pham_vi", "2025-06-30", True),
        ("H189", "trong_pham_vi", "chuyen_trong_pham_vi", "2025-07-01", False),  # districts ended (R1)
        ("06625", None, "chuyen_trong_pham_vi", "2025-08-15", True),
        ("06622", None, None, "2025-08-15", False),  # a commune of before, kind not told
        ("Ban Tổ chức Tỉnh ủy X", "he_thong_chinh_tri_tinh", "thoi_viec", "2025-08-15", True),  # not of our list
        ("Sở Nội vụ tỉnh khác", "ngoai_tinh", "thoi_viec", "2025-08-15", True),
        (None, "trong_pham_vi", "chuyen_trong_pham_vi", "2025-08-15", True),
    ],
)
def test_D151_D152_a_move_names_a_body_that_exists_on_its_day(typed, broken, written, kind, reason, day, known):
    typed.add(
        "departures",
        {"full_name": "Nông Văn Thử", "national_id": "003090123456", "effective_on": day, "exit_reason": reason,
         "destination_kind": kind, "destination_agency_code": written},
    )  # fmt: skip
    assert ("B04-DESTINATION-AGENCY-DAY" in broken("departures")) is not known


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({}, {}),
        ({"agency_code": None}, {}),
        ({"agency_code": "H189", "period_to": "2025-06-30"}, {}),
        ({"agency_code": "H189"}, {"RC-AGENCY-DAY": [6]}),
        ({"agency_code": "Sở Kế hoạch và Đầu tư"}, {"RC-AGENCY-DAY": [6]}),
        ({"deciding_agency_code": "H189"}, {"RC-DECIDING-AGENCY-DAY": [6]}),
    ],
)
def test_D151_D152_a_coverage_names_bodies_of_its_last_day(typed, broken, change, rules):
    row = {"deciding_agency_code": "SNV", "agency_code": "STC", "period_from": "2025-01-01", "period_to": "2025-12-31",
           "is_complete": True}  # fmt: skip
    typed.add("register_coverage", row | change)
    assert broken("register_coverage") == rules


def test_register_rows(typed, broken):
    typed.add("recruitment_register", RECRUIT, row=2, decided_on="2025-06-02")
    typed.add("recruitment_register", RECRUIT, row=3, decision_number="10/QĐ", recruitment_form="HD")
    typed.add("recruitment_register", RECRUIT, row=4, decision_number="11/QĐ", effective_on="2027-01-01")
    assert broken("recruitment_register") == {
        "RR-DECIDED-AFTER-EFFECT": [2],
        "RR-FORM-OF-CONTRACT": [3],
        "RR-EFFECT-LONG-AFTER": [4],
    }


def test_raw_text_may_be_left_out_where_typing_went_well(typed, broken):
    """Registers keep ``__raw`` only where a value could not be typed."""
    blank = {f"{name}__raw": None for name in RECRUIT}
    typed.add("recruitment_register", RECRUIT, **blank)
    assert broken("recruitment_register") == {}


def test_every_rule_has_one_id_and_weighs_what_the_dossier_says(parameters):
    rules = compile_all(all_contracts(), parameters)
    by_id = {rule.rule: rule for rule in rules}
    assert len(by_id) == len(rules) > 300
    must_correct = ["B03-BASIS-IN-FORCE", "B03-STARTED_ON-TYPE", "B02-TALENTS-EXCEED", "B04-NIL-ROWS", "B03-ID-SHAPE"]
    to_explain = ["B03-ID-BIRTH-SEX", "B06-UNIT-SUSPECT", "B03-REORGANISATION-STARTS", "B05-FIELD-UNKNOWN"]
    assert {by_id[name].severity for name in must_correct} == {Severity.ERROR}
    assert {by_id[name].severity for name in to_explain} == {Severity.QUERY}
    assert {by_id[name].severity for name in ("B05-BEFORE-TALENT", "B05-AFTER-CUT-OFF")} == {Severity.NOTE}


def test_predicates_can_be_asked_in_another_schema(parameters):
    rule = next(r for r in compile_all(all_contracts(), parameters) if r.rule == "B05-BEFORE-TALENT")
    assert "elsewhere.talents" in rule.over("elsewhere")
    assert "typed." not in rule.over("elsewhere")
    assert "$" not in rule.predicate_sql


def test_d172_a_bare_year_of_birth_owes_an_answer_and_no_date_at_all_keeps_the_row_out(typed, broken, rules_of):
    typed.add("talents", TALENT, birth_date=None, birth_date__raw="1990")
    typed.add("talents", TALENT, row=7, national_id="003090000007", birth_date=None, birth_date__raw="không rõ")
    typed.add("talents", TALENT, row=8, national_id="003090000008", birth_date=None, birth_date__raw="12/5/85")
    assert broken("talents") == {"B03-BIRTH_DATE-YEAR_ONLY": [6], "B03-BIRTH_DATE-TYPE": [7, 8]}
    assert rules_of("talents")["B03-BIRTH_DATE-YEAR_ONLY"].severity == Severity.QUERY
    assert rules_of("talents")["B03-BIRTH_DATE-TYPE"].severity == Severity.ERROR
