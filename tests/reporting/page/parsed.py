"""A page as a reader's program sees it: elements in order, tables as grids of text. Not a pytest module."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "input", "hr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parents: tuple[str, ...]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())


@dataclass
class Parsed(HTMLParser):
    """All elements of a page; unbalanced tags are an AssertionError."""

    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)
    tables: dict[str, list[list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {k: v or "" for k, v in attrs}, tuple(e.tag for e in self.open))
        self.elements.append(element)
        if tag == "tr" and "thead" not in element.parents:
            self.tables[self.table_id()].append([])
        if tag == "table":
            self.tables[element.attributes["id"]] = []
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {k: v or "" for k, v in attrs}, tuple(e.tag for e in self.open)))

    def handle_endtag(self, tag: str) -> None:
        element = self.open.pop()
        assert element.tag == tag, f"</{tag}> closes <{element.tag}>"
        if tag in ("td", "th") and "tbody" in element.parents:
            self.tables[self.table_id()][-1].append(element.text)

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.pieces.append(data)

    def table_id(self) -> str:
        return next(e.attributes["id"] for e in reversed(self.open) if e.tag == "table")

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]


def parse(text: str) -> Parsed:
    parsed = Parsed()
    parsed.feed(text)
    parsed.close()
    assert not parsed.open, [e.tag for e in parsed.open]
    return parsed
