"""The headline figures, and the numbers of annex IX, counted a second time from accepted rows and definitions alone.

Lives here: an independent pandas implementation of CT01–CT07 (headline reading, province and agencies; what counts
persons in every structure of the build, what counts agencies as reported and on the year's last day).
Does not live here: SQL, the warehouse, verdicts, the comparison (gate 2).
It shares with the rest the reference lists and how a code and a day mean a body, nothing else.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reporting.recount.affairs import recount_printed
from reporting.recount.duties import plans_issued, province_on_time, reported_on_time
from reporting.recount.evidence import Evidence
from reporting.recount.figures import Figure, as_rows
from reporting.recount.people import People
from reporting.recount.recruits import shares_of_talents
from reporting.recount.retention import still_working
from reporting.recount.trainings import trained_in_science

__all__ = ["recount", "recount_printed"]


def recount(accepted_root: Path, reference_dir: Path, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return one row per headline figure of every year up to the reporting year.

    Args:
        accepted_root: folder of `<dataset>/reporting_year=<Y>/*.parquet`.
        reference_dir: folder of the merged reference lists (CSV).
        parameters: `reporting_year` (int), `known_at` (aware datetime or ISO text); optional `province_steps`, rows
            with the columns of `collection_tables`, and `person_decisions`, lines of the ledger (`joined.py`).

    Returns:
        Rows {indicator_code, reading, reporting_year, period_code, agency_code, structure_on, numerator, denominator},
        sorted; counts are int. A row that is absent counts 0 of 0.

    Raises:
        FileNotFoundError: a reference list or a dataset folder does not exist.
    """
    evidence = Evidence.read(accepted_root, reference_dir, parameters)
    people = People(evidence)
    figures: list[Figure] = []
    for year in evidence.years:
        figures += plans_issued(evidence, year)
        figures += shares_of_talents(evidence, people, year)
        figures += still_working(evidence, people, year)
        figures += trained_in_science(evidence, people, year)
        figures += reported_on_time(evidence, year)
        figures += province_on_time(evidence, year)
    return as_rows(figures)
