"""The templates of the HTML pages, rendered strictly: everything escaped, an unknown name is an error.

Does not live here: what is filled in.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reporting.tables.model import SECTION, TOTAL, Column, Table
from reporting.wording import say

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).with_name("templates")


def render(template: str, **facts: Any) -> str:
    """The page of ``templates/<template>.j2`` with its facts and the shared style."""
    style = (_FOLDER / "style.css").read_text(encoding="utf-8")
    return _environment().get_template(f"{template}.j2").render(style=style, **facts)


def columns_of(table: Table) -> list[Column]:
    """The columns worth a place on a screen: those in which some body or total row says something."""
    rows = [row for row in table.rows if row.kind != SECTION]
    return [c for c in table.columns if not rows or any(row.cells[c.key].text() for row in rows if c.key in row.cells)]


def head_of(table: Table) -> str:
    """The key of the column whose cells name their rows: the first text column."""
    return next((column.key for column in columns_of(table) if column.kind == "text"), "")


def section_text(row: Any) -> str:
    """What a heading row within a table says."""
    return next((cell.text() for cell in row.cells.values() if cell.text()), "")


def notes_of(table: Table) -> list[str]:
    """The notes below a table: its own, then the symbols that stand in it."""
    signs = [say(f"ky_hieu.{sign}") for sign in table.symbols()]
    return [*table.notes, *([say("ky_hieu", ds="; ".join(signs))] if signs else [])]


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(
        columns_of=columns_of,
        head_of=head_of,
        section_text=section_text,
        notes_of=notes_of,
        SECTION=SECTION,
        TOTAL=TOTAL,
    )
    return made
