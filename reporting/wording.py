"""The sentences of the report, by key: `wording/vi.yml` for the text, `wording/annexes.yml` for the annexes.

Lives here: looking a sentence up and filling in its facts, strictly. Does not live here: which sentence is said when
(``narrative``), how a number is written (``numbers``).
"""

from __future__ import annotations

import string
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("wording")


class WordingError(ValueError):
    """A sentence is unknown, misses a fact, was given one it does not use, or is not NFC: a fault of ours."""


def say(key: str, **facts: Any) -> str:
    """The sentence of ``key`` with its facts. Raises WordingError on an unknown key, a missing or an unused fact."""
    pattern = sentences().get(key)
    if pattern is None:
        raise WordingError(f"no sentence has the key {key!r}")
    wanted = placeholders(pattern)
    if wanted != facts.keys():
        missing, unused = sorted(wanted - facts.keys()), sorted(facts.keys() - wanted)
        raise WordingError(f"{key}: missing facts {missing}, unused facts {unused}")
    return pattern.format_map({name: str(value) for name, value in facts.items()})


def knows(key: str) -> bool:
    """Whether a sentence with this key exists."""
    return key in sentences()


def placeholders(pattern: str) -> frozenset[str]:
    """The names of the facts that a sentence takes."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(pattern) if name)


@cache
def sentences() -> dict[str, str]:
    """All sentences by key, checked: texts only, NFC, no key twice."""
    loaded = _load("vi.yml")
    for key, text in loaded.items():
        if not isinstance(text, str) or unicodedata.normalize("NFC", text) != text:
            raise WordingError(f"vi.yml: {key} must be one text in NFC")
    return loaded


@cache
def annexes() -> dict[str, Any]:
    """Titles, units, columns and notes of the annexes, by annex number (``I`` … ``XV``) and table key."""
    return _load("annexes.yml")


def _load(name: str) -> dict[str, Any]:
    import yaml

    text = (_FOLDER / name).read_text(encoding="utf-8")
    loaded = yaml.safe_load(text)
    keys = [line.split(":", 1)[0] for line in text.splitlines() if line and not line.startswith((" ", "#", "-"))]
    if len(keys) != len(set(keys)):
        raise WordingError(f"{name}: a key stands twice")
    return loaded
