"""A small pool of limited child processes; a worker that dies or takes too long costs one file, never the batch.

Lives here: starting, timing, replacing workers, and the cache of what they read. Does not live here: what they do
(jail_worker.py, cells.py). The parent opens no part of a workbook; it reads back only JSON that we wrote.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import selectors
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from ingestion.workbook import limits, parsed
from ingestion.workbook.parsed import ParsedWorkbook
from ingestion.workbook.preflight import inspect
from ingestion.workbook.refusal import Refusal

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Job:
    """A file to read: `path` to its bytes, the sha256 of these bytes, and the name to show (`file`)."""

    path: Path
    sha256: str
    file: str


class Jail:
    """`with Jail(cache) as jail: jail.parse(job)`. `cache` is vault/parsed, or None for a throw-away folder.

    Safe to call from several threads; at most `workers` children run at once. `peak_bytes` is the most memory that one
    of them has held.
    """

    def __init__(
        self,
        cache: Path | None,
        *,
        workers: int = 2,
        memory_bytes: int = limits.WORKER_BYTES,
        cpu_seconds: int = limits.WORKER_CPU_SECONDS,
        wall_seconds: float = limits.WORKER_WALL_SECONDS,
    ) -> None:
        self._own = tempfile.TemporaryDirectory(prefix="nhantai-parsed-") if cache is None else None
        self.cache = Path(self._own.name) if self._own is not None else Path(str(cache))
        self._workers = workers
        self._limits = (memory_bytes, cpu_seconds, wall_seconds)
        self.peak_bytes = 0
        self._idle: queue.Queue[_Worker | None] = queue.Queue()
        for _ in range(workers):
            self._idle.put(None)

    def __enter__(self) -> Jail:
        self.cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while not self._idle.empty():
            worker = self._idle.get_nowait()
            if worker is not None:
                worker.close()
        if self._own is not None:
            self._own.cleanup()

    def parse(self, job: Job) -> ParsedWorkbook | Refusal:
        """The workbook, from the cache if these bytes were read before by this parser; or why it is refused."""
        kept = self.cache / f"{job.sha256}-{limits.PARSER_VERSION}.json.gz"
        if not kept.is_file():
            refusal = inspect(job.path) or self._read(job, kept)
            if refusal is not None:
                return refusal
        return parsed.load(kept, file=job.file, sha256=job.sha256, parser_version=limits.PARSER_VERSION)

    def parse_all(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, ParsedWorkbook | Refusal]]:
        """`parse` for many jobs, in their order, as many at once as there are workers."""
        with ThreadPoolExecutor(self._workers) as threads:
            todo = list(jobs)
            yield from zip(todo, threads.map(self.parse, todo), strict=True)

    def annotate(self, path: Path, target: Path, marks: dict[str, Any]) -> Refusal | None:
        """Write `target`: the workbook at `path` with `marks` (annotation.marking) patched in; or say why not."""
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=self.cache, suffix=".json") as stream:
            json.dump(marks, stream, ensure_ascii=False)
            stream.flush()
            return self._do({"path": str(path.absolute()), "marks": stream.name}, target)

    def _read(self, job: Job, kept: Path) -> Refusal | None:
        return self._do({"path": str(job.path.absolute())}, kept)

    def _do(self, order: dict[str, str], target: Path) -> Refusal | None:
        """Let a worker carry out an order; what it writes is renamed to `target` when it is whole."""
        worker = self._idle.get()
        part = target.with_name(f".{target.name}.{os.getpid()}-{id(order)}")
        try:
            if worker is None:
                worker = _Worker(*self._limits)
            answer = worker.ask({**order, "out": str(part.absolute())})
            self.peak_bytes = max(self.peak_bytes, answer.get("peak", 0))
            if "rule" in answer:
                return Refusal(answer["rule"], answer["facts"])
            os.replace(part, target)
            return None
        finally:
            part.unlink(missing_ok=True)
            if worker is not None and not worker.is_fit:
                worker.close()
                worker = None
            self._idle.put(worker)


class _Worker:
    """One child process and the pipe to it."""

    def __init__(self, memory_bytes: int, cpu_seconds: int, wall_seconds: float) -> None:
        program = (
            f"import sys; sys.path.insert(0, {str(ROOT)!r}); from ingestion.workbook.jail_worker import main; "
            f"main({memory_bytes}, {cpu_seconds})"
        )
        self._wall_seconds = wall_seconds
        self._files = 0
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONUTF8": "1"},
            cwd="/",
            start_new_session=True,
        )

    @property
    def is_fit(self) -> bool:
        """Whether this worker may take another file."""
        return self._process.poll() is None and self._files < limits.WORKER_FILES

    def ask(self, order: dict[str, str]) -> dict[str, Any]:
        """Send one order, wait for its answer; a refusal when the child died or did not answer in time."""
        self._files += 1
        job = json.dumps(order) + "\n"
        assert self._process.stdin is not None and self._process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(job.encode())
            self._process.stdin.flush()
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            in_time = bool(selector.select(self._wall_seconds))
        line = self._process.stdout.readline() if in_time else b""
        if not line.endswith(b"\n"):
            self.close()
            return {"rule": "TEP-KHONG_DOC_DUOC" if in_time else "TEP-QUA_LAU", "facts": {}}
        answer = dict(json.loads(line))
        if answer.get("last"):  # it ends now; the next file must not find it dying
            self.close()
        return answer

    def close(self) -> None:
        """End the child, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
