"""The intake journal: a bad line is a note, never a crash, and never an arrival."""

from datetime import datetime

from ingestion import journal
from tests.builders import submission
from tests.inboxes import NOW, Season

HEADER = "file_name,received_at,channel,document_number,recorded_by\n"


def read(tmp_path, text: str, encoding: str = "utf-8") -> journal.Journal:
    path = tmp_path / "arrivals.csv"
    path.write_bytes(text.encode(encoding))
    return journal.read(path, NOW)


def test_an_instant_without_offset_is_viet_nam_time(tmp_path):
    found = read(tmp_path, HEADER + "SNV.xlsx,2025-11-20 08:30:00,email,45/BC-SNV,văn thư\n")
    assert found.arrivals[0].received_at == datetime.fromisoformat("2025-11-20T08:30:00+07:00")
    assert found.arrivals[0].document_number == "45/BC-SNV"


def test_a_bom_and_blank_lines_do_no_harm(tmp_path):
    found = read(tmp_path, HEADER + "\n,,,,\nSNV.xlsx,2025-11-20T08:30:00+07:00,,,\n", "utf-8-sig")
    assert [one.file_name for one in found.arrivals] == ["SNV.xlsx"]
    assert found.bad_lines == ()


def test_lines_that_say_no_instant_or_a_future_one_are_named(tmp_path):
    found = read(tmp_path, HEADER + "a.xlsx,hôm qua,,,\nb.xlsx,2025-12-24T00:00:00+07:00,,,\n,2025-11-20,,,\n")
    assert [(bad.line, bad.column) for bad in found.bad_lines] == [
        (2, "received_at"),
        (3, "received_at"),
        (4, "file_name"),
    ]
    assert found.arrivals == ()


def test_a_journal_without_its_columns_is_one_bad_line(tmp_path):
    assert [bad.column for bad in read(tmp_path, "tệp;ngày\nSNV.xlsx;20/11/2025\n").bad_lines] == ["file_name"]


def test_the_nth_content_under_a_name_takes_the_nth_line(tmp_path):
    found = read(tmp_path, HEADER + "SNV.xlsx,2025-11-20T08:00:00+07:00,,,\nSNV.xlsx,2025-11-22T08:00:00+07:00,,,\n")
    days = [found.line_for("SNV.xlsx", ordinal).received_at.day for ordinal in range(3)]
    assert days == [20, 22, 22]
    assert found.line_for("STC.xlsx", 0) is None


def test_a_bad_line_becomes_a_note_and_the_landing_instant_holds(season: Season):
    season.put("SNV.xlsx", submission("talents"))
    season.journal(SNV="ngày hôm qua")
    report = season.collect()
    assert [(note.rule, note.severity, note.row) for note in report.notes] == [("NHAT_KY-DONG", "note", 2)]
    assert season.rows("submissions")[0]["received_at"] == NOW
