"""What a cell of the form accepts and what it says when it is selected: dropdowns, bounds, hints.

Lives here: the data validation of one column (Excel's limits: title 32, text 255 characters).
Does not live here: the rules of gate 1; a form that refuses too much is filled in on paper, so only codes, whole
numbers and dates are refused, everything else is a hint.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from ingestion.template.book import Column

LAST_ROW = 5000
_EARLIEST, _LATEST = date(1930, 1, 1), date(2060, 12, 31)
_TITLE_LIMIT, _TEXT_LIMIT = 32, 255


def validation(column: Column, source: str | None) -> dict[str, Any]:
    """The options of xlsxwriter's ``data_validation`` for a column; ``source`` is the range of its code list."""
    options: dict[str, Any] = {"validate": "any"} | _criteria(column, source)
    options["input_title"] = _cut(column.header, _TITLE_LIMIT)
    if column.prompt:
        options["input_message"] = _cut(column.prompt, _TEXT_LIMIT)
    return options


def _criteria(column: Column, source: str | None) -> dict[str, Any]:
    if source is not None:
        return {"validate": "list", "source": source} | _refusal("Chọn một dòng trong danh sách.")
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
