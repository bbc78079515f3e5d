"""How a fact of the world is written in a line of a form.

Lives here: one function a form, giving the line with its statement. Does not live here: which lines (``returns.py``).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from expectations.contracts.load import load
from ingestion.rehearsal.papers import FactRow, SaysDeparture, SaysPlan, SaysTalent, SaysTraining
from ingestion.rehearsal.people import Person
from ingestion.rehearsal.world import Departure, Plan, Recruitment, Talent, Training, World
from ingestion.template.book import Value
from ingestion.template.pages import shown


def plain_row(dataset: str, values: dict[str, object]) -> FactRow:
    """A line from codes and values; codes become the labels that the form shows."""
    return FactRow(_labelled(dataset, values))


def summary_row(
    key: tuple[str, str], group: list[Recruitment], talents: dict[Person, Talent], closed_on: date
) -> FactRow:
    """B02: one form of recruitment and kind of staff, counted."""
    taken = [r for r in group if r.status == "hieu_luc"]
    decided = [talents[r.person].decided_on for r in taken if r.person in talents]
    return plain_row("recruitment_summaries", {
        "recruitment_form": key[0], "staff_kind": key[1], "recruits_count": len(taken),
        "first_time_count": sum(r.first_time for r in taken),
        "talents_count": sum(day is not None and day <= closed_on for day in decided),
        "cancelled_count": len(group) - len(taken),
    })  # fmt: skip


def talent_row(talent: Talent, closed_on: date) -> FactRow:
    """B03: a talent as known on the closing day; a later decision is not in it yet."""
    attraction_on = talent.attraction_on if talent.attraction_on and talent.attraction_on <= closed_on else None
    recognised_on = talent.recognised_on if talent.recognised_on and talent.recognised_on <= closed_on else None
    decided = attraction_on is not None or recognised_on is not None
    recruitment = talent.recruitment
    values = identity_of(talent.person) | {
        "birth_date": talent.person.born_on, "sex": talent.person.sex, "is_ethnic_minority": talent.person.is_minority,
        "origin": talent.origin, "level": "duoc_cong_nhan" if decided else "ung_vien", "talent_group": talent.group,
        "other_groups": talent.other_groups, "sector": talent.sector, "position": talent.position,
        "staff_kind": _kind_on(talent.employment.staff_kind, closed_on), "unit_code": talent.employment.unit_code,
        "unit_kind": talent.unit_kind, "degree": talent.degree, "degree_class": talent.degree_class,
        "major": talent.major, "institution": talent.institution, "entry_route": talent.route,
        "legal_basis": talent.basis if decided else None,
        "attraction_number": talent.attraction_number if attraction_on else None,
        "attraction_decided_on": attraction_on,
        "recognition_number": talent.recognition_number if recognised_on else None, "recognised_on": recognised_on,
        "recognition_authority": talent.authority if recognised_on else None,
        "recruitment_form": recruitment.form if recruitment else None,
        "recruitment_decision_number": recruitment.number if recruitment else None,
        "started_on": talent.employment.started_on, "nomination_source": talent.nominated_by,
    }  # fmt: skip
    says = SaysTalent(
        talent.person, talent.route, talent.employment.started_on, talent.basis if decided else None,
        attraction_on, recognised_on,
    )  # fmt: skip
    return FactRow(_labelled("talents", values), says=says)


def departure_row(departure: Departure, world: World, closed_on: date) -> FactRow:
    """B04: a leaving or a move; the day back only when it has come."""
    returned = departure.returned_on if departure.returned_on and departure.returned_on <= closed_on else None
    values = identity_of(departure.person) | {
        "exit_reason": departure.reason, "effective_on": departure.effective_on,
        "destination_kind": departure.destination_kind,
        "destination_agency_code": world.official(departure.destination) if departure.destination else None,
        "returned_on": returned, "decision_number": departure.number,
    }  # fmt: skip
    says = SaysDeparture(departure.person, departure.reason, departure.effective_on, returned)
    return FactRow(_labelled("departures", values), says=says)


def training_row(training: Training) -> FactRow:
    """B05: a course of a talent."""
    done = training.completed_on is not None
    values = identity_of(training.person) | course_values(training) | {
        "delivery": training.delivery, "funding_source": training.source,
    }  # fmt: skip
    says = SaysTraining(training.person, training.field, training.completed_on, done)
    return FactRow(_labelled("trainings", values), says=says)


def course_values(training: Training) -> dict[str, object]:
    """What B05 and the training system both say of a course, in codes and values."""
    done = training.completed_on is not None
    return {
        "course_name": training.course, "training_kind": training.kind, "training_level": training.level,
        "training_field": training.field,
        "is_science_technology": {"yes": "co", "no": "khong", "unknown": "chua_ro"}[training.is_st],
        "started_on": training.started_on, "completed_on": training.completed_on, "hours": training.hours,
        "institution": training.institution, "result": "hoan_thanh" if done else "dang_hoc",
        "certificate_number": training.certificate, "certified_on": training.completed_on if done else None,
    }  # fmt: skip


def plan_row(plan: Plan) -> FactRow:
    """B01: the agency's own plan."""
    row = plain_row("plans", {
        "plan_number": plan.number, "issued_on": plan.issued_on, "document_kind": "ke_hoach",
        "period_from": plan.period[0], "period_to": plan.period[1], "has_sectors": True,
        "has_targets": bool(plan.targets), "has_phases": len(plan.targets) > 1, "supersedes_number": plan.supersedes,
    })  # fmt: skip
    row.says = SaysPlan(plan.issued_on)
    return row


def target_row(
    target: tuple[str | None, str, str, Decimal], plan: Plan, share: float | None, random: Random
) -> FactRow:
    """B01b: a target of the plan and how far it is reached."""
    indicator, label, unit, value = target
    achieved: float | int | None = share if indicator == "CT02" else random.randint(0, int(value))
    return plain_row("own_targets", {
        "indicator_code": indicator, "target_label": label, "unit": unit, "phase_from": plan.period[0],
        "phase_to": plan.period[1], "target_value": value, "achieved_value": achieved,
    })  # fmt: skip


def identity_of(person: Person) -> dict[str, object]:
    """Name, number and, where it is no cccd, the kind of number of a person, by field."""
    values: dict[str, object] = {"full_name": person.name, "national_id": person.national_id}
    if person.identity_kind != "cccd":
        values["identity_kind"] = person.identity_kind
    return values


def _kind_on(staff_kind: str, day: date) -> str:
    """Commune officials became civil servants on 01/07/2025."""
    return "cong_chuc" if staff_kind in ("can_bo_xa", "cong_chuc_xa") and day >= date(2025, 7, 1) else staff_kind


def _labelled(dataset: str, values: dict[str, object]) -> dict[str, Value]:
    labelled: dict[str, Value] = {}
    for name, value in values.items():
        code_list = load(dataset).field(name).code_list
        labelled[name] = shown(code_list, str(value)) if code_list and value is not None else value  # type: ignore[assignment]
    return labelled
