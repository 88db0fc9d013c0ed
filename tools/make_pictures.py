"""The real notice and the examples → pictures of their pages, in docs/pictures and docs/gallery."""

from __future__ import annotations

import contextlib
import datetime
import io
import os
import pty
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import escape
from itertools import chain
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlencode

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

import drafting_week
import first_day
import gallery
from publisher import fonts, importing, output
from publisher.changes import About, Changes, Subject
from publisher.compare import compare
from publisher.model import ColumnRole, Document, Edition, SetTable
from publisher.readers import read_bureau, read_document
from publisher.reconcile import reconcile
from publisher.renderers import pdf, reconciliation, table, web
from publisher.renderers.changes import comparison_table, page
from publisher.setting.editions import edition_of

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
SLUG = "2025-work-points"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
COLOURS = 64
"""Enough for black, red, two greys and their soft edges; keeps a picture small."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A part of a page in a window of this size."""

    name: str
    width: int
    height: int
    file: str = "web/index.html"
    is_filtered: bool = False
    scheme: str = "light"
    colours: int = COLOURS


PAGES = (
    Picture("page-1280", 1280, 960),
    Picture("page-320", 320, 720),
    Picture("table-1280", 1280, 800, is_filtered=True),
    Picture("table-320", 320, 720, is_filtered=True, scheme="dark"),
    Picture("reconciliation", 1280, 1080, reconciliation.FILE),
)
REVIEW = (
    Picture("review-1280", 1280, 960, colours=160),
    Picture("review-document-1280", 1280, 960, colours=160),
)
"""The page of changes: its head, and the document from a change on."""
ABOUT = About("上一稿", "这一稿", "", datetime.datetime(2025, 3, 5, tzinfo=datetime.UTC))
SENTENCE = 2
"""The sentence about which the document is shown, counted from 0."""
IMPORT = (
    (Picture("import-1280", 1280, 960), ""),
    (Picture("import-sides-1280", 1280, 960), "#sides"),
    (Picture("import-320", 320, 720, scheme="dark"), "#sides"),
)
"""The report on an old file, from its head and from where the file stands beside its content."""
BESIDE = Picture("beside-1280", 1280, 900, "beside.html")
"""What is written, and the first page of what is printed."""
BESIDE_PAGE = """\
<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>
body {{ margin: 0; padding: 24px; background: #e9edf2; display: grid; gap: 24px;
  grid-template-columns: 640px 1fr; height: 852px; }}
pre {{ margin: 0; padding: 16px 20px; background: #fff; border-radius: 6px; overflow: hidden;
  font: 15px/1.55 "Noto Sans CJK SC", sans-serif; white-space: pre-wrap; tab-size: 2; }}
pre + pre {{ margin-top: 16px; }}
b {{ display: block; color: #5b6775; font-weight: 400; }}
.written {{ display: flex; flex-direction: column; overflow: hidden; }}
.written pre:last-child {{ flex: 1; }}
img {{ width: 100%; box-shadow: 0 1px 6px #0003; align-self: start; }}
</style><div class="written"><pre><b>document.md</b>{document}</pre><pre><b>plan.md</b>{plan}</pre>
</div><img alt="" src="{page}"></html>"""
TERMINAL = Picture("terminal-1280", 1280, 650, "terminal.html")
"""What a terminal shows of a bureau's first minutes."""
TERMINAL_PAGE = """\
<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>
{stylesheet}
body {{ margin: 0; padding: 24px 32px; background: #1b1d22; color: #e6e6e6; }}
pre {{ margin: 0; font: 20px/1.5 "Noto Sans Mono CJK SC", "Noto Sans CJK SC", monospace;
  white-space: pre-wrap; }}
</style><pre>{code}</pre></html>"""
TERMINAL_WIDTH = 110
MENDED = ("成文日期: 2026-02-30", "成文日期: 2026-02-27")
"""A day that is none, and the day that is meant."""
TYPED = (
    ("init", "--organ", "临江市民政局", "--code", "临民发", "--like", "年检通知"),
    ("check",),
    ("publish",),
)
TAKEN_BACK = Picture("take-back-1280", 1280, 1240)
"""The preview of what three files that came back make of the content."""
SHEET_WIDTH = 1280
ROW = 9
"""The row whose department is chosen, counted from 0."""


