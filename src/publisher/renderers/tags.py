"""A PDF of WeasyPrint's → the same pages, tagged as PDF/UA-1 asks: tables whole, items in lists.

What is taken for granted of WeasyPrint and pydyf here, `tests/renderers/test_weasyprint.py` holds.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any, TypeGuard
from weakref import WeakKeyDictionary

from publisher.foreign.pages import AttributeValue, NameValue
from publisher.renderers import archival
from publisher.renderers.archival import Sources
from publisher.renderers.foreign_pages import AttachedPdf, ForeignPages
from publisher.renderers.pdf_tags import Attributes, Kid, LinkPlace, MarkedContent, PdfTag
from publisher.renderers.table_tags import whole_form, whole_table
from publisher.renderers.tag_writing import write_tags

if TYPE_CHECKING:
    import pikepdf

SOURCE = "Source"
"""Under this key `remember` leaves the number of a tag's HTML element in the PDF, for `mend`."""
SCOPE = "HeaderScope"
"""Under this key it leaves the `scope` of a `th`: WeasyPrint does not write it."""

KIND = "data-tag"
"""An element of the HTML says so what it is where HTML has no name for it: L, Lbl, Note, TOC.

What is an Artifact, or is in one, belongs to the page and is no part of the text."""

BEGUN = ("data-again", "data-rest")
"""A cell of a table that began on the page before says so which words of it stand here: all of
them once more, or the rest of them."""
_BEGUN = "Begun"
"""Under this key `remember` leaves it."""

SPOT, NAMED_BY = "data-spot", "data-named-by"
"""A cell of a form says so where it stands, and where the labels that name it: rows and columns."""
_SPOT, _NAMED_BY = "Spot", "NamedBy"
"""Under these keys `remember` leaves them."""

FILE = "data-file"
"""The room for the first page of an attached PDF says so on which page it is, counted from 1."""
_ROOM = "Room"
"""Under this key `remember` leaves it."""

NUMBERING = "data-numbering"
"""Of a list, as ISO 32000-1 14.8.5.5 names kinds of numbers."""
_NUMBERING = "Numbering"
"""Under this key `remember` leaves it."""


def mend(
    data: bytes,
    enclosed: Mapping[int, AttachedPdf] | None = None,
    sources: Sources | None = None,
) -> bytes:
    """The PDF with its tags mended; the pages look as before, and the same PDF gives the same.

    In the rooms for them stand the pages of the PDFs that are `enclosed`, with their tags; what
    archives ask of fonts and colours is not known of them, and not claimed. `sources` are held
    inside.

    A paragraph, section or table that goes over several pages becomes one tag; header rows and
    cells that a page repeats, and page numbers, become artifacts. What stands above a table is its
    caption, and each data cell names the headers of its rows, its groups and its columns
    (ISO 14289-1 7.2, 7.5).
    """
    import pikepdf

    with ExitStack() as opened, pikepdf.open(io.BytesIO(data)) as file:
        before = _read(file)
        tree = _with_tables(_joined(_plain(before)), count(1))
        tree = _with_lists(tree, count(1))
        tree = _with_levels_raised(tree, min(_levels(tree), default=1) - 1)
        _keep_places(file, set(_places(tree)))
        _mark_artifacts(file, set(before.pieces()), set(tree.pieces()))
        foreign = ForeignPages(file, opened)
        tree = _with_foreign(tree, enclosed or {}, foreign)
        archival.hold(file, sources or {})
        if not enclosed:
            archival.claim(file)
        elif not all(each.pdf.claims_ua for each in enclosed.values()):
            archival.claim_nothing(file)
        write_tags(file, tree, foreign.streams)
        return archival.written(file)


