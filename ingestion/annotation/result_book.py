"""The findings as a workbook of their own, for files that cannot be marked. Values only, never a formula.

Lives here: one function that returns bytes. Does not live here: where they are kept.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from ingestion.annotation.result_sheet import WIDTHS, height_of

_EPOCH = datetime(2024, 1, 1)  # a fixed creation date: equal findings give equal bytes


def result_book(title: str, columns: Sequence[str], lines: Sequence[Sequence[str]]) -> bytes:
    """An xlsx with one sheet: title, headers, one row a finding."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": title, "created": _EPOCH})
    font = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True, "border": 1}
    cell = book.add_format(font)
    head = book.add_format({**font, "bold": True, "align": "center", "bg_color": "#E7E6E6"})
    sheet = book.add_worksheet("Kết quả")
    bold = book.add_format({"font_name": "Times New Roman", "font_size": 14, "bold": True})
    sheet.write_string(0, 0, title, bold)
    for column, (name, width) in enumerate(zip(columns, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, name, head)
    for row, line in enumerate(lines, 3):
        sheet.set_row(row, height_of(line, WIDTHS))  # not every program makes room by itself
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, cell)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()
