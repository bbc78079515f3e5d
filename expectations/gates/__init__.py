"""The two gates, and the only place that speaks Great Expectations (imported inside functions, never at import time)."""
