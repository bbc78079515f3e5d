"""What stands in a docx, read from its XML with the standard library and lxml, not with the program that wrote it."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TWIPS_PER_MM = 1440 / 25.4


@dataclass
class Paragraph:
    """Text, style and effective looks of a paragraph (run over style)."""

    text: str
    style: str
    node: Any
    looks: dict[str, Any] = field(default_factory=dict)


class Word:
    """The parts of a docx that the tests look at."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.body = etree.fromstring(self.parts["word/document.xml"]).find(f"{W}body")
        self.styles = {
            style.get(f"{W}styleId"): style
            for style in etree.fromstring(self.parts["word/styles.xml"]).iter(f"{W}style")
        }
        self.names = {key: style.find(f"{W}name").get(f"{W}val") for key, style in self.styles.items()}

    def paragraphs(self) -> list[Paragraph]:
        """All paragraphs in order, those of tables too."""
        return [self._paragraph(node) for node in self.body.iter(f"{W}p")]

    def sections(self) -> list[Any]:
        """The section properties in order."""
        return list(self.body.iter(f"{W}sectPr"))

    def tables(self) -> list[list[list[str]]]:
        """Every bordered table as texts, row by row (the invisible ones that place text are left out)."""
        drawn = [t for t in self.body.iter(f"{W}tbl") if t.find(f"{W}tblPr/{W}tblBorders") is not None]
        return [
            [["".join(cell.itertext()) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
            for table in drawn
        ]

    def chain(self, style_id: str | None) -> list[Any]:
        """A style and those it is based on, nearest first."""
        found = []
        while style_id in self.styles:
            found.append(self.styles[style_id])
            based = self.styles[style_id].find(f"{W}basedOn")
            style_id = None if based is None else based.get(f"{W}val")
        return found

    def _paragraph(self, node: Any) -> Paragraph:
        reference = node.find(f"{W}pPr/{W}pStyle")
        style_id = None if reference is None else reference.get(f"{W}val")
        layers = [*node.iter(f"{W}r"), *self.chain(style_id)]
        looks = {
            "size": _first(layers, "rPr/sz", "val"),
            "bold": _flag(layers, "b"),
            "italic": _flag(layers, "i"),
            "font": _first(layers, "rPr/rFonts", "ascii"),
            "align": _first([node, *self.chain(style_id)], "pPr/jc", "val"),
            "indent": _first([node, *self.chain(style_id)], "pPr/ind", "firstLine"),
            "after": _first([node, *self.chain(style_id)], "pPr/spacing", "after"),
        }
        looks["size"] = int(looks["size"]) / 2 if looks["size"] else None
        text = "".join(part.text or "" for part in node.iter(f"{W}t"))
        return Paragraph(text, self.names.get(style_id, "Normal"), node, looks)


def _first(layers: list[Any], path: str, attribute: str) -> str | None:
    for layer in layers:
        found = layer.find("/".join(f"{W}{step}" for step in path.split("/")))
        if found is not None and found.get(f"{W}{attribute}") is not None:
            return found.get(f"{W}{attribute}")
    return None


def _flag(layers: list[Any], name: str) -> bool:
    for layer in layers:
        found = layer.find(f"{W}rPr/{W}{name}")
        if found is not None:
            return found.get(f"{W}val") not in ("0", "false")
    return False
