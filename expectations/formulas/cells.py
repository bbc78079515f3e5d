"""What the cells of a form are to a formula: where they stand, whether they say something, whether they are plain.

Lives here: references by field and the condition "this cell is of its column's kind". Does not live here: rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from expectations.contracts.model import Contract, Field
from expectations.formulas.logic import TRUE, every, no, some
from expectations.formulas.logic import quoted as text

FIRST_SERIAL = 61
"""1 March 1900: before it Excel's days are off by one."""
_TOTALS = "TC"
"""How the words of a total begin ("Tổng", "Cộng"); more letters would make formulas too long for a colour."""
DIGITS_ONLY = ("cccd", "cmnd")
"""The kinds of identity numbers that are nothing but digits."""


@dataclass(frozen=True)
class Cells:
    """The cells of one form for one formula: ``references`` by field, a single cell or the whole ``columns``.

    ``position`` is the 1-based place of the row among the columns; ``labels``: code list → {code: what the cell
    shows}; ``lists``: code list → the range of what may be chosen; ``yes``, ``no``: how booleans are written.
    ``number`` is the serial number beside them, where officers write "Tổng cộng": gate 1 reads no such line as data.
    ``bound`` are the constants of an unrolled list while one of its rows is looked at.
    """

    contract: Contract
    references: Mapping[str, str]
    columns: Mapping[str, str]
    position: str
    labels: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, str]
    number: str | None = None
    nil_cell: str | None = None
    nil_mark: str = "x"
    yes: str = "Có"
    no: str = "Không"
    bound: Mapping[str, Any] = field(default_factory=dict)

    def given(self, name: str) -> str:
        """1 where the cell is not blank."""
        return f"(LEN(TRIM({self.references[name]}))>0)"

    def plain(self, name: str) -> str:
        """1 where the cell is blank or of its column's kind, so that the formula reads it as gate 1 does."""
        return some([no(self.given(name)), self._of_its_kind(self.contract.field(name))])

    def _of_its_kind(self, one: Field) -> str:
        cell = self.references[one.name]
        if one.pii == "identity":
            return self._identity(cell)
        if one.type == "date":
            return f"IFERROR(ISNUMBER({cell})*({cell}>={FIRST_SERIAL})*({cell}=INT({cell})),0)"
        if one.type == "integer":
            return f"IFERROR(ISNUMBER({cell})*({cell}=INT({cell}))*(ABS({cell})<1E12),0)"
        if one.type == "decimal":
            return f"IFERROR(ISNUMBER({cell})*({cell}=ROUND({cell},4))*(ABS({cell})<1E12),0)"
        if one.type == "boolean":
            return some([f"({cell}={text(self.yes)})", f"({cell}={text(self.no)})"])
        if one.code_list is not None:
            return f"ISNUMBER(MATCH({cell},{self.lists[one.code_list]},0))"
        return f"ISTEXT({cell})"

    def _identity(self, cell: str) -> str:
        """Digits only, as text, of a number that is an identity card; 10 and 11 digits may have lost their zeros."""
        digits = f'IFERROR(EXACT(TEXT(VALUE({cell}),REPT("0",LEN({cell}))),{cell})*ISTEXT({cell}),0)'
        length = f"(LEN({cell})<>10)*(LEN({cell})<>11)*(LEN({cell})<16)"
        kinds = TRUE
        if "identity_kind" in self.references:
            shown = self.labels["identity_kind"]
            kind = self.references["identity_kind"]
            kinds = some(
                [no(self.given("identity_kind"))]
                + [f"({kind}={text(shown[code])})" for code in DIGITS_ONLY if code in shown]
            )
        return every([digits, length, kinds])

    @property
    def filled(self) -> str:
        """1 where the row says something; lines prepared by us say nothing until one of them is filled in."""
        row = f"(LEN(TRIM({'&'.join(self.references.values())}))>0)"
        if self.number is not None:
            row = every([row, *(f"(LEFT({self.number})<>{text(letter)})" for letter in _TOTALS)])
        keys = set(self.contract.primary_key)
        if not all(self.contract.field(name).type == "code" for name in keys):
            return row
        own = "&".join(column for name, column in self.columns.items() if name not in keys)
        return every([row, f"(SUM(LEN(TRIM({own})))>0)"])

    def column_plain(self, name: str) -> str:
        """1 where every cell of the column is plain."""
        return f"(SUM(1-{replace(self, references=self.columns).plain(name)})=0)"

    def row(self, names: tuple[str, ...]) -> str:
        """1 where all of these cells are plain."""
        return every(self.plain(name) for name in dict.fromkeys(names))
