"""Files that no honest sender makes (faults.md § F), built byte by byte: packages of any parts, bombs, phantoms, DTDs.

Lives here: bytes only. Workbooks that officers could have filled in are in builders.py.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = (
    HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
WORKBOOK = (
    HEAD + f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><sheets>'
    '<sheet name="B03" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def rels(*targets: tuple[str, str]) -> str:
    """A relationships part: (type's last word, target) each."""
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return (
        HEAD
        + f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'
    )


def sheet(body: str, dimension: str = "") -> str:
    """A worksheet part with these rows."""
    extent = f'<dimension ref="{dimension}"/>' if dimension else ""
    return HEAD + f'<worksheet xmlns="{MAIN}">{extent}<sheetData>{body}</sheetData></worksheet>'


def package(sheet_xml: str | bytes = "", extra: dict[str, str | bytes] | None = None, **replaced: str | bytes) -> bytes:
    """An xlsx with one sheet B03; `extra` adds parts, `workbook=` or `types=` replace those."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": replaced.get("types", CONTENT_TYPES),
        "_rels/.rels": rels(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": replaced.get("workbook", WORKBOOK),
        "xl/_rels/workbook.xml.rels": rels(("worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": sheet_xml or sheet('<row r="1"><c r="A1"><v>1</v></c></row>'),
        **(extra or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return stream.getvalue()


def inline(reference: str, text: str) -> str:
    """A cell with its text inside."""
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def phantom() -> bytes:
    """F14: one cell at the last place of a sheet, 17 billion cells from the first."""
    return package(sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def bomb(unpacked: int = 350_000_000) -> bytes:
    """F13: blanks packed a thousandfold, as in the bomb of 1.5 MB that unpacks to 1.5 GB."""
    stream = io.BytesIO(package())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as target, target.open("xl/bomb.xml", "w") as part:
        block = b" " * (1 << 20)
        for _ in range(unpacked // len(block)):
            part.write(block)
    return stream.getvalue()


def styled(rows: int = 400_000, columns: int = 4) -> bytes:
    """F15: one row of content, then formatted rows that hold nothing."""
    letters = "ABCDEFGH"[:columns]
    empty = "".join(
        f'<row r="{row}" s="1">' + "".join([f'<c r="{letter}{row}" s="1"/>' for letter in letters]) + "</row>"
        for row in range(2, rows + 2)
    )
    return package(sheet(f'<row r="1">{inline("A1", "Họ và tên")}</row>{empty}'))


def wrong_dimension(rows: int = 101) -> bytes:
    """F16: 101 rows, and a `<dimension>` that says five."""
    body = "".join(f'<row r="{row}">{inline(f"A{row}", f"dòng {row}")}</row>' for row in range(1, rows + 1))
    return package(sheet(body, dimension="A1:A5"))


def laughs() -> bytes:
    """F17: entities that expand a billionfold."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10))
    body = sheet(inline("A1", "&l9;")).replace(HEAD, HEAD + f"<!DOCTYPE lolz [{entities}]>")
    return package(body)


def external_entity(target: str) -> bytes:
    """F17: a cell that wants the content of a file of ours."""
    body = sheet(inline("A1", "&secret;"))
    return package(body.replace(HEAD, HEAD + f'<!DOCTYPE x [<!ENTITY secret SYSTEM "file://{target}">]>'))


def encrypted(workbook: bytes, password: str = "matkhau") -> bytes:
    """F10: the same workbook under a password, as Excel saves it."""
    import msoffcrypto.format.ooxml

    source, target = io.BytesIO(workbook), io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(source).encrypt(password, target)
    return target.getvalue()


def ole(*streams: str) -> bytes:
    """The head of an OLE container whose directory names these streams."""
    names = b"".join(name.encode("utf-16-le") + b"\0\0" for name in streams)
    return bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504 + names + b"\0" * 512


def edited_zip(path: Path, part: str, old: str, new: str) -> bytes:
    """The package with `old` replaced in one part; everything else is stored as it was."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(stream, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == part:
                assert old.encode() in content, old
                content = content.replace(old.encode(), new.encode())
            target.writestr(entry, content)
    return stream.getvalue()
