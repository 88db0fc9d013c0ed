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


class RowPages:
    """The pages of the cells of a table: those of a row stand beside one another."""

    def __init__(self, pages: PageCount) -> None:
        self._pages = pages
        self._row = -1
        self._start = self._furthest = pages.reached

    def begin_cell(self, row: int) -> None:
        """A cell begins where its row does, whatever page the one beside it has reached."""
        if row != self._row:
            self._row, self._start = row, self._furthest
        self._pages.reached = self._start

    def end_cell(self, first: list[int | None]) -> None:
        """A cell has ended; `first` is the page of its first paragraph, if it has one.

        Where a row begins a page, a program writes that into its first cell alone.
        """
        self._start = max([self._start, *(page for page in first if page)])
        self._furthest = max(self._furthest, self._pages.reached)

    def end(self) -> None:
        """What follows the table stands where its longest cell has ended."""
        self._pages.reached = self._furthest
