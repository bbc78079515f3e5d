"""What leaves the vault: the promised columns, pseudonyms instead of people, the same bytes for the same inbox."""

import hashlib
import shutil
from datetime import date, datetime, timedelta

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.contracts.collection_tables import COLLECTION_TABLES, columns_of
from expectations.contracts.load import all_contracts, load
from expectations.contracts.model import accepted_columns
from expectations.findings import Finding, Severity
from expectations.home import Home
from ingestion import acceptance, pseudonyms, vault
from ingestion.landing import Received
from ingestion.submissions import Submission, conclude, link, number
from tests.builders import submission
from tests.inboxes import NOW, REGISTER, Season, agency, csv_text, rows_of

PROMISED = {c.name: accepted_columns(c) for c in all_contracts()} | {t.name: columns_of(t) for t in COLLECTION_TABLES}


def schema(path) -> list[tuple[str, str]]:
    with duckdb.connect() as connection:
        described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?, hive_partitioning=false)", [str(path)])
        return [(row[0], row[1]) for row in described.fetchall()]


@pytest.fixture
def collected(season: Season) -> Season:
    season.put("SNV.xlsx", submission("talents", "departures", "trainings", "plans", "budgets", "task_progress"))
    season.put("recruitment_register.csv", csv_text(rows_of(REGISTER, {}, {"decision_number": "2", "sex": "nam"})))
    season.put("hỏng.xlsx", b"PK\x03\x04 cut off")
    season.collect()
    return season


def test_every_file_has_exactly_the_promised_columns(collected: Season):
    for name, columns in PROMISED.items():
        assert schema(collected.home.accepted(name, 2025)) == columns, name


def test_empty_years_have_the_same_columns_and_no_row(tmp_path):
    home = Home(tmp_path)
    acceptance.write_empty(home, [2023, 2024])
    for name, columns in PROMISED.items():
        for year in (2023, 2024):
            assert schema(home.accepted(name, year)) == columns, name
    with duckdb.connect() as connection:
        glob = str(home.accepted_root / "talents" / "*" / "*.parquet")
        assert connection.execute(
            "SELECT count(*) FROM read_parquet(?, hive_partitioning=true)", [glob]
        ).fetchone() == (0,)


def test_write_empty_leaves_what_is_there(collected: Season):
    before = collected.bytes_of_accepted()
    acceptance.write_empty(collected.home, [2025])
    assert collected.bytes_of_accepted() == before


def test_a_person_is_a_pseudonym_a_birthday_a_year_a_name_nothing(collected: Season):
    talent = collected.rows("talents")[0]
    expected = pseudonyms.identity_key(collected.key, "cccd", "003190000123")
    assert (talent["identity_key"], talent["birth_year"], talent["identity_kind"]) == (expected, 1990, "cccd")
    assert collected.rows("trainings")[0]["identity_key"] == expected


def test_no_id_and_no_name_is_in_any_file_outside_the_vault(collected: Season):
    secrets = ["003190000123", "3190000123", "003190000777", "Nông Thị Thử", "Hoàng Thị Giả", "Người Lập Thử"]
    outside = [
        p for folder in ("accepted", "feedback") for p in (collected.home.root / folder).rglob("*") if p.is_file()
    ]
    assert len(outside) > 20
    for path in [*outside, collected.home.ledger]:
        if path.suffix == ".parquet":
            with duckdb.connect() as connection:
                text = str(connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall())
        elif path.suffix == ".xlsx":
            import openpyxl

            text = str([list(row) for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)])
        else:
            text = path.read_text(encoding="utf-8")
        assert not [secret for secret in secrets if secret in text], path


