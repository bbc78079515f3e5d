"""What every contract file must hold, whoever edits it."""

import re
import unicodedata

import pytest
import yaml
from pydantic import ValidationError

from expectations.contracts import collection_tables
from expectations.contracts.load import FOLDER, ContractError, all_contracts, by_code, load, names
from expectations.contracts.model import PROVENANCE, Contract, accepted_columns, typed_columns
from expectations.reference import load as reference

# interface.md § 4: canonical names
PROMISED = {
    "cover": "agency_code agency_name reporting_year figures_as_of document_number document_date prepared_by"
    " approved_by",
    "plans": "plan_number issued_on document_kind period_from period_to has_sectors has_targets has_phases"
    " supersedes_number note",
    "own_targets": "indicator_code target_label unit sector phase_from phase_to target_value achieved_value",
    "recruitment_summaries": "recruitment_form staff_kind recruits_count first_time_count talents_count"
    " cancelled_count",
    "talents": "national_id full_name birth_date sex is_ethnic_minority origin level talent_group other_groups sector"
    " position staff_kind unit_code unit_kind degree degree_class major institution entry_route legal_basis"
    " attraction_number attraction_decided_on recognition_number recognised_on recognition_authority"
    " recognition_valid_to withdrawn_on recruitment_form recruitment_decision_number started_on nomination_source",
    "departures": "national_id full_name exit_reason effective_on destination_kind destination_agency_code returned_on"
    " decision_number",
    "trainings": "national_id full_name course_name training_kind training_level training_field is_science_technology"
    " delivery started_on completed_on hours institution country result certificate_number certified_on funding_source",
    "budgets": "funding_source purpose policy_code decision_number planned_amount allocated_amount spent_amount"
    " estimated_year_amount",
    "task_progress": "task_code status condition_document evidence_number evidence_on note",
    "task_outputs": "task_code output_code planned_count actual_count",
    "nominations": "nomination_source talent_group proposed_count accepted_count refused_count pending_count"
    " publicly_announced_count",
    "commendations": "kind level subject_kind count",
    "violations": "behaviour_code received_count verified_count handled_count",
    "overseas_talents": "country sector people_count contacted_count list_updated_on",
    "communications": "channel item_kind items_count model_cases_count",
    "proposals": "topic task_code raised_by addressed_to document_number sent_on status answer_number text",
    "policy_documents": "document_number issued_on issuing_body document_kind title status task_code",
    "policy_grants": "national_id full_name policy_code decision_number decided_on amount commitment_from"
    " commitment_months breached_on recovered_amount",
    "talent_pools": "pool_kind sector level origin people_count used_count",
    "inspections": "agency_code inspected_on conclusion_number findings_count remedied_count",
    "recruitment_register": "decision_number decided_on effective_on national_id full_name birth_date sex agency_code"
    " deciding_agency_code unit_code position staff_kind recruitment_form first_time_in_public_service legal_basis"
    " status",
    "register_coverage": "deciding_agency_code agency_code period_from period_to is_complete",
    "staff_snapshots": "snapshot_on national_id agency_code staff_kind status started_on",
    "training_records": "record_id national_id full_name course_code course_name training_kind training_level"
    " training_field is_science_technology started_on completed_on hours institution country result certificate_number"
    " certified_on",
    "person_assignments": "national_id from_agency_code to_agency_code effective_on decision_number",
}


def each(test):
    return pytest.mark.parametrize("contract", all_contracts(), ids=names())(test)


def test_the_datasets_of_the_interface_have_their_fields():
    for name, fields in PROMISED.items():
        assert set(fields.split()) <= set(load(name).field_names), name
    assert set(PROMISED) == set(names())


def test_forms_come_in_the_order_of_the_workbook():
    forms = [contract.code for contract in all_contracts() if contract.channel == "workbook"]
    assert " ".join(forms) == "COVER B01 B01b B02 B03 B04 B05 B06 B07 B07b B08 B09 B09b B10 B11 B12 B13 B14 B15 KT"


def test_forms_of_counts_have_no_person_and_grants_have_one():
    """definitions.md § 2: refused candidates, violations and talents abroad are counts only."""
    for name in ("nominations", "commendations", "violations", "overseas_talents", "communications", "talent_pools"):
        assert all(field.pii == "none" for field in load(name).fields), name
    assert load("policy_grants").field("full_name").pii == "name"


