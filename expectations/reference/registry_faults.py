"""What may not be in a registry of agencies: each fault with its rule, whom it is about, a sentence and its repair.

Lives here: judging the rows of agencies.csv and agency_successions.csv together. Does not live here: editing them
(`editing.py`), what a writing means (`agencies.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from expectations.findings import Finding, Severity
from expectations.reference.agencies import MAPPING_KINDS
from expectations.reference.edits import Row

ENDING_KINDS = frozenset({"hop_nhat", "sap_nhap", "chia", "doi_ten"})
"""Successions with which the predecessor ends (definitions § 4); of the others it may go on."""
_NEVER = "9999-12-31"
_YES_NO = ("yes", "no")
_LEVELS = ("province", "district", "commune")


@dataclass(frozen=True, order=True)
class Fault:
    """A reason why the lists are no registry; equal faults are one, so that two states can be compared."""

    rule: str
    about: str
    message: str
    fix: str

    def to_finding(self) -> Finding:
        """The fault as a finding for the command line."""
        return Finding(
            rule=self.rule, severity=Severity.ERROR, message=f"{self.message} Cách sửa: {self.fix}", fix=self.fix,
            agency_code=self.about,
        )  # fmt: skip


def faults(
    agencies: Sequence[Row], successions: Sequence[Row], kinds: Mapping[str, Iterable[str]], used: Iterable[str] = ()
) -> set[Fault]:
    """Return all faults. `kinds`: code lists agency_kind and succession_kind; `used`: codes that other lists name."""
    bodies = {row["agency_code"]: row for row in agencies}
    found = {fault for row in agencies for fault in _of_body(row, set(kinds["agency_kind"]))}
    if any(fault.rule == "TC-GIA_TRI" for fault in found):
        return found
    found |= {*_overlaps(agencies), *_parents(bodies), *_gone(bodies, used)}
    for row in successions:
        found |= set(_of_succession(row, bodies, set(kinds["succession_kind"])))
    return found | set(_twice(successions)) | set(_cycle(successions))


def _of_body(row: Row, kinds: set[str]) -> Iterator[Fault]:
    code = row["agency_code"]
    wrong = [
        name
        for name, is_good in (
            ("agency_code", bool(code) and not set(code) & set("|,#+ ")),
            ("official_code", bool(row["official_code"])),
            ("name_vi", bool(row["name_vi"])),
            ("kind", row["kind"] in kinds),
            ("level", row["level"] in _LEVELS),
            *((name, row[name] in _YES_NO) for name in ("in_scope", "is_reporting", "verified")),
            ("valid_from", _is_day(row["valid_from"])),
            ("valid_to", not row["valid_to"] or _is_day(row["valid_to"])),
            ("sort_order", row["sort_order"].isdigit()),
        )
        if not is_good
    ]
    for name in wrong:
        message = f"{code}: {name} = “{row[name]}” không dùng được."
        yield Fault("TC-GIA_TRI", code, message, "ghi giá trị đúng kiểu của cột (ngày: NĂM-THÁNG-NGÀY; yes hoặc no)")
    if not wrong and row["valid_to"] and row["valid_to"] <= row["valid_from"]:
        message = f"{code}: kết thúc {row['valid_to']} không sau ngày bắt đầu {row['valid_from']}."
        yield Fault("TC-KHOANG_NGAY", code, message, "valid_to là ngày đầu tiên không còn, sau valid_from")


def _overlaps(agencies: Iterable[Row]) -> Iterator[Fault]:
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in agencies:
        by_code[row["official_code"].casefold()].append(row)
    for rows in by_code.values():
        for one, other in pairwise(sorted(rows, key=lambda row: row["valid_from"])):
            if (one["valid_to"] or _NEVER) > other["valid_from"]:
                message = (
                    f"Mã {one['official_code']} chỉ hai cơ quan cùng lúc: {one['agency_code']} và "
                    f"{other['agency_code']} từ {other['valid_from']}."
                )
                yield Fault("TC-CHONG_LAN", other["agency_code"], message, "kết thúc cơ quan trước đã, hoặc sửa ngày")


def _parents(bodies: Mapping[str, Row]) -> Iterator[Fault]:
    for code, row in bodies.items():
        above, seen = row["parent_code"], {code}
        while above and above in bodies and above not in seen:
            seen.add(above)
            above = bodies[above]["parent_code"]
        if above:
            message = f"{code}: cơ quan cấp trên {row['parent_code']} không có trong danh sách hoặc tạo thành vòng."
            yield Fault("TC-CAP_TREN", code, message, "ghi parent_code là mã của cơ quan cấp trên có trong danh sách")


def _gone(bodies: Mapping[str, Row], used: Iterable[str]) -> Iterator[Fault]:
    for code in sorted(set(used) - set(bodies) - {""}):
        message = f"{code} còn được nêu trong danh sách tên gọi, nghĩa vụ báo cáo hoặc nhiệm vụ."
        yield Fault("TC-CON_DUNG", code, message, "không xóa cơ quan này; nếu đã hết hoạt động thì ghi ngày kết thúc")


def _of_succession(row: Row, bodies: Mapping[str, Row], kinds: set[str]) -> Iterator[Fault]:
    old, new, on = row["predecessor_code"], row["successor_code"], row["effective_on"]
    what = f"Kế thừa {old} → {new} ngày {on}"
    if row["kind"] not in kinds or not _is_day(on):
        yield Fault(
            "TC-GIA_TRI", old, f"{what}: loại “{row['kind']}” hoặc ngày không dùng được.", "xem succession_kind"
        )
        return
    if unknown := [code for code in (old, new) if code not in bodies]:
        yield Fault(
            "TC-MA_LA", old, f"{what}: không có cơ quan {unknown[0]}.", "dùng mã riêng, hoặc thêm cơ quan trước"
        )
        return
    before, after = bodies[old], bodies[new]
    if not after["valid_from"] <= on < (after["valid_to"] or _NEVER):
        message = f"{what}: {new} không tồn tại ngày đó ({after['valid_from']} – {after['valid_to'] or 'nay'})."
        yield Fault("TC-KE_THUA_NGOAI_NGAY", new, message, "sửa ngày kế thừa, hoặc ngày của cơ quan nhận")
    if row["kind"] in ENDING_KINDS and before["valid_to"] != on:
        message = f"{what} ({row['kind']}): {old} kết thúc {before['valid_to'] or 'chưa ghi'}, không phải ngày đó."
        yield Fault("TC-CON_TON_TAI", old, message, f"ghi ngày kết thúc của {old} trong cùng lần sửa, hoặc sửa ngày")
    elif not before["valid_from"] < on <= (before["valid_to"] or _NEVER):
        message = f"{what}: {old} không tồn tại ngay trước ngày đó."
        yield Fault("TC-KE_THUA_NGOAI_NGAY", old, message, "sửa ngày kế thừa, hoặc ngày của cơ quan giao")


def _twice(successions: Iterable[Row]) -> Iterator[Fault]:
    seen: set[tuple[str, ...]] = set()
    for row in successions:
        key = tuple(row[name] for name in ("predecessor_code", "successor_code", "kind"))
        if key in seen:
            message = f"Kế thừa {key[0]} → {key[1]} ({key[2]}) ghi hai lần với hai ngày."
            yield Fault("TC-HAI_LAN", key[0], message, "bỏ dòng sai trong cùng lần sửa")
        seen.add(key)


def _cycle(successions: Iterable[Row]) -> Iterator[Fault]:
    after: dict[str, set[str]] = defaultdict(set)
    for row in successions:
        if row["kind"] in MAPPING_KINDS:
            after[row["predecessor_code"]].add(row["successor_code"])
    try:
        TopologicalSorter(after).prepare()
    except CycleError as error:
        ring = list(reversed(error.args[1]))
        message = f"Kế thừa thành vòng: {' → '.join(ring)}."
        yield Fault("TC-VONG", min(ring), message, "một cơ quan không kế thừa lại cơ quan đã kế thừa nó")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
