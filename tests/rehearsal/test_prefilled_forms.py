"""A form with --prefill: last year's talents where they work now, the agency's own plans; nobody who left (R3, R9)."""

from datetime import date

import pytest

from ingestion.rehearsal.genesis import make_world
from ingestion.rehearsal.organisation import UNASSIGNED
from ingestion.template.owed import senders
from ingestion.template.pages import blank_book
from ingestion.template.prefill import LastYear
from tests.rehearsal.seasons import AGENCIES, SEED, YEARS

DAY = date(2025, 11, 29)


@pytest.fixture(scope="module")
def books(collected):
    home = collected("none").home
    last_year = LastYear(home, 2025)
    found = {}
    for sender in senders(2025, home.reference):
        found[sender.agency_code] = blank_book(sender, 2025, "x", home.reference)
        last_year.prefill(found[sender.agency_code], sender)
    return found


def ids(book) -> set[str]:
    return {str(row.values["national_id"]) for row in book.page("B03").rows}


def test_every_talent_of_last_year_stands_where_the_person_works_now(books):
    """A move within the year that only this year's B04 can tell is not known yet."""
    world = make_world(SEED, AGENCIES, YEARS)
    listed = [t for t in world.talents if t.listed_from <= date(2024, 11, 1)]
    moved = {d.person for d in world.departures if d.effective_on.year <= 2025}
    wrong = []
    for talent in listed:
        body = talent.employment.body_on(DAY)
        if talent.person in moved or body is None or UNASSIGNED in body or body not in books:
            continue
        if talent.person.national_id not in ids(books[body]):
            wrong.append(talent.person.number)
    assert listed
    assert wrong == []


def test_who_left_last_year_is_not_repeated(books):
    world = make_world(SEED, AGENCIES, YEARS)
    gone = {d.person.national_id for d in world.departures if d.effective_on.year == 2024 and d.returned_on is None}
    assert gone
    assert not gone & set().union(*(ids(book) for book in books.values()))


def test_nobody_stands_on_two_forms(books):
    everybody = [number for book in books.values() for number in sorted(ids(book))]
    assert len(set(everybody)) == len(everybody)


def test_own_plans_are_there_and_those_of_ended_bodies_are_not(books):
    assert len(books["SGDDT"].page("B01").rows) == sum(
        plan.body == "SGDDT" for plan in make_world(SEED, AGENCIES, YEARS).plans
    )
    assert books["SKHCN"].page("B01").rows == [], "plans of the two old departments lapsed (R9)"
    assert all("achieved_value" not in row.values for book in books.values() if book.has("B01b")
               for row in book.page("B01b").rows)  # fmt: skip


def test_without_last_years_collection_the_form_is_blank(tmp_path):
    from expectations.home import Home

    sender = next(one for one in senders(2025) if one.agency_code == "SGDDT")
    book = blank_book(sender, 2025, "x")
    assert LastYear(Home(tmp_path), 2025).prefill(book, sender) == 0
    assert book.page("B03").rows == []
