"""What no file shows alone: one version beside the one before, one agency beside its predecessor, year beside year.

Lives here: queries that compare submissions of a year with each other and with last year's accepted talents.
Does not live here: row rules (expectations/rules) and what crosses the province's figures (gate 2).

The connection holds `typed.*` and the temporary tables `identity` and `kept_out`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.findings import Finding, Severity
from expectations.home import Home
from expectations.reference.agencies import Registry
from ingestion import headcount, register_jumps, rivals, vault
from ingestion.complaints import complaint
from ingestion.persons import decisions
from ingestion.recycled import recycled
from ingestion.submissions import WORKBOOK, Submission

if TYPE_CHECKING:
    import duckdb

FEW_ROWS = 10
PARTIAL_SHARE = 0.5
"""A version that has at most this share of the rows of the one before looks like a correction sent alone (S06)."""


def judge(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    year: int,
    submissions: Sequence[Submission],
    registry: Registry,
    day: date,
) -> None:
    """Add what is found to the findings of each submission. `day`: as of when bodies follow each other."""
    _make_persons(connection, home)
    taken = [one for one in submissions if not one.is_blocked]
    rivals.tell(taken)
    newest = rivals.counting(taken)
    workbooks = [one for one in newest.values() if one.kind == WORKBOOK and one.agency_code]
    for one in newest.values():
        _looks_partial(one)
    _overlaps(connection, workbooks, registry, day)
    _claimed_twice(connection, workbooks, registry, day)
    _beside_last_year(connection, home, year, workbooks, registry, day)
    _repeats_another(connection, home, year, workbooks, registry, day)
    headcount.tell(connection, list(newest.values()), registry)
    register_jumps.tell(connection, home, year, list(newest.values()))


def _make_persons(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """The macro `person_of(identity_key)`: who it is by what was decided (a new number is no new person)."""
    person = decisions.persons(decisions.read(home))
    rows = [{"identity_key": key, "person_key": other} for key, other in person.items()]
    vault.make_table(connection, "person", (("identity_key", "VARCHAR"), ("person_key", "VARCHAR")), rows)
    connection.execute(
        "CREATE OR REPLACE TEMPORARY MACRO person_of(identity) AS "
        "coalesce((SELECT p.person_key FROM person AS p WHERE p.identity_key = identity), identity)"
    )


def _repeats_another(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    year: int,
    workbooks: Sequence[Submission],
    registry: Registry,
    day: date,
) -> None:
    """TEP-GIONG_NAM_TRUOC, TEP-GIONG_CO_QUAN_KHAC: content reported before, under a new date (M6)."""
    in_order = sorted(workbooks, key=lambda one: (one.received.received_at, one.id))
    by_id, by_agency = {one.id: one for one in workbooks}, {str(one.agency_code): one for one in workbooks}
    newest = {one.id: str(one.agency_code) for one in in_order}
    for copy in recycled(connection, home, year, newest, lambda code: registry.carry_forward(code, day)):
        one = by_id[copy.submission_id]
        facts = {"p": str(int(copy.share * 100)), "nam": str(year), "nam0": str(copy.year)}
        if copy.agency_code == one.agency_code:
            one.findings.append(_say(one, "TEP-GIONG_NAM_TRUOC", facts, dataset=None))
        else:
            other = by_agency.get(copy.agency_code)
            facts["ten_khac"] = (other.agency_name if other else None) or copy.agency_code
            facts["ten_khac"] += f" năm {copy.year}" if copy.year != year else ""
            one.findings.append(_say(one, "TEP-GIONG_CO_QUAN_KHAC", facts, dataset=None))


def _looks_partial(one: Submission) -> None:
    """TEP-BAN_SUA_MOT_PHAN: the version before had many more rows; if only corrections were sent, the rest is lost."""
    if one.before is None or one.before.rows_read < FEW_ROWS:
        return
    n, m = one.rows_read, one.before.rows_read
    taken_back = n == 0 and one.kind != WORKBOOK  # an empty register stands by a letter only (withdrawals.py)
    if n <= PARTIAL_SHARE * m and not taken_back:
        facts = {"n": str(n), "m": str(m), "k": str(m - n), "ten_tep": one.received.file_name}
        one.findings.append(_say(one, "TEP-BAN_SUA_MOT_PHAN", facts, dataset=None))


def _overlaps(
    connection: duckdb.DuckDBPyConnection, workbooks: Sequence[Submission], registry: Registry, day: date
) -> None:
    """B03-PREDECESSOR-OVERLAP: a body that ended within the year and its successor listed the same people (R12)."""
    by_agency = {one.agency_code: one for one in workbooks}
    for old in workbooks:
        successor = by_agency.get(registry.carry_forward(str(old.agency_code), day))
        if successor is None or successor is old:
            continue
        both = f"{_persons('talents', [successor.id])} INTERSECT {_persons('talents', [old.id])}"
        if people := _number(connection, both):
            facts = {"k": str(people), "ten_cu": old.agency_name or str(old.agency_code)}
            successor.findings.append(_say(successor, "B03-PREDECESSOR-OVERLAP", facts))


def _claimed_twice(
    connection: duckdb.DuckDBPyConnection, workbooks: Sequence[Submission], registry: Registry, day: date
) -> None:
    """B03-TWO-AGENCIES: who is on the lists of two agencies (D253, S01) counts once, where the later file says so.

    A body and its successor are `_overlaps`' business.
    """
    if len(workbooks) < 2:
        return
    by_id = {one.id: one for one in workbooks}
    listed = " UNION ".join(
        f"SELECT '{one.id}' AS submission_id, person FROM ({_persons('talents', [one.id])})" for one in workbooks
    )
    pairs = connection.execute(
        f"""WITH listed AS ({listed})
        SELECT one.submission_id, other.submission_id, count(*) FROM listed AS one JOIN listed AS other
            ON one.person = other.person AND one.submission_id < other.submission_id
        GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    for first, second, people in pairs:
        earlier, later = sorted((by_id[first], by_id[second]), key=lambda one: (one.received.received_at, one.id))
        codes = {registry.carry_forward(str(one.agency_code), day) for one in (earlier, later)}
        if len(codes) == 2:
            facts = {"k": str(people), "ten_khac": earlier.agency_name or str(earlier.agency_code)}
            later.findings.append(_say(later, "B03-TWO-AGENCIES", facts, severity=Severity.NOTE))


