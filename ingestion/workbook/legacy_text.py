"""Text of old fonts (TCVN3, VNI) on a sheet, read as Unicode where the text leaves no doubt; the original is kept.

Lives here: what the cells of a sheet say together, and the findings. Does not live here: the encodings and the test of
one text (ingestion.typing.legacy). The font of a cell is not asked: it is a name that anybody may have changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from expectations.findings import Finding
from ingestion.typing.legacy import ENCODINGS, UNICODE, Encoding, is_sign, is_telling, readings, to_unicode
from ingestion.workbook.parsed import Cell, ParsedSheet, ParsedWorkbook, address
from ingestion.workbook.said import Place, Speaker

NAMES: dict[str, str] = {"TCVN3": "TCVN3 (ABC)", "VNI": "VNI", UNICODE: "Unicode"}
_OURS = frozenset([UNICODE])
At = tuple[int, int]
V = TypeVar("V")


@dataclass(frozen=True)
class Conversion:
    """What was done on one sheet: cells converted by encoding, and cells left alone with the readings they allow."""

    sheet: str
    converted: Mapping[Encoding, tuple[At, ...]]
    doubtful: Mapping[frozenset[str], tuple[At, ...]]


def in_unicode(
    workbook: ParsedWorkbook, own_texts: Collection[str] = frozenset()
) -> tuple[ParsedWorkbook, tuple[Conversion, ...]]:
    """The workbook with old encodings read as Unicode, and what was done. Unicode and ASCII come back as they are.

    `own_texts` are what our form itself says and offers (headers, labels of lists): where they stand they are Unicode.
    """
    sheets, done = [], []
    for sheet in workbook.sheets:
        found: dict[At, frozenset[str]] = {}
        has_unicode = False
        for row, cells in sheet.rows.items():
            for column, cell in cells.items():
                if cell.kind != "s" or cell.text.isascii():
                    continue
                possible = _OURS if cell.text in own_texts else readings(cell.text)
                if possible == _OURS:
                    has_unicode = True
                else:
                    found[row, column] = possible
        texts = {at: sheet.rows[at[0]][at[1]].text for at in found}
        chosen, doubtful = _chosen(found, texts, has_unicode)
        sheets.append(_converted(sheet, chosen) if chosen else sheet)
        if chosen or doubtful:
            done.append(Conversion(sheet.name, _by_value(chosen), _by_value(doubtful)))
    return replace(workbook, sheets=tuple(sheets)), tuple(done)


def told(conversions: Iterable[Conversion], speaker: Speaker) -> list[Finding]:
    """A note for what was converted on a sheet, a query for what may be read in two ways."""
    findings = []
    for one in conversions:
        for encoding, places in one.converted.items():
            words = f" ({len(places)} ô, ô đầu tiên: {address(*places[0])})"
            name = NAMES[encoding]
            findings.append(speaker.finding("TEP-BANG_MA_CU", Place(sheet=one.sheet), count=words, bang_ma=name))
        for possible, places in one.doubtful.items():
            words = f" ({len(places)} ô, ô đầu tiên: {address(*places[0])})"
            names = ", ".join(NAMES[name] for name in sorted(possible))
            place = Place(sheet=one.sheet, row=places[0][0], column=places[0][1])
            findings.append(speaker.finding("TEP-BANG_MA_KHONG_RO", place, count=words, bang_ma=names))
    return findings


def _chosen(
    found: Mapping[At, frozenset[str]], texts: Mapping[At, str], has_unicode: bool
) -> tuple[dict[At, Encoding], dict[At, frozenset[str]]]:
    """(cell -> encoding to convert from, cell -> readings between which nothing decides), of the cells that may be
    something else than Unicode; `has_unicode`: others of the sheet are that and nothing else.

    A cell that can only be one old encoding and shows it beyond doubt is sure. The others follow the sheet: one that
    can be the sheet's only old encoding is that, unless it can be Unicode too and the sheet has Unicode cells.
    """
    sure = {
        at: name
        for at, possible in found.items()
        for name in ENCODINGS
        if possible == {name} and is_telling(texts[at], name)
    }
    of_sheet = set(sure.values())
    chosen: dict[At, Encoding] = {}
    doubtful: dict[At, frozenset[str]] = {}
    for at, possible in found.items():
        old = [name for name in ENCODINGS if name in possible]
        if not old:
            continue
        if sure.get(at) == old[0]:
            chosen[at] = old[0]
        elif UNICODE in possible and not of_sheet:
            continue
        elif (
            of_sheet.intersection(old) == of_sheet and len(of_sheet) == 1 and not (UNICODE in possible and has_unicode)
        ):
            chosen[at] = next(name for name in old if name in of_sheet)
        elif of_sheet.intersection(old) or not (of_sheet or is_sign(texts[at])):
            doubtful[at] = possible
    return chosen, doubtful


def _by_value(cells: Mapping[At, V]) -> dict[V, tuple[At, ...]]:
    found: dict[V, tuple[At, ...]] = {}
    for at, value in sorted(cells.items(), key=lambda item: item[0]):
        found[value] = (*found.get(value, ()), at)
    return found


def _converted(sheet: ParsedSheet, chosen: Mapping[At, Encoding]) -> ParsedSheet:
    rows = {row: dict(cells) for row, cells in sheet.rows.items()}
    for (row, column), encoding in chosen.items():
        written = rows[row][column].text
        rows[row][column] = Cell("s", to_unicode(written, encoding), written)
    return replace(sheet, rows=rows)
