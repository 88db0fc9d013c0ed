"""An OFD → its pages as ofd.js draws them in a browser, and how far two pictures differ."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageFilter

from conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OFD_JS = ROOT / "tests" / "npm" / "node_modules" / "ofd.js" / "lib" / "ofd.umd.min.js"
MOST_DIFFERING = 0.02
"""Of the pixels of a page: bold titles are not bold there. Another page differs by more."""
_MUCH = 40
_SIZE = 400

# It counts pictures by 3.785 pixels a millimetre, whatever the page is: this is as near as it gets.
_SHOW = """async data => {
    const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
    const pages = await new Promise((done, fail) => window.ofd.parseOfdDocument({
        ofd: new File([bytes], "a.ofd"),
        success: read => done(window.ofd.renderOfd(808, read[0])),
        fail: fail,
    }));
    document.body.replaceChildren(...pages);
    for (const page of pages) page.style.margin = "0";
    return pages.length;
}"""


def shown(browser: Browser, data: bytes) -> list[Image.Image]:
    """The pages of an OFD, in the fonts of this checkout."""
    page = browser.new_page(viewport={"width": 1200, "height": 1200})
    page.set_content("<body style='margin: 0; background: white'></body>")
    page.add_script_tag(path=str(OFD_JS))
    count = page.evaluate(_SHOW, base64.b64encode(data).decode())
    page.wait_for_timeout(500)
    pictures = [page.locator("body > div").nth(number).screenshot() for number in range(count)]
    page.close()
    return [Image.open(io.BytesIO(picture)) for picture in pictures]


def differences(first: Image.Image, second: Image.Image) -> Image.Image:
    """Where two pictures differ by much; what stands a pixel or two beside counts as same."""
    size = (_SIZE, round(_SIZE * first.height / first.width))
    grey = [
        each.convert("L").resize(size).filter(ImageFilter.BoxBlur(1.5)) for each in (first, second)
    ]
    return ImageChops.difference(*grey).point([255 * (by >= _MUCH) for by in range(256)])


def differing(first: Image.Image, second: Image.Image) -> float:
    """The share of pixels that differ by much."""
    histogram = differences(first, second).histogram()
    return histogram[255] / sum(histogram)
