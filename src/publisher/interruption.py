"""Signals that ask a command to end → the end that Ctrl-C makes, in which all is put away."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_LATER = 0.02
"""Seconds."""


def as_ctrl_c() -> None:
    """From now on a command that is told to end, or whose terminal is closed, ends as by Ctrl-C."""
    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as it is below nohup
        signal.signal(signal.SIGHUP, _terminate)
    sys.unraisablehook = _end_all_the_same


def forget() -> None:
    """What was interrupted has been told: the exit code is what the command says it is.

    Python, run with `-m`, ends as if nobody had caught the interrupt where that came in a text that
    it ran, as it does to make a dataclass; the next text that is run is one without.
    """
    exec("")


def _terminate(number: int, frame: FrameType | None) -> None:
    """Who waits for SIGTERM by other means, as a server does, is told by it."""
    signal.raise_signal(signal.SIGTERM)


def _interrupt(number: int, frame: FrameType | None) -> None:
    # A terminal that is closed may send both: the second must not end what puts things away.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    raise KeyboardInterrupt


def _end_all_the_same(dropped: sys.UnraisableHookArgs) -> None:
    """Python drops what is raised while it puts an object away: then the end comes a little later.

    It cannot be raised from here, for this is called by what drops it.
    """
    if dropped.exc_type is KeyboardInterrupt:
        signal.signal(signal.SIGTERM, _interrupt)
        threading.Timer(_LATER, os.kill, (os.getpid(), signal.SIGTERM)).start()
    else:
        sys.__unraisablehook__(dropped)


@contextmanager
def put_off() -> Iterator[None]:
    """What asks the command to end meanwhile does so afterwards: nothing is half begun."""
    if threading.current_thread() is not threading.main_thread():  # signals are not heard there
        yield
        return
    heard: list[int] = []
    before = {
        number: signal.signal(number, lambda number, frame: heard.append(number))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        if signal.getsignal(number) not in (signal.SIG_IGN, None)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for late in heard:
            signal.raise_signal(late)
