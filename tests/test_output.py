"""What is in the build folder is whole: the last build or the new one, whatever goes wrong."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import CASE, STOCK, write
from publisher import builds, output

OLD = {"a.txt": b"old", "sub/b.txt": b"old b"}
NEW = {"a.txt": b"new", "sub/c.txt": b"new c"}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_written_folder_holds_just_the_new_files(tmp_path: Path) -> None:
    output.write_folder(tmp_path / "x", OLD)
    output.write_folder(tmp_path / "x", NEW)
    assert contents(tmp_path / "x") == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


class FailAt:
    """Lets a system call fail the n-th time that it or another of its kind is used."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, n: int) -> None:
        self.left = n
        self.failed = False
        for owner, name in (
            (os, "fsync"),
            (os, "open"),
            (Path, "open"),
            (Path, "mkdir"),
            (Path, "rename"),
            (Path, "replace"),
            (output, "_exchange"),
        ):
            monkeypatch.setattr(owner, name, self.wrapped(getattr(owner, name)))

    def wrapped(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def fails_in_turn(*arguments: Any, **named: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                self.failed = True
                raise OSError(errno.ENOSPC, "No space left on device", "disk")
            return call(*arguments, **named)

        return fails_in_turn


@pytest.mark.parametrize("before", [None, OLD], ids=["first build", "later build"])
def test_when_any_step_fails_the_folder_is_the_old_one_or_the_new_one(
    tmp_path: Path, before: dict[str, bytes] | None
) -> None:
    target = tmp_path / "x"
    failures = 0
    for step in range(1, 100):
        shutil.rmtree(target, ignore_errors=True)
        if before:
            output.write_folder(target, before)
        with pytest.MonkeyPatch.context() as monkeypatch:
            failing = FailAt(monkeypatch, step)
            try:
                output.write_folder(target, NEW)
            except OSError:
                failures += 1
        assert contents(target) in (before or {}, NEW)
        if not failing.failed:
            break
    assert failures >= 8
    assert contents(target) == NEW


def test_where_names_cannot_be_exchanged_the_folder_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "_exchange", lambda one, other: False)
    output.write_folder(tmp_path / "x", OLD)
    output.write_folder(tmp_path / "x", NEW)
    assert contents(tmp_path / "x") == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    (tmp_path / ".publisher/new/x/half").mkdir(parents=True)
    with output.locked(tmp_path):
        assert sorted(path.name for path in tmp_path.iterdir()) == [".lock"]


def test_a_manifest_tells_size_and_hash_of_each_file_and_whether_all_are_there(
    tmp_path: Path,
) -> None:
    output.write_folder(tmp_path / "x", output.sealed(OLD, {"title": "标题"}))
    manifest = output.read_manifest(tmp_path / "x")
    assert manifest is not None
    assert manifest["title"] == "标题"
    assert manifest["files"]["a.txt"] == {"bytes": 3, "sha256": output.digest(b"old")}
    assert output.is_whole(tmp_path / "x", manifest)
    (tmp_path / "x" / "a.txt").write_bytes(b"touched")
    assert not output.is_whole(tmp_path / "x", manifest)


@pytest.mark.parametrize("damage", ["", "[]", "{", "\x00"])
def test_a_damaged_manifest_is_as_good_as_none(tmp_path: Path, damage: str) -> None:
    (tmp_path / output.MANIFEST).write_text(damage)
    manifest = output.read_manifest(tmp_path)
    assert manifest is None or not output.is_whole(tmp_path, manifest)


def test_a_file_with_the_same_bytes_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "index.html"
    output.write_file(target, b"x")
    before = target.stat().st_mtime_ns
    output.write_file(target, b"x")
    assert target.stat().st_mtime_ns == before
    output.write_file(target, b"y")
    assert target.read_bytes() == b"y"
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_several_files_are_on_the_disk_before_one_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = {tmp_path / "a.md": b"new", tmp_path / "b.md": b"new"}
    for path in written:
        path.write_bytes(b"old")
    synced = iter((None, OSError(errno.ENOSPC, "No space left on device")))

    def sync(descriptor: int) -> None:
        if (error := next(synced)) is not None:
            raise error

    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(OSError, match="No space"):
        output.write_files(written)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.md": b"old",
        "b.md": b"old",
    }


def test_what_a_killed_run_began_is_no_content_and_goes(tmp_path: Path) -> None:
    write(tmp_path, STOCK)
    before = builds.content_of(tmp_path, CASE)
    begun = tmp_path / CASE / ".publisher-plan.md"
    begun.write_bytes(b"# \xe6\xb8")
    assert builds.content_of(tmp_path, CASE) == before
    with output.alone(tmp_path / CASE):
        assert not begun.exists()
