"""What agencies tell beyond talents, plans, money and tasks: nominations, commendations, documents, grants …

Lives here: which lines stand on B08–B15 and KT of which agency. Does not live here: who owes the form (obligations).
Everything is drawn for one form of one return, so that a form more or less changes no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from ingestion.rehearsal.affairs_of_the_province import COUNTRIES, DOCUMENTS, POOLS, WISHES
from ingestion.rehearsal.papers import FactRow, SaysLine
from ingestion.rehearsal.people import Person
from ingestion.rehearsal.rows import identity_of, plain_row
from ingestion.rehearsal.schedule import sign_of
from ingestion.rehearsal.world import Departure, Talent
from ingestion.template.pages import contract_of

if TYPE_CHECKING:
    from ingestion.rehearsal.returns import Desk

Line = dict[str, object]
_KEEPS_THE_PROMISE = ("chuyen_trong_pham_vi", "nghi_huu", "chet", "mat_suc_khoe")
_PROMISED_MONTHS = 96
_NOMINATES_ITSELF, _SENDS_TO_STUDY = 0.15, 0.45
_POLICIES = {"NQ15": "NQ15_THUHUT", "NQ23": "NQ15_THUHUT", "ND179": "ND179_PC150"}
"""By the act that a legal basis belongs to."""
_COUNTED_TWICE: dict[str, dict[str, tuple[str, Line]]] = {
    "B08": {
        "II.3-TC": ("proposed_count", {}), "II.3-CN": ("accepted_count", {}),
        "II.3-TU": ("proposed_count", {"nomination_source": "tu_tien_cu"}),
    },
    "B09": {"II.9-KC": ("count", {"subject_kind": "ca_nhan"}), "II.9-KT": ("count", {"subject_kind": "tap_the"})},
    "B09b": {"II.9-VP": ("handled_count", {})},
    "B11": {
        "II.8-TB": ("items_count", {"item_kind": "tin_bai"}), "II.8-CM": ("items_count", {"item_kind": "chuyen_muc"}),
        "II.8-PS": ("items_count", {"item_kind": "phat_song"}), "II.8-DH": ("model_cases_count", {}),
    },
}  # fmt: skip
"""Form → output of B07b → the number that the form counts too, and of which lines: an agency says the same twice."""


def affairs(form: str, desk: Desk, random: Random) -> list[FactRow]:
    """The lines of one of these forms, each with the numbers that it states."""
    contract = contract_of(form)
    numeric = [field.name for field in contract.fields if field.type in ("integer", "decimal")]
    rows = []
    for line, thing in TOLD[form](desk, random):
        row = plain_row(contract.name, line)
        stated = tuple((name, line[name]) for name in numeric if line.get(name) is not None)
        row.says = SaysLine(stated, thing)  # type: ignore[arg-type]
        rows.append(row)
    return rows


def outputs(form: str, desk: Desk, random: Random) -> dict[str, int]:
    """The outputs of B07b that this form counts too, as this agency tells them there."""
    lines = [line for line, _ in TOLD[form](desk, random)]
    return {
        output: sum(int(str(line[name])) for line in lines if where.items() <= line.items())
        for output, (name, where) in _COUNTED_TWICE.get(form, {}).items()
    }


Told = Iterator[tuple[Line, tuple[object, ...] | None]]


def _nominations(desk: Desk, random: Random) -> Told:
    sources = ("co_quan", "mttq", "to_chuc_ctxh")
    for source in sources[: random.choice((0, 0, 1, 2, 3))]:
        accepted, refused, pending = (random.randint(0, 4) for _ in range(3))
        yield {
            "nomination_source": source, "talent_group": random.choice(("N1", "N2", "N3", "N4")),
            "proposed_count": accepted + refused + pending, "accepted_count": accepted, "refused_count": refused,
            "pending_count": pending, "publicly_announced_count": random.randint(0, accepted),
        }, None  # fmt: skip
    if random.random() < _NOMINATES_ITSELF:
        accepted, refused = random.randint(0, 1), random.randint(0, 1)
        yield {"nomination_source": "tu_tien_cu", "talent_group": "N4", "proposed_count": accepted + refused + 1,
               "accepted_count": accepted, "refused_count": refused, "pending_count": 1,
               "publicly_announced_count": accepted}, None  # fmt: skip


def _commendations(desk: Desk, random: Random) -> Told:
    lines = [("giay_khen", "co_so", "ca_nhan", 9), ("giay_khen", "co_so", "tap_the", 4)][: random.choice((0, 1, 2))]
    if desk.body.official_code == "SNV":
        lines += [("bang_khen", "cap_tinh", "ca_nhan", 25), ("bang_khen", "cap_tinh", "tap_the", 12)]
    for kind, level, subject, most in lines:
        yield {"kind": kind, "level": level, "subject_kind": subject, "count": random.randint(1, most)}, None


def _violations(desk: Desk, random: Random) -> Told:
    if random.random() < 0.12:
        received = random.randint(1, 4)
        verified = random.randint(0, received)
        handled = random.randint(0, verified)
        behaviour = random.choice(("can_tro", "tru_dap", "cham_che_do"))
        yield {"behaviour_code": behaviour, "received_count": received, "verified_count": verified,
               "handled_count": handled}, None  # fmt: skip


def _overseas(desk: Desk, random: Random) -> Told:
    updated = desk.closed_on - timedelta(days=random.randint(20, 200))
    for country, sector, most in COUNTRIES:
        people = random.randint(2, most)
        yield {"country": country, "sector": sector, "people_count": people,
               "contacted_count": random.randint(0, people), "list_updated_on": updated}, None  # fmt: skip


def _communications(desk: Desk, random: Random) -> Told:
    reporter = desk.body.official_code in ("STTTT", "SKHCN", "SVHTTDL")
    kinds = [("cong_thong_tin", "tin_bai", 14), ("mang_xa_hoi", "tin_bai", 20)]
    if reporter:
        kinds += [("bao_in", "tin_bai", 40), ("truyen_hinh", "chuyen_muc", 12), ("phat_thanh", "phat_song", 30)]
    for channel, kind, most in kinds if reporter or random.random() < 0.6 else []:
        items = random.randint(1, most)
        yield {"channel": channel, "item_kind": kind, "items_count": items,
               "model_cases_count": random.randint(0, min(items, 4))}, None  # fmt: skip


def _proposals(desk: Desk, random: Random) -> Told:
    for topic, addressed_to, text in random.sample(WISHES, k=random.choice((0, 0, 1, 2))):
        status = random.choice(("chua_gui", "da_gui", "da_tra_loi", "da_giai_quyet"))
        line: Line = {"topic": topic, "raised_by": random.choice(("co_quan", "co_quan", "nhan_tai", "mttq")),
                      "addressed_to": addressed_to, "status": status, "text": text}  # fmt: skip
        if status != "chua_gui":
            line |= {"document_number": f"{random.randint(100, 990)}/{sign_of(desk.body)}-VP",
                     "sent_on": _some_day(desk, random)}  # fmt: skip
        if status in ("da_tra_loi", "da_giai_quyet"):
            line["answer_number"] = f"{random.randint(100, 990)}/UBND-NC"
        yield line, None


def _documents(desk: Desk, random: Random) -> Told:
    """Sở Nội vụ tells the province's papers of the year and of the year before; the others tell their own."""
    if desk.body.official_code == "SNV":
        for number, issued, body, kind, title, task in DOCUMENTS:
            if issued <= desk.closed_on and desk.sending.year - issued.year in (0, 1):
                yield {"document_number": number, "issued_on": issued, "issuing_body": body, "document_kind": kind,
                       "title": title, "status": "con_hieu_luc", "task_code": task}, (number, issued)  # fmt: skip
    elif random.random() < 0.35:
        number, issued = f"{random.randint(100, 990)}/KH-{sign_of(desk.body)}", _some_day(desk, random)
        yield {"document_number": number, "issued_on": issued, "issuing_body": "co_quan", "document_kind": "ke_hoach",
               "title": f"Triển khai công tác thu hút, trọng dụng nhân tài năm {desk.sending.year}",
               "status": "con_hieu_luc", "task_code": "II.2"}, (number, issued)  # fmt: skip


