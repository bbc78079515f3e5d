"""An SQL predicate becomes an Excel expression: the AST is walked, each condition as the pair (is true, is false).

SQL knows three truths; the pair keeps them apart: NULL is neither. Lives here: the walk over conditions.
Does not live here: single values (``values.py``), kinds of rules (``compile.py``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from expectations.formulas.cells import Cells
from expectations.formulas.logic import FALSE, TRUE, every, no, some
from expectations.formulas.values import NotInExcelError, code_list_of, fields_of, value

_OPPOSITE = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
Truth = tuple[str, str]


def condition(predicate: str, cells: Cells) -> tuple[str, tuple[str, ...]]:
    """(1 where the predicate is TRUE, the fields it reads). NotInExcelError when a sheet cannot say it."""
    import sqlglot

    tree = sqlglot.parse_one(predicate, read="duckdb")
    return truth(tree, cells)[0], fields_of(tree, cells)


def truth(e: Any, cells: Cells) -> Truth:
    """The pair of a boolean expression. NotInExcelError for what has no counterpart in a formula."""
    from sqlglot import exp

    if isinstance(e, exp.Paren):
        return truth(e.this, cells)
    if isinstance(e, exp.And | exp.Or):
        left, right = truth(e.this, cells), truth(e.expression, cells)
        both, either = every([left[0], right[0]]), some([left[1], right[1]])
        if isinstance(e, exp.And):
            return both, either
        return some([left[0], right[0]]), every([left[1], right[1]])
    if isinstance(e, exp.Not):
        is_true, is_false = truth(e.this, cells)
        return is_false, is_true
    return _leaf(e, cells)


def _leaf(e: Any, cells: Cells) -> Truth:
    from sqlglot import exp

    if isinstance(e, exp.Is) and isinstance(e.expression, exp.Null):
        known = value(e.this, cells).known
        return no(known), known
    signs = {exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">="}
    if type(e) in signs:
        return _comparison(e.this, signs[type(e)], e.expression, cells)
    if isinstance(e, exp.In) and e.args.get("query") is None:
        return _in(e, cells)
    if isinstance(e, exp.Between):
        low = _comparison(e.this, ">=", e.args["low"], cells)
        high = _comparison(e.this, "<=", e.args["high"], cells)
        return every([low[0], high[0]]), some([low[1], high[1]])
    if isinstance(e, exp.RegexpFullMatch | exp.RegexpLike):
        return _digits(e, cells)
    if isinstance(e, exp.Case):
        return _case(e, cells)
    if isinstance(e, exp.Exists):
        return _exists(e, cells)
    raise NotInExcelError(f"{type(e).__name__}")


def _comparison(left: Any, sign: str, right: Any, cells: Cells) -> Truth:
    from sqlglot import exp

    if _is_boolean(left) and _is_boolean(right):
        a, b = truth(left, cells), truth(right, cells)
        same = some([every([a[0], b[0]]), every([a[1], b[1]])])
        other = some([every([a[0], b[1]]), every([a[1], b[0]])])
        return (same, other) if sign == "=" else (other, same)
    if isinstance(left, exp.Greatest) and sign in (">", ">="):
        pairs = [_comparison(one, sign, right, cells) for one in (left.this, *left.expressions)]
        known = [value(one, cells).known for one in (left.this, *left.expressions)]
        reached = some(pair[0] for pair in pairs)
        return reached, every([some(known), no(reached)])
    codes = code_list_of(left, cells) or code_list_of(right, cells)
    a, b = value(left, cells, codes), value(right, cells, codes)
    known = [a.known, b.known]
    if a.text[0] == b.text[0] == '"':  # two constants of an unrolled list
        holds = {"=": a.text == b.text, "<>": a.text != b.text}.get(sign)
        if holds is not None:
            return (every([*known, TRUE]), FALSE) if holds else (FALSE, every([*known, TRUE]))
    return (
        every([*known, f"({a.text}{sign}{b.text})"]),
        every([*known, f"({a.text}{_OPPOSITE[sign]}{b.text})"]),
    )


def _in(e: Any, cells: Cells) -> Truth:
    codes = code_list_of(e.this, cells)
    this = value(e.this, cells, codes)
    options = [value(option, cells, codes).text for option in e.expressions]
    if len(options) > 5:
        hit = f"ISNUMBER(MATCH({this.text},{{{','.join(options)}}},0))"
    else:
        hit = some(f"({this.text}={option})" for option in options)
    return every([this.known, hit]), every([this.known, no(hit)])


def _digits(e: Any, cells: Cells) -> Truth:
    """Patterns of digits over an identity cell, which is known to be plain: only length and first digit are open."""
    this = value(e.this, cells)
    found = re.fullmatch(r"(0|\[1-9\]|)\[0-9\]\{([0-9]+)\}", e.expression.this)
    if found is None:
        if fields_of(e.this, cells) and cells.contract.field(fields_of(e.this, cells)[0]).pii == "identity":
            return FALSE, FALSE  # passports and registers: the cell is not plain, nothing is claimed
        raise NotInExcelError("mẫu chữ")
    length = int(found[2]) + bool(found[1])
    first = {"0": f'(LEFT({this.text},1)="0")', "[1-9]": f'(LEFT({this.text},1)<>"0")'}.get(found[1], "1")
    hit = every([f"(LEN({this.text})={length})", first])
    return every([this.known, hit]), every([this.known, no(hit)])


def _case(e: Any, cells: Cells) -> Truth:
    """CASE value WHEN literal THEN condition …: the literals exclude each other."""
    if e.this is None:
        raise NotInExcelError("CASE")
    is_true, is_false, before = [], [], []
    for branch in e.args["ifs"]:
        here = _comparison(e.this, "=", branch.this, cells)[0]
        then = truth(branch.args["true"], cells)
        is_true.append(every([here, then[0]]))
        is_false.append(every([here, then[1]]))
        before.append(here)
    rest = no(some(before))
    last = truth(e.args["default"], cells)
    return some([*is_true, every([rest, last[0]])]), some([*is_false, every([rest, last[1]])])


def _exists(e: Any, cells: Cells) -> Truth:
    """EXISTS over a list of constants: the condition once for each of its rows."""
    from sqlglot import exp

    source = e.this.args.get("from_") or e.this.args.get("from")
    values = source.this if source is not None else None
    if not isinstance(values, exp.Values):
        raise NotInExcelError("bảng khác")
    names = [column.name for column in values.args["alias"].args["columns"]]
    pairs = []
    for row in values.expressions:
        bound = {f"{values.alias}.{name}": one for name, one in zip(names, row.expressions, strict=True)}
        pairs.append(truth(e.this.args["where"].this, replace(cells, bound=bound)))
    hit = some(pair[0] for pair in pairs)
    return hit, no(hit)


def _is_boolean(e: Any) -> bool:
    from sqlglot import exp

    while isinstance(e, exp.Paren):
        e = e.this
    return isinstance(e, exp.EQ | exp.NEQ | exp.LT | exp.GT | exp.LTE | exp.GTE | exp.Is | exp.In)
