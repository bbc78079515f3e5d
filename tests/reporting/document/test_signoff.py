"""The one page for the signer: what it must say (worked-examples § 9.5), and that it is one page."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from reporting import signoff
from reporting.totals import with_totals
from reporting.warehouse import read_report
from tests.reporting import report_tables
from tests.reporting.document.conftest import FACTS
from tests.reporting.document.word import Word


@pytest.fixture(scope="module")
def page(signoff_file: Path) -> str:
    return "\n".join(p.text for p in Word(signoff_file).paragraphs())


def test_it_says_the_six_things(page: str) -> None:
    for number in range(1, 7):
        assert f"{number}. " in page
    assert "02 cơ quan: UBND xã mẫu 12; UBND xã mẫu 24." in page
    assert "UBND xã mẫu 12 không gửi báo cáo (mất kết nối do mưa lũ)" in page
    assert "07 nội dung được cơ quan giải trình" in page
    assert "I.3; III.1; III.2; III.3; IV; V." in page
    assert "lần phát hành đầu tiên" in page


def test_every_indicator_has_its_verdict(signoff_file: Path) -> None:
    (verdicts,) = Word(signoff_file).tables()
    assert [row[3] for row in verdicts[1:]] == [
        "Chưa đạt", "Chưa đạt", "Không quy định chỉ tiêu cho năm này", "Chưa đến hạn đánh giá", "Đạt",
        "Không quy định chỉ tiêu cho năm này", "Chưa đến hạn đánh giá",
    ]  # fmt: skip
    assert [row[4] for row in verdicts[1:]] == ["-", "có", "-", "-", "-", "-", "-"], "CT02 is provisional"


def test_bounds_that_disagree_may_turn_the_verdict() -> None:
    row = report_tables.indicator("CT05", lower_bound=Decimal(25), upper_bound=Decimal(35), verdict="not_computable",
                                  verdict_at_lower="not_met", verdict_at_upper="met")  # fmt: skip
    assert signoff.may_change(row)
    assert not signoff.may_change(report_tables.indicator("CT01"))


def test_it_is_one_page_even_when_much_is_wrong(tmp_path: Path) -> None:
    silent = [
        row | {"first_accepted_on": None, "explanation": "chưa có người phụ trách"}
        for row in report_tables.process()["submissions"]
    ]
    report = with_totals(read_report(report_tables.write(tmp_path / "w.duckdb", submissions=silent)))
    signoff.write(report, tmp_path / signoff.NAME, FACTS)
    office = shutil.which("soffice")
    assert office, "make test installs LibreOffice Writer"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(tmp_path / signoff.NAME)], check=True, capture_output=True, timeout=120)
    pages = subprocess.run(["pdfinfo", str(tmp_path / "to-trinh.pdf")], check=True, capture_output=True, text=True)
    assert "Pages:           1\n" in pages.stdout
