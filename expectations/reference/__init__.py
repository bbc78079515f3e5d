"""Dated reference lists: agencies, successions, obligations, calendar, targets, parameters, code lists.

The CSV files are the source (dbt reads the same files as seeds); `load` reads them, `agencies` resolves (code, day).
"""
