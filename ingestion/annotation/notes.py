"""Notes at cells, as Excel keeps them: the comments part and the drawing (VML) that shows them.

Lives here: making both, adding to those a sheet already has, taking our own of last time away. A note of the sender's
own at a cell stays as it is; our words then stand in the result sheet alone. Does not live here: the package, patch.py.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Mapping, Sequence
from html import unescape

from ingestion.annotation.insertion import insert_in, text_of
from ingestion.workbook.references import damaged, position
from ingestion.workbook.xml_stream import elements

AUTHOR = "Sở Nội vụ – kiểm tra số liệu"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
Notes = Mapping[str, tuple[str, int]]
"""Cell -> (text, weight of its heaviest finding: 3 blocker, 2 error, 1 query, 0 note)."""

_FILLS = {3: "#f4b6b6", 2: "#f8cbcb", 1: "#ffffe1", 0: "#e4eefa"}
_FONT = '<rPr><sz val="10"/><rFont val="Times New Roman"/></rPr>'
_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE_TYPE = (
    '<v:shapetype{names} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_VML_HEAD = (
    f"<xml {_NAMESPACES}>"
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>'
    f"{_SHAPE_TYPE.format(names='')}</xml>"
)
EMPTY = f'{HEAD}<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'
_SHAPE = re.compile(rb"<((?:\w+:)?)shape\b.*?</\1shape\s*>", re.S)
_PLACE = re.compile(rb"<(?:\w+:)?Row>\s*(\d+)\s*</(?:\w+:)?Row>\s*<(?:\w+:)?Column>\s*(\d+)\s*</(?:\w+:)?Column>")
_COMMENT = re.compile(rb"<((?:\w+:)?)comment\b(?:[^>]*[^/>])?>.*?</\1comment\s*>", re.S)
_TEXT = re.compile(rb"<(?:\w+:)?t\b[^>]*>([^<]*)<")
_AUTHOR_ID = re.compile(rb"""\bauthorId\s*=\s*["'](\d+)["']""")
_OUR_WORDS = re.compile(r"(?:^|\n)(?:Cần|Cách sửa): [^\n]*\n\[[A-Z0-9_]+(?:-[A-Z0-9_]+)+\]\s*\Z")
"""How every note of marking.note ends: LibreOffice 7 and Google save notes without their author."""


def without_ours(comments: bytes) -> tuple[bytes, set[str]]:
    """A comments part without the notes of an earlier check, and the cells whose notes are the sender's."""
    authors = [text for name, _, text in elements(io.BytesIO(comments)) if name == "author"]
    kept = _COMMENT.sub(lambda found: b"" if _is_ours(found[0], authors) else found[0], comments)
    return kept, {attributes.get("ref", "") for name, attributes, _ in elements(io.BytesIO(kept)) if name == "comment"}


def _is_ours(comment: bytes, authors: Sequence[str]) -> bool:
    """By its author, or by its words where nobody is named; of a thread (`tc=…`) only Excel itself takes the note."""
    found = _AUTHOR_ID.search(comment)
    number = int(found[1]) if found is not None else len(authors)
    author = authors[number] if number < len(authors) else ""
    text = unescape(b"".join(_TEXT.findall(comment)).decode(errors="replace")).replace("\r", "")
    return author == AUTHOR or (not author.startswith("tc=") and _OUR_WORDS.search(text) is not None)


def comments_part(notes: Notes, existing: bytes) -> bytes:
    """The comments part with these notes added; `existing` went through `without_ours`, or is EMPTY."""
    base = existing
    authors = [text for name, _, text in elements(io.BytesIO(base)) if name == "author"]
    if AUTHOR not in authors:
        base = insert_in(base, "authors", f"<{{p}}author>{text_of(AUTHOR)}</{{p}}author>")
        authors.append(AUTHOR)
    number = authors.index(AUTHOR)
    made = "".join(_comment(cell, text, number) for cell, (text, _) in sorted(notes.items(), key=_by_place))
    return insert_in(base, "commentList", made)


def drawing_part(notes: Notes, existing: bytes | None, block: int, kept_cells: Collection[str] | None) -> bytes:
    """The VML part with a shape for each note. Shapes of cells that have no note any more are taken out.

    `block` numbers the shapes of this sheet apart from those of others; the notes of `kept_cells` are the sender's.
    """
    base = existing if existing is not None else _VML_HEAD.format(block=block).encode()
    if kept_cells is not None:
        places = {position(cell) for cell in kept_cells if cell}
        base = _SHAPE.sub(lambda found: found[0] if _stays(found[0], places) else b"", base)
    end = base.rfind(b"</xml>")
    if end < 0:
        raise damaged()
    # ClosedXML declares the prefixes in each shape, others choose their own: what the root does not say, ours say
    root = base[base.find(b"<xml") : base.find(b">", base.find(b"<xml"))]
    names = "" if all(f'{name}"'.encode() in root for name in _NAMESPACES.split('" ')) else f" {_NAMESPACES}"
    kind = "" if b'id="_x0000_t202"' in base else _SHAPE_TYPE.format(names=names)
    shapes = "".join(
        _shape(position(cell), weight, block * 1024 + number, names)
        for number, (cell, (_, weight)) in enumerate(sorted(notes.items(), key=_by_place), 1)
    )
    return base[:end] + (kind + shapes if shapes else "").encode() + base[end:]


def _by_place(item: tuple[str, tuple[str, int]]) -> tuple[int, int]:
    return position(item[0])


def _stays(shape: bytes, places: set[tuple[int, int]]) -> bool:
    if b'ObjectType="Note"' not in shape:
        return True
    found = _PLACE.search(shape)
    return found is None or (int(found[1]) + 1, int(found[2])) in places


def _comment(cell: str, text: str, author: int) -> str:
    words = text_of(text)
    return (
        f'<{{p}}comment ref="{cell}" authorId="{author}"><{{p}}text><{{p}}r>{_prefixed(_FONT)}'
        f'<{{p}}t xml:space="preserve">{_braced(words)}</{{p}}t></{{p}}r></{{p}}text></{{p}}comment>'
    )


def _prefixed(xml: str) -> str:
    return re.sub(r"<(/?)(\w)", r"<\1{p}\2", xml)


def _braced(text: str) -> str:
    """Keep a literal "{p}" in somebody's words from being taken for the prefix."""
    return text.replace("{p}", "{\u2060p}")


def _shape(place: tuple[int, int], weight: int, number: int, names: str) -> str:
    row, column = place[0] - 1, place[1]
    fill = _FILLS[weight]
    anchor = f"{column + 1}, 12, {max(row - 1, 0)}, 4, {column + 5}, 40, {row + 7}, 4"
    return (
        f'<v:shape{names} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
        f'margin-top:2pt;width:280pt;height:120pt;z-index:{number};visibility:hidden" fillcolor="{fill}" '
        'o:insetmode="auto">'
        f'<v:fill color2="{fill}"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