@contextmanager
def pages_listed_once() -> Iterator[None]:
    """While a PDF is written in it, its pages are listed once, not anew for each tag.

    pydyf makes that list whenever it is asked, and WeasyPrint asks for each tag: of a long table
    that is the square of its rows.
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


# -- what the HTML knows and the PDF does not -------------------------------------------


def remember(document: Any, pdf: Any) -> None:
    """WeasyPrint's `finisher`: a tag remembers its element of the HTML, a header cell its scope.

    WeasyPrint tags page by page; nothing else tells which tags are pieces of one paragraph. A link
    inside the document is called by its title, not by the name of its target.
    """
    import pydyf

    tags = [element for element in pdf.objects if isinstance(element, dict) and element.get("S")]
    tags = [element for element in tags if element.get("Type") == "/StructElem"][
        1:
    ]  # the first is Document
    boxes = [(box, page) for page in document.pages for box in _boxes(page._page_box)]
    numbers: dict[tuple[int, str], int] = {}
    for tag, (box, page) in zip(tags, boxes, strict=True):
        if box is not None and box.element is not None:
            name = (getattr(box.element, "number", id(box.element)), box.element_tag)
            tag[SOURCE] = numbers.setdefault(name, len(numbers))
            if box.element_tag == box.element.tag and (kind := box.element.get(KIND)):
                tag["S"] = f"/{kind}"
                if numbering := box.element.get(NUMBERING):
                    tag[_NUMBERING] = f"/{numbering}"
            if box.link_annotation and (said := box.element.get("title")):
                box.link_annotation["Contents"] = pydyf.String(said)
            if tag["S"] == "/Figure":
                tag["A"]["BBox"] = pydyf.Array(_box_of(box, page.height))
            if box.element_tag in ("th", "td") and (spot := box.element.get(SPOT)):
                tag[_SPOT] = pydyf.String(spot)
                tag[_NAMED_BY] = pydyf.String(box.element.get(NAMED_BY, ""))
            if number := box.element.get(FILE):
                tag[_ROOM] = int(number)
            if box.element_tag == "th":
                tag[SCOPE] = "/" + box.element.get("scope", "")
            for attribute in BEGUN:
                if box.element_tag in ("th", "td") and attribute in box.element.attrib:
                    tag[_BEGUN] = f"/{attribute.removeprefix('data-')}"


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


def _boxes(box: Any) -> Iterator[Any]:
    """The boxes that WeasyPrint makes tags of, in its order; None for a run of text."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if _has_no_tag(box):
        for child in box.children:
            yield from _boxes(child)
        return
    yield box
    for child in _children(box):
        for inner in child.children if isinstance(child, boxes.LineBox) else [child]:
            if not isinstance(inner, boxes.TextBox):
                yield from _boxes(inner)
            elif box.element_tag != "a":  # links hold their words without a tag between
                yield None


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


# -- reading ----------------------------------------------------------------------------


def _read(file: pikepdf.Pdf) -> PdfTag:
    pages = {page.obj.objgen: number for number, page in enumerate(file.pages)}
    (root,) = file.Root.StructTreeRoot.K
    return _tag(root, pages)


def _tag(element: Any, pages: dict[tuple[int, int], int]) -> PdfTag:
    page = pages[element.Pg.objgen] if "/Pg" in element else -1
    attributes = element.get("/A", {})
    source = element.get(f"/{SOURCE}")
    return PdfTag(
        str(element.S)[1:],
        tuple(_kid(kid, page, pages) for kid in element.get("/K", ())),
        source=None if source is None else int(source),
        scope=str(element.get(f"/{SCOPE}", "/"))[1:],
        begun=str(element.get(f"/{_BEGUN}", "/"))[1:],
        numbering=str(element.get(f"/{_NUMBERING}", "/"))[1:],
        rows=int(attributes.get("/RowSpan", 1)),
        columns=int(attributes.get("/ColSpan", 1)),
        words={"Alt": str(element.Alt)} if "/Alt" in element else {},
        attributes=_layout(attributes),
        spot=str(element.get(f"/{_SPOT}", "")),
        named_by=tuple(str(element.get(f"/{_NAMED_BY}", "")).split()),
        room=int(element.get(f"/{_ROOM}", 0)),
    )


def _layout(attributes: Any) -> Attributes:
    """Where a picture stands."""
    if "/BBox" not in attributes:
        return {}
    box: AttributeValue = tuple(float(side) for side in attributes.BBox)
    return {"Layout": {"Placement": NameValue("Block"), "BBox": box}}


def _kid(kid: Any, page: int, pages: dict[tuple[int, int], int]) -> Kid:
    if isinstance(kid, int):
        return MarkedContent(page, kid)
    if "/Obj" in kid:
        return LinkPlace(pages[kid.Pg.objgen], kid.Obj)
    return _tag(kid, pages)


