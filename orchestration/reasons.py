"""Who decides, and why: a name that signs, and a reason in words that names nobody.

Lives here: what a reason must be, whoever asks for it (persons, the registry, parameters).
Does not live here: what is decided.
"""

from __future__ import annotations

import re

from expectations.errors import UsageError
from expectations.home import Home

_NUMBER = re.compile(r"\d{9,}")
LEAST_WORDS = 3
"""A shorter reason is no reason, as with explanations (decision 57)."""


def require_reason(home: Home, by: str, reason: str) -> None:
    """Refuse a decision that nobody signs or whose reason is none or names somebody (UsageError): the ledger is read
    outside the vault.
    """
    from ingestion.privacy.persons import known_persons
    from ingestion.privacy.search import Search

    if not by.strip():
        raise UsageError("a decision needs the name of who takes it: --by NAME")
    if len(reason.split()) < LEAST_WORDS:
        raise UsageError("a decision needs its reason in a few words: --reason TEXT")
    if _NUMBER.search(reason) or any(Search(known_persons(home)).count(reason).values()):
        raise UsageError("the reason names a person or a number: say it without (the ledger is no vault)")
