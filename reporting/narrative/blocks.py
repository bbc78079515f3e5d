"""The pieces a report text is made of: headings, paragraphs, placeholders for the drafting officer, tables."""

from __future__ import annotations

from dataclasses import dataclass

from reporting.tables.model import Table

# điểm a), b), c) … in the order of the Vietnamese alphabet (Nghị định 30/2020)
LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass(frozen=True)
class Heading:
    """``level`` 1 is ``I. CÔNG TÁC …``, level 2 is ``1. Ban hành …``."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``lead`` is its bold beginning (``a) Tên chỉ tiêu``), empty for plain text."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Placeholder:
    """Something that only the drafting officer may write; begins with ``[soạn thảo]``."""

    text: str


@dataclass(frozen=True)
class TableBlock:
    """A table within the text."""

    table: Table
    columns: tuple[str, ...] = ()


Block = Heading | Paragraph | Placeholder | TableBlock


def lowered(text: str) -> str:
    """A title as it stands within a sentence: its first letter small, names inside untouched."""
    return text[:1].lower() + text[1:]