_BEGINNING = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC\b")


# -- the tree ---------------------------------------------------------------------------


_HOLD_WORDS = (
    "P",
    "Lbl",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "TH",
    "TD",
    "Link",
    "Span",
    "NonStruct",
)


def _plain(tag: PdfTag) -> PdfTag:
    """Without tags that hold nothing, tell nothing of what they hold, or are the page's own.

    So the place of a link comes right into the link, from where WeasyPrint has it for bold words.
    """
    kids: list[Kid] = []
    for kid in tag.kids:
        if isinstance(kid, PdfTag):
            if kid.name == "Artifact":
                continue
            kid = _plain(kid)
            if _tells_nothing(kid, tag):
                kids.extend(kid.kids)
            elif kid.kids or kid.is_cell or kid.name == "TR" or kid.room:
                kids.append(kid)
        else:
            kids.append(kid)
    return replace(tag, kids=tuple(kids))


def _tells_nothing(tag: PdfTag, parent: PdfTag) -> bool:
    """Whether it is a run of words, a box without an element, or a second box of its parent's."""
    if tag.name in ("Span", "NonStruct") and parent.name in _HOLD_WORDS:
        return True
    if tag.name == "NonStruct":
        return not tag.room and all(isinstance(kid, PdfTag) for kid in tag.kids)
    return _are_one(parent, tag)


def _joined(tag: PdfTag) -> PdfTag:
    """With pieces of one element as one tag; a table keeps the first of its repeated heads."""
    kids: list[Kid] = []
    heads: set[int] = set()
    for kid in tag.kids:
        if isinstance(kid, PdfTag):
            if kid.name == "THead" and kid.source is not None:
                if kid.source in heads:
                    continue
                heads.add(kid.source)
            begun = _begun(kids, kid)
            if begun is not None:
                before = kids[begun]
                assert isinstance(before, PdfTag)
                kids[begun] = replace(before, kids=before.kids + kid.kids)
                continue
        kids.append(kid)
    return replace(
        tag, kids=tuple(_joined(kid) if isinstance(kid, PdfTag) else kid for kid in kids)
    )


def _begun(kids: list[Kid], tag: PdfTag) -> int | None:
    """Which of the tags before it a tag goes on; cells of a row go on side by side."""
    first = 0 if tag.is_cell else max(len(kids) - 1, 0)
    return next((n for n in range(first, len(kids)) if _are_one(kids[n], tag)), None)


def _are_one(tag: Kid, next_tag: PdfTag) -> TypeGuard[PdfTag]:
    """Whether two tags are pieces of one element of the HTML."""
    return (
        isinstance(tag, PdfTag)
        and tag.source is not None
        and (tag.name, tag.source) == (next_tag.name, next_tag.source)
    )


# -- tables -----------------------------------------------------------------------------


def _with_tables(tag: PdfTag, numbers: Iterator[int]) -> PdfTag:
    """With each table mended, and what stands below a picture in it.

    Tables are numbered in reading order.
    """
    if tag.name == "Table":
        is_form = any(cell.spot for cell in tag.all())
        return (whole_form if is_form else whole_table)(tag, next(numbers))
    kids: list[Kid] = []
    for kid in tag.kids:
        if isinstance(kid, PdfTag):
            if kid.name == "Table" and kids and _is_caption(kids[-1]):
                kid = replace(kid, kids=(kids.pop(), *kid.kids))
            kid = _with_tables(kid, numbers)
            above = kids[-1] if kids else None
            if _is_caption(kid) and isinstance(above, PdfTag) and above.name == "Figure":
                kids.pop()
                kid = replace(above, kids=(*above.kids, kid))
        kids.append(kid)
    return replace(tag, kids=tuple(kids))


def _is_caption(tag: Kid) -> bool:
    return isinstance(tag, PdfTag) and tag.name == "Caption"


# -- lists and notes --------------------------------------------------------------------


