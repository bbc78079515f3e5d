"""One year from inbox to accepted: outcomes, versions, what is told to whom. S05, S06, S08, S15, R12."""

from datetime import date, timedelta

import pytest

from ingestion.collect import collect
from tests.builders import submission
from tests.inboxes import NOW, REGISTER, Season, agency, csv_text, file_of, rows_of, rules_of

THREE = (("SNV", "Sở Nội vụ", 1), ("STC", "Sở Tài chính", 2), ("SYT", "Sở Y tế", 3))


def three(season: Season) -> Season:
    for code, name, person in THREE:
        season.put(f"{code}.xlsx", agency(code, name, person))
    return season


def test_every_file_has_an_outcome_and_a_receipt(season: Season):
    three(season)
    season.put("STC.xlsx", agency("STC", "Sở Tài chính", 2).with_values("talents", started_on="cuối năm 2023"))
    season.put("SYT.xlsx", agency("SYT", "Sở Y tế", 3).with_values("talents", talent_group=None))
    season.put("lạ.xlsx", agency("XYZ", "Cơ quan không có", 4))
    season.put("hỏng.xlsx", submission("talents").workbook()[:5000])
    report = season.collect()
    assert {one.file_name: str(one.outcome) for one in report.files} == {
        "SNV.xlsx": "accepted",
        "STC.xlsx": "partly_accepted",
        "SYT.xlsx": "accepted_with_queries",
        "lạ.xlsx": "rejected",
        "hỏng.xlsx": "rejected",
    }
    assert all((season.home.root / one.receipt).is_file() for one in report.files)
    assert file_of(report, "SNV.xlsx").receipt.startswith("feedback/2025/SNV/")
    unknown = file_of(report, "hỏng.xlsx")
    assert unknown.receipt.startswith(f"feedback/2025/_unknown/{unknown.sha256[:8]}/")


def test_read_is_accepted_plus_rejected_for_every_file(season: Season):
    three(season)
    season.put("STC.xlsx", agency("STC", "Sở Tài chính", 2).with_values("talents", started_on="cuối năm 2023"))
    report = season.collect()
    assert all(one.rows_read == one.rows_accepted + one.rows_rejected for one in report.files)
    stc = file_of(report, "STC.xlsx")
    assert (stc.rows_read, stc.rows_accepted, stc.rows_rejected) == (2, 1, 1)
    assert {row["agency_code"] for row in season.rows("talents")} == {"SNV", "SYT"}
    forms = {row["form"]: row for row in season.rows("form_returns") if row["agency_code"] == "STC"}
    assert (forms["B03"]["rows_read"], forms["B03"]["rows_rejected"], forms["B05"]["rows_accepted"]) == (1, 1, 1)
    assert (forms["B04"]["state"], forms["B03"]["state"]) == ("nil", "filled")


def test_nothing_changed_means_nothing_written(season: Season):
    three(season)
    first = season.collect()
    stamps = {path: path.stat().st_mtime_ns for path in season.home.root.rglob("*") if path.is_file()}
    again = season.collect(now=NOW + timedelta(days=1))
    assert (first.unchanged, again.unchanged) == (False, True)
    assert again.files == first.files
    assert {path: path.stat().st_mtime_ns for path in season.home.root.rglob("*") if path.is_file()} == stamps


@pytest.mark.parametrize("loss", ["accepted", "vault"])
def test_what_was_lost_is_made_again(season: Season, loss):
    import shutil

    three(season)
    season.collect()
    before, lines = season.bytes_of_accepted(), season.home.ledger.read_bytes()
    shutil.rmtree(season.home.root / loss)
    report = season.collect(now=NOW + timedelta(days=1))
    assert not report.unchanged
    assert season.bytes_of_accepted() == before
    assert season.home.ledger.read_bytes() == lines


def test_only_what_changed_is_written(season: Season):
    three(season)
    season.collect()
    season.put("recruitment_register.csv", csv_text([REGISTER]))
    report = season.collect(now=NOW + timedelta(hours=1))
    assert set(report.changed) == {"recruitment_register", "submissions"}


