"""Who may be one person: two identities, or a row without a number beside an identity. Proposed, never joined (S04).

Lives here: blocking in SQL (only those who share a block are compared), what speaks for a pair, how strong it is.
Does not live here: deciding (a human, ``orchestration/persons.py``) and what follows from it (``decisions.py``).

Blocks: the same birth date and given name; the same birth date and everything before the given name; the same bare
name and year of birth; and, where one of the two has no birth date anywhere, the same bare name and agency. A slip in
one part of a name or in day and month is thereby met; two slips at once are not.

Strength, from what agrees (sex never differs): ``strong`` name and birth date, and not two 12-digit numbers that are
far apart (the state gives nobody two); ``likely`` such two numbers, or a near name, or day and month exchanged, or one
part of the date other and the same agency or a near number; ``possible`` the same name and agency without a birth date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from expectations.home import Home
from ingestion import vault
from ingestion.persons import names, sightings
from ingestion.persons.decisions import subject_id

if TYPE_CHECKING:
    import duckdb

CROWD = 100
"""A block of more people is common property; its pairs are not compared, and the number of such blocks is told."""
_FAR = 1 - names.NEAR / 100
"""Edits, as a share of both lengths, beyond which no two names are near: SQL leaves them out beforehand."""
NEAR_NUMBERS = 2
"""Digits (edit distance) by which a number differs from its own misprint."""
STRENGTHS = ("strong", "likely", "possible")
_STRENGTH = {
    ("equal", "equal"): "strong",
    ("near", "equal"): "likely",
    ("equal", "swapped"): "likely",
    ("equal", "near"): "likely",
    ("equal", "unknown"): "possible",
}
"""By (name, birth date)."""


@dataclass(frozen=True)
class Pair:
    """Two persons of ``sightings.py`` (``other`` may be a row without a number) and what speaks for their being one.

    ``name`` is equal or near; ``birth`` equal, swapped, near or unknown; ``numbers`` near or far.
    """

    one: str
    other: str
    strength: str
    name: str
    birth: str
    numbers: str
    same_agency: bool

    @property
    def id(self) -> str:
        """The short name a human uses for it."""
        return subject_id((self.one, self.other))

    @property
    def lacks_number(self) -> bool:
        """Whether one side is a row without a number: its sender corrects it, nobody joins it."""
        return self.one.startswith("row:") or self.other.startswith("row:")


@dataclass(frozen=True)
class Proposals:
    """All pairs, the strongest first, and how many crowded blocks were left out."""

    pairs: tuple[Pair, ...] = ()
    crowded: int = 0

    def of_strength(self, strength: str) -> list[Pair]:
        """The pairs of one strength between two identities."""
        return [pair for pair in self.pairs if pair.strength == strength and not pair.lacks_number]


class Telling(NamedTuple):
    """One way in which a person is told."""

    plain_name: str
    bare_name: str
    birth_date: date | None
    identity_kind: str
    national_id: str | None


def propose(home: Home) -> Proposals:
    """Everybody who may be one person, over all collected years; nobody when nothing was collected."""
    if not (files := sightings.paths(home)):
        return Proposals()
    connection = vault.open_database(home, Path(":memory:"))
    try:
        sightings.make_words(connection, home, sightings.read_all(files), int(files[-1].stem))
        _make_tellings(connection)
        crowded = _make_blocks(connection)
        return Proposals(_weighed(_blocked(connection)), crowded)
    finally:
        connection.close()


def _make_tellings(connection: duckdb.DuckDBPyConnection) -> None:
    """``telling``: the different ways of each person; without a birth date only where the person has none at all."""
    connection.execute(
        """
        CREATE TEMPORARY TABLE telling AS
        SELECT DISTINCT person_id, identity_kind, national_id, plain_name, bare_name, birth_date, sex, agency_code
        FROM word WHERE bare_name <> ''
        QUALIFY birth_date IS NOT NULL OR max(birth_date) OVER (PARTITION BY person_id) IS NULL
        """
    )


def _make_blocks(connection: duckdb.DuckDBPyConnection) -> int:
    """``block`` (person_id, key): who is compared with whom; the number of blocks that are too crowded for it."""
    connection.execute(
        """
        CREATE TEMPORARY TABLE block AS
        SELECT DISTINCT person_id, unnest([
            'given:' || birth_date || split_part(bare_name, ' ', -1),
            'before:' || birth_date || regexp_extract(bare_name, '^(.*) ', 1),
            'year:' || year(birth_date) || bare_name,
            CASE WHEN bare_name IN (SELECT bare_name FROM telling WHERE birth_date IS NULL)
                THEN 'agency:' || agency_code || bare_name END]) AS key
        FROM telling
        """
    )
    connection.execute("DELETE FROM block WHERE key IS NULL")
    crowd = f"SELECT key FROM block GROUP BY key HAVING count(*) > {CROWD}"
    (crowded,) = connection.execute(f"SELECT count(*) FROM ({crowd})").fetchone()  # type: ignore[misc]
    connection.execute(
        f"DELETE FROM block WHERE key IN ({crowd}) OR key NOT IN "
        "(SELECT key FROM block GROUP BY key HAVING count(*) > 1)"
    )
    return int(crowded)


def _blocked(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, bool, Telling, Telling]]:
    """The ways of telling of each two who share a block and whose sexes do not differ; one of them has a number."""
    columns = ", ".join(f"{side}.{name}" for side in "ao" for name in Telling._fields)
    rows = connection.execute(
        f"""
        WITH undated AS (SELECT person_id FROM telling WHERE birth_date IS NULL),
        pair AS (
            SELECT DISTINCT a.person_id AS one, o.person_id AS other
            FROM block AS a JOIN block AS o ON a.key = o.key AND a.person_id < o.person_id
            WHERE NOT starts_with(a.person_id, 'row:')
                AND (NOT starts_with(a.key, 'agency:') OR a.person_id IN (SELECT person_id FROM undated)
                    OR o.person_id IN (SELECT person_id FROM undated))
        ),
        home AS (SELECT person_id, list(DISTINCT agency_code) AS agencies FROM telling GROUP BY person_id)
        SELECT one, other, len(list_intersect(ha.agencies, ho.agencies)) > 0, {columns}
        FROM pair JOIN telling AS a ON a.person_id = one JOIN telling AS o ON o.person_id = other
        JOIN home AS ha ON ha.person_id = one JOIN home AS ho ON ho.person_id = other
        WHERE coalesce(a.sex = o.sex, true) AND (a.bare_name = o.bare_name OR (a.birth_date = o.birth_date
            AND levenshtein(a.bare_name, o.bare_name) <= 1 + {_FAR} * (length(a.bare_name) + length(o.bare_name))))
        ORDER BY ALL
        """
    ).fetchall()
    width = len(Telling._fields)
    return [(r[0], r[1], bool(r[2]), Telling(*r[3 : 3 + width]), Telling(*r[3 + width :])) for r in rows]


def _weighed(compared: Sequence[tuple[str, str, bool, Telling, Telling]]) -> tuple[Pair, ...]:
    """Each two at their strongest."""
    best: dict[tuple[str, str], Pair] = {}
    for one, other, same_agency, a, o in compared:
        pair = _weigh(one, other, same_agency, a, o)
        if pair is not None:
            best[one, other] = min(pair, best.get((one, other), pair), key=_rank)
    return tuple(sorted(best.values(), key=_rank))


def _weigh(one: str, other: str, same_agency: bool, a: Telling, o: Telling) -> Pair | None:
    name, birth, numbers = _name(a, o), _birth(a.birth_date, o.birth_date), _numbers(a, o)
    two_cards = a.identity_kind == o.identity_kind == "cccd" and None not in (a.national_id, o.national_id)
    strength = _STRENGTH.get((name, birth))
    if strength == "strong" and two_cards and numbers == "far":
        strength = "likely"
    near_by = same_agency or (birth == "near" and numbers == "near")
    if strength is None or (birth in ("near", "unknown") and not near_by):
        return None
    return Pair(one, other, strength, name, birth, numbers, same_agency)


def _name(a: Telling, o: Telling) -> str:
    said = (a.plain_name, a.bare_name, o.plain_name, o.bare_name)
    if names.agree(*said):
        return "equal"
    return "near" if names.likeness(*said) >= names.NEAR else "far"


def _birth(a: date | None, o: date | None) -> str:
    if a is None or o is None:
        return "unknown"
    if a == o:
        return "equal"
    if (a.day, a.month, a.year) == (o.month, o.day, o.year):
        return "swapped"
    return "near" if sum((a.day == o.day, a.month == o.month, a.year == o.year)) == 2 else "far"


def _numbers(a: Telling, o: Telling) -> str:
    if a.national_id is None or o.national_id is None:
        return "far"
    from rapidfuzz.distance import Levenshtein

    return "near" if Levenshtein.distance(a.national_id, o.national_id) <= NEAR_NUMBERS else "far"


def _rank(pair: Pair) -> tuple[int, str, str]:
    return STRENGTHS.index(pair.strength), pair.one, pair.other
