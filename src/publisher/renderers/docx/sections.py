"""Parts of a document → sections of Word: which way round pages are, and where their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from publisher import standard
from publisher.model import Orientation
from publisher.renderers.docx.drawing import TextBox, text_box
from publisher.renderers.docx.elements import Maker, copied, w
from publisher.setting.composition import ImprintPlace
from publisher.standard import Length
from publisher.styles import Style

if TYPE_CHECKING:
    from docx.section import Section
    from lxml.etree import _Element as Element

NUMBER_NAME = "页码"
"""The name of the text box that holds a turned page number."""
NUMBER_STYLES = {"odd": Style.FOOTER, "even": Style.EVEN_FOOTER}
"""On odd pages on the right, on even ones on the left (7.5)."""

SPARE = standard.SPACER_LINE + standard.TABLE_RULE * 2
"""What a page needs beside the rows of its table: the paragraph above it, and half of its rules."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Paragraphs and tables that stand on pages of one orientation; the last is a paragraph."""

    orientation: Orientation
    elements: list[Element]
    rise: Length = standard.NOTHING
    """How much less margin there is above, for lines further apart than the page's."""
    text: slice = field(default_factory=lambda: slice(0))
    """Which of the elements are headings, items, paragraphs and lists of names of its text."""
    is_numbered: bool = True
    """Whether they show their numbers; a 封面 is counted alone."""
    further: tuple[Pages, ...] = ()
    """Those that belong to it and are turned otherwise, as pages of a finished file may be."""

    @property
    def kind(self) -> tuple[Orientation, Length, bool]:
        """What pages of one section have in common."""
        return self.orientation, self.rise, self.is_numbered


def lay(
    maker: Maker,
    mark: Element,
    parts: Iterable[Pages],
    imprint: ImprintPlace | None,
    *,
    has_head: bool = True,
) -> None:
    """Put `parts` in place of `mark`, a section for each kind; the 版记 stands behind it.

    `has_head` where the first page is that of the document, which a 信函 sets apart.
    """
    sections = _Sections(maker)
    all_parts = (pages for part in parts for pages in (part, *part.further))
    runs = [(kind, list(run)) for kind, run in groupby(all_parts, lambda part: part.kind)]
    for index, ((orientation, rise, is_numbered), run) in enumerate(runs):
        elements = [element for part in run for element in part.elements]
        is_first = has_head and index == 0
        ends = index < len(runs) - 1 or needs_another(orientation, imprint)
        if ends and not elements:  # a document without a text of its own
            elements = [maker.paragraph(Style.AFTER_TABLE)]
        for element in elements:
            mark.addprevious(element)
        if ends:
            properties: Any = elements[-1].find(w("w:pPr"))
            made = sections.made(orientation, is_first=is_first, rise=rise, is_numbered=is_numbered)
            properties.insert_element_before(made, "w:pPrChange")
        else:
            sections.end(orientation, is_first=is_first, rise=rise)
    parent = mark.getparent()
    assert parent is not None
    parent.remove(mark)
    if imprint and needs_another(runs[-1][0][0], imprint):
        sections.end_with(imprint)
    _drop_unused_furniture(maker)


def _drop_unused_furniture(maker: Maker) -> None:
    """Take out heads and feet of the template that no section has."""
    body, relations = maker.document.element.body, maker.document.part.rels
    used = {
        reference.get(w("r:id"))
        for reference in body.iter(w("w:headerReference"), w("w:footerReference"))
    }
    for key, relation in list(relations.items()):
        if relation.reltype.endswith(("/header", "/footer")) and key not in used:
            del relations[key]


def needs_another(last: Orientation, imprint: ImprintPlace | None) -> bool:
    """Whether the 版记 cannot stand on pages like the last."""
    if imprint is None:
        return False
    return imprint is not ImprintPlace.LAST_PAGE or last is Orientation.LANDSCAPE


