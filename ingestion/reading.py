"""All landed files of a year into one typed relation: workbooks by way of the jail, registers by way of DuckDB.

Lives here: which file is what, and the submissions as reading leaves them. Does not live here: how either is read
(workbook, registers), row rules (judging.py), outcomes (submissions.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from expectations.contracts.load import all_contracts
from expectations.findings import Finding
from expectations.home import Home
from expectations.rules.parameters import RuleParameters, from_reference
from ingestion import vault, written_agencies
from ingestion.complaints import complaint
from ingestion.journal import ZONE
from ingestion.landing import Received
from ingestion.read_before import ReadBefore
from ingestion.registers.layout import Layout, dataset_of, format_of, layouts_of, stem_of
from ingestion.registers.load import Reader, Register
from ingestion.submissions import WORKBOOK, Submission
from ingestion.workbook.interpret import interpret, refused
from ingestion.workbook.interpreted import Interpreted
from ingestion.workbook.jail import Jail, Job
from ingestion.workbook.reference import ReadingReference, reference_of
from ingestion.workbook.refusal import Refusal


@dataclass
class YearRead:
    """What reading gave: submissions in the order of arrival; `books` are the workbooks that have typed rows, by id."""

    submissions: list[Submission]
    books: dict[str, Interpreted] = field(default_factory=dict)


def overlay_of(home: Home) -> Path | None:
    """The home's overlay on the reference lists, if it has one."""
    return home.reference if home.reference.is_dir() else None


def parameters_of(home: Home) -> RuleParameters:
    """What the rules of this home are compiled with."""
    return from_reference(overlay_of(home), is_sample=home.is_sample())


def read_year(
    home: Home,
    year: int,
    received: Sequence[Received],
    database: Path,
    progress: Callable[[str], None],
    before: ReadBefore | None = None,
) -> YearRead:
    """Make the typed database anew from landed bytes. Every file becomes a submission; no file stops another.

    `before` is what was read by the same rules: files that are in it are taken over.
    """
    layouts = layouts_of(home.reference)
    known = before.of(received) if before is not None else {}
    result = YearRead([_submission(one, layouts, known) for one in received])
    new = [one for one in result.submissions if one.received.sha256 not in known]
    connection = vault.new_typed(home, database)
    try:
        reference = reference_of(home)
        with Jail(home.vault / "parsed") as jail:
            _workbooks(home, year, new, reference, jail, result, progress)
            vault.add_workbooks(connection, result.books)
            reader = Reader(connection, layouts, reference.lists, prefixes_of(reference), jail, home.vault / "spill")
            for one in new:
                if one.kind != WORKBOOK:
                    progress(f"reading {one.received.file_name}")
                    _register(home, one, reader)
            vault.add_addresses(connection, reader.addresses)
        notes = written_agencies.settle(connection, reference.registry)
        for one in new:
            one.findings += _addressed(notes.get(one.id, []), one)
        if before is not None and known:
            taken = [one.id for one in known.values()]
            vault.take_over(connection, before.database, taken)
            result.books.update({sid: before.books[sid] for sid in taken if sid in before.books})
    finally:
        connection.close()
    return result


def _workbooks(
    home: Home,
    year: int,
    new: Sequence[Submission],
    reference: ReadingReference,
    jail: Jail,
    result: YearRead,
    progress: Callable[[str], None],
) -> None:
    """Read the workbooks among the new files."""
    jobs, by_hash = [], {}
    for one in new:
        if one.kind == WORKBOOK and _is_nameless_register(one):
            one.findings = [_refused(one, "TEP-KHONG_RO_SO")]
        elif one.kind == WORKBOOK:
            jobs.append(_job(home, one.received))
            by_hash[one.received.sha256] = one
    for index, (job, parsed) in enumerate(jail.parse_all(jobs), start=1):
        progress(f"reading workbook {index} of {len(jobs)}")
        _understand(by_hash[job.sha256], parsed, year, reference, result)


def _submission(one: Received, layouts: Sequence[Layout], known: Mapping[str, Submission]) -> Submission:
    if one.sha256 in known:
        return replace(known[one.sha256], received=one)
    kind = dataset_of(one.file_name, layouts) or WORKBOOK
    return Submission(received=one, kind=kind, stem="" if kind == WORKBOOK else stem_of(one.file_name))


def _job(home: Home, one: Received) -> Job:
    return Job(path=home.landing / one.sha256, sha256=one.sha256, file=one.file_name)


def _understand(one: Submission, parsed: object, year: int, reference: ReadingReference, result: YearRead) -> None:
    """Fill a workbook's submission; only one without a blocker goes on to the typed relation."""
    if isinstance(parsed, Refusal):
        one.findings = [refused(parsed, file=one.received.file_name, year=year)]
        return
    arrived = one.received.received_at.astimezone(ZONE).date()
    book = interpret(parsed, year, reference, all_contracts(), received_on=arrived)  # type: ignore[arg-type]
    one.findings = _addressed(book.findings, one)
    one.agency_code = book.agency_code
    body = reference.registry.bodies.get(book.agency_code or "")
    one.agency_name = body["name_vi"] if body is not None else None
    one.template_edition = book.template_edition
    one.document_number = book.cover.get("document_number")
    one.document_date = book.cover.get("document_date")
    one.figures_as_of = book.cover.get("figures_as_of")
    one.prepared_by = book.cover.get("prepared_by")
    one.forms = book.forms
    if not book.is_blocked and book.agency_code is not None:
        result.books[one.id] = book


def _register(home: Home, one: Submission, reader: Reader) -> None:
    read = reader.read(
        Register(
            submission_id=one.id,
            sha256=one.received.sha256,
            file_name=one.received.file_name,
            dataset=one.kind,
            path=home.landing / one.received.sha256,
            arrived_on=one.received.received_at.astimezone(ZONE).date(),
        )
    )
    one.findings = _addressed(read.findings, one)
    one.lost_lines = read.lost_lines


def _is_nameless_register(one: Submission) -> bool:
    """A csv or parquet file whose name says no dataset: no form comes that way."""
    return format_of(one.received.file_name) in ("csv", "parquet")


def _refused(one: Submission, rule: str) -> Finding:
    facts = {"ten_tep": one.received.file_name}
    found = complaint(rule, "blocker", facts, file=one.received.file_name, submission_id=one.id)
    return replace(found, reporting_year=one.received.year)


def _addressed(findings: Sequence[Finding], one: Submission) -> list[Finding]:
    return [
        replace(found, submission_id=one.id, file=one.received.file_name, reporting_year=one.received.year)
        for found in findings
    ]


def prefixes_of(reference: ReadingReference) -> tuple[str, ...]:
    """Digits 1–3 that a cccd may have in this home."""
    return tuple(sorted(reference.allowed_prefixes))
