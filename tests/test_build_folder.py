"""What stands where files are to go is replaced only if this program made it."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from conftest import CASE, FRONT, STOCK, front, write
from faults.scenarios import IMPORTED, Ran, State, content, from_memory, run, state
from publisher import cli, output

SECRET = FRONT.replace("文种", "密级: 机密★1年\n份号: '000001'\n文种")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with the content of two documents."""
    content(tmp_path, "排查问题")
    return tmp_path


def publish(root: Path, *more: str) -> Ran:
    return run(root, ("publish", *more))


# -- the content ------------------------------------------------------------------------

OVERLAPPING = ("content", ".", "content/case", "content/case/build", "./content/../content", "link")


@pytest.mark.parametrize("build", OVERLAPPING)
@pytest.mark.parametrize(
    "command",
    ["publish", "serve", "diff before", "archive", f"import {IMPORTED}", "take-back a.docx"],
)
def test_files_are_not_made_in_above_or_in_place_of_the_content(
    root: Path, build: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(root / "content", root / "before")
    (root / "link").symlink_to("content")
    before = state(root)
    arguments = [str(root / one) if one == "before" else one for one in command.split()]
    folders = ["--content", str(root / "content"), "--build", str(root / build)]
    with from_memory():
        assert cli.run([*arguments, *folders]) == cli.WRONG_USAGE
    assert "会覆盖原稿。请用 --build 另指定一个文件夹" in capsys.readouterr().err
    assert state(root) == before


def test_nor_in_a_version_that_is_compared(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(root / "content", root / "before")
    folders = ["--content", str(root / "content"), "--build", str(root / "before")]
    with from_memory():
        assert cli.run(["diff", str(root / "before"), *folders]) == cli.WRONG_USAGE
    assert "before 重叠" in capsys.readouterr().err
    assert not (root / "before/diff").exists()


# -- what others put there --------------------------------------------------------------


def _folder(target: Path) -> None:
    write(target, {"my-work.docx": "precious"})


def _with_manifest_of_others(target: Path) -> None:
    write(target, {"manifest.json": '{"name": "an app", "icons": []}', "app.js": ""})


def _link(target: Path) -> None:
    (target.parent.parent / "www").mkdir()
    target.symlink_to("../www")


def _file(target: Path) -> None:
    target.write_text("precious")


def _fifo(target: Path) -> None:
    os.mkfifo(target)


IN_THE_WAY = {
    "a folder": (_folder, "里有不是 publisher 为它生成的文件"),
    "another program's manifest": (_with_manifest_of_others, "里有不是 publisher 为它生成的文件"),
    "a link": (_link, "是一个链接"),
    "a file": (_file, "是一个文件"),
    "a pipe": (_fifo, "是一个文件"),
}


@pytest.mark.parametrize(("make", "said"), IN_THE_WAY.values(), ids=IN_THE_WAY)
def test_what_stands_in_the_way_is_named_and_kept(root: Path, make: object, said: str) -> None:
    target = root / "build" / CASE
    target.parent.mkdir()
    assert callable(make)
    make(target)
    before = state(root / "build")
    ran = publish(root)
    assert ran.code == cli.UNFINISHED
    assert f"{target} {said}，没有动它。请先把它移走或改名" in ran.said
    assert os.path.lexists(target)
    assert {**state(root / "build"), ".lock": b""} == {**before, ".lock": b""}


def test_an_empty_folder_is_in_nobodys_way(root: Path) -> None:
    (root / "build" / CASE).mkdir(parents=True)
    assert publish(root).code == cli.CLEAN


@pytest.mark.parametrize("words", ["<h1>my own</h1>", ""])
def test_an_overview_of_somebody_else_is_kept(root: Path, words: str) -> None:
    write(root / "build", {"index.html": words})
    ran = publish(root)
    assert ran.code == cli.UNFINISHED
    assert "index.html 不是 publisher 生成的，没有动它" in ran.said
    assert (root / "build/index.html").read_text() == words


def test_an_overview_that_is_a_link_is_kept(root: Path) -> None:
    write(root, {"www/index.html": "my own", "build/keep": ""})
    (root / "build/index.html").symlink_to("../www/index.html")
    assert publish(root).code == cli.UNFINISHED
    assert (root / "www/index.html").read_text() == "my own"


def test_a_build_of_an_earlier_version_is_replaced(root: Path) -> None:
    about = {"slug": CASE, "title": "标题", "content": "", "told": {}, "inputs": {}}
    files = output.sealed({"document.txt": b"old", "findings.json": b"[]"}, about)
    output.write_folder(root / "build" / CASE, files)
    assert publish(root).code == cli.CLEAN
    assert (root / "build" / CASE / "document.txt").read_bytes() != b"old"


DAMAGED: dict[str, dict[str, Any]] = {
    "no title": {"title": None},
    "nothing told": {"told": [1]},
    "no rules": {"broken": {"document.pdf": 1}},
    "no inputs": {"inputs": 3},
    "deep inputs": {"inputs": json.loads("[" * 900 + "]" * 900)},
    "no files": {"files": {}},
    "a file of which nothing is said": {"files": {"document.txt": None}},
    "a name that none can be": {"files": {"a\0": {"bytes": 1, "sha256": ""}}},
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_build_whose_manifest_is_damaged_is_made_anew(root: Path, damage: dict[str, Any]) -> None:
    assert publish(root).code == cli.CLEAN
    file = root / "build" / CASE / output.MANIFEST
    whole = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**whole, **damage}), "utf-8")
    assert publish(root).code == cli.CLEAN
    assert json.loads(file.read_text("utf-8")) == whole


