"""The OOXML package around the sheets: which part is which sheet, hidden or not, edition, foreign links.

Runs in the jail. Lives here: workbook.xml, relationships, custom properties, the search for DTDs in every part.
Does not live here: cells (row_count.py, cells.py) or limits of the zip directory (preflight.py).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ingestion.workbook.part_names import open_zip
from ingestion.workbook.refusal import UNSOUND_ZIP, RefusedError
from ingestion.workbook.xml_stream import elements

EDITION_PROPERTY = "nhantai_template_edition"
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ELEMENT = re.compile(rb"<[A-Za-z_]")
_DTD_UTF16 = ("<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_XML = (".xml", ".rels", ".vml")


@dataclass(frozen=True)
class SheetPart:
    """A worksheet's name as written, its state (visible, hidden, veryHidden) and the part that holds its cells."""

    name: str
    state: str
    part: str


@dataclass(frozen=True)
class Package:
    """An open package: its worksheets in order, the strings part, the template's edition, whether it links outside."""

    zip: zipfile.ZipFile
    main_part: str
    last_sheet_id: int
    sheets: tuple[SheetPart, ...]
    strings_part: str | None
    styles_part: str | None
    template_edition: str | None
    external_links: bool

    def relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationship id -> (last word of its type, target part) of a part; outside targets are left out."""
        return relationships_of(self.zip, {name.lower(): name for name in self.zip.namelist()}, part)

    @contextmanager
    def part(self, name: str) -> Iterator[IO[bytes]]:
        """One part as a stream of its unpacked bytes. RefusedError TEP-HONG when it is missing or does not unpack."""
        with part_of(self.zip, name) as stream:
            yield stream


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Open `path` (already passed by preflight). RefusedError when it is no sound workbook package."""
    with opened(path) as package:
        yield _described(package)


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip of XML parts, none of which declares a document type. RefusedError when it is not sound."""
    try:
        package = open_zip(path)
    except UNSOUND_ZIP as error:
        raise RefusedError("TEP-HONG", kich_thuoc=str(path.stat().st_size)) from error
    with package:
        _refuse_dtd(package)
        yield package


def _described(package: zipfile.ZipFile) -> Package:
    names = {name.lower(): name for name in package.namelist()}
    main = _main_part(package, names)
    targets = relationships_of(package, names, main)
    links = [name for lowered, name in names.items() if lowered.startswith("xl/externallinks/externallink")]
    for link in links:
        with part_of(package, link) as stream:
            if any(name == "ddeLink" for name, _, _ in elements(stream)):
                raise RefusedError("TEP-LIEN_KET_DDE")
    strings, styles = (_single_part(names, targets, wanted) for wanted in ("sharedStrings", "styles"))
    sheets, last_id = _sheets(package, main, targets)
    return Package(package, main, last_id, sheets, strings, styles, edition_of(package, names), bool(links))


def _single_part(names: dict[str, str], targets: dict[str, tuple[str, str]], wanted: str) -> str | None:
    """The strings or styles part. RefusedError when it is named and not there, or there and not named: cells that
    speak of it would be read as something else.

    R's openxlsx names a strings part also where there are no strings and writes none: no cell can speak of one then.
    """
    named = [part for kind, part in targets.values() if kind == wanted]
    there = [part for part in named if part in names.values()]
    usual = names.get(f"xl/{wanted}.xml".lower())
    if wanted == "sharedStrings" and usual is None and not there:
        return None
    if named != there or (usual is not None and not named):
        raise RefusedError("TEP-HONG", kich_thuoc="")
    return named[0] if named else None


def _main_part(package: zipfile.ZipFile, names: dict[str, str]) -> str:
    if "_rels/.rels" in names:
        for kind, target in relationships_of(package, names, "").values():
            if kind == "officeDocument":
                return names.get(target.lower(), target)
    return "xl/workbook.xml"


def relationships_of(package: zipfile.ZipFile, names: dict[str, str], part: str) -> dict[str, tuple[str, str]]:
    """Relationship id -> (last word of its type, target as a part name that exists where possible)."""
    folder, _, name = part.rpartition("/")
    rels = names.get(posixpath.join(folder, "_rels", f"{name}.rels").lower())
    if rels is None:
        return {}
    found = {}
    with part_of(package, rels) as stream:
        for tag, attributes, _ in elements(stream):
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "").replace("\\", "/")
                full = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                full = posixpath.normpath(full)
                kind = attributes.get("Type", "").rpartition("/")[2]
                if attributes.get("Id", "") in found:
                    raise RefusedError("TEP-HONG", kich_thuoc="")
                found[attributes.get("Id", "")] = (kind, names.get(full.lower(), full))
    return found


def _sheets(
    package: zipfile.ZipFile, main: str, targets: dict[str, tuple[str, str]]
) -> tuple[tuple[SheetPart, ...], int]:
    """The worksheets in order, and the highest sheet id of the workbook.

    RefusedError when names and parts do not match one to one: a sheet that nobody names would be left out in silence.
    """
    found: list[SheetPart] = []
    seen: set[str] = set()
    last_id = 0
    with part_of(package, main) as stream:
        for tag, attributes, _ in elements(stream):
            if tag != "sheet":
                continue
            number = attributes.get("sheetId", "")
            last_id = max(last_id, int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0)
            reference = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            kind, part = targets.get(reference, ("", ""))
            name = attributes.get("name", "")
            if (
                not kind
                or reference in seen
                or not name.strip()
                or name.casefold() in {s.name.casefold() for s in found}
            ):
                raise RefusedError("TEP-HONG", kich_thuoc="", trang=name)
            seen.add(reference)
            if kind in ("xlMacrosheet", "xlIntlMacrosheet"):
                raise RefusedError("TEP-MACRO")
            if kind == "worksheet":
                found.append(SheetPart(name, attributes.get("state", "visible"), part))
    if any(kind == "worksheet" and reference not in seen for reference, (kind, _) in targets.items()):
        raise RefusedError("TEP-HONG", kich_thuoc="")
    return tuple(found), last_id


def edition_of(package: zipfile.ZipFile, names: dict[str, str]) -> str | None:
    """The template's edition in the custom properties; `names` maps lower-cased part names to their own."""
    part = names.get("docprops/custom.xml")
    if part is None:
        return None
    with part_of(package, part) as stream:
        text = ""
        for tag, attributes, own in elements(stream):
            if tag == "property" and attributes.get("name") == EDITION_PROPERTY:
                return text.strip() or None
            text = own
    return None


def _refuse_dtd(package: zipfile.ZipFile) -> None:
    """No part may declare a document type. It stands before the first element; where that does not begin in the first
    1 kB, the first 64 kB are searched.
    """
    for name in package.namelist():
        if name.lower().endswith(_XML):
            with part_of(package, name) as stream:
                head = stream.read(1 << 10)
                if not _ELEMENT.search(head):
                    head += stream.read(1 << 16)
            if _DTD.search(head) or any(mark in head for mark in _DTD_UTF16):
                raise RefusedError("TEP-DTD")


@contextmanager
def part_of(package: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """One part as a stream of its unpacked bytes. RefusedError TEP-HONG when it is missing or does not unpack."""
    try:
        with package.open(name) as stream:
            yield stream  # type: ignore[misc]
    except (*UNSOUND_ZIP, KeyError, RuntimeError, OSError) as error:
        raise RefusedError("TEP-HONG", kich_thuoc="") from error
    except Exception as error:  # zlib.error, lzma.LZMAError: their names are not worth two imports
        if type(error).__name__ in ("error", "LZMAError"):
            raise RefusedError("TEP-HONG", kich_thuoc="") from error
        raise
