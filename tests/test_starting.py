"""A bureau's own repository: what it holds, what it leaves alone, and that its content checks."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from publisher import cli, starting
from publisher.readers import read_bureau

TODAY = date(2025, 3, 10)
NAMED = starting.Beginning("2025-first", organ="临江市民政局", code="临民发", site="临江：民政")


def test_it_has_content_and_what_publishes_it(tmp_path: Path) -> None:
    started = starting.start(tmp_path, NAMED, TODAY)
    assert set(started.written) == {
        "content/bureau.yaml",
        "content/2025-first/",
        "README.md",
        "Makefile",
        ".gitignore",
        ".gitattributes",
        ".github/workflows/publish.yml",
        ".gitlab-ci.yml",
        ".workflow/publish.yml",
    }
    bureau, findings = read_bureau(tmp_path / "content")
    assert not findings
    assert (bureau.organs[0].name, bureau.organs[0].code) == ("临江市民政局", "临民发")
    assert bureau.site.name == "临江：民政"


@pytest.mark.parametrize("words", ["甲: 乙", "# 甲", "甲 # 乙", '甲"乙', "{甲}", "<甲&乙>"])
def test_names_are_what_was_said(tmp_path: Path, words: str) -> None:
    begun = starting.Beginning("first", organ=words, site=words)
    starting.start(tmp_path, begun, TODAY)
    bureau, _ = read_bureau(tmp_path / "content")
    assert (bureau.organs[0].name, bureau.site.name) == (words, words)
    assert words in (tmp_path / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    "wheel", ["gongwen-publisher", "./wheels/甲 乙.whl", "https://例.cn/a#b=1"]
)
def test_workflows_install_from_where_was_said(tmp_path: Path, wheel: str) -> None:
    starting.start(tmp_path, starting.Beginning("first", wheel=wheel), TODAY)
    read = YAML(typ="safe").load
    github = read(tmp_path / ".github/workflows/publish.yml")
    assert github["env"]["PUBLISHER_WHEEL"] == wheel
    steps = github["jobs"]["publish"]["steps"]
    assert any("publisher check" in step.get("run", "") for step in steps)
    assert steps[-1]["with"]["path"] == "build/public/"
    gitlab = read(tmp_path / ".gitlab-ci.yml")
    assert gitlab["variables"]["PUBLISHER_WHEEL"] == wheel
    assert gitlab["publish"]["artifacts"]["paths"] == ["build/public/"]
    (stage,) = read(tmp_path / ".workflow/publish.yml")["stages"]
    first, *_ = stage["steps"][0]["commands"]
    shell = f'{first}\nprintf %s "$PUBLISHER_WHEEL"'
    said = subprocess.run(["sh", "-c", shell], capture_output=True, check=True)
    assert said.stdout.decode() == wheel


def test_a_machine_of_gitee_that_cannot_run_it_says_so(tmp_path: Path) -> None:
    starting.start(tmp_path, NAMED, TODAY)
    (stage,) = YAML(typ="safe").load(tmp_path / ".workflow/publish.yml")["stages"]
    asks = [line for line in stage["steps"][0]["commands"] if "||" in line]
    assert len(asks) == 2
    for line in asks:
        ran = subprocess.run(["/bin/sh", "-c", line], env={"PATH": "/nowhere"}, capture_output=True)
        assert ran.returncode == 1
        assert ran.stdout.decode().startswith("这里")


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("我们的", "utf-8")
    (tmp_path / ".gitignore").symlink_to("nowhere")
    started = starting.start(tmp_path, NAMED, TODAY)
    assert set(started.kept) == {"README.md", ".gitignore"}
    assert (tmp_path / "README.md").read_text("utf-8") == "我们的"


def test_a_folder_with_content_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "content").mkdir()
    assert cli.run(["init", str(tmp_path)]) == cli.WRONG_USAGE
    assert "publisher new" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [tmp_path / "content"]


def test_a_file_where_a_folder_is_asked_for_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "公文").touch()
    for command in (
        ["init", str(tmp_path / "公文")],
        ["check", "--content", str(tmp_path / "公文")],
    ):
        assert cli.run(command) == cli.WRONG_USAGE
        assert f"{tmp_path / '公文'} 是一个文件" in capsys.readouterr().err


def test_who_names_no_organ_is_told_where_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["init", "甲 乙"]) == cli.CLEAN
    said = capsys.readouterr().out
    assert "甲 乙/content/bureau.yaml 里填写" in said
    assert "cd '甲 乙'" in said


def test_word_files_show_in_its_diff(tmp_path: Path) -> None:
    started = starting.start(tmp_path, NAMED, TODAY)
    assert started.has_git
    asked = ["git", "-C", str(tmp_path), "config", "diff.publisher.textconv"]
    assert subprocess.run(asked, capture_output=True).stdout == b"publisher textconv\n"
    of_word = ["git", "-C", str(tmp_path), "check-attr", "diff", "a.docx"]
    assert b"publisher" in subprocess.run(of_word, capture_output=True).stdout


def test_its_makefile_runs_the_program(tmp_path: Path) -> None:
    starting.start(tmp_path, NAMED, TODAY)

    def said(*arguments: str) -> list[str]:
        made = ["make", "-n", "-C", str(tmp_path), "--no-print-directory", *arguments]
        done = subprocess.run(made, capture_output=True, text=True, check=True)
        return done.stdout.split()

    assert said("publish") == ["publisher", "publish"]
    assert said("check", "SLUGS=a b") == ["publisher", "check", "a", "b"]
    assert said("diff", "FROM=v1") == ["publisher", "diff", "v1"]


def test_the_first_draft_has_nothing_wrong_but_blanks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    starting.start(tmp_path, NAMED, TODAY)
    assert cli.run(["check", "--json", "--content", str(tmp_path / "content")]) == cli.CLEAN
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {finding["name"] for finding in findings} == {"unfilled_place"}
