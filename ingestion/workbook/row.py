"""One data row: every field of the contract typed, raw text beside it, and what went wrong or was repaired.

Lives here: the order of typing (an identity needs kind, birth date and sex first). Does not live here: typing itself
(ingestion.typing), which rows are data (rows.py), sentences (said.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from expectations.contracts.model import Contract, Field
from ingestion.typing.cell import raw_text, read_cell
from ingestion.typing.codes import CodeList
from ingestion.typing.identity import read_identity
from ingestion.typing.typed import BLANK, Typed
from ingestion.workbook.parsed import Cell

_NOTHING = Cell("s", "")


@dataclass(frozen=True)
class TypedRow:
    """`values` has every field and every `<field>__raw`; `cells` maps the fields with a reason or repairs to Typed."""

    values: dict[str, Any]
    remarks: dict[str, Typed] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """True when no cell of the row says anything."""
        return all(value is None for name, value in self.values.items() if name.endswith("__raw"))


def read_row(
    contract: Contract, cells: Mapping[str, Cell], lists: Mapping[str, CodeList], allowed_prefixes: Collection[str]
) -> TypedRow:
    """Type one row. `cells` maps field names to cells; fields without a column are blank (None, None)."""
    typed: dict[str, Typed] = {}
    in_percent = "unit" in cells and cells["unit"].text.strip() == "%"
    for one in sorted(contract.form_fields, key=lambda f: f.pii == "identity"):
        cell = cells.get(one.name, _NOTHING)
        if one.pii == "identity" and cell.kind not in "ef":
            typed[one.name] = _identity(one, cell, typed, allowed_prefixes)
        else:
            typed[one.name] = read_cell(one, cell.kind, cell.text, lists, in_percent=in_percent)
    values: dict[str, Any] = {}
    for one in contract.fields:
        values[one.name] = typed.get(one.name, BLANK).value
    for one in contract.fields:
        cell = cells.get(one.name, _NOTHING)
        values[f"{one.name}__raw"] = raw_text(cell.kind, cell.original or cell.text)
    return TypedRow(values, {name: found for name, found in typed.items() if found.reason or found.repairs})


def _identity(one: Field, cell: Cell, typed: Mapping[str, Typed], allowed_prefixes: Collection[str]) -> Typed:
    if cell.kind in "dtb":
        return Typed(reason="became_date", facts={"gia_tri": ""})
    birth = typed.get("birth_date", BLANK).value
    return read_identity(
        cell.text,
        kind=typed.get("identity_kind", BLANK).value or "cccd",
        from_number_cell=cell.kind in "np",
        birth_date=birth if isinstance(birth, dt.date) else None,
        sex=typed.get("sex", BLANK).value,
        allowed_prefixes=allowed_prefixes,
    )
