"""What a human has to decide about persons, and what was decided: pairs, conflicts, rows without a number.

Lives here: putting proposals, conflicts and standing decisions together, with files, sheets and rows to look at.
Does not live here: names and numbers. A number is shown by its last three digits, a name by nothing: who decides
opens the files that are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.home import Home
from expectations.rules.masking import last_digits
from ingestion import vault
from ingestion.persons import candidates, conflicts, decisions, sightings
from ingestion.persons.decisions import Decision, Subject

if TYPE_CHECKING:
    import duckdb

PAIR, CONFLICT, ROW = "pair", "conflict", "row"


@dataclass(frozen=True)
class Side:
    """An identity (or a row without one) and where it stands: year, dataset, agency_code, file, sheet, row.

    ``way`` of a place counts the ways of telling, 1, 2, …: places with one number say the same.
    """

    identity_kind: str
    number: str | None
    places: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Case:
    """One question. ``agrees`` says what speaks for it; ``decision`` is None while it is open."""

    case: str
    kind: str
    strength: str
    subject: Subject
    agrees: dict[str, Any]
    sides: tuple[Side, ...]
    variants: frozenset[str] = frozenset()
    decision: Decision | None = None

    def to_json(self) -> dict[str, Any]:
        """The keys promised by ``nhantai persons list --json``."""
        said = self.decision
        told = {key: getattr(said, key) for key in ("number", "verdict", "by", "reason")} if said else None
        return {
            "case": self.case,
            "kind": self.kind,
            "strength": self.strength,
            "agrees": self.agrees,
            "sides": [asdict(side) for side in self.sides],
            "decision": {**told, "at": said.at.isoformat()} if said and told else None,
        }


@dataclass(frozen=True)
class Cases:
    """All cases, open ones first, and how many crowded blocks were not compared."""

    cases: tuple[Case, ...] = ()
    crowded: int = 0

    @property
    def open(self) -> list[Case]:
        """What nobody has decided."""
        return [case for case in self.cases if case.decision is None]


@dataclass
class _Places:
    """Where each person stands, and how: read once for all that are asked about."""

    sides: dict[str, Side] = field(default_factory=dict)

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection, files: Iterable[Path], persons: Iterable[str]) -> _Places:
        found: dict[str, list[Mapping[str, Any]]] = {}
        if wanted := sorted(set(persons)):
            reader = connection.execute(
                f"""
                SELECT person_id, identity_kind, national_id, reporting_year AS year, dataset, agency_code,
                    file_name AS file, sheet, "row",
                    dense_rank() OVER (PARTITION BY person_id ORDER BY plain_name, birth_date NULLS LAST) AS way
                FROM ({sightings.read_all(files)}) WHERE person_id IN (SELECT unnest(?)) ORDER BY ALL
                """,
                [wanted],
            )
            names = [column[0] for column in reader.description]
            for values in reader.fetchall():
                found.setdefault(values[0], []).append(dict(zip(names, values, strict=True)))
        return cls({person: _side(rows) for person, rows in found.items()})

    def __call__(self, persons: Iterable[str]) -> tuple[Side, ...]:
        nobody = Side("", None, ())
        return tuple(self.sides.get(person, nobody) for person in persons)


def all_cases(home: Home) -> Cases:
    """Everything proposed, in conflict or decided, over all collected years."""
    files = sightings.paths(home)
    held = decisions.standing(decisions.read(home))
    if not files:
        return Cases()
    found = candidates.propose(home)
    connection = vault.open_database(home, Path(":memory:"))
    try:
        sightings.make_words(connection, home, sightings.read_all(files), int(files[-1].stem))
        clashes = conflicts.told_twice(connection)
        persons = {person for pair in found.pairs for person in (pair.one, pair.other)}
        persons |= {told[0].identity_key for told in clashes} | {key for subject in held for key in subject}
        places = _Places.of(connection, files, persons)
    finally:
        connection.close()
    cases = {case.case: case for case in _decided(held, places)}
    cases |= {case.case: case for case in (_pair(pair, held, places) for pair in found.pairs)}
    cases |= {case.case: case for case in (_conflict(told, held, places) for told in clashes)}
    return Cases(tuple(sorted(cases.values(), key=_order)), found.crowded)


def _decided(held: Mapping[Subject, Decision], places: _Places) -> Iterable[Case]:
    """Standing decisions whose pair or conflict nobody proposes any more: they hold, so they are shown."""
    for subject, decision in held.items():
        kind = PAIR if len(subject) == 2 else CONFLICT
        yield Case(decisions.subject_id(subject), kind, "", subject, {}, places(subject), decision.variants, decision)


def _pair(pair: candidates.Pair, held: Mapping[Subject, Decision], places: _Places) -> Case:
    subject = tuple(sorted((pair.one, pair.other)))
    agrees = {"name": pair.name, "birth": pair.birth, "numbers": pair.numbers, "same_agency": pair.same_agency}
    kind = ROW if pair.lacks_number else PAIR
    sides = places((pair.one, pair.other))
    return Case(pair.id, kind, pair.strength, subject, agrees, sides, decision=held.get(subject))


def _conflict(told: list[conflicts.Sighting], held: Mapping[Subject, Decision], places: _Places) -> Case:
    subject = (told[0].identity_key,)
    clashes = [one.differs(other) for one in told for other in told]
    name, birth = (any(each) for each in zip(*clashes, strict=True))
    agrees = {"name": "differs" if name else "equal", "birth": "differs" if birth else "equal"}
    decision = held.get(subject) if conflicts.is_settled(told, held) else None
    variants = frozenset(one.variant for one in told)
    return Case(decisions.subject_id(subject), CONFLICT, "", subject, agrees, places(subject), variants, decision)


def _side(rows: list[Mapping[str, Any]]) -> Side:
    places = tuple(
        {key: row[key] for key in ("year", "dataset", "agency_code", "file", "sheet", "row", "way")} for row in rows
    )
    return Side(rows[0]["identity_kind"], last_digits(rows[0]["national_id"]), places)


def _order(case: Case) -> tuple[bool, bool, int, str]:
    strengths = (*candidates.STRENGTHS, "")
    return case.decision is not None, case.kind != CONFLICT, strengths.index(case.strength), case.case
