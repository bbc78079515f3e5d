"""`datapackage.json`: the public tables as a tabular data package (Frictionless): size, hash, rows of each file.

Does not live here: the files themselves (``files``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reporting.data.records import UNCOMPUTABLE
from reporting.data.resources import STATUS, Field, Resource
from reporting.narrative import steering
from reporting.publication.facts import EditionFacts
from reporting.warehouse import Report

NAME = "datapackage.json"
FOLDER = "data"
SIGNS = ["c", "...", "x", "cđh", UNCOMPUTABLE]
CONVENTIONS = (
    "Ô trống có ký hiệu ở cột _status: c không công bố vì số nhỏ hoặc để không suy ra số nhỏ; ... chưa thu thập được; "
    "x không thuộc đối tượng; cđh chưa đến hạn đánh giá; ktđ không tính được vì không phát sinh.",
    "Tệp CSV: UTF-8 có BOM, dấu phẩy, CRLF, dấu chấm thập phân; văn bản bắt đầu bằng = + - @ ' hoặc Tab, xuống dòng "
    "được thêm một dấu ' phía trước (chương trình đọc tệp bỏ dấu này đi). Tệp Parquet giữ nguyên văn bản.",
    "An empty value has its sign in the _status column: c withheld, ... not collected, x not applicable, cđh not due, "
    "ktđ nothing to compute from. CSV: UTF-8 with a byte order mark; a text that a spreadsheet might run has one "
    "leading apostrophe, to be taken off by programs; Parquet holds the texts as they are.",
)


def describe(report: Report, folder: Path, facts: EditionFacts, rows: Mapping[str, int]) -> dict[str, Any]:
    """The package of the files that lie in ``folder/data``; ``rows`` says how many each resource has."""
    from reporting.data.resources import resources

    described = []
    for resource in resources():
        described.append(_csv(resource, folder, rows[resource.name]))
        described.append(_parquet(resource, folder, rows[resource.name]))
    return {
        "profile": "data-package",
        "name": f"nhantai-lang-son-{report.year}",
        "title": steering.title(report),
        "description": "\n".join(CONVENTIONS),
        "version": "draft" if facts.is_draft else f"{report.year}.{facts.number}",
        "created": facts.approved_at or facts.known_at,
        "keywords": ["nhân tài", "tuyển dụng", "công vụ", steering.PLACE],
        "contributors": [{"title": f"Ủy ban nhân dân tỉnh {steering.PLACE}", "role": "publisher"}],
        "reporting_year": report.year,
        "edition": facts.number,
        "is_draft": facts.is_draft,
        "known_at": facts.known_at,
        "build_id": facts.build_id,
        "rule_version": facts.rule_version,
        "code_version": facts.code_version,
        "min_cell": report.least,
        "resources": described,
    }


def write(folder: Path, package: Mapping[str, Any]) -> None:
    """Write `datapackage.json` into ``folder``."""
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")


def _csv(resource: Resource, folder: Path, rows: int) -> dict[str, Any]:
    return {
        **_file(resource, folder, "csv", rows),
        "profile": "tabular-data-resource",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True},
        "schema": _schema(resource),
    }


def _parquet(resource: Resource, folder: Path, rows: int) -> dict[str, Any]:
    described = _file(resource, folder, "parquet", rows)
    return {
        **described,
        "name": f"{described['name']}-parquet",
        "profile": "data-resource",
        "mediatype": "application/vnd.apache.parquet",
    }


def _file(resource: Resource, folder: Path, kind: str, rows: int) -> dict[str, Any]:
    path = f"{FOLDER}/{resource.name}.{kind}"
    content = (folder / path).read_bytes()
    return {
        "name": resource.name.replace("_", "-"),
        "path": path,
        "title": resource.title_vi,
        "title_en": resource.title_en,
        "format": kind,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": rows,
        "disclosure": resource.disclosure.reason,
    }


def _schema(resource: Resource) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": _fields(resource, resource.columns), "missingValues": [""]}
    return schema | ({"primaryKey": list(resource.key)} if resource.key else {})


def _fields(resource: Resource, columns: Sequence[Field]) -> list[dict[str, Any]]:
    described = []
    for column in columns:
        field = {"name": column.name, "type": column.type, "title": column.title_vi, "title_en": column.title_en}
        if column.name.endswith(STATUS) and column.name.removesuffix(STATUS) in {f.name for f in resource.fields}:
            field["constraints"] = {"enum": SIGNS}  # type: ignore[assignment]
        elif column.name in resource.key:
            field["constraints"] = {"required": True}  # type: ignore[assignment]
        described.append(field)
    return described
