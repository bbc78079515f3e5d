"""Floor 2: when, in what order, with which secrets; Dagster and the command line.

No pandas, no SQL: an asset calls one function of a room and reports what it did.
"""
