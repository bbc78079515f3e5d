"""Registers as systems and clerks export them: lost zeros, codes that have ended, moves that look like recruits.

Lives here: faults of register rows. Does not live here: workbooks of agencies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from ingestion.rehearsal.faults.spoiler import Spoiler
from ingestion.rehearsal.papers import Register, RegisterRow, SaysRecruitment
from ingestion.rehearsal.registers import recruitment_row
from ingestion.rehearsal.returns import Desk
from ingestion.rehearsal.world import Employment, Recruitment

BULK = 12


def lost_zero(s: Spoiler, year: int) -> None:
    """D100: an id went through a spreadsheet; sex and year of birth give its zeros back."""
    if found := _row(s, year, lambda says: says.person.national_id.startswith(("097", "003"))):
        register, row = found
        row.values["national_id"] = str(int(row.values["national_id"]))
        _deed(s, "D100", "RR-NATIONAL_ID-ZERO_RESTORED", register, row)


def digit_missing(s: Spoiler, year: int) -> None:
    """D110: an id lost its last digits; nobody can say which."""
    talents = {t.person for t in s.world.talents}
    if found := _row(s, year, lambda says: says.person not in talents and _counts(says)):
        register, row = found
        _explain_total(s, row, "Sổ ghi thiếu một chữ số của số định danh nên thiếu một người; số của biểu B02 là đúng.")
        row.values["national_id"], row.says = row.values["national_id"][:-1], None
        _deed(s, "D110", "RR-ID-SHAPE", register, row)


def decided_after_effect(s: Spoiler, year: int) -> None:
    """D181: a decision that took effect before it was signed."""
    if found := _row(s, year, _counts):
        register, row = found
        assert isinstance(row.says, SaysRecruitment)
        signed = row.says.effective_on + timedelta(days=3)
        row.values["decided_on"], row.says = signed.isoformat(), replace(row.says, decided_on=signed)
        _deed(s, "D181", "RR-DECIDED-AFTER-EFFECT", register, row)
        s.answer_register(
            register, "RR-DECIDED-AFTER-EFFECT", "SNV", "Hiệu lực tính từ ngày nhận việc; quyết định ký sau."
        )


def ended_code(s: Spoiler, year: int) -> None:
    """D152: the employer is a district that had ended when the decision was signed."""
    bodies = s.world.organisation.bodies
    ended = {code: b for code, b in bodies.items() if b.kind == "district" and b.valid_to.year == year}

    def after_the_end(says: SaysRecruitment) -> bool:
        return bodies[says.body].kind == "commune" and any(b.valid_to < says.decided_on for b in ended.values())

    if found := _row(s, year, after_the_end):
        register, row = found
        _explain_total(s, row, "Sổ ghi mã của huyện đã kết thúc nên thiếu một người; số của biểu B02 là đúng.")
        row.values["agency_code"], row.says = next(iter(sorted(ended))), None
        _deed(s, "D152", "RR-AGENCY-DAY", register, row)


def name_for_code(s: Spoiler, year: int) -> None:
    """D150: the employer's name where its code is asked."""
    bodies = s.world.organisation.bodies
    if found := _row(s, year, lambda says: bodies[says.body].kind == "department"):
        register, row = found
        assert isinstance(row.says, SaysRecruitment)
        row.values["agency_code"] = bodies[row.says.body].name
        _deed(s, "D150", None, register, row)


def move_as_recruitment(s: Spoiler, year: int) -> None:
    """D258: a transfer by order, registered as if the person had been recruited."""
    if found := _row(s, year, lambda says: says.form in ("DD", "LC")):
        register, row = found
        assert isinstance(row.says, SaysRecruitment)
        _explain_total(s, row, "Sổ ghi một người điều động thành tiếp nhận; biểu B02 không tính người này.")
        row.values["recruitment_form"], row.says = "TN", replace(row.says, form="TN")
        _deed(s, "D258", None, register, row)


def bulk_on_reorganisation(s: Spoiler, year: int) -> None:
    """D259: a dozen people who moved with their posts, registered as received on the day of the reorganisation."""
    day, body, posts = _largest_merger(s, year)
    register = s.register(year, f"recruitment_register_{year}.csv")
    if register is None or day is None:
        return
    for post in posts[:BULK]:
        decision = Recruitment(
            post.person, s.world.next_number("QĐ", "SNV"), day - timedelta(days=2), day, body, "SNV", None,
            "Chuyên viên", post.staff_kind, "TN", first_time=False,
        )  # fmt: skip
        row = recruitment_row(s.world, decision)
        register.rows.append(row)
        s.touched.add(id(row))
        _deed(s, "D259", "RR-REORGANISATION-STARTS", register, row)
    text = "Người chuyển theo đơn vị khi sắp xếp, không phải tuyển dụng mới; sổ sẽ sửa thành hình thức SX."
    s.answer_register(register, "RR-REORGANISATION-STARTS", "SNV", text)


def _explain_total(s: Spoiler, row: RegisterRow, text: str) -> None:
    """Who counts the recruits of that employer in B02 says why the register has another number (up to its closing)."""
    says = row.says
    assert isinstance(says, SaysRecruitment)
    for one in s.returns:
        desk = Desk(s.world, s.world.organisation.bodies[one.sending.body], one.sending)
        if one.is_taken and desk.in_year(says.effective_on) and desk.own(says.body):
            s.answer(one, "YEAR-B02-REGISTER", text)
            return


def _largest_merger(s: Spoiler, year: int) -> tuple[date | None, str, list[Employment]]:
    """A department that began in the year, and people in no register who came to it with an ended one."""
    busy = {t.person for t in s.world.talents} | {r.person for r in s.world.recruitments}
    best: tuple[date | None, str, list[Employment]] = (None, "", [])
    for body in s.world.organisation.bodies.values():
        if (
            body.kind != "department"
            or body.valid_from.year != year
            or body.code not in s.world.organisation.taking_part
        ):
            continue
        posts = [
            post for post in s.world.employments
            if (body.valid_from, body.code) in post.posts and post.person not in busy
            and post.staff_kind in ("cong_chuc", "vien_chuc") and post.person.identity_kind == "cccd"
        ]  # fmt: skip
        if len(posts) > len(best[2]):
            best = (body.valid_from, body.code, posts)
    return best


def _row(s: Spoiler, year: int, test: Callable[[SaysRecruitment], bool]) -> tuple[Register, RegisterRow] | None:
    rows = [pair for pair in _rows(s, year) if test(pair[1].says)]  # type: ignore[arg-type]
    if not rows:
        return None
    register, row = s.random.choice(rows)
    s.touched.add(id(row))
    return register, row


def _rows(s: Spoiler, year: int) -> Iterator[tuple[Register, RegisterRow]]:
    """Untouched rows of the year's recruitment registers, of people who have a Vietnamese id."""
    for register in s.registers:
        if register.year == year and register.file_name.startswith("recruitment_register"):
            for row in register.rows:
                says = row.says
                if (
                    id(row) not in s.touched
                    and isinstance(says, SaysRecruitment)
                    and says.person.identity_kind == "cccd"
                ):
                    yield register, row


def _counts(says: SaysRecruitment) -> bool:
    return (
        says.status == "hieu_luc" and says.form in ("TT", "XT", "TN") and says.staff_kind in ("cong_chuc", "vien_chuc")
    )


def _deed(s: Spoiler, kind: str, rule: str | None, register: Register, row: RegisterRow) -> None:
    """The address in a register is the row of the file: the header is row 1."""
    s.deed(kind, rule, register, None, lambda: str(2 + next(i for i, r in enumerate(register.rows) if r is row)))
