"""Content folders for tests: a stock document that an overlay changes, read and resolved."""

from __future__ import annotations

import dataclasses
import gc
import importlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Container, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

import office as running_office
from browsing import Pages
from publisher import fonts, garbage, office, workers
from publisher.checks import check
from publisher.diagnostics import Finding, in_order
from publisher.model import Bureau, Document, Edition, Prose, SetTable, Table
from publisher.readers import read_bureau, read_document
from publisher.readers.markdown import read_blocks
from publisher.reconcile import reconcile
from publisher.resolve import resolve
from publisher.setting.columns import column_shares
from publisher.setting.editions import edition_of as published

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MEMORY = Path("/dev/shm")
if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2 * 2**30:
    # What tests write is gone with them: a disk that is waited for takes a third of their time.
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT / "tests" / "documents"
"""A content root with made documents, a situation each."""

_MOST_OF_A_NAME = 60
"""Characters of a value that the name of a test shows."""

CASE = "case"
"""The slug of the stock document."""

FRONT = """\
文种: 通知
标题: 青岚市水务局关于印发计划的通知
发文机关: 青岚市水务局
成文日期: 2030-03-01
印发件:
  - 文件: plan.md
    标题: 2030年计划
    附件:
      - 文件: tasks.csv
        标题: 任务表
        列:
          序号: 序号
          组别: 分组
          任务: 文字
          时限: 时限
          责任人: 人员
          部门: 部门"""

HEADER = "序号,组别,任务,时限,责任人,部门"

Overlay = Mapping[str, str | bytes | None]
"""What stands in files instead of the stock: text, bytes, or None where there is no file."""


def front(lines: str = FRONT, text: str = "现将计划印发给你们。") -> str:
    """A `document.md` with this front matter, which begins on line 2, and this text."""
    return f"---\n{lines}\n---\n\n{text}\n"


STOCK: Overlay = {
    "bureau.yaml": "发文机关:\n  - 名称: 青岚市水务局\n",
    f"{CASE}/document.md": front(),
    f"{CASE}/plan.md": "# 清理岸线\n\n## 排查问题。\n\n逐段排查。\n",
    f"{CASE}/tasks.csv": f"{HEADER}\n1,清理岸线,逐段排查。,5月底,柳喆；陆堃,河湖科\n",
}


def hear_all() -> None:
    """In a program that is begun: hear what asks it to end, though the run of the tests does not.

    A run that a shell begins in the background ignores Ctrl-C, one below nohup SIGHUP, and all that
    it begins does so too.
    """
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def at(place: Any) -> str:
    """A place as `file:line:column`, the file without the folders of the content."""
    file = place.file.removeprefix("content/").removeprefix(f"{CASE}/")
    return f"{file}:{place.line}:{place.column}"


@dataclass(frozen=True)
class Reading:
    """What came of reading a folder."""

    bureau: Bureau
    read: Document | None
    findings: tuple[Finding, ...]
    """In order."""

    @property
    def document(self) -> Document:
        """The document, which must be there."""
        assert self.read is not None
        return self.read

    @property
    def said(self) -> list[str]:
        """Where each finding is, and its name: `document.md:2:1 unknown_key`."""
        return [f"{at(one.place)} {one.name}" for one in self.findings]

    def one(self, name: str) -> Finding:
        """The only finding of a name."""
        (finding,) = (one for one in self.findings if one.name == name)
        return finding


def read_content(content: Path, slug: str = CASE) -> Reading:
    """The document of a slug, and all that its readers found."""
    bureau, of_bureau = read_bureau(content)
    document, of_document = read_document(content / slug, bureau)
    return Reading(bureau, document, in_order([*of_bureau, *of_document]))


def write(content: Path, files: Overlay) -> None:
    """Make a content folder of `files`; text is written as UTF-8, line ends as they are."""
    for name, data in files.items():
        if data is not None:
            path = content / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the test's own.

    That of pytest looks through those of all tests before it for its number.
    """
    return Path(tempfile.mkdtemp(dir=tmp_path_factory.getbasetemp()))


def pytest_make_parametrize_id(val: object) -> str | None:
    """The begin of what is long: each process is told the names of all tests, megabytes of some."""
    return (
        f"{val[:_MOST_OF_A_NAME]}…" if isinstance(val, str) and len(val) > _MOST_OF_A_NAME else None
    )


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The folder that `read` writes to, not there yet."""
    return tmp_path / "content"


@pytest.fixture
def read(content: Path) -> Callable[..., Reading]:
    """Reads the stock document with an overlay; names without a folder are the document's."""

    def read_with(overlay: Overlay | None = None) -> Reading:
        named = {
            name if "/" in name or name == "bureau.yaml" else f"{CASE}/{name}": data
            for name, data in (overlay or {}).items()
        }
        write(content, {**_stock_for(named), **named})
        return read_content(content)

    return read_with


