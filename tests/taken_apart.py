"""A workbook taken apart while a program's habits are put on it (excel_files.py, excel_parts.py, office_suites.py)."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.fuzzed_packages import sheets_of, unzipped, zipped
from tests.hostile_files import HEAD, RELATIONSHIPS

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OFFICE = "http://schemas.microsoft.com/office"
TYPES = "application/vnd.openxmlformats-officedocument"
SHEET_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors",
    "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
    "AlternateContent", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""ECMA-376 18.3.1.99 CT_Worksheet: Excel calls a sheet in another order damaged. Controls stand in AlternateContent."""


class Taken:
    """A workbook taken apart while a program's habits are put on it; sheets are named by their place, from 0."""

    def __init__(self, content: bytes) -> None:
        self.parts = unzipped(content)
        self.sheets = sheets_of(self.parts)

    def replace(
        self, part: str, pattern: str | bytes, put: bytes | Callable[[re.Match[bytes]], bytes], n: int = 0
    ) -> None:
        """Replace in one part; it must be there."""
        raw = pattern.encode() if isinstance(pattern, str) else pattern
        self.parts[part], found = re.subn(raw, put, self.parts[part], count=n, flags=re.S)
        assert found, f"{part} has no {pattern!r}"

    def add(self, name: str, content: str | bytes, kind: str = "") -> None:
        """Add a part, with its content type unless there is a default."""
        self.parts[name] = content.encode() if isinstance(content, str) else content
        if kind:
            override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'.encode()
            self.replace("[Content_Types].xml", "</Types>", override)

    def default(self, extension: str, kind: str) -> None:
        """A content type for all parts with an extension."""
        put = f'\\1<Default Extension="{extension}" ContentType="{kind}"/>'.encode()
        if f'Extension="{extension}"'.encode() not in self.parts["[Content_Types].xml"]:
            self.replace("[Content_Types].xml", "(<Types [^>]*>)", put, 1)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part ("" is the package) to another; return the id."""
        folder, _, name = part.rpartition("/")
        rels = f"{folder}/_rels/{name}.rels" if part else "_rels/.rels"
        names = "http://schemas.openxmlformats.org/package/2006/relationships"
        known = self.parts.get(rels, f'{HEAD}<Relationships xmlns="{names}"></Relationships>'.encode())
        number = f"rId{900 + known.count(b'<Relationship ')}"
        kind = kind if ":" in kind else f"{RELATIONSHIPS}/{kind}"
        link = f'<Relationship Id="{number}" Type="{kind}" Target="{target}"/></Relationships>'
        self.parts[rels] = known.replace(b"</Relationships>", link.encode())
        return number

    def put(self, sheet: int, element: str, xml: str) -> None:
        """Put an element on a sheet where the schema wants it, into the list that is there if it is one."""
        part = self.sheets[sheet]
        xml_of, end = self.parts[part], f"</{element}>".encode()
        if element == "extLst" and end in xml_of:
            self.parts[part] = xml_of.replace(end, xml.split("<extLst>")[1].encode(), 1)
            return
        later = "|".join(SHEET_ORDER[SHEET_ORDER.index(element) + 1 :])
        found = re.search(rf"<(?:mc:)?(?:{later})[ />]|</worksheet>".encode(), xml_of[xml_of.rindex(b"</sheetData>") :])
        assert found is not None
        at = xml_of.rindex(b"</sheetData>") + found.start()
        self.parts[part] = xml_of[:at] + xml.encode() + xml_of[at:]

    def content(self) -> bytes:
        """The workbook put together again, content types first as all programs have them."""
        types = self.parts.pop("[Content_Types].xml")
        return zipped({"[Content_Types].xml": types, **self.parts})
