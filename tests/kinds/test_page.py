"""The table of kinds is whole: every id of the dossier once, each with a test or a reason, and the page is fresh."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.kinds.page import CASES, PAGE, ROOT, entries, page

SHARED = ROOT.parent / "shared"
D_RANGES = (
    (1, 23), (30, 40), (50, 63), (70, 87), (100, 111), (120, 137), (150, 158), (170, 184), (200, 216), (230, 239),
    (250, 270),
)  # fmt: skip
"""The numbers of domain.md § 8, first and last of each group."""
D_IDS = [f"D{number:03}" for first, last in D_RANGES for number in range(first, last + 1)]
F_IDS, C_IDS = [f"F{n:02}" for n in range(1, 23)], [f"C{n:02}" for n in range(1, 21)]
ENTRIES = {entry.id: entry for entry in entries()}


def test_every_id_of_the_dossier_stands_in_the_table_once_and_in_order():
    assert len(D_IDS) == 168
    assert [entry.id for entry in entries()] == [*D_IDS, *F_IDS, *C_IDS]
    text = (ROOT / "tests" / "kinds" / "kinds.yml").read_text(encoding="utf-8")
    assert max(Counter(re.findall(r"^([DFC][0-9]+):", text, re.M)).values()) == 1


def test_the_ids_are_those_of_the_dossier():
    if not SHARED.is_dir():
        pytest.skip("the dossier is not beside this clone; the ids above are a copy")
    chapter = (SHARED / "domain.md").read_text(encoding="utf-8").partition("\n## 8.")[2].partition("\n## 9.")[0]
    assert list(dict.fromkeys(re.findall(r"(?<![0-9A-Z])D[0-9]{3}\b", chapter))) == D_IDS
    matrix = (SHARED / "faults.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (F[0-9]+) \|", matrix, re.M) == F_IDS
    assert re.findall(r"^\| (C[0-9]+) \|", matrix, re.M) == C_IDS


@pytest.mark.parametrize("one", ENTRIES)
def test_every_kind_is_tried_or_says_why_not(one: str):
    entry = ENTRIES[one]
    assert bool(entry.outcomes) != bool(entry.why)
    assert not entry.outcomes or entry.tests
    for test in entry.tests:
        path, _, name = test.partition("::")
        assert not name or f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), test


def test_no_case_tries_what_the_dossier_does_not_know():
    assert {one for case in CASES for one in case.ids.split()} <= ENTRIES.keys()


def test_the_page_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.kinds.page"
