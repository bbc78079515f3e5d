"""Commands of a reporting year, in the order of the road.

Lives here: ``collect``, ``build``, ``review``, ``approve``, ``publish``, ``run``, ``signed``. The first four and
``run`` are Dagster jobs, run in this process on the instance that the web UI shows.
"""

from __future__ import annotations

from typing import Annotated, Any, Optional

import typer

from expectations.errors import OperatorError
from orchestration.cli.app import HomeOption, JsonOption, YearOption, app, day, instant
from orchestration.cli.output import say, say_finding, show_json
from orchestration.progress import Progress

BuildOption = Annotated[Optional[str], typer.Option("--build", metavar="ID", help="Not the newest build.")]  # noqa: UP045


@app.command()
def collect(year: YearOption, home: HomeOption = None, json: JsonOption = False) -> int:
    """From the inbox to accepted; every file gets an outcome and a receipt."""
    from ingestion import status
    from orchestration import collecting
    from orchestration.in_process import run_job
    from orchestration.settings import load

    settings = load(home)
    run_job(settings, "collect", year, Progress())
    files = [
        {key: row[key] for key in ("file_name", "sha256", "kind", "agency_code", "outcome", "received_at")}
        for row in status.submissions(settings.working_home(), year)
    ]
    notes = collecting.notes(settings.working_home(), year)
    if json:
        told = [{key: getattr(one, key) for key in ("file", "row", "rule", "message", "fix")} for one in notes]
        show_json({"year": year, "files": files, "notes": told})
    else:
        say(*(f"{file['outcome']:<22} {file['agency_code'] or '':<16} {file['file_name']}" for file in files))
        say(*(f"  {one.file} · {one.message}. {one.fix}. [{one.rule}]" for one in notes))
        say(f"{len(files)} files of {year}; receipts in feedback/{year}/")
    return 0


@app.command()
def build(
    year: YearOption,
    as_known: Annotated[Optional[str], typer.Option(metavar="INSTANT", help="Only what had arrived by then.")] = None,  # noqa: UP045
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Accepted of all years, as known, into a new warehouse that reports the year."""
    from expectations import builds
    from orchestration.in_process import run_job
    from orchestration.settings import load

    settings, moment = load(home), instant(as_known)
    config = {"ops": {"warehouse": {"config": {"as_known": moment.isoformat() if moment else ""}}}}
    run_job(settings, "build", year, Progress(), config)
    made = builds.newest(settings.working_home(), year)
    failed = sorted(name for name, status in made.manifest["tests"].items() if status != "pass")
    if json:
        show_json({"build_id": made.build_id, "path": str(made.path), "tests_not_passed": failed})
    else:
        say(f"build {made.build_id}: {len(made.manifest['models'])} models, {len(made.manifest['tests'])} tests")
        say(*(f"  not passed: {name}" for name in failed))
        say(f"  {made.warehouse}")
    return 0


@app.command()
def review(year: YearOption, home: HomeOption = None, json: JsonOption = False) -> int:
    """Gate 2 on the newest build: what blocks, what must be explained, what is only noted. Exit 1 when it is closed."""
    from expectations import builds
    from orchestration.in_process import run_job
    from orchestration.settings import load

    settings = load(home)
    builds.newest(settings.working_home(), year)
    run_job(settings, "review", year, Progress())
    gate = builds.newest(settings.working_home(), year).gate or {"open": False, "checks_run": 0, "findings": []}
    if json:
        show_json({key: gate[key] for key in ("open", "checks_run", "findings")})
    else:
        say_gate(gate)
    return 0 if gate["open"] else 1


@app.command()
def approve(
    year: YearOption,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who approves.")],
    build_id: BuildOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Approve a build that gate 2 let through; the approval holds for exactly its manifest."""
    from orchestration import approvals
    from orchestration.settings import load

    said = approvals.approve(load(home).working_home(), year, by, build_id)
    if json:
        show_json({key: said[key] for key in ("build_id", "manifest_sha256", "by", "at")})
    else:
        say(
            f"{said['by']} approves build {said['build_id']} (manifest {said['manifest_sha256'][:12]}…) at {said['at']}"
        )
    return 0


@app.command()
def publish(year: YearOption, build_id: BuildOption = None, home: HomeOption = None, json: JsonOption = False) -> int:
    """Make the next edition of an approved build; verdict, hash and approval are read again."""
    from orchestration.in_process import run_job
    from orchestration.settings import load

    settings = load(home)
    run_job(settings, "publish", year, Progress(), publish_config(build_id))
    return say_edition(edition_of(settings, year), json)


@app.command()
def run(
    year: YearOption,
    publish_: Annotated[
        bool, typer.Option("--publish", help="Approve and publish in one go; sample homes only.")
    ] = False,
    by: Annotated[Optional[str], typer.Option(metavar="NAME", help="Who approves, with --publish.")] = None,  # noqa: UP045
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Collect, build, review and a draft edition; says so and builds nothing when nothing changed."""
    from orchestration import road
    from orchestration.cli import journey
    from orchestration.settings import load

    settings, progress = load(home), Progress()
    journey.may_publish(settings, publish_, by)
    tell = journey.teller(progress, json)
    result = road.travel(settings, year, progress, with_draft=not publish_, tell=tell)
    return journey.arrived(settings, year, result, by if publish_ else None, json, progress)


@app.command()
def signed(
    year: YearOption,
    event: Annotated[str, typer.Option(metavar="submitted_to_ubnd|signed|sent", help="Which step.")],
    number: Annotated[str, typer.Option(metavar="N", help="The number of the document.")],
    on: Annotated[str, typer.Option(metavar="DATE", help="The day it happened.")],
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Record a step of the province itself: handed to UBND, signed, sent. CT07 reads it."""
    from orchestration import approvals
    from orchestration.settings import load

    line = approvals.record_step(load(home).working_home(), year, event, number, day(on))
    if json:
        show_json({key: line[key] for key in ("reporting_year", "event", "document_number", "happened_on", "at")})
    else:
        say(f"{event} of {year}: {number} on {line['happened_on']}")
    return 0


def say_gate(gate: dict[str, Any]) -> None:
    """Print a verdict for people."""
    say(
        f"gate 2 is {'open' if gate['open'] else 'CLOSED'}: {gate['checks_run']} checks,"
        f" {len(gate['findings'])} findings"
    )
    for finding in gate["findings"]:
        say_finding(finding)


def publish_config(build_id: str | None) -> dict[str, Any]:
    """The run configuration of the publish job."""
    return {"ops": {"make_edition": {"config": {"build_id": build_id or ""}}}}


def edition_of(settings: Any, year: int) -> dict[str, Any]:
    """The current edition of a year: number, path, hash of its manifest; OperatorError when there is none."""
    from orchestration import fingerprints

    current = settings.working_home().current(year)
    if not current.exists():
        raise OperatorError(f"no edition of {year} is published")
    path = current.resolve()
    manifest = fingerprints.sha256_of(path / "manifest.json")
    return {"edition": int(path.name), "path": str(path), "manifest_sha256": manifest}


def say_edition(edition: dict[str, Any], json: bool) -> int:
    """Print an edition and return 0."""
    if json:
        show_json(edition)
    else:
        say(f"edition {edition['edition']}: {edition['path']} (manifest {edition['manifest_sha256'][:12]}…)")
    return 0
