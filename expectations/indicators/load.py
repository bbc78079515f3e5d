"""Reading the indicator files.

Lives here: YAML → Indicator, cached. Does not live here: their shape (`model.py`), the CSV seeds (`export.py`).
"""

from functools import cache
from pathlib import Path

from expectations import yaml_files
from expectations.indicators.model import Indicator

HERE = Path(__file__).parent


def codes() -> list[str]:
    """Return the indicator codes in the order in which they are printed (`CT01` …)."""
    return [indicator.code for indicator in all_indicators()]


@cache
def all_indicators() -> tuple[Indicator, ...]:
    """Return every indicator, by sort_order.

    Raises:
        ValueError: a file does not hold together, or its name is not its code.
    """
    found = [_read(path) for path in sorted(HERE.glob("*.yml"))]
    return tuple(sorted(found, key=lambda indicator: indicator.sort_order))


def load(code: str) -> Indicator:
    """Return the indicator `code` (any case).

    Raises:
        KeyError: there is no file for it.
    """
    for indicator in all_indicators():
        if indicator.code == code.upper():
            return indicator
    raise KeyError(f"no indicator {code!r}")


def _read(path: Path) -> Indicator:
    indicator = Indicator.model_validate(yaml_files.read(path))
    if indicator.code.lower() != path.stem:
        raise ValueError(f"{path.name} describes {indicator.code}")
    return indicator
