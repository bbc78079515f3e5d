"""The form of Sở Nội vụ for 2025 as `nhantai template` writes it, filled in without a fault, and what is done to it.

Lives here: the whole workbook and the hand that changes it. Does not live here: what is planted (cells.py …).
Everybody in here is invented; ids use a prefix that was never issued.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

import openpyxl

from expectations.contracts.load import load
from expectations.findings import Outcome
from ingestion.template import shape
from ingestion.template.book import Book, Page, Row, Value
from ingestion.template.owed import senders
from ingestion.template.pages import blank_book, contract_of, number_rows, shown
from ingestion.template.writer import workbook_bytes
from tests.builders import COVER, VALID

YEAR = 2025
EDITION = "2025.000000000000"
SPARE = 2
"""Ruled lines left under the filled ones; the form has fifteen, which are only written and read again."""
PREPARED = ("B07", "B07b")
"""Forms whose lines stand in the form already."""
Edit = Callable[[openpyxl.Workbook], None]
Plant = Callable[["Form"], "Place | bytes | None"]


@dataclass(frozen=True)
class Place:
    """Where a finding must point: the sheet and the cell; None where it is about the whole sheet or file."""

    sheet: str | None = None
    cell: str | None = None


class Form:
    """One workbook in the making. Rows are counted from 0, as the lines under the headers."""

    def __init__(self) -> None:
        self.book = deepcopy(_filled())
        self._edits: list[Edit] = []

    def page(self, form: str) -> Page:
        """The sheet of a form."""
        return self.book.page(form)

    def put(self, form: str, field: str, value: Value, row: int = 0) -> Place:
        """Write a value into a cell."""
        page = self.page(form)
        page.rows[row].values[field] = value
        return Place(page.name, page.cell(page.rows[row], field))

    def add(self, form: str, **values: Value) -> Row:
        """A further line, like the first but for these values."""
        page = self.page(form)
        first = next(row for row in page.rows if row.loose is None)
        row = Row({**first.values, shape.NUMBER_HEADER: len(page.rows) + 1, **values})
        page.rows.append(row)
        return row

    def line(self, form: str, cells: dict[int, Value], at: int | None = None) -> Row:
        """A line that is no data: text by column."""
        page = self.page(form)
        row = Row(loose=cells)
        page.rows.insert(len(page.rows) if at is None else at, row)
        return row

    def at(self, form: str, field: str, row: int = 0) -> Place:
        """The place of a cell."""
        page = self.page(form)
        return Place(page.name, page.cell(page.rows[row], field))

    def cover(self, field: str, value: Value) -> Place:
        """Write a value on the first sheet."""
        self.book.line(field).value = value
        return Place(self.book.cover_name, self.book.cover_cell(field))

    def nil(self, form: str, *, said: bool = True) -> None:
        """Empty a form, and mark it nil unless nothing is said."""
        self.page(form).rows.clear()
        next(owed for owed in self.book.owed if owed.code == form).is_nil = said

    def drop(self, form: str) -> None:
        """Take a form out of the workbook, as it is for who does not owe it."""
        self.book.pages.remove(self.page(form))
        self.book.owed = [owed for owed in self.book.owed if owed.code != form]

    def header(self, form: str, field: str, text: str) -> Place:
        """Write another header."""
        page = self.page(form)
        page.column(field).header = text
        return Place(page.name, page.header_cell(field))

    def edited(self, edit: Edit) -> None:
        """Do something to the finished workbook that only openpyxl can."""
        self._edits.append(edit)

    def content(self) -> bytes:
        """The bytes of the file."""
        content = workbook_bytes(self.book)
        if not self._edits:
            return content
        book = openpyxl.load_workbook(io.BytesIO(content))
        for edit in self._edits:
            edit(book)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()


@dataclass(frozen=True)
class Kind:
    """One defect: the ids of the dossier it shows, how it is put into the form, and what must be said of it.

    `rule` None: it is read as it was meant, without a word; `reads` (dataset, field, value) is then what is read of the
    first line. `words` must stand in the message.
    """

    ids: str
    what: str
    plant: Plant
    rule: str | None
    severity: str | None
    outcome: Outcome
    words: str = ""
    reads: tuple[str, str, Any] | None = None
    name: str = "SNV.xlsx"

    @property
    def key(self) -> str:
        """Its name in the list of tests."""
        return f"{self.ids} {self.what}"


OUTCOMES = {
    "blocker": Outcome.REJECTED,
    "error": Outcome.PARTLY_ACCEPTED,
    "query": Outcome.ACCEPTED_WITH_QUERIES,
    "note": Outcome.ACCEPTED,
    None: Outcome.ACCEPTED,
}
"""What a file with one finding of a severity becomes."""


def kind(ids: str, what: str, plant: Plant, rule: str | None, severity: str | None, **more: Any) -> Kind:
    """A kind whose finding decides what becomes of the file, unless `outcome` says otherwise."""
    return Kind(ids, what, plant, rule, severity, more.pop("outcome", OUTCOMES[severity]), **more)


def cell(ids: str, what: str, form: str, field: str, value: Value, rule: str, severity: str, **more: Any) -> Kind:
    """A kind that is one value in one cell."""
    return kind(ids, what, lambda f: f.put(form, field, value), f"{form}-{rule}", severity, **more)


def mended(ids: str, what: str, form: str, field: str, value: Value, rule: str, **more: Any) -> Kind:
    """A kind that is one value in one cell, repaired and told once for the whole sheet."""

    def plant(f: Form) -> Place:
        return Place(f.put(form, field, value).sheet)

    rule = rule if rule.startswith("TEP-") else f"{form}-{rule}"
    return kind(ids, what, plant, rule, "note", words=f"ô đầu tiên: {Form().at(form, field).cell}", **more)


def meant(ids: str, what: str, form: str, field: str, value: Value, reads: Any, **more: Any) -> Kind:
    """A kind that can be read in one way only: what is read, and nothing said."""
    dataset = contract_of(form).name
    return kind(ids, what, lambda f: f.put(form, field, value), None, None, reads=(dataset, field, reads), **more)


def about_sheet(name: str, plant: Callable[[Form], Any]) -> Plant:
    """A plant whose finding is about the whole sheet."""

    def planted(f: Form) -> Place:
        plant(f)
        return Place(name)

    return planted


def at_field(form: str, field: str, plant: Plant) -> Plant:
    """A plant whose finding is at a field of the first line."""

    def planted(f: Form) -> Place:
        plant(f)
        page = f.page(form)
        return Place(page.name, f"{page.letter(field)}{page.first_row}")

    return planted


def blank() -> Book:
    """The blank form, as it is sent out."""
    return blank_book(next(one for one in senders(YEAR) if one.agency_code == "SNV"), YEAR, EDITION)


@cache
def _filled() -> Book:
    book = blank()
    for field, value in COVER.items():
        book.line(field).value = value
    for page in book.pages:
        page.spare_rows = min(page.spare_rows, SPARE)
        contract = contract_of(page.code)
        values = {name: written(contract.name, name, value) for name, value in VALID[contract.name].items()}
        if page.code in PREPARED:
            for row in page.rows:
                row.values.update({k: v for k, v in values.items() if k not in contract.primary_key})
        else:
            page.rows = [Row(values)]
    number_rows(book)
    return book


def written(dataset: str, field: str, value: Any) -> Value:
    """A value as the dropdown of its column writes it."""
    one = load(dataset).field(field)
    if one.code_list is None or not isinstance(value, str):
        return value
    try:
        return shown(one.code_list, value)
    except KeyError:
        return value
