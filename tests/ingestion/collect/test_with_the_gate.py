"""Gate 1 (Great Expectations) in its place: it says what plain SQL says, and a void gate accepts nothing."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from expectations.gates import submission as gate
from expectations.gates.suites import GateVoid
from tests.inboxes import REGISTER, Season, agency, csv_text, file_of, rows_of

BAD_ROWS = 1_200


class CountedGate:
    """Gate 1, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, *arguments, **options):
        self.asked += 1
        return gate.check(*arguments, **options)


def filled(root: Path) -> Season:
    season = Season(root)
    season.put("SNV.xlsx", agency("SNV", "Sở Nội vụ", 1).with_values("talents", talent_group=None))
    season.put("STC.xlsx", agency("STC", "Sở Tài chính", 2).with_values("talents", started_on="cuối năm 2023"))
    season.put("hỏng.xlsx", b"PK\x03\x04")
    rows = (
        {"decision_number": str(n), "effective_on": "sau Tết" if n < BAD_ROWS else "2025-05-05"} for n in range(1300)
    )
    season.put("recruitment_register.csv", csv_text(rows_of(REGISTER, *rows)))
    return season


def test_with_and_without_great_expectations_a_year_is_judged_alike(tmp_path):
    plain, gated = filled(tmp_path / "plain"), Season(tmp_path / "gated")
    for path in plain.home.inbox(2025).iterdir():
        gated.put(path.name, path.read_bytes())
    without, with_it = plain.collect(), gated.collect(gate=gate.check)
    assert [(f.file_name, f.outcome, f.findings) for f in with_it.files] == [
        (f.file_name, f.outcome, f.findings) for f in without.files
    ]
    assert with_it.gate["submissions"] == 3 and with_it.gate["poisons_caught"] >= 20
    assert with_it.gate["checks_run"] > 250


def test_a_thousand_rows_are_named_and_the_others_told_as_a_number(tmp_path):
    result = file_of(filled(tmp_path).collect(), "recruitment_register.csv")
    told = [f for f in result.findings if f.rule == "RR-EFFECTIVE_ON-TYPE"]
    assert [f.row is None for f in told].count(False) == 1_000
    assert "Còn 200 dòng khác" in next(f.message for f in told if f.row is None)
    assert (result.rows_read, result.rows_accepted, result.rows_rejected) == (1300, 100, BAD_ROWS)


def test_a_void_gate_accepts_nothing_and_the_next_collection_begins_again(tmp_path):
    season = filled(tmp_path)

    def void(*_args, **_options):
        raise GateVoid("the gate proved nothing")

    with pytest.raises(GateVoid):
        season.collect(gate=void)
    assert list(season.home.root.glob("accepted/*")) == []
    assert season.events("accepted") == []
    assert not season.collect().unchanged
    assert len(season.events("received")) == 4


def test_a_year_in_which_no_file_can_be_read_asks_no_gate(tmp_path):
    season = Season(tmp_path)
    season.put("hỏng.xlsx", b"PK\x03\x04")
    report = season.collect(gate=gate.check)
    assert (report.gate, [one.outcome for one in report.files]) == (None, ["rejected"])


def test_what_was_read_and_judged_is_not_read_again_because_an_answer_came(tmp_path):
    """V4: only a file, a rule or a list makes a year be read again; what follows from an answer is the same."""
    season, fresh, counted = filled(tmp_path / "one"), Season(tmp_path / "two"), CountedGate()
    for path in season.home.inbox(2025).iterdir():
        fresh.put(path.name, path.read_bytes())

    first = season.collect(gate=counted)
    answer = (
        "agency_code,rule,explanation,answered_by,answered_at\nSNV,{},Số liệu đã được kiểm tra với hồ sơ,Văn thư,{}\n"
    )
    rule = next(f.rule for one in first.files for f in one.findings if f.severity == "query")
    for each in (season, fresh):
        each.home.explanations(2025).write_text(answer.format(rule, "2025-11-26T08:00:00+07:00"), encoding="utf-8")
    second = season.collect(gate=counted)
    assert counted.asked == 1 and not second.unchanged
    assert second.gate == first.gate
    whole = fresh.collect(gate=counted)
    assert [(f.file_name, f.outcome, f.findings, f.rows_accepted) for f in second.files] == [
        (f.file_name, f.outcome, f.findings, f.rows_accepted) for f in whole.files
    ]
    for table in ("talents", "submissions", "findings", "explanations"):
        assert rows_without_clock(season, table) == rows_without_clock(fresh, table)
    season.put("SYT.xlsx", agency("SYT", "Sở Y tế", 3))
    season.collect(gate=counted)
    assert counted.asked == 3


