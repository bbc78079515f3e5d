"""The builds of a home, as orchestration asks for them; the reading itself is ``expectations/builds.py`` (reporting reads them too)."""

from expectations.builds import BuildRecord, all_builds, find, newest, newest_gated, next_id, open_gate, write_json

__all__ = ["BuildRecord", "all_builds", "find", "newest", "newest_gated", "next_id", "open_gate", "write_json"]
