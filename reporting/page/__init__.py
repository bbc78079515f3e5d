"""`index.html`: the report as one page that needs nothing else: any screen, paper, screen readers.

Does not live here: what is said (``narrative``), which figures stand in a table (``tables``) or are withheld.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reporting.publication.facts import EditionFacts
    from reporting.warehouse import Report


def write(report: Report, path: Path, facts: EditionFacts) -> None:
    """Write the page of a report that may be published. The same report and facts give the same bytes."""
    from reporting.page.assembly import write_page

    write_page(report, path, facts)
