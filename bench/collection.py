"""V4, V5 and V7 of performance.md § 8: what collecting workbooks costs.

    python -m bench.collection [--submissions 500] [--single 10] [--versions 11]

V4  one corrected workbook after a full collection / the full collection, and both with the build; the marts must be
    those of a home that got all files at once. Every workbook of the season is sent in so many more versions: with 11
    there are 2,028, the goal's number.
V5  CPU of reading workbooks (jail, two readers' row counts, typing, typed relation) / inflating and tokenising them.
V7  gate 1 over the stacked submissions / the same gate over each submission alone; verdicts must be equal.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl

from bench import floors
from bench.versions import send_again
from expectations.contracts.load import all_contracts
from expectations.gates import submission
from expectations.home import Home
from ingestion import vault
from ingestion.reading import parameters_of
from ingestion.rehearsal.season import make_season
from ingestion.workbook.interpret import interpret
from ingestion.workbook.jail import Jail, Job
from ingestion.workbook.parsed import ParsedWorkbook
from ingestion.workbook.reference import reference_of
from orchestration import collecting, warehouse
from orchestration.settings import Settings

YEARS = (2024, 2025, 2026)
YEAR = 2025
CORRECTED = "sua-doi.xlsx"
ARRIVAL = f"{CORRECTED},2026-01-05T10:00:00+07:00,email,,Văn thư mẫu\n"
VOLATILE = {"recorded_at", "known_at", "build_id", "code_version"}


def main() -> None:
    """Measure and print the three."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=500)
    parser.add_argument("--single", type=int, default=10)
    parser.add_argument("--versions", type=int, default=11)
    options = parser.parse_args()
    submission.load()
    work = Path(tempfile.mkdtemp(prefix="nhantai-collection-"))
    try:
        make_season(work / "season", 20240131, None, YEARS, "typical")
        workbooks = sum(send_again(work / "season" / "inbox" / str(year), options.versions) for year in YEARS)
        print(v5(work / "season"), flush=True)
        print(v4(work, workbooks), flush=True)
        print(v7(work / "one", work, options.submissions, options.single), flush=True)
    finally:
        shutil.rmtree(work)


def v4(work: Path, workbooks: int) -> str:
    """One corrected workbook after everything, against everything."""
    first, whole = work / "one", work / "whole"
    shutil.copytree(work / "season", first)
    collect_all, build_all = _seconds(lambda: _collect(first)), _seconds(lambda: _build(first))
    _correct(first)
    collect_one, build_one = _seconds(lambda: _collect(first)), _seconds(lambda: _build(first))
    shutil.copytree(work / "season", whole)
    for name in (CORRECTED, "arrivals.csv"):
        shutil.copy(first / "inbox" / str(YEAR) / name, whole / "inbox" / str(YEAR))
    _collect(whole)
    _build(whole)
    ours, theirs = _marts(first), _marts(whole)
    differing = [name for name in ours if ours[name] != theirs[name]]
    same = f"DIFFER ({', '.join(differing)}) from" if differing else "equal"
    return (
        f"V4 one corrected workbook of {workbooks}: collection {collect_one:.1f} / {collect_all:.1f} s = "
        f"{collect_one / collect_all:.2f} (goal 0.10), with the build "
        f"{(collect_one + build_one) / (collect_all + build_all):.2f} (goal 0.50); marts {same} a full rebuild"
    )


def v5(season: Path) -> str:
    """CPU of reading against the floor, over all workbooks of the season that can be opened."""
    home = Home(season)
    files = sorted(path for path in (season / "inbox").glob("*/*.xlsx") if zipfile.is_zipfile(path))
    reading = _cpu(lambda: _read(home, files))
    floor = _cpu(lambda: floors.tokenise(files))
    return f"V5 reading {len(files)} workbooks: {reading:.1f} / {floor:.1f} CPU s = {reading / floor:.1f} (goal 4)"


def v7(collected: Path, work: Path, submissions: int, single: int) -> str:
    """The stacked gate against one gate a submission, on typed rows repeated under other ids."""
    home = Home(collected)
    stacked, ids = work / "stacked.duckdb", _stack(home, work / "stacked.duckdb", submissions)
    together = _seconds(lambda: _gate(home, stacked))
    verdicts = _verdicts(_gate(home, stacked))
    alone, equal = 0.0, 0
    for each in ids[:single]:
        one = work / "alone.duckdb"
        _only(stacked, one, each)
        start = time.perf_counter()
        found = _gate(home, one)
        alone += time.perf_counter() - start
        equal += _verdicts(found).get(each, set()) == verdicts.get(each, set())
    ratio = together / (alone / single * len(ids))
    return (
        f"V7 gate 1 over {len(ids)} submissions {together:.1f} s, alone {alone / single:.2f} s each: "
        f"1/{1 / ratio:.0f} (goal 1/100); verdicts equal for {equal} of {single}"
    )


