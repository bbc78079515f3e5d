"""What a promise looks like: Contract, Field, RowRule, Sheet, Label as frozen values that render nothing.

Lives here: the shape of ``contracts/*.yml`` and the columns that follow from it (form, typed, accepted).
Does not live here: reading the files (``load.py``), SQL (``rules/compile.py``), forms, dbt properties, pages.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from expectations.findings import Severity

FieldType = Literal["string", "text", "code", "integer", "decimal", "boolean", "date"]
Pii = Literal["none", "identity", "name", "birth", "sensitive"]
Channel = Literal["workbook", "register"]

DUCKDB_TYPES: dict[str, str] = {
    "string": "VARCHAR",
    "text": "VARCHAR",
    "code": "VARCHAR",
    "integer": "BIGINT",
    "decimal": "DECIMAL(18,4)",
    "boolean": "BOOLEAN",
    "date": "DATE",
}

PROVENANCE: tuple[tuple[str, str], ...] = (
    ("submission_id", "VARCHAR"),
    ("version", "INTEGER"),
    ("received_at", "TIMESTAMP WITH TIME ZONE"),
    ("recorded_at", "TIMESTAMP WITH TIME ZONE"),
    ("superseded_at", "TIMESTAMP WITH TIME ZONE"),
    ("counts_from", "TIMESTAMP WITH TIME ZONE"),
    ("rule_version", "VARCHAR"),
    ("sheet", "VARCHAR"),
    ("row", "INTEGER"),
)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Label(_Frozen):
    """A text in both languages; ``vi`` is what officers see."""

    vi: str
    en: str


class Field(_Frozen):
    """One column. ``minimum``/``maximum`` are inclusive; ``severity`` is what a breach of this field weighs.

    ``code_list`` names a list (see ``rules/parameters.py``); ``unit`` is Vietnamese as printed; ``synonyms`` are
    other headers met in real files; ``derived`` fields are made by the reader and have no column on the form.
    """

    name: str
    type: FieldType
    label: Label
    description: Label
    unit: str | None = None
    required: bool = False
    minimum: int | date | None = None
    maximum: int | date | None = None
    pattern: str | None = None
    code_list: str | None = None
    pii: Pii = "none"
    severity: Severity = Severity.ERROR
    synonyms: tuple[str, ...] = ()
    derived: bool = False

    @property
    def duckdb_type(self) -> str:
        """The type of this field in typed and accepted tables."""
        return DUCKDB_TYPES[self.type]

    def weight(self, kind: str) -> Severity:
        """What a breach of one kind weighs: a birth date that is no date is an error, a bare year is not (D172)."""
        return Severity.ERROR if self.pii == "birth" and kind == "TYPE" else self.severity

    @model_validator(mode="after")
    def _codes_have_a_list(self) -> Field:
        if (self.type == "code") != (self.code_list is not None):
            raise ValueError(f"{self.name}: type code and code_list go together")
        if self.pattern and "\\d" in self.pattern:
            raise ValueError(f"{self.name}: write [0-9], not \\d, which means other digits in other engines")
        return self


class RowRule(_Frozen):
    """A named rule over a row: ``predicate`` is SQL, TRUE for a bad row (placeholders: ``rules/compile.py``).

    ``id`` is the part after the dataset's code (``ID-SHAPE`` becomes ``B03-ID-SHAPE``); ``fields`` are the fields it
    speaks of, the first is the cell that is shown; ``message`` is the key of its text (default: the id);
    ``defects`` are the kinds of the dossier's catalogue (D001–D270) that it catches. ``explainable``: whether a reason
    settles a query; where it is false only a corrected version does, because the figure would be printed (decision 38).
    """

    id: str
    severity: Severity
    predicate: str
    fields: tuple[str, ...]
    message: str | None = None
    defects: tuple[str, ...] = ()
    explainable: bool = True


class Sheet(_Frozen):
    """The sheet of the workbook: ``code`` is the tab's name, ``title`` its heading."""

    code: str
    title: Label


