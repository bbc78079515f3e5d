"""One dbt invocation turns what is accepted into a frozen warehouse; a build is whole or it is not there.

Lives here: preparing ``build/.next``, the one dbtRunner call, what became of its nodes, the manifest, the rename.
Does not live here: what is computed (``dbt_project/``), what it depends on (``fingerprints.py``), who judges it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from expectations import ledger
from expectations.builds import BuildRecord, next_id, write_json
from expectations.errors import OperatorError
from expectations.home import Home
from orchestration import fingerprints, lock, transform
from orchestration.calendar import ZONE, season
from orchestration.transform import DbtRun

Progress = Callable[[str], None]


class BuildFailed(Exception):
    """A model could not be built: a fault of ours, never of the data. Nothing of the build is kept."""

    exit_code = 4


def build_warehouse(
    home: Home, year: int, as_known: datetime | None = None, *, project: Path, progress: Progress | None = None
) -> BuildRecord:
    """Build the warehouse that reports ``year`` from all accepted years, as known at ``as_known`` (default: now).

    Always a new build. Failed dbt tests leave a build behind that gate 2 will close; a failed model leaves none
    (BuildFailed). OperatorError when the home is held by another run or the disk is too small.
    """
    season(year, home.reference)
    with lock.hold(home, f"build {year}"):
        require_space(home)
        inputs = fingerprints.inputs(home, year, project, as_known)
        known_at = as_known or default_known_at(home)
        prepare(home, year, known_at, inputs)
        try:
            recollect(home, known_at)
            result = transform.build(home, project, progress)
            if result.broken:
                raise BuildFailed(f"dbt could not build {', '.join(result.broken[:3])}: {result.reason}")
            return close(home, year, known_at, inputs, result)
        except BaseException:
            shutil.rmtree(home.next_build, ignore_errors=True)
            raise


def default_known_at(home: Home) -> datetime:
    """Now, frozen at the start; in a sample home the last arrival, so that a season looks the same anywhere."""
    now = datetime.now(ZoneInfo(ZONE))
    if not home.is_sample():
        return now
    arrivals = [line["received_at"] for line in ledger.read(home.ledger) if line["event"] == "received"]
    said = [line["at"] for line in ledger.read(home.ledger) if line["event"] in fingerprints.SAID_HERE]
    return max((datetime.fromisoformat(at) for at in arrivals + said), default=now).astimezone(ZoneInfo(ZONE))


def require_space(home: Home) -> None:
    """Refuse before anything is written: a build takes at most about six times what is accepted, and some room."""
    accepted = sum(file.stat().st_size for file in home.accepted_root.rglob("*.parquet"))
    needs, has = 6 * accepted + 200_000_000, shutil.disk_usage(home.root).free
    if has < needs:
        raise OperatorError(f"not enough disk for a build in {home.root}: needs {_gb(needs)}, has {_gb(has)}")


def prepare(home: Home, year: int, known_at: datetime, inputs: dict[str, Any]) -> None:
    """Lay out ``build/.next`` afresh: reference lists, parameters, the province's steps, person links."""
    from ingestion import build_inputs
    from ingestion.persons import decisions

    folder = home.next_build
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    lay_out_reference(home, known_at)
    parameters = {
        "reporting_year": year,
        "known_at": known_at,
        "known_on": known_at.astimezone(ZoneInfo(ZONE)).date(),
        "rule_version": inputs["rules"],
        "code_version": inputs["code"],
    }
    build_inputs.write(folder, "parameters", [parameters])
    build_inputs.write(folder, "province_steps", province_steps(home, known_at))
    build_inputs.write(folder, "person_links", decisions.links(decisions.read(home), known_at))


def recollect(home: Home, known_at: datetime) -> None:
    """Lay out ``build/.next/accepted``, made with the lists as known at ``known_at``, when one was edited since.

    The build reads it instead of the home's, and so does its review.
    """
    from ingestion import as_known

    if not as_known.is_needed(home, known_at):
        return
    from expectations.gates import submission
    from orchestration import collecting, settings

    as_known.recollect(
        home,
        known_at,
        home.next_build / "accepted",
        gate=submission.check,
        key=collecting.key_of(settings.load(home.root), home),
        now=lambda year: collecting.now(home, year),
    )


def lay_out_reference(home: Home, known_at: datetime) -> None:
    """Write the reference lists of this build, overlay merged in, as they were known at ``known_at``."""
    from expectations.reference import aliases, editing
    from expectations.reference import load as reference

    editing.settle(home)
    folder = home.next_build / "reference"
    reference.materialise(folder, home.reference, known_at)
    reference.write_rows("agency_aliases", folder, aliases.known(home, known_at))


def province_steps(home: Home, known_at: datetime) -> list[dict[str, Any]]:
    """The province's own steps that the ledger knew at ``known_at``, as rows of ``province_steps``."""
    rows = []
    for step in fingerprints.steps(home):
        recorded_at = datetime.fromisoformat(step.pop("at"))
        if recorded_at <= known_at:
            rows.append({**step, "happened_on": date.fromisoformat(step["happened_on"]), "recorded_at": recorded_at})
    return rows


def close(home: Home, year: int, known_at: datetime, inputs: dict[str, Any], result: DbtRun) -> BuildRecord:
    """Write the manifest beside the closed file and rename the folder to its id: from here on nothing changes."""
    warehouse = home.next_build / "warehouse.duckdb"
    if leftover := [path.name for path in home.next_build.glob("*.wal")]:
        raise BuildFailed(f"the warehouse was not closed: {leftover[0]} is still there")
    fingerprint = fingerprints.fingerprint(inputs)
    lay_out_reference(home, known_at)  # again: dbt writes a seed's SQL over the seed when that lies outside the project
    build_id = next_id(home, year, fingerprint)
    manifest = {
        "build_id": build_id,
        "reporting_year": year,
        "known_at": known_at.isoformat(),
        "fingerprint": fingerprint,
        "inputs": inputs,
        "inbox": fingerprints.inbox(home),
        "warehouse_sha256": fingerprints.sha256_of(warehouse),
        "models": result.models,
        "tests": result.tests,
        "engines": engines(),
    }
    write_json(home.next_build / "manifest.json", manifest)
    target = home.build(build_id)
    home.next_build.rename(target)
    return BuildRecord(build_id=build_id, path=target, manifest=manifest)


def engines() -> dict[str, str]:
    """The versions of what computed: they are printed in manifests."""
    from importlib.metadata import version

    packages = ("duckdb", "dbt-core", "dbt-duckdb", "great-expectations", "pandas", "pyarrow")
    return {"python": ".".join(map(str, sys.version_info[:3])), **{name: version(name) for name in packages}}


def _gb(size: int) -> str:
    return f"{size / 1e9:.1f} GB"
