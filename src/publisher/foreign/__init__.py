"""A PDF that others made → what is taken of it, within bounds; nothing in it is believed or run."""

from __future__ import annotations

from functools import lru_cache, partial

from publisher.bounded import bounded
from publisher.files import Unreadable
from publisher.foreign.pages import ForeignPage, ForeignPdf

__all__ = ["ForeignPage", "ForeignPdf", "foreign_pdf"]

_SECONDS = 120
"""That reading a PDF may take; one of a hundred pages takes two."""


@lru_cache(maxsize=32)
def foreign_pdf(data: bytes) -> ForeignPdf:
    """The PDF cleaned and measured; where that cannot be, its `problem` says why."""
    try:
        return bounded(partial(_read, data), _SECONDS)
    except Unreadable as error:
        return ForeignPdf(problem=str(error))


def _read(data: bytes) -> ForeignPdf:
    # Most documents have no PDF attached, and the library takes long to load.
    from publisher.foreign.cleaning import cleaned
    from publisher.foreign.ink import with_ink

    return with_ink(cleaned(data))
