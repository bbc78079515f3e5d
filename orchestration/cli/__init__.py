"""The command line: one Typer application, `nhantai`.

Lives here: the entry point. Commands stand in ``season`` (sample … check), ``year`` (collect … run), ``after``,
``layouts`` and ``persons``; each imports what it needs when it is called: ``--help`` loads nothing heavy.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code: 0 done, 1 not fit, 2 usage, 3 operator, 4 a fault of ours."""
    from orchestration.cli.guard import guarded

    sys.exit(guarded(list(sys.argv[1:] if arguments is None else arguments)))
