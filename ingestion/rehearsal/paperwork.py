"""Plans of agencies and the yearly counts they send: targets, money, tasks, outputs.

Lives here: facts that no person stands behind. Does not live here: where they are written (``returns.py``).
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from ingestion.rehearsal.organisation import Body
from ingestion.rehearsal.schedule import sign_of
from ingestion.rehearsal.world import Plan, World

QUARTER_END = date(2024, 3, 31)
_ON_TIME, _LATE = 0.72, 0.16


def make_plans(world: World, random: Random) -> None:
    """Decide which agencies of the roster issued a plan when: one on the last day, some after it, some never."""
    roster = world.organisation.reporting_on(QUARTER_END)
    last_day = random.choice(roster)
    for body in roster:
        draw = random.random()
        if body is last_day:
            issued = QUARTER_END
        elif draw < _ON_TIME:
            issued = QUARTER_END - timedelta(days=random.randint(1, 55))
        elif draw < _ON_TIME + _LATE:
            issued = QUARTER_END + timedelta(days=random.randint(1, 190))
        else:
            continue
        world.plans.append(_plan(random, body, issued))


def plans_of_new_bodies(world: World, random: Random, day: date) -> None:
    """Departments that began on a day issue a plan of their own some months later; not all of them."""
    for body in world.organisation.reporting_on(day):
        if body.kind == "department" and body.valid_from == day and random.random() < 0.8:
            world.plans.append(_plan(random, body, day + timedelta(days=random.randint(45, 180))))


def _plan(random: Random, body: Body, issued: date) -> Plan:
    plan = Plan(body.code, f"{random.randint(11, 240)}/KH-{sign_of(body)}", issued, (2024, 2030))
    plan.targets.append(
        ("CT02", "Tỷ lệ nhân tài trong tổng số tuyển dụng mới", "%", Decimal(random.choice((8, 10, 12, 15))))
    )
    if random.random() < 0.6:
        plan.targets.append(("CT05", "Tỷ lệ nhân tài được đào tạo về khoa học - công nghệ", "%", Decimal(30)))
    if random.random() < 0.4:
        plan.targets.append((None, "Số người được cử đi đào tạo sau đại học", "người", Decimal(random.randint(1, 6))))
    return plan


def budget_lines(random: Random, body: Body, is_finance: bool) -> list[dict[str, object]]:
    """What stands in B06: the finance department plans and allocates, some others spend (million đồng)."""
    if is_finance:
        return [
            _money("ngan_sach_tinh", "thu_hut", "NQ15_THUHUT", 9000, 8400, None),
            _money("ngan_sach_tinh", "dao_tao", "NQ15_DAOTAO", 6500, 6200, None),
            _money("ngan_sach_tinh", "trong_dung", "KHAC", 1800, 1500, None),
            _money("ngan_sach_tw", "dao_tao", "KHAC", 900, 700, None),
        ]
    chance = {"SGDDT": 1.0, "SYT": 1.0}.get(body.code, 0.6 if body.kind == "department" else 0.1)
    if random.random() >= chance:
        return []
    lines = [_money("ngan_sach_tinh", "dao_tao", "NQ15_DAOTAO", None, None, random.randint(30, 400))]
    if random.random() < 0.5:
        lines.append(
            _money("ngan_sach_tinh", "thu_hut", "NQ15_THUHUT", None, None, random.choice((200, 300, 500, 800)))
        )
    return lines


def _money(
    source: str, purpose: str, policy: str, planned: int | None, allocated: int | None, spent: int | None
) -> dict[str, object]:
    return {
        "funding_source": source, "purpose": purpose, "policy_code": policy, "planned_amount": planned,
        "allocated_amount": allocated, "spent_amount": spent,
        "estimated_year_amount": None if spent is None else int(spent * 1.1),
    }  # fmt: skip


def task_line(random: Random, task: str, year: int, body: Body, condition: str) -> dict[str, object]:
    """How a task stands in B07: done with a paper that proves it, under way, not begun, or waiting for a decree."""
    if condition:
        return {"status": "chua_du_dieu_kien", "condition_document": condition}
    status = random.choices(("hoan_thanh", "dang_thuc_hien", "chua_thuc_hien"), (30, 60, 10))[0]
    line: dict[str, object] = {"status": status}
    if status == "hoan_thanh":
        line["evidence_number"] = f"{random.randint(20, 900)}/BC-{sign_of(body)}"
        line["evidence_on"] = date(year, random.randint(4, 10), random.randint(1, 28))
    return line


def output_line(random: Random, output: str, told: int | None) -> dict[str, object]:
    """How many of a countable output were planned and made; ``told`` is what another form says was made."""
    most = {"HN": 3, "LN": 120, "VB": 6, "CK": 5, "TB": 24, "PS": 8, "LOP": 5, "NG": 20}.get(output.split("-")[1], 3)
    drawn = random.randint(0, most)  # drawn in any case, so that what one form says changes no other draw
    actual = drawn if told is None else told
    return {"planned_count": max(actual + random.randint(-1, 2), 0), "actual_count": actual}
