"""A season in its home, and the acts of the road on it: the functions that assets call, without Dagster."""

from pathlib import Path
from typing import Any

import openpyxl

from expectations.builds import BuildRecord
from expectations.home import Home
from ingestion.rehearsal.season import make_season
from orchestration import collecting, review, warehouse
from orchestration.settings import ROOT, Settings

AGENCIES = 8
SEEDS = (20240131, 7, 4711)
YEARS = (2024, 2025, 2026)
YEAR = 2025
PROJECT = ROOT / "dbt_project"


class Played:
    """A season in its home, and the acts of the road on it."""

    def __init__(self, root: Path) -> None:
        self.home = Home(root)
        self.settings = Settings(home=root)

    def collect(self, *years: int) -> None:
        for year in years or YEARS:
            collecting.collect(self.settings, self.home, year)

    def build(self, project: Path = PROJECT) -> BuildRecord:
        return warehouse.build_warehouse(self.home, YEAR, project=project)

    def review(self) -> dict[str, Any]:
        return review.review_build(self.home, YEAR)

    def headline(self, build: BuildRecord) -> dict[tuple[Any, ...], tuple[int, int]]:
        """Numerator and denominator of every headline figure of the marts, by its name."""
        import duckdb

        with duckdb.connect(str(build.warehouse), read_only=True) as connection:
            rows = connection.execute(
                "select indicator_code, reading, reporting_year, period_code, agency_code, structure_on,"
                " numerator, denominator from marts.fct_indicator_values where is_headline"
            ).fetchall()
        return {row[:6]: (row[6] or 0, row[7] or 0) for row in rows}


def played(root: Path, seed: int, faults: str) -> Played:
    make_season(root, seed, AGENCIES, YEARS, faults)
    season = Played(root)
    season.collect()
    return season


def workbook_of(home: Home, agency: str, year: int = YEAR) -> Path:
    """The form workbook that an agency put into the inbox of a year, by what its cover says."""
    for path in sorted(home.inbox(year).glob("*.xlsx")):
        cover = openpyxl.load_workbook(path, read_only=True).worksheets[0]
        said = {row[0]: row[1] for row in cover.iter_rows(max_row=12, max_col=2, values_only=True) if len(row) > 1}
        if said.get("Mã cơ quan") == agency:
            return path
    raise LookupError(f"{agency} sent no workbook for {year}")
