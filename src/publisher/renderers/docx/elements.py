"""Styles and words → the elements of WordprocessingML that they stand in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING, Any, assert_never

from publisher import standard
from publisher.model import Inline, LineBreak, Link, Lowered, Note, Raised, Strong, Text
from publisher.provenance import mark_of
from publisher.renderers.docx import footnotes
from publisher.standard import Length
from publisher.styles import Style
from publisher.templates import BrokenTemplate

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.part import XmlPart
    from docx.text.paragraph import Paragraph
    from lxml.etree import _Element as Element

_SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


HEADING_PLACE, TEXT_PLACE = "_Toc", "_Text"
"""How names of places begin: of headings in a 目录, which Word may give others, and of its text.

Word does not show names that begin with _ where a clerk looks for bookmarks.
"""
_FIRST_BOOKMARK = 1000
"""Below this are the numbers of bookmarks that a template may have."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def in_xml(words: str) -> str:
    """Words without the characters that XML cannot hold, such as a name in git may have."""
    return _NOT_IN_XML.sub("", words)


@cache
def w(name: str) -> str:
    """A name with its prefix as lxml has it."""
    from docx.oxml.ns import nsmap, qn

    nsmap.setdefault("wps", _SHAPES)
    return qn(name)


@cache
def _new() -> Callable[[str], Any]:
    """What `OxmlElement` does, without its taking each name apart: tables have many elements."""
    from docx.oxml.ns import nsmap
    from docx.oxml.parser import oxml_parser

    return partial(oxml_parser.makeelement, nsmap={"w": nsmap["w"]})


def new_element(name: str, /, **attributes: object) -> Any:
    """An empty element with attributes of its own namespace."""
    element = _new()(w(name))
    for key, value in attributes.items():
        element.set(w(f"w:{key}"), str(value))
    return element


def copied(element: Any) -> Any:
    """An element like another, with all in it.

    What `deepcopy` comes to in the end: tables have many elements.
    """
    return element.__copy__()