SPOIL = {
    "a sheet renamed": lambda s: s.with_sheet_name("B03", "Danh sách"),
    "a column gone": lambda s: s.without_column("talents", "started_on"),
    "text in a date": lambda s: s.with_values("talents", started_on="cuối năm 2023"),
    "a ten-digit id": lambda s: s.with_values("talents", national_id=31900001),
    "another agency's code": lambda s: s.cover(agency_code="SYT"),
    "another year": lambda s: s.cover(reporting_year=2024),
    "cut off": lambda s: s.workbook()[:6000],
    "html named xlsx": lambda s: b"<html><body><table></table></body></html>",
}


@pytest.mark.parametrize("spoil", SPOIL.values(), ids=SPOIL.keys())
def test_a_spoilt_workbook_moves_nobody_elses_rows(tmp_path, spoil):
    def others(season: Season) -> dict[str, list]:
        return {
            name: [r for r in season.rows(name) if r["agency_code"] in ("SNV", "SGDDT")]
            for name in ("cover", "talents", "trainings", "form_returns", "findings")
        }

    clean, spoilt = three(Season(tmp_path / "clean")), three(Season(tmp_path / "spoilt"))
    for season in (clean, spoilt):
        for code, name, person in (("SNV", "Sở Nội vụ", 1), ("SGDDT", "Sở Giáo dục và Đào tạo", 5)):
            path = clean.home.inbox(2025) / f"{code}.xlsx"
            if season is clean:
                season.put(path.name, agency(code, name, person))
            else:
                season.put(path.name, path.read_bytes())
    spoilt.put("STC.xlsx", spoil(agency("STC", "Sở Tài chính", 2)))
    clean.collect()
    result = file_of(spoilt.collect(), "STC.xlsx")
    assert rules_of(result)
    assert others(spoilt) == others(clean)
    assert len(others(clean)["talents"]) == 2


def test_S05_a_full_resubmission_replaces_and_the_receipt_says_what_changed(season: Season):
    ten = agency("SNV", "Sở Nội vụ", 1)
    for person in range(11, 20):
        ten.row("talents", national_id=f"003190{person:06d}", recognition_number=f"{person}/QĐ-UBND")
    season.put("SNV.xlsx", ten)
    season.journal(SNV="2025-11-20T08:00:00+07:00")
    season.collect()
    second = agency("SNV", "Sở Nội vụ", 1).with_values("talents", sector="LV01")
    for person in (*range(11, 18), 30):
        second.row("talents", national_id=f"003190{person:06d}", recognition_number=f"{person}/QĐ-UBND")
    season.put("SNV lần 2.xlsx", second)
    report = season.collect(now=NOW)
    rows = season.rows("talents")
    assert [(r["version"], r["superseded_at"] is None) for r in rows].count((1, False)) == 10
    assert [(r["version"], r["superseded_at"] is None) for r in rows].count((2, True)) == 9
    assert {r["superseded_at"] for r in rows if r["version"] == 1} == {NOW}
    page = (season.home.root / file_of(report, "SNV lần 2.xlsx").receipt).read_text(encoding="utf-8")
    assert "So với lần gửi trước: thêm 1, bớt 2, sửa 1 dòng" in page
    assert "Lần gửi: 2" in page


def test_F07_saved_again_is_a_new_version_without_a_changed_row(season: Season):
    one = agency("SNV", "Sở Nội vụ", 1)
    season.put("a.xlsx", one)
    season.collect()
    season.put("b.xlsx", one.edited(lambda book: setattr(book.properties, "title", "bản lưu lại")))
    report = season.collect(now=NOW + timedelta(hours=1))
    assert [r.version for r in report.files] == [1, 2]
    page = (season.home.root / report.files[1].receipt).read_text(encoding="utf-8")
    assert "thêm 0, bớt 0, sửa 0 dòng" in page


