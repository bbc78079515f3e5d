"""From findings to a marked file: the sender's own workbook where it can be patched, else a result workbook beside it.

Lives here: which of the two, the words of a note and of a line. Does not live here: the package (patch.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from expectations.contracts.load import load
from expectations.findings import Finding, Severity, by_weight
from expectations.rules.messages import severity_label, without_address
from ingestion.annotation.result_book import result_book
from ingestion.workbook.jail import Jail
from ingestion.workbook.preflight import inspect

COLUMNS = ("STT", "Mức", "Trang", "Ô", "Cột", "Đã nhập", "Nội dung", "Cần", "Cách sửa", "Mã quy tắc", "Giải trình")
_COUNTED = ((Severity.BLOCKER, "lý do chưa tiếp nhận được tệp"), (Severity.ERROR, "chỗ phải sửa"))
_ANSWERED = (Severity.ERROR, Severity.QUERY)
"""What has room for an answer; that to an error tells why it cannot be corrected yet and lets nothing in."""
_HOW = (
    "Cách làm: bấm vào địa chỉ ở cột Ô (LibreOffice: giữ phím Ctrl và bấm) để đến đúng chỗ, sửa ngay tại đó; lời nhắc "
    "cũng hiện khi đưa chuột vào ô có góc đỏ.",
    "Nội dung đề nghị giải trình mà số liệu đúng: ghi lý do kèm căn cứ (số văn bản, ngày) vào cột Giải trình; không "
    "ghi họ tên, số định danh.",
    "Làm xong, lưu và gửi lại cả tệp này; không cần xóa trang này và các lời nhắc.",
)


Answered = Callable[[Finding], str | None]
"""What was answered to a finding before, if anything."""


def nothing(_found: Finding) -> str | None:
    """No answers."""
    return None


def mark_file(
    path: Path,
    findings: Sequence[Finding],
    folder: Path,
    jail: Jail,
    *,
    name: str | None = None,
    answered: Answered = nothing,
) -> Path:
    """Write the marked copy of `path` into `folder`; return its path.

    `<stem>.danh-dau.xlsx` is the sender's workbook with notes; a file that no reader may open, or that cannot be
    patched, gets `<stem>.ket-qua.xlsx` with the findings alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stem = Path(name or path.name).stem
    ordered = by_weight(findings)
    target = folder / f"{stem}.danh-dau.xlsx"
    if inspect(path) is None and jail.annotate(path, target, marks(ordered, answered)) is None:
        return target
    fallback = folder / f"{stem}.ket-qua.xlsx"
    fallback.write_bytes(result_book(f"Kết quả kiểm tra tệp {stem}", COLUMNS, lines(ordered, answered)))
    return fallback


def marks(findings: Sequence[Finding], answered: Answered = nothing) -> dict[str, Any]:
    """What the patch needs, as JSON values: `notes` {sheet: {cell: [text, weight]}}, `heading`, `columns`, `lines`,
    `groups`, `asked` and `places`.

    `weight` is that of the cell's heaviest finding (3 blocker to 0 note); `places` are the (sheet, cell) of the lines,
    `groups` the titles that stand above the line of that index, `asked` the lines that may be answered.
    """
    notes: dict[str, dict[str, tuple[str, int]]] = {}
    for finding in findings:
        if finding.sheet and finding.cell:
            text, weight = notes.setdefault(finding.sheet, {}).get(finding.cell, ("", 0))
            joined = f"{text}\n\n{note(finding)}" if text else note(finding)
            notes[finding.sheet][finding.cell] = (joined, max(weight, finding.severity.weight))
    return {
        "notes": notes,
        "heading": heading(findings, answered),
        "columns": COLUMNS,
        "lines": lines(findings, answered),
        "groups": groups(findings),
        "asked": [index for index, finding in enumerate(findings) if finding.severity in _ANSWERED],
        "places": [[finding.sheet, finding.cell] for finding in findings],
    }


def heading(findings: Sequence[Finding], answered: Answered = nothing) -> list[str]:
    """The lines above the table: how the file stands, what to do with this sheet."""
    left = sum(finding.severity is Severity.QUERY and not answered(finding) for finding in findings)
    told = sum(finding.severity is Severity.QUERY for finding in findings) - left
    counted = {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}
    parts = [f"{counted[s]} {words}" for s, words in _COUNTED if counted[s]]
    parts += [f"{left} nội dung đề nghị sửa hoặc giải trình"] if left else []
    parts += [f"{told} nội dung đã giải trình"] if told else []
    parts += [f"{counted[Severity.NOTE]} lưu ý"] if counted[Severity.NOTE] else []
    return ["KẾT QUẢ KIỂM TRA", f"Còn: {'; '.join(parts)}.", *_HOW]


def groups(findings: Sequence[Finding]) -> dict[str, str]:
    """Index of the first line of each severity (as text, JSON has no other keys) → the title above it."""
    found: dict[str, str] = {}
    for severity in Severity:
        places = [index for index, finding in enumerate(findings) if finding.severity is severity]
        if places:
            found[str(places[0])] = f"{severity_label(severity)} ({len(places)})"
    return found


def note(finding: Finding) -> str:
    """What hangs at the cell: how grave, what is wrong, what is needed, what to do, which rule."""
    head = f"{severity_label(finding.severity)}: {without_address(finding.message)}."
    parts = [head.replace("..", "."), f"Cần: {finding.expected}.", f"Cách sửa: {finding.fix}.", f"[{finding.rule}]"]
    return "\n".join(part for part in parts if not part.endswith((": .", ": None.")))


def lines(findings: Sequence[Finding], answered: Answered = nothing) -> list[list[str]]:
    """One line a finding, in the order of COLUMNS."""
    return [
        [
            str(number),
            severity_label(finding.severity),
            finding.sheet or "",
            finding.cell or (f"dòng {finding.row}" if finding.row else ""),
            _label(finding),
            finding.value or "",
            without_address(finding.message),
            finding.expected,
            finding.fix,
            finding.rule,
            answered(finding) or "",
        ]
        for number, finding in enumerate(findings, 1)
    ]


def _label(finding: Finding) -> str:
    if not finding.field or not finding.dataset:
        return ""
    contract = load(finding.dataset)
    return contract.field(finding.field).label.vi if finding.field in contract.field_names else ""
