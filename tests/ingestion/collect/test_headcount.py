"""D254: a recruit whom no list of who is in service has; asked only where the employer's own later list is there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.inboxes import REGISTER, SNAPSHOT, Season, csv_text, file_of, rows_of

RULE = "RR-NOT-IN-HEADCOUNT"
MISSING, SEEN, COLLEAGUE = "003190000777", "003190000778", "003190000999"
RECRUITS = rows_of(
    {**REGISTER, "effective_on": "2025-03-15", "decided_on": "2025-03-05"},
    {"national_id": MISSING},
    {"national_id": SEEN, "decision_number": "13/QĐ-SNV", "full_name": "Hoàng Thị Thử"},
)


def listed(day: str, *people: str, **said: str) -> dict[str, str]:
    """A list of Sở Nội vụ on a day: a colleague who was there before, and these."""
    row = {**SNAPSHOT, "snapshot_on": day, "started_on": "2020-05-04", **said}
    numbers = (COLLEAGUE, *people)
    return {f"staff_snapshot_{day}.csv": csv_text(rows_of(row, *({"national_id": one} for one in numbers)))}


def asked(season: Season, files: dict[str, str], recruits: list[dict[str, str]] = RECRUITS) -> list[Any]:
    season.put("recruitment_register.csv", csv_text(recruits))
    for name, text in files.items():
        season.put(name, text)
    return [f for f in file_of(season.collect(), "recruitment_register.csv").findings if f.rule == RULE]


def test_D254_a_recruit_whom_no_later_list_has_is_asked_about_at_the_row(season: Season):
    (found,) = asked(season, listed("2025-06-30", SEEN))
    assert (found.severity, found.row, found.cell, found.value) == ("query", 2, "D2", "…777")
    assert "15/03/2025" in found.message and "30/06/2025" in found.message and "Sở Nội vụ" in found.message
    assert MISSING not in str(found)
    assert {row["decision_number"] for row in season.rows("recruitment_register")} == {"12/QĐ-SNV", "13/QĐ-SNV"}


SILENT = {
    "in the list": listed("2025-06-30", SEEN, MISSING),
    "in another body's list": listed("2025-06-30", SEEN)
    | {"staff_snapshots_khac.csv": csv_text([{**SNAPSHOT, "national_id": MISSING, "agency_code": "STC"}])},
    "in an earlier list after the day of effect": listed("2025-06-30", SEEN) | listed("2025-03-31", MISSING, SEEN),
    "no list": {},
    "no list of that body": listed("2025-06-30", SEEN, agency_code="STC"),
    "no list of that kind of people": listed("2025-06-30", SEEN, staff_kind="vien_chuc"),
    "a list before the day of effect": listed("2025-02-28", SEEN),
    "a list so soon that joins may lag": listed("2025-05-13", SEEN),
    "a list that came more than a year later": listed("2026-03-16", SEEN),
    "an unreadable number in the list": listed("2025-06-30", SEEN, "00319000O777"),
}


@pytest.mark.parametrize("case", SILENT)
def test_D254_a_list_that_is_not_there_is_no_proof(case: str, season: Season):
    assert asked(season, SILENT[case]) == []


def test_D254_the_first_day_a_list_counts_is_the_sixtieth(season: Season):
    """15/03/2025 + 60 days = 14/05/2025, counted on the calendar: 16 days of March, 30 of April, 14 of May."""
    assert date(2025, 5, 14).toordinal() - date(2025, 3, 15).toordinal() == 16 + 30 + 14
    assert [f.row for f in asked(season, listed("2025-05-14", SEEN))] == [2]


@pytest.mark.parametrize("status", ["huy", "khong_nhan_viec"])
def test_D254_who_never_came_by_the_register_itself_is_not_asked_about(status: str, season: Season):
    recruits = [{**RECRUITS[0], "status": status}, RECRUITS[1]]
    assert asked(season, listed("2025-06-30", SEEN), recruits) == []


def test_D254_R12_the_list_of_the_one_successor_is_the_employers(season: Season):
    """Recruited in January by the body that ended on 01/03/2025; the list is of the new one, under the same code."""
    old = [{**row, "effective_on": "2025-01-15", "decided_on": "2025-01-06"} for row in RECRUITS]
    assert [f.row for f in asked(season, listed("2025-06-30", SEEN), old)] == [2]


def test_S05_D254_a_list_that_was_replaced_does_not_count(season: Season):
    assert asked(season, listed("2025-06-30", SEEN, MISSING)) == []
    season.put("staff_snapshot_2025-06-30.csv", listed("2025-06-30", SEEN)["staff_snapshot_2025-06-30.csv"])
    found = [f for one in season.collect().files for f in one.findings if f.rule == RULE]
    assert [f.row for f in found] == [2]


def test_D254_very_many_are_told_as_a_number(season: Season):
    many = ({"national_id": f"003190{n:06d}", "decision_number": f"{n}/QĐ", "full_name": ""} for n in range(1, 1_202))
    found = asked(season, listed("2025-06-30", SEEN), rows_of(RECRUITS[0], *many))
    (others,) = (f for f in found if f.row is None)
    assert len(found) == 1_001 and "199" in others.message  # 1,201 less two who are listed, less the thousand named
