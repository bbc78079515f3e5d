"""Whatever is recorded in whatever order: a list at an instant is the replay of the edits recorded up to it (M3, M24).

The replay here is written by itself: dictionaries, one state kept after each edit, nothing of `edits.py`.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.errors import NotFit, UsageError
from expectations.home import Home
from expectations.reference import editing, load
from expectations.reference.edits import ADD, CHANGE, CORRECTION, REMOVE, SET, Step

START = datetime(2025, 12, 1, tzinfo=UTC)
DAYS = ("2024-01-01", "2025-03-01", "2025-07-01", "2026-01-01", "2026-07-01")
CODES = ("A", "B", "C", "D", "E")
BODY = {
    "short_name_vi": "", "name_en": "", "kind": "department", "level": "province", "parent_code": "", "in_scope": "yes",
    "is_reporting": "yes", "valid_to": "", "legal_act": "", "verified": "no", "sort_order": "1", "note": "",
}  # fmt: skip
KINDS = ("hop_nhat", "sap_nhap", "chia", "tach", "nhap_mot_phan", "doi_ten", "chuyen_chuc_nang")
State = dict[str, dict[tuple[str, ...], dict[str, str]]]


def _body(official: str, name: str, since: str, until: str) -> dict[str, str]:
    return {**BODY, "official_code": official, "name_vi": name, "valid_from": since, "valid_to": until}


codes, days = st.sampled_from(CODES), st.sampled_from(DAYS)
values = st.one_of(
    st.tuples(st.just("valid_to"), st.sampled_from(("", *DAYS))),
    st.tuples(st.just("valid_from"), days),
    st.tuples(st.just("official_code"), st.sampled_from("PQR")),
    st.tuples(st.just("name_vi"), st.text(st.characters(categories=("L", "P")), min_size=1, max_size=6)),
)
bodies = st.builds(_body, st.sampled_from("PQR"), st.sampled_from(("Một", "Hai")), days, st.sampled_from(("", *DAYS)))
successions = st.tuples(codes, codes, days, st.sampled_from(KINDS))
steps = st.one_of(
    st.builds(lambda code, some: Step("agencies", SET, (code,), (some,)), codes, values),
    st.builds(lambda code, row: Step("agencies", ADD, (code,), tuple(row.items())), codes, bodies),
    st.builds(lambda code: Step("agencies", REMOVE, (code,)), codes),
    st.builds(lambda key: Step("agency_successions", ADD, key, (("verified", "no"),)), successions),
    st.builds(lambda key: Step("agency_successions", REMOVE, key), successions),
)
mergers = st.builds(
    lambda old, new, on: [
        Step("agencies", SET, (old,), (("valid_to", on),)),
        Step("agency_successions", ADD, (old, new, on, "sap_nhap"), (("verified", "no"),)),
    ],
    codes, codes, days,
)  # fmt: skip
acts = st.one_of(
    st.tuples(st.sampled_from((CORRECTION, CHANGE)), st.one_of(st.lists(steps, min_size=1, max_size=3), mergers)),
    st.tuples(st.just("undo"), st.integers(1, 6)),
)


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry of two bodies under one code, one after the other, and two others; no other list names any."""
    folder = tmp_path_factory.mktemp("lists")
    rows = [
        {"agency_code": "A", **_body("P", "Một", "2024-01-01", "2025-03-01")},
        {"agency_code": "B", **_body("P", "Một", "2025-03-01", "")},
        {"agency_code": "C", **_body("Q", "Hai", "2024-01-01", "")},
    ]
    load.write_rows("agencies", folder, rows)
    first = {"predecessor_code": "A", "successor_code": "B", "effective_on": "2025-03-01", "kind": "doi_ten"}
    load.write_rows("agency_successions", folder, [{**first, "legal_act": "", "verified": "yes", "note": ""}])
    for name in ("agency_aliases", "obligations", "task_owners"):
        load.write_rows(name, folder, [])
    kinds = [row for row in load.read("code_lists") if row["list"] in ("agency_kind", "succession_kind")]
    load.write_rows("code_lists", folder, kinds)
    return folder


