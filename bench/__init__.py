"""Measuring: the product beside one hand-written DuckDB process on the same files (`make bench`). No tests."""
