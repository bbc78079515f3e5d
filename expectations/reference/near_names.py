"""Which known names look most like a writing that nobody knows: proposals for a person, never an answer.

Lives here: likeness of names and codes. Does not live here: what a name means (`agencies.py`), or making a proposal a
reviewed alias (`aliases.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from expectations.reference.agencies import Registry
from expectations.reference.load import valid_on
from expectations.reference.text import bare, code_of

NEAR_NAME, NEAR_CODE = 78, 66
"""Least likeness of 100 at which a name, or a code, is worth showing: "Sở Nội vu", "SNVU" are, "Phòng TCCB" is not."""


@dataclass(frozen=True)
class NearName:
    """A body whose name or code is near; dates are ISO days (half-open, "" is open), `likeness` is of 100."""

    agency_code: str
    official_code: str
    name_vi: str
    valid_from: str
    valid_to: str
    likeness: int


def nearest(registry: Registry, written: str | None, on: date | None = None, limit: int = 3) -> tuple[NearName, ...]:
    """Return at most `limit` bodies near `written`: those that exist on `on` first, then the most alike."""
    text = bare(written or "")
    if not text:
        return ()
    likeness = _of_names(registry, text)
    if not text.isdigit():  # every other number is one digit away from some commune's
        for code, alike in _of_codes(registry, code_of(written or "").casefold()).items():
            likeness[code] = max(alike, likeness.get(code, 0))

    def order(code: str) -> tuple[bool, int, str]:
        return not (on is None or valid_on(registry.bodies[code], on)), -likeness[code], code

    return tuple(_near_name(registry, code, likeness[code]) for code in sorted(likeness, key=order)[:limit])


def _of_names(registry: Registry, text: str) -> dict[str, int]:
    from rapidfuzz import fuzz, process

    writings = list(registry.writings())
    near = process.extract(
        text, [bare(key) for key, _ in writings], scorer=fuzz.ratio, score_cutoff=NEAR_NAME, limit=60
    )
    best: dict[str, int] = {}
    for _, alike, place in near:
        code = writings[place][1]
        best[code] = max(best.get(code, 0), round(alike))
    return best


def _of_codes(registry: Registry, text: str) -> dict[str, int]:
    from rapidfuzz import fuzz, process

    codes = {code: body["official_code"].casefold() for code, body in registry.bodies.items()}
    near = process.extract(text, codes, scorer=fuzz.ratio, score_cutoff=NEAR_CODE, limit=60)
    return {code: round(alike) for _, alike, code in near}


def _near_name(registry: Registry, code: str, likeness: int) -> NearName:
    body = registry.bodies[code]
    return NearName(code, body["official_code"], body["name_vi"], body["valid_from"], body["valid_to"], likeness)
