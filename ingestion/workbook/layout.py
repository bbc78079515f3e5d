"""Where the headers of a form stand and which column is which field: by labels and synonyms, never by position.

Lives here: finding the header row, matching columns, what is missing, double or unknown. Does not live here: data rows
(rows.py), sentences (said.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from expectations.contracts.model import Contract, Field
from ingestion.template.shape import NUMBER_HEADER
from ingestion.typing.text import fold
from ingestion.workbook.parsed import Cell, ParsedSheet

SEARCHED_ROWS = 20
ENOUGH = 0.5
_MARKS = re.compile(r"^[\s*]+|[\s*:]+$|\s*\(\*+\)|\s*\([0-9]+\)$")
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_KNOWN: dict[int, tuple[Contract, dict[str, str], dict[str, str]]] = {}
_NUMBER_HEADERS = {"stt", "tt", "số tt", "số thứ tự"}


@dataclass(frozen=True)
class Header:
    """The header row of one form sheet (1-based) and its columns (0-based).

    `columns` maps field name -> column; `texts` column -> header as written; `missing` fields have no column;
    `double` are (field, first column, second column); `unknown` are columns with a header that no field has;
    `by_synonym` are the fields whose header is not the form's own label.
    """

    row: int
    columns: dict[str, int]
    texts: dict[int, str]
    number_column: int | None
    missing: tuple[Field, ...]
    double: tuple[tuple[str, int, int], ...]
    unknown: tuple[int, ...]
    by_synonym: tuple[str, ...]


@lru_cache(maxsize=1 << 14)
def header_key(text: str) -> str:
    """A header without case, line breaks, double spaces, invisible characters, footnote and column-number marks."""
    return _MARKS.sub("", fold(text))


def find_header(sheet: ParsedSheet, contract: Contract) -> Header | None:
    """The row among the first 20 that names most fields of the contract (the first of equals); None below half."""
    best, most = None, 0
    for row in sorted(sheet.rows)[: SEARCHED_ROWS * 2]:
        if row > SEARCHED_ROWS:
            break
        hits = len(set(_matches(sheet.rows[row], contract).values()))
        if hits > most:
            best, most = row, hits
        if most == len(contract.form_fields):
            break
    if best is None or most < ENOUGH * len(contract.form_fields):
        return None
    return _header(sheet.rows[best], best, contract)


def likeness(sheet: ParsedSheet, contract: Contract) -> float:
    """The share of the contract's headers that one of the first 20 rows has: 1.0 is the form itself."""
    rows = [cells for row, cells in sheet.rows.items() if row <= SEARCHED_ROWS]
    hits = max((len(set(_matches(cells, contract).values())) for cells in rows), default=0)
    return hits / len(contract.form_fields)


def is_header(cells: dict[int, Cell], header: Header) -> bool:
    """Whether a row says the headers again, as a printed page break leaves them (D039)."""
    said = {column: header_key(cell.text) for column, cell in cells.items()}
    same = sum(1 for column, text in header.texts.items() if said.get(column) == header_key(text))
    return same >= max(2, ENOUGH * len(header.texts))


def _header(cells: dict[int, Cell], row: int, contract: Contract) -> Header:
    texts = {column: cell.text for column, cell in cells.items() if header_key(cell.text)}
    columns: dict[str, int] = {}
    double = []
    for column, name in sorted(_matches(cells, contract).items()):
        if name in columns:
            double.append((name, columns[name], column))
        else:
            columns[name] = column
    number = next((c for c, text in sorted(texts.items()) if header_key(text) in _NUMBER_HEADERS), None)
    taken = {*columns.values(), *(column for _, _, column in double), number}
    return Header(
        row=row,
        columns=columns,
        texts=texts,
        number_column=number,
        missing=tuple(field for field in contract.form_fields if field.name not in columns),
        double=tuple(double),
        unknown=tuple(column for column in sorted(texts) if column not in taken),
        by_synonym=tuple(name for name, c in columns.items() if _names(contract)[0].get(header_key(texts[c])) != name),
    )


def _matches(cells: dict[int, Cell], contract: Contract) -> dict[int, str]:
    """Column -> field name. A label goes before a synonym: where both columns stand, the synonym's is not a double."""
    labels, synonyms = _names(contract)
    keys = {column: header_key(cell.text) for column, cell in cells.items() if cell.kind == "s"}
    found = {column: labels[key] for column, key in keys.items() if key in labels}
    said = set(found.values())
    for column, key in keys.items():
        if column in found:
            continue
        without = _without_brackets(key)
        name = synonyms.get(key) or synonyms.get(without) or labels.get(without)
        if name is not None and name not in said:
            found[column] = name
    return found


@lru_cache(maxsize=1 << 14)
def _without_brackets(key: str) -> str:
    return _IN_BRACKETS.sub("", key)


def _names(contract: Contract) -> tuple[dict[str, str], dict[str, str]]:
    """(label key -> field, synonym key -> field); a synonym that two fields have, or that is a label, is none.

    Remembered by identity: hashing a whole contract costs more than making the names.
    """
    kept = _KNOWN.get(id(contract))
    if kept is None or kept[0] is not contract:
        kept = _KNOWN[id(contract)] = (contract, *_made_names(contract))
    return kept[1], kept[2]


def _made_names(contract: Contract) -> tuple[dict[str, str], dict[str, str]]:
    labels = {header_key(field.label.vi): field.name for field in contract.form_fields}
    owners: dict[str, set[str]] = {}
    for field in contract.form_fields:
        for synonym in (*field.synonyms, _IN_BRACKETS.sub("", field.label.vi)):
            owners.setdefault(header_key(synonym), set()).add(field.name)
    synonyms = {key: names.pop() for key, names in owners.items() if len(names) == 1 and key not in labels}
    return labels, synonyms


def nearest_header(field: Field, texts: Iterable[str]) -> str:
    """The written header that looks most like the field's label or one of its synonyms, or ""."""
    from rapidfuzz import fuzz, process

    choices = {text: header_key(text) for text in texts if header_key(text) != header_key(NUMBER_HEADER)}
    best, score = "", 0.0
    for name in (field.label.vi, *field.synonyms):
        found = process.extractOne(header_key(name), choices, scorer=fuzz.ratio, score_cutoff=55)
        if found and found[1] > score:
            best, score = str(found[2]), float(found[1])
    return best
