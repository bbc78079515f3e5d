"""The child process: limits itself, reads one job a line, writes the parsed workbook, answers one line.

Lives here: what runs behind the wall. Does not live here: starting, timing and replacing workers (jail.py).
A job is JSON {"path", "out"} to read or {"path", "out", "marks"} to mark; an answer is JSON {"ok": true} or {"rule",
"facts"}, with "peak", the most bytes of memory so far, and "last" when the worker ends with it. What stands in cells is
never on the wire.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from ingestion.workbook import limits
from ingestion.workbook.refusal import RefusedError


def main(memory_bytes: int, cpu_seconds: int) -> None:
    """Serve jobs from standard input until it closes. A Rust panic or lack of memory answers, then ends the worker."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.UNPACKED_BYTES, limits.UNPACKED_BYTES))
    for line in sys.stdin:
        _allow_cpu(cpu_seconds)
        answer, healthy = _answer(json.loads(line))
        answer["peak"] = _peak()
        sys.stdout.write(json.dumps(answer if healthy else {**answer, "last": True}) + "\n")
        sys.stdout.flush()
        if not healthy:
            return


def _read(job: dict[str, str]) -> None:
    from ingestion.workbook.cells import read

    # whole and at once: json.dump writes piece by piece in Python, five times slower than dumps
    content = json.dumps(read(Path(job["path"])), ensure_ascii=False).encode()
    Path(job["out"]).write_bytes(gzip.compress(content, compresslevel=1, mtime=0))


def _peak() -> int:
    """The most memory that this program held; getrusage would count what its parent held when it was begun."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.split("VmHWM:")[1].split()[0]) * 1024
    except (OSError, IndexError, ValueError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _allow_cpu(seconds: int) -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))


def _answer(job: dict[str, str]) -> tuple[dict[str, Any], bool]:
    try:
        if "marks" in job:
            from ingestion.annotation.patch import patch

            patch(Path(job["path"]), Path(job["out"]), json.loads(Path(job["marks"]).read_text(encoding="utf-8")))
        else:
            _read(job)
    except RefusedError as refused:
        return {"rule": refused.refusal.rule, "facts": refused.refusal.facts}, True
    except MemoryError:
        return {"rule": "TEP-QUA_LON", "facts": {"so": "bộ nhớ", "han": f"{limits.WORKER_BYTES // 2**20} MB"}}, False
    except BaseException:  # a Rust panic is a BaseException; whatever it is, one file is refused, not the batch
        return {"rule": "TEP-KHONG_DOC_DUOC", "facts": {}}, False
    return {"ok": True}, True
