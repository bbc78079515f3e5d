"""A sender's workbook, from bytes to typed rows: pre-check, jailed parse, interpretation by the contracts.

Does not live here: landing, versions, gate 1, accepted (ingestion.collect); register files (ingestion.registers).
"""
