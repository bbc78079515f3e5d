"""From what a room found to an asset check: passed or not, how bad, and counts. Never a value, never a name.

Lives here: translations into ``AssetCheckResult``. Does not live here: any decision about what is a finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import dagster as dg


def test_counts(tests: Mapping[str, str]) -> dg.AssetCheckResult:
    """dbt's data tests by status; passed when all were run and all passed."""
    counts = Counter(tests.values())
    failed = sorted(name for name, status in tests.items() if status != "pass")
    return dg.AssetCheckResult(
        passed=bool(tests) and not failed,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={"tests": len(tests), **counts, "not passed": ", ".join(failed[:20])},
    )


def verdict(gate: Mapping[str, Any]) -> dg.AssetCheckResult:
    """Gate 2 of one build: passed when it is open; findings by severity and by rule."""
    findings = gate["findings"]
    return dg.AssetCheckResult(
        passed=bool(gate["open"]),
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={
            "build": gate["build_id"],
            "checks run": gate["checks_run"],
            **_counted("severity", findings),
            "by rule": dg.MetadataValue.json(dict(Counter(each["rule"] for each in findings))),
        },
    )


def _counted(key: str, records: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    return dict(Counter(str(record[key]) for record in records))
