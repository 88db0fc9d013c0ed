"""The page of a long table in Chromium: how long loading, filtering and sorting take → a table.

Each row is measured beside the real notice's ninety-one in the same run: machines are noisy.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from publisher.model import Document, Table
from publisher.readers import read_bureau, read_document
from publisher.renderers import web
from publisher.setting.editions import edition_of

ROOT = Path(__file__).parents[1]
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
WIDTHS = (320, 1280)
_AFTER = "await new Promise((end) => requestAnimationFrame(() => setTimeout(end)));"
"""Until what was changed is drawn."""
_CHOOSE = f"""async ({{ control, index }}) => {{
  const select = document.querySelector(control);
  const choose = (at) => {{
    select.selectedIndex = at;
    select.dispatchEvent(new Event('input', {{ bubbles: true }}));
  }};
  const began = performance.now();
  choose(index);
  document.body.offsetHeight;
  {_AFTER}
  const took = performance.now() - began;
  choose(0);
  {_AFTER}
  return took;
}}"""
_FILTER = {"control": "form.tools [data-column]", "index": 2}
_SORT = {"control": "form.tools [name=sort]", "index": 1}
_READY = "document.querySelector('form.tools [data-column]').options.length > 2"
"""Filters of a long table are filled by and by."""


def pages(folder: Path, rows: int) -> dict[str, Path]:
    """The real notice, and a document with a table of so many rows, as files."""
    bureau, _ = read_bureau(ROOT / "content")
    notice, _ = read_document(ROOT / "content" / "2025-work-points", bureau)
    assert notice is not None
    made = {"91 rows": notice, f"{rows} rows": long_document(notice, rows)}
    files: dict[str, Path] = {}
    for number, (name, document) in enumerate(made.items()):
        files[name] = folder / f"{number}.html"
        files[name].write_bytes(web.render(edition_of(document), {})["web/index.html"])
    return files


def long_document(notice: Document, rows: int) -> Document:
    """The notice with its table repeated until it has so many rows."""
    (issued,) = notice.issued
    (table,) = issued.attachments
    assert isinstance(table, Table)
    held = tuple(table.rows[at % len(table.rows)] for at in range(rows))
    longer = replace(issued, attachments=(replace(table, rows=held),))
    return replace(notice, issued=(longer,))


def measured(browser: Any, file: Path, width: int) -> tuple[float, ...]:
    """Milliseconds until a page is drawn, is filtered, is sorted."""
    page = browser.new_context(bypass_csp=True).new_page()
    page.set_default_timeout(120_000)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(file.as_uri(), wait_until="load")
    load = page.evaluate(f"async () => {{ {_AFTER} return performance.now(); }}")
    page.wait_for_function(_READY)
    took = load, page.evaluate(_CHOOSE, _FILTER), page.evaluate(_CHOOSE, _SORT)
    page.context.close()
    return took


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rows", type=int, default=2000)
    arguments.add_argument("--times", type=int, default=3)
    given = arguments.parse_args()
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))))
    environment: dict[str, str | float | bool] = {
        **os.environ,
        "FONTCONFIG_FILE": str(ROOT / ".fonts" / "fonts.conf"),
    }
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        files = pages(Path(folder), given.rows)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, env=environment)
        for width in WIDTHS:
            took: dict[str, list[tuple[float, ...]]] = {name: [] for name in files}
            for _ in range(given.times):
                for name, file in files.items():
                    took[name].append(measured(browser, file, width))
            medians = {
                name: [statistics.median(column) for column in zip(*runs, strict=True)]
                for name, runs in took.items()
            }
            short, long = medians.values()
            for name, file in files.items():
                shown = "  ".join(f"{each:8.0f} ms" for each in medians[name])
                print(f"{width:5} px  {name:10} {file.stat().st_size / 1024:6.0f} KB  {shown}")
            ratios = "  ".join(
                f"{after / before:9.1f} ×" for before, after in zip(short, long, strict=True)
            )
            print(f"{width:5} px  {'load, filter, sort':22} {ratios}")
        browser.close()


if __name__ == "__main__":
    main()
