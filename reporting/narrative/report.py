"""The whole text of the report in order; docx and html print these blocks and nothing else."""

from __future__ import annotations

from reporting.narrative.assessment import assessment
from reporting.narrative.blocks import Block
from reporting.narrative.results import results
from reporting.narrative.steering import opening, steering
from reporting.warehouse import Report


def report_text(report: Report) -> list[Block]:
    """Opening, parts I to V, closing sentence."""
    return [*opening(report), *steering(report), *results(report), *assessment(report)]
