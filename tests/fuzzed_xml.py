"""Damage to the XML of a workbook: noise in the markup, wrong structure; and another content in one cell.

What an honest sender could have meant (another value in a cell) is a cell mutation; everything else is damage.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests.fuzzed_packages import CELL, ROW, sheets_of, unzipped, zipped

Mutated = tuple[bytes, str, tuple[int, str] | None]
"""The spoilt bytes, what was done, and for a cell mutation the sheet's place (0-based) and the address."""
_TAG = re.compile(rb"<[A-Za-z/][^<>]*>")


def xml_noise(content: bytes, chance: random.Random) -> Mutated:
    """One letter of the markup lost, doubled or changed; texts and values of attributes stay as they are."""
    parts = unzipped(content)
    name = chance.choice([one for one in parts if _TAG.search(parts[one])])
    xml = parts[name]
    tag = chance.choice(list(_TAG.finditer(xml)))
    spans = [m.span() for m in re.finditer(rb'"[^"]*"', tag[0])]
    free = [at for at in range(len(tag[0])) if not any(first < at < last - 1 for first, last in spans)]
    at = tag.start() + chance.choice(free)
    put = chance.choice((b"", xml[at : at + 1] * 2, bytes([chance.randrange(256)]), chance.choice((b"x", b"<", b"&"))))
    parts[name] = xml[:at] + put + xml[at + 1 :]
    return zipped(parts), f"{name} at {at} {xml[at : at + 1]!r} -> {put!r} in {tag[0][:60]!r}", None


def xml_structure(content: bytes, chance: random.Random) -> Mutated:
    """Elements doubled, exchanged, joined or strange; claims about the content that are wrong."""
    parts = unzipped(content)
    name = chance.choice(
        [*sheets_of(parts), *(n for n in parts if n.startswith("xl/") and n.endswith((".xml", ".rels")))]
    )
    what, change = chance.choice(_STRUCTURE)
    parts[name] = change(parts[name], chance)
    return zipped(parts), f"{name} {what}", None


def _doubled(pattern: bytes) -> Callable[[bytes, random.Random], bytes]:
    def change(xml: bytes, chance: random.Random) -> bytes:
        found = list(re.finditer(pattern, xml, re.S))
        if not found:
            return xml
        one = chance.choice(found)
        return xml[: one.end()] + one[0] + xml[one.end() :]

    return change


def _exchanged(pattern: bytes) -> Callable[[bytes, random.Random], bytes]:
    def change(xml: bytes, chance: random.Random) -> bytes:
        found = list(re.finditer(pattern, xml, re.S))
        if len(found) < 2:
            return xml
        one, two = sorted(chance.sample(found, 2), key=lambda m: m.start())
        return xml[: one.start()] + two[0] + xml[one.end() : two.start()] + one[0] + xml[two.end() :]

    return change


def _replaced(pattern: bytes, *puts: bytes) -> Callable[[bytes, random.Random], bytes]:
    def change(xml: bytes, chance: random.Random) -> bytes:
        found = list(re.finditer(pattern, xml, re.S))
        if not found:
            return xml
        one, put = chance.choice(found), chance.choice(puts)
        return xml[: one.start()] + one.expand(put) + xml[one.end() :]

    return change


