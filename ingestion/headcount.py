"""Who was recruited beside the lists of who is in service: a recruit whom no later list has (D254).

Lives here: one query over the register and the staff snapshots of a year. Does not live here: how a person is one under
two numbers (persons/), holes in the lists themselves (registers/rules).

The connection holds `typed.*`, the temporary tables `identity` and `kept_out` and the macro `person_of` (across.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from expectations.findings import Finding, Severity
from expectations.reference.agencies import AgencyMatch, Registry
from expectations.rules.masking import last_digits
from expectations.rules.messages import message
from expectations.rules.naming import NAMED_ROWS, with_the_rest
from ingestion import vault
from ingestion.acceptance import kept
from ingestion.complaints import complaint
from ingestion.submissions import Submission

if TYPE_CHECKING:
    import duckdb

RULE = "RR-NOT-IN-HEADCOUNT"
SETTLED_DAYS = 60
"""Days after effect from which a recruit must be listed: thirty to report for duty, as many for a list that lags."""
WITHIN_MONTHS = 12
"""A list that comes later says nothing: who was recruited may have left as well."""


def tell(connection: duckdb.DuckDBPyConnection, submissions: Sequence[Submission], registry: Registry) -> None:
    """RR-NOT-IN-HEADCOUNT, a query at the row of each recruit who is in no list after the day of effect.

    Asked only where the employer's own list (or its one successor's) has people of that kind on a day that is late
    enough, and where fewer rows of that list are unreadable than recruits are missing: no list is no proof.
    `submissions`: those that count.
    """
    registers = {one.id: one for one in submissions if one.kind == "recruitment_register"}
    lists = [one.id for one in submissions if one.kind == "staff_snapshots"]
    if not registers or not lists:
        return
    given = {"registers": list(registers), "lists": lists}
    _make_bodies(connection, given, registry)
    rows = connection.execute(_MISSING, given).fetchall()
    by_file: dict[str, list[tuple[Any, ...]]] = {}
    for submission_id, *row in rows:
        by_file.setdefault(submission_id, []).append(tuple(row))
    for submission_id, missing in by_file.items():
        one = registers[submission_id]
        letter = vault.column_letter(connection, submission_id, "recruitment_register", "national_id")
        named = [_finding(one, row, letter, registry) for row in missing[:NAMED_ROWS]]
        one.findings += with_the_rest(named, len(missing))


def _make_bodies(connection: duckdb.DuckDBPyConnection, given: Mapping[str, list[str]], registry: Registry) -> None:
    """Make `headcount_employer` (what a written code means on the day of effect), `headcount_owner` (on that of a list)
    and `headcount_heir`: the body to which an employer's people belong on the day of a list.
    """
    employers = _meant(connection, given["registers"], "recruitment_register", "effective_on", registry)
    owners = _meant(connection, given["lists"], "staff_snapshots", "snapshot_on", registry)
    days = sorted({one["day"] for one in owners})
    heirs = [
        {"body": body, "day": day, "heir": registry.carry_forward(body, day)}
        for body in sorted({one["body"] for one in employers})
        for day in days
    ]
    code = (("code", "VARCHAR"), ("day", "DATE"), ("body", "VARCHAR"))
    vault.make_table(connection, "headcount_employer", code, employers)
    vault.make_table(connection, "headcount_owner", code, owners)
    vault.make_table(connection, "headcount_heir", (("body", "VARCHAR"), ("day", "DATE"), ("heir", "VARCHAR")), heirs)


def _meant(
    connection: duckdb.DuckDBPyConnection, files: list[str], dataset: str, day: str, registry: Registry
) -> list[dict[str, Any]]:
    rows = connection.execute(
        f"""
        SELECT DISTINCT agency_code, {day} FROM typed.{dataset}
        WHERE submission_id IN (SELECT unnest(?)) AND agency_code IS NOT NULL AND {day} IS NOT NULL
        """,
        [files],
    ).fetchall()
    found = [(code, on, registry.resolve(code, on)) for code, on in rows]
    return [{"code": c, "day": on, "body": b.agency_code} for c, on, b in found if isinstance(b, AgencyMatch)]


_LISTS = """
    SELECT o.body, t.staff_kind, t.snapshot_on, count(k.dataset) AS unreadable
    FROM typed.staff_snapshots AS t
    INNER JOIN headcount_owner AS o ON o.code = t.agency_code AND o.day = t.snapshot_on
    LEFT JOIN kept_out AS k ON k.dataset = 'staff_snapshots' AND k.submission_id = t.submission_id
        AND k.sheet = coalesce(t.sheet, '') AND k."row" = t."row"
    WHERE t.submission_id IN (SELECT unnest($lists)) GROUP BY ALL
