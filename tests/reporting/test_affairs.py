"""Annex IX and the sentences of forms B08 to B15 and KT (worked-examples § 9.2, 9.4, 10), numbers added up by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reporting.narrative.blocks import Paragraph, Placeholder
from reporting.narrative.report import report_text
from reporting.public import publishable
from reporting.tables.registry import TABLES
from reporting.warehouse import Report
from reporting.wording import say
from tests.reporting import report_tables
from tests.reporting.text_tables import Rows


def report_with(folder: Path, **changes: Any) -> Report:
    return publishable(report_tables.write(folder / "w.duckdb", **changes))


def spoken(report: Report) -> list[str]:
    return [block.text for block in report_text(report) if isinstance(block, Paragraph)]


def open_points(report: Report) -> list[str]:
    return [block.text for block in report_text(report) if isinstance(block, Placeholder)]


def changed(name: str, key: str, **cells: dict[str, Any]) -> Rows:
    return [row | cells.get(row[key], {}) for row in report_tables.affairs()[name]]


def nobody(name: str, *columns: str) -> Rows:
    return [row | dict.fromkeys(columns) for row in report_tables.affairs()[name]]


def test_the_typical_year_says_every_sentence(tmp_path: Path) -> None:
    """41 + 19 + 12 + 7 = 79; 14 + 8 + 4 + 3 = 29; 15 + 6 + 4 = 25; 12 + 5 + 4 + 4 = 25; 10 + 21 + 1 = 32; 1 + 36 + 8 =
    45; 6 + 4 + 5 = 15."""
    text = " ".join(spoken(report_with(tmp_path)))
    assert (
        "Có 79 lượt giới thiệu, tiến cử (tự tiến cử 07); đã xem xét chấp nhận 29, không chấp nhận 25, đang xem xét 25."
    ) in text
    assert "Khen thưởng 32 tập thể, 45 cá nhân." in text
    assert "Tiếp nhận 15 phản ánh về vi phạm chính sách nhân tài, đã xử lý 03." in text, "others than those it names"
    assert (
        "Đã thực hiện chính sách thu hút đối với 13 người, hỗ trợ đào tạo 04 người; thu hồi, đền bù 03 trường hợp với"
        " 320,0 triệu đồng."
    ) in text
    assert "Sở Nội vụ đã ban hành 02 văn bản đôn đốc." in text
    assert "kiểm tra tại 04 cơ quan, đơn vị, kiến nghị 11 nội dung, đã khắc phục 07 nội dung." in text


def test_the_sentence_names_only_the_behaviours_that_were_told(tmp_path: Path) -> None:
    violations = changed(
        "violations", "behaviour_code", cham_che_do={"received": 0}, can_tro={"received": 7, "handled": 4}
    )
    text = " ".join(spoken(report_with(tmp_path, violations=violations)))
    assert "Tiếp nhận 11 phản ánh về hành vi cản trở, trù dập nhân tài, đã xử lý 04." in text


def test_groups_with_forms_of_their_own_are_said_once(tmp_path: Path) -> None:
    """B07b says 79 and 45 too: the sentence of the form stands alone, with how many of its senders answered."""
    text = spoken(report_with(tmp_path))
    group = next(line for line in text if line.startswith("Khuyến khích và phát hiện"))
    assert group.startswith("Khuyến khích và phát hiện, tiến cử nhân tài: 29/31 cơ quan có số liệu. Có 79 lượt")
    assert group.endswith("Chi tiết tại Phụ lục IX.")
    silent = report_with(
        _folder(tmp_path, "b"), nominations=nobody("nominations", "proposed", "accepted", "refused", "pending")
    )
    group = next(line for line in spoken(silent) if line.startswith("Khuyến khích và phát hiện"))
    assert "79 lượt giới thiệu, tiến cử" in group and "25/31 cơ quan" in group, "then what B07b says is all there is"


def test_notices_are_asked_of_the_officer_never_counted(tmp_path: Path) -> None:
    report = report_with(tmp_path)
    assert "[soạn thảo] Bổ sung: số thông báo nhắc hạn đã gửi (thông báo chưa được ghi sổ)." in open_points(report)
    known = [row | {"notices": 160} for row in report_tables.affairs()["supervision"]]
    whole = report_with(_folder(tmp_path, "b"), supervision=known)
    assert say("don_doc", n_vb="02", n_tb="160", n_kt="04", n_kn="11", n_kp="07") in spoken(whole)
    assert not [text for text in open_points(whole) if "nhắc hạn" in text]


def test_silence_about_inspections_is_asked_and_a_nil_return_is_said(tmp_path: Path) -> None:
    silent = report_with(
        tmp_path, supervision=nobody("supervision", "agencies_inspected", "findings", "remedied", "reminders")
    )
    asked = next(text for text in open_points(silent) if "nhắc hạn" in text)
    assert "biểu KT" in asked and "biểu B13" in asked
    assert not [text for text in spoken(silent) if "Sở Nội vụ đã" in text]
    none = [
        row | {"agencies_inspected": 0, "findings": 0, "remedied": 0} for row in report_tables.affairs()["supervision"]
    ]
    told = report_with(_folder(tmp_path, "b"), supervision=none)
    assert any("không phát sinh cuộc kiểm tra" in text for text in spoken(told))


def test_what_nobody_answered_is_no_sentence_and_no_nought(tmp_path: Path) -> None:
    report = report_with(
        tmp_path,
        commendations=nobody("commendations", "collectives", "persons"),
        violations=nobody("violations", "received", "handled"),
        policy_grants=nobody("policy_grants", "cases", "amount"),
    )
    text = " ".join(spoken(report))
    assert "Khen thưởng" not in text and "phản ánh" not in text and "chính sách thu hút đối với" not in text
    assert [point for point in open_points(report) if "biểu B14" in point]
    assert {row[1] for row in TABLES["IX"]["commendations"](report).grid()} == {"..."}


def test_noughts_that_were_told_are_said_of_those_who_told_them(tmp_path: Path) -> None:
    none = {"proposed": 0, "accepted": 0, "refused": 0, "pending": 0}
    report = report_with(
        tmp_path,
        nominations=[row | none for row in report_tables.affairs()["nominations"]],
        violations=[row | {"received": 0, "handled": 0} for row in report_tables.affairs()["violations"]],
        policy_grants=[row | {"cases": 0, "amount": 0} for row in report_tables.affairs()["policy_grants"]],
    )
    text = " ".join(spoken(report))
    for key in ("nv.tien_cu.khong", "nv.vi_pham.khong", "kp.chinh_sach.khong"):
        assert say(key) in text
    assert {cell for row in TABLES["IX"]["nominations"](report).grid() for cell in row[1:]} == {"-"}


def test_small_numbers_leave_the_sentences(tmp_path: Path) -> None:
    report = report_with(
        tmp_path,
        nominations=changed(
            "nominations", "nomination_source", tu_tien_cu={"proposed": 2, "accepted": 2, "refused": 0, "pending": 0}
        ),
        commendations=changed("commendations", "commendation_kind", giay_khen={"persons": 1}, khac={"persons": 0}),
        violations=changed("violations", "behaviour_code", can_tro={"handled": 1}),
        policy_grants=changed("policy_grants", "measure", thu_hoi={"cases": 1, "amount": 165}, dao_tao={"cases": 2}),
    )
    text = " ".join(spoken(report))
    assert "Có 74 lượt giới thiệu, tiến cử. Đã xem xét chấp nhận 28, không chấp nhận 25, đang xem xét 21." in text
    assert "Khen thưởng 32 tập thể. Số còn lại không công bố" in text
    assert "Tiếp nhận 15 phản ánh về vi phạm chính sách nhân tài. Số còn lại không công bố" in text
    assert "Đã thực hiện chính sách thu hút đối với 13 người. Số còn lại không công bố" in text
    assert "165" not in text and "tự tiến cử 02" not in text


def test_below_each_table_stands_who_answered(tmp_path: Path) -> None:
    report = report_with(tmp_path)
    notes = {key: " ".join(fill(report).notes) for key, fill in TABLES["IX"].items()}
    assert (
        "Biểu B08: 18 cơ quan có số liệu, 11 cơ quan không phát sinh, 02 cơ quan chưa có số liệu"
        in notes["nominations"]
    )
    assert notes["communications"] == "Biểu B11: 05 cơ quan có số liệu, 07 cơ quan không phát sinh."
    assert "Biểu B10: 01" in notes["talent_networks"] and "Biểu B15: 03" in notes["talent_networks"]


@pytest.mark.parametrize(
    ("table", "total"),
    [
        ("nominations", ["Tổng số", "79", "29", "25", "25"]),
        ("commendations", ["Tổng số", "32", "45"]),
        ("violations", ["Tổng số", "15", "3"]),
        ("communications", ["Tổng số", "54", "8", "5"]),
    ],
)
def test_the_total_stands_first(tmp_path: Path, table: str, total: list[str]) -> None:
    assert TABLES["IX"][table](report_with(tmp_path)).grid()[0] == total


def _folder(root: Path, name: str) -> Path:
    (root / name).mkdir()
    return root / name
