"""The command line: exit codes, one sentence and never a traceback, and which commands there are."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from expectations.errors import NotFit
from expectations.findings import Finding, Severity
from orchestration import faults
from orchestration.cli import guard

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = [
    "sample", "template", "fetch", "check", "collect", "build", "review", "approve", "publish",
    "run", "signed", "status", "verify", "reissue", "trace", "audit-privacy", "layout propose",
    "persons list", "persons decide", "persons undo",
    "name propose", "org edit", "org undo", "org history",
    "parameters list", "parameters set", "parameters undo",
]  # fmt: skip


def nhantai(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "orchestration.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "sample.json").write_text('{"seed": 1}')
    return tmp_path


@pytest.mark.parametrize("command", [*COMMANDS, "name confirm", "name withdraw", "name list"])
def test_every_command_explains_itself(command: str):
    run = nhantai(*command.split(), "--help")
    assert run.returncode == 0 and "--home" in run.stdout and "--json" in run.stdout


def test_there_are_no_other_commands():
    listed = nhantai("--help").stdout.split("Commands:")[1]
    assert re.findall(r"^  ([a-z-]+) ", listed, flags=re.M) == list(
        dict.fromkeys(command.split()[0] for command in COMMANDS)
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("fly",),
        ("status",),
        ("status", "--year", "x"),
        ("status", "--year", "2025", "--on", "30/11/2025"),
        ("build", "--year", "2025", "--as-known", "2025-11-30T08:00:00"),
        ("template", "--year", "2025", "--out", "x"),
        ("check", "no-such-file.xlsx"),
        ("check", "docs"),
        ("check", "pyproject.toml", "--annotate", "README.md"),
        ("template", "--year", "2025", "--agency", "SNV", "--out", "README.md"),
        ("collect", "--year", "2099"),
        ("build", "--year", "1950"),
        ("status", "--year", "1999"),
        ("persons", "decide", "0123456789ab", "--by", "SNV", "--reason", "thẻ mới ghi số cũ"),
    ],
)
def test_wrong_usage_leaves_with_2(arguments, home: Path):
    run = nhantai(*arguments, "--home", home) if arguments != ("fly",) else nhantai("fly")
    assert run.returncode == 2 and "Traceback" not in run.stderr and run.stderr.strip()


def test_a_folder_that_cannot_be_made_leaves_with_3(home: Path):
    run = nhantai("template", "--year", "2025", "--agency", "SNV", "--out", "/proc/forms", "--home", home)
    assert run.returncode == 3 and "/proc/forms cannot be made" in run.stderr


def test_a_year_without_a_calendar_is_named_before_anything_is_made(home: Path):
    run = nhantai("collect", "--year", 2099, "--home", home)
    assert "no year 2099" in run.stderr and not (home / "accepted").exists()


def test_a_folder_is_not_called_a_missing_file(home: Path):
    assert "not a file: docs" in nhantai("check", "docs", "--home", home).stderr


def test_a_missing_home_leaves_with_3(tmp_path: Path):
    run = nhantai("status", "--year", 2025, "--home", tmp_path / "nowhere")
    assert run.returncode == 3 and "no home at" in run.stderr


def test_publishing_in_one_go_is_for_sample_homes(tmp_path: Path):
    run = nhantai("run", "--year", 2025, "--publish", "--by", "A", "--home", tmp_path)
    assert run.returncode == 3 and "nhantai approve" in run.stderr


def test_publishing_in_one_go_needs_a_name(home: Path):
    assert nhantai("run", "--year", 2025, "--publish", "--home", home).returncode == 2


def test_G01_approve_and_publish_refuse_where_nothing_was_built(home: Path):
    assert nhantai("approve", "--year", 2025, "--by", "A", "--home", home).returncode == 2
    assert not (home / "publication").exists()


def test_status_prints_the_promised_keys(home: Path):
    run = nhantai("status", "--year", 2025, "--on", "2025-11-29", "--home", home, "--json")
    said = json.loads(run.stdout)
    assert list(said) == ["year", "on", "owed", "received", "accepted", "on_time", "agencies"]
    assert set(said["agencies"][0]) == {"agency_code", "name", "owed", "outcome", "received_at", "on_time"}
    assert (said["owed"], said["received"], said["agencies"][0]["on_time"]) == (80, 0, None)


def test_a_step_of_the_province_is_recorded_once_it_is_one(home: Path):
    step = ("signed", "--year", 2024, "--number", "12/BC-UBND", "--on", "2024-12-10", "--home", home)
    assert nhantai(*step, "--event", "burnt").returncode == 2
    assert nhantai(*step, "--event", "signed", "--json").returncode == 0
    line = json.loads((home / "ledger.jsonl").read_text())
    assert (line["event"], line["reporting_year"], line["happened_on"]) == ("signed", 2024, "2024-12-10")


def test_what_a_room_raises_is_told_in_one_sentence(capsys):
    finding = Finding(rule="YEAR-X", severity=Severity.BLOCKER, message="thiếu")
    assert guard.told(NotFit("the gate is closed", [finding]), []) == 1
    said = capsys.readouterr().err
    assert "the gate is closed" in said and "YEAR-X: thiếu" in said and "Traceback" not in said


def test_a_fault_of_ours_goes_to_a_log_without_numbers_of_people(tmp_path: Path, capsys):
    (tmp_path / "dagster").mkdir()
    try:
        raise RuntimeError("cannot read 000199001234")
    except RuntimeError as error:
        assert guard.told(error, ["x", "--home", str(tmp_path)]) == 4
    (log,) = (tmp_path / "dagster" / "faults").glob("*.log")
    assert "…234" in log.read_text() and "000199001234" not in log.read_text() + capsys.readouterr().err


def test_X04_long_numbers_are_cut_to_three_digits():
    assert faults.redacted("id 003199001234, năm 2025") == "id …234, năm 2025"


def test_a_finding_for_people_says_where_what_stands_there_and_what_to_do(capsys):
    from orchestration.cli.output import say_finding

    finding = {"rule": "B03-ID-SHAPE", "severity": "error", "sheet": "B03", "cell": "C7", "value": "…890"}
    say_finding({**finding, "message": "sai", "expected": "12 chữ số", "fix": "nhập lại"})
    say_finding({**finding, "value": None, "message": "sai", "expected": None, "fix": None})
    assert capsys.readouterr().out.splitlines() == [
        "  B03!C7 · Phải sửa · sai [B03-ID-SHAPE]",
        "      Đang ghi: …890",
        "      Cần: 12 chữ số",
        "      Cách sửa: nhập lại",
        "  B03!C7 · Phải sửa · sai [B03-ID-SHAPE]",
    ]


def test_a_name_nobody_knows_is_proposed_confirmed_and_taken_back(home: Path):
    asked = ("name", "propose", "So Noi vu", "--on", "2025-11-20", "--home", home)
    first = nhantai(*asked, "--json")
    shown = json.loads(first.stdout)
    assert (first.returncode, shown["agency_code"], shown["kind"]) == (1, None, "unknown")
    assert shown["nearest"][0]["agency_code"] == "SNV"
    act = ("So Noi vu", "--agency", "SNV", "--by", "Nguyễn Thử", "--reason", "gõ không dấu", "--home", home)
    assert nhantai("name", "confirm", *act).returncode == 0
    assert nhantai(*asked).returncode == 0
    (row,) = json.loads(nhantai("name", "list", "--home", home, "--json").stdout)
    assert (row["agency_code"], row["reviewed_by"], row["note"]) == ("SNV", "Nguyễn Thử", "gõ không dấu")
    assert nhantai("name", "withdraw", *act).returncode == 0
    assert nhantai(*asked).returncode == 1
    assert nhantai("name", "withdraw", *act).returncode == 2
