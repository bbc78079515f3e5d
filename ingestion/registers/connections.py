"""Credentials of the places registers come from: one file outside the home, never a layout, a log or the ledger.

A YAML file, mode 0600, name → {url: SQLAlchemy URL} or options of fsspec (key, secret, username, password, …).
Does not live here: where the file is (orchestration/settings.py), using it (fetch.py).
"""

from __future__ import annotations

import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from expectations.errors import OperatorError


@dataclass(frozen=True)
class Connections:
    """What the file says. Its values are shown nowhere, not even by repr."""

    path: Path
    by_name: dict[str, dict[str, Any]] = field(repr=False)

    def options(self, name: str | None) -> dict[str, Any]:
        """The options of a place; none when the layout names no connection."""
        if name is None:
            return {}
        if name not in self.by_name:
            raise OperatorError(f"{self.path} has no connection {name!r}: add it (NHANTAI_CONNECTIONS_FILE)")
        return dict(self.by_name[name])

    def url(self, name: str | None) -> str:
        """The SQLAlchemy URL of a database."""
        url = self.options(name).get("url")
        if not url:
            raise OperatorError(f"{self.path}: connection {name!r} has no url")
        return str(url)


def read_connections(path: Path) -> Connections:
    """The connections of a file; an absent file has none. OperatorError when others may read it or it is no table."""
    if not path.exists():
        return Connections(path, {})
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise OperatorError(f"{path} may be read by others: chmod 600 it")
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(options, dict) for options in found.values()):
        raise OperatorError(f"{path} must be YAML: name → options")
    return Connections(path, found)
