"""The application object and the options that many commands share.

Lives here: ``app``, the option types, and how a word of the command line becomes a value.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Optional
from zoneinfo import ZoneInfo

import typer

from expectations.errors import OperatorError, UsageError

app = typer.Typer(
    name="nhantai",
    help="From an inbox of agencies' files to the province's published report on talent.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

HomeOption = Annotated[
    Optional[Path],  # noqa: UP045 - typer reads it
    typer.Option("--home", metavar="DIR", help="The home to work in (default: $NHANTAI_HOME, else ./home)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON with stable keys instead of text for people.")]
RecordedByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who records it.")]
WhyOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; names and numbers are refused.")]
YearOption = Annotated[int, typer.Option("--year", min=1900, max=9999, metavar="Y", help="The reporting year.")]


def folder(path: Path) -> Path:
    """A folder to write into, made where there is none; UsageError for a file, OperatorError where none can be made."""
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path} is no folder: name one to write into")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OperatorError(f"the folder {path} cannot be made: {error.strerror}") from None
    return path


def instant(text: str | None) -> datetime | None:
    """An ISO 8601 instant with offset; UsageError when it is none, or has no offset."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no instant: write 2025-12-01T08:00:00+07:00") from None
    if moment.tzinfo is None:
        raise UsageError(f"{text!r} lacks an offset: write {text}+07:00 for Viet Nam time")
    return moment


def day(text: str | None) -> date:
    """An ISO day, today in Asia/Ho_Chi_Minh when none is given; UsageError when it is none."""
    if text is None:
        return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no day: write 2025-11-30") from None


def years(text: str) -> range:
    """``2024-2026`` or ``2025`` as a range of years; UsageError when it is neither."""
    first, _, last = text.partition("-")
    if not first.isdigit() or (last and not last.isdigit()) or int(last or first) < int(first):
        raise UsageError(f"{text!r} are no years: write 2024-2026")
    return range(int(first), int(last or first) + 1)
