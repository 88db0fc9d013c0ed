"""A composition → its parts, each with what it shows; HTML for print → one part of it alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from publisher.model import Edition, SetPicture, SetTable
from publisher.setting import compose
from publisher.setting.composition import ComposedAttached, ComposedTable, Composition
from publisher.setting.portions import between, without_rows

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FEWEST_PAGES = 6
"""Of a part: what each needs beside its own pages takes as long as setting three."""
MOST_PAGES = 60
"""Of a part, as far as there are places to part: setting a page takes some six megabytes, till all
of its part are drawn."""
_OF_TABLE = 2
"""A page of a table takes as long as so many pages of text."""


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """Where a part begins: on a page that begins for a reason of its own."""

    number: int
    """Of the page."""
    before: int
    """How many pages of text take as long to set as those before it."""
    attachment: int
    """Which of those that are bound with the document, from 0."""
    page: int
    """Of its table; 0 where the attachment begins."""


@dataclass(frozen=True, slots=True)
class PagesPart:
    """What stands between two cuts."""

    first: Cut | None
    """None: the document begins."""
    next: Cut | None
    """Where the next part begins; None: the document ends."""
    composition: Composition
    """What stands there; of all else, that it is there."""
    others_follow: bool = False
    """Whether the process that sets it sets another after it, and needs its memory."""

    @property
    def number(self) -> int:
        """Of its first page."""
        return self.first.number if self.first else 1

    @property
    def begins_and_ends(self) -> tuple[tuple[int, int, int] | None, ...]:
        """The pages and attachments of both cuts, all that tells parts of the same HTML apart."""
        return tuple(
            (cut.number, cut.attachment, cut.page) if cut else None
            for cut in (self.first, self.next)
        )


def parts_of(edition: Edition, count: int) -> tuple[PagesPart, ...]:
    """As many parts as there are processes, that take about as long as one another, or so many for
    each that none is long; none of what is set in one.

    Whether it has more than a few pages is quickly told: most have not.
    """
    return parts_of_composition(compose(edition), count) if _is_long(edition) else ()


def _is_long(edition: Edition) -> bool:
    tables = (attachment.content for attachment in edition.attachments)
    rows = sum(len(table.rows) for table in tables if isinstance(table, SetTable))
    blocks = sum(len(text.blocks) for text in edition.prose)
    return rows + blocks > _FEW


_FEW = 40
"""Rows and paragraphs, which fill less than the fewest pages of two parts."""


def parts_of_composition(composition: Composition, count: int) -> tuple[PagesPart, ...]:
    """The same of what is composed."""
    cuts = tuple(_cuts(composition))
    each = ceil(cuts[-1].before / MOST_PAGES / count)
    count = min(count * each, composition.text_pages // FEWEST_PAGES)
    if count < 2 or _has_pictures(composition):
        return ()
    chosen = sorted(set(_nearest(cuts, count)))
    if not chosen:
        return ()
    light = without_rows(composition.edition)
    ends = zip((None, *chosen), (*chosen, None), strict=True)
    return tuple(
        PagesPart(
            first, end, replace(_composition(composition, first, end), edition=light), each > 1
        )
        for first, end in ends
    )


def _has_pictures(composition: Composition) -> bool:
    """Whether there are pictures, which all pages of a PDF share."""
    edition = composition.edition
    contents = [attachment.content for attachment in edition.attachments]
    blocks = [block for text in edition.prose for block in text.blocks]
    things = (edition.mark_picture, *contents, *blocks)
    return any(isinstance(thing, SetPicture) for thing in things)


def _cuts(composition: Composition) -> Iterator[Cut]:
    """All that there are, and the end of the document as if it were one."""
    tables, index = 0, 0
    for thing, begin in zip(composition.following, composition.begins, strict=True):
        if not isinstance(thing, ComposedAttached):
            continue
        pages = _pages_of_table(thing)
        for page in range(max(pages, 1)):
            number = begin + page
            yield Cut(number, number - 1 + tables * (_OF_TABLE - 1), index, page)
            tables += bool(pages)
        index += 1
    end = composition.text_pages + 1
    yield Cut(end, end - 1 + tables * (_OF_TABLE - 1), index, 0)


def _pages_of_table(attached: ComposedAttached) -> int:
    """Of an attachment that is a table; none of another."""
    match attached.inner:
        case (ComposedTable(pages=pages),):
            return len(pages)
        case _:
            return 0


def _nearest(cuts: Sequence[Cut], count: int) -> Iterator[Cut]:
    """Those that are nearest to what would share the work out evenly."""
    *inner, end = cuts
    for number in range(1, count if inner else 0):
        even = end.before * number / count
        yield min(inner, key=lambda cut: abs(cut.before - even))


def _composition(composition: Composition, first: Cut | None, end: Cut | None) -> Composition:
    """What stands between two cuts."""
    places = [
        place
        for place, thing in enumerate(composition.following)
        if isinstance(thing, ComposedAttached)
    ]
    return between(
        composition,
        (places[first.attachment], first.page) if first else None,
        (places[end.attachment], end.page) if end else None,
    )


# -- the HTML of a part -----------------------------------------------------------------


Name = tuple[int, ...]


def names(html: Element, part: PagesPart) -> dict[Element, Name]:
    """What each element is called in all parts: what several have pieces of, the same in each."""
    made: dict[Element, Name] = {
        element: (part.number, number) for number, element in enumerate(html.iter())
    }
    body, sections = _body(html)
    made[html] = made[body] = ()
    for number, section in enumerate(sections):
        made[section] = (0, number)
        made.update((table, (0, number, 0)) for table in section if _is_table(table))
    return made


def leave(html: Element, part: PagesPart) -> None:
    """Take all but one part off the HTML of a whole document."""
    body, sections = _body(html)
    if part.next:
        _end(body, sections[part.next.attachment], part.next)
    if part.first:
        _begin(body, sections[part.first.attachment], part.first)
        _go_on(html, part.first.number)


def _body(html: Element) -> tuple[Element, list[Element]]:
    """What is printed, and the attachments in it."""
    body = html.find("body")
    assert body is not None
    return body, [child for child in body if child.get("class", "").startswith("attachment ")]


def _end(body: Element, section: Element, cut: Cut) -> None:
    """Take off what stands from a cut on."""
    at = list(body).index(section)
    if cut.page:
        at += 1
        table = _table(section)
        _take_off(section, list(section)[list(section).index(table) + 1 :])
        _take_off(table, list(table)[cut.page :])
    _take_off(body, list(body)[at:])


def _begin(body: Element, section: Element, cut: Cut) -> None:
    """Take off what stands before a cut."""
    _take_off(body, list(body)[: list(body).index(section)])
    if cut.page:
        table = _table(section)
        _take_off(section, list(section)[: list(section).index(table)])
        _take_off(table, list(table)[: cut.page])


def _table(section: Element) -> Element:
    """What holds the pages of an attached table."""
    return next(filter(_is_table, section))


def _is_table(element: Element) -> bool:
    return element.get("data-tag") == "Table"


def _take_off(parent: Element, children: Iterable[Element]) -> None:
    for child in children:
        parent.remove(child)


def _go_on(html: Element, number: int) -> None:
    """Have pages counted from a number; the first of them has no head of a document."""
    style, body = html.find("head/style"), html.find("body")
    assert style is not None
    assert body is not None
    style.text = f"{style.text} @page :first {{ counter-reset: page {number} }}"
    html.set("style", f"break-before: {'right' if number % 2 else 'left'}")
    body.set("style", "page: auto")
