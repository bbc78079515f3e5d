"""A contract becomes a page, the forms that an agency owes become a book: the blank form of a year.

Lives here: headers, widths, hints, dropdowns, the rows that are already known (tasks and outputs).
Does not live here: what the agency told before (``prefill.py``), xlsx (``writer.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from expectations.contracts.load import all_contracts, load
from expectations.contracts.model import Contract, Field
from expectations.reference.load import codes, valid_on
from ingestion.template import shape
from ingestion.template.book import Book, CodeList, Column, CoverLine, Owed, Page, Row, Value
from ingestion.template.guidance import guidance, letterhead
from ingestion.template.owed import Sender, asked_outputs, asked_tasks, last_on_time_day, owed_forms, province_name

_WIDTHS = {"string": 16.0, "text": 24.0, "code": 19.0, "integer": 10.0, "decimal": 12.0, "boolean": 9.0, "date": 12.0}
_OWN_WIDTHS = {
    "full_name": 24.0,
    "national_id": 16.0,
    "task_code": 58.0,
    "output_code": 40.0,
    "course_name": 34.0,
    "target_label": 34.0,
    "sex": 8.0,
    "level": 16.0,
    "talent_group": 34.0,
    "legal_basis": 36.0,
    "staff_kind": 13.0,
    "text": 56.0,
    "title": 48.0,
}
_CODES_AS_WRITTEN = frozenset({"indicator_code"})
"""Lists whose code is shorter and better known than its label: the code stands in the cell."""


def blank_book(sender: Sender, year: int, edition: str, overlay: Path | None = None) -> Book:
    """The blank form of an agency and year: cover filled in, the sheets it owes, tasks and outputs already listed."""
    forms = owed_forms(sender, year, overlay)
    contracts = [contract_of(form) for form in forms]
    day = last_on_time_day(year, overlay)
    book = Book(
        year=year,
        title=f"Báo cáo số liệu thu hút, trọng dụng nhân tài năm {year}",
        cover=_cover_lines(sender, year),
        owed=[Owed(c.code, c.title.vi) for c in contracts],
        pages=[_page(c, sender, year) for c in contracts],
        lists=code_lists(contracts, day, overlay),
        edition=edition,
        letterhead=letterhead(sender.name, province_name(overlay)),
        guidance=guidance(sender, forms, day),
    )
    labels = {code_list.name: dict(code_list.codes) for code_list in book.lists}
    if book.has("B07"):
        tasks = asked_tasks(sender, year, overlay)
        book.page("B07").rows = [Row({"task_code": labels["task_code"][code]}) for code in tasks]
    if book.has("B07b"):
        names = labels["output_code"]
        book.page("B07b").rows = [
            Row({"task_code": labels["task_code"][task], "output_code": names[output]})
            for task, output in asked_outputs(sender, year, overlay)
        ]
    for code in ("B07", "B07b"):
        if book.has(code):
            book.page(code).spare_rows = 0
    number_rows(book)
    return book


def number_rows(book: Book) -> None:
    """Write 1, 2, 3 … into the first column of every page."""
    for page in book.pages:
        for number, row in enumerate((r for r in page.rows if r.loose is None), start=1):
            row.values[shape.NUMBER_HEADER] = number


def contract_of(form: str) -> Contract:
    """The contract whose sheet is this form; KeyError when there is none."""
    for contract in all_contracts():
        if contract.sheet is not None and contract.sheet.code == form:
            return contract
    raise KeyError(f"no contract has the sheet {form}")


def shown(list_name: str, code: str | None, overlay: Path | None = None) -> Value:
    """What stands in a cell for a code: its Vietnamese label (the code itself where that is better known)."""
    if code is None:
        return None
    return dict(_pairs(list_name, None, overlay))[code]


def code_lists(contracts: Sequence[Contract], day: date, overlay: Path | None = None) -> list[CodeList]:
    """The code lists that these contracts use, with the codes valid on a day, each list once."""
    found: dict[str, CodeList] = {}
    for contract in contracts:
        for field in contract.form_fields:
            if field.code_list and field.code_list not in found:
                pairs = list(_pairs(field.code_list, day, overlay))
                found[field.code_list] = CodeList(field.code_list, field.label.vi, pairs)
    return list(found.values())


@cache
def _pairs(list_name: str, day: date | None, overlay: Path | None) -> tuple[tuple[str, str], ...]:
    rows = [row for row in codes(list_name, overlay) if day is None or _ever_in(row, day)]
    labels = [row["label_vi"] for row in rows]
    plain = list_name in _CODES_AS_WRITTEN or len(set(labels)) < len(labels)
    return tuple((row["code"], row["code"] if plain else row["label_vi"]) for row in rows)


def _ever_in(row: dict[str, str], day: date) -> bool:
    """Valid on any day of the year up to this day: a code that ended in July still names what was in January."""
    return valid_on(row, day) or (bool(row["valid_to"]) and row["valid_to"] > f"{day.year}-01-01")


def _cover_lines(sender: Sender, year: int) -> list[CoverLine]:
    known: dict[str, Value] = {
        "agency_code": sender.official_code,
        "agency_name": sender.name,
        "reporting_year": year,
    }
    lines = []
    for field in load("cover").form_fields:
        lines.append(
            CoverLine(
                field.name,
                field.label.vi,
                cell_kind(field),
                known.get(field.name),
                field.description.vi,
                field.minimum,
                field.maximum,
            )
        )
    return lines


def _page(contract: Contract, sender: Sender, year: int) -> Page:
    assert contract.sheet is not None
    columns = [Column(shape.NUMBER_HEADER, shape.NUMBER_HEADER, "number", 5)]
    columns += [_column(field) for field in contract.form_fields]
    return Page(
        code=contract.sheet.code,
        name=contract.sheet.code,
        title=contract.sheet.title.vi,
        agency_line=f"Cơ quan: {sender.name} – Năm báo cáo: {year}",
        guide=_guide(contract),
        columns=columns,
    )


def _column(field: Field) -> Column:
    return Column(
        field=field.name,
        header=field.label.vi,
        kind=cell_kind(field),
        width=_OWN_WIDTHS.get(field.name, _WIDTHS[field.type]),
        codes=field.code_list,
        prompt=field.description.vi,
        required=field.required,
        minimum=field.minimum,
        maximum=field.maximum,
    )


def cell_kind(field: Field) -> str:
    """What kind of cell a field has: its type, but ids keep their zeros and years have no thousands mark."""
    if field.pii == "identity":
        return "id"
    return "year" if field.unit == "năm" or field.name == "reporting_year" else field.type


def _guide(contract: Contract) -> str:
    units = list(dict.fromkeys(f.unit for f in contract.form_fields if f.unit and f.unit != "năm"))
    grain = contract.grain.vi[:1].lower() + contract.grain.vi[1:]
    unit = f"Đơn vị tính: {', '.join(units)}. " if units else ""
    return f"{unit}Mỗi dòng là {grain}. Cột có tiêu đề đậm màu: bắt buộc điền."