class Contract(_Frozen):
    """One dataset: who sends it (``channel``), what one row is (``grain``), its key, fields and rules.

    ``code`` starts its rule ids (B03, RR, …). ``primary_key`` is unique within one submission; a breach weighs
    ``key_severity`` (query where a source repeats itself and the repetition must stay visible). ``carries_over``: last
    year's row is expected again this year, so that repeating it says nothing (M6).
    """

    name: str
    code: str
    channel: Channel
    title: Label
    grain: Label
    primary_key: tuple[str, ...]
    key_severity: Severity = Severity.ERROR
    carries_over: bool = False
    sheet: Sheet | None = None
    retention: str
    fields: tuple[Field, ...]
    rules: tuple[RowRule, ...] = ()

    def field(self, name: str) -> Field:
        """The field of that name; KeyError when the contract has none."""
        try:
            return self._by_name[name]
        except KeyError:
            raise KeyError(f"{self.name} has no field {name}") from None

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {one.name: one for one in self.fields}

    @property
    def field_names(self) -> tuple[str, ...]:
        """The names of all fields, in order."""
        return tuple(f.name for f in self.fields)

    @property
    def is_sent_about_itself(self) -> bool:
        """Whether ``agency_code`` is the sender: true of a form, unless its rows speak of other agencies."""
        return self.channel == "workbook" and (self.name == "cover" or "agency_code" not in self.field_names)

    @cached_property
    def form_fields(self) -> tuple[Field, ...]:
        """The fields that have a column (or, on the cover, a line) on the form: all but the derived."""
        return tuple(f for f in self.fields if not f.derived)

    @model_validator(mode="after")
    def _names_exist(self) -> Contract:
        names = self.field_names
        if len(set(names)) != len(names):
            raise ValueError(f"{self.name}: a field is declared twice")
        used = set(self.primary_key).union(*(rule.fields for rule in self.rules))
        if unknown := used - set(names):
            raise ValueError(f"{self.name}: unknown fields in key or rules: {sorted(unknown)}")
        if (self.sheet is None) != (self.channel == "register"):
            raise ValueError(f"{self.name}: a workbook dataset has a sheet, a register has none")
        ids = [rule.id for rule in self.rules]
        if len(set(ids)) != len(ids):
            raise ValueError(f"{self.name}: a rule is declared twice")
        return self


def accepted_columns(contract: Contract) -> list[tuple[str, str]]:
    """The exact columns (name, DuckDB type) of the accepted parquet, in order; ``reporting_year`` is the partition.

    Identity becomes ``identity_key``, names are dropped, a birth date becomes its year; a workbook dataset that has
    no ``agency_code`` of its own gets the sender's. The cover's ``agency_code`` is the sender's unique code too.
    """
    columns = list(PROVENANCE)
    if contract.channel == "workbook" and "agency_code" not in contract.field_names:
        columns.append(("agency_code", "VARCHAR"))
    for field in contract.fields:
        if field.name == "reporting_year" or field.pii == "name":
            continue
        if field.pii == "identity":
            columns.append(("identity_key", "VARCHAR"))
        elif field.pii == "birth":
            columns.append(("birth_year", "INTEGER"))
        else:
            columns.append((field.name, field.duckdb_type))
    return columns


def typed_columns(contract: Contract) -> list[tuple[str, str]]:
    """The columns (name, DuckDB type) of ``typed.<dataset>``: address, every field typed, then every ``<field>__raw``.

    ``agency_code`` (the sender) stands before the fields of a workbook dataset that has no field of that name.
    """
    columns = [("submission_id", "VARCHAR")]
    if contract.channel == "workbook" and "agency_code" not in contract.field_names:
        columns.append(("agency_code", "VARCHAR"))
    columns += [("sheet", "VARCHAR"), ("row", "INTEGER")]
    columns += [(field.name, field.duckdb_type) for field in contract.fields]
    columns += [(f"{field.name}__raw", "VARCHAR") for field in contract.fields]
    return columns
