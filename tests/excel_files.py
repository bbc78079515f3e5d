"""A workbook as Excel 365 saves it: the same content, and all that Excel puts beside it.

Excel is not at hand; each habit is told where it was seen. Fixtures are files of public test collections: poi (Apache
POI), phps (PhpSpreadsheet), clx (ClosedXML), oxl (openxlsx-data). Other programs are in office_suites.py.
"""

from __future__ import annotations

import re

from tests.excel_parts import BESIDE, notes_saved_again
from tests.hostile_files import HEAD, MAIN
from tests.taken_apart import MC, OFFICE, TYPES, Taken

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
REVISIONS = (
    f'xmlns:mc="{MC}" mc:Ignorable="x14ac xr xr2 xr3" xmlns:x14ac="{OFFICE}/spreadsheetml/2009/9/ac" '
    f'xmlns:xr="{OFFICE}/spreadsheetml/2014/revision" xmlns:xr2="{OFFICE}/spreadsheetml/2015/revision2" '
    f'xmlns:xr3="{OFFICE}/spreadsheetml/2016/revision3"'
)
_CROSS_SHEET = re.compile(
    rb"<dataValidation ([^>]*?) sqref=\"([^\"]*)\"><formula1>('[^']*'![^<]*)</formula1></dataValidation>"
)
_NUMBER = re.compile(rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)><v>(-?[0-9.]+)</v></c>')


def as_excel(content: bytes) -> bytes:
    """Everything below and in excel_parts.py at once, each thing on some sheet."""
    taken = Taken(content)
    for habit in (heads, lists_on_other_sheets, digits, formulas, strings, *BESIDE):
        habit(taken)
    return taken.content()


def saved_again(content: bytes) -> bytes:
    """Our own answer, opened in Excel and saved."""
    taken = Taken(content)
    for habit in (heads, lists_on_other_sheets, digits, notes_saved_again):
        habit(taken)
    return taken.content()


def heads(taken: Taken) -> None:
    """Namespaces, xr:uid, x14ac:dyDescent, line ends of the declaration (phps issue.4724.xlsx; [MS-XLSX] 2.2.1)."""
    for number, sheet in enumerate(taken.sheets):
        uid = f' xr:uid="{{{number:08X}-0001-0000-0000-000000000000}}"'
        taken.replace(sheet, "<worksheet ([^>]*)>", rf"<worksheet \1 {REVISIONS}{uid}>".encode(), 1)
        taken.replace(sheet, r"<sheetFormatPr ([^>]*)/>", rb'<sheetFormatPr \1 x14ac:dyDescent="0.25"/>')
        taken.replace(sheet, "<row ([^>]*?)(/?)>", rb'<row \1 x14ac:dyDescent="0.25"\2>')
        last = 3 + max(map(int, re.findall(rb'<row r="(\d+)"', taken.parts[sheet])))
        blank = (
            f'<row r="{last}" s="1" customFormat="1" ht="15" thickBot="1" x14ac:dyDescent="0.25"><c '
            f'r="A{last}" s="1"/></row>'
        )
        taken.replace(sheet, "</sheetData>", f"{blank}</sheetData>".encode(), 1)
        taken.replace(sheet, 'standalone="yes"\\?>\n', b'standalone="yes"?>\r\n')


def lists_on_other_sheets(taken: Taken) -> None:
    """[MS-XLSX] 2.3.2, 2.6.12: what refers to another sheet is kept as x14:dataValidation (poi 51850.xlsx)."""
    for number, sheet in enumerate(taken.sheets):
        moved = list(_CROSS_SHEET.finditer(taken.parts[sheet]))
        if not moved:
            continue
        items = "".join(
            f'<x14:dataValidation {m[1].decode()} xr:uid="{{{n:08X}-0002-0000-0000-000000000000}}"><x14:formula1><xm:f>'
            f"{m[3].decode()}</xm:f></x14:formula1><xm:sqref>{m[2].decode()}</xm:sqref></x14:dataValidation>"
            for n, m in enumerate(moved)
        )
        taken.replace(sheet, _CROSS_SHEET.pattern, b"")
        left = taken.parts[sheet].count(b"<dataValidation ")
        taken.replace(sheet, r'<dataValidations count="\d+">', f'<dataValidations count="{left}">'.encode())
        if not left:
            taken.replace(sheet, "<dataValidations [^>]*></dataValidations>", b"")
        lists = f'<x14:dataValidations xmlns:xm="{XM}" count="{len(moved)}">{items}</x14:dataValidations>'
        taken.put(number, "extLst", _extension("{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}", lists))
        line = (
            f'<x14:sparklineGroups xmlns:xm="{XM}"><x14:sparklineGroup displayEmptyCellsAs="gap"><x14:sparklines>'
            "<x14:sparkline><xm:f>'B01'!A1:A2</xm:f><xm:sqref>XFD1</xm:sqref></x14:sparkline></x14:sparklines>"
            "</x14:sparklineGroup></x14:sparklineGroups>"
        )
        taken.put(number, "extLst", _extension("{05C60535-1F16-4fd2-B633-F4F36F0B64E0}", line))


