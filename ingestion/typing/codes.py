"""Codes from what a form shows: the code itself or its Vietnamese label, matched by sight, never by likeness.

Lives here: matching and the nearest name for the sentence. Does not live here: the lists (expectations/reference).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ingestion.typing.text import clean, fold
from ingestion.typing.typed import BLANK, Typed

_PUNCTUATION = re.compile(r"[\s\-.,;:()/]+")
YES = {"có", "true"}
NO = {"không", "false"}


class CodeList:
    """One list: `rows` are dicts with code and label_vi. Two labels that look alike make neither of them match."""

    def __init__(self, name: str, rows: Iterable[Mapping[str, str]]) -> None:
        self.name = name
        self.labels = {row["code"]: row["label_vi"] for row in rows}
        self._exact = {text: code for code, label in self.labels.items() for text in (label, code)}
        self._by_key: dict[str, str | None] = {}
        for code, label in self.labels.items():
            for text in {code, label, f"{code} {label}"}:
                key = _key(text)
                self._by_key[key] = code if self._by_key.get(key, code) == code else None

    def read(self, text: str) -> Typed:
        """The code written as code, as label, or as "code - label"; else the reason, with the nearest label."""
        tidy, _ = clean(text)
        if not tidy:
            return BLANK
        if tidy in self._exact:
            return Typed(self._exact[tidy])
        code = self._by_key.get(_key(tidy))
        if code is None:
            return Typed(reason="not_in_list", facts={"gia_tri": tidy, "gan": self.nearest(tidy)})
        return Typed(code, repairs=("label_variant",))

    def nearest(self, text: str) -> str:
        """The label that looks most like `text`, or "" when none comes near.

        Whole labels first: parts of them would offer "Không hoàn thành" to who mistyped "hoàn thành".
        """
        from rapidfuzz import fuzz, process

        choices = {code: fold(label) for code, label in self.labels.items()}
        for scorer, cutoff in ((fuzz.ratio, 75), (fuzz.WRatio, 60)):
            if found := process.extractOne(fold(text), choices, scorer=scorer, score_cutoff=cutoff):
                return self.labels[found[2]]
        return ""


def own_words(lists: Iterable[CodeList]) -> set[str]:
    """What our forms offer to choose from: the labels of these lists, and the two words of a boolean."""
    return {label for one in lists for label in one.labels.values()} | {"Có", "Không"}


def read_boolean(text: str) -> Typed:
    """Có / Không (any case, any normal form) or Excel's TRUE / FALSE. "x", "1", "-" say nothing certain: a reason."""
    tidy, _ = clean(text)
    if not tidy:
        return BLANK
    word = fold(tidy)
    if word in YES:
        return Typed(True)
    if word in NO:
        return Typed(False)
    return Typed(reason="not_yes_no", facts={"gia_tri": tidy})


def _key(text: str) -> str:
    return _PUNCTUATION.sub(" ", fold(text)).strip()
