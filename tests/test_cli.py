"""The command line: what the user reads, and how it ends."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import CASE, FRONT, STOCK, front, tool, write
from publisher import __version__, cli, drafts, failures, output, pipeline, templates
from publisher.fonts import MissingFonts
from publisher.model import Kind
from publisher.readers import read_bureau, read_document


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the stock document."""
    write(tmp_path / "content", STOCK)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_check_of_a_clean_document_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check"]) == cli.CLEAN
    assert capsys.readouterr().out == "检查结果：没有发现问题。\n"


def test_a_finding_names_its_place_what_is_wrong_and_what_to_do(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(place / "content", {f"{CASE}/document.md": front(FRONT.replace("文种", "文钟"))})
    assert cli.run(["check", CASE]) == cli.STOPPED
    said = capsys.readouterr().out
    assert "content/case/document.md:2:1: 错误 [unknown_key] 不认识“文钟”这一项\n" in said
    assert "    → 是否想写“文种”？" in said
    assert "检查结果：错误 2 处。" in said


def test_findings_for_programs_are_json(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(place / "content", {f"{CASE}/tasks.csv": None, f"{CASE}/plan.md": "文,字。\n"})
    assert cli.run(["check", "--json"]) == cli.CLEAN
    said = capsys.readouterr().out
    tool("schemas").FINDINGS.validate_json(said)
    (finding,) = json.loads(said)["findings"]
    assert finding["name"] == "half_width_punctuation"
    assert (finding["file"], finding["line"]) == ("content/case/plan.md", 1)
    assert finding["severity"] == "review"


@pytest.mark.thorough
def test_publish_says_where_the_files_are(place: Path) -> None:
    without_office = {**os.environ, "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-m", "publisher", "publish"],
        capture_output=True,
        text=True,
        env=without_office,
    )
    assert done.returncode == cli.CLEAN, done.stderr
    assert done.stdout.startswith("检查结果：没有发现问题。\ncase 已生成：build/case\n")
    assert "    PDF：必须遵守的条款" in done.stdout
    assert "    Word：" in done.stdout
    assert done.stderr.splitlines() == [
        "case：PDF",
        "case：OFD",
        "case：Word",
        "case：附件表",
        "case：图片和文件",
        "case：对账",
        "case：纯文本",
        "case：已生成",
    ]
    assert (place / "build/case/document.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.thorough
def test_what_cannot_be_published_keeps_the_last_build_and_ends_with_1(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(place / "content", {f"{CASE}/document.md": "正文。\n"})
    about = {"slug": CASE, "title": "标题", "content": ""}
    output.write_folder(place / "build" / CASE, output.sealed({"findings.json": b"[]"}, about))
    assert cli.run(["publish"]) == cli.STOPPED
    assert "case 未生成，上一次生成的文件保持不变：build/case\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "", "build/x"), "无法完成：build/x：磁盘已满。请检查磁盘空间"),
        (PermissionError(errno.EACCES, "", "build"), "无法完成：build：没有权限。"),
        (MissingFonts("没有找到仿宋字体 x，请运行 make fonts"), "请运行 make fonts"),
    ],
)
def test_a_broken_environment_ends_with_2_and_says_what_to_do(
    error: Exception,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*arguments: object) -> None:
        raise error

    monkeypatch.setattr(pipeline, "publish", fail)
    assert cli.run(["publish"]) == cli.UNFINISHED
    assert said in capsys.readouterr().err


def test_a_bug_ends_with_2_and_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError("bug")

    monkeypatch.setattr(pipeline, "check_all", fail)
    assert cli.run(["check"]) == cli.UNFINISHED
    assert "程序内部错误（RuntimeError: bug）" in capsys.readouterr().err
    monkeypatch.setenv(failures.DEBUG, "1")
    cli.run(["check"])
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupted_run_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "check_all", interrupt)
    assert cli.run(["check"]) == cli.UNFINISHED
    assert "已中断" in capsys.readouterr().err


def test_one_that_is_interrupted_while_the_archive_is_written_says_that_it_may_be_half(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "publish", lambda *arguments: [])
    monkeypatch.setattr("publisher.archive.updating.update", interrupt)
    assert cli.run(["publish"]) == cli.UNFINISHED
    said = capsys.readouterr().err
    assert "已中断。公文都已处理完；build/public 也许只换了一部分，再运行一次就补齐" in said