def test_a_build_whose_manifest_cannot_be_read_is_told(root: Path) -> None:
    assert publish(root).code == cli.CLEAN
    file = root / "build" / CASE / output.MANIFEST
    whole = json.loads(file.read_text("utf-8"))
    for damaged in ("[" * 99_999, "{", "\udc00", json.dumps({**whole, "title": "\ud800"})):
        file.write_bytes(damaged.encode("utf-8", "surrogatepass"))
        ran = publish(root)
        assert ran.code == cli.UNFINISHED
        assert "里有不是 publisher 为它生成的文件，没有动它" in ran.said


@pytest.mark.parametrize("name", ["changes.json", f"{CASE}/changes.json"])
def test_a_comparison_of_an_earlier_version_is_replaced(root: Path, name: str) -> None:
    target = root / f"build/diff/{root.name}-before..worktree"
    shutil.copytree(root / "content", root / "before")
    content(root, "查清问题")
    write(target, {name: "{}", "redline.docx": "old"})
    assert run(root, ("diff", "before")).code == cli.CLEAN
    assert not (target / "redline.docx").exists()
    assert output.read_manifest(target) is not None


def test_a_folder_of_somebody_else_is_kept_where_a_comparison_is_to_go(root: Path) -> None:
    target = root / f"build/diff/{root.name}-before..worktree"
    shutil.copytree(root / "content", root / "before")
    content(root, "查清问题")
    write(target, {"notes.txt": "precious"})
    ran = run(root, ("diff", "before"))
    assert ran.code == cli.UNFINISHED
    assert f"{target} 里有不是 publisher 为它生成的文件" in ran.said
    assert state(target) == {"notes.txt": b"precious"}


# -- names ------------------------------------------------------------------------------

RESERVED = ("diff", "public", "archive", "site", "office", "take-back", "import")


@pytest.mark.parametrize("name", RESERVED)
def test_no_document_is_begun_under_a_name_of_the_program(root: Path, name: str) -> None:
    ran = run(root, ("new", name))
    assert ran.code == cli.WRONG_USAGE
    assert f"名称“{name}”由程序自己使用，请换一个名称" in ran.said
    assert not (root / "content" / name).exists()


