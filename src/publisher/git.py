"""A question to git → what it answers; a repository may be anybody's, so nothing of it is run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from publisher import programs
from publisher.diagnostics import BrokenEnvironment

LONGEST = 60.0
"""Seconds that git may take for an answer."""
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


def tried(folder: Path, *arguments: str) -> bytes | None:
    """What git says in a folder; None where it refuses, or says nothing."""
    try:
        return said(folder, *arguments) or None
    except Refused:
        return None


def said(folder: Path, *arguments: str, given: bytes = b"", most: int = programs.MOST) -> bytes:
    """What git says in a folder, asked without a shell.

    Refused where it fails; programs.TooMuch; BrokenEnvironment where there is no git, or it hangs.
    """
    command = ["git", "-C", str(folder), "--no-pager", "--no-replace-objects"]
    for setting in _OVERRIDES:
        command += ["-c", setting]
    try:
        answer = programs.run(
            [*command, *arguments], LONGEST, given=given, environment=_environment(), most=most
        )
    except subprocess.TimeoutExpired:
        raise BrokenEnvironment(
            f"git 在 {LONGEST:.0f} 秒内没有回答，仓库可能太大或已损坏"
        ) from None
    except OSError:
        raise BrokenEnvironment(
            "没有找到 git 程序，不能按版本号或日期比较，请先安装 git，或写两个文件夹"
        ) from None
    if answer.returncode:
        raise Refused(_line(answer.stderr[:10_000]))
    return answer.stdout


def _environment() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if _is_kept(name)}
    return own | _SET


def _is_kept(name: str) -> bool:
    return not name.startswith("GIT_") or name.startswith(_KEPT)


def _line(complaint: bytes) -> str:
    """The first line that git says of what went wrong."""
    lines = complaint.decode(errors="replace").splitlines()
    line = next((line for line in lines if line.startswith("fatal:")), lines[0] if lines else "")
    return "".join(
        character for character in line.removeprefix("fatal: ") if character.isprintable()
    )[:200]