def _collect(root: Path) -> None:
    settings = Settings(home=root, processes=1)
    for year in YEARS:
        collecting.collect(settings, settings.working_home(), year)


def _build(root: Path) -> None:
    settings = Settings(home=root)
    warehouse.build_warehouse(settings.working_home(), YEAR, project=settings.dbt_project)


def _correct(root: Path) -> None:
    """Send the first workbook of the year that has a talent again, with another position in its first row."""
    inbox = root / "inbox" / str(YEAR)
    for path in sorted(inbox.glob("*.xlsx")):
        if zipfile.is_zipfile(path) and _changed(path, path.with_name(CORRECTED)):
            with (inbox / "arrivals.csv").open("a", encoding="utf-8") as journal:
                journal.write(ARRIVAL)
            return
    raise SystemExit("no workbook of the season could be corrected")


def _changed(path: Path, target: Path) -> bool:
    book = openpyxl.load_workbook(path)
    if "B03" not in book.sheetnames:
        return False
    for row in book["B03"].iter_rows():
        if row[0].value == 1 and row[1].value:
            text = next((cell for cell in row if isinstance(cell.value, str) and " " in cell.value), None)
            if text is not None:
                text.value = f"{text.value} Ba"
                book.save(target)
                return True
    return False


def _marts(root: Path) -> dict[str, Any]:
    """All rows of all marts of the newest build, without what tells one home or one build from another."""
    newest = max((root / "build").glob("*/warehouse.duckdb"), key=lambda path: path.stat().st_mtime)
    found: dict[str, Any] = {}
    with duckdb.connect(str(newest), read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
        for (name,) in sorted(tables):
            columns = [row[0] for row in connection.execute(f"describe marts.{name}").fetchall()]
            kept = ", ".join(f'"{column}"' for column in columns if column not in VOLATILE)
            found[name] = sorted(map(repr, connection.execute(f"select {kept} from marts.{name}").fetchall()))
    return found


def _read(home: Home, files: list[Path]) -> None:
    """One after another, as the floor: two processes on one core's two threads take more CPU seconds for the same."""
    reference, contracts = reference_of(home), all_contracts()
    with Jail(None, workers=1) as jail, tempfile.TemporaryDirectory() as folder:
        books = {}
        jobs = [Job(path=path, sha256=f"{number:064x}", file=path.name) for number, path in enumerate(files)]
        for job in jobs:
            parsed = jail.parse(job)
            if isinstance(parsed, ParsedWorkbook):
                year = int(job.path.parent.name)
                books[job.sha256] = interpret(parsed, year, reference, contracts, received_on=date(year, 11, 20))
        connection = vault.new_typed(Home(Path(folder)), Path(folder) / "2025.duckdb")
        vault.add_workbooks(connection, books)
        connection.close()


def _gate(home: Home, database: Path) -> Any:
    return submission.check(database, all_contracts(), minimum_submissions=1, parameters=parameters_of(home))


def _verdicts(result: Any) -> dict[str, set[Any]]:
    found: dict[str, set[Any]] = {}
    for one in result.findings:
        found.setdefault(one.submission_id, set()).add((one.rule, one.sheet, one.cell, one.row))
    return found


def _stack(home: Home, target: Path, submissions: int) -> list[str]:
    """Copy the year's workbooks under new ids until there are enough; the ids."""
    shutil.copy(vault.typed_path(home, YEAR), target)
    with duckdb.connect(str(target)) as connection:
        own = [row[0] for row in connection.execute("select submission_id from typed.cover order by 1").fetchall()]
        tables = [contract.name for contract in all_contracts() if contract.channel == "workbook"] + ["_columns"]
        for name in tables:
            connection.execute(f"create temporary table source_{name} as select * from typed.{name}")
        for contract in all_contracts():
            if contract.channel != "workbook":
                connection.execute(f"delete from typed.{contract.name}")
        ids = list(own)
        for turn in range(1, -(-submissions // len(own))):
            for name in tables:
                connection.execute(
                    f"insert into typed.{name} select * replace ('{turn:02d}' || submission_id[3:] as submission_id) "
                    f"from source_{name}"
                )
            ids += [f"{turn:02d}{each[2:]}" for each in own]
    return ids


def _only(stacked: Path, target: Path, submission_id: str) -> None:
    target.unlink(missing_ok=True)
    shutil.copy(stacked, target)
    with duckdb.connect(str(target)) as connection:
        for (name,) in connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'typed'"
        ).fetchall():
            connection.execute(f"delete from typed.{name} where submission_id <> ?", [submission_id])


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _cpu(work: Callable[[], object]) -> float:
    """CPU seconds of this process and of the children that ended in it."""

    def spent() -> float:
        both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(one.ru_utime + one.ru_stime for one in both)

    start = spent()
    work()
    return spent() - start


if __name__ == "__main__":
    main()
