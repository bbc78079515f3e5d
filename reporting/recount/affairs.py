"""What annex IX and the sentences of forms B08 to B15 and KT print, counted a second time from accepted rows.

Lives here: sums over the rows as known; what is told again counts once (DECISIONS 43). Does not live here: SQL, totals
(they are sums of what is compared), who owed a form.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from reporting.recount.evidence import Evidence, day, records, text

Cell = tuple[str, str, str]
"""Report model, row, column."""
_DASHES = re.compile("[‐‑‒–—−]")


def recount_printed(accepted_root: Path, reference_dir: Path, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return one row per printed number of the reporting year.

    Args:
        accepted_root: folder of `<dataset>/reporting_year=<Y>/*.parquet`.
        reference_dir: folder of the merged reference lists (CSV).
        parameters: as `recount` takes them.

    Returns:
        Rows {table, row, column, count}, sorted; `table` is a report model without its prefix, `count` an int or a
        Decimal. A row that is absent counts 0.

    Raises:
        FileNotFoundError: a reference list or a dataset folder does not exist.
    """
    evidence = Evidence.read(accepted_root, reference_dir, parameters)
    found: dict[Cell, Decimal] = defaultdict(Decimal)
    for table, row, column, number in (*_counts(evidence), *_networks(evidence), *_grants(evidence)):
        found[table, row, column] += number
    year = str(evidence.reporting_year)
    for column, number in (*_urging(evidence), *_inspections(evidence)):
        found["supervision", year, column] += number
    return [{"table": t, "row": r, "column": c, "count": count} for (t, r, c), count in sorted(found.items())]


def _counts(evidence: Evidence) -> Iterator[tuple[str, str, str, Decimal]]:
    for row in _told(evidence, "nominations"):
        for column in ("proposed", "accepted", "refused", "pending"):
            yield "nominations", row["nomination_source"], column, _number(row[f"{column}_count"])
    for row in _told(evidence, "commendations"):
        column = {"tap_the": "collectives", "ca_nhan": "persons"}[row["subject_kind"]]
        yield "commendations", row["kind"], column, _number(row["count"])
    for row in _told(evidence, "violations"):
        for column in ("received", "handled"):
            yield "violations", row["behaviour_code"], column, _number(row[f"{column}_count"])
    lists = evidence.lists["code_lists"]
    columns = {row["code"] for row in lists if (row["list"], row["attribute"]) == ("media_item", "column")}
    for row in _told(evidence, "communications"):
        column = "columns_count" if row["item_kind"] in columns else "news_items"
        yield "communications", row["channel"], column, _number(row["items_count"])
        yield "communications", row["channel"], "model_cases", _number(row["model_cases_count"])


def _networks(evidence: Evidence) -> Iterator[tuple[str, str, str, Decimal]]:
    for row in _told(evidence, "overseas_talents"):
        places = (f"overseas_country/{_plain(row['country'])}", f"overseas_sector/{row['sector']}")
        for place in (*places, "overseas_country/ALL", "overseas_sector/ALL"):
            yield "talent_networks", place, "people", _number(row["people_count"])
            yield "talent_networks", place, "contacted", _number(row["contacted_count"])
    for row in _told(evidence, "talent_pools"):
        for place in (f"{row['pool_kind']}/{row['sector']}", f"{row['pool_kind']}/ALL"):
            yield "talent_networks", place, "people", _number(row["people_count"])
            yield "talent_networks", place, "contacted", _number(row["used_count"])


def _grants(evidence: Evidence) -> Iterator[tuple[str, str, str, Decimal]]:
    first, last = evidence.period(evidence.reporting_year)
    yearly = {row["code"] for row in evidence.lists["code_lists"] if row["attribute"] == "yearly"}

    def thing(row: Mapping[str, Any]) -> tuple[Any, ...]:
        paid_in = row["reporting_year"] if row["policy_code"] in yearly else None
        number = _number_key(text(row["decision_number"]))
        return row["person"], row["policy_code"], number, day(row["decided_on"]), paid_in

    seen: set[tuple[str, str]] = set()
    measures = {"NQ15_THUHUT": "thu_hut", "NQ15_DAOTAO": "dao_tao"}
    for row in _newest(records(evidence.rows("policy_grants")), thing):
        measure = measures.get(row["policy_code"])
        if measure and _within(row["decided_on"], first, last):
            if (measure, row["person"]) not in seen:
                yield "policy_grants", measure, "cases", Decimal(1)
            seen.add((measure, row["person"]))
            yield "policy_grants", measure, "amount", _number(row["amount"])
        breached, back = day(row["breached_on"]), _number(row["recovered_amount"])
        told_now = breached is None and row["reporting_year"] == evidence.reporting_year
        if back > 0 and (told_now or _within(breached, first, last)):
            yield "policy_grants", "thu_hoi", "cases", Decimal(1)
            yield "policy_grants", "thu_hoi", "amount", back


def _urging(evidence: Evidence) -> Iterator[tuple[str, Decimal]]:
    first, last = evidence.period(evidence.reporting_year)
    holders = {row["agency_code"] for row in evidence.lists["task_owners"] if row["task_code"] == "III.1"}

    def thing(row: Mapping[str, Any]) -> tuple[Any, ...]:
        number, issued = text(row["document_number"]), day(row["issued_on"])
        return (_number_key(number), issued) if number and issued else (row["submission_id"], row["sheet"], row["row"])

    for row in _newest(records(evidence.rows("policy_documents")), thing):
        own = row["issuing_body"] == "co_quan" and row["agency_code"] in holders and text(row["document_number"])
        if own and row["status"] != "du_thao" and _within(row["issued_on"], first, last):
            yield "reminders", Decimal("đôn đốc" in _plain(row["title"]))


def _inspections(evidence: Evidence) -> Iterator[tuple[str, Decimal]]:
    first, last = evidence.period(evidence.reporting_year)

    def place(row: Mapping[str, Any]) -> tuple[str, date | None]:
        on = day(row["inspected_on"])
        return evidence.body(row["agency_code"], on) or row["agency_code"], on

    rows = [row for row in records(evidence.rows("inspections")) if _within(row["inspected_on"], first, last)]
    yield "agencies_inspected", Decimal(len({place(row)[0] for row in rows}))
    for row in _newest(rows, place):
        yield "findings", _number(row["findings_count"])
        yield "remedied", _number(row["remedied_count"])


def _told(evidence: Evidence, dataset: str) -> Iterator[dict[str, Any]]:
    """The rows that the reporting year's returns hold."""
    return (row for row in records(evidence.rows(dataset)) if row["reporting_year"] == evidence.reporting_year)


def _newest(rows: Iterable[dict[str, Any]], thing: Any) -> list[dict[str, Any]]:
    """Of the rows that tell of one thing, the one of the latest year and arrival."""
    ordered = sorted(rows, key=lambda row: (row["submission_id"], row["row"]))
    ordered.sort(key=lambda row: (row["reporting_year"], row["received_at"]), reverse=True)
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in ordered:
        found.setdefault(thing(row), row)
    return list(found.values())


def _number(value: Any) -> Decimal:
    return Decimal(0) if value is None or value != value else Decimal(str(value))


def _within(value: Any, first: date, last: date) -> bool:
    return first <= (day(value) or date.max) <= last


def _plain(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).lower().split())


def _number_key(number: str) -> str:
    return re.sub(r" *([-,.]) *", r"\1", _DASHES.sub("-", _plain(number)))
