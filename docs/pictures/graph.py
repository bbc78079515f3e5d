"""Pictures of the web UI over a home: the graph from inbox to publication, and gate 1 as a check with counts.

`make pictures`, or `graph.py --home DIR`. Starts `dagster dev` on a port of its own, waits until the code is loaded,
lets headless Chromium look, and stops what it started.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PORT = 3117
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-sync")
SHOTS = {
    "do-thi-tai-san.png": ("asset-groups", "1700,640"),
    "cong-1-trong-dagster.png": ("assets/landing/workbooks?view=checks", "1500,760"),
}
LOADED = {"query": "{ workspaceOrError { ... on Workspace { locationEntries { loadStatus } } } }"}


def main() -> int:
    """Take the pictures; 3 when there is no browser or no home, with a sentence that says which."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, default=ROOT / "home")
    options.add_argument("--out", type=Path, default=HERE)
    chosen = options.parse_args()
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None or not chosen.home.is_dir():
        print(f"needs chromium and the home {chosen.home} (make report)", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as profile, web_server(chosen.home.resolve()):
        for name, (address, size) in SHOTS.items():
            shot = (f"--screenshot={chosen.out / name}", f"http://127.0.0.1:{PORT}/{address}")
            looks = (f"--user-data-dir={profile}", f"--window-size={size}", "--virtual-time-budget=60000")
            subprocess.run([browser, *QUIET, *looks, *shot], check=True, capture_output=True, timeout=180)
    return 0


@contextmanager
def web_server(home: Path) -> Iterator[None]:
    """Dagster's web server over a home, until the block ends."""
    environment = {**os.environ, "NHANTAI_HOME": str(home), "DO_NOT_TRACK": "1", "DAGSTER_DISABLE_TELEMETRY": "1"}
    prepare = [sys.executable, "-m", "orchestration.instance"]
    folder = subprocess.run(prepare, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    environment["DAGSTER_HOME"] = folder.strip()
    command = [Path(sys.executable).with_name("dagster"), "dev", "-m", "orchestration.definitions", "-p", str(PORT)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        wait_until_loaded(time.monotonic() + 300)
        yield
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def wait_until_loaded(deadline: float) -> None:
    """Ask until the code location is loaded. TimeoutError when it never is."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{PORT}/graphql", json.dumps(LOADED).encode(), {"Content-Type": "application/json"}
    )
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                if '"LOADED"' in answer.read().decode():
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(1)
    raise TimeoutError("the web server did not load the code in time")


if __name__ == "__main__":
    sys.exit(main())
