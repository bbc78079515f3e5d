"""A register that comes as a workbook: read cell by cell in the jail, then handed to DuckDB as text like any other.

Lives here: which sheet and which row holds the headers, and what of it is hidden. Does not live here: the jail
(ingestion.workbook.jail), sentences (told.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from ingestion.registers.layout import Layout
from ingestion.registers.source import Source, Unreadable, open_rows
from ingestion.workbook.jail import Jail, Job
from ingestion.workbook.parsed import address
from ingestion.workbook.refusal import Refusal

if TYPE_CHECKING:
    from ingestion.workbook.parsed import Cell, ParsedSheet, ParsedWorkbook

RELATION = "nhantai_sheet_rows"


@dataclass(frozen=True)
class SheetRead:
    """The sheet that was read, and what of it is hidden: rows below the headers, columns, the sheet itself."""

    name: str
    hidden_rows: int = 0
    hidden_columns: tuple[str, ...] = ()
    is_hidden: bool = False


def open_sheet(
    connection: duckdb.DuckDBPyConnection, jail: Jail, path: Path, sha256: str, file_name: str, layout: Layout | None
) -> tuple[Source, SheetRead]:
    """The register's sheet as a source: the layout's, else the only one with content.

    Raises Unreadable: refused by the jail, no such sheet, several sheets and no layout that names one, another sheet
    that is hidden, or cells merged or struck through below the headers.
    """
    book = jail.parse(Job(path=path, sha256=sha256, file=file_name))
    if isinstance(book, Refusal):
        raise Unreadable(book.rule, **book.facts)
    sheet = _sheet(book, layout)
    first = layout.header_row if layout else min(sheet.rows)
    names = sheet.rows.get(first, {})
    if not names:
        raise Unreadable("TEP-SO_TRONG")
    width = max(names) + 1
    _refuse_what_only_eyes_understand(sheet, first, width)
    titles = [names[i].text.strip() if i in names else "" for i in range(width)]
    return open_rows(connection, RELATION, titles, _rows(sheet, first, width)), _as_read(sheet, first, titles)


def _as_read(sheet: ParsedSheet, first: int, titles: list[str]) -> SheetRead:
    """Hidden rows and columns are data (F18): they are read like any other, and told."""
    columns = tuple(titles[i] for i in sorted(sheet.hidden_columns) if i < len(titles) and titles[i])
    rows = sum(row > first for row in sheet.hidden_rows)
    return SheetRead(sheet.name, rows, columns, sheet.state != "visible")


def _sheet(book: ParsedWorkbook, layout: Layout | None) -> ParsedSheet:
    filled = [sheet for sheet in book.sheets if sheet.rows]
    if layout is not None and layout.sheet is not None:
        filled = [sheet for sheet in filled if sheet.name.strip() == layout.sheet]
        if not filled:
            raise Unreadable("TEP-THIEU_TRANG", trang=layout.sheet, gan=", ".join(s.name for s in book.sheets))
    if not filled:
        raise Unreadable("TEP-SO_TRONG")
    for sheet in book.sheets:
        if sheet.rows and sheet.state != "visible" and sheet is not filled[0] and len(filled) == 1:
            raise Unreadable("TEP-TRANG_AN", trang=sheet.name)
    if len(filled) > 1:
        raise Unreadable("TEP-NHIEU_TRANG", trang=filled[1].name, gan=filled[0].name)
    return filled[0]


def _refuse_what_only_eyes_understand(sheet: ParsedSheet, first: int, width: int) -> None:
    """Merged cells lose the values of all lines but one (C16); a line struck through would still count (D086)."""
    for top, left, bottom, right in sheet.merged:
        if bottom > first and left < width and (top, left) != (bottom, right):
            raise Unreadable("TEP-SO_O_GOP", trang=sheet.name, o=f"{address(top, left)}:{address(bottom, right)}")
    struck = sorted(place for place in sheet.struck if place[0] > first and place[1] < width)
    if struck:
        raise Unreadable("TEP-SO_GACH_NGANG", trang=sheet.name, o=address(*struck[0]))


def _rows(sheet: ParsedSheet, first: int, width: int) -> object:
    import pyarrow as pa

    numbers = [number for number in sorted(sheet.rows) if number > first]
    columns = [pa.array([_text(sheet.rows[n].get(i)) for n in numbers], type=pa.string()) for i in range(width)]
    names = ["row", *(f"c{i}" for i in range(width))]
    return pa.Table.from_arrays([pa.array(numbers, type=pa.int32()), *columns], names=names)


def _text(cell: Cell | None) -> str | None:
    """Kind and text in one; nothing for a cell that says nothing (a formula without a result does say something)."""
    if cell is None or (cell.kind != "f" and not cell.text.strip()):
        return None
    return cell.kind + cell.text
