"""M8: what the form finds by itself is what gate 1 finds, rule by rule and row by row; LibreOffice does the sums."""

from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from expectations.home import Home
from ingestion.check import FileVerdict, check
from ingestion.template import shape
from ingestion.template.book import Book
from ingestion.template.check_sheet import COUNT, FIRST_ROW, PLACE
from tests.template.random_forms import UNJUDGED, add_proof, book_of, calculated, filled_at_random


def verdicts(files: list[Path], folder: Path) -> list[FileVerdict]:
    (folder / "home").mkdir(exist_ok=True)
    (folder / "home" / "sample.json").write_text("{}")
    return check(files, Home(folder / "home"))


def compare(seeds: range, folder: Path) -> Counter[str]:
    """Fill, calculate and check one workbook a seed; how often the formulas judged and how often they found."""
    books = [book_of("SNV" if seed % 3 else "06613") for seed in seeds]
    sent, proved, places = [], [], []
    for seed, book in zip(seeds, books, strict=True):
        workbook = filled_at_random(book, seed)
        workbook.save(folder / f"{seed}.xlsx")
        places.append(add_proof(book, workbook))
        workbook.save(folder / f"proof-{seed}.xlsx")
        sent.append(folder / f"{seed}.xlsx")
        proved.append(folder / f"proof-{seed}.xlsx")
    counted: Counter[str] = Counter()
    for book, found, computed, placed in zip(
        books, verdicts(sent, folder), calculated(proved, folder), places, strict=True
    ):
        assert not [f.rule for f in found.findings if f.rule.startswith("TEP-") and f.severity == "blocker"], found.file
        counted += same_rows(found, computed, placed)
        same_counts(book, found, computed, placed)
    return counted


def same_rows(found: FileVerdict, computed: openpyxl.Workbook, placed: dict[str, tuple[str, int]]) -> Counter[str]:
    told = {(finding.rule, finding.row) for finding in found.findings}
    nil = {finding.rule for finding in found.findings if finding.rule.endswith("NIL-ROWS")}  # told once a form
    told |= {place for cell, place in placed.items() if place[0] in nil and computed["proof"][cell].value == 1}
    said = {place[0] for cell, place in placed.items() if computed["proof"][cell].value == 1}
    assert nil <= said, found.file
    counted: Counter[str] = Counter()
    for cell, place in placed.items():
        value = computed["proof"][cell].value
        assert value in (0, 1, UNJUDGED), (found.file, cell, place, value)
        if value != UNJUDGED:
            assert bool(value) == (place in told), (found.file, place, value)
            counted["broken" if value else "kept"] += 1
            if value:
                counted[place[0]] += 1
        else:
            counted["unjudged"] += 1
    return counted


def same_counts(
    book: Book, found: FileVerdict, computed: openpyxl.Workbook, placed: dict[str, tuple[str, int]]
) -> None:
    """The sheet "Tự kiểm tra" counts what the lines say one by one; the first sheet's rules are compared directly."""
    sheet = computed[shape.CHECK_SHEET]
    lines = Counter(rule for cell, (rule, _) in placed.items() if computed["proof"][cell].value == 1)
    told = {finding.rule for finding in found.findings}
    for offset, one in enumerate(book.checks):
        count = sheet.cell(FIRST_ROW + offset, COUNT + 1).value
        assert bool(sheet.cell(FIRST_ROW + offset, PLACE + 1).value) == bool(count), (
            found.file,
            one.rule,
            "no way to it",
        )
        if one.form is None:
            assert count <= (one.rule in told), (found.file, one.rule, count)
        else:
            assert count == lines[one.rule], (found.file, one.rule, count)


def test_the_form_finds_what_gate_one_finds(tmp_path: Path):
    counted = compare(range(6), tmp_path)
    assert counted["broken"] > 300 and counted["kept"] > 3 * counted["broken"]


@pytest.mark.soak
def test_the_form_finds_what_gate_one_finds_in_hundreds_of_workbooks(tmp_path: Path):
    counted = compare(range(1000, 1300), tmp_path)
    rules = {check.rule for check in book_of("SNV").checks if check.form is not None}
    never = {rule for rule in rules if not counted[rule]}
    assert never == set(), "every compiled rule is broken somewhere"
