"""The result of typing one cell: a value, or the reason why there is none, and what was repaired on the way.

Does not live here: how each type is read (text.py, numbers.py, dates.py, codes.py, identity.py, cell.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Typed:
    """`value` None and `reason` None means blank. `reason` and `repairs` are keys of expectations/rules texts.

    `facts` fill the sentence of the reason (all text, never an id or a name).
    """

    value: Any = None
    reason: str | None = None
    facts: dict[str, str] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()


BLANK = Typed()
