"""What an edition holds, that it never changes, that it can be made again, checked and traced (interface.md § 3)."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import duckdb
import pytest

from expectations import ledger
from expectations.errors import OperatorError, UsageError
from reporting.editions import publish
from reporting.reissue import reissue
from reporting.trace import trace
from reporting.verify import verify
from tests.reporting.editions import season as seasons
from tests.reporting.editions.season import YEAR, Season, bytes_of, sha256

PAGES = ["bao-cao.docx", "data-dictionary.html", "datapackage.json", "index.html", "phu-luc.xlsx"]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Season:
    season = seasons.make(tmp_path_factory.mktemp("home"))
    publish(season.home, YEAR)
    return season


def test_an_edition_holds_what_the_interface_lists(published: Season) -> None:
    folder = published.home.edition(YEAR, 1)
    files = sorted(bytes_of(folder))
    assert sorted(p.name for p in (folder / "public").iterdir() if p.is_file()) == PAGES
    assert {"manifest.json", "internal/marts.duckdb", "internal/to-trinh.docx"} <= set(files)
    assert [f for f in files if f.startswith("public/data/") and f.endswith(".csv")]
    assert "internal/marts/fct_indicator_values.parquet" in files
    assert not [f for f in files if f.endswith((".wal", ".tmp", ".settled"))], "P10: no stray log beside a database"
    for path in (folder / "internal").rglob("*"):
        if path.is_file():
            assert stat.S_IMODE(path.stat().st_mode) == 0o640, path.name


def test_the_manifest_names_every_file_and_no_clock(published: Season) -> None:
    folder = published.home.edition(YEAR, 1)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    listed = manifest["files"]
    assert set(listed) == set(bytes_of(folder)) - {"manifest.json"}
    for name, said in listed.items():
        if name != "internal/marts.duckdb":
            assert said["sha256"] == sha256(folder / name)
    assert manifest["approvals"] == [{"by": "Người ký mẫu", "at": seasons.APPROVED_AT}]
    assert manifest["build"]["build_id"] == published.build_id and manifest["edition"] == 1
    assert set(manifest["renderers"]) >= {"python-docx", "xlsxwriter", "altair", "vl-convert-python"}


def test_the_same_build_and_approval_give_the_same_bytes_in_another_home(published: Season, tmp_path: Path) -> None:
    other = seasons.make(tmp_path)
    first, second = published.build / "warehouse.duckdb", other.build / "warehouse.duckdb"
    second.write_bytes(first.read_bytes())
    for name in ("manifest.json", "gate.json"):
        (other.build / name).write_bytes((published.build / name).read_bytes())
    seasons.approve(other)
    publish(other.home, YEAR)
    ours, theirs = (bytes_of(home.edition(YEAR, 1)) for home in (published.home, other.home))
    ours.pop("internal/marts.duckdb"), theirs.pop("internal/marts.duckdb")  # a random id; its content hash is listed
    assert ours == theirs


def test_again_publishes_nothing_new(published: Season) -> None:
    before = bytes_of(published.home.edition(YEAR, 1))
    lines = len(ledger.read(published.home.ledger))
    again = publish(published.home, YEAR)
    assert (again.edition, again.is_new) == (1, False)
    assert bytes_of(published.home.edition(YEAR, 1)) == before
    assert len(ledger.read(published.home.ledger)) == lines
    assert verify(published.home).problems == []


def test_a_new_build_makes_the_next_edition_and_leaves_the_old_alone(tmp_path: Path) -> None:
    first = seasons.make(tmp_path, 1)
    publish(first.home, YEAR)
    before = bytes_of(first.home.edition(YEAR, 1))
    seasons.make(tmp_path, 2, header={"agencies_on_time": 25})
    second = publish(first.home, YEAR)
    assert second.edition == 2 and first.home.current(YEAR).resolve() == first.home.edition(YEAR, 2).resolve()
    assert bytes_of(first.home.edition(YEAR, 1)) == before
    assert [line["edition"] for line in ledger.read(first.home.ledger) if line["event"] == "published"] == [1, 2]


def test_marts_open_read_only_and_hold_what_a_second_rendering_needs(published: Season) -> None:
    database = published.home.edition(YEAR, 1) / "internal" / "marts.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        schemas = {row[0] for row in connection.execute("select distinct table_schema from information_schema.tables")
                   .fetchall()}  # fmt: skip
        storage = connection.execute("select tags['storage_version'] from duckdb_databases() where not internal")
        assert storage.fetchone()[0].startswith("v1.5")
    assert {"marts", "reports"} <= schemas


def test_reissue_gives_the_same_edition(published: Season, tmp_path: Path) -> None:
    again = reissue(published.home, YEAR, 1, tmp_path / "out")
    wanted = bytes_of(published.home.edition(YEAR, 1))
    made = bytes_of(again.path)
    wanted.pop("internal/marts.duckdb"), made.pop("internal/marts.duckdb")
    assert made == wanted
    with pytest.raises(OperatorError, match="not empty"):
        reissue(published.home, YEAR, 1, tmp_path / "out")
    with pytest.raises(UsageError):
        reissue(published.home, YEAR, 7, tmp_path / "other")


@pytest.mark.parametrize("name", ["public/phu-luc.xlsx", "public/data/indicators.csv", "internal/to-trinh.docx"])
def test_g09_a_byte_added_after_publication_is_named(tmp_path: Path, name: str) -> None:
    season = seasons.make(tmp_path)
    publish(season.home, YEAR)
    path = season.home.edition(YEAR, 1) / name
    path.write_bytes(path.read_bytes() + b"\n")
    assert verify(season.home).problems == [
        f"publication/{YEAR}/1/{name}: no longer has the content the manifest names"
    ]  # fmt: skip


def test_a_figure_leads_to_its_rows(tmp_path: Path) -> None:
    season = seasons.make(tmp_path, gated=False, approved=False)
    with duckdb.connect(str(season.build / "warehouse.duckdb")) as connection:
        connection.execute("alter table marts.fct_indicator_values add column is_headline boolean default true")
        connection.execute("update marts.fct_indicator_values set structure_on = '2025-12-31'")
        for agency, day in (("LS", "2025-06-30"), ("H189", "2025-06-30"), ("LS", "as_reported")):
            connection.execute(
                f"insert into marts.fct_indicator_values select * replace ('{agency}' as agency_code, '{day}' as"
                " structure_on) from marts.fct_indicator_values where indicator_code = 'CT02' and structure_on ="
                " '2025-12-31' and agency_code = 'LS'"
            )
        connection.execute(
            "create table marts.brg_figure_rows as select indicator_code, reading, reporting_year, period_code,"
            " agency_code, structure_on, 'numerator' as role, 'talents' as dataset, 'abc' as submission_id,"
            " 'a.xlsx' as file_name, 'ff' as sha256, 'B03' as sheet, 7 as \"row\""
            " from marts.fct_indicator_values where indicator_code = 'CT02'"
        )
    seasons.review(season)
    seasons.approve(season)
    publish(season.home, YEAR)
    found = trace(season.home, YEAR, 1, "CT02/headline/2025/LS")
    assert (found.numerator, found.denominator) == (28, 312)
    assert found.sources == [
        {"file": "a.xlsx", "sha256": "ff", "role": "numerator", "dataset": "talents", "sheet": "B03", "cell": "A7"}
    ]
    reading, period = found.figure.split("/")[1], found.figure.split("/")[3]
    same = trace(season.home, YEAR, 1, f"CT02/{reading}/2025/{period}/LS@2025-06-30")
    assert same.sources == found.sources, "the province is the same people in every structure"
    with pytest.raises(UsageError, match="brg_agency_structures"):
        trace(season.home, YEAR, 1, f"CT02/{reading}/2025/{period}/H189@2025-06-30")


def test_M2_a_number_of_annex_nine_leads_to_its_rows(tmp_path: Path) -> None:
    season = seasons.make(tmp_path, gated=False, approved=False)
    with duckdb.connect(str(season.build / "warehouse.duckdb")) as connection:
        connection.execute(
            "create table marts.brg_annex_rows as select 'nominations' as printed_table,"
            " unnest(['ALL', nomination_source]) as printed_row, 'proposed' as printed_column, proposed as number,"
            " 'nominations' as dataset, 'abc' as submission_id, 'a.xlsx' as file_name, 'ff' as sha256,"
            " 'B08' as sheet, 7 as \"row\""
            " from reports.rpt_annual__nominations where proposed > 0"
        )
        (code, number), (total,) = (
            connection.execute(f"select {what} from reports.rpt_annual__nominations where proposed > 0").fetchall()[0]
            for what in ("nomination_source, proposed", "sum(proposed)")
        )
    seasons.review(season)
    seasons.approve(season)
    publish(season.home, YEAR)
    found = trace(season.home, YEAR, 1, f"IX.a/{code}/proposed")
    assert (found.figure, found.value, found.numerator, found.denominator) == (
        f"nominations/{code}/proposed", str(number), number, None,
    )  # fmt: skip
    assert found.sources == [
        {"file": "a.xlsx", "sha256": "ff", "role": "part", "dataset": "nominations", "sheet": "B08", "cell": "A7",
         "number": number}
    ]  # fmt: skip
    assert sum(one["number"] for one in trace(season.home, YEAR, 1, "nominations/ALL/proposed").sources) == total
    for name in ("IX.a/ALL/nobody", "IX.a/nowhere/proposed", "nominations/proposed"):
        with pytest.raises(UsageError, match="annex IX has no number"):
            trace(season.home, YEAR, 1, name)
