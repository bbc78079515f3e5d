"""Which column of a table is which field: by the words of its heading, proved by what stands beneath it.

Lives here: comparing headings with patterns, doubts. Does not live here: where the heading lies (anatomy.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingestion.tables.anatomy import Anatomy, Kind
from ingestion.tables.known import LEVELS, Confirmed, KnownField, KnownTable
from ingestion.typing.syllables import is_syllable
from ingestion.typing.text import fold
from ingestion.workbook.parsed import column_letter, column_number

ALIKE = 0.8
"""Share of a pattern's words that a level must hold."""
NEAR = 0.55
"""From this share on, in its own level too, a column is proposed for a field that nothing else is."""
MARGIN = 0.05
SKIPPED = 0.1
"""Taken off for each level between two levels of a pattern: the nearer group is meant."""
PROVED = 0.95
FULL, SPARSE = 0.95, 0.5
"""Of two columns under one heading the one filled in nearly every row is meant, if the other is not in half of them."""
_BRACKETS = re.compile(r"\([^)]*\)")
_WORD = re.compile(r"[^\W\d_]+")
Heading = tuple[str, ...]


@dataclass
class FieldMap:
    """Field -> column (0-based), and a sentence for each doubt; `near` are the columns proposed for a field."""

    columns: dict[str, int] = field(default_factory=dict)
    unsure: list[str] = field(default_factory=list)
    near: dict[str, list[int]] = field(default_factory=dict)


def map_fields(
    table: Anatomy, headings: Mapping[int, Heading], known: KnownTable, confirmed: Confirmed | None = None
) -> FieldMap:
    """The columns of the known fields. What a person confirmed is taken as it is, but proved like the rest."""
    found = FieldMap()
    label = next(name for name, one in known.fields.items() if one.label)
    given = {column_number(letter): name for letter, name in (confirmed.columns if confirmed else {}).items()}
    claims: dict[str, list[int]] = {}
    for column in table.value_columns:
        name = given.get(column) or _field_of(column, headings[column], known, found)
        if name is not None and name not in (confirmed.absent if confirmed else ()):
            claims.setdefault(name, []).append(column)
    if _score(known.fields[label], headings[table.label_column], known) >= ALIKE:
        found.columns[label] = table.label_column
    for name, columns in claims.items():
        _take(name, [c for c in columns if given.get(c) == name] or columns, table, headings, found)
    _complete(table, headings, known, confirmed, given, found)
    return found


def _field_of(column: int, heading: Heading, known: KnownTable, found: FieldMap) -> str | None:
    scores = {name: _score(one, heading, known) for name, one in known.fields.items() if not one.label}
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < ALIKE:
        return None
    rivals = [name for name, score in ranked if ranked[0][1] - score < MARGIN]
    if len(rivals) > 1:
        found.unsure.append(f"{_shown(column, heading)}: may be {' or '.join(rivals)}")
        return None
    return rivals[0]


def _take(name: str, columns: list[int], table: Anatomy, headings: Mapping[int, Heading], found: FieldMap) -> None:
    """The one column of a field, when its data cells hold numbers."""
    data = table.of(Kind.DATA)
    if len(columns) > 1:
        shares = {column: sum(column in line.values for line in data) / max(len(data), 1) for column in columns}
        full = [column for column in columns if shares[column] >= FULL]
        if len(full) != 1 or any(shares[column] >= SPARSE for column in columns if column not in full):
            these = ", ".join(_shown(column, headings[column]) for column in columns)
            found.unsure.append(f"{these}: each may be {name}; confirm one")
            found.near[name] = columns
            return
        columns = full
    values = [line.values[columns[0]] for line in data if columns[0] in line.values]
    if values and sum(value.number is not None for value in values) < PROVED * len(values):
        found.unsure.append(f"{_shown(columns[0], headings[columns[0]])}: read as {name}, but its cells are no numbers")
        return
    found.columns[name] = columns[0]


def _complete(
    table: Anatomy,
    headings: Mapping[int, Heading],
    known: KnownTable,
    confirmed: Confirmed | None,
    given: Mapping[int, str],
    found: FieldMap,
) -> None:
    """A doubt for every field that is required or that a column comes near, and that no column surely is."""
    taken = set(found.columns.values()) | given.keys()
    for name, one in known.fields.items():
        if name in found.columns or name in found.near or (confirmed and name in confirmed.absent):
            continue
        scores = {c: _nearness(one, headings[c], known) for c in table.value_columns if c not in taken}
        near = sorted((c for c, score in scores.items() if score >= NEAR), key=lambda c: -scores[c])
        if near:
            found.near[name] = near
            found.unsure.append(
                f"{name}: perhaps {', or '.join(_shown(c, headings[c]) for c in near)}; confirm or say absent"
            )
        elif one.required:
            found.unsure.append(f"{name}: the table cannot do without, no heading is surely it")


def _score(one: KnownField, heading: Heading, known: KnownTable) -> float:
    """How well the best pattern of a field fits a heading, 0 to 1."""
    levels = [_words(level, known.abbreviations) for level in heading]
    said = {word for level in levels for word in level}
    if any(set(_words(without, known.abbreviations)) <= said for without in one.without):
        return 0.0
    return max((_fits(pattern.split(LEVELS), levels, known) for pattern in one.words), default=0.0)


def _nearness(one: KnownField, heading: Heading, known: KnownTable) -> float:
    """`_score`, but never more than the column's own level gives: a group alone makes no column likely."""
    own = [_words(pattern.rpartition(LEVELS)[2], known.abbreviations) for pattern in one.words]
    level = _words(heading[-1], known.abbreviations) if heading else []
    return min(_score(one, heading, known), max(_alike(words, level) for words in own))


def _fits(pattern: list[str], levels: list[list[str]], known: KnownTable) -> float:
    """The last level of a pattern is the column's own; those before it are groups above, in their order."""
    if not levels:
        return 0.0
    wanted = [_words(level, known.abbreviations) for level in pattern]
    total = _alike(wanted[-1], levels[-1])
    at = len(levels) - 1
    for words in reversed(wanted[:-1]):
        above = [(index, _alike(words, levels[index])) for index in range(at - 1, -1, -1)]
        fitting = next(((index, score) for index, score in above if score >= ALIKE), None)
        if fitting is None:
            return 0.0
        total += fitting[1] - SKIPPED * (at - 1 - fitting[0])
        at = fitting[0]
    return total / len(wanted)


def _alike(wanted: list[str], level: list[str]) -> float:
    """Share of the wanted words that stand there; a little less where more stands there."""
    if not wanted or not level:
        return 0.0
    share = sum(word in level for word in wanted) / len(wanted)
    return share - 0.05 * (1 - min(len(wanted) / len(level), 1.0))


def _words(text: str, abbreviations: Mapping[str, str]) -> list[str]:
    """The Vietnamese words of a text in comparable form, abbreviations in full; the English half is left out."""
    found: list[str] = []
    for word in _WORD.findall(_BRACKETS.sub(" ", fold(text))):
        if word in abbreviations:
            found += _WORD.findall(fold(abbreviations[word]))
        elif is_syllable(word):
            found.append(word)
    return found


def _shown(column: int, heading: Heading) -> str:
    return f'{column_letter(column)} "{" / ".join(heading)}"'
