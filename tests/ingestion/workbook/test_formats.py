"""The same workbooks as .xls, .ods and .xlsb: the same rows are accepted, the same cells blamed."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from expectations.contracts.load import all_contracts
from expectations.findings import Outcome
from expectations.home import Home
from ingestion.check import check
from ingestion.collect import collect
from ingestion.pseudonyms import sample_key
from ingestion.rehearsal.season import make_season
from ingestion.workbook.interpret import interpret
from ingestion.workbook.jail import Jail, Job
from ingestion.workbook.parsed import Cell, ParsedWorkbook
from ingestion.workbook.reference import reference_of
from ingestion.workbook.refusal import Refusal
from tests.builders import Submission, submission
from tests.hostile_files import edited_zip
from tests.inboxes import NOW, Season
from tests.office import convert
from tests.xlsb_files import xlsb

SEED, YEAR = 7, 2025
OTHERS = ("xls", "ods", "xlsb")
ONLY_OFFICE = ("computed", "epoch", "full-rows", "far", "formula")
OF_THE_FILE = {"submission_id", "file_name", "sha256"}
ALL = (
    "plans",
    "own_targets",
    "recruitment_summaries",
    "talents",
    "departures",
    "trainings",
    "budgets",
    "task_progress",
)

Made = Callable[[str, str], Path]


def edit_hidden(book: openpyxl.Workbook) -> None:
    book["B03"].row_dimensions[7].hidden = True
    book["B03"].column_dimensions["D"].hidden = True
    book["B04"].sheet_state = "hidden"
    book["B04"].merge_cells("B6:C7")


def percent_target(book: openpyxl.Workbook) -> None:
    cell = book["B01b"][submission("own_targets").address("own_targets", "target_value")]
    cell.value, cell.number_format = 0.125, "0.00%"


def old_epoch(book: openpyxl.Workbook) -> None:
    book.epoch = CALENDAR_MAC_1904


def books() -> dict[str, Submission]:
    """Everything these tests send, so that LibreOffice starts once a format."""
    full = submission(*ALL).with_values("talents", national_id=3190000123, note="dòng 1\ndòng 2, 😀")
    two = submission("talents", "departures").row("talents", national_id="003190000124")
    return {
        "whole": submission("talents", "departures"),
        "full": full.with_value("own_targets", "target_value", 12.75),
        "hidden": two.edited(edit_hidden),
        "error": submission("talents").with_value("talents", "started_on", "#REF!").with_cell("B03", "AZ9", True),
        "computed": submission("talents").with_value("talents", "started_on", "=1/0"),
        "short-year": submission("talents").with_value("talents", "started_on", "5/6/25"),
        "percent": submission("own_targets").edited(percent_target),
        "epoch": submission("talents").edited(old_epoch),
        "full-rows": submission("talents").edited(lambda b: b["B03"].__setitem__("A65536", 1)),
        "far": submission("talents").edited(lambda b: b["B03"].__setitem__("AMJ1000000", 1)),
        "formula": submission("talents").with_value("talents", "started_on", "=1+1"),
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """made(kind, name): one of `books()` in a format."""
    root = tmp_path_factory.mktemp("made")
    (root / "xlsx").mkdir()
    sources = [book.save(root / "xlsx", f"{name}.xlsx") for name, book in books().items()]
    ready: set[str] = {"xlsx"}

    def get(kind: str, name: str) -> Path:
        if kind not in ready:
            ready.add(kind)
            (root / kind).mkdir()
            in_format([s for s in sources if kind != "xlsb" or s.stem not in ONLY_OFFICE], kind, root / kind)
        return root / kind / f"{name}.{kind}"

    return get


def in_format(sources: list[Path], kind: str, folder: Path) -> list[Path]:
    if kind != "xlsb":
        return convert(sources, kind, folder)
    targets = [folder / f"{source.stem}.xlsb" for source in sources]
    for source, target in zip(sources, targets, strict=True):
        target.write_bytes(xlsb(openpyxl.load_workbook(source)))
    return targets


def parsed(jail: Jail, path: Path) -> ParsedWorkbook | Refusal:
    return jail.parse(Job(path, hashlib.sha256(path.read_bytes()).hexdigest(), path.name))


def accepted(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Dataset -> rows of the year's workbooks, without what names the file."""
    season = Season.__new__(Season)
    season.home, season.year = Home(home), YEAR
    found = {}
    for contract in all_contracts():
        if contract.channel == "workbook":
            rows = season.rows(contract.name)
            found[contract.name] = sorted(
                repr(sorted((k, v) for k, v in row.items() if k not in OF_THE_FILE)) for row in rows
            )
    return found


