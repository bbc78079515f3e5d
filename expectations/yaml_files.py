"""Reading our own YAML files: safely, and by libyaml where it is there (contracts are read at each start).

Lives here: ``read``. Does not live here: what a file means, or any writing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path) -> Any:
    """The content of a YAML file (UTF-8) as plain values; yaml.YAMLError where it is none."""
    return yaml.load(path.read_bytes(), Loader=_Loader)
