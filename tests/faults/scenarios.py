"""Commands that write, with renderers that answer from memory, and what must be true afterwards."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any
from unittest import mock

from conftest import CASE, STOCK, front, read_content, resolved, tool, write
from faults.disk import watched
from publisher import (
    builds,
    checks,
    cli,
    output,
    production,
    readers,
    review,
    starting,
    takeback,
)
from publisher.changes import Changes
from publisher.checks.punctuation import half_width_punctuation
from publisher.cli import working
from publisher.diagnostics import Finding
from publisher.model import Document, Edition
from publisher.provenance import Provenance, stamped
from publisher.readers import yaml
from publisher.readers.yaml import Values
from publisher.renderers import Format, docx, overview, web
from publisher.takeback import TakingWishes
from publisher.takeback.result import TakenBack
from publisher.wordfile import DOCUMENT, packed, parts_of

OTHER = "other"
_SHORT = "文种: 通知\n标题: 青岚市水务局关于{}的通知\n发文机关: 青岚市水务局\n成文日期: 2030-03-01"


def content(root: Path, words: str) -> None:
    """Two documents, with these words in both."""
    shutil.rmtree(root / "content", ignore_errors=True)
    plan = f"# 清理岸线\n\n## {words}。\n\n逐段排查。\n"
    write(root / "content", {**STOCK, f"{CASE}/plan.md": plan})
    write(root / "content", {f"{OTHER}/document.md": front(_SHORT.format("放假"), f"{words}。")})


@dataclass(frozen=True)
class Scenario:
    """A command, the state before it, and what it may leave."""

    name: str
    arguments: tuple[str, ...]
    targets: tuple[str, ...]
    """The folders and files that it writes: each is the old one or the new one afterwards."""
    prepare: Callable[[Path], None]
    """Makes what there is before, in an empty folder; run once."""
    edit: Callable[[Path], None] = lambda root: None
    """What changes before the command; run once, after `prepare`."""
    goes_on: Callable[[Path], bool] = lambda root: True
    """Whether the same command can be run once more, wherever the last run ended; where nothing
    was written it always can."""


def _published(root: Path) -> None:
    content(root, "排查问题")
    run(root, ("publish",))


def _alone(root: Path, words: str) -> None:
    content(root, words)
    shutil.rmtree(root / "content" / OTHER)


def _compared(root: Path) -> None:
    _alone(root, "排查问题")
    shutil.copytree(root / "content", root / "before")
    _alone(root, "查清问题")
    run(root, ("diff", "before"))


def _with_finding(root: Path) -> None:
    content(root, "排查问题")
    with (root / f"content/{CASE}/plan.md").open("a", encoding="utf-8") as plan:
        plan.write("\n文,字。\n\n字,文。\n")


def _with_acceptance(root: Path) -> None:
    _with_finding(root)
    run(root, ("accept", f"content/{CASE}/plan.md:9", "--reason", "原文如此"))


IMPORTED = "旧文.txt"
OLD_TEXT = """\
丹河市水务局关于清理岸线的通知

各区水务局：

现将清理岸线的工作部署如下。

