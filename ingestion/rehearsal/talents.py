"""Who is a talent, by which route and under which decision.

Lives here: attracted recruits (``attract``), candidates and people recognised in service (``recognise``).
Does not live here: recruiting them (``hiring.py``), their courses and leavings (``careers.py``).

Legal bases are those in force on the day of the decision: nobody has one of NĐ 179 before 2025. What an agency could
not have told by now (it has not yet reported the year) does not happen in this world.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from expectations.reference.load import read
from ingestion.rehearsal.organisation import OPEN
from ingestion.rehearsal.world import Employment, Recruitment, Talent, World

SHARE = 0.105
ND179_FROM, ND263_FROM = date(2025, 1, 1), date(2025, 10, 14)
_SECTORS = {"SGDDT": "LV02", "SYT": "LV04", "SKHCN": "LV01", "SKHCN~2025-02-28": "LV01", "STTTT": "LV05",
            "SXD": "LV07", "SXD~2025-02-28": "LV07", "SGTVT": "LV08", "SVHTTDL": "LV03", "SNNPTNT": "LV09",
            "SNNMT": "LV09"}  # fmt: skip
_MAJORS = {"LV01": "Công nghệ sinh học", "LV02": "Sư phạm Toán học", "LV03": "Quản lý văn hóa", "LV04": "Y khoa",
           "LV05": "Công nghệ thông tin", "LV06": "Khoa học dữ liệu", "LV07": "Kỹ thuật xây dựng",
           "LV08": "Kỹ thuật giao thông", "LV09": "Kỹ thuật tài nguyên nước", "LV99": "Luật"}  # fmt: skip
_SCHOOLS = ("Đại học Thái Nguyên", "Đại học Bách khoa Hà Nội", "Đại học Sư phạm Hà Nội", "Đại học Y Hà Nội",
            "Đại học Quốc gia Hà Nội", "Học viện Nông nghiệp Việt Nam")  # fmt: skip


def tells_in_time(world: World, body: str, day: date) -> bool:
    """Whether the report that a body (or what follows it) sends will tell of something that happens there on a day."""
    if world.organisation.left_scope_on(body) is not None:
        sending = world.sending(day.year, body)
        return sending is not None and day <= sending.figures_as_of
    heir, end = _heir(world, body), world.organisation.bodies[body].valid_to
    sending = world.sending(day.year, heir) or world.sending(day.year, body)
    if sending is not None and day <= sending.figures_as_of:
        return True
    if end == OPEN and (sending := world.sending(day.year + 1, body)) is not None:
        return day <= sending.figures_as_of  # told of a year later, by the same body
    scattered = heir == body and end != OPEN  # its people are told of by the communes, in the year in which it ended
    return scattered and day <= date(end.year, 10, 31)


def attract(world: World, random: Random, hired: list[tuple[Recruitment, Employment | None]]) -> None:
    """Make some of the newly recruited talents by a decision of attraction, recognition, or both."""
    for decision, employment in hired:
        if (
            employment is None
            or decision.staff_kind == "cong_chuc_xa"
            or not world.organisation.bodies[decision.body].is_reporting
        ):
            continue
        share = 0.12 if decision.form == "HD" else SHARE
        if random.random() < share and tells_in_time(world, decision.body, decision.effective_on):
            world.talents.append(_attracted(world, random, decision, employment))


def _attracted(world: World, random: Random, decision: Recruitment, employment: Employment) -> Talent:
    talent = _someone(random, employment, decision.body, "thu_hut", decision.effective_on, young=True)
    talent.recruitment = decision
    talent.position = decision.position
    if random.random() < 0.1:
        _recognise_later(world, random, talent, decision)
        return talent
    talent.attraction_on = decision.effective_on - timedelta(days=random.randint(3, 20))
    talent.attraction_number = world.next_number("QĐ", "UBND")
    talent.basis = basis_for(random, talent, talent.attraction_on, contract=decision.form == "HD")
    if in_force(talent.basis, decision.decided_on):
        decision.legal_basis = talent.basis
    if random.random() < 0.35:
        later = decision.effective_on + timedelta(days=random.randint(40, 300))
        if tells_in_time(world, decision.body, later) and later < world.today - timedelta(days=40):
            _give_recognition(world, random, talent, later)
    return talent


def _recognise_later(world: World, random: Random, talent: Talent, decision: Recruitment) -> None:
    """Recruited without any decision, recognised months afterwards: not a talent in the year of recruitment."""
    later = decision.effective_on + timedelta(days=random.randint(90, 420))
    if later < ND179_FROM or not tells_in_time(world, decision.body, later) or later > world.today - timedelta(days=40):
        return
    _give_recognition(world, random, talent, later)
    talent.basis = basis_for(random, talent, later)


def recognise(world: World, random: Random, year: int, candidates: int, recognitions: int) -> None:
    """In a year list new candidates among those in service, and recognise some people in service by decision."""
    for place in range(candidates + recognitions):
        day = date(year, random.randint(2, 9), random.randint(2, 27))
        post = _somebody_in_service(world, random, day)
        if post is None:
            continue
        talent = _someone(random, post, post.body_on(day) or "", "trong_dung", day, young=False)
        if place >= candidates:
            _give_recognition(world, random, talent, day)
            talent.basis = "ND179_N1" if day >= ND179_FROM else random.choice(("NQ15_LS", "NQ23_LS"))
        world.talents.append(talent)


def confirm_candidates(world: World, random: Random, year: int, share: float) -> None:
    """Recognise in this year some of those who were listed as candidates before it."""
    for talent in [t for t in world.talents if t.route == "trong_dung" and t.decided_on is None]:
        day = date(year, random.randint(2, 9), random.randint(2, 27))
        body = talent.employment.body_on(day)
        if random.random() < share and talent.listed_from.year < year and body in world.organisation.bodies:
            if world.organisation.bodies[body].kind == "district" or not tells_in_time(world, body, day):
                continue
            _give_recognition(world, random, talent, day)
            talent.basis = "ND179_N1"


def basis_for(random: Random, talent: Talent, day: date, contract: bool = False) -> str:
    """A legal basis in force on that day that fits the person."""
    if contract and day >= ND179_FROM:
        return "ND179_N3"
    young = day.year - talent.person.born_on.year < 35
    if talent.group == "N2":
        options = ["NQ15_LS", "NQ23_LS"] + (["ND179_N2_KH"] if day >= ND179_FROM else ["ND140_KHT"])
        options += ["ND263_NKH"] if day >= ND263_FROM and young and talent.degree == "tien_si" else []
    else:
        options = ["ND179_N2_SV", "NQ15_LS"] if day >= ND179_FROM else ["ND140_SV", "NQ15_LS", "NQ23_LS"]
        options += ["ND263_KS"] if day >= ND263_FROM and young else []
    return random.choice([basis for basis in options if in_force(basis, day)])


def in_force(basis: str, day: date) -> bool:
    """Whether a legal basis was in force on a day."""
    row = next(row for row in read("legal_bases") if row["code"] == basis)
    return row["valid_from"] <= day.isoformat() and (not row["valid_to"] or day.isoformat() < row["valid_to"])


def _give_recognition(world: World, random: Random, talent: Talent, day: date) -> None:
    talent.recognised_on = day
    talent.recognition_number = world.next_number("QĐ", "UBND")
    talent.authority = random.choice(("chu_tich_ubnd_tinh", "chu_tich_ubnd_tinh", "thu_truong_co_quan"))


def _somebody_in_service(world: World, random: Random, day: date) -> Employment | None:
    taken = {talent.person for talent in world.talents} | {decision.person for decision in world.recruitments}
    for _ in range(200):
        post = random.choice(world.employments)
        body = world.organisation.bodies.get(post.body_on(day) or "")
        if (
            body is not None
            and body.is_reporting
            and post.person not in taken
            and post.staff_kind in ("cong_chuc", "vien_chuc")
            and post.started_on < date(day.year - 2, 1, 1)
            and 1975 <= post.person.born_on.year <= 1996
            and (body.kind != "district" or day.year < 2025)
            and tells_in_time(world, body.code, day)
        ):
            return post
    return None


def _someone(random: Random, post: Employment, body: str, route: str, day: date, young: bool) -> Talent:
    group = random.choices(("N1", "N2", "N4") if young else ("N3", "N2"), (60, 30, 10) if young else (75, 25))[0]
    degree = random.choices(("thac_si", "tien_si"), (80, 20))[0] if group == "N2" else "dai_hoc"
    sector = _SECTORS.get(body) or random.choice(("LV01", "LV02", "LV06", "LV07", "LV99"))
    if random.random() < 0.15:
        sector = "LV06"
    kind = {"SGDDT": "truong_hoc", "SYT": "co_so_y_te"}.get(body)
    return Talent(
        person=post.person,
        employment=post,
        route=route,
        group=group,
        sector=sector,
        position="Chuyên viên" if post.staff_kind == "cong_chuc" else "Viên chức chuyên môn",
        degree=degree,
        degree_class=random.choice(("xuat_sac", "gioi")) if group == "N1" else random.choice(("gioi", "kha")),
        major=_MAJORS[sector],
        institution=random.choice(_SCHOOLS),
        origin=random.choices(("trong_tinh", "ngoai_tinh"), (70, 30))[0] if route == "thu_hut" else "trong_tinh",
        unit_kind=kind or ("co_quan_hanh_chinh" if post.staff_kind == "cong_chuc" else "don_vi_su_nghiep"),
        listed_from=day,
        other_groups="N3" if group == "N2" and random.random() < 0.2 else None,
        nominated_by=random.choices(("co_quan", "mttq", "to_chuc_ctxh", "tu_tien_cu"), (80, 8, 7, 5))[0],
    )


def _heir(world: World, body: str) -> str:
    """The body that follows this one by a merger; a district, whose people are scattered, stays itself."""
    after = world.organisation.after(body, world.today)
    return after[0] if len(after) == 1 else body