class _Sections:
    """Sections after the template's own, which is a portrait one."""

    def __init__(self, maker: Maker) -> None:
        self._maker = maker
        self._last = maker.document.element.body[-1]
        self._portrait = copied(self._last)
        self._landscape: Element | None = None
        self._unnumbered: Element | None = None

    def made(
        self,
        orientation: Orientation,
        *,
        is_first: bool,
        rise: Length = standard.NOTHING,
        is_numbered: bool = True,
    ) -> Element:
        """What says how the pages of an orientation are."""
        if orientation is Orientation.LANDSCAPE:
            turned: Element = copied(self._turned())
            return turned
        section: Element = copied(self._portrait if is_numbered else self._of_covers())
        if not is_first:
            _without(section, "w:titlePg")
        _raise(section, rise)
        return section

    def end(
        self, orientation: Orientation, *, is_first: bool, rise: Length = standard.NOTHING
    ) -> None:
        """The last pages of the document are of this orientation."""
        made = self.made(orientation, is_first=is_first, rise=rise)
        parent = self._last.getparent()
        parent.replace(self._last, made)
        self._last = made

    def end_with(self, imprint: ImprintPlace) -> None:
        """The 版记 has pages of its own; those after a blank page have no number (7.5)."""
        self.end(Orientation.PORTRAIT, is_first=False)
        if imprint is ImprintPlace.AFTER_BLANK:
            kind = self._last.find(w("w:type"))
            if kind is None:
                kind = self._maker.element("w:type")
                self._last.find(w("w:pgSz")).addprevious(kind)
            kind.set(w("w:val"), "evenPage")
            self._empty_furniture(self._last)

    def _of_covers(self) -> Element:
        """A section without page numbers; its heads are those of any page."""
        if self._unnumbered is None:
            section = copied(self._portrait)
            self._last.addnext(section)  # as below
            self._empty_furniture(section, with_heads=False)
            section.getparent().remove(section)
            self._unnumbered = section
        return self._unnumbered

    def _turned(self) -> Element:
        """A section's pages turned: the head to the binding side, as on an odd page (8)."""
        if self._landscape is None:
            section = copied(self._portrait)
            _turn(section)
            # It has to stand in the document while it is given parts of its own.
            self._last.addnext(section)
            made = self._empty_furniture(section)
            self._number(made.footer, "odd")
            self._number(made.even_page_footer, "even")
            section.getparent().remove(section)
            self._landscape = section
        return self._landscape

    def _empty_furniture(self, section: Any, *, with_heads: bool = True) -> Section:
        """Give a section feet with nothing in them, and heads too unless it keeps its own."""
        from docx.section import Section

        has_heads = with_heads and section.find(w("w:headerReference")) is not None
        kinds = ("w:headerReference", "w:footerReference")[not with_heads :]
        _without(section, *kinds, "w:titlePg")
        made = Section(section, self._maker.document.part)
        feet = [made.footer, made.even_page_footer]
        heads = [made.header, made.even_page_header] if has_heads else []
        for furniture in (*heads, *feet):
            furniture.is_linked_to_previous = False
            furniture.paragraphs[0].style = Style.AFTER_TABLE.word_name
        return made

    def _number(self, footer: Any, parity: str) -> None:
        """The number where a portrait page has it, turned as the page is turned (8)."""
        paragraph = self._maker.paragraph(NUMBER_STYLES[parity], *page_number(self._maker))
        run: Any = self._maker.run("")
        run.append(text_box(number_box(), _as_text(paragraph)))
        footer.paragraphs[0]._p.append(run)


def number_box() -> TextBox:
    """Where the page number stands on a turned page: along what was the lower edge (7.5, 8)."""
    line = standard.PAGE_NUMBER_LINE
    margins = standard.LANDSCAPE_MARGINS
    dash = margins["left"] - standard.PAGE_NUMBER_GAP
    height = standard.PAPER_WIDTH - margins["top"] - margins["bottom"]
    left = dash - line * standard.DASH_HEIGHT
    return TextBox(NUMBER_NAME, left, margins["top"], line, height, is_turned=True, pushes=False)


def page_number(maker: Maker) -> Iterator[Element]:
    """— 1 —, the number a field (7.5)."""
    yield maker.run("— ")
    yield from maker.field("PAGE", "1")
    yield maker.run(" —")


def _as_text(element: Element) -> str:
    from lxml import etree

    return etree.tostring(element, encoding="unicode")


def _turn(section: Any) -> None:
    size, margins = section.find(w("w:pgSz")), section.find(w("w:pgMar"))
    size.set(w("w:w"), str(standard.PAPER_HEIGHT.twips))
    size.set(w("w:h"), str(standard.PAPER_WIDTH.twips))
    size.set(w("w:orient"), "landscape")
    lengths: dict[str, Length] = {
        **standard.LANDSCAPE_MARGINS,
        "bottom": standard.LANDSCAPE_MARGINS["bottom"] - SPARE,
        "header": standard.HEADER_DISTANCE,
        # There is nothing at the foot that the text would have to keep away from.
        "footer": standard.HEADER_DISTANCE,
    }
    for side, length in lengths.items():
        margins.set(w(f"w:{side}"), str(length.twips))


def _raise(section: Any, rise: Length) -> None:
    """Let the text of a section's pages begin higher; not that of the first page of a 信函.

    There a head pushes the text of later pages down.
    """
    margins = section.find(w("w:pgMar"))
    side = "header" if section.find(w("w:headerReference")) is not None else "top"
    margins.set(w(f"w:{side}"), str(int(margins.get(w(f"w:{side}"))) - rise.twips))


def _without(section: Any, *names: str) -> None:
    for name in names:
        for element in section.findall(w(name)):
            section.remove(element)
