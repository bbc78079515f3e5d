"""Why a written code or name is no single body on a day, in an officer's words: when it was, who follows, what is near.

Lives here: the facts that the sentences `agency_…` of expectations/rules/texts/reasons.yml are filled with.
Does not live here: the answer itself (expectations/reference/agencies.py) or where the finding stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from expectations.reference.agencies import AgencyProblem, Registry
from expectations.reference.near_names import NearName, nearest

NOTHING_NEAR = "không có"
BEGINNING = "2010-01-01"
"""`valid_from` of bodies that are older than the lists (expectations/reference/README.md)."""


def reason_of(problem: AgencyProblem, registry: Registry, name: str | None = None) -> tuple[str, dict[str, Any]]:
    """The key of the sentence and its facts. `name`: a name written beside a code, which says more than the code."""
    facts: dict[str, Any] = {"vao_ngay": f" vào ngày {problem.on:%d/%m/%Y}" if problem.on else ""}
    if problem.kind in ("ambiguous", "contradicted"):
        key = "agency_homonym" if problem.kind == "ambiguous" else "agency_contradicted"
        return key, facts | {"k": str(len(problem.candidates)), "ds": listed(problem.candidates, registry)}
    if problem.ended_on:
        olds = [code for code in problem.candidates if registry.bodies[code]["valid_to"] == problem.ended_on]
        new = listed(problem.successors, registry) or "chưa có văn bản xác định"
        return "agency_ended", facts | {
            "ten_cu": listed(olds, registry), "ngay": _day(problem.ended_on), "ten_moi": new,
        }  # fmt: skip
    if problem.begins_on:
        news = [code for code in problem.candidates if registry.bodies[code]["valid_from"] == problem.begins_on]
        old = listed(problem.predecessors, registry) or "cơ quan khác"
        return "agency_not_yet", facts | {
            "ten_cu": old, "ngay": _day(problem.begins_on), "ten_moi": listed(news, registry),
        }  # fmt: skip
    if problem.kind == "not_valid_on_day":
        return "agency_other_days", facts | {"ten_cu": listed(problem.candidates, registry)}
    return "agency_unknown", facts | {"gan": proposed(near(problem, registry, name)) or NOTHING_NEAR}


def near(problem: AgencyProblem, registry: Registry, name: str | None = None) -> tuple[NearName, ...]:
    """What looks most like the name, else like what was written for a code."""
    return (nearest(registry, name, problem.on) if name else ()) or nearest(registry, problem.written, problem.on)


def proposed(proposals: Iterable[NearName]) -> str:
    """`SNV – Sở Nội vụ (từ 01/03/2025)`, … : code, name and the days on which it is one."""
    return "; ".join(f"{one.official_code} – {one.name_vi}{_span(one.valid_from, one.valid_to)}" for one in proposals)


def listed(codes: Iterable[str], registry: Registry) -> str:
    """Bodies by code and name; of a commune that lay in a district, the district too."""
    return "; ".join(_one(code, registry) for code in codes)


def _one(code: str, registry: Registry) -> str:
    body = registry.bodies[code]
    above = registry.bodies.get(body["parent_code"], {})
    district = above.get("short_name_vi", "").removeprefix("UBND ") if above.get("kind") == "district" else ""
    return f"{body['official_code']} – {body['name_vi']}{f' ({district})' if district else ''}"


def _span(valid_from: str, valid_to: str) -> str:
    parts = [f"từ {_day(valid_from)}"] if valid_from > BEGINNING else []
    parts += [f"trước {_day(valid_to)}"] if valid_to else []
    return f" ({', '.join(parts)})" if parts else ""


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"