丹河市水务局
2030年3月1日
"""
"""Of an organ that the bureau does not name."""


def _with_old_text(root: Path) -> None:
    content(root, "查")
    (root / IMPORTED).write_text(OLD_TEXT, "utf-8")


def _without_imported(root: Path) -> bool:
    """Nor is its organ known yet: the report proposes none that is."""
    organs = (root / "content" / "bureau.yaml").read_text("utf-8")
    return not (root / "content" / "fresh").exists() and OLD_TEXT.partition("关于")[0] not in organs


RETURNED = "document.docx"


def _with_returned(root: Path) -> None:
    """A Word file in which words of two files were edited."""
    _alone(root, "排查问题")
    put_returned(root, {"印发给你们": "转发给你们", "排查问题": "查清问题"})
    with from_memory():  # what is made of it is not found among the operations that are counted
        takeback.take_back((root / RETURNED,), root / "content", TakingWishes(), lambda *_: None)


def put_returned(root: Path, edits: Mapping[str, str]) -> None:
    """The Word file of the document as somebody edited it, beside the content."""
    version = builds.printed_version(builds.content_of(root / "content", CASE))
    data = docx.render(resolved(read_content(root / "content").document))[RETURNED]
    parts = parts_of(stamped(data, Provenance(CASE, version, RETURNED)))
    for old, new in edits.items():
        assert old.encode() in parts[DOCUMENT]
        parts[DOCUMENT] = parts[DOCUMENT].replace(old.encode(), new.encode())
    (root / RETURNED).write_bytes(packed(parts))


def _with_builds(root: Path) -> None:
    """A document that was published and archived, and a name of the archive that came later."""
    _alone(root, "排查问题")
    tool("make_archive").archived(root / "content", root / "build")
    # Where `archive.yaml` cannot be read, what stood there holds on: that too makes a whole ZIP.
    run(root, ("archive",))
    (root / "content/archive.yaml").write_text("名称: 青岚市水务政策库\n", "utf-8")


LIBRARY = "library"


def _never(root: Path) -> bool:
    return False


def _without(name: str) -> Callable[[Path], bool]:
    return lambda root: not os.path.lexists(root / name)


SCENARIOS = (
    Scenario(
        "publish",
        ("publish",),
        (f"build/{CASE}", f"build/{OTHER}"),
        _published,
        lambda root: content(root, "查清问题"),
    ),
    Scenario(
        "the first publish", ("publish",), (f"build/{CASE}",), lambda root: content(root, "查")
    ),
    Scenario(
        "diff",
        ("diff", "before"),
        ("build/diff/root-before..worktree",),
        _compared,
        lambda root: _alone(root, "再查问题"),
    ),
    Scenario(
        "accept",
        ("accept", f"content/{CASE}/plan.md:7", "--reason", "原文如此"),
        (f"content/{CASE}/accepted.yaml",),
        _with_acceptance,
        goes_on=_never,
    ),
    Scenario(
        "the first accept",
        ("accept", f"content/{CASE}/plan.md:7", "--reason", "原文如此"),
        (f"content/{CASE}/accepted.yaml",),
        _with_finding,
        goes_on=_never,
    ),
    Scenario(
        "new",
        ("new", "fresh"),
        ("content/fresh/document.md",),
        lambda root: content(root, "查"),
        goes_on=_without("content/fresh/document.md"),
    ),
    Scenario(
        "import",
        ("import", IMPORTED, "--slug", "fresh", "--bureau", "--no-pictures"),
        ("content/fresh/document.md", "content/bureau.yaml", "build/import/fresh"),
        _with_old_text,
        goes_on=_without_imported,
    ),
    Scenario(
        "take-back",
        ("take-back", RETURNED, "--write"),
        (f"content/{CASE}/document.md", f"content/{CASE}/plan.md"),
        _with_returned,
    ),
    Scenario(
        "archive",
        ("archive",),
        (f"build/public/{CASE}/index.html", "build/archive/all.zip"),
        _with_builds,
    ),
    Scenario(
        "init",
        ("init", LIBRARY, "--organ", "青岚市水务局", "--code", "青水", "--site", ""),
        (f"{LIBRARY}/content/bureau.yaml", f"{LIBRARY}/README.md", f"{LIBRARY}/.gitlab-ci.yml"),
        lambda root: None,
        goes_on=_without(f"{LIBRARY}/content"),
    ),
)


# -- running ----------------------------------------------------------------------------


class _Here(Executor):
    """Does at once what it is asked."""

    def submit(self, call: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(call(*arguments, **named))
        except Exception as error:
            done.set_exception(error)
        return done


@contextmanager
def _workers(count: int | None = None, *, of: str = "") -> Iterator[Executor]:
    yield _Here()


def _words_of(edition: Edition) -> str:
    """What tells one content from another."""
    return repr(edition.document)


def _rendered(edition: Edition) -> dict[str, bytes]:
    words = _words_of(edition).encode()
    return {"document.txt": words, "web/document.txt": words[::-1]}


def _index_of(entries: list[overview.IndexEntry]) -> bytes:
    return overview.INDEX_SIGN + "".join(f"{one.slug} {one.version}" for one in entries).encode()


def _checked(document: Document, bound: object, coverage: object) -> tuple[Finding, ...]:
    """The checks that the acceptances are about."""
    return tuple(half_width_punctuation(document))


@cache
def _mapping(text: str, file: str, first_line: int) -> tuple[Values, list[Finding]]:
    return yaml.read_mapping(text, file, first_line)


def _read_mapping(text: str, file: str, first_line: int = 1) -> tuple[Values, list[Finding]]:
    """The same mapping is read again and again, which takes longer than all else."""
    values, found = _mapping(text, file, first_line)
    return Values(deepcopy(values.data), dict(values.places), values.start), list(found)


_TAKEN: dict[frozenset[tuple[str, bytes]], TakenBack] = {}


def _taken_back(paths: Any, folder: Path, *further: Any) -> TakenBack:
    """What a file makes of the content, found once for each state of that."""
    key = frozenset(state(folder).items())
    if key not in _TAKEN:
        _TAKEN[key] = _take_back(paths, folder, *further)
    return _TAKEN[key]


_take_back = takeback.take_back


def _record(changes: Changes, about: object) -> dict[str, bytes]:
    return {"changes.json": repr(changes.changes).encode()}


@contextmanager
def from_memory() -> Iterator[None]:
    """Nothing is rendered, measured or shared out."""
    with ExitStack() as stack:
        for where, name, value in (
            (working, "workers", _workers),
            (production, "FORMATS", {"纯文本": Format(_rendered, ("document.txt",))}),
            (builds, "environment", lambda: {"tools": {}}),
            (checks, "check", _checked),
            (readers.document, "read_mapping", _read_mapping),
            (readers.bureau, "read_mapping", _read_mapping),
            (takeback, "take_back", _taken_back),
            (starting, "_has_git", lambda folder: True),
            (web, "render", lambda edition, files: {}),
            (overview, "render_index", _index_of),
            (review, "CHANGE_FORMATS", {"数据": Format(_record, ("changes.json",))}),
            (review.comparison_table, "listed", lambda changes, about: changes),
            (review.comparison_table, "render_pdf", lambda table: {"对照表.pdf": b"pdf"}),
            (review.comparison_table, "render_docx", lambda table: {"对照表.docx": b"docx"}),
        ):
            stack.enter_context(mock.patch.object(where, name, value))
        yield


@dataclass(frozen=True)
class Ran:
    """What a run came to."""

    code: int
    said: str


def run(root: Path, arguments: tuple[str, ...]) -> Ran:
    """A command over `root`, all names absolute."""
    command, *rest = arguments
    places = ("before", IMPORTED, RETURNED, LIBRARY)
    named = [str(root / word) if word in places else word for word in rest]
    folders = [] if command == "init" else ["--content", str(root / "content")]
    if command in ("publish", "diff", "import", "take-back", "archive"):
        folders += ["--build", str(root / "build")]
    said = StringIO()
    with from_memory(), redirect_stdout(said), redirect_stderr(said):
        code = cli.run([command, *named, *folders])
    return Ran(code, said.getvalue())


# -- what must be true ------------------------------------------------------------------

State = Mapping[str, bytes]


def state(folder: Path) -> State:
    """All bytes of the files in a folder, by their names; of pipes and the like nothing is read."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for place, _, names in os.walk(folder)
        for name in names
        if (path := Path(place, name)).is_file()
    }


