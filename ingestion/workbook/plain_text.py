"""XML as programs write it, where patterns may read what a parser would say (V5): the conditions under which they may.

Runs in the jail. Lives here: what must hold of a whole part, and what stands for characters. Does not live here: the
patterns of rows (plain_rows.py) and strings (shared_strings.py).
"""

from __future__ import annotations

import re
from xml.sax.saxutils import unescape

ENTITY = "&(?:amp|lt|gt|quot|apos);"
TEXT = rf"[^<&\]]*+(?:{ENTITY}[^<&\]]*+)*+"
"""Characters between tags; without "]", of which three signs together are not allowed."""
VALUE = r'[^"<&]*+(?:&(?:amp|lt|gt|quot|apos|#[0-9]{1,5});[^"<&]*+)*+'
"""What stands between an attribute's quotes."""
_OTHER_ENCODING = re.compile(r"<\?xml[^>]*encoding=.(?!utf-8.)", re.IGNORECASE)
_MARKUP = re.compile(r"<!|<\?(?!xml )")
"""Comments, CDATA and instructions may hold anything that looks like an element."""
_CHARACTERS = bytes([0x09, 0x0A, *range(0x20, 0x100)])


def plain_text(part: bytes) -> str | None:
    """A part as text, when it is UTF-8 of XML's characters, holds nothing but elements, and no line end that a parser
    would change; None otherwise.
    """
    try:
        text = part.decode()
    except UnicodeDecodeError:
        return None
    if part.translate(None, _CHARACTERS) or "\ufffe" in text or "\uffff" in text:
        return None
    return None if _MARKUP.search(text) or _OTHER_ENCODING.match(text.lstrip("\ufeff")) else text


def characters(text: str) -> str:
    """What a run of TEXT says."""
    return unescape(text, {"&quot;": '"', "&apos;": "'"}) if "&" in text else text
