"""Commands about the names that agencies are written by.

Lives here: ``name propose``, ``name confirm``, ``name withdraw``, ``name list``.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Optional

import typer

from orchestration.cli.app import HomeOption, JsonOption, app, day
from orchestration.cli.output import say, show_json, show_table

names = typer.Typer(no_args_is_help=True, help="Names of agencies: what a writing means, and reviewed aliases.")
app.add_typer(names, name="name")

Written = Annotated[str, typer.Argument(metavar="WRITTEN", help="The name as it was written.")]
AgencyOption = Annotated[str, typer.Option("--agency", metavar="CODE", help="The unique code of the body it means.")]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides.")]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it means that body.")]
DayOption = Optional[str]  # noqa: UP045


@names.command()
def propose(
    written: Written,
    on: Annotated[DayOption, typer.Option("--on", metavar="DATE", help="The day (default: today).")] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """What a writing means on a day; else why nobody can tell, and the nearest names. Exit 1 when it is no body."""
    from expectations.reference.agencies import AgencyMatch
    from expectations.reference.aliases import registry_of
    from expectations.reference.near_names import nearest
    from orchestration.settings import load

    registry, asked = registry_of(load(home).place()), day(on)
    found = registry.resolve(written, asked)
    if isinstance(found, AgencyMatch):
        if json:
            show_json({"agency_code": found.agency_code, "kind": found.found_by, "candidates": [], "nearest": []})
        else:
            say(f"{found.agency_code} – {found.name_vi} ({found.found_by})")
        return 0
    near = nearest(registry, written, asked)
    if json:
        likely = [asdict(one) for one in near]
        show_json({"agency_code": None, "kind": found.kind, "candidates": list(found.candidates), "nearest": likely})
    else:
        say(f"{written}: {found.kind} on {asked:%Y-%m-%d}")
        say(*(f"  it is a name of {code} – {registry.bodies[code]['name_vi']}" for code in found.candidates))
        say(*(f"  near ({one.likeness}): {one.agency_code} – {one.name_vi}" for one in near))
    return 1


@names.command()
def confirm(
    written: Written,
    agency: AgencyOption,
    by: ByOption,
    reason: ReasonOption,
    since: Annotated[DayOption, typer.Option("--from", metavar="DATE", help="First day of that meaning.")] = None,
    until: Annotated[DayOption, typer.Option("--to", metavar="DATE", help="First day no longer.")] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Make a writing a reviewed alias of a body; the next collection reads it so."""
    from expectations.reference import aliases
    from orchestration import lock
    from orchestration.settings import load

    place = load(home).working_home()
    span = {"valid_from": day(since) if since else None, "valid_to": day(until) if until else None}
    with lock.hold(place, "name confirm"):
        row = aliases.confirm(place, written, agency, by=by, reason=reason, on=day(None), **span)
    if json:
        show_json(row)
    else:
        days = f"from {row['valid_from'] or 'ever'} to {row['valid_to'] or 'now'}"
        say(f"“{row['alias']}” means {row['agency_code']} {days}; collect the year again")
    return 0


@names.command()
def withdraw(
    written: Written,
    agency: AgencyOption,
    by: ByOption,
    reason: ReasonOption,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Take back an alias that this home confirmed."""
    from expectations.reference import aliases
    from orchestration import lock
    from orchestration.settings import load

    place = load(home).working_home()
    with lock.hold(place, "name withdraw"):
        gone = aliases.withdraw(place, written, agency, by=by, reason=reason)
    if json:
        show_json(gone)
    else:
        say(*(f"“{row['alias']}” no longer means {row['agency_code']}; collect the year again" for row in gone))
    return 0


@names.command("list")
def listing(home: HomeOption = None, json: JsonOption = False) -> int:
    """The aliases that this home confirmed: who, when, why."""
    from expectations.reference.aliases import confirmed
    from orchestration.settings import load

    rows = confirmed(load(home).place())
    if json:
        show_json(rows)
    else:
        fields = ("alias", "agency_code", "valid_from", "valid_to", "reviewed_by", "reviewed_on", "note")
        table = [[row[name] for name in fields] for row in rows]
        show_table("Reviewed aliases of this home", [(name, "left") for name in fields], table)
    return 0
