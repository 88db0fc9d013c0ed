"""OFD in readers that others wrote: ofd.js shows the pages of the PDF, ofdkit reads their words."""

from __future__ import annotations

import base64
import io
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

import ofd_files
import rendered
from conftest import ROOT
from words import squeezed

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = rendered.in_one_process

SHOWS = ROOT / "tests" / "npm" / "node_modules" / "ofd.js" / "lib" / "ofd.umd.min.js"
SHOWN = "complete"
MOST_DIFFERING = 0.02
"""Of the pixels of a page: bold titles are not bold there. Another page differs by more."""

_SHOW = """async data => {
    const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
    const pages = await new Promise((done, fail) => window.ofd.parseOfdDocument({
        ofd: new File([bytes], "a.ofd"),
        success: read => done(window.ofd.renderOfd(794, read[0])),
        fail: fail,
    }));
    document.body.replaceChildren(...pages);
    for (const page of pages) page.style.margin = "0";
    return pages.length;
}"""


@pytest.mark.slow
def test_ofd_js_shows_what_the_pdf_shows(browser: Browser) -> None:
    if not SHOWS.exists():
        pytest.skip("needs tests/npm/node_modules (make setup-test)")
    with pypdfium2.PdfDocument(rendered.document(SHOWN).finished) as document:
        pages = shown(browser, ofd_files.document(SHOWN))
        assert len(pages) == len(document)
        differing = [
            _differing(page, document[number].render(scale=2).to_pil())
            for number, page in enumerate(pages)
        ]
    assert max(differing) < MOST_DIFFERING


def shown(browser: Browser, data: bytes) -> list[Image.Image]:
    """The pages of an OFD, as ofd.js draws them in the fonts of this checkout."""
    page = browser.new_page(viewport={"width": 1200, "height": 1200})
    page.set_content("<body style='margin: 0; background: white'></body>")
    page.add_script_tag(path=str(SHOWS))
    count = page.evaluate(_SHOW, base64.b64encode(data).decode())
    page.wait_for_timeout(500)
    pictures = [page.locator("body > div").nth(number).screenshot() for number in range(count)]
    page.close()
    return [Image.open(io.BytesIO(picture)) for picture in pictures]


def _differing(first: Image.Image, second: Image.Image) -> float:
    """The share of pixels that differ by much, where a pixel or two to the side counts as same."""
    size = (400, round(400 * first.height / first.width))
    grey = [
        each.convert("L").resize(size).filter(ImageFilter.BoxBlur(1.5)) for each in (first, second)
    ]
    histogram = ImageChops.difference(*grey).histogram()
    return sum(histogram[40:]) / sum(histogram)


@pytest.mark.parametrize("slug", ["complete", "letter", "table-without-groups"])
def test_ofdkit_reads_all_words(slug: str, tmp_path: Path) -> None:
    ofdkit: Any = pytest.importorskip("ofdkit")
    file = tmp_path / "document.ofd"
    file.write_bytes(ofd_files.document(slug))
    with pypdfium2.PdfDocument(rendered.document(slug).finished) as document:
        words = "".join(page.get_textpage().get_text_bounded() for page in document)
        with ofdkit.open(str(file)) as read:
            assert len(read.pages) == len(document)
    ours = Counter(squeezed(ofdkit.extract_text(str(file))))
    assert Counter(squeezed(words.replace("\ufffe", ""))) - ours == Counter()
