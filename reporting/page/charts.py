"""Charts of the page: drawn by Altair and vl-convert into inline SVG, from cells that are already printed in a table.

Lives here: which charts there are and how a bar looks. A chart shows only what the tables show: withheld cells have no
bar. Every label is a text mark at a fixed place, so that no font of the machine moves anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reporting.disclosure import HIDDEN
from reporting.tables.indicators import fraction
from reporting.warehouse import Report, Row
from reporting.wording import say

_WIDTH, _STEP = 430, 46
_FONT = "Times New Roman, Liberation Serif, serif"
_BAR, _QUIET, _MARK, _INK = "#1f5c99", "#9db7d1", "#b3261e", "#222222"


@dataclass(frozen=True)
class Bar:
    """One bar: label above, length in the unit of the chart, the number as printed at the right, a mark for a target."""

    label: str
    value: float
    printed: str
    target: float | None = None
    quiet: bool = False


@dataclass(frozen=True)
class Chart:
    """A finished chart: caption, what it shows in words (for those who do not see it), the SVG."""

    key: str
    caption: str
    summary: str
    svg: str


def all_charts(report: Report) -> list[Chart]:
    """The charts of a report that may be published; one without bars is left out."""
    wanted = [
        ("chi-tieu", say("bieu_do.chi_tieu", nam=report.year), _targets(report), 100.0),
        ("cach-hieu", say("bieu_do.cach_hieu"), _readings(report), None),
        ("bao-cao", say("bieu_do.bao_cao"), _reporting(report), None),
        ("linh-vuc", say(_sector_key(report)), _sectors(report), None),
    ]
    return [_chart(key, caption, bars, top) for key, caption, bars, top in wanted if bars]


def _targets(report: Report) -> list[Bar]:
    rows = [row for row in report.indicators if row["value"] is not None and row["verdict"] != "not_due"]
    return [
        Bar(str(row["name_vi"]), float(row["value"]), fraction(row), _target(row), row["verdict"] == "no_target")
        for row in rows
    ]


def _readings(report: Report) -> list[Bar]:
    rows = [r for r in report.readings_of("CT02") if r["value"] not in (None, HIDDEN)]
    return [
        Bar(str(row["reading_text_vi"]), float(row["value"]), fraction(row), _target(row), not row["is_headline"])
        for row in rows
    ]


def _reporting(report: Report) -> list[Bar]:
    head = report.header
    late = head["agencies_owed"] - head["agencies_missing"] - head["agencies_on_time"]
    counts = (("đúng hạn", head["agencies_on_time"]), ("sau hạn", late), ("chưa gửi", head["agencies_missing"]))
    return [Bar(label.capitalize(), float(n), f"{n}/{head['agencies_owed']} cơ quan", quiet=i > 0)
            for i, (label, n) in enumerate(counts)] if head["agencies_owed"] else []  # fmt: skip


def _sectors(report: Report) -> list[Bar]:
    rows = [row for row in report.talents_in_service if row["criterion"] == "sector" and row["closing"] is not HIDDEN]
    rows.sort(key=lambda row: (-row["closing"], row["category_code"]))
    return [Bar(str(row["category_label_vi"]), float(row["closing"]), f"{row['closing']} người") for row in rows]


def _sector_key(report: Report) -> str:
    rows = [row for row in report.talents_in_service if row["criterion"] == "sector"]
    return "bieu_do.linh_vuc.che" if any(row["closing"] is HIDDEN for row in rows) else "bieu_do.linh_vuc"


def _target(row: Row) -> float | None:
    due = row["target_value"] is not None and row["verdict"] not in ("no_target", "not_due")
    return float(row["target_value"]) if due else None


def _chart(key: str, caption: str, bars: Sequence[Bar], top: float | None) -> Chart:
    summary = "; ".join(f"{bar.label}: {bar.printed}" for bar in bars)
    return Chart(key, caption, summary, _accessible(_svg(bars, top), key, caption, summary))


def _svg(bars: Sequence[Bar], top: float | None) -> str:
    import altair as alt
    import vl_convert

    highest = max([bar.value for bar in bars] + [bar.target or 0 for bar in bars])
    scale = alt.Scale(domain=[0, top or max(highest * 1.05, 1)], nice=False)
    rows: list[dict[str, Any]] = [
        {"place": i, "label": _cut(bar.label), "value": bar.value, "printed": bar.printed, "target": bar.target,
         "tone": _QUIET if bar.quiet else _BAR}
        for i, bar in enumerate(bars)
    ]  # fmt: skip
    base = alt.Chart(alt.Data(values=rows)).encode(y=alt.Y("place:O", axis=None, scale=alt.Scale(paddingInner=0)))
    tone = alt.Color("tone:N", scale=None, legend=None)
    labels = base.mark_text(align="left", baseline="bottom", dy=-3, fontSize=14, color=_INK, limit=_WIDTH)
    lengths = base.mark_bar(height=13, yOffset=10)
    numbers = base.mark_text(align="right", baseline="middle", dy=10, fontSize=13, color=_INK)
    layers = [
        labels.encode(text="label:N", x=alt.value(0)),
        lengths.encode(x=alt.X("value:Q", axis=None, scale=scale), color=tone),
        numbers.encode(text="printed:N", x=alt.value(_WIDTH - 4)),
    ]
    if any(bar.target is not None for bar in bars):
        marks = base.transform_filter("datum.target != null").mark_tick(
            color=_MARK, thickness=3, height=21, orient="vertical", yOffset=10
        )
        layers.append(marks.encode(x=alt.X("target:Q", scale=scale)))
    spec = alt.layer(*layers).properties(width=_WIDTH - 130, height=_STEP * len(bars), autosize="none")
    spec = spec.configure(aria=False, font=_FONT, padding={"left": 2, "top": 4, "right": 128, "bottom": 4})
    return str(vl_convert.vegalite_to_svg(spec.configure_view(stroke=None).to_dict(), vl_version="6.4"))


def _cut(label: str, most: int = 62) -> str:
    return label if len(label) <= most else label[: most - 1].rsplit(" ", 1)[0] + " …"


def _accessible(svg: str, key: str, caption: str, summary: str) -> str:
    """Scalable, one image to a screen reader, ids that no other chart of the page has, nothing of Vega's own words."""
    from xml.sax.saxutils import escape

    svg = re.sub(r'\s(?:width|height)="\d+"', "", svg, count=2)
    svg = re.sub(r"""\s(?:role|aria-[a-z]+|pointer-events)="[^"]*\"""", "", svg)
    svg = re.sub(r'(id="|url\(#)', rf"\g<1>{key}-", svg)
    words = f'<title id="{key}-ten">{escape(caption)}</title><desc id="{key}-noi-dung">{escape(summary)}</desc>'
    opening = f'<svg role="img" aria-labelledby="{key}-ten {key}-noi-dung"'
    return re.sub(r"<svg([^>]*)>", lambda found: f"{opening}{found[1]}>{words}", svg, count=1)
