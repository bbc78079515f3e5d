"""Kinds D001–D022 and rows F01–F22: files that are not the workbook they are called, or not whole.

Lives here: what is wrong with a file before its sheets are looked at. Does not live here: sheets (tables.py).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from ingestion.template.writer import workbook_bytes
from tests.hostile_files import bomb, encrypted, external_entity, laughs, ole, phantom
from tests.kinds.forms import Form, Kind, Place, Plant, blank, kind

SPREADSHEET_ML = b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
HTML = "<html><body><table><tr><td>Họ và tên</td></tr></table></body></html>"
TABLE = "Họ và tên\tSố định danh\nNông Thị Thử\t003190000123\n"
B03 = "xl/worksheets/sheet5.xml"
"""The cover is the first sheet, then B01, B01b, B02."""
EMPTY_ROWS = (
    "".join(f'<row r="{row}"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>' for row in range(100, 20_000))
    + '<row r="1048576"><c r="A1048576" s="1"/></row></sheetData>'
)
NOT_EXCEL, OLD, SCAN = "TEP-KHONG_PHAI_EXCEL", "TEP-DINH_DANG_CU", "TEP-BAN_QUET"


def _is(content: bytes | Callable[[], bytes]) -> Plant:
    return lambda _: content if isinstance(content, bytes) else content()


def _but(change: Callable[[bytes], bytes]) -> Plant:
    """The whole workbook, its bytes changed."""
    return lambda f: change(f.content())


def _with_part(name: str, content: bytes = b"x") -> Plant:
    def change(workbook: bytes) -> bytes:
        stream = io.BytesIO(workbook)
        with zipfile.ZipFile(stream, "a") as package:
            package.writestr(name, content)
        return stream.getvalue()

    return _but(change)


def _sheet_xml(old: str | re.Pattern[str], new: str) -> Plant:
    """The whole workbook, the XML of sheet B03 changed where the old text stands."""

    def change(workbook: bytes) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
            for name in source.namelist():
                content = source.read(name)
                out.writestr(name, _changed(content, old, new) if name == B03 else content)
        return stream.getvalue()

    return _but(change)


def _changed(content: bytes, old: str | re.Pattern[str], new: str) -> bytes:
    text = content.decode()
    changed = text.replace(old, new) if isinstance(old, str) else old.sub(new, text)
    assert changed != text
    return changed.encode()


def _zip_of(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name in names:
            package.writestr(name, b"x")
    return stream.getvalue()


def _links(f: Form) -> bytes:
    """A link to a workbook on the sender's own disk."""
    rels = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" TargetMode="External" Target="file:///C:/Users/x/so_lieu.xlsx" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"/></Relationships>'
    )
    link = (
        '<?xml version="1.0"?><externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<externalBook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/>'
        "</externalLink>"
    )
    stream = io.BytesIO(f.content())
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("xl/externalLinks/externalLink1.xml", link)
        package.writestr("xl/externalLinks/_rels/externalLink1.xml.rels", rels)
    return stream.getvalue()


def _other_year(f: Form) -> Place:
    f.book.edition = "2024.000000000000"
    return f.cover("reporting_year", 2024)


def _last_years_form(f: Form) -> Place:
    f.book.edition = "2024.000000000000"
    return Place(f.book.cover_name, f.book.cover_cell("reporting_year"))


def _own_bytes(f: Form) -> None:
    """Bytes that no other case has: what was read once is not read again."""
    f.put("B03", "position", "Chuyên viên")


def _empty(_: Form) -> bytes:
    return workbook_bytes(blank())


def _noise(content: bytes) -> bytes:
    """Bytes in the middle of the package turned over."""
    middle = len(content) // 2
    return content[:middle] + bytes(255 - byte for byte in content[middle : middle + 64]) + content[middle + 64 :]


def file(ids: str, what: str, plant: Plant, rule: str, words: str = "", name: str = "SNV.xlsx") -> Kind:
    """A file that is refused."""
    return kind(ids, what, plant, rule, "blocker", words=words, name=name)


