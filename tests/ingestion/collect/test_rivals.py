"""S15: two versions of one agency within an hour from two hands: the one approved last counts."""

import csv
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion import rivals
from ingestion.rivals import DECIDED, UNDECIDED
from ingestion.status import year_status
from tests.inboxes import Season, agency, file_of, rules_of

NINE = datetime.fromisoformat("2025-11-20T09:00:00+07:00")
JOURNAL = (
    "file_name",
    "received_at",
    "channel",
    "document_number",
    "recorded_by",
    "sent_by",
    "approved_by",
    "approved_at",
)


def at(minutes: int) -> str:
    return (NINE + timedelta(minutes=minutes)).isoformat()


def journal(season: Season, *lines: tuple[str, int, str, int | None]) -> None:
    """file, minutes after nine, who sent, minutes after nine of the approval."""
    with season.home.arrivals(2025).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(JOURNAL)
        for name, minutes, sent_by, approved in lines:
            by = ("Lãnh đạo Sở", at(approved)) if approved is not None else ("", "")
            writer.writerow((name, at(minutes), "email", "", "văn thư", sent_by, *by))


def two(season: Season, minutes: int = 30, hands: tuple[str, str] = ("phòng A", "phòng B"), **approved: int) -> dict:
    season.put("a.xlsx", agency("SNV", "Sở Nội vụ", 1))
    season.put("b.xlsx", agency("SNV", "Sở Nội vụ", 2))
    journal(season, ("a.xlsx", 0, hands[0], approved.get("a")), ("b.xlsx", minutes, hands[1], approved.get("b")))
    report = season.collect()
    return {"report": report, **{name: file_of(report, f"{name}.xlsx") for name in ("a", "b")}}


def counted(season: Season, known: int | None = None) -> set[str]:
    """File names that count, as the warehouse's filter says (macro accepted_as_known), at an instant or now."""
    instant = NINE + timedelta(minutes=known) if known is not None else datetime.max.replace(tzinfo=NINE.tzinfo)
    return {
        row["file_name"]
        for row in season.rows("submissions")
        if row["outcome"] != "rejected"
        and (row["counts_from"] or row["received_at"]) <= instant
        and (row["superseded_at"] is None or row["superseded_at"] > instant)
    }


def test_S15_while_nobody_has_decided_both_are_asked_and_the_first_stays(season: Season):
    sent = two(season)
    for one in (sent["a"], sent["b"]):
        (found,) = [f for f in one.findings if f.rule == UNDECIDED]
        assert (found.severity, one.outcome) == ("query", "accepted_with_queries")
        assert f"2025-{sent['a'].sha256[:8]}" in found.message and f"2025-{sent['b'].sha256[:8]}" in found.message
        assert "chưa bản nào được duyệt" in (season.home.root / one.receipt).read_text(encoding="utf-8")
    assert counted(season) == {"a.xlsx"}
    assert counted(season, 29) == counted(season, 45) == {"a.xlsx"}
    asked = [row for row in season.rows("findings") if row["rule"] == UNDECIDED and row["superseded_at"] is None]
    assert [row["submission_id"] for row in asked] == [sent["a"].submission_id]


def test_S15_the_second_counts_from_its_approval(season: Season):
    sent = two(season, b=75)
    assert counted(season) == {"b.xlsx"}
    assert (counted(season, 45), counted(season, 74), counted(season, 75)) == ({"a.xlsx"}, {"a.xlsx"}, {"b.xlsx"})
    current = [r for r in season.rows("talents") if r["superseded_at"] is None]
    assert {r["submission_id"] for r in current} == {sent["b"].submission_id}
    assert {r["counts_from"] for r in current} == {NINE + timedelta(minutes=75)}
    for one in (sent["a"], sent["b"]):
        assert {f.rule for f in one.findings} & {DECIDED, UNDECIDED} == {DECIDED}
        page = (season.home.root / one.receipt).read_text(encoding="utf-8")
        assert f"bản 2025-{sent['b'].sha256[:8]} được duyệt lúc 10 giờ 15 phút ngày 20/11/2025 nên được tính" in page


def test_S15_the_first_approved_is_not_displaced_by_a_later_arrival(season: Season):
    two(season, a=10)
    assert counted(season) == counted(season, 45) == {"a.xlsx"}
    assert {row["file_name"]: row["superseded_at"] == row["received_at"] for row in season.rows("submissions")} == {
        "a.xlsx": False, "b.xlsx": True,
    }  # fmt: skip


def test_S15_of_two_approved_the_approval_given_last_wins(season: Season):
    two(season, a=90, b=40)
    assert counted(season) == {"a.xlsx"}


def test_S15_an_approval_before_the_file_was_sent_counts_from_arrival(season: Season):
    two(season, b=-60)
    assert (counted(season, 29), counted(season, 30)) == ({"a.xlsx"}, {"b.xlsx"})


