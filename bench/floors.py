"""The floors under the yardstick (performance.md §§ 1, 2), and whether yardstick and product say the same.

Floor for workbooks: inflate and tokenise every sheet, no objects. Floor for registers: DuckDB's strict read_csv into
a table.
"""

from __future__ import annotations

import json
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from xml.parsers import expat

import duckdb

from bench import by_hand


def anchor(home: Path, work: Path) -> dict[str, float]:
    """Seconds of the yardstick's reading over seconds of the floor, for workbooks and for registers (ratios, best of
    three).
    """
    work.mkdir(parents=True, exist_ok=True)
    inbox = home / "inbox"
    rows = by_hand.read_workbooks(inbox)
    files = [path for path in inbox.glob("*/*.xlsx") if zipfile.is_zipfile(path)]
    return {
        "workbooks": _best(lambda: by_hand.read_workbooks(inbox)) / _best(lambda: tokenise(files)),
        "registers": _best(lambda: _load(work, lambda c: by_hand.load(c, rows, inbox)))
        / _best(lambda: _load(work, lambda c: _strict(c, inbox))),
    }


def same_figures(yardstick: Path, home: Path, year: int) -> str:
    """A sentence: CT02 of the province by hand and by the product."""
    with duckdb.connect(str(yardstick / "by_hand.duckdb"), read_only=True) as connection:
        hand = connection.execute("select n, n_all from share where agency_code is null").fetchone()
    marts = home / "publication" / str(year) / "current" / "internal" / "marts.duckdb"
    with duckdb.connect(str(marts), read_only=True) as connection:
        product = connection.execute(
            "select numerator, denominator from marts.marts.fct_indicator_values "
            "where indicator_code = 'CT02' and is_headline and agency_code = 'LS' "
            "and structure_on = 'as_reported' and reporting_year = ? and period_code = 'KY_LICH'",
            [year],
        ).fetchone()
    return f"{'yes' if hand == product else 'NO'} (by hand {hand}, product {product})"


def _best(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def tokenise(files: Iterable[Path]) -> int:
    """Inflate and tokenise every sheet and the shared strings; the number of elements."""
    events = 0

    def count(*_: object) -> None:
        nonlocal events
        events += 1

    for path in files:
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                if name.startswith("xl/worksheets/sheet") or name == "xl/sharedStrings.xml":
                    parser = expat.ParserCreate()
                    parser.StartElementHandler = count
                    parser.Parse(package.read(name), True)
    return events


def _load(work: Path, fill: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
    database = work / "floor.duckdb"
    database.unlink(missing_ok=True)
    with duckdb.connect(str(database)) as connection:
        fill(connection)


def _strict(connection: duckdb.DuckDBPyConnection, inbox: Path) -> None:
    for name, pattern in (("register", "recruitment_register*.csv"), ("courses", "training_records*.csv")):
        files = sorted(str(path) for path in inbox.glob(f"*/{pattern}"))
        connection.execute(f"create table {name} as select * from read_csv(?, union_by_name=true)", [files])


if __name__ == "__main__":
    import sys

    print(json.dumps(anchor(Path(sys.argv[1]), Path(sys.argv[2]))))
