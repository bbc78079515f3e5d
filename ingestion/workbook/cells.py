"""Every cell as text and kind: calamine reads the values, our own counter reads again, and both must agree.

Runs in the jail. Lives here: the union of the two readings. Does not live here: the processes (jail.py) or meaning.

Why two: calamine 0.9.1 returns "" for #REF!, for a formula that was never computed and for a blank alike (C14, C15),
and once in a thousand damaged files it silently merges two strings; the counter knows no styles, hence no dates.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import IO, Any

from ingestion.workbook.counted import CountedBook, CountedSheet, NamedSheet, refuse_overfull
from ingestion.workbook.error_values import readable_copy
from ingestion.workbook.formats import format_of
from ingestion.workbook.ods import read_ods
from ingestion.workbook.package import Package, open_package
from ingestion.workbook.parsed import Cell, ParsedSheet, address, to_json
from ingestion.workbook.refusal import RefusedError
from ingestion.workbook.row_count import count
from ingestion.workbook.shared_strings import shared_strings
from ingestion.workbook.styles import Looks, looks_of
from ingestion.workbook.xls import read_xls
from ingestion.workbook.xlsb import read_xlsb

LINE_ENDS = str.maketrans("", "", "\r\n\t ")


def read(path: Path) -> dict[str, Any]:
    """Parse a workbook that passed preflight into `parsed.to_json` form. RefusedError when it cannot be trusted."""
    book = _READERS[format_of(path)](path)
    values = _calamine(path, book.sheets)
    sheets = [_union(sheet, values[sheet.name]) for sheet in book.sheets]
    return to_json(sheets, template_edition=book.template_edition, external_links=book.external_links)


def _read_xlsx(path: Path) -> CountedBook:
    with open_package(path) as package:
        if not package.sheets:
            raise RefusedError("TEP-HONG", kich_thuoc="")
        strings: dict[str, str] = {}
        if package.strings_part is not None:
            with package.part(package.strings_part) as stream:
                strings = shared_strings(stream)
        looks: Looks[str] = Looks()
        if package.styles_part is not None:
            with package.part(package.styles_part) as stream:
                looks = looks_of(stream)
        return CountedBook(_counted(package, strings, looks), package.template_edition, package.external_links)


def _counted(package: Package, strings: dict[str, str], looks: Looks[str]) -> tuple[NamedSheet, ...]:
    found = []
    for sheet in package.sheets:
        try:
            with package.part(sheet.part) as stream:
                counted = count(stream, strings, looks)
        except RefusedError as refused:
            refused.refusal.facts.setdefault("trang", sheet.name)
            raise
        refuse_overfull(sheet.name, counted)
        found.append(NamedSheet(sheet.name, sheet.state, counted))
    return tuple(found)


def _calamine(path: Path, sheets: tuple[NamedSheet, ...]) -> dict[str, list[list[Any]]]:
    """Sheet name -> the values of its rows from A1 on, "" where calamine finds a blank.

    It is given the bytes, not the path: by the path it believes the name, and an .xlsx called .xls was broken (D005).
    """
    from python_calamine import CalamineError

    try:
        try:
            with path.open("rb") as stream:
                return _values(stream, sheets)
        except (CalamineError, OSError, ValueError):
            if (copy := readable_copy(path, sheets)) is None:
                raise
            return _values(copy, sheets)
    except (CalamineError, OSError, ValueError) as error:
        raise RefusedError("TEP-HONG", kich_thuoc=str(path.stat().st_size)) from error


def _values(stream: IO[bytes], sheets: tuple[NamedSheet, ...]) -> dict[str, list[list[Any]]]:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_filelike(stream) as workbook:
        return {sheet.name: workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False) for sheet in sheets}


def _union(sheet: NamedSheet, values: list[list[Any]]) -> ParsedSheet:
    counted = sheet.counted
    _refuse_other_places(sheet, values)
    rows: dict[int, dict[int, Cell]] = {}
    for place in sorted(counted.cells):
        (row, column), (kind, text) = place, counted.cells[place]
        value = None if kind in "ef" else values[row - 1][column]
        if kind == "s" and value == text:
            cell = Cell("s", text)
        else:
            cell = Cell(kind, text) if value is None else _cell(value)
            if not _agrees(cell, kind, text):
                raise RefusedError("TEP-HAI_CACH_DOC", trang=sheet.name, o=address(*place))
            if kind == "p" and cell.kind == "n":
                cell = Cell("p", cell.text)
        if row in rows:
            rows[row][column] = cell
        else:
            rows[row] = {column: cell}
    return ParsedSheet(
        name=sheet.name,
        state=sheet.state,
        rows=rows,
        merged=tuple(counted.merged),
        hidden_rows=frozenset(counted.hidden_rows & rows.keys()),
        hidden_columns=frozenset(counted.hidden_columns),
        struck=frozenset(counted.struck),
    )


def _refuse_other_places(sheet: NamedSheet, values: list[list[Any]]) -> None:
    """RefusedError when the two readings find content in different places, but for errors and formulas without a value
    (C14, C15), where calamine says a blank.
    """
    places = {(row, column) for row, line in enumerate(values, 1) for column, value in enumerate(line) if value != ""}
    counted = sheet.counted.cells
    if places != counted.keys():
        _leave_out_spaces(sheet.counted, places)
        unread = {place for place, (kind, _) in counted.items() if kind in "ef"}
        if other := (places ^ counted.keys()) - unread:
            raise RefusedError("TEP-HAI_CACH_DOC", trang=sheet.name, o=address(*min(other)))


def _leave_out_spaces(sheet: CountedSheet, places: set[tuple[int, int]]) -> None:
    """A text of nothing but blanks without xml:space="preserve" (docx4j, Crystal Reports) is nothing to calamine."""
    for place in sheet.cells.keys() - places:
        kind, text = sheet.cells[place]
        if kind == "s" and not text.translate(LINE_ENDS):
            del sheet.cells[place]
            sheet.struck.discard(place)


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return Cell("s", value)
    if isinstance(value, bool):
        return Cell("b", "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return Cell("n", number_text(value))
    if isinstance(value, dt.datetime):
        return Cell("d", value.isoformat(timespec="seconds"))
    if isinstance(value, dt.date):
        return Cell("d", value.isoformat())
    return Cell("t", str(value))


def number_text(value: float) -> str:
    """The shortest exact text of an Excel number; whole numbers up to 15 digits without exponent or decimal point."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _agrees(cell: Cell, kind: str, text: str) -> bool:
    """Whether the counter saw the same content; of a date it saw only the serial number."""
    if kind in "ef" or cell.kind in "dt":
        return kind != "s" or cell.kind not in "dt"
    if cell.kind == "s":
        return cell.text == text or cell.text.translate(LINE_ENDS) == text.translate(LINE_ENDS)
    if cell.kind == "b":
        return (text.strip() in ("1", "true", "TRUE")) == (cell.text == "TRUE")
    try:
        return float(text) == float(cell.text)
    except ValueError:
        return False


_READERS = {"xlsx": _read_xlsx, "xls": read_xls, "xlsb": read_xlsb, "ods": read_ods}
