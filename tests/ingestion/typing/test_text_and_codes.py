"""Words: one normal form, no invisible characters, labels matched by sight and never by likeness."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.contracts.load import load
from expectations.contracts.model import Field
from ingestion.typing.cell import NEVER_COMPUTED, raw_text, read_cell
from ingestion.typing.codes import CodeList, read_boolean
from ingestion.typing.text import clean, fold, wrong_encoding

DEGREES = CodeList(
    "degree",
    [
        {"code": "tien_si", "label_vi": "Tiến sĩ"},
        {"code": "thac_si", "label_vi": "Thạc sĩ"},
        {"code": "ck2", "label_vi": "Bác sĩ chuyên khoa II"},
        {"code": "N1", "label_vi": "Nhóm 1: cán bộ khoa học"},
    ],
)
LISTS = {"degree": DEGREES}
VIETNAMESE = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậếềểễệớờởỡợứừửữự AĂÂĐÊÔƠƯ"), max_size=30)


def field(name: str, dataset: str = "talents") -> Field:
    return load(dataset).field(name)


@given(VIETNAMESE)
def test_D123_D124_every_normal_form_is_the_same_text(text: str):
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    assert len({clean(form)[0] for form in forms}) == 1
    assert len({fold(form) for form in forms}) == 1


@given(st.text(max_size=40))
def test_clean_text_is_clean(text: str):
    once, _ = clean(text)
    again, repairs = clean(once)
    assert again == once and "spaces" not in repairs and "invisible" not in repairs


def test_C05_D122_what_was_cleaned_is_said():
    assert clean(" Nông\u00a0 Thị\n\u200bThử ") == ("Nông Thị Thử", ("invisible", "spaces"))
    assert clean("Tu\u031b\u0300") == ("Từ", ("nfc",))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hòa Bình", "HOÀ BÌNH"), ("thúy", "Thuý"), ("Tiến sĩ", "Tiến sỹ"), ("Đình Lập", "Ðình  Lập"), ("kỹ", "kĩ")],
)
def test_D127_D130_D131_spellings_of_one_word(one: str, other: str):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Tân Thành", "Tân Thanh"), ("hòa", "hóa"), ("Nông", "Nong")])
def test_tones_are_never_folded_away(one: str, other: str):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Nguyá»…n VÄƒn", "mojibake"),  # C17
        ("LáºNG SÆ¡n", "mojibake"),  # D135
        ("L¹ng S¬n", "legacy_font"),  # D125
        ("Hä vµ tªn", "legacy_font"),  # D061
        ("Lạng Sơn", None),
        ("Điều 5 § 3, khoản 1 · 100 m²", None),
        ("Québec – École « Été »", None),
        ("Nguyễn Văn Ã", None),
    ],
)
def test_C17_text_in_a_wrong_encoding(text: str, problem: str | None):
    assert wrong_encoding(text) == problem


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("tien_si", "tien_si"),
        ("Tiến sĩ", "tien_si"),
        (" TIẾN  SỸ ", "tien_si"),
        (unicodedata.normalize("NFD", "Thạc sĩ"), "thac_si"),
        ("N1", "N1"),
        ("n1 - Nhóm 1: cán bộ khoa học", "N1"),
    ],
)
def test_D230_codes_by_code_or_label(written: str, code: str):
    assert DEGREES.read(written).value == code


@pytest.mark.parametrize("written", ["Th.s", "Tiến sĩ QLGD", "ĐH+ThS", "Tien si", "Bác sĩ chuyên khoa"])
def test_D230_D133_likeness_is_no_match(written: str):
    typed = DEGREES.read(written)
    assert (typed.value, typed.reason) == (None, "not_in_list")


def test_the_nearest_label_is_named():
    assert DEGREES.read("Tiến sĩ QLGD").facts["gan"] == "Tiến sĩ"
    assert DEGREES.read("xyz").facts["gan"] == ""


def test_two_labels_that_look_alike_match_nothing():
    twins = CodeList("x", [{"code": "a", "label_vi": "Hòa"}, {"code": "b", "label_vi": "HOÀ"}])
    assert twins.read("hòa").value is None and twins.read("Hòa").value == "a"


@pytest.mark.parametrize(
    ("written", "value"), [("Có", True), ("CÓ ", True), ("không", False), ("TRUE", True), ("", None)]
)
def test_booleans(written: str, value: bool | None):
    assert read_boolean(written).value is value


@pytest.mark.parametrize("written", ["x", "1", "0", "-", "Nữ"])
def test_D077_D232_marks_that_say_nothing_certain(written: str):
    assert read_boolean(written).reason == "not_yes_no"


@pytest.mark.parametrize("written", ["NA", "null", "None", "n/a", "nan"])
def test_C07_words_for_missing_are_words(written: str):
    assert read_cell(field("position"), "s", written, LISTS).value == written


@pytest.mark.parametrize("written", ['=HYPERLINK("http://x")', "+84", "-", "@a", "'020"])
def test_C18_text_that_looks_like_a_formula_is_text(written: str):
    assert read_cell(field("position"), "s", written, LISTS).value == written


def test_D184_D213_text_that_excel_made_a_date():
    typed = read_cell(field("recognition_number"), "d", "2025-12-03", LISTS)
    assert (typed.value, typed.reason) == (None, "became_date")
    assert read_cell(field("recruits_count", "recruitment_summaries"), "d", "2025-09-03", LISTS).reason == "became_date"


def test_D110_C03_long_numbers_lost_their_digits():
    typed = read_cell(field("recognition_number"), "n", "1.2345678901234568e+17", LISTS)
    assert (typed.value, typed.reason) == (None, "rounded_by_excel")


def test_C14_C15_errors_and_formulas_are_never_blank():
    for name in ("started_on", "position", "degree", "is_ethnic_minority"):
        assert read_cell(field(name), "e", "#N/A", LISTS).reason == "error_value"
        assert read_cell(field(name), "f", "", LISTS).reason == "formula_without_value"
    assert raw_text("f", "") == NEVER_COMPUTED


@pytest.mark.parametrize("written", ["N1,N3", "N1, N3", "n1;n3", "N1 ; N3"])
def test_other_groups_are_comma_joined(written: str):
    assert read_cell(field("other_groups"), "s", written, LISTS).value == "N1,N3"


@given(st.sampled_from("sndtb"), st.text(max_size=15), st.sampled_from(["position", "degree", "is_ethnic_minority"]))
def test_no_cell_raises(kind: str, written: str, name: str):
    if kind in "sn":
        typed = read_cell(field(name), kind, written, LISTS)
        assert typed.value is None or typed.reason is None