def _replayed(base: State, recorded: list[tuple[int, str, Any]]) -> State:
    undone = {said for _, kind, said in recorded if kind == "undo"}
    state = {name: {key: dict(row) for key, row in rows.items()} for name, rows in base.items()}
    for number, kind, said in recorded:
        if kind == "undo" or number in undone:
            continue
        for step in said:
            rows = state[step.list_name]
            if step.action == "remove":
                del rows[step.key]
            else:
                rows.setdefault(step.key, {}).update(dict(step.values))
    return state


def _state(overlay: Path, at: datetime | None = None) -> State:
    """The lists by key, without the cells that say nothing and those of the key."""
    found: State = {}
    for name, width in (("agencies", 1), ("agency_successions", 4)):
        rows = load.read(name, overlay, at)
        found[name] = {tuple(row.values())[:width]: dict(list(row.items())[width:]) for row in rows}
    return found


def _said(state: State) -> State:
    cells = ("legal_act",)  # a new row takes the act of its edit
    return {
        name: {
            key: {field: text for field, text in row.items() if text and field not in cells}
            for key, row in rows.items()
        }
        for name, rows in state.items()
    }


def _sound(state: State) -> None:
    """By definitions § 4: one body a code and day; who succeeds is there on the day; nobody succeeds itself."""
    spans = defaultdict(list)
    for row in state["agencies"].values():
        spans[row["official_code"]].append((row["valid_from"], row["valid_to"] or "9999"))
    for some in spans.values():
        assert all(first < last for first, last in some)
        assert all(one[1] <= other[0] for one, other in pairwise(sorted(some)))
    after = defaultdict(set)
    for old, new, on, kind in state["agency_successions"]:
        row = state["agencies"][new,]
        assert row["valid_from"] <= on < (row["valid_to"] or "9999") and state["agencies"][old,]["valid_from"] < on
        if kind != "chuyen_chuc_nang":
            after[old].add(new)
    for code in list(after):
        reached, todo = set(), list(after[code])
        while todo:
            reached.add(here := todo.pop())
            todo += [] if here not in after else [one for one in after[here] if one not in reached]
        assert code not in reached


@settings(max_examples=40, deadline=None)
@given(history=st.lists(acts, min_size=1, max_size=10), asked=st.integers(0, 240))
def test_the_list_at_an_instant_is_the_replay_of_what_was_recorded_by_then(
    lists: Path, tmp_path_factory: pytest.TempPathFactory, history: list[tuple[str, Any]], asked: int
) -> None:
    home = Home(tmp_path_factory.mktemp("home"))
    home.reference.mkdir()
    for path in lists.glob("*.csv"):
        (home.reference / path.name).write_bytes(path.read_bytes())
    base = _state(home.reference)
    recorded: list[tuple[int, str, Any]] = []
    states: list[tuple[datetime, State]] = [(START - timedelta(days=1), base)]
    for hour, (kind, said) in enumerate(history):
        at = START + timedelta(hours=hour)
        signed = editing.Signed(by="Thử", reason="theo văn bản", legal_act="NQ 1", at=at)
        try:
            edit = editing.undo(home, said, signed) if kind == "undo" else editing.record(home, kind, said, signed)
        except (UsageError, NotFit):
            assert _state(home.reference) == states[-1][1], "what is refused leaves nothing behind"
            continue
        recorded.append((edit.number, kind, said))
        states.append((at, _state(home.reference)))
        assert _said(states[-1][1]) == _said(_replayed(base, recorded))
        _sound(states[-1][1])
    for at, state in states:
        assert _state(home.reference, at) == state
    instant = START + timedelta(minutes=5 * asked) - timedelta(hours=1)
    assert _state(home.reference, instant) == [state for at, state in states if at <= instant][-1]
    assert _state(home.reference, START - timedelta(seconds=1)) == base, "as known before: for ever"
