"""Gate 1 says that a cell is wrong; the reader knows why: its words replace the general ones.

Lives here: joining findings of the row rules with the problems of an interpreted workbook. Does not live here: making
either, or the texts (expectations/rules/texts/reasons.yml).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from expectations.contracts.load import load
from expectations.findings import Finding
from expectations.rules.masking import last_digits
from expectations.rules.messages import message
from ingestion.workbook.interpreted import CellProblem, Interpreted

_EXPLAINED = ("-TYPE", "-CODE", "-PATTERN", "-ID-SHAPE", "-ID-PREFIX")
_NIL_ROWS = "-NIL-ROWS"


def with_reasons(findings: Iterable[Finding], book: Interpreted) -> list[Finding]:
    """The findings of one workbook's rows, in its own words: file name, exact reasons, one finding for a nil form."""
    problems = {(p.dataset, p.field, p.sheet, p.row): p for p in book.problems}
    absent = _absent_columns(book)
    told: list[Finding] = []
    nil: dict[str, list[Finding]] = {}
    for finding in findings:
        if (finding.dataset, finding.field) in absent and finding.rule.endswith(("-REQUIRED", "-CODE")):
            continue  # the missing column is told once, not in every row
        finding = replace(finding, file=book.file, reporting_year=book.reporting_year)
        problem = problems.get((finding.dataset or "", finding.field or "", finding.sheet or "", finding.row or 0))
        if finding.rule.endswith(_NIL_ROWS):
            nil.setdefault(finding.rule, []).append(finding)
        elif problem is not None and finding.rule.endswith(_EXPLAINED):
            told.append(_in_words(finding, problem))
        else:
            told.append(finding)
    return told + [_nil(found, book) for found in nil.values()]


def _absent_columns(book: Interpreted) -> set[tuple[str | None, str | None]]:
    return {(f.dataset, f.field) for f in book.findings if f.rule in ("TEP-THIEU_COT", "TEP-DONG_THIEU")}


def _in_words(finding: Finding, problem: CellProblem) -> Finding:
    if problem.reason == "not_in_list" and not problem.facts.get("gan"):
        return finding
    label = load(problem.dataset).field(problem.field).label.vi
    facts: dict[str, Any] = {**problem.facts, "duoi": last_digits(problem.raw)}
    texts = message(problem.reason, sheet=problem.sheet, cell=problem.cell, cot=label, **facts)
    expected = finding.expected if problem.reason == "not_in_list" else texts.expected
    return replace(finding, message=texts.message, expected=expected, fix=texts.fix, cell=problem.cell)


def _nil(found: list[Finding], book: Interpreted) -> Finding:
    """Rows under a nil mark: one contradiction, shown where the mark stands."""
    first = found[0]
    state = next((form for form in book.forms if form.dataset == first.dataset), None)
    cover = next((column.sheet for column in book.columns if column.dataset == "cover"), None)
    cell = state.nil_cell if state is not None else None
    text = message(first.rule).message + f" ({len(found)} dòng)"
    return replace(first, message=text, sheet=cover, cell=cell, row=None, value=None)