_STRUCTURE: list[tuple[str, Callable[[bytes, random.Random], bytes]]] = [
    ("cell twice", _doubled(CELL.pattern)),
    ("row twice", _doubled(ROW.pattern)),
    ("string twice", _doubled(rb"<si>.*?</si>")),
    ("string lost", _replaced(rb"<si>.*?</si>", b"")),
    ("element twice", _doubled(rb"<[A-Za-z][^<>]*/>")),
    ("cells exchanged", _exchanged(CELL.pattern)),
    ("rows exchanged", _exchanged(ROW.pattern)),
    ("rows joined", _replaced(rb"</row>\s*<row\b[^>]*>", b"")),
    ("row split", _replaced(rb"(</c>)(<c )", rb"\1</row><row>\2")),
    ("elements between", _replaced(rb"(?<=>)(?=<)", b"<!-- x -->", b"<?pi x?>", b"\n \t", b"<zz:x xmlns:zz='urn:x'/>")),
    ("wrong dimension", _replaced(rb"<dimension[^>]*>", b'<dimension ref="A1:B2"/>', b'<dimension ref="ZZ"/>')),
    ("encoding", _replaced(rb"^<\?xml[^>]*\?>|^", b"<?xml version='1.0' encoding='utf-16'?>",
                           b"<?xml version='1.0' encoding='latin-1'?>", b"<?xml version='1.1'?>", b"\xef\xbb\xbf")),
    ("namespace", _replaced(rb'xmlns="[^"]*"', b'xmlns="urn:x"', b"")),
    ("doctype", _replaced(rb"(?<=>)(?=<)", b"<!DOCTYPE x>", b'<!DOCTYPE x [<!ENTITY y "z">]>')),
    ("entity", _replaced(rb"(?<=>)(?=<)", b"&y;", b"&#0;", b"&#xD800;")),
    ("deep", _replaced(rb"(?<=>)(?=<)", b"<x>" * 5000, b"<x>" * 5000 + b"</x>" * 5000)),
    ("address", _replaced(rb'<c r="[A-Z]+[0-9]+"', b"<c", b'<c r="A0"', b'<c r="XFE1"', b'<c r=""', b'<c r="1A"')),
    ("row address", _replaced(rb'<row r="[0-9]+"', b"<row", b'<row r="0"', b'<row r="-1"', b'<row r="9999999"')),
    ("string index", _replaced(rb't="s"><v>[0-9]+</v>', b't="s"><v>99999</v>', b't="s"><v>-1</v>', b't="s"><v>x</v>')),
    ("type", _replaced(rb' t="s"', b' t="z"', b' t=""', b' t="S"', b' T="s"')),
    ("relationship", _replaced(rb'Target="[^"]*"', b'Target="/etc/passwd"', b'Target=""', b'Target="../../x.xml"')),
    ("sheet id", _replaced(rb'r:id="[^"]*"', b'r:id="rId1"', b'r:id=""', b'r:id="rId99"')),
    ("sheet name", _replaced(rb'(<sheet [^>]*)name="[^"]*"', rb'\1name=""', rb'\1name="B03"', rb"\1")),
]  # fmt: skip


def cell(content: bytes, chance: random.Random) -> Mutated:
    """Another content in one cell, of any kind, or none: what a person could have typed."""
    parts = unzipped(content)
    name = chance.choice([name for name in sheets_of(parts) if CELL.search(parts[name])])
    xml = parts[name]
    one = chance.choice(list(CELL.finditer(xml)))
    address = (one[1] + one[2]).decode()
    put, what = chance.choice(_CONTENTS)
    head = f'<c r="{address}"'.encode()
    parts[name] = xml[: one.start()] + (head + put if put else b"") + xml[one.end() :]
    return zipped(parts), f"{name} {address} {what}", (sheets_of(parts).index(name), address)


_CONTENTS = [
    (b"><v>987654321</v></c>", "number"),
    (b"><v>-0.5</v></c>", "negative"),
    (b"><v>1E+20</v></c>", "large"),
    (b' t="b"><v>1</v></c>', "boolean"),
    (b' t="e"><v>#REF!</v></c>', "error"),
    (b' t="str"><v>zzz</v></c>', "text"),
    (b' t="inlineStr"><is><t>Xyz &amp; &lt;a&gt;</t></is></c>', "inline text"),
    (b' t="inlineStr"><is><r><t>hai </t></r><r><t>m\xe1\xba\xa3nh</t></r></is></c>', "rich text"),
    (b' t="d"><v>2025-11-28</v></c>', "ISO date"),
    (b"><f>1+1</f></c>", "formula without a result"),
    (b"", "gone"),
]
