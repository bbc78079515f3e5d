"""What a build depends on, as hashes: nothing that matters is missing, nothing volatile is in it.

Lives here: the inputs of a build (accepted files, reference lists, rules, code, parameters, the province's own steps)
and of a collection (the inboxes), as a dictionary of sha256 values, and one fingerprint over them.
Does not live here: comparing them with a build (``builds.py``), or deciding what to run (``road.py``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from expectations import ledger
from expectations.home import Home
from expectations.reference import aliases, editing
from expectations.reference.load import HERE as SHIPPED_REFERENCE
from expectations.rules.version import rule_version
from ingestion.persons import decisions
from orchestration.calendar import ZONE, season
from orchestration.settings import ROOT

STEPS = ("submitted_to_ubnd", "signed", "sent")
SAID_HERE = (*STEPS, decisions.EVENT, editing.EVENT, aliases.CONFIRMED, aliases.WITHDRAWN)
"""What the province itself says in the ledger and a build counts by: its steps, who is one person, edits of lists."""
ROOMS = ("expectations", "ingestion", "reporting", "orchestration")
_CODE = {".py", ".sql", ".yml", ".yaml", ".csv", ".html", ".j2", ".css", ".js", ".docx"}


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest(value: Any) -> str:
    """The sha256 over the canonical JSON of a value, hex."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def of_folder(folder: Path, suffixes: Iterable[str] | None = None) -> str:
    """One sha256 over names and bytes of all files under ``folder`` (of these suffixes); caches are left out."""
    wanted = set(suffixes) if suffixes is not None else None
    ignored = {"__pycache__", "target", "logs", ".user.yml"}
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not ignored & set(path.relative_to(folder).parts)
        and (not wanted or path.suffix in wanted)
    )
    return digest([(str(path.relative_to(folder)), sha256_of(path)) for path in files])


@cache
def code_version(project: Path) -> str:
    """12 hex digits over the sources of the four rooms and of the dbt project that runs."""
    parts = {room: of_folder(ROOT / room, _CODE) for room in ROOMS}
    return digest({**parts, "dbt_project": of_folder(project)})[:12]


def inbox(home: Home) -> dict[str, str]:
    """One hash per year over names and bytes of what lies in its inbox, journal and explanations included."""
    folders = sorted(path for path in (home.root / "inbox").glob("*") if path.is_dir() and path.name.isdigit())
    return {folder.name: digest(_regular_files(folder)) for folder in folders}


def accepted(home: Home) -> dict[str, str]:
    """The sha256 of each accepted file, by ``dataset/year``."""
    files = sorted(home.accepted_root.glob("*/reporting_year=*/data.parquet"))
    return {f"{file.parent.parent.name}/{file.parent.name.partition('=')[2]}": sha256_of(file) for file in files}


def steps(home: Home) -> list[dict[str, Any]]:
    """The province's own steps in the order of the ledger: what the models of CT07 are given."""
    kept = ("event", "reporting_year", "document_number", "happened_on", "at")
    return [{key: line.get(key) for key in kept} for line in ledger.read(home.ledger) if line["event"] in STEPS]


def person_decisions(home: Home) -> list[dict[str, Any]]:
    """What was decided about identities, as the ledger keeps it: the models are given what follows from it."""
    kept = ("seq", "at", "identities", "verdict")
    return [{key: line[key] for key in kept} for line in ledger.read(home.ledger) if line["event"] == decisions.EVENT]


def inputs(
    home: Home, year: int, project: Path, as_known: datetime | None, today: date | None = None
) -> dict[str, Any]:
    """Everything a build that reports ``year`` depends on.

    The clock enters only through the days of the yearly cycle that have passed (``today`` defaults to today in
    Asia/Ho_Chi_Minh): a build stays valid over night, and not over a deadline. An explicit ``as_known`` replaces it.
    """
    day = as_known.astimezone(ZoneInfo(ZONE)).date() if as_known else today or datetime.now(ZoneInfo(ZONE)).date()
    return {
        "accepted": accepted(home),
        "code": code_version(project),
        "rules": rule_version(),
        "reference": digest([of_folder(SHIPPED_REFERENCE, {".csv"}), of_folder(home.reference)]),
        "parameters": {
            "reporting_year": year,
            "as_known": as_known.isoformat() if as_known else None,
            "passed": [] if home.is_sample() and not as_known else season(year, home.reference).passed(day),
            "steps": digest(steps(home)),
            "persons": digest(person_decisions(home)),
        },
    }


def fingerprint(values: dict[str, Any]) -> str:
    """One sha256 over the inputs of a build, hex."""
    return digest(values)


def _regular_files(folder: Path) -> list[tuple[str, str]]:
    files = (path for path in sorted(folder.iterdir()) if path.is_file() and not path.is_symlink())
    return [(path.name, sha256_of(path)) for path in files if not path.name.startswith((".", "~$"))]
