"""How names and codes are made comparable: NFC, single spaces, case-folded, levels written out; five-digit codes.

Lives here: the comparison key of agency names, their bare form for likeness, the repair of codes. Does not live here:
what a name means (`agencies.py`), which names are near (`near_names.py`), repairs of people's data (ingestion).
"""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_ETH = {ord("Ð"): "Đ", ord("Ɖ"): "Đ", ord("ð"): "đ", ord("ɖ"): "đ"}

_NEW_STYLE = ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ")
_OLD_STYLE = ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy")
_TONES = dict(zip(_NEW_STYLE, _OLD_STYLE, strict=True))
_TONE_PLACES = re.compile("(?<![qg])(?:" + "|".join(_NEW_STYLE) + r")(?!\w)")

_LEVELS = {
    "tp": "thành phố",
    "tx": "thị xã",
    "tt": "thị trấn",
    "h": "huyện",
    "q": "quận",
    "p": "phường",
    "x": "xã",
    "t": "tỉnh",
}
_COMMITTEE = "(?:ủy ban nhân dân|ubnd) "
_COMMITTEES = re.compile(f"(^|,|(?<=[a-zà-ỹ])-){_COMMITTEE}")
_AT_A_NAME = f"(?:^|,|(?<=[a-zà-ỹ])-)(?:{_COMMITTEE})?"
_BARE_COMMITTEE = re.compile("^(?:uy ban nhan dan|ubnd) ")
_SHORT_LEVEL = re.compile(rf"({_AT_A_NAME})(?:({'|'.join(_LEVELS)})\.|(tp) )(?=\w)")
"""A level before a name: "h." with its point, only "tp" also without: "Sở TP" is a department, "tt" may be anything."""


def plain(text: str) -> str:
    """Return `text` in NFC with single ordinary spaces, no invisible characters, no space at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_INVISIBLE).split())


def name_key(text: str) -> str:
    """Return the key under which two spellings of one name are equal.

    Folds case, dashes, Eth written for Đ, "&" for "và", spaces around "-", "," and ".", and the place of the tone in
    oa, oe, uy (hoà = hòa). Never folds diacritics: "Tân Thành" and "Tân Thanh" stay two names.
    """
    folded = plain(text).translate(_DASHES).translate(_ETH).casefold().replace("&", " và ")
    folded = re.sub(r"\s*([-,.])\s*", r"\1", " ".join(folded.split()))
    return _TONE_PLACES.sub(lambda match: _TONES[match.group()], folded)


def agency_key(name: str) -> str:
    """Return the key of an agency's name: brackets are commas, levels are written out (TP., H., P., X., TT.), and the
    committee that every level has ("Ủy ban nhân dân", "UBND") is left out. Diacritics stay, as in `name_key`.
    """
    folded = name_key(name.replace("(", ",").replace(")", " "))
    folded = _SHORT_LEVEL.sub(lambda found: f"{found[1]}{_LEVELS[found[2] or found[3]]} ", folded)
    return _COMMITTEES.sub(r"\1", folded).strip(", ")


@lru_cache(maxsize=8192)
def bare(name: str) -> str:
    """Return the agency's key without diacritics: what likeness is measured on, never what decides."""
    letters = unicodedata.normalize("NFD", agency_key(name).replace("đ", "d"))
    plain_letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _BARE_COMMITTEE.sub("", plain_letters)


def code_of(text: str) -> str:
    """Return a code without spaces; an all-digit code of 4 digits (the lost zero of a commune) gets its 0 back."""
    code = plain(text).replace(" ", "")
    return code.zfill(5) if code.isdigit() and len(code) == 4 else code
