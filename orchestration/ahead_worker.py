"""The second process of a road: ``python -m orchestration.ahead_worker``, spoken to by ``ahead.py`` only.

Orders come by standard input, answers go to standard output (``ingestion/examined_json.py``). The input stays open for
as long as the first process wants anything: when it closes, this one ends at once.
"""

from __future__ import annotations

import os
import sys
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, BinaryIO

from expectations.home import Home

if TYPE_CHECKING:
    from ingestion.examined_json import Order


def main() -> None:
    """Examine what is ordered; nothing but answers may reach the first process, so what libraries print is sent off."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    orders: SimpleQueue[Order] = SimpleQueue()
    Thread(target=_receive, args=(sys.stdin.buffer, orders), daemon=True).start()
    _load()
    while True:
        _answer(orders.get(), answers)


def _receive(stream: BinaryIO, orders: SimpleQueue[Order]) -> None:
    """Queue orders until the first process is done or gone; then leave nothing running that writes into its home."""
    from ingestion.examined_json import read_order

    try:
        while True:
            orders.put(read_order(stream.readline()))
    finally:
        os._exit(0)


def _load() -> None:
    """Import what takes seconds while the files are still being taken in."""
    import ingestion.examining  # noqa: F401
    from expectations.gates import submission

    submission.load()


def _answer(order: Order, answers: BinaryIO) -> None:
    from expectations.gates import submission
    from ingestion import collected, examined_json
    from ingestion.examined_json import NOTHING, answer_line
    from ingestion.examining import examine

    try:
        home = Home(order.root)
        before = examined_json.before(home, order.year, collected.reading_rules_of(home))
        found = examine(home, order.year, order.received, submission.check, lambda text: None, before)
        line = answer_line(found)
    except Exception:  # the collection does it again itself, and there it is told
        line = NOTHING
    answers.write(line)
    answers.flush()


if __name__ == "__main__":
    main()