@pytest.fixture(scope="module")
def seasons(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One small season four times: its forms as our writer makes them, then in every other format; all collected."""
    root = tmp_path_factory.mktemp("formats")
    make_season(root / "xlsx", SEED, 4, (YEAR,), "none")
    homes = {kind: root / kind for kind in ("xlsx", *OTHERS)}
    for kind in OTHERS:
        shutil.copytree(root / "xlsx", root / kind)
        inbox = Home(root / kind).inbox(YEAR)
        forms = sorted(inbox.glob("*.xlsx"))
        (root / f"{kind}-made").mkdir()
        made = in_format(forms, kind, root / f"{kind}-made")
        for old, new in zip(forms, made, strict=True):
            old.unlink()
            shutil.move(new, inbox / new.name)
        journal = Home(root / kind).arrivals(YEAR)
        journal.write_text(journal.read_text(encoding="utf-8").replace(".xlsx", f".{kind}"), encoding="utf-8")
    for home in homes.values():
        collect(Home(home), YEAR, gate=None, now=NOW.replace(year=2026), key=sample_key(SEED), quiet_seconds=0)
    return homes


@pytest.mark.parametrize("kind", OTHERS)
def test_D006_a_season_in_another_format_gives_the_same_rows(kind: str, seasons: dict[str, Path]):
    first, other = accepted(seasons["xlsx"]), accepted(seasons[kind])
    assert sum(map(len, first.values())) > 100
    assert other == first


@pytest.mark.parametrize("kind", OTHERS)
def test_every_cell_is_read_as_from_xlsx(kind: str, made: Made, jail: Jail):
    other, same = parsed(jail, made(kind, "full")), parsed(jail, made("xlsx", "full"))
    assert isinstance(other, ParsedWorkbook) and isinstance(same, ParsedWorkbook), other
    assert other.template_edition == same.template_edition == "2025.000000000000"
    assert [(s.name, s.state) for s in other.sheets] == [(s.name, s.state) for s in same.sheets]
    for one, twin in zip(other.sheets, same.sheets, strict=True):
        assert one.rows == twin.rows, one.name


@pytest.mark.parametrize("kind", OTHERS)
def test_D033_D034_C16_F18_what_is_hidden_or_merged_is_known(kind: str, made: Made, jail: Jail):
    found = parsed(jail, made(kind, "hidden"))
    assert isinstance(found, ParsedWorkbook)
    talents, departures = (next(s for s in found.sheets if s.name == name) for name in ("B03", "B04"))
    assert talents.hidden_rows == {7} and talents.hidden_columns == {3}
    assert (departures.state, departures.merged) == ("hidden", ((6, 1, 7, 2),))


@pytest.mark.parametrize("kind", OTHERS)
def test_D206_C15_an_error_value_is_a_finding_at_its_cell(kind: str, made: Made, sample_home: Home):
    name = "error" if kind == "xlsb" else "computed"  # LibreOffice computes: an error must be one that a formula has
    verdict = check([made(kind, name)], sample_home)[0]
    finding = next(f for f in verdict.findings if f.rule == "B03-STARTED_ON-TYPE")
    assert (finding.sheet, finding.cell) == ("B03", books()[name].address("talents", "started_on"))
    assert "giá trị lỗi" in finding.message and finding.value == ("#REF!" if kind == "xlsb" else "#DIV/0!")


def test_a_boolean_of_xlsb_is_one(made: Made, jail: Jail):
    found = parsed(jail, made("xlsb", "error"))
    assert isinstance(found, ParsedWorkbook)
    assert next(s for s in found.sheets if s.name == "B03").rows[9] == {51: Cell("b", "TRUE")}


@pytest.mark.parametrize("kind", OTHERS)
def test_D170_C12_a_bad_date_is_told_as_in_xlsx(kind: str, made: Made, sample_home: Home):
    told = [
        [(f.rule, f.severity, f.sheet, f.cell, f.value, f.message.replace(p.name, "")) for f in verdict.findings]
        for p in (made(kind, "short-year"), made("xlsx", "short-year"))
        for verdict in check([p], sample_home)
    ]
    assert told[0] == told[1] and any(rule == "B03-STARTED_ON-TYPE" for rule, *_ in told[0])


@pytest.mark.parametrize("kind", OTHERS)
def test_the_answer_to_other_formats_is_a_result_workbook(kind: str, made: Made, sample_home: Home, tmp_path: Path):
    path = made(kind, "short-year")
    verdict = check([path], sample_home, annotate=tmp_path / "answers")[0]
    assert verdict.outcome is Outcome.PARTLY_ACCEPTED
    assert verdict.annotated is not None and verdict.annotated.name == "short-year.ket-qua.xlsx"
    sheet = openpyxl.load_workbook(verdict.annotated).active
    assert "B03-STARTED_ON-TYPE" in [cell.value for cell in sheet["J"]]


@pytest.mark.parametrize("kind", ("xlsx", *OTHERS))
def test_D201_a_cell_that_shows_percent_is_read_as_it_is_seen(kind: str, made: Made, jail: Jail, sample_home: Home):
    book = parsed(jail, made(kind, "percent"))
    assert isinstance(book, ParsedWorkbook)
    read = interpret(book, YEAR, reference_of(sample_home), all_contracts())
    row = read.rows["own_targets"][0]
    assert (row["target_value"], row["target_value__raw"]) == (Decimal("12.5"), "12,5%")
    note = next(f for f in read.findings if f.rule == "B01b-TARGET_VALUE-PERCENT_CELL")
    assert (note.severity, note.cell) == ("note", submission("own_targets").address("own_targets", "target_value"))


@pytest.mark.parametrize("kind", ("xls", "ods"))
def test_C11_D176_the_1904_epoch_shifts_no_day_in_other_formats(kind: str, made: Made, jail: Jail):
    found = parsed(jail, made(kind, "epoch"))
    assert isinstance(found, ParsedWorkbook)
    cells = next(s for s in found.sheets if s.name == "B03").rows[6].values()
    assert "1990-05-06" in [cell.text for cell in cells]


@pytest.mark.parametrize(
    ("kind", "name", "rule", "place"),
    [("xls", "full-rows", "TEP-DAY", "65536"), ("ods", "far", "TEP-O_XA", "AMJ1000000")],
)
def test_F09_F14_full_sheets_and_far_cells(kind: str, name: str, rule: str, place: str, made: Made, jail: Jail):
    found = parsed(jail, made(kind, name))
    assert isinstance(found, Refusal) and found.rule == rule and place in found.facts.values()


def test_C14_a_formula_without_result_in_ods(tmp_path: Path, made: Made, jail: Jail):
    result = 'office:value-type="float" office:value="2" calcext:value-type="float"'
    (tmp_path / "b.ods").write_bytes(edited_zip(made("ods", "formula"), "content.xml", result, ""))
    found = parsed(jail, tmp_path / "b.ods")
    assert isinstance(found, ParsedWorkbook), found
    cells = next(s for s in found.sheets if s.name == "B03").rows[6].values()
    assert [cell.kind for cell in cells if cell.kind == "f"] == ["f"]


OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
FOREIGN = {
    "F11 macro": ("Basic/Standard/Module1.xml", "text/xml", "", "TEP-MACRO"),
    "F12 object": ("Object 1/", f"{OPEN_DOCUMENT}.text", "", "TEP-DOI_TUONG_NHUNG"),
    "F12 chart": ("Object 1/", f"{OPEN_DOCUMENT}.chart", "", "read"),
    "F10 password": ("content.xml", "", "<manifest:encryption-data/>", "TEP-MAT_KHAU"),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_F10_F11_F12_programs_objects_passwords_in_ods(case: str, tmp_path: Path, made: Made, jail: Jail):
    place, kind, inside, rule = FOREIGN[case]
    end = "</manifest:manifest>"
    entry = f'<manifest:file-entry manifest:full-path="{place}" manifest:media-type="{kind}">{inside}'
    changed = edited_zip(made("ods", "whole"), "META-INF/manifest.xml", end, f"{entry}</manifest:file-entry>{end}")
    (tmp_path / "b.ods").write_bytes(changed)
    found = parsed(jail, tmp_path / "b.ods")
    assert (found.rule if isinstance(found, Refusal) else "read") == rule


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("seed", range(8))
def test_F02_damaged_bytes_of_other_formats(kind: str, seed: int, made: Made, jail: Jail, tmp_path: Path):
    rng = random.Random(seed)
    whole = made(kind, "whole")
    broken = bytearray(whole.read_bytes())
    for _ in range(rng.randint(1, 4)):
        broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
    path = tmp_path / f"b.{kind}"
    path.write_bytes(bytes(broken))
    true, found = parsed(jail, whole), parsed(jail, path)
    if kind != "xls":  # BIFF has no checksum: a flipped bit in a letter is another letter, as on paper
        assert isinstance(found, Refusal) or (isinstance(true, ParsedWorkbook) and found.sheets == true.sheets)
