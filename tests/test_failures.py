"""What the user is told of what could not be finished."""

from __future__ import annotations

import errno
import os
import re
from concurrent.futures import BrokenExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from publisher import output
from publisher.failures import Unfinished, explanation, telling


@pytest.mark.parametrize("code", sorted(errno.errorcode), ids=errno.errorcode.get)
def test_what_the_system_refuses_is_said_without_its_english(code: int) -> None:
    said = explanation(OSError(code, os.strerror(code), "build/x"))
    assert said.startswith("无法完成：build/x：")
    assert re.findall("[A-Za-z]{3,}", said.replace("build/x", "")) == []
    assert said.count("。") == 2


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (errno.EIO, "读写出错"),
        (errno.EEXIST, "已经有同名的文件或文件夹"),
        (errno.EISDIR, "是文件夹，不是文件"),
        (errno.ENAMETOOLONG, "名称太长"),
        (errno.EROFS, "磁盘是只读的"),
        (errno.EDQUOT, "磁盘配额已用完"),
        (errno.ENOSPC, "磁盘已满"),
    ],
)
def test_it_says_why(code: int, why: str) -> None:
    assert why in explanation(OSError(code, "x", "build"))


@pytest.mark.parametrize(
    "error", [BrokenExecutor(), BrokenProcessPool("A process …"), MemoryError()]
)
def test_a_lack_of_memory_is_no_fault_of_the_program(error: Exception) -> None:
    assert "内存不足" in explanation(error)
    assert "程序内部错误" not in explanation(error)


def test_a_fault_of_the_program_is_told_as_that() -> None:
    assert "程序内部错误（KeyError: 'x'）" in explanation(KeyError("x"))


def ended(old: Path, *, new: bool = False, aside: str = "") -> str:
    """What is said where a folder was written and something failed after it."""

    def fail() -> None:
        with telling([old, old.with_name("other")]):
            if new:
                output.write_folder(old, output.sealed({"a": b"new"}, {"slug": "x"}))
            if aside:
                (old.parent / aside).mkdir(parents=True)
                old.rename(old.parent / aside / old.name)
            raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(Unfinished) as raised:
        fail()
    return explanation(raised.value)


def test_what_stands_there_is_told_as_the_disk_has_it(tmp_path: Path) -> None:
    target = tmp_path / "x"
    assert ended(target).endswith("没有写下文件。")
    assert ended(target, new=True).endswith(f"已经写好：{target}。")
    assert ended(target).endswith("原有的文件保持不变。")
    output.write_folder(tmp_path / "other", output.sealed({}, {"slug": "other"}))
    output.write_folder(target, output.sealed({"a": b"old"}, {"slug": "x"}))
    assert ended(target, new=True).endswith(f"已经写好：{target}。其余文件保持不变。")
    told = f"暂时不在原处，下次运行时恢复：{target}。其余文件保持不变。"
    assert ended(target, aside=".publisher/old").endswith(told)


def test_what_somebody_took_away_is_not_said_to_come_back(tmp_path: Path) -> None:
    target = tmp_path / "x"
    output.write_folder(target, output.sealed({}, {"slug": "x"}))
    assert ended(target, aside="elsewhere").endswith(f"已不在原处，原因不明：{target}。")


def test_that_nobody_reads_on_is_no_failure(tmp_path: Path) -> None:
    with pytest.raises(BrokenPipeError), telling([tmp_path]):
        raise BrokenPipeError


def test_what_cannot_be_known_is_not_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path) -> str:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(output, "seal", broken)
    said = ended(tmp_path / "x")
    assert f"无法确认是否已换成新的：{tmp_path / 'x'}" in said
    assert "保持不变" not in said


def test_wrong_usage_passes_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(LookupError), telling([tmp_path], (LookupError,)):
        raise LookupError