@pytest.mark.parametrize("name", [*RESERVED, "Diff", "index.html", ".lock", ".new-x", ".hidden"])
def test_none_is_checked_or_published_under_one(root: Path, name: str) -> None:
    (root / "content" / CASE).rename(root / "content" / name)
    for command in ("check", "publish"):
        ran = run(root, (command, name))
        assert ran.code == cli.STOPPED
        assert "[unusable_name]" in ran.said
        assert f"不能叫“{name}”" in ran.said
    assert not (root / "build" / name / "document.txt").exists()


def test_comparisons_stay_when_documents_are_published(root: Path) -> None:
    shutil.copytree(root / "content", root / "before")
    content(root, "查清问题")
    run(root, ("diff", "before"))
    before = state(root / "build/diff")
    assert before
    (root / "content" / CASE).rename(root / "content/diff")
    publish(root)
    assert state(root / "build/diff") == before


# -- what a run that was killed left ----------------------------------------------------


@pytest.mark.parametrize("aside", [".publisher/old/case", ".new-old-case"])
def test_what_was_set_aside_is_put_back_whatever_the_content_is_now(root: Path, aside: str) -> None:
    assert publish(root).code == cli.CLEAN
    before = state(root / "build" / CASE)
    (root / "build" / aside).parent.mkdir(parents=True, exist_ok=True)
    (root / "build" / CASE).rename(root / "build" / aside)
    write(root / "content", {f"{CASE}/document.md": "坏了"})
    ran = publish(root)
    assert ran.code == cli.STOPPED
    assert "case 未生成，上一次生成的文件保持不变" in ran.said
    assert state(root / "build" / CASE) == before
    assert not (root / "build" / aside).exists()


def test_a_half_of_a_document_with_such_a_name_is_not_taken_for_another(root: Path) -> None:
    half = output.sealed({"document.txt": b"half"}, {"slug": "old-case"})
    write(root / "build/.new-old-case", half)
    write(root / "content", {f"{CASE}/document.md": "坏了"})
    publish(root)
    assert not (root / "build" / CASE).exists()
    assert not (root / "build/.new-old-case").exists()


def test_what_was_left_is_removed_whatever_it_is(root: Path) -> None:
    write(root / "build", {".publisher/new/case/half": "", ".publisher/new/x": ""})
    (root / "build/.publisher/new/other").symlink_to("../../../content")
    assert publish(root).code == cli.CLEAN
    assert [
        one.name for one in (root / "build").glob(".*") if not one.name.startswith(".archive")
    ] == [".lock"]
    assert (root / "content").is_dir()


