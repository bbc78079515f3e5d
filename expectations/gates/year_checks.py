"""What gate 2 asks of a year's marts: each check is one predicate over one relation, TRUE for a bad row.

Lives here: the checks and how a bad row is named to a reader. Does not live here: their sentences
(``rules/texts/year_rules.yml``), running them (``suites.py``), and what is compared outside SQL (``publication.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.contracts.load import all_contracts
from expectations.gates.suites import Check
from expectations.rules.messages import severity_of

VALUES = "marts.fct_indicator_values"
SUBMISSIONS = "marts.fct_submissions"
FINDINGS = "marts.fct_findings"
INDICATORS = "marts.dim_indicators"
CONTROLS = "marts.fct_recruitment_controls"
REGISTER = "staging.stg_accepted__recruitment_register"
COVERAGE = "staging.stg_accepted__register_coverage"
NEVER_EMPTY = (VALUES, SUBMISSIONS, INDICATORS)

_KEY = ("indicator_code", "reading", "reporting_year", "period_code", "structure_on")
_FIGURE = (
    "indicator_code || '/' || reading || '/' || reporting_year || '/' || period_code || '/' || agency_code || '@' "
    "|| structure_on"
)
_JUDGED = "('met', 'approximately_met', 'not_met')"


@dataclass(frozen=True)
class YearCheck:
    """A check and the SQL that names its bad rows: ``label`` is the fact {ten}, ``quy_tac`` the rule of gate 1."""

    check: Check
    label: str
    agency: str = "CAST(NULL AS VARCHAR)"
    gate_one_rule: str = "CAST(NULL AS VARCHAR)"


def year_checks(year: int) -> list[YearCheck]:
    """All checks of a reporting year."""
    return [*_figures(), *_whole(year), *_answers(year), _totals(year), _registers(), _silent_registers(year)]


def _check(rule: str, relation: str, predicate: str, label: str = _FIGURE, **named: str) -> YearCheck:
    return YearCheck(Check(rule, severity_of(rule), relation, predicate), label, **named)


def _figures() -> list[YearCheck]:
    """Each figure by itself, and each beside the other figures of its key; all years, readings and structures."""
    return [
        _check("YEAR-ABOVE-100", VALUES, "value < 0 OR value > 100"),
        _check("YEAR-NUMERATOR-EXCEEDS", VALUES, "numerator < 0 OR denominator < 0 OR numerator > denominator"),
        _check("YEAR-EMPTY-DENOMINATOR", VALUES, "denominator = 0 AND value IS NOT NULL"),
        _check("YEAR-VALUE", VALUES, "abs(value * denominator - 100 * numerator) > 0.0001 * denominator"),
        _check("YEAR-BOUNDS", VALUES, "lower_bound > upper_bound OR value < lower_bound OR value > upper_bound"),
        _check("YEAR-VERDICT", VALUES, _wrong_verdict()),
        _check("YEAR-KEY", VALUES, f"({_keys()}, agency_code) IN (SELECT {_keys()}, agency_code FROM {VALUES} "
               "GROUP BY ALL HAVING count(*) > 1)"),
        _check("YEAR-SUM", VALUES, _other_than_its_agencies()),
        _check("YEAR-CONSERVED", VALUES, _other_in_another_structure()),
        _check("YEAR-JUMP", VALUES, _jumped()),
    ]  # fmt: skip


def _wrong_verdict() -> str:
    """Verdicts follow the integers; a verdict without target or denominator, and a shortfall that is met, are wrong."""
    return (
        f"(verdict IN {_JUDGED} AND (target_value IS NULL OR coalesce(denominator, 0) = 0))"
        " OR (verdict = 'met' AND 100 * numerator < target_value * denominator)"
        " OR (verdict IN ('not_met', 'approximately_met') AND 100 * numerator >= target_value * denominator)"
        " OR (verdict = 'approximately_met' AND target_kind <> 'about')"
        " OR (verdict = 'met' AND shortfall <> 0) OR (verdict = 'not_met' AND coalesce(shortfall, 0) <= 0)"
    )


def _keys(alias: str = "") -> str:
    return ", ".join(f"{name} AS {alias}{name}" if alias else name for name in _KEY)


def _same_key(alias: str, but: str = "") -> str:
    return " AND ".join(f"{alias}{name} = {name}" for name in _KEY if name != but)


def _other_than_its_agencies() -> str:
    return (
        f"agency_code = 'LS' AND EXISTS (SELECT 1 FROM (SELECT {_keys('of_')}, sum(numerator) AS parts_numerator, "
        f"sum(denominator) AS parts_denominator FROM {VALUES} WHERE agency_code <> 'LS' GROUP BY ALL) "
        f"WHERE {_same_key('of_')} AND (parts_numerator <> numerator OR parts_denominator <> denominator))"
    )


def _other_in_another_structure() -> str:
    return (
        f"agency_code = 'LS' AND EXISTS (SELECT 1 FROM (SELECT {_keys('of_')}, numerator AS of_numerator, denominator "
        f"AS of_denominator FROM {VALUES} WHERE agency_code = 'LS') WHERE {_same_key('of_', but='structure_on')} "
        "AND (of_numerator IS DISTINCT FROM numerator OR of_denominator IS DISTINCT FROM denominator))"
    )


def _jumped() -> str:
    before = " AND ".join(f"of_{name} = {name}" for name in _KEY if name != "reporting_year")
    return (
        "agency_code = 'LS' AND is_headline AND structure_on = 'as_reported' AND EXISTS (SELECT 1 FROM ("
        f"SELECT {_keys('of_')}, value AS of_value FROM {VALUES} WHERE agency_code = 'LS') "
        f"WHERE {before} AND of_reporting_year = reporting_year - 1 AND abs(value - of_value) >= 20)"
    )


def _whole(year: int) -> list[YearCheck]:
    """Every indicator of the plan has exactly one headline line of the province, in the year reported."""
    lines = (
        "(indicator_code, coalesce(headline_reading, ''), coalesce(headline_period, '')) NOT IN (SELECT "
        f"indicator_code, reading, period_code FROM {VALUES} "
        f"WHERE is_headline AND reporting_year = {year:d} AND agency_code = 'LS' "
        "AND structure_on = 'as_reported' GROUP BY ALL HAVING count(*) = 1)"
    )
    return [_check("YEAR-INDICATOR-MISSING", INDICATORS, lines, "indicator_code")]


def _answers(year: int) -> list[YearCheck]:
    """Who owes and did not report, and what was asked and not answered, without a recorded explanation."""
    missing = (
        f"reporting_year = {year:d} AND is_owed AND first_accepted_at IS NULL "
        f"AND agency_code NOT IN ({_explained('YEAR-AGENCY-MISSING', year)})"
    )
    open_query = f"reporting_year = {year:d} AND severity = 'query' AND NOT coalesce(is_explained, false)"
    wrong = f"reporting_year = {year:d} AND rule IN ({_corrected_only()})"
    named = {"agency": "agency_code", "gate_one_rule": "rule"}
    return [
        _check("YEAR-AGENCY-MISSING", SUBMISSIONS, missing, _name_of(SUBMISSIONS), agency="agency_code"),
        _check("YEAR-OPEN-QUERY", FINDINGS, f"agency_code IS NOT NULL AND {open_query}", _name_of(FINDINGS), **named),
        _check("YEAR-CORRECTION-OWED", FINDINGS, wrong, _name_of(FINDINGS), **named),
        _check(
            "YEAR-OPEN-QUERY-REGISTER",
            FINDINGS,
            f"agency_code IS NULL AND {open_query}",
            "coalesce(sheet, dataset, submission_id)",
            gate_one_rule="rule",
        ),
    ]


def _totals(year: int) -> YearCheck:
    """B02 beside the register, line by line: a difference is a question to the agency until somebody explains it.

    A line that the agency did not write counts as none, unless an error kept rows of its form out.
    """
    whole = (
        f"SELECT agency_code FROM marts.fct_forms WHERE reporting_year = {year:d} AND form = 'B02' "
        "AND state IN ('filled', 'nil') AND rows_rejected = 0"
    )
    differs = (
        f"reporting_year = {year:d} AND agency_code NOT IN ({_explained('YEAR-B02-REGISTER', year)}) "
        "AND (summary_count <> register_count "
        f"OR (summary_count IS NULL AND register_count > 0 AND agency_code IN ({whole})))"
    )
    line = (
        f"{_name_of(CONTROLS)} || ', ' || {_label_of('recruitment_form')} || ', ' || {_label_of('staff_kind')} "
        "|| ' (B02: ' || coalesce(summary_count, 0) || ', sổ: ' || register_count || ')'"
    )
    return _check("YEAR-B02-REGISTER", CONTROLS, differs, line, agency="agency_code")


def _registers() -> YearCheck:
    """A decision of one authority, however it is written, stands in one register file; numbers begin anew each year."""
    body = _decider("decided_on")
    decision = "body, decision_number, year(decided_on)"
    repeated = (
        f"({body}, decision_number, year(decided_on)) IN (SELECT {decision} FROM (SELECT *, {body} AS body "
        f"FROM {REGISTER}) GROUP BY ALL HAVING count(DISTINCT submission_id) > 1)"
    )
    named = "decision_number || ' (' || deciding_agency_code || ', ' || year(decided_on) || ')'"
    return _check("YEAR-REGISTER-DUPLICATE", REGISTER, repeated, named)


def _silent_registers(year: int) -> YearCheck:
    """An authority that recruited last year, still exists and sends nothing this year is silent, which is no 0 (S10).

    A row of the register that takes effect this year ends the silence, or a row of its coverage, or an explanation.
    """
    spoke = (
        f"SELECT {_decider('decided_on')} FROM {REGISTER} WHERE year(effective_on) = {year:d} "
        f"UNION ALL SELECT {_decider('period_to')} FROM {COVERAGE} WHERE year(period_to) = {year:d} "
        f"UNION ALL {_explained('YEAR-REGISTER-SILENT', year)}"
    )
    ended = f"SELECT agency_code FROM marts.dim_agencies WHERE valid_to <= DATE '{year:d}-12-31'"
    decider = _decider("decided_on")
    silent = (
        f"status = 'hieu_luc' AND year(effective_on) = {year - 1:d} "
        f"AND {decider} NOT IN ({spoke}) AND {decider} NOT IN ({ended})"
    )
    name = (
        f"coalesce((SELECT max(name_vi) FROM marts.dim_agencies WHERE agency_code = {decider}), deciding_agency_code)"
    )
    return _check("YEAR-REGISTER-SILENT", REGISTER, silent, name, agency=decider)


def _decider(day: str) -> str:
    """SQL of the body that a deciding authority, however it is written, was on a day; else what is written."""
    return (
        "coalesce((SELECT max(agency_code) FROM intermediate.int_agencies__resolved "
        f"WHERE agency_written = deciding_agency_code AND on_day = {day}), lower(trim(deciding_agency_code)))"
    )


def _explained(rule: str, year: int) -> str:
    """The agencies for which somebody took responsibility for a gap of the year."""
    return (
        f"SELECT agency_code FROM staging.stg_accepted__explanations WHERE rule = '{rule}' "
        f"AND reporting_year = {year:d} AND agency_code IS NOT NULL AND coalesce(trim(explanation), '') <> ''"
    )


def _label_of(code_list: str) -> str:
    """The Vietnamese label of a code in the column that is called like its list."""
    label = f"SELECT max(label_vi) FROM marts.dim_codes WHERE list = '{code_list}' AND code = {code_list}"
    return f"coalesce(({label}), {code_list})"


def _name_of(relation: str) -> str:
    table = relation.split(".")[1]
    return (
        "coalesce((SELECT max(body.name_vi) FROM marts.dim_agencies AS body "
        f"WHERE body.agency_code = {table}.agency_code), agency_code)"
    )


def _corrected_only() -> str:
    """The rules of gate 1 that no explanation lifts, as SQL literals (decision 38)."""
    return ", ".join(f"'{c.code}-{rule.id}'" for c in all_contracts() for rule in c.rules if not rule.explainable)
