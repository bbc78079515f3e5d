"""A writing and a day are one body or a finding, never a guess: aliases, noise, homonyms, real names. D150–D157."""

import csv
import unicodedata
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.reference import load
from expectations.reference.agencies import AgencyMatch, AgencyProblem, Registry
from expectations.reference.near_names import nearest
from expectations.reference.text import agency_key

SHARED = Path(__file__).parents[3] / "shared" / "data" / "admin-units"
REGISTRY = Registry(load.read("agencies"), load.read("agency_aliases"), load.read("agency_successions"))
BODIES = sorted(REGISTRY.bodies)
NAMES = sorted(
    {row[column] for row in REGISTRY.bodies.values() for column in ("name_vi", "short_name_vi")}
    | {row["alias"] for row in load.read("agency_aliases")}
)
OLD, NEW = date(2025, 6, 30), date(2025, 7, 1)
DAYS = st.one_of(
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.sampled_from([date(2025, 2, 28), date(2025, 3, 1), OLD, NEW]),
)


SPELLED = [(agency_key(row[c]), row) for row in load.read("agencies") for c in ("name_vi", "short_name_vi")] + [
    (agency_key(row["alias"]), row) for row in load.read("agency_aliases")
]


def bodies_called(name: str, on: date) -> set[str]:
    """Independent of `resolve`: bodies that exist on the day and whose row or alias is spelled like this."""
    key = agency_key(name)
    called = {row["agency_code"] for spelled, row in SPELLED if spelled == key and load.valid_on(row, on)}
    return {code for code in called if load.valid_on(REGISTRY.bodies[code], on)}


@given(st.sampled_from(NAMES), DAYS)
@settings(max_examples=200)
def test_an_accepted_name_is_exactly_one_body_or_a_finding_on_any_day(name: str, on: date):
    found, expected = REGISTRY.resolve(name, on), bodies_called(name, on)
    if REGISTRY.is_code(name):
        return
    if len(expected) == 1:
        assert isinstance(found, AgencyMatch) and {found.agency_code} == expected
    else:
        assert isinstance(found, AgencyProblem)
        assert found.kind == ("ambiguous" if expected else "not_valid_on_day")
        assert set(found.candidates) >= expected


SPACES = st.lists(st.sampled_from(["", " ", "  ", "\u00a0", "\u200b", "\t"]), min_size=40, max_size=40)
FORMS = st.sampled_from(["NFC", "NFD", "NFKD"])
CASES = st.sampled_from([str, str.upper, str.lower, str.title])
LEVELS = {"Ủy ban nhân dân ": "UBND ", "xã ": "X. ", "phường ": "P.", "huyện ": "H.", "thành phố ": "TP "}


@given(st.sampled_from(NAMES), DAYS, FORMS, CASES, SPACES, st.booleans())
@settings(max_examples=200)
def test_noise_never_leads_to_another_body(name: str, on: date, form: str, case, spaces, is_short: bool):
    """D120, D122–D124, D130, D150: case, spaces, NFD, abbreviated levels. The same answer, whatever it is."""
    noisy = name
    for whole, short in LEVELS.items() if is_short else ():
        noisy = noisy.replace(whole, short)
    noisy = "".join(letter + (spaces[i % 40] if letter == " " else "") for i, letter in enumerate(noisy))
    noisy = unicodedata.normalize(form, spaces[0] + case(noisy) + spaces[1])
    assert _answer(noisy, on) == _answer(name, on)


@given(st.sampled_from(NAMES), DAYS, st.sets(st.integers(0, 60)))
@settings(max_examples=200)
def test_lost_diacritics_are_the_same_body_or_a_finding(name: str, on: date, places: set[int]):
    """D133: some or all marks lost. What is left may be a name of its own; likeness never makes it another's."""
    letters = [_without_marks(c) if not places or i in places else c for i, c in enumerate(name)]
    damaged = "".join(letters)
    found = REGISTRY.resolve(damaged, on)
    if isinstance(found, AgencyMatch):
        called = bodies_called(damaged, on) | ({found.agency_code} if REGISTRY.is_code(damaged) else set())
        assert called == {found.agency_code}
    elif found.kind == "unknown" and len(name) > 8:
        assert nearest(REGISTRY, damaged, on), damaged


def _without_marks(letter: str) -> str:
    plain = unicodedata.normalize("NFD", letter.replace("đ", "d").replace("Đ", "D"))
    return "".join(part for part in plain if not unicodedata.combining(part))


def _answer(written: str, on: date) -> object:
    found = REGISTRY.resolve(written, on)
    return found.agency_code if isinstance(found, AgencyMatch) else (found.kind, found.candidates)


@given(st.text(max_size=40), DAYS)
@settings(max_examples=100)
def test_any_text_is_answered_and_likeness_never_decides(text: str, on: date):
    found = REGISTRY.resolve(text, on)
    assert isinstance(found, AgencyMatch | AgencyProblem)
    assert len(nearest(REGISTRY, text, on)) <= 3


