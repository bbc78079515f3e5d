"""Annexes II to V: new recruits, talents in service, who left and who stayed, trainings. Counts of people only.

The rows come from a `Report` that disclosure control has been through: a withheld count prints as ``c``.
"""

from __future__ import annotations

from typing import Any

from reporting import numbers
from reporting.disclosure import HIDDEN
from reporting.tables import model
from reporting.tables.model import BODY, SECTION, TOTAL, Cell, Row, Table
from reporting.totals import ALL
from reporting.warehouse import AS_REPORTED, PROVINCE, Report
from reporting.warehouse import Row as ModelRow

_NO_LIST = "Chưa gửi danh sách"
_TOTAL = "Tổng số"


def recruitment(report: Report, key: str) -> Table:
    """Annex II: ``as_reported`` in the organisation of each event's day, ``year_end`` in that of 31/12."""
    wanted = [r for r in report.recruitment_by_agency if (r["structure_on"] == AS_REPORTED) == (key == "as_reported")]
    return model.table("II", key, model.numbered(map(_recruits, wanted)), nam=report.year)


def talents(report: Report) -> Table:
    """Annex III: the criteria as sections; the total of all talents on top, none for the overlapping groups."""
    rows, criterion = [], None
    for row in report.talents_in_service:
        total = row["criterion"] == ALL
        if row["criterion"] != criterion and not total:
            rows.append(Row({"category": model.text(row["criterion_label_vi"])}, SECTION))
        criterion = row["criterion"]
        cells = {"category": model.text(_TOTAL if total else row["category_label_vi"])}
        for name in ("opening", "attracted", "recognised", "left_count", "closing"):
            cells[name] = model.count(row[name])
        rows.append(Row(cells, TOTAL if total else BODY))
    return model.table("III", "talents", rows, nam=report.year)


def departures(report: Report) -> Table:
    """Annex IV.a: why talents left or moved."""
    rows = [
        Row({"label": model.text(_TOTAL), "persons": model.count(row["persons"])}, TOTAL)
        if row["exit_reason"] == ALL
        else Row({"label": model.text(row["label_vi"]), "persons": model.count(row["persons"])})
        for row in report.departures
    ]
    return model.table("IV", "departures", rows, nam=report.year)


def cohorts(report: Report) -> Table:
    """Annex IV.b: of each cohort, how many still serve after one to five years, of how many who are due."""
    rows = []
    for row in report.retention_cohorts:
        cells = {"cohort": model.text(row["cohort_year"]), "persons": model.count(row["persons"])}
        cells |= {f"retained_{k}": _kept(row[f"retained_{k}"], row[f"due_{k}"]) for k in range(1, 6)}
        cells |= {"not_due": model.count(row["not_due"]), "censored": model.count(row["censored"])}
        rows.append(Row(cells))
    return model.table("IV", "cohorts", rows)


def trainings(report: Report) -> Table:
    """Annex V: persons and participations by field; the total of persons is counted, not summed."""
    rows = []
    names = ("persons", "participations", "degree_count", "course_count", "st_count", "undetermined_count")
    for row in report.trainings:
        cells = {"label": model.text(row["label_vi"] or row["training_field"])}
        cells |= {name: model.count(row[name]) for name in names}
        cells["hours"] = model.exact(row["hours"], 0)
        rows.append(Row(cells, TOTAL if row["training_field"] == ALL else BODY))
    return model.table("V", "trainings", rows, nam=report.year)


def _recruits(row: ModelRow) -> Row:
    silent = str(row["note_vi"] or "").startswith(_NO_LIST)
    has = row["recruits"] is HIDDEN or bool(row["recruits"])
    names = ("recruits", "civil_servants", "public_employees", "by_exam", "by_selection", "by_reception", "first_time")
    cells: dict[str, Cell] = {"agency": model.text(row["agency_name_vi"])}
    cells |= {name: model.count(row[name]) for name in (*names, "contracts")}
    cells["talents"] = model.count(None if silent else row["talents"], "0" if has else numbers.NOTHING)
    cells["share"] = _share(None if silent else row["talents"], row["recruits"])
    cells["note"] = model.text(row["note_vi"])
    return Row(cells, TOTAL if row["agency_code"] == PROVINCE else BODY)


def _share(talents: Any, recruits: Any) -> Cell:
    return model.symbol(numbers.NOTHING) if recruits == 0 else model.share(talents, recruits)


def _kept(retained: Any, due: Any) -> Cell:
    if HIDDEN in (retained, due):
        return model.symbol(numbers.WITHHELD)
    if not due:
        return model.symbol(numbers.NOT_DUE)
    return model.text(f"{numbers.written(retained)}/{numbers.written(due)}")
