"""How big an honest workbook may be, and what one parse may cost: figures only, each with its reason.

What does not live here: who enforces them (preflight, package, jail).
"""

from __future__ import annotations

PARSER_VERSION = "calamine-0.9.1+counters-8"
"""Part of the cache's key: raise the last number whenever a reader in the jail reads differently."""

FILE_BYTES = 50 * 1024 * 1024
"""A filled form is 40-200 kB; 50 MB is beyond any form, and mail refuses it anyway."""

UNPACKED_BYTES = 300 * 1024 * 1024
"""All parts together; 400 000 formatted empty rows (F15) unpack to about 40 MB."""

RATIO_FROM_BYTES = 20 * 1024 * 1024
RATIO = 100
"""A part above 20 MB that was packed more than 100 : 1 is a bomb (F13), not a form."""

PARTS = 2_000
"""Entries of the package; a form has about 40."""

AREA_CELLS = 5_000_000
"""Rows x columns of the box around one sheet's content: the reader lays it out densely (F14 asks for 17 billion)."""

CONTENT_CELLS = 1_000_000
"""Cells with content in the whole workbook."""

FULL_ROWS = (65_536, 1_048_576)
"""Last rows of .xls and .xlsx: content there means rows were cut off (F09)."""

WORKER_BYTES = 1024 * 1024 * 1024
WORKER_CPU_SECONDS = 30
WORKER_WALL_SECONDS = 60.0
WORKER_FILES = 200
"""A worker's address space, its CPU and wall time for one file, and the files after which it is replaced."""
