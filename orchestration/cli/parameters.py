"""Commands about what the plan leaves open.

Lives here: ``parameters list``, ``parameters set``, ``parameters undo``.
"""

from __future__ import annotations

from typing import Annotated, Any, Optional

import typer

from orchestration.cli.app import HomeOption, JsonOption, RecordedByOption, WhyOption, app, day, instant
from orchestration.cli.output import say, show_json, show_table

parameters = typer.Typer(no_args_is_help=True, help="What the plan leaves open, and who decided it from when.")
app.add_typer(parameters, name="parameters")


@parameters.command("list")
def listing(
    as_known: Annotated[
        Optional[str],  # noqa: UP045 - typer reads it
        typer.Option("--as-known", metavar="INSTANT", help="What was known then."),
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Every parameter with its values, from when, by whose decision; empty: chưa có quyết định."""
    from orchestration.parameters import listed
    from orchestration.settings import load

    rows = listed(load(home).place(), instant(as_known))
    if json:
        show_json(rows)
        return 0
    fields = ("parameter", "value", "valid_from", "decided_by", "other_values", "edit")
    table = [["" if row[name] is None else str(row[name]) for name in fields] for row in rows]
    show_table("Parameters", [(name, "left") for name in fields], table)
    return 0


@parameters.command("set")
def put(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The parameter, as `parameters list` names it.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Its value.")],
    since: Annotated[str, typer.Option("--from", metavar="DATE", help="First day on which it holds.")],
    document: Annotated[str, typer.Option("--document", metavar="TEXT", help="The deciding document.")],
    decided_by: Annotated[str, typer.Option("--decided-by", metavar="BODY", help="Who decided.")],
    by: RecordedByOption,
    reason: WhyOption,
    correction: Annotated[bool, typer.Option("--correction", help="Another value was written wrongly.")] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Record what was decided; the next build counts by it, a build as known before it does not."""
    from orchestration.parameters import Setting
    from orchestration.parameters import put as recorded
    from orchestration.settings import load

    setting = Setting(
        value=value, valid_from=day(since), document=document, decided_by=decided_by, is_correction=correction
    )
    edit = recorded(load(home).working_home(), name, setting, by=by, reason=reason)
    return _told(edit, f"{name} = {value} from {since}, says {by} (edit {edit.number}); build again", json)


@parameters.command()
def undo(
    number: Annotated[int, typer.Argument(metavar="EDIT", help="The number of the edit.")],
    by: RecordedByOption,
    reason: WhyOption,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Take a setting back; the value before it holds again."""
    from orchestration.registry import undo as undone
    from orchestration.settings import load

    edit = undone(load(home).working_home(), number, by=by, reason=reason, lists=["parameters"])
    return _told(edit, f"edit {number} is undone; build again", json)


def _told(edit: Any, sentence: str, json: bool) -> int:
    from orchestration.registry import to_json

    if json:
        show_json(to_json(edit))
    else:
        say(sentence)
    return 0
