"""The package says of every file what is in it: hash, size, rows, columns, types; and the files agree."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reporting import data
from reporting.data.files import unescaped
from reporting.data.resources import resources
from reporting.warehouse import Report
from tests.reporting.data.conftest import APPROVED

NAMES = [one.name for one in resources()]
PARSE = {
    "string": str,
    "integer": int,
    "number": Decimal,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
}
ARROW = {
    "string": "string",
    "integer": "int64",
    "number": "decimal128(18, 4)",
    "boolean": "bool",
    "date": "date32[day]",
}


@pytest.fixture(scope="session")
def package(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def described(package: dict[str, Any], path: str) -> dict[str, Any]:
    return next(r for r in package["resources"] if r["path"] == path)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_file_is_described_and_every_description_has_its_file(folder: Path, package: dict[str, Any]):
    files = {p.relative_to(folder).as_posix() for p in (folder / "data").iterdir()}
    assert {r["path"] for r in package["resources"]} == files and len(files) == 2 * len(NAMES) == 44
    assert len({r["name"] for r in package["resources"]}) == len(files)
    assert all(re.fullmatch(r"[a-z0-9._-]+", r["name"]) for r in [package, *package["resources"]])


def test_hashes_and_sizes_are_those_of_the_files(folder: Path, package: dict[str, Any]):
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


@pytest.mark.parametrize("name", NAMES)
def test_csv_is_what_its_schema_says(folder: Path, package: dict[str, Any], name: str):
    resource = described(package, f"data/{name}.csv")
    assert resource["profile"] == "tabular-data-resource" and resource["encoding"] == "utf-8"
    fields = resource["schema"]["fields"]
    rows = read_csv(folder / resource["path"])
    assert len(rows) == resource["rows"] > 0
    with (folder / resource["path"]).open(encoding="utf-8-sig", newline="") as stream:
        assert next(csv.reader(stream)) == [field["name"] for field in fields]
    for row in rows:
        for field in fields:
            text = row[field["name"]]
            if text:
                PARSE[field["type"]](text)
                assert text in field.get("constraints", {}).get("enum", [text])
            assert text or not field.get("constraints", {}).get("required")
    assert all(field["title"] and field["title_en"] for field in fields)


@pytest.mark.parametrize("name", NAMES)
def test_keys_are_unique(folder: Path, package: dict[str, Any], name: str):
    schema = described(package, f"data/{name}.csv")["schema"]
    if key := schema.get("primaryKey"):
        rows = read_csv(folder / f"data/{name}.csv")
        assert len({tuple(row[column] for column in key) for row in rows}) == len(rows)


@pytest.mark.parametrize("name", NAMES)
def test_parquet_holds_the_same_values_with_their_types(folder: Path, package: dict[str, Any], name: str):
    import pyarrow.parquet as pq

    table = pq.read_table(folder / f"data/{name}.parquet")
    fields = described(package, f"data/{name}.csv")["schema"]["fields"]
    assert [(f.name, str(f.type)) for f in table.schema] == [(f["name"], ARROW[f["type"]]) for f in fields]
    assert table.num_rows == described(package, f"data/{name}.parquet")["rows"]
    for typed, written in zip(table.to_pylist(), read_csv(folder / f"data/{name}.csv"), strict=True):
        for field in fields:
            text = written[field["name"]]
            value = PARSE[field["type"]](unescaped(text)) if text else None
            assert typed[field["name"]] == value or (not text and typed[field["name"]] == "")


def test_csv_is_utf8_with_bom_and_crlf(folder: Path):
    content = (folder / "data/recruitment_by_agency.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\n") == content.count(b"\r\n") > 50
    assert "Sở Nội vụ".encode() in content


def test_the_package_names_the_edition(package: dict[str, Any]):
    assert package["version"] == "2025.2" and package["created"] == "2025-12-10T16:30:00+07:00"
    assert package["is_draft"] is False and package["min_cell"] == 3


def test_the_same_report_gives_the_same_bytes(report: Report, folder: Path, tmp_path: Path):
    data.write(report, tmp_path, APPROVED)
    files = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    assert len(files) == 46
    for name in files:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_the_dictionary_explains_every_column_and_points_nowhere_else(folder: Path):
    text = (folder / "data-dictionary.html").read_text(encoding="utf-8")
    for resource in resources():
        assert resource.title_vi in text
        for column in resource.columns:
            assert f"<code>{column.name}</code>" in text
    assert "CT04" in text and "B03" in text and "<script" not in text and "://" not in text
    assert not re.search(r'\b(src|href)="(?!#|data:,|data/[a-z_]+\.(csv|parquet)")', text)
