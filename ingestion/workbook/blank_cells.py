"""Cells of a worksheet part that have a style and nothing else, taken out before anybody parses them.

Runs in the jail. Lives here: the stream without them. Does not live here: what remains (row_count.py), and whether
their styles exist.
"""

from __future__ import annotations

import re

from ingestion.workbook.xml_stream import Source

_BLANK = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="([0-9]+)")?/>')


class ContentOnly:
    """A worksheet part without the cells that only have a style: six of ten in a form, and nothing to read in them.

    They are cut out before the parser makes an event of each. Only where they are written the plain way and there is
    no comment or CDATA section that might hold the same characters. `styles` are the style numbers that were cut out.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self.styles: set[bytes | None] = set()

    def read(self, size: int) -> bytes:
        """The next part of the content; b"" at the end only."""
        while chunk := self._source.read(size):
            if b"<!" in chunk:
                return chunk
            pieces = _BLANK.split(chunk)
            self.styles.update(pieces[1::2])
            if content := b"".join(pieces[::2]):
                return content
        return b""
