"""What officers read: worked-examples.md 11.2 and 11.3, masked, in both languages, for every rule there is."""

import unicodedata

import pytest

from expectations.contracts.load import all_contracts, load
from expectations.findings import Severity
from expectations.rules.compile import compile_all, compile_rules
from expectations.rules.masking import last_digits, mask
from expectations.rules.messages import catalogue, message, sentence, severity_label, severity_of
from expectations.rules.select import findings_for
from expectations.rules.version import rule_version
from tests.expectations.typed_database import COVER, TALENT

# worked-examples.md 11.2, verbatim: key → ly_do, cach
WHOLE_FILE = {
    "tep.mat_khau": ("tệp được đặt mật khẩu nên không đọc được", "mở tệp bằng mật khẩu, bỏ mật khẩu"),
    "tep.hong": ("tệp bị thiếu hoặc hỏng khi truyền", "mở thử tệp trên máy, lưu bản mới và gửi lại"),
    "tep.khong_phai_excel": (
        "nội dung là {loai_that}, không phải bảng tính như tên tệp",
        "dùng đúng tệp biểu mẫu đã gửi",
    ),
    "tep.ban_quet": ("tệp là bản chụp/quét, không có số liệu để tổng hợp", "gửi tệp Excel"),
    "tep.sai_nam": ("tệp là biểu mẫu năm {nam_tep}, đợt này thu số liệu năm {nam}", "dùng tệp năm {nam}"),
    "tep.sai_co_quan": ("mã cơ quan {ma} là của {ten_khac}", 'kiểm tra ô {o} trang "Thông tin chung"'),
    "tep.co_quan_het": ("{ten_cu} kết thúc hoạt động từ ngày {ngay}", "đề nghị {ten_moi} báo cáo"),
    "tep.trong": ("các biểu đều để trống", 'chọn "Không phát sinh" cho từng biểu'),
    "tep.macro": ("tệp có chương trình (macro)", "lưu lại dạng .xlsx rồi gửi"),
    "tep.thieu_cot": (
        'trang "{trang}" thiếu cột "{cot}" (tên gần nhất tìm thấy: "{gan}")',
        "dùng đúng biểu mẫu năm {nam}",
    ),
    "tep.ban_sua_mot_phan": ("tệp chỉ có {n} dòng, lần trước có {m} dòng", "đề nghị gửi lại cả tệp có đủ các dòng"),
    "tep.giong_nam_truoc": ("nội dung trùng {p}% với báo cáo năm {nam0}", "kiểm tra lại"),
}
FACT_NAMES = """loai_that nam_tep nam ma ten_khac o ten_cu ngay ten_moi trang cot gan n m k p nam0"""
FACTS = {name: f"<{name}>" for name in FACT_NAMES.split()}


@pytest.mark.parametrize("key", WHOLE_FILE)
def test_whole_file_reasons_are_those_of_the_dossier(key: str):
    reason, repair = (text.format(**FACTS) for text in WHOLE_FILE[key])
    found = message(key, **FACTS)
    assert reason.casefold() in found.message.casefold()
    assert repair.casefold() in found.fix.casefold()
    assert message(key.upper().replace(".", "-"), **FACTS) == found


def test_a_refusal_says_who_could_not_take_what():
    found = message("TEP-MAT_KHAU", ten_tep="bao-cao.xlsx")
    assert found.message.startswith("Sở Nội vụ chưa tiếp nhận được tệp bao-cao.xlsx vì tệp được đặt mật khẩu")


def test_every_rule_has_its_texts_in_both_languages(parameters):
    for rule in compile_all(all_contracts(), parameters):
        for language in ("vi", "en"):
            texts = message(rule.rule, language, **dict(rule.facts))
            assert texts.message and texts.expected and texts.fix, rule.rule
        assert severity_of(rule.rule) == rule.severity, rule.rule


def test_every_text_is_nfc_whole_and_used_with_known_words():
    for key, entry in catalogue().items():
        if "same_as" in entry:
            assert entry["same_as"] in catalogue()
            continue
        for language in ("vi", "en"):
            assert len(entry[language]) == 3, key
            for text in entry[language]:
                assert text == unicodedata.normalize("NFC", text), key
                assert not text.endswith("."), key
        assert "severity" not in entry or Severity(entry["severity"])