@each
def test_identity_has_a_kind_wherever_it_stands(contract: Contract):
    assert ("national_id" in contract.field_names) == ("identity_kind" in contract.field_names)
    if "national_id" in contract.field_names:
        assert contract.field("national_id").pii == "identity"
        assert not contract.field("identity_kind").required
        ids = {rule.id for rule in contract.rules}
        assert {"ID-SHAPE", "ID-PREFIX"} <= ids


@each
def test_headers_are_unique_within_a_form_even_as_synonyms(contract: Contract):
    seen: dict[str, str] = {}
    for field in contract.form_fields:
        for header in {" ".join(text.casefold().split()) for text in (field.label.vi, *field.synonyms)}:
            assert seen.setdefault(header, field.name) == field.name, header


@each
def test_vietnamese_texts_are_nfc_and_end_without_a_stop(contract: Contract):
    for field in contract.fields:
        for text in (field.label.vi, field.label.en, field.description.vi, field.description.en, *field.synonyms):
            assert text == unicodedata.normalize("NFC", text).strip()
            assert text and not text.endswith(".")


@each
def test_names_and_personal_dates_never_reach_accepted(contract: Contract):
    columns = [name for name, _ in accepted_columns(contract)]
    assert columns[: len(PROVENANCE)] == [name for name, _ in PROVENANCE]
    assert not {"national_id", "full_name", "birth_date", "prepared_by", "approved_by", "reporting_year"} & set(columns)
    assert ("identity_key" in columns) == ("national_id" in contract.field_names)
    assert len(columns) == len(set(columns))


@each
def test_code_lists_exist_and_typed_columns_come_in_pairs(contract: Contract):
    for field in contract.fields:
        if field.code_list:
            assert reference.codes(field.code_list), field.code_list
    columns = [name for name, _ in typed_columns(contract)]
    assert all(f"{field.name}__raw" in columns for field in contract.fields)


def test_a_workbook_dataset_gets_its_sender_in_accepted_once():
    for contract in all_contracts():
        columns = [name for name, _ in accepted_columns(contract)]
        if contract.channel == "workbook":
            assert columns.count("agency_code") == 1


def test_contract_files_stay_readable_and_say_nothing_twice():
    for path in FOLDER.glob("*.yml"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 150, path.name
    shared = yaml.safe_load((FOLDER / "_shared_fields.yml").read_text(encoding="utf-8"))
    used = {field.name for contract in all_contracts() for field in contract.fields}
    assert set(shared) <= used


def test_patterns_use_ascii_digits_only():
    for path in FOLDER.glob("*.yml"):
        assert not re.search(r"\\+d", path.read_text(encoding="utf-8")), path.name


def test_a_contract_is_found_by_its_code_and_a_wrong_file_is_named(tmp_path, monkeypatch):
    assert by_code("B03") is load("talents")
    with pytest.raises(KeyError):
        load("no_such_dataset")
    (tmp_path / "_shared_fields.yml").write_text("{}")
    (tmp_path / "broken.yml").write_text("name: broken\nfields: [unheard_of]\n")
    monkeypatch.setattr("expectations.contracts.load.FOLDER", tmp_path)
    monkeypatch.setattr("expectations.contracts.load._shared", lambda name: {})
    with pytest.raises(ContractError, match=r"broken\.yml.*unheard_of"):
        load("broken")


def test_a_contract_refuses_what_it_does_not_know():
    good = load("plans").model_dump()
    with pytest.raises(ValidationError):
        Contract.model_validate({**good, "colour": "red"})
    with pytest.raises(ValidationError, match="unknown fields"):
        Contract.model_validate({**good, "primary_key": ["nothing"]})


def test_collection_tables_name_each_column_once():
    tables = (*collection_tables.COLLECTION_TABLES, *collection_tables.BUILD_TABLES)
    for table in tables:
        columns = [name for name, _ in collection_tables.columns_of(table)]
        assert len(columns) == len(set(columns))
    assert [table.name for table in tables] == [
        "submissions", "form_returns", "findings", "explanations", "parameters", "province_steps", "person_links",
    ]  # fmt: skip
