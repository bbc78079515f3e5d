"""Identity numbers and names as officers write them: lost zeros, old cards, capitals, decomposed letters.

Lives here: faults of who a person is. Does not live here: what is said of the person (``claims.py``), days, counts.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import partial

from ingestion.rehearsal.faults.spoiler import Spoiler
from ingestion.rehearsal.papers import FactRow, Register, RegisterRow, SaysRecruitment, person_of


def lost_zeros(s: Spoiler, year: int) -> None:
    """D100: ids became numbers and lost one or two zeros; sex and year of birth prove which."""
    for prefix in ("097", "003"):
        if found := s.row(year, "B03", partial(_has_prefix, prefix)):
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
    if found := s.row(year, "B03", lambda row: len(_id(row)) == 12):
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
    """D109, S03: the year of birth is one off, so the id does not agree with it, nor does the recruitment register."""
    if found := s.row(year, "B03", lambda row: len(_id(row)) == 12 and _is_of_one_body(s, row)):
        one, page, row = found
        born = row.values["birth_date"]
        assert isinstance(born, date)
        row.values["birth_date"] = born.replace(year=born.year + 1, day=min(born.day, 28))
        s.at("D109", "B03-ID-BIRTH-SEX", one, page, row, "national_id")
        s.answer(one, "B03-ID-BIRTH-SEX", "Hồ sơ gốc ghi đúng như căn cước; đơn vị sẽ sửa ngày sinh ở lần gửi sau.")
        if registers := _registered(s, year, row):
            s.at("S03", "B03-PERSON-CONFLICT", one, page, row, "birth_date")
            s.answer(one, "B03-PERSON-CONFLICT", "Ngày sinh trong sổ tuyển dụng đúng; đơn vị sẽ sửa ở lần gửi sau.")
            for register in (each for each in registers if each.year == year):
                s.answer_register(register, "RR-PERSON-CONFLICT", "SNV", "Sổ ghi đúng theo căn cước; biểu B03 ghi sai.")


def year_as_birth_date(s: Spoiler, year: int) -> None:
    """D172: only the year of birth is known, and typed as text where a day is asked."""
    if found := s.row(year, "B03", lambda row: len(_id(row)) == 12):
        one, page, row = found
        born = row.values["birth_date"]
        assert isinstance(born, date)
        row.values["birth_date"] = str(born.year)
        s.at("D172", "B03-BIRTH_DATE-YEAR_ONLY", one, page, row, "birth_date")
        s.answer(one, "B03-BIRTH_DATE-YEAR_ONLY", "Lý lịch chỉ ghi năm sinh; đang đề nghị người đó bổ sung giấy tờ.")


def decomposed_names(s: Spoiler, year: int) -> None:
    """D123: a file made on a Mac: letters and their marks are separate characters."""
    if found := s.row(year, "B03", lambda row: _decomposed(row) != row.values["full_name"]):
        one, page, _ = found
        for row in one.rows("B03"):
            row.values["full_name"] = _decomposed(row)
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


def _is_of_one_body(s: Spoiler, row: FactRow) -> bool:
    """Whether one body alone lists the person in all years: another one would be asked about the birth date too."""
    listing = {one.sending.body for one in s.returns for other in one.rows("B03") if person_of(other) is person_of(row)}
    return len(listing) == 1


def _registered(s: Spoiler, year: int, row: FactRow) -> list[Register]:
    """Write down that the register's lines of the person up to the year clash; the registers of the year themselves.

    They are spoiled by nothing else from now on.
    """
    found = []
    for register in s.registers:
        for line in register.rows if register.file_name.startswith("recruitment_register") else ():
            if register.year <= year and isinstance(line.says, SaysRecruitment) and line.says.person is person_of(row):
                s.touched.add(id(line))
                found.append(register)
                if register.year == year:
                    s.deed("S03", "RR-PERSON-CONFLICT", register, None, partial(_line_of, register, line))
    return found


def _line_of(register: Register, line: RegisterRow) -> str:
    """The row of the file: the header is row 1."""
    return str(2 + next(i for i, other in enumerate(register.rows) if other is line))


def _decomposed(row: FactRow) -> str:
    return unicodedata.normalize("NFD", str(row.values["full_name"]))


def _has_prefix(prefix: str, row: FactRow) -> bool:
    return _id(row).startswith(prefix)


def _id(row: FactRow) -> str:
    return str(row.values["national_id"])
