"""The world keeps its laws: dates, bases, ids, reorganisations (domain.md 1.6, 5.2, 6.1; definitions.md R1–R4)."""

from datetime import date

import pytest

from expectations.reference.load import read
from ingestion.rehearsal.genesis import TODAY, make_world
from ingestion.rehearsal.organisation import UNASSIGNED
from ingestion.rehearsal.world import World

SEEDS = (20240131, 7, 4711)
REORGANISATIONS = (date(2025, 3, 1), date(2025, 7, 1))


@pytest.fixture(scope="module", params=SEEDS)
def world(request) -> World:
    return make_world(request.param, None, (2024, 2025, 2026))


def test_the_province_has_the_size_it_has(world):
    bodies = {day: len(world.organisation.reporting_on(day)) for day in (date(2024, 11, 29), date(2025, 11, 29))}
    assert list(bodies.values()) == [32, 80]
    for year in (2024, 2025):
        assert 300 <= sum(r.counts and r.effective_on.year == year for r in world.recruitments) <= 600
    assert 60 <= len(world.talents) <= 150
    in_service = sum(post.body_on(date(2024, 12, 31)) is not None for post in world.employments)
    assert 4000 <= in_service <= 6000


def test_ids_agree_with_sex_and_year_and_are_given_once(world):
    people = world.population.people
    assert len({person.national_id for person in people}) == len(people)
    for person in people:
        if person.identity_kind == "cccd":
            assert person.national_id[:3] in {"000", "003", "097"}
            century, woman = divmod(int(person.national_id[3]), 2)
            assert 1900 + 100 * century + int(person.national_id[4:6]) == person.born_on.year
            assert bool(woman) == (person.sex == "nu")
    kinds = {person.identity_kind for person in people}
    assert kinds == {"cccd", "passport"}


def test_nobody_was_recruited_on_a_day_of_reorganisation_and_assignments_are_no_recruitments(world):
    starts = {(r.person, r.effective_on) for r in world.recruitments}
    assert not any(day in REORGANISATIONS for _, day in starts)
    assert all((a.person, a.on) not in starts for a in world.assignments)


def test_most_people_of_the_districts_are_assigned_and_a_few_wait(world):
    eve = date(2025, 6, 30)
    district = [p for p in world.employments if (p.body_on(eve) or "").startswith("H")]
    waiting = [p for p in district if UNASSIGNED in (p.body_on(date(2025, 7, 1)) or "")]
    assigned = {a.person for a in world.assignments if a.on == date(2025, 7, 1)}
    assert 5 <= len(waiting) <= 30
    assert all(post in waiting or post.person in assigned for post in district)


def test_merged_departments_take_their_people_along(world):
    eve, day = date(2025, 2, 28), date(2025, 3, 1)
    before = [p for p in world.employments if p.body_on(eve) in ("SKHCN~2025-02-28", "STTTT")]
    assert before
    assert all(post.body_on(day) == "SKHCN" and post.left_on is None for post in before if post.left_on is None)


def test_every_basis_was_in_force_on_a_day_of_decision(world):
    bases = {row["code"]: (row["valid_from"], row["valid_to"] or "9999") for row in read("legal_bases")}
    for talent in world.talents:
        days = [day.isoformat() for day in (talent.attraction_on, talent.recognised_on) if day]
        if days:
            first, after = bases[talent.basis or ""]
            assert any(first <= day < after for day in days)
            assert not (talent.basis or "").startswith("ND179") or max(days) >= "2025-01-01"


def test_nothing_happens_after_today(world):
    days = [r.effective_on for r in world.recruitments] + [d.effective_on for d in world.departures]
    days += [t.completed_on for t in world.trainings if t.completed_on]
    assert max(days) <= TODAY
    assert max(s.arrives_at.date() for s in world.sendings.values()) <= TODAY


def test_decision_numbers_are_never_given_twice_by_one_body(world):
    numbers = [(r.decider, r.number) for r in world.recruitments]
    assert len(set(numbers)) == len(numbers)


def test_the_register_has_what_is_no_recruitment_too(world):
    forms = {r.form for r in world.recruitments}
    assert {"TT", "XT", "TN", "HD"} <= forms
    assert forms & {"DD", "LC", "BP"}
    assert {"hieu_luc", "huy", "khong_nhan_viec"} == {r.status for r in world.recruitments}
    assert any(r.staff_kind == "cong_chuc_xa" for r in world.recruitments)
    people = [r.person for r in world.recruitments if r.counts and r.effective_on.year == 2025]
    assert len(set(people)) < len(people), "somebody is recruited twice in a year"


def test_plans_are_not_all_on_time(world):
    on_time = [plan for plan in world.plans if plan.issued_on <= date(2024, 3, 31)]
    late = [plan for plan in world.plans if date(2024, 3, 31) < plan.issued_on < date(2025, 1, 1)]
    assert 15 <= len(on_time) <= 31
    assert late
    assert any(plan.issued_on == date(2024, 3, 31) for plan in on_time)
