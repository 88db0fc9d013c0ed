"""Files → small pictures of their pages; none where LibreOffice is not there, or sets them not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import PurePath

from publisher import office
from publisher.bounded import bounded
from publisher.files import Unreadable
from publisher.filetypes import WORD_SUFFIXES
from publisher.intake import word

Pages = tuple[bytes, ...]
"""Of a file, a PNG each."""
SECONDS = 60
"""That drawing the pages of a PDF may take."""


def begin(files: Mapping[str, bytes], executor: Executor) -> dict[str, Future[Pages]]:
    """The pages of each file that can be set, by its name, drawn while other work is done."""
    return {
        name: executor.submit(draw, data)
        for name, data in files.items()
        if (draw := _drawer(PurePath(name).suffix.lower()))
    }


def finished(
    begun: Mapping[str, Future[Pages]], progress: Callable[[str, str], None]
) -> dict[str, Pages]:
    """The same when all are drawn."""
    drawn = {}
    for name, pages in begun.items():
        if not pages.done():
            progress(name, "正在排出原件各页的图")
        drawn[name] = pages.result()
    return drawn


def _drawer(suffix: str) -> Callable[[bytes], Pages] | None:
    if suffix == ".pdf":
        return _of_pdf
    return _of_word if suffix in WORD_SUFFIXES and office.office() else None


def _of_word(data: bytes) -> Pages:
    return word.pages(data) or ()


def _of_pdf(data: bytes) -> Pages:
    from publisher.inspect import page_pictures

    try:
        return bounded(partial(page_pictures, data), SECONDS)
    except Unreadable:
        return ()
