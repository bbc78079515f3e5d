from pathlib import Path

from expectations.findings import Finding, Outcome, Severity, by_weight, outcome_of
from expectations.home import Home


def _finding(severity: Severity, **address) -> Finding:
    return Finding(rule="X", severity=severity, message="m", **address)


def test_the_heaviest_finding_decides_the_outcome():
    note, query, error, blocker = (
        _finding(s) for s in (Severity.NOTE, Severity.QUERY, Severity.ERROR, Severity.BLOCKER)
    )
    assert outcome_of([]) == Outcome.ACCEPTED
    assert outcome_of([note]) == Outcome.ACCEPTED
    assert outcome_of([note, query]) == Outcome.ACCEPTED_WITH_QUERIES
    assert outcome_of([query, error]) == Outcome.PARTLY_ACCEPTED
    assert outcome_of([error, blocker]) == Outcome.REJECTED


def test_json_has_the_promised_keys_and_the_file_only_when_known():
    promised = ["rule", "severity", "sheet", "cell", "field", "value", "message", "expected", "fix"]
    assert list(_finding(Severity.NOTE, row=3).to_json()) == promised
    assert list(_finding(Severity.NOTE, file="a.xlsx").to_json()) == [*promised, "file"]
    assert _finding(Severity.QUERY).to_json()["severity"] == "query"


def test_findings_are_read_heaviest_first_then_by_place():
    ordered = by_weight(
        [_finding(Severity.NOTE, row=1), _finding(Severity.ERROR, row=9), _finding(Severity.ERROR, row=2)]
    )
    assert [(f.severity, f.row) for f in ordered] == [("error", 2), ("error", 9), ("note", 1)]


def test_a_home_says_where_everything_lies(tmp_path: Path):
    home = Home(tmp_path)
    assert home.accepted("talents", 2025) == tmp_path / "accepted/talents/reporting_year=2025/data.parquet"
    assert home.arrivals(2025) == tmp_path / "inbox/2025/arrivals.csv"
    assert home.current(2025) == tmp_path / "publication/2025/current"
    assert home.next_build == tmp_path / "build/.next"
    assert not home.is_sample()
    home.sample_marker.write_text("{}")
    assert home.is_sample()
