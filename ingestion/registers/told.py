"""What a register has to say beyond its row rules: ragged lines, repaired ids, unreadable text, gaps in its rhythm.

Lives here: the queries and their findings, each kind at most `NAMED_ROWS` times a file and then as a number.
Does not live here: reading (load.py), the row rules of the contract (gate 1).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from expectations.contracts.load import load
from expectations.contracts.model import Field
from expectations.findings import Finding, Severity
from expectations.rules.masking import mask
from expectations.rules.naming import NAMED_ROWS, with_the_rest
from ingestion.complaints import complaint
from ingestion.registers import headers, source
from ingestion.registers.old_fonts import Found
from ingestion.registers.sheet import SheetRead
from ingestion.registers.words import TABLE, Asked
from ingestion.workbook.legacy_text import NAMES

RULES = Path(__file__).parent / "rules"
MAX_NAMED_LINES = 20


@dataclass(frozen=True, kw_only=True)
class Register:
    """A landed file that announces a register dataset, and the day it arrived."""

    submission_id: str
    sha256: str
    file_name: str
    dataset: str
    path: Path
    arrived_on: dt.date


@dataclass(frozen=True)
class Teller:
    """Says findings about one register: where its rows stand (`connection`, `sheet`) and the letters of its columns."""

    connection: duckdb.DuckDBPyConnection
    register: Register
    sheet: str | None
    letters: Mapping[str, str]

    def all(self, asked: list[Asked], with_words: set[int]) -> list[Finding]:
        """Everything but the ragged lines, which are known before the columns are."""
        found = self._repaired()
        for one in asked:
            if one.number in with_words and one.field.type in ("string", "text") and one.field.pii != "identity":
                found += self._unreadable(one)
        return [*found, *self._said_by_rules()]

    def old_fonts(self, found: list[Found], ragged_lines: list[source.Reject]) -> list[Finding]:
        """A note on what was converted from old fonts, by encoding; a query for each column that two readings allow."""
        findings: list[Finding] = []
        for name in sorted({one.encoding for one in found if one.encoding}):
            cells = [one for one in found if one.encoding == name]
            columns = ", ".join(f'"{self._label(one)}" (từ dòng {self._line(one, ragged_lines)})' for one in cells)
            facts = {"bang_ma": NAMES[name], "ds": columns, "k": str(sum(one.count for one in cells))}
            findings.append(say(self.register, "TEP-SO_BANG_MA_CU", "note", facts, sheet=self.sheet))
        for one in found:
            if one.encoding is None:
                facts = {"bang_ma": ", ".join(NAMES[name] for name in one.possible), "k": str(one.count)}
                facts |= {"cot": self._label(one), "ds": ", ".join(str(moved(row, ragged_lines)) for row in one.rows)}
                name, row = self._field(one).name, self._line(one, ragged_lines)
                findings.append(self._of_cell("TEP-SO_BANG_MA_KHONG_RO", "query", facts, row, name))
        return findings

    def _field(self, one: Found) -> Field:
        return load(self.register.dataset).fields[one.field_number]

    def _label(self, one: Found) -> str:
        return self._field(one).label.vi

    def _line(self, one: Found, ragged_lines: list[source.Reject]) -> int:
        return moved(one.rows[0], ragged_lines)

    def _repaired(self) -> list[Finding]:
        """A note for each id that got its lost zeros back."""
        contract = load(self.register.dataset)
        if "national_id" not in contract.field_names:
            return []
        rule = f"{contract.code}-NATIONAL_ID-ZERO_RESTORED"
        rows, total = self._rows(
            f'SELECT "row", length(national_id__raw), right(national_id, 3) FROM typed.{contract.name} '
            "WHERE submission_id = ? AND national_id IS NOT NULL AND national_id__raw IS NOT NULL",
        )
        found = []
        for row, length, tail in rows:
            facts = {"so_chu_so": str(length), "duoi": f"…{tail}"}
            found.append(self._of_cell(rule, "note", facts, row, "national_id", f"…{tail}"))
        return with_the_rest(found, total)

    def _unreadable(self, one: Asked) -> list[Finding]:
        """A finding for each text that is garbled or no text at all; the weight is that of a form's cell."""
        contract, name = load(self.register.dataset), one.field.name
        rows, total = self._rows(
            f"""
            SELECT t."row", t."{name}__raw", said.reason FROM typed.{contract.name} AS t
            JOIN (SELECT raw, any_value(reason) AS reason FROM {TABLE} WHERE f = {one.number} AND reason IS NOT NULL
                  GROUP BY raw) AS said ON said.raw = t."{name}__raw"
            WHERE t.submission_id = ? AND t."{name}" IS NULL
            """,
        )
        severity = Severity.ERROR if one.field.required else one.field.severity
        found = []
        for row, raw, reason in rows:
            rule = f"{contract.code}-{name.upper()}-{reason.upper()}"
            found.append(self._of_cell(rule, str(severity), {}, row, name, mask(raw, one.field)))
        return with_the_rest(found, total)

    def _said_by_rules(self) -> list[Finding]:
        found: list[Finding] = []
        for path in sorted(RULES.glob(f"{self.register.dataset}__*.sql")):
            rows = self.connection.execute(
                f'SELECT rule, severity, "row", field, to_json(facts) FROM ({path.read_text(encoding="utf-8")})',
                {"submission": self.register.submission_id},
            ).fetchall()
            found += [
                self._of_cell(rule, severity, json.loads(facts), row, name) for rule, severity, row, name, facts in rows
            ]
        return found

    def _rows(self, select: str) -> tuple[list[tuple[Any, ...]], int]:
        """The first rows of a select over the register's typed rows, in the order of the file, and how many it has."""
        given = [self.register.submission_id]
        (total,) = self.connection.execute(f"SELECT count(*) FROM ({select})", given).fetchone()  # type: ignore[misc]
        first = f'SELECT * FROM ({select}) ORDER BY "row" LIMIT {NAMED_ROWS}'
        return (self.connection.execute(first, given).fetchall() if total else []), total

    def _of_cell(
        self, rule: str, severity: str, facts: dict[str, str], row: int, name: str, value: str | None = None
    ) -> Finding:
        cell = f"{self.letters[name]}{row}" if name in self.letters else None
        where = {"sheet": self.sheet, "cell": cell, "row": row, "field": name, "value": value}
        return say(self.register, rule, severity, facts, **where)


