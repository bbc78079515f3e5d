"""TCVN3 (ABC) and VNI: Vietnamese typed for old fonts, which Unicode programs show as other Latin letters (M20).

Lives here: the two tables, converting both ways without loss, and which readings of a text are possible, from the text
itself. Does not live here: what a sheet's other cells say (ingestion.workbook.legacy_text). Neither table has capital
letters with every tone: the fonts of capitals (.VnTimeH) show small letters as capitals, so case may be lost.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from ingestion.typing.syllables import has_vowel, is_syllable

Encoding = Literal["TCVN3", "VNI"]
ENCODINGS: tuple[Encoding, ...] = ("TCVN3", "VNI")
UNICODE = "Unicode"

_TCVN3 = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_BREVE = dict(zip("êéèúüë", ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
_VNI_ROOF = dict(zip("âáàåãä", ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
_VNI_ROOFED = (("a", "â"), ("e", "ê"), ("o", "ô"))
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    """Letters as VNI writes them (one or two characters, small and capital) -> Unicode letters."""
    marks = [(base, mark, tone) for base in "aeouy" for mark, tone in _VNI_TONES.items()]
    found = {base + mark: base + tone for base, mark, tone in marks if base + mark != "yï"}
    found |= {"a" + mark: "ă" + tone for mark, tone in _VNI_BREVE.items()}
    found |= {base + mark: roof + tone for base, roof in _VNI_ROOFED for mark, tone in _VNI_ROOF.items()}
    found |= {horn + mark: _VNI_ALONE[horn] + tone for horn in "ôö" for mark, tone in _VNI_TONES.items()}
    found |= _VNI_ALONE
    found |= {written.upper(): letter.upper() for written, letter in found.items()}
    return {written: unicodedata.normalize("NFC", letter) for written, letter in found.items()}


_VNI = _vni_table()
_TABLES: dict[Encoding, dict[str, str]] = {"TCVN3": _TCVN3, "VNI": _VNI}
_BACK = {name: {letter: written for written, letter in table.items()} for name, table in _TABLES.items()}
_WRITTEN = {name: re.compile("|".join(sorted(table, key=len, reverse=True))) for name, table in _TABLES.items()}
WORD = "[A-Za-z\u00a1-\u00ff]+"
"""A regular expression of the words that an old font may have written, for Python and for DuckDB."""
BEYOND = "[\u0100-\u024f\u0300-\u036f\u0370-\u1cff\u1d00-\u1fff\u3000-\uffef]"
"""A letter that only Unicode has: a text with one is in no old encoding."""
_LETTERS = re.compile(WORD)
_BEYOND = re.compile(BEYOND)


def to_unicode(text: str, encoding: Encoding) -> str:
    """Text of an old font as Unicode (NFC); what the table does not have stays."""
    return _WRITTEN[encoding].sub(lambda match: _TABLES[encoding][match.group()], text)


def letters_of(encoding: Encoding) -> dict[str, str]:
    """What the old font writes (one or two characters) -> the letter it stands for; longer ones are read first."""
    return dict(_TABLES[encoding])


def from_unicode(text: str, encoding: Encoding) -> str:
    """Unicode text as the old font's. ValueError when it has a letter that the encoding cannot write."""
    composed = unicodedata.normalize("NFC", text)
    back = _BACK[encoding]
    written = "".join(back.get(letter, letter) for letter in composed)
    foreign = any(letter.isalpha() and not letter.isascii() and letter not in back for letter in composed)
    if foreign or to_unicode(written, encoding) != composed:
        raise ValueError(f"{encoding} cannot write this text")
    return written


@lru_cache(maxsize=1 << 14)
def readings(text: str) -> frozenset[str]:
    """Which of "Unicode", "TCVN3", "VNI" the text can be, judged by its syllables; none when it is in no such encoding.

    Text without any letter beyond ASCII, and text with letters that only Unicode has, is Unicode and nothing else.
    """
    words = [word for word in _LETTERS.findall(text) if not word.isascii()]
    if not words or _BEYOND.search(text):
        return frozenset([UNICODE])
    found = {UNICODE} if all(is_syllable(word) for word in words) else set()
    found |= {encoding for encoding in _TABLES if all(can_be(word, encoding) for word in words)}
    return frozenset(found)


def can_be(word: str, encoding: Encoding) -> bool:
    """Whether a word beyond ASCII may be of that encoding.

    Its strange letters are the encoding's, it becomes a syllable if it has a vowel, and the way back is exact.
    """
    read = to_unicode(word, encoding)
    if not _WRITTEN[encoding].sub("", word).isascii() or _back_or_none(read, encoding) != word:
        return False
    return is_syllable(read) or not has_vowel(read)


def is_telling(text: str, encoding: Encoding) -> bool:
    """Whether an old encoding shows beyond doubt: two words of it, or one of three letters; a unit (µm) is none."""
    words = [word for word in _LETTERS.findall(text) if not word.isascii() and is_telling_word(word, encoding)]
    return len(words) >= 2 or any(len(word) >= 3 for word in words)


def is_telling_word(word: str, encoding: Encoding) -> bool:
    """Whether a word beyond ASCII counts in `is_telling`."""
    return not is_sign_word(word) and is_syllable(to_unicode(word, encoding))


def is_sign(text: str) -> bool:
    """Whether what is beyond ASCII is a sign or unit of its own ("3 × 4", "10 µm", "§ 5"): no word anywhere."""
    return all(is_sign_word(word) for word in _LETTERS.findall(text) if not word.isascii())


def is_sign_word(word: str) -> bool:
    """Whether a word beyond ASCII is a sign or unit, by itself or behind µ."""
    return word.startswith("µ") or not re.search("[A-Za-z]", word)


def _back_or_none(text: str, encoding: Encoding) -> str | None:
    try:
        return from_unicode(text, encoding)
    except ValueError:
        return None
