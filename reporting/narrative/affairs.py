"""What the report says of nominations, commendations, violations, policies for persons, urging and inspecting.

Lives here: the sentences that rest on forms B08, B09, B09b, B13, B14 and KT. A number that is withheld or that nobody
told leaves its part of the sentence, and the rest says so.
Does not live here: where they stand (``results``, ``steering``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reporting import numbers
from reporting.disclosure import HIDDEN
from reporting.narrative.blocks import Block, Paragraph, Placeholder
from reporting.totals import ALL, total_of
from reporting.warehouse import Report
from reporting.wording import say

_NAMED = ("can_tro", "tru_dap")
"""The behaviours that nv.vi_pham names; with others beside them it speaks of violations."""


def nominations(report: Report) -> str:
    """nv.tien_cu, empty where nobody answered form B08."""
    total = total_of(report.nominations, "nomination_source")
    own = next((row for row in report.nominations if row["nomination_source"] == "tu_tien_cu"), None)
    if total is None or own is None or total["proposed"] is None:
        return ""
    if total["proposed"] == 0:
        return say("nv.tien_cu.khong")
    facts = {"n": total["proposed"], "n_tu": own["proposed"], "a": total["accepted"], "r": total["refused"],
             "p": total["pending"]}  # fmt: skip
    parts = (("nv.tien_cu.so", "n"), ("nv.tien_cu.tu", "n_tu"), ("nv.tien_cu.ket_qua", "a", "r", "p"))
    return _whole_or_parts("nv.tien_cu", facts, parts)


def commendations(report: Report) -> str:
    """nv.khen, empty where nobody answered form B09."""
    total = total_of(report.commendations, "commendation_kind")
    if total is None or total["persons"] is None:
        return ""
    if total["persons"] == 0 and not total["collectives"]:
        return say("nv.khen.khong")
    facts = {"tt": total["collectives"], "cn": total["persons"]}
    return _whole_or_parts("nv.khen", facts, (("nv.khen.tap_the", "tt"), ("nv.khen.ca_nhan", "cn")))


def violations(report: Report) -> str:
    """nv.vi_pham, empty where nobody answered form B09b."""
    total = total_of(report.violations, "behaviour_code")
    if total is None or total["received"] is None:
        return ""
    if total["received"] == 0:
        return say("nv.vi_pham.khong")
    others = [row["received"] for row in report.violations if row["behaviour_code"] not in (ALL, *_NAMED)]
    key = "nv.vi_pham.chung" if any(others) else "nv.vi_pham"
    facts = {"v": total["received"], "x": total["handled"]}
    return _whole_or_parts(key, facts, (("nv.vi_pham.so", "v"), ("nv.vi_pham.xu_ly", "x")))


def grants(report: Report) -> list[Block]:
    """kp.chinh_sach, or what the officer must write where nobody answered form B14."""
    by = {row["measure"]: row for row in report.policy_grants}
    if len(by) < 3 or any(row["cases"] is None for row in by.values()):
        return [Placeholder(say("soan_thao.chinh_sach"))]
    amount = by["thu_hoi"]["amount"]
    facts = {f"n{i}": by[name]["cases"] for i, name in enumerate(("thu_hut", "dao_tao", "thu_hoi"), start=1)}
    facts["t"] = amount if amount is HIDDEN else numbers.million(amount)
    if not any(by[name]["cases"] for name in by):
        return [Paragraph(say("kp.chinh_sach.khong"))]
    parts = (("kp.chinh_sach.thu_hut", "n1"), ("kp.chinh_sach.dao_tao", "n2"), ("kp.chinh_sach.thu_hoi", "n3", "t"))
    return [Paragraph(_whole_or_parts("kp.chinh_sach", facts, parts))]


def urging(report: Report) -> list[Block]:
    """don_doc as far as it is known, then what the officer must add."""
    row = report.supervision[0] if report.supervision else {}
    names = {
        "n_vb": "reminders",
        "n_tb": "notices",
        "n_kt": "agencies_inspected",
        "n_kn": "findings",
        "n_kp": "remedied",
    }
    facts = {fact: row.get(name) for fact, name in names.items()}
    if _are_known(facts.values()):
        return [Paragraph(say("don_doc", **_written(facts)))]
    said = []
    if facts["n_vb"] is not None:
        said.append(say("don_doc.van_ban", n_vb=numbers.in_sentence(facts["n_vb"])))
    if facts["n_kt"]:
        inspected = {name: facts[name] for name in ("n_kt", "n_kn", "n_kp")}
        said.append(say("don_doc.kiem_tra", **_written(inspected)))
    elif facts["n_kt"] == 0:
        said.append(say("don_doc.kiem_tra_khong"))
    missing = "; ".join(say(f"don_doc.thieu.{name}") for name in ("n_vb", "n_tb", "n_kt") if facts[name] is None)
    blocks: list[Block] = [Paragraph(" ".join(said))] if said else []
    return [*blocks, Placeholder(say("soan_thao.don_doc", ds=missing))]


def _whole_or_parts(key: str, facts: dict[str, Any], parts: tuple[tuple[str, ...], ...]) -> str:
    """The sentence when all its facts may be said, else the parts that may, and that the others are not told."""
    if _are_known(facts.values()):
        return say(key, **_written(facts))
    return " ".join(_parts(facts, parts))


def _parts(facts: dict[str, Any], parts: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    for part, *names in parts:
        own = {name: facts[name] for name in names}
        if _are_known(own.values()):
            yield say(part, **_written(own))
    if any(fact is HIDDEN for fact in facts.values()):
        yield say("nv.khong_cong_bo")
    if any(fact is None for fact in facts.values()):
        yield say("nv.chua_du_so_lieu")


def _are_known(values: Any) -> bool:
    return not any(value is None or value is HIDDEN for value in values)


def _written(facts: dict[str, Any]) -> dict[str, str]:
    return {name: value if isinstance(value, str) else numbers.in_sentence(value) for name, value in facts.items()}
