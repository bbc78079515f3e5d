"""One landed register into the typed relation: open, compare headers, read its words, insert in one statement.

Lives here: the steps. Does not live here: what a text means (values.py, words.py), SQL of the rows (typed.py),
findings (told.py), layouts (layout.py), row rules and their gate (expectations).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from expectations.contracts.load import load
from expectations.findings import Finding
from ingestion.registers import encoding, headers, old_fonts, source, told, total_lines, totals, typed, words
from ingestion.registers.layout import WORKBOOKS, Layout, choose, format_of, known_headers, match
from ingestion.registers.old_fonts import Found
from ingestion.registers.sheet import SheetRead, open_sheet
from ingestion.registers.told import Register, Teller, say
from ingestion.registers.total_lines import TotalLine
from ingestion.typing.codes import CodeList, own_words
from ingestion.typing.text import fold

if TYPE_CHECKING:
    from ingestion.workbook.jail import Jail

__all__ = ["Reader", "Register", "RegisterRead"]

FULL_SHEETS = (65_535, 1_048_575)
"""Rows under a header that fill a sheet of .xls or .xlsx: a csv of that length was cut off by a spreadsheet (F09)."""

_OURS = (duckdb.OutOfMemoryException, duckdb.InternalException, duckdb.FatalException, duckdb.IOException)


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

    `layouts` in order of preference, `lists` the code lists, `prefixes`: digits 1–3 of a cccd, `scratch`: a folder of
    the vault for copies of files that are not UTF-8.
    """

    connection: duckdb.DuckDBPyConnection
    layouts: list[Layout]
    lists: Mapping[str, CodeList]
    prefixes: tuple[str, ...]
    jail: Jail
    scratch: Path
    addresses: list[dict[str, Any]] = field(default_factory=list)

    def read(self, register: Register) -> RegisterRead:
        """Insert the rows of one register; a file that cannot be taken leaves no row and says why."""
        opened = None
        try:
            layouts = [each for each in self.layouts if each.holds_on(register.arrived_on)]
            opened, read_from = self._open(register, layouts)
            opened = _with_known_headers(opened, known_headers(register.dataset, layouts))
            layout = choose(register.file_name, register.dataset, opened.headers, layouts)
            if wrong := headers.problems(layout, opened.headers):
                return RegisterRead(findings=tuple(told.of_header(register, each) for each in wrong))
            read = self._insert(register, opened, layout, read_from.name if read_from else None)
            hidden = told.hidden(register, read_from) if read_from and read.rows else []
            return replace(read, findings=(*_of_encoding(register, opened), *hidden, *read.findings))
        except source.Unreadable as refused:
            found = say(register, refused.rule, "blocker", refused.facts)
        except duckdb.Error as error:
            if isinstance(error, _OURS) and not isinstance(error, duckdb.HTTPException):
                raise
            found = say(register, "TEP-HONG", "blocker")
        finally:
            if opened is not None and opened.scratch is not None:
                opened.scratch.unlink(missing_ok=True)
        self._forget(register)
        return RegisterRead(findings=(found,))

    def _open(self, register: Register, layouts: list[Layout]) -> tuple[source.Source, SheetRead | None]:
        fmt = format_of(register.file_name) or "csv"
        layout = match(register.file_name, layouts)
        if fmt in WORKBOOKS:
            return open_sheet(self.connection, self.jail, register.path, register.sha256, register.file_name, layout)
        known = known_headers(register.dataset, layouts)
        name = register.file_name
        return source.open_source(self.connection, register.path, fmt, name, layout, known, self.scratch), None

    def _insert(self, register: Register, opened: source.Source, layout: Layout, sheet: str | None) -> RegisterRead:
        asked = words.asked_of(load(register.dataset), layout, opened)
        read = words.make_words(self.connection, asked, opened, self.lists, self._own_texts(register, layout))
        found = self._letters(asked, opened, read.letters)
        source.rejects(self.connection)  # of the first passes; the last finds them again
        self._insert_rows(register, opened, layout, sheet, asked, read.fields)
        lines = source.rejects(self.connection)
        printed = total_lines.take(self.connection, register.dataset, register.submission_id, asked, opened, self.lists)
        self._renumber(register, lines)
        ragged = told.ragged(register, lines)
        rows = self._count(register)
        if rows == 0 and not ragged:
            ragged = [say(register, "TEP-SO_TRONG", "blocker")]
        if rows + len(printed) + len(ragged) in FULL_SHEETS and format_of(register.file_name) == "csv":
            facts = {"trang": register.file_name, "so_dong": str(rows + len(printed) + len(ragged) + 1)}
            ragged.append(say(register, "TEP-DAY", "blocker", facts))
        if any(finding.severity == "blocker" for finding in ragged):
            self._forget(register)
            return RegisterRead(findings=tuple(ragged))
        addresses = _addresses(register, layout, opened.headers, sheet)
        self.addresses += addresses
        columns = {one["field"]: one["column_letter"] for one in addresses if one["column_letter"]}
        teller = Teller(self.connection, register, sheet, columns)
        findings = [*teller.old_fonts(found, lines), *teller.all(asked, read.fields)]
        findings += totals.tell(self.connection, register, _as_in_the_file(printed, lines), lines, sheet, asked)
        self.connection.execute(f"DROP TABLE {words.TABLE}")
        return RegisterRead(findings=(*ragged, *findings), rows=rows, lost_lines=len(ragged))

    def _own_texts(self, register: Register, layout: Layout) -> set[str]:
        """What our lists, the contract and the layout say: Unicode where it stands."""
        labels = {one.label.vi for one in load(register.dataset).fields}
        return (
            own_words(self.lists.values())
            | labels
            | {word for column in layout.columns.values() for word in column.map}
        )

    def _letters(self, asked: list[words.Asked], opened: source.Source, letters: old_fonts.Letters) -> list[Found]:
        """Where text of old fonts stands. Raises Unreadable when the file is in no code that is certain."""
        cells, given = words.cells_of(asked, opened), list(opened.parameters)
        if opened.unproved and (strange := old_fonts.unproved(self.connection, cells, given)):
            header = next(one.column.header for one in asked if one.number == strange.field_number)
            raise _of_no_code(str(header), strange.rows)
        return old_fonts.places(self.connection, cells, given) if letters.is_any else []

    def _insert_rows(
        self,
        register: Register,
        opened: source.Source,
        layout: Layout,
        sheet: str | None,
        asked: list[words.Asked],
        with_words: set[int],
    ) -> None:
        contract = load(register.dataset)
        fixed = typed.fixed_values(contract, layout.columns, register.file_name, self.lists)
        self.connection.execute("SET VARIABLE nhantai_submission = ?", [register.submission_id])
        self.connection.execute("SET VARIABLE nhantai_sheet = ?::VARCHAR", [sheet])
        statement = typed.insert_statement(contract, fixed, asked, with_words, opened, self.prefixes)
        self.connection.execute(statement, list(opened.parameters))

    def _renumber(self, register: Register, lines: list[source.Reject]) -> None:
        """Rows behind a ragged line get the number they have in the file."""
        if lines:
            starts = [line.row - index for index, line in enumerate(lines)]
            self.connection.execute(
                f'UPDATE typed.{register.dataset} SET "row" = "row" + len(list_filter(?, lambda s: s <= "row")) '
                "WHERE submission_id = ?",
                [starts, register.submission_id],
            )

    def _count(self, register: Register) -> int:
        sql = f"SELECT count(*) FROM typed.{register.dataset} WHERE submission_id = ?"
        return int(self.connection.execute(sql, [register.submission_id]).fetchone()[0])  # type: ignore[index]

    def _forget(self, register: Register) -> None:
        sql = f"DELETE FROM typed.{register.dataset} WHERE submission_id = ?"
        self.connection.execute(sql, [register.submission_id])


def _as_in_the_file(printed: list[TotalLine], lines: list[source.Reject]) -> list[TotalLine]:
    return [replace(line, row=told.moved(line.row, lines)) for line in printed]


def _with_known_headers(opened: source.Source, known: set[str]) -> source.Source:
    """Headers of an old font that are known ones become those; in a file of no certain code all others are refused."""
    names = tuple(headers.in_unicode(one, known) for one in opened.headers)
    strange = [one for one in names if not one.isascii() and fold(one) not in known]
    if opened.unproved and strange:
        raise _of_no_code(strange[0], (1,))
    return replace(opened, headers=names)


def _of_no_code(column: str, rows: tuple[int, ...]) -> source.Unreadable:
    where = f' (cột "{column}", dòng {", ".join(map(str, rows))})'
    return source.Unreadable("TEP-BANG_MA", cho_chu=where)


def _of_encoding(register: Register, opened: source.Source) -> list[Finding]:
    """A note that the text was not UTF-8 and what it was read as: nothing is detected in silence."""
    if opened.codec is None or opened.unproved or opened.codec.startswith(encoding.UTF8):
        return []
    return [say(register, "TEP-BANG_MA_DOC", "note", {"bang_ma": opened.codec.upper()})]


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
