"""`publisher diff` in hostile and damaged repositories: a sentence, and nothing is run."""

from __future__ import annotations

import os
import subprocess
import zlib
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path

import pytest

from conftest import CASE, STOCK, write
from publisher import cli, committed, git, revisions

pytestmark = pytest.mark.thorough

PLAN = f"content/{CASE}/plan.md"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository in the working folder, the stock committed as `v1`."""
    folder = tmp_path / "work"
    write(folder / "content", STOCK)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "柳喆")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "liu@example.cn")
        monkeypatch.setenv(f"GIT_{role}_DATE", "2030-03-01T12:00:00+08:00")
    asked("init", "--quiet")
    asked("add", "content")
    asked("commit", "--quiet", "--message=one")
    asked("tag", "v1")
    write(folder / "content", {f"{CASE}/plan.md": "# 清理岸线\n\n改了。\n"})
    return folder


def asked(*arguments: str, given: bytes = b"") -> str:
    """What git says here, as whoever made the repository runs it."""
    done = subprocess.run(["git", *arguments], input=given, check=True, capture_output=True)
    return done.stdout.decode().strip()


def tree(*entries: tuple[str, bytes, str]) -> str:
    """A tree of entries as they are given: mode, name, hash."""
    data = b"".join(
        mode.encode() + b" " + name + b"\0" + bytes.fromhex(one) for mode, name, one in entries
    )
    return asked("hash-object", "-w", "-t", "tree", "--literally", "--stdin", given=data)


def blob(data: bytes = b"x\n") -> str:
    return asked("hash-object", "-w", "--stdin", given=data)


def tagged(root: str, name: str = "evil") -> None:
    asked("tag", name, asked("commit-tree", root, "-m", "evil"))


def below_content(*entries: tuple[str, bytes, str]) -> str:
    return tree(("40000", b"content", tree(*entries)))


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """The exit code of `publisher diff`, and what it says of what went wrong."""

    def run(*arguments: str) -> tuple[int, str]:
        code = cli.run(["diff", "--json", *arguments])
        told = capsys.readouterr().err
        assert "程序内部错误" not in told
        return code, told

    return run


Said = Callable[..., tuple[int, str]]


# -- names --------------------------------------------------------------------------------

NAMES = {
    "two dots": b"..",
    "a dot": b".",
    "a path of its own": b"../../escaped.md",
    "a path from the root": b"/tmp/escaped.md",
    "git's own folder": b".git",
    "git's own folder in capital letters": b".GIT",
    "a backslash": b"..\\escaped.md",
    "a drive": b"C:escaped.md",
    "a line end": b"a\nb.md",
    "an escape sequence": b"\x1b[2Ja.md",
    "no UTF-8": b"\xb9\xab\xce\xc4.md",
    "too long": b"a" * 300 + b".md",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_could_lead_elsewhere_is_refused(
    place: Path, said: Said, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = place.parent / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    inner = tree(("100644", b"escaped.md", blob()))
    tagged(below_content(("100644", NAMES[name], blob()), ("40000", b"demo", inner)))
    code, told = said("evil")
    assert (code, "版本 evil 里有不能读取的文件名" in told) == (cli.STOPPED, True)
    assert not list(place.parent.rglob("escaped.md"))


@pytest.mark.parametrize("depth", [1, 3])
def test_folders_of_two_dots_write_nothing_outside(place: Path, said: Said, depth: int) -> None:
    inner = tree(("100644", b"escaped.md", blob()))
    for _ in range(depth):
        inner = tree(("40000", b"..", inner))
    tagged(tree(("40000", b"content", inner)))
    assert said("evil")[0] == cli.STOPPED
    assert not list(place.parent.rglob("escaped.md"))


def test_a_file_and_a_folder_of_one_name_are_told(said: Said) -> None:
    inner = tree(("100644", b"b.md", blob()))
    tagged(below_content(("100644", b"a.md", blob()), ("40000", b"a.md", inner)))
    code, told = said("evil")
    assert (code, "同名" in told) == (cli.STOPPED, True)


def test_two_files_of_one_name_are_told(said: Said) -> None:
    tagged(below_content(("100644", b"a.md", blob()), ("100644", b"a.md", blob(b"y\n"))))
    code, told = said("evil")
    assert (code, "同名" in told) == (cli.STOPPED, True)


def test_links_and_submodules_are_no_content(place: Path, said: Said) -> None:
    own = asked("rev-parse", f"v1:content/{CASE}")
    extra = (
        ("120000", b"link.md", blob(b"/etc/passwd")),
        ("160000", b"module.md", "1" * 40),
        ("40000", CASE.encode(), own),
    )
    tagged(below_content(*extra))
    version = revisions.version("evil", Path("content"), place.parent / "out")
    assert [one.name for one in version.content.iterdir()] == [CASE]


# -- how much -----------------------------------------------------------------------------


def test_files_that_are_no_content_are_never_read(place: Path, said: Said) -> None:
    """A picture of any size beside the content does no harm, nor does one that is not there."""
    own, bureau = (asked("rev-parse", f"v1:content/{one}") for one in (CASE, "bureau.yaml"))
    film = ("100644", b"film.mp4", "1" * 40)
    kept = ("100644", b"bureau.yaml", bureau), ("40000", CASE.encode(), own)
    tagged(below_content(film, *kept))
    assert said("evil")[0] == cli.CLEAN


def loose(kind: str, size: int) -> str:
    """An object that says how large it is, and holds nothing."""
    head = f"{kind} {size}\0".encode()
    name = sha1(head).hexdigest()
    file = Path(".git/objects") / name[:2] / name[2:]
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(zlib.compress(head))
    return name


def test_a_file_that_is_too_large_is_told_by_its_name(said: Said) -> None:
    tagged(below_content(("100644", b"large.md", loose("blob", 5_000_000_000))))
    code, told = said("evil")
    assert (code, "content/large.md 太大，超过 64 MB" in told) == (cli.STOPPED, True)


def test_files_that_are_too_large_together_are_told(said: Said) -> None:
    one = loose("blob", 60_000_000)
    tagged(below_content(*(("100644", f"{n}.md".encode(), one) for n in range(9))))
    code, told = said("evil")
    assert (code, "共超过 192 MB" in told) == (cli.STOPPED, True)


def test_trees_that_repeat_one_another_end(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten folders of ten folders of ten …: ten thousand million files of a few objects."""
    monkeypatch.setattr(committed, "_LISTED", 1_000_000)
    inner = tree(*(("100644", f"{n}.md".encode(), blob()) for n in range(10)))
    for _ in range(9):
        inner = tree(*(("40000", str(n).encode(), inner) for n in range(10)))
    tagged(tree(("40000", b"content", inner)))
    code, told = said("evil")
    assert (code, "文件太多" in told) == (cli.STOPPED, True)


