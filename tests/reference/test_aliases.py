"""A person's word about a name: dated, signed, undone; never one that would make a name mean two bodies."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations import ledger
from expectations.errors import UsageError
from expectations.home import Home
from expectations.reference import aliases, load
from expectations.reference.agencies import AgencyMatch, AgencyProblem

TODAY = date(2025, 11, 20)
SAID = {"by": "Nguyễn Thử", "reason": "Công văn 12/SNV-TCCB", "on": TODAY}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def meaning(home: Home, written: str, on: date) -> str:
    found = aliases.registry_of(home).resolve(written, on)
    return found.agency_code if isinstance(found, AgencyMatch) else found.kind


def test_an_alias_is_data_of_the_home_with_who_when_and_why(home: Home):
    row = aliases.confirm(home, " Sở  Nội vụ LS ", "SNV", **SAID)
    assert row == {
        "alias": "Sở Nội vụ LS", "agency_code": "SNV", "valid_from": "2025-03-01", "valid_to": "",
        "reviewed_by": "Nguyễn Thử", "reviewed_on": "2025-11-20", "verified": "yes", "note": "Công văn 12/SNV-TCCB",
    }  # fmt: skip
    assert aliases.confirmed(home) == [row]
    assert load.read("agency_aliases", home.reference)[-1] == row
    assert meaning(home, "sở nội vụ LS", TODAY) == "SNV"
    assert meaning(home, "sở nội vụ LS", date(2025, 2, 1)) == "not_valid_on_day"
    (line,) = ledger.read(home.ledger)
    assert (line["event"], line["reviewed_by"], line["note"]) == ("alias_confirmed", SAID["by"], SAID["reason"])


def test_twice_is_once_and_taking_back_is_told(home: Home):
    aliases.confirm(home, "Sở Nội vụ LS", "SNV", **SAID)
    aliases.confirm(home, "sở nội vụ ls", "SNV", **SAID)
    assert len(aliases.confirmed(home)) == 1
    aliases.withdraw(home, "SỞ NỘI VỤ LS", "SNV", by="Trần Thử", reason="nhầm với đơn vị khác")
    assert aliases.confirmed(home) == [] and meaning(home, "Sở Nội vụ LS", TODAY) == "unknown"
    assert [line["event"] for line in ledger.read(home.ledger)] == ["alias_confirmed", "alias_withdrawn"]
    assert ledger.verify(home.ledger) == []


def test_an_old_name_can_be_confirmed_for_its_successor_after_the_merger_only(home: Home):
    """D151: "Sở KH&ĐT" still meant the old department on 28/02/2025."""
    aliases.confirm(home, "Sở KH&ĐT", "STC", **SAID)
    assert meaning(home, "Sở KH&ĐT", date(2025, 2, 28)) == "SKHDT"
    assert meaning(home, "Sở KH&ĐT", date(2025, 3, 1)) == "STC"


@pytest.mark.parametrize(
    ("written", "code", "change", "words"),
    [
        ("Sở Tài chính", "SNV", {}, "name of STC"),
        ("Sở Tài chính tỉnh Lạng Sơn", "SNV", {}, "name of STC"),
        ("Xã Hòa Bình", "06103~2025-06-30", {}, "two bodies"),
        ("Xã Hòa Bình - Văn Quan", "06103~2025-06-30", {}, "name of 06274"),
        ("STC", "SNV", {}, "codes go before names"),
        ("Phòng X", "KHONGCO", {}, "no body"),
        ("Phòng X", "SNV", {"by": " "}, "--by"),
        ("Phòng X", "SNV", {"reason": ""}, "--reason"),
        (" ", "SNV", {}, "letters"),
        ("Phòng X", "SNV", {"valid_from": date(2025, 2, 28)}, "exists from 2025-03-01"),
        ("Phòng X", "SKHDT", {"valid_to": date(2025, 3, 2)}, "exists from"),
        ("Phòng X", "SNV", {"valid_from": date(2025, 6, 1), "valid_to": date(2025, 6, 1)}, "exists from"),
    ],
)
def test_what_would_be_no_single_body_is_refused(home: Home, written: str, code: str, change: dict, words: str):
    with pytest.raises(UsageError, match=words):
        aliases.confirm(home, written, code, **{**SAID, **change})
    assert aliases.confirmed(home) == [] and not home.ledger.exists()


def test_what_was_not_confirmed_here_cannot_be_taken_back(home: Home):
    with pytest.raises(UsageError, match="no alias"):
        aliases.withdraw(home, "Sở NV", "SNV", by="x", reason="y")


BODIES = sorted(aliases.registry_of(Home(Path("/nonexistent"))).bodies)


@settings(deadline=None)  # three registries are read an example: on a busy machine that is a matter of the machine
@given(
    st.text(st.characters(categories=("L", "N", "Zs")), min_size=1, max_size=20),
    st.sampled_from(BODIES), st.sampled_from(BODIES), st.dates(date(2024, 1, 1), date(2026, 12, 31)),
)  # fmt: skip
def test_whatever_is_confirmed_one_writing_is_never_two_bodies(tmp_path_factory, written, first, second, on):
    home = Home(tmp_path_factory.mktemp("home"))
    for code in (first, second):
        try:
            aliases.confirm(home, written, code, **SAID)
        except UsageError:
            continue
    found = aliases.registry_of(home).resolve(written, on)
    assert not (isinstance(found, AgencyProblem) and found.kind == "ambiguous")
