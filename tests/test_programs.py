"""Other programs that are run."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import hear_all
from publisher import programs


def test_what_it_says_is_given_back() -> None:
    done = programs.run(["sh", "-c", "cat; echo no >&2; exit 3"], 10, given=b"words")
    assert (done.returncode, done.stdout, done.stderr) == (3, b"words", b"no\n")


def test_one_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        programs.run(["/nowhere"], 1)


def is_there(process: int) -> bool:
    """Whether a process still runs; one that nobody has waited for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def wait_until_gone(process: int) -> None:
    end = time.monotonic() + 20
    while is_there(process):
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.thorough
@pytest.mark.parametrize("ends", [True, False], ids=["it ends", "it takes too long"])
def test_what_it_began_ends_with_it(tmp_path: Path, ends: bool) -> None:
    child = tmp_path / "child"
    script = f"sleep 600 >/dev/null 2>&1 & echo $! >{child}; {'exit' if ends else 'wait'}"
    try:
        programs.run(["sh", "-c", script], 1.5)
    except subprocess.TimeoutExpired:
        assert not ends
    wait_until_gone(int(child.read_text()))


INTERRUPTED = """
import os, signal, subprocess, sys
from publisher import interruption, programs

class Interrupted(subprocess.Popen):
    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        with open(sys.argv[1], "w") as told:
            told.write(str(self.pid))
        os.kill(os.getpid(), signal.SIGINT)

interruption.as_ctrl_c()
subprocess.Popen = Interrupted
programs.run(["sleep", "600"], 600)
"""


def test_one_that_is_begun_as_ctrl_c_comes_ends_too(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    command = [sys.executable, "-c", INTERRUPTED, begun]
    result = subprocess.run(command, stderr=subprocess.PIPE, timeout=20, preexec_fn=hear_all)
    assert result.returncode == -signal.SIGINT
    wait_until_gone(int(begun.read_text()))
