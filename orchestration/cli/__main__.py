"""``python -m orchestration.cli`` is ``nhantai``."""

from orchestration.cli import main

main()
