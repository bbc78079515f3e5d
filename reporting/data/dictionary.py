"""`data-dictionary.html`: every column of the public tables, then indicators and collected datasets as promised.

Does not live here: what the second half says (``expectations.render.data_dictionary``).
"""

from __future__ import annotations

from pathlib import Path

from reporting.data import package
from reporting.data.resources import resources
from reporting.narrative import steering
from reporting.page import shell
from reporting.publication.facts import EditionFacts
from reporting.warehouse import Report

NAME = "data-dictionary.html"
TYPES = {
    "string": "chữ",
    "integer": "số nguyên",
    "number": "số thập phân",
    "boolean": "đúng/sai (true/false)",
    "date": "ngày (năm-tháng-ngày)",
}


def write(path: Path, report: Report, facts: EditionFacts) -> None:
    """Write the dictionary of the tables of this edition."""
    text = shell.render(
        NAME,
        title=f"Từ điển dữ liệu: {steering.title(report)}",
        place=steering.PLACE,
        is_draft=facts.is_draft,
        resources=resources(),
        types=TYPES,
        conventions=package.CONVENTIONS,
        promised=_promised(),
    )
    path.write_text(text, encoding="utf-8", newline="\n")


def _promised() -> str:
    """The body of the page that is rendered from indicators and contracts, without its own title."""
    from expectations.render import data_dictionary

    _, found, rest = data_dictionary.page().partition("</h1>")
    body, ended, _ = rest.partition("</body>")
    if not (found and ended):
        raise ValueError("the page of expectations.render.data_dictionary has no title or no body")
    return body.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
