"""Packages to spoil: four honest workbooks, and a zip taken apart and put together again (for fuzzed_workbooks.py)."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from functools import cache

import openpyxl

from tests import hostile_files as hostile
from tests.builders import VALID, submission

Parts = dict[str, bytes]
CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"(?:\s[^>]*?)?(?:/>|>.*?</c>)', re.S)
ROW = re.compile(rb"<row\b[^>]*>.*?</row>", re.S)


@cache
def originals() -> tuple[bytes, ...]:
    """All forms as Excel writes them (shared strings); few rows so, with inline strings, without addresses."""
    rows = submission(*VALID)
    for nth in range(1, 8):
        rows.row("talents", national_id=f"003190000{nth:03}", full_name=f"Nông Thị Thử {'Ba Bốn Năm'[: nth + 2]}")
        rows.row("trainings", national_id=f"003190000{nth:03}", hours=8 * nth, course_name=f"Lớp & <{nth}>")
        rows.row("budgets", purpose="dao_tao", spent_amount=100.25 * nth, policy_code=None)
    rows.with_value("own_targets", "achieved_value", 0.125).edited(_as_percent)
    small = submission("talents", "departures").row("departures", national_id="003090000457", note="  hai  dòng\n")
    inline = small.workbook()
    return _shared(rows.workbook()), _shared(inline), inline, _without_addresses(inline)


def _as_percent(book: openpyxl.Workbook) -> None:
    sheet = book["B01b"]
    for cell in sheet[6]:
        if cell.value == 0.125:
            cell.number_format = "0.0%"


def _shared(content: bytes) -> bytes:
    """The same workbook with its texts in a part of their own, as Excel writes it."""
    parts = unzipped(content)
    strings: dict[bytes, int] = {}

    def put(found: re.Match[bytes]) -> bytes:
        number = strings.setdefault(found[2], len(strings))
        return found[1] + b't="s"><v>%d</v></c>' % number

    for name in sheets_of(parts):
        parts[name] = re.sub(rb'(<c [^>]*)t="inlineStr"[^>]*><is>(.*?)</is></c>', put, parts[name], flags=re.S)
    items = b"".join(b"<si>" + one + b"</si>" for one in strings)
    head = hostile.HEAD.encode() + f'<sst xmlns="{hostile.MAIN}" uniqueCount="{len(strings)}">'.encode()
    parts["xl/sharedStrings.xml"] = head + items + b"</sst>"
    link = f'<Relationship Id="rIdS" Type="{hostile.RELATIONSHIPS}/sharedStrings" Target="sharedStrings.xml"/>'.encode()
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", link + b"</Relationships>")
    return zipped(parts)


def _without_addresses(content: bytes) -> bytes:
    """The same workbook whose cells say no address: allowed, their order says it."""
    parts = unzipped(content)
    for name in sheets_of(parts):
        parts[name] = _spelt_out(parts[name])
    return zipped(parts)


def _spelt_out(xml: bytes) -> bytes:
    """Every gap filled with an empty cell, then all addresses of cells taken away; rows keep theirs."""

    def row(found: re.Match[bytes]) -> bytes:
        head = re.match(rb"<row\b[^>]*>", found[0])
        assert head is not None
        cells = {_column(m[1]): m[0] for m in CELL.finditer(found[0])}
        whole = [cells.get(at, b"<c/>") for at in range(max(cells, default=0) + 1)]
        return head[0] + b"".join(re.sub(rb'<c r="[A-Z]+[0-9]+"', b"<c", one) for one in whole) + b"</row>"

    return ROW.sub(row, xml)


def _column(letters: bytes) -> int:
    return openpyxl.utils.column_index_from_string(letters.decode()) - 1


def unzipped(content: bytes) -> Parts:
    """Part name -> bytes, in the order of the directory."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(parts: Parts | list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package of these parts; a list may name one twice."""
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", method) as package:
        warnings.simplefilter("ignore")
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            package.writestr(zipfile.ZipInfo(name, (2025, 11, 28, 0, 0, 0)), content, method)
    return stream.getvalue()


def sheets_of(parts: Parts) -> list[str]:
    """The worksheets' part names, in the order of the workbook."""
    found = [name for name in parts if name.startswith("xl/worksheets/sheet")]
    return sorted(found, key=lambda name: int(re.sub("[^0-9]", "", name)))
