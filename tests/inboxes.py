"""A small home to collect in: put files into its inbox, collect, look at what was accepted. Nobody in here exists."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from expectations import ledger
from expectations.home import Home
from ingestion.collect import collect
from ingestion.collected import CollectReport, FileResult
from ingestion.pseudonyms import sample_key
from tests.builders import Submission, submission

NOW = datetime.fromisoformat("2025-11-25T10:00:00+07:00")
REGISTER = {
    "decision_number": "12/QĐ-SNV",
    "decided_on": "2025-04-02",
    "effective_on": "2025-04-15",
    "national_id": "003190000777",
    "full_name": "Hoàng Thị Giả",
    "birth_date": "1990-07-08",
    "sex": "nu",
    "agency_code": "SNV",
    "deciding_agency_code": "SNV",
    "staff_kind": "cong_chuc",
    "recruitment_form": "TT",
    "first_time_in_public_service": "co",
    "status": "hieu_luc",
}
SNAPSHOT = {
    "snapshot_on": "2025-06-30",
    "national_id": "003190000777",
    "agency_code": "SNV",
    "staff_kind": "cong_chuc",
    "status": "dang_lam_viec",
    "started_on": "2020-05-04",
}


def rows_of(template: dict[str, str], *changes: dict[str, str]) -> list[dict[str, str]]:
    """Rows like `template`, each with its own values."""
    return [{**template, **change} for change in changes]


def csv_text(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    """The rows as CSV with the keys of the first as header."""
    lines = [delimiter.join(rows[0])]
    for row in rows:
        cells = ('"' + value.replace('"', '""') + '"' if delimiter in value else value for value in row.values())
        lines.append(delimiter.join(cells))
    return "\n".join(lines) + "\n"


def agency(code: str, name: str, person: int, *datasets: str, year: int = 2025) -> Submission:
    """The workbook of one agency with one talent of its own, number `person`."""
    number = f"003190{person:06d}"
    made = submission("talents", "trainings", *datasets, year=year).cover(agency_code=code, agency_name=name)
    return made.with_values("talents", national_id=number).with_values("trainings", national_id=number)


class Season:
    """A sample home for one reporting year. `collect()` uses no Great Expectations: the same predicates, plain SQL."""

    def __init__(self, root: Path, year: int = 2025, seed: int = 1) -> None:
        self.home, self.year, self.key = Home(root), year, sample_key(seed)
        self.home.inbox(year).mkdir(parents=True)
        self.home.sample_marker.write_text(json.dumps({"seed": seed}))

    def put(self, name: str, content: Submission | str | bytes) -> Path:
        """A file in the inbox."""
        path = self.home.inbox(self.year) / name
        text = content.workbook() if isinstance(content, Submission) else content
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def journal(self, **arrivals: str) -> None:
        """arrivals.csv: file stem -> instant (every file an .xlsx)."""
        self._csv(
            self.home.arrivals(self.year),
            [
                {
                    "file_name": f"{stem}.xlsx",
                    "received_at": at,
                    "channel": "truc",
                    "document_number": "",
                    "recorded_by": "",
                }
                for stem, at in arrivals.items()
            ],
        )

    def explain(self, *answers: dict[str, str]) -> None:
        """explanations.csv."""
        blank = dict.fromkeys(("agency_code", "rule", "sheet", "cell", "explanation", "answered_by", "answered_at"), "")
        self._csv(self.home.explanations(self.year), [{**blank, **answer} for answer in answers])

    def collect(self, now: datetime = NOW, **options: Any) -> CollectReport:
        """Collect the year."""
        given = {"gate": None, "key": self.key, "quiet_seconds": 0.0, **options}
        return collect(self.home, self.year, now=now, **given)

    def rows(self, dataset: str, order: str = "ALL") -> list[dict[str, Any]]:
        """The accepted rows of the year."""
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'Asia/Ho_Chi_Minh'")
            path = str(self.home.accepted(dataset, self.year))
            found = connection.execute(
                f"SELECT * FROM read_parquet(?, hive_partitioning=false) ORDER BY {order}", [path]
            )
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def sightings(self, files: list[Path]) -> list[dict[str, Any]]:
        """What the vault remembers of persons in these files."""
        from ingestion.persons import sightings

        with duckdb.connect() as connection:
            found = connection.execute(f"{sightings.read_all(files)} ORDER BY ALL")
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def next_year(self) -> Season:
        """The same home, one year later."""
        later = Season.__new__(Season)
        later.home, later.year, later.key = self.home, self.year + 1, self.key
        later.home.inbox(later.year).mkdir(parents=True, exist_ok=True)
        return later

    def events(self, name: str) -> list[dict[str, Any]]:
        """Ledger lines of one kind."""
        return [line for line in ledger.read(self.home.ledger) if line["event"] == name]

    def bytes_of_accepted(self) -> dict[str, bytes]:
        """Every accepted file by its path under `accepted/`."""
        root = self.home.accepted_root
        return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*.parquet"))}

    def _csv(self, path: Path, rows: list[dict[str, str]]) -> None:
        with path.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def file_of(report: CollectReport, name: str) -> FileResult:
    """The result of one file."""
    return next(one for one in report.files if one.file_name == name)


def rules_of(result: FileResult) -> set[str]:
    """The rules a file broke, notes left out."""
    return {found.rule for found in result.findings if found.severity != "note"}
