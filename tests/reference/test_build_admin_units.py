"""Commune rows come from the Statistics Office's tables, dirty as they are published (domain.md § 5.4, trap 6)."""

from pathlib import Path

import pytest

from expectations.reference import build_admin_units as build
from expectations.reference.load import UnusableList

SHARED = Path(__file__).parents[3] / "shared" / "data" / "admin-units"

CONVERSION = """Đơn vị mới,,,Đơn vị cũ,,,,,
Tỉnh,Tên Xã mới,Mã Xã mới,Tên Xã cũ,Mã Xã cũ,Ghi chú,Quận/huyện,Tỉnh cũ,
Tỉnh Lạng Sơn (20),Xã Đình Lập,06613,Xã Bính Xá ,6622,Nhập một phần ,Huyện Đình Lập (189),Tỉnh Lạng Sơn (20),
Tỉnh Lạng Sơn (20),Xã Kiên Mộc,06625,Xã Bính Xá,06622,"Nhập một phần
",Huyện Đình Lập (189),Tỉnh Lạng Sơn (20),
Tỉnh Lạng Sơn (20),Xã Đình Lập,06613,Xã  Đình Lập,06628,Nhập toàn bộ,Huyện Đình Lập (189),Tỉnh Lạng Sơn (20),
Tỉnh Cao Bằng (04),Xã Khác,01000,Xã Khác,01000,Nhập toàn bộ,Huyện Khác (040),Tỉnh Cao Bằng (04),
"""
LISTING = """Tỉnh Thành Phố,Mã TP,Quận Huyện,Mã QH,Phường Xã,Mã PX,Cấp,Tên Tiếng Anh
Tỉnh Lạng Sơn,20,Huyện Đình Lập,189,Xã Bính Xá,06622,Xã,
Tỉnh Lạng Sơn,20,Huyện Đình Lập,189,Xã Đình Lập,06628,Xã,
Tỉnh Cao Bằng,04,Huyện Khác,040,Xã Khác,01000,Xã,
"""


def _tables(folder: Path, conversion: str = CONVERSION, listing: str = LISTING) -> Path:
    (folder / build.CONVERSION).write_text(conversion, encoding="utf-8")
    (folder / build.LISTING).write_text(listing, encoding="utf-8")
    return folder


def test_dirty_lines_are_cleaned(tmp_path: Path) -> None:
    lines = build.read_conversions(_tables(tmp_path))
    assert [(line.old_code, line.new_code, line.partial) for line in lines] == [
        ("06622", "06613", True),
        ("06622", "06625", True),
        ("06628", "06613", False),
    ]
    assert {line.old_name for line in lines} == {"Xã Bính Xá", "Xã Đình Lập"}
    rows = build.succession_rows(lines)
    assert [(row["predecessor_code"], row["successor_code"], row["kind"]) for row in rows] == [
        ("06622", "06613", "nhap_mot_phan"),
        ("06622", "06625", "nhap_mot_phan"),
        ("06628", "06613", "hop_nhat"),
        ("H189", "06613", "chia"),
        ("H189", "06625", "chia"),
    ]


@pytest.mark.parametrize(
    ("conversion", "listing", "said"),
    [
        (CONVERSION.replace("Nhập toàn bộ", "Nhập nửa"), LISTING, "note 'Nhập nửa'"),
        (CONVERSION.replace("06628", "06629"), LISTING, "06629 is not in"),
        (CONVERSION.replace("(189)", "(188)"), LISTING, "district 188 here"),
        (CONVERSION, LISTING + "Tỉnh Lạng Sơn,20,Huyện Đình Lập,189,Xã Lâm Ca,06640,Xã,\n", "no line for"),
    ],
)
def test_tables_that_disagree_are_refused(tmp_path: Path, conversion: str, listing: str, said: str) -> None:
    with pytest.raises(UnusableList, match=said.replace("(", r"\(")):
        build.read_conversions(_tables(tmp_path, conversion, listing))


def test_units_named_after_persons_keep_their_capital() -> None:
    """Nghị định 30/2020, Appendix II, III.1.b."""
    assert build.in_sentence("Phường Lương Văn Tri") == "Phường Lương Văn Tri"
    assert build.in_sentence("Xã Đình Lập") == "xã Đình Lập"


def test_shipped_rows_are_those_of_the_tables() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"the Statistics Office's tables are not on this machine ({SHARED}); the rows cannot be compared")
    stale = [
        name for name, text in build.rebuilt(SHARED).items() if (build.HERE / f"{name}.csv").read_text("utf-8") != text
    ]
    assert stale == []
