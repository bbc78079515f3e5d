"""The tables of Part A of the dossier's worked examples, read from their anchors: numbers are never typed twice.

Lives here: reading the copy `part_a.md`, and telling whether it is still the dossier. The dossier lies outside the
repository, so its tables are kept here as a copy: `python -m tests.worked_examples.dossier` takes them anew.
Does not live here: what is compared with them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
COPY = HERE / "part_a.md"
DOSSIER = HERE.parents[2] / "shared" / "worked-examples.md"
ANCHOR = re.compile(r"<!-- table: (\w+) -->\n((?:\|.*\n)+)")


def tables(text: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """Return the anchored tables by name: rows of text, `–` and blank are None."""
    return {name: _rows(body) for name, body in ANCHOR.findall(text or COPY.read_text(encoding="utf-8"))}


def anchored(text: str) -> str:
    """Return only the anchors and their tables, in order; what the copy holds."""
    return "\n".join(f"<!-- table: {name} -->\n{body}" for name, body in ANCHOR.findall(text))


def _rows(body: str) -> list[dict[str, Any]]:
    header, _, *lines = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in body.splitlines()]
    return [dict(zip(header, [None if c in ("", "–") else c for c in line], strict=True)) for line in lines]


if __name__ == "__main__":
    COPY.write_text(anchored(DOSSIER.read_text(encoding="utf-8")), encoding="utf-8")