def test_every_old_and_new_commune_of_the_statistics_office_resolves_on_its_days():
    """194 communes to 30/06/2025, 65 from 01/07/2025, as published: stray spaces, newlines, letters half composed."""
    if not SHARED.is_dir():
        pytest.skip(f"the published tables are not at {SHARED}")
    with (SHARED / "BangChuyendoiDVHCmoi_cu_khong_merge.csv").open(encoding="utf-8", newline="") as handle:
        lines = [row for row in csv.reader(handle) if row[0].startswith("Tỉnh Lạng Sơn")]
    old = {(row[4].strip().zfill(5), row[3], row[6].split("(")[0]) for row in lines}
    new = {(row[2].strip().zfill(5), row[1]) for row in lines}
    assert (len({code for code, _, _ in old}), len({code for code, _ in new})) == (194, 65)
    times: dict[str, set[str]] = defaultdict(set)
    for code, name, _ in old:
        times[agency_key(name)].add(code)
    for code, name, district in old:
        for day in (date(2024, 1, 1), OLD):
            for written in (f"{name}, {district}", f"UBND {name} - {district}", f"{name} ({district}, tỉnh Lạng Sơn)"):
                found = REGISTRY.resolve(written, day)
                assert isinstance(found, AgencyMatch), written
                assert REGISTRY.bodies[found.agency_code]["official_code"] == code, written
            alone = REGISTRY.resolve(name, day)
            if len(times[agency_key(name)]) == 1:
                assert isinstance(alone, AgencyMatch) and alone.agency_code.partition("~")[0] == code
            else:
                assert isinstance(alone, AgencyProblem) and alone.kind == "ambiguous"
                assert {c.partition("~")[0] for c in alone.candidates} == times[agency_key(name)]
    for code, name in new:
        for written in (name, f"UBND {name}", f"Ủy ban nhân dân {name}, tỉnh Lạng Sơn"):
            found = REGISTRY.resolve(written, NEW)
            assert isinstance(found, AgencyMatch) and found.agency_code == code, written


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("xã Hòa Bình - Bình Gia", "06103~2025-06-30"),
        ("X. Hoà Bình (H. Bình Gia)", "06103~2025-06-30"),
        ("UBND xã Hòa Bình huyện Chi Lăng", "06508"),
        ("Xã Hòa Bình, H. Hữu Lũng, tỉnh Lạng Sơn", "06397"),
        ("TT. Đình Lập", "06613~2025-06-30"),
        ("P. Đông Kinh, TP Lạng Sơn", "05980"),
        ("Sở Nội vụ tỉnh Lạng Sơn", "SNV"),
        ("Sở TP", "STP"),
        ("TP.Lạng Sơn", "H178"),
    ],
)
def test_the_district_and_short_levels_are_understood(written: str, code: str):
    found = REGISTRY.resolve(written, OLD)
    assert isinstance(found, AgencyMatch) and found.agency_code == code


def test_a_district_without_such_a_commune_is_a_contradiction():
    found = REGISTRY.resolve("Xã Bính Xá, huyện Bình Gia", OLD)
    assert isinstance(found, AgencyProblem)
    assert (found.kind, found.candidates) == ("contradicted", ("06622",))


@pytest.mark.parametrize("written", ["Xã Kiên Mộc, huyện Đình Lập", "Xã Thái Bình - Đình Lập"])
def test_a_district_that_has_ended_tells_nothing_about_today(written: str):
    """D152: what is meant is the old commune, and it is told who followed it."""
    found = REGISTRY.resolve(written, NEW)
    assert isinstance(found, AgencyProblem)
    assert (found.kind, found.ended_on) == ("not_valid_on_day", "2025-07-01") and found.successors


def test_a_new_name_before_the_merger_names_the_day_and_the_bodies_of_before():
    """D151: "Sở NN&MT" in a file of February 2025."""
    found = REGISTRY.resolve("Sở NN&MT", date(2025, 2, 28))
    assert isinstance(found, AgencyProblem)
    assert (found.kind, found.begins_on, found.predecessors) == (
        "not_valid_on_day", "2025-03-01", ("SNNPTNT", "STNMT"),
    )  # fmt: skip


def test_near_names_prefer_bodies_of_the_day_and_show_their_days():
    near = nearest(REGISTRY, "So Noi vu", date(2025, 8, 1))
    assert near[0].agency_code == "SNV" and near[0].valid_from == "2025-03-01"
    assert nearest(REGISTRY, "So Noi vu", date(2024, 8, 1))[0].agency_code == "SNV~2025-02-28"
    assert nearest(REGISTRY, "Phòng TCCB", OLD) == () == nearest(REGISTRY, "", OLD)
    assert nearest(REGISTRY, "06614", OLD) == ()


@given(st.sampled_from(BODIES), st.integers(0, 400))
def test_codes_go_before_names_and_need_their_day(code: str, shift: int):
    body = REGISTRY.bodies[code]
    on = date.fromisoformat(body["valid_from"]) + timedelta(days=shift)
    found = REGISTRY.resolve(body["official_code"], on)
    if load.valid_on(body, on):
        assert isinstance(found, AgencyMatch) and found.agency_code == code
    missing = REGISTRY.resolve(body["official_code"], None)
    assert isinstance(missing, AgencyProblem) and missing.kind == "no_day"
