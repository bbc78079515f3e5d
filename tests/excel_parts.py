"""What Excel 365 puts into a package beside the cells: properties, labels, comments, drawings, controls, printers.

Every part is foreign to us and must come back byte for byte. Fixtures are named as in excel_files.py, sections are of
ECMA-376 part 1.
"""

from __future__ import annotations

import re

from tests.hostile_files import HEAD, MAIN
from tests.taken_apart import MC, OFFICE, TYPES, Taken

XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
THREADS = f"{OFFICE}/spreadsheetml/2018/threadedcomments"
PERSON, THREAD = "{97249AF3-29DC-004D-97DD-C4B015019060}", "{463EC29B-9CE5-524A-8B08-C4942360C466}"
VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml"\r\n xmlns:o="urn:schemas-microsoft-com:office:office"\r\n '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">\r\n <o:shapelayout v:ext="edit">\r\n  '
    '<o:idmap v:ext="edit" data="1"/>\r\n </o:shapelayout>{shapes}</xml>'
)
NOTE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"\r\n  path="m,l,21600r21600,l21600,xe">\r\n  '
    '<v:stroke joinstyle="miter"/>\r\n  <v:path gradientshapeok="t" o:connecttype="rect"/>\r\n </v:shapetype>'
)
NOTE = (
    '<v:shape id="_x0000_s1025" type="#_x0000_t202" style=\'position:absolute;\r\n  '
    "margin-left:59.25pt;z-index:1;\r\n  "
    'visibility:hidden\' fillcolor="#ffffe1" o:insetmode="auto">\r\n  <v:fill color2="#ffffe1"/>\r\n  '
    "<v:textbox style='mso-direction-alt:auto'>\r\n   <div style='text-align:left'><br></div>\r\n  </v:textbox>\r\n  "
    '<x:ClientData ObjectType="Note">\r\n   <x:MoveWithCells/>\r\n   <x:Anchor>\r\n    1, 15, 0, 2, 3, 31, '
    "4, 1</x:Anchor>"
    "\r\n   <x:AutoFill>False</x:AutoFill>\r\n   <x:Row>{row}</x:Row>\r\n   <x:Column>{column}</x:Column>\r\n  "
    "</x:ClientData>\r\n </v:shape>"
)


def workbook_part(taken: Taken) -> None:
    """absPath, revisionPtr, views, calcId, features (phps issue.4724.xlsx); filters and views hidden in names."""
    main = "xl/workbook.xml"
    revisions = (
        f'xmlns:mc="{MC}" mc:Ignorable="x15 xr xr6 xr10 xr2" xmlns:x15="{OFFICE}/spreadsheetml/2010/11/main" '
        f'xmlns:xr="{OFFICE}/spreadsheetml/2014/revision" xmlns:xr6="{OFFICE}/spreadsheetml/2016/revision6" '
        f'xmlns:xr10="{OFFICE}/spreadsheetml/2016/revision10" xmlns:xr2="{OFFICE}/spreadsheetml/2015/revision2"'
    )
    path = (
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x15"><x15ac:absPath url="C:\\\\Bao cao\\\\" '
        f'xmlns:x15ac="{OFFICE}/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent>'
        '<xr:revisionPtr revIDLastSave="0" documentId="13_ncr:1_{4D576FA4-9417-4F2B-84E6-84FF334ED61C}" '
        'xr6:coauthVersionLast="47" xr6:coauthVersionMax="47" '
        'xr10:uidLastSave="{00000000-0000-0000-0000-000000000000}"/>'
    )
    taken.replace(main, "<workbook ([^>]*)>", rf"<workbook \1 {revisions}>".encode(), 1)
    taken.replace(
        main,
        "<workbookPr[^>]*/>",
        b'<workbookPr codeName="ThisWorkbook" defaultThemeVersion="202300"/>' + path.encode(),
    )
    taken.replace(
        main,
        "<workbookView [^>]*/>",
        b'<workbookView xWindow="-110" yWindow="-110" windowWidth="19420" windowHeight="10300" tabRatio="800" '
        b'firstSheet="2" activeTab="1" xr2:uid="{00000000-000D-0000-FFFF-FFFF00000000}"/>',
    )
    name = '<definedName name="_xlnm._FilterDatabase" localSheetId="2" hidden="1">B01b!$A$5:$C$6</definedName>'
    taken.replace(main, "<definedNames>", b"<definedNames>" + name.encode())
    view = (
        '<customWorkbookView name="Xem" guid="{0A1B2C3D-0000-0000-0000-000000000001}" windowWidth="800" '
        'windowHeight="600" activeSheetId="1"/>'
    )
    tail = (
        f'<calcPr calcId="191029"/><customWorkbookViews>{view}</customWorkbookViews>'
        f'<extLst><ext uri="{{140A7094-0E35-4892-8432-C4D2E57EDEB5}}" xmlns:x15="{OFFICE}/spreadsheetml/2010/11/main">'
        '<x15:workbookPr chartTrackingRefBase="1"/></ext></extLst>'
    )
    taken.replace(main, "<calcPr[^>]*/>", tail.encode())
    for sheet in taken.sheets:
        taken.parts[sheet] = taken.parts[sheet].replace(b' tabSelected="1"', b"")
    taken.replace(taken.sheets[1], "<sheetView ", b'<sheetView tabSelected="1" ', 1)


