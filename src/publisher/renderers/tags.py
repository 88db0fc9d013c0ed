"""A PDF of WeasyPrint's → the same pages, tagged as PDF/UA-1 asks: tables whole, items in lists.

What is taken for granted of WeasyPrint and pydyf here, `tests/renderers/test_weasyprint.py` holds.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, TypeGuard

from publisher.renderers import archival
from publisher.renderers.archival import Sources
from publisher.renderers.box_tags import TaggedPages
from publisher.renderers.foreign_pages import AttachedPdf, ForeignPages
from publisher.renderers.pdf_tags import Kid, LinkPlace, PdfTag
from publisher.renderers.table_tags import whole_form, whole_table
from publisher.renderers.tag_writing import write_tags

if TYPE_CHECKING:
    import pikepdf


def mend(
    pages: TaggedPages,
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

    with ExitStack() as opened, pikepdf.open(io.BytesIO(pages.data)) as file:
        before = pages.tree_in(file)
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
