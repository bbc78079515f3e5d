"""Part II: indicators with their tables, task groups, duties, money.

Does not live here: the five ideas of an indicator (``indicator``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from reporting import numbers
from reporting.disclosure import HIDDEN
from reporting.narrative import affairs
from reporting.narrative.blocks import LETTERS, Block, Heading, Paragraph, Placeholder, TableBlock, lowered
from reporting.narrative.indicator import LETTER_OF, ideas
from reporting.narrative.steering import closed_on
from reporting.tables import indicators as indicator_tables
from reporting.totals import total_of
from reporting.warehouse import Report, Row
from reporting.wording import say

READING_COLUMNS = ("reading", "numerator", "denominator", "value", "target", "verdict", "note")
_PROVINCE_MONEY = "ngan_sach_tinh"
_WHOLE = 100


def results(report: Report) -> list[Block]:
    """Part II."""
    return [
        Heading(1, "II. KẾT QUẢ THỰC HIỆN"),
        Heading(2, "1. Kết quả thực hiện các mục tiêu, chỉ tiêu"),
        *_indicators(report),
        Paragraph(say("ct.phu_luc")),
        Heading(2, "2. Kết quả thực hiện nhiệm vụ, giải pháp"),
        *_task_groups(report),
        Paragraph(say("chi_tiet_phu_luc", pl="VI")),
        Heading(2, "3. Nhiệm vụ được giao"),
        *(Paragraph(sentence) for sentence in _duties(report)),
        Heading(2, "4. Kinh phí"),
        Paragraph(_money(report)),
        *_overspent(report),
        *affairs.grants(report),
    ]


def silent_groups(report: Report) -> list[str]:
    """The task groups that agencies were asked about and of which none reported an output."""
    groups = _groups(report)
    return [code for code, rows in groups.items() if rows[0]["agencies_owed"] and not _reported(rows)]


def _indicators(report: Report) -> Iterator[Block]:
    for row in report.indicators:
        code = str(row["indicator_code"])
        said = ideas(report, code)
        yield Paragraph(said.text(), lead=f"{LETTER_OF[code]}) {said.name}")
        table = indicator_tables.readings(report, code)
        yield TableBlock(replace(table, title=say("ct.bang", diem=LETTER_OF[code])), READING_COLUMNS)


def _task_groups(report: Report) -> Iterator[Block]:
    for position, (code, rows) in enumerate(_groups(report).items()):
        letter = LETTERS[position]
        yield Paragraph(_group(report, code, rows), lead=f"{letter})")


def _groups(report: Report) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in report.tasks:
        groups.setdefault(str(row["task_code"]), []).append(row)
    return groups


def _reported(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["actual"] is not None and row["agencies_reporting"]]


def _group(report: Report, code: str, rows: list[Row]) -> str:
    name = f"{rows[0]['task_name_vi']}"
    own = " ".join(filter(None, (say_it(report) for say_it in _OF_OWN_FORMS.get(code, ()))))
    answers = next((row for row in report.forms if row["form"] == _TOLD_WHOLLY.get(code)), None)
    if own and answers is not None:
        told = answers["agencies_filled"] + answers["agencies_nil"]
        facts = {"n_bc": numbers.in_sentence(told), "N": numbers.in_sentence(answers["agencies_owed"])}
        return f"{say('nv.nhom', ten_nhom=name, **facts)} {own} {say('chi_tiet_phu_luc', pl='IX')}"
    return f"{_products(report, name, rows)} {own}".strip()


def _products(report: Report, name: str, rows: list[Row]) -> str:
    """What was made in a group and how many agencies tell of it, or that none does or was asked."""
    reported = _reported(rows)
    if not reported:
        silent = say("nv.khong_so_lieu") if rows[0]["agencies_owed"] else say("nv.khong_giao_bieu", nam=report.year)
        return f"{name}: {lowered(silent)}"
    count = max(int(row["agencies_reporting"]) for row in reported)
    facts = {"ten_nhom": name, "n_bc": numbers.in_sentence(count), "N": numbers.in_sentence(rows[0]["agencies_owed"])}
    shown = [row for row in reported if row["actual"] is not HIDDEN]
    products = ", ".join(f"{numbers.in_sentence(row['actual'])} {_unit_of(row)}" for row in shown)
    return say("nv.san_pham", danh_sach_san_pham=products, **facts) if shown else say("nv.nhom", **facts)


def _unit_of(row: Row) -> str:
    """``37 hội nghị quán triệt``: the label alone where it begins with its unit, else unit and label."""
    label, unit = lowered(str(row["output_label_vi"])), str(row["unit_vi"])
    return label if label.startswith(unit) else f"{unit} ({label})"


def _trainings(report: Report) -> str:
    total = total_of(report.trainings, "training_field")
    if total is None or HIDDEN in total.values():
        return ""
    return say(
        "nv.dao_tao",
        nguoi=numbers.in_sentence(total["persons"]),
        luot=numbers.in_sentence(total["participations"]),
        luot_khcn=numbers.in_sentence(total["st_count"]),
        luot_cxd=numbers.in_sentence(total["undetermined_count"]),
    ) + " " + say("chi_tiet_phu_luc", pl="V")  # fmt: skip


_OF_OWN_FORMS: dict[str, tuple[Callable[[Report], str], ...]] = {
    "II.3": (affairs.nominations,),
    "II.4": (_trainings,),
    "II.9": (affairs.commendations, affairs.violations),
}
_TOLD_WHOLLY = {"II.3": "B08", "II.9": "B09"}
"""Groups each output of which has a form of its own: said once, by what the agencies that owe this form told."""


def _duties(report: Report) -> Iterator[str]:
    duties = [row for row in report.duties if row["owner_code"]]
    states = [row["status"] for row in duties]
    order = (("ht", "hoan_thanh"), ("dt", "dang_thuc_hien"), ("ch", "chua_thuc_hien"), ("dk", "chua_du_dieu_kien"))
    facts = {name: numbers.in_sentence(states.count(state)) for name, state in order}
    yield say(
        "gv.tong", n=numbers.in_sentence(len(duties)), bc=numbers.in_sentence(states.count(None)), pl="VII", **facts
    )
    for row in duties:
        if row["status"] == "chua_du_dieu_kien":
            yield say("gv.chua_dieu_kien", van_ban=_conditions(row), **_duty(row))
        elif row["status"] == "hoan_thanh":
            yield say("gv.hoan_thanh", **_duty(row))
        if row["previous_owner_name_vi"] not in (None, row["owner_name_vi"]):  # the same name says nothing to a reader
            yield _succession(row)


def _duty(row: Row) -> dict[str, str]:
    return {"ten_co_quan": row["owner_name_vi"], "nhiem_vu": lowered(row["task_name_vi"])}


def _conditions(row: Row) -> str:
    words = str(row["condition_document"] or "văn bản quy định")
    return words.removesuffix(" được ban hành")


def _succession(row: Row) -> str:
    return say(
        "gv.ke_thua",
        ngay=numbers.day(row["owner_since"]),
        nhiem_vu=lowered(row["task_name_vi"]),
        moi=row["owner_name_vi"],
        cu=row["previous_owner_name_vi"],
        van_ban=row["succession_act"] or "quyết định sắp xếp tổ chức",
    )


def _overspent(report: Report) -> Iterator[Block]:
    """More spent than allocated is a question to the agencies, not a result: nobody should sign over it."""
    over = [row for row in report.budgets if (row["spent_share"] or 0) > _WHOLE and row["purpose_label_vi"]]
    if over:
        names = "; ".join(f"{lowered(row['purpose_label_vi'])} ({lowered(row['source_label_vi'])})" for row in over)
        yield Placeholder(say("soan_thao.kinh_phi", ds=names))


def _money(report: Report) -> str:
    total = next((row for row in report.budgets if row["purpose_label_vi"] is None), None)
    if total is None or total["allocated"] is None or total["spent"] is None:
        return say("kp.khong")
    own = [row for row in report.budgets if row.get("funding_source") == _PROVINCE_MONEY]
    facts = {
        "giao": numbers.million(total["allocated"]),
        "nst": numbers.million(sum(row["allocated"] or 0 for row in own)),
        "chot": numbers.day(closed_on(report)),
        "tt": numbers.million(total["spent"]),
    }
    if total["spent_share"] is None or total["spent_share"] > _WHOLE:
        said = say("kp.khong_ty_le", **facts)
    else:
        said = say("kp", tl=numbers.percent(total["spent_share"]), **facts)
    return f"{said} {say('chi_tiet_phu_luc', pl='VIII')}"
