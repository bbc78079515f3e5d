"""Publish and draft: from a gated, approved build to the next edition, by rename; the published one is never half
replaced.

Lives here: who may pass (gate, hash, approval, ledger: all read again, whoever calls), the numbering, the swap.
Does not live here: rendering (``public``, ``publication.marts``) or judging (``expectations.gates``).
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from expectations import ledger
from expectations.builds import BuildRecord, find
from expectations.findings import Finding, Severity
from expectations.home import Home
from reporting.publication import manifest
from reporting.publication.facts import Edition, EditionFacts, NotPublishable
from reporting.publication.marts import export_marts

__all__ = ["Edition", "NotPublishable", "draft", "publish"]


def publish(home: Home, year: int, build_id: str | None = None) -> Edition:
    """Make the next edition of `year` from its newest build (or `build_id`) and point `current` at it.

    Raises NotPublishable (with findings) unless gate 2 is open for exactly these bytes, the ledger's chain holds and a
    person has approved this manifest. A build whose inputs are those of the current edition publishes nothing new.
    """
    build = find(home, year, build_id)
    gate = _checked_gate(build)
    approval = _approval(home, build)
    _clear_leftovers(home, year)
    if (kept := _current_with(home, year, gate)) is not None:
        return kept
    facts = _facts(build, gate, _next_number(home, year), approval)
    folder = _render(home.publication(year) / f".next-{os.getpid()}", build, gate, facts)
    target = home.edition(year, facts.number)
    folder.rename(target)
    _swap(home.current(year), target)
    edition = Edition(facts.number, target, manifest.sha256_of(target / manifest.NAME))
    _record(home, year, edition, build.build_id)
    return edition


def draft(home: Home, year: int, build_id: str | None = None) -> Path:
    """Render what would be published into the build's `draft` folder, marked as a draft. Raises NotPublishable for a
    closed gate.
    """
    build = find(home, year, build_id)
    gate = _checked_gate(build)
    target = build.path / "draft"
    if target.is_dir():
        return target
    folder = _render(build.path / f".draft-{os.getpid()}", build, gate, _facts(build, gate, 0, None))
    folder.rename(target)
    return target


def _checked_gate(build: BuildRecord) -> dict[str, Any]:
    """The verdict of this very build: open, and about the bytes that lie here now (G01, G02, G09)."""
    gate = build.gate
    if gate is None:
        raise _refused("YEAR-NOT-REVIEWED", f"Bản dựng {build.build_id} chưa qua cổng 2", "chạy nhantai review")
    if not gate["open"]:
        raise _refused(
            "YEAR-GATE-CLOSED",
            f"Cổng 2 đang đóng với bản dựng {build.build_id}",
            "xem nhantai review",
            gate["findings"],
        )
    actual = (build.build_id, manifest.sha256_of(build.path / manifest.NAME), manifest.sha256_of(build.warehouse))
    if actual != (gate["build_id"], gate["manifest_sha256"], gate["warehouse_hash"]):
        raise _refused(
            "YEAR-BUILD-CHANGED",
            f"Bản dựng {build.build_id} đã khác với bản được cổng 2 kiểm tra",
            "dựng và kiểm tra lại",
        )
    return gate


def _approval(home: Home, build: BuildRecord) -> dict[str, Any]:
    if problems := ledger.verify(home.ledger):
        raise _refused("YEAR-LEDGER-BROKEN", f"Nhật ký bị thay đổi: {problems[0]}", "chạy nhantai verify")
    wanted = manifest.sha256_of(build.path / manifest.NAME)
    for line in reversed(ledger.read(home.ledger)):
        if line["event"] == "approved" and line.get("manifest_sha256") == wanted:
            return line
    raise _refused("YEAR-NOT-APPROVED", f"Chưa có người phê duyệt bản dựng {build.build_id}", "chạy nhantai approve")


def _facts(build: BuildRecord, gate: dict[str, Any], number: int, approval: dict[str, Any] | None) -> EditionFacts:
    return EditionFacts(
        year=build.year,
        number=number,
        build_id=build.build_id,
        known_at=build.manifest["known_at"],
        code_version=build.manifest["inputs"]["code"],
        rule_version=gate["rule_version"],
        approved_by=approval["by"] if approval else None,
        approved_at=approval["at"] if approval else None,
    )


def _render(folder: Path, build: BuildRecord, gate: dict[str, Any], facts: EditionFacts) -> Path:
    """Everything of an edition into `folder`, the manifest last, all of it on the disk when this returns."""
    from reporting import signoff
    from reporting.public import write_public

    shutil.rmtree(folder, ignore_errors=True)
    (folder / "public").mkdir(parents=True)
    write_public(build.warehouse, folder / "public", facts)
    export_marts(build.warehouse, folder / "internal")
    signoff.write_internal(build.warehouse, folder / "internal", facts)
    manifest.write(folder, manifest.describe(folder, facts, build, gate))
    for path in (*folder.rglob("*"), folder):
        _sync(path)
    return folder


def _current_with(home: Home, year: int, gate: dict[str, Any]) -> Edition | None:
    """The current edition when it was made from the same inputs; a crash before its ledger line is made good."""
    current = home.current(year)
    if not current.exists():
        return None
    folder = current.resolve()
    made = manifest.read(folder)
    if made["gate"]["inputs_fingerprint"] != gate["inputs_fingerprint"]:
        return None
    edition = Edition(int(made["edition"]), folder, manifest.sha256_of(folder / manifest.NAME), is_new=False)
    _record(home, year, edition, made["build"]["build_id"])
    return edition


def _published(home: Home, year: int) -> set[int]:
    lines = ledger.read(home.ledger)
    return {int(line["edition"]) for line in lines if line["event"] == "published" and line["reporting_year"] == year}


def _next_number(home: Home, year: int) -> int:
    folders = [int(path.name) for path in home.publication(year).glob("[0-9]*") if path.name.isdigit()]
    return max([*folders, *_published(home, year)], default=0) + 1


def _clear_leftovers(home: Home, year: int) -> None:
    """Throw away what a crash left: half rendered folders, and an edition that `current` never pointed at and no line
    names.
    """
    home.publication(year).mkdir(parents=True, exist_ok=True)
    for path in home.publication(year).glob(".next-*"):
        shutil.rmtree(path, ignore_errors=True)
    home.current(year).with_name(".current").unlink(missing_ok=True)
    pointed = home.current(year).resolve() if home.current(year).exists() else None
    for path in home.publication(year).glob("[0-9]*"):
        if path.name.isdigit() and path.resolve() != pointed and int(path.name) not in _published(home, year):
            shutil.rmtree(path)


def _record(home: Home, year: int, edition: Edition, build_id: str) -> None:
    if edition.edition not in _published(home, year):
        said: dict[str, Any] = {
            "edition": edition.edition,
            "build_id": build_id,
            "manifest_sha256": edition.manifest_sha256,
        }
        ledger.append(home.ledger, "published", reporting_year=year, **said)


def _swap(link: Path, target: Path) -> None:
    """Point `current` at the new folder in one step: readers find the old edition or the new one."""
    _sync(target.parent)
    beside = link.with_name(".current")
    beside.unlink(missing_ok=True)
    beside.symlink_to(target.name)
    os.replace(beside, link)
    _sync(link.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refused(rule: str, message: str, fix: str, findings: list[dict[str, Any]] | None = None) -> NotPublishable:
    """Why nothing was published, with the findings that closed the gate."""
    why = Finding(
        rule=rule,
        severity=Severity.BLOCKER,
        message=message + ".",
        expected="bản dựng đã qua cổng 2 và được phê duyệt",
        fix=fix,
    )
    names = set(Finding.__dataclass_fields__)
    rest = [Finding(**{key: value for key, value in item.items() if key in names}) for item in findings or []]
    return NotPublishable(message, [why, *rest])