def test_a_rejected_version_supersedes_nothing(season: Season):
    season.put("a.xlsx", agency("SNV", "Sở Nội vụ", 1))
    season.collect()
    season.put("b.xlsx", agency("SNV", "Sở Nội vụ", 1).without_column("talents", "started_on"))
    report = season.collect(now=NOW + timedelta(hours=1))
    assert (file_of(report, "b.xlsx").version, file_of(report, "b.xlsx").outcome) == (2, "rejected")
    assert [(r["version"], r["superseded_at"]) for r in season.rows("talents")] == [(1, None)]
    page = (season.home.root / file_of(report, "b.xlsx").receipt).read_text(encoding="utf-8")
    assert "Bản nhận ngày 25/11/2025 của quý cơ quan vẫn có giá trị." in page


def test_S06_a_version_with_far_fewer_rows_asks_whether_the_rest_is_gone(season: Season):
    many = agency("SNV", "Sở Nội vụ", 1)
    for person in range(11, 25):
        many.row("talents", national_id=f"003190{person:06d}", recognition_number=f"{person}/QĐ-UBND")
    season.put("a.xlsx", many)
    season.collect()
    season.put("b.xlsx", agency("SNV", "Sở Nội vụ", 1))
    found = file_of(season.collect(now=NOW + timedelta(hours=1)), "b.xlsx").findings
    (asked,) = [f for f in found if f.rule == "TEP-BAN_SUA_MOT_PHAN"]
    assert asked.severity == "query"
    assert "tệp chỉ có 2 dòng, lần trước có 16 dòng" in asked.message.lower()


def test_two_registers_with_one_decision_number_both_land(season: Season):
    other = {**REGISTER, "national_id": "003190000778"}
    season.put("recruitment_register_a.csv", csv_text([REGISTER]))
    season.put("recruitment_register_b.csv", csv_text([other]))
    report = season.collect()
    assert {one.outcome for one in report.files} == {"accepted"}
    rows = season.rows("recruitment_register")
    assert [r["decision_number"] for r in rows] == ["12/QĐ-SNV", "12/QĐ-SNV"]
    assert len({r["submission_id"] for r in rows}) == 2
    assert all(r["superseded_at"] is None and r["version"] == 1 for r in rows)


def test_a_register_under_the_same_name_is_a_new_version_whatever_its_format(season: Season):
    season.put("recruitment_register_a.csv", csv_text([REGISTER]))
    season.collect()
    season.put("recruitment_register_a.csv", csv_text(rows_of(REGISTER, {}, {"decision_number": "2/QĐ"})))
    season.collect(now=NOW + timedelta(hours=1))
    shown = [(r["version"], r["superseded_at"] is None) for r in season.rows("recruitment_register")]
    assert sorted(shown) == [(1, False), (2, True), (2, True)]


def test_R12_a_body_that_ended_is_refused_with_its_successors_name(season: Season):
    season.put("a.xlsx", agency("STTTT", "Sở Thông tin và Truyền thông", 1))
    result = file_of(season.collect(), "a.xlsx")
    assert (result.outcome, rules_of(result)) == ("rejected", {"TEP-CO_QUAN_HET"})
    assert "Sở Khoa học và Công nghệ" in next(f.fix for f in result.findings if f.rule == "TEP-CO_QUAN_HET")


def test_R12_before_its_end_it_reports_and_the_overlap_with_its_successor_is_asked(season: Season):
    old = agency("STTTT", "Sở Thông tin và Truyền thông", 1).cover(figures_as_of=date(2025, 2, 20))
    old.with_values(
        "talents", started_on=date(2025, 1, 13), attraction_decided_on=date(2025, 1, 6), recognised_on=date(2025, 1, 10)
    )
    new = agency("SKHCN", "Sở Khoa học và Công nghệ", 1)
    season.put("STTTT.xlsx", old)
    season.put("SKHCN.xlsx", new)
    season.journal(STTTT="2025-02-25T08:00:00+07:00", SKHCN="2025-11-20T08:00:00+07:00")
    report = season.collect()
    assert file_of(report, "STTTT.xlsx").outcome != "rejected"
    (asked,) = [f for f in file_of(report, "SKHCN.xlsx").findings if f.rule == "B03-PREDECESSOR-OVERLAP"]
    assert asked.severity == "query"
    assert "1 người" in asked.message and "Sở Thông tin và Truyền thông" in asked.message


