"""The version of what is promised: one short hash over contracts, rules and indicators.

Lives here: ``rule_version()``. It changes when a promise or its wording changes, not when code or reference lists do.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_FOLDERS = ("contracts", "rules", "indicators")


@cache
def rule_version() -> str:
    """12 hex digits over the YAML files of contracts, rules and indicators and the code that compiles them."""
    digest = hashlib.sha256()
    for path in _files():
        digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:12]


def _files() -> list[Path]:
    found = [path for folder in _FOLDERS for path in (_ROOT / folder).rglob("*.yml")]
    return sorted([*found, _ROOT / "rules/compile.py", _ROOT / "contracts/model.py"])
