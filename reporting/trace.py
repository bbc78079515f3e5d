"""From a figure of an edition to the rows under it: which file, which sheet, which row.

Lives here: the name of a figure, and the walk over `brg_figure_rows` of that edition's marts.
Does not live here: numbers of annex IX (trace_annex.py), opening the files themselves (they are in `landing/` under
their sha256).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from expectations.errors import UsageError
from expectations.home import Home
from reporting.publication.marts import open_marts
from reporting.trace_annex import is_of_annex, trace_annex
from reporting.traced import Traced, source

AS_REPORTED, PROVINCE = "as_reported", "LS"
KEYS = ("indicator_code", "reading", "reporting_year", "period_code", "agency_code", "structure_on")


def trace(home: Home, year: int, edition: int, figure: str) -> Traced:
    """The sources of `figure` in an edition. UsageError for an edition or a figure that does not exist.

    `figure` is indicator/reading/year/period/agency@structure; indicator/headline/year/agency means the headline
    reading in the default period and the structure of the last day of the year. A number of annex IX is
    table/row/column (trace_annex.py).
    """
    database = home.edition(year, edition) / "internal" / "marts.duckdb"
    if not database.is_file():
        raise UsageError(f"there is no edition {edition} of {year}")
    with open_marts(database) as connection:
        if is_of_annex(figure):
            return trace_annex(connection, figure)
        key, row = _figure(connection, _parts(figure), figure)
        sources = [] if row is None else _sources(connection, _kept(key, figure))
    name = "{}/{}/{}/{}/{}@{}".format(*(key[part] for part in KEYS))
    value, numerator, denominator = row
    return Traced(name, None if value is None else str(value), numerator, denominator, sources)


def _parts(figure: str) -> dict[str, Any]:
    """What the name says; the alias leaves reading, period and structure open."""
    parts = figure.split("/")
    try:
        if len(parts) == 4 and parts[1] == "headline":
            agency, _, structure = parts[3].partition("@")
            return {
                "indicator_code": parts[0],
                "reporting_year": int(parts[2]),
                "agency_code": agency,
                "structure_on": structure or None,
            }
        code, reading, year, period, place = parts
        agency, _, structure = place.partition("@")
    except ValueError:
        raise UsageError(
            f"{figure!r} is no name of a figure: indicator/reading/year/period/agency@structure, "
            "or indicator/headline/year/agency; of annex IX table/row/column, such as IX.a/ALL/proposed"
        ) from None
    return {
        "indicator_code": code,
        "reading": reading,
        "reporting_year": int(year) if year.isdigit() else -1,
        "period_code": period,
        "agency_code": agency,
        "structure_on": structure or None,
    }


def _figure(connection: Any, wanted: dict[str, Any], name: str) -> tuple[dict[str, Any], tuple[Any, ...]]:
    """The one row of `fct_indicator_values` that is meant."""
    wanted = {**wanted, "structure_on": wanted["structure_on"] or f"{wanted['reporting_year']}-12-31"}
    headline = "" if "reading" in wanted else " and is_headline"
    where = " and ".join(f"cast({column} as varchar) = cast(? as varchar)" for column in wanted)
    found = connection.execute(
        f"select {', '.join(KEYS)}, value, numerator, denominator from marts.fct_indicator_values "
        f"where {where}{headline}"
        " order by is_headline desc, period_code = 'KY_LICH' desc limit 1",
        list(wanted.values()),
    ).fetchone()
    if found is None:
        raise UsageError(f"this edition has no figure {name}")
    return dict(zip(KEYS, found[: len(KEYS)], strict=True)), found[len(KEYS) :]


def _kept(key: dict[str, Any], name: str) -> dict[str, Any]:
    """The figure whose rows are kept: in the printed structures; the province, the same in all, as reported."""
    if key["structure_on"] in (AS_REPORTED, f"{key['reporting_year']}-12-31"):
        return key
    if key["agency_code"] == PROVINCE:
        return {**key, "structure_on": AS_REPORTED}
    raise UsageError(
        f"the rows under a figure are kept for {AS_REPORTED} and {key['reporting_year']}-12-31; for {name} map them "
        "with marts.brg_person_structures and marts.brg_agency_structures of the edition"
    )


def _sources(connection: Any, key: dict[str, Any]) -> list[dict[str, Any]]:
    where = " and ".join(f"cast(b.{column} as varchar) = cast(? as varchar)" for column in KEYS)
    rows = connection.execute(
        'select distinct b.file_name, b.sha256, b.sheet, b."row", b.role, b.dataset from marts.brg_figure_rows as b '
        f"where {where} order by all",
        [key[column] for column in KEYS],
    ).fetchall()
    return [source(*row) for row in rows]


def edition_folder(home: Home, year: int, edition: int) -> Path:
    """The folder of a published edition. UsageError when it does not exist."""
    folder = home.edition(year, edition)
    if not folder.is_dir():
        raise UsageError(f"there is no edition {edition} of {year}")
    return folder
