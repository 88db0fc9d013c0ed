"""Pages that WeasyPrint has laid out → a PDF without tags, and beside it the tree of its tags.

WeasyPrint writes a tag for each box, each of which is an object of the file; of a long table these
take more memory than all else, and are read again to be mended. What is taken for granted of it
here, `tests/renderers/test_weasyprint.py` holds.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from publisher.foreign.pages import NameValue
from publisher.renderers.pdf_tags import Attributes, Kid, LinkPlace, MarkedContent, PdfTag

if TYPE_CHECKING:
    import pikepdf

KIND = "data-tag"
"""An element of the HTML says so what it is where HTML has no name for it: L, Lbl, Note, TOC.

What is an Artifact, or is in one, belongs to the page and is no part of the text."""

BEGUN = ("data-again", "data-rest")
"""A cell of a table that began on the page before says so which words of it stand here: all of
them once more, or the rest of them."""

SPOT, NAMED_BY = "data-spot", "data-named-by"
"""A cell of a form says so where it stands, and where the labels that name it: rows and columns."""

FILE = "data-file"
"""The room for the first page of an attached PDF says so on which page it is, counted from 1."""

NUMBERING = "data-numbering"
"""Of a list, as ISO 32000-1 14.8.5.5 names kinds of numbers."""


@dataclass(slots=True)
class TaggedPages:
    """Pages as WeasyPrint writes them, but for their tags, which stand beside them."""

    data: bytes
    tree: PdfTag
    links: list[tuple[LinkPlace, int]]
    """The places of links in the tree, each with the number of its annotation in the file."""

    def tree_in(self, file: pikepdf.Pdf) -> PdfTag:
        """The tree, its links being those of the file that the data are."""
        for place, number in self.links:
            place.annotation = file.get_object((number, 0))
        return self.tree


def tagged_pages(document: Any) -> TaggedPages:
    """The pages of a document of WeasyPrint's, or of its HTML."""
    with _tags_kept() as kept, _pages_listed_once():
        data: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    (made,) = kept
    return TaggedPages(data, made.tree, made.links)


@contextmanager
def _tags_kept() -> Iterator[list[_Tags]]:
    """While a PDF is written in it, its tags are not, but kept."""
    import weasyprint.pdf

    kept: list[_Tags] = []

    def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: Sequence[Any]) -> None:
        kept.append(_Tags(document.pages, page_streams))
        _say_tagged(pdf)

    own = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = add_tags
    try:
        yield kept
    finally:
        weasyprint.pdf.add_tags = own


def _say_tagged(pdf: Any) -> None:
    """What a catalogue says of tags, as WeasyPrint has it say."""
    import pydyf

    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


@contextmanager
def _pages_listed_once() -> Iterator[None]:
    """While a PDF is written in it, its pages are listed once, not anew for each bookmark.

    pydyf makes that list whenever it is asked: of a long document that is the square of its pages.
    """
    import pydyf

    own = pydyf.PDF.page_references
    listed: WeakKeyDictionary[Any, tuple[bytes, ...]] = WeakKeyDictionary()

    def references(pdf: Any) -> tuple[bytes, ...]:
        if len(listed.get(pdf, ())) < pdf.pages["Count"]:
            listed[pdf] = own.fget(pdf)
        return listed[pdf]

    pydyf.PDF.page_references = property(references)
    try:
        yield
    finally:
        pydyf.PDF.page_references = own


# -- boxes ------------------------------------------------------------------------------


class _Tags:
    """The tree of tags of all pages.

    Boxes are tagged page by page; a tag says of which element it is, so that pieces of a paragraph
    on several pages are known again. A link inside the document is called by its title, not by the
    name of its target.
    """

    def __init__(self, pages: Sequence[Any], streams: Sequence[Any]) -> None:
        self.links: list[tuple[LinkPlace, int]] = []
        self._sources: dict[tuple[Hashable, str], int] = {}
        self._next_link = len(pages)
        kids: list[Kid] = []
        for number, (page, stream) in enumerate(zip(pages, streams, strict=True)):
            walk = _Page(self, number, page.height, stream._tags)
            kids.extend(walk.tags(page._page_box, ""))
        self.tree = PdfTag("Document", tuple(kids))

    def source(self, box: Any) -> int:
        """The number of the element of a box, and of what is generated in it."""
        called = getattr(box.element, "number", id(box.element))
        return self._sources.setdefault((called, box.element_tag), len(self._sources))

    def link(self, box: Any, page: int) -> LinkPlace:
        """The place of a link; it gets its number in the index of tags."""
        import pydyf

        annotation = box.link_annotation
        annotation["StructParent"] = self._next_link
        self._next_link += 1
        if box.element is not None and (said := box.element.get("title")):
            annotation["Contents"] = pydyf.String(said)
        place = LinkPlace(page, None)
        self.links.append((place, annotation.number))
        return place


