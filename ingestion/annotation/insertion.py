"""Where in the bytes of an XML part something may be inserted, found by expat; all other bytes stay as they are.

Lives here: offsets and the insertion itself. Does not live here: what is inserted (notes.py, result_sheet.py).
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection
from xml.sax.saxutils import escape, quoteattr

from ingestion.workbook.refusal import RefusedError
from ingestion.workbook.xml_stream import feed, guarded_parser, local_name

_TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class _Found(Exception):
    """No error: it ends the reading of a part at the start tag that was looked for."""

    def __init__(self, at: int, attributes: dict[str, str]) -> None:
        super().__init__(at)
        self.at, self.attributes = at, attributes


def insert_in(part: bytes, parent: str, fragment: str, before: Collection[str] = ()) -> bytes:
    """`fragment` at the end of the first element `parent`, or before the first of its children named in `before`.

    `{p}` in the fragment becomes the namespace prefix that the element has. RefusedError TEP-HONG when there is no
    such element, or the part is not UTF-8. An element without content (`<Relationships/>`: PhpSpreadsheet) is opened.
    """
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in part[:200]:
        raise RefusedError("TEP-HONG", kich_thuoc="")
    part = _opened(part, parent)
    place, prefix = _place(part, parent, before)
    return part[:place] + fragment.replace("{p}", prefix).encode() + part[place:]


def attribute_in(part: bytes, element: str, name: str) -> str | None:
    """The attribute (by its local name) of the first such element, or None when there is none."""
    first = _first_tag(part, element)
    attributes = first.attributes if first is not None else {}
    return next((value for key, value in attributes.items() if local_name(key) == name), None)


def with_attribute(part: bytes, element: str, name: str, value: str | None) -> bytes:
    """The part with an attribute of the first such element set, or taken away for None; as it was without one."""
    first = _first_tag(part, element)
    tag = _TAG.match(part, first.at) if first is not None else None
    if tag is None:
        return part
    bare = re.sub(rb"\s+" + name.encode() + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", tag[0])
    end = -2 if bare.endswith(b"/>") else -1
    added = f" {name}={quoteattr(value)}".encode() if value is not None else b""
    return part[: tag.start()] + bare[:end].rstrip() + added + bare[end:] + part[tag.end() :]


def text_of(value: str) -> str:
    """Text as the content of an element, without characters that XML cannot hold."""
    return escape("".join(c for c in value if c >= " " or c in "\n\t"))


def attribute(value: str) -> str:
    """Text as a quoted attribute."""
    return quoteattr(value)


def _first_tag(part: bytes, element: str) -> _Found | None:
    """Where the first such element begins, and its attributes; the part is read no further than that."""
    parser = guarded_parser()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local_name(tag) == element:
            raise _Found(parser.CurrentByteIndex, attributes)

    parser.StartElementHandler = start
    try:
        feed(parser, io.BytesIO(part))
    except _Found as found:
        return found
    return None


def _opened(part: bytes, element: str) -> bytes:
    """The part whose first such element has a closing tag of its own."""
    first = _first_tag(part, element)
    tag = _TAG.match(part, first.at) if first is not None else None
    if tag is None or not tag[0].endswith(b"/>"):
        return part
    name = tag[0][1:-2].split(maxsplit=1)[0]
    return part[: tag.end() - 2].rstrip() + b"></" + name + b">" + part[tag.end() :]


def _place(part: bytes, parent: str, before: Collection[str]) -> tuple[int, str]:
    parser = guarded_parser()
    depth, inside, prefix = 0, 0, ""
    found: list[int] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth, inside, prefix
        depth += 1
        if local_name(name) == parent and not inside:
            inside, prefix = depth, name.rpartition(":")[0]
        elif inside and depth == inside + 1 and local_name(name) in before and not found:
            found.append(parser.CurrentByteIndex)

    def end(_name: str) -> None:
        nonlocal depth
        if depth == inside and not found:
            found.append(parser.CurrentByteIndex)
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    feed(parser, io.BytesIO(part))
    if not found:
        raise RefusedError("TEP-HONG", kich_thuoc="")
    return found[0], f"{prefix}:" if prefix else ""
