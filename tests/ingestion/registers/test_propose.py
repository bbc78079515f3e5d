"""M21: a layout is proposed for a changed file; never a wrong map, and what cannot be known is refused with a reason.

The truth of a map is the field each column was made from, before its header was changed.
"""

import datetime as dt
import random

import pytest
import yaml

from expectations.contracts.load import load
from expectations.errors import NotFit, UsageError
from expectations.home import Home
from ingestion.registers.layout import Layout, layouts_of
from ingestion.registers.propose import Sample, propose
from ingestion.registers.sampling import sample_of
from ingestion.workbook.reference import reference_of
from tests.inboxes import REGISTER, Season, csv_text, file_of, rows_of

TODAY = dt.date(2025, 11, 25)
CONTRACT = load("recruitment_register")
ROWS = rows_of(
    REGISTER,
    *(
        {
            "decision_number": f"{i}/QĐ-SNV",
            "decided_on": f"{1 + i:02d}/04/2025",
            "effective_on": f"{3 + i:02d}/05/2025",
            "national_id": f"0031900007{i:02d}",
            "birth_date": f"{1 + i:02d}/07/1990",
        }
        for i in range(20)
    ),
)
LISTS = reference_of(None).lists


def sampled(headers: dict[str, str], rows=ROWS) -> Sample:
    """A file whose column for each field has the given header, in the given order."""
    cells = tuple(tuple(("s", row[name]) for row in rows if row[name]) for name in headers)
    return Sample("so_td_2026.csv", "recruitment_register", tuple(headers.values()), cells)


def labels() -> dict[str, str]:
    return {name: CONTRACT.field(name).label.vi for name in REGISTER}


def mapped(found) -> dict[str, str]:
    return {name: column.header for name, column in found.columns.items()}


def changed(rng: random.Random) -> dict[str, str]:
    """Headers as they drift: a synonym, capitals, line breaks and blanks, a letter lost, columns moved."""
    headers = {}
    for name, label in labels().items():
        synonyms = CONTRACT.field(name).synonyms
        at = rng.randrange(1, len(label) - 1)
        headers[name] = rng.choice(
            [label, label.upper(), label.replace(" ", "\n"), f"  {label} ", label[:at] + label[at + 1 :],
             rng.choice(synonyms) if synonyms else label]
        )  # fmt: skip
    order = list(headers)
    rng.shuffle(order)
    return {name: headers[name] for name in order}


def test_M21_of_two_hundred_changed_files_no_column_is_mapped_wrongly_and_nearly_all_rightly():
    right = wrong = doubted = 0
    for seed in range(200):
        headers = changed(random.Random(seed))
        found = propose(sampled(headers), [], LISTS, TODAY)
        for name, header in mapped(found).items():
            right, wrong = right + (headers[name] == header), wrong + (headers[name] != header)
        doubted += len(headers) - len(found.columns)
        if not found.unsure:
            assert mapped(found) == headers
            Layout.model_validate(yaml.safe_load(found.draft))
    assert wrong == 0
    assert right / (right + doubted) >= 0.95


def test_M21_an_inserted_column_is_refused_by_name_until_a_layout_ignores_it():
    sample = sampled(labels())
    more = Sample(sample.file_name, sample.dataset, (*sample.headers, "Mức lương"), (*sample.cells, (("s", "1"),)))
    found = propose(more, [], LISTS, TODAY)
    assert len(found.unsure) == 1 and '"Mức lương"' in found.unsure[0]
    assert found.draft.startswith("# unsure:")


def test_M21_headers_that_changed_places_with_their_contents_left_behind_are_seen():
    headers = labels()
    headers["sex"], headers["decided_on"] = headers["decided_on"], headers["sex"]
    found = propose(sampled(headers), [], LISTS, TODAY)
    assert not {"sex", "decided_on"} & found.columns.keys()
    assert sum("0% of 20" in doubt for doubt in found.unsure) == 2


def test_M21_a_missing_column_two_of_one_kind_and_unclear_days_are_doubts():
    headers = labels()
    del headers["status"]
    headers["position"] = "Ngày tháng năm sinh"
    rows = [{**row, "decided_on": f"0{1 + i % 9}/04/2025", "position": row["birth_date"]} for i, row in enumerate(ROWS)]
    doubts = propose(sampled(headers, rows), [], LISTS, TODAY).unsure
    assert [doubt.split(":")[0].split(" (")[0] for doubt in sorted(doubts)] == [
        '"Ngày quyết định"', '"Ngày sinh", "Ngày tháng năm sinh"', "decided_on", "status",
    ]  # fmt: skip


def test_M21_american_days_are_declared():
    rows = [{**row, "decided_on": f"04/{10 + i % 15}/2025"} for i, row in enumerate(ROWS)]
    found = propose(sampled(labels(), rows), [], LISTS, TODAY)
    assert found.columns["decided_on"].dates == ("%m/%d/%Y",) and not found.unsure


def test_M21_the_draft_is_a_layout_that_takes_the_file(season: Season, tmp_path):
    path = tmp_path / "so_td_2026.csv"
    names = labels()
    path.write_text(
        csv_text([{names[key]: value for key, value in row.items()} for row in ROWS], ";"), encoding="utf-8"
    )
    known = layouts_of(season.home.reference)
    sample, delimiter = sample_of(path, "recruitment_register", known, season.home)
    found = propose(sample, known, LISTS, dt.date(2025, 11, 1), delimiter)
    assert found.unsure == []
    folder = season.home.reference / "layouts"
    folder.mkdir(parents=True)
    (folder / "moi.yml").write_text(found.draft, encoding="utf-8")
    season.put("so_td_2026.csv", path.read_bytes())
    result = file_of(season.collect(), "so_td_2026.csv")
    assert (result.kind, result.rows_accepted) == ("recruitment_register", 20), result.findings


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("recruitment_register.csv", b"", NotFit),
        ("recruitment_register.parquet", b"PAR1", NotFit),
        ("x.csv", b"a\n", UsageError),
    ],
)
def test_a_file_that_is_no_register_is_told_in_a_sentence(tmp_path, name, content, error):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error, match=name):
        sample_of(tmp_path / name, None, [], Home(tmp_path / "no-home"))
