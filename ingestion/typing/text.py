"""Text as people meant it: NFC, without invisible characters and stray spaces; and what makes text unreadable.

Lives here: cleaning with a record of what was cleaned, folding for comparison, signs of a wrong encoding.
Does not live here: lists of words (codes.py) or repair of legacy fonts.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from expectations.reference.text import name_key

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
_DROP = str.maketrans("", "", INVISIBLE)
_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_I_OR_Y = {"y": "i", "ý": "í", "ỳ": "ì", "ỷ": "ỉ", "ỹ": "ĩ", "ỵ": "ị"}
_Y_ALONE = re.compile(r"\b([hklmst])([yýỳỷỹỵ])\b")
_MOJIBAKE = re.compile(
    "á[º»][\u0080-\u00bf\u2018-\u2022\u0152-\u017e‚„…†‡ˆ‰‹›€™˜]?|Ã[\u0080-\u00bf]|Æ[°¡]|Ä[\u0090‘']|\ufffd"
)
_LEGACY = re.compile(r"[A-Za-zÀ-ÿ§][¸µ¶·¹¾»¼½ª«®¬¨©]|[¸µ¶·¹¾»¼½ª«®§¬¨©][A-Za-zÀ-ÿ]")
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """Text in NFC with single spaces, and which repairs that took: "nfc", "invisible", "spaces" (in this order)."""
    repairs = []
    composed = unicodedata.normalize("NFC", text)
    if composed != text:
        repairs.append("nfc")
    visible = composed.translate(_DROP)
    if visible != composed:
        repairs.append("invisible")
    tidy = _SPACES.sub(" ", visible).strip()
    if tidy != visible:
        repairs.append("spaces")
    return tidy, tuple(repairs)


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """A key to compare words by: clean, case-folded, look-alike letters and the two places of a tone made equal.

    "HOÀ", "hòa" and "Hòa " are equal afterwards; "hoa" stays different. sĩ/sỹ, kĩ/kỹ, lí/lý are equal too.
    """
    key = name_key(clean(text)[0].translate(_QUOTES))
    return _Y_ALONE.sub(lambda match: match[1] + _I_OR_Y[match[2]], key)


def wrong_encoding(text: str) -> str | None:
    """Either "mojibake" (UTF-8 read as another code), "legacy_font" (TCVN3 or VNI bytes as Latin letters) or None."""
    if _MOJIBAKE.search(text):
        return "mojibake"
    if len(_LEGACY.findall(text)) >= 2 and not _VIETNAMESE.search(text):
        return "legacy_font"
    return None
