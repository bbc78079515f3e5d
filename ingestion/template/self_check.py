"""The rules that the form checks by itself, compiled from the one contract (M8).

Lives here: where the formulas of a rule stand on this book. Does not live here: the formulas
(``expectations/formulas``), the sheet that shows them (``check_sheet.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from expectations.contracts.load import load
from expectations.contracts.model import Contract
from expectations.formulas.cells import Cells
from expectations.formulas.compile import sheet_rule
from expectations.formulas.values import NotInExcelError
from expectations.rules.compile import CompiledRule, compile_rules
from expectations.rules.messages import message
from expectations.rules.parameters import RuleParameters
from ingestion.template import shape
from ingestion.template.book import Book, Check, Page
from ingestion.template.pages import contract_of

_ADVICE = (
    f"Ô tự chuyển màu đỏ (phải sửa) hoặc cam (sửa hoặc giải trình) khi nhập: xem lý do ở trang {shape.CHECK_SHEET}; "
    "không cần mạng. Trang này không thay việc kiểm tra khi gửi."
)
_GAP = "…"


class SelfChecks:
    """The checks of the forms of one home; made once for all books of the same build."""

    def __init__(self, parameters: RuleParameters) -> None:
        self._parameters = parameters
        self._made: dict[object, list[Check]] = {}

    def add_to(self, book: Book) -> None:
        """Give a book the checks that its sheets can make, and the words that say so."""
        build = (
            tuple((page.code, page.name, page.first_row) for page in book.pages),
            tuple((code_list.name, *code_list.codes) for code_list in book.lists),
            tuple(owed.code for owed in book.owed),
        )
        if build not in self._made:
            self._made[build] = list(_checks(book, self._parameters))
        book.checks = self._made[build]
        (heading, lines), *others = book.guidance
        book.guidance = ((heading, (*lines, _ADVICE)), *others)


def _checks(book: Book, parameters: RuleParameters) -> Iterator[Check]:
    cover = load("cover")
    for rule in compile_rules(cover, parameters):
        yield from _check(rule, _cover_cells(book, cover), _cover_cells(book, cover), None, book.cover_name, book)
    for page in book.pages:
        contract = contract_of(page.code)
        line, lines = page_cells(book, page, contract), page_cells(book, page, contract, whole=True)
        for rule in compile_rules(contract, parameters):
            yield from _check(rule, line, lines, page, page.name, book)


def page_cells(book: Book, page: Page, contract: Contract, whole: bool = False) -> Cells:
    """The cells of a form for the formula of its first line, or of all its lines."""
    first, last = page.first_row, page.first_row + shape.CHECKED_ROWS - 1
    sheet = f"'{page.name}'!"
    letters = {field.name: page.letter(field.name) for field in contract.form_fields}
    columns = {name: f"{sheet}${letter}${first}:${letter}${last}" for name, letter in letters.items()}
    here = columns if whole else {name: f"${letter}{first}" for name, letter in letters.items()}
    number = f"{sheet}$A{first}:$A{last}" if whole else f"$A{first}"
    position = f"(ROW({next(iter(here.values()))})-{first - 1})"
    nil = f"'{book.cover_name}'!{_fixed(book.nil_cell(page.code))}"
    return Cells(contract, here, columns, position, _labels(book), book.list_ranges(), number, nil)


def _cover_cells(book: Book, contract: Contract) -> Cells:
    at = {f.name: f"'{book.cover_name}'!{_fixed(book.cover_cell(f.name))}" for f in contract.form_fields}
    return Cells(contract, at, at, "1", _labels(book), book.list_ranges())


def _check(rule: CompiledRule, line: Cells, lines: Cells, page: Page | None, sheet: str, book: Book) -> Iterator[Check]:
    try:
        at, broken = sheet_rule(rule, line).verdict, sheet_rule(rule, lines).verdict
    except NotInExcelError:
        return
    field = rule.fields[0] if rule.fields else line.contract.form_fields[0].name
    if page is not None:
        letter, first = page.letter(field), page.first_row
    else:
        letter, first = book.cover_cell(field)[0], int(book.cover_cell(field)[1:])
    facts: dict[str, Any] = dict(rule.facts)
    words = message(rule.rule, **facts)
    yield Check(
        rule=rule.rule,
        severity=str(rule.severity),
        form=page.code if page is not None else None,
        sheet=sheet,
        letter=letter,
        first_row=first,
        broken=broken,
        at=at,
        says=_without_gaps(f"{words.message}; cần {words.expected}" if words.expected else words.message),
        fix=words.fix,
    )


def _without_gaps(text: str) -> str:
    """A sentence without the places for facts that only a finding has."""
    return text.replace(f" (ô {_GAP})", "").replace(f" ({_GAP})", "").replace(f" {_GAP}", "")


def _labels(book: Book) -> dict[str, dict[str, str]]:
    return {code_list.name: dict(code_list.codes) for code_list in book.lists}


def _fixed(cell: str) -> str:
    return f"${cell[0]}${cell[1:]}"