class Maker:
    """Makes the paragraphs and tables of one document, in the styles of its template."""

    def __init__(self, document: WordDocument) -> None:
        self.document = document
        self._style_ids = {
            known: str(style.style_id)
            for style in document.styles
            if (known := Style.named(style.name or ""))
        }
        self.knows_pages = True
        """Whether Word need not count the pages of a 目录 anew when the file is opened."""
        self.marks_blocks = False
        """Whether blocks have bookmarks, by which a file that comes back is known."""
        self._places: dict[str, tuple[str, int]] = {}
        self._place_count = 0
        self._bookmark_count = 0
        self._marks: set[str] = set()
        self._control_count = 0

    def style_id(self, style: Style) -> str:
        """The identifier of a style; BrokenTemplate where the template lacks it."""
        if style not in self._style_ids:
            raise BrokenTemplate(f"Word 模板中没有样式“{style.word_name}”")
        return self._style_ids[style]

    def style_of(self, paragraph: Any) -> Style | None:
        """The style of a paragraph; None where it is not ours, or this is no paragraph."""
        identifier = getattr(paragraph, "style", None)
        return next((style for style, own in self._style_ids.items() if own == identifier), None)

    def paragraph_in_style(self, style: Style) -> Paragraph:
        """The first paragraph in a style; BrokenTemplate where the template has none."""
        for paragraph in self.document.paragraphs:
            if self.style_of(paragraph._p) is style:
                return paragraph
        raise BrokenTemplate(f"Word 模板中没有样式为“{style.word_name}”的一段")

    # -- elements of any kind -----------------------------------------------------------

    def element(self, name: str, /, **attributes: object) -> Any:
        """An empty element with attributes of its own namespace."""
        return new_element(name, **attributes)

    def value(self, name: str, value: object) -> Any:
        """An element that says nothing but a value."""
        return self.element(name, val=value)

    # -- paragraphs ---------------------------------------------------------------------

    def paragraph(self, style: Style, *runs: Element | None) -> Any:
        """A paragraph in a style; runs that are None are left out."""
        paragraph = self.element("w:p")
        properties = self.element("w:pPr")
        properties.append(self.value("w:pStyle", self.style_id(style)))
        paragraph.append(properties)
        paragraph.extend(run for run in runs if run is not None)
        return paragraph

    def run(self, words: str, style: Style | None = None) -> Element:
        """Words, in a character style; a tab stands for itself, a newline ends the line."""
        run: Any = self.element("w:r")
        if style:
            run.get_or_add_rPr().append(self.value("w:rStyle", self.style_id(style)))
        for kind, part in _parts(words):
            element = self.element(kind)
            if kind == "w:t":
                element.text = part
                element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(element)
        made: Element = run
        return made

    def lines(self, title: str) -> Iterator[Element]:
        """A title's lines, a run each."""
        for index, line in enumerate(title.split("\n")):
            if index:
                yield self.run("\n")
            yield self.run(line)

    def inlines(
        self, content: Iterable[Inline], style: Style | None = None, part: XmlPart | None = None
    ) -> Iterator[Element]:
        """The author's words with their stress, links and notes, in a part or in the document."""
        for inline in content:
            match inline:
                case Text(words):
                    yield self.run(words, style)
                case Strong(inner):
                    yield from self.inlines(inner, Style.STRESS, part)
                case Link(target, inner):
                    yield self._link(target, inner, part)
                case LineBreak():
                    yield self.run("\n")
                case Raised(words):
                    yield self.run(words, Style.RAISED)
                case Lowered(words):
                    yield self.run(words, Style.LOWERED)
                case Note(inner):
                    yield self.note(inner)
                case _:
                    assert_never(inline)

    def _link(self, target: str, content: Iterable[Inline], part: XmlPart | None) -> Element:
        from docx.opc.constants import RELATIONSHIP_TYPE

        owner = part or self.document.part
        link: Element = self.element("w:hyperlink")
        relation = owner.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(w("r:id"), relation)
        for run in self.inlines(content, Style.LINK, part):
            link.append(run)
        return link

    def note(self, content: Iterable[Inline]) -> Element:
        """The mark of a note, which stands at the foot of its page."""
        part = footnotes.part_of(self.document)
        number = self._mark_of_note(self.element("w:footnoteRef"))
        words = self.inlines(content, part=part)
        paragraph = self.paragraph(Style.FOOTNOTE, number, self.run(" "), *words)
        identifier = footnotes.add(part, paragraph)
        return self._mark_of_note(self.element("w:footnoteReference", id=identifier))

    def _mark_of_note(self, mark: Element) -> Element:
        run = self.run("", Style.NOTE_MARK)
        run.append(mark)
        return run

    # -- fields and bookmarks -----------------------------------------------------------

    def field(self, instruction: str, shown: str, style: Style | None = None) -> Iterator[Element]:
        """A field that shows these words until Word counts it anew.

        LibreOffice sets them in the style of what begins it.
        """
        yield from self.field_begin(instruction, style)
        yield self.run(shown, style)
        yield self.field_mark("end", style)

    def field_begin(self, instruction: str, style: Style | None = None) -> Iterator[Element]:
        """The runs before what a field shows."""
        yield self.field_mark("begin", style)
        run = self.run("", style)
        words = self.element("w:instrText")
        words.text = f" {instruction} "
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(words)
        yield run
        yield self.field_mark("separate", style)

    def field_mark(self, kind: str, style: Style | None = None) -> Element:
        """A run that begins, parts or ends a field."""
        run = self.run("", style)
        run.append(self.element("w:fldChar", fldCharType=kind))
        return run

    def place(self, anchor: str, kind: str) -> str:
        """A name of a kind for the place of an anchor, which is set when that is written next."""
        self._place_count += 1
        name = f"{kind}{self._place_count}"
        self._places[anchor] = name, self._next_bookmark()
        return name

    def is_place(self, anchor: str) -> bool:
        """Whether an anchor has a name that is not set yet."""
        return anchor in self._places

    def set_place(self, anchor: str, paragraphs: list[Any]) -> None:
        """Set the name of an anchor, if it has one, from the first paragraph to the last."""
        if anchor in self._places and paragraphs:
            self._bookmark(*self._places.pop(anchor), paragraphs[0], paragraphs[-1])

    def mark(self, anchor: str, elements: list[Any]) -> None:
        """Have a bookmark say which block this is; in a table its first paragraph has it."""
        name = mark_of(anchor)
        if self.marks_blocks and elements and name not in self._marks:
            self._marks.add(name)
            first = next(elements[0].iter(w("w:p")))
            begin = self._bookmark_begin(name, self._next_bookmark(), first)
            # It holds no words: LibreOffice hangs no mark at the end of a line where one ends.
            begin.addnext(self.element("w:bookmarkEnd", id=begin.get(w("w:id"))))

    def _next_bookmark(self) -> int:
        self._bookmark_count += 1
        return _FIRST_BOOKMARK + self._bookmark_count

    def _bookmark(self, name: str, number: int, first: Any, last: Any) -> None:
        """A bookmark from the begin of a paragraph to the end of another."""
        self._bookmark_begin(name, number, first)
        last.append(self.element("w:bookmarkEnd", id=number))

    def _bookmark_begin(self, name: str, number: int, paragraph: Any) -> Any:
        begin = self.element("w:bookmarkStart", id=number, name=name)
        paragraph.insert(1, begin)  # after its properties
        return begin

    def next_control(self) -> int:
        """The number of one more content control."""
        self._control_count += 1
        return self._control_count

    def break_page(self, paragraph: Any, count: int) -> bool:
        """Begin a page before the last so many characters of a paragraph, if words divide there."""
        for text in reversed(list(paragraph.iter(w("w:t")))):
            words = text.text or ""
            if len(words) > count > 0:
                self._break_run(text, len(words) - count)
                return True
            count -= len(words)
        return False

    def _break_run(self, text: Any, at: int) -> None:
        """Divide a run of one text; between both parts a run begins a page."""
        run = text.getparent()
        rest, page = copied(run), self.element("w:r")
        rest.find(w("w:t")).text = text.text[at:]
        text.text = text.text[:at]
        page.append(self.element("w:br", type="page"))
        run.addnext(page)
        page.addnext(rest)

    def keep_next(self, paragraph: Any) -> None:
        """Keep a paragraph on one page with what follows it."""
        if paragraph[0].find(w("w:keepNext")) is None:
            paragraph[0].insert(1, self.element("w:keepNext"))

    def begin_page(self, paragraph: Any) -> None:
        """Have a paragraph begin a page."""
        paragraph[0].insert(1, self.element("w:pageBreakBefore"))

    def space(
        self,
        paragraph: Any,
        *,
        before: Length | None = None,
        after: Length | None = None,
        line: Length | None = None,
    ) -> None:
        """Set a paragraph's own distance from its neighbours, or its own exact line."""
        spacing = paragraph.get_or_add_pPr().get_or_add_spacing()
        for side, distance in (("before", before), ("after", after)):
            if distance is not None:
                spacing.set(w(f"w:{side}"), str(distance.twips))
        if line is not None:
            spacing.set(w("w:line"), str(line.twips))
            spacing.set(w("w:lineRule"), "exact")

    def space_before(self, paragraph: Any) -> Length:
        """The distance that a paragraph keeps from what is above it, its own or its style's."""
        styles = self.document.styles.element
        style = next(
            (candidate for candidate in styles if candidate.get(w("w:styleId")) == paragraph.style),
            None,
        )
        for owner in (paragraph, style):
            spacing = None if owner is None else owner.find(f"{w('w:pPr')}/{w('w:spacing')}")
            if spacing is not None and spacing.get(w("w:before")) is not None:
                return Length(int(spacing.get(w("w:before"))) / 20)
        return standard.NOTHING

    # -- tables -------------------------------------------------------------------------

    def table(
        self, style: Style, widths: list[int], rows: Iterable[Element], *, align: str = ""
    ) -> Any:
        """A table of columns so wide in twips, which Word and WPS are told in the same words."""
        table = self.element("w:tbl")
        properties = self.element("w:tblPr")
        properties.append(self.value("w:tblStyle", self.style_id(style)))
        properties.append(self.element("w:tblW", w=sum(widths), type="dxa"))
        if align:
            properties.append(self.value("w:jc", align))
        properties.append(self.element("w:tblLayout", type="fixed"))
        table.append(properties)
        grid = self.element("w:tblGrid")
        grid.extend(self.element("w:gridCol", w=width) for width in widths)
        table.append(grid)
        table.extend(rows)
        return table

    def row(
        self,
        cells: Iterable[Element],
        *,
        header: bool = False,
        splits: bool = False,
        height: Length = standard.NOTHING,
    ) -> Element:
        """A row at least so high that no page end divides, unless it `splits`."""
        row: Element = self.element("w:tr")
        properties = self.element("w:trPr")
        if not splits:
            properties.append(self.element("w:cantSplit"))
        if height > standard.NOTHING:
            properties.append(self.element("w:trHeight", val=height.twips, hRule="atLeast"))
        if header:
            properties.append(self.element("w:tblHeader"))
        if len(properties):
            row.append(properties)
        row.extend(cells)
        return row

    def cell(
        self,
        paragraphs: Iterable[Element],
        width: int,
        *,
        span: int = 1,
        merge: str = "",
        vertical: str = "center",
    ) -> Element:
        """A cell with at least one paragraph; `merge` begins or continues one of several rows."""
        cell: Element = self.element("w:tc")
        properties = self.element("w:tcPr")
        properties.append(self.element("w:tcW", w=width, type="dxa"))
        if span > 1:
            properties.append(self.value("w:gridSpan", span))
        if merge:
            properties.append(self.value("w:vMerge", merge))
        properties.append(self.value("w:vAlign", vertical))
        cell.append(properties)
        cell.extend(paragraphs)
        return cell


def _parts(words: str) -> Iterator[tuple[str, str]]:
    """Words, tabs and line ends in order, under the names of their elements."""
    names = {"\t": "w:tab", "\n": "w:br"}
    part = ""
    for character in words:
        if character in names:
            if part:
                yield "w:t", part
            yield names[character], ""
            part = ""
        else:
            part += character
    if part:
        yield "w:t", part
