"""A real browser opens the page: nothing on its console, nothing asked of the network, nothing wider than a phone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars", "--enable-logging=stderr",
    "--v=0",
]  # fmt: skip


def browse(page: Path, profile: Path, *more: str) -> subprocess.CompletedProcess[str]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("Chromium is not installed: the page cannot be tried in a browser (apt-get install chromium)")
    command = [found, *FLAGS, f"--user-data-dir={profile}", "--dump-dom", *more, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def console(run: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in run.stderr.splitlines() if "CONSOLE" in line]


def test_the_page_loads_without_a_word_on_the_console(html_file: Path, tmp_path: Path):
    run = browse(html_file, tmp_path / "profile", "--window-size=1280,900")
    assert run.returncode == 0, run.stderr
    assert console(run) == []
    assert 'lang="vi"' in run.stdout and run.stdout.count("<svg") >= 4 and "CT07" in run.stdout


def test_the_console_is_heard_at_all(tmp_path: Path):
    noisy = tmp_path / "noisy.html"
    noisy.write_text("<!DOCTYPE html><meta charset=utf-8><script>console.error('nghe thấy')</script>", encoding="utf-8")
    assert console(browse(noisy, tmp_path / "profile"))


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_the_page_is_never_wider_than_the_screen(html_file: Path, tmp_path: Path, width: int):
    text = json.dumps(html_file.read_text(encoding="utf-8")).replace("</", "<\\/")
    frame = tmp_path / "frame.html"
    frame.write_text(
        f"""<!DOCTYPE html><meta charset=utf-8><iframe id=f style="width:{width}px;height:900px;border:0"></iframe>
<p id=said></p><script>f.onload = () => {{ said.textContent = "w" + f.contentDocument.documentElement.scrollWidth }};
f.srcdoc = {text};</script>""",
        encoding="utf-8",
    )
    run = browse(frame, tmp_path / "profile", "--window-size=1400,1000", "--virtual-time-budget=4000")
    measured = re.search(r'id="said">w(\d+)<', run.stdout)
    assert measured, run.stderr[-500:]
    assert int(measured.group(1)) <= width
