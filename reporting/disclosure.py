"""Disclosure control: the only place where a published figure is withheld, and the record of what was decided why.

Lives here: one record for every report model (a model without one is refused), how the two structures of the
recruitment table hang together, and `protect`, which turns a `Report` into the one that may be published.
Does not live here: the algorithm for one table (``suppression``) or how a withheld cell is printed (``tables``).

What stays by decision: the province's own figures (indicators, readings, total rows), because the report owes them;
totals of annex IX and of grants are not owed and go when they are small. What is not seen here: differences between
two editions of the same year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Any

from reporting import suppression
from reporting.shapes import AFFAIRS, DEPARTURES, NETWORKS, RECRUITMENT, TALENTS, TRAININGS
from reporting.suppression import Block, Shape, count_of, is_small
from reporting.warehouse import AS_REPORTED, PROVINCE, Report, Row, Rows


class Withheld(Enum):
    """The value of a cell that is not published."""

    CELL = "c"


HIDDEN = Withheld.CELL


class UnreviewedTable(RuntimeError):
    """A report model has no disclosure record: it may not be printed until somebody has thought about it."""

    exit_code = 4


@dataclass(frozen=True)
class Record:
    """What was decided for a report model: its ``shape`` where persons are counted, or why nothing is withheld."""

    reason: str
    shape: Shape | None = None


_YEARS = range(1, 6)

RECORDS: dict[str, Record] = {
    "header": Record("counts of agencies"),
    "indicators": Record("the province's own figures, which the report owes"),
    "readings": Record("the province's own figures; the followed cohorts only where nobody stands alone"),
    "recruitment_by_agency": Record("persons by agency, in two structures", RECRUITMENT),
    "talents_in_service": Record("persons by category", TALENTS),
    "departures": Record("persons by reason of leaving", DEPARTURES),
    "retention_cohorts": Record("persons by cohort, without totals"),
    "trainings": Record("persons by field", TRAININGS),
    "tasks": Record("outputs of the province; what annex IX counts too is withheld where it is withheld there"),
    "duties": Record("duties of agencies"),
    "budgets": Record("amounts by purpose and source, not by person"),
    "plans": Record("plans of agencies"),
    "own_targets": Record("an agency's small counts and all its shares, whose counts are not known here"),
    "documents": Record("public documents; titles are scanned for names at gate 1"),
    "proposals": Record("petitions of agencies by topic, never their text"),
    "submissions": Record("reports of agencies"),
    "parameters": Record("decisions, no data"),
    "data_quality": Record("counts of rules and rows"),
    "nominations": Record(
        "nominations by source, as persons: who was refused is nobody's business", AFFAIRS["nominations"].shape
    ),
    "commendations": Record(
        "persons by kind of commendation; collectives are no persons", AFFAIRS["commendations"].shape
    ),
    "violations": Record(
        "reports by behaviour, as persons: behind each stand who did it and who told", AFFAIRS["violations"].shape
    ),
    "communications": Record("published items; a model case was told in public"),
    "talent_networks": Record("persons by country, and by field in each pool", NETWORKS),
    "policy_grants": Record("persons by policy, with the money: each count by itself, no table of them is printed"),
    "supervision": Record("papers, agencies, points of a conclusion"),
    "forms": Record("forms of agencies"),
    "reconciliation": Record("persons by agency: internal, never published"),
}
INTERNAL = frozenset({"reconciliation"})
_TWICE = {
    "II.3-TC": ("nominations", "ALL", "proposed"),
    "II.3-CN": ("nominations", "ALL", "accepted"),
    "II.3-TU": ("nominations", "tu_tien_cu", "proposed"),
    "II.9-KC": ("commendations", "ALL", "persons"),
    "II.9-VP": ("violations", "ALL", "handled"),
}
"""Output of B07b → where annex IX counts the same people: table, code, column."""


def protect(report: Report) -> Report:
    """The report as it may be published: small cells and what would reveal them are `HIDDEN`, internal tables empty.

    Raises UnreviewedTable when a table of the report has no record.
    """
    names = {item.name for item in fields(Report)} - {"links"}
    if missing := names - RECORDS.keys():
        raise UnreviewedTable(f"no disclosure record for {sorted(missing)}")
    least = report.least
    affairs: Any = {name: _owed_to_nobody(getattr(report, name), *each, least) for name, each in AFFAIRS.items()}
    return replace(
        report,
        **affairs,
        talent_networks=_pools(report.talent_networks, least),
        policy_grants=tuple(_grant(row, least) for row in report.policy_grants),
        tasks=_told_twice(report.tasks, affairs, least),
        recruitment_by_agency=_recruitment(report, least),
        talents_in_service=_by_criterion(report.talents_in_service, least),
        departures=_table(report.departures, DEPARTURES, least, total="exit_reason"),
        trainings=_table(report.trainings, TRAININGS, least, total="training_field"),
        retention_cohorts=tuple(_cohort(row, least) for row in report.retention_cohorts),
        readings=tuple(_reading(row, least) for row in report.readings),
        own_targets=tuple({**row, "achieved_value": _kept(row, least)} for row in report.own_targets),
        reconciliation=(),
    )


def _recruitment(report: Report, least: int) -> Rows:
    """Both structures at once: the same agency is withheld in both, what was reorganised never shows the rest."""
    bodies = [row for row in report.recruitment_by_agency if row["agency_code"] != PROVINCE]
    before = [row for row in bodies if row["structure_on"] == AS_REPORTED]
    after = [row for row in bodies if row["structure_on"] != AS_REPORTED]
    unit = _units(before, after, report.links)
    block = suppression.find_block(before, RECRUITMENT, least, [unit[row["agency_code"]] for row in before])
    cells = suppression.withheld_cells(before, RECRUITMENT, block)
    held = {(AS_REPORTED, before[i]["agency_code"], name) for i, name in cells}
    held |= _later_structure(before, after, unit, block, least)
    return tuple(
        {name: HIDDEN if (row["structure_on"], row["agency_code"], name) in held else row[name] for name in row}
        for row in report.recruitment_by_agency
    )


def _later_structure(
    before: Sequence[Row], after: Sequence[Row], unit: dict[str, str], block: Block, least: int
) -> set[tuple[str, str, str]]:
    """The (structure, agency, column) to withhold in the later structure, unit by unit of what belongs together.

    A unit that lost something before the reorganisation loses it after it as well, so that neither structure gives
    away the other; a unit that is whole before but holds a small count after is withheld after, within itself.
    """
    earlier = suppression.withheld_cells(before, RECRUITMENT, block)
    held = set()
    for name in sorted({unit[row["agency_code"]] for row in after}):
        old = {i for i, row in enumerate(before) if unit[row["agency_code"]] == name}
        new = [row for row in after if unit[row["agency_code"]] == name]
        secret = {column for i, column in earlier if i in old}
        cells = suppression.withheld_cells(new, RECRUITMENT, _unit_block(new, old, block, least), secret)
        holders = [i for i, row in enumerate(new) if row[RECRUITMENT.margin] or (i, RECRUITMENT.margin) in cells]
        if len(holders) == 1:  # its parts are the sums of the earlier structure: secret where those are, and only there
            cells = {(i, column) for i, column in cells if column in secret.union(RECRUITMENT.free)}
        held |= {(new[i]["structure_on"], new[i]["agency_code"], column) for i, column in cells}
    return held


def _unit_block(new: Sequence[Row], old: set[int], block: Block, least: int) -> Block:
    """What one unit loses in the later structure: all its rows where the earlier one or a small count asks for it."""

    def lost(name: str, before: set[int]) -> set[int]:
        counts = [count_of(row, name) for row in new]
        if not before & old and not any(is_small(count, least) for count in counts):
            return set()
        filled = {i for i, count in enumerate(counts) if count}
        return filled if suppression.open_enough(counts, least) else set(range(len(new)))

    local = Block(small=lost(RECRUITMENT.margin, block.small))
    for name in RECRUITMENT.free:
        local.free[name] = lost(name, block.free[name])
    for index, group in enumerate(RECRUITMENT.groups):
        small = any(suppression.has_small_part(row, group, RECRUITMENT.margin, least) for row in new)
        local.parts[index] = set(range(len(new))) if small or local.small or block.parts[index] & old else set()
    return local


def _units(before: Sequence[Row], after: Sequence[Row], links: Rows) -> dict[str, str]:
    """Agency → the unit it belongs to. Who stands in both structures with the same figures is a unit by itself; the
    others belong together along the successions, and all units that do not add up are one.
    """
    parent = {row["agency_code"]: row["agency_code"] for row in (*before, *after)}
    figures = [{row["agency_code"]: _figures(row) for row in rows} for rows in (before, after)]
    same = {code for code in parent if figures[0].get(code) == figures[1].get(code)}

    def root(code: str) -> str:
        while parent[code] != code:
            code = parent[code]
        return code

    for link in links:
        pair = (link["predecessor_code"], link["successor_code"])
        if all(code in parent and code not in same for code in pair):
            first, second = sorted(map(root, pair))
            parent[second] = first
    moved = [unit for unit in sorted(set(map(root, parent))) if _total(before, unit, root) != _total(after, unit, root)]
    for unit in moved[1:]:
        parent[unit] = moved[0]
    return {code: root(code) for code in parent}


def _figures(row: Row) -> tuple[int, ...]:
    names = (RECRUITMENT.margin, *(c for group in RECRUITMENT.groups for c in group.columns), *RECRUITMENT.free)
    return tuple(count_of(row, name) for name in names)


def _total(rows: Sequence[Row], unit: str, root: Any) -> tuple[int, ...]:
    own = [_figures(row) for row in rows if root(row["agency_code"]) == unit]
    return tuple(map(sum, zip(*own, strict=True))) or (0,) * len(_figures({}))


def _by_criterion(rows: Rows, least: int) -> Rows:
    criteria = dict.fromkeys(row["criterion"] for row in rows)
    protected = [
        _table(tuple(r for r in rows if r["criterion"] == c), TALENTS, least, "category_code") for c in criteria
    ]
    return tuple(row for table in protected for row in table)


def _table(rows: Rows, shape: Shape, least: int, total: str | None = None) -> Rows:
    """One table by itself; rows whose ``total`` column says ALL are the printed totals and stay."""
    inner = [row for row in rows if total is None or row[total] != "ALL"]
    held = suppression.withheld_cells(inner, shape, suppression.find_block(inner, shape, least))
    places = {id(row): i for i, row in enumerate(inner)}
    return tuple(
        {name: HIDDEN if (places.get(id(row)), name) in held else row[name] for name in row}
        if id(row) in places
        else row
        for row in rows
    )


def _owed_to_nobody(rows: Rows, shape: Shape, total: str, least: int) -> Rows:
    """A table whose total row is withheld like any other where it is small, or parts of it are."""
    kept = rows if len(rows) == 2 else _table(rows, shape, least, total)  # one row is its total
    return tuple(_by_itself(r, shape, least) if len(rows) == 2 or r[total] == "ALL" else r for r in kept)


def _by_itself(row: Row, shape: Shape, least: int) -> Row:
    """A row without its margin where that is small, without the parts of a group where one of them is."""
    small = {0} if is_small(count_of(row, shape.margin), least) else set()
    block = Block(small)
    for index, group in enumerate(shape.groups):
        block.parts[index] = {0} if small or suppression.has_small_part(row, group, shape.margin, least) else set()
    held = {name for _, name in suppression.withheld_cells([row], shape, block)}
    return {name: HIDDEN if name in held else value for name, value in row.items()}


def _pools(rows: Rows, least: int) -> Rows:
    """Every criterion is a table with a total of its own."""
    criteria = dict.fromkeys(row["criterion"] for row in rows)
    tables = [tuple(row for row in rows if row["criterion"] == criterion) for criterion in criteria]
    return tuple(row for table in tables for row in _owed_to_nobody(table, NETWORKS, "category_code", least))


def _grant(row: Row, least: int) -> Row:
    """Persons under a policy and their money: of one person the amount is known from the decision."""
    return {**row, "cases": HIDDEN, "amount": HIDDEN} if is_small(row["cases"] or 0, least) else row


def _told_twice(tasks: Rows, affairs: Mapping[str, Rows], least: int) -> Rows:
    """Outputs of B07b that B08 to B09b count too: the same people, withheld where annex IX withholds them."""
    held = {row["output_code"] for row in tasks if is_small(count_of(row, "actual"), least)}.intersection(_TWICE)
    for output, (table, code, name) in _TWICE.items():
        if any(row[name] is HIDDEN for row in affairs[table] if row[AFFAIRS[table].key] == code):
            held.add(output)
    return tuple({**row, "actual": HIDDEN} if row["output_code"] in held else row for row in tasks)


def _cohort(row: Row, least: int) -> Row:
    """A cohort has no printed total, so each row stands for itself: all of it, or nothing but its year."""
    counts = [row["persons"], row.get("censored") or 0]
    for k in _YEARS:
        kept, due = row[f"retained_{k}"] or 0, row.get(f"due_{k}") or 0
        counts += [kept, due, due - kept]
    if not any(is_small(count, least) for count in counts):
        return row
    followed = {f"{name}_{k}" for name in ("retained", "due") for k in _YEARS} | {"not_due", "censored"}
    followed |= {"persons"} if is_small(row["persons"], least) else set()
    return {name: HIDDEN if name in followed else value for name, value in row.items()}


def _reading(row: Row, least: int) -> Row:
    """A followed cohort among the readings (CT04 at one, two … years) is withheld like its row in the cohort table."""
    n, total = row["numerator"] or 0, row["denominator"] or 0
    followed = str(row["reading"]).startswith(("interim_", "months_"))
    if not followed or not any(is_small(count, least) for count in (n, total, total - n)):
        return row
    hidden = ("numerator", "denominator", "value", "lower_bound", "upper_bound")
    return {name: HIDDEN if name in hidden else value for name, value in row.items()}


def _kept(row: Row, least: int) -> Any:
    """An agency's own result: a share is withheld (few recruits, few talents), a count of people when it is small."""
    value = row["achieved_value"]
    if value is None or (row["unit"] != "%" and not 0 < value < least):
        return value
    return HIDDEN
