"""Small faults in SQL: each mutant is one model with one thing wrong, as a hand could get it wrong.

Lives here: where a fault is possible and what the SQL is with it (sqlglot over what dbt compiled). Does not live here:
who notices (`judges.py`), which are drawn (`draw.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlglot import exp, parse_one

BOUNDS = {exp.LT: exp.LTE, exp.LTE: exp.LT, exp.GT: exp.GTE, exp.GTE: exp.GT}


@dataclass(frozen=True)
class Mutant:
    """One fault: its model, the kind of fault, the place in the parsed SQL, what stood there and what stands now."""

    model: str
    kind: str
    place: int
    before: str
    after: str
    sql: str

    @property
    def key(self) -> str:
        """What a person can find again: model, kind, place and the words it was."""
        return f"{self.model} · {self.kind} · {self.place} · {self.before}"


def possible(sql: str) -> list[tuple[int, str]]:
    """Return (place, kind) of every fault that is possible, without making it."""
    nodes = enumerate(parse_one(sql, read="duckdb").walk())
    return [(place, kind) for place, node in nodes for kind in _kinds(node)]


def mutant(model: str, sql: str, place: int, kind: str) -> Mutant:
    """Make one fault."""
    tree = parse_one(sql, read="duckdb")
    node = _node(tree, place)
    before = _words(node)
    after = KINDS[kind](node)
    return Mutant(model, kind, place, before, _words(after), tree.sql(dialect="duckdb"))


def _node(tree: exp.Expression, place: int) -> exp.Expression:
    return next(node for number, node in enumerate(tree.walk()) if number == place)


def _words(node: exp.Expression) -> str:
    """The node on one line; of a join or a query only its head."""
    text = " ".join(node.sql(dialect="duckdb").split())
    return text if len(text) <= 110 else text[:107] + "…"


def _kinds(node: exp.Expression) -> Iterator[str]:
    if isinstance(node, exp.Join) and node.args.get("on"):
        yield "left join → inner" if node.side == "LEFT" else "inner join → left"
    if type(node) in BOUNDS:
        yield "bound"
    if isinstance(node, exp.Between):
        yield "between without its last"
    if isinstance(node, exp.And):
        yield "predicate dropped (left)"
        yield "predicate dropped (right)"
    if isinstance(node, exp.Where):
        yield "where dropped"
    if isinstance(node, exp.Coalesce):
        yield "coalesce dropped"
    if isinstance(node, exp.Distinct):
        yield "distinct dropped"
    if isinstance(node, exp.Union) and node.args.get("distinct"):
        yield "union → union all"
    if isinstance(node, exp.Ordered):
        yield "order turned"
    if _is_constant(node):
        yield "constant"


def _is_constant(node: exp.Expression) -> bool:
    """Numbers and truths anywhere but in types; text where it is compared."""
    if isinstance(node, exp.Boolean):
        return True
    if not isinstance(node, exp.Literal) or isinstance(node.parent, exp.DataTypeParam):
        return False
    return not node.is_string or isinstance(node.parent, exp.EQ | exp.NEQ | exp.In)


def _replaced(node: exp.Expression, by: exp.Expression) -> exp.Expression:
    node.replace(by)
    return by


def _inner(node: exp.Expression) -> exp.Expression:
    node.set("side", None)
    node.set("kind", "INNER")
    return node


def _left(node: exp.Expression) -> exp.Expression:
    node.set("side", "LEFT")
    node.set("kind", None)
    return node


def _distinct(node: exp.Expression) -> exp.Expression:
    parent = node.parent
    if isinstance(parent, exp.Select):
        parent.set("distinct", None)
        return parent
    return _replaced(node, node.expressions[0])


def _all(node: exp.Expression) -> exp.Expression:
    node.set("distinct", False)
    return node


def _turned(node: exp.Expression) -> exp.Expression:
    node.set("desc", not node.args.get("desc"))
    return node


def _dropped(node: exp.Expression) -> exp.Expression:
    node.parent.set("where", None)
    return node.parent


def _short(node: exp.Expression) -> exp.Expression:
    ends = exp.And(
        this=exp.GTE(this=node.this.copy(), expression=node.args["low"].copy()),
        expression=exp.LT(this=node.this.copy(), expression=node.args["high"].copy()),
    )
    return _replaced(node, exp.Paren(this=ends))


def _constant(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.Boolean):
        return _replaced(node, exp.Boolean(this=not node.this))
    if node.is_string:
        return _replaced(node, exp.Literal.string(f"{node.this}?"))
    return _replaced(node, exp.Literal.number(str(float(node.this) + 1).removesuffix(".0")))


KINDS: dict[str, Callable[[exp.Expression], exp.Expression]] = {
    "left join → inner": _inner,
    "inner join → left": _left,
    "bound": lambda node: _replaced(node, BOUNDS[type(node)](this=node.this, expression=node.expression)),
    "between without its last": _short,
    "predicate dropped (left)": lambda node: _replaced(node, node.expression),
    "predicate dropped (right)": lambda node: _replaced(node, node.this),
    "where dropped": _dropped,
    "coalesce dropped": lambda node: _replaced(node, node.this),
    "distinct dropped": _distinct,
    "union → union all": _all,
    "order turned": _turned,
    "constant": _constant,
}
