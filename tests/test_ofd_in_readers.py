"""OFD in readers that others wrote: ofd.js shows the pages of the PDF, ofdkit reads their words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

import ofd_files
import rendered
from ofd_shown import MOST_DIFFERING, OFD_JS, differing, shown
from words import squeezed

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = rendered.in_one_process

SHOWN = "complete"


@pytest.mark.slow
def test_ofd_js_shows_what_the_pdf_shows(browser: Browser) -> None:
    if not OFD_JS.exists():
        pytest.skip("needs tests/npm/node_modules (make setup-test)")
    with pypdfium2.PdfDocument(rendered.document(SHOWN).finished) as document:
        pages = shown(browser, ofd_files.document(SHOWN))
        assert len(pages) == len(document)
        shares = [
            differing(page, document[number].render(scale=2).to_pil())
            for number, page in enumerate(pages)
        ]
    assert max(shares) < MOST_DIFFERING


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
