"""Commands that look at what is there: the season's state, whether all is whole, where a figure comes from.

Lives here: ``status``, ``verify``, ``reissue``, ``trace``, ``audit-privacy``.
"""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from orchestration.cli.app import HomeOption, JsonOption, YearOption, app, day
from orchestration.cli.output import say, show_json, show_table


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
    late = {True: "đúng hạn", False: "quá hạn", None: ""}
    show_table(
        f"Năm {year}, ngày {state.on:%d/%m/%Y} (chậm nhất {state.last_on_time_on:%d/%m/%Y})",
        (
            ("Mã", "left"),
            ("Cơ quan", "left"),
            ("Biểu", "left"),
            ("Kết quả", "left"),
            ("Nhận lúc", "left"),
            ("", "left"),
        ),
        [
            (a.agency_code, a.name, " ".join(a.owed), a.outcome or "–", (a.received_at or "–")[:16], late[a.on_time])
            for a in state.agencies
        ],
    )
    counts = state.counts
    share = f"{100 * counts['on_time'] / counts['owed']:.1f} %" if counts["owed"] else "–"
    say("{received}/{owed} received, {accepted} accepted, {on_time} on time".format(**counts) + f" ({share})")
    return 0
