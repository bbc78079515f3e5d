"""What is said of talents and their courses: degrees, groups, legal bases, authorities, fields.

Lives here: faults of codes and of what they mean. Does not live here: ids, days, counts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ingestion.rehearsal.faults.spoiler import Spoiler
from ingestion.rehearsal.papers import FactRow, SaysTalent, SaysTraining, is_done, person_of, talent_said
from ingestion.template.pages import shown


def free_degree(s: Spoiler, year: int) -> None:
    """D230: a degree in the officer's own words."""
    if found := s.row(year, "B03"):
        one, page, row = found
        row.values["degree"] = "Th.s QLGD"
        s.at("D230", "B03-DEGREE-CODE", one, page, row, "degree")
        s.answer(one, "B03-DEGREE-CODE", "Là thạc sĩ quản lý giáo dục; đơn vị xin chọn lại ở lần gửi sau.")


def degree_below_group(s: Spoiler, year: int) -> None:
    """D234: group N2 for somebody without a master's degree."""
    if found := s.row(year, "B03", lambda row: row.values["talent_group"] == shown("talent_group", "N1")):
        one, page, row = found
        row.values["talent_group"] = shown("talent_group", "N2")
        s.at("D234", "B03-GROUP-WITHOUT-DEGREE", one, page, row, "talent_group")
        s.answer(
            one, "B03-GROUP-WITHOUT-DEGREE", "Đang học thạc sĩ, đơn vị ghi theo nguyện vọng; đề nghị giữ để theo dõi."
        )


def ended_basis(s: Spoiler, year: int) -> None:
    """D235: a decree that was no longer in force on the day of the decision."""

    def decided_late(row: FactRow) -> bool:
        days = [day for day in (talent_said(row).attraction_on, talent_said(row).recognised_on) if day]
        return bool(days) and min(days) >= date(2025, 1, 1)

    if found := s.row(year, "B03", decided_late):
        one, page, row = found
        row.values["legal_basis"], row.says = shown("legal_basis", "ND140_SV"), None
        s.at("D235", "B03-BASIS-IN-FORCE", one, page, row, "legal_basis")


def wrong_authority(s: Spoiler, year: int) -> None:
    """D269: recognised by somebody who had no power to on that day."""

    def before_july(row: FactRow) -> bool:
        day = talent_said(row).recognised_on
        return day is not None and day < date(2025, 7, 1)

    if found := s.row(year, "B03", before_july):
        one, page, row = found
        row.values["recognition_authority"] = shown("recognition_authority", "chu_tich_ubnd_xa")
        s.at("D269", "B03-AUTHORITY-WITHOUT-POWER", one, page, row, "recognition_authority")
        s.answer(one, "B03-AUTHORITY-WITHOUT-POWER", "Chọn nhầm dòng; quyết định do Chủ tịch UBND tỉnh ký.")


def training_before_talent(s: Spoiler, year: int) -> None:
    """D255: a course from before the person was a talent."""
    for one in s.files(year, "B05"):
        listed = {person_of(row): row for row in one.rows("B03") if row.says}
        clocks = {person: _clock(talent_said(row)) for person, row in listed.items()}
        for row in one.rows("B05"):
            says = row.says
            clock = clocks.get(says.person) if isinstance(says, SaysTraining) and says.is_completed else None
            if isinstance(says, SaysTraining) and clock is not None:
                s.touched |= {id(one), id(row), id(listed[says.person])}
                before = clock - timedelta(days=400)
                row.values |= {"started_on": before - timedelta(days=5), "completed_on": before, "certified_on": before}
                row.says = replace(says, completed_on=before)
                s.at("D255", "B05-BEFORE-TALENT", one, one.book.page("B05"), row, "completed_on")
                return


def unknown_field(s: Spoiler, year: int) -> None:
    """D239: nobody says whether the course was in science and technology."""
    if found := s.row(year, "B05", is_done):
        one, page, row = found
        row.values["training_field"] = row.values["is_science_technology"] = None
        assert isinstance(row.says, SaysTraining)
        row.says = replace(row.says, field=None)
        s.at("D239", "B05-FIELD-UNKNOWN", one, page, row, "training_field")
        s.answer(one, "B05-FIELD-UNKNOWN", "Chưa rõ khóa học thuộc lĩnh vực nào; đang hỏi cơ sở đào tạo.")


def _clock(says: SaysTalent) -> date | None:
    return says.started_on if says.route == "thu_hut" else says.recognised_on