def test_a_file_of_another_program_that_is_named_like_our_lock_keeps_its_words(root: Path) -> None:
    write(root / "build", {".lock": "mine"})
    assert publish(root).code == cli.CLEAN
    assert (root / "build/.lock").read_text() == "mine"


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOTSUP])
def test_a_disk_whose_folders_cannot_be_synchronised_or_locked_serves(
    root: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    synchronise = os.fsync

    def of_files(descriptor: int) -> None:
        if Path(f"/proc/self/fd/{descriptor}").resolve().is_dir():
            raise OSError(code, os.strerror(code))
        synchronise(descriptor)

    def cannot(descriptor: int, how: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", of_files)
    monkeypatch.setattr("fcntl.flock", cannot)
    assert publish(root).code == cli.CLEAN


# -- what is classified -----------------------------------------------------------------


def modes(folder: Path) -> set[int]:
    return {path.stat().st_mode & 0o777 for path in [folder, *folder.rglob("*")]}


def test_files_of_a_classified_document_are_its_owners_alone(root: Path) -> None:
    write(root / "content", {f"{CASE}/document.md": front(SECRET)})
    ran = publish(root)
    assert modes(root / "build" / CASE) == {0o700, 0o600}
    assert modes(root / "build/other") == {0o755, 0o644}
    assert "密级：机密★1年。文件只有您本人可以读取；没有生成网页" in ran.said
    # The overview has its title and what was found in it.
    assert (root / "build/index.html").stat().st_mode & 0o777 == 0o600
    again = publish(root)
    assert "case 没有变化" in again.said
    assert "密级：机密★1年" in again.said


def test_when_it_is_classified_no_more_others_may_read_it(root: Path) -> None:
    write(root / "content", {f"{CASE}/document.md": front(SECRET)})
    publish(root)
    write(root / "content", {f"{CASE}/document.md": front()})
    ran = publish(root)
    assert modes(root / "build" / CASE) == {0o755, 0o644}
    assert (root / "build/index.html").stat().st_mode & 0o777 == 0o644
    assert "密级" not in ran.said


def test_when_it_becomes_classified_nobody_else_can_read_what_was_public(root: Path) -> None:
    publish(root)
    write(root / "content", {f"{CASE}/document.md": front(SECRET)})
    publish(root)
    assert modes(root / "build" / CASE) == {0o700, 0o600}


def test_so_is_a_comparison_in_which_any_version_is_classified(root: Path) -> None:
    write(root / "content", {f"{CASE}/document.md": front(SECRET)})
    shutil.copytree(root / "content", root / "before")
    write(root / "content", {f"{CASE}/document.md": front()})
    assert run(root, ("diff", "before")).code == cli.CLEAN
    (folder,) = (root / "build/diff").glob("*..worktree")
    assert modes(folder) == {0o700, 0o600}


def test_where_a_disk_knows_no_owners_it_is_not_said_that_it_does(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "is_private", lambda path: False)
    write(root / "content", {f"{CASE}/document.md": front(SECRET)})
    assert "中的文件别人也能读取" in publish(root).said


# -- sources ----------------------------------------------------------------------------


def test_an_acceptance_is_written_through_a_link_and_keeps_the_permissions(root: Path) -> None:
    write(
        root / "content",
        {f"{CASE}/plan.md": "# 清理岸线\n\n文,字。\n", f"{CASE}/mine": "接受: []\n"},
    )
    mine = root / "content" / CASE / "mine"
    mine.chmod(0o640)
    (mine.parent / "accepted.yaml").symlink_to("mine")
    assert run(root, ("accept", f"content/{CASE}/plan.md:3", "--reason", "原文")).code == cli.CLEAN
    assert (mine.parent / "accepted.yaml").is_symlink()
    assert "原文" in mine.read_text("utf-8")
    assert mine.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["document.pdf", "报告.docx", "x"])
def test_a_report_is_not_written_over_a_document(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(b"precious")
    (tmp_path / "other.pdf").write_bytes(b"%PDF")
    arguments = ["inspect", "--html", str(tmp_path / name), str(tmp_path / "other.pdf")]
    assert cli.run(arguments) == cli.WRONG_USAGE
    assert "--html 后面应是网页文件名" in capsys.readouterr().err
    assert (tmp_path / name).read_bytes() == b"precious"


def test_files_of_somebody_that_are_named_like_our_own_once_were_stay(root: Path) -> None:
    mine = {".new-ideas/x": "mine", ".old-backup/y": "mine", ".old-n.txt": "", ".new-a.docx": ""}
    write(root / "build", mine)
    assert publish(root).code == cli.CLEAN
    assert state(root / "build").keys() >= mine.keys()


def test_documents_whose_names_differ_in_case_do_not_replace_one_another(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disk that ignores case."""
    publish(root)
    (root / "content" / CASE).rename(root / "content/Case")
    (root / "build/Case").symlink_to(CASE)
    monkeypatch.setattr(Path, "is_symlink", lambda path: False)
    ran = publish(root, "Case")
    assert ran.code == cli.UNFINISHED
    assert "里有不是 publisher 为它生成的文件" in ran.said


@pytest.mark.parametrize("name", ["\udcff", "a\nb", "a\u202eb"], ids=ascii)
def test_a_name_that_cannot_be_shown_is_a_finding(root: Path, name: str) -> None:
    (root / "content" / CASE).rename(root / "content" / name)
    ran = publish(root)
    assert ran.code == cli.STOPPED
    assert "[unusable_name]" in ran.said
    assert "other 已生成" in ran.said


def test_a_file_whose_name_is_no_text_keeps_nothing_back(root: Path) -> None:
    write(root / "content" / CASE, {"\udcb8.txt": "", "\udcb8.md": ""})
    assert publish(root).code == cli.CLEAN


def test_what_was_public_and_is_classified_by_now_is_told(root: Path) -> None:
    publish(root)
    bad = SECRET.replace("2030-03-01", "2030-13-41")
    write(root / "content", {f"{CASE}/document.md": front(bad)})
    ran = publish(root)
    assert ran.code == cli.STOPPED
    assert "中的文件别人也能读取，请移到只有您能打开的地方" in ran.said


def test_who_may_read_is_mended(root: Path) -> None:
    write(root / "content", {f"{CASE}/document.md": front(SECRET)})
    publish(root)
    (root / "build" / CASE / "document.txt").chmod(0o644)
    assert "文件只有您本人可以读取" in publish(root).said
    assert modes(root / "build" / CASE) == {0o700, 0o600}


def test_a_comparison_of_files_alone_is_private(root: Path) -> None:
    shutil.copytree(root / "content", root / "before")
    content(root, "查清问题")
    with from_memory():
        files = [str(root / one / CASE / "plan.md") for one in ("before", "content")]
        folders = ["--content", str(root / "content"), "--build", str(root / "build")]
        assert cli.run(["diff", *files, *folders]) == cli.CLEAN
    (folder,) = (root / "build/diff").glob("*..*")
    assert modes(folder) == {0o700, 0o600}


@pytest.mark.parametrize("reason", ["第一行\n第二行", "长" * 501, "\x1b[2J"], ids=["a", "b", "c"])
def test_a_reason_that_cannot_be_written_is_refused_before(root: Path, reason: str) -> None:
    write(root / "content", {f"{CASE}/plan.md": "# 清理岸线\n\n文,字。\n"})
    before = state(root)
    ran = run(root, ("accept", f"content/{CASE}/plan.md:3", "--reason", reason))
    assert ran.code == cli.WRONG_USAGE
    assert "理由请写成一行" in ran.said
    assert state(root) == before


@pytest.mark.parametrize("text", ["# 张三\n", "# 张三\n接受:\n", "接受: null # 张三\n"])
def test_comments_stay_when_something_is_accepted(root: Path, text: str) -> None:
    plan = "# 清理岸线\n\n文,字。\n"
    write(root / "content", {f"{CASE}/plan.md": plan, f"{CASE}/accepted.yaml": text})
    place = f"content/{CASE}/plan.md:3"
    assert run(root, ("accept", place, "--reason", "原文")).code == cli.CLEAN
    assert "# 张三" in (root / "content" / CASE / "accepted.yaml").read_text("utf-8")


def test_a_report_replaces_no_page_of_somebody_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"mine.html": "my own page", "a.pdf": "%PDF"})
    page = tmp_path / "mine.html"
    arguments = ["inspect", "--html", str(page), str(tmp_path / "a.pdf")]
    assert cli.run(arguments) == cli.UNFINISHED
    assert "不是 publisher 生成的" in capsys.readouterr().err
    assert page.read_text() == "my own page"


def test_no_document_is_begun_through_a_link(root: Path) -> None:
    write(root, {"outside/x": ""})
    (root / "content/fresh").symlink_to("../outside")
    assert run(root, ("new", "fresh")).code == cli.WRONG_USAGE
    assert [one.name for one in (root / "outside").iterdir()] == ["x"]


def test_the_stock_is_what_it_was(root: Path) -> None:
    """What is published here is what the other tests publish."""
    files: State = state(root / "content" / CASE)
    assert {f"{CASE}/{name}" for name in files} == {name for name in STOCK if "/" in name}
