"""`bao-cao.docx`: the report in the exact format of Nghị định 30/2020/NĐ-CP, Phụ lục I.

Does not live here: what is said (``narrative``) or which figures stand in a table (``tables``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reporting.publication.facts import EditionFacts
    from reporting.warehouse import Report


def write(report: Report, path: Path, facts: EditionFacts) -> None:
    """Write the report of an edition from figures that may be published. Same report and facts, same bytes."""
    from reporting.document.assembly import write_report

    write_report(report, path, facts.is_draft)
