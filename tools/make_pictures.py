"""The real notice → docs/pictures/*.png: its page as a telephone and a desk show it."""

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

from publisher import fonts
from publisher.model import ColumnRole, Edition, SetTable
from publisher.readers import read_bureau, read_document
from publisher.renderers import table, web
from publisher.resolve import resolve

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
SLUG = "2025-work-points"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
COLOURS = 64
"""Enough for black, red, two greys and their soft edges; keeps a picture small."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A part of the page in a window of this size."""

    name: str
    width: int
    height: int
    is_filtered: bool = False
    scheme: str = "light"


PAGES = (
    Picture("page-1280", 1280, 960),
    Picture("page-320", 320, 720),
    Picture("table-1280", 1280, 800, is_filtered=True),
    Picture("table-320", 320, 720, is_filtered=True, scheme="dark"),
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
        file = Path(folder) / "index.html"
        edition = edition_of_notice()
        file.write_bytes(web.render(edition, table.render(edition))["web/index.html"])
        seen: dict[str, str | float | bool] = {**os.environ}
        seen["FONTCONFIG_FILE"] = str(fonts.folder() / "fonts.conf")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"], env=seen)
        for picture in PAGES:
            address = file.as_uri() + (filtered(edition) if picture.is_filtered else "")
            made = taken(browser, address, picture)
            (PICTURES / f"{picture.name}.png").write_bytes(made)
            print(f"docs/pictures/{picture.name}.png  {len(made) // 1024} KB")
        browser.close()


if __name__ == "__main__":
    main()
