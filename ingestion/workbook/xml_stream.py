"""Stream one XML part through expat, element by element; a DTD or an entity ends it at once (F17).

Lives here: the guarded parser. Does not live here: what elements mean (package.py, row_count.py).
"""

from __future__ import annotations

from typing import IO, Any, Protocol
from xml.parsers import expat

from ingestion.workbook.refusal import RefusedError

CHUNK = 1 << 18


def guarded_parser() -> expat.XMLParserType:
    """An expat parser that raises RefusedError TEP-DTD on any document type, entity or outside reference."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    return parser


class Source(Protocol):
    """What can be parsed: bytes piece by piece, b"" at the end."""

    def read(self, size: int, /) -> bytes:
        """The next at most `size` bytes."""
        ...


def feed(parser: expat.XMLParserType, source: Source) -> None:
    """Parse all of `source`. RefusedError TEP-HONG when it is not well-formed."""
    try:
        while chunk := source.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise RefusedError("TEP-HONG", kich_thuoc="") from error


def local_name(name: str) -> str:
    """An element's name without its namespace prefix."""
    return name.rpartition(":")[2]


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

    parser = guarded_parser()
    parser.StartElementHandler = lambda name, attributes: stack.append((local_name(name), attributes, []))
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    feed(parser, source)
    return found


def _refuse(*_arguments: Any) -> Any:
    raise RefusedError("TEP-DTD")
