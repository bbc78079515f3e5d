"""Zip packages (docx, xlsx) whose bytes depend on their content alone: fixed instants, fixed order, nothing extra.

Does not live here: what is in them.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)
_INSTANT = "1980-01-01T00:00:00Z"
_CORE = "docProps/core.xml"


def settle(path: Path) -> None:
    """Rewrite a package in place: every member dated 1980, instants of its properties fixed, best compression."""
    with zipfile.ZipFile(path) as package:
        members = [(info.filename, package.read(info)) for info in package.infolist()]
    beside = path.with_name(path.name + ".settled")
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, content in members:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            package.writestr(info, _undated(content) if name == _CORE else content)
    beside.replace(path)


def _undated(core: bytes) -> bytes:
    pattern = rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)"
    return re.sub(pattern, rb"\g<1>" + _INSTANT.encode() + rb"\g<2>", core)
