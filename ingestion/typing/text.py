"""Text as people meant it: NFC, without invisible characters and stray spaces; and what makes text unreadable.

Lives here: cleaning with a record of what was cleaned, folding for comparison, signs of a wrong encoding.
Does not live here: lists of words (codes.py) or repair of legacy fonts.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from expectations.reference.text import name_key
from ingestion.typing.syllables import is_syllable

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
_LOOK_ALIKES = str.maketrans(
    "аеорсхуіѕһԁАВЕНКМОРСТХУІЅҺΑΒΕΗΙΚΜΝΟΡΤΥΧοເ",
    "aeopcxyishdABEHKMOPCTXYISHABEHIKMNOPTYXoc",
)
_OTHER_D = str.maketrans("ÐðƉɖ", "ĐđĐđ")
_GHA = str.maketrans("ƣƢ", "ưƯ")
_SUSPECT = re.compile("[ÐðƉɖƣƢ\u0370-\u058f\u0e80-\u0eff]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1ea0-\u1ef9]")
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")


@lru_cache(maxsize=1 << 16)
def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """Text in NFC, Latin letters, single spaces; and which repairs that took, of nfc, look_alike, invisible, spaces."""
    repairs = []
    composed = unicodedata.normalize("NFC", text)
    if composed != text:
        repairs.append("nfc")
    if _SUSPECT.search(composed):
        latin = unicodedata.normalize("NFC", _WORD.sub(_latin, composed))
        if latin != composed:
            composed = latin
            repairs.append("look_alike")
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
    """What is wrong with clean text: "mojibake" (UTF-8 read as another code), "legacy_font" (TCVN3 or VNI bytes as
    Latin letters), "mixed_scripts" (a word half in another alphabet), or None.
    """
    if _MOJIBAKE.search(text):
        return "mojibake"
    if len(_LEGACY.findall(text)) >= 2 and not _VIETNAMESE.search(text):
        return "legacy_font"
    if _SUSPECT.search(text) and any(_is_mixed(word) for word in _WORD.findall(text)):
        return "mixed_scripts"
    return None


def _latin(match: re.Match[str]) -> str:
    """A word in Latin letters: look-alikes of other alphabets only inside a word that has Latin letters too (D129),
    ƣ for ư always (D128), Eth for Đ where that makes a syllable (D127).
    """
    word = match.group().translate(_GHA)
    if _is_mixed(word):
        changed = word.translate(_LOOK_ALIKES)
        word = word if _is_mixed(changed) else changed.upper() if word.upper() == word else changed
    as_d = word.translate(_OTHER_D)
    return as_d if as_d != word and is_syllable(as_d) else word


def _is_mixed(word: str) -> bool:
    letters = [letter for letter in word if unicodedata.category(letter) != "Mn"]
    return 0 < sum(1 for letter in letters if _LATIN.match(letter)) < len(letters)
