"""A form as a picture in memory: pages of columns and rows, before anything is written.

Lives here: ``Book``, ``Page``, ``Column``, ``Row`` and where a cell of a page will stand on the sheet.
Does not live here: what belongs on a page (``pages.py``), xlsx (``writer.py``).

The sample season fills these pictures and spoils some of them (``rehearsal/faults``), so rows are objects: an address
is asked for when everything has been inserted, never remembered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ingestion.template import shape


@dataclass(frozen=True)
class Formula:
    """A formula and the result that the file keeps for it: a number, an error such as ``#REF!``, or nothing at all."""

    text: str
    result: str | float | None = None


Value = str | int | float | Decimal | date | bool | Formula | None


@dataclass(eq=False)
class Column:
    """One column: the contract's field, its header as written, what kind of cells it holds.

    ``kind`` is the contract's type or ``id`` (text that must keep its zeros) or ``number`` (the STT column); ``codes``
    names the code list of a dropdown; ``minimum`` and ``maximum`` bound numbers and dates.
    """

    field: str
    header: str
    kind: str
    width: float = 12
    codes: str | None = None
    prompt: str = ""
    required: bool = False
    minimum: int | date | None = None
    maximum: int | date | None = None


@dataclass(eq=False)
class Row:
    """One line under the headers: values by field, or ``loose`` text by column index (totals, signatures)."""

    values: dict[str, Value] = field(default_factory=dict)
    loose: dict[int, Value] | None = None
    hidden: bool = False


@dataclass(eq=False)
class Page:
    """One data sheet. ``above`` are extra title rows that push everything else down."""

    code: str
    name: str
    title: str
    agency_line: str
    guide: str
    columns: list[Column]
    rows: list[Row] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    has_number_row: bool = True
    spare_rows: int = 15

    @property
    def header_row(self) -> int:
        """The 1-based row of the headers."""
        return shape.HEADER_ROW + len(self.above)

    @property
    def first_row(self) -> int:
        """The 1-based row of the first line under the headers (and under the numbering row, if there is one)."""
        return self.header_row + (2 if self.has_number_row else 1)

    def column(self, field_name: str) -> Column:
        """The column of a field; KeyError when the page has none."""
        for column in self.columns:
            if column.field == field_name:
                return column
        raise KeyError(f"{self.code} has no column {field_name}")

    def row_number(self, row: Row) -> int:
        """The 1-based row on which a line stands now."""
        return self.first_row + next(i for i, candidate in enumerate(self.rows) if candidate is row)

    def cell(self, row: Row, field_name: str) -> str:
        """The address of a cell, such as ``C14``."""
        return f"{self.letter(field_name)}{self.row_number(row)}"

    def header_cell(self, field_name: str) -> str:
        """The address of a column's header."""
        return f"{self.letter(field_name)}{self.header_row}"

    def letter(self, field_name: str) -> str:
        """The letter of a field's column."""
        return letter(self.columns.index(self.column(field_name)))


@dataclass(eq=False)
class CoverLine:
    """One line of the first sheet: the cover's field, its label, the value, the kind of cell, the hint, the bounds."""

    field: str
    label: str
    kind: str
    value: Value = None
    prompt: str = ""
    minimum: int | date | None = None
    maximum: int | date | None = None


@dataclass(eq=False)
class Owed:
    """A form that the agency owes: code, title, and whether it is marked nil."""

    code: str
    title: str
    is_nil: bool = False


@dataclass(eq=False)
class Extra:
    """A sheet that is no form: its name and lines of text. Officers add such sheets; we never do."""

    name: str
    lines: list[str]
    is_hidden: bool = False


@dataclass(eq=False)
class CodeList:
    """A code list as it stands on the last sheet: (code, label) pairs in their order."""

    name: str
    title: str
    codes: list[tuple[str, str]]


@dataclass(frozen=True)
class Check:
    """A rule that the form checks by itself. ``form`` is the page's code, or None for the first sheet.

    ``broken`` is an array formula over all lines (1 where the rule is broken), ``at`` the same for the first line, to
    be copied down; ``letter`` is the column of the cell that is shown, ``first_row`` the row of the first line.
    """

    rule: str
    severity: str
    form: str | None
    sheet: str
    letter: str
    first_row: int
    broken: str
    at: str
    says: str
    fix: str


@dataclass(eq=False)
class Book:
    """A whole form. ``edition`` may be empty: files that officers made themselves have none.

    ``letterhead`` are the two lines above the sender's side of the first sheet; ``guidance`` are headings with their
    lines under its tables: how to fill in, how to send.
    """

    year: int
    title: str
    cover: list[CoverLine]
    owed: list[Owed]
    pages: list[Page]
    lists: list[CodeList]
    edition: str = ""
    cover_name: str = shape.COVER_SHEET
    letterhead: tuple[str, str] = ("", "")
    guidance: tuple[tuple[str, tuple[str, ...]], ...] = ()
    extras: list[Extra] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    def page(self, code: str) -> Page:
        """The page of a form; KeyError when the book has none."""
        for page in self.pages:
            if page.code == code:
                return page
        raise KeyError(f"no page {code}")

    def has(self, code: str) -> bool:
        """Whether the book has a page for this form."""
        return any(page.code == code for page in self.pages)

    def line(self, field_name: str) -> CoverLine:
        """The cover's line of a field; KeyError when there is none."""
        for line in self.cover:
            if line.field == field_name:
                return line
        raise KeyError(f"no line {field_name}")

    def list_ranges(self) -> dict[str, str]:
        """Code list → the range of its labels on the sheet of lists, as a reference."""
        found, at = {}, shape.LIST_FIRST_ROW
        for code_list in self.lists:
            last = at + len(code_list.codes) - 1
            found[code_list.name] = f"'{shape.LIST_SHEET}'!$B${at}:$B${last}"
            at = last + 1
        return found

    def cover_cell(self, field_name: str) -> str:
        """The address of a value on the first sheet, such as ``B5``."""
        return f"B{shape.COVER_FIRST_ROW + self.cover.index(self.line(field_name))}"

    @property
    def nil_header_row(self) -> int:
        """The 1-based row of the headers of the table of owed forms."""
        return shape.COVER_FIRST_ROW + len(self.cover) + 1

    def nil_cell(self, code: str) -> str:
        """The address of a form's "không phát sinh" cell."""
        place = next(i for i, owed in enumerate(self.owed) if owed.code == code)
        return f"C{self.nil_header_row + 1 + place}"


def letter(index: int) -> str:
    """The letters of a 0-based column index: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
