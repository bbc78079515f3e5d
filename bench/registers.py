"""V9 and V10 of performance.md § 8 for collection: peak memory and time at ten times the rows, stage by stage.

    python -m bench.registers [--rows 1000000] [--times 10]

Each size is collected in a process of its own (Great Expectations included), from a fresh home; peak memory is that
of the whole process, CPU seconds are told beside wall seconds because a shared machine stretches the latter.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
YEAR = 2025
NOW = datetime.fromisoformat("2025-11-25T10:00:00+07:00")
STAGES = {"landing": "landing", "reading": "reading", "gate 1": "gate 1", "accepting": "accepting"}

Stages = dict[str, dict[str, float]]


def collect_once(home: Path) -> None:
    """In a process of its own: collect the home; print seconds, CPU seconds and peak MiB by stage as JSON."""
    from expectations.gates import submission
    from expectations.home import Home
    from ingestion.collect import collect
    from ingestion.pseudonyms import sample_key

    stages: Stages = {}
    current, wall, cpu = "", time.perf_counter(), time.process_time()

    def say(text: str) -> None:
        nonlocal current, wall, cpu
        now, spent = time.perf_counter(), time.process_time()
        if current:
            one = stages.setdefault(current, {"wall": 0.0, "cpu": 0.0, "peak": 0.0})
            one["wall"] += now - wall
            one["cpu"] += spent - cpu
            one["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        current, wall, cpu = next((s for s in STAGES if text.startswith(s)), ""), now, spent

    report = collect(
        Home(home), YEAR, gate=submission.check, now=NOW, key=sample_key(1), progress=say, quiet_seconds=0.0
    )
    say("")
    rows = sum(one.rows_accepted for one in report.files)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"rows": rows, "peak": peak, "stages": stages}))


def measure(rows: int, work: Path) -> dict:
    """Make a home with a register of that many rows, collect it in a child, throw it away."""
    from bench.volume import add_volume

    home = work / f"home-{rows}"
    shutil.rmtree(home, ignore_errors=True)
    (home / "inbox" / str(YEAR)).mkdir(parents=True)
    (home / "sample.json").write_text('{"seed": 1}', encoding="utf-8")
    add_volume(home / "inbox" / str(YEAR), recruits=rows, trainings=0)
    (home / "inbox" / str(YEAR) / "training_records_volume.csv").unlink()
    done = subprocess.run(
        [sys.executable, "-m", "bench.registers", "--collect", str(home)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    shutil.rmtree(home)
    found: dict = json.loads(done.stdout.splitlines()[-1])
    if found["rows"] != rows:
        raise SystemExit(f"{rows} rows went in, {found['rows']} were accepted")
    return found


def ratios(small: dict, large: dict, times: int) -> list[str]:
    """The lines of the table: a stage each, then the whole and V9."""
    lines = [f"{'stage':12} {'1 x CPU s':>10} {f'{times} x':>10} {'V10':>7}   {'1 x MiB':>8} {f'{times} x':>8}"]
    for stage, one in small["stages"].items():
        many = large["stages"][stage]
        growth = many["cpu"] / max(one["cpu"], 0.01)
        lines.append(
            f"{stage:12} {one['cpu']:10.1f} {many['cpu']:10.1f} {growth:7.1f}   {one['peak']:8.0f} {many['peak']:8.0f}"
        )
    total = [sum(stage["cpu"] for stage in side["stages"].values()) for side in (small, large)]
    lines.append(f"V10 collection: {total[1] / total[0]:.1f} (goal {1.05 * times:.1f})")
    lines.append(f"V9 peak memory: {large['peak'] / small['peak']:.2f} (goal 1.50), {large['peak']:.0f} MiB")
    return lines


def main() -> None:
    """Measure both sizes; print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--collect", type=Path, default=None, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.collect:
        collect_once(options.collect)
        return
    work = Path(tempfile.mkdtemp(prefix="nhantai-registers-"))
    try:
        small = measure(options.rows, work)
        print("\n".join(ratios(small, measure(options.rows * options.times, work), options.times)))
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
