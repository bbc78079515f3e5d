"""Rows written as small text tables, so that a test shows its data. Not a pytest module.

The first line names the columns with a type after a colon (int, dec, day, bool, at; text without one); cells are
parted by ``|``; an empty cell is NULL.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

Rows = list[dict[str, Any]]

READ = {
    "": str,
    "int": int,
    "dec": Decimal,
    "day": date.fromisoformat,
    "at": datetime.fromisoformat,
    "bool": lambda text: text == "yes",
}
ARROW = {"int": "int64", "day": "date32", "bool": "bool_", "": "string"}


def rows(text: str) -> Rows:
    """The rows of a text table as dicts in the order of its columns."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    columns = [name.partition(":")[::2] for name in lines[0]]
    return [
        {name: READ[kind](cell) if cell else None for (name, kind), cell in zip(columns, line, strict=True)}
        for line in lines[1:]
    ]


def kinds(text: str) -> dict[str, str]:
    """The type of every column of a text table."""
    return dict(name.strip().partition(":")[::2] for name in text.strip().splitlines()[0].split("|"))
