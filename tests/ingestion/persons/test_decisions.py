"""What decisions about identities add up to (S04): undoable, in any order, and nobody else is touched."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ingestion.persons import decisions
from ingestion.persons.decisions import DIFFERENT, SAME, UNDONE, Decision
from reporting.recount.joined import joined

START = datetime(2025, 11, 1, tzinfo=UTC)
KEYS = [f"{letter}" * 8 for letter in "abcdefg"]
PAIRS = st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda pair: pair[0] < pair[1])
SAID = st.lists(st.tuples(PAIRS, st.sampled_from([SAME, DIFFERENT, UNDONE])), max_size=12)


def made(said: list[tuple[tuple[str, str], str]]) -> list[Decision]:
    """One decision an hour."""
    return [
        Decision(number=n, at=START + timedelta(hours=n), identities=pair, verdict=verdict, by="SNV", reason="-")
        for n, (pair, verdict) in enumerate(said, 1)
    ]


def lines(known: list[Decision]) -> list[dict[str, Any]]:
    """As the ledger keeps them."""
    return [
        {"seq": d.number, "at": d.at.isoformat(), "identities": list(d.identities), "verdict": d.verdict} for d in known
    ]


def test_S04_two_numbers_become_one_person_and_two_again():
    cmnd, cccd, other = "b" * 64, "a" * 64, "c" * 64
    known = made([((cmnd, cccd), SAME), ((cccd, cmnd), UNDONE)])
    known = [Decision(**{**vars(d), "identities": tuple(sorted(d.identities))}) for d in known]
    assert decisions.persons(known, START + timedelta(hours=1)) == {cmnd: cccd}
    assert decisions.persons(known) == {}
    assert other not in decisions.persons(known[:1])
    assert decisions.links(known, START + timedelta(days=1)) == [
        {
            "identity_key": cmnd,
            "person_key": cccd,
            "valid_from_record": START + timedelta(hours=1),
            "undone_at": START + timedelta(hours=2),
        }
    ]


def test_three_numbers_of_one_person_are_one_person_and_the_middle_one_may_be_taken_out():
    a, b, c = KEYS[:3]
    known = made([((b, c), SAME), ((a, b), SAME)])
    assert decisions.persons(known) == {b: a, c: a}
    known = made([((b, c), SAME), ((a, b), SAME), ((a, b), UNDONE)])
    assert decisions.persons(known) == {c: b}


def test_a_no_against_two_yeses_is_seen():
    a, b, c = KEYS[:3]
    known = made([((a, c), DIFFERENT), ((a, b), SAME)])
    assert decisions.contradicted(known) is None
    known = made([((a, c), DIFFERENT), ((a, b), SAME), ((b, c), SAME)])
    found = decisions.contradicted(known)
    assert found is not None and found.number == 1


@given(SAID, PAIRS, st.sampled_from([SAME, DIFFERENT]))
def test_deciding_and_undoing_what_was_open_is_as_if_nothing_had_been_said(said, pair, verdict):
    before = made([*said, (pair, UNDONE)])
    after = made([*said, (pair, verdict), (pair, UNDONE)])
    assert decisions.persons(after) == decisions.persons(before)
    assert decisions.standing(after).keys() == decisions.standing(before).keys()


@given(SAID, PAIRS)
def test_joining_two_leaves_all_others_as_they_were(said, pair):
    before, after = decisions.persons(made(said)), decisions.persons(made([*said, (pair, SAME)]))

    def groups(person: dict[str, str]) -> set[frozenset[str]]:
        of: dict[str, set[str]] = {}
        for key in KEYS:
            of.setdefault(person.get(key, key), set()).add(key)
        return {frozenset(group) for group in of.values()}

    touched = {group for group in groups(before) if group & set(pair)}
    assert groups(after) == (groups(before) - touched) | {frozenset().union(*touched)}


@given(SAID, st.randoms(use_true_random=False))
def test_only_the_last_word_about_each_two_counts(said, random):
    last = dict(said)
    shuffled = list(last.items())
    random.shuffle(shuffled)
    assert decisions.persons(made(said)) == decisions.persons(made(shuffled))


@given(SAID, st.integers(0, 13))
def test_the_history_says_at_each_instant_what_was_known_then(said, hours):
    known, end = made(said), START + timedelta(days=9)
    at = START + timedelta(hours=hours, minutes=1)
    rows = decisions.links(known, end)
    then = {
        row["identity_key"]: row["person_key"]
        for row in rows
        if row["valid_from_record"] <= at and (row["undone_at"] is None or at < row["undone_at"])
    }
    assert then == decisions.persons(known, at)
    assert {
        row["identity_key"]: row["person_key"] for row in decisions.links(known, at) if not row["undone_at"]
    } == then


@given(SAID, st.integers(0, 13))
def test_the_recount_walks_to_the_same_persons(said, hours):
    """Two implementations that share nothing: the warehouse's history and the recount's walk."""
    known, at = made(said), START + timedelta(hours=hours, minutes=1)
    walked = joined(lines(known), at)
    assert {key: person for key, person in walked.items() if key != person} == decisions.persons(known, at)