KINDS: tuple[Kind, ...] = (
    file("D001 F08", "HTML called .xls", _is(HTML.encode()), NOT_EXCEL, "HTML", "SNV.xls"),
    file("D002", "SpreadsheetML called .xls", _is(SPREADSHEET_ML), OLD, "SpreadsheetML", "SNV.xls"),
    file(
        "D003",
        "MHTML called .xls",
        _is(b"MIME-Version: 1.0\r\nContent-Type: multipart/related"),
        NOT_EXCEL,
        "MHTML",
        "SNV.xls",
    ),
    file("D004", "tabs called .xls", _is(TABLE.encode()), NOT_EXCEL, "CSV", "SNV.xls"),
    kind("D005", "an xlsx called .xls", _own_bytes, None, None, name="SNV.xls"),
    file("D006", "a workbook of Excel 5", _is(ole("Book")), OLD, "Excel 5/95", "SNV.xls"),
    file("D007", "Excel's lock file", _is(b"\x0aNguoi dung" + b" " * 150), NOT_EXCEL, "tệp tạm", "~$SNV.xlsx"),
    file("D008 F10", "a password", _but(encrypted), "TEP-MAT_KHAU"),
    file("D009", "a signed scan", _is(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Subtype/Image>>"), SCAN, name="SNV.pdf"),
    file("D010 F08", "a PDF with a table", _is(b"%PDF-1.4\n1 0 obj<</Type/Font>>"), SCAN),
    file("D011", "Word 97", _is(ole("WordDocument")), NOT_EXCEL, ".doc", "SNV.doc"),
    file("D011", "Word", _is(_zip_of("[Content_Types].xml", "word/document.xml")), NOT_EXCEL, "Word", "SNV.docx"),
    file("D012", "a photo", _is(b"\xff\xd8\xff\xe0\x00\x10JFIF"), SCAN, name="SNV.jpg"),
    file("D013", "a zip of workbooks", _is(_zip_of("Biểu 1.xlsx", "Bi\u00eau 2.xlsx")), "TEP-NEN", "ZIP", "SNV.zip"),
    file("D013", "a rar", _is(b"Rar!\x1a\x07\x00"), "TEP-NEN", "RAR", "SNV.rar"),
    kind("D015", "the report of another year", _other_year, "TEP-SAI_NAM", "blocker"),
    kind("D015 F20", "last year's form", _last_years_form, "TEP-SAI_NAM", "blocker"),
    kind("D016", "a file name that says nothing", _but(lambda content: content), None, None, name="Biểu mẫu.xlsx"),
    file("D017", "the blank form", _empty, "TEP-TRONG"),
    file("D018 F11", "a macro", _with_part("xl/vbaProject.bin"), "TEP-MACRO", name="SNV.xlsm"),
    kind("D018 F12", "a link to the sender's disk", _links, "TEP-LIEN_KET_NGOAI", "note"),
    file("F12", "an embedded object", _with_part("xl/embeddings/oleObject1.bin"), "TEP-DOI_TUONG_NHUNG"),
    file("D019 F01", "an upload that broke off", _but(lambda content: content[: len(content) * 6 // 10]), "TEP-HONG"),
    file("F02", "bytes turned over", _but(_noise), "TEP-HONG"),
    file("F03", "no bytes at all", _is(b""), "TEP-RONG"),
    file("D020", "HTML in UTF-16", _is(HTML.encode("utf-16")), NOT_EXCEL, "HTML", "SNV.xls"),
    file("D021 F08", "CSV with a BOM", _is("\ufeffHọ tên;Số\nA;1\n".encode()), NOT_EXCEL, "CSV"),
    file("D021", "CSV in CP1258", _is("Họ tên;Số\nLương;1\n".encode("cp1258", "ignore")), NOT_EXCEL, "CSV"),
    file(
        "D022",
        "a signature container",
        _is(b"0\x82\x05\x10\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"),
        NOT_EXCEL,
        ".p7m",
        "SNV.xlsx.p7m",
    ),
    file("F13", "a zip bomb", _is(lambda: bomb(120_000_000)), "TEP-QUA_LON"),
    kind("D036 F15", "formatted empty rows down to the last", _sheet_xml("</sheetData>", EMPTY_ROWS), None, None),
    kind(
        "F16",
        "a wrong dimension",
        _sheet_xml(re.compile(r'<dimension ref="[^"]*"'), '<dimension ref="A1:B5"'),
        None,
        None,
    ),
    file("F14", "a cell at the end of the sheet", lambda _: (phantom(), Place(None, "XFD1048576")), "TEP-O_XA"),
    file("F17", "a billion laughs", _is(laughs), "TEP-DTD"),
    file("F17", "an external entity", _is(lambda: external_entity("/etc/hostname")), "TEP-DTD"),
)
