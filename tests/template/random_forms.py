"""Forms filled at random, and what LibreOffice says the form's own formulas make of them.

Cells are plausible, blank or odd (other kinds, other lengths, texts beside the list); the seed makes them again.
"""

from __future__ import annotations

import datetime as dt
import subprocess
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula

from expectations.contracts.load import load
from expectations.contracts.model import Field
from expectations.formulas.compile import sheet_rule
from expectations.formulas.values import NotInExcelError
from expectations.rules.compile import compile_rules
from expectations.rules.parameters import from_reference
from ingestion.template.book import Book
from ingestion.template.owed import senders
from ingestion.template.pages import blank_book, contract_of
from ingestion.template.self_check import SelfChecks, page_cells
from ingestion.template.writer import workbook_bytes

YEAR, LINES, PROOF = 2025, 8, "proof"
UNJUDGED = 2
TOTALLED = {"B02": "recruits_count", "B06": "spent_amount"}
"""Forms under whose lines officers write a total, and the column of its number."""
_DAYS = [dt.date(1985, 5, 6), dt.date(1990, 2, 28), dt.date(2000, 2, 29), dt.date(2018, 2, 28), dt.date(2024, 3, 31)]
_DAYS += [dt.date(2025, 2, 20), dt.date(2025, 7, 1), dt.date(2025, 11, 30), dt.date(2026, 3, 1), dt.date(2009, 12, 31)]
_IDS = ["003190000123", "003090000456", "003300000789", "001090000123", "999190000123", "123456789", "00319000012"]
_IDS += ["0031900001234", "003 190 000 123", "AB123456", "12345", "003200000111", "031190000123"]
_ODD: list[Any] = ["khoảng 5", " ", 7, -3, 2.5, 44_000.5, 2_900_000, dt.date(2025, 3, 1), "x y z", "31/12/1990", "12"]
PARAMETERS = from_reference(is_sample=True)


def book_of(agency: str) -> Book:
    """The blank form of an agency, with its own checks."""
    one = next(s for s in senders(YEAR) if s.agency_code == agency)
    book = blank_book(one, YEAR, f"{YEAR}.0123456789ab")
    SelfChecks(PARAMETERS).add_to(book)
    return book


def filled_at_random(book: Book, seed: int) -> openpyxl.Workbook:
    """The form with random cells on every sheet."""
    from io import BytesIO

    random = Random(seed)
    found = openpyxl.load_workbook(BytesIO(workbook_bytes(book)))
    cover = found[book.cover_name]
    for field in load("cover").form_fields:
        if field.name not in ("agency_code", "agency_name", "reporting_year"):
            cover[book.cover_cell(field.name)] = _cell(field, book, random)
    for page in book.pages:
        cover[book.nil_cell(page.code)] = random.choice(["x", None, None])
        for line in range(LINES, len(page.rows)):  # prepared lines that the proof does not look at
            for field in contract_of(page.code).form_fields:
                found[page.name][f"{page.letter(field.name)}{page.first_row + line}"].value = None
        for line in range(random.choice([0, LINES, LINES])):
            for field in contract_of(page.code).form_fields:
                cell = found[page.name][f"{page.letter(field.name)}{page.first_row + line}"]
                cell.value = _cell(field, book, random)
        if page.code in TOTALLED:
            found[page.name][f"A{page.first_row + LINES}"] = random.choice(["Tổng cộng", "Cộng", "tổng số"])
            found[page.name][f"{page.letter(TOTALLED[page.code])}{page.first_row + LINES}"] = 1250
    return found


def _cell(field: Field, book: Book, random: Random) -> Any:
    draw = random.random()
    if draw < 0.25:
        return None
    if draw < 0.37:
        odd = random.choice(_ODD)
        # no formula sees that a number is shown as a day (expectations/formulas)
        return "x" if isinstance(odd, dt.date) and field.type in ("integer", "decimal") else odd
    return _plausible(field, book, random)


def _plausible(field: Field, book: Book, random: Random) -> Any:
    if field.pii == "identity":
        return random.choice(_IDS)
    if field.code_list is not None:
        shown = next(one for one in book.lists if one.name == field.code_list)
        return random.choice(shown.codes)[1]
    if field.type == "date":
        return random.choice(_DAYS)
    if field.type == "integer":
        return random.choice([0, 1, 5, 2019, 2024, 2025, 2030, 2031, 100_000])
    if field.type == "decimal":
        return random.choice([0, 12.5, 99.25, 101, 250, 2_500_000])
    if field.type == "boolean":
        return random.choice(["Có", "Không"])
    return random.choice(["%", "người", "45/QĐ-SNV", "Chuyển đổi số"])


def add_proof(book: Book, workbook: openpyxl.Workbook) -> dict[str, tuple[str, int]]:
    """Write each rule of each line as a formula on a sheet of its own; cell → (rule, row). UNJUDGED says nothing."""
    sheet = workbook.create_sheet(PROOF)
    placed: dict[str, tuple[str, int]] = {}
    for page in book.pages:
        contract = contract_of(page.code)
        cells = page_cells(book, page, contract)
        for row in range(page.first_row, page.first_row + LINES):
            at = {f.name: f"'{page.name}'!${page.letter(f.name)}{row}" for f in contract.form_fields}
            number, position = f"'{page.name}'!$A{row}", str(row - page.first_row + 1)
            here = replace(cells, references=at, number=number, position=position)
            for rule in compile_rules(contract, PARAMETERS):
                try:
                    made = sheet_rule(rule, here)
                except NotInExcelError:
                    continue
                address = f"A{len(placed) + 1}"
                formula = f"=IF(IFERROR({made.judged}*1,0)=0,{UNJUDGED},{made.verdict})"
                sheet[address] = ArrayFormula(address, formula)
                placed[address] = (rule.rule, row)
    return placed


def calculated(files: list[Path], folder: Path) -> list[openpyxl.Workbook]:
    """The workbooks with the values that LibreOffice computes."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    out = folder / "calculated"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=3000)
    return [openpyxl.load_workbook(out / file.name, data_only=True) for file in files]
