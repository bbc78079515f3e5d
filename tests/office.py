"""LibreOffice headless, for tests that need a file as an office program writes it. `make test` installs it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


def convert(files: list[Path], to: str, folder: Path) -> list[Path]:
    """Convert files into `folder` as xls, ods or xlsx (one start for all); return the new paths in the same order."""
    office = shutil.which("soffice")
    assert office, "make test installs LibreOffice"
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    options = [office, profile, "--headless", "--convert-to", to, "--outdir", str(folder)]
    subprocess.run([*options, *map(str, files)], check=True, capture_output=True, timeout=180)
    made = [folder / f"{path.stem}.{to}" for path in files]
    assert all(path.is_file() for path in made), "LibreOffice Calc wrote nothing"
    return made
