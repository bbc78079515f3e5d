"""Tables and text blocks as accessible HTML: captions, scopes, row headings, a region that scrolls by keyboard."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from reporting.document.grid import notes_of
from reporting.narrative.blocks import Block, Heading, Paragraph, Placeholder, TableBlock
from reporting.tables.model import SECTION, Cell, Column, Row, Table

_KINDS = {"order": "m", "day": "m", "ratio": "m", "text": "t"}


def block_markup(block: Block) -> Markup:
    """One block of the report's text."""
    match block:
        case Heading(1, text):
            return Markup("<h2>{}</h2>").format(text)
        case Heading(_, text):
            return Markup("<h3>{}</h3>").format(text)
        case Paragraph(text, lead):
            bold = Markup("<strong>{}</strong> ").format(lead) if lead else ""
            return Markup("<p>{}{}</p>").format(bold, text)
        case Placeholder(text):
            return Markup('<p><mark class="todo">{}</mark></p>').format(text)
        case TableBlock(table, columns):
            return table_markup(table, table.title, columns)
    raise TypeError(f"no markup for {block!r}")


def table_markup(table: Table, caption: str, columns: tuple[str, ...] = ()) -> Markup:
    """A table; with ``columns`` only those, without the number row."""
    chosen = [c for key in columns for c in table.columns if c.key == key] if columns else list(table.columns)
    unit = f" (đơn vị tính: {table.unit})" if table.unit and not columns else ""
    head = _join(Markup('<th scope="col">{}</th>').format(column.label) for column in chosen)
    codes = _join(Markup("<th>{}</th>").format(column.code) for column in chosen)
    head_rows = Markup("<tr>{}</tr>").format(head)
    if not columns:
        head_rows += Markup('<tr class="codes">{}</tr>').format(codes)
    body = _join(_row(row, chosen) for row in table.rows)
    notes = _join(Markup('<p class="note">{}</p>').format(note) for note in notes_of(table))
    return Markup(
        '<div class="scroll" role="region" tabindex="0" aria-label="{}"><table><caption>{}</caption>'
        "<thead>{}</thead><tbody>{}</tbody></table></div>{}"
    ).format(caption, caption + unit, head_rows, body, notes)


def _row(row: Row, columns: list[Column]) -> Markup:
    if row.kind == SECTION:
        said = next(iter(row.cells.values())).text()
        return Markup('<tr class="section"><th scope="rowgroup" colspan="{}">{}</th></tr>').format(len(columns), said)
    names = next((i for i, column in enumerate(columns) if column.kind == "text"), 0)
    cells = _join(_cell(row.cells.get(c.key, Cell()), c, i == names) for i, c in enumerate(columns))
    return Markup("<tr{}>{}</tr>").format(Markup(' class="{}"').format(row.kind) if row.kind != "body" else "", cells)


def _cell(cell: Cell, column: Column, heads_row: bool) -> Markup:
    if heads_row:
        return Markup('<th scope="row">{}</th>').format(cell.text())
    return Markup('<td class="{}">{}</td>').format(_KINDS.get(column.kind, "n"), cell.text())


def _join(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(escape(part) for part in parts)
