"""Rows read by patterns say what they say event by event (V5): on random sheets, and on spoilt ones (R9)."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.workbook.counted import CountedSheet
from ingestion.workbook.plain_rows import read_plain
from ingestion.workbook.refusal import RefusedError
from ingestion.workbook.row_count import count, count_events
from ingestion.workbook.shared_strings import shared_strings
from ingestion.workbook.styles import Looks
from tests.fuzzed_workbooks import mutant

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FOOT = '</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
STRINGS = {"0": "Họ và tên", "1": "", "2": "A & B"}
LOOKS = Looks(percents=frozenset("3"), struck=frozenset("4"), known=frozenset("01234"))

rows = st.sampled_from(
    ['<row r="{}">', '<row r="{}" spans="1:3" hidden="1" x14ac:dyDescent="0.25">', '<row r="{}" ht="18"/>', "<row>",
     '<row r="{}" hidden="1" hidden="0">', '<row r="{}" nobody="1">', '<row r="{}"><!-- x -->']
)  # fmt: skip
cells = st.sampled_from(
    ['<c r="{}"><v>7</v></c>', '<c r="{}" s="3"><v>0.5</v></c>', '<c r="{}" s="4" t="s"><v>0</v></c>',
     '<c r="{}" t="s"><v>1</v></c>', '<c r="{}" t="s"><v>9</v></c>', '<c r="{}" s="9"><v>1</v></c>', '<c r="{}"/>',
     '<c r="{}" s="2"/>', '<c r="{}" t="str"><f>A1&amp;"x"</f><v>chữ &lt; ấy</v></c>', '<c r="{}" t="b"><v>1</v></c>',
     '<c r="{}"><f>A1+1</f></c>', '<c r="{}"><f>A1</f><v/></c>', '<c r="{}" t="str"><f>A1</f><v></v></c>',
     '<c r="{}" t="inlineStr"><is><t>Tên</t></is></c>', '<c r="{}" t="e"><v>#REF!</v></c>', "<c><v>1</v></c>",
     '<c r="{}" t="n" s="1"><v>1</v></c>', '<c r="{}"><v>1]]&gt;</v></c>', '<c r="{}" t="s"><v> 0 </v></c>',
     '<c r="{}" t="str"><v>_x0041_</v></c>', '<c r="{}"><v>1\r\n</v></c>',
     '<c r="{}"><f t="shared" si="0"/><v>2</v></c>']
)  # fmt: skip
sheets = st.lists(
    st.tuples(st.integers(1, 5), rows, st.lists(st.tuples(st.sampled_from("ABCD"), cells), max_size=4)), max_size=4
)


def sheet_of(lines) -> bytes:
    text = HEAD
    for number, row, inside in lines:
        text += row.format(number)
        if not row.endswith("/>"):
            text += "".join(cell.format(f"{letter}{number}") for letter, cell in inside) + "</row>"
    return (text + FOOT).encode()


def said(part: bytes, reader, strings: Mapping[str, str] = STRINGS, looks: Looks[str] = LOOKS) -> object:
    try:
        sheet: CountedSheet = reader(io.BytesIO(part), strings, looks)
    except RefusedError as refused:
        return refused.refusal
    return sheet


@given(sheets)
def test_patterns_and_events_say_the_same_of_any_sheet(lines):
    part = sheet_of(lines)
    assert said(part, count) == said(part, count_events)


def test_a_form_is_plain_and_what_is_not_is_left_to_events():
    plain = '<row r="1"><c r="A1" s="4" t="s"><v>0</v></c><c r="B1" s="3"><v>0.5</v></c></row><row r="2" hidden="1"/>'
    read = read_plain(f"{HEAD}{plain}{FOOT}".encode(), STRINGS, LOOKS)
    assert read is not None
    assert read[0].cells == {(1, 0): ("s", "Họ và tên"), (1, 1): ("p", "0.5")}
    assert (read[0].struck, read[0].hidden_rows) == ({(1, 0)}, {2})
    for strange in ("<!-- -->", "<![CDATA[x]]>", "<?x?>", '<c r="A1" cm="1"><v>1</v></c>', "<v>1</v>", " x "):
        assert read_plain(f"{HEAD}{plain}{strange}{FOOT}".encode(), STRINGS, LOOKS) is None


def readable_parts(content: bytes) -> dict[str, bytes]:
    """The parts that unpack; none of what is no package: nobody reads it."""
    parts: dict[str, bytes] = {}
    with contextlib.suppress(Exception), zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.startswith("xl/"):
                parts[name] = package.read(name)
    return parts


@pytest.mark.parametrize("number", range(0, 10_000, 61))
def test_R9_of_a_spoilt_workbook_patterns_and_events_say_the_same(number: int):
    parts = readable_parts(mutant(number).content)
    try:
        strings = shared_strings(io.BytesIO(parts["xl/sharedStrings.xml"]))
    except (KeyError, RefusedError):
        strings = STRINGS
    for name, part in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            looks: Looks[str] = Looks()
            assert said(part, count, strings, looks) == said(part, count_events, strings, looks), name
