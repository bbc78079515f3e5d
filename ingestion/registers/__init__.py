"""A register file, from bytes to typed rows, set-based in DuckDB: which dataset, which layout, which column is what.

What does not live here: workbooks of agencies (ingestion.workbook), landing, gate 1 and accepted (ingestion.collect).
"""
