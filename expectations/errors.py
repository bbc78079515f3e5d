"""Errors a person is told in one sentence, and the exit code that goes with them.

Lives here: the protocol. Any exception class of ours with an integer ``exit_code`` is shown by the command line as its
message alone, without a traceback. A complaint about data is not an exception but a ``Finding``.
"""

from __future__ import annotations

from collections.abc import Sequence

from expectations.findings import Finding


class OperatorError(Exception):
    """The operator must act (a missing setting, a held lock, a full disk); the message says what to do."""

    exit_code = 3


class UsageError(Exception):
    """The command was called with something that does not exist: a year, an edition, an agency, a file."""

    exit_code = 2


class NotFit(Exception):
    """The data is not fit for what was asked. ``findings`` say why; they may be empty when the message says it all."""

    exit_code = 1

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = list(findings)
