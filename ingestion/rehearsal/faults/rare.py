"""What officers do more rarely: locked files, hidden sheets, masked ids, garbled letters, one person at two agencies.

Lives here: faults of the season ``all`` only. Does not live here: what happens every year (the other modules).
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from ingestion.rehearsal.faults.sending import in_good_time
from ingestion.rehearsal.faults.spoiler import Spoiler
from ingestion.rehearsal.papers import FactRow, person_of
from ingestion.template.book import Extra

_OLE = bytes.fromhex("D0CF11E0A1B11AE1") + b"\x00" * 504


def locked_file(s: Spoiler, year: int) -> None:
    """D008: a file with a password; the open one follows in time."""
    if one := s.file(year, None, in_good_time):
        first = s.earlier(one, days=1)
        names = b"".join(name.encode("utf-16-le") + b"\x00" * 64 for name in ("EncryptionInfo", "EncryptedPackage"))
        first.content, first.is_taken = _OLE + names + b"\x00" * 2048, False
        s.deed("D008", "TEP-MAT_KHAU", first)


def hidden_sheet(s: Spoiler, year: int) -> None:
    """D033: a hidden sheet with last year's figures; without it the file is taken."""
    if one := s.file(year, None, in_good_time):
        first = s.earlier(one, days=2)
        first.book.extras.append(Extra("Số liệu cũ", ["Tổng số năm trước: 4"], is_hidden=True))
        first.is_taken = False
        s.deed("D033", "TEP-TRANG_AN", first, "Số liệu cũ")


def unreadable_ids(s: Spoiler, year: int) -> None:
    """D103, D105, D108: a letter for a digit, two numbers in one cell, digits that were masked."""
    changes: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("D103", lambda number: number[:-1] + "O"),
        ("D105", lambda number: f"{number[3:]}/{number}"),
        ("D108", lambda number: number[:3] + "xxxxxx" + number[-3:]),
    )
    for kind, change in changes:
        if found := s.row(year, "B03", lambda row: len(str(row.values["national_id"])) == 12):
            one, page, row = found
            row.values["national_id"], row.says = change(str(row.values["national_id"])), None
            s.at(kind, "B03-ID-SHAPE", one, page, row, "national_id")


def garbled_name(s: Spoiler, year: int) -> None:
    """D135: a name whose letters were read in the wrong encoding."""

    def has_garbled(row: FactRow) -> bool:
        return any(mark in _garbled(str(row.values["full_name"])) for mark in ("áº", "á»"))

    if found := s.row(year, "B03", has_garbled):
        one, page, row = found
        row.values["full_name"], row.says = _garbled(str(row.values["full_name"])), None
        s.at("D135", "B03-FULL_NAME-MOJIBAKE", one, page, row, "full_name")


def claimed_twice(s: Spoiler, year: int) -> None:
    """D253: one person on the lists of two agencies: a seconded talent whom both count (in the last year only)."""
    if year < max(one.sending.year for one in s.returns):
        return
    if found := s.row(year, "B03"):
        _, _, row = found
        if other := s.file(year, "B03", lambda r: all(person_of(x) != person_of(row) for x in r.rows("B03"))):
            page, copied = other.book.page("B03"), deepcopy(row)
            page.rows.append(copied)
            s.at("D253", None, other, page, copied, "full_name")


def negative_people(s: Spoiler, year: int) -> None:
    """D209: fewer than nobody."""
    if one := s.file(year, "B02"):
        page, row = one.book.page("B02"), one.rows("B02")[0]
        row.values |= {"recruits_count": -1, "first_time_count": None, "talents_count": None}
        s.at("D209", "B02-RECRUITS_COUNT-RANGE", one, page, row, "recruits_count")


def _garbled(name: str) -> str:
    return name.encode("utf-8").decode("cp1252", "replace")
