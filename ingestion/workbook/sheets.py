"""Which sheet is which form: by its name, normalised, never by its place.

Lives here: recognition and the nearest name. Does not live here: what is on a sheet (layout.py, cover.py), sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingestion.template.shape import CHECK_SHEET, LIST_SHEET
from ingestion.typing.text import fold
from ingestion.workbook.parsed import ParsedSheet, ParsedWorkbook

RESULT_SHEET = "Kết quả kiểm tra"
"""The sheet that our own check adds; it comes back with the corrected workbook and is no stranger."""
OURS = (LIST_SHEET, CHECK_SHEET, RESULT_SHEET)


@dataclass(frozen=True)
class Sheets:
    """`known` maps the contract's sheet name (B03, Thông tin chung) to the sheet found; `twice` are further sheets of
    the same normalised name; `others` hold something but are no form; empty sheets and the code lists are left out.
    """

    known: dict[str, ParsedSheet] = field(default_factory=dict)
    twice: list[tuple[str, ParsedSheet]] = field(default_factory=list)
    others: list[ParsedSheet] = field(default_factory=list)


def sheet_key(name: str) -> str:
    """A name without case, spaces (NBSP too) and normal form: "b03 " and "B03" are equal, "Biểu 03" is not."""
    return re.sub(r"\s+", "", fold(name))


def recognise(workbook: ParsedWorkbook, names: Iterable[str]) -> Sheets:
    """Sort the sheets of a workbook by the sheet names that contracts promise."""
    wanted = {sheet_key(name): name for name in names}
    found = Sheets()
    for sheet in workbook.sheets:
        name = wanted.get(sheet_key(sheet.name))
        if name is None:
            if sheet.rows and sheet_key(sheet.name) not in map(sheet_key, OURS):
                found.others.append(sheet)
        elif name in found.known:
            found.twice.append((name, sheet))
        else:
            found.known[name] = sheet
    return found


def nearest(name: str, candidates: Iterable[str]) -> str:
    """The candidate that looks most like `name`, or "" when none comes near."""
    from rapidfuzz import fuzz, process

    choices = {candidate: re.sub(r"^bi[eể]u|^b(?=\d)|\W|(?<=\D)0+", "", fold(candidate)) for candidate in candidates}
    wanted = re.sub(r"^bi[eể]u|^b(?=\d)|\W|(?<=\D)0+", "", fold(name))
    found = process.extractOne(wanted, choices, scorer=fuzz.ratio, score_cutoff=50)
    return str(found[2]) if found else ""
