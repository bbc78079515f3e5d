"""What the two processes of a road say to each other: a line of JSON for an order, one for its answer.

Lives here: ``Order`` and both directions of both lines. JSON and no pickle, as everywhere (X02): a line that is not
what it should be is refused, never run.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from expectations.gates.submission import GateResult
from ingestion.examining import Examined
from ingestion.landing import Received
from ingestion.reading import YearRead

NOTHING = b"null\n"


@dataclass(frozen=True)
class Order:
    """What the second process is to examine: a year of a home, and what was received in it."""

    root: Path
    year: int
    received: list[Received]


def order_line(order: Order) -> bytes:
    """An order as a line."""
    return _adapter(Order).dump_json(order) + b"\n"


def read_order(line: bytes) -> Order:
    """The order of a line; ValueError when it is none."""
    order: Order = _adapter(Order).validate_json(line)
    return order


def answer_line(examined: Examined | None) -> bytes:
    """An examination as a line; ``null`` for one that failed."""
    if examined is None:
        return NOTHING
    verdict = _adapter(GateResult | None).dump_json(examined.verdict)
    return b'{"read":' + _adapter(YearRead).dump_json(examined.read) + b',"verdict":' + verdict + b"}\n"


def read_answer(line: bytes) -> Examined | None:
    """The examination of a line, None for a failed one; ValueError when the line is cut off or none."""
    said = json.loads(line)
    if said is None:
        return None
    read = _adapter(YearRead).validate_python(said["read"])
    return Examined(read, _adapter(GateResult | None).validate_python(said["verdict"]))


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
