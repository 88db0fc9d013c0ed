"""A question to git → what it answers; a repository may be anybody's, so nothing of it is run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Timer

from publisher.diagnostics import BrokenEnvironment

LONGEST = 60.0
"""Seconds that git may take for an answer."""
MOST = 256 * 1024 * 1024
"""Bytes that it may say."""
_KEPT = (
    "GIT_CONFIG_",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_EXEC_PATH",
)
"""The user's own settings; what else begins with GIT_ names another repository than is meant."""
_SET = {
    "LC_ALL": "C",
    "LANGUAGE": "",
    "GIT_ALLOW_PROTOCOL": "none",  # what is missing is told, never fetched
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_OVERRIDES = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "log.showSignature=false",
    "safe.bareRepository=explicit",  # one that lies among the files of another
)
"""What a repository's own configuration would have run."""


class Refused(Exception):
    """Git does not answer; the words are its own, in one line of English."""


class TooMuch(Exception):
    """Git says more than `MOST` bytes."""


def tried(folder: Path, *arguments: str) -> bytes | None:
    """What git says in a folder; None where it refuses, or says nothing."""
    try:
        return said(folder, *arguments) or None
    except Refused:
        return None


def said(folder: Path, *arguments: str, given: bytes = b"", most: int = MOST) -> bytes:
    """What git says in a folder, asked without a shell.

    Refused where it fails; TooMuch; BrokenEnvironment where there is no git, or it hangs.
    """
    command = ["git", "-C", str(folder), "--no-pager", "--no-replace-objects"]
    for setting in _OVERRIDES:
        command += ["-c", setting]
    with TemporaryFile() as asked, TemporaryFile() as complaint:
        asked.write(given)
        asked.seek(0)
        with _started([*command, *arguments], asked.fileno(), complaint.fileno()) as process:
            data, hangs = _answer(process, most)
        if hangs:
            raise BrokenEnvironment(f"git 在 {LONGEST:.0f} 秒内没有回答，仓库可能太大或已损坏")
        if len(data) > most:
            raise TooMuch
        if process.returncode:
            complaint.seek(0)
            raise Refused(_line(complaint.read(10_000)))
        return data


def _started(command: list[str], given: int, complaint: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command, stdin=given, stdout=subprocess.PIPE, stderr=complaint, env=_environment()
        )
    except OSError:
        raise BrokenEnvironment(
            "没有找到 git 程序，不能按版本号或日期比较，请先安装 git，或写两个文件夹"
        ) from None


def _answer(process: subprocess.Popen[bytes], most: int) -> tuple[bytes, bool]:
    """What a process says, up to a byte more than it may, and whether it had to be ended."""
    assert process.stdout
    late = Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = Timer(LONGEST, end)
    timer.start()
    try:
        data = process.stdout.read(most + 1)
        if len(data) <= most:
            process.wait()
    finally:
        timer.cancel()
        process.kill()
    return data, late.is_set()


def _environment() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if _is_kept(name)}
    return own | _SET


def _is_kept(name: str) -> bool:
    return not name.startswith("GIT_") or name.startswith(_KEPT)


def _line(complaint: bytes) -> str:
    """The first line that git says of what went wrong."""
    lines = complaint.decode(errors="replace").splitlines()
    told = next((line for line in lines if line.startswith("fatal:")), lines[0] if lines else "")
    return "".join(one for one in told.removeprefix("fatal: ") if one.isprintable())[:200]