def test_talents_of_last_year_who_are_in_neither_list_are_asked_for(tmp_path):
    before = Season(tmp_path / "home", year=2024)
    last = agency("SNV", "Sở Nội vụ", 1, year=2024).cover(figures_as_of=date(2024, 11, 20))
    early = {
        "started_on": date(2024, 3, 13),
        "attraction_decided_on": date(2024, 2, 1),
        "recognised_on": date(2024, 3, 1),
    }
    last.with_values("talents", **early)
    for person in (11, 12):
        last.row("talents", national_id=f"003190{person:06d}", recognition_number=f"{person}/QĐ-UBND", **early)
    before.put("SNV.xlsx", last)
    before.journal(SNV="2024-11-25T08:00:00+07:00")
    assert file_of(before.collect(), "SNV.xlsx").outcome != "rejected"
    season = before.next_year()
    this = agency("SNV", "Sở Nội vụ", 1, "departures").with_values("departures", national_id="003190000011")
    season.put("SNV.xlsx", this)
    found = [f for f in file_of(season.collect(), "SNV.xlsx").findings if f.rule == "B03-DISAPPEARED"]
    assert ["1 người" in f.message for f in found] == [True]
    season.put("SNV.xlsx", submission("plans").cover(agency_code="SNV"))
    again = season.collect(now=NOW + timedelta(hours=1)).files[-1].findings
    assert ["3 người" in f.message or "3 dòng" in f.message for f in again if f.rule == "B03-NIL-WITH-LAST-YEAR"] == [
        True
    ]


def test_the_ledger_tells_each_judgement_once(season: Season):
    three(season)
    season.put("hỏng.xlsx", b"PK\x03\x04")
    season.collect()
    season.put("SYT lần 2.xlsx", agency("SYT", "Sở Y tế", 3).with_values("talents", sector="LV01"))
    season.collect(now=NOW + timedelta(hours=1))
    assert [line["agency_code"] for line in season.events("accepted")] == ["SNV", "STC", "SYT", "SYT"]
    assert [line["outcome"] for line in season.events("rejected")] == ["rejected"]
    assert all(line["rows_accepted"] == 2 for line in season.events("accepted"))


def test_a_year_without_an_inbox_is_collected_as_nothing(tmp_path):
    season = Season(tmp_path / "home")
    report = collect(season.home, 2026, gate=None, now=NOW, key=season.key)
    assert (report.files, report.notes) == ((), ())
    season.year = 2026
    assert season.rows("talents") == []


def register_home(tmp_path, letter: str) -> Season:
    """The same decision in two register files; the second one comes again with its header only."""
    season = Season(tmp_path)
    season.put("recruitment_register.csv", csv_text([REGISTER]))
    rows = rows_of(REGISTER, *({"national_id": f"003190{n:06d}"} for n in range(1, 13)))
    season.put("recruitment_register_copy.csv", csv_text(rows))
    season.collect()
    season.put("recruitment_register_copy.csv", csv_text(rows).splitlines()[0] + "\n")
    line = {"file_name": "recruitment_register_copy.csv", "received_at": "2025-11-26T08:00:00+07:00", "channel": "truc"}
    season._csv(season.home.arrivals(2025), [{**line, "document_number": letter, "recorded_by": "VT"}])
    return season


def test_S11_a_register_is_taken_back_by_a_letter_and_by_nothing_else(tmp_path):
    with_letter, without = register_home(tmp_path / "a", "15/SNV-CCVC"), register_home(tmp_path / "b", "")
    for season, outcome, rule, counted in (
        (with_letter, "accepted", "TEP-SO_RUT", 1),
        (without, "rejected", "TEP-SO_TRONG", 13),
    ):
        report = season.collect(now=NOW + timedelta(days=2))
        newest = [one for one in report.files if one.version == 2]
        assert [(str(one.outcome), {f.rule for f in one.findings}) for one in newest] == [(outcome, {rule})]
        standing = [row for row in season.rows("recruitment_register") if row["superseded_at"] is None]
        assert len(standing) == counted
        assert len(season.rows("recruitment_register")) == 13
