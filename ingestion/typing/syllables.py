"""Whether a word can be a Vietnamese syllable: what tells one reading of the same bytes from another.

Lives here: onsets, rhymes and the tones that a closed rhyme allows. Does not live here: encodings (legacy.py). It is no
list of words: names and places are syllables too.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

TONES = "\u0300\u0301\u0303\u0309\u0323"
_CLOSED_TONES = "\u0301\u0323"
_ONSET_LIST = "ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p r s t v x"
_RHYME_LIST = """
    a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi ok om on ong oong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
    oe oen oeo oet
    ô ôc ôi ôk ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui uk um un ung up ut uân uâng uât uây uê uêch uên uênh
    uôc uôi uôm uôn uông uôt uơ uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu
    ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu ych yn ynh yt
"""
_ONSETS = tuple(_ONSET_LIST.split())
_RHYMES = frozenset(_RHYME_LIST.split())
_STOPS = ("c", "ch", "k", "p", "t")
_VOWELS = frozenset("aăâeêioôơuưy")


@lru_cache(maxsize=1 << 14)
def is_syllable(word: str) -> bool:
    """Whether `word` (any case, any normal form, Eth for Đ too) is built as a Vietnamese syllable."""
    letters, tones = _taken_apart(word)
    if len(tones) > 1:
        return False
    for onset in (*_ONSETS, ""):
        rhyme = letters.removeprefix(onset)
        if letters.startswith(onset) and rhyme in _RHYMES:
            return not rhyme.endswith(_STOPS) or tones in _CLOSED_TONES or (not tones and rhyme.endswith("k"))
    return False


def has_vowel(word: str) -> bool:
    """Whether any letter is a vowel: QĐ, NSĐP and HĐND are abbreviations, no syllables."""
    return bool(_VOWELS.intersection(_taken_apart(word)[0]))


def _taken_apart(word: str) -> tuple[str, str]:
    """(letters without tone marks, tone marks)."""
    parts = unicodedata.normalize("NFD", word.lower().replace("ð", "đ"))
    tones = "".join(mark for mark in parts if mark in TONES)
    letters = "".join(mark for mark in parts if mark not in TONES)
    return unicodedata.normalize("NFC", letters), tones
