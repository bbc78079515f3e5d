"""Habits of programs other than Excel that our second reader took for damage (decision 98), each from a real file."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from ingestion.workbook.cells import read
from ingestion.workbook.formats import format_of
from ingestion.workbook.preflight import inspect
from ingestion.workbook.refusal import RefusedError
from ingestion.workbook.shared_strings import shared_strings
from tests.fuzzed_packages import unzipped, zipped
from tests.hostile_files import HEAD, MAIN, package, rels, sheet

Cells = dict[str, tuple[str, str]]
STRINGS_RELS = rels(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"))

ONE = [1, [0], "n", ["1"]]
"""The row of hostile_files.package."""


@pytest.fixture
def cells(tmp_path: Path) -> Callable[..., Cells]:
    """What is read from the first sheet of a workbook with these rows: address -> (kind, text)."""

    def cells(body: str, *strings: str) -> Cells:
        items = "".join(f"<si><t>{one}</t></si>" for one in strings)
        part = f'{HEAD}<sst xmlns="{MAIN}" count="9" uniqueCount="{len(strings)}">{items}</sst>'
        extra: dict[str, str | bytes] = {"xl/_rels/workbook.xml.rels": STRINGS_RELS, "xl/sharedStrings.xml": part}
        path = tmp_path / "tep.xlsx"
        path.write_bytes(package(sheet(body), extra if strings else None))
        rows = read(path)["sheets"][0]["rows"]
        return {
            f"{'ABCDEFGH'[column]}{row}": (kind, text)
            for row, columns, kinds, texts in rows
            for column, kind, text in zip(columns, kinds, texts, strict=True)
        }

    return cells


def test_a_text_that_is_no_text_at_all_is_a_blank_cell(cells):
    """Apache POI 64508.xlsx: `t="s"` with an empty `<v/>`."""
    body = '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v/></c><c r="C1" t="s"><v>0</v></c></row>'
    assert cells(body, "một", "hai") == {"A1": ("s", "hai"), "C1": ("s", "một")}


def test_blanks_that_are_not_kept_are_nothing(cells):
    """PhpSpreadsheet issue.3720.xlsx (docx4j), issue2109b.xlsx: a blank without xml:space="preserve"."""
    inline = '<c r="B1" t="inlineStr"><is><t>\n</t></is></c>'
    body = f'<row r="1"><c r="A1" t="s"><v>0</v></c>{inline}<c r="C1"><v>7</v></c></row>'
    assert cells(body, " ") == {"C1": ("n", "7")}


def test_of_an_inline_text_with_a_value_beside_it_the_text_counts(cells):
    """Blueprint's export (calamine inlineStr_with_value.xlsx): `<v>1.0</v>` before `<is>` "1."."""
    body = '<row r="1"><c r="A1" t="inlineStr"><v>1.0</v><is><r><t>1.</t></r></is></c></row>'
    assert cells(body) == {"A1": ("s", "1.")}


@pytest.mark.parametrize(
    "body",
    [
        # SpreadsheetGear 7.4 (a file of a French agency, openxlsx-data fichier_complementaire_ccam…): only behind a gap
        '<row><c><v>1</v></c><c><v>2</v></c><c r="D1"><v>4</v></c><c><v>5</v></c></row>'
        "<row/><row><c><v>6</v></c></row>",
        # Apache POI 54288.xlsx: the first cell of a row, and cells behind a gap
        '<row r="1"><c r="A1"><v>1</v></c><c><v>2</v></c><c r="D1"><v>4</v></c><c><v>5</v></c></row>'
        '<row r="3"><c r="A3"><v>6</v></c></row>',
    ],
)
def test_an_address_only_where_the_place_does_not_say_it(body: str, cells):
    expected = {"A1": ("n", "1"), "B1": ("n", "2"), "D1": ("n", "4"), "E1": ("n", "5"), "A3": ("n", "6")}
    assert cells(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        # the others repeat what their place says: one address was lost, wherever it stands
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>',
        '<row r="1"><c><v>1</v></c><c><v>2</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
        '<row><c r="A3"><v>3</v></c></row>',
        # a habit shows more than once
        '<row r="1"><c r="A1"><v>1</v></c><c><v>2</v></c></row>',
    ],
)
def test_F02_a_lost_address_is_still_damage(body: str, cells):
    with pytest.raises(RefusedError, match="TEP-HONG"):
        cells(body)