def moved(row: int, ragged_lines: list[source.Reject]) -> int:
    """The number that a row has in the file, given its number counted without the ragged lines before it."""
    for line in ragged_lines:
        row += line.row <= row
    return row


def ragged(register: Register, lines: list[source.Reject]) -> list[Finding]:
    """A finding for each line that has too few or too many columns; very many refuse the file."""
    too_many = len(lines) > source.MAX_REJECTS
    return [
        say(
            register,
            "TEP-DONG_HONG",
            "blocker" if too_many else "error",
            {"dong": str(line.row), "so_cot": str(line.found), "can": str(line.expected)},
            row=line.row,
        )
        for line in (lines[:MAX_NAMED_LINES] if too_many else lines)
    ]


def of_header(register: Register, problem: headers.HeaderProblem) -> Finding:
    """A column that is missing, unknown or there twice."""
    facts = {"cot": problem.header, "gan": problem.nearest or "không có"}
    return say(register, problem.rule, "blocker", facts, value=problem.header)


def hidden(register: Register, sheet: SheetRead) -> list[Finding]:
    """Notes on what of the sheet is hidden; it was read all the same (F18, D034)."""
    code = load(register.dataset).code
    facts: dict[str, dict[str, str]] = {}
    if sheet.hidden_rows:
        facts["HIDDEN-ROWS"] = {"k": str(sheet.hidden_rows)}
    if sheet.hidden_columns:
        facts["HIDDEN-COLUMNS"] = {"ds": "; ".join(sheet.hidden_columns[:10])}
    if sheet.is_hidden:
        facts["HIDDEN-SHEET"] = {}
    return [
        say(register, f"{code}-{rule}", "note", {"trang": sheet.name, **known}, sheet=sheet.name)
        for rule, known in facts.items()
    ]


def say(register: Register, rule: str, severity: str, facts: dict[str, str] | None = None, **address: Any) -> Finding:
    """A finding about this file."""
    return complaint(
        rule,
        severity,
        {"ten_tep": register.file_name, **(facts or {})},
        file=register.file_name,
        dataset=register.dataset,
        submission_id=register.submission_id,
        **address,
    )