def document_of(content: Path) -> Document:
    """The real notice, or a version of it."""
    bureau, _ = read_bureau(content)
    document, _ = read_document(content / SLUG, bureau)
    if document is None:
        sys.exit(f"{content / SLUG} 无法读取")
    return document


def edited(folder: Path) -> Changes:
    """What the known edits of the tests have changed in the notice."""
    subprocess.run([sys.executable, ROOT / "tests" / "edited.py", folder], check=True)
    return compare(document_of(folder / "old"), document_of(folder / "new"))


def sheet(made: bytes, number: int) -> Image.Image:
    """A page of a PDF, as wide as a desk shows it."""
    shown = pypdfium2.PdfDocument(made)[number]
    image: Image.Image = shown.render(scale=SHEET_WIDTH / shown.get_width()).to_pil()
    return image


def filtered(edition: Edition) -> str:
    """What follows the address of the page where its table shows the rows of one department."""
    contents = (attachment.content for attachment in edition.attachments)
    shown = next(content for content in contents if isinstance(content, SetTable))
    column = [column.role for column in shown.columns].index(ColumnRole.DEPARTMENTS)
    row = shown.rows[ROW]
    return f"?{urlencode({'departments': row.cells[column].items[0]})}#{row.anchor}"


def taken(browser: Browser, address: str, picture: Picture) -> bytes:
    """What a browser shows."""
    shown = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    shown.goto(address)
    if picture.is_filtered:
        shown.locator("form.tools").evaluate("form => form.scrollIntoView()")
    image = Image.open(io.BytesIO(shown.screenshot()))
    shown.close()
    return reduced(image, picture.colours)


def reduced(image: Image.Image, colours: int = COLOURS) -> bytes:
    """A picture as PNG with a palette."""
    few = image.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
    written = io.BytesIO()
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


def of_page(browser: Browser, folder: Path) -> Iterator[tuple[str, bytes]]:
    """The page of the notice, and the report of its reconciliation."""
    document = document_of(ROOT / "content")
    edition = edition_of(document, reconcile(document))
    made = web.render(edition, table.render(edition)) | reconciliation.render(edition)
    output.write_folder(folder / "pages", made)
    for picture in PAGES:
        address = (folder / "pages" / picture.file).as_uri()
        address += filtered(edition) if picture.is_filtered else ""
        yield picture.name, taken(browser, address, picture)


def of_both_sides(browser: Browser, folder: Path) -> Iterator[tuple[str, bytes]]:
    """The text of the notice beside its first page."""
    content, folder = ROOT / "content" / SLUG, folder / "beside"
    document = document_of(ROOT / "content")
    printed = pdf.render(edition_of(document, reconcile(document)))["document.pdf"]
    folder.mkdir()
    sheet(printed, 0).save(folder / "page.png")
    texts = {name: _without_remarks(content / f"{name}.md") for name in ("document", "plan")}
    html = BESIDE_PAGE.format(page="page.png", **texts)
    (folder / BESIDE.file).write_text(html, "utf-8")
    yield BESIDE.name, taken(browser, (folder / BESIDE.file).as_uri(), BESIDE)


def _without_remarks(path: Path) -> str:
    """A text without its lines of YAML that explain it, for a page of HTML."""
    lines = path.read_text("utf-8").splitlines()
    is_remark = path.name == "document.md"
    return escape("\n".join(line for line in lines if not (is_remark and line.startswith("# "))))


def of_review(browser: Browser, folder: Path) -> Iterator[tuple[str, bytes]]:
    """The page of changes, from its head and from a sentence on; the table."""
    file = folder / "changes.html"
    changes = edited(folder)
    file.write_bytes(page.render(changes, ABOUT)["index.html"])
    sentences = (change for change in changes.changes if change.subject is Subject.SENTENCE)
    anchors = "", f"#{[change.identifier for change in sentences][SENTENCE]}"
    for picture, anchor in zip(REVIEW, anchors, strict=True):
        yield picture.name, taken(browser, file.as_uri() + anchor, picture)
    table = comparison_table.listed(changes, ABOUT)
    made = comparison_table.render_pdf(table)[f"{comparison_table.NAME}.pdf"]
    yield "comparison-table", reduced(sheet(made, 0))


