"""The measures of Nghị định 30/2020/NĐ-CP, Phụ lục I, and the Word styles made of them. Lengths in mm, sizes in pt.

Lives here: page, margins, fonts, styles, page numbers, drawn rules. Does not live here: any text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

FONT = "Times New Roman"
PAGE_WIDTH, PAGE_HEIGHT = 210, 297
TOP = BOTTOM = 20
LEFT, RIGHT = 30, 15
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
TEXT_WIDTH_LANDSCAPE = PAGE_HEIGHT - LEFT - RIGHT
FIRST_LINE = 12.7
PARAGRAPH_SPACE = 6
BODY_SIZE = 14
PAGE_NUMBER_SIZE = 13
LINE_SPACING = 1.1

# name: (size, bold, italic, alignment, first line indent in mm, space before and after in pt, keeps with the next)
_STYLES: dict[str, tuple[float, bool, bool, str, float, float, bool]] = {
    "Heading 1": (14, True, False, "left", FIRST_LINE, 6, True),
    "Heading 2": (14, True, False, "left", FIRST_LINE, 6, True),
    "Nội dung": (BODY_SIZE, False, False, "both", FIRST_LINE, 6, False),
    "Tên loại": (14, True, False, "center", 0, 0, True),
    "Trích yếu": (14, True, False, "center", 0, 0, True),
    "Kính gửi": (14, False, False, "center", 0, 6, True),
    "Quốc hiệu": (13, True, False, "center", 0, 0, False),
    "Tiêu ngữ": (14, True, False, "center", 0, 0, False),
    "Tên cơ quan": (13, True, False, "center", 0, 0, False),
    "Số, ký hiệu": (13, False, False, "center", 0, 0, False),
    "Địa danh, thời gian": (14, False, True, "center", 0, 0, False),
    "Chữ ký": (14, True, False, "center", 0, 0, True),
    "Nơi nhận": (12, True, True, "left", 0, 0, True),
    "Danh sách nơi nhận": (11, False, False, "left", 0, 0, False),
    "Số phụ lục": (14, True, False, "center", 0, 0, True),
    "Tên phụ lục": (14, True, False, "center", 0, 0, True),
    "Kèm theo": (14, False, True, "center", 0, 6, True),
    "Đơn vị tính": (12, False, True, "right", 0, 3, True),
    "Tên bảng": (13, True, False, "center", 0, 4, True),
    "Ghi chú": (11, False, True, "left", 0, 6, False),
    "Ô bảng": (11, False, False, "left", 0, 0, False),
    "Dự thảo": (13, True, False, "left", 0, 0, False),
}


def new_document() -> Document:
    """An empty A4 document with the styles of the decree and nothing of the template's own: no thumbnail, no author."""
    import docx

    document = docx.Document()
    for name in _STYLES:
        _style(document, name)
    _base(document)
    _scrub(document)
    page(document.sections[0])
    _number_pages(document.sections[0])
    return document


def page(section: Section, landscape: bool = False) -> None:
    """A4 with the decree's margins; page numbers from 1 in the middle of the top margin, not on the first page."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    width, height = (PAGE_HEIGHT, PAGE_WIDTH) if landscape else (PAGE_WIDTH, PAGE_HEIGHT)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    section.different_first_page_header_footer = True
    for old in section._sectPr.findall(_qn("w:pgNumType")):
        section._sectPr.remove(old)
    section._sectPr.insert_element_before(
        element("w:pgNumType", start="1"), "w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:docGrid"
    )


def rule(container: Any, width: float, available: float, style: str = "Trích yếu") -> None:
    """A drawn line, ``width`` of ``available`` mm, centred: an empty paragraph with a border on top."""
    from docx.shared import Mm, Pt

    paragraph = container.add_paragraph(style=style)
    side = Mm((available - width) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.line_spacing = Pt(4), Pt(6)
    paragraph.paragraph_format.keep_with_next = True
    borders = element("w:pBdr")
    borders.append(element("w:top", val="single", sz="6", space="1", color="000000"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def element(tag: str, **attributes: str) -> Any:
    """An XML element with attributes in Word's namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def field(paragraph: Any, instruction: str) -> None:
    """A Word field such as PAGE in a paragraph."""
    from docx.oxml.ns import qn

    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("text", "2"), ("end", "")):
        run = paragraph.add_run()
        if kind in ("begin", "separate", "end"):
            run._r.append(element("w:fldChar", fldCharType=kind))
        elif kind == "text":
            run.text = text
        else:
            code = element("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {text} "
            run._r.append(code)


def _number_pages(section: Section) -> None:
    """The header of the first section; later sections inherit it. The header of the first page stays empty."""
    from docx.shared import Pt

    section.header.is_linked_to_previous = section.first_page_header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.style = "Số, ký hiệu"
    field(paragraph, "PAGE")
    for run in paragraph.runs:
        run.font.size = Pt(PAGE_NUMBER_SIZE)


def _style(document: Document, name: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    size, bold, italic, alignment, indent, space, keep = _STYLES[name]
    known = name in [style.name for style in document.styles]
    style = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
    _font(style)
    places = {"left": "LEFT", "both": "JUSTIFY", "center": "CENTER", "right": "RIGHT"}
    layout = style.paragraph_format
    layout.alignment = getattr(WD_ALIGN_PARAGRAPH, places[alignment])
    layout.first_line_indent = Mm(indent)
    layout.space_before, layout.space_after = Pt(0), Pt(space)
    layout.line_spacing = LINE_SPACING if name in ("Nội dung", "Heading 1", "Heading 2") else 1.0
    layout.keep_with_next, layout.keep_together = keep, False
    layout.widow_control = True


def _base(document: Document) -> None:
    from docx.shared import Pt

    normal = document.styles["Normal"]
    normal.font.size = Pt(BODY_SIZE)
    _font(normal)
    normal.element.get_or_add_rPr().append(element("w:lang", val="vi-VN", eastAsia="vi-VN"))
    normal.paragraph_format.space_after = Pt(0)


def _font(style: Any) -> None:
    """Times New Roman for every script, black; theme fonts and theme colours of the template are dropped."""
    from docx.shared import RGBColor

    style.font.name = FONT
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(_qn(f"w:{script}"), FONT)


def _scrub(document: Document) -> None:
    """No author, no revision history, no thumbnail; dates are fixed when the package is written."""
    properties = document.core_properties
    for name in ("author", "comments", "keywords", "last_modified_by", "category", "subject", "title"):
        setattr(properties, name, "")
    properties.revision = 1
    package = document.part.package.rels
    for rels, kind in ((package, "thumbnail"), (package, "extended-properties"), (document.part.rels, "customXml")):
        for key in [key for key, relation in rels.items() if relation.reltype.endswith(kind)]:
            del rels[key]


def _qn(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(tag))
