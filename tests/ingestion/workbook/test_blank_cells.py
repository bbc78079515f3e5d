"""Cells without content are cut out before the parser (V5): nothing that is read may depend on it."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.workbook.blank_cells import ContentOnly
from ingestion.workbook.refusal import RefusedError
from ingestion.workbook.row_count import count
from ingestion.workbook.styles import Looks

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FOOT = '</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
LOOKS = Looks(known=frozenset(str(n) for n in range(10)))
blank = st.builds(lambda column, style: (column, f' s="{style}"', ""), st.integers(0, 60), st.integers(0, 9))
value = st.builds(lambda column, number: (column, "", f"<v>{number}</v>"), st.integers(0, 60), st.integers(0, 999))
sheets = st.lists(st.lists(blank | value, max_size=12), max_size=8)


def letters(column: int) -> str:
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)


def sheet_of(rows: list[list[tuple[int, str, str]]]) -> str:
    text = HEAD
    for number, cells in enumerate(rows, 1):
        ordered = {column: (style, inner) for column, style, inner in cells}
        text += f'<row r="{number}">'
        for column in sorted(ordered):
            style, inner = ordered[column]
            end = f">{inner}</c>" if inner else "/>"
            text += f'<c r="{letters(column)}{number}"{style}{end}'
        text += "</row>"
    return text + FOOT


class InPieces(io.BytesIO):
    """A stream that gives at most a few bytes at a time, as an unpacked part may."""

    def __init__(self, content: bytes, most: int) -> None:
        super().__init__(content)
        self._most = most

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(self._most, size if size is not None and size >= 0 else self._most))


@given(sheets, st.integers(1, 400))
def test_every_value_is_where_it_was_whatever_is_cut_out_and_wherever_pieces_end(rows, most: int):
    expected = {
        (number, column): ("n", inner[3:-4])
        for number, cells in enumerate(rows, 1)
        for column, (_, inner) in {column: (style, inner) for column, style, inner in cells}.items()
        if inner
    }
    counted = count(InPieces(sheet_of(rows).encode(), most), {}, LOOKS)
    assert counted.cells == expected
    assert counted.merged == [(1, 0, 1, 1)]


def test_what_is_cut_out_leaves_the_styles_it_named():
    stream = ContentOnly(io.BytesIO(b'<row r="1"><c r="A1" s="7"/><c r="B1"/><c r="C1"><v>1</v></c></row>'))
    assert stream.read(1 << 18) == b'<row r="1"><c r="C1"><v>1</v></c></row>'
    assert stream.styles == {b"7", None}


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A1" s="99"/><c r="B1"><v>1</v></c>',  # a style that is not there
        '<c r="A1"/><c><v>1</v></c>',  # some cells with, some without an address
        '<c><v>1</v></c><c r="B1" s="1"/>',
    ],
)
def test_what_no_program_writes_is_refused_on_blank_cells_too(cells: str):
    with pytest.raises(RefusedError):
        count(io.BytesIO(f'{HEAD}<row r="1">{cells}</row>{FOOT}'.encode()), {}, LOOKS)


@pytest.mark.parametrize("inside", ['<!-- <c r="A1"/> -->', '<![CDATA[<c r="A1"/>]]>'])
def test_a_piece_with_a_comment_or_cdata_stays_as_it_is(inside: str):
    content = f'<row r="1"><c r="B1" t="str"><v>{inside}x</v></c></row>'.encode()
    assert ContentOnly(io.BytesIO(content)).read(1 << 18) == content
