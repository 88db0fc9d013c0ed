"""Import, take-back, archive, init and measuring: nothing is written elsewhere, read or told that
is not for it, whatever stands where they read and write."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import CASE, FRONT, tool, write
from faults.scenarios import IMPORTED, OLD_TEXT, RETURNED, Ran, content, put_returned, run, state
from publisher import cli, output
from publisher.archive.handover import SUMS

INTO = ("import", IMPORTED, "--slug", "fresh", "--no-pictures")
BACK = ("take-back", RETURNED, "--write")
INIT = ("init", "library", "--organ", "青岚市水务局", "--code", "", "--site", "")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Content, an old text, and beside it a folder of somebody else's."""
    root = tmp_path / "root"
    root.mkdir()
    content(root, "排查问题")
    (root / IMPORTED).write_text(OLD_TEXT, "utf-8")
    write(tmp_path / "elsewhere", {"mine.md": "我的"})
    return root


@pytest.fixture
def elsewhere(root: Path) -> Path:
    return root.with_name("elsewhere")


@pytest.fixture
def archived(root: Path) -> Path:
    shutil.rmtree(root / "content/other")
    tool("make_archive").archived(root / "content", root / "build", is_whole=True)
    return root


# -- folders of the program's own that lead elsewhere -----------------------------------


