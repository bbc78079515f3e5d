"""Why a file cannot be read at all: a rule and the facts its sentence needs.

Lives here: the value that preflight and the jail give back instead of a workbook. Does not live here: the sentences
(expectations/rules) or turning a refusal into a finding (findings of `reading.py`).
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field

UNSOUND_ZIP = (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError)
"""What zipfile raises for a package that is cut off or damaged."""


@dataclass(frozen=True)
class Refusal:
    """`rule` is a TEP-* id; `facts` fill its sentence (all text)."""

    rule: str
    facts: dict[str, str] = field(default_factory=dict)


class RefusedError(Exception):
    """Raised inside the reading code and caught at its door: this file is refused for `refusal`."""

    def __init__(self, rule: str, **facts: str) -> None:
        super().__init__(rule)
        self.refusal = Refusal(rule, facts)
