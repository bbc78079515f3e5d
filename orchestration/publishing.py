"""Draft and edition, under the lock of the home; the work is reporting's.

Lives here: the two calls that assets and commands share.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from expectations.builds import find, open_gate
from expectations.home import Home
from orchestration import lock

if TYPE_CHECKING:
    from reporting.editions import Edition


def draft(home: Home, year: int, build_id: str | None = None) -> Path:
    """Render what would be published, into the build's ``draft`` folder. NotFit when gate 2 did not let it through."""
    from reporting import editions

    with lock.hold(home, f"draft {year}"):
        build = find(home, year, build_id)
        open_gate(build)
        return editions.draft(home, year, build.build_id)


def publish(home: Home, year: int, build_id: str | None = None) -> Edition:
    """Publish the next edition, or the current one again when its inputs are the same.

    ``reporting.editions.publish`` re-reads verdict, hash and approval itself and raises NotPublishable.
    """
    from reporting import editions

    with lock.hold(home, f"publish {year}"):
        return editions.publish(home, year, build_id)
