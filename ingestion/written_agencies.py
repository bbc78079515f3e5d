"""Agencies that rows speak of, by code or by name: what is one body on its day becomes its code, told in a note.

Lives here: which fields name an agency for which day, settling them in the typed relation, and why one could not be
settled in the words of its finding. Does not live here: what a writing means (expectations/reference/agencies.py), the
rule that keeps an unsettled row out (`…-AGENCY-DAY` of the contracts), the sender of a workbook (workbook/sender.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from expectations.contracts.load import load
from expectations.findings import Finding
from expectations.reference.agencies import AgencyMatch, AgencyProblem, Registry
from expectations.rules.messages import message
from ingestion.agency_words import reason_of
from ingestion.complaints import complaint

if TYPE_CHECKING:
    import duckdb

ASKED = "-AGENCY-DAY"
"""The end of the rules that ask whether a body existed."""


@dataclass(frozen=True)
class Mention:
    """A field that names an agency. `days` are SQL over its row: the day it is asked for, then one that may stand in
    (a recruit of a body that ended between decision and effect, R1).
    """

    dataset: str
    field: str
    days: tuple[str, ...]


MENTIONS = (
    Mention("recruitment_register", "agency_code", ("coalesce(effective_on, decided_on)", "decided_on")),
    Mention("recruitment_register", "deciding_agency_code", ("decided_on",)),
    Mention("register_coverage", "agency_code", ("period_to",)),
    Mention("register_coverage", "deciding_agency_code", ("period_to",)),
    Mention("staff_snapshots", "agency_code", ("snapshot_on",)),
    Mention("person_assignments", "from_agency_code", ("effective_on - 1",)),
    Mention("person_assignments", "to_agency_code", ("effective_on",)),
    Mention("departures", "destination_agency_code", ("effective_on",)),
    Mention("inspections", "agency_code", ("inspected_on",)),
)
"""As `int_agencies__written` of the warehouse asks."""


def settle(connection: duckdb.DuckDBPyConnection, registry: Registry) -> dict[str, list[Finding]]:
    """Put the unique code where a name, an alias or a damaged code is one body on its day; notes by submission id.

    The writing stays in `<field>__raw`. What is a code already, or no single body, is left as it stands.
    """
    codes = [(code,) for code in sorted(registry.codes())]
    connection.execute("CREATE OR REPLACE TEMPORARY TABLE agency_code_known (code VARCHAR)")
    connection.executemany("INSERT INTO agency_code_known VALUES (?)", codes)
    notes: dict[str, list[Finding]] = {}
    for mention in MENTIONS:
        settled = _settled(connection, registry, mention)
        if settled:
            _remember(connection, settled)
            for submission_id, finding in _told(connection, mention):
                notes.setdefault(submission_id, []).append(finding)
            _write(connection, mention)
    connection.execute("DROP TABLE agency_code_known")
    return notes


def in_words(connection: duckdb.DuckDBPyConnection, registry: Registry, found: Iterable[Finding]) -> list[Finding]:
    """The findings, those that ask for a body with the reason why there is none: ended, yet to come, homonym, near."""
    told = []
    for finding in found:
        problem = _problem(connection, registry, finding) if finding.rule.endswith(ASKED) else None
        told.append(finding if problem is None else _reworded(finding, problem, registry))
    return told


def _settled(
    connection: duckdb.DuckDBPyConnection, registry: Registry, mention: Mention
) -> list[tuple[str, date, date, str]]:
    """(written, day, other day, code) of what is one body."""
    asked, other = mention.days[0], mention.days[-1]
    rows = connection.execute(
        f"""
        SELECT DISTINCT "{mention.field}", {asked}, {other} FROM typed.{mention.dataset}
        WHERE "{mention.field}" IS NOT NULL AND {asked} IS NOT NULL
            AND lower("{mention.field}") NOT IN (SELECT code FROM agency_code_known)
        """
    ).fetchall()
    found = []
    for written, day, stand_in in rows:
        body = _body(registry, written, day, stand_in)
        if isinstance(body, AgencyMatch):
            found.append((written, day, stand_in, body.agency_code))
    return found


def _body(registry: Registry, written: str, day: date, stand_in: date | None) -> AgencyMatch | AgencyProblem:
    found = registry.resolve(written, day)
    if isinstance(found, AgencyMatch) or stand_in is None or not stand_in < day:
        return found
    before = registry.resolve(written, stand_in)
    return before if isinstance(before, AgencyMatch) else found


def _remember(connection: duckdb.DuckDBPyConnection, settled: list[tuple[str, date, date, str]]) -> None:
    connection.execute(
        "CREATE OR REPLACE TEMPORARY TABLE agency_settled (written VARCHAR, asked DATE, other DATE, code VARCHAR)"
    )
    connection.executemany("INSERT INTO agency_settled VALUES (?, ?, ?, ?)", settled)


def _is_settled(mention: Mention) -> str:
    """SQL: whether a row of the dataset, t, says what agency_settled, s, settles."""
    return f"""t."{mention.field}" = s.written AND {mention.days[0]} = s.asked
            AND {mention.days[-1]} IS NOT DISTINCT FROM s.other"""


def _write(connection: duckdb.DuckDBPyConnection, mention: Mention) -> None:
    field, raw = f'"{mention.field}"', f'"{mention.field}__raw"'
    connection.execute(
        f"""
        UPDATE typed.{mention.dataset} AS t SET {field} = s.code, {raw} = coalesce(t.{raw}, t.{field})
        FROM agency_settled AS s
        WHERE {_is_settled(mention)}
        """
    )


def _told(connection: duckdb.DuckDBPyConnection, mention: Mention) -> list[tuple[str, Finding]]:
    """One note a file: how many rows, how many ways of writing, the first of them."""
    field = load(mention.dataset).field(mention.field)
    rows = connection.execute(
        f"""
        SELECT submission_id, count(*), count(DISTINCT s.written), min(s.written), arg_min(s.code, s.written)
        FROM typed.{mention.dataset} AS t INNER JOIN agency_settled AS s ON {_is_settled(mention)}
        GROUP BY submission_id ORDER BY submission_id
        """
    ).fetchall()
    rule = f"{load(mention.dataset).code}-{field.name.upper()}-AGENCY_NAMED"
    return [
        (
            submission_id,
            complaint(
                rule,
                "note",
                {"so": str(count), "k": str(ways), "ten": first, "ma": code.partition("~")[0]},
                dataset=mention.dataset,
                submission_id=submission_id,
                field=field.name,
            ),
        )
        for submission_id, count, ways, first, code in rows
    ]


def _problem(connection: duckdb.DuckDBPyConnection, registry: Registry, finding: Finding) -> AgencyProblem | None:
    mention = next((m for m in MENTIONS if (m.dataset, m.field) == (finding.dataset, finding.field)), None)
    if mention is None or finding.row is None:
        return None
    row = connection.execute(
        f"""
        SELECT "{mention.field}", {mention.days[0]}, {mention.days[-1]} FROM typed.{mention.dataset}
        WHERE submission_id = ? AND "row" = ? AND sheet IS NOT DISTINCT FROM ?
        """,
        [finding.submission_id, finding.row, finding.sheet],
    ).fetchone()
    found = _body(registry, *row) if row is not None and row[1] is not None else None
    return found if isinstance(found, AgencyProblem) else None


def _reworded(finding: Finding, problem: AgencyProblem, registry: Registry) -> Finding:
    key, facts = reason_of(problem, registry)
    label = load(finding.dataset or "").field(finding.field or "").label.vi
    text = message(key, sheet=finding.sheet, cell=finding.cell, row=finding.row, cot=label, **facts)
    return replace(finding, message=text.message, expected=text.expected, fix=text.fix)