@pytest.mark.parametrize(
    ("minutes", "hands"), [(61, ("phòng A", "phòng B")), (30, ("phòng A", "Phòng  A")), (30, ("phòng A", ""))]
)
def test_one_hand_or_more_than_an_hour_is_a_new_version_as_ever(season: Season, minutes: int, hands: tuple[str, str]):
    sent = two(season, minutes, hands)
    assert counted(season) == {"b.xlsx"} and UNDECIDED not in rules_of(sent["a"]) | rules_of(sent["b"])


def test_S15_who_drafted_says_whose_hand_it_is_where_the_journal_does_not(season: Season):
    for name, person, drafter in (("a.xlsx", 1, "Người Thứ Nhất"), ("b.xlsx", 2, "Người Thứ Hai")):
        season.put(name, agency("SNV", "Sở Nội vụ", person).cover(prepared_by=drafter))
    journal(season, ("a.xlsx", 0, "", None), ("b.xlsx", 20, "", None))
    report = season.collect()
    assert UNDECIDED in rules_of(file_of(report, "a.xlsx"))
    told = "".join(f.message for one in report.files for f in one.findings) + season.home.ledger.read_text()
    assert "Người Thứ" not in told


def test_S15_an_approval_told_after_the_first_collection_changes_nothing_that_was_known(season: Season):
    two(season)
    before = counted(season, 45)
    journal(season, ("a.xlsx", 0, "phòng A", None), ("b.xlsx", 30, "phòng B", 75))
    report = season.collect()
    assert not report.unchanged
    assert counted(season) == {"b.xlsx"} and counted(season, 45) == before == {"a.xlsx"}
    (line,) = [line for line in season.events("received") if "approved_by" in line]
    assert (line["approved_by"], line["approved_at"], line["file_name"]) == ("Lãnh đạo Sở", at(75), "b.xlsx")
    assert season.collect().unchanged


def test_a_later_version_of_another_day_replaces_the_approved_one(season: Season):
    season.put("c.xlsx", agency("SNV", "Sở Nội vụ", 3))
    season.put("a.xlsx", agency("SNV", "Sở Nội vụ", 1))
    season.put("b.xlsx", agency("SNV", "Sở Nội vụ", 2))
    journal(season, ("a.xlsx", 0, "A", 40), ("b.xlsx", 30, "B", None), ("c.xlsx", 1440, "B", None))
    season.collect()
    assert (counted(season), counted(season, 1439)) == ({"c.xlsx"}, {"a.xlsx"})
    agencies = year_status(season.home, 2025, NINE.date() + timedelta(days=3)).agencies
    assert next(a for a in agencies if a.agency_code == "SNV").outcome == "accepted"


def test_an_approval_that_cannot_be_used_is_a_note_and_the_arrival_stands(season: Season):
    season.put("a.xlsx", agency("SNV", "Sở Nội vụ", 1))
    season.home.arrivals(2025).write_text(
        ",".join(JOURNAL) + f"\na.xlsx,{at(0)},email,,,A,,{at(5)}\n", encoding="utf-8"
    )
    report = season.collect()
    assert [note.rule for note in report.notes] == ["NHAT_KY-DUYET"] and "approved_by" in report.notes[0].message
    assert file_of(report, "a.xlsx").received_at == at(0)


EVENTS = st.lists(
    st.tuples(st.integers(0, 90), st.sampled_from("AB"), st.none() | st.integers(-30, 400)), min_size=1, max_size=6
)


def made(number: int, minutes: int, hand: str, approved: int | None) -> SimpleNamespace:
    given = NINE + timedelta(minutes=approved) if approved is not None else None
    received = SimpleNamespace(
        received_at=NINE + timedelta(minutes=minutes), sent_by=hand, approved_at=given, sha256=str(number)
    )
    return SimpleNamespace(
        id=str(number), sender=("workbook", "SNV"), agency_code="SNV", received=received, prepared_by=None
    )


@given(EVENTS, st.integers(0, 500))
def test_at_every_instant_exactly_one_version_counts(events: list, minutes: int):
    arrivals = sorted(minute for minute, _, _ in events)
    versions = [
        made(n, arrived, hand, given)
        for n, (arrived, (_, hand, given)) in enumerate(zip(arrivals, events, strict=True))
    ]
    found = rivals.periods(versions)
    instant = versions[0].received.received_at + timedelta(minutes=minutes)
    counts = [id for id, one in found.items() if one.since <= instant and (one.until is None or one.until > instant)]
    assert len(counts) == 1
    newest = rivals.counting(versions)["workbook", "SNV"]
    assert found[newest.received.sha256].until is None


@given(EVENTS, st.integers(0, 300))
def test_without_approvals_what_arrives_later_never_changes_what_counted(events: list, minutes: int):
    arrivals = sorted(minute for minute, _, _ in events)
    versions = [
        made(n, arrived, hand, None) for n, (arrived, (_, hand, _)) in enumerate(zip(arrivals, events, strict=True))
    ]
    instant = versions[0].received.received_at + timedelta(minutes=minutes)
    known = [one for one in versions if one.received.received_at <= instant]

    def counts(some: list) -> list[str]:
        found = rivals.periods(some)
        return [i for i, p in found.items() if p.since <= instant and (p.until is None or p.until > instant)]

    assert counts(versions) == counts(known)
