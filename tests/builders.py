"""Workbooks as agencies send them, built with their defects: submission("talents").without_sheet("B07").workbook().

Written with openpyxl by the form's layout (cover, nil table, headers in row 4, data from row 6), not with our own
template writer, so that a mistake shared by writer and reader shows. Everybody in here is invented; ids use prefixes
that were never issued (000, 003, 097).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.worksheet import Worksheet

from expectations.contracts.load import all_contracts, load
from expectations.contracts.model import Contract

TITLE_ROWS = 3
HEADER_ROW = 4
FIRST_ROW = 6

VALID: dict[str, dict[str, Any]] = {
    "plans": {"plan_number": "12/KH-SNV", "issued_on": dt.date(2024, 3, 15), "document_kind": "Kế hoạch"},
    "own_targets": {"target_label": "Tỷ lệ nhân tài", "unit": "%", "target_value": 10, "achieved_value": 12},
    "recruitment_summaries": {
        "recruitment_form": "Thi tuyển",
        "staff_kind": "Công chức",
        "recruits_count": 5,
        "first_time_count": 4,
        "talents_count": 1,
        "cancelled_count": 0,
    },
    "talents": {
        "full_name": "Nông Thị Thử",
        "national_id": "003190000123",
        "birth_date": dt.date(1990, 5, 6),
        "sex": "Nữ",
        "is_ethnic_minority": "Có",
        "level": "duoc_cong_nhan",
        "talent_group": "N1",
        "sector": "LV04",
        "staff_kind": "Viên chức",
        "degree": "tien_si",
        "entry_route": "thu_hut",
        "legal_basis": "NQ15_LS",
        "attraction_number": "15/QĐ-SNV",
        "attraction_decided_on": dt.date(2025, 2, 10),
        "recognition_number": "16/QĐ-UBND",
        "recognised_on": dt.date(2025, 2, 20),
        "recognition_authority": "chu_tich_ubnd_tinh",
        "recruitment_form": "Xét tuyển",
        "started_on": dt.date(2025, 3, 13),
    },
    "departures": {
        "full_name": "Lý Văn Mẫu",
        "national_id": "003090000456",
        "exit_reason": "thoi_viec",
        "effective_on": dt.date(2025, 8, 13),
    },
    "trainings": {
        "full_name": "Nông Thị Thử",
        "national_id": "003190000123",
        "course_name": "Chuyển đổi số",
        "training_kind": "boi_duong",
        "training_level": "ngan_han",
        "training_field": "KNS",
        "started_on": dt.date(2025, 6, 13),
        "completed_on": dt.date(2025, 6, 20),
        "hours": 40,
        "result": "hoan_thanh",
    },
    "budgets": {"funding_source": "ngan_sach_tinh", "purpose": "thu_hut", "spent_amount": 120.5},
    "task_progress": {"task_code": "II.1", "status": "dang_thuc_hien"},
    "task_outputs": {"task_code": "II.1", "output_code": "II.1-HN", "actual_count": 2},
}
VALID |= {
    "nominations": {"nomination_source": "co_quan", "talent_group": "N1", "proposed_count": 3, "accepted_count": 3},
    "commendations": {"kind": "giay_khen", "level": "co_so", "subject_kind": "ca_nhan", "count": 2},
    "violations": {"behaviour_code": "can_tro", "received_count": 1, "verified_count": 1, "handled_count": 1},
    "communications": {"channel": "cong_thong_tin", "item_kind": "tin_bai", "items_count": 4},
    "proposals": {"topic": "kinh_phi", "raised_by": "co_quan", "addressed_to": "ubnd_tinh", "status": "chua_gui",
                  "text": "Bố trí kinh phí đào tạo"},
    "policy_documents": {"document_number": "15/QĐ-UBND", "issued_on": dt.date(2025, 2, 3), "issuing_body": "ubnd_tinh",
                         "document_kind": "quyet_dinh", "title": "Ban hành tiêu chí", "status": "con_hieu_luc"},
    "policy_grants": {
        "full_name": "Nông Thị Thử",
        "national_id": "003190000123",
        "policy_code": "NQ15_THUHUT",
        "decision_number": "15/QĐ-UBND",
        "decided_on": dt.date(2025, 2, 10),
        "amount": 330,
        "commitment_from": dt.date(2025, 3, 13),
        "commitment_months": 96,
    },
    "inspections": {"agency_code": "STC", "inspected_on": dt.date(2025, 6, 10), "conclusion_number": "4/TB-SNV",
                    "findings_count": 3, "remedied_count": 2},
}  # fmt: skip
"""The forms that Sở Nội vụ owes, one valid row each."""
ALL_FORMS = tuple(c.code for c in all_contracts() if c.name in VALID)

COVER = {
    "agency_code": "SNV",
    "agency_name": "Sở Nội vụ",
    "reporting_year": 2025,
    "figures_as_of": dt.date(2025, 11, 20),
    "document_number": "45/BC-SNV",
    "document_date": dt.date(2025, 11, 25),
    "prepared_by": "Người Lập Thử",
    "approved_by": "Người Duyệt Thử",
}


class Submission:
    """One workbook in the making; every method returns it. Rows and cells are counted as on the sheet (1-based)."""

    def __init__(self, *datasets: str, year: int = 2025) -> None:
        self._contracts = {load(name).sheet.code: load(name) for name in VALID}  # type: ignore[union-attr]
        self._rows: dict[str, list[dict[str, Any]]] = {name: [dict(VALID[name])] for name in datasets}
        self._cover: dict[str, Any] = {**COVER, "reporting_year": year}
        self._headers: dict[str, list[tuple[str | None, str]]] = {
            c.name: [(None, "STT"), *((f.name, f.label.vi) for f in c.form_fields)] for c in self._contracts.values()
        }
        self._nil = {c.sheet.code for c in self._contracts.values() if c.sheet and c.name not in datasets}
        self._names = {code: code for code in ALL_FORMS} | {"cover": "Thông tin chung"}
        self._absent: set[str] = set()
        self._above: dict[str, list[str]] = {}
        self._edits: list[Callable[[openpyxl.Workbook], None]] = []
        self._edition: str | None = f"{year}.000000000000"

    def row(self, dataset: str, **values: Any) -> Submission:
        """Add a row: the valid one with these values instead."""
        self._rows.setdefault(dataset, []).append({**VALID[dataset], **values})
        return self

    def bare_row(self, dataset: str, **values: Any) -> Submission:
        """Add a row with these values only."""
        self._rows.setdefault(dataset, []).append(values)
        return self

    def with_value(self, dataset: str, field: str, value: Any, row: int = 0) -> Submission:
        """Change one value of the nth row (0-based)."""
        self._rows[dataset][row][field] = value
        return self

    def with_values(self, dataset: str, **values: Any) -> Submission:
        """Change values of the first row."""
        self._rows[dataset][0].update(values)
        return self

    def cover(self, **values: Any) -> Submission:
        """Change values of the cover."""
        self._cover.update(values)
        return self

    def nil(self, *forms: str) -> Submission:
        """Mark forms nil."""
        self._nil.update(forms)
        return self

    def not_nil(self, *forms: str) -> Submission:
        """Take the nil mark away."""
        self._nil.difference_update(forms)
        return self

    def without_column(self, dataset: str, field: str) -> Submission:
        """Delete a column."""
        self._headers[dataset] = [(name, text) for name, text in self._headers[dataset] if name != field]
        return self

    def with_column(self, dataset: str, header: str, before: str | None = None) -> Submission:
        """Insert a column that the form does not have; its cells read "lạ"."""
        names = [name for name, _ in self._headers[dataset]]
        self._headers[dataset].insert(names.index(before) if before else len(names), ("__extra", header))
        return self

    def with_header(self, dataset: str, field: str, header: str) -> Submission:
        """Write another header."""
        self._headers[dataset] = [(n, header if n == field else text) for n, text in self._headers[dataset]]
        return self

    def in_order(self, dataset: str, *first: str) -> Submission:
        """Move columns to the front."""
        self._headers[dataset].sort(key=lambda item: first.index(item[0]) if item[0] in first else len(first))
        return self

    def with_sheet_name(self, form: str, name: str) -> Submission:
        """Rename a sheet ("cover" is the first)."""
        self._names[form] = name
        return self

    def without_sheet(self, *forms: str) -> Submission:
        """Delete sheets."""
        self._absent.update(forms)
        return self

    def above(self, dataset: str, *lines: str) -> Submission:
        """Put title rows above everything else."""
        self._above[dataset] = list(lines)
        return self

    def edition(self, text: str | None) -> Submission:
        """Write another template edition, or none."""
        self._edition = text
        return self

    def edited(self, edit: Callable[[openpyxl.Workbook], None]) -> Submission:
        """Do something to the finished openpyxl workbook."""
        self._edits.append(edit)
        return self

    def with_cell(self, form: str, cell: str, value: Any, number_format: str | None = None) -> Submission:
        """Write a value into a cell as openpyxl would."""

        def edit(book: openpyxl.Workbook) -> None:
            target = book[self._names[form]][cell]
            target.value = value
            if number_format:
                target.number_format = number_format

        return self.edited(edit)

    def address(self, dataset: str, field: str, row: int = 0) -> str:
        """The cell of a field in the nth row (0-based)."""
        column = next(i for i, (name, _) in enumerate(self._headers[dataset]) if name == field)
        letter = openpyxl.utils.get_column_letter(column + 1)
        return f"{letter}{FIRST_ROW + len(self._above.get(dataset, [])) + row}"

    def workbook(self) -> bytes:
        """The bytes of the .xlsx file."""
        book = openpyxl.Workbook()
        book.calculation = CalcProperties(fullCalcOnLoad=False)
        book.remove(book.active)
        if "cover" not in self._absent:
            self._write_cover(book.create_sheet(self._names["cover"]))
        for code, contract in self._contracts.items():
            if code not in self._absent:
                self._write_form(book.create_sheet(self._names[code]), contract)
        if self._edition is not None:
            book.custom_doc_props.append(
                openpyxl.packaging.custom.StringProperty(name="nhantai_template_edition", value=self._edition)
            )
        for edit in self._edits:
            edit(book)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def save(self, folder: Path, name: str = "SNV.xlsx") -> Path:
        """Write the workbook into a folder."""
        path = folder / name
        path.write_bytes(self.workbook())
        return path

    def _write_cover(self, sheet: Worksheet) -> None:
        contract = load("cover")
        sheet.append(["Báo cáo số liệu thu hút, trọng dụng nhân tài"])
        sheet.append([])
        for field in contract.form_fields:
            sheet.append([field.label.vi, self._cover.get(field.name)])
            _date_format(sheet.cell(sheet.max_row, 2))
        sheet.append([])
        sheet.append(["Biểu", "Tên biểu", "Không phát sinh"])
        for code, form in self._contracts.items():
            sheet.append([code, form.title.vi, "x" if code in self._nil else None])

    def _write_form(self, sheet: Worksheet, contract: Contract) -> None:
        for line in self._above.get(contract.name, []):
            sheet.append([line])
        sheet.append([contract.sheet.title.vi])  # type: ignore[union-attr]
        sheet.append(["Cơ quan: Sở Nội vụ – Năm báo cáo: 2025"])
        sheet.append(["Đơn vị tính: người"])
        headers = self._headers[contract.name]
        sheet.append([text for _, text in headers])
        sheet.append([f"({number})" for number in range(1, len(headers) + 1)])
        for number, values in enumerate(self._rows.get(contract.name, []), 1):
            given = {None: number, "__extra": "lạ", **values}
            sheet.append([given.get(name) for name, _ in headers])
            for cell in sheet[sheet.max_row]:
                _date_format(cell)


def submission(*datasets: str, year: int = 2025) -> Submission:
    """A workbook of Sở Nội vụ with one valid row in each dataset; every other form is marked nil."""
    return Submission(*datasets, year=year)


def _date_format(cell: Any) -> None:
    if isinstance(cell.value, dt.date):
        cell.number_format = "dd/mm/yyyy"