def test_a_git_that_hangs_is_ended(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git, "LONGEST", 0.2)
    Path(".git/HEAD").unlink()
    os.mkfifo(".git/HEAD")
    code, told = said("v1")
    assert (code, "没有回答" in told) == (cli.UNFINISHED, True)


# -- what is damaged, or not there --------------------------------------------------------


def remove(name: str) -> None:
    (Path(".git/objects") / name[:2] / name[2:]).unlink()


@pytest.mark.parametrize("what", [f"v1:{PLAN}", f"v1:content/{CASE}", "v1^{tree}", "v1^{commit}"])
def test_an_object_that_is_missing_is_told(said: Said, what: str) -> None:
    remove(asked("rev-parse", what))
    code, told = said("v1")
    assert (code, "git 仓库不完整或已损坏" in told) == (cli.STOPPED, True)


def test_an_object_that_is_damaged_is_told(said: Said) -> None:
    name = asked("rev-parse", f"v1:{PLAN}")
    file = Path(".git/objects") / name[:2] / name[2:]
    file.chmod(0o600)
    file.write_bytes(b"no zlib")
    code, told = said("v1")
    assert (code, "git 仓库不完整或已损坏" in told) == (cli.STOPPED, True)


def test_an_object_that_is_another_than_its_name_says_is_told(said: Said) -> None:
    name = asked("rev-parse", f"v1:{PLAN}")
    file = Path(".git/objects") / name[:2] / name[2:]
    file.chmod(0o600)
    file.write_bytes(zlib.compress(b"blob 10000\0x"))
    assert said("v1")[0] == cli.STOPPED


