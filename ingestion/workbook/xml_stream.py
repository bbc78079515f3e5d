"""Stream one XML part through expat, element by element; a DTD or an entity ends it at once (F17).

Lives here: the guarded parser. Does not live here: what elements mean (package.py, row_count.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any
from xml.parsers import expat

from ingestion.workbook.refusal import RefusedError

Start = Callable[[str, dict[str, str]], None]
CHUNK = 1 << 18


def stream(source: IO[bytes], *, start: Start, end: Callable[[str], None], text: Callable[[str], None]) -> None:
    """Feed `source` to expat; names come without their namespace prefix, text unescaped and in pieces.

    Raises RefusedError TEP-DTD on a document type or entity declaration, TEP-HONG when it is not well-formed.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    local: dict[str, str] = {}

    def local_name(name: str) -> str:
        found = local.get(name)
        if found is None:
            found = local[name] = name.rpartition(":")[2]
        return found

    parser.StartElementHandler = lambda name, attributes: start(local_name(name), attributes)
    parser.EndElementHandler = lambda name: end(local_name(name))
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    try:
        while chunk := source.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise RefusedError("TEP-HONG", kich_thuoc="") from error


def elements(source: IO[bytes]) -> list[tuple[str, dict[str, str], str]]:
    """Every element of a small part as (local name, attributes, its own text), in document order of their ends."""
    found: list[tuple[str, dict[str, str], str]] = []
    stack: list[tuple[str, dict[str, str], list[str]]] = []

    def end(_name: str) -> None:
        name, attributes, pieces = stack.pop()
        found.append((name, attributes, "".join(pieces)))

    def text(piece: str) -> None:
        if stack:
            stack[-1][2].append(piece)

    stream(source, start=lambda name, attributes: stack.append((name, attributes, [])), end=end, text=text)
    return found


def _refuse(*_arguments: Any) -> Any:
    raise RefusedError("TEP-DTD")
