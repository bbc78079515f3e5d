"""What the public tables are: their fields, and the printed table that decides which values may stand.

Lives here: `resources.yml` as values, checked. Does not live here: any row.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from expectations import yaml_files
from reporting.disclosure import INTERNAL, RECORDS, Record, UnreviewedTable

STATUS = "_status"
TYPES = ("string", "integer", "number", "boolean", "date")
_FILE = Path(__file__).with_name("resources.yml")


@dataclass(frozen=True)
class Field:
    """A column. ``cell`` is the key of the printed cell that decides whether its value may stand, empty for none."""

    name: str
    type: str
    title_vi: str
    title_en: str
    cell: str = ""


@dataclass(frozen=True)
class Resource:
    """A public table: ``model`` is its report model, ``printed`` the (annex, table) pairs with the same rows."""

    name: str
    model: str
    title_vi: str
    title_en: str
    printed: tuple[tuple[str, str], ...]
    key: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def columns(self) -> tuple[Field, ...]:
        """The columns of the files: the fields, each guarded one followed by its ``<name>_status``."""
        made = []
        for field in self.fields:
            made.append(field)
            if field.cell:
                title = (f"Ký hiệu thay cho: {field.title_vi}", f"Sign in place of: {field.title_en}")
                made.append(Field(field.name + STATUS, "string", *title))
        return tuple(made)

    @property
    def disclosure(self) -> Record:
        """The disclosure record of its model. Raises UnreviewedTable when there is none or the model is internal."""
        record = RECORDS.get(self.model)
        if record is None or self.model in INTERNAL:
            raise UnreviewedTable(f"{self.name}: the model {self.model!r} has no disclosure record for publication")
        return record


@cache
def resources() -> tuple[Resource, ...]:
    """All public tables in the order of the file. Raises ValueError when the file is not what it should be."""

    loaded = yaml_files.read(_FILE)
    return tuple(_resource(name, spec) for name, spec in loaded.items())


def _resource(name: str, spec: dict[str, Any]) -> Resource:
    fields = tuple(Field(*entry) for entry in spec["fields"])
    names = [field.name for field in fields]
    wrong = [field.name for field in fields if field.type not in TYPES]
    if wrong or len(names) != len(set(names)) or not set(spec["key"]) <= set(names):
        raise ValueError(f"resources.yml: {name}: types {wrong}, keys {spec['key']} or a name that stands twice")
    return Resource(
        name=name,
        model=spec["model"],
        title_vi=spec["title"]["vi"],
        title_en=spec["title"]["en"],
        printed=tuple((annex, table) for annex, table in spec["printed"]),
        key=tuple(spec["key"]),
        fields=fields,
    )
