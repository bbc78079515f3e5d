"""Agencies by name in registers and forms: one body on its day is its code, anything else a finding that says why."""

import pytest

from expectations.reference import aliases
from ingestion.check import check
from tests.inboxes import NOW, REGISTER, SNAPSHOT, Season, agency, csv_text, file_of, rows_of

NAME = "recruitment_register_2025.csv"


def register(*agencies: str, **change: str) -> str:
    changes = [
        {**change, "agency_code": written, "decision_number": f"{n}/QĐ-SNV", "national_id": f"00319000{n:04d}"}
        for n, written in enumerate(agencies, start=1)
    ]
    return csv_text(rows_of(REGISTER, *changes))


def told(season: Season, name: str = NAME) -> list:
    return [f for f in file_of(season.collect(), name).findings if f.rule.endswith("AGENCY-DAY")]


def test_D150_names_of_one_body_become_its_code_and_a_note_says_so(season: Season):
    season.put(NAME, register("SNV", "Sở NV", "SỞ  NỘI VỤ tỉnh Lạng Sơn", "UBND xã Hòa Bình - Bình Gia", "6622"))
    report = season.collect()
    codes = [row["agency_code"] for row in season.rows("recruitment_register", '"row"')]
    assert codes == ["SNV", "SNV", "SNV", "06103~2025-06-30", "06622"]
    notes = [f for f in file_of(report, NAME).findings if f.rule == "RR-AGENCY_CODE-AGENCY_NAMED"]
    assert [(f.severity, f.field) for f in notes] == [("note", "agency_code")]
    assert "4 dòng (4 cách viết)" in notes[0].message


def test_D153_a_homonym_without_district_is_kept_out_and_all_four_are_listed(season: Season):
    season.put(NAME, register("SNV", "Xã Hòa Bình"))
    (found,) = told(season)
    assert (found.rule, found.severity, found.row, found.value) == ("RR-AGENCY-DAY", "error", 3, "Xã Hòa Bình")
    assert "Có 4 cơ quan cùng tên này vào ngày 15/04/2025" in found.message
    for part in ("06103", "06274", "06397", "06508", "huyện Bình Gia", "huyện Văn Quan", "huyện Hữu Lũng"):
        assert part in found.message
    assert [row["agency_code"] for row in season.rows("recruitment_register")] == ["SNV"]


@pytest.mark.parametrize(
    ("written", "decided", "effective", "words"),
    [
        ("Sở KH&ĐT", "2025-04-02", "2025-04-15", ["kết thúc hoạt động từ ngày 01/03/2025", "STC – Sở Tài chính"]),
        ("Sở NN&MT", "2025-02-03", "2025-02-10", ["chỉ hoạt động từ ngày 01/03/2025", "SNNPTNT", "STNMT"]),
        ("UBND xã Kiên Mộc, huyện Đình Lập", "2025-08-01", "2025-08-15", ["06625 – ", "06637 – ", "01/07/2025"]),
        ("Xã Bính Xá, huyện Bình Gia", "2025-04-02", "2025-04-15", ["06622", "huyện Đình Lập"]),
        ("So Noi vu", "2025-04-02", "2025-04-15", ["gần nhất: SNV – Sở Nội vụ (từ 01/03/2025)"]),
        ("Phòng TCCB", "2025-04-02", "2025-04-15", ["gần nhất: không có"]),
    ],
)
def test_D151_D152_what_is_no_body_on_its_day_is_told_with_days_and_names(season, written, decided, effective, words):
    season.put(NAME, register("SNV", written, decided_on=decided, effective_on=effective))
    (found,) = [f for f in told(season) if f.row == 3]
    assert all(word in found.message for word in words), found.message
    assert found.fix and found.expected


def test_R1_a_name_of_the_day_of_decision_stands_for_a_later_effect(season: Season):
    season.put(NAME, register("Sở TT&TT", decided_on="2025-02-25", effective_on="2025-03-01"))
    season.collect()
    assert [row["agency_code"] for row in season.rows("recruitment_register")] == ["STTTT"]


def test_one_name_is_each_days_own_body(season: Season):
    """Sở Khoa học và Công nghệ ended and began on 01/03/2025."""
    rows = rows_of(SNAPSHOT, {"agency_code": "Sở KH&CN"}, {"agency_code": "Sở KH&CN"})
    for day in ("2025-02-28", "2025-03-31"):
        season.put(f"staff_snapshot_{day}.csv", csv_text([{**rows[0], "snapshot_on": day}]))
    season.collect()
    found = {str(row["snapshot_on"]): row["agency_code"] for row in season.rows("staff_snapshots")}
    assert found == {"2025-02-28": "SKHCN~2025-02-28", "2025-03-31": "SKHCN"}


def test_check_says_the_same_as_collection(season: Season, tmp_path):
    text = register("Sở NV", "Xã Hòa Bình", "So Noi vu")
    season.put(NAME, text)
    collected = file_of(season.collect(), NAME).findings
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    (verdict,) = check([tmp_path / NAME], season.home)
    assert sorted((f.rule, f.row or 0, f.message) for f in verdict.findings) == sorted(
        (f.rule, f.row or 0, f.message) for f in collected
    )


def test_a_confirmed_proposal_is_read_by_the_next_collection_and_can_be_taken_back(season: Season):
    season.put(NAME, register("SNV", "Phòng TCCB"))
    assert [f.row for f in told(season)] == [3]
    reason = "Công văn 12/SNV-TCCB: cách gọi cũ của Sở Nội vụ"
    aliases.confirm(season.home, "Phòng TCCB", "SNV", by="Nguyễn Thử", reason=reason, on=NOW.date())
    assert told(season) == []
    assert [row["agency_code"] for row in season.rows("recruitment_register")] == ["SNV", "SNV"]
    aliases.withdraw(season.home, "phòng  tccb", "SNV", by="Nguyễn Thử", reason="nhầm")
    assert [f.row for f in told(season)] == [3]
    assert [line["event"] for line in season.events("alias_confirmed") + season.events("alias_withdrawn")] == [
        "alias_confirmed", "alias_withdrawn",
    ]  # fmt: skip


def test_a_cover_that_names_no_body_is_refused_with_proposals(season: Season):
    season.put("a.xlsx", agency("So Noi vu", "Sở Nội vu", 1))
    (found,) = [f for f in file_of(season.collect(), "a.xlsx").findings if f.severity == "blocker"]
    assert found.rule == "TEP-KHONG_RO_CO_QUAN"
    assert "gần nhất: SNV – Sở Nội vụ (từ 01/03/2025)" in found.message
