"""S03: one identity under two names or two birth dates is asked of all who wrote one, and never settled silently."""

from typing import Any

import duckdb
import pytest

from expectations import ledger
from ingestion.persons import conflicts, decisions, sightings
from ingestion.persons.conflicts import Sighting
from tests.builders import submission
from tests.inboxes import REGISTER, Season, csv_text, file_of, rows_of, rules_of

NUMBER, NAME = "003190000123", "Nông Thị Thử"


def of(code: str, name: str, **talent: Any):
    """A workbook with one talent, nothing else."""
    made = submission("talents").cover(agency_code=code, agency_name=name)
    return made.with_values("talents", national_id=NUMBER, **talent)


def asked(result) -> list:
    return [found for found in result.findings if found.rule.endswith("PERSON-CONFLICT")]


def register(**values: str) -> str:
    return csv_text(rows_of(REGISTER, {"national_id": NUMBER, "full_name": NAME, "birth_date": "1990-05-06", **values}))


def test_S03_every_sender_is_asked_at_the_cell_and_told_where_the_other_stands(season: Season):
    season.put("a.xlsx", of("SNV", "Sở Nội vụ"))
    season.put("b.xlsx", of("STC", "Sở Tài chính", full_name="Nông Thị Thơm"))
    season.put("recruitment_register_2025.csv", register(birth_date="1990-06-05"))
    report = season.collect()
    (one,), (other,), (row,) = (
        asked(file_of(report, name)) for name in ("a.xlsx", "b.xlsx", "recruitment_register_2025.csv")
    )
    assert (one.rule, one.severity, one.cell, one.value) == ("B03-PERSON-CONFLICT", "query", "B6", "…123")
    assert "Sổ tuyển dụng; biểu B03 của Sở Tài chính" in one.message and "họ tên và ngày sinh" in one.message
    assert "biểu B03 của Sở Nội vụ" in other.message
    assert (row.rule, row.row) == ("RR-PERSON-CONFLICT", 2)
    said = " ".join(found.message + found.fix for found in (one, other, row))
    assert "Thơm" not in said and "Thử" not in said and "1990" not in said
    assert file_of(report, "a.xlsx").outcome == "accepted_with_queries"
    assert len(season.rows("talents")) == 2, "both rows are in, and counted once by their number"


def test_S03_a_row_of_a_parquet_file_has_no_cell_to_name(season: Season):
    season.put("a.xlsx", of("SNV", "Sở Nội vụ"))
    path, written = season.home.inbox(2025) / "recruitment_register_2025.parquet", season.home.root / "as.csv"
    written.write_text(register(birth_date="1990-06-05"), encoding="utf-8")
    duckdb.sql(f"COPY (SELECT * FROM read_csv('{written}', all_varchar=true)) TO '{path}'")
    (found,) = asked(file_of(season.collect(), path.name))
    assert (found.rule, found.cell) == ("RR-PERSON-CONFLICT", None) and found.row is not None


@pytest.mark.parametrize(
    "written",
    ["NÔNG THỊ THỬ", "ThS. Nông Thị Thử", "PGS.TS Nông  Thị Thử", "Nong Thi Thu"],
)
def test_S03_another_way_of_writing_is_no_other_name(season: Season, written: str):
    season.put("a.xlsx", of("SNV", "Sở Nội vụ", full_name=written))
    season.put("recruitment_register_2025.csv", register())
    report = season.collect()
    assert not [found for one in report.files for found in asked(one)]


def test_S03_another_diacritic_is_another_name(season: Season):
    """Thu and Thứ are two names, as long as somebody writes marks at all."""
    season.put("a.xlsx", of("SNV", "Sở Nội vụ", full_name="Nông Thị Thu"))
    season.put("b.xlsx", of("STC", "Sở Tài chính", full_name="Nông Thị Thứ"))
    assert len([found for one in season.collect().files for found in asked(one)]) == 2


def test_S03_an_answer_opens_the_way_a_decision_does_so_for_all_and_may_be_undone(season: Season):
    season.put("a.xlsx", of("SNV", "Sở Nội vụ"))
    season.put("recruitment_register_2025.csv", register(birth_date="1990-05-07"))
    assert rules_of(file_of(season.collect(), "a.xlsx")) == {"B03-PERSON-CONFLICT"}
    files = [sightings.path_of(season.home, season.year)]
    told = season.sightings(files)
    decision = {"by": "SNV", "reason": "Giấy khai sinh ghi ngày 06", "identities": [told[0]["identity_key"]]}
    variants = sorted({one["variant"] for one in told})
    ledger.append(season.home.ledger, decisions.EVENT, verdict="same", variants=variants, **decision)
    assert not asked(file_of(season.collect(), "a.xlsx"))
    season.put("recruitment_register_2025.csv", register(birth_date="1990-05-08"))
    assert asked(file_of(season.collect(), "a.xlsx")), "a third birth date was not decided about"
    season.put("recruitment_register_2025.csv", register(birth_date="1990-05-07", position="Chuyên viên"))
    assert not asked(file_of(season.collect(), "a.xlsx"))
    ledger.append(season.home.ledger, decisions.EVENT, verdict="undone", **decision)
    assert asked(file_of(season.collect(), "a.xlsx"))


def test_S03_last_years_word_of_another_counts_and_ones_own_is_replaced(season: Season):
    season.put("a.xlsx", of("SNV", "Sở Nội vụ", full_name="Nông Thị Thơm"))
    season.put("recruitment_register_2025.csv", register(full_name="Nông Thị Thơm"))
    season.collect()
    later = season.next_year()
    later.put("a.xlsx", submission("talents", year=2026).with_values("talents", full_name=NAME, national_id=NUMBER))
    (found,) = asked(file_of(later.collect(), "a.xlsx"))
    assert "Sổ tuyển dụng năm 2025" in found.message and "biểu B03" not in found.message


def test_S03_sightings_are_closed_to_others(season: Season):
    season.put("a.xlsx", of("SNV", "Sở Nội vụ"))
    season.collect()
    path = sightings.path_of(season.home, season.year)
    assert path.stat().st_mode & 0o077 == 0 and path.parent.stat().st_mode & 0o077 == 0


def test_the_columns_of_a_sighting_are_those_of_the_file(season: Season):
    season.put("a.xlsx", of("SNV", "Sở Nội vụ"))
    season.collect()
    (row,) = season.sightings([sightings.path_of(season.home, season.year)])
    assert set(Sighting.__dataclass_fields__) <= set(row)
    assert (row["plain_name"], row["bare_name"]) == ("nông thị thử", "nong thi thu")


def test_S03_very_many_are_told_as_a_number(season: Season, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(conflicts, "NAMED_ROWS", 1)
    one, two = ({"national_id": f"00319000012{n}", "decision_number": f"{n}/QĐ"} for n in (3, 4))
    season.put("recruitment_register_2025.csv", csv_text(rows_of(REGISTER, one, two)))
    other = csv_text(
        rows_of(
            {**REGISTER, "full_name": "Hoàng Thị Khác"},
            {**one, "decision_number": "8/QĐ"},
            {**two, "decision_number": "9/QĐ"},
        )
    )
    season.put("recruitment_register_2025_b.csv", other)
    rest, named = asked(file_of(season.collect(), "recruitment_register_2025.csv"))
    assert (named.row, rest.row) == (2, None) and "còn 1 dòng khác" in rest.message.lower()