def label(taken: Taken) -> None:
    """A sensitivity label (phps issue.4724.xlsx), and custom properties beside ours (MSIP_Label_…: [MS-OI29500])."""
    namespace = f"{OFFICE}/2020/mipLabelMetadata"
    one = (
        "<clbl:label "
        'id="{4ca0b373-e9b1-4578-8e53-53d6aaa79771}" enabled="1" method="Standard" contentBits="0" removed="0" />'
    )
    taken.add(
        "docMetadata/LabelInfo.xml",
        f'{HEAD}<clbl:labelList xmlns:clbl="{namespace}">{one}</clbl:labelList>',
        "application/vnd.ms-office.classificationlabels+xml",
    )
    taken.relate("", f"{OFFICE}/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml")
    put = (
        rb'\1<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="9" name="MSIP_Label_4ca0b373_Enabled">'
        rb'<vt:lpwstr>true</vt:lpwstr></property><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="10" '
        rb'name="MediaServiceImageTags"><vt:lpwstr></vt:lpwstr></property>'
    )
    taken.replace("docProps/custom.xml", "(<Properties [^>]*>)", put, 1)


def signature(taken: Taken) -> None:
    """A digital signature over the package (ECMA-376-2 13; poi xmldsign/hello-world-signed.xlsx): not ours to judge."""
    package = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature"
    kind = "application/vnd.openxmlformats-package.digital-signature"
    taken.default("sigs", f"{kind}-origin")
    taken.add("_xmlsignatures/origin.sigs", b"")
    signed = '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>'
    taken.add("_xmlsignatures/sig1.xml", HEAD + signed, f"{kind}-xmlsignature+xml")
    taken.relate("", f"{package}/origin", "_xmlsignatures/origin.sigs")
    taken.relate("_xmlsignatures/origin.sigs", f"{package}/signature", "sig1.xml")


