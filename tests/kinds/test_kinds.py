"""Every kind of domain.md § 8, and every row F and C of faults.md, that one file can show: D001–D270, F01–F22, C01–C20.

Each is put into the form of Sở Nội vụ as `nhantai template` writes it, laid into the inbox and read in its jail with
all others at once. Outcome, rule, weight, sheet and cell are asserted; the form without it has no finding at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from expectations.contracts.load import all_contracts
from expectations.findings import Outcome
from expectations.home import Home
from ingestion.check import FileVerdict, check
from ingestion.workbook.interpret import interpret
from ingestion.workbook.jail import Jail, Job
from ingestion.workbook.parsed import ParsedWorkbook
from ingestion.workbook.reference import reference_of
from tests.kinds import cells, claims, files, lines, tables
from tests.kinds.forms import YEAR, Form, Kind, Place

KINDS: tuple[Kind, ...] = (*files.KINDS, *tables.KINDS, *lines.KINDS, *cells.KINDS, *claims.KINDS)


@dataclass(frozen=True)
class Case:
    """What became of one kind: its file, where its finding must point, the verdict."""

    path: Path
    place: Place
    verdict: FileVerdict


@dataclass(frozen=True)
class Cases:
    """All kinds, checked; and the form without any."""

    home: Home
    of: dict[str, Case]
    whole: FileVerdict


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Cases:
    home = Home(tmp_path_factory.mktemp("kinds"))
    home.sample_marker.write_text('{"seed": 1}')
    home.inbox(YEAR).mkdir(parents=True)
    whole = home.inbox(YEAR) / "whole.xlsx"
    whole.write_bytes(Form().content())
    planted: dict[str, tuple[Path, Place]] = {}
    for number, one in enumerate(KINDS):
        form = Form()
        done = one.plant(form)
        content, place = done if isinstance(done, tuple) else (done, done)
        path = home.inbox(YEAR) / f"{number:03} {one.name}"
        path.write_bytes(content if isinstance(content, bytes) else form.content())
        planted[one.key] = (path, place if isinstance(place, Place) else Place())
    verdict, *verdicts = check([whole, *(path for path, _ in planted.values())], home)
    of = {key: Case(*planted[key], found) for key, found in zip(planted, verdicts, strict=True)}
    return Cases(home, of, verdict)


def test_no_kind_has_the_name_of_another():
    assert len({one.key for one in KINDS}) == len(KINDS)


def test_the_form_without_a_defect_is_accepted_without_a_word(cases: Cases):
    assert (cases.whole.outcome, cases.whole.findings) == (Outcome.ACCEPTED, ())


@pytest.mark.parametrize("one", [one for one in KINDS if one.rule], ids=lambda one: one.key)
def test_what_is_wrong_is_found_where_it_stands(one: Kind, cases: Cases):
    case = cases.of[one.key]
    told = [(f.rule, str(f.severity), f.sheet, f.cell) for f in case.verdict.findings]
    found = [f for f in case.verdict.findings if f.rule == one.rule]
    assert found, told
    assert case.verdict.outcome is one.outcome, told
    assert found[0].severity == one.severity
    assert case.place.cell in {f.cell for f in found}, told
    assert case.place.sheet is None or {f.sheet for f in found} == {case.place.sheet}
    assert any(one.words in f.message for f in found), [f.message for f in found]
    assert all(f.message and f.expected and f.fix for f in found)


@pytest.mark.parametrize("one", [one for one in KINDS if not one.rule], ids=lambda one: one.key)
def test_what_can_be_read_one_way_is_read_without_a_word(one: Kind, cases: Cases):
    verdict = cases.of[one.key].verdict
    assert (verdict.outcome, verdict.findings) == (one.outcome, ())


@pytest.fixture(scope="module")
def jail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jail]:
    with Jail(tmp_path_factory.mktemp("parsed"), workers=1) as jail:
        yield jail


@pytest.mark.parametrize("one", [one for one in KINDS if one.reads], ids=lambda one: one.key)
def test_what_is_read_is_what_was_meant(one: Kind, cases: Cases, jail: Jail):
    assert one.reads is not None
    dataset, field, value = one.reads
    parsed = jail.parse(Job(cases.of[one.key].path, one.key, one.name))
    assert isinstance(parsed, ParsedWorkbook)
    book = interpret(parsed, YEAR, reference_of(cases.home), all_contracts())
    assert book.rows[dataset][0][field] == value
