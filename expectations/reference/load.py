"""Reading the reference lists, with a home's overlay on top.

Lives here: finding, merging, indexing and copying the CSV files. Does not live here: what a row means
(`agencies.py` for bodies, `expectations/indicators` for the plan's indicators).

Conventions of every list: UTF-8, NFC, one header row; empty means "not set"; `valid_from` is the first day,
`valid_to` the first day no longer (half-open, empty = open); periods (`periods.csv`) have an inclusive last day.
"""

import csv
import io
import shutil
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from expectations.reference import edits
from expectations.reference.edits import Row

HERE = Path(__file__).parent


class UnusableList(ValueError):
    """A reference list that cannot be used: missing, without header, rows of the wrong length, other columns."""


def names() -> list[str]:
    """Return the names of the shipped lists, sorted (`agencies`, `code_lists`, …)."""
    return sorted(path.stem for path in HERE.glob("*.csv"))


def read(name: str, overlay: Path | None = None, known_at: datetime | None = None) -> list[Row]:
    """Return the rows of list `name` as text, in file order, as they were known at `known_at` (default: now).

    A file `<name>.csv` in `overlay` replaces the shipped one; `<name>.add.csv` adds its rows at the end; the edits of
    `reference_edits.add.csv` that were recorded by `known_at` and not undone by then hold on top (see `edits.py`).

    Raises:
        UnusableList: the list exists nowhere, or a file has other columns than the shipped list.
        UnusableEdit: an edit does not fit the list any more.
    """
    columns, rows = _merged(name, overlay, known_at)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def without_edits(name: str, overlay: Path | None = None) -> list[Row]:
    """Return the rows of list `name` with a home's overlay, before any edit: what edits are applied to."""
    return _as_rows(*_with_overlay(name, overlay))


def columns(name: str, overlay: Path | None = None) -> list[str]:
    """Return the column names of list `name`, in order."""
    return _merged(name, overlay)[0]


def valid_on(row: Row, day: date) -> bool:
    """Tell whether a dated row holds on `day` (ISO dates compare as text; `valid_to` is exclusive)."""
    iso = day.isoformat()
    return (row.get("valid_from") or "") <= iso and not (row.get("valid_to") and row["valid_to"] <= iso)


def codes(list_name: str, overlay: Path | None = None) -> list[Row]:
    """Return the codes of one list: code, label_vi, label_en, valid_from, valid_to, sort_order, attribute.

    Besides the lists of `code_lists.csv` this knows the lists that have a file of their own:
    `legal_basis`, `training_field`, `task_code`, `output_code`, `agency_code`, `indicator_code`.

    Raises:
        UnusableList: there is no such list.
    """
    if list_name in _OWN_FILES:
        file_name, code_column, label_vi, label_en = _OWN_FILES[list_name]
        return [_as_code(row, code_column, label_vi, label_en) for row in read(file_name, overlay)]
    found = [
        {key: value for key, value in row.items() if key != "list"}
        for row in read("code_lists", overlay)
        if row["list"] == list_name
    ]
    if not found:
        raise UnusableList(f"no code list named {list_name!r}")
    return sorted(found, key=lambda row: int(row["sort_order"]))


def code_list_names(overlay: Path | None = None) -> list[str]:
    """Return every name that `codes` accepts, sorted."""
    return sorted({row["list"] for row in read("code_lists", overlay)} | set(_OWN_FILES))


def parameter(name: str, on: date, overlay: Path | None = None) -> str:
    """Return the value of a parameter on `on`: the row with the latest `valid_from` not after it, "" if unset.

    Raises:
        UnusableList: no parameter of that name.
    """
    rows = [row for row in read("parameters", overlay) if row["parameter"] == name]
    if not rows:
        raise UnusableList(f"no parameter named {name!r}")
    known = [row for row in rows if row["valid_from"] <= on.isoformat()]
    return max(known, key=lambda row: row["valid_from"])["value"] if known else ""


def materialise(target_dir: Path, overlay: Path | None = None, known_at: datetime | None = None) -> list[Path]:
    """Write every list, overlay merged in, to `target_dir` as the files dbt seeds; return their paths, sorted.

    With `known_at` the lists as they were known then, and the edits recorded by then. Lists that only the overlay has
    (a second province's own) are copied as they are. Byte-for-byte repeatable.
    """
    target_dir.mkdir(parents=True, exist_ok=True)
    written = [_write(name, target_dir, *_merged(name, overlay, known_at)) for name in names()]
    if overlay is not None and overlay.is_dir():
        extra = {p.name for p in overlay.glob("*.csv")} - {f"{n}{s}.csv" for n in names() for s in ("", ".add")}
        for file_name in sorted(extra):
            written.append(Path(shutil.copyfile(overlay / file_name, target_dir / file_name)))
    return sorted(written)


