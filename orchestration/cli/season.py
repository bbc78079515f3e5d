"""Commands around a season: a sample one, the forms, and what would happen to a file.

Lives here: ``sample``, ``template``, ``fetch``, ``check``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from expectations.errors import UsageError
from orchestration.cli.app import HomeOption, JsonOption, YearOption, app, folder, years
from orchestration.cli.output import say, say_finding, show_json
from orchestration.progress import Progress


@app.command()
def sample(
    seed: Annotated[int, typer.Option(help="The same seed makes the same season.")] = 20240131,
    agencies: Annotated[Optional[int], typer.Option(help="How many agencies report (default: all).")] = None,  # noqa: UP045
    years_: Annotated[str, typer.Option("--years", metavar="A-B", help="The reporting years.")] = "2024-2026",
    faults: Annotated[str, typer.Option(metavar="none|typical|all", help="What officers get wrong.")] = "typical",
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Fill a home with a season that no real person is in."""
    from orchestration import sampling

    progress = Progress()
    made = sampling.fill(home, seed=seed, agencies=agencies, years=years(years_), faults=faults, progress=progress)
    progress.end()
    if json:
        show_json(made)
    else:
        files = ", ".join(f"{year}: {count} files" for year, count in made["files"].items())
        say(f"sample season {'in' if made['is_new'] else 'is already in'} {made['home']}: {files}")
        say(f"  seed {seed}, faults {faults} ({len(made['kinds'])} kinds planted); the truth is in truth/")
    return 0


@app.command()
def template(
    year: YearOption,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the workbooks are written.")],
    agency: Annotated[Optional[str], typer.Option(metavar="CODE", help="One agency.")] = None,  # noqa: UP045
    all_: Annotated[bool, typer.Option("--all", help="Every agency that owes the year.")] = False,
    prefill: Annotated[bool, typer.Option(help="With what the province already knows.")] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Write the form workbook(s) of a year."""
    from orchestration import forms

    if (agency is None) != all_:
        raise UsageError("say whose form: --agency CODE, or --all")
    written = forms.write(home, year, agency, folder(out), prefill=prefill)
    if json:
        show_json([{"agency_code": code, "path": str(path)} for code, path in written])
    else:
        say(*(f"{code}: {path}" for code, path in written))
    return 0


@app.command()
def fetch(year: YearOption, home: HomeOption = None, json: JsonOption = False) -> int:
    """Bring registers from folders, S3, SFTP and databases into the inbox, as the layouts say."""
    from orchestration import fetching
    from orchestration.settings import load

    settings = load(home)
    found = fetching.fetch(settings, settings.working_home(), year)
    if json:
        show_json(found)
    else:
        say(*(f"{one['file_name']}: {'new' if one['is_new'] else 'unchanged'} ({one['layout']})" for one in found))
        say(f"{len(found)} files in inbox/{year}/; `nhantai collect --year {year}` lands them")
    return 0


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Workbooks or register files.")],
    annotate: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="DIR", help="Also write each workbook with its findings marked at their cells."),
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Say what would happen to a file: verdict, and findings with sheet and cell. Exit 1 on a blocker or an error."""
    from ingestion import check as checking
    from orchestration.settings import load

    if missing := [str(file) for file in files if not file.exists()]:
        raise UsageError(f"no such file: {', '.join(missing)}")
    if others := [str(file) for file in files if not file.is_file()]:
        raise UsageError(f"not a file: {', '.join(others)}; in a folder name its files, for example DIR/*.xlsx")
    place = load(home).place()
    verdicts = checking.check(files, place if place.root.is_dir() else None, annotate and folder(annotate))
    reports = [verdict.to_json() for verdict in verdicts]
    if json:
        show_json(reports)
    for report in () if json else reports:
        say(f"{report['file']}: {report['outcome']} ({len(report['findings'])})")
        for finding in report["findings"]:
            say_finding(finding)
    weights = {finding["severity"] for report in reports for finding in report["findings"]}
    return 1 if weights & {"blocker", "error"} else 0
