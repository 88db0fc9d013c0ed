"""Pages, tags, links and bookmarks of a PDF that others made → the same as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from publisher.standard import Length

Corners = tuple[float, float, float, float]
"""Left, bottom, right, top of a box, in points, as PDF counts them: from below."""
Factors = tuple[float, float, float, float, float, float]
"""Of a matrix: x becomes `a·x + c·y + e`, y becomes `b·x + d·y + f`."""


@dataclass(frozen=True, slots=True)
class ForeignPage:
    """A page: how it lies in its file, and what is inked of it as a viewer shows it."""

    box: Corners
    """What is shown of it, in its own units."""
    turned: int
    """Quarter turns clockwise to how it is shown."""
    unit: float = 1.0
    """Points that its units have."""
    ink: Corners | None = None
    """As shown, from its lower left corner; None where it is blank."""

    @property
    def shown(self) -> Factors:
        """From its own units to points as shown, counted from the lower left corner."""
        left, bottom, right, top = self.box
        wide, high, unit = right - left, top - bottom, self.unit
        match self.turned:
            case 0:
                factors = (1.0, 0.0, 0.0, 1.0, -left, -bottom)
            case 1:
                factors = (0.0, -1.0, 1.0, 0.0, -bottom, wide + left)
            case 2:
                factors = (-1.0, 0.0, 0.0, -1.0, wide + left, high + bottom)
            case _:
                factors = (0.0, 1.0, -1.0, 0.0, high + bottom, -left)
        a, b, c, d, e, f = (factor * unit for factor in factors)
        return a, b, c, d, e, f

    @property
    def width(self) -> Length:
        """Of its paper, as shown."""
        return self._sides[self.turned % 2]

    @property
    def height(self) -> Length:
        """Of its paper, as shown."""
        return self._sides[1 - self.turned % 2]

    @property
    def _sides(self) -> tuple[Length, Length]:
        left, bottom, right, top = self.box
        return Length((right - left) * self.unit), Length((top - bottom) * self.unit)

    @property
    def is_landscape(self) -> bool:
        """Whether its paper is wider than high."""
        return self.width > self.height

    def scale_in(self, width: Length, height: Length) -> float:
        """How much smaller it is drawn for what is inked to fit; it is never drawn larger."""
        if self.ink is None:
            return 1.0
        left, bottom, right, top = self.ink
        return min(1.0, width.pt / (right - left), height.pt / (top - bottom))


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a link or bookmark leads."""

    page: int
    """From 0."""
    left: float | None = None
    """In the page's own units; None where it does not say, and for the whole page."""
    top: float | None = None


@dataclass(frozen=True, slots=True)
class ForeignLink:
    """A link: its place on a page, and where it leads."""

    page: int
    corners: Corners
    """In the page's own units."""
    target: str | Destination
    """An address, or a place in its own file."""
    words: str
    """What is said of it."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline, with those below it."""

    title: str
    spot: Destination | None
    inner: tuple[Bookmark, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignContent:
    """A numbered piece of what is drawn: by a page, or by a drawing that pages use."""

    page: int
    stream: int
    """Its page's number, or a higher one under which the drawing is kept (StructParents)."""
    number: int


@dataclass(frozen=True, slots=True)
class NameValue:
    """A name of PDF, as the value of an attribute: `Column`."""

    name: str


AttributeValue = NameValue | str | int | float | tuple["AttributeValue", ...]


@dataclass(frozen=True, slots=True)
class ForeignTag:
    """A tag of a standard type (ISO 32000-1 14.8.4), and what it holds."""

    name: str
    kids: tuple[ForeignTag | ForeignContent | int, ...]
    """Of links their indices."""
    page: int | None = None
    """On which it begins, where it says so."""
    words: dict[str, str] = field(default_factory=dict)
    """Alt, ActualText, E, Lang, T."""
    attributes: dict[str, dict[str, AttributeValue]] = field(default_factory=dict)
    """By their owner: Table, List, Layout, PrintField."""
    identifier: str = ""

    def all(self) -> Iterator[ForeignTag]:
        """Itself and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, ForeignTag):
                yield from kid.all()


@dataclass(frozen=True, slots=True)
class ForeignPdf:
    """A PDF that others made, cleaned; without pages where they cannot be taken over."""

    pages: tuple[ForeignPage, ...] = ()
    data: bytes = field(default=b"", repr=False)
    """Its pages and nothing else: no tags, links, scripts, forms or attachments."""
    problem: str = ""
    """Why there are no pages, as the end of a Chinese sentence."""
    tags: tuple[ForeignTag, ...] = ()
    """None where it is not tagged."""
    language: str = ""
    links: tuple[ForeignLink, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    claims_ua: bool = False
    """Whether it says to keep PDF/UA-1, and nothing was seen that gainsays it."""

    @property
    def is_tagged(self) -> bool:
        """Whether it says what its headings, paragraphs and tables are."""
        return bool(self.tags)