def test_a_strings_part_that_nobody_needs_may_be_named_and_missing(tmp_path: Path):
    """R's openxlsx (openxlsx-data cloneWorksheetExample.xlsx) names one in every workbook."""
    path = tmp_path / "tep.xlsx"
    path.write_bytes(package(extra={"xl/_rels/workbook.xml.rels": STRINGS_RELS}))
    assert read(path)["sheets"][0]["rows"] == [ONE]
    spoken_of = sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    path.write_bytes(package(spoken_of, {"xl/_rels/workbook.xml.rels": STRINGS_RELS}))
    with pytest.raises(RefusedError, match="TEP-HONG"):
        read(path)


@pytest.mark.parametrize("error", ["#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "Err:502"])
def test_an_error_value_that_calamine_does_not_know_is_one_cell_not_the_file(error: str, cells):
    """ECMA-376 18.17.3 knows #GETTING_DATA; the others are of programs that learnt dynamic arrays."""
    body = (
        f'<row r="1"><c r="A1" t="e"><f>X()</f><v>{error}</v></c><c r="B1" t="e"><v>#N/A</v></c>'
        f'<c r="C1" t="str"><f>A1&amp;""</f><v>{error}</v></c><c r="D1"><v>5</v></c></row>'
    )
    assert cells(body) == {"A1": ("e", error), "B1": ("e", "#N/A"), "C1": ("s", error), "D1": ("n", "5")}


def test_F02_what_is_no_name_of_an_error_is_still_damage(cells):
    with pytest.raises(RefusedError, match="TEP-HONG"):
        cells('<row r="1"><c r="A1" t="e"><v>12</v></c></row>')


def test_part_names_with_backslashes_are_names(tmp_path: Path):
    """Old .NET zips (PhpSpreadsheet issue.3730.xlsx): Excel opens them; they were told to be archives (TEP-NEN)."""
    path = tmp_path / "tep.xlsx"
    path.write_bytes(zipped({name.replace("/", "\\"): part for name, part in unzipped(package()).items()}))
    assert inspect(path) is None and format_of(path) == "xlsx"
    assert read(path)["sheets"][0]["rows"] == [ONE]


@pytest.mark.parametrize("name", ["..\\x.xml", "xl\\..\\..\\x.xml", "\\x.xml", "xl\\workbook.xml"])
def test_F02_backslashes_lead_out_of_no_package_and_name_nothing_twice(name: str, tmp_path: Path):
    path = tmp_path / "tep.xlsx"
    path.write_bytes(package(extra={name: "<x/>"}))
    refusal = inspect(path)
    assert refusal is not None and refusal.rule == "TEP-HONG"


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<si><r><t>a</t></r><r><t>b</t></r></si>", "ab"),
        ("<si><t>a</t><rPh sb='0' eb='1'><t>x</t></rPh></si>", "a"),
        ("<si><t/></si>", ""),
        ("<si/>", ""),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_strings_keep_their_numbers_whichever_of_them_is_not_plain(item: str, text: str, place: int):
    """Excel keeps a text with one bold word as runs; that typed last stands last (decision 95 lost it and refused)."""
    items, texts = ["<si><t>c</t></si>"] * 2, ["c", "c"]
    items.insert(place, item)
    texts.insert(place, text)
    part = f'<sst xmlns="{MAIN}" count="3" uniqueCount="3">{"".join(items)}</sst>'
    assert [*shared_strings(io.BytesIO(part.encode())).values()] == texts
