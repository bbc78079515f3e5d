"""The seven stations as Dagster assets: each body reads the partition, calls one room, and reports what it did.

Avoid putting computations here: what an asset does is a function of another room, tested without Dagster.
"""
