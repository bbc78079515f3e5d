"""S04: old number and new number of one person are proposed, with what speaks for it; nobody is joined by it."""

import pytest

from expectations import ledger
from ingestion.persons import candidates, decisions, sightings
from ingestion.persons.cases import all_cases
from tests.builders import submission
from tests.inboxes import REGISTER, Season, csv_text, file_of, rows_of, rules_of

CCCD, CMND, NAME, BORN = "003190000123", "000123456", "Nông Thị Thử", "1990-05-06"


NEW = {"national_id": CCCD}
OLD = {"national_id": CMND, "identity_kind": "cmnd"}

SPEAKS_FOR = [
    ({}, "strong", "equal", "equal"),
    ({"full_name": "NONG THI THU"}, "strong", "equal", "equal"),
    ({"national_id": "misprint", "identity_kind": ""}, "strong", "equal", "equal"),  # a misprint of the other
    ({"national_id": "second", "identity_kind": ""}, "likely", "equal", "equal"),  # the state gives nobody two
    ({"full_name": "Nông Thị Thứ"}, "likely", "near", "equal"),
    ({"full_name": "Nông Thi Thử"}, "likely", "near", "equal"),
    ({"birth_date": "YEAR-06-05"}, "likely", "equal", "swapped"),
    ({"birth_date": "YEAR-05-07"}, "likely", "equal", "near"),
]
SPEAKS_AGAINST = [
    {"sex": "nam"},
    {"birth_date": "YEAR-05-07", "agency_code": "STC"},
    {"birth_date": "1930-04-06"},
    {"full_name": "Nông Văn Khác"},
]


def register(*rows: dict[str, str]) -> str:
    same = {"full_name": NAME, "birth_date": BORN, "identity_kind": ""}
    numbered = [{"decision_number": f"{n}/QĐ-SNV", **row} for n, row in enumerate(rows, 1)]
    return csv_text(rows_of({**REGISTER, **same}, *numbered))


def test_S04_what_speaks_for_one_person_and_what_against_it(season: Season):
    """One couple a year of birth, so that only the two of a couple meet."""
    rows, known = [], {}
    for year, (other, *said) in enumerate([*SPEAKS_FOR, *([each] for each in SPEAKS_AGAINST)], 1960):
        card = f"0031900{year}3"[:12]
        numbers = {"misprint": card[:-2] + card[-1] + card[-2], "second": "097291" + card[6:]}
        for number, values in ((card, NEW), (f"00000{year}", {**OLD, **other})):
            given = numbers.get(values["national_id"], number)
            day = values.get("birth_date", BORN).replace("YEAR", str(year)).replace(BORN[:4], str(year))
            rows.append({**values, "national_id": given, "birth_date": day})
        known[year] = tuple(said)
    season.put("recruitment_register_2025.csv", register(*rows))
    season.collect()
    born = {row["person_id"]: row["birth_date"].year for row in season.sightings(sightings.paths(season.home))}
    found = {born[pair.one]: (pair.strength, pair.name, pair.birth) for pair in candidates.propose(season.home).pairs}
    assert found == {year: said for year, said in known.items() if said}
    assert len({row["identity_key"] for row in season.rows("recruitment_register")}) == len(rows), "nobody was joined"


def test_S04_a_name_alone_speaks_only_within_one_agency_and_without_a_birth_date(season: Season):
    """B05 has no birth date: the same name in the same agency is a possibility, in another agency nothing."""
    made = submission("talents", "trainings").with_values("talents", national_id=CCCD)
    season.put("a.xlsx", made.with_values("trainings", national_id=CMND, identity_kind="cmnd"))
    other = submission("trainings").cover(agency_code="STC", agency_name="Sở Tài chính")
    season.put("b.xlsx", other.with_values("trainings", national_id="000654321", identity_kind="cmnd"))
    season.collect()
    (pair,) = candidates.propose(season.home).pairs
    assert (pair.strength, pair.birth, pair.same_agency) == ("possible", "unknown", True)


def test_S04_a_row_without_a_number_is_shown_beside_who_it_may_be(season: Season):
    season.put(
        "a.xlsx", submission("talents").with_values("talents", national_id=CCCD).row("talents", national_id=None)
    )
    season.collect()
    (case,) = all_cases(season.home).cases
    assert (case.kind, case.strength) == ("row", "strong")
    known, unknown = case.sides
    assert (known.number, unknown.number) == ("…123", None)
    assert [place["row"] for place in unknown.places] == [7]
    assert len(season.rows("talents")) == 1, "its row stays out until the number is there"


def test_S04_over_years_and_what_is_shown_names_nobody(season: Season):
    season.put("recruitment_register_2025.csv", register(OLD))
    season.collect()
    later = season.next_year()
    later.put("a.xlsx", submission("talents", year=2026).with_values("talents", national_id=CCCD))
    later.collect()
    (case,) = all_cases(season.home).cases
    assert {(side.identity_kind, side.number, side.places[0]["year"]) for side in case.sides} == {
        ("cmnd", "…456", 2025),
        ("cccd", "…123", 2026),
    }
    said = str(case.to_json())
    assert NAME not in said and CCCD not in said and CMND not in said and BORN not in said


def test_a_crowd_of_namesakes_is_told_and_not_compared(season: Season, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(candidates, "CROWD", 3)
    many = [{**OLD, "national_id": f"00000{n:04d}", "birth_date": f"1990-0{n}-1{n}"} for n in range(1, 6)]
    season.put("recruitment_register_2025.csv", register(*many))
    season.collect()
    found = candidates.propose(season.home)
    assert (found.crowded, found.pairs) == (1, ())


def test_S04_who_has_a_new_number_has_not_disappeared_once_that_is_decided(season: Season):
    old = {"national_id": CMND, "identity_kind": "cmnd"}
    season.put("a.xlsx", submission("talents").with_values("talents", **old))
    season.collect()
    later = season.next_year()
    later.put("a.xlsx", submission("talents", year=2026).with_values("talents", national_id=CCCD))
    assert "B03-DISAPPEARED" in rules_of(file_of(later.collect(), "a.xlsx"))
    (pair,) = candidates.propose(season.home).pairs
    said = {"identities": [pair.one, pair.other], "by": "SNV", "reason": "thẻ mới"}
    ledger.append(season.home.ledger, decisions.EVENT, verdict="same", **said)
    assert "B03-DISAPPEARED" not in rules_of(file_of(later.collect(), "a.xlsx"))
    ledger.append(season.home.ledger, decisions.EVENT, verdict="undone", **said)
    assert "B03-DISAPPEARED" in rules_of(file_of(later.collect(), "a.xlsx"))
