"""What a cell of the form accepts and what it says when it is selected: dropdowns, bounds, hints.

Lives here: the data validation of one column (Excel's limits: title 32, text 255 characters).
Does not live here: the rules of gate 1; a form that refuses too much is filled in on paper, so only codes, whole
numbers and dates are refused, everything else is a hint.
"""

from __future__ import annotations

from datetime import date
from textwrap import fill
from typing import Any

from ingestion.template import shape
from ingestion.template.book import Column

LAST_ROW = 5000
_EARLIEST, _LATEST = date(1930, 1, 1), date(2060, 12, 31)
_TITLE_LIMIT, _TEXT_LIMIT, _LINE = 32, 255, 48


def validation(column: Column, source: str | None) -> dict[str, Any]:
    """The options of xlsxwriter's ``data_validation`` for a column; ``source`` is the range of its code list."""
    options: dict[str, Any] = {"validate": "any"} | _criteria(column, source)
    options["input_title"] = _cut(column.header, _TITLE_LIMIT)
    if column.prompt:
        options["input_message"] = hint(column.prompt)
    return options


def nil_validation() -> dict[str, Any]:
    """The options of the cells that say "không phát sinh"."""
    said = f"Chọn {shape.NIL_MARK} nếu cả năm không có số liệu cho biểu này. Có số liệu thì để trống ô này."
    refusal = _refusal(f"Ô này chỉ nhận {shape.NIL_MARK} hoặc để trống.")
    options = {"validate": "list", "source": [shape.NIL_MARK], "input_title": shape.NIL_HEADERS[2]}
    return options | {"input_message": hint(said)} | refusal


def hint(text: str) -> str:
    """A hint in short lines: LibreOffice shows it as broad as its longest line, over the cells beside it."""
    return fill(_cut(text, _TEXT_LIMIT), _LINE, break_on_hyphens=False)


def _criteria(column: Column, source: str | None) -> dict[str, Any]:
    if source is not None:
        return {"validate": "list", "source": source} | _refusal("Chọn một dòng trong danh sách.")
    if column.kind == "boolean":
        both = [shape.YES, shape.NO]
        return {"validate": "list", "source": both} | _refusal(f"Chọn {shape.YES} hoặc {shape.NO}.")
    if column.kind in ("integer", "year"):
        low = column.minimum if isinstance(column.minimum, int) else 0
        high = column.maximum if isinstance(column.maximum, int) else 10**9
        text = f"Nhập số nguyên từ {low} đến {high}."
        return {"validate": "integer", "criteria": "between", "minimum": low, "maximum": high} | _refusal(text)
    if column.kind == "decimal":
        return {"validate": "decimal", "criteria": ">=", "value": 0} | _refusal("Nhập số không âm, không ghi đơn vị.")
    if column.kind == "date":
        first = column.minimum if isinstance(column.minimum, date) else _EARLIEST
        last = column.maximum if isinstance(column.maximum, date) else _LATEST
        text = f"Nhập ngày dạng ngày/tháng/năm, từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}."
        return {"validate": "date", "criteria": "between", "minimum": first, "maximum": last} | _refusal(text)
    if column.kind == "id":
        text = "Số căn cước có 12 chữ số. Nếu là giấy tờ khác, chọn ở cột Loại giấy tờ và bỏ qua nhắc này."
        return {
            "validate": "length", "criteria": "==", "value": 12, "error_type": "warning",
            "error_title": "Đề nghị kiểm tra", "error_message": text,
        }  # fmt: skip
    return {}


def _refusal(text: str) -> dict[str, Any]:
    return {"error_title": "Chưa đúng", "error_message": _cut(text, _TEXT_LIMIT), "ignore_blank": True}


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
