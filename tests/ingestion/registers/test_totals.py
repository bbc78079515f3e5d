"""S13, C20, D070, D080 of registers: a printed total is no row; one that its rows deny is a query, others silent."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations.home import Home
from ingestion import vault
from ingestion.registers.load import Reader, Register, RegisterRead
from ingestion.workbook.reference import reference_of
from tests.inboxes import REGISTER, SNAPSHOT

COURSE = {
    "record_id": "1", "national_id": "003190000777", "course_name": "Tin học", "training_kind": "boi_duong",
    "training_level": "ngan_han", "training_field": "CNTT", "completed_on": "2025-03-04", "hours": "40",
    "result": "hoan_thanh",
}  # fmt: skip
Row = dict[str, str]


@dataclass
class Road:
    """The reader of registers over one typed database; `rows` are the numbers that are left as rows."""

    reader: Reader
    home: Home

    def read(self, dataset: str, rows: list[Row], text: str | None = None) -> tuple[RegisterRead, list[int]]:
        path = self.home.root / "register.csv"
        stream = io.StringIO()
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)
        path.write_text(text or stream.getvalue(), encoding="utf-8")
        register = Register(
            submission_id="s", sha256="", file_name=f"{dataset}.csv", dataset=dataset, path=path,
            arrived_on=dt.date(2025, 11, 25),
        )  # fmt: skip
        read = self.reader.read(register)
        found = self.reader.connection.execute(f'SELECT "row" FROM typed.{dataset} ORDER BY "row"').fetchall()
        self.reader.connection.execute(f"DELETE FROM typed.{dataset}")
        return read, [row for (row,) in found]


@pytest.fixture(scope="module")
def road(tmp_path_factory) -> Iterator[Road]:
    home = Home(tmp_path_factory.mktemp("totals"))
    vault.prepare(home)
    home.sample_marker.write_text('{"seed": 1}')
    reference = reference_of(home)
    connection = vault.new_typed(home, home.root / "year.duckdb")
    prefixes = tuple(reference.allowed_prefixes)
    yield Road(Reader(connection, [], reference.lists, prefixes, None, home.vault / "spill"), home)  # type: ignore[arg-type]
    connection.close()


def recruits(count: int, start: int = 1, **changes: str) -> list[Row]:
    return [
        {**REGISTER, "decision_number": f"{n}/QĐ-SNV", "national_id": f"0031900{n:05}", **changes}
        for n in range(start, start + count)
    ]


def courses(*hours: str, person: Callable[[int], int] = lambda n: n) -> list[Row]:
    return [
        {**COURSE, "record_id": f"TR{n}", "national_id": f"0031900{person(n):05}", "hours": text}
        for n, text in enumerate(hours, start=1)
    ]


def told(read: RegisterRead) -> list[tuple[str, str, str | None, str | None]]:
    return [(f.rule, str(f.severity), f.cell, f.value) for f in read.findings]


COUNTS = [
    ("Tổng cộng", {"decided_on": "3"}, "decision_number", True),
    ("Tổng cộng: 3 người", {}, "decision_number", True),
    ("CỘNG: 3", {}, "full_name", True),
    ("Tổng số 3 quyết định (ba)", {}, "decision_number", True),
    ("Tæng céng", {"national_id": "3"}, "decision_number", True),
    ("Tổng cộng năm 2025", {}, "decision_number", True),
    ("Tổng cộng", {}, "decision_number", True),
    ("Tổng cộng đến 31/12/2025: 3 người", {}, "decision_number", True),
    ("Tổng cộng (1+2)", {"sex": "1"}, "decision_number", True),
    ("Tổng cộng", {"decided_on": "4"}, "decision_number", False),
    ("Tổng cộng: 1.003 người", {}, "decision_number", False),
    ("TỔNG SỐ: 2", {}, "decision_number", False),
]


@pytest.mark.parametrize(("words", "others", "field", "agrees"), COUNTS)
def test_S13_C20_a_count_of_the_rows(road: Road, words: str, others: Row, field: str, agrees: bool):
    read, rows = road.read("recruitment_register", [*recruits(3), {field: words, **others}])
    assert rows == [2, 3, 4]
    assert [f.rule for f in read.findings if f.severity != "note"] == ([] if agrees else ["RR-TOTAL-COUNT"])


def test_S13_the_finding_has_place_value_what_is_needed_and_how_to_repair(road: Road):
    read, _ = road.read("recruitment_register", [*recruits(3), {"decision_number": "Tổng cộng", "national_id": "4"}])
    (found,) = read.findings
    assert (found.severity, found.file, found.cell, found.row, found.value) == (
        "query", "recruitment_register.csv", "D5", 5, "4",
    )  # fmt: skip
    assert "ghi 4, sổ có 3 dòng" in found.message and found.expected and "Kiểm tra" in found.fix


def test_S13_cancelled_decisions_may_be_left_out_of_a_total_and_need_not(road: Road):
    lines = [*recruits(3), *recruits(1, 4, status="huy")]
    for printed, rules in (("4", []), ("3", []), ("2", ["RR-TOTAL-COUNT"])):
        read, rows = road.read(
            "recruitment_register", [*lines, {"decision_number": "Tổng cộng", "decided_on": printed}]
        )
        assert ([f.rule for f in read.findings], len(rows)) == (rules, 4)


@pytest.mark.parametrize(("printed", "agrees"), [("160", True), ("160,5", False), ("1600", False), ("3", False)])
def test_S13_D080_hours_of_courses_are_summed(road: Road, printed: str, agrees: bool):
    read, rows = road.read(
        "training_records", [*courses("40", "80", "40"), {"record_id": "Tổng cộng", "hours": printed}]
    )
    assert rows == [2, 3, 4]
    wrong = [] if agrees else [("TR-TOTAL-MISMATCH", "query", "H5", printed.replace("1600", "1.600"))]
    assert told(read) == wrong


def test_S13_a_number_that_cannot_be_read_leaves_the_sum_open(road: Road):
    read, _ = road.read("training_records", [*courses("40", "1.234"), {"record_id": "Tổng cộng", "hours": "1274"}])
    assert not any("TOTAL" in f.rule for f in read.findings)


@pytest.mark.parametrize(("printed", "agrees"), [("4 hồ sơ", True), ("2 người", True), ("3 người", False)])
def test_S13_courses_may_be_totalled_by_person(road: Road, printed: str, agrees: bool):
    lines = courses("1", "1", "1", "1", person=lambda n: n % 2)
    read, _ = road.read("training_records", [*lines, {"record_id": f"Tổng số: {printed}"}])
    assert [f.rule for f in read.findings] == ([] if agrees else ["TR-TOTAL-COUNT"])


def test_S13_groups_have_their_own_totals_and_the_last_line_that_of_all(road: Road):
    cong = lambda hours: {"record_id": "Cộng", "hours": hours}  # noqa: E731
    whole = {"record_id": "Tổng cộng", "hours": "60"}
    first, second = courses("10", "20"), courses("30")
    read, rows = road.read("training_records", [*first, cong("30"), *second, cong("30"), whole])
    assert (told(read), rows) == ([], [2, 3, 5])
    read, _ = road.read("training_records", [*first, cong("30"), *second, cong("31"), whole])
    assert told(read) == [("TR-TOTAL-MISMATCH", "query", "H6", "31")]
    read, _ = road.read("training_records", [{"record_id": "Tổng cộng", "hours": "60", **dict.fromkeys(COURSE, "")}
                                             | {"record_id": "Tổng cộng", "hours": "60"}, *first, *second])  # fmt: skip
    assert told(read) == []


def test_S13_lists_of_who_is_in_service_are_counted(road: Road):
    lines = [{**SNAPSHOT, "national_id": f"0031900{n:05}"} for n in range(1, 6)]
    for printed, rules in (("5", []), ("6", ["SS-TOTAL-COUNT"])):
        read, rows = road.read("staff_snapshots", [*lines, {"snapshot_on": "Tổng cộng", "national_id": printed}])
        assert ([f.rule for f in read.findings], len(rows)) == (rules, 5)


def test_S12_a_total_of_nought_over_no_rows_is_an_empty_register_never_a_nought(road: Road):
    """S12 in a register: the only figure that could be 0 of 0 is refused; shares stand in no register at all."""
    read, rows = road.read("recruitment_register", [{**dict.fromkeys(REGISTER, ""), "decision_number": "Tổng cộng: 0"}])
    assert ([f.rule for f in read.findings], read.is_blocked, rows) == (["TEP-SO_TRONG"], True, [])


NO_TOTALS = [
    {"course_name": "Tổng cộng điểm: 30", "record_id": "TR9"},
    {"record_id": "Tổng cộng 5"},
    {"course_name": "Cộng đồng và phát triển", "national_id": ""},
    {"course_name": "Tổng hợp", "national_id": "", "training_kind": ""},
]


@pytest.mark.parametrize("change", NO_TOTALS)
def test_C20_a_row_that_says_what_a_row_says_stays_one(road: Road, change: Row):
    read, rows = road.read("training_records", [*courses("40"), {**COURSE, **change}])
    assert rows == [2, 3] and not any("TOTAL" in f.rule for f in read.findings)


def test_S13_a_ragged_line_above_moves_the_total_and_may_be_counted(road: Road):
    lines = [*recruits(2), {"decision_number": "Tổng cộng", "national_id": "3"}]
    names = list(lines[0])
    text = "\n".join(
        ",".join(row.get(name, "") for name in names) for row in [dict(zip(names, names, strict=True)), *lines]
    )
    head, first, *rest = text.splitlines()
    read, rows = road.read("recruitment_register", lines, "\n".join([head, first, "1,2,3", *rest]) + "\n")
    assert ([f.rule for f in read.findings], rows) == (["TEP-DONG_HONG"], [2, 4])
    read, _ = road.read(
        "recruitment_register", lines, "\n".join([head, first, "1,2,3", *rest[:-1], rest[-1].replace("3", "7")]) + "\n"
    )
    assert [(f.rule, f.cell) for f in read.findings] == [("TEP-DONG_HONG", None), ("RR-TOTAL-COUNT", "D5")]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.integers(0, 500), min_size=1, max_size=4), min_size=1, max_size=4),
    st.integers(1, 9),
)
def test_S13_right_subtotals_are_silent_and_the_one_that_is_not_is_told(road: Road, groups: list[list[int]], off: int):
    """The oracle adds in Python: each group's line, then the whole; off by more than any other sum only once."""
    lines: list[Row] = []
    for group in groups:
        lines += courses(*(str(hours) for hours in group))
        lines.append({"record_id": "Cộng", "hours": str(sum(group))})
    total = sum(map(sum, groups))
    read, rows = road.read("training_records", [*lines, {"record_id": "Tổng cộng", "hours": str(total)}])
    assert (told(read), len(rows)) == ([], sum(map(len, groups)))
    wrong = total + 10_000 + off
    read, _ = road.read("training_records", [*lines, {"record_id": "Tổng cộng", "hours": str(wrong)}])
    (found,) = read.findings
    assert (found.rule, found.row, Decimal(found.value.replace(".", ""))) == (
        "TR-TOTAL-MISMATCH",
        len(lines) + 2,
        wrong,
    )