@pytest.mark.parametrize("spoil", ["cut", "gone", "other"])
def test_a_year_is_read_again_when_what_was_kept_of_it_cannot_be_trusted(tmp_path, spoil: str):
    season, counted = filled(tmp_path), CountedGate()

    season.collect(gate=counted)
    kept = season.home.vault / "typed" / "2025.examined.json"
    assert kept.stat().st_mode & 0o077 == 0
    if spoil == "cut":
        kept.write_bytes(kept.read_bytes()[:-100])
    elif spoil == "other":
        kept.write_bytes(b'"another"\n' + kept.read_bytes().split(b"\n", 1)[1])
    else:
        (season.home.vault / "typed" / "2025.duckdb").unlink()
    season.home.explanations(2025).write_text("agency_code,rule,explanation\n", encoding="utf-8")
    assert not season.collect(gate=counted).unchanged
    assert counted.asked == 2


def rows_without_clock(season: Season, table: str) -> list[tuple]:
    path = season.home.accepted(table, 2025)
    return duckdb.sql(
        f"select columns(c -> c not in ('recorded_at', 'received_at', 'superseded_at')) from '{path}'"
    ).fetchall()


def test_what_the_journal_says_later_of_an_arrival_counts_without_reading_again(tmp_path):
    season, counted = filled(tmp_path), CountedGate()

    journal = season.home.arrivals(2025)
    line = (
        "file_name,received_at,channel,document_number,recorded_by\nSNV.xlsx,2025-11-20T09:00:00+07:00,{},{},Văn thư\n"
    )
    for channel, number in (("email", ""), ("trục liên thông", "15/SNV-CCVC")):
        journal.write_text(line.format(channel, number), encoding="utf-8")
        season.collect(gate=counted)
        told = {row["file_name"]: row for row in season.rows("submissions")}
        assert told["SNV.xlsx"]["channel"] == channel
    assert counted.asked == 1


class LookingGate:
    """Gate 1, and how many submissions it was shown each time."""

    def __init__(self) -> None:
        self.shown: list[int] = []

    def __call__(self, *arguments, **options):
        found = gate.check(*arguments, **options)
        self.shown.append(found.submissions)
        return found


@pytest.mark.parametrize("amended", [False, True])
def test_gate_1_looks_at_the_new_file_alone_and_all_is_said_as_if_it_had_looked_at_all(tmp_path, amended: bool):
    """V4; where an arrival was amended not all that was seen is still there, and it looks at everything again."""
    season, whole, looking = filled(tmp_path / "one"), Season(tmp_path / "two"), LookingGate()
    season.collect(gate=looking)
    season.put("STC-sua.xlsx", agency("STC", "Sở Tài chính", 2).with_values("talents", started_on="đầu năm 2023"))
    if amended:
        season.journal(STC="2025-11-21T08:00:00+07:00")
    for path in season.home.inbox(2025).iterdir():
        whole.put(path.name, path.read_bytes())
    second, everything = season.collect(gate=looking), whole.collect(gate=looking)
    assert looking.shown == [3, 4 if amended else 1, 4]
    assert second.gate == everything.gate
    by_name = {f.file_name: (f.findings, f.rows_accepted, f.rows_rejected) for f in everything.files}
    assert {f.file_name: (f.findings, f.rows_accepted, f.rows_rejected) for f in second.files} == by_name
    assert rows_without_clock(season, "findings") == rows_without_clock(whole, "findings")


def test_two_looks_by_different_rules_are_no_one_look(tmp_path):
    season, found = filled(tmp_path), []

    def kept(*arguments, **options):
        found.append(gate.check(*arguments, **options))
        return found[0]

    season.collect(gate=kept)
    with pytest.raises(GateVoid):
        found[0].beside(replace(found[0], rule_version="another"))
