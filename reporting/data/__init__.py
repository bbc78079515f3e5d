"""`data/*.csv`, `data/*.parquet`, `datapackage.json`, `data-dictionary.html`: the public figures for machines.

The tables are those of the report, after disclosure control; a value stands here only where a printed table shows it.
Does not live here: what is withheld (``disclosure``), what is printed (``tables``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reporting.publication.facts import EditionFacts
    from reporting.warehouse import Report


def write(report: Report, folder: Path, facts: EditionFacts) -> None:
    """Write all data files into ``folder`` from a report that may be published; the same input, the same bytes.

    Raises UnreviewedTable when a table has no disclosure record; nothing is written then.
    """
    from reporting.data.assembly import write_data

    write_data(report, folder, facts)
