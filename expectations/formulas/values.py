"""A single value of an SQL predicate as an Excel expression, and whether there is one (SQL's NULL).

Lives here: columns, literals, days, parts of text, arithmetic. Does not live here: conditions (``sql.py``).
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from expectations.formulas.cells import Cells
from expectations.formulas.logic import FALSE, TRUE, every, quoted, some

RAW = "__raw"


class NotInExcelError(ValueError):
    """A rule that no formula over one row of one sheet can say; the text names what stands in the way."""


class Value(NamedTuple):
    """An expression and the condition under which there is a value."""

    text: str
    known: str


def value(e: Any, cells: Cells, codes: str | None = None) -> Value:
    """The value of a scalar expression; ``codes`` is the code list whose codes its literals are."""
    from sqlglot import exp

    if isinstance(e, exp.Paren):
        return value(e.this, cells, codes)
    if isinstance(e, exp.Literal):
        return Value(_literal(e, cells, codes), TRUE)
    if isinstance(e, exp.Null):
        return Value('""', FALSE)
    if isinstance(e, exp.Column):
        return _column(e, cells, codes)
    if isinstance(e, exp.Cast | exp.TryCast):
        return _cast(e, cells, codes)
    if isinstance(e, exp.Coalesce):
        return _coalesce([e.this, *e.expressions], cells, codes)
    return _computed(e, cells)


def code_list_of(e: Any, cells: Cells) -> str | None:
    """The code list whose codes an expression yields, if any."""
    from sqlglot import exp

    for column in e.find_all(exp.Column) if not isinstance(e, exp.Column) else [e]:
        name = column.name.removesuffix(RAW)
        if not column.table and name in cells.references:
            return cells.contract.field(name).code_list
    return None


def fields_of(e: Any, cells: Cells) -> tuple[str, ...]:
    """The fields that an expression reads, each once."""
    from sqlglot import exp

    names = [column.name.removesuffix(RAW) for column in e.find_all(exp.Column) if not column.table]
    return tuple(dict.fromkeys(name for name in names if name in cells.references))


def _literal(e: Any, cells: Cells, codes: str | None) -> str:
    if not e.is_string:
        return str(e.this)
    if codes is not None:
        return quoted(cells.labels.get(codes, {}).get(e.this, e.this))
    return quoted(e.this)


def _column(e: Any, cells: Cells, codes: str | None) -> Value:
    bound = cells.bound.get(f"{e.table}.{e.name}") if e.table else None
    if bound is not None:
        return value(bound, cells, codes)
    name = e.name.removesuffix(RAW)
    if e.table or name not in cells.references:
        raise NotInExcelError(e.name)
    return Value(cells.references[name], cells.given(name))


def _cast(e: Any, cells: Cells, codes: str | None) -> Value:
    from sqlglot import exp

    kind = e.to.this
    if kind == exp.DataType.Type.DATE and isinstance(e.this, exp.Literal):
        day = date.fromisoformat(e.this.this)
        return Value(str(max((day - date(1899, 12, 30)).days, 1)), TRUE)
    if isinstance(e.this, exp.Null):
        return Value('""', FALSE)
    if kind in (exp.DataType.Type.INT, exp.DataType.Type.BIGINT):
        inner = value(e.this, cells, codes)
        return Value(f"IFERROR(VALUE({inner.text}),0)", inner.known)
    raise NotInExcelError("CAST")


def _coalesce(parts: list[Any], cells: Cells, codes: str | None) -> Value:
    codes = codes or next((found for part in parts if (found := code_list_of(part, cells))), None)
    values = [value(part, cells, codes) for part in parts]
    text = values[-1].text
    for one in reversed(values[:-1]):
        text = f"IF({one.known},{one.text},{text})"
    return Value(text, some(one.known for one in values))


def _computed(e: Any, cells: Cells) -> Value:
    from sqlglot import exp

    if isinstance(e, exp.Anonymous) and e.name.lower() == "date_sub":
        unit, start, end = e.expressions
        if unit.this != "year":
            raise NotInExcelError("date_sub")
        a, b = value(start, cells), value(end, cells)
        before = f"((MONTH({b.text})*100+DAY({b.text}))<(MONTH({a.text})*100+DAY({a.text})))"
        return Value(f"(YEAR({b.text})-YEAR({a.text})-{before})", every([a.known, b.known]))
    if isinstance(e, exp.Year):
        inner = value(e.this, cells)
        return Value(f"YEAR({inner.text})", inner.known)
    if isinstance(e, exp.Left):
        inner = value(e.this, cells)
        return Value(f"LEFT({inner.text},{e.expression.this})", inner.known)
    if isinstance(e, exp.Substring):
        inner = value(e.this, cells)
        return Value(f"MID({inner.text},{e.args['start'].this},{e.args['length'].this})", inner.known)
    if isinstance(e, exp.Add) and isinstance(e.expression, exp.Interval):
        return _months_later(value(e.this, cells), e.expression)
    signs = {
        exp.Add: "({}+{})",
        exp.Sub: "({}-{})",
        exp.Mul: "({}*{})",
        exp.Mod: "MOD({},{})",
        exp.IntDiv: "INT({}/{})",
    }
    if type(e) in signs:
        a, b = value(e.this, cells), value(e.expression, cells)
        return Value(signs[type(e)].format(a.text, b.text), every([a.known, b.known]))
    raise NotInExcelError(type(e).__name__)


def _months_later(start: Value, interval: Any) -> Value:
    """The same day so many months later, the month's last where it has no such day."""
    if str(interval.args["unit"]).upper() not in ("MONTH", "MONTHS"):
        raise NotInExcelError("INTERVAL")
    day, months = start.text, interval.this.this
    last = f"DATE(YEAR({day}),MONTH({day})+{months}+1,0)"
    same = f"DATE(YEAR({day}),MONTH({day})+{months},DAY({day}))"
    return Value(f"IF(DAY({day})>DAY({last}),{last},{same})", start.known)
