"""Workbooks spoilt by chance, the same chance every time: mutant(n) is a pure function of its number (faults.md F02).

Lives here: eight kinds of mutation, and those of bytes and parts. Does not live here: what is spoilt
(fuzzed_packages.py), damage to XML (fuzzed_xml.py), reading and judging (tests/ingestion/workbook/test_fuzzing.py).
"""

from __future__ import annotations

import random
import re
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.fuzzed_packages import originals, unzipped, zipped
from tests.fuzzed_xml import Mutated, cell, xml_noise, xml_structure

SEED = 20251128


@dataclass(frozen=True)
class Mutant:
    """One spoilt workbook: `what` was done to which original; `cell` (sheet's place, address) for a cell mutation."""

    number: int
    kind: str
    what: str
    original: int
    content: bytes
    cell: tuple[int, str] | None = None


def mutant(number: int) -> Mutant:
    """The nth spoilt workbook."""
    chance = random.Random(SEED * 1_000_003 + number)
    kind = list(KINDS)[number % len(KINDS)]
    place = chance.randrange(len(originals()) - (kind == "cell"))  # the last one's cells say no address to mutate at
    content, what, at = KINDS[kind](originals()[place], chance)
    return Mutant(number, kind, what, place, content, at)


def flip(content: bytes, chance: random.Random) -> Mutated:
    """1 to 40 bytes changed anywhere."""
    changed = bytearray(content)
    count = chance.choice((1, 1, 2, 5, 40))
    for _ in range(count):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed), f"{count} bits", None


def cut(content: bytes, chance: random.Random) -> Mutated:
    """The end missing, a piece missing, doubled, overwritten, or bytes before and after."""
    at, length = chance.randrange(len(content)), chance.choice((1, 7, 512, 4096))
    return chance.choice(
        [
            (content[:at], f"cut at {at}", None),
            (content[:at] + content[at + length :], f"{length} bytes missing at {at}", None),
            (content[: at + length] + content[at:], f"{length} bytes twice at {at}", None),
            (content[:at] + bytes(length) + content[at + length :], f"{length} zeros at {at}", None),
            (content[:at] + chance.randbytes(length) + content[at:], f"{length} bytes more at {at}", None),
            (content + chance.randbytes(length), f"{length} bytes behind", None),
            (chance.randbytes(length) + content, f"{length} bytes in front", None),
        ]
    )


def directory(content: bytes, chance: random.Random) -> Mutated:
    """One field of a zip header (local, central, end) set to something else."""
    signature = chance.choice((b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"))
    places = [found.start() for found in re.finditer(re.escape(signature), content)]
    at = chance.choice(places) + 4 + 2 * chance.randrange({b"\x03": 13, b"\x01": 21, b"\x05": 9}[signature[2:3]])
    value = chance.choice((0, 1, 8, 9, 14, 0x7FFF, 0xFFFF, chance.randrange(1 << 16)))
    return content[:at] + struct.pack("<H", value) + content[at + 2 :], f"{signature!r} {value} at {at}", None


def part_lost(content: bytes, chance: random.Random) -> Mutated:
    """A part removed, emptied, shortened, renamed, or there twice."""
    parts = unzipped(content)
    name = chance.choice(list(parts))
    what = chance.choice(("removed", "emptied", "shortened", "renamed", "in capitals", "twice"))
    body = parts[name]
    if what in ("removed", "renamed", "in capitals"):
        del parts[name]
    if what == "emptied":
        parts[name] = b""
    if what == "shortened":
        parts[name] = body[: chance.randrange(len(body))]
    if what == "renamed":
        parts[name.replace(".", "_1.", 1)] = body
    if what == "in capitals":
        parts[name.upper()] = body
    if what == "twice":
        other = body if chance.random() < 0.5 else chance.choice(list(parts.values()))
        return zipped([*parts.items(), (name, other)]), f"{name} {what}", None
    return zipped(parts), f"{name} {what}", None


def part_moved(content: bytes, chance: random.Random) -> Mutated:
    """Two parts exchanged, one in another's place, a stray one more, another order or packing."""
    parts = unzipped(content)
    one, two = chance.sample(list(parts), 2)
    what = chance.choice(("exchanged", "copied over", "stray", "order", "stored"))
    if what == "exchanged":
        parts[one], parts[two] = parts[two], parts[one]
    if what == "copied over":
        parts[two] = parts[one]
    if what == "stray":
        parts[f"xl/worksheets/{chance.randrange(99)}{chance.choice(('.xml', '.bin', '.rels'))}"] = parts[one]
    if what == "order":
        order = list(parts)
        chance.shuffle(order)
        parts = {name: parts[name] for name in order}
    return zipped(parts, zipfile.ZIP_STORED if what == "stored" else zipfile.ZIP_DEFLATED), f"{one} {what} {two}", None


KINDS: dict[str, Callable[[bytes, random.Random], Mutated]] = {
    "bytes changed": flip,
    "bytes moved": cut,
    "zip directory": directory,
    "part lost": part_lost,
    "part moved": part_moved,
    "XML noise": xml_noise,
    "XML structure": xml_structure,
    "cell": cell,
}
