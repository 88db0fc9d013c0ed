"""What WeasyPrint logs while it draws → an exception where a picture is missing on the pages."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

from publisher.diagnostics import UndrawnPicture

_FAILED = ("Failed to load image", "Failed to render SVG image")


@contextmanager
def all_drawn(html: str) -> Iterator[None]:
    """While a PDF of this HTML is made in it: UndrawnPicture where a picture is not drawn.

    WeasyPrint leaves its place blank and goes on.
    """
    logger, missing = logging.getLogger("weasyprint"), _Missing()
    logger.addHandler(missing)
    try:
        yield
    finally:
        logger.removeHandler(missing)
    if missing.addresses:
        raise UndrawnPicture(f"图片“{_words(html, missing.addresses[0])}”画不出来")


class _Missing(logging.Handler):
    """Keeps the addresses of pictures that are missing."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.addresses: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg.startswith(_FAILED) and isinstance(record.args, tuple):
            self.addresses.append(str(record.args[0]))


def _words(html: str, address: str) -> str:
    """What the picture at an address shows, as its alternative text says."""
    _, _, behind = html.partition(f'src="{address}" alt="')
    return unescape(behind.partition('"')[0])
