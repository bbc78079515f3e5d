"""Telling who waits what is being done: one line on stderr, and only when stderr is a terminal."""

from __future__ import annotations

import sys
import time


class Progress:
    """One line on stderr that says what is being done; silent when stderr is no terminal."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._last = 0.0

    def __call__(self, text: str) -> None:
        """Show ``text`` in place of what stood there, at most ten times a second."""
        if self._watched and time.monotonic() - self._last > 0.1:
            self._last = time.monotonic()
            print(f"\r\033[K… {text[:100]}", end="", file=sys.stderr, flush=True)

    def stage(self, text: str) -> None:
        """Show the beginning of a stage, always."""
        self._last = 0.0
        self(text)

    def end(self) -> None:
        """Clear the line."""
        if self._watched:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
