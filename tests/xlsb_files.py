"""An openpyxl workbook as .xlsb, record by record from [MS-XLSB]: LibreOffice reads the format and does not write it.

Lives here: values, days, hidden sheets, rows and columns, merges, the custom properties; the formats
General, a day, a percentage and General struck through.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from typing import Any

import openpyxl
from openpyxl.utils.datetime import to_excel

from tests.hostile_files import HEAD, RELATIONSHIPS

ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}
STATES = {"visible": 0, "hidden": 1, "veryHidden": 2}
_TYPES = "application/vnd.ms-excel."
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"


def record(kind: int, body: bytes = b"") -> bytes:
    """One record: number and size seven bits a byte, lowest first."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, rest = bytearray(), len(body)
    while True:
        size.append(rest & 0x7F | (0x80 if rest > 127 else 0))
        rest >>= 7
        if not rest:
            return head + bytes(size) + body


def text(value: str) -> bytes:
    """A wide string."""
    return struct.pack("<I", len(value.encode("utf-16-le")) // 2) + value.encode("utf-16-le")


def xlsb(book: openpyxl.Workbook) -> bytes:
    """The bytes of the .xlsb file."""
    strings: dict[str, int] = {}
    sheets = [_sheet(sheet, strings) for sheet in book]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _rels(("officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": _workbook(book),
        "xl/_rels/workbook.bin.rels": _rels(
            *(("worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(sheets) + 1)),
            ("styles", "styles.bin"),
            ("sharedStrings", "sharedStrings.bin"),
        ),
        "xl/styles.bin": _styles(),
        "xl/sharedStrings.bin": _strings(strings),
        **{f"xl/worksheets/sheet{n}.bin": content for n, content in enumerate(sheets, 1)},
    }
    edition = next((p.value for p in book.custom_doc_props.props if p.name == "nhantai_template_edition"), None)
    if edition is not None:
        parts["docProps/custom.xml"] = (
            HEAD + f'<Properties xmlns="{_CUSTOM}"><property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" '
            f'name="nhantai_template_edition"><lpwstr>{edition}</lpwstr></property></Properties>'
        )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return stream.getvalue()


def _rels(*targets: tuple[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return HEAD + f'<Relationships xmlns="{_PACKAGE}">{items}</Relationships>'


def _content_types(sheets: int) -> str:
    named = {"/xl/workbook.bin": "sheet.binary.macroEnabled.main", "/xl/styles.bin": "styles"}
    named |= {"/xl/sharedStrings.bin": "sharedStrings"}
    named |= {f"/xl/worksheets/sheet{n}.bin": "worksheet" for n in range(1, sheets + 1)}
    overrides = "".join(f'<Override PartName="{part}" ContentType="{_TYPES}{kind}"/>' for part, kind in named.items())
    return (
        HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _workbook(book: openpyxl.Workbook) -> bytes:
    bundles = b"".join(
        record(156, struct.pack("<II", STATES[sheet.sheet_state], number) + text(f"rId{number}") + text(sheet.title))
        for number, sheet in enumerate(book, 1)
    )
    properties = record(153, struct.pack("<III", 0, 0, 0))
    return record(131) + properties + record(143) + bundles + record(144) + record(132)


def _styles() -> bytes:
    """Formats General, a day, a percentage, and General struck through."""
    struck = 0x08
    fonts = [struct.pack("<HHHHBBBB8sB", 220, look, 400, 0, 0, 2, 0, 0, b"", 0) + text("Arial") for look in (0, struck)]
    looks = [(0, 0), (14, 0), (10, 0), (0, 1)]
    formats = [struct.pack("<HHHHHBBHH", 0, number, font, 0, 0, 0, 0, 0, 0) for number, font in looks]
    body = record(611, struct.pack("<I", len(fonts))) + b"".join(record(43, one) for one in fonts) + record(612)
    body += record(617, struct.pack("<I", len(formats))) + b"".join(record(47, one) for one in formats) + record(618)
    return record(278) + body + record(279)


def _strings(strings: dict[str, int]) -> bytes:
    head = record(159, struct.pack("<II", len(strings), len(strings)))
    return head + b"".join(record(19, b"\0" + text(value)) for value in strings) + record(160)


def _sheet(sheet: Any, strings: dict[str, int]) -> bytes:
    size = struct.pack("<4I", 0, max(sheet.max_row - 1, 0), 0, max(sheet.max_column - 1, 0))
    found = [record(129), record(148, size)]
    hidden = [openpyxl.utils.column_index_from_string(k) - 1 for k, d in sheet.column_dimensions.items() if d.hidden]
    columns = b"".join(record(60, struct.pack("<4IH", column, column, 2304, 0, 1)) for column in hidden)
    found += [record(390), columns, record(391)] if hidden else []
    found.append(record(145))
    for row in sheet.iter_rows():
        flags = 0x10 if sheet.row_dimensions[row[0].row].hidden else 0
        cells = b"".join(_cell(cell, strings) for cell in row if cell.value is not None)
        found += [record(0, struct.pack("<IIHBBBI", row[0].row - 1, 0, 300, 0, flags, 0, 0)), cells]
    found.append(record(146))
    merges = [
        struct.pack("<4I", m.min_row - 1, m.max_row - 1, m.min_col - 1, m.max_col - 1) for m in sheet.merged_cells
    ]
    found += [record(177, struct.pack("<I", len(merges))), *(record(176, m) for m in merges), record(178)]
    return b"".join([*found, record(130)])


def _cell(cell: Any, strings: dict[str, int]) -> bytes:
    value = cell.value
    is_day = isinstance(value, dt.date)
    style = 1 if is_day else 2 if "%" in cell.number_format else 3 if cell.font.strike else 0
    head = struct.pack("<II", cell.column - 1, style)
    if isinstance(value, bool):
        return record(4, head + bytes([value]))
    if is_day:
        return record(5, head + struct.pack("<d", to_excel(value)))
    if isinstance(value, int) and abs(value) < 1 << 28:
        return record(2, head + struct.pack("<i", value << 2 | 2))
    if isinstance(value, int | float):
        return record(5, head + struct.pack("<d", value))
    if cell.data_type == "e":
        return record(3, head + bytes([ERRORS[value]]))
    return record(7, head + struct.pack("<I", strings.setdefault(str(value), len(strings))))
