"""Many documents: a bounded number at a time, each for itself, and on from where it stopped."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from conftest import STOCK, front, write
from publisher import builds, cli, many, output, pipeline, production, renderers
from publisher.cli import usage
from publisher.many import journal, known, making
from publisher.many.crew import Processes
from publisher.many.making import Failed, Job, Made, make
from publisher.pipeline import Built, Outcome, State
from publisher.renderers import web

NOTICE = (
    "文种: 通知\n标题: 青岚市水务局关于做好{}的通知\n发文机关: 青岚市水务局\n成文日期: 2030-03-01"
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves out what takes long, and the moment in which clocks are not relied on."""
    texts = {name: kind for name, kind in production.FORMATS.items() if name == "纯文本"}
    monkeypatch.setattr(production, "FORMATS", texts)
    monkeypatch.setattr(web, "render", lambda edition, files: {"web/index.html": b"<html>"})
    monkeypatch.setattr(known, "_MOMENT", 0)
    monkeypatch.setattr(many, "_SETTLED", 0.0)
    monkeypatch.setattr(making, "_tidy", lambda: None)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Five notices."""
    root = tmp_path / "content"
    write(root, {"bureau.yaml": STOCK["bureau.yaml"]})
    for number in range(1, 6):
        notice(root, number)
    return root


def notice(root: Path, number: int, what: str = "工作", lines: str = "") -> None:
    text = front(NOTICE.format(f"第{number}项{what}") + lines, "请认真落实。")
    write(root, {f"n-{number}/document.md": text})


class Here:
    """A crew without processes, which dies of what it is told to, and counts."""

    deaths: tuple[type[Exception], ...] = (BrokenExecutor,)
    size, together = 2, 2

    def __init__(self, killers: Sequence[str] = (), *, dies_alone: bool = False) -> None:
        self.killers, self.dies_alone = killers, dies_alone
        self.asked: list[tuple[str, ...]] = []
        self.renewed = 0
        self.before_each: Callable[[int], None] = lambda count: None

    def make(self, content: Path, jobs: Sequence[Job]) -> Future[list[Made]]:
        slugs = tuple(job.slug for job in jobs)
        self.asked.append(slugs)
        self.before_each(len(self.asked))
        future: Future[list[Made]] = Future()
        if set(slugs) & set(self.killers):
            future.set_exception(BrokenExecutor())
        else:
            try:
                future.set_result(make(content, jobs))
            except Exception as error:
                future.set_exception(error)
        return future

    def renew(self) -> None:
        self.renewed += 1

    def end(self) -> None:
        pass


class Heard:
    """What a listener was told."""

    def __init__(self) -> None:
        self.came_: list[Outcome | Failed] = []

    def waits(self) -> None:
        pass

    def came(self, what: Outcome | Failed) -> None:
        self.came_.append(what)

    def pulse(self) -> None:
        pass

    @property
    def states(self) -> dict[str, State | str]:
        return {
            each.slug: each.why if isinstance(each, Failed) else each.state for each in self.came_
        }


def run(content: Path, crew: Here | None = None, *, reads_all: bool = False) -> Heard:
    heard, names = Heard(), pipeline.slugs(content)
    build = content.parent / "build"
    many.publish(content, build, names, crew or Here(), heard, reads_all=reads_all)
    return heard


def all_are(state: State, heard: Heard) -> bool:
    return heard.states == {f"n-{number}": state for number in range(1, 6)}


def test_they_are_the_same_bytes_as_those_of_each_alone(content: Path) -> None:
    assert all_are(State.PUBLISHED, run(content))
    alone = content.parent / "alone"
    with ThreadPoolExecutor(1) as executor:
        pipeline.publish(content, alone, ["n-1"], executor, lambda slug, what: None)
    for file in (alone / "n-1").rglob("*.*"):
        together = content.parent / "build" / file.relative_to(alone)
        assert together.read_bytes() == file.read_bytes()


def test_what_is_up_to_date_is_known_without_being_read(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(content)
    assert all_are(State.UNCHANGED, run(content))
    read: list[str] = []
    monkeypatch.setattr(builds, "inputs", lambda content, slug: read.append(slug))
    monkeypatch.setattr(builds, "entry_of", lambda folder: read.append(folder.name))
    crew = Here()
    assert all_are(State.UNCHANGED, run(content, crew))
    assert (read, crew.asked) == ([], [])


@pytest.mark.parametrize("what", ["content", "build"])
def test_what_changed_with_the_same_size_and_time_is_seen(content: Path, what: str) -> None:
    run(content)
    run(content)
    files = {
        "content": content / "n-2" / "document.md",
        "build": content.parent / "build" / "n-2" / "document.txt",
    }
    file = files[what]
    before = file.stat()
    file.write_bytes(file.read_bytes().replace("落实".encode(), "执行".encode()))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    heard = run(content)
    assert heard.states["n-2"] is State.PUBLISHED
    assert list(heard.states.values()).count(State.UNCHANGED) == 4


def test_what_changed_a_moment_ago_is_not_relied_on(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "_MOMENT", 10**15)
    run(content)
    run(content)
    assert not known.state_of(content / "n-1")
    assert not (content.parent / "build" / known.FILE).exists()


def test_all_is_read_where_that_is_asked_for(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(content)
    read: list[str] = []
    inputs = builds.inputs
    monkeypatch.setattr(
        builds, "inputs", lambda content, slug: (read.append(slug), inputs(content, slug))[1]
    )
    assert all_are(State.UNCHANGED, run(content, reads_all=True))
    assert len(read) == 5


def test_links_are_never_known_by_how_they_stand(content: Path) -> None:
    (content / "n-1" / "link.md").symlink_to("document.md")
    assert not known.state_of(content / "n-1")


@pytest.mark.parametrize("damage", [b"\n{", b"\n[]\nnull\n{}", b"\xff", b'\n{"format": 1}'])
def test_a_damaged_memory_is_none(content: Path, damage: bytes) -> None:
    run(content)
    file = content.parent / "build" / known.FILE
    file.write_bytes(file.read_bytes()[: -40 if damage == b"\n{" else 0] + damage)
    assert all_are(State.UNCHANGED, run(content))


WRONG = {
    "title": 3,
    "version": None,
    "classification": [],
    "files": [["document.txt", "many"]],
    "broken": [["document.pdf", 1]],
    "findings": [{"name": 1}],
}


@pytest.mark.parametrize("name", WRONG)
def test_what_somebody_wrote_into_a_memory_is_not_relied_on(content: Path, name: str) -> None:
    run(content)
    file = content.parent / "build" / known.FILE
    lines = [json.loads(line) for line in file.read_bytes().splitlines() if line]
    for line in lines:
        if line["slug"]:
            line["entry"][name] = WRONG[name]
    file.write_text("".join(f"\n{json.dumps(line)}" for line in lines), "utf-8")
    assert all_are(State.UNCHANGED, run(content))
    again = [json.loads(line) for line in file.read_bytes().splitlines() if line]
    assert {line["slug"]: line for line in again} != {line["slug"]: line for line in lines}


def test_a_bad_document_stops_only_itself(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notice(content, 2, lines="\n没有的: 项目")
    (content.parent / "build" / "n-3").mkdir(parents=True)
    (content.parent / "build" / "n-3" / "mine").touch()
    texts = production.FORMATS["纯文本"]

    def render(edition: object) -> dict[str, bytes]:
        if "第4项" in str(edition):
            raise ZeroDivisionError
        return texts.render(edition)

    kinds = {"纯文本": renderers.Format(render, texts.files)}
    monkeypatch.setattr(production, "FORMATS", kinds)
    states = run(content).states
    assert (states.pop("n-1"), states.pop("n-5")) == (State.PUBLISHED, State.PUBLISHED)
    assert states.pop("n-2") is State.STOPPED
    assert "不是 publisher 为它生成的文件" in str(states.pop("n-3"))
    assert "ZeroDivisionError" in str(states.pop("n-4"))


@pytest.mark.parametrize("dies_alone", [True, False], ids=["alone", "all"])
def test_a_document_that_kills_its_worker_is_set_aside_after_two_tries(
    content: Path, dies_alone: bool
) -> None:
    crew = Here(["n-2"], dies_alone=dies_alone)
    states = run(content, crew).states
    assert states.pop("n-2") == many.KILLS
    assert set(states.values()) == {State.PUBLISHED}
    assert sum("n-2" in slugs for slugs in crew.asked) == 2
    assert crew.renewed == 2


def test_what_is_finished_stays_and_the_next_run_goes_on(content: Path) -> None:
    crew = Here()

    def interrupt(count: int) -> None:
        if count == 3:
            raise KeyboardInterrupt

    crew.before_each = interrupt
    with pytest.raises(KeyboardInterrupt):
        run(content, crew)
    states = run(content).states
    assert set(states.values()) == {State.UNCHANGED, State.PUBLISHED}


def test_no_more_is_in_flight_than_workers_have_to_do(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6, 22):
        notice(content, number)
    crew, looked, flying = Here(), 0, []
    look = many._Run._look

    def counted(run: many._Run, slug: str) -> object:
        nonlocal looked
        looked += 1
        return look(run, slug)

    monkeypatch.setattr(many._Run, "_look", counted)
    monkeypatch.setattr(many, "_SETTLED", 60.0)
    crew.before_each = lambda count: flying.append(looked - 2 * count)
    run(content, crew)
    assert max(flying) <= 2 * crew.size * crew.together


def test_several_are_measured_after_one_start_of_an_office(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together: list[int] = []

    def set_together(files: list[bytes]) -> object:
        from contextlib import nullcontext

        together.append(len(files))
        return nullcontext()

    monkeypatch.setattr("publisher.many.making.set_together", set_together)
    monkeypatch.setattr(
        production.Production, "set_by_office", lambda self: [self.edition.document.slug.encode()]
    )
    made = make(content, [Job("n-1"), Job("n-2"), Job("n-3")])
    assert together == [3]
    assert all(isinstance(each, Built) for each in made)


def test_folders_beside_one_another_are_written_at_the_same_time(tmp_path: Path) -> None:
    def written(number: int) -> None:
        for _ in range(5):
            output.write_folder(tmp_path / f"n-{number}", {"a": b"1", "b/c": b"2"})

    with ThreadPoolExecutor(8) as writers:
        for done in [writers.submit(written, number) for number in range(16)]:
            done.result()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"n-{number}" for number in range(16)
    )


# -- what is said of it ------------------------------------------------------------------


def test_the_summary_fits_a_screen_and_names_first_what_failed(tmp_path: Path) -> None:
    shown: list[str] = []
    with journal.Journal(tmp_path, 1000, shown.append) as counted:
        for number in range(300):
            counted.came(Failed(f"f-{number}", "磁盘" * 200))
            counted.came(Outcome(f"s-{number}", State.STOPPED, ()))
            broken = (("document.pdf", ("no_bold",)),)
            secret = Outcome(f"b-{number}", State.PUBLISHED, (), (), "秘密", broken)
            counted.came(secret)
        lines = [line for line, _ in counted.summary()]
    assert len(lines) < 24
    assert max(map(len, lines)) < 160
    assert lines[0] == "没有做成（300 份）："
    assert "还有 295 份" in "".join(lines)
    assert "共 1000 份：已生成 300，未生成 300，没有做成 300" in "".join(lines)
    details = (tmp_path / journal.FILE).read_text("utf-8")
    assert all(f"{slug}-299 " in details for slug in "fsb")
    assert (tmp_path / journal.FILE).stat().st_mode & 0o077 == 0
    assert "900/1000 份" in shown[-1]


def test_somebody_elses_details_are_not_written_over(tmp_path: Path) -> None:
    (tmp_path / journal.FILE).write_text("mine")
    counted = journal.Journal(tmp_path, 1, lambda words: None)
    with counted, pytest.raises(output.InTheWay):
        counted.came(Failed("a", "b"))
    assert (tmp_path / journal.FILE).read_text() == "mine"


def test_more_than_a_few_are_many_and_the_command_says_how_it_went(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(usage, "FEW", 3)
    monkeypatch.setattr("publisher.many.crew.Processes", Here)
    monkeypatch.chdir(content.parent)
    notice(content, 2, lines="\n没有的: 项目")
    assert cli.run(["publish"]) == cli.STOPPED
    said = capsys.readouterr().out
    assert said.startswith("有错误，没有生成（1 份）：\n  n-2：content/n-2/document.md:6:1 ")
    assert "共 5 份：已生成 4，未生成 1" in said
    assert len(said.splitlines()) < 10


def test_an_end_that_is_not_the_last_says_what_is_there(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Full(Here):
        def make(self, content: Path, jobs: Sequence[Job]) -> Future[list[Made]]:
            if self.asked:
                raise OSError(28, "No space", "x")
            return super().make(content, jobs)

    monkeypatch.setattr(usage, "FEW", 3)
    monkeypatch.setattr("publisher.many.crew.Processes", Full)
    monkeypatch.chdir(content.parent)
    assert cli.run(["publish"]) == cli.UNFINISHED
    said = capsys.readouterr().err
    assert "磁盘已满" in said
    assert "再运行一次，从这里接着做" in said


@pytest.mark.parametrize(
    ("total", "done", "fate"),
    [
        (1, 0, "共 1 份，还没有做完，原有的文件保持不变。请再运行一次。"),
        (30, 0, "共 30 份，一份也没有做完，原有的文件保持不变。请再运行一次。"),
        (30, 3, "共 30 份：没有变化 3；其余 27 份还没有做，原有的文件保持不变。已生成的"),
        (3, 3, "共 3 份：没有变化 3；只有总览 build/index.html 也许还是旧的，再运行一次就更新。"),
    ],
)
def test_an_end_that_comes_early_says_what_was_done_by_then(
    total: int, done: int, fate: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("build").mkdir()
    with journal.Journal(Path("build"), total, lambda line: None) as kept:
        for number in range(done):
            kept.came(Outcome(f"n-{number}", State.UNCHANGED, ()))
    assert kept.fate.startswith(fate)


def test_many_are_checked_by_processes_that_share_the_work(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        "publisher.workers.start", lambda count=None, **named: ThreadPoolExecutor(2)
    )
    monkeypatch.setattr("publisher.many.checking._AT_ONCE", 2)
    monkeypatch.chdir(content.parent)
    notice(content, 4, lines="\n没有的: 项目")
    assert cli.run(["check"]) == cli.STOPPED
    alone = capsys.readouterr().out
    monkeypatch.setattr(usage, "FEW", 3)
    assert cli.run(["check"]) == cli.STOPPED
    assert capsys.readouterr().out == alone


# -- processes ---------------------------------------------------------------------------


@pytest.mark.thorough
def test_processes_that_end_are_followed_by_others(content: Path) -> None:
    crew = Processes(1)
    try:
        killed = crew.make(content, [])
        killed.result(60)
        for process in crew._executor._pool._processes:
            os.kill(process, signal.SIGKILL)
        while not isinstance(crew.make(content, []).exception(60), BrokenExecutor):
            time.sleep(0.05)
        crew.renew()
        assert crew.make(content, []).result(60) == []
    finally:
        crew.end()
