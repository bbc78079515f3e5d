"""Text of a cell or a register field -> the typed value its contract promises, or the reason why not.

What does not live here: where the text stood (ingestion.workbook, ingestion.registers) and whether the value is allowed (gate 1).
"""
