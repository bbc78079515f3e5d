"""One form sheet -> typed rows with addresses, and everything that can be said before the row rules run.

Lives here: header findings, walking the rows, merged cells, hidden rows, totals. Does not live here: recognising sheets
(sheets.py), headers (layout.py), kinds of rows (rows.py), one row (row.py), sentences (said.py), states (interpret.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from expectations.contracts.model import Contract, Field
from expectations.findings import Finding, Severity
from ingestion.typing.typed import Typed
from ingestion.workbook.interpreted import CellProblem, ColumnAddress
from ingestion.workbook.layout import Header, find_header, nearest_header
from ingestion.workbook.parsed import Cell, ParsedSheet, address, column_letter
from ingestion.workbook.reference import ReadingReference
from ingestion.workbook.row import TypedRow, read_row
from ingestion.workbook.rows import RowKind, classified
from ingestion.workbook.said import Place, Speaker
from ingestion.workbook.totals import Totals
from ingestion.workbook.units import other_units

TOLD = {
    RowKind.TOTAL: "dòng tổng",
    RowKind.TITLE: "tiêu đề nhóm",
    RowKind.SAMPLE: "dòng mẫu",
    RowKind.HEADER: "tiêu đề lặp lại",
}
PER_CELL = ("zero_restored", "date_two_ways", "time_dropped", "decimal_point", "rounded", "separators", "percent_cell")
PER_SHEET = ("nfc", "look_alike", "invisible", "spaces", "label_variant")


@dataclass
class FormReading:
    """What one form sheet gave. `says_nil`: the table itself says "không phát sinh" instead of rows."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    columns: list[ColumnAddress] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    kept_out: set[tuple[str, int]] = field(default_factory=set)
    says_nil: bool = False


def read_form(sheet: ParsedSheet, contract: Contract, reference: ReadingReference, speaker: Speaker) -> FormReading:
    """Read one sheet by its contract. A sheet without content gives an empty reading; nothing raises."""
    reading = FormReading()
    header = find_header(sheet, contract)
    if header is None:
        if sheet.rows:
            reading.findings.append(speaker.finding("TEP-KHONG_CO_TIEU_DE", Place(contract, sheet.name)))
        return reading
    reading.findings += _header_findings(sheet, contract, header, speaker)
    reading.columns = [
        ColumnAddress(
            dataset=contract.name,
            field=name,
            sheet=sheet.name,
            column_letter=column_letter(column),
            header=header.texts[column],
        )
        for name, column in sorted(header.columns.items(), key=lambda item: item[1])
    ]
    _FormWalk(sheet, contract, header, reference, speaker, reading).walk()
    return reading


def _header_findings(sheet: ParsedSheet, contract: Contract, header: Header, speaker: Speaker) -> Iterator[Finding]:
    strangers = {header.texts[column]: column for column in header.unknown}
    for one in header.missing:
        place = Place(contract, sheet.name, row=header.row, field=one.name)
        if one.severity is Severity.NOTE and not one.required:
            yield speaker.about("COLUMN-ABSENT", place, cot=one.label.vi)
        else:
            near = nearest_header(one, strangers)  # a header that the form knows is another column, not this one
            place = replace(place, column=strangers.get(near))
            written = " ".join(near.split())
            yield speaker.finding(
                "TEP-THIEU_COT", place, value=near or None, cot=one.label.vi, gan=written or "không có"
            )
    for name, first, second in header.double:
        place = Place(contract, sheet.name, row=header.row, column=second, field=name)
        both = f"{contract.field(name).label.vi} (ô {address(header.row, first)}, {address(header.row, second)})"
        yield speaker.finding("TEP-COT_TRUNG", place, cot=both)
    for column in header.unknown:
        written = " ".join(header.texts[column].split())
        yield speaker.finding("TEP-COT_LA", Place(contract, sheet.name, row=header.row, column=column), cot=written)
    for other in {(each.row, each.column): each for each in other_units(sheet, contract, header)}.values():
        place = Place(contract, sheet.name, row=other.row, column=other.column, field=other.field)
        yield speaker.finding("TEP-DON_VI_TINH", place, gan=other.said, don_vi=other.asked)
    for name in header.by_synonym:
        place = Place(contract, sheet.name, row=header.row, column=header.columns[name], field=name)
        written = " ".join(header.texts[header.columns[name]].split())
        yield speaker.about("SYNONYM", place, cot=contract.field(name).label.vi, gan=written)


