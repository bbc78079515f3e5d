"""What a collection found, and the memory that lets the next one see that nothing changed.

Lives here: CollectReport, its JSON in the vault, the fingerprint of everything a collection depends on.
Does not live here: collecting (collect.py).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import expectations
import ingestion
from expectations.contracts.collection_tables import COLLECTION_TABLES
from expectations.contracts.load import all_contracts, names
from expectations.findings import Finding, Outcome, Severity
from expectations.home import Home
from expectations.rules.version import rule_version
from ingestion import pseudonyms, vault
from ingestion.intake import Intake, Seen
from ingestion.landing import Received
from ingestion.persons import decisions, sightings

_CODE = {".py", ".sql", ".yml", ".csv", ".html"}


@dataclass(frozen=True, kw_only=True)
class FileResult:
    """One landed file: outcome, row ledger (read = accepted + rejected), findings, receipt (path under the home)."""

    file_name: str
    sha256: str
    submission_id: str
    kind: str
    agency_code: str | None
    version: int
    outcome: Outcome
    received_at: str
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    findings: tuple[Finding, ...]
    receipt: str
    same_content: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CollectReport:
    """A collection: every landed file of the year in the order of arrival; `notes` speak of names in the inbox.

    `unchanged`: nothing was read or written. `changed`: accepted datasets whose bytes changed. `gate`: what gate 1
    says of itself (checks_run, poisons_caught, submissions), empty without a gate.
    """

    year: int
    unchanged: bool
    files: tuple[FileResult, ...]
    notes: tuple[Finding, ...]
    changed: tuple[str, ...] = ()
    gate: dict[str, int] | None = None

    def outcomes(self) -> dict[str, int]:
        """How many files have each outcome, zeros too."""
        return {str(each): sum(one.outcome is each for one in self.files) for each in Outcome}


@dataclass(frozen=True)
class Memory:
    """The last collection of a year: fingerprint of its inputs, hashes of inbox files, its report."""

    inputs: str
    seen: Seen
    report: CollectReport


def remembered(home: Home, year: int) -> Memory | None:
    """The memory of a year, or None when there is none that can be read."""
    try:
        record = json.loads(_path(home, year).read_text(encoding="utf-8"))
        seen = {name: (signature, sha256) for name, (signature, sha256) in record["seen"].items()}
        return Memory(record["inputs"], seen, _report(record["report"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(home: Home, year: int, memory: Memory) -> None:
    """Write the memory whole; it is the last thing a collection writes."""
    path = _path(home, year)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temp = path.with_name(f".{path.name}.next")
    temp.write_text(json.dumps(asdict(memory), ensure_ascii=False, default=str), encoding="utf-8")
    temp.chmod(0o600)
    os.replace(temp, path)


def still_there(home: Home, year: int) -> bool:
    """Whether everything a collection leaves behind for the build is on the disk."""
    tables = [*names(), *(table.name for table in COLLECTION_TABLES)]
    kept = (vault.typed_path(home, year), sightings.path_of(home, year))
    return all(path.is_file() for path in kept) and all(home.accepted(name, year).is_file() for name in tables)


def inputs_of(home: Home, year: int, intake: Intake, key: bytes) -> str:
    """One hash over all that decides what a collection writes; clocks and places are not in it."""
    parts = {
        "read": read_inputs_of(home, intake.received),
        "journal": [
            (one.channel, one.document_number, one.sent_by, one.approved_by, str(one.approved_at))
            for one in intake.received
        ],
        "same_content": intake.same_content,
        "explanations": _hash_file(home.explanations(year)),
        "year_before": [
            _hash_file(home.accepted(name, year - 1))
            for name in ("submissions", "recruitment_register", *(each.name for each in all_contracts() if each.sheet))
        ],
        "persons": [_hash_file(path) for path in sightings.paths(home, before=year)],
        "decided": [(one.number, one.identities, one.verdict) for one in decisions.read(home)],
        "key": pseudonyms.fingerprint(key),
    }
    return _hash(parts)


def read_inputs_of(home: Home, received: Iterable[Received]) -> str:
    """One hash over all that decides what reading finds and gate 1 says: the year's own files and the rules."""
    parts = {
        "received": [(one.sha256, one.file_name, one.received_at.isoformat(), one.seq) for one in received],
        "rules": reading_rules_of(home),
    }
    return _hash(parts)


def reading_rules_of(home: Home) -> str:
    """One hash over all that decides what is read in a file, beside the file: rules, code, lists."""
    parts = {
        "rules": rule_version(),
        "code": _code_hash(),
        "overlay": _hash_files(p for p in home.reference.rglob("*") if p.suffix in {".csv", ".yml"}),
        "sample": home.is_sample(),
    }
    return _hash(parts)


def as_unchanged(memory: Memory, notes: Iterable[Finding]) -> CollectReport:
    """The remembered report as the result of a collection that had nothing to do."""
    return replace(memory.report, unchanged=True, changed=(), notes=tuple(notes))


@cache
def _code_hash() -> str:
    """The sources of the two rooms that decide how bytes become rows, shipped reference lists and layouts included."""
    rooms = [Path(str(room.__file__)).parent for room in (expectations, ingestion)]
    return _hash_files(path for room in rooms for path in room.rglob("*") if path.suffix in _CODE)


def _hash(parts: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _hash_files(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.name}\0{_hash_file(path)}\0".encode())
    return digest.hexdigest()


def _hash_file(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _path(home: Home, year: int) -> Path:
    return home.vault / "collected" / f"{year}.json"


def _report(record: dict[str, Any]) -> CollectReport:
    files = tuple(_file(one) for one in record["files"])
    notes = tuple(_finding(one) for one in record["notes"])
    return CollectReport(**{**record, "files": files, "notes": notes, "changed": tuple(record["changed"])})


def _file(record: dict[str, Any]) -> FileResult:
    findings = tuple(_finding(one) for one in record["findings"])
    return FileResult(
        **{
            **record,
            "outcome": Outcome(record["outcome"]),
            "findings": findings,
            "same_content": tuple(record["same_content"]),
        }
    )


def _finding(record: dict[str, Any]) -> Finding:
    return Finding(**{**record, "severity": Severity(record["severity"])})
