"""A DuckDB file with the report models filled with a plausible year, for tests of what is printed from them.

Not a pytest module: `write(path, **changes)` makes the file, `tables(**changes)` the rows. All people are counts; the
numbers are additive as the real models are: agencies sum to the province, parts to their margins.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

Rows = list[dict[str, Any]]

DEPARTMENTS = (
    ("VPUB", "Văn phòng UBND tỉnh"), ("SNV", "Sở Nội vụ"), ("STC", "Sở Tài chính"), ("SXD", "Sở Xây dựng"),
    ("SKHCN", "Sở Khoa học và Công nghệ"), ("SGDDT", "Sở Giáo dục và Đào tạo"), ("SYT", "Sở Y tế"),
    ("SNNMT", "Sở Nông nghiệp và Môi trường"), ("SVHTTDL", "Sở Văn hóa, Thể thao và Du lịch"),
)  # fmt: skip
ENDED = (("SKHCN~2025-02-28", "Sở Khoa học và Công nghệ (đến 28/02/2025)"), ("STTTT", "Sở Thông tin và Truyền thông"))
DISTRICTS = (("H189", "UBND huyện Đình Lập"), ("H183", "UBND huyện Cao Lộc"))
COMMUNES = tuple((f"066{n:02d}", f"UBND xã mẫu {n:02d}") for n in range(10, 30))
LINKS = [("SKHCN~2025-02-28", "SKHCN"), ("STTTT", "SKHCN")] + [
    ("H189" if n < 18 else "H183", f"066{n:02d}") for n in range(10, 30)
]
TASKS = (
    ("II.1", "Đổi mới tư duy, nâng cao trách nhiệm", (("II.1-HN", "Hội nghị quán triệt", "hội nghị"),
     ("II.1-LN", "Lượt người dự hội nghị quán triệt", "lượt người"))),
    ("II.2", "Triển khai các chính sách để thu hút, trọng dụng nhân tài", (("II.2-VB", "Văn bản triển khai", "văn bản"),)),
    ("II.4", "Nâng cao chất lượng trong đào tạo, bồi dưỡng nhân tài", (("II.4-LOP", "Lớp, khóa đào tạo", "lớp"),)),
    ("II.8", "Đẩy mạnh thông tin, tuyên truyền", (("II.8-TB", "Tin, bài", "tin, bài"),)),
    ("II.11", "Phối hợp Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", (("II.11-HN", "Cuộc họp phối hợp", "cuộc"),)),
)  # fmt: skip


def indicator(code: str, **changes: Any) -> dict[str, Any]:
    """One row of ``rpt_annual__indicators``: CT02 of the worked example unless told otherwise; value follows n and N."""
    row: dict[str, Any] = {
        "indicator_code": code, "sort_order": int(code[-1]) * 10, "name_vi": "Tỷ lệ nhân tài trong số tuyển dụng mới",
        "target_text_vi": "khoảng 10% (năm 2025)", "reading": "annual_persons",
        "reading_text_vi": "người được tuyển dụng vào công chức, viên chức có quyết định có hiệu lực trong năm dương lịch",
        "parameter_code": "period_code", "parameter_source_vi": "chưa có quyết định",
        "parameter_valid_from": date(2024, 1, 1), "counted_unit_vi": "người", "not_due_reason_vi": None,
        "period_code": "KY_LICH", "period_from": date(2025, 1, 1), "period_to": date(2025, 12, 31),
        "as_of": date(2025, 12, 10), "numerator": 2, "denominator": 22, "target_value": Decimal(10),
        "target_kind": "about", "verdict": "not_met", "shortfall": 1, "observation_status": "observed",
        "lower_bound": None, "upper_bound": None, "verdict_at_lower": None, "verdict_at_upper": None,
        "agencies_owed": 31, "agencies_missing": 0, "prior_year": 2024, "prior_numerator": None,
        "prior_denominator": None, "prior_value": None, "series_break": None, "unit_vi": "%",
        "denominator_name_vi": "số tuyển dụng mới", "first_due_year": None, "prior_verdict": None, "decimals_needed": 1,
    }  # fmt: skip
    row.update(changes)
    row.setdefault("value", share(row["numerator"], row["denominator"]))
    return row


def share(numerator: int | None, denominator: int | None) -> Decimal | None:
    """The share in percent with four decimals, NULL on an empty denominator."""
    if not denominator or numerator is None:
        return None
    return (Decimal(100 * numerator) / denominator).quantize(Decimal("0.0001"))


def indicators() -> Rows:
    """The seven headline rows of a typical 2025: met, not met, not due, no target, and one that missing agencies touch."""
    roster = {"counted_unit_vi": "cơ quan", "denominator_name_vi": "số cơ quan", "period_code": "KY_LICH"}
    rows = [
        indicator("CT01", name_vi="Ban hành kế hoạch", target_text_vi="100% đến hết Quý I/2024", reading="on_time",
                  reading_text_vi="cơ quan có trong danh sách ngày 31/03/2024 đã ban hành kế hoạch có số, ngày",
                  numerator=27, denominator=31, target_value=Decimal(100), target_kind="by_date", shortfall=4,
                  lower_bound=Decimal("87.0968"), upper_bound=Decimal("90.3226"), first_due_year=2024,
                  prior_numerator=27, prior_denominator=31, **roster),
        indicator("CT02", numerator=28, denominator=312, shortfall=4, agencies_missing=2,
                  lower_bound=Decimal("8.9744"), upper_bound=Decimal("9.9359"), verdict_at_lower="not_met",
                  verdict_at_upper="not_met", observation_status="provisional", prior_numerator=19,
                  prior_denominator=290, series_break="từ ngày 01/7/2025 xã, phường thuộc phạm vi tính"),
        indicator("CT03", name_vi="Duy trì tỷ lệ nhân tài trong tuyển dụng mới hằng năm", reading="tu_2030",
                  target_text_vi="không dưới 20% mỗi năm, từ năm 2030", numerator=28, denominator=312,
                  target_value=None, target_kind="at_least", verdict="no_target", shortfall=None,
                  observation_status="provisional", first_due_year=2030),
        indicator("CT04", name_vi="Nhân tài được công nhận tiếp tục làm việc sau 05 năm", reading="strict",
                  target_text_vi="100%", reading_text_vi="còn làm việc tại cơ quan, đơn vị thuộc UBND tỉnh",
                  numerator=0, denominator=0, target_value=Decimal(100), target_kind="all", verdict="not_due",
                  shortfall=None, observation_status="not_due", denominator_name_vi="nhân tài đủ 05 năm",
                  first_due_year=2029, not_due_reason_vi="chưa có người nào đủ 05 năm kể từ ngày được thu hút hoặc "
                  "công nhận theo Kế hoạch"),
        indicator("CT05", name_vi="Nhân tài được đào tạo, bồi dưỡng về khoa học - công nghệ", reading="reading_a",
                  target_text_vi="30% vào năm 2025", reading_text_vi="nhân tài có quyết định, đang làm việc",
                  numerator=24, denominator=63, target_value=Decimal(30), target_kind="at_least", verdict="met",
                  shortfall=0, lower_bound=Decimal("38.0952"), upper_bound=Decimal("42.8571"),
                  verdict_at_lower="met", verdict_at_upper="met", prior_numerator=9, prior_denominator=41,
                  denominator_name_vi="số nhân tài đang làm việc"),
        indicator("CT06", name_vi="Cơ quan, đơn vị gửi báo cáo đúng hạn", reading="arrived_and_taken",
                  target_text_vi="trước ngày 30/11 hằng năm", reading_text_vi="báo cáo đến và được tiếp nhận",
                  numerator=24, denominator=31, target_value=None, target_kind="by_date", verdict="no_target",
                  shortfall=None, prior_numerator=25, prior_denominator=31, first_due_year=2024, **roster),
        indicator("CT07", name_vi="Báo cáo của UBND tỉnh đúng hạn", reading="signed", counted_unit_vi="báo cáo",
                  target_text_vi="trước ngày 12/12 hằng năm", reading_text_vi="báo cáo được ký", numerator=0,
                  denominator=1, value=None, target_value=Decimal(100), target_kind="by_date", verdict="not_due",
                  shortfall=None, observation_status="not_due", denominator_name_vi="báo cáo phải gửi", prior_numerator=1,
                  not_due_reason_vi="chưa xác định tại thời điểm lập báo cáo", prior_verdict="met",
                  prior_denominator=1, first_due_year=2024),
    ]  # fmt: skip
    for row in rows:
        row["prior_value"] = share(row["prior_numerator"], row["prior_denominator"])
    return rows


def readings() -> Rows:
    """The headline again and some other readings, among them small cohort ones."""

    def one(
        code: str, reading: str, text: str, n: int, big: int, target: int | None, verdict: str, **more: Any
    ) -> dict:
        return {"indicator_code": code, "reading": reading, "reading_text_vi": text, "period_code": "KY_LICH",
                "reason_vi": "nêu để so sánh", "parameter_code": more.pop("parameter_code", None), "sort_order": int(code[-1]),
                "is_headline": False, "numerator": n, "denominator": big, "value": share(n, big),
                "target_value": None if target is None else Decimal(target), "verdict": verdict,
                "lower_bound": None, "upper_bound": None, **more}  # fmt: skip

    headline = [
        {key: row[key] for key in ("indicator_code", "reading", "reading_text_vi", "period_code", "numerator",
                                   "denominator", "value", "target_value", "verdict", "lower_bound", "upper_bound")}
        | {"is_headline": True, "reason_vi": "đúng lời văn của Kế hoạch", "parameter_code": row["parameter_code"],
           "sort_order": 0} for row in indicators()
    ]  # fmt: skip
    return [
        *headline,
        one("CT01", "to_date", "đã ban hành đến ngày chốt, kể cả cơ quan kế thừa", 30, 31, None, "no_target"),
        one(
            "CT02",
            "cumulative_persons",
            "cộng dồn từ năm 2024",
            47,
            602,
            10,
            "not_met",
            period_code="LUY_KE",
            parameter_code="period_code",
        ),
        one("CT02", "with_contracts", "kể cả hợp đồng lao động", 36, 330, 10, "met"),
        one("CT02", "first_time", "lần đầu vào khu vực công", 22, 280, 10, "not_met"),
        one("CT03", "tu_2026", "mức 20% áp dụng từ năm 2026", 28, 312, None, "no_target", parameter_code="ct03_from"),
        one("CT04", "interim_1", "còn làm việc sau 01 năm", 17, 19, None, "no_target"),
        one("CT04", "interim_2", "còn làm việc sau 02 năm", 5, 5, None, "no_target"),
        one("CT05", "reading_b", "nhân tài ở vị trí khoa học - công nghệ được đào tạo", 15, 21, 30, "met"),
        one("CT06", "to_date", "đã nhận đến ngày khóa số liệu", 29, 31, None, "no_target"),
        one("CT07", "draft_submitted", "ngày Sở Nội vụ trình dự thảo", 0, 1, None, "not_due", value=None),
    ]


def recruitment() -> Rows:
    """Both structures; an agency of the new structure gets what its predecessors had, plus its own."""
    dice = random.Random(7)
    own: dict[str, dict[str, int]] = {}
    for code, _ in (*DEPARTMENTS, *ENDED, *DISTRICTS, *COMMUNES):
        total = dice.choice((0, 1, 2, 4)) if code.startswith("066") else dice.choice((0, 2, 7, 16, 24, 31))
        own[code] = _recruits(total, dice)
    later = {code: dict(counts) for code, counts in own.items()}
    heirs = {before: [b for a, b in LINKS if a == before] for before, _ in LINKS}
    for before, successors in heirs.items():
        gone = later.pop(before)
        for position, successor in enumerate(successors):
            for key, count in gone.items():
                portion = count // len(successors) + (1 if position < count % len(successors) else 0)
                later[successor][key] += portion if len(successors) > 1 else count
    for counts in later.values():
        _repair(counts)
    names = dict((*DEPARTMENTS, *ENDED, *DISTRICTS, *COMMUNES))
    return _structure("as_reported", own, names) + _structure("2025-12-31", _conserve(later, own), names)


def _recruits(total: int, dice: random.Random) -> dict[str, int]:
    civil = dice.randint(0, total)
    exam = dice.randint(0, total)
    selection = dice.randint(0, total - exam)
    return {"civil_servants": civil, "public_employees": total - civil, "by_exam": exam, "by_selection": selection,
            "by_reception": total - exam - selection, "first_time": dice.randint(0, total),
            "talents": dice.randint(0, total // 3), "contracts": dice.choice((0, 0, 1, 3))}  # fmt: skip


def _repair(counts: dict[str, int]) -> None:
    total = counts["civil_servants"] + counts["public_employees"]
    counts["by_selection"] = total - counts["by_exam"] - counts["by_reception"]
    counts["first_time"] = min(counts["first_time"], total)
    counts["talents"] = min(counts["talents"], total)


def _conserve(later: dict[str, dict[str, int]], own: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """Splitting one by one may tear parts apart; the city department takes the difference, so that sums stay."""
    for key in ("by_selection", "first_time", "talents"):
        missing = sum(c[key] for c in own.values()) - sum(c[key] for c in later.values())
        later["SKHCN"][key] += missing
    return later


def _structure(structure: str, by_agency: Mapping[str, Mapping[str, int]], names: Mapping[str, str]) -> Rows:
    keys = ("civil_servants", "public_employees", "by_exam", "by_selection", "by_reception", "first_time", "talents",
            "contracts")  # fmt: skip
    province = {key: sum(counts[key] for counts in by_agency.values()) for key in keys}
    rows = []
    for order, (code, counts) in enumerate([("LS", province), *by_agency.items()]):
        total = counts["civil_servants"] + counts["public_employees"]
        rows.append({"structure_on": structure, "sort_order": order, "agency_code": code,
                     "agency_name_vi": names.get(code, "Tổng số"), "recruits": total, **{k: counts[k] for k in keys},
                     "share": share(counts["talents"], total), "note_vi": None})  # fmt: skip
    return rows


def talents() -> Rows:
    """Four criteria, each adding up to 63 talents at the end of the year but the overlapping groups."""
    spec = {
        ("talent_group", "Nhóm nhân tài"): (("N1", "Nhóm N1", 14, 9, 2, 1), ("N2", "Nhóm N2", 20, 11, 3, 1),
                                            ("N3", "Nhóm N3", 8, 0, 7, 1), ("N4", "Nhóm N4", 1, 1, 0, 0)),
        ("sector", "Lĩnh vực"): (("LV01", "Khoa học và công nghệ", 9, 6, 4, 0), ("LV02", "Giáo dục và đào tạo", 17, 7, 3, 1),
                                 ("LV04", "Y tế", 13, 5, 4, 1), ("LV06", "Chuyển đổi số", 2, 1, 0, 1)),
        ("sex", "Giới"): (("nam", "Nam", 22, 10, 5, 2), ("nu", "Nữ", 19, 9, 6, 1)),
        ("origin", "Nguồn"): (("trong_tinh", "Trong tỉnh", 30, 13, 9, 2), ("ngoai_tinh", "Ngoài tỉnh", 10, 5, 2, 1),
                              ("nuoc_ngoai", "Nước ngoài", 1, 1, 0, 0)),
    }  # fmt: skip
    return [
        {"criterion": criterion, "criterion_label_vi": label, "category_code": code, "category_label_vi": name,
         "sort_order": place * 1000 + order, "opening": opening, "attracted": attracted, "recognised": recognised, "left_count": left,
         "closing": opening + attracted + recognised - left}
        for place, ((criterion, label), categories) in enumerate(spec.items())
        for order, (code, name, opening, attracted, recognised, left) in enumerate(categories)
    ]  # fmt: skip


def trainings() -> Rows:
    """Six fields and the total; persons do not add up, the other columns do."""
    spec = (("CNTT", "Công nghệ thông tin", 14, 2, 15, 17, 0, 612), ("KTXD", "Kỹ thuật, xây dựng", 6, 3, 4, 7, 0, 400),
            ("YDUOC", "Y, dược", 9, 5, 7, 5, 3, 1290), ("QLNN", "Quản lý nhà nước", 16, 0, 20, 0, 0, 1600),
            ("SU_PHAM", "Sư phạm", 2, 1, 1, 0, 0, 96), ("KHAC", "Khác", 4, 0, 4, 0, 4, 80))  # fmt: skip
    rows = [{"training_field": code, "label_vi": label, "persons": persons, "participations": degree + course,
             "degree_count": degree, "course_count": course, "st_count": st, "undetermined_count": unknown,
             "hours": Decimal(hours)} for code, label, persons, degree, course, st, unknown, hours in spec]  # fmt: skip
    added = ("participations", "degree_count", "course_count", "st_count", "undetermined_count", "hours")
    total = {"training_field": "ALL", "label_vi": "Tổng số", "persons": 38} | {
        k: sum(r[k] for r in rows) for k in added
    }
    return [total, *rows]


def work() -> dict[str, Rows]:
    """Tasks, duties, budgets."""
    outputs = []
    for code, name, products in TASKS:
        for position, (output, label, unit) in enumerate(products):
            none = code == "II.11"
            outputs.append({"task_code": code, "task_name_vi": name, "output_code": output, "output_label_vi": label,
                            "unit_vi": unit, "sort_order": len(outputs), "planned": None if none else 40 + position, "actual": None if none else 37,
                            "agencies_reporting": 0 if none else 22, "agencies_owed": 0 if none else 31})  # fmt: skip
    duty = {"owner_role": None, "previous_owner_name_vi": None, "succession_act": None, "condition_document": None, "evidence": None,
            "owner_since": date(2024, 1, 1)}  # fmt: skip
    duties = [
        duty | {"task_code": "III.1", "sort_order": 101, "task_name_vi": "Theo dõi, đôn đốc, kiểm tra", "owner_code": "SNV",
                "owner_name_vi": "Sở Nội vụ", "status": "dang_thuc_hien", "evidence": "123/SNV-CCVC ngày 05/3/2025"},
        duty | {"task_code": "III.5", "sort_order": 105, "task_name_vi": "Chính sách ưu đãi về nhà ở", "owner_code": "SXD",
                "owner_name_vi": "Sở Xây dựng", "status": "chua_du_dieu_kien",
                "condition_document": "Nghị định của Chính phủ và Thông tư hướng dẫn của Bộ Xây dựng"},
        duty | {"task_code": "III.7", "sort_order": 107, "task_name_vi": "Thông tin, tuyên truyền", "owner_code": "SKHCN",
                "owner_name_vi": "Sở Khoa học và Công nghệ", "owner_since": date(2025, 3, 1),
                "previous_owner_name_vi": "Sở Thông tin và Truyền thông", "status": "hoan_thanh",
                "succession_act": "Nghị quyết số 04/NQ-HĐND ngày 18/02/2025"},
        duty | {"task_code": "III.10", "sort_order": 110, "task_name_vi": "Giám sát", "owner_code": "MTTQ",
                "owner_name_vi": "Ủy ban MTTQ Việt Nam tỉnh", "status": None},
    ]  # fmt: skip
    money = [("Thu hút", "Ngân sách tỉnh", 5200, 4800, 4300, 4700), ("Đào tạo", "Ngân sách tỉnh", 3100, 3000, 2410, 2900),
             ("Đào tạo", "Xã hội hóa", 400, 250, 210, 240)]  # fmt: skip
    total = (None, None, *(sum(row[i] for row in money) for i in range(2, 6)))
    budgets = [{"purpose_label_vi": purpose, "source_label_vi": source, "planned": Decimal(p), "allocated": Decimal(a),
                "spent": Decimal(s), "spent_share": share(s, a), "estimated": Decimal(e)}
               for purpose, source, p, a, s, e in [total, *money]]  # fmt: skip
    return {"tasks": outputs, "duties": duties, "budgets": budgets}


def process() -> dict[str, Rows]:
    """Plans, own targets, submissions, parameters, data quality, reconciliation."""
    submissions = []
    for order, (code, name) in enumerate((*DEPARTMENTS, *COMMUNES)):
        late, silent = order % 7 == 5, order in (11, 23)
        arrived = None if silent else datetime(2025, *((12, 2) if late else (11, 20)), 3, 15, tzinfo=UTC)
        submissions.append(
            {"sort_order": order, "agency_code": code, "agency_name_vi": name, "first_accepted_at": arrived,
             "first_accepted_on": arrived.date() if arrived else None, "missing_forms": None,
             "is_on_time": bool(arrived) and not late, "times_sent": 0 if silent else 1 + (order % 5 == 0),
             "outcome": None if silent else ("accepted_with_queries" if order % 4 == 0 else "accepted"),
             "nil_forms": None if silent or order < 5 else "B03, B05", "explanation": None,
             "predecessors_vi": "Sở Thông tin và Truyền thông" if code == "SKHCN" else None})  # fmt: skip
    plans = [{"sort_order": i, "agency_code": code, "agency_name_vi": name, "plan_number": f"{12 + i}/KH-{code}",
              "issued_on": date(2024, 3, 15 + i), "is_on_time": True, "successor_name_vi": None, "state": "on_time"}
             for i, (code, name) in enumerate(DEPARTMENTS)]  # fmt: skip
    own = [{"sort_order": 1, "sector": None, "agency_code": "SGDDT", "agency_name_vi": "Sở Giáo dục và Đào tạo", "target_label_vi": "Tỷ lệ nhân tài",
            "target_value": Decimal(12), "achieved_value": Decimal("12.5"), "unit": "%", "state_vi": "Đạt"},
           {"sort_order": 2, "sector": None, "agency_code": "STTTT", "agency_name_vi": "Sở Thông tin và Truyền thông", "target_label_vi": "Tỷ lệ nhân tài",
            "target_value": Decimal(12), "achieved_value": None, "unit": "%",
            "state_vi": "không đánh giá: cơ quan kết thúc hoạt động từ ngày 01/03/2025"}]  # fmt: skip
    parameters = [{"parameter": name, "label_vi": label, "value": value, "other_values": other,
                   "valid_from": date(2024, 1, 1), "deciding_document": None, "decided_by": None, "sort_order": 10,
                   "note_vi": None, "indicators": None}
                  for name, label, value, other in (
                      ("ct03_from", "Năm đầu áp dụng mức không dưới 20%", "tu_2030", "tu_2026"),
                      ("min_cell", "Ô nhỏ hơn mức này không công bố", "3", "5"),
                      ("period_code", "Kỳ số liệu của CT02, CT03, CT05", "KY_LICH", "KY_KH;KY_ND09"))]  # fmt: skip
    quality = [{"sort_order": 1, "rule_group": "talents", "label_vi": "Danh sách nhân tài", "rules": 41, "rows_checked": 2130,
                "errors": 5, "queries": 0, "explained": 0, "open_queries": 0, "rows_rejected": 4},
               {"sort_order": 2, "rule_group": "trainings", "label_vi": "Đào tạo, bồi dưỡng nhân tài", "rules": 23, "rows_checked": 2130,
                "errors": 3, "queries": 7, "explained": 7, "open_queries": 0, "rows_rejected": 3}]  # fmt: skip
    reconciliation = [{"sort_order": 1, "agency_code": "SYT", "agency_name_vi": "Sở Y tế", "recruitment_form": "XT",
                       "staff_kind": "vien_chuc", "register_count": 16, "summary_count": 15, "difference": 1,
                       "explanation": "Một người nhận việc sau ngày chốt"}]  # fmt: skip
    return {"submissions": submissions, "plans": plans, "own_targets": own, "parameters": parameters,
            "data_quality": quality, "reconciliation": reconciliation}  # fmt: skip


def tables(**changes: Any) -> dict[str, Rows]:
    """All report models of a typical 2025 by name; ``changes`` replace whole models (``header`` is merged)."""
    header = {"reporting_year": 2025, "known_on": date(2025, 12, 10), "closed_on": date(2025, 12, 10),
              "agencies_owed": 31, "agencies_received": 29, "agencies_on_time": 24, "agencies_missing": 2,
              "ended_agencies": 13, "is_provisional": True, "plan_number": None, "plan_issued_on": None,
              "last_on_time_on": date(2025, 11, 29), "locks_on": date(2025, 12, 10)}  # fmt: skip
    cohorts = [{"cohort_year": year, "persons": persons, **{f"retained_{k}": r for k, r in enumerate(kept, 1)},
                **{f"due_{k}": d for k, d in enumerate(due, 1)}, "not_due": persons, "censored": 0}
               for year, persons, kept, due in ((2024, 19, (17, 0, 0, 0, 0), (19, 0, 0, 0, 0)),
                                                (2025, 44, (0, 0, 0, 0, 0), (0, 0, 0, 0, 0)))]  # fmt: skip
    departures = [{"exit_reason": code, "label_vi": label, "persons": n} for code, label, n in (
        ("thoi_viec", "Thôi việc theo nguyện vọng", 4), ("chuyen_ngoai_pham_vi", "Chuyển ra ngoài phạm vi", 1),
        ("nghi_huu", "Nghỉ hưu", 1))]  # fmt: skip
    result: dict[str, Any] = {
        "indicators": indicators(), "readings": readings(), "recruitment_by_agency": recruitment(),
        "talents_in_service": talents(), "departures": departures, "retention_cohorts": cohorts,
        "trainings": trainings(), **work(), **process(),
    }  # fmt: skip
    result["header"] = [header | changes.pop("header", {})]
    return result | changes


def write(path: Path, *, figure_rows: Sequence[Mapping[str, Any]] = (), **changes: Any) -> Path:
    """Write the tables as ``reports.rpt_annual__*`` and a small ``marts`` schema into a new DuckDB file."""
    import duckdb
    import pyarrow as pa

    with duckdb.connect(str(path)) as connection:
        for schema in ("reports", "marts"):
            connection.execute(f"create schema {schema}")
        for name, rows in tables(**changes).items():
            frame = pa.Table.from_pylist([dict(row) for row in rows], schema=_schema(rows))  # noqa: F841
            connection.execute(f"create table reports.rpt_annual__{name} as select * from frame")
        links = pa.table({"predecessor_code": [a for a, _ in LINKS], "successor_code": [b for _, b in LINKS]})  # noqa: F841
        connection.execute("create table marts.dim_agency_successions as select * from links")
        connection.execute(
            "create table marts.fct_indicator_values as select indicator_code, reading, 2025 as reporting_year,"
            " period_code, 'LS' as agency_code, 'as_reported' as structure_on, numerator, denominator, value"
            " from reports.rpt_annual__indicators order by 1"
        )
    return path


def _schema(rows: Rows) -> Any:
    import pyarrow as pa

    kinds = {bool: pa.bool_(), int: pa.int64(), str: pa.string(), date: pa.date32(), Decimal: pa.decimal128(18, 4),
             datetime: pa.timestamp("us", tz="UTC")}  # fmt: skip
    shapes = []
    for name in rows[0]:
        seen = next((type(row[name]) for row in rows if row[name] is not None), None)
        shapes.append((name, kinds[seen] if seen else _guess(name)))
    return pa.schema(shapes)


def _guess(name: str) -> Any:
    import pyarrow as pa

    if name.endswith(("_on", "_since", "_from")):
        return pa.date32()
    if name in ("numerator", "denominator", "shortfall", "prior_numerator", "prior_denominator", "planned", "actual"):
        return pa.int64()
    return pa.decimal128(18, 4) if name.endswith(("value", "_bound", "share")) else pa.string()
