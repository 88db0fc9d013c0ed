"""When the preview builds, what it builds, and what it tells of it."""

from __future__ import annotations

import asyncio
import errno
import shutil
import threading
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import BrokenExecutor, Executor
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import watchfiles

from bench import FILES, Bench, bench_in
from conftest import CASE, FRONT, ROOT, STOCK, front, write
from publisher import builds, checks, output, pipeline, production, reconcile, templates
from publisher.model import Edition
from publisher.pipeline import Outcome, State
from publisher.renderers import Format
from publisher.serve import view
from publisher.serve.site import _Pages
from publisher.serve.workshop import Situation, Workshop

BROKEN = front(FRONT.replace("文种", "文钟"))
DOCUMENT = f"{CASE}/document.md"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return bench_in(tmp_path)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves out the formats that take seconds."""
    quick = {
        name: kind for name, kind in production.FORMATS.items() if not (kind.is_measured or kind.of)
    }
    monkeypatch.setattr(production, "FORMATS", quick)


def built(workshop: Workshop) -> Situation:
    """How things stand after a build."""
    asyncio.run(workshop.build())
    return workshop.situation


def names(situation: Situation) -> list[str]:
    return [one.name for one in situation.findings[CASE]]


# -- one build --------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
def test_a_build_publishes_what_the_folder_holds(bench: Bench) -> None:
    situation = built(bench.open())
    assert (situation.busy, situation.problem, names(situation)) == (False, "", [])
    assert (bench.build / CASE / "web" / "index.html").is_file()
    assert "已生成" in bench.said[-1]
    assert "没有发现问题" in bench.said[-1]


@pytest.mark.usefixtures("quick")
def test_a_broken_edit_shows_its_finding_and_keeps_the_last_good_page(bench: Bench) -> None:
    workshop = bench.open()
    built(workshop)
    page = bench.build / CASE / "web" / "index.html"
    good = page.read_bytes()
    write(bench.content, {DOCUMENT: BROKEN})
    assert "unknown_key" in names(built(workshop))
    assert page.read_bytes() == good
    assert view.update(workshop, CASE)["stale"]
    assert "有错误，没有重新生成：case" in bench.said[-1]
    write(bench.content, {DOCUMENT: front(text="改好了。")})
    assert names(built(workshop)) == []
    assert "改好了。" in page.read_text("utf-8")


@pytest.mark.usefixtures("quick")
def test_yaml_that_cannot_be_read_is_a_finding_too(bench: Bench) -> None:
    write(bench.content, {DOCUMENT: "---\n文种: [通知\n标题: x\n---\n\n正文。\n"})
    workshop = bench.open()
    assert built(workshop).stopped(CASE)
    assert f"content/{DOCUMENT}:" in view.update(workshop, CASE)["report"]


def test_findings_are_told_before_anything_is_made(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(bench.content, {f"{CASE}/plan.md": "文,字。\n"})
    workshop = bench.open()
    seen: list[Situation] = []

    def render(edition: Edition) -> dict[str, bytes]:
        end = time.monotonic() + 10
        while CASE not in workshop.situation.findings and time.monotonic() < end:
            time.sleep(0.01)
        seen.append(workshop.situation)
        return {}

    monkeypatch.setattr(production, "FORMATS", {"纯文本": Format(render, ("document.txt",))})
    built(workshop)
    assert seen[0].busy
    assert "half_width_punctuation" in names(seen[0])


@pytest.mark.parametrize("secrecy", ["", "密级: 秘密★1年\n"], ids=["open", "classified"])
def test_the_page_is_shown_while_other_files_are_made(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, secrecy: str
) -> None:
    bench.publish()
    workshop = bench.open()
    pages, shown = _Pages(workshop), list[tuple[bytes | None, dict[str, Any]]]()
    has_told = threading.Event()
    tell = workshop._tell

    def telling(situation: Situation) -> None:
        tell(situation)
        if situation.ahead:
            has_told.set()

    def render(edition: Edition) -> dict[str, bytes]:
        has_told.wait(0 if secrecy else 30)
        shown.append((pages._data(CASE, "web/index.html"), view.update(workshop, CASE)))
        return {}

    monkeypatch.setattr(workshop, "_tell", telling)
    monkeypatch.setattr(production, "FORMATS", {"纯文本": Format(render, ("document.txt",))})
    write(
        bench.content, {DOCUMENT: front(FRONT.replace("文种", f"{secrecy}文种"), text="刚刚保存。")}
    )
    assert built(workshop).problem == ""
    ((page, update),) = shown
    assert ("刚刚保存" in (page or b"").decode()) is not bool(secrecy)
    assert update["status"].startswith("正在重新生成" if secrecy else "网页已更新")
    assert update["panels"]["pdf"] == output.digest(FILES["document.pdf"])
    assert not workshop.situation.ahead
    now = (bench.build / CASE / "web" / "index.html") if not secrecy else None
    assert pages._data(CASE, "web/index.html") == (now.read_bytes() if now else None)


@pytest.mark.usefixtures("quick")
def test_what_is_saved_is_read_and_checked_once_and_nothing_else_is(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def counting(module: ModuleType, name: str, slug: Callable[..., str]) -> None:
        call = getattr(module, name)

        def counted(*arguments: Any) -> Any:
            asked.append((name, slug(*arguments)))
            return call(*arguments)

        monkeypatch.setattr(module, name, counted)

    counting(pipeline, "read", lambda content, slug: slug)
    counting(reconcile, "reconcile", lambda document: document.slug)
    counting(checks, "check", lambda document, *known: document.slug)
    write(bench.content, {file.replace(CASE, "another", 1): text for file, text in STOCK.items()})
    workshop = bench.open()
    built(workshop)
    steps = ("read", "reconcile", "check")
    assert asked == [(step, slug) for slug in ("another", CASE) for step in steps]
    asked.clear()
    write(bench.content, {DOCUMENT: front(text="改了一处。")})
    assert built(workshop).findings.keys() == {"another", CASE}
    assert asked == [(step, CASE) for step in steps]


def test_a_new_document_is_found_and_a_named_one_stays_alone(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "publish", lambda *arguments: [])
    everything, one = bench.open(), bench.open(CASE)
    write(bench.content, {"another/document.md": front()})
    assert built(everything).slugs == ("another", CASE)
    assert built(one).slugs == (CASE,)


# -- what is not the content's fault ----------------------------------------------------


@pytest.mark.usefixtures("quick")
def test_missing_fonts_are_told_and_the_last_page_stays(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    workshop = bench.open()
    built(workshop)
    builds.forget_environment()
    write(bench.content, {DOCUMENT: front(text="又改了。")})
    (tmp_path / "no fonts").mkdir()
    monkeypatch.setenv("PUBLISHER_FONTS", str(tmp_path / "no fonts"))
    assert "请运行 make fonts" in built(workshop).problem
    assert "请运行 make fonts" in view.update(workshop, CASE)["report"]
    assert "又改了" not in (bench.build / CASE / "web" / "index.html").read_text("utf-8")
    monkeypatch.undo()


@pytest.mark.usefixtures("quick")
def test_a_broken_template_is_told_and_mended_without_a_new_start(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", copy)
    monkeypatch.setenv("PUBLISHER_TEMPLATES", str(copy))
    page = copy / "web" / "page.html.jinja"
    good = page.read_text("utf-8")
    page.write_text("{% if %}", "utf-8")
    workshop = bench.open()
    builds.forget_environment()
    assert "模板 page.html.jinja 第 1 行中的标记有错" in built(workshop).problem
    page.write_text(good, "utf-8")
    assert built(workshop).problem == ""
    builds.forget_environment()


def test_what_goes_wrong_while_publishing_does_not_end_the_preview(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publish(*arguments: object) -> list[Outcome]:
        raise RuntimeError("bug")

    monkeypatch.setattr(pipeline, "publish", publish)
    assert built(bench.open()).problem == "无法完成：bug"


def test_workers_that_died_are_replaced(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[Executor] = []

    def publish(
        content: Path, build: Path, slugs: Any, workers: Executor, *told: object
    ) -> list[Any]:
        used.append(workers)
        if len(used) == 1:
            raise BrokenExecutor("killed")
        return []

    monkeypatch.setattr(pipeline, "publish", publish)
    workshop = bench.open()
    assert built(workshop).problem
    assert built(workshop).problem == ""
    built(workshop)
    assert used[0] is not used[1]
    assert used[1] is used[2]


# -- when -------------------------------------------------------------------------------


class Publishing:
    """In place of `pipeline.publish`: takes its time, and counts."""

    def __init__(self) -> None:
        self.builds = 0
        self.running = 0
        self.most = 0
        self.lasts = 0.0
        self.read: list[str] = []

    def __call__(
        self, content: Path, build: Path, slugs: Any, workers: object, *told: object
    ) -> list[Outcome]:
        self.running += 1
        self.most = max(self.most, self.running)
        if (content / DOCUMENT).exists():
            self.read.append((content / DOCUMENT).read_text("utf-8"))
        time.sleep(self.lasts)
        self.running -= 1
        self.builds += 1
        return [Outcome(slug, State.PUBLISHED, ()) for slug in slugs]


@pytest.fixture
def publishing(monkeypatch: pytest.MonkeyPatch) -> Publishing:
    made = Publishing()
    monkeypatch.setattr(pipeline, "publish", made)
    monkeypatch.setattr("publisher.serve.workshop._LOOKED", 200)
    return made


@asynccontextmanager
async def at_work(workshop: Workshop) -> AsyncIterator[None]:
    task = asyncio.create_task(workshop.work())
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


QUIET = 0.6
"""Seconds: some times what `publishing` leaves of the time between two looks at the folder."""


async def quiet(publishing: Publishing, workshop: Workshop) -> None:
    """Until nothing has been built for longer than a burst takes to settle, or a look to be due."""
    before = -1
    while before != publishing.builds or workshop.situation.busy:
        before = publishing.builds
        await asyncio.sleep(QUIET)


@pytest.mark.thorough
def test_a_burst_of_saves_is_one_build(bench: Bench, publishing: Publishing) -> None:
    async def story() -> None:
        workshop = bench.open()
        async with at_work(workshop):
            await quiet(publishing, workshop)
            publishing.builds = 0
            for number in range(8):
                write(bench.content, {DOCUMENT: front(text=f"第{number}稿。")})
                await asyncio.sleep(0.01)
            await quiet(publishing, workshop)

    asyncio.run(story())
    assert publishing.builds == 1
    assert "第7稿" in publishing.read[-1]


@pytest.mark.thorough
def test_content_that_was_taken_away_and_put_back_is_followed(
    bench: Bench, publishing: Publishing, tmp_path: Path
) -> None:
    """As a check-out or a program that keeps folders alike does it."""

    async def story() -> None:
        workshop = bench.open()
        async with at_work(workshop):
            await quiet(publishing, workshop)
            bench.content.rename(tmp_path / "kept")
            await until(lambda: "中没有公文" in bench.said[-1])
            shutil.copytree(tmp_path / "kept", bench.content)
            await until(lambda: "中没有公文" not in bench.said[-1])
            await quiet(publishing, workshop)
            write(bench.content, {DOCUMENT: front(text="回来以后改的。")})
            await until(lambda: "回来以后改的" in publishing.read[-1])

    asyncio.run(story())


@pytest.mark.thorough
def test_what_changes_during_a_build_is_built_after_it(
    bench: Bench, publishing: Publishing
) -> None:
    async def story() -> None:
        workshop = bench.open()
        publishing.lasts = 1
        async with at_work(workshop):
            await until(lambda: publishing.running == 1)
            for number in range(3):
                write(bench.content, {DOCUMENT: front(text=f"第{number}稿。")})
                await asyncio.sleep(0.2)
            await quiet(publishing, workshop)

    asyncio.run(story())
    assert publishing.builds == 2
    assert publishing.most == 1
    assert "第2稿" in publishing.read[-1]


@pytest.mark.thorough
def test_a_changed_template_is_built_from(
    bench: Bench, publishing: Publishing, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", copy)
    monkeypatch.setenv("PUBLISHER_TEMPLATES", str(copy))
    forgotten: list[bool] = []
    monkeypatch.setattr(builds, "forget_environment", lambda: forgotten.append(True))

    async def story() -> None:
        workshop = bench.open()
        async with at_work(workshop):
            await quiet(publishing, workshop)
            (copy / "web" / "page.css").write_text("p {}", "utf-8")
            await until(lambda: publishing.builds == 2)

    asyncio.run(story())
    assert forgotten


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("document.md", True),
        ("附件 1.csv", True),
        (".~lock.tasks.csv#", False),
        ("~$tasks.xlsx", False),
        (".document.md.swp", False),
        ("#document.md#", False),
        ("document.md~", False),
        ("tasks.csv.tmp", False),
    ],
)
def test_an_editors_own_files_are_no_change(bench: Bench, name: str, counts: bool) -> None:
    assert bench.open()._counts(bench.content / CASE / name) is counts


def test_a_link_that_leads_to_itself_is_a_change(bench: Bench) -> None:
    file = bench.content / CASE / "document.md"
    file.unlink()
    file.symlink_to("document.md")
    assert bench.open()._counts(file)


@pytest.mark.thorough
def test_where_nobody_tells_of_changes_they_are_looked_for(
    bench: Bench, publishing: Publishing, monkeypatch: pytest.MonkeyPatch
) -> None:
    awatch, polled = watchfiles.awatch, []

    def watching(*folders: Path, force_polling: bool | None, **asked: Any) -> Any:
        polled.append(force_polling)
        if not force_polling:
            raise OSError(errno.ENOSPC, "no more watches")
        return awatch(*folders, force_polling=True, poll_delay_ms=50, **asked)

    async def story() -> None:
        workshop = bench.open()
        async with at_work(workshop):
            await until(lambda: True in polled)
            await until(lambda: any("改为定时查看" in words for words in bench.said))
            while not any("看到了" in text for text in publishing.read):
                write(bench.content, {DOCUMENT: front(text=f"看到了{time.monotonic()}。")})
                await asyncio.sleep(0.3)  # it may not have begun to look

    monkeypatch.setattr(watchfiles, "awatch", watching)
    asyncio.run(story())
    assert [words for words in bench.said if "改为定时查看" in words] == [
        "无法完成：[Errno 28] no more watches改为定时查看有没有改动。"
    ]


def test_a_build_inside_the_content_does_not_set_off_another(bench: Bench) -> None:
    bench.build = bench.content / "build"
    assert not bench.open()._counts(bench.build / CASE / "document.pdf")
    assert bench.open()._counts(templates.folder("web") / "page.css")


def test_who_waits_for_news_is_let_go_when_it_ends(bench: Bench) -> None:
    async def story() -> list[Situation]:
        workshop = bench.open()
        heard: list[Situation] = []

        async def listen() -> None:
            async for one in workshop.situations():
                heard.append(one)

        listening = asyncio.create_task(listen())
        await asyncio.sleep(0.05)
        workshop.close()
        await asyncio.wait_for(listening, 1)
        return heard

    assert len(asyncio.run(story())) == 1