def threaded_comment(taken: Taken) -> None:
    """A comment of Microsoft 365 with its old-style shadow, VML that is no XML: `<br>` (oxl loadThreadComment.xlsx)."""
    thread = (
        f'<threadedComment ref="A2" dT="2025-11-24T10:54:58.70" personId="{PERSON}" id="{THREAD}">'
        f"<text>Xem lại</text></threadedComment>"
    )
    person = f'<person displayName="Người Thử" id="{PERSON}" userId="853503cf2fdbb925" providerId="Windows Live"/>'
    shadow = (
        f'<comments xmlns="{MAIN}" xmlns:mc="{MC}" mc:Ignorable="xr" xmlns:xr="{OFFICE}/spreadsheetml/2014/revision">'
        f"<authors><author>tc={THREAD}</author></authors><commentList><comment "
        f'ref="A2" authorId="0" shapeId="0" xr:uid="{THREAD}">'
        "<text><t>[Threaded comment]\n\nComment:\n    Xem lại</t></text></comment></commentList></comments>"
    )
    taken.add(
        "xl/threadedComments/threadedComment1.xml",
        f'{HEAD}<ThreadedComments xmlns="{THREADS}">{thread}</ThreadedComments>',
        "application/vnd.ms-excel.threadedcomments+xml",
    )
    taken.add(
        "xl/persons/person.xml",
        f'{HEAD}<personList xmlns="{THREADS}">{person}</personList>',
        "application/vnd.ms-excel.person+xml",
    )
    taken.relate("xl/workbook.xml", f"{OFFICE}/2017/10/relationships/person", "persons/person.xml")
    for sheet in (1, 6):
        part = taken.sheets[sheet]
        if sheet == 1:
            taken.relate(
                part, f"{OFFICE}/2017/10/relationships/threadedComment", "../threadedComments/threadedComment1.xml"
            )
        taken.add(f"xl/comments{sheet}.xml", HEAD + shadow, f"{TYPES}.spreadsheetml.comments+xml")
        taken.relate(part, "comments", f"../comments{sheet}.xml")
        note = NOTE_TYPE + NOTE.format(row=1, column=0)
        _legacy(taken, sheet, "legacyDrawing", VML.format(shapes=note))


def _legacy(taken: Taken, sheet: int, element: str, vml: str) -> None:
    name = f"vmlDrawing{sheet}{'HF' if element.endswith('HF') else ''}.vml"
    taken.default("vml", f"{TYPES}.vmlDrawing")
    taken.add(f"xl/drawings/{name}", vml)
    number = taken.relate(taken.sheets[sheet], "vmlDrawing", f"../drawings/{name}")
    taken.put(sheet, element, f'<{element} r:id="{number}"/>')


def form_control(taken: Taken) -> None:
    """A check box: `xdr:row` and `xdr:col` stand in the sheet (18.3.1.19; clx sheet-with-form-controls-input)."""
    part = taken.sheets[4]
    box = (
        '<v:shape id="_x0000_s5121" type="#_x0000_t201" style=\'position:absolute\' stroked="f"><x:ClientData '
        'ObjectType="Checkbox"><x:Anchor>1, 0, 1, 0, 2, 0, 2, 0</x:Anchor></x:ClientData></v:shape>'
    )
    _legacy(taken, 4, "legacyDrawing", VML.format(shapes=box))
    taken.add(
        "xl/ctrlProps/ctrlProp1.xml",
        f'{HEAD}<formControlPr xmlns="{OFFICE}/spreadsheetml/2009/9/main" objectType="CheckBox"/>',
        "application/vnd.ms-excel.controlproperties+xml",
    )
    number = taken.relate(part, "ctrlProp", "../ctrlProps/ctrlProp1.xml")
    corner = "<xdr:col>{0}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{0}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    control = (
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice '
        f'Requires="x14" xmlns:x14="{OFFICE}/spreadsheetml/2009/9/main"><controls>'
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x14"><control '
        f'shapeId="5121" r:id="{number}" name="Check Box 1">'
        f'<controlPr defaultSize="0"><anchor moveWithCells="1" xmlns:xdr="{XDR}"><from>{corner.format(1)}'
        f"</from><to>{corner.format(2)}</to>"
        "</anchor></controlPr></control></mc:Choice></mc:AlternateContent></controls></mc:Choice></mc:AlternateContent>"
    )
    taken.put(4, "AlternateContent", control)


def header_picture(taken: Taken) -> None:
    """A picture in the page header, in VML: no legacyDrawing may stand behind it (18.3.1.53; phps issue.1767.xlsx)."""
    _legacy(taken, 5, "legacyDrawingHF", VML.format(shapes=""))


