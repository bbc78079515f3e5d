"""Where things stand on a form: names of sheets, rows and marks that the writer and the reader both need.

Lives here: constants, nothing else. Does not live here: anything that opens or writes a workbook.
"""

from __future__ import annotations

COVER_SHEET = "Thông tin chung"
LIST_SHEET = "Danh mục"
CHECK_SHEET = "Tự kiểm tra"
"""What the form itself finds; made by us, read by nobody when it comes back."""
LIST_FIRST_ROW = 4
CHECKED_ROWS = 500
"""How many lines of a form its own formulas look at."""

LETTERHEAD_ROW = 1
COVER_TITLE_ROW = 4
COVER_FIRST_ROW = 7
NIL_HEADERS = ("Biểu", "Tên biểu", "Không phát sinh")
NIL_MARK = "x"

TITLE_ROW = 1
AGENCY_ROW = 2
GUIDE_ROW = 3
HEADER_ROW = 4
NUMBER_ROW = 5
FIRST_DATA_ROW = 6
NUMBER_HEADER = "STT"

YES, NO = "Có", "Không"
DATE_FORMAT = "dd/mm/yyyy"
EDITION_PROPERTY = "nhantai_template_edition"


def edition(year: int, rule_version: str) -> str:
    """The edition of a form: reporting year and version of the rules it was made from, as ``2025.0123456789ab``."""
    return f"{year}.{rule_version}"
