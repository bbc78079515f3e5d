"""The inbox: files under the names officers give them, the journal of arrivals, the answers to queries.

Lives here: writing ``inbox/<year>/``. Does not live here: contents (``files.py``, ``template/writer.py``).
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from random import Random

from expectations.home import Home
from ingestion.rehearsal import files
from ingestion.rehearsal.faults.spoiler import Answer, Planted
from ingestion.rehearsal.papers import Register, Return
from ingestion.rehearsal.world import World
from ingestion.template.book import Book
from ingestion.template.writer import workbook_bytes

ARRIVALS = ("file_name", "received_at", "channel", "document_number", "recorded_by")
ANSWERS = ("agency_code", "rule", "sheet", "cell", "explanation", "answered_by", "answered_at")
CLERK = "Văn thư Sở Nội vụ"
_MANY = 40  # fewer workbooks than this are written before a second process has started
_NAMES = (
    "{code}_{year}",
    "{code}_{year}",
    "Bieu mau nhan tai {year} - {code}",
    "BC nhân tài {name} năm {year}",
    "{name} - báo cáo thu hút nhân tài {year} (final)",
    "{code}-{year}-gui SNV",
    "Biểu mẫu {name}",
)


def name_files(world: World, seed: int, returns: list[Return]) -> None:
    """Give every workbook a name as officers do; a second file of an agency says so, and no name is given twice."""
    random, taken = Random(f"{seed}/names"), set()
    for one in returns:
        body = world.organisation.bodies[one.sending.body]
        stem = random.choice(_NAMES).format(code=body.official_code, name=body.short_name, year=one.sending.year)
        name = stem.replace("/", "-")
        for suffix in ("", " lan 2", " lần 2 (sửa)", " (1)", " (2)"):
            if (one.sending.year, name + suffix) not in taken:
                name += suffix
                break
        taken.add((one.sending.year, name))
        one.file_name = f"{name}.xlsx"


def write_inbox(home: Home, returns: list[Return], registers: list[Register], planted: Planted) -> None:
    """Write every workbook and register of the season, its journal lines and its answers."""
    journal: dict[int, list[tuple[str, ...]]] = {}
    rendered = iter(_rendered([one.book for one in returns if one.content is None]))
    for one in returns:
        year = one.sending.year
        content = one.content if one.content is not None else next(rendered)
        files.write(home.inbox(year) / one.file_name, content)
        journal.setdefault(year, []).append(
            (one.file_name, one.received_at.isoformat(), one.sending.channel, one.sending.document_number, CLERK)
        )
    for register in registers:
        files.write(home.inbox(register.year) / register.file_name, files.register_bytes(register))
        line = (register.file_name, register.received_at.isoformat(), "hệ thống", register.document_number, CLERK)
        journal.setdefault(register.year, []).append(line)
    for year, name, content in planted.strays:
        files.write(home.inbox(year) / name, content)
    for year, lines in sorted(journal.items()):
        lines.sort(key=lambda line: (line[1], line[0]))
        files.write(home.arrivals(year), files.csv_bytes(ARRIVALS, lines))
        answers = [_answer(answer) for answer in planted.answers if answer.year == year]
        files.write(home.explanations(year), files.csv_bytes(ANSWERS, answers))


def _rendered(books: Sequence[Book]) -> list[bytes]:
    """The bytes of the books, in their order; a season's worth of them on all cores."""
    workers = min(os.cpu_count() or 1, 8)
    if len(books) < _MANY or workers == 1:
        return [workbook_bytes(book) for book in books]
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        return list(pool.map(workbook_bytes, books, chunksize=8))


def _answer(answer: Answer) -> tuple[str, ...]:
    return (
        answer.agency_code,
        answer.rule,
        answer.sheet,
        answer.cell() or "",
        answer.explanation,
        f"Đầu mối tổng hợp {answer.agency_code}",
        answer.answered_at.isoformat(),
    )
