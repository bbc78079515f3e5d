"""Commune-level rows of the agency registry, made from the Statistics Office's tables.

Lives here: old communes (until 30/06/2025), the communes and wards of 01/07/2025, their many-to-many successions,
the districts' division, and the aliases of their names. Does not live here: departments, districts, Party bodies
(typed by hand in the same CSV files, left untouched).

    python -m expectations.reference.build_admin_units ../shared/data/admin-units [--check]
"""

import argparse
import csv
import io
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from expectations.reference.load import HERE, UnusableList
from expectations.reference.text import code_of, plain

CONVERSION = "BangChuyendoiDVHCmoi_cu_khong_merge.csv"
LISTING = "Xa_2025-01-04.csv"
PROVINCE = "Tỉnh Lạng Sơn"
CHANGED_ON = "2025-07-01"
LAST_DAY = "2025-06-30"
REGISTRY_BEGINS = "2010-01-01"
LEGAL_ACT = "Nghị quyết 1672/NQ-UBTVQH15"
WHOLE, PART = "Nhập toàn bộ", "Nhập một phần"
NAMED_AFTER_PERSONS = ("Hoàng Văn Thụ", "Lương Văn Tri")
"""Their level word keeps its capital inside a sentence (Nghị định 30/2020, Appendix II, III.1.b)."""

GENERATED_BY = "build_admin_units"


@dataclass(frozen=True)
class Conversion:
    """One line of the conversion table: an old unit, the new unit it joined, wholly or in part."""

    old_code: str
    old_name: str
    district_code: str
    new_code: str
    new_name: str
    partial: bool


def read_conversions(folder: Path) -> list[Conversion]:
    """Return the province's lines, cleaned (NFC, single spaces, five-digit codes), names as in the list of 04/01/2025.

    Raises:
        UnusableList: the two tables disagree, or a note says neither "toàn bộ" nor "một phần".
    """
    names = _listed_names(folder / LISTING)
    found = []
    for cells in _cells(folder / CONVERSION):
        if len(cells) < 7 or not plain(cells[0]).startswith(PROVINCE) or not plain(cells[1]):
            continue
        old_code, note = code_of(cells[4]), plain(cells[5])
        if note not in (WHOLE, PART):
            raise UnusableList(f"{CONVERSION}: note {note!r} at old code {old_code}")
        if old_code not in names:
            raise UnusableList(f"{CONVERSION}: {old_code} is not in {LISTING}")
        district = plain(cells[6]).rpartition("(")[2].rstrip(")")
        if names[old_code][1] != district:
            raise UnusableList(f"{old_code}: district {district} here, {names[old_code][1]} in {LISTING}")
        name, new_name = names[old_code][0], plain(cells[1])
        found.append(Conversion(old_code, name, f"H{district}", code_of(cells[2]), new_name, note == PART))
    unmapped = set(names) - {line.old_code for line in found}
    if unmapped:
        raise UnusableList(f"{CONVERSION}: no line for {sorted(unmapped)}")
    return found


def _listed_names(path: Path) -> dict[str, tuple[str, str]]:
    """Return {commune code: (name, district code)} of the province; "Đồng ý" gets its capital back."""
    return {
        code_of(cells[5]): (_spelled(plain(cells[4])), plain(cells[3]))
        for cells in _cells(path)
        if len(cells) >= 7 and plain(cells[0]) == PROVINCE
    }


def _spelled(name: str) -> str:
    fixed = {"Xã Đồng ý": "Xã Đồng Ý", "Thị trấn NT Thái Bình": "Thị trấn Nông Trường Thái Bình"}
    return fixed.get(name, name)


def _cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.reader(handle))


def in_sentence(unit_name: str) -> str:
    """Return the unit's name as written inside a sentence: "xã Đình Lập", but "Phường Lương Văn Tri"."""
    if unit_name.endswith(NAMED_AFTER_PERSONS):
        return unit_name
    return unit_name[0].lower() + unit_name[1:]


def agency_rows(lines: list[Conversion]) -> list[dict[str, str]]:
    """Return the agencies.csv rows of all commune-level units in order of code, new ones after old ones."""
    reused = {line.new_code for line in lines}
    old = {line.old_code: line for line in lines}
    new = {line.new_code: line for line in lines}
    rows = []
    for number, code in enumerate(sorted(old)):
        line = old[code]
        unique = f"{code}~{LAST_DAY}" if code in reused else code
        note = "In the NSO list of 04/01/2025; boundaries before the end of 2024 are not loaded"
        rows.append(_agency(unique, code, line.old_name, line.district_code, REGISTRY_BEGINS, CHANGED_ON, number, note))
    for number, code in enumerate(sorted(new)):
        rows.append(_agency(code, code, new[code].new_name, "LS", CHANGED_ON, "", number, "NSO conversion table"))
    return rows