def _with_lists(tag: PdfTag, numbers: Iterator[int]) -> PdfTag:
    """With what an item of a list says in its body, and each note with a name of its own."""
    if tag.name == "Note":
        tag = replace(tag, identifier=f"note{next(numbers)}")
    kids = tuple(_with_lists(kid, numbers) if isinstance(kid, PdfTag) else kid for kid in tag.kids)
    if tag.name == "Reference":
        kids = tuple(_with_whole_place(kid) if isinstance(kid, PdfTag) else kid for kid in kids)
    if tag.name == "LI":
        labels = tuple(tag.tags("Lbl"))
        body = tuple(kid for kid in kids if not (isinstance(kid, PdfTag) and kid.name == "Lbl"))
        kids = (*labels, PdfTag("LBody", body))
    return replace(tag, kids=kids)


def _with_whole_place(link: PdfTag) -> PdfTag:
    """A link with its largest place alone: WeasyPrint makes further ones inside it."""
    places = [kid for kid in link.kids if isinstance(kid, LinkPlace)]
    whole = max(places, key=_area, default=None)
    kept = (kid for kid in link.kids if not isinstance(kid, LinkPlace) or kid is whole)
    return replace(link, kids=tuple(kept))


def _area(place: LinkPlace) -> float:
    left, bottom, right, top = map(float, place.annotation.Rect)
    return abs((right - left) * (top - bottom))


# -- headings ---------------------------------------------------------------------------

_HEADING = re.compile("H([1-6])")


def _levels(tag: PdfTag) -> Iterator[int]:
    """The levels of the headings in a tag."""
    if match := _HEADING.fullmatch(tag.name):
        yield int(match[1])
    for kid in tag.kids:
        if isinstance(kid, PdfTag):
            yield from _levels(kid)


def _with_levels_raised(tag: PdfTag, levels: int) -> PdfTag:
    """With its headings so many levels higher: a 命令 prints no title, and the next is the first.

    The first heading is H1 (ISO 14289-1 7.4.2).
    """
    if not levels:
        return tag
    kids = (
        _with_levels_raised(kid, levels) if isinstance(kid, PdfTag) else kid for kid in tag.kids
    )
    match = _HEADING.fullmatch(tag.name)
    name = f"H{int(match[1]) - levels}" if match else tag.name
    return replace(tag, name=name, kids=tuple(kids))


# -- attached PDFs ----------------------------------------------------------------------


def _with_foreign(
    tree: PdfTag, enclosed: Mapping[int, AttachedPdf], foreign: ForeignPages, level: int = 0
) -> PdfTag:
    """With the tags of attached PDFs in the rooms for their pages.

    Their headings stand below that of the attachment, which is the last one before.
    """
    kids: list[Kid] = []
    for kid in tree.kids:
        if isinstance(kid, PdfTag):
            if kid.room:
                kid = foreign.drawn(enclosed[kid.room], level)
            else:
                kid = _with_foreign(kid, enclosed, foreign, level)
                level = next(reversed([*_levels(kid)]), level)
        kids.append(kid)
    return replace(tree, kids=tuple(kids))


# -- writing ----------------------------------------------------------------------------

_Numbers = set[tuple[int, int]]
_REPEATED = b"/Artifact <</Type /Pagination>> BDC"
_FOOT = b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC"


def _mark_artifacts(file: pikepdf.Pdf, before: _Numbers, after: _Numbers) -> None:
    """Mark what no tag holds as the page's own (ISO 32000-1 14.8.2.2).

    What no tag held before either is the foot of the page: so WeasyPrint leaves margin boxes.
    """
    for number, page in enumerate(file.pages):

        def marked(match: re.Match[bytes], number: int = number) -> bytes:
            piece = (number, int(match[1]))
            if piece in after:
                return match[0]
            return _REPEATED if piece in before else _FOOT

        page.obj.Contents = file.make_stream(_BEGINNING.sub(marked, page.Contents.read_bytes()))


def _places(tag: PdfTag) -> Iterator[tuple[int, int]]:
    """The links' places in a tag, each by its number in the file."""
    for kid in tag.kids:
        if isinstance(kid, PdfTag):
            yield from _places(kid)
        elif isinstance(kid, LinkPlace):
            yield kid.annotation.objgen


def _keep_places(file: pikepdf.Pdf, kept: set[tuple[int, int]]) -> None:
    """Take off the pages what no link holds."""
    import pikepdf

    for page in file.pages:
        places = [place for place in page.get("/Annots", ()) if place.objgen in kept]
        if len(places) < len(page.get("/Annots", ())):
            page.obj.Annots = pikepdf.Array(places)
