"""R20, M2: every number of annex IX leads to file, sheet and row, and the cells there add up to what is printed."""

import io
from functools import cache

import openpyxl
import pytest

from expectations.errors import UsageError
from expectations.home import Home
from reporting.publication.marts import open_marts
from reporting.trace import trace
from tests.year_end.played import YEAR

TABLES = {
    "nominations": ("nomination_source", "proposed accepted refused pending"),
    "commendations": ("commendation_kind", "collectives persons"),
    "violations": ("behaviour_code", "received handled"),
    "communications": ("channel", "news_items columns_count model_cases"),
    "talent_networks": ("criterion || '/' || category_code", "people contacted"),
}
FORMS = {"B08", "B09", "B09b", "B10", "B11", "B15"}

pytestmark = pytest.mark.season


def printed(home: Home) -> dict[str, int | None]:
    """Every number of the five tables by its name, read from the report models."""
    found: dict[str, int | None] = {}
    with open_marts(home.edition(YEAR, 1) / "internal" / "marts.duckdb") as connection:
        for table, (key, columns) in TABLES.items():
            names = columns.split()
            rows = connection.execute(f"select {key}, {', '.join(names)} from reports.rpt_annual__{table}").fetchall()
            for code, *numbers in rows:
                found |= {f"{table}/{code}/{name}": number for name, number in zip(names, numbers, strict=True)}
    return found


def test_every_number_is_the_sum_of_the_cells_it_leads_to(first_edition: Home):
    @cache
    def rows_of(sha256: str, sheet: str) -> list[tuple[object, ...]]:
        content = (first_edition.landing / sha256).read_bytes()
        return list(openpyxl.load_workbook(io.BytesIO(content), data_only=True)[sheet].values)

    numbers, forms = printed(first_edition), set()
    for name, number in numbers.items():
        found = trace(first_edition, YEAR, 1, name)
        assert (found.figure, found.numerator) == (name, number)
        assert sum(one["number"] for one in found.sources) == (number or 0), name
        for one in found.sources:
            forms.add(one["sheet"].partition(" ")[0])
            row = rows_of(one["sha256"], one["sheet"])[int(one["cell"][1:]) - 1]
            assert str(one["number"]) in map(str, row), (name, one)
    assert len(numbers) > 60 and sum(bool(number) for number in numbers.values()) > 20
    assert FORMS - {"B09b"} <= forms <= FORMS  # one agency in eight has a violation to tell of: it may be nobody


def test_a_table_may_be_called_by_its_place_and_its_total_is_the_sum_of_its_rows(first_edition: Home):
    numbers = printed(first_edition)
    rows = sum(
        number or 0 for name, number in numbers.items() if name.startswith("nominations/") and "/proposed" in name
    )
    found = trace(first_edition, YEAR, 1, "IX.a/ALL/proposed")
    assert (found.figure, found.value, found.denominator) == ("nominations/ALL/proposed", str(rows), None)
    assert sum(one["number"] for one in found.sources) == rows
    assert found.in_words() == f"nominations/ALL/proposed = {rows}"


@pytest.mark.parametrize(
    "name", ["IX.a/ALL/nobody", "IX.a/nowhere/proposed", "IX.đ/overseas_country/proposed", "IX.b/"]
)
def test_a_number_that_is_not_printed_is_named_with_those_that_are(first_edition: Home, name: str):
    with pytest.raises(UsageError, match="annex IX has no number"):
        trace(first_edition, YEAR, 1, name)
