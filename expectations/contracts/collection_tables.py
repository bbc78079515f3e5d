"""The tables that collecting itself writes beside the datasets, and the three that a build is given.

Lives here: names, columns (name, DuckDB type, what it is), in order, once for ingestion, dbt sources and docs.
Does not live here: the datasets agencies send (``*.yml``) and how rows get in (ingestion, orchestration).
"""

from __future__ import annotations

from dataclasses import dataclass

_INSTANT = "TIMESTAMP WITH TIME ZONE"
_COUNTS_FROM = "when it was approved among rivals and began to count; empty: from its arrival"


@dataclass(frozen=True)
class Column:
    """One column: its DuckDB type and what it holds."""

    name: str
    type: str
    description: str
    required: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its grain; ``columns`` are in the order of the file."""

    name: str
    grain: str
    columns: tuple[Column, ...]


def _table(name: str, grain: str, *columns: tuple[str, str, str]) -> Table:
    made = (Column(label.rstrip("!"), kind, text, required=label.endswith("!")) for label, kind, text in columns)
    return Table(name, grain, tuple(made))


SUBMISSIONS = _table(
    "submissions",
    "one landed file in one reporting year, rejected ones too",
    ("submission_id!", "VARCHAR", "first 16 hex digits of the file's sha256"),
    ("kind!", "VARCHAR", "workbook, or the register dataset"),
    ("agency_code", "VARCHAR", "the sender; empty for registers and unknown senders"),
    ("version!", "INTEGER", "1, 2, … of this agency (or register file) and year"),
    ("file_name!", "VARCHAR", "name under which the file arrived"),
    ("sha256!", "VARCHAR", "hash of its bytes, its name in landing"),
    ("channel", "VARCHAR", "how it arrived, from the intake journal"),
    ("document_number", "VARCHAR", "number of the signed document, cover or journal"),
    ("document_date", "DATE", "date of the signed document"),
    ("figures_as_of", "DATE", "closing date of the figures as the agency says"),
    ("received_at!", _INSTANT, "when it arrived: the journal's claim, else the landing instant"),
    ("recorded_at!", _INSTANT, "when it was landed"),
    ("superseded_at", _INSTANT, "when the next version that was not rejected arrived, or a rival was approved"),
    ("counts_from", _INSTANT, _COUNTS_FROM),
    ("arrival_claimed!", "BOOLEAN", "the journal claims an earlier arrival than landing saw"),
    ("outcome!", "VARCHAR", "accepted, accepted_with_queries, partly_accepted, rejected"),
    ("rows_accepted!", "BIGINT", "rows that went into accepted"),
    ("rows_rejected!", "BIGINT", "rows kept out"),
    ("blockers!", "BIGINT", "findings that reject the file"),
    ("errors!", "BIGINT", "findings that keep a row out"),
    ("queries!", "BIGINT", "findings that await an answer"),
    ("notes!", "BIGINT", "findings to know"),
    ("template_edition", "VARCHAR", "<year>.<rule version> of the form"),
    ("rule_version!", "VARCHAR", "version of contracts and rules that judged it"),
)

FORM_RETURNS = _table(
    "form_returns",
    "a submission × a form it owes",
    ("submission_id!", "VARCHAR", "the file"),
    ("version!", "INTEGER", "its version"),
    ("received_at!", _INSTANT, "when it arrived"),
    ("recorded_at!", _INSTANT, "when it was landed"),
    ("superseded_at", _INSTANT, "when another version began to count"),
    ("counts_from", _INSTANT, _COUNTS_FROM),
    ("agency_code!", "VARCHAR", "the sender"),
    ("form!", "VARCHAR", "B01, B01b, B02, …"),
    ("state!", "VARCHAR", "filled, nil, missing, not_owed"),
    ("rows_read!", "BIGINT", "data rows found on the sheet"),
    ("rows_accepted!", "BIGINT", "rows that went into accepted"),
    ("rows_rejected!", "BIGINT", "rows kept out"),
)

FINDINGS = _table(
    "findings",
    "a finding of gate 1 in a submission",
    ("submission_id!", "VARCHAR", "the file"),
    ("agency_code", "VARCHAR", "the sender"),
    ("rule!", "VARCHAR", "rule id"),
    ("severity!", "VARCHAR", "blocker, error, query, note"),
    ("dataset", "VARCHAR", "dataset concerned"),
    ("sheet", "VARCHAR", "sheet or file part"),
    ("cell", "VARCHAR", "address, such as C14"),
    ("row", "INTEGER", "row of the sheet or file"),
    ("field", "VARCHAR", "field concerned"),
    ("message!", "VARCHAR", "the sentence in Vietnamese, without values of personal fields"),
    ("received_at!", _INSTANT, "when the file arrived"),
    ("superseded_at", _INSTANT, "when another version began to count"),
    ("counts_from", _INSTANT, _COUNTS_FROM),
    ("explained!", "BOOLEAN", "whether an explanation answers it"),
)

EXPLANATIONS = _table(
    "explanations",
    "an answer of an agency to queries of a rule",
    ("agency_code!", "VARCHAR", "who answers"),
    ("rule!", "VARCHAR", "rule id"),
    ("sheet", "VARCHAR", "empty: every sheet"),
    ("cell", "VARCHAR", "empty: every cell of the rule"),
    ("explanation!", "VARCHAR", "the answer"),
    ("answered_by", "VARCHAR", "office or role that answered"),
    ("answered_at", _INSTANT, "when"),
    ("submission_id", "VARCHAR", "the file it speaks of, if one"),
)

PARAMETERS = _table(
    "parameters",
    "the one row that says what this build reports",
    ("reporting_year!", "INTEGER", "the year reported"),
    ("known_at!", _INSTANT, "nothing that arrived later is in this build"),
    ("known_on!", "DATE", "its day in Asia/Ho_Chi_Minh"),
    ("rule_version!", "VARCHAR", "version of contracts, rules and indicators"),
    ("code_version!", "VARCHAR", "version of the code"),
)

PROVINCE_STEPS = _table(
    "province_steps",
    "a step of the province itself, from the ledger",
    ("reporting_year!", "INTEGER", "the year whose report it is about"),
    ("event!", "VARCHAR", "submitted_to_ubnd, signed, sent"),
    ("document_number", "VARCHAR", "number of the document"),
    ("happened_on!", "DATE", "the day it happened"),
    ("recorded_at!", _INSTANT, "when the ledger learned of it"),
)

PERSON_LINKS = _table(
    "person_links",
    "a signed, undoable decision that two identities are one person",
    ("identity_key!", "VARCHAR", "the identity"),
    ("person_key!", "VARCHAR", "the person it belongs to"),
    ("valid_from_record!", _INSTANT, "known since"),
    ("undone_at", _INSTANT, "undone at"),
)

COLLECTION_TABLES: tuple[Table, ...] = (SUBMISSIONS, FORM_RETURNS, FINDINGS, EXPLANATIONS)
BUILD_TABLES: tuple[Table, ...] = (PARAMETERS, PROVINCE_STEPS, PERSON_LINKS)


def columns_of(table: Table) -> list[tuple[str, str]]:
    """The columns (name, DuckDB type), in order."""
    return [(column.name, column.type) for column in table.columns]
