"""Finding known people in a text: ids as runs of digits, names as runs of words.

Lives here: the search over one text. Does not live here: which texts there are (``texts.py``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise

from ingestion.privacy.persons import LEAST_DIGITS, Persons

_DIGITS = re.compile(rf"\d{{{LEAST_DIGITS},}}")
_SPACED = re.compile(r"(?<!\d)\d{1,4}(?:[ .\-\u00a0]\d{1,4}){2,5}(?!\d)")
_WORDS = re.compile(r"[^\W\d_]+")
_FULL = 12


class Search:
    """A search for these persons; made once, used on many texts."""

    def __init__(self, persons: Persons) -> None:
        self._ids = persons.ids
        self._names = persons.names
        self._pairs = {key[:2] for key in persons.names}
        self._lengths = sorted({len(key) for key in persons.names})

    def count(self, text: str) -> Counter[str]:
        """How many ``id`` and ``name`` hits a text holds."""
        return Counter(id=self._ids_in(text), name=self._names_in(text))

    def _ids_in(self, text: str) -> int:
        found = sum(self._is_id(run) for run in _DIGITS.findall(text))
        return found + sum("".join(filter(str.isdigit, run)) in self._ids for run in _SPACED.findall(text))

    def _is_id(self, run: str) -> bool:
        if run in self._ids:
            return True
        windows = (run[start : start + _FULL] for start in range(len(run) - _FULL + 1)) if len(run) > _FULL else ()
        return any(window in self._ids for window in windows)

    def _names_in(self, text: str) -> int:
        if not self._names:
            return 0
        words = _WORDS.findall(unicodedata.normalize("NFC", text).casefold())
        starts = (number for number, pair in enumerate(pairwise(words)) if pair in self._pairs)
        return sum(
            any(tuple(words[start : start + length]) in self._names for length in self._lengths) for start in starts
        )
