"""Commands that look at what is there: the season's state, whether all is whole, where a figure comes from.

Lives here: ``status``, ``verify``, ``reissue``, ``trace``, ``audit-privacy``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from expectations.errors import UsageError
from orchestration.cli.app import HomeOption, JsonOption, YearOption, app, day
from orchestration.cli.output import say, show_json, show_table

if TYPE_CHECKING:
    from ingestion.status import AgencyStatus

EditionOption = Annotated[Optional[int], typer.Option("--edition", metavar="N", help="Only this edition.")]  # noqa: UP045
EditionNumber = Annotated[int, typer.Option("--edition", metavar="N", help="The number of the edition.")]


@app.command()
def status(
    year: YearOption,
    on: Annotated[Optional[str], typer.Option(metavar="DATE", help="As it was at the end of that day.")] = None,  # noqa: UP045
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Who owes what by when, who has sent what with which outcome, who is late."""
    from dataclasses import asdict

    from ingestion.status import year_status
    from orchestration.calendar import season
    from orchestration.settings import load

    place = load(home).working_home()
    season(year, place.reference)
    state = year_status(place, year, day(on))
    if json:
        agencies = [asdict(agency) for agency in state.agencies]
        show_json({"year": year, "on": state.on.isoformat(), **state.counts, "agencies": agencies})
        return 0
    show_table(
        f"Năm {year}, ngày {state.on:%d/%m/%Y} (chậm nhất {state.last_on_time_on:%d/%m/%Y})",
        [(name, "left") for name in ("Mã", "Cơ quan", "Biểu", "Kết quả", "Nhận lúc", "")],
        [_agency_line(agency) for agency in state.agencies],
    )
    counts = state.counts
    share = f"{100 * counts['on_time'] / counts['owed']:.1f} %" if counts["owed"] else "–"
    say("{received}/{owed} received, {accepted} accepted, {on_time} on time".format(**counts) + f" ({share})")
    return 0


def _agency_line(agency: AgencyStatus) -> tuple[str, ...]:
    """An agency as a line of ``status``; its outcome in the words of annex X."""
    from reporting.tables.process import OUTCOMES

    outcome, arrived = OUTCOMES.get(agency.outcome or "", "–"), (agency.received_at or "–")[:16]
    in_time = {True: "đúng hạn", False: "quá hạn", None: ""}[agency.on_time]
    return agency.agency_code, agency.name, " ".join(agency.owed), outcome, arrived, in_time


@app.command()
def verify(
    year: Annotated[Optional[int], typer.Option("--year", metavar="Y", help="Only this year's editions.")] = None,  # noqa: UP045
    edition: EditionOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Hashes of landing and editions, the chain of the ledger; names the first thing that is wrong. Exit 1 then."""
    from orchestration.settings import load
    from reporting.verify import verify as verified

    if edition is not None and year is None:
        raise UsageError("--edition needs --year")
    found = verified(load(home).working_home(), year, edition)
    if json:
        show_json({"ok": found.ok, "problems": found.problems})
    else:
        say(*(found.problems or ["everything has the bytes it had"]))
    return 0 if found.ok else 1


@app.command()
def reissue(
    year: YearOption,
    edition: EditionNumber,
    out: Annotated[Path, typer.Option(metavar="DIR", help="A new folder.")],
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """The same edition again, every file compared with the published one."""
    from orchestration.settings import load
    from reporting.reissue import reissue as reissued

    made = reissued(load(home).working_home(), year, edition, out)
    if json:
        show_json({"path": str(made.path), "files": made.files, "manifest_sha256": made.manifest_sha256})
    else:
        say(f"{made.files} files of edition {edition} of {year}, equal to the published ones, in {made.path}")
    return 0


@app.command()
def trace(
    year: YearOption,
    edition: EditionNumber,
    figure: Annotated[
        str, typer.Argument(metavar="FIGURE", help="Such as CT02/headline/2025/LS, or IX.a/ALL/proposed.")
    ],
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """From a figure of an edition to the workbook cells and register rows under it."""
    from orchestration.settings import load
    from reporting.trace import trace as traced

    found = traced(load(home).working_home(), year, edition, figure)
    if json:
        show_json(found.to_json())
        return 0
    say(found.in_words())
    for source in found.sources:
        place = f"{source['sheet']}!{source['cell']}" if source.get("sheet") else f"row {source['row']}"
        say(f"  {source['file']} {place}" + (f" +{source['number']}" if "number" in source else ""))
    return 0


@app.command(name="audit-privacy")
def audit_privacy(home: HomeOption = None, json: JsonOption = False) -> int:
    """Look for ids and names of people in every file outside the four zones that may hold them. Exit 1 on a hit."""
    from dataclasses import asdict

    from ingestion.privacy.audit import audit
    from orchestration.progress import Progress
    from orchestration.settings import load

    progress = Progress()
    found = audit(load(home).working_home(), progress)
    progress.end()
    if json:
        show_json({"ok": found.ok, **asdict(found)})
        return 0 if found.ok else 1
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(found.kinds.items()))
    say(f"controls found in {len(found.controls)} kinds of file; {found.files} files opened ({kinds})")
    say(*(f"  {hit.file}: {hit.ids} ids, {hit.names} names" for hit in found.hits))
    say(*(f"  cannot be opened: {name}" for name in found.unreadable))
    say("nobody was found where nobody may be" if found.ok else "PEOPLE WERE FOUND, or a file could not be opened")
    return 0 if found.ok else 1
