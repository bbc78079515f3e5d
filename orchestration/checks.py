"""From what a room found to an asset check: passed or not, how bad, and counts. Never a value, never a name.

Lives here: translations into ``AssetCheckResult``. Does not live here: any decision about what is a finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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


def gate_one(asset: dg.AssetKey, name: str, counts: Mapping[str, int]) -> dg.AssetCheckResult:
    """Gate 1 over the files of a year: passed when none was rejected and no row kept out; never more than a warning."""
    rules = {key.removeprefix("rule "): count for key, count in counts.items() if key.startswith("rule ")}
    rest = {key: count for key, count in counts.items() if not key.startswith("rule ")}
    return dg.AssetCheckResult(
        asset_key=asset,
        check_name=name,
        passed=not counts.get("blockers") and not counts.get("errors"),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={**rest, "by rule": dg.MetadataValue.json(rules)},
    )


def post_condition(asset: dg.AssetKey, name: str, problems: Sequence[str]) -> dg.AssetCheckResult:
    """A post-condition of a file: passed when nothing is wrong with it."""
    return dg.AssetCheckResult(
        asset_key=asset, check_name=name, passed=not problems, metadata={"problems": "; ".join(problems)}
    )


def _counted(key: str, records: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    return dict(Counter(str(record[key]) for record in records))
