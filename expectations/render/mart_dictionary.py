"""The marts of an edition for analysts: what each holds, its grain, every column, and queries to begin with.

Lives here: the part of the data dictionary about ``internal/marts.duckdb``, from the models' own properties (types,
grain, English) and ``mart_words.yml`` (Vietnamese, questions). Does not live here: datasets and indicators
(data_dictionary.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from expectations import yaml_files
from expectations.contracts.load import all_contracts
from expectations.contracts.model import Label

MARTS = Path(__file__).parents[2] / "dbt_project" / "models" / "marts"
_WORDS = Path(__file__).with_name("mart_words.yml")
_TABLE_HEAD = "<tr><th>Cột</th><th>Kiểu</th><th>Ý nghĩa</th></tr>"


@dataclass(frozen=True)
class Question:
    """A question that an analyst may begin with, and SQL that answers it on ``marts.duckdb``."""

    text: Label
    sql: str


def questions() -> list[Question]:
    """The worked questions, in their order."""
    return [Question(Label(vi=one["vi"], en=one["en"]), one["sql"]) for one in _words()["questions"]]


def section() -> str:
    """The part of the page, with its own heading. KeyError for a mart or a column that has no Vietnamese words."""
    head = "<h1>Kho cho phân tích <code>internal/marts.duckdb</code> <span class=en>Marts for analysts</span></h1>"
    how = (
        "<p>Mở chỉ đọc, bảng nằm trong <code>marts.marts</code>; mã cơ quan nối với <code>dim_agencies</code>, mã khác "
        "với <code>dim_codes</code>; người chỉ có mã thay thế.<br><small>Open read-only; tables are in "
        "<code>marts.marts</code>; agency codes join <code>dim_agencies</code>, others <code>dim_codes</code>; persons "
        "are pseudonyms.</small></p>"
    )
    asked = "".join(
        f"<h3>{escape(one.text.vi)} <span class=en>{escape(one.text.en)}</span></h3><pre>{escape(one.sql)}</pre>"
        for one in questions()
    )
    return head + how + asked + "".join(_table(model) for model in _models())


def _models() -> Iterator[dict[str, Any]]:
    for path in sorted(MARTS.glob("[bdf]*.yml")):
        yield from yaml_files.read(path).get("models", [])


def _table(model: dict[str, Any]) -> str:
    name, words = model["name"], _words()["tables"]
    key = ", ".join(f"<code>{escape(column)}</code>" for column in _grain(model))
    grain = f"<small>Mỗi dòng một / one row each: {key}.</small>" if key else ""
    body = "".join(
        f"<tr><td><code>{escape(column['name'])}</code></td><td>{escape(column['data_type'])}</td>"
        f"<td>{escape(_vietnamese(name, column['name']))}<br><small>{escape(column['description'])}</small></td></tr>"
        for column in model["columns"]
    )
    text = f"{escape(words[name])}<br><small>{escape(model['description'])}</small>"
    return f"<h2><code>{name}</code></h2><p>{text}<br>{grain}</p><table>{_TABLE_HEAD}{body}</table>"


def _grain(model: dict[str, Any]) -> list[str]:
    """The columns that make a row, as the model's own test says."""
    for test in model.get("data_tests", []):
        if isinstance(test, dict) and "unique_key" in test:
            return [column.strip('"') for column in test["unique_key"]["arguments"]["columns"]]
    return [column["name"] for column in model["columns"] if "unique" in column.get("data_tests", [])]


def _vietnamese(table: str, column: str) -> str:
    own: dict[str, str] = _words()["columns"]
    found = own.get(column) or _labels().get(column)
    if found is None:
        raise KeyError(f"{table}.{column} has no Vietnamese words in {_WORDS.name}")
    return found


@cache
def _labels() -> dict[str, str]:
    return {field.name: field.label.vi for contract in all_contracts() for field in contract.fields}


@cache
def _words() -> Any:
    return yaml_files.read(_WORDS)