class _FormWalk:
    """The walk over the rows of one sheet; it fills the reading it was given."""

    def __init__(
        self,
        sheet: ParsedSheet,
        contract: Contract,
        header: Header,
        reference: ReadingReference,
        speaker: Speaker,
        reading: FormReading,
    ) -> None:
        self.sheet, self.contract, self.header = sheet, contract, header
        self.reference, self.speaker, self.reading = reference, speaker, reading
        self._names = {column: name for name, column in header.columns.items()}
        self._skipped: list[tuple[int, RowKind]] = []
        self._repaired: dict[str, list[str]] = {}
        self._totals = Totals()

    def walk(self) -> None:
        name_field = next((one.name for one in self.contract.form_fields if one.pii == "name"), None)
        merged = self._merged_rows()
        for row, kind in classified(self.sheet, self.header, name_field):
            if kind is RowKind.DATA:
                self._data(row)
                if row in merged:
                    self._refuse_merged(row, merged[row])
            elif kind is RowKind.NIL:
                self.reading.says_nil = True
            elif kind in TOLD:
                self._skipped.append((row, kind))
                if kind is RowKind.TOTAL:
                    self._totals.total(row, self._numbers(self._read(row)))
                elif kind is RowKind.TITLE:
                    self._totals.title(row)
        self._check_totals()
        self._tell()

    def _fields(self, row: int) -> dict[str, Cell]:
        cells = self.sheet.rows[row]
        return {name: cells[column] for column, name in self._names.items() if column in cells}

    def _data(self, row: int) -> None:
        typed = self._read(row)
        if typed.is_blank:
            return
        self.reading.rows.append({"sheet": self.sheet.name, "row": row, **typed.values})
        self._remark(row, typed)
        self._totals.add(row, self._numbers(typed))
        self._struck(row)

    def _struck(self, row: int) -> None:
        """A line through a row means "no longer" to a reader, and nothing to a program (D086)."""
        columns = [column for at, column in self.sheet.struck if at == row and column in self._names]
        if columns:
            place = Place(self.contract, self.sheet.name, row=row, column=min(columns))
            self.reading.findings.append(self.speaker.about("STRUCK-ROW", place))

    def _read(self, row: int) -> TypedRow:
        return read_row(self.contract, self._fields(row), self.reference.lists, self.reference.allowed_prefixes)

    def _numbers(self, typed: TypedRow) -> dict[str, Decimal]:
        """What can be added up: numbers that are no years."""
        summed = [one.name for one in self.contract.form_fields if one.type in ("integer", "decimal")]
        return {
            name: Decimal(typed.values[name])
            for name in summed
            if typed.values[name] is not None and self.contract.field(name).unit != "năm"
        }

    def _remark(self, row: int, typed: TypedRow) -> None:
        for name, remark in typed.remarks.items():
            one = self.contract.field(name)
            raw = typed.values[f"{name}__raw"]
            place = self._place(row, name)
            if remark.reason:
                self._problem(one, row, raw or "", remark, place)
            for repair in remark.repairs:
                if repair in PER_CELL:
                    self.reading.findings.append(self.speaker.repair(repair, place, raw, remark.facts))
                elif repair in PER_SHEET:
                    self._repaired.setdefault(repair, []).append(str(place.cell))

    def _problem(self, one: Field, row: int, raw: str, remark: Typed, place: Place) -> None:
        """Keep the reason for gate 1's finding; text fields have no TYPE rule, so theirs is told here."""
        self.reading.problems.append(
            CellProblem(
                dataset=self.contract.name,
                field=one.name,
                sheet=self.sheet.name,
                row=row,
                cell=str(place.cell),
                raw=raw,
                reason=str(remark.reason),
                facts=remark.facts,
            )
        )
        if one.type in ("string", "text") and one.pii != "identity":
            severity = Severity.ERROR if one.required else one.severity
            self.reading.findings.append(
                self.speaker.unreadable(place, severity, str(remark.reason), raw, remark.facts)
            )
            if severity is Severity.ERROR:
                self.reading.kept_out.add((self.sheet.name, row))

    def _merged_rows(self) -> dict[int, tuple[int, int, int, int]]:
        """Data rows that a merge runs through, down or across two columns of the form (C16)."""
        found = {}
        for merge in self.sheet.merged:
            top, left, bottom, right = merge
            columns = sum(1 for column in self._names if left <= column <= right)
            if bottom > self.header.row and columns and (bottom > top or columns > 1):
                rows = range(max(top, self.header.row + 1), min(bottom, top + 5000) + 1)
                found.update(dict.fromkeys(rows, merge))
        return found

    def _refuse_merged(self, row: int, merge: tuple[int, int, int, int]) -> None:
        top, left, bottom, right = merge
        place = Place(self.contract, self.sheet.name, row=row, column=left)
        area = f" (vùng gộp {address(top, left)}:{address(bottom, right)})"
        self.reading.findings.append(self.speaker.about("MERGED-ROW", place, count=area))
        self.reading.kept_out.add((self.sheet.name, row))

    def _check_totals(self) -> None:
        """A printed total must be a sum of rows; it is never counted itself (C20, D080)."""
        for row, name, printed, summed in self._totals.wrong():
            unit = self.contract.field(name).unit or ""
            self.reading.findings.append(self.speaker.total(self._place(row, name), printed, summed, unit))

    def _place(self, row: int, name: str) -> Place:
        return Place(self.contract, self.sheet.name, row=row, column=self.header.columns[name], field=name)

    def _tell(self) -> None:
        place = Place(self.contract, self.sheet.name)
        if self._skipped:
            words = "; ".join(f"dòng {row}: {TOLD[kind]}" for row, kind in self._skipped[:10])
            self.reading.findings.append(self.speaker.about("ROWS-SKIPPED", place, ds=words))
        hidden = sum(1 for row in self.reading.rows if row["row"] in self.sheet.hidden_rows)
        if hidden:
            self.reading.findings.append(self.speaker.about("HIDDEN-ROWS", place, k=hidden))
        columns = [self.header.texts[c] for c in sorted(self.sheet.hidden_columns & self._names.keys())]
        if columns and self.reading.rows:
            self.reading.findings.append(self.speaker.about("HIDDEN-COLUMNS", place, ds="; ".join(columns[:10])))
        if self.sheet.state != "visible":
            self.reading.findings.append(self.speaker.about("HIDDEN-SHEET", place))
        for repair, cells in self._repaired.items():
            self.reading.findings.append(self.speaker.repairs(repair, place, cells))
