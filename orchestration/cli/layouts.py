"""Commands about the layouts of registers.

Lives here: ``layout propose``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from expectations.errors import UsageError
from orchestration.cli.app import HomeOption, JsonOption, app, day
from orchestration.cli.output import say, show_json

layouts = typer.Typer(no_args_is_help=True, help="Layouts: which header of a register file is which field.")
app.add_typer(layouts, name="layout")


@layouts.command()
def propose(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A register file with headers we do not know yet.")],
    dataset: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="NAME", help="The register, when the file's name does not say it."),
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Draft a layout for a changed register file. Exit 1, with the reasons, where names and contents are not enough."""
    from ingestion.registers import propose as proposing
    from ingestion.registers.layout import layouts_of
    from ingestion.registers.sampling import sample_of
    from ingestion.workbook.reference import reference_of
    from orchestration.settings import load

    if not file.is_file():
        raise UsageError(f"no such file: {file}")
    place = load(home).place()
    known = layouts_of(place.reference)
    sample, delimiter = sample_of(file, dataset, known, place)
    found = proposing.propose(sample, known, reference_of(place).lists, day(None), delimiter)
    if json:
        mapped = {name: column.header for name, column in found.columns.items()}
        show_json({"columns": mapped, "ignored": found.ignored, "unsure": found.unsure, "layout": found.draft})
    else:
        say(found.draft)
        say(f"# {len(found.unsure)} doubts: not a layout yet" if found.unsure else "# put this into reference/layouts/")
    return 1 if found.unsure else 0
