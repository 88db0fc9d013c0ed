"""Signals that ask a command to end → the end that Ctrl-C makes, in which all is put away."""

from __future__ import annotations

import signal
from types import FrameType


def as_ctrl_c() -> None:
    """From now on a command that is told to end, or whose terminal is closed, ends as by Ctrl-C."""
    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as it is below nohup
        signal.signal(signal.SIGHUP, _terminate)


def _terminate(number: int, frame: FrameType | None) -> None:
    """Who waits for SIGTERM by other means, as a server does, is told by it."""
    signal.raise_signal(signal.SIGTERM)


def _interrupt(number: int, frame: FrameType | None) -> None:
    # A terminal that is closed may send both: the second must not end what puts things away.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    raise KeyboardInterrupt
