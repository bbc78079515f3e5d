"""Printed tables of other bodies (a heading over several rows, numbering, groups, totals): found, mapped, added up.

Does not live here: our own forms (ingestion.workbook) and registers with one header row (ingestion.registers).
"""
