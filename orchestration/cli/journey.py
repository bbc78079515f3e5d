"""The end of ``nhantai run``: approve and publish where that is allowed, then say what came out and where it lies.

Lives here: the indicator table and the paths. Does not live here: the road itself (``orchestration/road.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from expectations.builds import BuildRecord
from expectations.errors import OperatorError, UsageError
from orchestration import approvals, road
from orchestration.cli.output import VERDICTS, say, show_json, show_table
from orchestration.progress import Progress
from orchestration.settings import Settings

ABSENT = "–"


def may_publish(settings: Settings, publish: bool, by: str | None) -> None:
    """Refuse ``--publish`` without a name, and in a home that real people are in: there a person approves apart."""
    if publish and not (by and by.strip()):
        raise UsageError("--publish needs the name of who approves: --by NAME")
    if publish and not settings.working_home().is_sample():
        raise OperatorError("--publish works in sample homes only: use `nhantai approve`, then `nhantai publish`")


def teller(progress: Progress, json: bool) -> Callable[[str], None]:
    """What prints a line for each stage that is done; nothing where JSON is asked for."""

    def tell(text: str) -> None:
        progress.end()
        say(text)

    return (lambda text: None) if json else tell


def arrived(
    settings: Settings, year: int, result: road.RoadResult, by: str | None, json: bool, progress: Progress
) -> int:
    """Say how the road ended; publish when ``by`` is given. Exit code 0, or 1 when gate 2 is closed."""
    if not result.gate.get("open"):
        return _stopped(result, json, progress)
    edition = _published(settings, year, result, by, progress) if by else None
    progress.end()
    draft = result.build.path / "draft"
    if json:
        path = edition["path"] if edition else str(draft)
        show_json(
            {
                "edition": edition["edition"] if edition else None,
                "path": path,
                "manifest_sha256": edition["manifest_sha256"] if edition else result.gate["manifest_sha256"],
                "build_id": result.build.build_id,
                "changed": result.ran,
            }
        )
        return 0
    say(_opening(result))
    _indicator_table(result.build)
    _paths(Path(edition["path"]) if edition else draft, result.build, edition)
    return 0


def _stopped(result: road.RoadResult, json: bool, progress: Progress) -> int:
    from orchestration.cli.year import say_gate

    progress.end()
    if json:
        nothing = {"edition": None, "path": None, "manifest_sha256": result.gate.get("manifest_sha256")}
        show_json({**nothing, "build_id": result.build.build_id, "changed": result.ran, **_verdict(result.gate)})
    else:
        say(_opening(result))
        say_gate(result.gate)
    return 1


def _published(settings: Settings, year: int, result: road.RoadResult, by: str, progress: Progress) -> dict[str, Any]:
    from orchestration.cli.year import edition_of, publish_config

    home, build = settings.working_home(), result.build
    if approvals.is_published(home, build):
        return edition_of(settings, year)
    from orchestration.in_process import Runner

    approvals.approve(home, year, by, build.build_id)
    runner = result.runner or Runner(settings, progress)
    runner.run("publish", year, publish_config(build.build_id))
    return edition_of(settings, year)


def _opening(result: road.RoadResult) -> str:
    build, gate = result.build.build_id, result.gate
    if not result.ran:
        return f"nothing changed since build {build}: nothing was built"
    return f"gate 2 is {'open' if gate.get('open') else 'closed'} for {build}: {gate.get('checks_run')} checks"


def _verdict(gate: dict[str, Any]) -> dict[str, Any]:
    return {key: gate.get(key) for key in ("open", "checks_run", "findings")}


def _indicator_table(build: BuildRecord) -> None:
    from reporting import numbers
    from reporting.warehouse import read_report

    def share(row: Mapping[str, Any]) -> str:
        if row["value"] is None:
            return ABSENT
        return numbers.share_printed(row["numerator"], row["denominator"], row["target_value"])

    rows = [
        (
            str(row["indicator_code"]),
            str(row["name_vi"]),
            ABSENT if row["numerator"] is None else numbers.written(row["numerator"]),
            ABSENT if row["denominator"] is None else numbers.written(row["denominator"]),
            share(row),
            ABSENT if row["target_value"] is None else numbers.target_percent(row["target_value"]),
            VERDICTS.get(str(row["verdict"]), str(row["verdict"])),
        )
        for row in read_report(build.warehouse).indicators
    ]
    headings = (("", "left"), ("Chỉ tiêu", "left"), ("n", "right"), ("N", "right"))
    more = (("Giá trị", "right"), ("Mức", "right"), ("Kết luận", "left"))
    show_table(f"Kết quả năm {build.year}", (*headings, *more), rows)


def _paths(folder: Path, build: BuildRecord, edition: dict[str, Any] | None) -> None:
    say(f"edition {edition['edition']} of {build.year}:" if edition else "draft (nothing is published):")
    for file in sorted(path for path in folder.rglob("*") if path.suffix in {".docx", ".xlsx", ".html", ".duckdb"}):
        say(f"  {file}")
    say(f"  manifest {edition['manifest_sha256']}" if edition else f"  warehouse {build.warehouse}")
