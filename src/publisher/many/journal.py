"""What becomes of thousands of documents → how it goes, a summary that fits a screen, a file."""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TextIO

from publisher import diagnostics, output
from publisher.diagnostics import Severity
from publisher.many.making import Failed
from publisher.pipeline import Outcome, State
from publisher.terminal import bounded, brief, one_line

FILE = "details.txt"
"""In the build folder: all that is told of each document. Its owner's alone."""
_SIGN = "publisher 生成结果明细"
_MOST_TOLD = 5
"""Documents of one kind that the summary names."""
_LONGEST = 110
"""Characters of what it says of one."""
_WINDOW = 30.0
"""Seconds over which it is counted how many come."""

Line = tuple[str, str]
"""Words and their colour."""


class Journal:
    """Counts what came, keeps what the summary will name, and writes all of it to the file."""

    def __init__(self, build: Path, total: int, show: Callable[[str], None]) -> None:
        self._file = build / FILE
        self._total, self._show = total, show
        self._start = time.monotonic()
        self._times: deque[float] = deque()
        self._states: Counter[State] = Counter()
        self._labels: Counter[str] = Counter()
        self.failed: list[Failed] = []
        self._stopped: list[Line] = []
        self._broken: list[str] = []
        self._classified: list[str] = []
        self._details: TextIO | None = None

    # -- how it goes --------------------------------------------------------------------

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._details:
            with suppress(OSError):
                self._details.close()

    def waits(self) -> None:
        """Another run writes there now."""
        self._show("另一次运行正在写入，等它结束")

    def came(self, what: Outcome | Failed) -> None:
        """Count it, and write down all that is told of it."""
        self._times.append(time.monotonic())
        if isinstance(what, Failed):
            self.failed.append(what)
        else:
            self._count(what)
        self._write(_details(what))
        self.pulse()

    def _count(self, outcome: Outcome) -> None:
        self._states[outcome.state] += 1
        self._labels.update(finding.label for finding in outcome.findings)
        if outcome.state is State.STOPPED:
            self._stopped.append((outcome.slug, _first_error(outcome)))
        if outcome.broken:
            self._broken.append(outcome.slug)
        if outcome.classification:
            self._classified.append(outcome.slug)

    def pulse(self) -> None:
        """Show how many there are, how fast they come, and how long it will take."""
        now = time.monotonic()
        while self._times and self._times[0] < now - _WINDOW:
            self._times.popleft()
        rate = len(self._times) / min(max(now - self._start, 0.1), _WINDOW)
        left = f"，约还要 {_duration((self._total - self.count) / rate)}" if rate else ""
        self._show(f"已完成 {self.count}/{self._total} 份，每秒 {rate:.1f} 份{left}")

    @property
    def count(self) -> int:
        """How many came."""
        return self._states.total() + len(self.failed)

    def _write(self, lines: Iterable[str]) -> None:
        """Add to the file, which begins anew with each run."""
        if self._details is None:
            output.require_our_file(self._file, _SIGN.encode())
            self._file.unlink(missing_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            self._details = os.fdopen(os.open(self._file, flags, 0o600), "w", encoding="utf-8")
            print(f"{_SIGN}（{time.strftime('%Y-%m-%d %H:%M:%S')}）", file=self._details)
        print(*map(one_line, lines), sep="\n", file=self._details, flush=True)

    # -- the summary --------------------------------------------------------------------

    @property
    def stops(self) -> bool:
        """Whether any document has errors, or breaks what must hold."""
        return bool(self._stopped or self._broken)

    def summary(self) -> Iterator[Line]:
        """What failed first, then how many there are of what, and where the rest is told."""
        yield from self._some("没有做成", ((each.slug, each.why) for each in self.failed))
        yield from self._some("有错误，没有生成", self._stopped)
        if self._broken:
            yield f"不符合必须遵守的条款，请先改正再印发{_names(self._broken)}。", "red"
        if self._classified:
            yield f"有密级，请按保密规定存放和传递{_names(self._classified)}。", "yellow"
        yield f"检查结果：{diagnostics.count_of(self._labels)}。", ""
        yield f"{self.so_far}；用时 {_duration(time.monotonic() - self._start)}。", ""
        yield f"每一份的结果见 {self._file}。", ""

    @property
    def so_far(self) -> str:
        """How many there are of what."""
        counts = [f"{state.value} {self._states[state]}" for state in State if self._states[state]]
        counts += [f"没有做成 {len(self.failed)}"] if self.failed else []
        return f"共 {self._total} 份：{'，'.join(counts)}"

    @property
    def fate(self) -> str:
        """What became of all where the run could not be finished."""
        if not self.count:
            none = "一份也没有做完" if self._total > 1 else "还没有做完"
            return f"共 {self._total} 份，{none}，原有的文件保持不变。请再运行一次。"
        if self.count == self._total:
            index = self._file.with_name("index.html")
            return f"{self.so_far}；只有总览 {index} 也许还是旧的，再运行一次就更新。"
        return (
            f"{self.so_far}；其余 {self._total - self.count} 份还没有做，原有的文件保持不变。"
            "已生成的都是完整的；再运行一次，从这里接着做。"
        )

    def _some(self, what: str, named: Iterable[Line]) -> Iterator[Line]:
        lines = list(named)
        if not lines:
            return
        yield f"{what}（{len(lines)} 份）：", "red"

        def more(count: int) -> str:
            return f"  还有 {count} 份，见 {self._file}"

        each = ("  " + brief(f"{slug}：{why}", _LONGEST) for slug, why in lines)
        for line in bounded(each, _MOST_TOLD, more):
            yield line, "red"


def _names(slugs: list[str]) -> str:
    """How many there are, and the first of them."""
    shown = bounded(slugs, _MOST_TOLD, lambda more: f"还有 {more} 份")
    return brief(f"（{len(slugs)} 份）：{'、'.join(shown)}", _LONGEST)


def _first_error(outcome: Outcome) -> str:
    for finding in outcome.findings:
        if finding.severity is Severity.ERROR and not finding.accepted:
            place = finding.place
            return f"{place.file}:{place.line}:{place.column} {finding.message}"
    return ""


def _details(what: Outcome | Failed) -> Iterator[str]:
    if isinstance(what, Failed):
        yield f"{what.slug} 没有做成：{what.why}"
        return
    secrecy = f"（密级：{what.classification}）" if what.classification else ""
    yield f"{what.slug} {what.state.value}{secrecy}"
    for name, sentence in what.told:
        yield f"    {name}：{sentence}"
    for name, rules in what.broken:
        yield f"    {name} 不符合必须遵守的条款：{'、'.join(rules)}"
    for finding in what.findings:
        yield from (f"    {line}" for line in diagnostics.as_lines(finding))


def _duration(seconds: float) -> str:
    whole = round(seconds)
    hours, minutes = divmod(whole // 60, 60)
    if hours:
        return f"{hours} 小时 {minutes} 分"
    return f"{minutes} 分 {whole % 60} 秒" if minutes else f"{whole} 秒"
