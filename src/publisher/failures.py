"""What kept a command from finishing → why, what to do, what became of the files, in Chinese."""

from __future__ import annotations

import errno
import os
import traceback
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from publisher import output
from publisher.diagnostics import BrokenEnvironment
from publisher.terminal import say_text

DEBUG = "PUBLISHER_DEBUG"
"""The environment variable with which an internal error shows its traceback."""


class Unfinished(Exception):
    """A command that ended early, and what then stood where it writes."""

    def __init__(self, cause: BaseException, fate: str) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.fate = fate
        """A sentence in Chinese."""


@contextmanager
def telling(targets: Iterable[Path], expected: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Whatever ends what is done inside is raised as Unfinished, which tells of `targets`.

    What is `expected` passes as it is; so does that nobody reads any more what is said, and what
    was told within already, by who knew the targets better.
    """
    before = {target: _seal(target) for target in targets}
    try:
        yield
    except (BrokenPipeError, Unfinished):
        raise
    except expected:
        raise
    except (Exception, KeyboardInterrupt) as error:
        raise Unfinished(error, _fate(before)) from error


@contextmanager
def saying(fate: str) -> Iterator[None]:
    """The same, where a sentence is true of what is written wherever it ended."""
    try:
        yield
    except (BrokenPipeError, Unfinished):
        raise
    except (Exception, KeyboardInterrupt) as error:
        raise Unfinished(error, fate) from error


def _seal(target: Path) -> str | None:
    """What tells one state of a target from another; None where that cannot be known."""
    try:
        return output.seal(target)
    except OSError:
        return None


class _Fate(Enum):
    """What became of a target; the value is said before its names."""

    UNKNOWN = "无法确认是否已换成新的"
    ASIDE = "暂时不在原处，下次运行时恢复"
    GONE = "已不在原处，原因不明"
    NEW = "已经写好"
    KEPT = "其余文件保持不变"
    NONE = ""
    """There was none, and there is none."""


def _fate_of(target: Path, before: str | None) -> _Fate:
    after = _seal(target)
    if before is None or after is None:
        return _Fate.UNKNOWN
    if after == before:
        return _Fate.KEPT if after else _Fate.NONE
    if after:
        return _Fate.NEW
    return _Fate.ASIDE if output.is_set_aside(target) else _Fate.GONE


def _fate(before: Mapping[Path, str | None]) -> str:
    """What became of each target, as far as the disk tells now."""
    fates = {target: _fate_of(target, seal) for target, seal in before.items()}
    there = set(fates.values()) - {_Fate.NONE}
    if not there:
        return "没有写下文件。"
    if there == {_Fate.KEPT}:
        return "原有的文件保持不变。"
    said = ""
    for fate in (_Fate.UNKNOWN, _Fate.ASIDE, _Fate.GONE, _Fate.NEW):
        if names := "、".join(str(target) for target in fates if fates[target] is fate):
            said += f"{fate.value}：{names}。"
    return said + (f"{_Fate.KEPT.value}。" if _Fate.KEPT in there else "")


def show_trace(error: BaseException) -> None:
    """Where an error came from, if that is asked for."""
    if os.environ.get(DEBUG):
        say_text("".join(traceback.format_exception(error)), to_errors=True)


def explanation(error: BaseException) -> str:
    """Why something could not be finished, what to do, and what became of the files if known."""
    match error:
        case Unfinished():
            return explanation(error.cause) + error.fate
        case KeyboardInterrupt():
            return "已中断。"
        case OSError():
            why, advice = _reason(error)
            where = f"{error.filename}：" if error.filename else ""
            return f"无法完成：{where}{why}。{advice}。"
        case BrokenEnvironment():
            return f"无法完成：{error}。"
        case MemoryError():
            return "无法完成：内存不足。请关闭别的程序再试，或把公文分小。"
        case BrokenExecutor():
            return "无法完成：一个进程被系统终止（也许内存不足）。请关闭别的程序再试。"
        case _:
            return (
                f"程序内部错误（{type(error).__name__}: {error}）。"
                f"请把这句话报告给维护者；设置环境变量 {DEBUG}=1 再运行可看到详细信息。"
            )


def _reason(error: OSError) -> tuple[str, str]:
    """Why the system refused, and what to do."""
    code = error.errno or 0
    unknown = f"系统报告错误 {code}" if code else "系统没有说明是什么错误"
    return _REASONS.get(code, (unknown, "请检查磁盘和文件夹的权限"))


_MOVE = "请把它移走或改名"
_PERMISSION = ("没有权限", "请检查文件夹的权限")
_SPACE = "请检查磁盘空间"
_MANY = ("系统资源不足", "请关闭别的程序再试")
_AWAY = ("网络盘或移动盘没有回应", "请检查连接后再试")
_UNABLE = ("这个位置不支持需要的操作", "请换到本机磁盘上")

_REASONS = {
    errno.EACCES: _PERMISSION,
    errno.EPERM: _PERMISSION,
    errno.EROFS: ("磁盘是只读的", "请换一个可以写的位置"),
    errno.ENOSPC: ("磁盘已满", _SPACE),
    errno.EDQUOT: ("磁盘配额已用完", _SPACE),
    errno.EFBIG: ("文件太大，磁盘放不下", _SPACE),
    errno.EIO: ("读写出错", "请检查磁盘或网络盘是否正常"),
    errno.ENOENT: ("找不到", "请检查路径，也许它刚被删除或改名"),
    errno.ENOTDIR: ("不是文件夹", "请检查路径"),
    errno.EISDIR: ("是文件夹，不是文件", _MOVE),
    errno.EEXIST: ("已经有同名的文件或文件夹", _MOVE),
    errno.ENOTEMPTY: ("文件夹里还有别的文件", _MOVE),
    errno.ENAMETOOLONG: ("名称太长", "请换一个短些的名称"),
    errno.ELOOP: ("是链接，或链接绕成了圈", _MOVE),
    errno.EXDEV: ("跨越了两个磁盘", "请换到同一个磁盘上"),
    errno.EBUSY: ("正被别的程序使用", "请关闭打开它的程序"),
    errno.ETXTBSY: ("正被别的程序使用", "请关闭打开它的程序"),
    errno.EMFILE: _MANY,
    errno.ENFILE: _MANY,
    errno.EAGAIN: _MANY,
    errno.ENOMEM: ("内存不足", "请关闭别的程序再试"),
    errno.ENOLCK: _UNABLE,
    errno.EINVAL: _UNABLE,
    errno.ENOSYS: _UNABLE,
    errno.ENOTSUP: _UNABLE,
    errno.ENODEV: _AWAY,
    errno.ENXIO: _AWAY,
    errno.ESTALE: _AWAY,
    errno.ENOTCONN: _AWAY,
    errno.EHOSTDOWN: _AWAY,
    errno.ETIMEDOUT: _AWAY,
}