WRONG_USAGE = [
    (["nonsense"], "没有命令 nonsense"),
    (["check", "--nonsense"], "没有选项 --nonsense"),
    (["check", "missing"], "没有公文“missing”"),
    (["check", "--content", "elsewhere"], "elsewhere 中没有公文"),
    (["new"], "缺少名称"),
    (["new", "Bad Name"], "只用小写字母、数字和连字符"),
    (["new", "../up"], "只用小写字母、数字和连字符"),
    (["new", CASE], "已经存在"),
    (["diff", "v1", "--date", "昨天"], "--date 的值不对。修订日期，如 2025-03-01"),
    (["new", "x", "--kind", "诗"], "--kind 的值不对，可用的有：决议、决定"),
    (["new", "x", "y"], "参数太多"),
    (["new", "x", "--like", "诗"], "没有例文“诗”。现有：三年计划、会议纪要、公告、"),
    (["new", "x", "--like", "请示", "--kind", "请示"], "--kind 和 --like 只用一个"),
    (["new", CASE, "--like", "请示"], "已经存在"),
    (["publish", "--build"], "选项 --build 缺少值"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG_USAGE, ids=[w[1] for w in WRONG_USAGE])
def test_wrong_usage_ends_with_3_and_is_said_in_chinese(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(arguments) == cli.WRONG_USAGE
    error = capsys.readouterr().err
    assert error.startswith("用法错误：")
    assert said in error


@pytest.mark.thorough
def test_a_run_that_is_told_to_end_does_so_with_its_workers(place: Path) -> None:
    command = [sys.executable, "-m", "publisher", "publish"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(1.5)
    running.send_signal(signal.SIGTERM)
    _, error = running.communicate(timeout=30)  # a worker that lived on would hold the pipe open
    if running.returncode != cli.CLEAN:  # a fast machine may have finished
        assert running.returncode == cli.UNFINISHED
        assert "已中断" in error


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([]) == cli.WRONG_USAGE
    captured = capsys.readouterr()
    assert "用法：publisher" in captured.out + captured.err


@pytest.mark.parametrize("arguments", [["--help"], ["publish", "--help"], ["new", "--help"]])
def test_help_is_chinese_throughout(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(arguments) == cli.CLEAN
    said = capsys.readouterr().out
    assert said.startswith("用法：")
    for english in ("Usage", "Options", "Commands", "Show this"):
        assert english not in said


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == cli.CLEAN
    assert capsys.readouterr().out == f"{__version__}\n"


@pytest.mark.parametrize("kind", list(Kind), ids=[kind.value for kind in Kind])
def test_a_new_document_of_any_kind_has_no_errors(kind: Kind, place: Path) -> None:
    assert cli.run(["new", "fresh", "--kind", kind.value]) == cli.CLEAN
    content = place / "content"
    bureau, _ = read_bureau(content)
    document, found = read_document(content / "fresh", bureau)
    assert found == []
    assert document is not None
    assert document.kind is kind
    assert cli.run(["check", "fresh"]) == cli.CLEAN


def test_the_first_document_of_a_bureau_comes_with_its_bureau(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["new", "first", "--content", "empty"]) == cli.CLEAN
    assert "已新建 empty/first/document.md 和 empty/bureau.yaml" in capsys.readouterr().out
    assert cli.run(["check", "--content", "empty"]) == cli.CLEAN
    assert "[unfilled_place]" in capsys.readouterr().out
    filled = "发文机关:\n  - 名称: 青岚市水务局\n"
    (place / "empty/bureau.yaml").write_text(filled, "utf-8")
    assert cli.run(["new", "second", "--content", "empty"]) == cli.CLEAN
    assert (place / "empty/bureau.yaml").read_text("utf-8") == filled
    assert "青岚市水务局" in (place / "empty/second/document.md").read_text("utf-8")


def test_a_new_document_like_an_example_is_that_example(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["new", "flood", "--like", "应急预案", "--content", "empty"]) == cli.CLEAN
    said = capsys.readouterr().out
    assert (
        "已照例文“应急预案”新建 empty/flood（document.md、plan.md、report.md、supplies.csv）"
        in said
    )
    assert "和 empty/bureau.yaml" in said
    assert "请逐一改好，再运行 publisher check flood" in said
    example = drafts.gallery() / "应急预案"
    made = {path.name: path.read_bytes() for path in (place / "empty/flood").iterdir()}
    assert made == {path.name: path.read_bytes() for path in example.iterdir()}
    assert cli.run(["check", "flood", "--content", "empty"]) == cli.CLEAN


def test_an_example_leaves_what_is_there(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bureau = (place / "content/bureau.yaml").read_bytes()
    assert cli.run(["new", "flood", "--like", "应急预案"]) == cli.CLEAN
    assert "bureau.yaml" not in capsys.readouterr().out
    assert (place / "content/bureau.yaml").read_bytes() == bureau
    (place / "content/flood/own.md").write_text("自己的", "utf-8")
    (place / "content/flood/document.md").unlink()
    assert cli.run(["new", "flood", "--like", "公告"]) == cli.WRONG_USAGE
    assert (place / "content/flood/own.md").read_text("utf-8") == "自己的"


def test_a_bureau_may_have_examples_of_its_own(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(templates.SHIPPED / "new", place / "own" / "new")
    shutil.rmtree(place / "own/new/gallery/请示")
    (place / "own/new/gallery/公告").rename(place / "own/new/gallery/局公告")
    monkeypatch.setenv("PUBLISHER_TEMPLATES", str(place / "own"))
    assert "局公告" in drafts.examples()
    assert "请示" not in drafts.examples()
    assert cli.run(["new", "x", "--like", "局公告"]) == cli.CLEAN
    shutil.rmtree(place / "own/new/gallery")
    assert "请示" in drafts.examples()
