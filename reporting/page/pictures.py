"""Which figures are drawn, and the sentence that says the same for who cannot see it.

Every bar is a cell of a printed table: its length is the cell's number, its label the cell's print. A withheld or
missing cell has its symbol and no bar. Does not live here: how bars are drawn (``drawing``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reporting import numbers
from reporting.page.drawing import Bar, draw
from reporting.tables import indicators as indicator_tables
from reporting.tables import people, work
from reporting.tables.model import SECTION, TOTAL, Cell, Row, Table, count
from reporting.warehouse import Report

_BY_SECTOR = "sector"


@dataclass(frozen=True)
class Picture:
    """An SVG drawing with its title and the words that replace it."""

    title: str
    words: str
    svg: str
    note: str = ""


def indicators(report: Report) -> Iterator[Picture]:
    """The value of each indicator that has one against its target, with the bounds where agencies are missing."""
    bars = []
    for row, printed in zip(report.indicators, indicator_tables.indicators(report).rows, strict=True):
        cells = printed.cells
        if not cells["value"].symbol:
            target = _number(cells["target"])
            asked = "" if target is None else f" (chỉ tiêu {numbers.target_percent(row['target_value'])})"
            value = percent(cells["value"]) + asked
            low, high = _number(cells["lower"]), _number(cells["upper"])
            bars.append(Bar(cells["name"].text(), _number(cells["value"]), value, target, low, high))
    note = "Vạch đỏ: mức chỉ tiêu. Đoạn kẻ giữa thanh: khoảng giá trị khi còn cơ quan chưa gửi số liệu."
    yield from _picture("chi-tieu", "Giá trị các chỉ tiêu so với mức chỉ tiêu", bars, note, top=100)


def talents(report: Report) -> Iterator[Picture]:
    """How the number of talents moved in the year, and in which sectors they serve."""
    table = people.talents(report)
    total = next((row for row in table.rows if row.kind == TOTAL), None)
    if total is not None:
        names = [column for column in table.columns if column.key in total.cells and column.is_numeric]
        bars = [_bar(column.label, total.cells[column.key]) for column in names]
        yield from _picture("nhan-tai", f"Nhân tài đang làm việc và biến động trong năm {report.year} (người)", bars)
    sectors = [_bar(row.cells["category"].text(), row.cells["closing"]) for row in _rows_of(report, table, _BY_SECTOR)]
    title = f"Nhân tài đang làm việc cuối năm {report.year} theo lĩnh vực (người)"
    yield from _picture("linh-vuc", title, sectors, _withheld(sectors))


def budgets(report: Report) -> Iterator[Picture]:
    """Money planned, allocated, spent and estimated, all purposes together."""
    table = work.budgets(report)
    total = next((row for row in table.rows if row.kind == TOTAL), None)
    if total is not None:
        amounts = [column for column in table.columns if column.kind == "amount"]
        bars = [_bar(column.label, total.cells[column.key]) for column in amounts]
        yield from _picture("kinh-phi", f"Kinh phí năm {report.year} (triệu đồng)", bars)


def submissions(report: Report) -> Iterator[Picture]:
    """Of the agencies that owed a report, how many are heard and how many were on time."""
    head = report.header
    words = (
        ("Cơ quan phải báo cáo", "agencies_owed"),
        ("Đã gửi, được tiếp nhận", "agencies_received"),
        ("Trong đó: đúng hạn", "agencies_on_time"),
        ("Chưa gửi", "agencies_missing"),
    )
    bars = [_bar(label, count(head[name], "0")) for label, name in words]
    yield from _picture("gui-bao-cao", f"Tình hình gửi báo cáo năm {report.year} (cơ quan)", bars)


def percent(cell: Cell) -> str:
    """A cell of a percent column with its sign: ``9,5%``, ``9,5% (t)``; a symbol stays alone."""
    if cell.symbol or not cell.text():
        return cell.text()
    number, _, suffix = cell.text().partition(" ")
    return f"{number}% {suffix}".strip()


def _picture(name: str, title: str, bars: Sequence[Bar], note: str = "", top: float | None = None) -> Iterator[Picture]:
    """The picture, or none where there is nothing to draw."""
    longest = max((bar.length or 0 for bar in bars), default=0)
    if longest:
        words = "; ".join(f"{bar.label}: {bar.printed}" for bar in bars) + "."
        yield Picture(title, words, draw(name, title, words, bars, top or longest), note)


def _bar(label: str, cell: Cell) -> Bar:
    return Bar(label, _number(cell), cell.text())


def _withheld(bars: Sequence[Bar]) -> str:
    hidden = any(bar.printed == numbers.WITHHELD for bar in bars)
    return "Lĩnh vực ghi c không vẽ thanh: không công bố vì số nhỏ hoặc để không suy ra số nhỏ." if hidden else ""


def _rows_of(report: Report, table: Table, criterion: str) -> list[Row]:
    """The rows of one criterion of the talents table."""
    body = [row for row in table.rows if row.kind != SECTION]
    pairs: Iterator[tuple[Mapping[str, object], Row]] = zip(report.talents_in_service, body, strict=True)
    return [printed for row, printed in pairs if row["criterion"] == criterion]


def _number(cell: Cell) -> float | None:
    return float(cell.value) if not cell.symbol and isinstance(cell.value, int | Decimal) else None
