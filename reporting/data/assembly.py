"""All data files of an edition: the tables, the package that describes them, the dictionary.

Does not live here: what a table holds (``records``) or how it is written (``files``).
"""

from __future__ import annotations

from pathlib import Path

from reporting.data import dictionary, package
from reporting.data.files import write_csv, write_parquet
from reporting.data.records import records
from reporting.data.resources import resources
from reporting.publication.facts import EditionFacts
from reporting.warehouse import Report


def write_data(report: Report, folder: Path, facts: EditionFacts) -> None:
    """Write `data/`, `datapackage.json`, `data-dictionary.html`; nothing when any table may not be published."""
    tables = {resource: records(report, resource) for resource in resources()}
    (folder / package.FOLDER).mkdir(parents=True, exist_ok=True)
    for resource, rows in tables.items():
        path = folder / package.FOLDER / resource.name
        write_csv(path.with_suffix(".csv"), resource.columns, rows)
        write_parquet(path.with_suffix(".parquet"), resource.columns, rows)
    described = package.describe(report, folder, facts, {resource.name: len(rows) for resource, rows in tables.items()})
    package.write(folder, described)
    dictionary.write(folder / dictionary.NAME, report, facts)
