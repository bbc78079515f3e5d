"""What would happen to a file if it were sent: verdict and findings, nothing is landed, accepted or remembered.

Lives here: jail -> interpret (or register reader) -> row rules for files given by hand. Does not live here: gate 1 with
Great Expectations (expectations/gates), the inbox (collect.py), marking a workbook (annotation).
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.contracts.load import all_contracts
from expectations.findings import Finding, Outcome, by_weight, outcome_of
from expectations.home import Home
from expectations.rules.compile import compile_all
from ingestion import judging, vault, written_agencies
from ingestion.inbox import shown
from ingestion.journal import ZONE
from ingestion.reading import parameters_of, prefixes_of
from ingestion.registers.layout import Layout, dataset_of, layouts_of
from ingestion.registers.load import Reader, Register
from ingestion.workbook.answered import Answer, answered_by
from ingestion.workbook.interpret import interpret, refused
from ingestion.workbook.interpreted import Interpreted
from ingestion.workbook.jail import Jail, Job
from ingestion.workbook.reasons import with_reasons
from ingestion.workbook.reference import reference_of
from ingestion.workbook.refusal import Refusal

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class FileVerdict:
    """One file: its name as shown, sha256 ("" when it has no bytes), outcome and findings, heaviest first.

    `annotated` is the file written by `--annotate`, if any.
    """

    file: str
    sha256: str
    outcome: Outcome
    findings: tuple[Finding, ...]
    annotated: Path | None = None

    def to_json(self) -> dict[str, Any]:
        """The keys promised by interface.md § 2."""
        findings = [{k: v for k, v in finding.to_json().items() if k != "file"} for finding in self.findings]
        return {"file": self.file, "sha256": self.sha256, "outcome": str(self.outcome), "findings": findings}


def check(files: Sequence[Path], home: Home | None = None, annotate: Path | None = None) -> list[FileVerdict]:
    """A verdict for every file, in the given order. `home` gives overlay and sample mark; it is not written to.

    A file in the home's inbox is read for that inbox's year, any other for the year its cover states; a register is
    known by its name. With `annotate`, each workbook with findings is written there with every finding marked.
    """
    jobs = {str(number): Job(path, _sha256(path), shown(path.name)) for number, path in enumerate(files)}
    with tempfile.TemporaryDirectory(prefix="nhantai-check-") as folder, Jail(None) as jail:
        place = home or Home(Path(folder) / "no-home")
        found, answers = _findings(jobs, place, Home(Path(folder)), jail)
        return [
            _verdict(job, by_weight(found[number]), annotate, jail, answers.get(number, ()))
            for number, job in jobs.items()
        ]


def _findings(
    jobs: Mapping[str, Job], home: Home, scratch: Home, jail: Jail
) -> tuple[dict[str, list[Finding]], dict[str, tuple[Answer, ...]]]:
    """All findings of the files, and what returned workbooks answer, by their numbers: the scratch submission ids."""
    layouts = layouts_of(home.reference)
    datasets = {number: dataset_of(job.file, layouts) for number, job in jobs.items() if job.sha256}
    workbooks = {number: job for number, job in jobs.items() if not datasets.get(number)}
    read = _read_workbooks(workbooks, home, jail)
    books = {number: book for number, book in read.items() if isinstance(book, Interpreted)}
    found = {number: list(b.findings) if isinstance(b, Interpreted) else [b] for number, b in read.items()}
    vault.prepare(scratch)
    connection = vault.new_typed(scratch, scratch.root / "check.duckdb")
    try:
        vault.add_workbooks(connection, books)
        registers = {number: job for number, job in jobs.items() if number not in workbooks}
        found |= _read_registers(connection, registers, datasets, layouts, home, scratch, jail)
        registry = reference_of(home).registry
        for number, notes in written_agencies.settle(connection, registry).items():
            found[number] += notes
        judging.make_kept_out(connection, books)
        judged = judging.judge(connection, compile_all(all_contracts(), parameters_of(home)))
        judged = {number: written_agencies.in_words(connection, registry, rows) for number, rows in judged.items()}
    finally:
        connection.close()
    for number, rows in judged.items():
        found[number] += with_reasons(rows, books[number]) if number in books else rows
    return found, {number: book.answers for number, book in books.items()}


def _read_workbooks(jobs: Mapping[str, Job], home: Home, jail: Jail) -> dict[str, Interpreted | Finding]:
    reference = reference_of(home)
    read: dict[str, Interpreted | Finding] = {}
    for number, (job, parsed) in zip(jobs, jail.parse_all(jobs.values()), strict=True):
        if isinstance(parsed, Refusal):
            read[number] = refused(parsed, file=job.file, year=_asked_year(job.path, home))
        else:
            read[number] = interpret(
                parsed, _asked_year(job.path, home), reference, all_contracts(), looked_at_on=datetime.now(ZONE).date()
            )
    return read


def _asked_year(path: Path, home: Home) -> int | None:
    folder = path.absolute().parent
    is_year = folder.name.isascii() and folder.name.isdigit()
    return int(folder.name) if is_year and folder == home.inbox(int(folder.name)).absolute() else None


def _read_registers(
    connection: duckdb.DuckDBPyConnection,
    jobs: Mapping[str, Job],
    datasets: Mapping[str, str | None],
    layouts: list[Layout],
    home: Home,
    scratch: Home,
    jail: Jail,
) -> dict[str, list[Finding]]:
    reference = reference_of(home)
    reader = Reader(connection, layouts, reference.lists, prefixes_of(reference), jail, scratch.vault / "spill")
    found = {}
    for number, job in jobs.items():
        register = Register(
            submission_id=number,
            sha256=job.sha256,
            file_name=job.file,
            dataset=str(datasets[number]),
            path=job.path,
            arrived_on=datetime.now(ZONE).date(),
        )
        found[number] = list(reader.read(register).findings)
    vault.add_addresses(connection, reader.addresses)
    return found


def _verdict(
    job: Job, findings: list[Finding], annotate: Path | None, jail: Jail, answers: Sequence[Answer]
) -> FileVerdict:
    written = None
    if annotate is not None and findings:
        from ingestion.annotation.marking import mark_file

        written = mark_file(
            job.path, findings, annotate, jail, name=job.file, answered=lambda found: answered_by(answers, found)
        )
    return FileVerdict(job.file, job.sha256, outcome_of(findings), tuple(findings), written)


def _sha256(path: Path) -> str:
    """The hash of a regular file's bytes, "" for anything else: a pipe would wait for ever."""
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