def test_without_git_that_is_what_is_told(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    code, told = said("v1")
    assert (code, "没有找到 git 程序" in told) == (cli.UNFINISHED, True)


def test_a_repository_without_work_tree_says_so(
    place: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked("clone", "--quiet", "--bare", str(place), str(place.parent / "bare.git"))
    monkeypatch.chdir(place.parent / "bare.git")
    code, told = said("v1")
    assert (code, "没有工作区（bare）" in told) == (cli.WRONG_USAGE, True)


def test_a_repository_of_another_user_says_what_to_do(place: Path, said: Said) -> None:
    if os.geteuid():
        pytest.skip("only root gives a folder to another user")
    for path in (place, place / ".git"):
        os.chown(path, 12345, 12345)
    code, told = said("v1")
    assert (code, "safe.directory" in told) == (cli.WRONG_USAGE, True)


def test_a_configuration_that_cannot_be_read_is_told(said: Said) -> None:
    Path(".git/config").write_text("[core\n")
    code, told = said("v1")
    assert (code, "git 打不开这个仓库（bad config line 1" in told) == (cli.WRONG_USAGE, True)


def test_a_work_tree_elsewhere_is_told(place: Path, said: Said) -> None:
    (place.parent / "elsewhere").mkdir()
    asked("config", "core.worktree", str(place.parent / "elsewhere"))
    code, told = said("v1")
    assert (code, "工作区" in told) == (cli.WRONG_USAGE, True)


def test_the_index_is_never_needed(said: Said) -> None:
    Path(".git/index").write_bytes(b"damaged")
    assert said("v1")[0] == cli.CLEAN


def test_a_tag_of_something_else_is_no_version(said: Said) -> None:
    asked("tag", "text", f"v1:{PLAN}")
    asked("tag", "folder", "v1:content")
    for name in ("text", "folder"):
        code, told = said(name)
        assert (code, "不是一次提交" in told) == (cli.WRONG_USAGE, True)


@pytest.mark.parametrize("name", ["a" * 5000, "HEAD\n", "v1\x07", "\udcff", "：" * 300, ""])
def test_a_name_that_is_none_is_told_on_one_line(said: Said, name: str) -> None:
    code, told = said("--", name)
    assert (code, len(told.splitlines()), len(told) < 400) == (cli.WRONG_USAGE, 2, True)
    assert "\x07" not in told


# -- what is never run --------------------------------------------------------------------

PROGRAMS = (
    "core.fsmonitor",
    "core.sshCommand",
    "core.pager",
    "core.editor",
    "core.askPass",
    "core.gitProxy",
    "core.alternateRefsCommand",
    "diff.external",
    "diff.x.textconv",
    "diff.x.command",
    "filter.x.smudge",
    "gpg.program",
    "gpg.ssh.program",
    "pager.log",
    "pager.rev-list",
    "alias.rev-list",
    "alias.cat-file",
    "credential.helper",
    "remote.origin.uploadpack",
    "uploadpack.packObjectsHook",
)


def test_no_program_of_the_repository_is_run(place: Path, said: Said) -> None:
    mark = place.parent / "was-run"
    program = place.parent / "program"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >>{mark}\nexit 1\n')
    program.chmod(0o755)
    signed = asked("cat-file", "commit", "v1").replace(
        "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n", 1
    )
    asked(
        "tag",
        "signed",
        asked("hash-object", "-w", "-t", "commit", "--stdin", given=signed.encode()),
    )
    for name in PROGRAMS:
        asked("config", name, str(program))
    asked("config", "log.showSignature", "true")
    asked("config", "core.hooksPath", str(place.parent / "hooks"))
    asked("config", "include.path", str(place.parent / "none"))
    for folder in (place.parent / "hooks", Path(".git/hooks")):
        folder.mkdir(exist_ok=True)
        for hook in ("post-checkout", "reference-transaction", "post-index-change", "fsmonitor"):
            (folder / hook).write_bytes(program.read_bytes())
            (folder / hook).chmod(0o755)
    Path(".gitattributes").write_text("* diff=x filter=x\n")
    mark.unlink(missing_ok=True)  # of the git that tagged
    for name in ("signed", "2031-01-01", "HEAD"):
        assert said(name)[0] == cli.CLEAN
    assert not mark.exists()


@pytest.mark.parametrize("address", ["ext::{program} %S", "file://{folder}", "ssh://x@localhost/y"])
def test_what_a_partial_clone_has_not_is_told_and_never_fetched(
    place: Path, said: Said, address: str
) -> None:
    mark = place.parent / "was-run"
    program = place.parent / "program"
    program.write_text(f"#!/bin/sh\necho x >>{mark}\nexit 1\n")
    program.chmod(0o755)
    remove(asked("rev-parse", f"v1:{PLAN}"))
    settings = {
        "core.repositoryformatversion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": address.format(program=program, folder=place.parent / "none"),
        "remote.origin.uploadpack": str(program),
        "protocol.ext.allow": "always",
        "protocol.allow": "always",
        "core.sshCommand": str(program),
    }
    for name, value in settings.items():
        asked("config", name, value)
    code, told = said("v1")
    assert (code, "重新完整克隆" in told) == (cli.STOPPED, True)
    assert not mark.exists()


def test_the_environment_names_no_other_repository(
    place: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = place.parent / "other"
    other.mkdir()
    asked("-C", str(other), "init", "--quiet")
    for name, value in {
        "GIT_DIR": other / ".git",
        "GIT_WORK_TREE": other,
        "GIT_INDEX_FILE": other / "index",
        "GIT_OBJECT_DIRECTORY": other / "objects",
        "GIT_COMMON_DIR": other / ".git",
        "GIT_CONFIG": other / "config",
        "GIT_NAMESPACE": "x",
        "GIT_EXTERNAL_DIFF": "false",
        "GIT_TRACE": "1",
    }.items():
        monkeypatch.setenv(name, str(value))
    assert said("v1")[0] == cli.CLEAN


def test_a_repository_among_the_content_is_not_taken_for_the_one_around_it(
    place: Path, said: Said
) -> None:
    """A clone brings such a folder along; its configuration would be obeyed."""
    asked("init", "--quiet", "--bare", "content/inner")
    (place / "content/inner/config").write_text("[core]\n bare=true\n worktree=/\n")
    code, told = said("v1", "--content", "content/inner")
    assert (code, "没有工作区" in told) == (cli.WRONG_USAGE, True)


# -- who and when -------------------------------------------------------------------------


def commit(author: bytes, extra: bytes = b"") -> str:
    root = asked("rev-parse", "v1^{tree}").encode()
    data = b"tree " + root + b"\nauthor " + author + b"\n"
    data += b"committer A <a@b> 1900000000 +0800\n" + extra + b"\nx\n"
    return asked("hash-object", "-w", "-t", "commit", "--literally", "--stdin", given=data)


AUTHORS = {
    "a zone that is none": (b"A <a@b> 1900000000 +9999", "A"),
    "a time after all calendars": (b"A <a@b> 99999999999999 +0000", "A"),
    "a time that overflows": (b"A <a@b> 99999999999999999999999 +0000", "A"),
    "the last second": (b"A <a@b> 253402300799 -1200", "A"),
    "a time below zero": (b"A <a@b> -1 +0000", "A"),
    "no time": (b"A <a@b>", "A"),
    "no name": (b" <a@b> 1900000000 +0000", None),
    "control characters": (b"A\x1b[2J\x07B <a@b> 1900000000 +0000", "A\ufffd[2J\ufffdB"),
    "no UTF-8": (b"\xff\xfeA <a@b> 1900000000 +0000", "\ufffd\ufffdA"),
    "a long name": (b"A" * 100_000 + b" <a@b> 1900000000 +0000", "A" * 80 + "…"),
    "nothing at all": (b"", None),
}


@pytest.mark.usefixtures("no_processes")
@pytest.mark.parametrize("who", AUTHORS)
def test_an_author_or_date_that_git_cannot_tell_is_none(place: Path, who: str) -> None:
    data, name = AUTHORS[who]
    asked("update-ref", "refs/heads/odd", commit(data))
    version = revisions.version("odd", Path("content"), place.parent / "out")
    assert version.author == name
    assert version.date is None or version.date.year in (1969, 1970, 2030, 9999)
    assert cli.run(["diff", "v1", "odd"]) == cli.CLEAN


def test_a_name_in_another_encoding_is_read(place: Path) -> None:
    asked(
        "update-ref",
        "refs/heads/odd",
        commit("柳".encode("gbk") + b" <a@b> 1 +0000", b"encoding gbk\n"),
    )
    assert revisions.version("odd", Path("content"), place.parent / "out").author == "柳"


# -- other repositories -------------------------------------------------------------------


def test_a_second_work_tree_is_a_repository_too(
    place: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked("worktree", "add", "--quiet", str(place.parent / "second"), "HEAD")
    monkeypatch.chdir(place.parent / "second")
    assert said("v1")[0] == cli.CLEAN


def test_longer_hashes_are_read(place: Path, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    write(place.parent / "other/content", STOCK)
    monkeypatch.chdir(place.parent / "other")
    asked("init", "--quiet", "--object-format=sha256")
    asked("add", "content")
    asked("commit", "--quiet", "--message=one")
    assert said("HEAD")[0] == cli.CLEAN


def test_what_replaces_an_object_is_not_looked_at(place: Path) -> None:
    asked("replace", asked("rev-parse", f"v1:{PLAN}"), blob("替换。\n".encode()))
    version = revisions.version("v1", Path("content"), place.parent / "out")
    assert (version.content / CASE / "plan.md").read_text("utf-8") == STOCK[f"{CASE}/plan.md"]
