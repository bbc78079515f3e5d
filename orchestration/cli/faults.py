"""The end of every command: whatever was raised becomes one sentence and an exit code, never a bare traceback.

Lives here: the top-level handler. An exception with an integer ``exit_code`` is told by its message; anything else is
a fault of ours: one sentence, the details in a log file, exit code 4.
"""

from __future__ import annotations

import re
import sys
import tempfile
import traceback
from datetime import datetime
from pathlib import Path

FAULT = 4
_LONG_NUMBER = re.compile(r"\d{6,}(?=\d{3})")


def guarded(arguments: list[str]) -> int:
    """Run the command and return its exit code."""
    import click
    import typer

    from orchestration.cli import after, season, year  # noqa: F401 - they register their commands
    from orchestration.cli.app import app

    try:
        code = typer.main.get_command(app).main(args=arguments, prog_name="nhantai", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.exceptions.NoArgsIsHelpError as asked:
        print(asked.format_message())
        return 0
    except click.ClickException as error:
        error.show(sys.stderr)
        return 2
    except (click.Abort, KeyboardInterrupt):
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0
    except Exception as error:  # the last line of defence is here, on purpose
        return told(error)


def told(error: BaseException) -> int:
    """Say in one sentence what went wrong and return the exit code that goes with it."""
    code = getattr(error, "exit_code", None)
    if isinstance(code, int) and code != FAULT:
        print(f"nhantai: {error}", file=sys.stderr)
        for finding in getattr(error, "findings", ()):
            print(f"  {finding.rule}: {finding.message}", file=sys.stderr)
        return code
    what = str(error).strip() if code == FAULT else f"{type(error).__name__}"
    print(f"nhantai: a fault of ours ({redacted(what)}); the details are in {written(error)}", file=sys.stderr)
    return FAULT


def written(error: BaseException) -> Path:
    """Write the traceback, without long numbers, to a file of its own and return the path."""
    from orchestration.settings import load

    home = load().place()
    folder = home.dagster / "faults" if home.dagster.is_dir() else Path(tempfile.gettempdir()) / "nhantai-faults"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now():%Y%m%d-%H%M%S-%f}.log"
    path.write_text(redacted("".join(traceback.format_exception(error))), encoding="utf-8")
    return path


def redacted(text: str) -> str:
    """The text with every number of nine digits or more cut to its last three: it might be a person's."""
    return _LONG_NUMBER.sub("…", text)
