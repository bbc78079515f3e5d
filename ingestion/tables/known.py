"""Tables that a home knows by their words (`reference/tables/<table>.yml`), and what a person confirmed of a file.

Lives here: the YAML of both. Does not live here: recognising a table (fields.py, propose.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from expectations import yaml_files
from expectations.errors import OperatorError

MOST_CONFIRMED = 3
"""Answers that may be stored for one file; a table that needs more is another table and gets words of its own."""
LEVELS = ">"
M = TypeVar("M", bound=BaseModel)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class KnownField(_Frozen):
    """One column that is wanted. `words` are patterns of its heading, levels from above parted by ">".

    A heading that holds one of the words `without` is another column. The field with `label` names the rows.
    """

    words: tuple[str, ...]
    without: tuple[str, ...] = ()
    required: bool = False
    label: bool = False


class KnownTable(_Frozen):
    """One kind of table. `abbreviations` (NSNN) are read in full, in headings and in patterns."""

    table: str
    fields: dict[str, KnownField]
    abbreviations: dict[str, str] = {}
    note: str = ""

    @model_validator(mode="after")
    def _names_its_rows(self) -> KnownTable:
        if sum(one.label for one in self.fields.values()) != 1:
            raise ValueError("exactly one field has `label: true`: the one that names the rows")
        return self


class Confirmed(_Frozen):
    """What a person answered about one file, known by its bytes; `file` is for the reader.

    `sheet` is the sheet to read, `columns` maps a column's letter to its field, `absent` are fields it does not have.
    """

    file: str
    sha256: str
    by: str
    sheet: str | None = None
    columns: dict[str, str] = {}
    absent: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _few(self) -> Confirmed:
        if self.count > MOST_CONFIRMED:
            raise ValueError(f"{self.count} answers about one file; at most {MOST_CONFIRMED}")
        return self

    @property
    def count(self) -> int:
        """How many answers this is."""
        return (self.sheet is not None) + len(self.columns) + len(self.absent)


def tables_of(reference: Path) -> list[KnownTable]:
    """The tables a home knows, by file name. OperatorError names the file and what is wrong in it."""
    found = sorted(path for path in (reference / "tables").glob("*.yml") if not _is_confirmed(path))
    return [_read(path, KnownTable) for path in found]


def confirmed_of(reference: Path, table: str, sha256: str) -> Confirmed | None:
    """What was confirmed of these bytes in `reference/tables/<table>.confirmed.yml`."""
    path = reference / "tables" / f"{table}.confirmed.yml"
    if not path.is_file():
        return None
    answers: list[Confirmed] = [_checked(path, one, Confirmed) for one in yaml_files.read(path) or []]
    return next((one for one in answers if one.sha256 == sha256), None)


def _is_confirmed(path: Path) -> bool:
    return path.name.endswith(".confirmed.yml")


def _read(path: Path, model: type[M]) -> M:
    try:
        content = yaml_files.read(path)
    except yaml.YAMLError as error:
        raise OperatorError(f"{path} cannot be used: {error}") from error
    return _checked(path, content, model)


def _checked(path: Path, content: object, model: type[M]) -> M:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "file"
        raise OperatorError(f"{path} cannot be used: {where}: {first['msg']}") from error