def _grants(desk: Desk, random: Random) -> Told:
    """Money decided within the year, yearly allowances, and earlier grants whose promise was broken within the year."""
    yield from _studies(desk, random)
    left = {d.person: d for d in desk.departures() if d.reason not in _KEEPS_THE_PROMISE}
    here = {talent.person for talent in desk.talents()}
    for talent in desk.world.talents:
        decided, policy = (
            talent.attraction_on or talent.recognised_on,
            _POLICIES.get((talent.basis or "").split("_")[0]),
        )
        if talent.person not in here | set(left) or policy is None or decided is None or decided > desk.closed_on:
            continue
        number = talent.attraction_number or talent.recognition_number
        thing = (talent.person, policy, number, decided)
        line = identity_of(talent.person) | {"policy_code": policy, "decision_number": number, "decided_on": decided}
        if policy == "ND179_PC150":
            line["amount"] = 8 * (desk.closed_on.month if decided.year < desk.sending.year else 12 - decided.month + 1)
            yield line, (*thing, desk.sending.year)
        elif decided.year == desk.sending.year or talent.person in left:
            yield line | _attraction(talent, decided, left.get(talent.person)), (*thing, None)


def _studies(desk: Desk, random: Random) -> Told:
    """100 million đồng to who is sent to a master's study, a tenth more for women, for twice its time in service after
    it (NQ 15/2022, domain.md 2.5); decided in the days before it begins."""
    gone = {departure.person for departure in desk.departures()}
    for person, began in _sent_to_study(desk, random):
        decided, number = began - timedelta(days=random.randint(3, 25)), f"{random.randint(100, 990)}/QĐ-UBND"
        if person in gone or not desk.in_year(decided):
            continue
        line: Line = identity_of(person) | {
            "policy_code": "NQ15_DAOTAO", "decision_number": number, "decided_on": decided,
            "amount": 110 if person.sex == "nu" else 100, "commitment_from": decided + timedelta(days=730),
            "commitment_months": 48,
        }  # fmt: skip
        yield line, (person, "NQ15_DAOTAO", number, decided, None)


