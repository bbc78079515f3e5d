"""One identity under two names or two birth dates: all who wrote one are asked, it is never settled silently (S03).

Lives here: finding such identities over this year's rows and those of earlier years, and the queries to the senders.
Does not live here: who they really are. A sender corrects the row or explains; or a human decides for all of them that
the number is one person's (``decisions.py``), which holds for the ways of telling that were seen then.

Of earlier years the newest word of a sender counts, and only where that sender says nothing now: who corrects a name
this year is not asked about last year's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from expectations.contracts.load import load
from expectations.findings import Finding, Severity
from expectations.home import Home
from expectations.rules.masking import last_digits
from expectations.rules.naming import NAMED_ROWS, with_the_rest
from ingestion import vault
from ingestion.complaints import complaint
from ingestion.persons import names, sightings
from ingestion.persons.decisions import SAME, Subject
from ingestion.submissions import WORKBOOK, Submission

if TYPE_CHECKING:
    import duckdb

    from ingestion.persons.decisions import Decision

RULE = "PERSON-CONFLICT"
_PLACES = 3


@dataclass(frozen=True)
class Sighting:
    """A line of ``sightings.py`` of an identity that is told in more than one way."""

    identity_key: str
    national_id: str
    reporting_year: int
    dataset: str
    plain_name: str
    bare_name: str
    birth_date: date | None
    agency_code: str | None
    submission_id: str
    sheet: str | None
    row: int
    variant: str

    def differs(self, other: Sighting) -> tuple[bool, bool]:
        """Whether the names, and whether the birth dates, cannot be one person's."""
        born = {self.birth_date, other.birth_date} - {None}
        same_name = names.agree(self.plain_name, self.bare_name, other.plain_name, other.bare_name)
        return not same_name, len(born) > 1


def told_twice(connection: duckdb.DuckDBPyConnection) -> list[list[Sighting]]:
    """Identities of the table ``word`` that are told in ways that clash, each with all its lines in a fixed order."""
    columns = ", ".join(f'"{name}"' for name in Sighting.__dataclass_fields__)
    rows = connection.execute(
        f"""
        SELECT {columns} FROM word
        WHERE identity_key IN (
            SELECT identity_key FROM word GROUP BY identity_key
            HAVING count(DISTINCT plain_name) > 1 OR count(DISTINCT birth_date) > 1)
        ORDER BY identity_key, reporting_year, dataset, submission_id, sheet, "row"
        """
    ).fetchall()
    groups = [list(same) for _, same in groupby((Sighting(*row) for row in rows), lambda one: one.identity_key)]
    return [same for same in groups if any(any(one.differs(other)) for one in same for other in same)]


def is_settled(told: Iterable[Sighting], held: Mapping[Subject, Decision]) -> bool:
    """Whether a decision says that all these ways of telling are one person's."""
    told = list(told)
    decision = held.get((told[0].identity_key,))
    return decision is not None and decision.verdict == SAME and {one.variant for one in told} <= decision.variants


def judge(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    year: int,
    submissions: Sequence[Submission],
    held: Mapping[Subject, Decision],
) -> None:
    """Add a query to every file of this year that tells an identity in a way that clashes with another."""
    select = "SELECT * FROM sighting"
    if earlier := sightings.paths(home, before=year):
        select += f" UNION ALL BY NAME {sightings.read_all(earlier)}"
    clashing = f"""
        SELECT * FROM ({select}) WHERE identity_key IN (
            SELECT identity_key FROM ({select}) GROUP BY identity_key
            HAVING min(plain_name) <> max(plain_name) OR min(birth_date) <> max(birth_date))
    """  # of millions a few: only their newest words are looked for
    sightings.make_words(connection, home, clashing, year)
    by_id = {one.id: one for one in submissions}
    clashes: dict[str, list[tuple[Sighting, list[Sighting]]]] = {}
    for told in told_twice(connection):
        if not is_settled(told, held):
            for one in told:
                others = [other for other in told if any(one.differs(other))]
                if one.reporting_year == year and others:
                    clashes.setdefault(one.submission_id, []).append((one, others))
    for submission_id, found in clashes.items():
        found.sort(key=lambda clash: (clash[0].sheet or "", clash[0].row))
        named = [_finding(connection, one, others, by_id) for one, others in found[:NAMED_ROWS]]
        by_id[submission_id].findings += with_the_rest(named, len(found))


def _finding(
    connection: duckdb.DuckDBPyConnection, one: Sighting, others: Sequence[Sighting], by_id: Mapping[str, Submission]
) -> Finding:
    contract, submission = load(one.dataset), by_id[one.submission_id]
    name, birth = (any(each) for each in zip(*(one.differs(other) for other in others), strict=True))
    column = "full_name" if name else "birth_date"
    facts = {
        "duoi": last_digits(one.national_id) or "…",
        "gi": " và ".join(word for word, is_meant in (("họ tên", name), ("ngày sinh", birth)) if is_meant),
        "noi": _places(one, others, by_id),
    }
    letter = vault.column_letter(connection, one.submission_id, one.dataset, column)
    return complaint(
        f"{contract.code}-{RULE}",
        Severity.QUERY,
        facts,
        file=submission.received.file_name,
        sheet=one.sheet,
        cell=f"{letter}{one.row}" if letter else None,
        row=one.row,
        dataset=one.dataset,
        field=column,
        value=last_digits(one.national_id),
        submission_id=one.submission_id,
        agency_code=submission.agency_code,
        reporting_year=one.reporting_year,
    )


def _places(one: Sighting, others: Iterable[Sighting], by_id: Mapping[str, Submission]) -> str:
    """Where the other ways of telling stand, without a word of what they say."""
    found = sorted({_place(one, other, by_id) for other in others})
    return "; ".join([*found[:_PLACES], *(["…"] if len(found) > _PLACES else [])])


def _place(one: Sighting, other: Sighting, by_id: Mapping[str, Submission]) -> str:
    contract, submission = load(other.dataset), by_id.get(other.submission_id)
    year = "" if other.reporting_year == one.reporting_year else f" năm {other.reporting_year}"
    if contract.channel != WORKBOOK:
        return f"{contract.title.vi}{year}"
    if other.submission_id == one.submission_id:
        return f"biểu {contract.code} của chính tệp này"
    sender = (submission.agency_name if submission else None) or other.agency_code
    return f"biểu {contract.code}{year} của {sender}"
