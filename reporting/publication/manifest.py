"""The manifest of an edition: what it is made of, file by file, and who answered for it.

Lives here: `manifest.json` of an edition, written last, and the hash of its parts. Nothing in it depends on the clock
of the machine: its instants come from the ledger (approval) and from the build (what was known).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from expectations.builds import BuildRecord
from reporting.publication.facts import EditionFacts
from reporting.publication.marts import content_hash

NAME = "manifest.json"
MARTS = "internal/marts.duckdb"
# What the public files' bytes depend on beside the build; the build's own manifest names its engines.
RENDERERS = ("python-docx", "xlsxwriter", "altair", "vl-convert-python", "jinja2", "duckdb", "pyarrow")


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, 64 hex digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file of an edition but its manifest, as (path inside the edition, path), in order."""
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        name = path.relative_to(folder).as_posix()
        if name != NAME:
            yield name, path


def hash_files(folder: Path) -> dict[str, dict[str, Any]]:
    """For each file its sha256 and size in bytes; `marts.duckdb` by content hash, without a size."""
    return {
        name: {"content_sha256": content_hash(path)}
        if name == MARTS
        else {"sha256": sha256_of(path), "bytes": path.stat().st_size}
        for name, path in files_of(folder)
    }


def describe(folder: Path, facts: EditionFacts, build: BuildRecord, gate: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest of what lies in `folder`."""
    return {
        "reporting_year": facts.year,
        "edition": facts.number,
        "build": {"build_id": build.build_id, "manifest_sha256": sha256_of(build.path / NAME), **build.manifest},
        "gate": {key: gate[key] for key in ("open", "checks_run", "rule_version", "inputs_fingerprint")},
        "approvals": [] if facts.is_draft else [{"by": facts.approved_by, "at": facts.approved_at}],
        "renderers": {name: version(name) for name in RENDERERS},
        "files": hash_files(folder),
    }


def write(folder: Path, manifest: Mapping[str, Any]) -> str:
    """Write `manifest.json` and return its sha256."""
    path = folder / NAME
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return sha256_of(path)


def read(folder: Path) -> dict[str, Any]:
    """The manifest of an edition. Raises OSError or ValueError where there is none that can be read."""
    return json.loads((folder / NAME).read_text(encoding="utf-8"))
