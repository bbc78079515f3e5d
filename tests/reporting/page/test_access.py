"""Self-contained, readable by everybody, the same bytes every time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from reporting import page
from reporting.public import PAGES
from reporting.warehouse import Report
from tests.reporting import report_tables
from tests.reporting.page.conftest import APPROVED
from tests.reporting.page.parsed import Parsed

ROOT = Path(__file__).resolve().parents[3]
STYLE = ROOT / "reporting/page/templates/style.css"


def test_nothing_points_outside(html_file: Path, parsed: Parsed):
    text = html_file.read_text(encoding="utf-8")
    assert set(re.findall(r"""[\w:-]+=["']https?://[^"']*["']""", text)) <= {'xmlns="http://www.w3.org/2000/svg"'}
    assert re.sub(r'xmlns="http://www.w3.org/2000/svg"', "", text).count("://") == 0
    assert not re.search(r"url\(\s*['\"]?(?!#)|@import|srcset|<script|<iframe|<object|<embed|javascript:", text)
    for element in parsed.elements:
        assert "src" not in element.attributes
        assert not [name for name in element.attributes if name.startswith("on")]
        href = element.attributes.get("href", "#")
        assert href.startswith("#") or href in PAGES or (element.tag == "link" and href == "data:,")


def test_every_link_within_the_page_arrives(parsed: Parsed):
    ids = [e.attributes["id"] for e in parsed.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    for element in parsed.elements:
        for name in ("aria-labelledby", "aria-describedby"):
            assert set(element.attributes.get(name, "").split()) <= set(ids)
        if element.attributes.get("href", "").startswith("#"):
            assert element.attributes["href"][1:] in ids


def test_language_title_and_headings(parsed: Parsed):
    assert parsed.all("html")[0].attributes["lang"] == "vi"
    assert "năm 2025" in parsed.all("title")[0].text
    levels = [int(e.tag[1]) for e in parsed.all("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert [e.tag for e in parsed.all("main", "header", "footer", "nav")].count("main") == 1


def test_tables_have_captions_and_scopes(parsed: Parsed):
    tables = parsed.all("table")
    assert len(parsed.all("caption")) == len(tables) >= 15
    assert all(e.text for e in parsed.all("caption"))
    assert all(e.attributes.get("scope") in ("col", "row", "colgroup") for e in parsed.all("th"))
    for table in parsed.tables.values():
        assert len({len(row) for row in table if len(row) > 1}) <= 1


def test_charts_are_one_picture_with_words(parsed: Parsed):
    charts = parsed.all("svg")
    assert len(charts) >= 4
    for chart in charts:
        assert chart.attributes["role"] == "img" and chart.attributes["aria-labelledby"]
    words = [e.text for e in parsed.all("desc")]
    assert len(words) == len(charts) and all(len(text) > 20 for text in words)
    assert any("87,1% (chỉ tiêu 100%)" in text for text in words)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_all_colours_is_enough():
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", STYLE.read_text(encoding="utf-8")))
    for name in ("ink", "muted", "brand", "met", "missed", "open", "waiting"):
        for ground in ("#ffffff", colours["soft"]):
            assert contrast(colours[name], ground) >= 4.5, (name, ground)
    assert contrast("#5c3d00", "#fff3cd") >= 4.5


def test_the_same_report_gives_the_same_bytes_in_any_process(html_file: Path, tmp_path: Path):
    database = report_tables.write(tmp_path / "w.duckdb")
    code = (
        "import sys; from pathlib import Path; from reporting import page; from reporting.public import publishable;"
        "from tests.reporting.page.conftest import APPROVED;"
        "page.write(publishable(Path(sys.argv[1])), Path(sys.argv[2]), APPROVED)"
    )
    env = dict(os.environ, PYTHONHASHSEED="7", TZ="America/New_York", LC_ALL="C", PYTHONPATH=str(ROOT))
    subprocess.run([sys.executable, "-c", code, str(database), str(tmp_path / "i.html")], env=env, check=True, cwd="/")
    assert (tmp_path / "i.html").read_bytes() == html_file.read_bytes()


def test_an_unknown_annex_is_not_silently_dropped(report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from reporting.page import sections

    monkeypatch.delitem(sections._PLACES, "X")
    with pytest.raises(KeyError):
        page.write(report, tmp_path / "index.html", APPROVED)