def _stock_for(named: Overlay) -> Overlay:
    """The stock without the text and the table that the document at hand does not mention."""
    words = named.get(f"{CASE}/document.md")
    left_out = ("plan.md", "tasks.csv") if isinstance(words, str) else ()
    return {
        path: data
        for path, data in STOCK.items()
        if not (path.endswith(left_out) and Path(path).name not in str(words))
    }


def edition_of(text: str = "", **given: Any) -> Edition:
    """The edition of a document with this Markdown as its text.

    Fields of `Prose` in `given` are those of the body, others those of the document.
    """
    blocks, _ = read_blocks(text.split("\n"), "text.md")
    fields = [field.name for field in dataclasses.fields(Prose) if field.name != "title"]
    of_prose = {name: given.pop(name) for name in fields if name in given}
    body = Prose(given.pop("title", "标题"), **{"blocks": blocks, **of_prose})
    return resolve(Document("case", Bureau(()), body, **given))


def shares_of(table: Table) -> tuple[float, ...]:
    """The part of the width that each column of a table gets."""
    attachment = edition_of("文。", attachments=(table,)).attachments[0]
    assert isinstance(attachment.content, SetTable)
    return column_shares(attachment.content, attachment.orientation)


def resolved(document: Document) -> Edition:
    """The edition of a document with its tasks bound, as the pipeline makes it."""
    return published(document, reconcile(document))


def checked(document: Document, characters: Container[str] | None = None) -> list[Finding]:
    """What the checks find in a document, as the pipeline asks them."""
    return check(document, reconcile(document), characters)


def tool(name: str) -> ModuleType:
    """A program of `tools/`, as a module."""
    tools = str(ROOT / "tools")
    if tools not in sys.path:
        sys.path.append(tools)
    return importlib.import_module(name)


@pytest.fixture(scope="session")
def real_edition() -> Edition:
    """The real notice, `content/2025-work-points`, read without findings."""
    reading = read_content(ROOT / "content", "2025-work-points")
    assert reading.findings == ()
    return resolved(reading.document)


@pytest.fixture
def no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread does what other processes would: to start them takes a second each time.

    Two threads that load a package from two ends at once would find it half loaded.
    """
    importlib.import_module("publisher.renderers.docx")
    monkeypatch.setattr(workers, "start", lambda count=None, of="": ThreadPoolExecutor(1))


Saves = Callable[[bytes, str, str], bytes]
"""A file, its suffix (".docx") and another ("odt") → the file as LibreOffice saves it."""


@pytest.fixture(scope="session")
def office_saves() -> Iterator[Saves]:
    """A LibreOffice that runs on: to start one takes as long as to save ten files."""
    program = running_office.python()
    if program is None:
        pytest.skip("needs LibreOffice and a Python that knows UNO")
    where = fonts.folder()
    fonts.use(fonts.served_faces(where), where)
    with running_office.converting(program) as saves:
        yield saves


@pytest.fixture
def one_office(office_saves: Saves, monkeypatch: pytest.MonkeyPatch) -> Saves:
    """The same, and what the program has converted is saved by it too."""

    def converted(program: Path, data: bytes, suffix: str, kind: str) -> bytes:
        return office_saves(data, suffix, kind.partition(":")[0])

    monkeypatch.setattr(office, "_converted", converted)
    return office_saves


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of others are read in this process: to fork one of so many tests takes long."""
    monkeypatch.setattr("publisher.bounded.forks", lambda: False)


@pytest.fixture(scope="module", autouse=True)
def kept_out_of_garbage() -> Iterator[None]:
    """What is left of a module stays: the program looks for garbage after each document it sets."""
    yield
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a module in one process, unless it names another group itself.

    Modules of tests that take long come first: so the processes end within seconds of one another.
    """
    taking_long = set()
    for item in items:
        module = item.nodeid.split("::")[0]
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(module))
        if item.get_closest_marker("slow") or item.get_closest_marker("thorough"):
            taking_long.add(module)
    items.sort(key=lambda item: item.nodeid.split("::")[0] not in taking_long)


def pytest_collection_finish() -> None:
    """Look for garbage only in what tests make: eleven thousand tests take long to go through."""
    gc.collect()
    gc.freeze()
    garbage.collect_seldom()


BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium with the fonts of this checkout; skips where there is none, but in CI."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        assert not os.environ.get("CI"), "CI has no browser"
        pytest.skip("needs Chromium")
    from playwright.sync_api import sync_playwright

    environment = {**os.environ, "FONTCONFIG_FILE": str(ROOT / ".fonts" / "fonts.conf")}
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=FLAGS, env=environment)
        yield made
        made.close()


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Pages:
    """Pages of it, for one test after another."""
    return Pages(browser)
