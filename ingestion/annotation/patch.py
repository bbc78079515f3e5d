"""Patch an OOXML package: notes at cells and one result sheet; every part that is not named here keeps its bytes.

Runs in the jail. Changed: [Content_Types].xml, workbook.xml and its relationships, of each marked sheet its
relationships and one `<legacyDrawing>`, of the sheet that was open last the word that says so. Added: comments,
drawings, the result sheet. Does not live here: their content.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ingestion.annotation import notes as notes_xml
from ingestion.annotation.borrowed import Looks, borrowed_looks
from ingestion.annotation.insertion import RELATIONSHIPS, attribute, attribute_in, insert_in, with_attribute
from ingestion.annotation.result_sheet import Result, result_sheet
from ingestion.workbook.package import Package, open_package
from ingestion.workbook.refusal import RefusedError
from ingestion.workbook.sheets import RESULT_SHEET, sheet_key
from ingestion.workbook.xml_stream import elements

AFTER_LEGACY_DRAWING = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
)
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_EMPTY_RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_STRICT = {
    notes_xml.MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELATIONSHIPS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
"""ISO/IEC 29500-1 (Excel: "Strict Open XML Spreadsheet") has names of its own; only VML keeps that of part 4."""
_FIXED_TIME = (2024, 1, 1, 0, 0, 0)


def patch(source: Path, target: Path, marks: Mapping[str, Any]) -> None:
    """Write `target`: `source` with `marks` (of marking.marks). RefusedError when the package cannot be patched."""
    with open_package(source) as package:
        work = _Patch(package)
        for number, sheet in enumerate(package.sheets):
            found = marks["notes"].get(sheet.name, {})
            work.mark_sheet(sheet.part, {cell: (text, weight) for cell, (text, weight) in found.items()}, 500 + number)
        told = {name: marks[name] for name in ("heading", "columns", "lines", "groups", "asked")}
        places = [(sheet, cell) for sheet, cell in marks["places"]]
        work.add_result_sheet(result_sheet(Result(**told, places=places, looks=work.looks())))
        work.write(target)


class _Patch:
    """The parts of one package that change, and those that are added."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._names = {name.lower(): name for name in package.zip.namelist()}
        self._changed: dict[str, bytes] = {}
        self._main = package.main_part
        is_strict = _STRICT[notes_xml.MAIN].encode() in self._read(self._main)
        self._namespaces = _STRICT if is_strict else {name: name for name in _STRICT}

    def mark_sheet(self, part: str, notes: notes_xml.Notes, block: int) -> None:
        """Add notes to one sheet, and take away those of an earlier check."""
        targets = self._package.relationships(part)
        comments = next((target for kind, target in targets.values() if kind == "comments"), None)
        if not notes and comments is None:
            return
        legacy_id = attribute_in(self._read(part), "legacyDrawing", "id")
        drawing = targets[legacy_id][1] if legacy_id in targets else None
        is_new = comments is None
        before, theirs = notes_xml.without_ours(self._read(comments)) if comments else (self._empty_comments(), set())
        ours = {cell: note for cell, note in notes.items() if cell not in theirs}
        if comments is None:
            comments = self._new_part("xl/comments{}.xml")
            self._relate(part, "comments", comments)
            self._declare(comments, f"{_TYPES}.comments+xml")
        self._changed[comments] = notes_xml.comments_part(ours, before)
        vml = self._read(drawing) if drawing is not None else None
        if drawing is None:
            drawing = self._new_part("xl/drawings/vmlDrawing{}.vml")
            reference = self._relate(part, "vmlDrawing", drawing)
            legacy = f'<{{p}}legacyDrawing xmlns:r="{self._namespaces[RELATIONSHIPS]}" r:id="{reference}"/>'
            self._changed[part] = insert_in(self._read(part), "worksheet", legacy, AFTER_LEGACY_DRAWING)
            self._declare(drawing, "application/vnd.openxmlformats-officedocument.vmlDrawing")
        self._changed[drawing] = notes_xml.drawing_part(ours, vml, block, None if is_new else theirs)

    def looks(self) -> Looks:
        """The styles of this workbook that the result sheet may borrow."""
        name = self._package.styles_part
        return borrowed_looks(self._read(name)) if name is not None else Looks()

    def _empty_comments(self) -> bytes:
        return notes_xml.EMPTY.replace(notes_xml.MAIN, self._namespaces[notes_xml.MAIN]).encode()

    def add_result_sheet(self, content: bytes) -> None:
        """Add the result sheet as the last one, or renew the one of an earlier check; the workbook opens on it."""
        known = next((s for s in self._package.sheets if sheet_key(s.name) == sheet_key(RESULT_SHEET)), None)
        part = known.part if known is not None else self._new_part("xl/worksheets/ket_qua{}.xml")
        if known is None:
            reference = self._relate(self._main, "worksheet", part)
            self._declare(part, f"{_TYPES}.worksheet+xml")
            named = f'name={attribute(RESULT_SHEET)} sheetId="{self._package.last_sheet_id + 1}" r:id="{reference}"'
            sheet = f'<{{p}}sheet xmlns:r="{self._namespaces[RELATIONSHIPS]}" {named}/>'
            self._changed[self._main] = insert_in(self._read(self._main), "sheets", sheet)
        main = notes_xml.MAIN.encode()
        self._changed[part] = content.replace(main, self._namespaces[notes_xml.MAIN].encode(), 1)
        self._open_on(part)

    def _open_on(self, part: str) -> None:
        """Show this sheet, and select no other: two selected sheets are a group, where one typing changes both."""
        for sheet in self._package.sheets:
            if sheet.part == part:
                continue
            content = self._read(sheet.part)
            if attribute_in(content, "sheetView", "tabSelected") in ("1", "true"):
                self._changed[sheet.part] = with_attribute(content, "sheetView", "tabSelected", None)
        main = self._read(self._main)
        names = [attributes["name"] for name, attributes, _ in elements(io.BytesIO(main)) if name == "sheet"]
        if b"bookViews" not in main:
            main = insert_in(main, "workbook", "<{p}bookViews></{p}bookViews>", ("sheets",))
        if b"workbookView" not in main:
            main = insert_in(main, "bookViews", "<{p}workbookView/>")
        number = [sheet_key(name) for name in names].index(sheet_key(RESULT_SHEET))
        self._changed[self._main] = with_attribute(main, "workbookView", "activeTab", str(number))

    def write(self, target: Path) -> None:
        """Write the package: parts in their old order with their old attributes, new parts at the end."""
        added = [name for name in self._changed if name not in self._package.zip.NameToInfo]
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
            for entry in self._package.zip.infolist():
                content = self._changed.get(entry.filename)
                if content is None:
                    content = self._package.zip.read(entry)
                written.writestr(entry, content, compress_type=entry.compress_type)
            for name in added:
                entry = zipfile.ZipInfo(name, _FIXED_TIME)
                written.writestr(entry, self._changed[name], compress_type=zipfile.ZIP_DEFLATED)

    def _read(self, part: str) -> bytes:
        if part in self._changed:
            return self._changed[part]
        with self._package.part(part) as stream:
            return stream.read()

    def _new_part(self, pattern: str) -> str:
        taken = {*self._names, *(name.lower() for name in self._changed)}
        return next(name for n in range(1, 10_000) if (name := pattern.format(n)).lower() not in taken)

    def _relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship of `part`; return its id."""
        folder, _, name = part.rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        rels = self._names.get(rels.lower(), rels)
        known = (
            self._read(rels) if rels in self._changed or rels.lower() in self._names else _EMPTY_RELATIONSHIPS.encode()
        )
        number = next(n for n in range(1, 10_000) if f'"nhantai{n}"'.encode() not in known)
        vocabulary = RELATIONSHIPS if kind == "vmlDrawing" else self._namespaces[RELATIONSHIPS]
        relation = f'<{{p}}Relationship Id="nhantai{number}" Type="{vocabulary}/{kind}" Target="/{target}"/>'
        self._changed[rels] = insert_in(known, "Relationships", relation)
        return f"nhantai{number}"

    def _declare(self, part: str, kind: str) -> None:
        types = self._names.get("[content_types].xml")
        if types is None:
            raise RefusedError("TEP-HONG", kich_thuoc="")
        override = f'<{{p}}Override PartName="/{part}" ContentType="{kind}"/>'
        self._changed[types] = insert_in(self._read(types), "Types", override)
