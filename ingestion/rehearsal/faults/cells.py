"""Cells as officers fill them: lost zeros, days and numbers as words, labels of their own.

Lives here: faults of one cell. Does not live here: rows and headers (``tables.py``), whole files (``sending.py``).
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, timedelta

from ingestion.rehearsal.faults.spoiler import Spoiler
from ingestion.rehearsal.papers import FactRow, SaysTalent, SaysTraining
from ingestion.template.book import Formula
from ingestion.template.pages import shown


def lost_zeros(s: Spoiler, year: int) -> None:
    """D100: ids became numbers and lost one or two zeros; sex and year of birth prove which."""
    for prefix in ("097", "003"):
        if found := s.row(year, "B03", lambda row, start=prefix: _id(row).startswith(start)):
            one, page, row = found
            row.values["national_id"] = int(_id(row))
            s.at("D100", "B03-NATIONAL_ID-ZERO_RESTORED", one, page, row, "national_id")


def scientific_id(s: Spoiler, year: int) -> None:
    """D101: an id as Excel shows a long number; the digits are gone."""
    if found := s.row(year, "B03", lambda row: _id(row).startswith("0")):
        one, page, row = found
        row.values["national_id"], row.says = f"{int(_id(row)):.5E}".replace(".", ","), None
        s.at("D101", "B03-ID-SHAPE", one, page, row, "national_id")


def old_identity_card(s: Spoiler, year: int) -> None:
    """D104: the nine digits of an identity card that is no longer valid."""
    if found := s.row(year, "B03"):
        one, page, row = found
        row.values["national_id"], row.says = "000" + _id(row)[-6:], None
        s.at("D104", "B03-ID-SHAPE", one, page, row, "national_id")


def spaces_in_id(s: Spoiler, year: int) -> None:
    """D102: an id in groups of three, easier to read aloud."""
    if found := s.row(year, "B03", lambda row: len(_id(row)) == 12):
        one, page, row = found
        row.values["national_id"] = " ".join(_id(row)[i : i + 3] for i in range(0, 12, 3))
        s.at("D102", "B03-NATIONAL_ID-SEPARATORS", one, page, row, "national_id")


def wrong_birth_year(s: Spoiler, year: int) -> None:
    """D109: the year of birth is one off, so the id does not agree with it."""
    if found := s.row(year, "B03", lambda row: len(_id(row)) == 12):
        one, page, row = found
        born = row.values["birth_date"]
        assert isinstance(born, date)
        row.values["birth_date"] = born.replace(year=born.year + 1, day=min(born.day, 28))
        s.at("D109", "B03-ID-BIRTH-SEX", one, page, row, "national_id")
        s.answer(one, "B03-ID-BIRTH-SEX", "Hồ sơ gốc ghi đúng như căn cước; đơn vị sẽ sửa ngày sinh ở lần gửi sau.")


def year_as_birth_date(s: Spoiler, year: int) -> None:
    """D172: only the year of birth is known, typed into a cell for dates."""
    if found := s.row(year, "B03", lambda row: len(_id(row)) == 12):
        one, page, row = found
        born = row.values["birth_date"]
        assert isinstance(born, date)
        row.values["birth_date"] = born.year
        s.at("D172", "B03-BIRTH_DATE-YEAR_ONLY", one, page, row, "birth_date")
        s.answer(one, "B03-BIRTH_DATE-YEAR_ONLY", "Lý lịch chỉ ghi năm sinh; đang đề nghị người đó bổ sung giấy tờ.")


def date_as_text(s: Spoiler, year: int) -> None:
    """D170: a day as text among true dates; day and month could be swapped, the day comes first here."""

    def swappable(row: FactRow) -> bool:
        day = row.values.get("started_on")
        return isinstance(day, date) and day.day <= 12 and day.day != day.month

    if found := s.row(year, "B03", swappable):
        one, page, row = found
        row.values["started_on"] = f"{row.values['started_on']:%d/%m/%Y}"
        s.at("D170", "B03-STARTED_ON-DATE_TWO_WAYS", one, page, row, "started_on")


def date_in_words(s: Spoiler, year: int) -> None:
    """D178: a day as it stands in a decision."""
    if found := s.row(year, "B03", lambda row: isinstance(row.values.get("attraction_decided_on"), date)):
        one, page, row = found
        day = row.values["attraction_decided_on"]
        assert isinstance(day, date)
        row.values["attraction_decided_on"] = f"ngày {day.day:02d} tháng {day.month} năm {day.year}"
        s.at("D178", None, one, page, row, "attraction_decided_on")


def unclear_start(s: Spoiler, year: int) -> None:
    """D180: nobody remembers the day."""
    if found := s.row(year, "B03", lambda row: _says_talent(row).started_on.year < year):
        one, page, row = found
        row.values["started_on"], row.says = f"cuối năm {_says_talent(row).started_on.year}", None
        s.at("D180", "B03-STARTED_ON-TYPE", one, page, row, "started_on")


def impossible_day(s: Spoiler, year: int) -> None:
    """D177: the 31st of a month that has thirty days."""
    if found := s.row(year, "B05", _is_done):
        one, page, row = found
        row.values["completed_on"], row.says = f"31/04/{year}", None
        s.at("D177", "B05-COMPLETED_ON-TYPE", one, page, row, "completed_on")


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
        days = [day for day in (_says_talent(row).attraction_on, _says_talent(row).recognised_on) if day]
        return bool(days) and min(days) >= date(2025, 1, 1)

    if found := s.row(year, "B03", decided_late):
        one, page, row = found
        row.values["legal_basis"], row.says = shown("legal_basis", "ND140_SV"), None
        s.at("D235", "B03-BASIS-IN-FORCE", one, page, row, "legal_basis")


def wrong_authority(s: Spoiler, year: int) -> None:
    """D269: recognised by somebody who had no power to on that day."""

    def before_july(row: FactRow) -> bool:
        day = _says_talent(row).recognised_on
        return day is not None and day < date(2025, 7, 1)

    if found := s.row(year, "B03", before_july):
        one, page, row = found
        row.values["recognition_authority"] = shown("recognition_authority", "chu_tich_ubnd_xa")
        s.at("D269", "B03-AUTHORITY-WITHOUT-POWER", one, page, row, "recognition_authority")
        s.answer(one, "B03-AUTHORITY-WITHOUT-POWER", "Chọn nhầm dòng; quyết định do Chủ tịch UBND tỉnh ký.")


def about_ten(s: Spoiler, year: int) -> None:
    """D211: a count that is no number."""
    if found := s.row(year, "B02", lambda row: True) or _any_row(s, year, "B02"):
        one, page, row = found
        row.values["recruits_count"] = f"khoảng {row.values['recruits_count']}"
        s.at("D211", "B02-RECRUITS_COUNT-TYPE", one, page, row, "recruits_count")


def broken_formula(s: Spoiler, year: int) -> None:
    """D206: a formula that lost what it pointed to."""
    if found := _any_row(s, year, "B02"):
        one, page, row = found
        row.values["talents_count"] = Formula("=#REF!", "#REF!")
        s.at("D206", "B02-TALENTS_COUNT-TYPE", one, page, row, "talents_count")
        s.answer(one, "B02-TALENTS_COUNT-TYPE", "Công thức bị hỏng khi chép; không có nhân tài trong số này.")


def formula_without_result(s: Spoiler, year: int) -> None:
    """D205: a formula that no program has ever calculated."""
    if found := _any_row(s, year, "B02"):
        one, page, row = found
        row.values["first_time_count"] = Formula("=1+1")
        s.at("D205", "B02-FIRST_TIME_COUNT-TYPE", one, page, row, "first_time_count")
        s.answer(one, "B02-FIRST_TIME_COUNT-TYPE", "Tệp xuất từ phần mềm; đơn vị sẽ ghi số ở lần gửi sau.")


def number_as_text(s: Spoiler, year: int) -> None:
    """D204: a number with a green triangle."""
    if found := _any_row(s, year, "B02"):
        one, page, row = found
        row.values["recruits_count"] = str(row.values["recruits_count"])
        s.at("D204", None, one, page, row, "recruits_count")


def decomposed_names(s: Spoiler, year: int) -> None:
    """D123: a file made on a Mac: letters and their marks are separate characters."""
    if found := s.row(year, "B03"):
        one, page, first = found
        for row in one.rows("B03"):
            row.values["full_name"] = unicodedata.normalize("NFD", str(row.values["full_name"]))
        s.deed("D123", "B03-NFC", one, page.name)


def stray_spaces(s: Spoiler, year: int) -> None:
    """D122: double spaces and a space at the end."""
    if found := s.row(year, "B03"):
        one, page, row = found
        row.values["full_name"] = str(row.values["full_name"]).replace(" ", "  ", 1) + " "
        s.deed("D122", "B03-SPACES", one, page.name)


def capitals_and_titles(s: Spoiler, year: int) -> None:
    """D120, D134: a name in capitals, another with a title before it."""
    for kind, change in (("D120", str.upper), ("D134", "ThS. {}".format)):
        if found := s.row(year, "B03"):
            one, page, row = found
            row.values["full_name"] = change(str(row.values["full_name"]))
            s.at(kind, None, one, page, row, "full_name")


def training_before_talent(s: Spoiler, year: int) -> None:
    """D255: a course from before the person was a talent."""
    for one in s.files(year, "B05"):
        clocks = {_says_talent(row).person: _clock(_says_talent(row)) for row in one.rows("B03") if row.says}
        for row in one.rows("B05"):
            says = row.says
            clock = clocks.get(says.person) if isinstance(says, SaysTraining) and says.is_completed else None
            if isinstance(says, SaysTraining) and clock is not None:
                s.touched.add(id(one))
                before = clock - timedelta(days=400)
                row.values |= {"started_on": before - timedelta(days=5), "completed_on": before, "certified_on": before}
                row.says = replace(says, completed_on=before)
                s.at("D255", "B05-BEFORE-TALENT", one, one.book.page("B05"), row, "completed_on")
                return


def _clock(says: SaysTalent) -> date | None:
    return says.started_on if says.route == "thu_hut" else says.recognised_on


def unknown_field(s: Spoiler, year: int) -> None:
    """D239: nobody says whether the course was in science and technology."""
    if found := s.row(year, "B05", _is_done):
        one, page, row = found
        row.values["training_field"] = row.values["is_science_technology"] = None
        assert isinstance(row.says, SaysTraining)
        row.says = replace(row.says, field=None)
        s.at("D239", "B05-FIELD-UNKNOWN", one, page, row, "training_field")
        s.answer(one, "B05-FIELD-UNKNOWN", "Chưa rõ khóa học thuộc lĩnh vực nào; đang hỏi cơ sở đào tạo.")


def dong_for_million(s: Spoiler, year: int) -> None:
    """D203: amounts in đồng where million đồng are asked."""
    if found := _any_row(s, year, "B06", lambda row: bool(row.values.get("spent_amount"))):
        one, page, row = found
        for name in ("spent_amount", "estimated_year_amount"):
            row.values[name] = int(str(row.values[name])) * 1_000_000
        s.at("D203", "B06-UNIT-SUSPECT", one, page, row, "spent_amount")
        s.answer(one, "B06-UNIT-SUSPECT", "Đơn vị ghi nhầm bằng đồng; số đúng theo triệu đồng sẽ gửi lại.")


def amount_with_marks(s: Spoiler, year: int) -> None:
    """D200: an amount as text, with the Vietnamese marks of thousands and decimals."""
    if found := _any_row(s, year, "B06", lambda row: bool(row.values.get("spent_amount"))):
        one, page, row = found
        row.values["spent_amount"] = f"{row.values['spent_amount']},50"
        s.at("D200", None, one, page, row, "spent_amount")


def plan_without_day(s: Spoiler, year: int) -> None:
    """D260: a plan that has a number but no day; the agency ended, nobody sends the day any more."""
    for one in s.files(year, "B01"):
        body = s.world.organisation.bodies[one.sending.body]
        if body.exists_on(s.world.today):
            continue
        s.touched.add(id(one))
        page = one.book.page("B01")
        row = one.rows("B01")[0]
        row.values["issued_on"], row.says = None, None
        s.at("D260", "B01-NUMBER-WITHOUT-DATE", one, page, row, "issued_on")
        s.answer(one, "B01-NUMBER-WITHOUT-DATE", "Chưa tìm thấy bản gốc; không xác định được ngày ban hành.")
        return


def _any_row(s: Spoiler, year: int, form: str, test: object = None):  # type: ignore[no-untyped-def]
    """A line that states nothing for a person (counts, money)."""
    for one in s.files(year, form):
        for row in one.rows(form):
            if test is None or test(row):  # type: ignore[operator]
                s.touched.add(id(one))
                return one, one.book.page(form), row
    return None


def _id(row: FactRow) -> str:
    return str(row.values["national_id"])


def _says_talent(row: FactRow) -> SaysTalent:
    assert isinstance(row.says, SaysTalent)
    return row.says


def _is_done(row: FactRow) -> bool:
    return isinstance(row.says, SaysTraining) and row.says.is_completed
