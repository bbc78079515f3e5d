"""What would happen to a file if it were sent: verdict and findings, nothing is landed, accepted or remembered.

Lives here: jail -> interpret -> row rules for files given by hand. Does not live here: gate 1 with Great Expectations
(expectations/gates), the inbox (collect.py), marking a workbook (annotation).
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expectations.contracts.load import all_contracts
from expectations.findings import Finding, Outcome, by_weight, outcome_of
from expectations.home import Home
from expectations.rules.compile import compile_all
from expectations.rules.parameters import from_reference
from ingestion import judging, vault
from ingestion.inbox import shown
from ingestion.workbook.interpret import interpret, refused
from ingestion.workbook.interpreted import Interpreted
from ingestion.workbook.jail import Jail, Job
from ingestion.workbook.reasons import with_reasons
from ingestion.workbook.reference import reference_of
from ingestion.workbook.refusal import Refusal


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

    The reporting year is the one a file's cover states. With `annotate`, each workbook with findings is written there
    with every finding marked.
    """
    jobs = [Job(path, _sha256(path), shown(path.name)) for path in files]
    with tempfile.TemporaryDirectory(prefix="nhantai-check-") as folder, Jail(None) as jail:
        read = [_interpreted(job, found, home) for job, found in jail.parse_all(jobs)]
        books = {str(number): book for number, book in enumerate(read) if isinstance(book, Interpreted)}
        by_row = _row_findings(books, home, Path(folder))
        verdicts = []
        for number, (job, book) in enumerate(zip(jobs, read, strict=True)):
            findings = [book] if isinstance(book, Finding) else [*book.findings, *by_row[str(number)]]
            verdicts.append(_verdict(job, by_weight(findings), annotate, jail))
    return verdicts


def _interpreted(job: Job, found: Any, home: Home | None) -> Interpreted | Finding:
    if isinstance(found, Refusal):
        return refused(found, file=job.file, year=None)
    return interpret(found, None, reference_of(home), all_contracts())


def _row_findings(books: dict[str, Interpreted], home: Home | None, folder: Path) -> dict[str, list[Finding]]:
    if not books:
        return {}
    overlay = home.reference if home is not None and home.reference.is_dir() else None
    parameters = from_reference(overlay, is_sample=home is not None and home.is_sample())
    rules = compile_all([c for c in all_contracts() if c.channel == "workbook"], parameters)
    temporary = Home(folder)
    vault.prepare(temporary)
    connection = vault.new_typed(temporary, folder / "check.duckdb")
    try:
        vault.add_workbooks(connection, books)
        judging.make_kept_out(connection, books)
        found = judging.judge(connection, rules)
        return {submission: with_reasons(found.get(submission, ()), book) for submission, book in books.items()}
    finally:
        connection.close()


def _verdict(job: Job, findings: list[Finding], annotate: Path | None, jail: Jail) -> FileVerdict:
    written = None
    if annotate is not None and findings:
        from ingestion.annotation.marking import mark_file

        written = mark_file(job.path, findings, annotate, jail, name=job.file)
    return FileVerdict(job.file, job.sha256, outcome_of(findings), tuple(findings), written)


def _sha256(path: Path) -> str:
    """The hash of a regular file's bytes, "" for anything else: a pipe would wait for ever."""
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
