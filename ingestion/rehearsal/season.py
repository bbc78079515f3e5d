"""One command makes a season: a home full of files that no real person is in, and the truth beside them.

Lives here: the order of making, and what is written where in the home. Does not live here: anything it writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from expectations import ledger
from expectations.home import Home
from expectations.rules.version import rule_version
from ingestion.rehearsal import files
from ingestion.rehearsal.faults.plant import plant
from ingestion.rehearsal.faults.spoiler import Planted
from ingestion.rehearsal.genesis import make_world
from ingestion.rehearsal.organisation import Organisation, agencies_file
from ingestion.rehearsal.papers import Register, Return
from ingestion.rehearsal.post import name_files, write_inbox
from ingestion.rehearsal.registers import make_registers
from ingestion.rehearsal.returns import make_returns
from ingestion.rehearsal.truth_figures import figures
from ingestion.rehearsal.truth_forms import forms_told
from ingestion.rehearsal.truth_known import current_returns, facts_known
from ingestion.rehearsal.truth_world import facts_of_world
from ingestion.rehearsal.world import World
from ingestion.template.shape import edition

DEFAULT_SEED = 20240131
FAULTS = ("none", "typical", "all")
PROVINCE_STEPS = (
    # reporting year, event, document number, day, recorded at
    (2024, "submitted_to_ubnd", "1204/TTr-SNV", "2024-12-06", "2024-12-06T15:00:00+07:00"),
    (2024, "signed", "318/BC-UBND", "2024-12-10", "2024-12-10T10:30:00+07:00"),
    (2024, "sent", "318/BC-UBND", "2024-12-10", "2024-12-10T16:45:00+07:00"),
)
"""What Sở Nội vụ and UBND tỉnh did with the report of a year: CT07 reads it from the ledger."""


@dataclass(frozen=True)
class SeasonReport:
    """What was made: workbooks and registers by year, people in service, talents, planted kinds (D001 …)."""

    home: Path
    seed: int
    faults: str
    workbooks: dict[int, int]
    registers: dict[int, int]
    people: int
    talents: int
    kinds: tuple[str, ...]


class NotEmpty(ValueError):
    """The home already holds something: a season is made in an empty one only."""


def make_season(
    home_root: Path,
    seed: int = DEFAULT_SEED,
    agencies: int | None = None,
    years: Iterable[int] = range(2024, 2027),
    faults: str = "typical",
) -> SeasonReport:
    """Fill an empty home with a sample season; the same arguments always give the same bytes.

    ``agencies`` bounds the number of reporting agencies (at least 4; owners of tasks first), ``faults`` is none,
    typical or all. Raises NotEmpty, or ValueError for unknown faults or no years.
    """
    home, wanted = Home(home_root), sorted(set(years))
    if faults not in FAULTS or not wanted:
        raise ValueError(f"faults is one of {', '.join(FAULTS)}, and there is at least one year")
    if home_root.exists() and any(home_root.iterdir()):
        raise NotEmpty(f"{home_root} is not empty")
    world = make_world(seed, agencies, wanted)
    overlay = _write_overlay(home, world.organisation)
    editions = {year: edition(year, rule_version()) for year in wanted}
    returns = make_returns(world, seed, wanted, editions, overlay)
    registers = make_registers(world, wanted, returns)
    told = forms_told(current_returns(returns))
    planted = plant(world, seed, faults, returns, registers)
    name_files(world, seed, returns)
    write_inbox(home, returns, registers, planted)
    _write_truth(home, world, wanted, returns, registers, planted, told)
    _write_steps(home, wanted)
    marker = {"seed": seed, "agencies": agencies, "years": wanted, "faults": faults}
    files.write(home.sample_marker, _json(marker))
    return _report(home, seed, faults, world, returns, registers, planted)


def _write_overlay(home: Home, organisation: Organisation) -> Path | None:
    """A small season brings its own list of agencies, in which all others do not report."""
    if not organisation.is_small:
        return None
    header, rows = organisation.overlay_rows()
    content = files.csv_bytes(header, ([row[name] for name in header] for row in rows))
    files.write(agencies_file(home.reference), content)
    return home.reference


def _write_truth(
    home: Home,
    world: World,
    years: list[int],
    returns: list[Return],
    registers: list[Register],
    planted: Planted,
    told: list[dict[str, object]],
) -> None:
    signed = {year: date.fromisoformat(day) for year, event, _, day, _ in PROVINCE_STEPS if event == "signed"}
    is_so = figures(facts_of_world(world, years, signed))
    known = figures(facts_known(world, years, signed, returns, registers))
    files.write(home.truth / "world.json", _json({"figures": is_so, "findings": [], "forms": told}))
    reached = forms_told(current_returns(returns))
    expected = {"figures": known, "findings": planted.findings(), "forms": reached}
    files.write(home.truth / "expected.json", _json(expected))


def _write_steps(home: Home, years: list[int]) -> None:
    for year, event, number, day, at in PROVINCE_STEPS:
        if year in years:
            ledger.append(home.ledger, event, at, reporting_year=year, document_number=number, happened_on=day)


def _report(
    home: Home, seed: int, faults: str, world: World, returns: list[Return], registers: list[Register], planted: Planted
) -> SeasonReport:
    years = sorted({register.year for register in registers})
    return SeasonReport(
        home=home.root,
        seed=seed,
        faults=faults,
        workbooks={year: sum(one.sending.year == year for one in returns) for year in years},
        registers={year: sum(register.year == year for register in registers) for year in years},
        people=len(world.employments),
        talents=len(world.talents),
        kinds=planted.kinds(),
    )


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")
