"""R9: spoilt workbooks are read as the original, or told; never a traceback, a dead worker or a silent difference.

`make test` takes a seeded part of the 10,000, `make soak` all of them. A number that fails is made again by
`tests.fuzzed_workbooks.mutant(number)`.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from expectations.contracts.load import all_contracts
from expectations.findings import Finding, Severity
from expectations.home import Home
from ingestion.check import check
from ingestion.workbook import limits
from ingestion.workbook.interpret import interpret, refused
from ingestion.workbook.interpreted import Interpreted
from ingestion.workbook.jail import Jail, Job
from ingestion.workbook.parsed import Cell, ParsedWorkbook, address
from ingestion.workbook.reference import reference_of
from ingestion.workbook.refusal import Refusal
from tests.fuzzed_packages import originals
from tests.fuzzed_workbooks import KINDS, Mutant, mutant

ALL = 10_000
PART = range(0, ALL, 157)
"""64 numbers, eight of each kind."""
DEAD = {"TEP-KHONG_DOC_DUOC", "TEP-QUA_LAU"}
"""What the jail says when a worker died, panicked or did not answer."""
SLOWEST_SECONDS = 5.0
Read = tuple[ParsedWorkbook, Interpreted] | Refusal


@dataclass
class Tally:
    """What became of the mutants: `outcomes` by (kind, outcome), `wrong` a sentence each, seconds a file."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    placed: int = 0
    peak_bytes: int = 0

    def report(self) -> str:
        """The figures, a line a kind."""
        by_kind = {kind: {o: n for (k, o), n in sorted(self.outcomes.items()) if k == kind} for kind in KINDS}
        lines = [f"{kind}: {outcomes}" for kind, outcomes in by_kind.items()]
        p95 = sorted(self.seconds)[int(len(self.seconds) * 0.95)]
        peak = self.peak_bytes // 2**20
        last = f"{len(self.seconds)} mutants, {len(self.wrong)} wrong; p95 {p95:.2f} s, worker {peak} MB"
        return "\n".join([*lines, f"{last}; {self.placed} rejections name a sheet"])


class Bench:
    """Reads mutants in one jail and compares them with their originals."""

    def __init__(self, jail: Jail, home: Home, folder: Path) -> None:
        self._jail, self._path = jail, folder / "SNV.xlsx"
        self._reference, self._contracts = reference_of(home), all_contracts()
        self._originals = [self.read(content) for content in originals()]
        self.tally = Tally()

    def read(self, content: bytes) -> Read:
        self._path.write_bytes(content)
        parsed = self._jail.parse(Job(self._path, hashlib.sha256(content).hexdigest(), self._path.name))
        if isinstance(parsed, Refusal):
            return parsed
        return parsed, interpret(parsed, 2025, self._reference, self._contracts)

    def run(self, numbers: Iterable[int]) -> Tally:
        """Read and judge each; whatever escapes the reader is a traceback."""
        for number in numbers:
            one, begun = mutant(number), time.monotonic()
            try:
                read = self.read(one.content)
                outcome, wrong = self._judged(one, read)
            except Exception as error:
                outcome, wrong = "traceback", repr(error)
            self.tally.seconds.append(time.monotonic() - begun)
            self.tally.outcomes[one.kind, outcome] += 1
            if wrong:
                self.tally.wrong.append(f"{number} ({one.kind}, {one.what}): {outcome}: {wrong}")
        self.tally.peak_bytes = self._jail.peak_bytes
        return self.tally

    def _judged(self, one: Mutant, read: Read) -> tuple[str, str]:
        """The outcome, and what is wrong with it ("" when nothing is)."""
        original = self._originals[one.original]
        assert not isinstance(original, Refusal)
        if isinstance(read, Refusal):
            card = refused(read, file="SNV.xlsx", year=2025)
            self.tally.placed += card.sheet is not None
            dead = "a worker died" if read.rule in DEAD else ""
            return "refused", dead or ("a cell is no damage" if one.cell else "") or incomplete(card)
        if one.cell is not None:
            changed = differences(original[0], read[0])
            return ("exact", "") if changed == {one.cell} else ("other cells", str(sorted(changed)))
        if read[1].rows == original[1].rows:
            return "equal", ""
        before = Counter(map(str, (*original[1].findings, *original[1].problems)))
        if not Counter(map(str, (*read[1].findings, *read[1].problems))) - before:
            return "silent difference", "rows differ and nothing is said"
        blockers = [f for f in read[1].findings if f.severity is Severity.BLOCKER]
        return "told", next(filter(None, map(incomplete, blockers)), "")


