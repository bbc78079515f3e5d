"""Contract → rules: each is one SQL predicate over the typed table, TRUE for a bad row.

Lives here: the kinds that follow from a field (TYPE, REQUIRED, RANGE, CODE, PATTERN), from the key (UNIQUE) and the
named row rules of the contract, with their placeholders filled:
``$relation`` the typed table, ``$schema`` its schema, ``$form`` the form's code, ``$allowed_prefixes``,
``$reorganisation_days`` lists of literals, ``$legal_bases`` a relation ``basis(code, valid_from, valid_to)``,
``$training_fields`` a relation ``field(code, is_st)``, ``$codes(list)`` one ``code(code, valid_from, valid_to)``,
``$seasons`` one ``season(of_year, opens_on)``, ``$owners(task)`` the literals of the agencies that hold or held a duty,
``$agency_on(column, day)`` TRUE when a body of that code or name exists on that day.
Does not live here: running the predicates (``select.py``, ``gates/``) and what a rule says (``messages.py``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from expectations.contracts.model import Contract, Field, RowRule
from expectations.findings import Severity
from expectations.rules.parameters import RuleParameters, from_reference

TYPED = "typed"
_CODES = re.compile(r"\$codes\((\w+)\)")
_OWNERS = re.compile(r"\$owners\(([^()]+)\)")
_AGENCY_ON = re.compile(r"\$agency_on\(([^,()]+),\s*([^()]+)\)")


@dataclass(frozen=True)
class CompiledRule:
    """A rule ready to run. ``fields`` are those it speaks of (the first is the cell that is shown, none: the row);

    ``kind`` is TYPE … UNIQUE, or the id of a row rule, and the key of its text; ``template`` has ``$schema`` open.
    """

    rule: str
    severity: Severity
    dataset: str
    fields: tuple[str, ...]
    kind: str
    template: str
    defects: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def predicate_sql(self) -> str:
        """The predicate over ``typed.<dataset>``: TRUE for a bad row."""
        return self.over(TYPED)

    def over(self, schema: str) -> str:
        """The same predicate where the typed tables lie in another schema."""
        return self.template.replace("$relation", f"{schema}.{self.dataset}").replace("$schema", schema)


def compile_rules(contract: Contract, parameters: RuleParameters | None = None) -> list[CompiledRule]:
    """All rules of a contract: field by field in its order, then the key, then the row rules.

    Without ``parameters`` the shipped reference lists hold and sample prefixes are refused.
    """
    known = parameters or from_reference()
    rules = [rule for one in contract.fields for rule in _field_rules(contract, one, known)]
    rules.append(_unique(contract))
    if contract.channel == "register" and contract.key_severity == "error":
        rules.append(_conflict(contract))
    rules += [_row_rule(contract, rule, known) for rule in contract.rules]
    return rules


def compile_all(contracts: Iterable[Contract], parameters: RuleParameters | None = None) -> list[CompiledRule]:
    """The rules of several contracts, in order."""
    return [rule for contract in contracts for rule in compile_rules(contract, parameters)]


def _field_rules(contract: Contract, one: Field, known: RuleParameters) -> list[CompiledRule]:
    made: list[tuple[str, str, dict[str, str]]] = []
    raw = f'"{one.name}__raw"'
    column = f'"{one.name}"'
    if one.required and not one.derived:
        made.append(("REQUIRED", f"{column} IS NULL AND coalesce(trim({raw}), '') = ''", {}))
    if one.type == "code":
        codes = known.code_lists[one.code_list or ""]
        allowed = _literals(code for code, _, _ in codes)
        bad = f"{column} NOT IN ({allowed}) OR ({column} IS NULL AND {raw} IS NOT NULL)"
        made.append(("CODE", bad, {"choices_vi": _choices(codes, 1), "choices_en": _choices(codes, 2)}))
    elif one.type in ("integer", "decimal", "boolean", "date") or one.pii == "identity":
        unread = f"{column} IS NULL AND {raw} IS NOT NULL"
        if one.pii == "birth":
            made.append(("YEAR_ONLY", f"{unread} AND {_is_year(raw)}", {}))
            unread = f"{unread} AND NOT {_is_year(raw)}"
        made.append(("TYPE", unread, {"type": one.type}))
    if one.minimum is not None or one.maximum is not None:
        made.append(("RANGE", _outside(one), {"minimum": _shown(one.minimum), "maximum": _shown(one.maximum)}))
    if one.pattern is not None:
        made.append(("PATTERN", f"NOT regexp_full_match({column}, {_literal(one.pattern)})", {"pattern": one.pattern}))
    return [
        CompiledRule(
            rule=f"{contract.code}-{one.name.upper()}-{kind}",
            severity=one.weight(kind),
            dataset=contract.name,
            fields=(one.name,),
            kind=kind,
            template=predicate,
            facts=tuple(facts.items()),
        )
        for kind, predicate, facts in made
    ]


def _is_year(raw: str) -> str:
    return f"regexp_full_match(trim({raw}), '[12][0-9]{{3}}([.]0)?')"


def _outside(one: Field) -> str:
    def literal(bound: object) -> str:
        return f"DATE '{bound}'" if one.type == "date" else str(bound)

    parts = []
    if one.minimum is not None:
        parts.append(f'"{one.name}" < {literal(one.minimum)}')
    if one.maximum is not None:
        parts.append(f'"{one.name}" > {literal(one.maximum)}')
    return " OR ".join(parts)


def _unique(contract: Contract) -> CompiledRule:
    """Every row of a key but the first one of its submission; a row whose required key cells are blank has no key."""
    keys, keyed = _key_of(contract)
    select = (
        "SELECT submission_id, coalesce(sheet, ''), \"row\" FROM ("
        'SELECT submission_id, sheet, "row", row_number() OVER '
        f'(PARTITION BY submission_id, {keys} ORDER BY sheet, "row") AS nth FROM {keyed}) WHERE nth > 1'
    )
    return _key_rule(contract, "KEY-UNIQUE", "UNIQUE", select)


def _conflict(contract: Contract) -> CompiledRule:
    """The first row of a key whose rows say different things: then none of them is known to be right (S02)."""
    keys, keyed = _key_of(contract)
    said = ", ".join(f'"{one.name}"' for one in contract.fields if one.name not in contract.primary_key)
    select = (
        f'SELECT submission_id, coalesce(arg_min(sheet, "row"), \'\'), min("row") FROM {keyed} '
        f"GROUP BY submission_id, {keys} HAVING count(*) > 1 AND min(hash({said})) <> max(hash({said}))"
    )
    return _key_rule(contract, "KEY-CONFLICT", "KEY-CONFLICT", select)


def _key_of(contract: Contract) -> tuple[str, str]:
    """SQL: the columns of the key, and the rows that have one: none of its required cells is blank."""
    keys = ", ".join(f'"{name}"' for name in contract.primary_key)
    required = [f'"{name}" IS NOT NULL' for name in contract.primary_key if contract.field(name).required]
    return keys, f"$relation WHERE {' AND '.join(required)}" if required else "$relation"


def _key_rule(contract: Contract, name: str, kind: str, select: str) -> CompiledRule:
    """A rule about keys: ``select`` gives (submission_id, sheet or '', row) of the rows that break it."""
    return CompiledRule(
        rule=f"{contract.code}-{name}",
        severity=contract.key_severity,
        dataset=contract.name,
        fields=contract.primary_key,
        kind=kind,
        template=f"(submission_id, coalesce(sheet, ''), \"row\") IN ({select})",
        defects=("D079",),
    )


def _row_rule(contract: Contract, rule: RowRule, known: RuleParameters) -> CompiledRule:
    filled = _AGENCY_ON.sub(lambda found: _agency_on(found[1].strip(), found[2].strip()), rule.predicate)
    filled = _CODES.sub(lambda found: _spans("code", "code", known.code_spans[found[1]]), filled)
    filled = _OWNERS.sub(lambda found: _owners(found[1], known), filled)
    for placeholder, sql in _lists(filled, known):
        filled = filled.replace(placeholder, sql())
    return CompiledRule(
        rule=f"{contract.code}-{rule.id}",
        severity=rule.severity,
        dataset=contract.name,
        fields=rule.fields,
        kind=rule.message or rule.id,
        template=filled.replace("$form", contract.code),
        defects=rule.defects,
    )


def _lists(predicate: str, known: RuleParameters) -> list[tuple[str, Callable[[], str]]]:
    makers: dict[str, Callable[[], str]] = {
        "$allowed_prefixes": lambda: _literals(known.allowed_prefixes),
        "$reorganisation_days": lambda: ", ".join(f"DATE '{day}'" for day in known.reorganisation_days) or "NULL",
        "$legal_bases": lambda: _spans("basis", "code", known.legal_bases),
        "$seasons": lambda: _seasons(known.seasons),
        "$agencies": lambda: _spans("agency", "written", known.agencies),
        "$training_fields": lambda: _relation("field", ("code", "is_st"), known.training_fields),
    }
    return [(name, make) for name, make in makers.items() if name in predicate]


def _owners(task: str, known: RuleParameters) -> str:
    return _literals(body for owned, body in known.task_owners if owned == task) or "NULL"


def _agency_on(column: str, day: str) -> str:
    written = f"lower(nfc_normalize(trim(regexp_replace({column}, '\\s+', ' ', 'g'))))"
    return (
        f"EXISTS (SELECT 1 FROM $agencies WHERE agency.written = {written} AND agency.valid_from <= {day} "
        f"AND (agency.valid_to IS NULL OR {day} < agency.valid_to))"
    )


def _spans(name: str, first: str, spans: Sequence[tuple[str, str, str]]) -> str:
    rows = [(code, begins or "0001-01-01", ends) for code, begins, ends in spans]
    values = ", ".join(
        f"({_literal(code)}, DATE '{begins}', {f'DATE {_literal(ends)}' if ends else 'CAST(NULL AS DATE)'})"
        for code, begins, ends in rows
    )
    return f"(VALUES {values}) AS {name}({first}, valid_from, valid_to)"


def _seasons(seasons: Sequence[tuple[str, str]]) -> str:
    values = ", ".join(f"({int(year)}, DATE '{day}')" for year, day in seasons)
    return f"(VALUES {values or '(0, NULL::DATE)'}) AS season(of_year, opens_on)"


def _relation(name: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    values = ", ".join(f"({_literals(row)})" for row in rows)
    return f"(VALUES {values}) AS {name}({', '.join(columns)})"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _literals(texts: Iterable[str]) -> str:
    return ", ".join(_literal(text) for text in texts)


def _choices(codes: Sequence[tuple[str, str, str]], language: int) -> str:
    labels = [code[language] for code in codes]
    return "; ".join(labels) if len(labels) <= 12 else ""


def _shown(bound: object) -> str:
    if bound is None:
        return ""
    return f"{bound:%d/%m/%Y}" if hasattr(bound, "year") else f"{bound}"
