"""Text of a cell or a register field -> the typed value its contract promises, or the reason why not.

Does not live here: where the text stood (ingestion.workbook, ingestion.registers), whether a value is allowed (gate 1).
"""