def of_import(browser: Browser, folder: Path) -> Iterator[tuple[str, bytes]]:
    """The report on one of the old files of `first_day.py`."""
    first_day.write_files(folder, with_office=False)
    old = folder / first_day.OLD / first_day.SHOWN
    with ThreadPoolExecutor(1) as executor:
        made = importing.bring_in([old], folder / "content", importing.Wishes(), _quiet, executor)
        report = importing.write(made, folder / "content", folder / "build", is_dry=False)
        importing.add_pictures(made, folder / "build", _quiet)
    for picture, anchor in IMPORT:
        yield picture.name, taken(browser, (report / "index.html").as_uri() + anchor, picture)


def of_week(browser: Browser, folder: Path) -> Iterator[tuple[str, bytes]]:
    """The preview of the files that come back in `drafting_week.py`."""
    folder.mkdir()
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
        drafting_week.preview()
    address = (folder / drafting_week.PREVIEW).as_uri()
    yield TAKEN_BACK.name, taken(browser, address, TAKEN_BACK)


def _quiet(name: str, what: str) -> None:
    """Nobody watches."""


def of_terminal(browser: Browser, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Commands as they are typed and what the program answers: a fault is told, and mended."""
    folder.mkdir()
    shown = Console(record=True, file=io.StringIO(), width=TERMINAL_WIDTH, force_terminal=True)
    for command in TYPED:
        shown.print(Text(f"$ publisher {' '.join(command)}", "bold green"))
        shown.print(Text.from_ansi(answered(command, folder)), soft_wrap=True)
        (document,) = folder.glob("content/*/document.md")
        wrong, right = MENDED if command == ("check",) else reversed(MENDED)
        document.write_text(document.read_text("utf-8").replace(wrong, right), "utf-8")
    page = folder / TERMINAL.file
    page.write_text(shown.export_html(theme=MONOKAI, code_format=TERMINAL_PAGE), "utf-8")
    yield TERMINAL.name, taken(browser, page.as_uri(), TERMINAL)


def answered(command: Sequence[str], folder: Path) -> str:
    """What the program shows at a terminal, without how far it is."""
    ours, its = pty.openpty()
    seen = {**os.environ, "PUBLISHER_FONTS": str(fonts.folder().resolve())}
    program = [sys.executable, "-m", "publisher", *command]
    subprocess.run(program, cwd=folder, env=seen, stdout=its, stderr=subprocess.DEVNULL)
    os.close(its)
    with open(ours, "rb", closefd=True) as terminal:  # noqa: PTH123
        return b"".join(_until_closed(terminal)).decode().replace("\r\n", "\n").rstrip()


def _until_closed(terminal: BinaryIO) -> Iterator[bytes]:
    """What is read until nobody has the other side, which is told as an error."""
    with contextlib.suppress(OSError):
        while piece := terminal.read(1):
            yield piece


def main() -> None:
    """Write all pictures."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        sys.exit("没有 Chromium 或 Google Chrome")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        seen: dict[str, str | float | bool] = {**os.environ}
        seen["FONTCONFIG_FILE"] = str(fonts.folder() / "fonts.conf")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"], env=seen)
        for name, made in chain(
            of_page(browser, Path(folder)),
            of_both_sides(browser, Path(folder)),
            of_review(browser, Path(folder) / "review"),
            of_import(browser, Path(folder) / "import"),
            of_terminal(browser, Path(folder) / "terminal"),
            of_week(browser, Path(folder) / "week"),
        ):
            (PICTURES / f"{name}.png").write_bytes(made)
            print(f"docs/pictures/{name}.png  {len(made) // 1024} KB")
        browser.close()
    gallery.draw()


if __name__ == "__main__":
    main()
