"""The pseudonym inside DuckDB is HMAC-SHA256; the key lies apart, and one home knows one key. X07, X08."""

import hashlib
import hmac
import stat

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.errors import OperatorError
from ingestion import pseudonyms
from tests.builders import submission
from tests.inboxes import Season

KINDS = st.sampled_from(["cccd", "cmnd", "passport", "register"])
IDS = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=40)


@given(key=st.binary(min_size=32, max_size=32), pairs=st.lists(st.tuples(KINDS, IDS), min_size=1, max_size=8))
def test_duckdb_and_python_make_the_same_pseudonym(key, pairs):
    with duckdb.connect() as connection:
        pseudonyms.install(connection, key)
        for kind, national_id in pairs:
            made = connection.execute("SELECT pseudonym(?, ?)", [kind, national_id]).fetchone()[0]
            message = kind.encode() + b"\x1f" + national_id.encode()
            assert made == hmac.new(key, message, hashlib.sha256).hexdigest()
            assert made == pseudonyms.identity_key(key, kind, national_id)


def test_the_kind_of_a_number_is_part_of_the_person():
    key = pseudonyms.sample_key(1)
    assert pseudonyms.identity_key(key, "cmnd", "000123456") != pseudonyms.identity_key(key, "register", "000123456")


def test_after_uninstall_no_pseudonym_is_made():
    with duckdb.connect() as connection:
        pseudonyms.install(connection, pseudonyms.sample_key(1))
        pseudonyms.uninstall(connection)
        assert connection.execute("SELECT pseudonym('cccd', '003190000123')").fetchone()[0] is None


def test_a_key_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "deep" / "person.key"
    made = pseudonyms.load_key(path, create=True)
    assert len(made) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert pseudonyms.load_key(path, create=True) == made


@pytest.mark.parametrize("content", ["", "abc", "00" * 31, "zz" * 32])
def test_what_is_no_key_is_refused(tmp_path, content):
    path = tmp_path / "person.key"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(OperatorError, match="key"):
        pseudonyms.load_key(path)


def test_a_key_that_others_may_read_is_refused(tmp_path):
    path = tmp_path / "person.key"
    pseudonyms.load_key(path, create=True)
    path.chmod(0o640)
    with pytest.raises(OperatorError, match="chmod 600"):
        pseudonyms.load_key(path)


def test_a_missing_key_names_its_setting(tmp_path):
    with pytest.raises(OperatorError, match="NHANTAI_KEY_FILE"):
        pseudonyms.load_key(tmp_path / "none.key")


def test_the_key_of_a_sample_depends_on_its_seed_alone():
    assert pseudonyms.sample_key(7) == hashlib.sha256(b"nhantai-sample-key7").digest()
    assert pseudonyms.sample_key(7) != pseudonyms.sample_key(8)


def test_another_key_than_the_ledgers_is_refused_before_anything_is_written(season: Season):
    season.put("SNV.xlsx", submission("talents"))
    season.collect()
    before, lines = season.bytes_of_accepted(), season.home.ledger.read_bytes()
    season.put("STC.xlsx", submission("departures"))
    with pytest.raises(OperatorError, match="NHANTAI_KEY_FILE") as refused:
        season.collect(key=pseudonyms.sample_key(2))
    assert refused.value.exit_code == 3
    assert (season.bytes_of_accepted(), season.home.ledger.read_bytes()) == (before, lines)


def test_the_ledger_names_the_key_by_its_fingerprint_only(season: Season):
    season.put("SNV.xlsx", submission("talents"))
    season.collect()
    assert {line["key_fingerprint"] for line in season.events("accepted")} == {pseudonyms.fingerprint(season.key)}
    assert season.key.hex() not in season.home.ledger.read_text()
