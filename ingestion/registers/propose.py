"""A layout for a file whose headers have changed: drafted where names and contents agree, refused where they do not.

Lives here: which field a column is (by a known header, or one that is nearly it, proved by what the column holds) and
the YAML of the draft. A person reads it and puts it into `reference/layouts/`. Does not live here: using layouts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from expectations.contracts.load import load
from expectations.contracts.model import Contract, Field
from ingestion.registers.layout import Column, Layout, day_in, format_of, stem_of
from ingestion.registers.values import read_word
from ingestion.typing.codes import CodeList
from ingestion.typing.text import clean, fold

ALIKE = 86
"""Likeness (0–100, rapidfuzz's ratio over folded text) from which two headers may be one."""
MARGIN = 8
PROVED = 0.95
"""Share of a column's filled cells that its field must be able to read."""
_AMERICAN = "%m/%d/%Y"
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/[0-9]{4}")
_IDENTITY = re.compile(r"[0-9]{9,12}|[A-Za-z][0-9]{6,9}")


@dataclass(frozen=True)
class Sample:
    """The first rows of a file: its headers, and by column the kind and text of every filled cell."""

    file_name: str
    dataset: str
    headers: tuple[str, ...]
    cells: tuple[tuple[tuple[str, str], ...], ...]


@dataclass
class Proposal:
    """What was found. `unsure` holds a sentence for each doubt; only without doubts there is a `layout` to use."""

    columns: dict[str, Column] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    how: dict[str, str] = field(default_factory=dict)
    draft: str = ""


def propose(
    sample: Sample,
    layouts: Sequence[Layout],
    lists: Mapping[str, CodeList],
    today: dt.date,
    delimiter: str | None = None,
) -> Proposal:
    """The layout that this file needs, or why nobody can tell. Nothing is mapped by position."""
    contract = load(sample.dataset)
    known, dropped = _known(contract, layouts)
    found = Proposal()
    claims: dict[str, list[int]] = {}
    for place, header in enumerate(sample.headers):
        if fold(header) in dropped:
            found.ignored.append(header)
            continue
        name = _field_of(header, known, found)
        if name is not None:
            claims.setdefault(name, []).append(place)
    for name, places in claims.items():
        if len(places) > 1:
            these = ", ".join(f'"{sample.headers[place]}"' for place in places)
            found.unsure.append(f"{these}: each may be {name}; keep one, put the other into ignored")
            continue
        _prove(contract.field(name), places[0], sample, known, lists, found)
    _complete(contract, sample, found)
    found.draft = _draft(contract, sample, found, today, delimiter)
    return found


def _known(contract: Contract, layouts: Sequence[Layout]) -> tuple[dict[str, tuple[str, Column | None]], set[str]]:
    """Folded header → (field, how its last layout reads it); folded headers that layouts ignore."""
    known: dict[str, tuple[str, Column | None]] = {}
    for one in reversed(contract.fields):
        for word in (*one.synonyms, one.label.vi, one.name):
            known[fold(word)] = (one.name, None)
    dropped: set[str] = set()
    for layout in layouts:
        if layout.dataset == contract.name:
            known |= {fold(c.header): (name, c) for name, c in layout.columns.items() if c.header is not None}
            dropped |= {fold(header) for header in layout.ignored}
    return known, dropped - known.keys()


def _field_of(header: str, known: Mapping[str, tuple[str, Column | None]], found: Proposal) -> str | None:
    """The field a header means: a known one, or the one field that comes near; else a doubt is noted."""
    from rapidfuzz import fuzz, process

    folded = fold(header)
    if folded in known:
        found.how[header] = "known"
        return known[folded][0]
    near = process.extract(folded, list(known), scorer=fuzz.ratio, limit=None, score_cutoff=ALIKE - MARGIN)
    best: dict[str, float] = {}
    for word, score, _ in near:
        best[known[word][0]] = max(best.get(known[word][0], 0.0), score)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < ALIKE:
        hint = f'; the nearest is "{near[0][0]}"' if near else ""
        found.unsure.append(f'"{header}": no known header is near enough{hint}; map it or put it into ignored')
        return None
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN:
        found.unsure.append(f'"{header}": may be {ranked[0][0]} or {ranked[1][0]}')
        return None
    found.how[header] = f"like {ranked[0][1]:.0f} %"
    return ranked[0][0]


def _prove(
    one: Field,
    place: int,
    sample: Sample,
    known: Mapping[str, tuple[str, Column | None]],
    lists: Mapping[str, CodeList],
    found: Proposal,
) -> None:
    """Take the column when what it holds can be read as the field; a new spelling of dates is tried as well."""
    header, cells = sample.headers[place], sample.cells[place]
    before = known.get(fold(header), ("", None))[1]
    given = before.model_copy(update={"header": header}) if before is not None else Column(header=header)
    if not cells and found.how[header] != "known":
        found.unsure.append(f'"{header}": only nearly {one.name}, and the column is empty')
        return
    if one.type == "date" and not given.dates and _two_ways(cells):
        found.unsure.append(f'"{header}": day or month first? No day after the 12th; state dates: ["%d/%m/%Y"]')
        return
    tried = [given, Column(header=header), *([Column(header=header, dates=(_AMERICAN,))] if one.type == "date" else [])]
    shares = [_readable(one, column, cells, lists) for column in tried]
    best = max(range(len(tried)), key=lambda index: (shares[index], -index))
    if cells and shares[best] < PROVED:
        found.unsure.append(
            f'"{header}": read as {one.name}, only {shares[best]:.0%} of {len(cells)} filled cells make sense'
        )
        return
    found.columns[one.name] = tried[best]


def _readable(one: Field, column: Column, cells: tuple[tuple[str, str], ...], lists: Mapping[str, CodeList]) -> float:
    if not cells:
        return 1.0
    words = [read_word(one, column, kind, text, lists) for kind, text in cells]
    if one.pii == "identity":
        good = [bool(_IDENTITY.fullmatch(word.bare or "")) for word in words]
    elif one.pii == "name":
        good = [word.value is not None and not any(c.isdigit() for c in word.value) for word in words]
    else:
        good = [word.value is not None for word in words]
    return sum(good) / len(good)


def _two_ways(cells: tuple[tuple[str, str], ...]) -> bool:
    """Whether many different slashed dates never show which part is the day."""
    found = {m.groups() for kind, text in cells if kind == "s" and (m := _SLASHED.match(clean(text)[0]))}
    return len(found) >= 2 and all(int(part) <= 12 for pair in found for part in pair)


def _complete(contract: Contract, sample: Sample, found: Proposal) -> None:
    if contract.name == "staff_snapshots" and "snapshot_on" not in found.columns and day_in(sample.file_name):
        found.columns["snapshot_on"] = Column(file_name="date")
    for one in contract.fields:
        if one.required and one.severity == "error" and one.name not in found.columns:
            found.unsure.append(f"{one.name} ({one.label.vi}): the dataset cannot do without, no column is surely it")


def _draft(contract: Contract, sample: Sample, found: Proposal, today: dt.date, delimiter: str | None) -> str:
    """The YAML, with a comment for each column that was not known by name and for each doubt."""
    stem = stem_of(sample.file_name)
    told: dict[str, Any] = {
        "layout": f"{re.sub('[^a-z0-9]+', '_', fold(stem)).strip('_') or contract.name}_{today:%Y%m%d}",
        "dataset": contract.name,
        "files": [re.sub(r"[0-9][0-9_-]*", "*", stem) + sample.file_name[len(stem) :].casefold()],
        "format": format_of(sample.file_name) or "csv",
        **({"delimiter": delimiter} if delimiter else {}),
        "valid_from": today,
        "columns": {
            name: {key: list(v) if isinstance(v, tuple) else v for key, v in found.columns[name].model_dump().items()
                   if v not in (None, False, (), {})}
            for name in contract.field_names if name in found.columns
        },
        "absent": [name for name in contract.field_names if name not in found.columns],
        "ignored": found.ignored,
    }  # fmt: skip
    lines = [f"# unsure: {doubt}" for doubt in found.unsure]
    lines += [f'# {how}: "{header}"' for header, how in found.how.items() if how != "known"]
    return "\n".join([*lines, yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120)])
