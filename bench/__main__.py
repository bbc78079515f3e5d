"""`make bench`: ratios of performance.md § 8, both sides interleaved in one run, medians; printed, never asserted.

V2 whole road, small year, cold and resident / by hand · V3 nothing changed / full run · V8 Dagster run / the same
functions called directly. Options: --repeats N (default 5), --recruits, --trainings (rows of volume), --agencies,
--keep DIR.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import floors
from bench.volume import add_volume

ROOT = Path(__file__).resolve().parents[1]
NHANTAI = Path(sys.executable).with_name("nhantai")
YEAR = 2025


def main() -> None:
    """Prepare one season, run every side in turn, print the table."""
    options = _options()
    work = Path(options.keep or tempfile.mkdtemp(prefix="nhantai-bench-"))
    season = work / "season"
    print(f"season in {season} …", file=sys.stderr)
    _prepare(season, options)
    sides = _sides(season, work)
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for repeat in range(options.repeats):
        for name, side in sides.items():
            seconds[name].append(side())
            print(f"  {repeat + 1}/{options.repeats} {name}: {seconds[name][-1]:.2f} s", file=sys.stderr)
    _print(seconds, work)
    if not options.keep:
        shutil.rmtree(work)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--recruits", type=int, default=100_000)
    parser.add_argument("--trainings", type=int, default=300_000)
    parser.add_argument("--agencies", type=int, default=None)
    parser.add_argument("--keep", default=None)
    return parser.parse_args()


def _prepare(season: Path, options: argparse.Namespace) -> None:
    few = ["--agencies", str(options.agencies)] if options.agencies else []
    _nhantai("sample", "--home", str(season), "--faults", "none", *few)
    add_volume(season / "inbox" / str(YEAR), recruits=options.recruits, trainings=options.trainings)


def _sides(season: Path, work: Path) -> dict[str, Callable[[], float]]:
    """Name → a run that returns its seconds. Every full run begins with a fresh copy of the season."""
    home = work / "home"

    def fresh() -> None:
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(season, home, symlinks=True)

    def by_hand() -> float:
        return _timed(
            [sys.executable, str(ROOT / "bench" / "by_hand.py"), str(season), str(YEAR), str(work / "by_hand")]
        )

    def cold() -> float:
        fresh()
        return _timed(_run_command(home))

    def unchanged() -> float:
        return _timed(_run_command(home))

    def inside(mode: str) -> Callable[[], float]:
        def run() -> float:
            fresh()
            made = subprocess.run(
                [sys.executable, "-m", "bench.resident", mode, str(home), str(YEAR)],
                cwd=ROOT, check=True, capture_output=True, text=True,
            )  # fmt: skip
            return float(json.loads(made.stdout.splitlines()[-1])["seconds"])

        return run

    return {
        "by hand": by_hand,
        "product, cold": cold,
        "product, nothing changed": unchanged,
        "product, resident": inside("dagster"),
        "functions, resident": inside("functions"),
    }


def _run_command(home: Path) -> list[str]:
    return [str(NHANTAI), "run", "--home", str(home), "--year", str(YEAR), "--publish", "--by", "Người ký thử"]


def _timed(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    return time.perf_counter() - start


def _nhantai(*arguments: str) -> None:
    subprocess.run([str(NHANTAI), *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _print(seconds: dict[str, list[float]], work: Path) -> None:
    median = {name: statistics.median(runs) for name, runs in seconds.items()}
    for name, runs in seconds.items():
        print(f"{name:28} {median[name]:8.2f} s   [{min(runs):.2f}–{max(runs):.2f}]")
    hand = median["by hand"]
    rows = [
        ("V2 cold / by hand", median["product, cold"] / hand, 8.0),
        ("V2 resident / by hand", median["product, resident"] / hand, 3.0),
        ("V3 nothing changed / full", median["product, nothing changed"] / median["product, cold"], 0.25),
        ("V8 Dagster / functions", median["product, resident"] / median["functions, resident"], 1.5),
    ]
    print(f"\n{'ratio':28} {'here':>8} {'goal':>8}")
    for name, ratio, goal in rows:
        print(f"{name:28} {ratio:8.2f} {goal:8.2f}")
    anchor = floors.anchor(work / "season", work / "floors")
    print(
        f"\nyardstick / floors (workbooks, registers): {anchor['workbooks']:.2f}, {anchor['registers']:.2f}   goal 1.30"
    )
    print(f"figures equal: {floors.same_figures(work / 'by_hand', work / 'home', YEAR)}")


if __name__ == "__main__":
    main()
