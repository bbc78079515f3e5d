"""What a command prints: JSON with stable keys, or text for people.

Lives here: printing only. Officers' words (findings, names of indicators) come from the data and are Vietnamese.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

SEVERITIES = {"blocker": "Chặn", "error": "Phải sửa", "query": "Đề nghị sửa hoặc giải trình", "note": "Lưu ý"}
VERDICTS = {
    "met": "đạt",
    "approximately_met": "xấp xỉ đạt",
    "not_met": "chưa đạt",
    "no_target": "không có chỉ tiêu",
    "not_due": "chưa đến hạn",
    "not_computable": "chưa đủ căn cứ",
}


def show_json(value: Any) -> None:
    """Print a value as JSON on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def say(*lines: str) -> None:
    """Print lines for people on stdout."""
    for line in lines:
        print(line, flush=True)


def show_table(title: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; ``columns`` are (heading, left or right). Wide when the output is no terminal."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 140, highlight=False, markup=False)
    table = Table(title=title, title_justify="left", show_edge=False)
    for heading, side in columns:
        table.add_column(heading, justify="right" if side == "right" else "left")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def say_finding(finding: Mapping[str, Any]) -> None:
    """Print one finding as an officer reads it: where, how bad, what, what stands there, what is expected, how
    to repair it. A personal value comes masked.
    """
    where = "!".join(str(part) for part in (finding.get("sheet"), finding.get("cell")) if part)
    say(f"  {where or '(cả tệp)'} · {SEVERITIES[finding['severity']]} · {finding['message']} [{finding['rule']}]")
    if finding.get("value"):
        say(f"      Đang ghi: {finding['value']}")
    if finding.get("expected"):
        say(f"      Cần: {finding['expected']}")
    if finding.get("fix"):
        say(f"      Cách sửa: {finding['fix']}")
