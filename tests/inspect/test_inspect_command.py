"""`publisher inspect`: what the user reads, and how it ends."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from pages import Notice, notice

from publisher import cli

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("read_here")]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "right.pdf").write_bytes(notice(Notice()))
    (tmp_path / "wrong.pdf").write_bytes(notice(Notice(red_gap=6)))
    (tmp_path / "broken.pdf").write_bytes(b"%PDF")
    (tmp_path / "text.txt").write_text("文字", "utf-8")
    return tmp_path


def test_a_file_in_which_all_that_must_hold_does_ends_with_0(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["inspect", "right.pdf"]) == cli.CLEAN
    assert "必须遵守的条款全部符合" in capsys.readouterr().out


def test_a_broken_rule_ends_with_1_and_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["inspect", "right.pdf", "wrong.pdf"]) == cli.STOPPED
    said = capsys.readouterr().out
    assert "7.2.7 版头分隔线：在发文字号之下，应为 4 mm ± 1 mm，实为 6 mm（第 1 面）" in said


def test_a_file_that_cannot_be_measured_ends_with_2_and_says_why(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["inspect", "broken.pdf"]) == cli.UNFINISHED
    said = capsys.readouterr()
    assert "不能测量：不是完好的 PDF 文件" in said.out
    assert "Traceback" not in said.out + said.err


@pytest.mark.parametrize("file", ["none.pdf", "text.txt"])
def test_a_file_that_is_not_there_or_of_another_kind_ends_with_3(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["inspect", file]) == cli.WRONG_USAGE
    assert file in capsys.readouterr().err


def test_no_file_ends_with_3(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["inspect"]) == cli.WRONG_USAGE
    assert "缺少文件" in capsys.readouterr().err


def test_for_programs_it_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["inspect", "--json", "right.pdf", "broken.pdf"]) == cli.UNFINISHED
    right, broken = json.loads(capsys.readouterr().out)
    assert (right["file"], right["must_rules_hold"]) == ("right.pdf", True)
    assert (broken["file"], broken["must_rules_hold"]) == ("broken.pdf", False)


def test_the_page_is_written_with_pictures(place: Path) -> None:
    assert cli.run(["inspect", "wrong.pdf", "--html", "out.html"]) == cli.STOPPED
    page = (place / "out.html").read_text("utf-8")
    assert page.count("data:image/png;base64,") == 6
    assert "wrong.pdf" in page


def test_a_page_that_cannot_be_written_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["inspect", "right.pdf", "--html", "none/out.html"]) == cli.UNFINISHED
    assert "无法完成" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["[red]x[bold].pdf", "\x1b[31m.pdf", b"\xff\xfe.pdf", "<b>&.pdf", "-x.pdf"]
)
def test_a_file_may_have_any_name(
    name: str | bytes, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = place / os.fsdecode(name)
    file.write_bytes(notice(Notice()))
    assert cli.run(["inspect", str(file), "--html", str(place / "out.html")]) == cli.CLEAN
    said = capsys.readouterr().out
    assert "必须遵守的条款全部符合" in said
    assert "\x1b" not in said
    assert "red" not in str(name) or str(name) in said
    assert "<b>&.pdf" not in (place / "out.html").read_text("utf-8")
