"""Read-only reads of the report models: the one way by which figures enter the published documents.

Lives here: which `rpt_annual__*` models there are, the columns each must have, the order of their rows, and `Report`,
which holds them by grain. Does not live here: SQL that computes anything, or what becomes of the figures afterwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
Rows = tuple[Row, ...]

PREFIX = "rpt_annual__"
PROVINCE = "LS"
AS_REPORTED = "as_reported"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class ReportModelError(RuntimeError):
    """A report model is absent, lacks a column or is empty where it must not be: a fault of ours, not of the data."""

    exit_code = 4


@dataclass(frozen=True)
class Report:
    """All report models of one reporting year. Counts are int, shares and amounts Decimal, days date, no floats.

    ``header`` is the one row of its model; ``links`` are the successions (predecessor_code, successor_code) that
    disclosure control needs to see which agencies of two structures are the same.
    """

    header: Row
    indicators: Rows
    readings: Rows
    recruitment_by_agency: Rows
    talents_in_service: Rows
    departures: Rows
    retention_cohorts: Rows
    trainings: Rows
    tasks: Rows
    duties: Rows
    budgets: Rows
    plans: Rows
    own_targets: Rows
    documents: Rows
    proposals: Rows
    submissions: Rows
    parameters: Rows
    data_quality: Rows
    nominations: Rows
    commendations: Rows
    violations: Rows
    communications: Rows
    talent_networks: Rows
    policy_grants: Rows
    supervision: Rows
    forms: Rows
    reconciliation: Rows
    links: Rows

    @property
    def year(self) -> int:
        """The reporting year."""
        return int(self.header["reporting_year"])

    def indicator(self, code: str) -> Row:
        """The headline row of an indicator. Raises KeyError when the report has none."""
        return next_row(self.indicators, indicator_code=code)

    def readings_of(self, code: str) -> Rows:
        """All readings of an indicator, the headline first."""
        return tuple(row for row in self.readings if row["indicator_code"] == code)

    def parameter(self, name: str, default: str = "") -> str:
        """The value of a parameter as text, ``default`` where it is unset or unknown."""
        for row in self.parameters:
            if row["parameter"] == name:
                return str(row["value"] or default)
        return default

    @property
    def least(self) -> int:
        """The smallest count of persons that may be printed (parameter ``min_cell``)."""
        return int(self.parameter("min_cell", "3"))


_ORDER = {
    "indicators": "sort_order, indicator_code",
    "readings": "indicator_code, is_headline desc, sort_order, reading, period_code",
    "recruitment_by_agency": "structure_on = 'as_reported' desc, structure_on, agency_code = 'LS' desc, sort_order,"
    " agency_code",
    "talents_in_service": "sort_order, criterion, category_code",
    "departures": "persons desc, exit_reason",
    "retention_cohorts": "cohort_year",
    "trainings": "training_field = 'ALL' desc, participations desc, training_field",
    "tasks": "sort_order, output_code",
    "duties": "sort_order, owner_code",
    "budgets": "purpose_label_vi is null desc, purpose_label_vi, source_label_vi",
    "plans": "sort_order, agency_code, issued_on, plan_number",
    "own_targets": "sort_order, agency_code, target_label_vi, sector, target_value",
    "documents": "issued_on, issuer_name_vi, document_number",
    "proposals": "sort_order, addressed_to, topic",
    "submissions": "sort_order, agency_code",
    "parameters": "sort_order, parameter",
    "data_quality": "sort_order, rule_group",
    "nominations": "sort_order, nomination_source",
    "commendations": "sort_order, commendation_kind",
    "violations": "sort_order, behaviour_code",
    "communications": "sort_order, channel",
    "talent_networks": "sort_order, criterion, category_code",
    "policy_grants": "measure",
    "supervision": "reporting_year",
    "forms": "form",
    "reconciliation": "sort_order, agency_code, recruitment_form, staff_kind",
}

_MUST_HAVE = {
    "header": "reporting_year known_on closed_on last_on_time_on locks_on agencies_owed agencies_received "
    "agencies_on_time agencies_missing ended_agencies documents_in_force is_provisional plan_number plan_issued_on",
    "indicators": "indicator_code name_vi target_text_vi reading reading_text_vi parameter_code parameter_source_vi "
    "parameter_valid_from period_code period_from period_to as_of numerator denominator value target_value target_kind "
    "verdict shortfall observation_status lower_bound upper_bound verdict_at_lower verdict_at_upper agencies_missing "
    "prior_year prior_numerator prior_denominator series_break unit_vi counted_unit_vi denominator_name_vi "
    "first_due_year not_due_reason_vi",
    "readings": "indicator_code reading reading_text_vi reason_vi parameter_code period_code is_headline numerator "
    "denominator value target_value verdict lower_bound upper_bound",
    "recruitment_by_agency": "structure_on agency_code agency_name_vi recruits civil_servants public_employees by_exam "
    "by_selection by_reception first_time talents share contracts note_vi",
    "talents_in_service": "criterion criterion_label_vi category_code category_label_vi opening attracted recognised "
    "left_count closing",
    "departures": "exit_reason label_vi persons",
    "retention_cohorts": "cohort_year persons retained_1 retained_2 retained_3 retained_4 retained_5 due_1 due_2 due_3 "
    "due_4 due_5 not_due censored",
    "trainings": "training_field label_vi persons participations degree_count course_count st_count "
    "undetermined_count hours",
    "tasks": "task_code task_name_vi output_code output_label_vi unit_vi planned actual agencies_reporting "
    "agencies_owed",
    "duties": "task_code task_name_vi owner_code owner_name_vi owner_since previous_owner_name_vi succession_act "
    "status condition_document evidence",
    "budgets": "purpose_label_vi source_label_vi planned allocated spent spent_share estimated",
    "plans": "agency_code agency_name_vi plan_number issued_on is_on_time successor_name_vi state",
    "own_targets": "agency_code agency_name_vi target_label_vi target_value achieved_value unit state_vi",
    "documents": "document_number issued_on issuing_body issuer_name_vi document_kind kind_label_vi title task_code",
    "proposals": "topic topic_label_vi addressed_to addressee_label_vi agencies agencies_vi proposals answered settled",
    "submissions": "agency_code agency_name_vi first_accepted_on is_on_time times_sent outcome nil_forms "
    "predecessors_vi explanation",
    "parameters": "parameter label_vi value other_values valid_from deciding_document decided_by",
    "data_quality": "rule_group label_vi rules rows_checked errors queries explained open_queries rows_rejected",
    "nominations": "nomination_source label_vi proposed accepted refused pending",
    "commendations": "commendation_kind label_vi collectives persons",
    "violations": "behaviour_code label_vi received handled",
    "communications": "channel label_vi news_items columns_count model_cases",
    "talent_networks": "criterion criterion_label_vi category_code category_label_vi people contacted",
    "policy_grants": "measure cases amount",
    "supervision": "reminders notices agencies_inspected findings remedied",
    "forms": "form agencies_owed agencies_filled agencies_nil agencies_silent",
}


def read_report(database: Path) -> Report:
    """Read every report model of a build's ``warehouse.duckdb`` or of an edition's ``internal/marts.duckdb``.

    The file is opened read-only and closed before this returns. Raises ReportModelError for a model that is absent,
    lacks a column, or is empty where a report cannot be (header, indicators).
    """
    import duckdb

    with duckdb.connect(str(database), read_only=True) as connection:
        tables = {name: _rows(connection, name) for name in _ORDER}
        header = _rows(connection, "header")
        links = _links(connection)
    if len(header) != 1 or not tables["indicators"]:
        raise ReportModelError("the report models hold no header row or no indicator row: was the year built?")
    return Report(header=header[0], links=links, **tables)


def table_names() -> tuple[str, ...]:
    """The names of the report models without their prefix, in the order of `Report`."""
    return tuple(item.name for item in fields(Report) if item.name != "links")


def next_row(rows: Rows, **wanted: Any) -> Row:
    """The first row whose columns have the wanted values. Raises KeyError when there is none."""
    for row in rows:
        if all(row[name] == value for name, value in wanted.items()):
            return row
    raise KeyError(", ".join(f"{name}={value}" for name, value in wanted.items()))


def _rows(connection: Any, name: str) -> Rows:
    import duckdb

    order = f" order by {_ORDER[name]}" if name in _ORDER else ""
    try:
        result = connection.execute(f"select * from reports.{PREFIX}{name}{order}")
    except duckdb.Error as error:
        raise ReportModelError(f"report model {PREFIX}{name}: {error}") from error
    columns = [column[0] for column in result.description]
    if missing := set(_MUST_HAVE.get(name, "").split()) - set(columns):
        raise ReportModelError(f"report model {PREFIX}{name} lacks the columns {sorted(missing)}")
    return tuple(dict(zip(columns, map(_exact, record), strict=True)) for record in result.fetchall())


def _links(connection: Any) -> Rows:
    known = connection.execute(
        "select 1 from information_schema.tables where table_schema = 'marts' and table_name = 'dim_agency_successions'"
    ).fetchone()
    if known is None:
        return ()
    found = connection.execute("select distinct predecessor_code, successor_code from marts.dim_agency_successions")
    return tuple({"predecessor_code": before, "successor_code": after} for before, after in sorted(found.fetchall()))


def _exact(value: Any) -> Any:
    """No floats; texts in NFC and without the control characters that no document format can hold."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", _UNPRINTABLE.sub(" ", value))
    return Decimal(repr(value)) if isinstance(value, float) else value