def drawing(taken: Taken) -> None:
    """A text box on a sheet (20.5.2)."""
    corner = "<xdr:col>{0}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{0}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    shape = (
        f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}"><xdr:twoCellAnchor><xdr:from>{corner.format(7)}</xdr:from><xdr:to>'
        f'{corner.format(9)}</xdr:to><xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="Hộp"/>'
        "<xdr:cNvSpPr/></xdr:nvSpPr>"
        '<xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p>'
        "<a:r><a:t>Ghi chú</a:t></a:r>"
        "</a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
    )
    taken.add("xl/drawings/drawing1.xml", HEAD + shape, f"{TYPES}.drawing+xml")
    number = taken.relate(taken.sheets[3], "drawing", "../drawings/drawing1.xml")
    taken.put(3, "drawing", f'<drawing r:id="{number}"/>')


def tables_and_ranges(taken: Taken) -> None:
    """A table, ranges that may be edited, a filter, a link, marks of the error check (18.3.1: their places)."""
    column = '<tableColumn id="1" name="Cột"/>'
    table = f'<table xmlns="{MAIN}" id="1" name="Bang1" displayName="Bang1" ref="Z90:Z92"><autoFilter ref="Z90:Z92"/>'
    taken.add(
        "xl/tables/table1.xml",
        f'{HEAD}{table}<tableColumns count="1">{column}</tableColumns></table>',
        f"{TYPES}.spreadsheetml.table+xml",
    )
    number = taken.relate(taken.sheets[7], "table", "../tables/table1.xml")
    taken.put(7, "tableParts", f'<tableParts count="1"><tablePart r:id="{number}"/></tableParts>')
    taken.put(2, "protectedRanges", '<protectedRanges><protectedRange sqref="A6:C9" name="Vùng1"/></protectedRanges>')
    taken.put(2, "autoFilter", '<autoFilter ref="A5:C6"/>')
    taken.put(
        2,
        "customSheetViews",
        '<customSheetViews><customSheetView guid="{0A1B2C3D-0000-0000-0000-000000000001}"/></customSheetViews>',
    )
    taken.put(2, "hyperlinks", '<hyperlinks><hyperlink ref="A1" location="\'B01\'!A1" display="B01"/></hyperlinks>')
    taken.put(2, "ignoredErrors", '<ignoredErrors><ignoredError sqref="A1:C9" numberStoredAsText="1"/></ignoredErrors>')


def printers(taken: Taken) -> None:
    """Printer settings, binary, on every sheet (all files that were printed once)."""
    taken.default("bin", f"{TYPES}.spreadsheetml.printerSettings")
    for place, part in enumerate(taken.sheets, 1):
        taken.add(f"xl/printerSettings/printerSettings{place}.bin", b"\\\0\\\0m\0a\0y\0\0\1\2<!\xff" * 20)
        number = taken.relate(part, "printerSettings", f"../printerSettings/printerSettings{place}.bin")
        taken.replace(part, "<pageSetup ([^>]*)/>", rf'<pageSetup \1 r:id="{number}"/>'.encode())


BESIDE = (
    workbook_part, label, signature, threaded_comment, form_control, header_picture, drawing, tables_and_ranges,
    printers,
)  # fmt: skip


def notes_saved_again(taken: Taken) -> None:
    """Notes that another program made, as Excel writes them back: shapeId and xr:uid, VML in its own lines."""
    for name in [one for one in taken.parts if one.startswith("xl/comments")]:
        put = rb'<comment \1 shapeId="0" xr:uid="{00000000-0006-0000-0000-000001000000}">'
        taken.replace(name, "<comment ([^>]*)>", put)
        revisions = f' xmlns:mc="{MC}" mc:Ignorable="xr" xmlns:xr="{OFFICE}/spreadsheetml/2014/revision">'
        taken.replace(name, "<comments ([^>]*)>", rb"<comments \1" + revisions.encode(), 1)
    for name in [one for one in taken.parts if one.endswith(".vml")]:
        places = re.findall(rb"<x:Row>(\d+)</x:Row><x:Column>(\d+)</x:Column>", taken.parts[name])
        shapes = NOTE_TYPE + "".join(NOTE.format(row=int(row), column=int(column)) for row, column in places)
        taken.add(name, VML.format(shapes=shapes))
