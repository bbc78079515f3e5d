"""Days on the cover beside the day of arrival."""

from datetime import date

import pytest

from tests.inboxes import Season, agency


@pytest.mark.parametrize(("closed", "asked"), [(date(2025, 11, 25), []), (date(2025, 11, 26), ["COVER-FIGURES-LATE"])])
def test_figures_close_on_the_day_of_arrival_at_the_latest(season: Season, closed: date, asked: list[str]):
    """definitions.md § 2: figures_as_of must be no later than the arrival, which is NOW, 25/11/2025."""
    season.put("SNV.xlsx", agency("SNV", "Sở Nội vụ", 1).cover(figures_as_of=closed, document_date=date(2025, 11, 30)))
    (one,) = season.collect().files
    assert [found.rule for found in one.findings] == asked
    if asked:
        assert one.findings[0].cell and "25/11/2025" in one.findings[0].message
        assert one.outcome == "accepted_with_queries"
