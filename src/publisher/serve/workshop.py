"""Files that change → builds, one at a time, and what is to be told of the last one."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from publisher import builds, diagnostics, failures, pipeline, templates, workers
from publisher.diagnostics import Finding, UndrawnPicture
from publisher.model import Edition, one_line

if TYPE_CHECKING:
    from publisher.serve import Preview

_SETTLED = 150
"""Milliseconds without a change after which a burst of saves is over."""
_LONGEST = 1500
"""Milliseconds after which a burst is taken as it is."""
_LOOKED = 1000
"""Milliseconds after which it is looked at whether the folder of the content is still the same."""
_ALIVE = 15
"""Seconds after which a browser is told that nothing has changed."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """The page of a document, which is there long before its PDF."""

    title: str
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Situation:
    """How things stand: what is known of the content and whether a build goes on."""

    busy: bool = True
    slugs: tuple[str, ...] = ()
    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    """Of each document, as its files are now."""
    problem: str = ""
    """What kept the last build from being finished, beside the content."""
    ahead: Mapping[str, Ahead] = field(default_factory=dict)
    """Of documents whose other files are still being made."""

    def stopped(self, slug: str) -> bool:
        """Whether errors keep a document from being published."""
        return diagnostics.stops_publishing(self.findings.get(slug, ()))


class Workshop:
    """Builds what a preview shows, and tells all who ask of each change."""

    def __init__(
        self,
        preview: Preview,
        build: Path,
        start_workers: Callable[[], Executor] | None = None,
    ) -> None:
        self.preview = preview
        self.build_folder = build
        self.situation = Situation(slugs=self._slugs())
        self._start_workers = start_workers or partial(workers.start, of=pipeline.SLOWEST)
        self._workers: Executor | None = None
        self._closed = False
        self._dirty = asyncio.Event()
        self._news = asyncio.Event()

    # -- what is told ---------------------------------------------------------------

    async def situations(self) -> AsyncIterator[Situation]:
        """The situation now and after each change; again after a while without one."""
        while not self._closed:
            news, situation = self._news, self.situation
            yield situation
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), _ALIVE)

    def _tell(self, situation: Situation) -> None:
        self.situation = situation
        news, self._news = self._news, asyncio.Event()
        news.set()

    # -- what is done ---------------------------------------------------------------

    @contextmanager
    def _open(self) -> Iterator[None]:
        try:
            yield
        finally:
            self.close()

    def close(self) -> None:
        """End what goes on; who waits for news is let go."""
        self._closed = True
        self._tell(self.situation)
        if self._workers:
            workers.end(self._workers)

    async def work(self) -> None:
        """Build now and after each change, until cancelled."""
        with self._open():
            self._dirty.set()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._watch())
                tasks.create_task(self._build_when_dirty())

    async def _watch(self) -> None:
        """Until cancelled: where nobody tells of changes, that is said, and it looks itself."""
        polls = False
        while True:
            try:
                await self._watch_what_is_there(polls=polls)
            except Exception as error:  # a system that watches no more files, say
                if not polls:
                    self.preview.say(f"{self.preview.explain(error)}改为定时查看有没有改动。")
                polls = True
                await asyncio.sleep(_LOOKED / 1000)
            self._dirty.set()
            if not self.preview.content.is_dir():
                await self._wait_for_content()
                self._dirty.set()

    async def _wait_for_content(self) -> None:
        while not self.preview.content.is_dir():
            await asyncio.sleep(_LOOKED / 1000)

    async def _watch_what_is_there(self, *, polls: bool) -> None:
        """Until the folder of the content is another, as a check-out makes it: what was watched is
        then gone, and nobody would tell of changes in the new one.
        """
        from watchfiles import awatch

        content = self.preview.content
        before = _identity(content)
        async for changes in awatch(
            content,
            templates.folder(""),
            watch_filter=lambda _, path: self._counts(Path(path)),
            debounce=_LONGEST,
            step=_SETTLED,
            rust_timeout=_LOOKED,
            yield_on_timeout=True,
            force_polling=polls or None,
        ):
            if not all(_below(Path(path), content) for _, path in changes):
                builds.forget_environment()
            if changes:
                self._dirty.set()
            if _identity(content) != before:
                return

    def _counts(self, path: Path) -> bool:
        """Whether a changed file is one that a build reads: no one's lock or backup copy."""
        passing = path.name.startswith((".", "~", "#")) or path.name.endswith(("~", ".tmp"))
        return not passing and not _below(path, self.build_folder)

    async def _build_when_dirty(self) -> None:
        while True:
            await self._dirty.wait()
            self._dirty.clear()
            await self.build()

    async def build(self) -> None:
        """Publish, tell what was found in each document as soon as it is, and what became of it."""
        start = time.monotonic()
        self._tell(replace(self.situation, busy=True))
        here = asyncio.get_running_loop()

        def checked(slug: str, findings: tuple[Finding, ...]) -> None:
            here.call_soon_threadsafe(self._tell_findings, slug, findings)

        def resolved(edition: Edition) -> None:
            if page := _page_of(edition):
                here.call_soon_threadsafe(self._tell_page, edition.document.slug, page)

        try:
            self._tell(await asyncio.to_thread(self._publish, checked, resolved))
        except Exception as error:
            if isinstance(error.__cause__, BrokenExecutor):
                self._workers = None  # a worker was killed: the next build has new ones
            problem = "" if self._closed else self.preview.explain(error)
            self._tell(replace(self.situation, problem=problem, ahead={}))
        if not self._closed:
            self._tell(replace(self.situation, busy=False))
            self.preview.say(self._line(time.monotonic() - start))

    def _tell_findings(self, slug: str, findings: tuple[Finding, ...]) -> None:
        known = {**self.situation.findings, slug: findings}
        slugs = self.situation.slugs
        there = slugs if slug in slugs else tuple(sorted({*slugs, slug}))
        self._tell(Situation(True, there, known, ahead=self.situation.ahead))

    def _tell_page(self, slug: str, page: Ahead) -> None:
        self._tell(replace(self.situation, ahead={**self.situation.ahead, slug: page}))

    def _slugs(self) -> tuple[str, ...]:
        there = pipeline.slugs(self.preview.content)
        return self.preview.slugs or there

    def _publish(self, checked: pipeline.Checked, resolved: pipeline.Resolved) -> Situation:
        if self._workers is None:
            self._workers = self._start_workers()
        slugs = self._slugs()
        content, build = self.preview.content, self.build_folder
        with failures.telling([build / slug for slug in slugs]):
            outcomes = pipeline.publish(
                content, build, slugs, self._workers, lambda slug, what: None, checked, resolved
            )
        return Situation(True, slugs, {outcome.slug: outcome.findings for outcome in outcomes})

    def _line(self, seconds: float) -> str:
        """What the terminal is told of a build."""
        now, situation = time.strftime("%H:%M:%S"), self.situation
        if situation.problem:
            return f"{now} {situation.problem}"
        findings = [finding for known in situation.findings.values() for finding in known]
        count = diagnostics.count(diagnostics.in_order(findings))
        stopped = [slug for slug in situation.slugs if situation.stopped(slug)]
        if not situation.slugs:
            return f"{now} {self.preview.content} 中没有公文。"
        if stopped:
            return (
                f"{now} 有错误，没有重新生成：{'、'.join(stopped)}（{count}，见预览中的检查结果）"
            )
        return f"{now} 已生成，用时 {seconds:.1f} 秒；{count}。"


def _page_of(edition: Edition) -> Ahead | None:
    """The page alone; None of what has none, or cannot be shown: the build says why."""
    if edition.document.classification is not None:
        return None
    from publisher.renderers import web

    with suppress(UndrawnPicture):
        return Ahead(one_line(edition.document.body.title), web.ahead(edition))
    return None


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another of its name; None where there is none."""
    try:
        about = folder.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino


def _below(path: Path, folder: Path) -> bool:
    # `Path.resolve` raises of links that go round in a circle.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
