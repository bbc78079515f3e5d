"""The dated lists that rules are compiled with: code lists, legal bases, agencies, training fields, id prefixes.

Lives here: the value ``RuleParameters`` and how it is read from ``expectations/reference`` with a home's overlay.
Does not live here: the lists themselves (``reference/*.csv``, ``identity.yml``) and the SQL (``compile.py``).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from expectations import yaml_files
from expectations.reference import load as reference

if TYPE_CHECKING:
    from collections.abc import Mapping

Span = tuple[str, str, str]
"""A code or name with its first day and its first day no longer, ISO or empty."""
_NEVER = "9999-12-31"


@dataclass(frozen=True)
class RuleParameters:
    """What the rules of one home are compiled with. Days are ISO text, spans half-open, empty means open.

    ``code_lists``: list → ((code, label_vi, label_en), …) · ``legal_bases`` and ``agencies``: spans, the latter by
    every written form (code, name, alias) normalised as ``normal`` does, on the days of one body only
    · ``training_fields``: (code, yes|no|unknown) · ``code_spans``: list → spans of its codes
    · ``task_owners``: (task, agency that ever held it)
    · ``reorganisation_days``: days on which bodies succeeded each other · ``allowed_prefixes``: digits 1–3 of an id
    · ``seasons``: (reporting year, day on which the forms of that year go out).
    """

    code_lists: Mapping[str, tuple[tuple[str, str, str], ...]]
    code_spans: Mapping[str, tuple[Span, ...]]
    task_owners: tuple[tuple[str, str], ...]
    legal_bases: tuple[Span, ...]
    agencies: tuple[Span, ...]
    training_fields: tuple[tuple[str, str], ...]
    reorganisation_days: tuple[str, ...]
    allowed_prefixes: tuple[str, ...]
    seasons: tuple[tuple[str, str], ...] = ()


def from_reference(overlay: Path | None = None, *, is_sample: bool = False) -> RuleParameters:
    """The parameters of a home: the shipped lists with its overlay; sample prefixes only where ``is_sample``.

    The shipped lists are read once a process, an overlay every time: it may be edited while a service runs.
    """
    return _shipped(is_sample) if overlay is None else _read(overlay, is_sample)


@cache
def _shipped(is_sample: bool) -> RuleParameters:
    return _read(None, is_sample)


def _read(overlay: Path | None, is_sample: bool) -> RuleParameters:
    lists = {
        name: tuple((row["code"], row["label_vi"], row["label_en"]) for row in reference.codes(name, overlay))
        for name in used_code_lists()
    }
    spans = {
        name: tuple((row["code"], row["valid_from"], row["valid_to"]) for row in reference.codes(name, overlay))
        for name in lists
    }
    days = {row["effective_on"] for row in reference.read("agency_successions", overlay)}
    return RuleParameters(
        code_lists=MappingProxyType(lists),
        code_spans=MappingProxyType(spans),
        task_owners=tuple((row["task_code"], row["agency_code"]) for row in reference.read("task_owners", overlay)),
        legal_bases=tuple(
            (row["code"], row["valid_from"], row["valid_to"]) for row in reference.read("legal_bases", overlay)
        ),
        agencies=_agencies(overlay),
        training_fields=tuple(
            (row["code"], row["is_science_technology"]) for row in reference.read("training_fields", overlay)
        ),
        reorganisation_days=tuple(sorted(days - {""})),
        allowed_prefixes=allowed_prefixes(is_sample=is_sample),
        seasons=tuple(
            (row["reporting_year"], row["opens_on"])
            for row in reference.read("reporting_calendar", overlay)
            if row["opens_on"]
        ),
    )


@cache
def used_code_lists() -> tuple[str, ...]:
    """The names of the code lists that contracts mention, sorted."""
    from expectations.contracts.load import all_contracts

    return tuple(sorted({f.code_list for c in all_contracts() for f in c.fields if f.code_list}))


@cache
def allowed_prefixes(*, is_sample: bool) -> tuple[str, ...]:
    """Digits 1–3 that an id may start with; the never-issued ones only in a sample home."""
    lists = yaml_files.read(Path(__file__).with_name("identity.yml"))
    return tuple(lists["province_prefixes"]) + (tuple(lists["sample_prefixes"]) if is_sample else ())


def normal(written: str) -> str:
    """A code or name as it is compared: NFC, lower case, single spaces. The SQL of ``compile.py`` does the same."""
    return " ".join(unicodedata.normalize("NFC", written).lower().split())


def _agencies(overlay: Path | None) -> tuple[Span, ...]:
    """The days on which each written form means exactly one body; on the days of homonyms it means none (D153)."""
    meant: dict[str, list[Span]] = {}
    own: dict[str, tuple[str, str]] = {}
    for row in reference.read("agencies", overlay):
        own[row["agency_code"]] = (row["valid_from"], row["valid_to"] or _NEVER)
        for column in ("agency_code", "official_code", "name_vi", "short_name_vi"):
            if row.get(column):
                meant.setdefault(normal(row[column]), []).append((row["agency_code"], *own[row["agency_code"]]))
    for row in reference.read("agency_aliases", overlay):
        if row["agency_code"] in own:
            begins, ends = own[row["agency_code"]]
            span = (row["agency_code"], max(row["valid_from"], begins), min(row["valid_to"] or _NEVER, ends))
            meant.setdefault(normal(row["alias"]), []).append(span)
    return tuple((written, *days) for written, spans in meant.items() for days in _of_one_body(spans))


def _of_one_body(spans: list[Span]) -> list[tuple[str, str]]:
    days = sorted({day for _, begins, ends in spans for day in (begins, ends)})
    found: list[tuple[str, str]] = []
    for since, until in pairwise(days):
        if len({code for code, begins, ends in spans if begins <= since and until <= ends}) == 1:
            before = found.pop()[0] if found and found[-1][1] == since else since
            found.append((before, until))
    return [(begins, "" if ends == _NEVER else ends) for begins, ends in found]
