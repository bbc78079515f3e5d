"""What the first bytes of a file say it is, whatever its name says.

Lives here: signatures and the Vietnamese names of kinds. Does not live here: zip packages (preflight.py).
"""

from __future__ import annotations

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
LOCK_FILE_BYTES = range(54, 513)
_NAME_BYTES = range(1, 55)

SCAN = "TEP-BAN_QUET"
ARCHIVE = "TEP-NEN"
OLD_FORMAT = "TEP-DINH_DANG_CU"
NOT_EXCEL = "TEP-KHONG_PHAI_EXCEL"
PASSWORD = "TEP-MAT_KHAU"

_BINARY = (
    (b"%PDF", SCAN, "tệp PDF"),
    (b"\xff\xd8\xff", SCAN, "ảnh JPG"),
    (b"\x89PNG", SCAN, "ảnh PNG"),
    (b"II*\x00", SCAN, "ảnh TIFF"),
    (b"MM\x00*", SCAN, "ảnh TIFF"),
    (b"Rar!", ARCHIVE, "tệp nén RAR"),
    (b"7z\xbc\xaf", ARCHIVE, "tệp nén 7z"),
    (b"\x1f\x8b", ARCHIVE, "tệp nén gzip"),
    (b"\x09\x08", OLD_FORMAT, "bảng tính Excel 5/95"),
    (b"\x09\x04", OLD_FORMAT, "bảng tính Excel 4"),
    (b"\x09\x02", OLD_FORMAT, "bảng tính Excel 3"),
    (b"\x09\x00", OLD_FORMAT, "bảng tính Excel 2"),
    (b"0\x82", NOT_EXCEL, "gói chữ ký số (.p7m)"),
    (b"0\x80", NOT_EXCEL, "gói chữ ký số (.p7m)"),
)
_TEXT = (
    ("{\\rtf", NOT_EXCEL, "văn bản RTF"),
    ("mime-version", NOT_EXCEL, "trang web lưu một tệp (MHTML)"),
    ("from:", NOT_EXCEL, "thư điện tử hoặc trang web lưu một tệp (MHTML)"),
    ("<!doctype html", NOT_EXCEL, "trang web (HTML)"),
    ("<html", NOT_EXCEL, "trang web (HTML)"),
    ("<table", NOT_EXCEL, "trang web (HTML)"),
    ("<meta", NOT_EXCEL, "trang web (HTML)"),
    ("<?xml", NOT_EXCEL, "tệp XML"),
    ("<", NOT_EXCEL, "trang web hoặc tệp XML"),
    ("id;", NOT_EXCEL, "bảng tính SYLK"),
)
_STREAMS = (
    ("Book", OLD_FORMAT, "bảng tính Excel 5/95 (.xls)"),
    ("WordDocument", NOT_EXCEL, "văn bản Word kiểu cũ (.doc)"),
    ("PowerPoint Document", NOT_EXCEL, "trình chiếu PowerPoint (.ppt)"),
)


def kind_of_ole(content: bytes) -> tuple[str, str] | None:
    """(rule, Vietnamese kind) of an OLE container, None for an .xls; an encrypted workbook is the password rule."""
    if any(name.encode("utf-16-le") in content for name in ("EncryptedPackage", "EncryptionInfo")):
        return PASSWORD, "tệp có mật khẩu"
    if _holds(content, "Workbook"):
        return None
    for name, rule, kind in _STREAMS:
        if _holds(content, name):
            return rule, kind
    return NOT_EXCEL, "tệp Office kiểu cũ không rõ loại"


def _holds(content: bytes, stream: str) -> bool:
    return any(spelt.encode("utf-16-le") + b"\x00\x00" in content for spelt in (stream, stream.upper()))


def kind_of_bytes(head: bytes, size: int) -> tuple[str, str]:
    """(rule, Vietnamese kind) of a file that is neither a zip nor an OLE container, from its first bytes."""
    if size in LOCK_FILE_BYTES and head[0] in _NAME_BYTES and head[55:].strip(b" \x00\xff") == b"":
        return NOT_EXCEL, "tệp tạm do Excel tạo khi đang mở (~$…)"
    text = _as_text(head)
    if text is None:
        for signature, rule, kind in _BINARY:
            if head.startswith(signature):
                return rule, kind
        return NOT_EXCEL, "tệp không rõ loại"
    if "schemas-microsoft-com:office:spreadsheet" in text or "opendocument" in text:
        return OLD_FORMAT, "bảng tính dạng XML (SpreadsheetML)"
    for start, rule, kind in _TEXT:
        if text.startswith(start):
            return rule, "trang web (HTML)" if "<html" in text else kind
    return NOT_EXCEL, "văn bản phân cột (CSV)" if any(mark in text for mark in ",;\t") else "văn bản thường"


def _as_text(head: bytes) -> str | None:
    """Lower-cased text of the first bytes, or None when they are binary."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace").strip().lower()
    if head.startswith((b"<\x00", b"i\x00")):
        return head[: len(head) // 2 * 2].decode("utf-16-le", errors="replace").strip().lower()
    if b"%PDF" in head[:8] or any(byte < 9 or 13 < byte < 32 for byte in head[:512]):
        return None
    if any(head.startswith(signature) for signature, _, _ in _BINARY if signature[0] >= 128):
        return None
    text = head.decode("utf-8", errors="replace").lstrip("\ufeff").strip().lower()
    return text if text else None
