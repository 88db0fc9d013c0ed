"""The tree of a tagged PDF → what it is made of: tags, content of pages, places of links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from publisher.foreign.pages import AttributeValue


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """Content of a page that a tag holds."""

    page: int
    number: int
    stream: int | None = None
    """Of a drawing that the page uses: under which number the index of tags has it."""


@dataclass(slots=True)
class LinkPlace:
    """A link's place on a page, known when that is in a file."""

    page: int
    annotation: Any


@dataclass(frozen=True, slots=True)
class PdfTag:
    """A tag and what it holds, in reading order."""

    name: str
    kids: tuple[Kid, ...] = ()
    source: int | None = None
    """Which element of the HTML it came from; tags of several pages may share one."""
    scope: str = ""
    """Of a header cell, as in HTML: `col`, `colgroup`, `row` or `rowgroup`."""
    begun: str = ""
    """Of a cell that began on the page before: `again` where it has its words once more, `rest`
    where it has the rest of them."""
    rows: int = 1
    columns: int = 1
    identifier: str = ""
    headers: tuple[str, ...] = ()
    """The identifiers of a cell's headers: of its row, its group, its column."""
    numbering: str = ""
    """Of a list: Decimal."""
    words: dict[str, str] = field(default_factory=dict)
    """What is said of it: Alt, ActualText, E, Lang, T."""
    attributes: Attributes = field(default_factory=dict)
    """Further ones, by their owner."""
    spot: str = ""
    """Of a cell of a form: its row and column, as `4,0`."""
    named_by: tuple[str, ...] = ()
    """Of a blank in a form: the spots of the labels that say what it is for."""
    room: int = 0
    """Of the room for an attached PDF: the number of its first page, from 1."""

    @property
    def is_cell(self) -> bool:
        """Whether it is a cell of a table, which may be empty."""
        return self.name in ("TH", "TD")

    def tags(self, *names: str) -> list[PdfTag]:
        """The tags of these names right below it."""
        return [kid for kid in self.kids if isinstance(kid, PdfTag) and kid.name in names]

    def all(self) -> Iterator[PdfTag]:
        """Itself and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, PdfTag):
                yield from kid.all()

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Page and number of each piece of content in it, in reading order."""
        for kid in self.kids:
            if isinstance(kid, PdfTag):
                yield from kid.pieces()
            elif isinstance(kid, MarkedContent):
                yield kid.page, kid.number


Attributes = dict[str, dict[str, AttributeValue]]
Kid = PdfTag | MarkedContent | LinkPlace
