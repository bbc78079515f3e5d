"""Whether two writings of a name may be one name, and how near two names are.

Lives here: two functions over plain names (lower case, no title, see ``sightings.py``), rapidfuzz for nearness.
"""

from __future__ import annotations

from ingestion.typing.text import fold

NEAR = 85.0
"""Likeness (0–100, rapidfuzz's ratio) from which two names may be one with a slip of the pen."""


def agree(one: str, bare_one: str, other: str, bare_other: str) -> bool:
    """The same words: equal but for the place of a tone, or one of them written without any diacritics."""
    if fold(one) == fold(other):
        return True
    return bare_one == bare_other and (one == bare_one or other == bare_other)


def likeness(one: str, bare_one: str, other: str, bare_other: str) -> float:
    """0–100; over letters without diacritics where one of the two has none."""
    from rapidfuzz import fuzz

    if one == bare_one or other == bare_other:
        return float(fuzz.ratio(bare_one, bare_other))
    return float(fuzz.ratio(fold(one), fold(other)))
