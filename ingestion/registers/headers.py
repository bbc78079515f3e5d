"""Whether a file has the columns its layout promises: a missing, unknown or double column stops the file.

Lives here: comparing headers with a layout, naming the nearest known one, headers in an old font. Does not live here:
sentences (messages).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from expectations.contracts.load import load
from ingestion.registers.layout import Layout
from ingestion.typing.legacy import ENCODINGS, to_unicode
from ingestion.typing.text import fold

NEAR = 60


@dataclass(frozen=True)
class HeaderProblem:
    """`rule` is a TEP-…_SO id; `header` is what it is about, `nearest` what comes near ("" when nothing does)."""

    rule: str
    header: str
    nearest: str = ""


def problems(layout: Layout, headers: tuple[str, ...]) -> list[HeaderProblem]:
    """Every reason why these headers are not those of the layout, in the order of the file, then of the contract.

    Under the canonical layout only fields that are required (a breach is an error) must have a column.
    """
    wanted = set(layout.headers) | set(layout.ignored)
    found = [
        HeaderProblem("TEP-COT_TRUNG_SO", header) for header in sorted({h for h in headers if headers.count(h) > 1})
    ]
    unknown = [header for header in headers if header not in wanted]
    missing = _missing(layout, headers)
    found += [HeaderProblem("TEP-COT_LA_SO", header, nearest(header, missing or _names(layout))) for header in unknown]
    found += [HeaderProblem("TEP-THIEU_COT_SO", header, nearest(header, unknown)) for header in missing]
    return found


def in_unicode(header: str, known: Collection[str]) -> str:
    """The header as Unicode, if it is a known one (`known`: folded) written for an old font; else as it is (D061)."""
    if header.isascii() or fold(header) in known:
        return header
    read = {word for name in ENCODINGS if fold(word := to_unicode(header, name)) in known}
    return read.pop() if len(read) == 1 else header


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice that looks most like `word`, or "" when none comes near."""
    from rapidfuzz import fuzz, process

    folded = {choice: fold(choice) for choice in choices if choice}
    best = process.extractOne(fold(word), folded, scorer=fuzz.WRatio, score_cutoff=NEAR)
    return str(best[2]) if best else ""


def _missing(layout: Layout, headers: tuple[str, ...]) -> list[str]:
    if layout.layout != "canonical":
        return [header for header in layout.headers if header not in headers]
    fields = load(layout.dataset).fields
    return [f.name for f in fields if f.required and f.severity == "error" and f.name in layout.absent]


def _names(layout: Layout) -> list[str]:
    return [*layout.headers, *layout.ignored, *load(layout.dataset).field_names]