def test_the_vault_remembers_who_is_who_and_is_closed_to_others(collected: Season):
    names = dict(duckdb.read_parquet(str(collected.home.vault / "names.parquet")).fetchall())
    ids = {
        key: number
        for key, _, number in duckdb.read_parquet(str(collected.home.vault / "identities.parquet")).fetchall()
    }
    key = pseudonyms.identity_key(collected.key, "cccd", "003190000123")
    assert (ids[key], names[key]) == ("003190000123", "Nông Thị Thử")
    assert collected.home.vault.stat().st_mode & 0o077 == 0
    for path in collected.home.vault.rglob("*.parquet"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_the_vault_forgets_nobody_when_another_year_is_collected(collected: Season):
    later = collected.next_year()
    later.put("recruitment_register.csv", csv_text([{**REGISTER, "national_id": "003190000999"}]))
    later.collect()
    ids = {row[2] for row in duckdb.read_parquet(str(collected.home.vault / "identities.parquet")).fetchall()}
    assert {"003190000123", "003190000999"} <= ids


def test_codes_and_numbers_are_typed(collected: Season):
    budget = collected.rows("budgets")[0]
    assert (budget["funding_source"], str(budget["spent_amount"])) == ("ngan_sach_tinh", "120.5000")
    assert collected.rows("plans")[0]["issued_on"] == date(2024, 3, 15)


def test_a_workbook_row_carries_its_senders_unique_code(tmp_path):
    season = Season(tmp_path / "home", year=2024)
    season.put("SNV.xlsx", submission("talents", year=2024).cover(figures_as_of=date(2024, 11, 20)))
    season.journal(SNV="2024-11-25T08:00:00+07:00")
    season.collect()
    assert [row["agency_code"] for row in season.rows("cover")] == ["SNV~2025-02-28"]
    assert [row["agency_code"] for row in season.rows("submissions")] == ["SNV~2025-02-28"]


def test_registers_keep_the_agency_as_written(collected: Season):
    assert [row["agency_code"] for row in collected.rows("recruitment_register")] == ["SNV", "SNV"]


def test_the_same_inbox_gives_the_same_bytes_in_another_home_at_another_hour(tmp_path):
    homes = []
    for name, hours in (("one", 0), ("two", 5)):
        season = Season(tmp_path / name)
        for code, title, person in (("SNV", "Sở Nội vụ", 1), ("STC", "Sở Tài chính", 2), ("SYT", "Sở Y tế", 3)):
            season.put(
                f"{code}.xlsx",
                agency(code, title, person).edited(lambda book: setattr(book.properties, "created", NOW)),
            )
        if homes:
            shutil.rmtree(season.home.inbox(2025))
            shutil.copytree(homes[0].home.inbox(2025), season.home.inbox(2025))
        season.journal(**{code: f"2025-11-2{n}T08:00:00+07:00" for n, code in enumerate(("SNV", "STC", "SYT"))})
        season.collect(now=NOW + timedelta(hours=hours))
        homes.append(season)
    one, two = (_without_recorded_at(season) for season in homes)
    assert one == two


def _without_recorded_at(season: Season) -> dict[str, str]:
    found = {}
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for path in sorted(season.home.accepted_root.rglob("*.parquet")):
            columns = [
                row[0] for row in connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
            ]
            drop = " EXCLUDE (recorded_at)" if "recorded_at" in columns else ""
            rows = connection.execute(f"SELECT *{drop} FROM read_parquet(?)", [str(path)]).fetchall()
            found[str(path.relative_to(season.home.root))] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found


def test_a_lost_row_is_a_fault_of_ours_and_stops_before_writing(collected: Season):
    connection = vault.open_database(collected.home, vault.typed_path(collected.home, 2025))
    connection.execute(
        """
        CREATE TEMPORARY TABLE kept_out AS
        SELECT 'talents' AS dataset, submission_id, sheet, "row" FROM typed.talents, range(2)
        """
    )
    with pytest.raises(acceptance.RowsLost, match="talents: 1 rows read, 0 accepted, 2 rejected"):
        acceptance.check_row_ledger(connection, [load("talents")])
    connection.close()


SENT = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 6), st.booleans()), min_size=1, max_size=12)
BEGIN = datetime.fromisoformat("2025-11-01T00:00:00+07:00")


def sent_in_order(sent: list[tuple[str, int, bool]]) -> list[Submission]:
    """Files of agencies A, B, C on days 0 to 6, some refused, as collecting leaves them."""
    made = []
    for seq, (code, day, is_refused) in sorted(enumerate(sent), key=lambda item: (item[1][1], item[0])):
        when = BEGIN + timedelta(days=day)
        facts = {"channel": None, "document_number": None, "recorded_by": None, "seq": seq, "size": 1}
        received = Received(sha256=f"{seq:064x}", file_name="x", year=2025, received_at=when, landed_at=when, **facts)
        findings = [Finding(rule="TEP-HONG", severity=Severity.BLOCKER, message="")] if is_refused else []
        made.append(Submission(received=received, kind="workbook", agency_code=code, findings=findings))
    number(made)
    link(made)
    conclude(made)
    return made


def is_shown(one: Submission, known_at: datetime) -> bool:
    """The filter of staging over rows that rejected files do not have."""
    arrived = one.received.received_at <= known_at
    return one.outcome != "rejected" and arrived and (one.superseded_at is None or one.superseded_at > known_at)


@given(sent=SENT, asked=st.integers(-1, 8))
def test_as_known_shows_of_each_agency_its_latest_version_that_was_not_rejected(sent, asked):
    made, known_at = sent_in_order(sent), BEGIN + timedelta(days=asked)
    latest = {o.agency_code: o.id for o in made if not o.is_blocked and o.received.received_at <= known_at}
    assert sorted((o.agency_code, o.id) for o in made if is_shown(o, known_at)) == sorted(latest.items())


@given(sent=SENT)
def test_versions_count_every_file_of_an_agency_in_the_order_of_arrival(sent):
    made = sent_in_order(sent)
    for code in "ABC":
        own = [one.version for one in made if one.agency_code == code]
        assert own == list(range(1, len(own) + 1))
