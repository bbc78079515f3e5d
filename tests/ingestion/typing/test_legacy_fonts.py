"""TCVN3 and VNI (M20): there and back without loss, and nothing that is Unicode already is touched."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.typing.legacy import UNICODE, from_unicode, is_telling, readings, to_unicode
from ingestion.typing.syllables import is_syllable
from ingestion.typing.text import clean, wrong_encoding

# published pairs (domain.md § 8, D061, D125, D126 and section 8's closing note), and words of ministry workbooks
PAIRS = [
    ("TCVN3", "L¹ng S¬n", "Lạng Sơn"),
    ("TCVN3", "§¹i häc", "Đại học"),
    ("TCVN3", "NguyÔn V¨n", "Nguyễn Văn"),
    ("TCVN3", "Hä vµ tªn", "Họ và tên"),
    ("TCVN3", "Tæng céng", "Tổng cộng"),
    ("TCVN3", "Bé tr\u00adëng Bé Tµi chÝnh", "Bộ trưởng Bộ Tài chính"),
    ("TCVN3", "757/2003/Q§-BTC ngµy 08/04/2003", "757/2003/QĐ-BTC ngày 08/04/2003"),
    ("TCVN3", "§¾k L¾k", "Đắk Lắk"),
    ("VNI", "Nguyeãn Vaên An", "Nguyễn Văn An"),
    ("VNI", "Laïng Sôn", "Lạng Sơn"),
    ("VNI", "Ñaïi hoïc", "Đại học"),
    ("VNI", "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
    ("VNI", "Thöøa Thieân Hueá", "Thừa Thiên Huế"),
]
FAMILY_NAMES = """Nguyễn Trần Lê Phạm Hoàng Huỳnh Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Nông Triệu Lương Vi Hà Mã Lộc Chu
    Hứa Lành Đàm Giáp Thân"""
GIVEN_NAMES = """Thị Hương Văn Nghĩa Thu Thuỷ Quốc Khánh Minh Tuệ Ngọc Ngà Đức Thịnh Thế Vỹ Mỹ Lệ Bảo
    Thuý Quỳnh Kiều Oanh Hữu Phước Xuân Trường Tuyết Nhung Vĩnh Hưng Khắc Ngoan"""
SMALL_AND_BASES = " abcdeghiklmnopqrstuvxyABCDEGHIKLMNOPQRSTUVXYđĐăĂâÂêÊôÔơƠưƯ"
TONED_CAPITALS = re.compile("[ÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ]")
names = st.builds(
    lambda family, given: " ".join([family, *given]),
    st.sampled_from(FAMILY_NAMES.split()),
    st.lists(st.sampled_from(GIVEN_NAMES.split()), max_size=4),
)
letters = st.text(st.sampled_from(SMALL_AND_BASES), max_size=30)
toned = st.text(st.sampled_from("àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"), max_size=30)


@pytest.mark.parametrize(("encoding", "written", "meant"), PAIRS)
def test_D061_D125_D126_published_pairs(encoding: str, written: str, meant: str):
    assert readings(written) == {encoding} and is_telling(written, encoding)
    assert to_unicode(written, encoding) == meant
    assert from_unicode(meant, encoding) == written


@pytest.mark.parametrize("encoding", ["TCVN3", "VNI"])
@given(name=names)
def test_D125_D126_names_come_back(encoding: str, name: str):
    written = from_unicode(name, encoding)
    assert to_unicode(written, encoding) == name
    if not written.isascii():
        assert encoding in readings(written)


@given(text=st.builds("".join, st.lists(st.one_of(letters, toned))))
def test_D125_every_letter_that_tcvn3_has_comes_back(text: str):
    assert to_unicode(from_unicode(text, "TCVN3"), "TCVN3") == text


@given(text=st.text(st.sampled_from("ẤẾỐÁÀĂẮ"), min_size=1, max_size=5))
def test_D125_tcvn3_has_no_capitals_with_tones_and_says_so(text: str):
    if TONED_CAPITALS.search(text):
        with pytest.raises(ValueError, match="TCVN3"):
            from_unicode(text, "TCVN3")


@given(text=st.text(st.characters(max_codepoint=127)))
def test_plain_ascii_is_unicode_and_nothing_else(text: str):
    assert readings(text) == {UNICODE}


@given(name=names)
def test_proper_unicode_names_can_be_unicode(name: str):
    assert UNICODE in readings(name)
    assert readings(name) == {UNICODE} or all(is_syllable(word) for word in name.split())


@pytest.mark.parametrize(
    "text",
    [
        "Café",
        "résumé",
        "Zürich",
        "Müller",
        "Noël",
        "Peña",
        "Ångström",
        "Niê",
        "Êban",
        "Zoë Ðurić",
        "naïve",
        "garçon",
        "Håkon",
    ],
)
def test_words_of_other_languages_are_in_no_old_encoding(text: str):
    assert not readings(text) & {"TCVN3", "VNI"}


@pytest.mark.parametrize("text", ["3 × 4", "10 µm", "§ 5", "50 µg", "½", "25 °C", "© 2025", "10 m²", "«A»"])
def test_signs_and_units_tell_nothing(text: str):
    assert not any(is_telling(text, encoding) for encoding in ("TCVN3", "VNI"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("phƣơng", "phương"),  # D128
        ("đƣợc", "được"),  # D128
        ("Ðặng Thị Ðào", "Đặng Thị Đào"),  # D127
        ("Ɖinh", "Đinh"),  # D127
        ("ĐẠI ҺỌເ", "ĐẠI HỌC"),  # D129
        ("Đặng Thị Нoа", "Đặng Thị Hoa"),  # D129, two Cyrillic letters
        ("Nguyễn Văn Οanh", "Nguyễn Văn Oanh"),  # D129, Greek
    ],
)
def test_D127_D128_D129_look_alike_letters_are_replaced_and_told(text: str, meant: str):
    assert clean(text) == (meant, ("look_alike",))


@pytest.mark.parametrize("text", ["МГУ имени Ломоносова", "Æsir", "Πλάτων", "H₂O", "Đặng Thị Hoa"])
def test_D129_whole_words_of_another_alphabet_stay(text: str):
    assert clean(text) == (text, ()) and wrong_encoding(text) is None


def test_D129_a_word_of_two_alphabets_that_cannot_be_repaired_is_told():
    assert wrong_encoding(clean("Nguyễn Лan")[0]) == "mixed_scripts"


def test_syllables():
    words = "Nghiêng Quỳnh Giếng gì quốc uyển khuya Đắk Lắk thuở oẳn Huỳnh ý ở"
    assert [word for word in words.split() if not is_syllable(word)] == []


def test_no_syllables():
    words = "nêi NguyÔn Cafộ bạc1 str tètt catç ngg bàt"
    assert [word for word in words.split() if is_syllable(word)] == []
