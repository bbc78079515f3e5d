"""Horizontal bars as inline SVG, by altair and vl-convert: the same bars always give the same bytes.

Every place is fixed in pixels here, so that neither fonts nor locales of the machine move anything. Narrow enough to
be read on a phone without shrinking. Does not live here: which figures are drawn (``pictures``).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

WIDTH = 400
_LINE, _BAR, _GAP, _TICK = 17, 14, 15, 3
_CHARACTERS = 56  # of a line of text
_INK, _FILL, _TRACK, _TARGET = "#1d2b38", "#2b6a99", "#e3e8ee", "#a3241c"


@dataclass(frozen=True)
class Bar:
    """A bar in the units of its axis; ``printed`` is its figure in words. A ``length`` of None draws no bar."""

    label: str
    length: float | None
    printed: str
    target: float | None = None
    low: float | None = None
    high: float | None = None


def draw(name: str, title: str, words: str, bars: Sequence[Bar], top: float) -> str:
    """The bars on an axis from 0 to ``top`` as an ``<svg>`` with ``title`` and ``words`` for screen readers.

    ``name`` makes its ids unique on the page.
    """
    import vl_convert

    chart, height = _chart(bars, top)
    svg = vl_convert.vegalite_to_svg(chart.to_json(indent=None))
    return _accessible(svg, name, title, words, height)


def _chart(bars: Sequence[Bar], top: float) -> tuple[Any, int]:
    import altair as alt

    places, labels, height = _placed(bars)
    y_axis = alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False)
    x_axis = alt.Scale(domain=[0, top], range=[0, WIDTH], nice=False, clamp=True)

    def x(field: str) -> Any:
        return alt.X(f"{field}:Q", scale=x_axis, axis=None)

    def y(field: str) -> Any:
        return alt.Y(f"{field}:Q", scale=y_axis, axis=None)

    base = alt.Chart(alt.Data(values=places))
    lines = alt.Chart(alt.Data(values=labels))
    words = {"baseline": "alphabetic", "fontSize": 13, "color": _INK}
    layers = [
        base.mark_rect(color=_TRACK).encode(x("zero"), y("y"), x2="top", y2="y2"),
        base.mark_rect(color=_FILL).encode(x("zero"), y("y"), x2="length", y2="y2"),
        base.transform_filter("isValid(datum.low)")
        .mark_rule(color=_INK, strokeWidth=2)
        .encode(x("low"), y("middle"), x2="high"),
        base.transform_filter("isValid(datum.target)")
        .mark_rule(color=_TARGET, strokeWidth=3)
        .encode(x("target"), y("above"), y2="below"),
        lines.mark_text(align="left", **words).encode(x("zero"), y("y"), text="label:N"),
        lines.mark_text(align="right", fontWeight="bold", **words).encode(x("top"), y("y"), text="printed:N"),
    ]
    chart = alt.layer(*layers).properties(
        width=WIDTH, height=height, padding=4, autosize=alt.AutoSizeParams(type="none"), background="transparent"
    )
    return chart.configure(aria=False, font="sans-serif").configure_view(stroke=None), height


def _placed(bars: Sequence[Bar]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Bars and lines of text with their places in pixels from above, and the height they need."""
    places, labels, y = [], [], 0
    for bar in bars:
        wrapped = textwrap.wrap(bar.label, _CHARACTERS) or [""]
        if len(wrapped[-1]) + len(bar.printed) >= _CHARACTERS:
            wrapped = textwrap.wrap(bar.label, _CHARACTERS - len(bar.printed) - 1)
        for position, text in enumerate(wrapped):
            y += _LINE
            last = position == len(wrapped) - 1
            labels.append({"label": text, "printed": bar.printed if last else "", "y": y - 6, "zero": 0, "top": 1e9})
        place: dict[str, Any] = {
            "zero": 0,
            "top": 1e9,
            "length": bar.length or 0,
            "y": y,
            "y2": y + _BAR,
            "middle": y + _BAR / 2,
        }
        place |= {"above": y - _TICK, "below": y + _BAR + _TICK, "target": bar.target}
        spread = None not in (bar.low, bar.high) and bar.low != bar.high
        places.append(place | ({"low": bar.low, "high": bar.high} if spread else {"low": None, "high": None}))
        y += _BAR + _GAP
    return places, labels, y


def _accessible(svg: str, name: str, title: str, words: str, height: int) -> str:
    """One picture to a screen reader, ids of its own, a size that follows the page."""
    body = svg[svg.index(">") + 1 :]
    for found in dict.fromkeys(re.findall(r'\bid="([^"]+)"', body)):
        body = body.replace(f'id="{found}"', f'id="{name}-{found}"').replace(f"#{found})", f"#{name}-{found})")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-t {name}-d"'
        f' viewBox="0 0 {WIDTH + 8} {height + 8}" width="{WIDTH + 8}" height="{height + 8}">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(words)}</desc>{body}'
    )