def _beside_last_year(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    year: int,
    workbooks: Sequence[Submission],
    registry: Registry,
    day: date,
) -> None:
    """B03-DISAPPEARED, B03-NIL-WITH-LAST-YEAR: talents of last year, wherever their body went, and this year's lists;
    B03-LEFT-LAST-YEAR: who left, by last year's report, and is listed as if nothing had happened (D252).

    Rows that an error keeps out may be these people under a number that cannot be read: they are given the benefit.
    """
    talents, departures = (home.accepted(name, year - 1) for name in ("talents", "departures"))
    if not talents.is_file() or not departures.is_file():
        return
    connection.execute(
        """
        CREATE OR REPLACE TEMPORARY TABLE last_year AS
        SELECT DISTINCT agency_code, person_of(identity_key) AS person FROM read_parquet($talents)
        WHERE superseded_at IS NULL
            AND person NOT IN (
                SELECT person_of(identity_key) FROM read_parquet($departures)
                WHERE superseded_at IS NULL AND returned_on IS NULL)
        """,
        {"talents": str(talents), "departures": str(departures)},
    )
    for one in workbooks:
        if people := _number(connection, _never_left(one, departures)):
            one.findings.append(_say(one, "B03-LEFT-LAST-YEAR", {"k": str(people)}))
    codes = [code for (code,) in connection.execute("SELECT DISTINCT agency_code FROM last_year").fetchall()]
    came_to = {code: registry.carry_forward(code, day) for code in codes}
    for one in workbooks:
        of = sorted(code for code, now in came_to.items() if now == one.agency_code)
        if not of:
            continue
        listed = f"SELECT person FROM last_year WHERE agency_code IN ({_literals(of)})"
        nil = any(form.form == "B03" and form.state == "nil" for form in one.forms)
        gone = f"{listed} EXCEPT {_persons('talents', [one.id])} EXCEPT {_persons('departures', [one.id])}"
        people = _number(connection, gone)
        people -= sum(one.rows.get(name, (0, 0))[1] for name in ("talents", "departures"))
        if people > 0:
            rule = "B03-NIL-WITH-LAST-YEAR" if nil else "B03-DISAPPEARED"
            one.findings.append(_say(one, rule, {"k": str(people)}))


def _never_left(one: Submission, departures: Path) -> str:
    """Who is on this list though last year's report let them go: not moved within the scope, not back, no new start."""
    return f"""
        SELECT DISTINCT person_of(i.identity_key) FROM typed.talents AS t JOIN identity AS i
            ON i.identity_kind = coalesce(t.identity_kind, 'cccd') AND i.national_id = t.national_id
        JOIN read_parquet('{_quoted(str(departures))}') AS gone
            ON person_of(gone.identity_key) = person_of(i.identity_key)
        WHERE t.submission_id = '{_quoted(one.id)}' AND gone.superseded_at IS NULL AND gone.returned_on IS NULL
            AND gone.exit_reason IS DISTINCT FROM 'chuyen_trong_pham_vi' AND t.started_on <= gone.effective_on
    """


def _persons(dataset: str, submissions: Iterable[str]) -> str:
    return f"""
        SELECT person_of(i.identity_key) AS person FROM typed.{dataset} AS t JOIN identity AS i
            ON i.identity_kind = coalesce(t.identity_kind, 'cccd') AND i.national_id = t.national_id
        WHERE t.submission_id IN ({_literals(submissions)})
    """


def _number(connection: duckdb.DuckDBPyConnection, select: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM ({select})").fetchone()[0])  # type: ignore[index]


def _say(
    one: Submission,
    rule: str,
    facts: dict[str, str],
    dataset: str | None = "talents",
    severity: Severity = Severity.QUERY,
) -> Finding:
    sheet = next((form.sheet or form.form for form in one.forms if form.dataset == dataset), None)
    return complaint(
        rule,
        severity,
        facts,
        file=one.received.file_name,
        sheet=sheet,
        dataset=dataset,
        submission_id=one.id,
        agency_code=one.agency_code,
        reporting_year=one.received.year,
    )


def _literals(texts: Iterable[str]) -> str:
    return ", ".join(f"'{_quoted(text)}'" for text in texts)


def _quoted(text: str) -> str:
    return text.replace("'", "''")
