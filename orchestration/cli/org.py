"""Commands about the registry of agencies in its two times.

Lives here: ``org edit``, ``org undo``, ``org history``.
"""

from __future__ import annotations

from typing import Annotated, Any, Optional

import typer

from orchestration.cli.app import HomeOption, JsonOption, RecordedByOption, WhyOption, app, instant
from orchestration.cli.output import say, show_json

org = typer.Typer(no_args_is_help=True, help="The registry of agencies: corrections, changes, who recorded what when.")
app.add_typer(org, name="org")

KindOption = Annotated[
    bool, typer.Option("--correction/--change", help="It was always so and written wrongly, or a new fact from a day.")
]
ActOption = Annotated[str, typer.Option("--act", metavar="TEXT", help="The legal act; a change needs one.")]
Word = Optional[str]  # noqa: UP045 - typer reads it
Words = Optional[list[str]]  # noqa: UP045
AgencyOption = Annotated[Word, typer.Option("--agency", metavar="CODE", help="The body that --set is about.")]
NewOption = Annotated[bool, typer.Option("--new", help="The body of --agency is new in the list.")]
SetOption = Annotated[Words, typer.Option("--set", metavar="FIELD=VALUE", help="What its row says.")]
EndOption = Annotated[Words, typer.Option("--end", metavar="CODE=DAY", help="First day on which it is no more.")]
RemoveOption = Annotated[Words, typer.Option("--remove-agency", metavar="CODE", help="A body that never was.")]
_SUCCESSION = "OLD,NEW,DAY,KIND"
AddedOption = Annotated[Words, typer.Option("--succession", metavar=_SUCCESSION, help="Begins, or always was.")]
DroppedOption = Annotated[Words, typer.Option("--no-succession", metavar=_SUCCESSION, help="One that never was.")]


@org.command()
def edit(
    by: RecordedByOption,
    reason: WhyOption,
    correction: KindOption,
    act: ActOption = "",
    agency: AgencyOption = None,
    new: NewOption = False,
    values: SetOption = None,
    ends: EndOption = None,
    removed: RemoveOption = None,
    successions: AddedOption = None,
    dropped: DroppedOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Correct or change the registry; nothing is overwritten. The next collection and build count by it."""
    from expectations.reference.edits import CHANGE, CORRECTION
    from orchestration import registry
    from orchestration.settings import load

    said = registry.Said(
        agency=agency,
        is_new=new,
        values=values or (),
        ends=ends or (),
        removed=removed or (),
        successions=successions or (),
        dropped=dropped or (),
    )
    kind = CORRECTION if correction else CHANGE
    return _told(registry.edit(load(home).working_home(), kind, said, by=by, reason=reason, legal_act=act), json)


@org.command()
def undo(
    number: Annotated[int, typer.Argument(metavar="EDIT", help="The number of the edit.")],
    by: RecordedByOption,
    reason: WhyOption,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Take an edit back; the figures are again what they were without it. Both stay in the history."""
    from orchestration import registry
    from orchestration.settings import load

    return _told(registry.undo(load(home).working_home(), number, by=by, reason=reason), json)


@org.command()
def history(
    agency: Annotated[Word, typer.Argument(metavar="CODE", help="One body (default: all edits).")] = None,
    as_known: Annotated[Word, typer.Option("--as-known", metavar="INSTANT", help="What was known then.")] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """What was recorded about the registry: who, when, correction or change, by which act, why."""
    from orchestration import registry
    from orchestration.settings import load

    found = registry.history(load(home).place(), agency, instant(as_known))
    if json:
        show_json(found)
        return 0
    if body := found["agency"]:
        say(f"{body['agency_code']} – {body['name_vi']}: {body['valid_from']} – {body['valid_to'] or 'nay'}")
        for row in found["successions"]:
            say(f"  {row['predecessor_code']} → {row['successor_code']} {row['effective_on']} {row['kind']}")
    for each in found["edits"]:
        _say_edit(each)
    say(f"{len(found['edits'])} edits")
    return 0


def _told(edit: Any, json: bool) -> int:
    from orchestration.registry import to_json

    told = to_json(edit)
    if json:
        show_json(told)
    else:
        _say_edit({**told, "in_force": True})
        say("collect the years again, then build")
    return 0


def _say_edit(told: dict[str, Any]) -> None:
    state = "" if told["in_force"] or told["undoes"] else " (undone)"
    what = f"undoes {told['undoes']}" if told["undoes"] else told["edit_kind"]
    say(f"{told['edit']}  {what}{state}, says {told['recorded_by']} at {told['recorded_at'][:16]}: {told['reason']}")
    if told["legal_act"]:
        say(f"    {told['legal_act']}")
    for step in told["steps"]:
        values = ", ".join(f"{name} = {value or '(none)'}" for name, value in step["values"].items())
        say(f"    {step['action']} {step['list']} {step['row_key']} {values}".rstrip())
