"""S14: an authority that recruits many times as many as last year is asked why, before anything is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.inboxes import REGISTER, Season, csv_text, rows_of

NAME = "recruitment_register.csv"


def register(year: int, people: int, **change: str) -> str:
    """So many recruits of one authority, none of them the same person."""
    row = {**REGISTER, "decided_on": f"{year}-04-02", "effective_on": f"{year}-04-15", "full_name": "", **change}
    numbers = ({"decision_number": f"{n}/QĐ", "national_id": f"003190{year % 100:02d}{n:04d}"} for n in range(people))
    return csv_text(rows_of(row, *numbers))


def asked(root: Path, last: str | None, *this: str) -> list[tuple[str, str]]:
    season = Season(root, year=2024)
    if last is not None:
        season.put(NAME, last)
        season.collect()
    later = season.next_year()
    for number, text in enumerate(this):
        later.put(f"recruitment_register_{number}.csv", text)
    report = later.collect()
    return [(one.file_name, f.message) for one in report.files for f in one.findings if f.rule == "TEP-SO_TANG_VOT"]


@pytest.mark.parametrize(
    ("last", "this", "told"),
    [(20, 60, True), (20, 59, False), (19, 100, False), (60, 20, False), (None, 60, False)],
)
def test_S14_three_times_last_years_recruits_are_a_query(tmp_path: Path, last: int | None, this: int, told: bool):
    found = asked(tmp_path / "home", None if last is None else register(2024, last), register(2025, this))
    assert bool(found) is told
    if told:
        assert "60" in found[0][1] and "20" in found[0][1] and "2024" in found[0][1]


def test_S14_cancelled_decisions_and_other_years_do_not_count(tmp_path: Path):
    history = register(2023, 60)
    cancelled = register(2025, 60, status="huy")
    assert asked(tmp_path / "home", register(2024, 20), register(2025, 20), history, cancelled) == []


def test_S14_files_of_one_authority_are_one_register_and_the_largest_is_told(tmp_path: Path):
    parts = (register(2025, 25), register(2025, 35, sex="nam", birth_date="", decision_number="x"))
    parts = (parts[0], parts[1].replace("/QĐ", "/QĐ-B").replace("00319025", "00309025"))
    ((name, message),) = asked(tmp_path / "home", register(2024, 20), *parts)
    assert name == "recruitment_register_1.csv" and "60" in message
