"""One landed register into the typed relation: open, compare headers, type and insert in one statement.

Lives here: the steps, and what a register has to say beyond its row rules (registers/rules/*.sql).
Does not live here: expressions (typed.py), layouts (layout.py), row rules and their gate (expectations).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from expectations.contracts.load import load
from expectations.findings import Finding
from ingestion.complaints import complaint
from ingestion.registers import headers, source, typed
from ingestion.registers.layout import Layout, choose, format_of, match
from ingestion.registers.sheet import open_sheet

if TYPE_CHECKING:
    from ingestion.workbook.jail import Jail

RULES = Path(__file__).parent / "rules"
MAX_NAMED_LINES = 20
FULL_SHEETS = (65_535, 1_048_575)
"""Rows under a header that fill a sheet of .xls or .xlsx: a csv of that length was cut off by a spreadsheet (F09)."""

_OURS = (duckdb.OutOfMemoryException, duckdb.InternalException, duckdb.FatalException, duckdb.IOException)


@dataclass(frozen=True, kw_only=True)
class Register:
    """A landed file that announces a register dataset."""

    submission_id: str
    sha256: str
    file_name: str
    dataset: str
    path: Path


@dataclass(frozen=True, kw_only=True)
class RegisterRead:
    """What became of a register: findings, rows in the typed relation, ragged lines that are in none."""

    findings: tuple[Finding, ...]
    rows: int = 0
    lost_lines: int = 0

    @property
    def is_blocked(self) -> bool:
        """Whether the file is refused as a whole; then it has no typed rows."""
        return any(finding.severity == "blocker" for finding in self.findings)


@dataclass
class Reader:
    """Reads registers into `connection`, where `typed.*` stands; collects column addresses for `typed._columns`.

    `layouts` in order of preference, `codes` per code list (see typed.Codes), `prefixes`: digits 1–3 of a cccd.
    """

    connection: duckdb.DuckDBPyConnection
    layouts: list[Layout]
    codes: typed.Codes
    prefixes: tuple[str, ...]
    jail: Jail
    addresses: list[dict[str, Any]] = field(default_factory=list)

    def read(self, register: Register) -> RegisterRead:
        """Insert the rows of one register; a file that cannot be taken leaves no row and says why."""
        try:
            opened, sheet = self._open(register)
            layout = choose(register.file_name, register.dataset, opened.headers, self.layouts)
            if wrong := headers.problems(layout, opened.headers):
                return RegisterRead(findings=tuple(_header_finding(register, each) for each in wrong))
            return self._insert(register, opened, layout, sheet)
        except source.Unreadable as refused:
            found = _say(register, refused.rule, "blocker", refused.facts)
        except duckdb.Error as error:
            if isinstance(error, _OURS) and not isinstance(error, duckdb.HTTPException):
                raise
            found = _say(register, "TEP-HONG", "blocker")
        self._forget(register)
        return RegisterRead(findings=(found,))

    def _open(self, register: Register) -> tuple[source.Source, str | None]:
        fmt = format_of(register.file_name) or "csv"
        layout = match(register.file_name, self.layouts)
        if fmt == "xlsx":
            return open_sheet(self.connection, self.jail, register.path, register.sha256, register.file_name, layout)
        return source.open_source(self.connection, register.path, fmt, register.file_name, layout), None

    def _insert(self, register: Register, opened: source.Source, layout: Layout, sheet: str | None) -> RegisterRead:
        contract = load(register.dataset)
        self.connection.execute("SET VARIABLE nhantai_submission = ?", [register.submission_id])
        self.connection.execute("SET VARIABLE nhantai_sheet = ?::VARCHAR", [sheet])
        statement = typed.insert_statement(
            contract, layout, opened.headers, opened.relation, self.codes, self.prefixes, register.file_name
        )
        self.connection.execute(statement, list(opened.parameters))
        ragged = self._ragged(register, source.rejects(self.connection))
        rows = self._count(register)
        if rows == 0 and not ragged:
            ragged = [_say(register, "TEP-SO_TRONG", "blocker")]
        if rows + len(ragged) in FULL_SHEETS and format_of(register.file_name) == "csv":
            facts = {"trang": register.file_name, "so_dong": str(rows + len(ragged) + 1)}
            ragged.append(_say(register, "TEP-DAY", "blocker", facts))
        if any(finding.severity == "blocker" for finding in ragged):
            self._forget(register)
            return RegisterRead(findings=tuple(ragged))
        addresses = _addresses(register, layout, opened.headers, sheet)
        self.addresses += addresses
        letters = {one["field"]: one["column_letter"] for one in addresses if one["column_letter"]}
        findings = (*ragged, *self._repaired(register, sheet, letters), *self._said_by_rules(register, sheet, letters))
        return RegisterRead(findings=findings, rows=rows, lost_lines=len(ragged))

    def _ragged(self, register: Register, lines: list[source.Reject]) -> list[Finding]:
        """A finding for each line that has too few or too many columns; the rows behind them get their true number."""
        if not lines:
            return []
        starts = [line.row - index for index, line in enumerate(lines)]
        self.connection.execute(
            f'UPDATE typed.{register.dataset} SET "row" = "row" + len(list_filter(?, lambda s: s <= "row")) '
            "WHERE submission_id = ?",
            [starts, register.submission_id],
        )
        too_many = len(lines) > source.MAX_REJECTS
        return [
            _say(
                register,
                "TEP-DONG_HONG",
                "blocker" if too_many else "error",
                {"dong": str(line.row), "so_cot": str(line.found), "can": str(line.expected)},
                row=line.row,
            )
            for line in (lines[:MAX_NAMED_LINES] if too_many else lines)
        ]

    def _repaired(self, register: Register, sheet: str | None, letters: dict[str, str]) -> list[Finding]:
        """A note for each id that got its lost zeros back."""
        contract = load(register.dataset)
        if "national_id" not in contract.field_names:
            return []
        rows = self.connection.execute(
            f"""
            SELECT "row", length(national_id__raw), right(national_id, 3) FROM typed.{register.dataset}
            WHERE submission_id = ? AND national_id IS NOT NULL AND national_id__raw IS NOT NULL ORDER BY "row"
            """,
            [register.submission_id],
        ).fetchall()
        rule = f"{contract.code}-NATIONAL_ID-ZERO_RESTORED"
        return [
            _say(
                register,
                rule,
                "note",
                {"so_chu_so": str(length), "duoi": f"…{tail}"},
                sheet=sheet,
                cell=_cell(letters, "national_id", row),
                row=row,
                field="national_id",
                value=f"…{tail}",
            )
            for row, length, tail in rows
        ]

    def _said_by_rules(self, register: Register, sheet: str | None, letters: dict[str, str]) -> list[Finding]:
        found = []
        for path in sorted(RULES.glob(f"{register.dataset}__*.sql")):
            rows = self.connection.execute(
                f'SELECT rule, severity, "row", field, to_json(facts) FROM ({path.read_text(encoding="utf-8")})',
                {"submission": register.submission_id},
            ).fetchall()
            found += [
                _say(
                    register,
                    rule,
                    severity,
                    json.loads(facts),
                    sheet=sheet,
                    cell=_cell(letters, name, row),
                    row=row,
                    field=name,
                )
                for rule, severity, row, name, facts in rows
            ]
        return found

    def _count(self, register: Register) -> int:
        sql = f"SELECT count(*) FROM typed.{register.dataset} WHERE submission_id = ?"
        return int(self.connection.execute(sql, [register.submission_id]).fetchone()[0])  # type: ignore[index]

    def _forget(self, register: Register) -> None:
        sql = f"DELETE FROM typed.{register.dataset} WHERE submission_id = ?"
        self.connection.execute(sql, [register.submission_id])


def _say(register: Register, rule: str, severity: str, facts: dict[str, str] | None = None, **address: Any) -> Finding:
    return complaint(
        rule,
        severity,
        {"ten_tep": register.file_name, **(facts or {})},
        file=register.file_name,
        dataset=register.dataset,
        submission_id=register.submission_id,
        **address,
    )


def _cell(letters: dict[str, str], field_name: str, row: int) -> str | None:
    return f"{letters[field_name]}{row}" if field_name in letters else None


def _header_finding(register: Register, problem: headers.HeaderProblem) -> Finding:
    facts = {"cot": problem.header, "gan": problem.nearest or "không có"}
    return _say(register, problem.rule, "blocker", facts, value=problem.header)


def _addresses(register: Register, layout: Layout, names: Iterable[str], sheet: str | None) -> list[dict[str, Any]]:
    """Where each field stands; a parquet file has no cells, so its letters stay empty."""
    from ingestion.workbook.parsed import column_letter

    places = {name: index for index, name in enumerate(names)}
    lettered = format_of(register.file_name) != "parquet"
    return [
        {
            "submission_id": register.submission_id,
            "dataset": register.dataset,
            "field": field_name,
            "sheet": sheet,
            "column_letter": column_letter(places[column.header]) if lettered else None,
            "header": column.header,
        }
        for field_name, column in layout.columns.items()
        if column.header is not None
    ]
