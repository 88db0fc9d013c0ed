"""The page ends that a program wrote into a file when it last saved it → the page of each place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.intake.word.names import W

if TYPE_CHECKING:
    from lxml.etree import _Element


class PageCount:
    """Counts pages; knows none where no program wrote down where they end."""

    def __init__(self, document: _Element | None = None) -> None:
        ends = () if document is None else document.iter(f"{W}lastRenderedPageBreak")
        self._is_known = any(True for _ in ends)
        self.reached = 1
        self._is_fresh = False
        """Whether nothing has been shown on the page yet."""

    @property
    def page(self) -> int | None:
        """The page that is reached; None where nobody knows."""
        return self.reached if self._is_known else None

    def broke(self) -> None:
        """The text itself ends a page."""
        self.reached += 1
        self._is_fresh = True

    def rendered(self) -> None:
        """A program ended one here; it writes that behind an end that the text has itself, too."""
        if not self._is_fresh:
            self.reached += 1
        self._is_fresh = False

    def show(self, words: str) -> None:
        """Words are shown on the page that is reached."""
        if words.strip():
            self._is_fresh = False
