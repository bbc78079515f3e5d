"""Whose file it is and for which year: the cover's code and name against the dated registry.

Lives here: the blockers TEP-SAI_NAM, TEP-SAI_CO_QUAN and their kin. Does not live here: the registry
(expectations/reference), reading the cover (cover.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from expectations.contracts.model import Contract
from expectations.findings import Finding
from expectations.reference.agencies import AgencyMatch, AgencyProblem, Registry
from expectations.rules.masking import mask
from expectations.rules.messages import message
from ingestion.agency_words import NOTHING_NEAR, reason_of
from ingestion.workbook.cover import CoverReading
from ingestion.workbook.reference import ReadingReference
from ingestion.workbook.said import Speaker


@dataclass(frozen=True)
class Sender:
    """The body that sends (None when it cannot be said) and the reporting year that the cover states."""

    agency_code: str | None
    year: int | None
    findings: tuple[Finding, ...]


def sender_of(
    cover: CoverReading,
    contract: Contract,
    edition: str | None,
    reference: ReadingReference,
    speaker: Speaker,
    received_on: date | None,
) -> Sender:
    """Who sent the file. `speaker.year` is the year that is being collected."""
    year = cover.row.get("reporting_year")
    findings = _year_findings(cover, contract, year, edition, reference, speaker)
    asked = speaker.year if speaker.year in reference.years else None
    if asked is None:
        return Sender(None, year, tuple(findings))
    on = reference.judged_on(asked, received_on)
    found = reference.registry.resolve(cover.row.get("agency_code__raw"), on)
    if isinstance(found, AgencyProblem):
        findings.append(_unknown(found, cover, contract, reference.registry, speaker))
        return Sender(None, year, tuple(findings))
    wrong = _doubt(found, cover, contract, reference.registry, speaker, on)
    findings += wrong
    is_blocked = any(finding.severity == "blocker" for finding in wrong)
    return Sender(None if is_blocked else found.agency_code, year, tuple(findings))


def _year_findings(
    cover: CoverReading,
    contract: Contract,
    year: int | None,
    edition: str | None,
    reference: ReadingReference,
    speaker: Speaker,
) -> list[Finding]:
    place = cover.place(contract, "reporting_year")
    raw = cover.row.get("reporting_year__raw")
    if year is None or (speaker.year is None or speaker.year not in reference.years):
        return [speaker.finding("TEP-KHONG_RO_NAM", place, value=raw, nam=max(reference.years))]
    if year != speaker.year:
        return [speaker.finding("TEP-SAI_NAM", place, value=raw, nam_tep=year)]
    edition_year = (edition or "").partition(".")[0]
    if edition_year.isdigit() and int(edition_year) != speaker.year:
        return [speaker.finding("TEP-SAI_NAM", place, value=edition, nam_tep=edition_year)]
    return []


def _unknown(
    problem: AgencyProblem, cover: CoverReading, contract: Contract, registry: Registry, speaker: Speaker
) -> Finding:
    place = cover.place(contract, "agency_code")
    shown = mask(problem.written) or ""
    if problem.kind == "not_valid_on_day" and problem.ended_on:
        old = next(registry.bodies[code] for code in problem.candidates if registry.bodies[code]["valid_to"])
        new = ", ".join(registry.bodies[code]["name_vi"] for code in problem.successors) or "cơ quan kế thừa"
        day = date.fromisoformat(problem.ended_on)
        facts: dict[str, Any] = {"ten_cu": old["name_vi"], "ngay": f"{day:%d/%m/%Y}", "ten_moi": new}
        return speaker.finding("TEP-CO_QUAN_HET", place, value=shown, **facts)
    key, told = reason_of(problem, registry, cover.row.get("agency_name__raw"))
    rule = {
        "agency_not_yet": "TEP-CO_QUAN_CHUA_CO",
        "agency_homonym": "TEP-CO_QUAN_TRUNG_TEN",
        "agency_contradicted": "TEP-CO_QUAN_SAI_HUYEN",
    }.get(key, "TEP-KHONG_RO_CO_QUAN")
    near = f" (gần nhất: {told['gan']})" if told.get("gan", NOTHING_NEAR) != NOTHING_NEAR else ""
    at = place.cell or f'"{contract.field("agency_code").label.vi}"'  # a cover that is no cover has no such line
    return speaker.finding(rule, place, value=shown or None, count=near, **{**told, "ma": shown, "o": at})


def _doubt(
    found: AgencyMatch, cover: CoverReading, contract: Contract, registry: Registry, speaker: Speaker, on: date
) -> list[Finding]:
    place = cover.place(contract, "agency_code")
    body = registry.bodies[found.agency_code]
    shown = cover.row.get("agency_code__raw") or ""
    if body["is_reporting"] != "yes":
        return [speaker.finding("TEP-KHONG_BAO_CAO", place, value=shown, ten_khac=body["name_vi"])]
    findings = []
    if found.repair:
        findings.append(speaker.about("CODE-ZERO", place, value=shown))
    name = cover.row.get("agency_name__raw")
    named = registry.resolve(name, on) if name else None
    facts: dict[str, Any] = {"ma": found.agency_code, "ten_khac": body["name_vi"]}
    if isinstance(named, AgencyMatch) and named.agency_code != found.agency_code:
        findings.append(speaker.finding("TEP-SAI_CO_QUAN", place, value=shown, **facts))
    elif isinstance(named, AgencyProblem) and not _code_settles(named, found):
        key, told = reason_of(named, registry)
        why = message(key, **told).message
        at = cover.place(contract, "agency_name")
        findings.append(speaker.about("NAME-CODE", at, value=mask(name), count=f". {why}", **facts))
    return findings


def _code_settles(named: AgencyProblem, found: AgencyMatch) -> bool:
    """A name that several bodies have on the day, and the code of one of them: no contradiction."""
    return named.kind == "ambiguous" and found.agency_code in named.candidates
