"""The first sheet of a form: lines of label and value, and the table of owed forms with their nil marks.

Lives here: finding both by their words. Does not live here: what the agency code means (sender.py), form states
(interpret.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from expectations.contracts.model import Contract, Field
from expectations.findings import Finding, Severity
from ingestion.template.shape import NIL_HEADERS
from ingestion.typing.text import fold
from ingestion.workbook.interpreted import CellProblem, ColumnAddress
from ingestion.workbook.layout import header_key, nearest_header
from ingestion.workbook.parsed import Cell, ParsedSheet, address
from ingestion.workbook.reference import ReadingReference
from ingestion.workbook.row import read_row
from ingestion.workbook.said import Place, Speaker
from ingestion.workbook.sheets import sheet_key

VALUE_WITHIN = 5
_YES = {"x", "có", "v", "✓", "✔", "không phát sinh", "true", "kps"}
_NO = {"", "không", "-", "false"}


@dataclass
class CoverReading:
    """`row` has every cover field typed and raw, "sheet" and "row" 0; `nil_cells` maps form -> cell of its nil mark."""

    row: dict[str, Any] = field(default_factory=dict)
    columns: list[ColumnAddress] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    nil_forms: set[str] = field(default_factory=set)
    nil_cells: dict[str, str] = field(default_factory=dict)

    def place(self, contract: Contract, name: str) -> Place:
        """Where the value of a cover field stands (the cell right of its label), or the sheet when it has no line."""
        found = next((c for c in self.columns if c.field == name), None)
        if found is None:
            return Place(contract, self.row.get("sheet"), field=name)
        letters = found.column_letter.rstrip("0123456789")
        column = sum((ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(letters))) - 1
        return Place(contract, found.sheet, int(found.column_letter[len(letters) :]), column, name)


def read_cover(
    sheet: ParsedSheet, contract: Contract, forms: list[str], reference: ReadingReference, speaker: Speaker
) -> CoverReading:
    """Read the cover. `forms` are the codes of all forms that exist. Missing lines are findings; nothing raises."""
    reading = CoverReading()
    lines = _lines(sheet, contract)
    cells = {name: cell for name, (_, _, cell) in lines.items() if cell is not None}
    typed = read_row(contract, cells, reference.lists, reference.allowed_prefixes)
    _read_nil_table(sheet, forms, contract, reading, speaker)
    reading.row = {"sheet": sheet.name, "row": 0, **typed.values}
    reading.row["nil_forms"] = ",".join(form for form in forms if form in reading.nil_forms) or None
    reading.row["nil_forms__raw"] = reading.row["nil_forms"]
    for one in contract.form_fields:
        if one.name in lines:
            row, column, _ = lines[one.name]
            reading.columns.append(
                ColumnAddress(
                    dataset=contract.name,
                    field=one.name,
                    sheet=sheet.name,
                    column_letter=address(row, column),
                    header=one.label.vi,
                )
            )
        elif one.severity is not Severity.NOTE:
            reading.findings.append(_missing(one, contract, sheet, speaker))
    for name, remark in typed.remarks.items():
        _remark(reading, contract, name, remark, speaker)
    return reading


def _lines(sheet: ParsedSheet, contract: Contract) -> dict[str, tuple[int, int, Cell | None]]:
    """Field -> (row, column, cell) of its value: the first cell with content right of the label, else the next one."""
    labels = {header_key(text): one.name for one in contract.form_fields for text in one.synonyms}
    labels |= {header_key(one.label.vi): one.name for one in contract.form_fields}
    found: dict[str, tuple[int, int, Cell | None]] = {}
    for row in sorted(sheet.rows):
        cells = sheet.rows[row]
        for column in sorted(cells):
            name = labels.get(header_key(cells[column].text)) if cells[column].kind == "s" else None
            if name is None or name in found:
                continue
            right = next((c for c in sorted(cells) if column < c <= column + VALUE_WITHIN), None)
            found[name] = (row, right or column + 1, cells[right] if right is not None else None)
    return found


def _missing(one: Field, contract: Contract, sheet: ParsedSheet, speaker: Speaker) -> Finding:
    texts = [cell.text for cells in sheet.rows.values() for cell in cells.values() if cell.kind == "s"]
    near = nearest_header(one, [text for text in texts if len(text) < 60]) or "không có"
    return speaker.finding("TEP-DONG_THIEU", Place(contract, sheet.name, field=one.name), cot=one.label.vi, gan=near)


def _remark(reading: CoverReading, contract: Contract, name: str, remark: Any, speaker: Speaker) -> None:
    place = reading.place(contract, name)
    raw = reading.row[f"{name}__raw"]
    if remark.reason:
        reading.problems.append(
            CellProblem(
                dataset=contract.name,
                field=name,
                sheet=str(place.sheet),
                row=0,
                cell=str(place.cell),
                raw=raw or "",
                reason=remark.reason,
                facts=remark.facts,
            )
        )
        if contract.field(name).type in ("string", "text"):
            severity = contract.field(name).severity
            reading.findings.append(speaker.unreadable(place, severity, remark.reason, raw or "", remark.facts))
    for repair in remark.repairs:
        if repair in ("date_two_ways", "time_dropped"):
            reading.findings.append(speaker.repair(repair, place, raw, remark.facts))


def _read_nil_table(
    sheet: ParsedSheet, forms: list[str], contract: Contract, reading: CoverReading, speaker: Speaker
) -> None:
    """The table headed Biểu | Tên biểu | Không phát sinh: one line a form, x (or Có) when nothing happened."""
    by_key = {sheet_key(form): form for form in forms}
    wanted = (header_key(NIL_HEADERS[0]), header_key(NIL_HEADERS[2]))
    top, columns = 0, {}
    for row in sorted(sheet.rows):
        keys = {header_key(cell.text): column for column, cell in sheet.rows[row].items()}
        if all(key in keys for key in wanted):
            top, columns = row, keys
            break
    if not columns:
        return
    code_column, mark_column = (columns[key] for key in wanted)
    for row in sorted(row for row in sheet.rows if row > top):
        cells = sheet.rows[row]
        form = by_key.get(sheet_key(cells[code_column].text)) if code_column in cells else None
        if form is None:
            continue
        mark = fold(cells[mark_column].text) if mark_column in cells else ""
        reading.nil_cells[form] = address(row, mark_column)
        if mark in _YES:
            reading.nil_forms.add(form)
        elif mark not in _NO:
            place = Place(contract, sheet.name, row, mark_column, "nil_forms")
            reading.findings.append(speaker.about("NIL-MARK", place, gan=form, value=cells[mark_column].text[:40]))
