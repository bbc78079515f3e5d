"""What each row under the headers is: data, or one of the lines that officers' tables have besides data.

Lives here: numbering rows, totals, group titles, signatures, footnotes, sample rows, "không phát sinh", blank rows.
Does not live here: typing the data rows (forms.py). A row that fits nothing known is data: its gaps become findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from ingestion.typing.text import fold
from ingestion.workbook.layout import Header, is_header
from ingestion.workbook.parsed import Cell, ParsedSheet

_NUMBERING = re.compile(r"\(?[0-9]{1,2}\)?|[a-h]|\(?[0-9]{1,2}\)?\s*=.*")
_TOTAL = re.compile(
    r"(tổng|tổng số|cộng|tổng chung|total|tæng céng|tæng sè|céng)( ?\(.*\)| [ivx0-9+=]+)?[ :.]*|tổng cộng.*"
)
_ROMAN = re.compile(r"[ivx]{1,5}|[a-h]")
_SIGNATURE = re.compile(
    r"(người lập|người tổng hợp|thủ trưởng|lãnh đạo|giám đốc|phó giám đốc|chủ tịch|kế toán|xác nhận|tm\.|kt\.|tl\."
    r"|\(?ký[ ,]|\(ký|nơi nhận|lập biểu|.*, ?ngày .* tháng .* năm|ngày .* tháng .* năm).*"
)
_FOOTNOTE = re.compile(r"(\(?\*+\)?|ghi chú|lưu ý|chú thích|chú ý|nguồn số liệu)( |:|\b).*")
_NIL = {"không có", "không phát sinh", "không", "không có phát sinh", "không phát sinh số liệu", "không có số liệu"}
_SAMPLE = {"vd", "ví dụ", "vd:", "ví dụ:", "mẫu", "dòng mẫu"}
_SAMPLE_NAMES = {"nguyễn văn a", "nguyễn thị a", "trần thị b", "trần văn b"}
SPARSE = 3


class RowKind(StrEnum):
    """What a row is. Only `data` and `nil` say something; the others are counted and told, never read."""

    DATA = "data"
    TOTAL = "total"
    NUMBERING = "numbering"
    HEADER = "header"
    TITLE = "title"
    SIGNATURE = "signature"
    FOOTNOTE = "footnote"
    SAMPLE = "sample"
    NIL = "nil"


def classified(sheet: ParsedSheet, header: Header, name_field: str | None) -> Iterator[tuple[int, RowKind]]:
    """(1-based row, kind) of every row under the headers that has content in a column of the form.

    `name_field` is the field that holds a person's name, to know the template's sample row.
    """
    mapped = set(header.columns.values())
    after_signature = False
    first = True
    for row in sorted(row for row in sheet.rows if row > header.row):
        cells = {c: cell for c, cell in sheet.rows[row].items() if fold(cell.text) or cell.kind == "f"}
        if not (cells.keys() & mapped or header.number_column in cells):
            continue
        kind = _kind(sheet, row, cells, header, name_field)
        if kind is RowKind.DATA and not cells.keys() & mapped:
            continue  # a serial number alone: a prepared row that was never filled in
        if first and _is_numbering(cells):
            kind = RowKind.NUMBERING
        if kind is RowKind.SIGNATURE:
            after_signature = True
        elif after_signature and kind is RowKind.DATA and len(cells) <= SPARSE and not _is_numbered(cells, header):
            kind = RowKind.SIGNATURE
        first = False
        yield row, kind


def _is_numbered(cells: dict[int, Cell], header: Header) -> bool:
    """Whether a line has a serial number: it belongs to the table, even below the signatures."""
    return header.number_column in cells and cells[header.number_column].text.strip().isdigit()


def _kind(sheet: ParsedSheet, row: int, cells: dict[int, Cell], header: Header, name_field: str | None) -> RowKind:
    if is_header(cells, header):
        return RowKind.HEADER
    words = [fold(cells[column].text) for column in sorted(cells) if cells[column].kind == "s"]
    opening = words[0] if words else ""
    if any(_TOTAL.fullmatch(word) for word in words[:2]) and _starts_row(cells):
        return RowKind.TOTAL
    number = fold(cells[header.number_column].text) if header.number_column in cells else ""
    name = cells.get(header.columns.get(name_field or "", -1))
    if number in _SAMPLE or (name is not None and fold(name.text) in _SAMPLE_NAMES):
        return RowKind.SAMPLE
    content = [fold(cell.text) for column, cell in cells.items() if column != header.number_column]
    if len(content) == 1 and content[0].strip(" .") in _NIL:
        return RowKind.NIL
    is_loose = len(cells) <= SPARSE and not number.isdigit()  # a line with a serial number is one of the table
    if is_loose and _FOOTNOTE.fullmatch(opening):
        return RowKind.FOOTNOTE
    if is_loose and any(_SIGNATURE.fullmatch(word) for word in words):
        return RowKind.SIGNATURE
    if len(content) <= 1 and (_ROMAN.fullmatch(number.strip(".")) or _is_wide(sheet, row)):
        return RowKind.TITLE
    return RowKind.DATA


def _is_numbering(cells: dict[int, Cell]) -> bool:
    """(1) (2) (3), 1 2 3, A B 1 2 or 6=7+8: only such marks, at least three, in the row right under the headers."""
    marks = [fold(cells[column].text) for column in sorted(cells)]
    if len(marks) < 2 or not all(_NUMBERING.fullmatch(mark) for mark in marks):
        return False
    numbers = [int(found[0]) for mark in marks if (found := re.search(r"[0-9]+", mark.split("=")[0]))]
    if len(marks) >= 3 and all(mark.startswith("(") for mark in marks):
        # in brackets a gap is a column that somebody deleted, another order columns that were moved with their numbers
        return len(set(numbers)) == len(numbers)
    # bare numbers out of order or with a gap may be data
    return bool(numbers) and numbers == sorted(set(numbers)) and numbers[-1] - numbers[0] == len(numbers) - 1


def _starts_row(cells: dict[int, Cell]) -> bool:
    """Whether the row's words stand before its numbers: "Tổng cộng" opens a total, in a later column it is text."""
    words = [column for column, cell in cells.items() if cell.kind == "s"]
    return bool(words) and min(words) <= 2


def _is_wide(sheet: ParsedSheet, row: int) -> bool:
    return any(top == row == bottom and right - left >= 2 for top, left, bottom, right in sheet.merged)
