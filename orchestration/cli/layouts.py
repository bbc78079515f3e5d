"""Commands about the layouts of registers and printed tables.

Lives here: ``layout propose``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from expectations.errors import UsageError
from orchestration.cli.app import HomeOption, JsonOption, app, day
from orchestration.cli.output import say, show_json

if TYPE_CHECKING:
    from expectations.home import Home
    from ingestion.registers.layout import Layout
    from ingestion.tables.known import KnownTable

layouts = typer.Typer(no_args_is_help=True, help="Layouts: which header of a register file or table is which field.")
app.add_typer(layouts, name="layout")


@layouts.command()
def propose(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A register with headers, or a table, not known yet.")],
    dataset: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="NAME", help="The register, when the file's name does not say it."),
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Draft a layout for a changed register file, or for a table known by its words (reference/tables/).

    Exit 1, with the reasons, where names and contents are not enough, or cells of a table hold no number.
    """
    from ingestion.registers.layout import dataset_of, layouts_of
    from ingestion.tables.known import tables_of
    from orchestration.settings import load

    if not file.is_file():
        raise UsageError(f"no such file: {file}")
    place = load(home).place()
    known, tables = layouts_of(place.reference), tables_of(place.reference)
    if dataset is None and tables and dataset_of(file.name, known) is None:
        return _table(file, tables, place, json)
    return _register(file, dataset, known, place, json)


def _register(file: Path, dataset: str | None, known: list[Layout], place: Home, json: bool) -> int:
    from ingestion.registers import propose as proposing
    from ingestion.registers.sampling import sample_of
    from ingestion.workbook.reference import reference_of

    sample, delimiter = sample_of(file, dataset, known, place)
    found = proposing.propose(sample, known, reference_of(place).lists, day(None), delimiter)
    if json:
        mapped = {name: column.header for name, column in found.columns.items()}
        show_json({"columns": mapped, "ignored": found.ignored, "unsure": found.unsure, "layout": found.draft})
    else:
        say(found.draft)
        say(f"# {len(found.unsure)} doubts: not a layout yet" if found.unsure else "# put this into reference/layouts/")
    return 1 if found.unsure else 0


def _table(file: Path, tables: list[KnownTable], place: Home, json: bool) -> int:
    from expectations.rules.messages import sentence
    from ingestion.tables.from_file import table_in

    found = table_in(file, tables, place)
    if json:
        show_json(found.to_json())
    else:
        say(found.draft or "\n".join(f"# unsure: {doubt}" for doubt in found.unsure))
        for finding in found.findings:
            say(f"# {sentence(finding)}")
        say(f"# {len(found.unsure)} doubts, {len(found.findings)} findings")
    return 1 if found.unsure or any(finding.severity == "error" for finding in found.findings) else 0