def _sent_to_study(desk: Desk, random: Random) -> Iterator[tuple[Person, date]]:
    """Talents who begin a degree study, and in some departments one of the staff, in September."""
    studies = {t.person: t.started_on for t in desk.trainings() if t.level == "thac_si" and t.completed_on is None}
    yield from studies.items()
    began = date(desk.sending.year, 9, 8)
    here = [post.person for post in desk.world.employments
            if post.body_on(began) == desk.body.code == post.body_on(desk.closed_on)]  # fmt: skip
    if desk.body.kind == "department" and here and random.random() < _SENDS_TO_STUDY:
        person = random.choice(here)
        if person not in studies:
            yield person, began


def _attraction(talent: Talent, decided: date, left: Departure | None) -> Line:
    """300 or 200 million đồng, a tenth more for women, against eight years of service (NQ 15/2022, domain.md 2.5)."""
    base = 300 if talent.degree in ("tien_si", "ck2", "bsnt") else 200
    amount = base * 11 // 10 if talent.person.sex == "nu" else base
    line: Line = {"amount": amount, "commitment_from": max(talent.employment.started_on, decided),
                  "commitment_months": _PROMISED_MONTHS}  # fmt: skip
    if left is not None:
        line |= {"breached_on": left.effective_on, "recovered_amount": amount // 2}
    return line


def _pools(desk: Desk, random: Random) -> Told:
    for kind, sector, level, origin, most in POOLS.get(desk.body.official_code, ()):
        people = random.randint(4, most)
        yield {"pool_kind": kind, "sector": sector, "level": level, "origin": origin, "people_count": people,
               "used_count": random.randint(0, people)}, None  # fmt: skip


def _inspections(desk: Desk, random: Random) -> Told:
    days = sorted({_some_day(desk, random) for _ in range(random.randint(2, 5))})
    for day in days:
        bodies = [body for body in desk.world.organisation.reporting_on(day) if body.code != desk.body.code]
        if bodies:
            code, found = random.choice(bodies).official_code, random.randint(0, 6)
            yield {
                "agency_code": code, "inspected_on": day, "conclusion_number": f"{random.randint(10, 99)}/TB-SNV",
                "findings_count": found, "remedied_count": random.randint(0, found),
            }, (code, day)  # fmt: skip


def _some_day(desk: Desk, random: Random) -> date:
    first = date(desk.sending.year, 1, 2)
    return first + timedelta(days=random.randint(0, (desk.closed_on - first).days))


TOLD: dict[str, Callable[[Desk, Random], Told]] = {
    "B08": _nominations, "B09": _commendations, "B09b": _violations, "B10": _overseas, "B11": _communications,
    "B12": _proposals, "B13": _documents, "B14": _grants, "B15": _pools, "KT": _inspections,
}  # fmt: skip
