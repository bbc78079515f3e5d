"""The strings part of an xlsx: what cells of type s speak of by number.

Runs in the jail. Lives here: the strings. Does not live here: the cells (row_count.py).
"""

from __future__ import annotations

import io
import re
from typing import IO

from ingestion.workbook.plain_text import TEXT, characters, plain_text
from ingestion.workbook.references import damaged, whole
from ingestion.workbook.xml_stream import feed, guarded_parser, local_name

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLAIN = re.compile(rf'<si><t(?: xml:space="preserve")?>({TEXT})</t></si>')


def unescaped(text: str) -> str:
    """Text with OOXML's _xHHHH_ escapes resolved."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def shared_strings(source: IO[bytes]) -> dict[str, str]:
    """The strings by their number as cells write it ("0", "1", …); runs of rich text are joined, phonetic hints left
    out.

    RefusedError when it holds fewer strings than it says: cells speak of them by number, and one lost shifts the rest.
    """
    part = source.read()
    plain, rest = _plain(part)
    others, promised = _by_events(rest)
    strings = others if plain is None else plain
    if plain and others:  # the first or the last one is not plain: rich text, or empty
        strings, promised = _by_events(part)
    if len(strings) < promised:
        raise damaged()
    return {str(number): string for number, string in enumerate(strings)}


def _plain(part: bytes) -> tuple[list[str] | None, bytes]:
    """The strings when all are written the plain way, one after the other, and the part without them."""
    text = plain_text(part)
    pieces = _PLAIN.split(text) if text is not None else []
    if len(pieces) < 3 or any(pieces[2:-1:2]):
        return None, part
    return [unescaped(characters(piece)) for piece in pieces[1::2]], (pieces[0] + pieces[-1]).encode()


def _by_events(part: bytes) -> tuple[list[str], int]:
    """(the strings, how many different ones the part says it has)."""
    strings: list[str] = []
    promised = 0
    pieces: list[str] = []
    inside = {"t": False, "rPh": False}

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal promised
        local = local_name(name)
        if local == "si":
            pieces.clear()
        elif local == "sst":
            promised = whole(attributes.get("uniqueCount", "0"))
        elif local in inside:
            inside[local] = True

    def end(name: str) -> None:
        local = local_name(name)
        if local == "si":
            strings.append(unescaped("".join(pieces)))
        elif local in inside:
            inside[local] = False

    def text(piece: str) -> None:
        if inside["t"] and not inside["rPh"]:
            pieces.append(piece)

    parser = guarded_parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    feed(parser, io.BytesIO(part))
    return strings, promised
