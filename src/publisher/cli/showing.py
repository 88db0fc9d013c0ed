"""Progress, findings and failures → words on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from publisher import diagnostics
from publisher.diagnostics import Finding, Severity
from publisher.place import Place
from publisher.terminal import one_line, say

if TYPE_CHECKING:
    from publisher.pipeline import Progress


@contextmanager
def line_shown(at_first: str) -> Iterator[Callable[[str], None]]:
    """Shows how it goes: a moving line on a terminal, a line now and then elsewhere."""
    import time

    shown = 0.0

    def at_most_every(seconds: float, show: Callable[[str], None]) -> Callable[[str], None]:
        def show_seldom(words: str) -> None:
            nonlocal shown
            if time.monotonic() - shown >= seconds:
                shown = time.monotonic()
                show(words)

        return show_seldom

    if sys.stderr is None or not sys.stderr.isatty():
        yield at_most_every(_SELDOM, lambda words: say(words, to_errors=True))
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True, highlight=False).status(at_first) as status:
        yield at_most_every(_OFTEN, lambda words: status.update(Text(one_line(words))))


_OFTEN, _SELDOM = 0.1, 10.0
"""Seconds."""


@contextmanager
def progress_shown(at_first: str = "正在生成……") -> Iterator[Progress]:
    """Shows what is being made: a moving line on a terminal, a line each elsewhere."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda slug, what: say(f"{slug}：{what}", to_errors=True)
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True, highlight=False).status(at_first) as status:
        yield lambda slug, what: status.update(Text(one_line(f"{slug}：{what}")))


def report_findings(
    shown: Iterable[Finding],
    counted: Iterable[Finding] | None = None,
    spoken: Mapping[Place, str] | None = None,
) -> None:
    """The findings, accepted ones last, and how many there are of all that are counted."""
    places = spoken or {}
    findings = tuple(shown)
    for finding in sorted(findings, key=lambda finding: bool(finding.accepted)):
        color = "red" if finding.severity is Severity.ERROR else "yellow"
        for line in diagnostics.as_lines(finding, places.get(finding.place, "")):
            say(line, "green" if finding.accepted else color)
    say(f"检查结果：{diagnostics.count(findings if counted is None else counted)}。")


def explained(error: BaseException) -> str:
    """Why something could not be finished; its traceback too, where that is asked for."""
    from publisher import failures

    failures.show_trace(error)
    return failures.explanation(error)
