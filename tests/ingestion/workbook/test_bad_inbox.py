"""Apache POI's test files in an inbox: no crash, no hang, every file an outcome, none accepted.

Read at ../shared/data where it is; said aloud where it is absent.
"""

from pathlib import Path

import pytest

from expectations.findings import Outcome
from ingestion.check import check

INBOX = Path(__file__).parents[4] / "shared" / "data" / "bad-inbox" / "apache-poi"
EVERY = 12


@pytest.mark.skipif(not INBOX.is_dir(), reason=f"the bad inbox is not on this machine: {INBOX}")
def test_F02_a_bad_inbox_gives_an_outcome_for_every_file(sample_home):
    files = sorted(INBOX.iterdir())[::EVERY]
    assert len(files) > 50
    verdicts = check(files, sample_home)
    assert [verdict.file for verdict in verdicts] == [path.name for path in files]
    assert {verdict.outcome for verdict in verdicts} == {Outcome.REJECTED}
    assert all(verdict.findings and verdict.findings[0].severity == "blocker" for verdict in verdicts)
