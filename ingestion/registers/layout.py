"""How the columns of a register file become the fields of a contract, as data: `layouts/*.yml`, one file per source.

Lives here: the shape of a layout, finding the one for a file name, and the layout that canonical headers imply.
Does not live here: opening files (source.py), SQL (typed.py).
"""

from __future__ import annotations

import datetime as dt
import fnmatch
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from expectations import yaml_files
from expectations.contracts.load import load
from expectations.errors import OperatorError
from ingestion.typing.text import fold

SHIPPED = Path(__file__).parent.parent / "layouts"
FILE_DATASETS = {
    "recruitment_register": "recruitment_register",
    "register_coverage": "register_coverage",
    "staff_snapshot": "staff_snapshots",
    "training_records": "training_records",
    "person_assignments": "person_assignments",
}
SUFFIXES = {
    ".csv": "csv", ".csv.gz": "csv", ".parquet": "parquet",
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".xlsb": "xlsb", ".ods": "ods",
}  # fmt: skip
WORKBOOKS = frozenset(("xlsx", "xls", "xlsb", "ods"))
"""Formats that are read in the jail, by their bytes and not by these names."""
_DAY_IN_NAME = re.compile(r"([12][0-9]{3}-[0-9]{2}-[0-9]{2})")

Format = Literal["csv", "parquet", "xlsx", "xls", "xlsb", "ods"]
Transform = Literal["upper", "lower", "digits"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(_Frozen):
    """Where one field comes from: a `header` of the file, a `constant`, a date in the `file_name`, the `row`'s number.

    `dates` are strptime formats, tried in order, and no other is read (default: what a cell of a form may hold). `map`
    turns words of the source into ours; a word that is not in it becomes `otherwise`, or without one stays as written,
    and the code list judges it. `decimal` is , or . (default: what can be read in one way only).
    """

    header: str | None = None
    constant: str | None = None
    file_name: Literal["date"] | None = None
    row: bool = False
    dates: tuple[str, ...] = ()
    map: dict[str, str] = {}
    otherwise: str | None = None
    transforms: tuple[Transform, ...] = ()
    decimal: Literal[".", ","] | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Column:
        if sum((self.header is not None, self.constant is not None, self.file_name is not None, self.row)) != 1:
            raise ValueError("a column has exactly one of: header, constant, file_name, row")
        return self


class Fetch(_Frozen):
    """Where `nhantai fetch` gets the files: a `location` (folder, s3://…, sftp://…) or a `query` and its `as_file`.

    `connection` is a name in the file of credentials; an address that holds a password is refused.
    """

    connection: str | None = None
    location: str | None = None
    query: str | None = None
    as_file: str | None = None

    @model_validator(mode="after")
    def _one_place(self) -> Fetch:
        if (self.location is None) == (self.query is None):
            raise ValueError("fetch has a location or a query")
        if self.query and not (self.connection and self.as_file and "/" not in self.as_file):
            raise ValueError("a query needs a connection and as_file, the name of the file it becomes")
        if self.location and "@" in self.location.partition("://")[2].partition("/")[0]:
            raise ValueError("a location holds no user and no password: they belong into the file of credentials")
        return self


class Layout(_Frozen):
    """One source. Every field of the contract is in `columns` or `absent`; every header is a column or `ignored`.

    `files` are patterns over the file name in lower case; `sheet` and `header_row` (1-based) speak of workbooks only.
    A layout reads what arrives while it holds: `valid_from` is its first day, `valid_to` the first day no longer.
    """

    layout: str
    dataset: str
    files: tuple[str, ...]
    format: Format
    columns: dict[str, Column]
    absent: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    delimiter: str | None = None
    encoding: Literal["utf-8", "utf-16", "cp1258", "latin-1"] | None = None
    sheet: str | None = None
    header_row: int = 1
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    fetch: Fetch | None = None
    note: str = ""

    @model_validator(mode="after")
    def _fetches_what_it_knows(self) -> Layout:
        name = self.fetch.as_file if self.fetch else None
        if name and not (match(name, [self]) and format_of(name) == "csv"):
            raise ValueError(f"fetch.as_file must be a .csv that files knows: {name}")
        return self

    @model_validator(mode="after")
    def _says_all_fields(self) -> Layout:
        fields = load(self.dataset).fields
        said = [*self.columns, *self.absent]
        names = {field.name for field in fields}
        if wrong := sorted((names ^ set(said)) | {name for name in said if said.count(name) > 1}):
            raise ValueError(f"each field of {self.dataset} stands once in columns or absent; look at: {wrong}")
        if needed := [f.name for f in fields if f.required and f.severity == "error" and f.name in self.absent]:
            raise ValueError(f"{self.dataset} cannot do without: {needed}")
        return self

    @model_validator(mode="after")
    def _holds_some_day(self) -> Layout:
        if self.valid_from and self.valid_to and self.valid_from >= self.valid_to:
            raise ValueError("valid_from must lie before valid_to")
        return self

    def holds_on(self, day: dt.date) -> bool:
        """Whether a file that arrives on `day` may have this layout."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers this layout takes fields from, in the order of the fields."""
        return tuple(dict.fromkeys(c.header for c in self.columns.values() if c.header is not None))


def format_of(file_name: str) -> Format | None:
    """The format a name promises, or None when no register comes that way."""
    name = file_name.casefold()
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        if name.endswith(suffix):
            return SUFFIXES[suffix]  # type: ignore[return-value]
    return None


def stem_of(file_name: str) -> str:
    """The name without its format: new bytes under the same stem are a new version of the same register."""
    name = file_name.casefold()
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        if name.endswith(suffix):
            return name[: -len(suffix)]
    return name


def dataset_of(file_name: str, layouts: Iterable[Layout]) -> str | None:
    """The dataset a file name announces, or None: then it is a workbook of an agency."""
    if format_of(file_name) is None:
        return None
    if found := match(file_name, layouts):
        return found.dataset
    name = file_name.casefold()
    return next((dataset for start, dataset in FILE_DATASETS.items() if name.startswith(start)), None)


def match(file_name: str, layouts: Iterable[Layout]) -> Layout | None:
    """The first layout whose pattern fits the name."""
    name = file_name.casefold()
    return next((item for item in layouts if any(fnmatch.fnmatchcase(name, p.casefold()) for p in item.files)), None)


def layouts_of(reference: Path) -> list[Layout]:
    """The layouts of a home (`reference/layouts/`), then the shipped ones. OperatorError names file and field."""
    own = sorted((reference / "layouts").glob("*.yml"))
    return [_read(path, path.stat().st_mtime_ns) for path in [*own, *sorted(SHIPPED.glob("*.yml"))]]


def choose(file_name: str, dataset: str, headers: tuple[str, ...], layouts: Iterable[Layout]) -> Layout:
    """The first layout of this name whose headers are all there; else the first of this name; else our own names."""
    fitting = [item for item in layouts if match(file_name, [item])]
    whole = [item for item in fitting if set(item.headers) <= set(headers)]
    return (whole or fitting or [canonical(dataset, file_name, headers)])[0]


def known_headers(dataset: str, layouts: Iterable[Layout]) -> set[str]:
    """The folded headers that a file of this dataset may have: fields, labels, synonyms, and those of its layouts."""
    words = [word for f in load(dataset).fields for word in (*f.synonyms, f.label.vi, f.name)]
    for item in layouts:
        if item.dataset == dataset:
            words += [*item.headers, *item.ignored]
    return {fold(word) for word in words}


def canonical(dataset: str, file_name: str, headers: Iterable[str]) -> Layout:
    """The layout of a file that uses our own names (or the labels of the contract); what it does not have is absent.

    A snapshot's day may come from `staff_snapshot_YYYY-MM-DD` when the column is not there.
    """
    contract = load(dataset)
    known = {fold(word): f.name for f in reversed(contract.fields) for word in (*f.synonyms, f.label.vi, f.name)}
    columns: dict[str, Column] = {}
    for header in headers:
        field = header if header in contract.field_names else known.get(fold(header))
        if field is not None and field not in columns:
            columns[field] = Column(header=header)
    if dataset == "staff_snapshots" and "snapshot_on" not in columns and day_in(file_name):
        columns["snapshot_on"] = Column(file_name="date")
    return Layout.model_construct(
        layout="canonical",
        dataset=dataset,
        files=(),
        format=format_of(file_name) or "csv",
        columns=columns,
        absent=tuple(name for name in contract.field_names if name not in columns),
    )


def day_in(file_name: str) -> str | None:
    """The YYYY-MM-DD in a file name."""
    found = _DAY_IN_NAME.search(file_name)
    return found.group(1) if found else None


@cache
def _read(path: Path, mtime_ns: int) -> Layout:
    try:
        return Layout.model_validate(yaml_files.read(path))
    except (ValidationError, yaml.YAMLError, TypeError, KeyError) as error:
        where, what = "file", str(error)
        if isinstance(error, ValidationError):
            first = error.errors()[0]
            where, what = ".".join(map(str, first["loc"])) or where, first["msg"]
        raise OperatorError(f"the layout {path} cannot be used: {where}: {what}") from error