def incomplete(card: Finding) -> str:
    """What a rejection does not say: file, rule, found, expected, fix; sheet and cell as far as reading came."""
    said = {"file": card.file, "rule": card.rule, "found": card.message, "expected": card.expected, "fix": card.fix}
    missing = [name for name, text in said.items() if not text or "…" in text.replace("Lưu thành…", "").replace(
        "lưu thành…", "")]  # fmt: skip
    if card.rule == "TEP-HAI_CACH_DOC" and not (card.sheet and card.cell):
        missing.append("sheet and cell")
    if card.cell and not card.sheet:
        missing.append("sheet of the cell")
    return f"{card.rule} does not say {', '.join(missing)}" if missing else ""


def differences(one: ParsedWorkbook, other: ParsedWorkbook) -> set[tuple[int, str]]:
    """(sheet's place, address) of every cell that differs in kind or text."""
    before, after = cells(one), cells(other)
    return {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}


def cells(book: ParsedWorkbook) -> dict[tuple[int, str], Cell]:
    return {
        (place, address(row, column)): cell
        for place, sheet in enumerate(book.sheets)
        for row, found in sheet.rows.items()
        for column, cell in found.items()
    }


@pytest.fixture
def bench(jail: Jail, sample_home: Home, tmp_path: Path) -> Bench:
    return Bench(jail, sample_home, tmp_path)


def test_the_originals_are_honest_and_say_the_same(bench: Bench):
    read = [bench.read(content) for content in originals()]
    assert not any(isinstance(one, Refusal) for one in read)
    rows = [one[1].rows for one in read if not isinstance(one, Refusal)]
    assert rows[1] == rows[2] == rows[3] and len(rows[0]["talents"]) == 8


def test_F02_R9_a_part_of_the_spoilt_workbooks_is_equal_or_told(bench: Bench):
    tally = bench.run(PART)
    assert tally.wrong == [] and len(tally.seconds) == 64
    assert {kind for kind, _ in tally.outcomes} == set(KINDS)


def test_F02_a_form_in_the_place_of_the_cover_is_refused_with_a_fix_that_names_the_line(bench: Bench):
    """364 copies a form over the cover: the fix said "check cell … of the cover"."""
    tally = bench.run([364])
    assert (tally.wrong, dict(tally.outcomes)) == ([], {("part moved", "told"): 1})


@pytest.mark.soak
def test_F02_R9_all_spoilt_workbooks_are_equal_or_told(bench: Bench, capsys: pytest.CaptureFixture[str]):
    """The figures are printed."""
    tally = bench.run(range(ALL))
    with capsys.disabled():
        print(f"\n{tally.report()}")
    assert tally.wrong == [] and len(tally.seconds) == ALL
    assert sorted(tally.seconds)[int(ALL * 0.95)] < SLOWEST_SECONDS
    assert 0 < tally.peak_bytes < limits.WORKER_BYTES


def test_F02_the_whole_check_of_spoilt_workbooks_ends_in_verdicts(sample_home: Home, tmp_path: Path):
    files = []
    for number in PART[:16]:
        folder = tmp_path / str(number)
        folder.mkdir()
        files.append(folder / "SNV.xlsx")
        files[-1].write_bytes(mutant(number).content)
    verdicts = check(files, sample_home)
    assert len(verdicts) == len(files)
    assert all(one.findings or one.outcome == "accepted" for one in verdicts)
    assert all(not incomplete(f) for one in verdicts for f in one.findings if f.severity is Severity.BLOCKER)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/workbook.xml", b'<sheet xmlns:r', b'<sheep xmlns:r'),  # a sheet that nobody names any more
        ("xl/workbook.xml", b'r:id="rId2"', b'r:id="rIdS"'),  # the strings as a sheet, and a sheet nobody names
        ("xl/sharedStrings.xml", b"<si>", None),  # the first string lost: all others would move up
        ("xl/worksheets/sheet4.xml", b' t="s"', b' T="s"'),  # a text would become the number of its string
        ("xl/worksheets/sheet4.xml", b'<c r="A4"', b"<c"),
        ("xl/worksheets/sheet4.xml", b'</row><row r="5">', b""),
        ("xl/worksheets/sheet1.xml", b's="1"', b's="97"'),
    ],
)  # fmt: skip
def test_F02_damage_that_a_lenient_reader_makes_sense_of_is_refused(
    part: str, old: bytes, new: bytes | None, bench: Bench
):
    """Each of these was read silently as something else before (found by the fuzzing, or beside what it found)."""
    from tests.fuzzed_packages import unzipped, zipped

    parts = unzipped(originals()[1])
    xml = parts[part]
    if new is None:
        end = xml.index(b"</si>") + 5
        parts[part] = xml[: xml.index(old)] + xml[end:]
    else:
        assert old in xml
        parts[part] = xml.replace(old, new, 1)
    read = bench.read(zipped(parts))
    assert isinstance(read, Refusal) and read.rule == "TEP-HONG"
    card = refused(read, file="SNV.xlsx", year=2025)
    assert not incomplete(card) and (card.sheet is not None) == part.startswith("xl/worksheets/")
