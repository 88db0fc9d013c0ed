"""Files → small pictures of their pages; none where LibreOffice is not there, or sets them not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from publisher import office
from publisher.bounded import bounded
from publisher.files import Unreadable

SECONDS = 60
"""That drawing the pages of a PDF may take."""


def pictures(files: Mapping[str, bytes], progress: Callable[[str, str], None]) -> dict[str, Pages]:
    """PNGs of the pages of each file that can be set, by its name."""
    drawn = {}
    for name, data in files.items():
        draw = _DRAWERS.get(PurePath(name).suffix.lower())
        if draw and (draw is _of_pdf or office.office()):
            progress(name, "正在排出原件各页的图")
            drawn[name] = draw(data)
    return drawn


Pages = tuple[bytes, ...]


def _of_word(data: bytes) -> Pages:
    return office.pages(data) or ()


def _of_pdf(data: bytes) -> Pages:
    from functools import partial

    from publisher.inspect import page_pictures

    try:
        return bounded(partial(page_pictures, data), SECONDS)
    except Unreadable:
        return ()


_DRAWERS: dict[str, Callable[[bytes], Pages]] = {".docx": _of_word, ".pdf": _of_pdf}
"""What draws the pages of a file, by its suffix."""
