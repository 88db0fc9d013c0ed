"""A call in a process of its own: what it gives, what it raises, and what it may not take."""

from __future__ import annotations

import mmap
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from publisher.bounded import bounded
from publisher.files import Unreadable

pytestmark = pytest.mark.thorough


def test_what_it_gives_comes_back() -> None:
    assert bounded(lambda: ("words", 1), 30) == ("words", 1)
    assert bounded(lambda: None, 30) is None
    assert bounded(os.getpid, 30) != os.getpid()


def test_what_it_raises_is_raised() -> None:
    with pytest.raises(FileNotFoundError) as caught:
        bounded(Path("/none/of/it").read_bytes, 30)
    assert caught.value.filename == "/none/of/it"


def _crash() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize(
    "call",
    [lambda: time.sleep(99), lambda: len(bytes(3 * 2**30)), _crash, lambda: os._exit(0)],
    ids=["time", "memory", "a crash", "an end"],
)
def test_what_takes_too_much_or_crashes_is_unreadable(call: object) -> None:
    with pytest.raises(Unreadable, match="时间或内存太多"):
        bounded(call, 2)  # type: ignore[arg-type]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell")
def test_what_who_asks_has_already_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[bounded.__module__], "_MEMORY", 256 * 2**20)
    held = mmap.mmap(-1, 512 * 2**20)
    try:
        assert bounded(lambda: "read", 10) == "read"
    finally:
        held.close()
