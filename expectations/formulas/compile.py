"""Contract → formulas: for each rule of a form the expression that is 1 where the row breaks it, or why there is none.

Lives here: the kinds of rules. Does not live here: SQL (``sql.py``), sheets (``ingestion/template``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from expectations.contracts.model import Contract, Field
from expectations.formulas.cells import Cells
from expectations.formulas.logic import every, factors, some
from expectations.formulas.sql import condition
from expectations.formulas.values import NotInExcelError
from expectations.rules.compile import TYPED, CompiledRule

LIMIT = 8000
"""Excel refuses formulas longer than 8192 characters."""
BY_VALIDATION = {"TYPE", "CODE", "YEAR_ONLY", "PATTERN"}
KEY_TYPES = ("code", "date", "integer")


@dataclass(frozen=True)
class SheetRule:
    """A rule as formulas: ``broken`` is 1 where the row breaks it, ``judged`` is 1 where the formula may say so."""

    rule: CompiledRule
    broken: str
    judged: str

    @property
    def verdict(self) -> str:
        """1 where the row breaks the rule and the formula can know."""
        return f"IFERROR({every([self.judged, self.broken])}*1,0)"


def sheet_rule(rule: CompiledRule, cells: Cells) -> SheetRule:
    """The formulas of a rule. NotInExcelError, with the reason in Vietnamese, when a sheet cannot check it."""
    contract = cells.contract
    field = contract.field(rule.fields[0]) if rule.fields else None
    if rule.kind in BY_VALIDATION:
        raise NotInExcelError("ô chỉ nhận đúng dạng, đúng danh sách (data validation)")
    if rule.kind == "REQUIRED" and field is not None:
        made = SheetRule(rule, f"(LEN(TRIM({cells.references[field.name]}))=0)", cells.filled)
    elif rule.kind == "RANGE" and field is not None:
        made = SheetRule(rule, every([cells.given(field.name), _outside(field, cells)]), cells.plain(field.name))
    elif rule.kind == "UNIQUE":
        made = _unique(rule, contract, cells)
    elif rule.kind == "NIL-ROWS" and cells.nil_cell is not None:
        made = SheetRule(rule, f'(TRIM({cells.nil_cell})="{cells.nil_mark}")', cells.filled)
    else:
        made = _from_sql(rule, cells)
    if len(made.verdict) > LIMIT:
        raise NotInExcelError("danh mục quá dài cho một công thức")
    return made


def _from_sql(rule: CompiledRule, cells: Cells) -> SheetRule:
    predicate = rule.over(TYPED)
    if f"{TYPED}." in predicate:
        raise NotInExcelError("cần xem các dòng khác, biểu khác hoặc sổ của tỉnh")
    try:
        broken, fields = condition(predicate, cells)
    except NotInExcelError as reason:
        raise NotInExcelError(f"công thức bảng tính không diễn đạt được ({reason})") from reason
    if not {cells.given(name) for name in fields} & set(factors(broken)):
        broken = every([cells.filled, broken])  # true of blank cells: an empty line breaks nothing
    return SheetRule(rule, broken, cells.row(fields))


def _outside(field: Field, cells: Cells) -> str:
    def literal(bound: object) -> str:
        return str((bound - date(1899, 12, 30)).days) if isinstance(bound, date) else str(bound)

    cell = cells.references[field.name]
    parts = [f"({cell}<{literal(field.minimum)})"] if field.minimum is not None else []
    parts += [f"({cell}>{literal(field.maximum)})"] if field.maximum is not None else []
    return some(parts)


def _unique(rule: CompiledRule, contract: Contract, cells: Cells) -> SheetRule:
    """A key that stands in an earlier row. Free text is no key to a formula: it knows neither case nor wildcards."""
    keys = [contract.field(name) for name in contract.primary_key]
    if not all(key.pii == "identity" or key.type in KEY_TYPES for key in keys):
        raise NotInExcelError("khóa có chữ tự do")
    here = '&"|"&'.join(cells.references[key.name] for key in keys)
    column = '&"|"&'.join(cells.columns[key.name] for key in keys)
    given = [cells.given(key.name) for key in keys if key.required]
    earlier = f"(MATCH({here},{column},0)<{cells.position})"
    judged = every(cells.column_plain(key.name) for key in keys)
    return SheetRule(rule, every([cells.filled, *given, earlier]), judged)
