"""Pictures of what we publish, from the current edition of a home: `make pictures`, or `take.py --home DIR --year Y`.

The document goes through LibreOffice to PDF and PNG, the page through headless Chromium, wide and on a phone. Look at
them after every change of a surface. Needs soffice, pdftoppm and chromium (`.ci/system-packages` installs them).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
    "--allow-file-access-from-files",
)  # fmt: skip
PHONE = (
    '<body style="margin:0;background:#ddd"><iframe src="{page}" style="width:390px;height:1600px;border:0"></iframe>'
)
# picture → first words of the document's page it shows; the first page that holds them
PAGES = {
    "bao-cao-trang-1.png": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "bao-cao-chi-tieu.png": "1. Kết quả thực hiện các mục tiêu, chỉ tiêu",
    "bao-cao-ky.png": "TM. ỦY BAN NHÂN DÂN",
    "phu-luc-1.png": "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU",
    "phu-luc-2.png": "TUYỂN DỤNG MỚI VÀ NHÂN TÀI THEO CƠ QUAN",
    "phu-luc-3.png": "NHÂN TÀI ĐANG LÀM VIỆC NĂM",
    "phu-luc-10.png": "TÌNH HÌNH GỬI BÁO CÁO",
}


def main() -> int:
    """Take all pictures; 3 when a program or the edition is missing, with a sentence that says which."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, default=ROOT / "home")
    options.add_argument("--year", type=int, default=2025)
    options.add_argument("--out", type=Path, default=HERE)
    chosen = options.parse_args()
    edition = (chosen.home / "publication" / str(chosen.year) / "current").resolve()
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if not edition.is_dir() or browser is None or not shutil.which("soffice") or not shutil.which("pdftoppm"):
        print(f"needs {edition} (make report), soffice, pdftoppm and chromium", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        document_pages(edition / "public" / "bao-cao.docx", chosen.out, work)
        picture(pdf_of(edition / "internal" / "to-trinh.docx", work), 1, chosen.out / "to-trinh.png")
        page = edition / "public" / "index.html"
        screenshot(browser, page.as_uri(), chosen.out / "trang-chu.png", (1100, 1900), work)
        phone = work / "phone.html"
        phone.write_text(PHONE.format(page=page.as_uri()), encoding="utf-8")
        screenshot(browser, phone.as_uri(), chosen.out / "trang-chu-dien-thoai.png", (500, 1600), work)
    return 0


def document_pages(document: Path, out: Path, work: Path) -> None:
    """The pages of the report that tell most, found by their words."""
    pdf = pdf_of(document, work)
    text = run("pdftotext", "-layout", str(pdf), "-").split("\f")
    for name, words in PAGES.items():
        number = next(i for i, page in enumerate(text, start=1) if words in " ".join(page.split()))
        picture(pdf, number, out / name)


def pdf_of(document: Path, work: Path) -> Path:
    """The document as LibreOffice prints it."""
    profile = f"-env:UserInstallation=file://{work}/profile"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(document))
    return work / f"{document.stem}.pdf"


def picture(pdf: Path, number: int, out: Path) -> None:
    """One page as a small PNG."""
    run("pdftoppm", "-r", "70", "-f", str(number), "-singlefile", "-png", str(pdf), str(out.with_suffix("")))


def screenshot(browser: str, address: str, out: Path, size: tuple[int, int], work: Path) -> None:
    """What a browser of that size shows, with a profile of its own and nothing from the network."""
    window = f"--window-size={size[0]},{size[1]}"
    run(browser, *QUIET, f"--user-data-dir={work}/browser", window, f"--screenshot={out}", address)


def run(*command: str) -> str:
    """The output of a program that must succeed."""
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=180).stdout


if __name__ == "__main__":
    sys.exit(main())
