"""The end of every command: whatever was raised becomes one sentence and an exit code, never a bare traceback.

Lives here: the top-level handler. An exception with an integer ``exit_code`` is told by its message; anything else is
a fault of ours: one sentence, the details in a log file, exit code 4.
"""

from __future__ import annotations

import sys
from importlib import import_module
from itertools import pairwise
from pathlib import Path

from orchestration import faults

FAULT = 4
COMMANDS = ("season", "year", "after", "layouts", "persons", "names", "org", "parameters")


def guarded(arguments: list[str]) -> int:
    """Run the command and return its exit code."""
    import click
    import typer

    from orchestration.cli.app import app

    for module in COMMANDS:  # importing them registers their commands, in this order
        import_module(f"orchestration.cli.{module}")
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
        return told(error, arguments)


def told(error: BaseException, arguments: list[str]) -> int:
    """Say in one sentence what went wrong and return the exit code that goes with it."""
    code = getattr(error, "exit_code", None)
    if isinstance(code, int) and code != FAULT:
        print(f"nhantai: {error}", file=sys.stderr)
        for finding in getattr(error, "findings", ()):
            print(f"  {finding.rule}: {finding.message}", file=sys.stderr)
        return code
    from orchestration.settings import load

    what = str(error).strip() if code == FAULT else type(error).__name__
    log = faults.record(error, load(_home_of(arguments)).place())
    print(f"nhantai: a fault of ours ({faults.redacted(what)}); the details are in {log}", file=sys.stderr)
    return FAULT


def _home_of(arguments: list[str]) -> Path | None:
    """What was said after ``--home``, for the place of the log file."""
    for before, after in pairwise(arguments):
        if before == "--home":
            return Path(after)
    return next((Path(word.partition("=")[2]) for word in arguments if word.startswith("--home=")), None)