_OWN_FILES = {
    "legal_basis": ("legal_bases", "code", "label_vi", "label_en"),
    "training_field": ("training_fields", "code", "label_vi", "label_en"),
    "task_code": ("tasks", "task_code", "title_vi", "title_en"),
    "output_code": ("task_outputs", "output_code", "label_vi", "label_en"),
    "agency_code": ("agencies", "agency_code", "name_vi", "name_en"),
    "indicator_code": ("indicators", "indicator_code", "name_vi", "name_en"),
}


def _as_code(row: Row, code_column: str, label_vi: str, label_en: str) -> Row:
    return {
        "code": row[code_column],
        "label_vi": row[label_vi],
        "label_en": row[label_en],
        "valid_from": row.get("valid_from", ""),
        "valid_to": row.get("valid_to", ""),
        "sort_order": row["sort_order"],
        "attribute": row.get("is_science_technology", ""),
    }


def write_rows(name: str, target_dir: Path, rows: Iterable[Row]) -> Path:
    """Write rows as the list `name`, in the columns of the shipped list; return the path."""
    header = columns(name)
    return _write(name, target_dir, header, [[row[column] for column in header] for row in rows])


def _write(name: str, target_dir: Path, header: list[str], rows: list[list[str]]) -> Path:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path = target_dir / f"{name}.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def _merged(name: str, overlay: Path | None, known_at: datetime | None = None) -> tuple[list[str], list[list[str]]]:
    """A list with its overlay and edits. Edits that lie in an overlay's `reference_edits.csv` are the history of lists
    that have them already (a build's own): only `.add.csv` is applied.
    """
    header, rows = _with_overlay(name, overlay)
    if name == edits.LIST:
        known = edits.known(edits.from_rows(_as_rows(header, rows)), known_at)
        rows = [[line[column] for column in header] for each in known for line in each.to_rows()]
    elif name in edits.KEYS and (told := edits.in_force(_edits_of(overlay), known_at)):
        edited = edits.applied(name, header, _as_rows(header, rows), told)
        rows = [[row[column] for column in header] for row in edited]
    return header, rows


def _edits_of(overlay: Path | None) -> list[edits.Edit]:
    path = overlay / f"{edits.LIST}.add.csv" if overlay is not None else None
    return edits.from_rows(_as_rows(*_read_file(path))) if path is not None and path.is_file() else []


def _as_rows(header: list[str], rows: Iterable[list[str]]) -> list[Row]:
    return [dict(zip(header, row, strict=True)) for row in rows]


def _with_overlay(name: str, overlay: Path | None) -> tuple[list[str], list[list[str]]]:
    base = HERE / f"{name}.csv"
    replaced = overlay / f"{name}.csv" if overlay is not None else None
    source = replaced if replaced is not None and replaced.is_file() else base
    if not source.is_file():
        raise UnusableList(f"no reference list named {name!r}")
    header, rows = _read_file(source)
    if source is replaced and base.is_file():
        rows = _in_order(_read_file(base)[0], header, rows, source)
        header = _read_file(base)[0]
    added = overlay / f"{name}.add.csv" if overlay is not None else None
    if added is not None and added.is_file():
        more_header, more = _read_file(added)
        rows = rows + _in_order(header, more_header, more, added)
    return header, rows


def _in_order(wanted: list[str], header: list[str], rows: Iterable[list[str]], path: Path) -> list[list[str]]:
    unknown, missing = set(header) - set(wanted), set(wanted) - set(header)
    if unknown:
        raise UnusableList(f"{path}: columns {sorted(unknown)} do not exist in the list; it has {wanted}")
    place = {column: index for index, column in enumerate(header)}
    return [["" if column in missing else row[place[column]] for column in wanted] for row in rows]


def _read_file(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle)
        header = next(reader, None)
        if not header:
            raise UnusableList(f"{path}: no header row")
        rows = [row for row in reader if row]
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise UnusableList(f"{path}, record {number}: {len(row)} cells, the header has {len(header)}")
    return header, rows
