"""What the province already knows stands in the form before it is sent: last year's talents, plans and targets.

Lives here: reading last year's accepted rows of an agency (and of the bodies whose people came to it) into a book.
Does not live here: the blank form (``pages.py``). Names and ids are read from the vault, so a prefilled form is as
confidential as the report it asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.home import Home
from expectations.reference.agencies import AgencyMatch, Registry
from expectations.reference.load import read
from ingestion.template.book import Book, Page, Row
from ingestion.template.owed import Sender, last_on_time_day
from ingestion.template.pages import contract_of, number_rows, shown

if TYPE_CHECKING:
    import duckdb

_OWN = ("B01", "B01b")
_ASKED_ANEW = frozenset({"achieved_value"})
Record = dict[str, Any]
Moves = dict[str, dict[str, tuple[str, date]]]
"""By identity_key: from body → (to body, day)."""


class LastYear:
    """Last year's accepted rows, read once for all forms of a year. Without a collection there are none."""

    def __init__(self, home: Home, year: int) -> None:
        self._overlay = home.reference if home.reference.is_dir() else None
        self._rows: dict[str, list[Record]] = {"B01": [], "B01b": [], "B03": []}
        self._moves: Moves = {}
        self._registry = _registry(self._overlay)
        self._day = last_on_time_day(year, self._overlay)
        typed = home.vault / "typed" / f"{year - 1}.duckdb"
        if typed.is_file():
            import duckdb

            with duckdb.connect(str(typed), read_only=True) as connection:
                self._rows = {form: list(_rows(connection, home, form, year - 1)) for form in self._rows}
                self._moves = _moves(connection, home, self._registry, year)

    def prefill(self, book: Book, sender: Sender) -> int:
        """Write what is known of an agency into its blank book; return the number of rows.

        Talents follow their body through mergers and their own assignment decisions; those who left are not repeated.
        Plans and targets are the agency's own only: those of a body that ended lapsed with it.
        """
        known = {form: [r for r in self._rows[form] if r["agency_code"] == sender.agency_code] for form in _OWN}
        known["B03"] = [record for record in self._rows["B03"] if self._employer(record) == sender.agency_code]
        for form, records in known.items():
            if book.has(form):
                _fill(book.page(form), records, self._overlay)
        number_rows(book)
        return sum(len(records) for form, records in known.items() if book.has(form))

    def _employer(self, record: Record) -> str:
        moves = self._moves.get(record["identity_key"])
        return self._registry.carry_forward(record["agency_code"], self._day, moves)


def _rows(connection: duckdb.DuckDBPyConnection, home: Home, form: str, year: int) -> Iterator[Record]:
    """Last year's accepted, current rows of a form, typed, in the order of agencies and sheets."""
    dataset = contract_of(form).name
    accepted = home.accepted(dataset, year)
    if not accepted.is_file():
        return
    gone, identity = "", ""
    parameters = {"accepted": str(accepted)}
    if form == "B03":
        identity = ", accepted.identity_key"
        departures = home.accepted("departures", year)
        if departures.is_file():
            parameters["departures"] = str(departures)
            gone = """AND accepted.identity_key NOT IN (
                SELECT identity_key FROM read_parquet($departures)
                WHERE superseded_at IS NULL AND returned_on IS NULL)"""
    result = connection.execute(
        f"""SELECT typed.* {identity} FROM typed.{dataset} AS typed
            JOIN read_parquet($accepted) AS accepted USING (submission_id, sheet, "row")
            WHERE accepted.superseded_at IS NULL {gone}
            ORDER BY typed.agency_code, typed.sheet, typed."row" """,
        parameters,
    )
    names = [column[0] for column in result.description]
    for values in result.fetchall():
        yield dict(zip(names, values, strict=True))


def _fill(page: Page, records: list[Record], overlay: Path | None) -> None:
    for record in records:
        row = Row()
        for field in contract_of(page.code).form_fields:
            value = record[field.name]
            if value is not None and field.name not in _ASKED_ANEW:
                row.values[field.name] = shown(field.code_list, value, overlay) if field.code_list else value
        page.rows.append(row)


def _moves(connection: duckdb.DuckDBPyConnection, home: Home, registry: Registry, year: int) -> Moves:
    """Every assignment decision known for last year and this one."""
    found: Moves = {}
    for each in (year - 1, year):
        path = home.accepted("person_assignments", each)
        if not path.is_file():
            continue
        rows = connection.execute(
            """SELECT identity_key, from_agency_code, to_agency_code, effective_on FROM read_parquet($path)
               WHERE superseded_at IS NULL""",
            {"path": str(path)},
        ).fetchall()
        for identity, old, new, day in rows:
            left = registry.resolve(old, date.fromordinal(day.toordinal() - 1))
            came = registry.resolve(new, day)
            if isinstance(left, AgencyMatch) and isinstance(came, AgencyMatch):
                found.setdefault(identity, {})[left.agency_code] = (came.agency_code, day)
    return found


def _registry(overlay: Path | None) -> Registry:
    return Registry(read("agencies", overlay), read("agency_aliases", overlay), read("agency_successions", overlay))
