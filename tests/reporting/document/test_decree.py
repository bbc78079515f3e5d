"""The format of Nghị định 30/2020/NĐ-CP, Phụ lục I (domain.md § 4), asserted from the XML of the document."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from lxml import etree

from reporting.tables.registry import all_annexes
from reporting.warehouse import Report
from tests.reporting.document.word import TWIPS_PER_MM, Paragraph, W, Word


@pytest.fixture(scope="module")
def word(docx_file: Path) -> Word:
    return Word(docx_file)


@pytest.fixture(scope="module")
def paragraphs(word: Word) -> list[Paragraph]:
    return word.paragraphs()


def the(paragraphs: list[Paragraph], text: str) -> Paragraph:
    return next(p for p in paragraphs if p.text.startswith(text))


def mm(value: str) -> float:
    return int(value) / TWIPS_PER_MM


def test_page_and_margins(word: Word) -> None:
    for section in word.sections():
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        assert sorted(round(mm(size.get(f"{W}{side}"))) for side in "wh") == [210, 297]
        assert 20 <= round(mm(margins.get(f"{W}top"))) <= 25 and 20 <= round(mm(margins.get(f"{W}bottom"))) <= 25
        assert 30 <= round(mm(margins.get(f"{W}left"))) <= 35 and 15 <= round(mm(margins.get(f"{W}right"))) <= 20
    first = word.sections()[0].find(f"{W}pgSz")
    assert int(first.get(f"{W}w")) < int(first.get(f"{W}h")), "the report itself stands upright"


def test_page_number_in_the_top_margin_and_not_on_the_first_page(word: Word) -> None:
    for section in word.sections():
        assert section.find(f"{W}titlePg") is not None
        assert section.find(f"{W}pgNumType").get(f"{W}start") == "1", "every annex counts its own pages"
    headers = [etree.fromstring(body) for name, body in word.parts.items() if "/header" in name]
    numbered = [h for h in headers if any("PAGE" in (code.text or "") for code in h.iter(f"{W}instrText"))]
    assert len(numbered) == 1 and len(headers) == 2, "one header with the number, an empty one for first pages"
    sizes = {int(size.get(f"{W}val")) / 2 for size in numbered[0].iter(f"{W}sz")}
    assert sizes <= {13.0, 14.0} and sizes
    style = numbered[0].find(f".//{W}pStyle").get(f"{W}val")
    assert word.styles[style].find(f"{W}pPr/{W}jc").get(f"{W}val") == "center"


@pytest.mark.parametrize(
    ("text", "sizes", "bold", "italic", "align"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, 13), True, False, "center"),
        ("Độc lập - Tự do - Hạnh phúc", (13, 14), True, False, "center"),
        ("ỦY BAN NHÂN DÂN", (12, 13), True, False, "center"),
        ("Số: ", (13, 13), False, False, "center"),
        ("Lạng Sơn, ngày", (13, 14), False, True, "center"),
        ("BÁO CÁO", (13, 14), True, False, "center"),
        ("Kết quả thực hiện Chiến lược", (13, 14), True, False, "center"),
        ("Kính gửi: Bộ Nội vụ", (13, 14), False, False, "center"),
        ("I. CÔNG TÁC CHỈ ĐẠO", (13, 14), True, False, "left"),
        ("1. Ban hành văn bản", (13, 14), True, False, "left"),
        ("Thực hiện Quyết định số 899", (13, 14), False, False, "both"),
        ("TM. ỦY BAN NHÂN DÂN", (13, 14), True, False, "center"),
        ("KT. CHỦ TỊCH", (13, 14), True, False, "center"),
        ("Nơi nhận:", (12, 12), True, True, "left"),
        ("- Như trên;", (11, 11), False, False, "left"),
        ("Phụ lục I", (14, 14), True, False, "center"),
        ("KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU NĂM 2025", (13, 14), True, False, "center"),
        ("(Kèm theo Báo cáo số", (13, 14), False, True, "center"),
    ],
)
def test_sizes_and_styles_of_the_decree(
    paragraphs: list[Paragraph], text: str, sizes: tuple[int, int], bold: bool, italic: bool, align: str
) -> None:
    looks = the(paragraphs, text).looks
    assert sizes[0] <= looks["size"] <= sizes[1]
    assert (looks["bold"], looks["italic"], looks["align"]) == (bold, italic, align)
    assert looks["font"] == "Times New Roman"


def test_body_paragraphs(paragraphs: list[Paragraph]) -> None:
    body = [p for p in paragraphs if p.style == "Nội dung"]
    assert len(body) > 30
    for paragraph in body:
        assert 13 <= paragraph.looks["size"] <= 14 and paragraph.looks["align"] == "both"
        assert round(mm(paragraph.looks["indent"]), 1) in (10.0, 12.7)
        assert int(paragraph.looks["after"]) >= 6 * 20


def test_number_symbol_place_and_day(paragraphs: list[Paragraph]) -> None:
    assert re.fullmatch(r"Số: \S*/BC-UBND", the(paragraphs, "Số: ").text)
    assert re.fullmatch(r"Lạng Sơn, ngày \S+ tháng \S+ năm \d{4}", the(paragraphs, "Lạng Sơn, ngày").text)


def test_lines_are_drawn_under_motto_agency_and_subject(word: Word) -> None:
    ruled = [p for p in word.body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pBdr/{W}top") is not None]
    assert len(ruled) == 3
    for rule in ruled:
        sides = rule.find(f"{W}pPr/{W}ind")
        assert sides.get(f"{W}left") == sides.get(f"{W}right"), "centred"
        assert not "".join(rule.itertext())


def test_headings_go_down_the_ladder(paragraphs: list[Paragraph]) -> None:
    first = [p.text for p in paragraphs if p.style == "heading 1"]
    assert [text.split(".")[0] for text in first] == ["I", "II", "III", "IV", "V"]
    assert all(text == text.upper() for text in first)
    points = [p.text[:2] for p in paragraphs if re.match(r"[a-zđ]\) Tỷ lệ|[a-zđ]\) Ban hành|[a-zđ]\) Báo cáo", p.text)]
    assert points == ["a)", "b)", "c)", "d)", "đ)", "e)", "g)"], "the Vietnamese alphabet"


def test_recipients_end_with_the_archive_and_stand_level_with_the_signer(word: Word, paragraphs) -> None:
    lines = [p.text for p in paragraphs if p.style == "Danh sách nơi nhận" and p.text]
    assert lines[0] == "- Như trên;" and lines[-1] == "- Lưu: VT, NC."
    assert all(line.startswith("- ") and line.endswith(";") for line in lines[:-1])
    table = next(t for t in word.body.iter(f"{W}tbl") if "Nơi nhận:" in "".join(t.itertext()))
    left, right = next(iter(table.iter(f"{W}tr"))).findall(f"{W}tc")
    assert "".join(left.itertext()).startswith("Nơi nhận:")
    assert "".join(right.itertext()).startswith("TM. ỦY BAN NHÂN DÂN")


def test_annexes_have_number_title_and_reference_and_the_body_names_each(
    report: Report, paragraphs: list[Paragraph]
) -> None:
    printed = [a for a in all_annexes(report) if any(table.in_document for table in a.tables)]
    heads = [p.text for p in paragraphs if p.style == "Số phụ lục"]
    assert heads == [f"Phụ lục {annex.number}" for annex in printed]
    attached = [p.text for p in paragraphs if p.style == "Kèm theo"]
    assert len(attached) == len(printed)
    assert set(attached) == {
        "(Kèm theo Báo cáo số ……/BC-UBND ngày …… tháng …… năm …… của Ủy ban nhân dân tỉnh Lạng Sơn)"
    }
    text = " ".join(p.text for p in paragraphs if p.style == "Nội dung")
    for annex in printed:
        assert re.search(rf"Phụ lục {annex.number}\b", text), annex.number


def test_everything_is_black_times_new_roman_and_nfc(word: Word, paragraphs: list[Paragraph]) -> None:
    text = word.parts["word/document.xml"].decode()
    assert {c.get(f"{W}val") for c in word.body.iter(f"{W}color")} <= {"000000", None}
    fonts = {f.get(f"{W}ascii") for f in word.body.iter(f"{W}rFonts")}
    assert fonts <= {"Times New Roman"}
    assert unicodedata.is_normalized("NFC", text)
    assert all(p.looks["font"] == "Times New Roman" for p in paragraphs if p.text)


def test_what_only_the_officer_may_write_is_marked_and_nothing_is_invented(paragraphs: list[Paragraph]) -> None:
    marked = [p for p in paragraphs if p.text.startswith("[soạn thảo]")]
    assert len(marked) >= 6
    for paragraph in marked:
        assert next(paragraph.node.iter(f"{W}highlight")).get(f"{W}val") == "yellow"
    assert "số ……/KH-UBND ngày …… tháng 01 năm 2024" in the(paragraphs, "Thực hiện Quyết định").text


def test_a_table_repeats_its_head_and_no_row_is_torn(word: Word) -> None:
    for table in word.body.iter(f"{W}tbl"):
        rows = list(table.iter(f"{W}tr"))
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows if len(rows) > 2)
        if table.find(f"{W}tblPr/{W}tblBorders") is not None:
            assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None


# The order in which Word's schema wants the children of these elements; Word refuses a file that breaks it.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing jc"
    " outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps color spacing w kern position sz szCs highlight u vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
}


@pytest.mark.parametrize("name", ORDER)
def test_children_stand_in_the_order_of_the_schema(word: Word, signoff_file: Path, name: str) -> None:
    order = ORDER[name].split()
    for part in (word, Word(signoff_file)):
        for node in part.body.iter(f"{W}{name}"):
            found = [order.index(etree.QName(child).localname) for child in node]
            assert found == sorted(found), etree.tostring(node)[:400]
