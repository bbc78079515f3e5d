"""What was found in a file, as a workbook for its sender: one row a finding, with what to do about it.

Lives here: `<sha8>-ket-qua.xlsx`, written with values only, and the sender's own workbook with marks at its cells.
Does not live here: the receipt (receipts.py), how a workbook is marked (annotation).
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

from expectations.contracts.load import load
from expectations.findings import Finding, by_weight
from expectations.home import Home
from expectations.rules.messages import severity_label
from ingestion import receipts
from ingestion.annotation.marking import marks
from ingestion.annotation.result_sheet import height_of
from ingestion.journal import ZONE
from ingestion.submissions import Submission
from ingestion.workbook.jail import Jail
from ingestion.workbook.preflight import inspect
from ingestion.workbook.refusal import UNSOUND_ZIP

_MADE_OF = "nhantai_answer"
_COLUMNS = (
    ("STT", 5),
    ("Mức", 11),
    ("Trang", 10),
    ("Ô", 7),
    ("Dòng", 6),
    ("Cột", 14),
    ("Đã nhập", 13),
    ("Nội dung", 36),
    ("Cần", 22),
    ("Cách sửa", 26),
    ("Mã quy tắc", 20),
    ("Giải trình", 26),
)
"""Headers and widths: together about what a screen shows, so that the answers' column is not beyond its edge."""


def path(home: Home, one: Submission) -> Path:
    """The result workbook of a submission."""
    return receipts.folder(home, one) / f"{one.received.sha8}-ket-qua.xlsx"


def marked_path(home: Home, one: Submission) -> Path:
    """The sender's own workbook with every finding at its cell."""
    return receipts.folder(home, one) / f"{one.received.sha8}{receipts.MARKED}"


def returned(home: Home, one: Submission) -> Path | None:
    """The workbook that its sender is to open: the marked one, else the result workbook; None without findings."""
    if not one.findings:
        return None
    marked = marked_path(home, one)
    return marked if marked.is_file() else path(home, one)


def mark(home: Home, one: Submission, jail: Jail) -> None:
    """Write it, where the file can be patched; the result workbook is there for the others."""
    target = marked_path(home, one)
    landed = home.landing / one.received.sha256
    told = marks(by_weight(one.findings), one.answer_to)
    if inspect(landed) is None and jail.annotate(landed, target, told) is None:
        target.chmod(0o640)


def fingerprint(one: Submission, rules: str) -> str:
    """Of all that the answer says; `rules` stands for the code that writes it (`collected.reading_rules_of`)."""
    told = [(found, one.answer_to(found)) for found in by_weight(one.findings)]
    said = [rules, one.received.file_name, str(one.received.received_at), receipts.number(one), receipts.result(one)]
    return hashlib.sha256(repr([said, told]).encode()).hexdigest()


def stands(home: Home, one: Submission, made_of: str) -> bool:
    """Whether the result workbook of this fingerprint is there: making it again takes eight milliseconds a file."""
    try:
        with zipfile.ZipFile(path(home, one)) as package:
            return f">{made_of}<".encode() in package.read("docProps/custom.xml")
    except (OSError, KeyError, *UNSOUND_ZIP):
        return False


def workbook(one: Submission, made_of: str) -> bytes:
    """The workbook's bytes; the same findings of the same file give the same bytes. Strings are never formulas.

    `made_of` is the answer's fingerprint, kept in the custom properties.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    arrived = one.received.received_at.astimezone(ZONE).replace(tzinfo=None)
    book.set_properties({"title": f"Kết quả tiếp nhận {receipts.number(one)}", "created": arrived})
    book.set_custom_property(_MADE_OF, made_of, "text")
    font = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True, "border": 1}
    cell = book.add_format(font)
    head = book.add_format({**font, "bold": True, "align": "center", "bg_color": "#E7E6E6"})
    title = book.add_format({"font_name": "Times New Roman", "font_size": 14, "bold": True})
    sheet = book.add_worksheet("Kết quả")
    sheet.write_string(0, 0, f"Kết quả tiếp nhận tệp {one.received.file_name}", title)
    sheet.write_string(1, 0, f"Biên nhận số {receipts.number(one)}: {receipts.result(one)}", title)
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, name, head)
    for index, found in enumerate(by_weight(one.findings), start=1):
        texts = (*_row(index, found), one.answer_to(found) or "")
        sheet.set_row(3 + index, height_of(texts, [width for _, width in _COLUMNS]))  # LibreOffice makes no room itself
        for column, text in enumerate(texts):
            sheet.write_string(3 + index, column, text, cell)
    sheet.freeze_panes(4, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    book.close()
    return buffer.getvalue()


def _row(index: int, found: Finding) -> tuple[str, ...]:
    return (
        str(index),
        severity_label(found.severity),
        found.sheet or "",
        found.cell or "",
        str(found.row) if found.row else "",
        _label(found),
        found.value or "",
        found.message,
        found.expected,
        found.fix,
        found.rule,
    )


def _label(found: Finding) -> str:
    if not found.field:
        return ""
    contract = load(found.dataset) if found.dataset else None
    known = contract is not None and found.field in contract.field_names
    return contract.field(found.field).label.vi if contract is not None and known else found.field
