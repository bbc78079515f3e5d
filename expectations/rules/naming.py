"""Bad rows as findings, up to a limit for each file: a million rows with one mistake are told once, with their number.

Lives here: naming the first rows of every file and one finding for all the others. Does not live here: the predicates,
single addresses (``select.py``) and the sentences (``messages.py``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from expectations.findings import Finding
from expectations.rules.compile import TYPED, CompiledRule
from expectations.rules.messages import finding_for, message
from expectations.rules.select import select_bad

NAMED_ROWS = 1_000
"""Bad rows of one rule in one file that get a finding of their own; the others are told as a number."""


def named(
    connection: Any, rule: CompiledRule, schema: str = TYPED, limit: int = NAMED_ROWS
) -> tuple[list[Finding], int]:
    """The findings of a rule, at most ``limit`` (and one for the rest) a file, and how many rows are bad in all."""
    sql = f"SELECT submission_id, count(*) FROM {schema}.{rule.dataset} WHERE {rule.over(schema)} GROUP BY 1 ORDER BY 1"
    counts: list[tuple[str, int]] = connection.execute(sql).fetchall()
    total = sum(count for _, count in counts)
    if not counts:
        return [], 0
    if max(count for _, count in counts) <= limit:
        return [finding_for(rule, bad) for bad in select_bad(connection, rule, schema)], total
    findings: list[Finding] = []
    for submission_id, count in counts:
        own = replace(rule, template=f"submission_id = '{submission_id}' AND ({rule.template})")
        first = [finding_for(rule, bad) for bad in select_bad(connection, own, schema, limit)]
        findings += with_the_rest(first, count)
    return findings, total


def with_the_rest(named: list[Finding], total: int) -> list[Finding]:
    """The findings that name a row each, and one for all bad rows that are not named: same rule, no address."""
    if total == len(named):
        return named
    text = message("TEP-CON_NUA", k=total - len(named))
    rest = replace(named[-1], message=text.message, expected=text.expected, fix=text.fix)
    return [*named, replace(rest, cell=None, row=None, value=None)]
