"""Small tables of the worked examples: rows in, rows that must come out.

Lives here: parsing, defaults of invented rows, comparing figures. Does not live here: building a warehouse (conftest).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any


def table(text: str) -> list[dict[str, Any]]:
    """Rows of a small `a | b | c` table, as the dossier prints them; `–` and blank are NULL."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    header, *body = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [dict(zip(header, [None if c in ("", "–") else c for c in row], strict=True)) for row in body]


def agency(code: str, **more: Any) -> dict[str, Any]:
    """A body of the registry, a department that reports unless said otherwise."""
    usual = {"agency_code": code, "official_code": code, "name_vi": f"Cơ quan {code}", "short_name_vi": code,
             "name_en": code, "kind": "department", "level": "province", "parent_code": "" if code == "LS" else "LS",
             "in_scope": "yes", "is_reporting": "yes", "valid_from": "2010-01-01", "valid_to": "", "verified": "no",
             "sort_order": 1}  # fmt: skip
    return usual | {name: value if value is not None else "" for name, value in more.items()}


def obligations(forms: dict[str, list[tuple[str, str, str]]]) -> list[dict[str, Any]]:
    """Rows of obligations.csv from {form: [(agency, from, to)]}."""
    return [
        {"obligation_code": f"{form}-{code}", "form": form, "agency_code": code, "valid_from": since, "valid_to": until,
         "frequency": "yearly", "sort_order": 1}
        for form, owing in forms.items()
        for code, since, until in owing
    ]  # fmt: skip


def recruit(number: int, person: str, agency: str, effective_on: str, **more: Any) -> dict[str, Any]:
    """A row of the recruitment register; decided on the day it takes effect unless said otherwise."""
    return {
        "decision_number": f"{number}/QD",
        "decided_on": more.get("decided_on") or effective_on,
        "effective_on": effective_on,
        "identity_key": person,
        "agency_code": agency,
        "deciding_agency_code": "UBND",
        "staff_kind": more.get("staff_kind", "vien_chuc"),
        "recruitment_form": more.get("form", "XT"),
        "first_time_in_public_service": more.get("first_time", "yes") == "yes",
        "status": more.get("status", "hieu_luc"),
    }


def talent(person: str, agency: str, started_on: str, decided_on: str | None, **more: Any) -> dict[str, Any]:
    """A row of B03: attracted by a decision of `decided_on` unless the route says recognised in service."""
    route = more.get("route", "thu_hut")
    recognised = decided_on if route == "trong_dung" else more.get("recognised_on")
    return {
        "identity_key": person,
        "agency_code": agency,
        "level": "duoc_cong_nhan" if decided_on else "ung_vien",
        "talent_group": "N1",
        "sector": more.get("sector", "LV02"),
        "staff_kind": "vien_chuc",
        "entry_route": route,
        "legal_basis": more.get("legal_basis", "NQ15_LS"),
        "attraction_decided_on": decided_on if route == "thu_hut" else None,
        "recognised_on": recognised,
        "withdrawn_on": more.get("withdrawn_on"),
        "started_on": started_on,
        "sex": "nu",
    }


@dataclass(frozen=True)
class Figures:
    """Rows of `fct_indicator_values` of one indicator in one structure."""

    rows: list[dict[str, Any]]

    def has(self, **wanted: Any) -> bool:
        """Whether a row with these values exists."""
        return any(all(row[k] == v for k, v in wanted.items()) for row in self.rows)

    def row(self, **wanted: Any) -> dict[str, Any]:
        """The one row with these values."""
        found = [row for row in self.rows if all(row[k] == v for k, v in wanted.items())]
        assert len(found) == 1, f"{wanted}: {len(found)} rows"
        return found[0]

    def must_hold(self, expected: str) -> None:
        """Compare with a table whose key columns name one row and whose other columns must be equal."""
        keys = {"reading", "period_code", "reporting_year", "agency_code"}
        names = {"n": "numerator", "N": "denominator"}
        for line in table(expected):
            wanted = {k: int(v) if k == "reporting_year" else v for k, v in line.items() if k in keys}
            row = self.row(**wanted)
            found = {k: row[names.get(k, k)] for k in line if k not in keys}
            assert found == {k: _like(v, found[k]) for k, v in line.items() if k not in keys}, wanted


def figures(season: Any, indicator: str, structure_on: str = "as_reported") -> Figures:
    """The figures of an indicator as the warehouse says them."""
    columns = ("reading", "period_code", "reporting_year", "agency_code", "numerator", "denominator", "value",
               "lower_bound", "upper_bound", "verdict", "verdict_at_lower", "verdict_at_upper", "shortfall",
               "observation_status", "agencies_owed", "agencies_missing", "is_headline", "as_of")  # fmt: skip
    found = season.query(
        f"select {', '.join(columns)} from marts.fct_indicator_values "
        f"where indicator_code = '{indicator}' and structure_on = '{structure_on}'"
    )
    return Figures([dict(zip(columns, row, strict=True)) for row in found])


def _like(text: str | None, found: Any) -> Any:
    if text is None or isinstance(found, str):
        return text
    return Decimal(text) if isinstance(found, Decimal) else int(text)
