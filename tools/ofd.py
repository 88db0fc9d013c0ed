"""Documents → what of their OFD and PDF is not as archives want it; `make ofd`.

ofd.py random [--count 200] [--seed 0]   any document: schemas, words, subsets, PDF/A, PDF/UA
ofd.py pictures [--into build/ofd]       eleven documents: as ofd.js draws them, beside the PDF
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MADE = ("complete", "pictures", "forms", "letter", "joint-notice-five-organs", "indicators")
GALLERY = ("年检通知", "会议纪要", "三年计划", "申请表")
"""Beside the real notice."""
_WIDE, _BETWEEN, _A_SHEET = 480, 8, 4
"""Pixels of a page, between two, and pages of a sheet."""


def main() -> int:
    """1 where something is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["random", "pictures"])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--into", type=Path, default=ROOT / "build" / "ofd")
    asked = parser.parse_args()
    if asked.what == "random":
        return _random(asked.count, asked.seed)
    return _pictures(asked.into)


# -- pictures ---------------------------------------------------------------------------


def _pictures(into: Path) -> int:
    from playwright.sync_api import sync_playwright

    from conftest import BROWSERS, FLAGS
    from ofd_shown import MOST_DIFFERING

    into.mkdir(parents=True, exist_ok=True)
    path = next(filter(None, map(shutil.which, BROWSERS)))
    fonts: dict[str, str | float | bool] = {
        **os.environ,
        "FONTCONFIG_FILE": str(ROOT / ".fonts" / "fonts.conf"),
    }
    worst = 0.0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, env=fonts)
        for name, as_pdf, as_ofd in _documents():
            shares = _compared(browser, into / name, as_pdf, as_ofd)
            worst = max(worst, *shares)
            print(f"{name:28}{len(shares):4} pages, at most {max(shares):.2%} differ", flush=True)
        browser.close()
    print(f"at most {worst:.2%} of the pixels of a page differ, of {MOST_DIFFERING:.0%} allowed")
    return int(worst >= MOST_DIFFERING)


def _documents() -> Iterator[tuple[str, bytes, bytes]]:
    """The name, the PDF and the OFD of each."""
    import rendered
    from conftest import read_content, resolved
    from publisher.renderers import pdf
    from publisher.renderers.ofd import about, as_ofd

    gallery = ROOT / "templates" / "new" / "gallery"
    for name in (rendered.NOTICE, *MADE, *GALLERY):
        edition = (
            resolved(read_content(gallery, name).document)
            if name in GALLERY
            else rendered.edition(name)
        )
        made = pdf.render(edition)["document.pdf"]
        yield name, made, as_ofd(made, (), about(edition, made))


def _compared(browser: Browser, place: Path, as_pdf: bytes, as_ofd: bytes) -> list[float]:
    """The share of differing pixels, page by page; sheets are written beside `place`."""
    import pypdfium2

    from ofd_shown import differences, differing, shown

    shares, pairs = list[float](), list[Image.Image]()
    with pypdfium2.PdfDocument(as_pdf) as document:
        for number, page in enumerate(shown(browser, as_ofd)):
            paper = document[number].render(scale=2).to_pil().convert("RGB")
            page = page.convert("RGB")
            shares.append(differing(page, paper))
            pairs.append(_beside(paper, page, differences(page, paper)))
        assert len(pairs) == len(document)
    for first in range(0, len(pairs), _A_SHEET):
        _sheet(pairs[first : first + _A_SHEET]).save(f"{place}-{first + 1:03}.png")
    return shares


def _beside(paper: Image.Image, page: Image.Image, differs: Image.Image) -> Image.Image:
    """The PDF, and the OFD with what differs in red."""
    high = round(_WIDE * paper.height / paper.width)
    pair = Image.new("RGB", (2 * _WIDE + _BETWEEN, high), "gray")
    pair.paste(paper.resize((_WIDE, high)), (0, 0))
    pair.paste(page.resize((_WIDE, high)), (_WIDE + _BETWEEN, 0))
    pair.paste("red", (_WIDE + _BETWEEN, 0), differs.resize((_WIDE, high)))
    return pair


def _sheet(pairs: list[Image.Image]) -> Image.Image:
    """Pairs, two in a row."""
    high = max(pair.height for pair in pairs)
    rows = (len(pairs) + 1) // 2
    size = (2 * (2 * _WIDE + 3 * _BETWEEN), rows * (high + _BETWEEN))
    sheet = Image.new("RGB", size, "gray")
    for place, pair in enumerate(pairs):
        sheet.paste(pair, (place % 2 * (size[0] // 2), place // 2 * (high + _BETWEEN)))
    return sheet


# -- any document -----------------------------------------------------------------------


def _random(count: int, start: int) -> int:
    """Try so many; those that fail are printed, none is made smaller."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    from archived import FOR_ARCHIVES, assert_right_for_archives
    from conftest import resolved
    from publisher.model import Document
    from test_one_text import assert_one_text

    tried, failed = 0, 0

    @seed(start)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(FOR_ARCHIVES)
    def any_document(made: Document) -> None:
        nonlocal tried, failed
        tried += 1
        try:
            edition = resolved(made)
            assert_one_text(edition, assert_right_for_archives(edition))
        except Exception:
            failed += 1
            traceback.print_exc(limit=-3)
            print(made, flush=True)

    any_document()
    print(f"{tried} documents, {failed} of them not right for archives")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
