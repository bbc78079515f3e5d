"""What the recount may look at: accepted rows as known at an instant, and the reference lists.

Lives here: reading parquet and CSV, the as-known filter, parameters by year, periods, persons, bodies by (code, day).
Does not live here: any count.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from expectations.reference.agencies import AgencyMatch, Registry
from expectations.reference.load import Row, valid_on
from reporting.recount.joined import joined

if TYPE_CHECKING:
    import pandas as pd

CALENDAR = ZoneInfo("Asia/Ho_Chi_Minh")
PERIOD = "KY_LICH"


@dataclass
class Evidence:
    """Everything that was known at `known_at`, read once."""

    accepted_root: Path
    lists: dict[str, list[Row]]
    reporting_year: int
    known_at: datetime
    province_steps: list[Mapping[str, Any]]
    person_decisions: list[Mapping[str, Any]]
    _bodies: dict[tuple[str, date], str] = field(default_factory=dict)
    _frames: dict[tuple[str, bool], "pd.DataFrame"] = field(default_factory=dict)

    @classmethod
    def read(cls, accepted_root: Path, reference_dir: Path, parameters: Mapping[str, Any]) -> "Evidence":
        """Return the evidence; parquet is read when first asked for."""
        if not accepted_root.is_dir():
            raise FileNotFoundError(f"no accepted datasets at {accepted_root}")
        return cls(
            accepted_root=accepted_root,
            lists={name: _csv(reference_dir / f"{name}.csv") for name in _LISTS},
            reporting_year=int(parameters["reporting_year"]),
            known_at=_instant(parameters["known_at"]),
            province_steps=list(parameters.get("province_steps") or []),
            person_decisions=list(parameters.get("person_decisions") or []),
        )

    @property
    def known_on(self) -> date:
        """The day of `known_at` in the province."""
        return self.known_at.astimezone(CALENDAR).date()

    @property
    def years(self) -> list[int]:
        """The years of the calendar up to the reporting year."""
        found = sorted(int(row["reporting_year"]) for row in self.lists["reporting_calendar"])
        return [year for year in found if year <= self.reporting_year]

    @cached_property
    def registry(self) -> Registry:
        """The agencies with their names and successions."""
        return Registry(self.lists["agencies"], self.lists["agency_aliases"], self.lists["agency_successions"])

    def calendar_day(self, year: int, column: str) -> date:
        """Return a day of the reporting calendar."""
        row = next(row for row in self.lists["reporting_calendar"] if row["reporting_year"] == str(year))
        return date.fromisoformat(row[column])

    def period(self, year: int, code: str = PERIOD) -> tuple[date, date]:
        """Return first and last day of a period, the last cut at the day on which things are known."""
        row = next(r for r in self.lists["periods"] if (r["period_code"], r["reporting_year"]) == (code, str(year)))
        return date.fromisoformat(row["period_from"]), min(date.fromisoformat(row["period_to"]), self.known_on)

    def parameter(self, name: str, year: int) -> str:
        """Return the value in force on the last day of `year`; "" when unset."""
        rows = [r for r in self.lists["parameters"] if r["parameter"] == name and r["valid_from"] <= f"{year}-12-31"]
        return max(rows, key=lambda row: row["valid_from"])["value"] if rows else ""

    def parameter_set(self, name: str, year: int) -> set[str]:
        """Return a multi-valued parameter."""
        return set(filter(None, self.parameter(name, year).split(";")))

    def rows(self, dataset: str, current: bool = True) -> "pd.DataFrame":
        """Return all years' rows of a dataset as known, with `reporting_year` and `person` where there are identities.

        `current` drops versions that a later submission had replaced by `known_at`.
        """
        if (dataset, current) not in self._frames:
            self._frames[dataset, current] = self._known(_parquet(self.accepted_root / dataset), current)
        return self._frames[dataset, current]

    def _known(self, frame: "pd.DataFrame", current: bool) -> "pd.DataFrame":
        known = frame["received_at"] <= self.known_at
        if current:
            known &= ~(frame["counts_from"] > self.known_at)
            known &= frame["superseded_at"].isna() | (frame["superseded_at"] > self.known_at)
        frame = frame[known].reset_index(drop=True)
        if "identity_key" in frame.columns:
            frame["person"] = frame["identity_key"].map(lambda key: self._persons.get(key, key))
        return frame

    @cached_property
    def _persons(self) -> dict[str, str]:
        return joined(self.person_decisions, self.known_at)

    def body(self, written: str | None, on: date | None) -> str:
        """Return the agency_code that a written code or name means on a day, "" when it cannot be said."""
        if not written or on is None:
            return ""
        if (written, on) not in self._bodies:
            found = self.registry.resolve(written, on)
            self._bodies[written, on] = found.agency_code if isinstance(found, AgencyMatch) else ""
        return self._bodies[written, on]

    def in_scope(self, body: str, on: date, year: int) -> bool:
        """Tell whether a body is "thuộc UBND tỉnh" on a day, under the parameter of `year`."""
        row = self.registry.bodies.get(body)
        kinds = self.parameter_set("scope_kinds", year)
        return row is not None and row["in_scope"] == "yes" and row["kind"] in kinds and valid_on(row, on)

    def basis_holds(self, basis: str | None, on: date) -> bool:
        """Tell whether a legal basis was in force on the day of a decision and counts as one."""
        row = next((row for row in self.lists["legal_bases"] if row["code"] == basis), None)
        return row is not None and row["counts_as_basis"] == "yes" and valid_on(row, on)


_LISTS = (
    "agencies",
    "agency_aliases",
    "agency_successions",
    "code_lists",
    "legal_bases",
    "obligations",
    "parameters",
    "periods",
    "reporting_calendar",
    "task_owners",
    "training_fields",
)


def _csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _parquet(folder: Path) -> "pd.DataFrame":
    import pandas as pd
    import pyarrow.parquet as pq

    parts: dict[int, list[pd.DataFrame]] = defaultdict(list)
    for path in sorted(folder.glob("reporting_year=*/*.parquet")):
        parts[int(path.parent.name.partition("=")[2])].append(pq.ParquetFile(path).read().to_pandas())
    frames = [part.assign(reporting_year=year) for year, some in parts.items() for part in some]
    if not frames:
        raise FileNotFoundError(f"no parquet under {folder}")
    filled = [frame for frame in frames if len(frame)] or frames[:1]
    whole = pd.concat(filled, ignore_index=True)
    for column in ("received_at", "superseded_at", "counts_from"):
        if column in whole.columns:
            whole[column] = pd.to_datetime(whole[column], utc=True)
    return whole


def records(frame: "pd.DataFrame") -> list[dict[str, Any]]:
    """Return the rows of a frame as dicts by column name."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def day_of(instant: datetime) -> date:
    """Return the day of an instant in the province's calendar."""
    return instant.astimezone(CALENDAR).date()


def day(value: Any) -> date | None:
    """Return a date cell as a date, None when empty."""
    if value is None or value != value:
        return None
    return value.date() if isinstance(value, datetime) else value


def text(value: Any) -> str:
    """Return a text cell, "" when empty."""
    return value if isinstance(value, str) else ""


def _instant(value: Any) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if moment.tzinfo is None:
        raise ValueError(f"{value!r} has no offset from UTC")
    return moment
