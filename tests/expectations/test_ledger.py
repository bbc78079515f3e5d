"""The ledger's chain: whatever is done to a line, verify names the first wrong one (G09, R9 in spirit)."""

import json
import multiprocessing
from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations import ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.jsonl"
    for number in range(6):
        ledger.append(path, "received", file=f"Biểu {number}.xlsx", number=number)
    return path


def _first_named(problems: list[str]) -> int:
    assert len(problems) == 1
    return int(problems[0].split("line ")[1].split(" ")[0].rstrip(":"))


def test_lines_are_numbered_chained_and_valid(path: Path):
    lines = ledger.read(path)
    assert [line["seq"] for line in lines] == [1, 2, 3, 4, 5, 6]
    assert lines[0]["prev"] == ledger.GENESIS
    assert [line["prev"] for line in lines[1:]] == [line["hash"] for line in lines[:-1]]
    assert ledger.verify(path) == []
    assert lines[0]["at"].endswith("+07:00")


def test_an_absent_ledger_is_empty_and_valid(tmp_path: Path):
    assert ledger.read(tmp_path / "none") == []
    assert ledger.verify(tmp_path / "none") == []


def test_the_instant_is_kept_and_must_have_an_offset(tmp_path: Path):
    at = datetime(2025, 11, 29, 16, 59, tzinfo=timezone.utc)  # noqa: UP017
    assert ledger.append(tmp_path / "l", "received", at=at)["at"] == "2025-11-29T16:59:00+00:00"
    with pytest.raises(ValueError, match="offset"):
        ledger.append(tmp_path / "l", "received", at=datetime(2025, 11, 29))
    with pytest.raises(ValueError, match="reserved"):
        ledger.append(tmp_path / "l", "received", hash="x")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_byte_is_named_at_its_line(path: Path, data):
    raw = path.read_bytes()
    place = data.draw(st.integers(0, len(raw) - 1))
    new = data.draw(st.integers(0, 255).filter(lambda b: b != raw[place]))
    changed = path.with_name("changed.jsonl")
    changed.write_bytes(raw[:place] + bytes([new]) + raw[place + 1 :])
    line = raw[:place].count(b"\n") + 1
    assert _first_named(ledger.verify(changed)) == line


@pytest.mark.parametrize("dropped", range(5))
def test_a_dropped_line_is_named(path: Path, dropped: int):
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:dropped] + lines[dropped + 1 :]))
    assert _first_named(ledger.verify(path)) == dropped + 1


@pytest.mark.parametrize("first", range(5))
def test_two_lines_that_changed_places_are_named(path: Path, first: int):
    lines = path.read_bytes().splitlines(keepends=True)
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    path.write_bytes(b"".join(lines))
    assert _first_named(ledger.verify(path)) == first + 1


def test_a_line_rehashed_after_a_change_breaks_the_next(path: Path):
    lines = path.read_bytes().splitlines(keepends=True)
    record = json.loads(lines[2])
    record["number"] = 99
    record["hash"] = ledger._hash(record)
    lines[2] = (ledger._canonical(record) + "\n").encode()
    path.write_bytes(b"".join(lines))
    assert _first_named(ledger.verify(path)) == 4


def test_a_torn_last_line_is_named_and_not_continued(path: Path):
    path.write_bytes(path.read_bytes()[:-20])
    assert _first_named(ledger.verify(path)) == 6
    with pytest.raises(ledger.BrokenLedger):
        ledger.append(path, "received")


def test_a_long_line_is_found_again(tmp_path: Path):
    path = tmp_path / "l"
    ledger.append(path, "received", note="á" * 200_000)
    ledger.append(path, "received")
    assert ledger.verify(path) == []


def _write_twenty(path: str) -> None:
    for number in range(20):
        ledger.append(Path(path), "received", number=number)


def test_four_processes_write_one_valid_chain(tmp_path: Path):
    path = tmp_path / "l"
    workers = [multiprocessing.get_context("spawn").Process(target=_write_twenty, args=(str(path),)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert ledger.verify(path) == []
    assert len(ledger.read(path)) == 80
