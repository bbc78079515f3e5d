"""What assets are handed: the place to work in, and nothing that computes.

Lives here: ``Workplace``, the settings as a Dagster resource: paths only, no secret.
"""

from pathlib import Path

import dagster as dg

from expectations.home import Home
from orchestration.settings import Settings


class Workplace(dg.ConfigurableResource):
    """The home, the key file and the dbt project, as absolute paths."""

    root: str
    key_file: str
    project: str

    @classmethod
    def of(cls, settings: Settings) -> "Workplace":
        """The workplace that these settings name."""
        return cls(root=str(settings.place().root), key_file=str(settings.key_file), project=str(settings.dbt_project))

    @property
    def settings(self) -> Settings:
        """The settings this workplace was made from."""
        return Settings(home=Path(self.root), key_file=Path(self.key_file), dbt_project=Path(self.project))

    @property
    def home(self) -> Home:
        """The home that work may be done in; OperatorError when it may not."""
        return self.settings.working_home()
