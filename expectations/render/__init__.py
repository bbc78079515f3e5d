"""Whole files made from contracts, rules and indicators: dbt properties, dictionary, rule catalogue. Never patched."""
