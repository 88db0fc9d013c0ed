"""The made documents and the real notice: each resolved and set as PDF once for all tests."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from weasyprint.document import Document

from conftest import DOCUMENTS, ROOT, read_content, resolved
from printed import Page, pages_of
from publisher.model import Edition
from publisher.renderers import pdf

SLUGS = tuple(sorted(path.parent.name for path in DOCUMENTS.glob("*/document.md")))
"""The made documents."""
NOTICE = "2025-work-points"
"""The real notice."""

in_one_process = [pytest.mark.xdist_group("rendered"), pytest.mark.thorough]
"""For modules whose tests use these documents: in another process they would be set again."""


@cache
def edition(slug: str) -> Edition:
    folder = ROOT / "content" if slug == NOTICE else DOCUMENTS
    return resolved(read_content(folder, slug).document)


@dataclass(frozen=True)
class Rendered:
    """A document as PDF, and how it came to be."""

    raw: bytes
    """As WeasyPrint makes it."""
    finished: bytes
    """As it is published."""
    warnings: tuple[str, ...]
    """What WeasyPrint said."""


def rendered(edition: Edition) -> Rendered:
    raw: list[bytes] = []
    write = Document.write_pdf

    def kept(*given: Any, **named: Any) -> bytes:
        raw.append(write(*given, **named))
        return raw[-1]

    log = _Log()
    logging.getLogger("weasyprint").addHandler(log)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Document, "write_pdf", kept)
        finished = pdf.render(edition)["document.pdf"]
    logging.getLogger("weasyprint").removeHandler(log)
    return Rendered(raw[-1], finished, tuple(log.said))


class _Log(logging.Handler):
    """Keeps warnings."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@cache
def document(slug: str) -> Rendered:
    """A document by its slug."""
    return rendered(edition(slug))


@cache
def pages(slug: str) -> tuple[Page, ...]:
    """Its pages as they are read."""
    return pages_of(document(slug).finished)
