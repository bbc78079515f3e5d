"""Examining years in a second process, while this one loads Dagster and dbt and concludes the year before.

Lives here: ``examining``, for as long as a road runs, and ``begun``, by which a collection finds what was begun for it.
Does not live here: the other process (``ahead_worker.py``) and what it does (``ingestion/examining.py``).

The second process works under the lock of this one and writes only typed databases that nobody else has open; it ends
when this one does, however that ends. Whatever goes wrong in it is not told: the collection then examines the year
itself, and says it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING

from expectations.home import Home
from orchestration.settings import ROOT

if TYPE_CHECKING:
    from ingestion.examined_json import Order
    from ingestion.examining import Ahead, Examined
    from ingestion.intake import Intake

_begun: dict[tuple[Path, int], Ahead] = {}


class _Begun:
    """Promises for the intake of all years, kept together, and for the examination of each."""

    def __init__(self, years: Sequence[int]) -> None:
        self.intakes: Future[dict[int, Intake]] = Future()
        self.examined: dict[int, Future[Examined | None]] = {year: Future() for year in years}

    def of(self, year: int) -> Ahead:
        """What the collection of a year may wait for. All intakes come first: the ledger has one writer at a time."""
        from ingestion.examining import Ahead

        return Ahead(lambda: self.intakes.result()[year], self.examined[year].result)


@contextmanager
def examining(
    home: Home, years: Sequence[int], intakes: Iterable[tuple[int, Intake, bool]], meanwhile: Callable[[], None]
) -> Iterator[None]:
    """Let a thread draw ``intakes`` (one of each year) and a process examine the new ones, until the block ends.

    The thread does ``meanwhile`` while it waits for the first of them. The caller holds the home's lock.
    """
    begun = _Begun(years)
    process = _started()
    thread = Thread(target=_conduct, args=(process, home, intakes, begun, meanwhile), daemon=True)
    thread.start()
    _begun.update({(home.root, year): begun.of(year) for year in years})
    try:
        yield
    finally:
        for year in years:
            _begun.pop((home.root, year), None)
        process.kill()
        process.wait()
        thread.join()


def begun(home: Home, year: int) -> Ahead | None:
    """What was begun for this year, once: a second collection of the road looks for itself."""
    return _begun.pop((home.root, year), None)


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "orchestration.ahead_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )


def _conduct(
    process: subprocess.Popen[bytes],
    home: Home,
    intakes: Iterable[tuple[int, Intake, bool]],
    begun: _Begun,
    meanwhile: Callable[[], None],
) -> None:
    """Order each new year as soon as it is taken in, then hear the answers; every promise is kept, if by None."""
    from ingestion.examined_json import Order

    assert process.stdin is not None and process.stdout is not None
    taken: dict[int, Intake] = {}
    ordered: list[int] = []
    try:
        for year, intake, is_new in intakes:
            taken[year] = intake
            if is_new and _send(Order(home.root, year, intake.received), process.stdin):
                ordered.append(year)
        begun.intakes.set_result(taken)
        if ordered:
            meanwhile()
        for year in ordered:
            begun.examined[year].set_result(_next(process.stdout))
    except BaseException as error:
        if not begun.intakes.done():
            begun.intakes.set_exception(error)  # told by the first collection that waits
    finally:
        for examined in begun.examined.values():
            if not examined.done():
                examined.set_result(None)
        with suppress(OSError):
            process.stdin.close()
        process.stdout.close()


def _send(order: Order, stream: IO[bytes]) -> bool:
    from ingestion.examined_json import order_line

    try:
        stream.write(order_line(order))
        stream.flush()
    except OSError:
        return False
    return True


def _next(stream: IO[bytes]) -> Examined | None:
    """The next examination, or None for one that failed or never came."""
    from ingestion.examined_json import read_answer

    try:
        return read_answer(stream.readline())
    except ValueError:  # cut off: the process is gone
        return None
