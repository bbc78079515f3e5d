"""What the reader says: findings with address, masked value and the sentences of expectations/rules.

Lives here: putting a rule, a place and facts together. Does not live here: the texts (expectations/rules/texts) or
deciding that something is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from expectations.contracts.model import Contract
from expectations.findings import Finding, Severity
from expectations.rules.masking import last_digits, mask
from expectations.rules.messages import message, severity_of
from ingestion.workbook.parsed import address, column_number
from ingestion.workbook.refusal import Refusal

_CELL = re.compile("([A-Z]{1,3})([0-9]+)")


@dataclass(frozen=True)
class Place:
    """Where something was seen: any part may be unknown. `row` is 1-based, `column` 0-based."""

    contract: Contract | None = None
    sheet: str | None = None
    row: int | None = None
    column: int | None = None
    field: str | None = None

    @property
    def cell(self) -> str | None:
        """The A1 address, when row and column are known."""
        return address(self.row, self.column) if self.row is not None and self.column is not None else None


@dataclass(frozen=True)
class Speaker:
    """Says findings about one file: `file` is its name as shown, `year` the reporting year it is read for."""

    file: str
    year: int | None

    def finding(
        self,
        rule: str,
        place: Place | None = None,
        *,
        severity: Severity | None = None,
        value: str | None = None,
        count: str = "",
        **facts: Any,
    ) -> Finding:
        """A finding of `rule`, its severity from the catalogue unless given; `count` is added to the sentence."""
        at = place or Place()
        known: dict[str, Any] = {"ten_tep": self.file, "nam": self.year, "trang": at.sheet, "o": at.cell, **facts}
        if not rule.startswith("TEP-"):
            known |= {"sheet": at.sheet, "cell": at.cell, "row": at.row}
        texts = message(rule, **known)
        return Finding(
            rule=rule,
            severity=severity or severity_of(rule),
            message=texts.message + count,
            expected=texts.expected,
            fix=texts.fix,
            file=self.file,
            sheet=at.sheet,
            cell=at.cell,
            row=at.row,
            dataset=at.contract.name if at.contract is not None else None,
            field=at.field,
            value=value,
            reporting_year=self.year,
        )

    def refused(self, refusal: Refusal) -> Finding:
        """The one finding of a file that could not be read: with the sheet and cell where reading ended, if any."""
        facts: dict[str, Any] = dict(refusal.facts)
        at = _CELL.fullmatch(facts.get("o", ""))
        place = Place(sheet=facts.get("trang") or None)
        if at is not None:
            place = replace(place, row=int(at[2]), column=column_number(at[1]))
        return self.finding(refusal.rule, place, value=_seen(facts), **facts)

    def about(self, key: str, place: Place, *, severity: Severity | None = None, **facts: Any) -> Finding:
        """A finding about a form: rule `<form>-<key>` such as B04-FORM-MISSING."""
        assert place.contract is not None
        return self.finding(f"{place.contract.code}-{key}", place, severity=severity, **facts)

    def repair(self, repair: str, place: Place, raw: str | None, facts: dict[str, str]) -> Finding:
        """The note of a repair in one cell: rule `<form>-<FIELD>-<REPAIR>` such as B03-NATIONAL_ID-ZERO_RESTORED."""
        return self._of_cell(repair.upper(), place, raw, facts, Severity.NOTE)

    def unreadable(self, place: Place, severity: Severity, reason: str, raw: str, facts: dict[str, str]) -> Finding:
        """The finding of a text cell that cannot be read: rule `<form>-<FIELD>-<REASON>`."""
        return self._of_cell(reason.upper(), place, raw, facts, severity)

    def repairs(self, repair: str, place: Place, cells: Sequence[str]) -> Finding:
        """One note for a repair that many cells of a sheet needed: rule `<form>-<REPAIR>`, with the first cell."""
        return self.about(repair.upper(), place, count=f" ({len(cells)} ô, ô đầu tiên: {cells[0]})")

    def total(self, place: Place, printed: Decimal, summed: Decimal, unit: str) -> Finding:
        """A printed total that is not the sum of its rows."""
        facts: dict[str, Any] = {"ghi": number(printed), "cong": number(summed), "don_vi": f" ({unit})" if unit else ""}
        return self.about("TOTAL-MISMATCH", place, value=number(printed), **facts)

    def _of_cell(self, kind: str, place: Place, raw: str | None, facts: dict[str, str], severity: Severity) -> Finding:
        assert place.contract is not None and place.field is not None
        one = place.contract.field(place.field)
        rule = f"{place.contract.code}-{one.name.upper()}-{kind}"
        known: dict[str, Any] = {**facts, "duoi": last_digits(raw)}
        if one.pii in ("name", "birth"):
            known["hieu"] = "ngày trước, tháng sau"
        return self.finding(rule, place, severity=severity, value=mask(raw, one), **known)


def _seen(facts: dict[str, Any]) -> str | None:
    """What was found instead of a whole workbook: another kind of file, a size."""
    size = facts.get("kich_thuoc")
    return facts.get("loai_that") or facts.get("so") or (f"{size} byte" if size else None)


def number(value: Decimal) -> str:
    """A number as printed in Vietnamese: 1.250 or 1.250,5."""
    text = f"{value.normalize():,f}"
    return text.translate(str.maketrans(",.", ".,"))
