"""Which sentence is said when (worked-examples § 9.3), with the filled examples of that page word by word."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reporting import numbers
from reporting.narrative.indicator import ideas
from reporting.narrative.report import report_text
from reporting.public import publishable
from reporting.warehouse import Report
from reporting.wording import WordingError, annexes, placeholders, say, sentences
from tests.reporting import report_tables

PLAIN = {"series_break": None, "prior_numerator": 0, "prior_denominator": 0, "agencies_missing": 0,
         "lower_bound": None, "upper_bound": None}  # fmt: skip


def report_with(folder: Path, code: str, others: list[dict[str, Any]] | None = None, **changes: Any) -> Report:
    """A report whose indicator ``code`` is changed; ``others`` replace its readings beside the headline."""
    headlines = report_tables.indicators(**{code: changes})
    readings = report_tables.readings(headlines)
    if others is not None:
        template = next(row for row in readings if not row["is_headline"])
        readings = [row for row in readings if row["is_headline"]] + [template | row for row in others]
    return publishable(report_tables.write(folder / "w.duckdb", indicators=headlines, readings=readings))


def test_example_b_of_the_worked_examples(tmp_path: Path) -> None:
    cumulative = {"indicator_code": "CT02", "reading": "cumulative_persons", "numerator": 3, "denominator": 22,
                  "reading_text_vi": "cộng dồn từ năm 2024", "verdict": "met", "target_value": Decimal(10)}  # fmt: skip
    facts = PLAIN | {"numerator": 2, "denominator": 21, "shortfall": 1, "as_of": date(2025, 11, 30)}
    said = ideas(report_with(tmp_path, "CT02", [cumulative], **facts), "CT02")
    assert said.result == "Kết quả: 02/21 người, đạt 9,5%."
    assert said.conclusion == (
        "So với chỉ tiêu khoảng 10%: chưa đạt, thấp hơn 0,5 điểm phần trăm; với cùng số tuyển dụng mới, cần thêm 01"
        " người để đạt chỉ tiêu."
    )
    assert said.notes == (
        "Số tạm tính đến ngày 30/11/2025; số chính thức cả năm được công bố ở lần điều chỉnh tiếp theo.",
        "Lưu ý: do số đối tượng ít, 01 người tương ứng 4,8 điểm phần trăm.",
        "Theo cách hiểu cộng dồn từ năm 2024, giá trị là 03/22 (13,6%).",
    )


def test_example_d_not_due(tmp_path: Path) -> None:
    interim = {"indicator_code": "CT04", "reading": "interim_1", "numerator": 5, "denominator": 5,
               "verdict": "no_target"}  # fmt: skip
    said = ideas(report_with(tmp_path, "CT04", [interim]), "CT04")
    assert said.result == ""
    assert said.conclusion == (
        "Chưa đến hạn đánh giá: chưa có người nào đủ 05 năm kể từ ngày được thu hút hoặc công nhận theo Kế hoạch;"
        " lần đánh giá đầu tiên: năm 2029."
    )
    assert said.notes == ("Số liệu theo dõi ở mốc 01 năm: 05/05 người còn làm việc.",)


def test_example_a_a_fixed_roster_does_not_grow(tmp_path: Path) -> None:
    to_date = {"indicator_code": "CT01", "reading": "to_date", "numerator": 5, "denominator": 7, "verdict": "no_target"}
    facts = PLAIN | {"numerator": 3, "denominator": 7, "shortfall": 4, "as_of": date(2025, 12, 31)}
    said = ideas(report_with(tmp_path, "CT01", [to_date], **facts), "CT01")
    assert said.result == "Kết quả: 03/07 cơ quan, đạt 42,9%."
    assert said.conclusion == "So với chỉ tiêu 100%: chưa đạt, thấp hơn 57,1 điểm phần trăm; cần thêm 04 cơ quan."
    assert said.notes[-1] == (
        "Tính đến ngày 31/12/2025 có 05/07 cơ quan (hoặc cơ quan kế thừa) đã ban hành (71,4%)."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "conclusion"),
    [
        ({"verdict": "met", "numerator": 40, "shortfall": 0}, "So với chỉ tiêu khoảng 10%: đạt."),
        ({"verdict": "no_target", "target_value": None},
         "Kế hoạch không quy định chỉ tiêu cho năm 2025; số liệu nêu để theo dõi."),
        ({"verdict": "not_computable", "agencies_missing": 3, "lower_bound": Decimal("8.3"),
          "upper_bound": Decimal("20.8")},
         "Do 03 cơ quan chưa gửi số liệu, giá trị nằm trong khoảng từ 8,3% đến 20,8%; chưa đủ căn cứ kết luận đạt hay"
         " chưa đạt chỉ tiêu khoảng 10%."),
        ({"verdict": "not_computable", "numerator": 0, "denominator": 0}, ""),
    ],
)  # fmt: skip
def test_each_verdict_has_its_sentence(tmp_path: Path, changes: dict[str, Any], conclusion: str) -> None:
    said = ideas(report_with(tmp_path, "CT02", [], **(PLAIN | changes)), "CT02")
    assert said.conclusion == conclusion
    if not changes.get("denominator", 1):
        assert said.result == "Không phát sinh số tuyển dụng mới trong kỳ nên không tính tỷ lệ."


def test_about_is_met_only_by_a_recorded_decision(tmp_path: Path) -> None:
    decided = [
        row
        | ({"value": "1.5", "deciding_document": "15/QĐ-SNV"} if row["parameter"] == "ct02_tolerance_points" else {})
        for row in report_tables.process()["parameters"]
    ]
    headlines = report_tables.indicators(CT02=PLAIN | {"verdict": "approximately_met"})
    report = publishable(report_tables.write(tmp_path / "w.duckdb", indicators=headlines, parameters=decided))
    assert ideas(report, "CT02").conclusion == (
        "So với chỉ tiêu khoảng 10%: đạt xấp xỉ (mức dao động 1,5 điểm phần trăm theo 15/QĐ-SNV)."
    )


def test_missing_agencies_that_change_nothing_are_told(tmp_path: Path) -> None:
    facts = PLAIN | {"agencies_missing": 2, "lower_bound": Decimal("8.9744"), "upper_bound": Decimal("9.9359")}
    said = ideas(report_with(tmp_path, "CT02", [], **facts), "CT02")
    assert said.notes[0] == (
        "Dù 02 cơ quan chưa gửi số liệu, kết luận không thay đổi (giá trị nằm trong khoảng từ 9,0% đến 9,9%)."
    )


def test_the_year_before_is_compared_only_within_one_series(tmp_path: Path) -> None:
    before = {"prior_numerator": 9, "prior_denominator": 41}
    said = ideas(report_with(tmp_path, "CT05", [], **(PLAIN | before)), "CT05")
    assert said.notes == ("So với năm 2024 (09/41, 22,0%): tăng 16,1 điểm phần trăm.",)
    broken = PLAIN | before | {"series_break": "thay đổi định nghĩa"}
    (tmp_path / "again").mkdir()
    said = ideas(report_with(tmp_path / "again", "CT05", [], **broken), "CT05")
    assert said.notes == ("Số liệu năm 2025 không so sánh trực tiếp được với năm 2024 vì thay đổi định nghĩa.",)


def test_a_report_never_judges_its_own_ct07(tmp_path: Path) -> None:
    said = ideas(publishable(report_tables.write(tmp_path / "w.duckdb")), "CT07")
    assert said.conclusion == "Chưa đến hạn đánh giá: chưa xác định tại thời điểm lập báo cáo."
    assert said.notes == ("Báo cáo năm 2024: đạt.",)


def test_the_same_fraction_is_printed_once(tmp_path: Path) -> None:
    said = ideas(publishable(report_tables.write(tmp_path / "w.duckdb")), "CT03")
    assert said.result == "Kết quả: như chỉ tiêu tại điểm b."


def test_nobody_reported_is_said_and_not_praised(tmp_path: Path) -> None:
    text = [
        getattr(block, "text", "") for block in report_text(publishable(report_tables.write(tmp_path / "w.duckdb")))
    ]
    silent = next(line for line in text if "đội ngũ lãnh đạo" in line)
    assert silent.endswith("chưa có cơ quan nào báo cáo sản phẩm của nhóm nhiệm vụ này.")
    assert not [line for line in text if "thực hiện tốt" in line]


def test_more_spent_than_allocated_asks_the_officer(tmp_path: Path) -> None:
    budgets = [row | {"spent_share": Decimal("523.8")} for row in report_tables.tables()["budgets"]]
    report = publishable(report_tables.write(tmp_path / "w.duckdb", budgets=budgets))
    told = [block.text for block in report_text(report) if getattr(block, "text", "").startswith("[soạn thảo] Số thực")]
    assert told and "đào tạo (xã hội hóa)" in told[0]


def test_every_sentence_is_nfc_and_strict() -> None:
    for key, text in sentences().items():
        assert unicodedata.is_normalized("NFC", text), key
        assert text == text.strip() and "  " not in text, key
    with pytest.raises(WordingError, match="missing facts"):
        say("du_co_quan")
    with pytest.raises(WordingError, match="unused facts"):
        say("ket_luan.met", n=1)
    with pytest.raises(WordingError, match="no sentence"):
        say("khong.co")


@pytest.mark.parametrize(
    "key",
    ["mo_dau", "so_lieu_chot", "van_ban", "van_ban_khong", "quan_triet", "don_doc", "bao_cao_dung_han", "thieu_co_quan",
     "du_co_quan", "thay_doi_to_chuc", "ct.cach_hieu", "ct.ket_qua", "ct.dat", "ct.chua_dat", "ct.khoang",
     "ct.khong_chi_tieu", "ct.chua_den_han", "ct.khong_phat_sinh", "ct.chua_du_can_cu", "ct.thieu_khong_doi",
     "ct.tam_tinh", "ct.so_nho", "ct.so_nam_truoc", "ct.gian_doan", "ct.dieu_chinh", "ct.cach_hieu_khac", "ct.noi_suy",
     "nv.san_pham", "nv.khong_so_lieu", "nv.dao_tao", "nv.tien_cu", "nv.khen", "nv.vi_pham", "gv.hoan_thanh", "gv.dang",
     "gv.chua_dieu_kien", "gv.ke_thua", "kp", "kp.chinh_sach", "dg.dat", "dg.chua_dat", "dg.cham", "dg.trong", "cl",
     "ph.moc", "kn", "kn.khong", "dinh_chinh", "thu_hoi"],
)  # fmt: skip
def test_every_key_of_the_page_exists(key: str) -> None:
    assert sentences()[key] and isinstance(placeholders(sentences()[key]), frozenset)


def test_the_annexes_are_those_of_the_page() -> None:
    assert list(annexes())[:15] == [numbers.roman(number) for number in range(1, 16)]
    assert [number for number, spec in annexes().items() if "absent" in spec] == ["XI"]
