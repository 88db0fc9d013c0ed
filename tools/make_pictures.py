"""The real notice → docs/pictures/*.png: its page and its reconciliation, as screens show them."""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from publisher import fonts, output
from publisher.model import ColumnRole, Edition, SetTable
from publisher.readers import read_bureau, read_document
from publisher.renderers import reconciliation, table, web
from publisher.resolve import resolve

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


PAGES = (
    Picture("page-1280", 1280, 960),
    Picture("page-320", 320, 720),
    Picture("table-1280", 1280, 800, is_filtered=True),
    Picture("table-320", 320, 720, is_filtered=True, scheme="dark"),
    Picture("reconciliation", 1280, 1080, reconciliation.FILE),
)
ROW = 9
"""The row whose department is chosen, counted from 0."""


def edition_of_notice() -> Edition:
    """The real notice."""
    bureau, _ = read_bureau(ROOT / "content")
    document, _ = read_document(ROOT / "content" / SLUG, bureau)
    if document is None:
        sys.exit(f"content/{SLUG} 无法读取")
    return resolve(document)


def filtered(edition: Edition) -> str:
    """What follows the address of the page where its table shows the rows of one department."""
    shown = next(one.content for one in edition.attachments if isinstance(one.content, SetTable))
    column = [one.role for one in shown.columns].index(ColumnRole.DEPARTMENTS)
    row = shown.rows[ROW]
    return f"?{urlencode({'departments': row.cells[column].items[0]})}#{row.anchor}"


def taken(browser: Browser, address: str, picture: Picture) -> bytes:
    """A picture as PNG with a palette."""
    shown = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    shown.goto(address)
    if picture.is_filtered:
        shown.locator("form.tools").evaluate("form => form.scrollIntoView()")
    image = Image.open(io.BytesIO(shown.screenshot())).convert("RGB")
    shown.close()
    reduced = image.quantize(COLOURS, dither=Image.Dither.NONE)
    written = io.BytesIO()
    reduced.save(written, "PNG", optimize=True)
    return written.getvalue()


def main() -> None:
    """Write all pictures."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        sys.exit("没有 Chromium 或 Google Chrome")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        edition = edition_of_notice()
        made = web.render(edition, table.render(edition)) | reconciliation.render(edition)
        output.write_folder(Path(folder) / "pages", made)
        seen: dict[str, str | float | bool] = {**os.environ}
        seen["FONTCONFIG_FILE"] = str(fonts.folder() / "fonts.conf")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"], env=seen)
        for picture in PAGES:
            address = (Path(folder) / "pages" / picture.file).as_uri()
            address += filtered(edition) if picture.is_filtered else ""
            image = taken(browser, address, picture)
            (PICTURES / f"{picture.name}.png").write_bytes(image)
            print(f"docs/pictures/{picture.name}.png  {len(image) // 1024} KB")
        browser.close()


if __name__ == "__main__":
    main()
