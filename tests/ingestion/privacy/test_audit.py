"""X04–X06: people are found where they may not be, in eight kinds of file, also without zeros; and nobody else."""

from pathlib import Path

import pytest

from expectations.home import Home
from ingestion.privacy import audit, controls
from ingestion.privacy.persons import Persons, name_key, writings
from ingestion.privacy.search import Search

KINDS = ["parquet", "duckdb", "sqlite", "zip", "xlsx", "docx", "gzip", "text"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose vault knows the control person, and nobody else."""
    import duckdb

    home = Home(tmp_path)
    home.vault.mkdir()
    for name, column, value in (("identities", "national_id", controls.ID), ("names", "full_name", controls.NAME)):
        duckdb.sql(f"COPY (SELECT '{value}' AS {column}) TO '{home.vault / name}.parquet' (FORMAT parquet)")
    return home


def test_the_control_is_found_in_all_eight_kinds():
    assert audit.found_controls() == dict.fromkeys(KINDS, True)


@pytest.mark.parametrize("kind", KINDS)
def test_a_leak_in_any_kind_of_file_is_named(home: Home, kind: str):
    (home.root / "build").mkdir()
    wanted = controls.plant(home.root / "build")[kind]
    hits = {hit.file: hit for hit in audit.audit(home).hits}
    assert hits[f"build/{wanted.name}"].ids >= 1 and hits[f"build/{wanted.name}"].names >= 1


@pytest.mark.parametrize("zone", ["inbox", "landing", "vault", "feedback"])
def test_the_four_zones_may_hold_people(home: Home, zone: str):
    (home.root / zone / "deep").mkdir(parents=True)
    controls.plant(home.root / zone / "deep")
    assert audit.audit(home).ok


def test_a_home_without_people_is_clean(home: Home):
    (home.root / "ledger.jsonl").write_text('{"sha256": "000188776656000188776656", "by": "Nông Thị Khác"}')
    found = audit.audit(home)
    assert found.ok and found.files == 1


def test_a_file_that_cannot_be_opened_is_no_clean_file(home: Home):
    (home.root / "broken.duckdb").write_bytes(b"12345678DUCK and nothing else")
    found = audit.audit(home)
    assert not found.ok and found.unreadable[0].startswith("broken.duckdb")


def test_a_file_called_like_its_schema_is_opened(home: Home):
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{home.root / 'marts.duckdb'}' AS x")
        connection.execute(f"CREATE SCHEMA x.marts; CREATE TABLE x.marts.t AS SELECT '{controls.NAME}' AS said")
    assert [(hit.file, hit.names) for hit in audit.audit(home).hits] == [("marts.duckdb", 1)]


def test_a_search_that_misses_its_control_is_void(home: Home, monkeypatch):
    monkeypatch.setattr(controls, "PERSON", Persons.of([], []))
    with pytest.raises(audit.AuditVoid, match="parquet"):
        audit.audit(home)


def test_what_is_said_of_a_hit_never_names_the_person(home: Home):
    controls.plant(home.root)
    said = repr(audit.audit(home).hits)
    assert controls.BARE not in said and "Không Ai" not in said


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("mã 000188776655", 1),
        ("mã 188776655", 1),
        ("188776655.0", 1),
        ("000 188 776 655", 1),
        ("x000188776655000188776655", 1),
        ("000188776654", 0),
        ("18877665", 0),
    ],
)
def test_an_id_is_found_as_it_may_be_written(text: str, ids: int):
    assert Search(controls.PERSON).count(text)["id"] == ids


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("bà Nông Thị Không Ai, sinh", 1),
        ("NÔNG THỊ KHÔNG AI", 1),
        ("No\u0302ng Thi\u0323 Kho\u0302ng Ai", 1),
        ("Nông Thị Không", 0),
        ("Nông Thị Không Aia", 0),
    ],
)
def test_a_name_is_found_in_any_case_and_form(text: str, names: int):
    assert Search(controls.PERSON).count(text)["name"] == names


def test_a_single_word_is_nobodys_name():
    assert name_key("Nam") == () and name_key("  Lý  Ba ") == ("lý", "ba")


def test_a_short_number_is_no_id():
    assert writings("000000012") == {"000000012"} and writings("12") == set()
