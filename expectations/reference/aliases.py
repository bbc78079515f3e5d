"""A person's word that a writing means a body: reviewed aliases of one home, written down, dated, and taken back.

Lives here: the file `reference/agency_aliases.add.csv` of a home and the ledger's `alias_confirmed`, `alias_withdrawn`.
Does not live here: what a name means (`agencies.py`), what is near (`near_names.py`), the shipped list.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from expectations import ledger
from expectations.errors import UsageError
from expectations.home import Home
from expectations.reference.agencies import Meaning, Registry
from expectations.reference.load import Row, columns, read
from expectations.reference.text import agency_key, plain

CONFIRMED, WITHDRAWN = "alias_confirmed", "alias_withdrawn"
_LIST = "agency_aliases"
_NEVER = "9999-12-31"


def registry_of(home: Home) -> Registry:
    """The bodies and names of a home: the shipped lists with its overlay."""
    overlay = _overlay(home)
    return Registry(read("agencies", overlay), read(_LIST, overlay), read("agency_successions", overlay))


def confirmed(home: Home) -> list[Row]:
    """The aliases that this home has added, in the order in which they were confirmed."""
    return _rows(_path(home), columns(_LIST))


def known(home: Home, at: datetime) -> list[Row]:
    """All aliases as they were known at `at`: what was confirmed since is not there, what was withdrawn since is.

    Rows that no event of the ledger tells of (shipped, or written by hand) hold at any instant.
    """
    rows, lines = read(_LIST, _overlay(home)), ledger.read(home.ledger)
    first = {_named(line): line for line in reversed(lines) if line["event"] == CONFIRMED}
    for line in reversed(lines):
        if datetime.fromisoformat(line["at"]) > at and line["event"] == CONFIRMED:
            rows = [row for row in rows if _named(row) != _named(line)]
        elif datetime.fromisoformat(line["at"]) > at and line["event"] == WITHDRAWN and _named(line) in first:
            rows.append({name: first[_named(line)][name] for name in columns(_LIST)})
    return rows


def confirm(
    home: Home,
    written: str,
    agency_code: str,
    *,
    by: str,
    reason: str,
    on: date,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Row:
    """Make `written` a reviewed alias of a body and return its row; the same alias twice is recorded once.

    It holds from `valid_from` until before `valid_to` (default: as long as the body exists). UsageError without a name
    or a reason, for a body that does not exist on those days, for what is a code, and for a name that another body has
    on one of those days. The caller holds the home's lock.
    """
    registry = registry_of(home)
    name = _signed(written, by, reason)
    body = registry.bodies.get(agency_code)
    if body is None:
        raise UsageError(f"no body has the agency code {agency_code!r}: `nhantai name propose` shows codes")
    since = valid_from.isoformat() if valid_from else body["valid_from"]
    until = valid_to.isoformat() if valid_to else body["valid_to"]
    _possible(registry, name, agency_code, since, until)
    row = {
        "alias": name,
        "agency_code": agency_code,
        "valid_from": since,
        "valid_to": until,
        "reviewed_by": plain(by),
        "reviewed_on": on.isoformat(),
        "verified": "yes",
        "note": plain(reason),
    }
    known = confirmed(home)
    same = [each for each in known if _is_same(each, row)]
    if same:
        return same[0]
    _write(home, [*known, row])
    ledger.append(home.ledger, CONFIRMED, **row)
    return row


def withdraw(home: Home, written: str, agency_code: str, *, by: str, reason: str) -> list[Row]:
    """Take back what this home confirmed and return the rows; UsageError when it confirmed no such alias.

    The ledger keeps both acts. An alias of the shipped list is not taken back here: an overlay replaces that list.
    """
    name = _signed(written, by, reason)
    known = confirmed(home)
    gone = [row for row in known if (agency_key(row["alias"]), row["agency_code"]) == (agency_key(name), agency_code)]
    if not gone:
        raise UsageError(f"this home has confirmed no alias {name!r} of {agency_code}: `nhantai name list` shows them")
    _write(home, [row for row in known if row not in gone])
    for row in gone:
        said = {key: row[key] for key in ("alias", "agency_code", "valid_from", "valid_to")}
        ledger.append(home.ledger, WITHDRAWN, **said, by=plain(by), reason=plain(reason))
    return gone


def _signed(written: str, by: str, reason: str) -> str:
    name = plain(written)
    if not plain(by) or not plain(reason):
        raise UsageError("an alias needs the name of who decides and the reason: --by NAME --reason TEXT")
    if not agency_key(name):
        raise UsageError("an alias needs letters")
    return name


def _possible(registry: Registry, name: str, agency_code: str, since: str, until: str) -> None:
    body = registry.bodies[agency_code]
    ends, lives = until or _NEVER, body["valid_to"] or _NEVER
    if not body["valid_from"] <= since < ends <= lives:
        life = f"{body['valid_from']} to {body['valid_to'] or 'now'}"
        raise UsageError(f"{agency_code} exists from {life} (last day excluded): give --from and --to within it")
    if registry.is_code(name):
        raise UsageError(f"{name!r} is the code of a body, and codes go before names")
    for meaning in registry.meanings(name):
        if meaning[1] != agency_code and _overlaps(registry, meaning, since, ends):
            raise UsageError(f"{name!r} is a name of {meaning[1]} on some of these days: it would mean two bodies")


def _overlaps(registry: Registry, meaning: Meaning, since: str, ends: str) -> bool:
    dates, code = meaning
    body = registry.bodies.get(code)
    if body is None:
        return False
    first = max(dates["valid_from"], body["valid_from"], since)
    return first < min(dates["valid_to"] or _NEVER, body["valid_to"] or _NEVER, ends)


def _is_same(row: Row, other: Row) -> bool:
    same = all(row[name] == other[name] for name in ("agency_code", "valid_from", "valid_to"))
    return same and agency_key(row["alias"]) == agency_key(other["alias"])


def _named(said: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(said[name] for name in ("alias", "agency_code", "valid_from", "valid_to"))


def _overlay(home: Home) -> Path | None:
    return home.reference if home.reference.is_dir() else None


def _path(home: Home) -> Path:
    return home.reference / f"{_LIST}.add.csv"


def _rows(path: Path, header: list[str]) -> list[Row]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [{name: row.get(name) or "" for name in header} for row in csv.DictReader(stream)]


def _write(home: Home, rows: list[Row]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns(_LIST), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path = _path(home)
    path.parent.mkdir(parents=True, exist_ok=True)
    temp = path.with_name(f".{path.name}.next")
    temp.write_text(text.getvalue(), encoding="utf-8", newline="")
    os.replace(temp, path)
