"""What an indicator file says: Indicator, Reading, SeriesBreak as frozen values that count nothing.

Lives here: the shape of `ctNN.yml` and what must hold inside one file. Does not live here: reading the files
(`load.py`), targets and parameters (reference lists), SQL, the printed tables.
"""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from expectations.contracts.model import Label


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reading(_Frozen):
    """One way of understanding the indicator; differs from the headline in one parameter.

    `wording` is the half sentence printed after "Cách hiểu:"; `reason` says why the reading exists;
    `period` is a code of periods.csv; `parameter` names the parameter of parameters.csv that
    it rests on (headline) or varies (others); "" where only the closing day differs.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    wording: Label
    reason: Label
    is_headline: bool = False
    period: str = "KY_LICH"
    parameter: str = ""


class SeriesBreak(_Frozen):
    """A day from which figures cannot be compared with earlier ones, and why. `level`: province, agency or both."""

    since: date
    reason: Label
    level: Literal["province", "agency", "both"]


class Disaggregation(_Frozen):
    """A breakdown; `sums` is false where one person can stand in several categories (no total row)."""

    code: str
    label: Label
    sums: bool = True


class Indicator(_Frozen):
    """An indicator of the plan. `counted_unit` is what n and N are counts of; `unit` is that of the value."""

    code: str = Field(pattern=r"^CT\d{2}$")
    sort_order: int
    version: int = Field(ge=1)
    valid_from: date
    name: Label
    plan_section: str
    plan_wording: str
    target_text: Label
    definition: Label
    numerator: Label
    denominator: Label
    denominator_name: Label
    unit: Label
    counted_unit: Label
    direction: Literal["higher", "lower"]
    decimals: int = Field(ge=0, le=4)
    grain: Literal["agency", "province"]
    roster: Literal["roster_2024_03_31", "reporting_agencies", "owing_agencies", "province_only"]
    roster_text: Label
    target_level: Literal["province", "agency", "both"]
    first_due_year: int | None = None
    not_due_reason: Label | None = None
    series_breaks: tuple[SeriesBreak, ...] = ()
    disaggregations: tuple[Disaggregation, ...] = ()
    readings: tuple[Reading, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _holds_together(self) -> "Indicator":
        codes = [reading.code for reading in self.readings]
        if len(set(codes)) != len(codes):
            raise ValueError(f"{self.code}: a reading code stands twice")
        if [reading.is_headline for reading in self.readings] != [True] + [False] * (len(codes) - 1):
            raise ValueError(f"{self.code}: exactly the first reading is the headline")
        return self

    @property
    def headline(self) -> Reading:
        """The reading printed first."""
        return self.readings[0]

    def reading(self, code: str) -> Reading:
        """Return the reading `code`.

        Raises:
            KeyError: the indicator has no such reading.
        """
        for reading in self.readings:
            if reading.code == code:
                return reading
        raise KeyError(f"{self.code} has no reading {code!r}")