class Stage:
    """A scenario set up once, to be put back and tried again and again."""

    _NOT_READ = "bureau.yaml:1:1: 错误"
    """Said of a first `document.md` that could not name the organ."""

    def __init__(self, scenario: Scenario, folder: Path, *, exchanges: bool = True) -> None:
        self.scenario, self.exchanges = scenario, exchanges
        self.root = folder / "root"
        self.kept = folder / "kept"
        self.root.mkdir(parents=True)
        scenario.prepare(self.root)
        scenario.edit(self.root)
        shutil.copytree(self.root, self.kept)
        self.before = state(self.root)
        self.old = self._targets(self.before)
        with watched(self.root, exchanges=exchanges) as disk:
            ran = run(self.root, scenario.arguments)
        assert ran.code == cli.CLEAN, ran.said
        self.operations = disk.count
        self.new = self._targets(state(self.root))
        self.hidden = {*self._hidden(), "build/.lock", "build/.archive.json"}
        self._held: set[frozenset[tuple[str, bytes]]] = set()
        assert all(one != other for one, other in zip(self.old, self.new, strict=True))

    def _targets(self, now: State) -> list[State]:
        """What each target holds; a manifest also says of which inputs no hash could be had."""
        return [
            {
                name: data
                for name, data in now.items()
                if f"{name}/".startswith(f"{target}/") and not name.endswith(output.MANIFEST)
            }
            for target in self.scenario.targets
        ]

    def put_back(self) -> None:
        if state(self.root) != self.before:
            shutil.rmtree(self.root)
            shutil.copytree(self.kept, self.root)

    def fail(self, fails: Callable[[int], bool]) -> None:
        """Run with a disk that fails, and hold what is there and what was said to the truth."""
        self.put_back()
        with watched(self.root, exchanges=self.exchanges) as disk:
            disk.fails = fails
            ran = run(self.root, self.scenario.arguments)
        now = state(self.root)
        self._hold_message(ran, self._targets(now))
        if self._NOT_READ not in ran.said:
            self._hold_files(now)

    def stop(self, at: int) -> None:
        """Run in a process that is killed at an operation, and hold what is there to the truth."""
        self.put_back()
        child = os.fork()
        if not child:
            with watched(self.root, exchanges=self.exchanges) as disk:
                disk.stops_at = at
                run(self.root, self.scenario.arguments)
            os._exit(0)
        os.waitpid(child, 0)
        self._hold_files(state(self.root))

    def _hold_message(self, ran: Ran, now: list[State]) -> None:
        assert "程序内部错误" not in ran.said, ran.said
        assert "Traceback" not in ran.said, ran.said
        assert not [words for words in _ENGLISH if words in ran.said], ran.said
        if ran.code == cli.CLEAN and self._NOT_READ not in ran.said:
            assert now == self.new, ran.said
        written, unknown, aside = (
            ran.said.partition(f"{words}：")[2].partition("。")[0].split("、")
            for words in ("已经写好", "无法确认是否已换成新的", "下次运行时恢复")
        )
        if "也许只换了一部分" in ran.said:
            return
        for index, target in enumerate(self.scenario.targets):
            name = str(self.root / target)
            if name in unknown:
                continue
            if name in aside:
                assert now[index] == {}, ran.said
            elif name in written:
                assert now[index] == self.new[index], ran.said
            elif ran.code == cli.UNFINISHED:
                assert now[index] == self.old[index], ran.said
        if "原有的文件保持不变" in ran.said:
            assert now == self.old, ran.said
        if "没有写下文件" in ran.said:
            assert now == self.old, ran.said

    def _hold_files(self, now: State) -> None:
        """Sources stay; targets are the old or the new ones, now or after the next run."""
        self._hold_each(self._targets(now), or_aside=not self.exchanges)
        for name, data in self.before.items():
            if name.startswith("content/") and name not in self.scenario.targets:
                assert now.get(name) == data, name
        left = frozenset(now.items())
        if left not in self._held:
            self._hold_next_run()
            self._held.add(left)

    def _hold_next_run(self) -> None:
        """The same files are there, and what was begun can be ended."""
        if self.scenario.arguments[0] == "publish":
            # Whatever is broken in the content by then, what was there is there again.
            plans = sorted((self.root / "content").glob("*/document.md"))
            texts = [plan.read_bytes() for plan in plans]
            for plan in plans:
                plan.write_text("坏了", "utf-8")
            assert run(self.root, self.scenario.arguments).code == cli.STOPPED
            self._hold_each(self._targets(state(self.root)))
            for plan, text in zip(plans, texts, strict=True):
                plan.write_bytes(text)
        if self.scenario.goes_on(self.root) or self._targets(state(self.root)) == self.old:
            ran = run(self.root, self.scenario.arguments)
            assert ran.code == cli.CLEAN, ran.said
            assert self._targets(state(self.root)) == self.new
            left = self._hidden() - self.hidden
            assert not left, left

    def _hidden(self) -> set[str]:
        return {path.relative_to(self.root).as_posix() for path in self.root.rglob(".*")}

    def _hold_each(self, now: list[State], *, or_aside: bool = False) -> None:
        for index, one in enumerate(now):
            allowed = [self.old[index], self.new[index], *([{}] if or_aside else [])]
            assert one in allowed, self.scenario.targets[index]


_ENGLISH = tuple(map(os.strerror, errno.errorcode))
