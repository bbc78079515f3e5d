"""What the operator may set, and the only reader and writer of the process environment.

Lives here: where the home is, where the key is, which dbt project runs, and the short moments in which a tool we run
(dbt, Dagster) must find something in its environment.
Does not live here: any path inside a home (``expectations/home.py``).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from expectations.errors import OperatorError
from expectations.home import Home

ROOT = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """``NHANTAI_HOME``, ``_KEY_FILE``, ``_CONNECTIONS_FILE``; ``_DBT_PROJECT`` runs a copied project, ``_PROCESSES=1``
    keeps a road from examining years in a second process."""

    model_config = SettingsConfigDict(env_prefix="NHANTAI_", env_ignore_empty=True, extra="ignore", frozen=True)

    home: Path = Field(default=Path("home"))
    key_file: Path = Field(default=Path("~/.config/nhantai/person.key"))
    connections_file: Path = Field(default=Path("~/.config/nhantai/connections.yml"))
    dbt_project: Path = Field(default=ROOT / "dbt_project")
    processes: int = Field(default_factory=lambda: len(os.sched_getaffinity(0)))

    def place(self) -> Home:
        """The home as an absolute path; it need not exist and nothing is checked."""
        return Home(self.home.expanduser().absolute())

    def working_home(self) -> Home:
        """The home that work may be done in.

        Raises OperatorError when it does not exist, or lies inside a git checkout without being marked as sample:
        personal data must never come near a commit.
        """
        home = self.place()
        if not home.root.is_dir():
            raise OperatorError(
                f"there is no home at {home.root}: `nhantai sample` makes one in which no real person is, "
                "or give the province's with --home or NHANTAI_HOME"
            )
        if not home.is_sample() and (checkout := git_checkout(home.root)):
            raise OperatorError(
                f"the home {home.root} lies inside the git checkout {checkout} and is not marked as sample: "
                "move it outside, and name it with --home or NHANTAI_HOME"
            )
        return home


def load(home: Path | None = None) -> Settings:
    """The settings of this process; ``home`` (an option of the command line) comes before the environment."""
    return Settings() if home is None else Settings(home=home)


def git_checkout(path: Path) -> Path | None:
    """The git work tree that ``path`` lies in, or None."""
    for folder in (path, *path.parents):
        if (folder / ".git").exists():
            return folder
    return None


@contextmanager
def environment(**values: str | Path) -> Iterator[None]:
    """Set variables for the tools called inside the block, and restore what was there before."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update({name: str(value) for name, value in values.items()})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
