"""A workbook as other programs than Excel for Windows save it: the same content in their habits.

Fixtures as in excel_files.py, and sjs (SheetJS test_files), rxl (readxl), clx (ClosedXML tests), cal (calamine tests).
LibreOffice is at hand and saves for itself (office.py).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from tests.excel_files import as_excel
from tests.hostile_files import HEAD, MAIN, RELATIONSHIPS
from tests.taken_apart import MC, OFFICE, Taken

STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELATIONSHIPS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
EPOCH = date(1899, 12, 30)


def as_wps(content: bytes) -> bytes:
    """WPS Office (sjs artifacts/wps/write.xlsx, wps/image.xlsx): no uniqueCount, pictures in cells."""
    taken = Taken(content)
    _wps_sheets(taken)
    taken.replace("xl/sharedStrings.xml", r' uniqueCount="\d+"', b"")
    product = (
        rb'\1<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="8" name="ICV"><vt:lpwstr>0A1B2C3D_12'
        rb"</vt:lpwstr></property></Properties>"
    )
    ours = rb'(<property [^>]*name="nhantai_template_edition".*?</property>)</Properties>'
    build = b'name="KSOProductBuildVer"><vt:lpwstr>1066-12.2.0.13110</vt:lpwstr></property>'
    first = b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="7" ' + build
    taken.replace("docProps/custom.xml", ours, first + product)
    taken.replace("docProps/app.xml", "<Application>.*?</Application>", b"<Application>WPS Office</Application>")
    cells = '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"><etc:cellImage/></etc:cellImages>'
    taken.add("xl/cellimages.xml", HEAD + cells, "application/vnd.wps-officedocument.cellimage+xml")
    taken.relate("xl/workbook.xml", "http://www.wps.cn/officeDocument/2020/cellImage", "cellimages.xml")
    woe = (
        f'<woSheetsProps xmlns="https://web.wps.cn/et/2018/main" xmlns:s="{MAIN}"><woSheetProps '
        f'sheetStid="1"/></woSheetsProps>'
    )
    taken.add("customXml/item1.xml", woe)
    taken.relate("xl/workbook.xml", "customXml", "../customXml/item1.xml")
    return taken.content()


def _wps_sheets(taken: Taken) -> None:
    names = (
        'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        f'xmlns:x14="{OFFICE}/spreadsheetml/2009/9/main" xmlns:mc="{MC}" '
        'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"'
    )
    for sheet in taken.sheets:
        taken.replace(sheet, "<worksheet ([^>]*)>", rf"<worksheet \1 {names}>".encode(), 1)
        taken.replace(sheet, r"<row ([^>]*?) spans=\"[^\"]*\"", rb"<row \1")
        taken.put(taken.sheets.index(sheet), "phoneticPr", '<phoneticPr fontId="1" type="noConversion"/>')


def as_google(content: bytes) -> bytes:
    """Google Sheets (rxl iris-google-doc.xlsx, cal empty_sheet.xlsx): no properties, an empty drawing each."""
    taken = Taken(content)
    for name in [one for one in taken.parts if one.startswith("docProps/")]:
        del taken.parts[name]
    taken.replace("_rels/.rels", r'<Relationship [^>]*Target="docProps/[^>]*/>', b"")
    taken.replace("[Content_Types].xml", r'<Override PartName="/docProps/[^>]*/>', b"")
    taken.replace("xl/workbook.xml", "<fileVersion[^>]*/>|<bookViews>.*?</bookViews>|<workbookProtection[^>]*/>", b"")
    taken.replace("xl/workbook.xml", "<definedNames>.*?</definedNames><calcPr[^>]*/>", b"<definedNames/><calcPr/>")
    taken.replace("xl/workbook.xml", "<sheet name", b'<sheet state="visible" name')
    taken.replace("xl/sharedStrings.xml", r' count="\d+" uniqueCount="\d+"', b"")
    for number, sheet in enumerate(taken.sheets):
        taken.replace(sheet, "<dimension [^>]*/>|<sheetProtection [^>]*/>", b"")
        taken.replace(sheet, r"<row r=\"(\d+)\" spans=\"[^\"]*\"", rb'<row r="\1"')
        taken.replace(sheet, r"(<v>-?\d+)</v></c>", _decimal)
        taken.add(
            f"xl/drawings/drawing{number}.xml",
            f'{HEAD}<xdr:wsDr xmlns:xdr="urn:x"/>',
            "application/vnd.openxmlformats-officedocument.drawing+xml",
        )
        link = taken.relate(sheet, "drawing", f"../drawings/drawing{number}.xml")
        taken.put(number, "drawing", f'<drawing r:id="{link}"/>')
    return taken.content()


def _decimal(found: re.Match[bytes]) -> bytes:
    """Google writes whole numbers as 7.0; an index of a text stays."""
    before = found.string[max(0, found.start() - 8) : found.start()]
    return found[0] if b't="s"' in before else found[1] + b".0</v></c>"


def as_onlyoffice(content: bytes) -> bytes:
    """OnlyOffice (clx InvalidFirstPageNumber.xlsx): t="n" spelt out, all switches spelt out, no spans."""
    taken = Taken(content)
    for sheet in taken.sheets:
        taken.replace(
            sheet, r"<row r=\"(\d+)\" spans=\"[^\"]*\"", rb'<row r="\1" collapsed="0" hidden="0" outlineLevel="0"'
        )
        taken.parts[sheet] = re.sub(rb'(<c r="[A-Z]+\d+"(?: s="\d+")?)><v>', rb'\1 t="n"><v>', taken.parts[sheet])
        taken.replace(sheet, "<dimension [^>]*/>", b"")
        taken.parts[sheet] = taken.parts[sheet].replace(b"?>\n<worksheet", b"?><worksheet")
    taken.replace("xl/workbook.xml", "<sheet name", b'<sheet state="visible" name')
    taken.replace(
        "docProps/app.xml", "<Application>.*?</Application>", b"<Application>ONLYOFFICE/8.2.0.143</Application>"
    )
    return taken.content()


def as_sharepoint(content: bytes) -> bytes:
    """Excel, then a library of SharePoint (phps issue.4248.xlsx): customXml, ContentTypeId, [trash]."""
    taken = Taken(as_excel(content))
    for number in (1, 2, 3):
        item = '<p:properties xmlns:p="http://schemas.microsoft.com/office/2006/metadata/properties"><documentManagement/></p:properties>'
        taken.add(f"customXml/item{number}.xml", f'<?xml version="1.0" encoding="utf-8"?>{item}')
        props = f'<ds:datastoreItem ds:itemID="{{02F30FF1-B93C-4D4B-823D-67D1F302F43{number}}}" xmlns:ds="urn:x"/>'
        taken.add(
            f"customXml/itemProps{number}.xml",
            HEAD + props,
            "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        )
        taken.relate(f"customXml/item{number}.xml", "customXmlProps", f"itemProps{number}.xml")
        taken.relate("xl/workbook.xml", "customXml", f"../customXml/item{number}.xml")
    content_type = (
        b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="20" name="ContentTypeId">'
        b"<vt:lpwstr>0x0101</vt:lpwstr></property>"
    )
    taken.replace("docProps/custom.xml", "</Properties>", content_type + b"</Properties>")
    taken.add("[trash]/0000.dat", b"\0" * 64)
    return taken.content()


def as_strict(content: bytes) -> bytes:
    """Excel's "Strict Open XML Spreadsheet" (poi SimpleStrict.xlsx): namespaces of ISO 29500-1, dates as t="d"."""
    taken = Taken(content)
    days = _date_styles(taken.parts["xl/styles.xml"])

    def day(found: re.Match[bytes]) -> bytes:
        if found[2].decode() not in days:
            return found[0]
        iso = (EPOCH + timedelta(days=int(found[3]))).isoformat().encode()
        return found[1] + b' t="d"><v>' + iso + b"</v></c>"

    for sheet in taken.sheets:
        taken.parts[sheet] = re.sub(rb'(<c r="[A-Z]+\d+" s="(\d+)")><v>(\d+)</v></c>', day, taken.parts[sheet])
    for name, part in taken.parts.items():
        for ours, strict in STRICT.items():
            part = part.replace(ours.encode(), strict.encode())
        taken.parts[name] = part.replace(b"relationships/extended-properties", b"relationships/extendedProperties")
    taken.replace("xl/workbook.xml", "<workbook ", b'<workbook conformance="strict" ')
    return taken.content()


def _date_styles(styles: bytes) -> set[str]:
    day = re.findall(rb'numFmtId="(\d+)" formatCode="dd/mm/yyyy"', styles)
    cells = re.search(rb"<cellXfs.*?</cellXfs>", styles, re.S)
    assert day and cells
    return {str(n) for n, xf in enumerate(re.findall(rb"<xf [^>]*>", cells[0])) if b'numFmtId="%s"' % day[0] in xf}


def as_prefixed(content: bytes) -> bytes:
    """Open XML SDK, docx4j (phps issue.3720.xlsx): every element of the sheets, strings and workbook under a prefix."""
    taken = Taken(content)
    for name in [*taken.sheets, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]:
        part = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1x:", taken.parts[name])
        taken.parts[name] = part.replace(b"xmlns=", b"xmlns:x=", 1)
    return taken.content()


PROGRAMS = {
    "excel": as_excel, "wps": as_wps, "google": as_google, "onlyoffice": as_onlyoffice, "sharepoint": as_sharepoint,
    "strict": as_strict, "prefixed": as_prefixed,
}  # fmt: skip