def _agency(
    unique: str, code: str, unit: str, parent: str, valid_from: str, valid_to: str, number: int, note: str
) -> dict[str, str]:
    level_en = {"Xã": "commune", "Phường": "ward", "Thị trấn": "town"}
    level_vi = next(level for level in level_en if unit.startswith(level))
    proper = unit.removeprefix(level_vi).strip()
    is_new = parent == "LS"
    return {
        "agency_code": unique,
        "official_code": code,
        "name_vi": f"Ủy ban nhân dân {in_sentence(unit)}",
        "short_name_vi": f"UBND {in_sentence(unit)}",
        "name_en": f"People’s Committee of {proper} {level_en[level_vi]}",
        "kind": "commune",
        "level": "commune",
        "parent_code": parent,
        "in_scope": "yes",
        "is_reporting": "yes" if is_new else "no",
        "valid_from": valid_from,
        "valid_to": valid_to,
        "legal_act": LEGAL_ACT,
        "verified": "yes",
        "sort_order": str((1000 if is_new else 2000) + number),
        "note": note,
    }


def succession_rows(lines: list[Conversion]) -> list[dict[str, str]]:
    """Return commune → commune rows (whole or part) and district → commune rows (chia), each pair once."""
    reused = {line.new_code for line in lines}
    rows = []
    for line in sorted(lines, key=lambda line: (line.old_code, line.new_code)):
        unique = f"{line.old_code}~{LAST_DAY}" if line.old_code in reused else line.old_code
        rows.append(_succession(unique, line.new_code, "nhap_mot_phan" if line.partial else "hop_nhat", ""))
    districts: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        districts[line.district_code].add(line.new_code)
    for district, successors in sorted(districts.items()):
        for code in sorted(successors):
            note = "Takes communes of this district; people by an assignment decision"
            rows.append(_succession(district, code, "chia", note))
    return rows


def _succession(predecessor: str, successor: str, kind: str, note: str) -> dict[str, str]:
    return {
        "predecessor_code": predecessor,
        "successor_code": successor,
        "effective_on": CHANGED_ON,
        "kind": kind,
        "legal_act": LEGAL_ACT,
        "verified": "yes",
        "note": note,
    }


def alias_rows(lines: list[Conversion], districts: dict[str, str]) -> list[dict[str, str]]:
    """Return the plain unit names as aliases; homonyms of before 01/07/2025 also with their district's name."""
    rows = []
    reused = {line.new_code for line in lines}
    for code, line in sorted({line.old_code: line for line in lines}.items()):
        unique = f"{code}~{LAST_DAY}" if code in reused else code
        for alias in (line.old_name, f"{line.old_name}, {districts[line.district_code]}"):
            rows.append(_alias(alias, unique, "", CHANGED_ON))
    for code, line in sorted({line.new_code: line for line in lines}.items()):
        rows.append(_alias(line.new_name, code, CHANGED_ON, ""))
    return rows


def _alias(alias: str, agency_code: str, valid_from: str, valid_to: str) -> dict[str, str]:
    return {
        "alias": alias,
        "agency_code": agency_code,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "reviewed_by": GENERATED_BY,
        "reviewed_on": "",
        "verified": "yes",
        "note": "",
    }


def rebuilt(folder: Path) -> dict[str, str]:
    """Return {list name: whole text of its CSV}: hand-typed rows first and untouched, then the generated ones."""
    lines = read_conversions(folder)
    codes = {line.old_code for line in lines} | {line.new_code for line in lines}
    named = {row["agency_code"]: row["short_name_vi"].removeprefix("UBND ") for row in _current("agencies")}
    texts = {}
    for name, is_generated, rows in (
        ("agencies", lambda row: row["kind"] == "commune", agency_rows(lines)),
        ("agency_successions", lambda row: row["successor_code"] in codes, succession_rows(lines)),
        ("agency_aliases", lambda row: row["reviewed_by"] == GENERATED_BY, alias_rows(lines, named)),
    ):
        kept = [row for row in _current(name) if not is_generated(row)]
        texts[name] = _as_csv(list(rows[0]), kept + rows)
    return texts


def _current(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _as_csv(columns: list[str], rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def main(argv: list[str] | None = None) -> int:
    """Rewrite the three lists from `folder`; with --check only say (exit 1) which would change."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(argv)
    stale = []
    for name, text in rebuilt(options.folder).items():
        path = HERE / f"{name}.csv"
        if path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
            if not options.check:
                path.write_text(text, encoding="utf-8", newline="")
    print(f"{'stale' if options.check else 'rewritten'}: {', '.join(stale) or 'none'}")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
