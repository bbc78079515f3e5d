"""The last look at a file before it is published: opened as what it is, it may hold what was meant and nothing else.

Lives here: the parts a docx or xlsx of ours may have, and what must not be in them (X13, X14).
Does not live here: writing them, or disclosure control of figures.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from defusedxml import ElementTree

_PACKAGE = r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml"
_WORKBOOK = r"xl/(workbook|styles|sharedStrings)\.xml|xl/theme/theme1\.xml|xl/worksheets/sheet\d+\.xml"
_DOCUMENT = (
    r"word/(document|styles|settings|fontTable|webSettings|numbering|stylesWithEffects)\.xml"
    r"|word/theme/theme1\.xml|word/(header|footer)\d+\.xml"
)
_ALLOWED = {
    ".xlsx": re.compile(rf"{_PACKAGE}|xl/_rels/workbook\.xml\.rels|{_WORKBOOK}"),
    ".docx": re.compile(rf"{_PACKAGE}|word/_rels/document\.xml\.rels|{_DOCUMENT}"),
}
_FORBIDDEN_TAGS = {
    "f": "a formula", "hyperlink": "a link", "comment": "a comment", "commentReference": "a comment",
    "ins": "a tracked insertion", "del": "a tracked deletion", "vanish": "hidden text", "object": "an object",
    "drawing": "a drawing", "pict": "a picture", "dataValidation": "a data validation",
}  # fmt: skip
_PERSONAL = ("creator", "lastModifiedBy", "Manager", "Company", "keywords", "description")


class UnexpectedContent(RuntimeError):
    """A file about to be published holds something that nobody decided to publish: a fault of ours."""

    exit_code = 4


def check_package(path: Path) -> None:
    """Raise UnexpectedContent for a docx or xlsx with a part, element, property or target that is not on the list."""
    allowed = _ALLOWED[path.suffix]
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if not allowed.fullmatch(name):
                raise UnexpectedContent(f"{path.name} holds the part {name}")
            if name.endswith((".xml", ".rels")):
                _check_part(path.name, name, package.read(name))


def _check_part(file: str, part: str, content: bytes) -> None:
    for element in ElementTree.fromstring(content).iter():
        tag = element.tag.rsplit("}", 1)[-1]
        if tag in _FORBIDDEN_TAGS:
            raise UnexpectedContent(f"{file}, {part}: {_FORBIDDEN_TAGS[tag]}")
        if element.get("TargetMode") == "External":
            raise UnexpectedContent(f"{file}, {part}: a link to {element.get('Target')}")
        if tag == "sheet" and element.get("state") not in (None, "visible"):
            raise UnexpectedContent(f"{file}: the sheet {element.get('name')} is hidden")
        if tag in ("row", "col") and element.get("hidden") == "1":
            raise UnexpectedContent(f"{file}, {part}: a hidden {tag}")
        if part.startswith("docProps/") and tag in _PERSONAL and (element.text or "").strip():
            raise UnexpectedContent(f"{file}: the property {tag} says {element.text!r}")
