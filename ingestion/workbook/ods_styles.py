"""What the styles of an .ods say of sheets and cells: hidden tables, cells that are struck through.

Runs in the jail. Lives here: styles by name, with what they inherit. Does not live here: the cells (ods.py).
"""

from __future__ import annotations

from collections.abc import Callable

_THROUGH = ("text-line-through-style", "text-line-through-type")
_NO = ("", "none")


class Styles:
    """Listens to the style elements of styles.xml, then of content.xml; `starts` and `ends` are handlers by element."""

    def __init__(self) -> None:
        self.starts: dict[str, Callable[[dict[str, str]], None]] = {
            "style": self._start,
            "table-properties": self._table,
            "text-properties": self._text,
        }
        self.ends: dict[str, Callable[[], None]] = {"style": self._end}
        self._family = self._name = ""
        self._hidden: set[str] = set()
        self._struck: dict[str, bool] = {}
        self._parents: dict[str, str] = {}

    def is_hidden(self, table_style: str) -> bool:
        """Whether tables of this style are not displayed."""
        return table_style in self._hidden

    def is_struck(self, cell_style: str) -> bool:
        """Whether text in cells of this style is struck through, by itself or by a style it inherits from."""
        seen: set[str] = set()
        while cell_style and cell_style not in seen:
            if cell_style in self._struck:
                return self._struck[cell_style]
            seen.add(cell_style)
            cell_style = self._parents.get(cell_style, "")
        return False

    def _start(self, attributes: dict[str, str]) -> None:
        self._family, self._name = attributes.get("family", ""), attributes.get("name", "")
        if self._family == "table-cell":
            self._parents[self._name] = attributes.get("parent-style-name", "")

    def _end(self) -> None:
        self._family = self._name = ""

    def _table(self, attributes: dict[str, str]) -> None:
        if self._family == "table" and attributes.get("display") == "false":
            self._hidden.add(self._name)

    def _text(self, attributes: dict[str, str]) -> None:
        if self._family == "table-cell" and any(name in attributes for name in _THROUGH):
            self._struck[self._name] = any(attributes.get(name, "") not in _NO for name in _THROUGH)
