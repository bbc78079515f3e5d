"""The details of a fault of ours, where an operator finds them and nobody's number stands.

Lives here: writing a traceback to a log file of its own, with long numbers cut.
"""

from __future__ import annotations

import re
import tempfile
import traceback
from datetime import datetime
from pathlib import Path

from expectations.home import Home

_LONG_NUMBER = re.compile(r"\d{6,}(?=\d{3})")


def record(error: BaseException, home: Home) -> Path:
    """Write the traceback, redacted, under ``home/dagster/faults`` (else the system's temporary folder); its path."""
    folder = home.dagster / "faults" if home.dagster.is_dir() else Path(tempfile.gettempdir()) / "nhantai-faults"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now():%Y%m%d-%H%M%S-%f}.log"
    path.write_text(redacted("".join(traceback.format_exception(error))), encoding="utf-8")
    return path


def redacted(text: str) -> str:
    """The text with every number of nine digits or more cut to its last three: it might be a person's."""
    return _LONG_NUMBER.sub("…", text)
