"""The two gates, and the only place that speaks Great Expectations (imported in functions, never at import time)."""
