"""How a form looks: Times New Roman, one colour for every cell that may be filled in, thin rules.

Lives here: the cell formats of a workbook, made once each. Does not live here: what is written in them (``writer.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingestion.template import shape

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

FONT = "Times New Roman"
INPUT_COLOUR = "#FFF8DC"
HEADER_COLOUR = "#D9E2EC"
REQUIRED_COLOUR = "#B8CBDD"
RULE_COLOUR = "#7F7F7F"
WRONG_COLOUR, ASKED_COLOUR = "#F4B6B6", "#FFD28A"

NUMBER_FORMATS = {
    "id": "@",
    "string": "@",
    "text": "@",
    "code": "@",
    "boolean": "@",
    "integer": "#,##0",
    "year": "0",
    "decimal": "#,##0.##",
    "date": shape.DATE_FORMAT,
    "number": "0",
    "general": "General",
}
_CENTRED = frozenset({"date", "boolean", "number", "id", "year"})
_WRAPPED = frozenset({"text", "string", "code"})


class Styles:
    """The formats of one workbook, by name; the same request gives the same format."""

    def __init__(self, workbook: Workbook):
        self._workbook = workbook
        self._made: dict[tuple[Any, ...], Format] = {}

    def input(self, kind: str, size: int = 11) -> Format:
        """A cell that may be filled in, for cells of this kind."""
        align = "center" if kind in _CENTRED else "right" if kind in ("integer", "decimal") else "left"
        return self._make(
            num_format=NUMBER_FORMATS[kind], bg_color=INPUT_COLOUR, border=1, border_color=RULE_COLOUR,
            locked=False, align=align, valign="top", text_wrap=kind in _WRAPPED, font_size=size,
        )  # fmt: skip

    def answer(self, kind: str) -> Format:
        """A cell of the first sheet that may be filled in: it stands as the given values above it do."""
        return self._make(
            num_format=NUMBER_FORMATS[kind], bg_color=INPUT_COLOUR, border=1, border_color=RULE_COLOUR, locked=False,
            align="left", valign="vcenter", text_wrap=True, font_size=12, indent=1,
        )  # fmt: skip

    def beyond(self, kind: str) -> Format:
        """The column below the ruled rows: may be filled in, not coloured."""
        return self._make(num_format=NUMBER_FORMATS[kind], locked=False, font_size=11)

    def ruled(self) -> Format:
        """What a line beyond the ruled rows gets as soon as something is written in it."""
        return self._workbook.add_format({"bg_color": INPUT_COLOUR, "border": 1, "border_color": RULE_COLOUR})

    def header(self, required: bool) -> Format:
        """A column header; those that must be filled in are darker."""
        return self._make(
            bold=True, bg_color=REQUIRED_COLOUR if required else HEADER_COLOUR, border=1, border_color=RULE_COLOUR,
            align="center", valign="vcenter", text_wrap=True, font_size=11,
        )  # fmt: skip

    def numbering(self) -> Format:
        """The row (1), (2), … under the headers."""
        return self._make(
            italic=True, bg_color=HEADER_COLOUR, border=1, border_color=RULE_COLOUR, align="center", font_size=10
        )

    def title(self, centred: bool = True) -> Format:
        """The heading of a form: centred over the columns it is written across, or from the left, over all there is."""
        return self._make(bold=True, font_size=14, valign="vcenter", align="center_across" if centred else "left")

    def heading(self) -> Format:
        """The heading of the first sheet."""
        return self._make(bold=True, font_size=14, valign="vcenter", align="center", text_wrap=True)

    def section(self) -> Format:
        """A heading within the first sheet."""
        return self._make(bold=True, font_size=12, valign="bottom")

    def letterhead(self, bold: bool, underline: bool = False) -> Format:
        """The body and the nation above a document (Nghị định 30/2020); the motto has a line under it."""
        return self._make(
            bold=bold, underline=int(underline), font_size=12, valign="vcenter", align="center", shrink=True
        )

    def listed(self, centred: bool = False) -> Format:
        """A line of a list."""
        place: dict[str, Any] = {"align": "center"} if centred else {"indent": 1}
        return self._make(font_size=11, border=1, border_color=RULE_COLOUR, text_wrap=True, valign="vcenter", **place)

    def alarm(self, severity: str) -> Format:
        """What a cell looks like while a rule of this severity is broken in it."""
        colour = ASKED_COLOUR if severity == "query" else WRONG_COLOUR
        return self._make(bg_color=colour)

    def signature(self) -> Format:
        """Who signs a printed form."""
        return self._make(bold=True, font_size=12, valign="top", align="center", text_wrap=True)

    def link(self) -> Format:
        """A cell that leads to another sheet."""
        return self._make(
            font_size=12, border=1, border_color=RULE_COLOUR, bg_color=HEADER_COLOUR, align="center",
            font_color="#1F4E79", underline=1, valign="vcenter",
        )  # fmt: skip

    def line(self, italic: bool = False, bold: bool = False, wrap: bool = False) -> Format:
        """A line of text outside any table."""
        return self._make(italic=italic, bold=bold, font_size=12 if bold else 11, text_wrap=wrap, valign="top")

    def label(self) -> Format:
        """A label on the first sheet, and the fixed cells of its table."""
        return self._make(
            font_size=12, border=1, border_color=RULE_COLOUR, bg_color=HEADER_COLOUR, text_wrap=True, valign="vcenter",
            indent=1,
        )  # fmt: skip

    def fixed(self, kind: str) -> Format:
        """A value that the province filled in and that the agency must not change."""
        return self._make(
            num_format=NUMBER_FORMATS[kind], border=1, border_color=RULE_COLOUR, bold=True, font_size=12,
            align="left", valign="vcenter", text_wrap=True, indent=1,
        )  # fmt: skip

    def _make(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({"font_name": FONT, **properties})
        return self._made[key]
