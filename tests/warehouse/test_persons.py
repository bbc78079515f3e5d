"""A decision that two numbers are one person, in the marts (S04): counted once, and twice again when it is undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from expectations.reference import load
from ingestion.persons import decisions
from reporting.recount import recount

CMND, CCCD, OTHER = "b" * 64, "a" * 64, "c" * 64
SAID = [("same", "2025-12-10T08:00:00+07:00"), ("undone", "2025-12-20T08:00:00+07:00")]
LINES = [
    {"seq": n, "at": at, "event": decisions.EVENT, "identities": [CCCD, CMND], "verdict": verdict}
    for n, (verdict, at) in enumerate(SAID, 1)
]
FIGURES = {"CT02": "annual_persons", "CT05": "stock_recognised"}


def fill(season: Any) -> None:
    """The register knows the old number, B03 and B05 the new one; another recruit and talent is somebody else."""
    same = {"agency_code": "SNV", "deciding_agency_code": "SNV", "staff_kind": "cong_chuc", "recruitment_form": "TT"}
    same |= {"status": "hieu_luc", "decided_on": "2025-03-10", "effective_on": "2025-03-17"}
    starts = [
        {"identity_key": CMND, "decision_number": "1/QĐ"},
        {"identity_key": CCCD, "decision_number": "1b/QĐ"},
        {"identity_key": OTHER, "decision_number": "2/QĐ"},
    ]
    season.add("recruitment_register", 2025, starts, **same)
    talent = {"agency_code": "SNV", "level": "duoc_cong_nhan", "talent_group": "N1", "sector": "LV04"}
    talent |= {"entry_route": "thu_hut", "legal_basis": "NQ15_LS", "recognised_on": "2025-04-01"}
    talent |= {"started_on": "2025-03-17", "staff_kind": "cong_chuc", "attraction_decided_on": None}
    season.add("talents", 2025, [{"identity_key": key} for key in (CMND, CCCD, OTHER)], **talent)
    course = {"agency_code": "SNV", "course_name": "AI", "training_kind": "boi_duong", "training_field": "CNTT"}
    course |= {"started_on": "2025-05-05", "completed_on": "2025-05-09", "result": "hoan_thanh"}
    season.add("trainings", 2025, [{"identity_key": CMND}, {"identity_key": CCCD}], **course)


def known(season: Any, at: str) -> dict[str, tuple[int, int]]:
    """Numerator and denominator of the province's headline figures; warehouse and recount agree on them."""
    moment = datetime.fromisoformat(at)
    season.links[:] = decisions.links(
        [decisions._decision({"by": "-", "reason": "-", **line}) for line in LINES], moment
    )
    season.build_or_fail(2025, at)
    headline = "reporting_year = 2025 and agency_code = 'LS' and structure_on = 'as_reported' and is_headline"
    rows = season.query(
        f"select indicator_code, numerator, denominator from marts.fct_indicator_values where {headline}"
    )
    built = {code: (n, of) for code, n, of in rows if code in ("CT02", "CT05")}
    load.materialise(season.next / "reference", season.home / "reference")  # dbt writes over its seeds
    parameters = {"reporting_year": 2025, "known_at": moment, "person_decisions": LINES}
    again = {
        row["indicator_code"]: (row["numerator"], row["denominator"])
        for row in recount(season.accepted, season.next / "reference", parameters)
        if (row["reporting_year"], row["agency_code"], row["structure_on"]) == (2025, "LS", "as_reported")
    }
    assert {code: again[code] for code in built} == built
    return built


@pytest.mark.parametrize(
    ("at", "people", "trained"),
    [("2025-12-15T08:00:00+07:00", 2, 1), ("2025-12-31T08:00:00+07:00", 3, 2)],
    ids=["joined", "undone"],
)
def test_S04_joined_they_count_once_and_undone_as_before(season: Any, at: str, people: int, trained: int) -> None:
    fill(season)
    assert known(season, at) == {"CT02": (people, people), "CT05": (trained, people)}
    assert season.query("select count(distinct person_key), count(*) from marts.fct_trainings") == [(trained, trained)]
    assert season.query("select count(*) from intermediate.int_people__links") == [(3 - people,)]
