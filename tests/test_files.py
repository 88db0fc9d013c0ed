"""What a user names is read where it is a regular file of a size that can be."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from publisher import files
from publisher.files import Refusal, TooLarge, Unreadable, contents, read_regular
from publisher.inspect import inspect_file


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "公文 \t“1”.pdf").write_bytes(b"words")
    assert contents(tmp_path / "公文 \t“1”.pdf") == b"words"


def test_a_pipe_a_device_and_a_folder_are_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "zero.pdf").symlink_to("/dev/zero")
    (tmp_path / "folder.pdf").mkdir()
    for name in ("pipe.pdf", "zero.pdf", "folder.pdf"):
        with pytest.raises(Unreadable, match="不是普通的文件"):
            contents(tmp_path / name)


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "large.pdf").open("wb") as file:
        file.truncate(5 * 2**30)  # without taking room on the disk
    with pytest.raises(TooLarge, match="200 MB"):
        contents(tmp_path / "large.pdf")
    monkeypatch.setattr(files, "LARGEST", 3)
    (tmp_path / "large.pdf").write_bytes(b"1234")
    with pytest.raises(TooLarge):
        contents(tmp_path / "large.pdf")


def test_one_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        contents(tmp_path / "none.pdf")


@pytest.mark.parametrize("name", ["pipe.pdf", "pipe.docx"])
def test_a_pipe_is_not_measured_and_does_not_hang(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert "不是普通的文件" in inspect_file(tmp_path / name).problem


@pytest.mark.parametrize("code", [errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM])
def test_what_the_system_lacks_is_no_fault_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    path = tmp_path / "document.md"
    path.write_text("正文", "utf-8")

    def refuse(path: Path) -> None:
        raise OSError(code, "x")

    monkeypatch.setattr(files, "open_regular", refuse)
    assert read_regular(path) is Refusal.BUSY
