"""Pictures of what an officer sees: the form, its own check, the marked workbook that comes back, the receipt.

`make pictures`, or `forms.py`: fills in the form of Sở Nội vụ with five mistakes, collects it in a throw-away sample
home and pictures what goes out. Nobody in it exists. Needs soffice, pdftoppm and chromium.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import openpyxl

from docs.pictures.take import BROWSERS, HERE, QUIET, pdf_of, picture, run
from expectations.contracts.load import load
from expectations.home import Home
from expectations.rules.parameters import from_reference
from ingestion.collect import collect
from ingestion.pseudonyms import sample_key
from ingestion.template.owed import senders
from ingestion.template.pages import blank_book
from ingestion.template.self_check import SelfChecks
from ingestion.template.writer import workbook_bytes
from tests.template.officer import columns_of, fill_in

YEAR = 2025
NOW = dt.datetime.fromisoformat("2025-11-25T10:00:00+07:00")
MISTAKES = {
    "national_id": "00319000012",  # a digit is missing
    "birth_date": dt.date(1991, 5, 6),  # not the year in the number
    "degree": "Th.s",  # not as in the list
    "talent_group": None,
    "started_on": "cuối năm 2023",
}
# picture → words of the page that it shows
PAGES = {
    "bieu-thong-tin-chung.png": "BÁO CÁO SỐ LIỆU THU HÚT",
    "bieu-b03.png": "Biểu B03. Danh sách nhân tài",
    "tu-kiem-tra.png": "TỰ KIỂM TRA TRƯỚC KHI GỬI",
    "tra-lai-ket-qua.png": "KẾT QUẢ KIỂM TRA",
}


def main() -> int:
    """Take the pictures; 3 with a sentence when a program is missing."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None or not shutil.which("soffice") or not shutil.which("pdftoppm"):
        print("needs soffice, pdftoppm and chromium", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        home = _home(work / "home")
        blank, filled = work / "blank.xlsx", home.inbox(YEAR) / "SNV_2025.xlsx"
        blank.write_bytes(_form())
        book = openpyxl.load_workbook(blank)
        fill_in(book, YEAR)
        first, columns = columns_of(book, load("talents"))
        for field, value in MISTAKES.items():
            book["B03"].cell(first, columns[field]).value = value
        book.save(filled)
        result = collect(home, YEAR, gate=None, now=NOW, key=sample_key(1), quiet_seconds=0.0).files[0]
        marked = shutil.copy(next(home.feedback(YEAR, "SNV").glob("*-danh-dau.xlsx")), work / "marked.xlsx")
        for file, names in ((blank, list(PAGES)[:3]), (Path(marked), list(PAGES)[3:])):
            pdf = pdf_of(file, work)
            text = [" ".join(page.split()) for page in run("pdftotext", "-layout", str(pdf), "-").split("\f")]
            for name in names:
                number = next(i for i, page in enumerate(text, start=1) if PAGES[name].upper() in page.upper())
                picture(pdf, number, HERE / name)
        receipt = work / "receipt.pdf"
        address = (home.root / result.receipt).as_uri()
        run(
            browser,
            *QUIET,
            f"--user-data-dir={work}/browser",
            f"--print-to-pdf={receipt}",
            "--no-pdf-header-footer",
            address,
        )
        picture(receipt, 1, HERE / "bien-nhan.png")
    return 0


def _home(root: Path) -> Home:
    home = Home(root)
    home.inbox(YEAR).mkdir(parents=True)
    home.sample_marker.write_text(json.dumps({"seed": 1}))
    return home


def _form() -> bytes:
    book = blank_book(next(s for s in senders(YEAR) if s.agency_code == "SNV"), YEAR, f"{YEAR}.0123456789ab")
    SelfChecks(from_reference(is_sample=True)).add_to(book)
    return workbook_bytes(book)


if __name__ == "__main__":
    sys.exit(main())
