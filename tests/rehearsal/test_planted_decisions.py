"""Faults of whole decisions in registers (D151, D152, D080, S02, S13): each is told, and none moves a figure."""

from collections import Counter
from datetime import date

import pytest

from expectations.reference.agencies import AgencyMatch, Registry
from expectations.reference.load import read
from ingestion.rehearsal.faults import plant as planting
from ingestion.rehearsal.genesis import make_world
from ingestion.rehearsal.papers import Register
from ingestion.rehearsal.registers import make_registers
from ingestion.rehearsal.returns import make_returns
from ingestion.rehearsal.truth_figures import figures
from ingestion.rehearsal.truth_known import facts_known
from tests.rehearsal.seasons import YEARS

RULES = {
    ("D151", "RR-AGENCY-DAY"): 1, ("D152", "RR-AGENCY-DAY"): 1, ("D152", None): 1, ("S02", "RR-KEY-UNIQUE"): 2,
    ("S02", "RR-KEY-CONFLICT"): 1, ("D230", "RR-STATUS-CODE"): 1, ("D070", None): 1, ("D080", "RR-TOTAL-COUNT"): 1,
}  # fmt: skip


def planted(seed: int, agencies: int | None):
    """Figures that can be known, what must be found, and the registers, of a typical season."""
    years = list(YEARS)
    world = make_world(seed, agencies, years)
    returns = make_returns(world, seed, years, dict.fromkeys(years, "x"), None)
    registers = make_registers(world, years, returns)
    book = planting.plant(world, seed, "typical", returns, registers)
    return figures(facts_known(world, years, {}, returns, registers)), book, registers


@pytest.mark.parametrize(("seed", "agencies"), [(20240131, 8), (7, 12)])
def test_they_are_planted_after_all_others_and_move_no_figure(monkeypatch, seed: int, agencies: int | None):
    known, book, registers = planted(seed, agencies)
    monkeypatch.setattr(planting, "DECISIONS", ())
    before, earlier, without = planted(seed, agencies)
    assert known == before
    assert book.findings()[: len(earlier.deeds)] == earlier.findings()
    assert Counter((deed.kind, deed.rule) for deed in book.deeds[len(earlier.deeds) :]) == RULES
    for old, new in zip(without, registers, strict=True):
        kept = [row.values for row in new.rows[: len(old.rows)]]
        changed = [(a, b.values) for a, b in zip(kept, old.rows, strict=True) if a != b.values]
        assert [{name for name in a if a[name] != b[name]} for a, b in changed] in ([], [{"agency_code"}])


def test_the_bodies_named_had_ended_and_the_line_that_counts_was_decided_before():
    _, book, _ = planted(4711, 8)
    registry = Registry(read("agencies"), read("agency_aliases"), read("agency_successions"))
    deeds = [deed for deed in book.deeds if deed.kind in ("D151", "D152") and isinstance(deed.file, Register)]
    for deed in deeds[-3:]:
        row = deed.file.rows[int(deed.cell() or 0) - 2].values
        days = {name: date.fromisoformat(row[name]) for name in ("decided_on", "effective_on")}
        on = {name: registry.resolve(row["agency_code"], day) for name, day in days.items()}
        assert not isinstance(on["effective_on"], AgencyMatch)
        assert isinstance(on["decided_on"], AgencyMatch) == (deed.rule is None)
