"""A workbook given by hand, opened in the jail, and the known table in it.

Does not live here: what a table is (propose.py), registers (ingestion.registers.sampling).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from expectations.errors import NotFit
from expectations.home import Home
from expectations.rules.messages import message
from ingestion.inbox import shown
from ingestion.tables.known import KnownTable, confirmed_of
from ingestion.tables.propose import TableProposal, propose_table
from ingestion.workbook.jail import Jail, Job
from ingestion.workbook.refusal import Refusal


def table_in(path: Path, known: list[KnownTable], home: Home) -> TableProposal:
    """The known table in the workbook at `path`, whatever its format. NotFit, with the sentence, when it is refused."""
    name = shown(path.name)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with Jail(None, workers=1) as jail:
        book = jail.parse(Job(path, sha256, name))
    if isinstance(book, Refusal):
        raise NotFit(f"{name}: {message(book.rule, 'vi', **{**book.facts, 'ten_tep': name}).message}")
    return propose_table(book, known, lambda table: confirmed_of(home.reference, table, sha256))