@dataclass(frozen=True, slots=True)
class _Page:
    """One page, whose boxes become tags."""

    all: _Tags
    number: int
    height: float
    pieces: Mapping[Any, Mapping[str, Any]]
    """What each box of words or picture is drawn with, by its number on the page."""

    def tags(self, box: Any, parent: str) -> Iterator[PdfTag]:
        """The tags of a box, in one that has a name of WeasyPrint's; of a page, those in it."""
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.absolute import AbsolutePlaceholder

        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if _has_no_tag(box):
            inner = [tag for child in box.children for tag in self.tags(child, parent)]
            yield from [] if isinstance(box, boxes.MarginBox) else inner
            return
        name = _name(box, parent)
        kids: list[Kid] = [self.all.link(box, self.number)] if box.link_annotation else []
        source = None if box.element is None else self.all.source(box)
        for child in _children(box):
            for inner_box in child.children if isinstance(child, boxes.LineBox) else [child]:
                if isinstance(inner_box, boxes.TextBox):
                    kids.append(self._words(inner_box, name))
                else:
                    kids.extend(self.tags(inner_box, name))
        if isinstance(box, boxes.ReplacedBox):
            kids.append(self._piece(box))
        yield self._tag(box, name, tuple(kids), source)

    def _piece(self, box: Any) -> MarkedContent:
        return MarkedContent(self.number, self.pieces[box]["mcid"])

    def _words(self, box: Any, name: str) -> Kid:
        """Words have a tag of their own, but in a link."""
        piece = self._piece(box)
        return piece if name == "Link" else PdfTag(self.pieces[box]["tag"], (piece,))

    def _tag(self, box: Any, name: str, kids: tuple[Kid, ...], source: int | None) -> PdfTag:
        element = box.element
        if element is None:
            return PdfTag(name, kids)
        is_own, is_cell = box.element_tag == element.tag, box.element_tag in ("th", "td")
        kind = element.get(KIND) if is_own else None
        spans = name in ("TH", "TD")
        begun = [key.removeprefix("data-") for key in BEGUN if is_cell and key in element.attrib]
        spot = element.get(SPOT, "") if is_cell else ""
        return PdfTag(
            kind or name,
            kids,
            source=source,
            scope=element.get("scope", "") if box.element_tag == "th" else "",
            begun=begun[-1] if begun else "",
            rows=box.rowspan if spans else 1,
            columns=box.colspan if spans else 1,
            numbering=(element.get(NUMBERING) or "") if kind else "",
            words=_alternative(element) if name == "Figure" else {},
            attributes=self._layout(box) if name == "Figure" else {},
            spot=spot,
            named_by=tuple(element.get(NAMED_BY, "").split()) if spot else (),
            room=int(element.get(FILE) or 0),
        )

    def _layout(self, box: Any) -> Attributes:
        """Where a picture stands."""
        return {
            "Layout": {"Placement": NameValue("Block"), "BBox": _box_of(box, self.height)},
        }


def _name(box: Any, parent: str) -> str:
    """What WeasyPrint calls a box in one that it calls `parent`."""
    from weasyprint.pdf.tags import _get_pdf_tag

    name: str = _get_pdf_tag(None if box.element is None else box.element_tag)
    is_again = name in ("TD", "TH") and parent in ("TD", "TH")  # a box around what is in a cell
    return "NonStruct" if is_again else name


_SVG = "{http://www.w3.org/2000/svg}"


def _alternative(element: Any) -> dict[str, str]:
    """What is said in place of a picture."""
    if element.tag == f"{_SVG}svg":
        title = element.find(f"{_SVG}title")
        said = None if title is None else title.text
    else:
        said = element.get("alt")
    return {"Alt": said} if said else {}


def _box_of(box: Any, page_height: float) -> tuple[float, ...]:
    """Where a picture stands on its page: WeasyPrint counts from above, and before it is turned."""
    left, top = box.content_box_x(), box.content_box_y()
    corners = [(left, top), (left + box.width, top + box.height)]
    if box.transformation_matrix:
        corners = [box.transformation_matrix.transform_point(*corner) for corner in corners]
    across = sorted(x * _POINT for x, _ in corners)
    up = sorted((page_height - y) * _POINT for _, y in corners)
    return tuple(round(side, 4) for side in (across[0], up[0], across[1], up[1]))


_POINT = 0.75
"""Points of a pixel of CSS."""


def _has_no_tag(box: Any) -> bool:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.PageBox | boxes.MarginBox):
        return True
    is_root = box.element is not None and box.element_tag in ("html", "body")
    return is_root and not isinstance(box, boxes.LineBox)


def _children(box: Any) -> list[Any]:
    """A box's children; a table's own box stands in a wrapper, with which it shares one tag."""
    is_table = box.element is not None and box.element_tag == "table" and box.is_table_wrapper
    table = box.get_wrapped_table() if is_table else None
    return [
        inner
        for child in box.children
        for inner in (child.children if table and child is table else [child])
    ]
