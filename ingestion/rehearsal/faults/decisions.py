"""Faults of whole decisions in registers: a body that has ended, a decision twice, a line that takes one back, a total.

Lives here: deeds that add lines to the recruitment register. None of them moves a figure: what they add must be
refused, or says what was said. They come last and draw from their own stream, so that nothing before them changes.
Does not live here: faults of the rows that were there (``registry.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta

from ingestion.rehearsal.faults.spoiler import Spoiler
from ingestion.rehearsal.organisation import Body
from ingestion.rehearsal.papers import Register, RegisterRow, SaysRecruitment
from ingestion.rehearsal.people import Person
from ingestion.rehearsal.registers import recruitment_row
from ingestion.rehearsal.world import Recruitment

_AFTER = timedelta(days=40)


def renamed_agency(s: Spoiler, year: int) -> None:
    """D151: forty days after a body got another name its old name still stands for the employer."""
    if (register := _register(s, year)) and (found := _ended(s, year)):
        old, new = found[0]
        row = _decision(s, new, old.valid_to + _AFTER)
        row.values["agency_code"] = old.name
        _add(s, "D151", "RR-AGENCY-DAY", register, row)


def old_name_on_the_day(s: Spoiler, year: int) -> None:
    """D152: decided on the very day of the reorganisation, for a body that ended with the day before."""
    if (register := _register(s, year)) and (found := _ended(s, year)):
        old, new = found[-1]
        row = _decision(s, new, old.valid_to, signed_before=0)
        row.values["agency_code"] = old.official_code
        _add(s, "D152", "RR-AGENCY-DAY", register, row)


def decided_before_the_day(s: Spoiler, year: int) -> None:
    """D152, R1: decided for the old body, effective when it has ended: counts for the successor, without a word."""
    for old, new in _ended(s, year):
        for register in _registers(s, year):
            for row in register.rows:
                says = row.says
                if id(row) in s.touched or not isinstance(says, SaysRecruitment) or says.body != new.code:
                    continue
                if says.decided_on < old.valid_to <= says.effective_on:
                    row.values["agency_code"] = old.official_code
                    s.touched.add(id(row))
                    _deed(s, "D152", None, register, row)
                    return


def decision_twice(s: Spoiler, year: int) -> None:
    """S02: a decision stands twice, word for word; it counts once."""
    if register := _register(s, year):
        rows = [r for r in register.rows if id(r) not in s.touched and isinstance(r.says, SaysRecruitment)]
        if rows:
            row = s.random.choice(rows)
            s.touched.add(id(row))
            _add(s, "S02", "RR-KEY-UNIQUE", register, RegisterRow(deepcopy(row.values)))


def taken_back(s: Spoiler, year: int) -> None:
    """S02: a line cancels a decision that stands above as in force: the register contradicts itself."""
    if register := _register(s, year):
        body = s.random.choice(s.world.organisation.reporting_on(date(year, 9, 1)))
        first = _decision(s, body, date(year, 9, 1))
        again = RegisterRow({**first.values, "status": "HỦY QUYẾT ĐỊNH"})
        _add(s, "S02", "RR-KEY-CONFLICT", register, first)
        _add(s, "S02", "RR-KEY-UNIQUE", register, again)


def cancelled_line(s: Spoiler, year: int) -> None:
    """D230: "hủy" is no word of the list: whether the decision holds cannot be said, so it is kept out."""
    if register := _register(s, year):
        body = s.random.choice(s.world.organisation.reporting_on(date(year, 9, 1)))
        row = _decision(s, body, date(year, 9, 1))
        row.values["status"] = "hủy"
        _add(s, "D230", "RR-STATUS-CODE", register, row)


def wrong_total(s: Spoiler, year: int) -> None:
    """D080, S13: the register ends with a total that was typed before lines were taken out of it."""
    if register := _register(s, year):
        row = _total(register, "decided_on", len(register.rows) + s.random.randint(3, 9))
        _add(s, "D080", "RR-TOTAL-COUNT", register, row)
        text = "Dòng Tổng cộng do phần mềm giữ lại từ bản in trước; số dòng của sổ là đúng."
        s.answer_register(register, "RR-TOTAL-COUNT", "SNV", text)


def right_total(s: Spoiler, year: int) -> None:
    """D070: the courses end with a total of their hours; it is right, and no row."""
    if register := s.register(year, "training_records"):
        hours = sum(int(row.values["hours"] or 0) for row in register.rows)
        _add(s, "D070", None, register, _total(register, "hours", hours))


def _register(s: Spoiler, year: int) -> Register | None:
    return next(iter(_registers(s, year)), None)


def _registers(s: Spoiler, year: int) -> Iterator[Register]:
    names = (f"recruitment_register_{year}.csv", f"recruitment_register_{year}_SGDDT.csv")
    return (r for name in names for r in s.registers if (r.year, r.file_name) == (year, name))


def _ended(s: Spoiler, year: int) -> list[tuple[Body, Body]]:
    """Departments that ended in the year under a name and a code that nobody has since, and who carries each on; those
    that only got another name first.
    """
    organisation = s.world.organisation
    found = []
    for old in organisation.bodies.values():
        heirs = organisation.after(old.code, old.valid_to)
        if old.kind != "department" or old.valid_to.year != year or len(heirs) != 1:
            continue
        new = organisation.bodies[heirs[0]]
        if new.code in organisation.taking_part and (old.name, old.official_code) != (new.name, new.official_code):
            found.append((old, new))
    found = [pair for pair in found if pair[0].official_code != pair[1].official_code]
    return sorted(found, key=lambda pair: (len(organisation.before(pair[1].code)), pair[0].code))


def _decision(s: Spoiler, body: Body, effective_on: date, signed_before: int = 12) -> RegisterRow:
    """A decision in force, of a kind that counts, about somebody in service whom no register and no list of talents
    has; it states nothing: whoever takes it has one recruit too many.
    """
    decision = Recruitment(
        _somebody(s, effective_on), s.world.next_number("QĐ", "SNV"), effective_on - timedelta(days=signed_before),
        effective_on, body.code, "SNV", None, "Chuyên viên", "cong_chuc", "TT", first_time=True,
    )  # fmt: skip
    row = recruitment_row(s.world, decision)
    row.says = None
    return row


def _somebody(s: Spoiler, day: date) -> Person:
    busy = {t.person for t in s.world.talents} | {r.person for r in s.world.recruitments}
    named = {row.values.get("national_id") for register in s.registers for row in register.rows
             if register.file_name.startswith("recruitment_register")}  # fmt: skip
    free = [
        post.person for post in s.world.employments
        if post.person not in busy and post.person.national_id not in named and post.person.identity_kind == "cccd"
        and post.started_on < day and post.left_on is None and 20 <= day.year - post.person.born_on.year <= 60
    ]  # fmt: skip
    return s.random.choice(free)


def _total(register: Register, name: str, number: int) -> RegisterRow:
    return RegisterRow({register.fields[0]: "Tổng cộng", name: str(number)})


def _add(s: Spoiler, kind: str, rule: str | None, register: Register, row: RegisterRow) -> None:
    register.rows.append(row)
    s.touched.add(id(row))
    _deed(s, kind, rule, register, row)


def _deed(s: Spoiler, kind: str, rule: str | None, register: Register, row: RegisterRow) -> None:
    s.deed(kind, rule, register, None, lambda: str(2 + next(i for i, r in enumerate(register.rows) if r is row)))
