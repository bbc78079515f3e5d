"""Inbox → landing → accepted for one reporting year: every file gets an outcome and a receipt.

Lives here: the order of the steps. Does not live here: any of them (intake, reading, judging, acceptance, receipts),
gate 1 (given as a function) and the lock of the home (the caller holds it).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from expectations import ledger
from expectations.contracts.collection_tables import EXPLANATIONS, FINDINGS, FORM_RETURNS, SUBMISSIONS, columns_of
from expectations.contracts.load import all_contracts
from expectations.findings import Finding, Outcome, by_weight
from expectations.home import Home
from expectations.reference.agencies import AgencyMatch
from expectations.reference.load import read as read_reference
from expectations.rules.compile import compile_all
from expectations.rules.version import rule_version
from ingestion import (
    acceptance,
    across,
    collected,
    comparison,
    examined_json,
    explanations,
    feedback,
    judging,
    pseudonyms,
    receipts,
    vault,
    withdrawals,
    written_agencies,
)
from ingestion import submissions as told
from ingestion.collected import CollectReport, FileResult, Memory
from ingestion.complaints import complaint
from ingestion.examining import Ahead, Examined, Gate, Say, examine
from ingestion.explanations import Explanation
from ingestion.intake import Intake
from ingestion.persons import conflicts, decisions, sightings
from ingestion.reading import YearRead, overlay_of, parameters_of
from ingestion.submissions import Submission
from ingestion.taking_in import taken_in
from ingestion.workbook.jail import Jail
from ingestion.workbook.reasons import with_reasons
from ingestion.workbook.reference import reference_of

if TYPE_CHECKING:
    import duckdb


def collect(
    home: Home,
    year: int,
    *,
    gate: Gate | None,
    now: datetime,
    key: bytes,
    progress: Say | None = None,
    quiet_seconds: float = 10.0,
    ahead: Ahead | None = None,
) -> CollectReport:
    """Take in what lies in `inbox/<year>` and accept what may be accepted. The caller holds the home's lock.

    `gate` is `expectations.gates.submission.check`; without one the same predicates run without Great Expectations.
    `now` carries an offset; `key` makes the pseudonyms; `ahead` is what was begun before, in a vault that is prepared.
    Nothing changed since the last collection: nothing is written.
    Raises OperatorError for a key or layout that cannot be used, and whatever the gate raises when it is void.
    """
    say = progress or (lambda text: None)
    pseudonyms.require_same_key(home, key)
    memory = collected.remembered(home, year)
    if ahead is None:
        vault.prepare(home)
        intake = taken_in(home, year, now, memory, quiet_seconds, say)
    else:
        intake = ahead.intake()
    inputs = collected.inputs_of(home, year, intake, key)
    if memory is not None and memory.inputs == inputs and collected.still_there(home, year):
        return collected.as_unchanged(memory, intake.notes)
    report = _collect(home, year, intake, _examined(home, year, intake, gate, say, ahead), now, key, say)
    collected.remember(home, year, Memory(inputs, intake.seen, report))
    return report


def _examined(home: Home, year: int, intake: Intake, gate: Gate | None, say: Say, ahead: Ahead | None) -> Examined:
    """What is kept of the last time when nothing was received since, what another process found, or our own look."""
    inputs, rules = collected.read_inputs_of(home, intake.received), collected.reading_rules_of(home)
    kept = examined_json.kept(home, year, inputs) if gate is not None else None
    if kept is not None:
        return _as_told_now(kept, intake)
    found = ahead.examined() if ahead is not None else None
    if found is None:
        before = examined_json.before(home, year, rules)
        found = examine(home, year, intake.received, gate, say, before)
    line = examined_json.answer_line(found)  # before anything is concluded: that is written into the submissions
    final = vault.typed_path(home, year)
    examined_json.forget(home, year)
    os.replace(found.database, final)
    examined_json.keep(home, year, inputs if gate is not None else examined_json.UNASKED, rules, line)
    return _as_told_now(replace(found, database=final), intake)


def _as_told_now(examined: Examined, intake: Intake) -> Examined:
    """The examination with what the journal says of each arrival now: letters and approvals come after the file."""
    received = {one.submission_id: one for one in intake.received}
    for one in examined.read.submissions:
        one.received = received[one.id]
    return examined


def _collect(
    home: Home, year: int, intake: Intake, examined: Examined, now: datetime, key: bytes, say: Say
) -> CollectReport:
    read, verdict = examined.read, examined.verdict
    answers, complaints = _answers(home, year, now, read)
    say("accepting")
    connection = vault.open_database(home, examined.database)
    try:
        acceptance.make_identities(connection, all_contracts(), key)
        _judge(connection, home, year, read, verdict, key)
        for one in read.submissions:
            one.answers = tuple(
                answer for answer in answers if answer.agency_code == one.agency_code or one.kind != told.WORKBOOK
            )
        _fill_tables(connection, read.submissions, answers)
        changed = acceptance.write_accepted(connection, home, year)
        sightings.remember(connection, home, year)
    finally:
        connection.close()
    say("receipts")
    _write_answers_to_senders(home, year, read.submissions, intake)
    _tell_ledger(home, read.submissions, now, key)
    notes = (*intake.notes, *complaints)
    files = tuple(_result(home, one, intake) for one in read.submissions)
    return CollectReport(
        year=year, unchanged=False, files=files, notes=notes, changed=tuple(changed), gate=_gate_facts(verdict)
    )


def _judge(
    connection: duckdb.DuckDBPyConnection, home: Home, year: int, read: YearRead, verdict: Any, key: bytes
) -> None:
    """Findings of rows, of one file beside another and of one year beside another; then versions and outcomes."""
    judging.make_kept_out(connection, read.books)
    rules = compile_all(all_contracts(), parameters_of(home))
    found = judging.judge(connection, rules, None if verdict is None else verdict.findings)
    reference = reference_of(home)
    for one in read.submissions:
        own = written_agencies.in_words(connection, reference.registry, found.get(one.id, []))
        if one.id in read.books:
            own = with_reasons(own, read.books[one.id])
        one.findings += [replace(f, file=one.received.file_name, agency_code=one.agency_code) for f in own]
    withdrawals.accept(read.submissions)
    told.link(read.submissions)
    counts = judging.row_counts(connection)
    for one in read.submissions:
        one.rows = counts.get(one.id, {})
    before = {one.id: one.before.id for one in read.submissions if one.before is not None and not one.is_blocked}
    changes = comparison.differences(connection, before)
    for one in read.submissions:
        one.difference = changes.get(one.id)
    across.judge(connection, home, year, read.submissions, reference.registry, reference.judged_on(year, None))
    sightings.make(connection, year, read.submissions, key)
    conflicts.judge(connection, home, year, read.submissions, decisions.standing(decisions.read(home)))
    told.conclude(read.submissions)


def _answers(home: Home, year: int, now: datetime, read: YearRead) -> tuple[list[Explanation], list[Finding]]:
    """The usable explanations with unique agency codes, each told to the ledger once; complaints about the others.

    They come from the inbox's file and from the returned workbooks themselves.
    """
    written = explanations.read(home.explanations(year))
    in_workbooks = [
        answer for one in read.submissions for answer in explanations.from_workbook(one.id, read.books.get(one.id))
    ]
    explanations.record(home, year, [*written.answers, *in_workbooks], now)
    reference = reference_of(home)
    day = reference.judged_on(year, None)

    def body(code: str) -> str:
        found = reference.registry.resolve(code, day)
        return found.agency_code if isinstance(found, AgencyMatch) else code

    answers = [replace(answer, agency_code=body(answer.agency_code)) for answer in written.answers] + in_workbooks
    complaints = [
        complaint(
            "GIAI_TRINH-DONG", "note", {"dong": str(bad.line), "cot": bad.column}, file="explanations.csv", row=bad.line
        )
        for bad in written.bad_lines
    ]
    return answers, complaints


def _fill_tables(
    connection: duckdb.DuckDBPyConnection, submissions: Sequence[Submission], answers: Sequence[Explanation]
) -> None:
    """The temporary tables that acceptance reads."""
    for name, table, rows in (
        ("submission", SUBMISSIONS, told.submission_rows(submissions, rule_version())),
        ("form_return", FORM_RETURNS, told.form_return_rows(submissions)),
        ("finding", FINDINGS, told.finding_rows(submissions)),
        ("explanation", EXPLANATIONS, explanations.rows(answers)),
    ):
        vault.make_table(connection, name, columns_of(table), rows)


def _write_answers_to_senders(home: Home, year: int, submissions: Sequence[Submission], intake: Intake) -> None:
    calendar, rules = _calendar(home, year), collected.reading_rules_of(home)
    with Jail(None) as jail:
        for one in submissions:
            if one.findings:
                _write_feedback(home, one, rules, jail)
            names = intake.same_content.get(one.received.sha256, ())
            page = receipts.render(one, calendar, rule_version(), names, feedback.returned(home, one))
            vault.write_bytes(receipts.path(home, one), page.encode())


def _write_feedback(home: Home, one: Submission, rules: str, jail: Jail) -> None:
    made_of = feedback.fingerprint(one, rules)
    is_new = not feedback.stands(home, one, made_of)
    if is_new:
        vault.write_bytes(feedback.path(home, one), feedback.workbook(one, made_of))
    if one.kind == told.WORKBOOK and (is_new or not feedback.marked_path(home, one).is_file()):
        feedback.mark(home, one, jail)


def _calendar(home: Home, year: int) -> receipts.Calendar:
    rows = [row for row in read_reference("reporting_calendar", overlay_of(home)) if row["reporting_year"] == str(year)]

    def day(name: str) -> date | None:
        return date.fromisoformat(rows[0][name]) if rows and rows[0][name] else None

    return receipts.Calendar(day("last_on_time_on"), day("agency_deadline_on"), day("locks_on"))


def _tell_ledger(home: Home, submissions: Sequence[Submission], now: datetime, key: bytes) -> None:
    """An `accepted` or `rejected` event for each file whose judgement is new or has changed."""
    last: dict[tuple[str, int], dict[str, Any]] = {}
    for line in ledger.read(home.ledger):
        if line["event"] in ("accepted", "rejected"):
            last[line["sha256"], line["year"]] = line
    for one in submissions:
        judgement = {
            "sha256": one.received.sha256,
            "year": one.received.year,
            "kind": one.kind,
            "agency_code": one.agency_code,
            "version": one.version,
            "outcome": str(one.outcome),
            "rows_accepted": one.rows_accepted,
            "rows_rejected": one.rows_rejected,
            "rule_version": rule_version(),
            "key_fingerprint": pseudonyms.fingerprint(key),
        }
        known = last.get((one.received.sha256, one.received.year), {})
        if any(known.get(name) != value for name, value in judgement.items()):
            event = "rejected" if one.outcome is Outcome.REJECTED else "accepted"
            ledger.append(home.ledger, event, at=now, **judgement)


def _result(home: Home, one: Submission, intake: Intake) -> FileResult:
    return FileResult(
        file_name=one.received.file_name,
        sha256=one.received.sha256,
        submission_id=one.id,
        kind=one.kind,
        agency_code=one.agency_code,
        version=one.version,
        outcome=one.outcome,
        received_at=one.received.received_at.isoformat(),
        rows_read=one.rows_read,
        rows_accepted=one.rows_accepted,
        rows_rejected=one.rows_rejected,
        findings=tuple(by_weight(one.findings)),
        receipt=receipts.path(home, one).relative_to(home.root).as_posix(),
        same_content=tuple(intake.same_content.get(one.received.sha256, ())),
    )


def _gate_facts(verdict: Any) -> dict[str, int] | None:
    if verdict is None:
        return None
    return {name: int(getattr(verdict, name)) for name in ("checks_run", "poisons_caught", "submissions")}