@pytest.mark.parametrize(
    ("arguments", "folder"),
    [(INTO, "import"), (BACK, "take-back"), (("diff", "before"), "diff")],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_a_link_in_place_of_a_folder_in_build_is_refused(
    root: Path, elsewhere: Path, arguments: tuple[str, ...], folder: str
) -> None:
    shutil.copytree(root / "content", root / "before")
    put_returned(root, {"印发给你们": "转发给你们"})
    content(root, "查清问题")
    (root / "build").mkdir()
    (root / "build" / folder).symlink_to(elsewhere)
    before = state(root)
    ran = run(root, arguments)
    assert ran.code == cli.UNFINISHED
    assert "是一个链接，没有动它" in ran.said
    assert state(elsewhere) == {"mine.md": "我的".encode()}
    assert state(root) == before


LEADING_OUT = ("public/site", f"public/{CASE}", "public/index.html", ".archive.json")


@pytest.mark.parametrize("name", LEADING_OUT)
def test_a_link_in_the_archive_makes_way(archived: Path, elsewhere: Path, name: str) -> None:
    there = archived / "build" / name
    before = state(archived / "build/public")
    if there.is_dir():
        shutil.rmtree(there)
        there.symlink_to(elsewhere)
    else:
        there.rename(elsewhere / "moved")
        there.symlink_to(elsewhere / "moved")
    (archived / "content/archive.yaml").write_text("名称: 青岚市水务政策库\n", "utf-8")
    held = state(elsewhere)
    ran = run(archived, ("archive",))
    assert state(elsewhere) == held
    if name != ".archive.json":  # without what it says of the folder, that is not known for ours
        assert ran.code == cli.CLEAN, ran.said
        assert state(archived / "build/public").keys() == before.keys()
        assert not any(path.is_symlink() for path in (archived / "build/public").rglob("*"))


def test_a_link_that_was_put_into_the_archive_does_not_go_online(
    archived: Path, elsewhere: Path
) -> None:
    (archived / "build/public/more").symlink_to(elsewhere)
    assert run(archived, ("archive",)).code == cli.CLEAN
    assert not os.path.lexists(archived / "build/public/more")
    assert (elsewhere / "mine.md").exists()


@pytest.mark.parametrize("what", ["link", "pipe"])
def test_what_stands_where_a_zip_is_made_makes_way(
    archived: Path, elsewhere: Path, what: str
) -> None:
    (archived / "build/archive/all.zip").unlink()
    new = archived / "build/archive/.all.zip.new"
    if what == "link":
        new.symlink_to(elsewhere / "all.zip")
    else:
        os.mkfifo(new)
    assert run(archived, ("archive",)).code == cli.CLEAN
    assert (archived / "build/archive/all.zip").is_file()
    assert list(state(elsewhere)) == ["mine.md"]


def test_zips_that_are_left_over_are_removed_and_nothing_else(archived: Path) -> None:
    sums = archived / "build/archive" / SUMS
    left = archived / "build/archive/1999.zip"
    left.write_bytes(b"PK")
    lines = "".join(f"{'0' * 64}  {name}\n" for name in ("1999.zip", "../../content/bureau.yaml"))
    sums.write_text(lines + sums.read_text("utf-8"), "utf-8")
    assert run(archived, ("archive",)).code == cli.CLEAN
    assert not left.exists()
    assert (archived / "content/bureau.yaml").is_file()


@pytest.mark.parametrize(
    "words", ["[]", '{"format": 1, "documents": [], "files": 3}', '{"format": 1}']
)
def test_what_is_known_of_the_archive_may_be_damaged(archived: Path, words: str) -> None:
    before = state(archived / "build/public")
    (archived / "build/.archive.json").write_text(words, "utf-8")
    ran = run(archived, ("archive",))
    assert "程序内部错误" not in ran.said
    if ran.code == cli.CLEAN:
        assert state(archived / "build/public") == before
    else:
        assert "不是 publisher 生成的" in ran.said


def test_a_pipe_in_its_place_is_not_waited_for(archived: Path) -> None:
    (archived / "build/.archive.json").unlink()
    os.mkfifo(archived / "build/.archive.json")
    assert run(archived, ("archive",)).code == cli.UNFINISHED


# -- init -------------------------------------------------------------------------------


def test_init_writes_nothing_through_a_link(root: Path, elsewhere: Path) -> None:
    (root / "library").mkdir()
    (root / "library/.github").symlink_to(elsewhere)
    (root / "library/.workflow").write_text("", "utf-8")
    ran = run(root, INIT)
    assert ran.code == cli.CLEAN
    assert "原有的没有改动：.github/workflows/publish.yml、.workflow/publish.yml" in ran.said
    assert list(state(elsewhere)) == ["mine.md"]


@pytest.mark.parametrize("words", ["青岚\x1b[31m局", "青岚\u202e局", "青岚\n局"])
def test_init_takes_no_name_with_what_cannot_be_seen(root: Path, words: str) -> None:
    ran = run(root, (*INIT[:3], words, *INIT[4:]))
    assert ran.code == cli.WRONG_USAGE
    assert "里有看不见的字符" in ran.said
    assert not (root / "library").exists()


def test_init_that_was_killed_can_begin_again(root: Path) -> None:
    write(root / "library", {"README.md": "我们的", ".publisher/new/content/bureau.yaml": "半"})
    assert run(root, INIT).code == cli.CLEAN
    assert (root / "library/content/bureau.yaml").is_file()
    assert not (root / "library/.publisher").exists()


# -- several files of the content -------------------------------------------------------


@pytest.fixture
def half(root: Path) -> Path:
    """Of two files that a run had decided to write, one is written: there it was killed."""
    folder = root / "content" / CASE
    write(folder, {"document.md": "新", ".publisher-plan.md": "新", ".publisher-.decided": ""})
    return folder


def test_what_a_killed_run_had_decided_on_is_ended_by_the_next(half: Path) -> None:
    output.end_writing(half)
    assert [(half / name).read_text("utf-8") for name in ("document.md", "plan.md")] == ["新"] * 2
    assert not list(half.glob(".*"))


def test_what_it_had_not_decided_on_is_not(half: Path) -> None:
    (half / ".publisher-.decided").unlink()
    output.end_writing(half)
    with output.alone(half):
        pass
    assert (half / "plan.md").read_text("utf-8") != "新"
    assert not list(half.glob(".*"))


def test_take_back_ends_it_before_it_reads(root: Path) -> None:
    shutil.rmtree(root / "content/other")
    put_returned(root, {"印发给你们": "转发给你们", "排查问题": "查清问题"})
    folder = root / "content" / CASE
    plan = (folder / "plan.md").read_text("utf-8").replace("排查问题", "查清问题")
    write(folder, {".publisher-plan.md": plan, ".publisher-.decided": ""})
    run(root, BACK)
    assert "查清问题" in (folder / "plan.md").read_text("utf-8")
    assert not list(folder.glob(".*"))


@pytest.mark.parametrize(
    "arguments",
    [("check",), ("publish",), ("diff", "before"), ("accept", f"content/{CASE}/plan.md:3"), BACK],
    ids=lambda value: value[0],
)
def test_no_command_reads_content_of_which_half_is_written(
    root: Path, arguments: tuple[str, ...]
) -> None:
    shutil.copytree(root / "content", root / "before")
    if arguments == BACK:
        put_returned(root, {"印发给你们": "转发给你们"})
    folder = root / "content" / CASE
    plan = (folder / "plan.md").read_text("utf-8").replace("排查问题", "查清问题")
    write(folder, {".publisher-plan.md": plan, ".publisher-.decided": ""})
    run(root, (*arguments, *(("--reason", "原文如此") if arguments[0] == "accept" else ())))
    assert "查清问题" in (folder / "plan.md").read_text("utf-8")
    assert not list(folder.glob(".*"))


def test_what_cannot_be_ended_is_not_read(half: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*names: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "replace", refused)
    ran = run(half.parents[1], ("check",))
    assert ran.code == cli.UNFINISHED
    assert "只换了一部分" in ran.said
    assert str(half) in ran.said


# -- who may read it --------------------------------------------------------------------


def _classify(root: Path) -> None:
    text = FRONT.replace("文种", "密级: 机密★1年\n份号: '000001'\n文种")
    file = root / "content" / CASE / "document.md"
    file.write_text(file.read_text("utf-8").replace(FRONT, text), "utf-8")


def _of_import(root: Path) -> tuple[Ran, list[Path]]:
    (root / IMPORTED).write_text(f"机密★1年\n\n{OLD_TEXT}", "utf-8")
    return run(root, INTO), [root / "content/fresh", root / "build/import/fresh"]


def _of_take_back(root: Path) -> tuple[Ran, list[Path]]:
    shutil.rmtree(root / "content/other")
    _classify(root)
    put_returned(root, {"印发给你们": "转发给你们"})
    return run(root, BACK), [root / "build/take-back" / CASE, root / f"content/{CASE}/document.md"]


@pytest.mark.parametrize("made", [_of_import, _of_take_back], ids=["import", "take-back"])
def test_what_is_classified_can_be_read_by_its_owner_alone(
    root: Path, made: Callable[[Path], tuple[Ran, list[Path]]]
) -> None:
    before = os.umask(0)
    try:
        ran, places = made(root)
    finally:
        os.umask(before)
    assert ran.code != cli.UNFINISHED, ran.said
    assert [place for place in places if not output.is_private(place)] == []


# -- what is said -----------------------------------------------------------------------


def test_of_a_file_that_cannot_be_read_nothing_is_said_to_be_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.docx").write_bytes(b"")
    assert cli.run(["check", str(tmp_path / "a.docx")]) == cli.UNFINISHED
    said = capsys.readouterr()
    assert "没有发现问题" not in said.out
    assert "读不出文件" in said.err


# -- what cannot be known ---------------------------------------------------------------


@pytest.mark.parametrize("name", [f"build/{CASE}/manifest.json", "content/archive.yaml"])
def test_a_fault_of_the_disk_takes_no_document_off_the_site(
    archived: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(archived / "build/public")
    looked, broken = os.stat, str(archived / name)

    def fails(path: object, *given: object, **named: object) -> os.stat_result:
        if str(path) == broken:
            raise OSError(errno.EIO, os.strerror(errno.EIO), broken)
        return looked(path, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", fails)
    monkeypatch.setattr(os, "lstat", lambda path, **named: fails(path, follow_symlinks=False))
    ran = run(archived, ("archive",))
    monkeypatch.undo()
    assert ran.code == cli.UNFINISHED, ran.said
    assert "读写出错" in ran.said
    assert state(archived / "build/public") == before


# -- what is named and is no file ---------------------------------------------------------


@pytest.mark.parametrize("kind", ["pipe", "folder", "circle", "device", "nowhere"])
@pytest.mark.parametrize(
    "command", [("inspect",), ("style", "learn"), ("take-back",)], ids=" ".join
)
def test_what_is_no_file_is_told_as_that(
    root: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...], kind: str
) -> None:
    named = root / "通知.docx"
    match kind:
        case "pipe":
            os.mkfifo(named)
        case "folder":
            named.mkdir()
        case "nowhere":
            named.symlink_to("没有.docx")
        case _:
            named.symlink_to("/dev/zero" if kind == "device" else named.name)
    commands = [command] if kind == "folder" else [command, ("check",)]  # a document is a folder
    assert {cli.run([*each, str(named)]) for each in commands} == {cli.WRONG_USAGE}
    said = capsys.readouterr().err
    leads_nowhere = kind in ("circle", "nowhere")
    assert f"{named} {'是打不开的链接' if leads_nowhere else '不是普通的文件'}" in said
    assert "找不到" not in said


@pytest.mark.parametrize("option", ["--content", "--build"])
def test_a_folder_that_is_a_link_to_itself_is_told(
    root: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    named = root / "绕圈"
    named.symlink_to(named.name)
    others = [] if option == "--content" else ["--content", str(root / "content")]
    code = cli.run(["publish", option, str(named), *others])
    said = capsys.readouterr()
    assert code in (cli.UNFINISHED, cli.WRONG_USAGE)
    assert "内部错误" not in said.err + said.out
