"""Commands about persons: who may be one, and a human's word about it.

Lives here: ``persons list``, ``decide`` and ``undo``. A terminal shows files, sheets and rows, never a name.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from orchestration.cli.app import HomeOption, JsonOption, app
from orchestration.cli.output import say, show_json

persons = typer.Typer(no_args_is_help=True, help="Persons: which identities may be one person, and what was decided.")
app.add_typer(persons, name="persons")

CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="The case, as `persons list` names it.")]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides.")]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; names and numbers are refused.")]


@persons.command(name="list")
def list_cases(
    all_: Annotated[bool, typer.Option("--all", help="Decided cases too.")] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Identities that may be one person, one identity under two names, and where to look: files, sheets, rows."""
    from ingestion.persons.cases import all_cases
    from orchestration.settings import load

    found = all_cases(load(home).working_home())
    shown = [case.to_json() for case in (found.cases if all_ else found.open)]
    if json:
        show_json({"cases": shown, "crowded_blocks": found.crowded})
        return 0
    for case in shown:
        _say_case(case)
    say(f"{len(found.open)} open, {len(found.cases) - len(found.open)} decided")
    if found.crowded:
        say(f"{found.crowded} groups of more than a hundred namesakes were not compared")
    return 0


@persons.command()
def decide(
    case: CaseArgument,
    by: ByOption,
    reason: ReasonOption,
    same: Annotated[bool, typer.Option("--same/--different", help="One person, or not.")],
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Say that a case is one person, or that it is not. The next collection and build count by it."""
    from ingestion.persons.decisions import DIFFERENT, SAME
    from orchestration.persons import decide as decided
    from orchestration.settings import load

    return _said(decided(load(home).working_home(), case, SAME if same else DIFFERENT, by, reason), json)


@persons.command()
def undo(
    case: CaseArgument, by: ByOption, reason: ReasonOption, home: HomeOption = None, json: JsonOption = False
) -> int:
    """Take a decision back; the figures are again what they were without it."""
    from orchestration.persons import undo as undone
    from orchestration.settings import load

    return _said(undone(load(home).working_home(), case, by, reason), json)


def _said(line: dict[str, Any], json: bool) -> int:
    if json:
        show_json({"number": line["seq"], **{key: line[key] for key in ("case", "verdict", "by", "reason", "at")}})
    else:
        say(f"{line['case']}: {line['verdict']}, says {line['by']} (line {line['seq']} of the ledger)")
    return 0


def _say_case(case: dict[str, Any]) -> None:
    agrees = ", ".join(f"{key} {value}" for key, value in case["agrees"].items())
    say(f"{case['case']}  {case['kind']} {case['strength']}  ({agrees})")
    for side in case["sides"]:
        say(f"  {side['identity_kind']} {side['number'] or 'without a number'}")
        for place in side["places"]:
            where = f"{place['sheet']}, row {place['row']}" if place["sheet"] else f"row {place['row']}"
            said = f" (way {place['way']})" if case["kind"] == "conflict" else ""
            say(f"    {place['year']} {place['agency_code'] or ''} {place['file']}: {where}{said}")
    if decision := case["decision"]:
        say(f"  {decision['verdict']}, says {decision['by']} on {decision['at'][:10]}: {decision['reason']}")
