"""The sender's own workbook with every finding marked at its cell; nothing else in the file is touched.

Lives here: notes and one sheet patched into the OOXML package (architecture decision 17), and the separate result
workbook for files that cannot be patched. Does not live here: receipts and the feedback folder (ingestion.feedback).
"""
