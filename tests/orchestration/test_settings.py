"""Where the home is, and which homes are refused."""

import subprocess
from pathlib import Path

import pytest

from expectations.errors import OperatorError
from orchestration.settings import Settings, environment, load


def test_the_option_comes_before_the_environment(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("NHANTAI_HOME", str(tmp_path / "env"))
    assert load().place().root == tmp_path / "env"
    assert load(tmp_path / "option").place().root == tmp_path / "option"


def test_the_default_home_is_home_here(monkeypatch, tmp_path: Path):
    monkeypatch.delenv("NHANTAI_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert load().place().root == tmp_path / "home"


def test_a_home_in_a_git_checkout_is_refused_unless_it_is_a_sample(tmp_path: Path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    home = tmp_path / "home"
    home.mkdir()
    with pytest.raises(OperatorError, match="git checkout"):
        Settings(home=home).working_home()
    (home / "sample.json").write_text("{}")
    assert Settings(home=home).working_home().root == home


def test_a_home_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(OperatorError, match="no home at"):
        Settings(home=tmp_path / "nowhere").working_home()


def test_the_environment_of_a_tool_is_put_back(monkeypatch):
    import os

    monkeypatch.setenv("NHANTAI_WAREHOUSE", "before")
    with environment(NHANTAI_WAREHOUSE="during", NHANTAI_NEXT=Path("x")):
        assert os.environ["NHANTAI_WAREHOUSE"] == "during" and os.environ["NHANTAI_NEXT"] == "x"
    assert os.environ["NHANTAI_WAREHOUSE"] == "before" and "NHANTAI_NEXT" not in os.environ
