"""The inbox: files under the names officers give them, the journal of arrivals, the answers to queries.

Lives here: writing ``inbox/<year>/``. Does not live here: contents (``files.py``, ``template/writer.py``).
"""

from __future__ import annotations

from expectations.home import Home
from ingestion.rehearsal import files
from ingestion.rehearsal.faults.plant import Answer, Planted
from ingestion.rehearsal.papers import Register, Return
from ingestion.template.writer import workbook_bytes

ARRIVALS = ("file_name", "received_at", "channel", "document_number", "recorded_by")
ANSWERS = ("agency_code", "rule", "sheet", "cell", "explanation", "answered_by", "answered_at")
CLERK = "Văn thư Sở Nội vụ"


def write_inbox(home: Home, returns: list[Return], registers: list[Register], planted: Planted) -> None:
    """Write every workbook and register of the season, its journal lines and its answers."""
    journal: dict[int, list[tuple[str, ...]]] = {}
    for one in returns:
        year = one.sending.year
        content = one.content if one.content is not None else workbook_bytes(one.book)
        files.write(home.inbox(year) / one.file_name, content)
        journal.setdefault(year, []).append(
            (one.file_name, one.received_at.isoformat(), one.sending.channel, one.sending.document_number, CLERK)
        )
    for register in registers:
        files.write(home.inbox(register.year) / register.file_name, files.register_bytes(register))
        line = (register.file_name, register.received_at.isoformat(), "hệ thống", register.document_number, CLERK)
        journal.setdefault(register.year, []).append(line)
    for year, lines in sorted(journal.items()):
        lines.sort(key=lambda line: (line[1], line[0]))
        files.write(home.arrivals(year), files.csv_bytes(ARRIVALS, lines))
        answers = [_answer(answer) for answer in planted.answers if answer.year == year]
        files.write(home.explanations(year), files.csv_bytes(ANSWERS, answers))


def _answer(answer: Answer) -> tuple[str, ...]:
    return (
        answer.agency_code,
        answer.rule,
        answer.sheet,
        answer.cell() or "",
        answer.explanation,
        answer.answered_by,
        answer.answered_at.isoformat(),
    )
