"""The code location that ``dagster dev -m orchestration.definitions`` loads."""

from orchestration.build import build_definitions

defs = build_definitions()
