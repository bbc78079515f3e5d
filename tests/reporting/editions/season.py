"""A home with a gated, approved build in it, made by hand: what `publish` finds when called. Not a pytest module."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expectations import ledger
from expectations.home import Home
from tests.reporting import report_tables

YEAR = 2025
APPROVED_AT = "2025-12-10T16:30:00+07:00"


def sha256(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@dataclass(frozen=True)
class Season:
    """A home and the id of the build made last."""

    home: Home
    build_id: str

    @property
    def build(self) -> Path:
        """The folder of the build."""
        return self.home.build(self.build_id)


def make(root: Path, number: int = 1, *, gated: bool = True, approved: bool = True, **changes: Any) -> Season:
    """Put a build into a home (new or not), reviewed and approved unless told otherwise."""
    home = Home(root)
    fingerprint = hashlib.sha256(f"{number}".encode()).hexdigest()
    season = Season(home, f"{YEAR}-{number:04d}-{fingerprint[:8]}")
    season.build.mkdir(parents=True)
    warehouse = report_tables.write(season.build / "warehouse.duckdb", **changes)
    manifest = {
        "build_id": season.build_id, "reporting_year": YEAR, "known_at": "2025-12-10T09:00:00+07:00",
        "inputs": {"accepted": fingerprint, "code": "c0ffee123456", "rules": "00aa11bb22cc"},
        "inputs_fingerprint": fingerprint, "warehouse_sha256": sha256(warehouse),
    }  # fmt: skip
    (season.build / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    if gated:
        review(season)
    if approved:
        approve(season)
    return season


def review(season: Season, *, is_open: bool = True, **changes: Any) -> None:
    """Write the verdict of gate 2 about the build as it lies there."""
    manifest = json.loads((season.build / "manifest.json").read_text(encoding="utf-8"))
    findings = [] if is_open else [{"rule": "YEAR-AGENCY-MISSING", "severity": "blocker", "message": "Còn thiếu."}]
    gate = {
        "build_id": season.build_id, "reporting_year": YEAR, "open": is_open, "checks_run": 40, "findings": findings,
        "rule_version": "00aa11bb22cc", "manifest_sha256": sha256(season.build / "manifest.json"),
        "warehouse_hash": sha256(season.build / "warehouse.duckdb"),
        "inputs_fingerprint": manifest["inputs_fingerprint"],
    }  # fmt: skip
    (season.build / "gate.json").write_text(json.dumps(gate | changes), encoding="utf-8")


def approve(season: Season, by: str = "Người ký mẫu") -> None:
    """A person approves the manifest of the build."""
    wanted = sha256(season.build / "manifest.json")
    ledger.append(
        season.home.ledger, "approved", at=APPROVED_AT, reporting_year=YEAR, build_id=season.build_id, by=by,
        manifest_sha256=wanted,
    )  # fmt: skip


def bytes_of(folder: Path) -> dict[str, str]:
    """Every file under a folder by its hash."""
    return {p.relative_to(folder).as_posix(): sha256(p) for p in sorted(folder.rglob("*")) if p.is_file()}
