"""All public files of an edition, from one report that disclosure control has been through.

Lives here: the order of things and what may lie in `public/`. Does not live here: how a file looks (``document``,
``annex``, ``page``, ``data``), what is withheld (``disclosure``), who may publish (``editions``).
"""

from __future__ import annotations

from pathlib import Path

from reporting import disclosure
from reporting.data.resources import resources
from reporting.disclosure import UnreviewedTable
from reporting.publication.facts import EditionFacts
from reporting.totals import with_totals
from reporting.warehouse import Report, read_report

PAGES = ("bao-cao.docx", "phu-luc.xlsx", "index.html", "datapackage.json", "data-dictionary.html")


def write_public(database: Path, folder: Path, facts: EditionFacts) -> None:
    """Write every public file of the edition into ``folder``, which exists. The same build and facts: the same bytes.

    Raises UnreviewedTable when a table has no disclosure record or a file lies there that nobody declared, and
    ReportModelError when the report models are not there.
    """
    report = publishable(database)
    render(report, folder, facts)
    refuse_undeclared(folder)


def publishable(database: Path) -> Report:
    """The report of a build as it may be published: totals first, then whatever is small or reveals it withheld."""
    return disclosure.protect(with_totals(read_report(database)))


def render(report: Report, folder: Path, facts: EditionFacts) -> None:
    """Write document, annexes, page and data of a publishable report."""
    from reporting import annex, data, document, page

    document.write(report, folder / "bao-cao.docx", facts)
    annex.write(report, folder / "phu-luc.xlsx", facts)
    page.write(report, folder / "index.html", facts)
    data.write(report, folder, facts)


def refuse_undeclared(folder: Path) -> None:
    """Raise UnreviewedTable unless exactly the declared files lie in ``folder``: every table has its record."""
    declared = set(PAGES) | {f"data/{one.name}.{kind}" for one in resources() for kind in ("csv", "parquet")}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    if found != declared:
        raise UnreviewedTable(
            f"public files without a record: {sorted(found - declared)}; missing: {sorted(declared - found)}"
        )
