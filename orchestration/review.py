"""Gate 2 on a build: gather what the judge needs, let it judge, write the verdict beside the build.

Lives here: who is asked (recount, dbt tests, owed agencies), and that any exception closes the gate.
Does not live here: what is judged and how (``expectations/gates/publication.py``).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from expectations.builds import BuildRecord, find, write_json
from expectations.findings import Finding, Severity, by_weight
from expectations.home import Home
from expectations.rules.version import rule_version
from orchestration import faults, fingerprints, lock, persons
from orchestration.warehouse import province_steps


def review_build(home: Home, year: int, build_id: str | None = None) -> dict[str, Any]:
    """Judge the newest build of a year (or ``build_id``), write its ``gate.json`` and return it.

    The gate is closed by any finding that blocks, and by any exception on the way: it never passes on nothing.
    """
    with lock.hold(home, f"review {year}"):
        build = find(home, year, build_id)
        gate = _judged(home, build)
        write_json(build.path / "gate.json", gate)
        return gate


def _judged(home: Home, build: BuildRecord) -> dict[str, Any]:
    try:
        verdict = _ask(home, build)
        is_open, checks_run, findings = verdict.open, verdict.checks_run, list(verdict.findings)
    except Exception as error:  # whatever went wrong, nothing may be published on it
        faults.record(error, home)
        is_open, checks_run, findings = False, 0, [_fault(error)]
    return {
        "build_id": build.build_id,
        "reporting_year": build.year,
        "open": bool(is_open),
        "checks_run": checks_run,
        "findings": [finding.to_json() for finding in by_weight(findings)],
        "rule_version": rule_version(),
        "manifest_sha256": fingerprints.sha256_of(build.path / "manifest.json"),
        "warehouse_hash": fingerprints.sha256_of(build.warehouse),
        "inputs_fingerprint": build.manifest["fingerprint"],
    }


def _ask(home: Home, build: BuildRecord) -> Any:
    from expectations.gates.publication import review
    from expectations.indicators.load import all_indicators

    return review(
        build.warehouse,
        all_indicators(),
        expected_agencies=expected_agencies(build),
        recount=recounted(home, build),
        printed=printed_again(home, build),
        dbt_tests=build.manifest["tests"],
        undecided=persons.undecided(home),
    )


def recounted(home: Home, build: BuildRecord) -> list[dict[str, Any]]:
    """The headline figures, counted a second time from accepted as this build knew it."""
    from reporting.recount import recount

    return recount(accepted_of(home, build), build.path / "reference", _parameters(home, build))


def printed_again(home: Home, build: BuildRecord) -> list[dict[str, Any]]:
    """The numbers of annex IX and of the sentences about its forms, counted a second time likewise."""
    from reporting.recount import recount_printed

    return recount_printed(accepted_of(home, build), build.path / "reference", _parameters(home, build))


def _parameters(home: Home, build: BuildRecord) -> dict[str, Any]:
    known_at = datetime.fromisoformat(build.manifest["known_at"])
    return {
        "reporting_year": build.year,
        "known_at": known_at,
        "province_steps": province_steps(home, known_at),
        "person_decisions": fingerprints.person_decisions(home),
    }


def accepted_of(home: Home, build: BuildRecord) -> Path:
    """What the build read: the home's accepted rows, or those that were collected again for it."""
    again = build.path / "accepted"
    return again if again.is_dir() else home.accepted_root


def expected_agencies(build: BuildRecord) -> list[str]:
    """The agencies that owe the year, from the reference lists alone, as this build knew them."""
    from ingestion.template.owed import senders

    return [sender.agency_code for sender in senders(build.year, build.path / "reference")]


def _fault(error: Exception) -> Finding:
    return Finding(
        rule="GATE-EXCEPTION",
        severity=Severity.BLOCKER,
        message=f"Cổng 2 không chạy hết được ({type(error).__name__}); không phát hành trên kết quả này.",
        expected="mọi kiểm tra chạy xong",
        fix="báo người vận hành; chi tiết trong nhật ký",
    )