"""
"""The lists there are: whose, of which kind of people, of which day, and how many of their rows cannot be read."""


def _keyed(dataset: str, name: str) -> str:
    """SQL of rows that count, with the person they speak of."""
    return f"""
        SELECT t.*, person_of(i.identity_key) AS person FROM typed.{dataset} AS t
        INNER JOIN identity AS i ON i.identity_kind = coalesce(t.identity_kind, 'cccd')
            AND i.national_id = t.national_id
        WHERE t.submission_id IN (SELECT unnest(${name})) AND {kept(dataset)}
    """


_MISSING = f"""
    WITH recruits AS (SELECT * FROM ({_keyed("recruitment_register", "registers")}) WHERE status = 'hieu_luc'),
    listed AS (
        SELECT DISTINCT person, snapshot_on FROM ({_keyed("staff_snapshots", "lists")})
        WHERE person IN (SELECT person FROM recruits)),
    missing AS (
        SELECT r.submission_id, r.sheet, r."row", r.national_id, r.effective_on, min(l.snapshot_on) AS list_on,
            arg_min(h.heir, l.snapshot_on) AS body, arg_min(l.unreadable, l.snapshot_on) AS unreadable
        FROM recruits AS r
        INNER JOIN headcount_employer AS e ON e.code = r.agency_code AND e.day = r.effective_on
        INNER JOIN headcount_heir AS h ON h.body = e.body
        INNER JOIN ({_LISTS}) AS l
            ON l.body = h.heir AND l.snapshot_on = h.day AND l.staff_kind = r.staff_kind
            AND l.snapshot_on >= r.effective_on + {SETTLED_DAYS}
            AND l.snapshot_on <= r.effective_on + INTERVAL {WITHIN_MONTHS} MONTH
        WHERE NOT EXISTS (SELECT 1 FROM listed AS s WHERE s.person = r.person AND s.snapshot_on >= r.effective_on)
            AND NOT EXISTS (
                SELECT 1 FROM typed.departures AS d INNER JOIN identity AS i
                    ON i.identity_kind = coalesce(d.identity_kind, 'cccd') AND i.national_id = d.national_id
                WHERE person_of(i.identity_key) = r.person AND d.effective_on >= r.effective_on)
        GROUP BY ALL),
    weighed AS (SELECT *, count(*) OVER (PARTITION BY body, list_on) AS people FROM missing)
    SELECT submission_id, sheet, "row", national_id, body, effective_on, list_on
    FROM weighed WHERE people > unreadable ORDER BY ALL
"""


def _finding(one: Submission, row: tuple[Any, ...], letter: str | None, registry: Registry) -> Finding:
    sheet, number, national_id, body, effective_on, list_on = row
    facts = {"tu": _day(effective_on), "ngay": _day(list_on), "ten": registry.bodies[body]["name_vi"]}
    found = complaint(
        RULE,
        Severity.QUERY,
        facts,
        file=one.received.file_name,
        sheet=sheet,
        cell=f"{letter}{number}" if letter else None,
        row=number,
        dataset="recruitment_register",
        field="national_id",
        value=last_digits(national_id),
        submission_id=one.id,
        reporting_year=one.received.year,
    )
    texts = message(RULE, "vi", sheet=sheet, cell=found.cell, row=number, **facts)
    return replace(found, message=texts.message)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