def test_a_fact_that_is_missing_shows_as_an_ellipsis_and_an_unknown_rule_is_an_error():
    assert "…" in message("TEP-SAI_NAM", nam=2025).message
    with pytest.raises(KeyError, match="NO-SUCH"):
        message("NO-SUCH")


def _finding(typed, parameters, rule, **change):
    typed.add("cover", COVER, row=0)
    typed.add("talents", TALENT, row=15, **change)
    typed.locate("talents", {"national_id": "C", "birth_date": "E", "sex": "F", "started_on": "H", "legal_basis": "N"})
    found = findings_for(typed.connection, compile_rules(load("talents"), parameters))
    return next(finding for finding in found if finding.rule == rule)


def test_an_id_that_disagrees_shows_three_digits_and_both_cells(typed, parameters):
    finding = _finding(typed, parameters, "B03-ID-BIRTH-SEX", birth_date="1991-05-04")
    assert (finding.sheet, finding.cell, finding.row, finding.field) == ("B03", "C15", 15, "national_id")
    assert finding.message.startswith('Ô C15 (trang "B03", cột ') is False  # a row rule speaks of several columns
    assert "Ô C15" in finding.message and "(…456)" in finding.message and "ô E15" in finding.message
    assert finding.value == "…456"
    assert "003090123456" not in repr(finding)
    assert severity_label(finding.severity) == "Đề nghị sửa hoặc giải trình"


def test_a_date_that_is_text_reads_as_in_the_dossier(typed, parameters):
    finding = _finding(typed, parameters, "B03-STARTED_ON-TYPE", started_on=None, started_on__raw="cuối năm 2023")
    whole = sentence(finding)
    assert 'Ô H15 (trang "B03", cột "Ngày bắt đầu làm việc")' in whole
    assert 'đã nhập "cuối năm 2023"; cần ngày dạng 31/12/2023. Cách sửa:' in whole
    assert whole.endswith("[B03-STARTED_ON-TYPE]")
    assert severity_label(finding.severity) == "Phải sửa"


def test_names_and_birth_dates_are_never_shown(typed, parameters):
    finding = _finding(typed, parameters, "B03-BIRTH_DATE-TYPE", birth_date=None, birth_date__raw="12/5/85")
    assert finding.value == "…"
    assert "85" not in finding.message + finding.expected


def test_the_cover_is_vertical_its_columns_hold_whole_addresses(typed, parameters):
    typed.add("cover", COVER, row=0, figures_as_of=None)
    typed.locate("cover", {"figures_as_of": "B7"})
    found = findings_for(typed.connection, compile_rules(load("cover"), parameters))
    assert [(f.rule, f.cell) for f in found] == [("COVER-FIGURES_AS_OF-REQUIRED", "B7")]


@pytest.mark.parametrize(
    ("value", "field", "shown"),
    [
        (None, None, None),
        ("003090123456", "national_id", "…456"),
        ("Hoàng Thị Thử", "full_name", "…"),
        ("1990-05-04", "birth_date", "…"),
        ("003090123456", "position", "…456"),
        ("ghi 003 090 123 456 nhầm cột", "position", "ghi …456 nhầm cột"),
        ("cuối năm 2023", "started_on", "cuối năm 2023"),
        ("31/12/2023", "started_on", "31/12/2023"),
    ],
)
def test_masking(value, field, shown):
    assert mask(value, load("talents").field(field) if field else None) == shown


def test_money_is_shown_but_never_twelve_digits():
    amount = load("budgets").field("spent_amount")
    assert mask("250000000", amount) == "250000000"
    assert mask("003090123456", amount) == "…456"
    assert last_digits("abc") == "…"
    assert len(mask("x" * 500)) == 60


def test_the_rule_version_is_twelve_hex_digits():
    assert len(rule_version()) == 12 and int(rule_version(), 16) >= 0
