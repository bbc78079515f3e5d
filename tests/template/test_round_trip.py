"""The forms come back from LibreOffice and from an officer's hands, and are accepted without a finding (issue 3)."""

import subprocess
from pathlib import Path

import openpyxl
import pytest

from expectations.home import Home
from ingestion.check import check
from ingestion.template.owed import Sender, senders
from ingestion.template.pages import blank_book
from ingestion.template.self_check import SelfChecks
from ingestion.template.shape import EDITION_PROPERTY
from ingestion.template.writer import workbook_bytes
from tests.template.officer import fill_in
from tests.template.random_forms import PARAMETERS

YEAR = 2025
SPREAD = {"SNV", "SKHCN", "06613", "05977"}
"""In every run: a department, one born in the year by a merger, a commune, a ward; in `make soak` everybody."""


def through_libreoffice(files: list[Path], folder: Path) -> list[Path]:
    """All files opened and saved by LibreOffice, in one go."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    out = folder / "saved"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=900)
    return [out / file.name for file in files]


def blank_forms(chosen: list[Sender], folder: Path) -> list[Path]:
    folder.mkdir(parents=True)
    checks = SelfChecks(PARAMETERS)
    for one in chosen:
        book = blank_book(one, YEAR, f"{YEAR}.0123456789ab")
        checks.add_to(book)
        (folder / f"{one.official_code}.xlsx").write_bytes(workbook_bytes(book))
    return [folder / f"{one.official_code}.xlsx" for one in chosen]


def filled(files: list[Path], folder: Path) -> list[Path]:
    folder.mkdir()
    for file in files:
        book = openpyxl.load_workbook(file)
        fill_in(book, YEAR)
        book.save(folder / file.name)
    return [folder / file.name for file in files]


def assert_accepted(files: list[Path], home: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / "sample.json").write_text("{}")  # ids of people who do not exist are allowed in a sample home only
    told = {v.file: [(f.rule, f.sheet, f.cell, f.message) for f in v.findings] for v in check(files, Home(home))}
    assert told == {file.name: [] for file in files}


def round_trip(chosen: list[Sender], folder: Path) -> None:
    blank = blank_forms(chosen, folder / "blank")
    after_hand = filled(through_libreoffice(blank, folder / "first"), folder / "filled")
    assert_accepted(after_hand, folder / "home")
    assert_accepted(through_libreoffice(after_hand, folder / "second"), folder / "home")
    for file in after_hand:
        properties = {one.name: one.value for one in openpyxl.load_workbook(file).custom_doc_props.props}
        assert properties[EDITION_PROPERTY] == f"{YEAR}.0123456789ab"


def test_forms_saved_by_libreoffice_and_filled_in_are_accepted_without_a_finding(tmp_path: Path):
    chosen = [one for one in senders(YEAR) if one.agency_code in SPREAD]
    assert {one.agency_code for one in chosen} == SPREAD
    round_trip(chosen, tmp_path)


@pytest.mark.soak
def test_every_agencys_form_is_accepted_after_libreoffice_and_a_hand(tmp_path: Path):
    round_trip(senders(YEAR), tmp_path)
