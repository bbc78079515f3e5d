"""One writer a home: a lock that dies with its process and says who holds it.

Lives here: ``hold``, an advisory flock on ``home/.lock`` whose text names run, host, process and since when.
Inside one process it may be taken again by what the holder calls (a command takes it for the whole road, each
asset takes it for itself). Readers need no lock: what they read is renamed into place.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from expectations.errors import OperatorError
from expectations.home import Home

_held: dict[Path, int] = {}


@contextmanager
def hold(home: Home, run: str) -> Iterator[None]:
    """Hold the home for ``run`` (what is being done, e.g. ``build 2025``); OperatorError when another process does."""
    path = (home.root / ".lock").resolve()
    if path in _held:
        _held[path] += 1
        try:
            yield
        finally:
            _held[path] -= 1
        return
    with path.open("a+", encoding="utf-8") as stream:
        _take(stream, run)
        _held[path] = 1
        try:
            yield
        finally:
            del _held[path]
            stream.truncate(0)


def _take(stream: TextIO, run: str) -> None:
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OperatorError(f"this home is held by {_holder(stream)}: wait for it to end, then try again") from None
    since = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).isoformat(timespec="seconds")
    stream.truncate(0)
    json.dump({"run": run, "host": socket.gethostname(), "process": os.getpid(), "since": since}, stream)
    stream.flush()


def _holder(stream: TextIO) -> str:
    stream.seek(0)
    try:
        said = json.loads(stream.read())
    except ValueError:
        return "another run that is just starting or ending"
    return f"run {said['run']} since {said['since']} on host {said['host']} (process {said['process']})"