def _extension(uri: str, xml: str) -> str:
    return f'<extLst><ext uri="{uri}" xmlns:x14="{X14}">{xml}</ext></extLst>'


def digits(taken: Taken) -> None:
    """Numbers with seventeen digits: 1.1000000000000001, 4.5999999999999999E-2 (poi 45544.xlsx)."""

    def put(found: re.Match[bytes]) -> bytes:
        value = float(found[2])
        text = format(value, ".17g") if abs(value) >= 0.1 or not value else format(value, ".16E")
        return found[1] + b"><v>" + re.sub(r"E-0(\d)$", r"E-\1", text).encode() + b"</v></c>"

    for sheet in taken.sheets:
        taken.parts[sheet] = _NUMBER.sub(put, taken.parts[sheet])


def formulas(taken: Taken) -> None:
    """Shared, array and dynamic formulas over results; calcChain and metadata (18.3.1.40; poi xlookup.xlsx)."""
    forms = (
        b'<f t="shared" ref="A1:A2" si="0">1+1</f>', b'<f t="shared" si="0"/>', b'<f t="array" ref="A1">SUM(1,2)</f>',
        b'<f t="array" aca="1" ref="A1" ca="1">_xlfn.SEQUENCE(1)</f>',
    )  # fmt: skip
    sheet = next(one for one in taken.sheets if len(_NUMBER.findall(taken.parts[one])) >= len(forms))
    chain = []

    def put(found: re.Match[bytes]) -> bytes:
        chain.append(found[1].split(b'"')[1].decode())
        head = found[1] + (b' cm="1"' if len(chain) == len(forms) else b"")
        return head + b">" + forms[len(chain) - 1] + b"<v>" + found[2] + b"</v></c>"

    taken.parts[sheet] = _NUMBER.sub(put, taken.parts[sheet], count=len(forms))
    cells = "".join(f'<c r="{cell}" i="{taken.sheets.index(sheet) + 1}"/>' for cell in chain)
    taken.add(
        "xl/calcChain.xml",
        f'{HEAD}<calcChain xmlns="{MAIN}">{cells}</calcChain>',
        f"{TYPES}.spreadsheetml.calcChain+xml",
    )
    taken.relate("xl/workbook.xml", "calcChain", "calcChain.xml")
    kind = '<metadataType name="XLDAPR" minSupportedVersion="120000" copy="1" pasteAll="1" cellMeta="1"/>'
    dynamic = (
        f'<metadata xmlns="{MAIN}" xmlns:xda="{OFFICE}/spreadsheetml/2017/dynamicarray"><metadataTypes count="1">{kind}'
        '</metadataTypes><futureMetadata name="XLDAPR" count="1"><bk><extLst><ext '
        'uri="{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}">'
        '<xda:dynamicArrayProperties fDynamic="1" fCollapsed="0"/></ext></extLst></bk></futureMetadata>'
        '<cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata></metadata>'
    )
    taken.add("xl/metadata.xml", HEAD + dynamic, f"{TYPES}.spreadsheetml.sheetMetadata+xml")
    taken.relate("xl/workbook.xml", "sheetMetadata", "metadata.xml")


def strings(taken: Taken) -> None:
    """Rich text with phonetic hints (poi 51519.xlsx); a text as the result of a formula, `xml:space` on its `<v>`."""
    part = "xl/sharedStrings.xml"
    texts = re.findall(rb"<si><t[^>]*>([^<]*)</t></si>", taken.parts[part])
    cell = re.search(rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?) t="s"><v>([0-9]+)</v></c>', taken.parts[taken.sheets[2]])
    assert cell is not None and len(texts) == taken.parts[part].count(b"<si>")
    result = cell[1] + b' t="str"><f>T("x")</f><v xml:space="preserve">' + texts[int(cell[2])] + b"</v></c>"
    taken.parts[taken.sheets[2]] = taken.parts[taken.sheets[2]].replace(cell[0], result)
    plain = re.search(rb"<si><t[^>]*>([A-Z])([^<]{3,})</t></si>", taken.parts[part])
    assert plain is not None
    rich = b'<si><r><rPr><b/></rPr><t>%s</t></r><r><t xml:space="preserve">%s</t></r>' % (plain[1], plain[2])
    hint = b'<rPh sb="0" eb="1"><t>x</t></rPh><phoneticPr fontId="1" type="noConversion"/></si>'
    taken.parts[part] = taken.parts[part].replace(plain[0], rich + hint, 1)
