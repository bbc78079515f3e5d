"""A sender's workbook, from bytes to typed rows: pre-check, jailed parse, interpretation by the contracts.

What does not live here: landing, versions, gate 1 and accepted (ingestion.collect); register files (ingestion.registers).
"""
