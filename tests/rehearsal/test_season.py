"""A season as files: repeatable, complete, dated, of nobody (architecture.md decisions 20, 21; D007, D014, D023)."""

import csv
import json
import re
from datetime import datetime

import pytest

from expectations import ledger
from ingestion.rehearsal.faults.plant import plant
from ingestion.rehearsal.genesis import make_world
from ingestion.rehearsal.registers import make_registers
from ingestion.rehearsal.returns import make_returns
from ingestion.rehearsal.season import NotEmpty, make_season
from tests.rehearsal.seasons import AGENCIES, SEED, YEARS, hashes

LAST_INSTANT = datetime.fromisoformat("2026-11-23T23:59:59+07:00")


def test_the_same_seed_gives_the_same_bytes(season, tmp_path):
    make_season(tmp_path / "again", SEED, AGENCIES, YEARS, "typical")
    assert hashes(tmp_path / "again") == season("typical").as_made


def test_another_seed_gives_other_people(season, tmp_path):
    make_season(tmp_path / "other", SEED + 1, AGENCIES, YEARS, "none")
    other = json.loads((tmp_path / "other" / "truth" / "world.json").read_text())
    assert other != json.loads((season("none").home.truth / "world.json").read_text())


def test_a_home_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "here").write_text("mine")
    with pytest.raises(NotEmpty):
        make_season(tmp_path, SEED, 4)


def test_unknown_faults_are_refused(tmp_path):
    with pytest.raises(ValueError, match="faults"):
        make_season(tmp_path / "home", SEED, 4, faults="many")


def test_the_home_is_marked_as_sample(season):
    one = season("typical")
    assert one.home.is_sample()
    marker = json.loads(one.home.sample_marker.read_text())
    assert marker == {"seed": SEED, "agencies": AGENCIES, "years": list(YEARS), "faults": "typical"}


def test_a_small_season_brings_its_own_list_of_agencies(season):
    with (season("none").home.reference / "agencies.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["is_reporting"] == "yes"]
    assert sum(row["valid_to"] == "" for row in rows) == AGENCIES
    assert {"SNV", "STC", "SKHCN", "SGDDT"} <= {row["agency_code"] for row in rows}


def test_every_file_has_its_line_in_the_journal(season):
    for year in YEARS:
        inbox = season("typical").home.inbox(year)
        with (inbox / "arrivals.csv").open(encoding="utf-8", newline="") as stream:
            lines = list(csv.DictReader(stream))
        files = {p.name for p in inbox.iterdir()} - {"arrivals.csv", "explanations.csv"}
        assert {line["file_name"] for line in lines} == {name for name in files if not name.startswith("~$")}
        assert all(datetime.fromisoformat(line["received_at"]) <= LAST_INSTANT for line in lines)
        assert all(line["channel"] and line["document_number"] and line["recorded_by"] for line in lines)


def test_some_arrive_in_the_last_second_and_some_just_after_it(season):
    with season("none").home.arrivals(2025).open(encoding="utf-8", newline="") as stream:
        instants = {line["received_at"] for line in csv.DictReader(stream)}
    assert {"2025-11-29T23:59:59+07:00", "2025-11-30T00:30:00+07:00"} <= instants


def test_half_of_the_running_year_is_there(season):
    workbooks = season("none").report.workbooks
    assert workbooks[2025] == AGENCIES
    assert 1 <= workbooks[2026] < AGENCIES


def test_the_provinces_own_steps_stand_in_the_ledger_at_fixed_instants(tmp_path):
    make_season(tmp_path / "home", SEED, 4, (2024,), "none")
    lines = ledger.read(tmp_path / "home" / "ledger.jsonl")
    steps = [(line["event"], line["reporting_year"], line["happened_on"], line["at"]) for line in lines]
    assert steps == [
        ("submitted_to_ubnd", 2024, "2024-12-06", "2024-12-06T15:00:00+07:00"),
        ("signed", 2024, "2024-12-10", "2024-12-10T10:30:00+07:00"),
        ("sent", 2024, "2024-12-10", "2024-12-10T16:45:00+07:00"),
    ]
    assert ledger.verify(tmp_path / "home" / "ledger.jsonl") == []


def test_no_id_looks_like_that_of_a_real_person(season):
    """Decision 20: 12 digits begin with 000, 003 or 097, which were never issued."""
    for path in season("typical").home.root.rglob("*.csv"):
        for number in re.findall(r"(?<![0-9A-Za-z])[0-9]{12}(?![0-9A-Za-z])", path.read_text(encoding="utf-8")):
            assert number[:3] in {"000", "003", "097"}, path.name


def test_typical_has_at_least_25_kinds_and_none_has_none(season):
    assert season("none").report.kinds == ()
    assert len(season("typical").report.kinds) >= 25


def test_a_full_season_has_every_kind_that_is_planned():
    world = make_world(SEED, None, YEARS)
    returns = make_returns(world, SEED, list(YEARS), dict.fromkeys(YEARS, "x"), None)
    kinds = set(plant(world, SEED, "typical", returns, make_registers(world, list(YEARS), returns)).kinds())
    assert len(kinds) >= 55
    assert {"D001", "D014", "D019", "D023", "D030", "D055", "D070", "D079", "D080", "D085", "D100", "D104"} <= kinds
    assert {"D109", "D123", "D151", "D152", "D180", "D203", "D235", "D239", "D250", "D259", "D260"} <= kinds
