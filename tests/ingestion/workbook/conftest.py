"""A sample home (its people are invented), and the two ways a workbook is read in these tests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from expectations.contracts.load import all_contracts
from expectations.home import Home
from ingestion.check import FileVerdict, check
from ingestion.workbook.interpret import interpret
from ingestion.workbook.interpreted import Interpreted
from ingestion.workbook.jail import Jail, Job
from ingestion.workbook.parsed import ParsedWorkbook
from ingestion.workbook.reference import reference_of
from ingestion.workbook.refusal import Refusal
from tests.builders import Submission

Parse = Callable[[bytes], ParsedWorkbook | Refusal]
Read = Callable[[Submission], Interpreted]
Check = Callable[..., FileVerdict]


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    root = tmp_path_factory.mktemp("home")
    (root / "sample.json").write_text('{"seed": 1}')
    return Home(root)


@pytest.fixture(scope="session")
def jail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jail]:
    with Jail(tmp_path_factory.mktemp("parsed"), workers=1) as jail:
        yield jail


@pytest.fixture
def parse(jail: Jail, tmp_path: Path) -> Parse:
    def parse(content: bytes) -> ParsedWorkbook | Refusal:
        path = tmp_path / "tep.xlsx"
        path.write_bytes(content)
        return jail.parse(Job(path, hashlib.sha256(content).hexdigest(), path.name))

    return parse


@pytest.fixture
def read(parse: Parse, sample_home: Home) -> Read:
    def read(submission: Submission) -> Interpreted:
        parsed = parse(submission.workbook())
        assert isinstance(parsed, ParsedWorkbook), parsed
        return interpret(parsed, 2025, reference_of(sample_home), all_contracts())

    return read


@pytest.fixture
def checked(sample_home: Home, tmp_path: Path) -> Check:
    def checked(content: Submission | bytes, name: str = "SNV.xlsx") -> FileVerdict:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.workbook())
        return check([path], sample_home)[0]

    return checked
