"""A 目录 → the field that Word has for one, filled with its entries and their pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher import standard
from publisher.model import NumberedHeading, plain
from publisher.renderers.docx.elements import HEADING_PLACE, TEXT_PLACE, Maker, w
from publisher.setting.composition import (
    Composed,
    ComposedAttached,
    ComposedContents,
    ComposedIssued,
    Composition,
    ContentsEntry,
    with_page_numbers,
)
from publisher.standard import PageProfile
from publisher.styles import CONTENTS, Style

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TITLE = "目\u3000录"


def contents_field(
    maker: Maker, contents: ComposedContents, page: PageProfile, *, is_turned: bool
) -> Iterator[Element]:
    """The words 目　录, a line for each heading, and the end of the field.

    It covers the headings of its own text alone: where Word counts it anew, it stays as it is.
    """
    yield maker.paragraph(Style.CONTENTS_TITLE, maker.run(TITLE))
    begin = list(maker.field_begin(_instruction(maker, contents)))
    if not maker.knows_pages:
        begin[0][-1].set(w("w:dirty"), "true")
    for entry in contents.entries:
        line = maker.paragraph(CONTENTS[entry.heading.level - 1], *begin, _link(maker, entry))
        if is_turned:
            line[0].append(_turned_tabs(maker, page))
        yield line
        begin = []
    yield maker.paragraph(Style.AFTER_TABLE, maker.field_mark("end"))


def _turned_tabs(maker: Maker, page: PageProfile) -> Element:
    """A tab for the numbers at the edge of a turned page in place of the style's."""
    usual, turned = (standard.text_width(page, landscape=is_turned) for is_turned in (False, True))
    tabs: Element = maker.element("w:tabs")
    tabs.append(maker.element("w:tab", val="clear", pos=usual.twips))
    tabs.append(maker.element("w:tab", val="right", leader="dot", pos=turned.twips))
    return tabs


def _instruction(maker: Maker, contents: ComposedContents) -> str:
    """Levels by style and by outline, entries of run-in headings, links; of the text's place."""
    levels = f'"1-{contents.text.contents}"'
    place = maker.place(contents.text.anchor, TEXT_PLACE)
    return rf"TOC \o {levels} \h \z \u \f \l {levels} \b {place}"


def _link(maker: Maker, entry: ContentsEntry) -> Element:
    """The words of a heading and the page on which it stands, which lead there.

    Lines are ended where the composition ends them: with an indent that would keep the room for
    the numbers free of words, LibreOffice leaves out the numbers.
    """
    place = maker.place(entry.heading.anchor, HEADING_PLACE)
    words = "\n".join(line.text for line in entry.lines)
    link: Element = maker.element("w:hyperlink", anchor=place, history=1)
    link.append(maker.run(f"{words}\t"))
    link.extend(maker.field(rf"PAGEREF {place} \h", str(entry.page), Style.LATIN_WORDS))
    return link


def entry_of_run_in(maker: Maker, heading: NumberedHeading) -> Iterator[Element]:
    """What tells Word the words of a heading that is no paragraph of its own; it shows nothing."""
    words = (heading.label + plain(heading.content)).replace("\\", r"\\").replace('"', r"\"")
    begin, instruction, _ = maker.field_begin(rf'TC "{words}" \l {heading.level}')
    yield from (begin, instruction, maker.field_mark("end"))


# -- the pages of headings ------------------------------------------------------------------


def places_of(composition: Composition) -> dict[str, str]:
    """The anchors of the headings in each 目录 by the names of their places.

    A 目录 names the place of its text first, and then that of each heading.
    """
    anchors: list[str | None] = []
    for contents in contents_of(composition):
        anchors += [None, *(entry.heading.anchor for entry in contents.entries)]
    return {
        f"{HEADING_PLACE}{number}": anchor for number, anchor in enumerate(anchors, 1) if anchor
    }


def contents_of(composition: Composition) -> Iterator[ComposedContents]:
    """Each 目录 of a document, in the order in which they are written."""
    yield from _contents_among((*composition.own, *composition.following))


def _contents_among(things: Iterable[Composed]) -> Iterator[ComposedContents]:
    for thing in things:
        match thing:
            case ComposedContents():
                yield thing
            case ComposedIssued(inner=inner) | ComposedAttached(inner=inner):
                yield from _contents_among(inner)
            case _:
                pass


def with_pages(composition: Composition, pages: Mapping[str, int]) -> Composition:
    """The same, each 目录 with these pages of headings, by their anchors."""
    return replace(
        composition,
        own=tuple(with_page_numbers(composition.own, pages)),
        following=tuple(with_page_numbers(composition.following, pages)),
    )
