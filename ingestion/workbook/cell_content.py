"""What a cell of a worksheet part says, whichever way it was read: its kind and text by the words of the format.

Runs in the jail. Lives here: the words that rows and cells may carry, and what they come to. Does not live here: going
through a part (row_count.py, plain_rows.py).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ingestion.workbook.references import damaged, whole
from ingestion.workbook.shared_strings import unescaped
from ingestion.workbook.styles import Looks

CELL_SAYS = frozenset(("r", "s", "t", "cm", "vm", "ph"))
ROW_SAYS = frozenset(
    ("r", "spans", "s", "customFormat", "ht", "hidden", "customHeight", "outlineLevel", "collapsed", "thickTop",
     "thickBot", "ph")
)  # fmt: skip
KINDS = {"b": "b", "e": "e", "n": "n", "d": "d", "s": "s", "str": "s", "inlineStr": "s"}
TRUE = ("1", "true")


def is_known(names: Collection[str], known: Collection[str]) -> bool:
    """Whether an element carries only attributes that the format knows, or that another namespace adds."""
    return all(name in known or ":" in name for name in names)


def content_of(
    kind: str, style: str, text: str | None, has_formula: bool, strings: Mapping[str, str], looks: Looks[str]
) -> tuple[str, str] | None:
    """(type, text) as counted.CountedSheet has them, or None of a cell without content. `text` None: it has no value.

    RefusedError when it speaks of a string that is not there.
    """
    if text is None or (text == "" and kind != "str" and has_formula):
        return ("f", "") if has_formula else None
    said = KINDS[kind]
    if kind == "s" and text:
        text = strings[text] if text in strings else _shared(text, strings)
    elif said == "s":
        text = unescaped(text)
    elif said == "n" and style in looks.percents:
        said = "p"
    return (said, text) if text else None


def _shared(index: str, strings: Mapping[str, str]) -> str:
    text = strings.get(str(whole(index.strip())))
    if text is None:
        raise damaged()
    return text
