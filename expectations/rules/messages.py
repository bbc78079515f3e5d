"""What a rule says to an officer: the wrong thing, what is needed, how to repair it, in Vietnamese and English.

Lives here: looking up ``texts/*.yml``, filling in facts, masking values, and the whole sentence of a finding
(worked-examples.md 11.2, 11.3). Does not live here: which rule is broken where (``select.py``, ``gates/``, ingestion).

A key is a whole rule id (``TEP-HONG``, ``YEAR-SUM``), the part after a dataset's code (``ID-SHAPE``, ``NIL-ROWS``),
a kind (``REQUIRED``, ``TYPE.date``), or the reason why a cell could not be typed (``month_only``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from expectations import yaml_files
from expectations.contracts.load import all_contracts
from expectations.contracts.model import Contract, Field
from expectations.findings import Finding, Severity
from expectations.rules.compile import CompiledRule
from expectations.rules.masking import last_digits, mask
from expectations.rules.select import BadRow

Lang = Literal["vi", "en"]
_TEXTS = Path(__file__).parent / "texts"
_ADDRESS = re.compile(r'^Ô [A-Z]+[0-9]+(?: \((?:trang|cột) "[^"]*"(?:, cột "[^"]*")?\))?: ')
_REFUSED = {
    "vi": "Sở Nội vụ chưa tiếp nhận được tệp {ten_tep} vì {ly_do}",
    "en": "The file {ten_tep} is refused: {ly_do}",
}
_SEVERITY = {
    "vi": {
        Severity.BLOCKER: "Chưa tiếp nhận",
        Severity.ERROR: "Phải sửa",
        Severity.QUERY: "Đề nghị sửa hoặc giải trình",
        Severity.NOTE: "Lưu ý",
    },
    "en": {
        Severity.BLOCKER: "Not accepted",
        Severity.ERROR: "To correct",
        Severity.QUERY: "To correct or explain",
        Severity.NOTE: "Note",
    },
}


@dataclass(frozen=True)
class Message:
    """Three texts of one rule in one language; ``expected`` and ``fix`` are phrases without a full stop."""

    message: str
    expected: str
    fix: str


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def message(rule: str, lang: Lang = "vi", **facts: Any) -> Message:
    """The texts of a rule with its facts filled in; a fact that is not given shows as "…".

    With ``cell`` (and ``sheet``) the message starts with the address; ``field`` overrides the column's label. Other
    facts are those named in ``texts/*.yml``. KeyError when no text belongs to the rule.
    """
    key, contract, field = _resolve(rule)
    entry = _entry(key)
    known = _Facts({name: str(value) for name, value in facts.items() if value is not None})
    _add_field_facts(known, lang, contract, field)
    wrong, needed, fix = (" ".join(text.format_map(known).split()) for text in entry[lang])
    if key.startswith("TEP-") and entry.get("severity") == "blocker":
        wrong = _REFUSED[lang].format(ten_tep=known["ten_tep"], ly_do=wrong)
    return Message(_capital(_addressed(wrong, lang, known)), needed, _capital(fix))


def severity_of(rule: str) -> Severity:
    """What a rule weighs: that of the catalogue, else of the contract's row rule or field. KeyError when unknown."""
    key, contract, field = _resolve(rule)
    stated = _entry(key).get("severity")
    if contract is not None:
        stated = next((r.severity for r in contract.rules if f"{contract.code}-{r.id}" == rule), stated)
        stated = contract.key_severity if key == "UNIQUE" else stated
    if stated is None and field is not None:
        stated = field.weight(rule.rsplit("-", 1)[-1])
    return Severity(stated or Severity.ERROR)


def severity_label(severity: Severity, lang: Lang = "vi") -> str:
    """How a severity is printed: "Phải sửa", "Đề nghị sửa hoặc giải trình", "Lưu ý", "Chưa tiếp nhận"."""
    return _SEVERITY[lang][severity]


def sentence(finding: Finding, lang: Lang = "vi") -> str:
    """The whole sentence of a finding, as in worked-examples.md 11.3: address, value, need, repair, rule."""
    seen, need, how = ("đã nhập", "cần", "Cách sửa") if lang == "vi" else ("entered", "needed", "How to repair")
    parts = [finding.message.rstrip(".") + (f'; {seen} "{finding.value}"' if finding.value else "")]
    parts[0] += f"; {need} {finding.expected}" if finding.expected else ""
    if finding.fix:
        parts.append(f"{how}: {finding.fix.rstrip('.')}")
    return f"{'. '.join(parts)}. [{finding.rule}]"


def without_address(text: str) -> str:
    """A Vietnamese message without the cell it begins with, for places that show the cell themselves."""
    return _capital(_ADDRESS.sub("", text))


def finding_for(compiled: CompiledRule, bad: BadRow) -> Finding:
    """The finding of one bad row: sentences in Vietnamese, the value of its first field masked."""
    contract = _contract(compiled.dataset)
    shown = [mask(value, contract.field(name)) for name, value in zip(compiled.fields, bad.values, strict=True)]
    facts: dict[str, Any] = dict(compiled.facts) | {"trang": bad.sheet, "dong": bad.row}
    for nth, (cell, value) in enumerate(zip(bad.cells, shown, strict=True), start=1):
        facts |= {f"o{nth}": cell, f"v{nth}": _day(value)}
    facts["duoi"] = next(
        (last_digits(v) for n, v in _pairs(compiled, bad) if contract.field(n).pii == "identity"), None
    )
    cell = bad.cells[0] if bad.cells else None
    texts = message(compiled.rule, sheet=bad.sheet, cell=cell, row=bad.row, **facts)
    return Finding(
        rule=compiled.rule,
        severity=compiled.severity,
        message=texts.message,
        expected=texts.expected,
        fix=texts.fix,
        sheet=bad.sheet,
        cell=cell,
        row=bad.row,
        dataset=compiled.dataset,
        field=compiled.fields[0] if compiled.fields else None,
        value=shown[0] if shown else None,
        agency_code=bad.agency_code,
        submission_id=bad.submission_id,
    )


@cache
def catalogue() -> dict[str, dict[str, Any]]:
    """Every text by its key: ``vi`` and ``en`` are [message, expected, fix]; ``severity`` where the rule is ours."""
    entries: dict[str, dict[str, Any]] = {}
    for path in sorted(_TEXTS.glob("*.yml")):
        for key, entry in yaml_files.read(path).items():
            if key in entries:
                raise ValueError(f"{path.name}: {key} has two texts")
            entries[key] = entry
    return entries


def _pairs(compiled: CompiledRule, bad: BadRow) -> list[tuple[str, str | None]]:
    return list(zip(compiled.fields, bad.values, strict=True))


def _entry(key: str) -> dict[str, Any]:
    entry = catalogue()[key]
    return _entry(entry["same_as"]) if "same_as" in entry else entry


@cache
def _resolve(rule: str) -> tuple[str, Contract | None, Field | None]:
    """The text key of a rule, and the contract and field its id names."""
    rule = f"TEP-{rule.removeprefix('tep.').upper()}" if rule.startswith("tep.") else rule
    if rule in catalogue():
        return rule, None, None
    for contract in all_contracts():
        rest = rule.removeprefix(f"{contract.code}-")
        if rest == rule:
            continue
        own = next((r.message or r.id for r in contract.rules if r.id == rest), rest)
        own = own if own in catalogue() else rest.lower()
        if own in catalogue():
            return own, contract, None
        if rest == "KEY-UNIQUE":
            return "UNIQUE", contract, None
        name, _, kind = rest.rpartition("-")
        field = next((f for f in contract.fields if f.name.upper() == name), None)
        if field is not None:
            kind = kind.lower() if kind.lower() in catalogue() else kind
            return (f"TYPE.{field.type}" if kind == "TYPE" else kind), contract, field
    raise KeyError(f"no text belongs to the rule {rule}")


def _add_field_facts(known: _Facts, lang: Lang, contract: Contract | None, field: Field | None) -> None:
    if contract is not None:
        known.setdefault("bieu", contract.code)
        labels = [getattr(contract.field(name).label, lang) for name in contract.primary_key]
        known.setdefault("khoa", " + ".join(labels))
    if field is not None:
        known.setdefault("cot", getattr(field.label, lang))
        known.setdefault("mau", getattr(field.description, lang))
    known.setdefault("cho", _where(known, lang))
    choices = known.get(f"choices_{lang}", "")
    known.setdefault("lua_chon", f": {choices}" if choices else "")
    known.setdefault("khoang", _range(known, lang))


def _where(known: _Facts, lang: Lang) -> str:
    """Where reading ended: "" when it never began."""
    sheet, cell = known.get("trang", ""), known.get("o", "")
    if not sheet:
        return ""
    words = (", đọc đến ô ", 'trang "') if lang == "vi" else (", read up to ", 'sheet "')
    return f' ({words[1]}{sheet}"{words[0] + cell if cell else ""})'


def _range(known: _Facts, lang: Lang) -> str:
    low, high = known.get("minimum", ""), known.get("maximum", "")
    if low and high:
        return f"từ {low} đến {high}" if lang == "vi" else f"from {low} to {high}"
    if low:
        return f"từ {low} trở lên" if lang == "vi" else f"of at least {low}"
    return (f"không quá {high}" if lang == "vi" else f"of at most {high}") if high else "…"


def _addressed(text: str, lang: Lang, known: _Facts) -> str:
    sheet, cell, row, column = (known.get(name) for name in ("sheet", "cell", "row", "cot"))
    words = ("Ô", "trang", "cột", "dòng") if lang == "vi" else ("Cell", "sheet", "column", "row")
    if cell:
        inside = [f'{word} "{name}"' for word, name in ((words[1], sheet), (words[2], column)) if name]
        place = f" ({', '.join(inside)})" if inside else ""
        return f"{words[0]} {cell}{place}: {text}"
    if row and row != "0":
        where = f'{words[1]} "{sheet}", {words[3]} {row}' if sheet else f"{words[3]} {row}"
        return f"{_capital(where)}: {text}"
    return text


def _day(value: str | None) -> str | None:
    """An ISO day as officers write it; anything else as it is."""
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", value or "")
    return f"{found[3]}/{found[2]}/{found[1]}" if found else value


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _contract(dataset: str) -> Contract:
    return next(contract for contract in all_contracts() if contract.name == dataset)
