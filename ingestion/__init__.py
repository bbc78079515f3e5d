"""Floor 1: inbox -> landing -> accepted, and the way back to the sender (template, feedback, receipt).

No Dagster, no Great Expectations, no dbt relation.
"""
