"""Truth as 0 and 1 in formulas: products and sums work on a cell and on a whole column alike, AND and OR do not.

Lives here: putting conditions together, with the constants folded away. Does not live here: what the conditions are.
"""

from __future__ import annotations

from collections.abc import Iterable

TRUE, FALSE = "1", "0"


def every(parts: Iterable[str]) -> str:
    """1 where all conditions are."""
    kept = list(dict.fromkeys(part for part in parts if part != TRUE))
    if FALSE in kept:
        return FALSE
    return "*".join(kept) if kept else TRUE


def some(parts: Iterable[str]) -> str:
    """1 where one condition is."""
    kept = list(dict.fromkeys(part for part in parts if part != FALSE))
    if TRUE in kept:
        return TRUE
    if len(kept) <= 1:
        return kept[0] if kept else FALSE
    return f"({'+'.join(kept)}>0)"


def no(part: str) -> str:
    """1 where the condition is 0."""
    return {TRUE: FALSE, FALSE: TRUE}.get(part) or f"(1-{part})"


def factors(part: str) -> list[str]:
    """The conditions that ``every`` put together, taken apart again."""
    found, depth, in_text = [""], 0, False
    for sign in part:
        in_text ^= sign == '"'
        depth += 0 if in_text else (sign == "(") - (sign == ")")
        if sign == "*" and depth == 0 and not in_text:
            found.append("")
        else:
            found[-1] += sign
    return found


def quoted(text: str) -> str:
    """Text as a literal of a formula."""
    return '"' + text.replace('"', '""') + '"'
