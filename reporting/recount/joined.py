"""Which identities are one person, walked anew from the decisions in the ledger.

Lives here: the walk from identity to identity over joins that stand at an instant. It knows nothing of the table that
the warehouse is given. Does not live here: who decided, and why.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any


def joined(decisions: Iterable[Mapping[str, Any]], known_at: datetime) -> dict[str, str]:
    """Return identity → person for identities that are joined to others; the person is named by the first of them.

    Args:
        decisions: ledger lines with `seq`, `at`, `identities` (one or two) and `verdict` (same, different, undone).
        known_at: decisions taken later are not known yet.
    """
    neighbours: dict[str, set[str]] = defaultdict(set)
    settled: set[frozenset[str]] = set()
    for line in sorted(decisions, key=lambda line: -line["seq"]):  # the newest word about two identities counts
        pair = frozenset(line["identities"])
        if datetime.fromisoformat(line["at"]) > known_at or pair in settled or len(pair) < 2:
            continue
        settled.add(pair)
        if line["verdict"] == "same":
            one, other = pair
            neighbours[one].add(other)
            neighbours[other].add(one)
    found: dict[str, str] = {}
    for start in sorted(neighbours):
        if start not in found:
            found |= dict.fromkeys(_reached(start, neighbours), start)
    return found


def _reached(start: str, neighbours: Mapping[str, set[str]]) -> set[str]:
    seen, ahead = {start}, [start]
    while ahead:
        ahead = [key for each in ahead for key in neighbours[each] if key not in seen]
        seen.update(ahead)
    return seen
