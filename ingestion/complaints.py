"""Findings that no row rule makes: about a file, its columns, its lines, the journal; words from expectations/rules.

Lives here: one constructor. Does not live here: the sentences, or the findings of gate 1 (rules/select.py).
"""

from __future__ import annotations

from typing import Any

from expectations.findings import Finding, Severity
from expectations.rules.messages import message


def complaint(rule: str, severity: Severity | str, facts: dict[str, str] | None = None, **address: Any) -> Finding:
    """A finding of `rule`; `facts` fill its sentence, `address` are fields of Finding (file, sheet, row, …)."""
    text = message(rule, "vi", **(facts or {}))
    return Finding(
        rule=rule,
        severity=Severity(severity),
        message=text.message,
        expected=text.expected,
        fix=text.fix,
        **address,
    )
