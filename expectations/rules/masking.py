"""How much of a value may be shown: of an id the last three digits, of a name or a birth date nothing.

Lives here: masking for findings, receipts and logs. Does not live here: pseudonyms (ingestion) and disclosure control.
"""

from __future__ import annotations

import re

from expectations.contracts.model import Field

HIDDEN = "…"
_LONG_DIGITS = re.compile(r"\d[\d .]{6,}\d")
_MAX_LENGTH = 60


def last_digits(value: str | None) -> str | None:
    """``…890`` for anything that may be an id; None stays None."""
    if value is None:
        return None
    digits = re.sub(r"\D", "", value)
    return HIDDEN + digits[-3:] if len(digits) >= 6 else HIDDEN


def mask(value: str | None, field: Field | None = None) -> str | None:
    """The value as it may be shown. Long runs of digits are cut in every field: an id may stand in a wrong column."""
    if value is None:
        return None
    if field is not None and field.pii == "identity":
        return last_digits(value)
    if field is not None and (field.pii in ("name", "birth") or (field.pii == "sensitive" and field.type == "text")):
        return HIDDEN
    if field is not None and field.type == "decimal" and sum(map(str.isdigit, value)) <= 9:
        return " ".join(value.split())[:_MAX_LENGTH]
    shown = _LONG_DIGITS.sub(lambda found: last_digits(found[0]) or HIDDEN, " ".join(value.split()))
    return shown if len(shown) <= _MAX_LENGTH else shown[: _MAX_LENGTH - 1] + HIDDEN
