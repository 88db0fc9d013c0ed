"""A PDF of WeasyPrint's → the same pages, tagged as PDF/UA-1 asks: tables whole, items in lists.

What is taken for granted of WeasyPrint and pydyf here, `tests/renderers/test_weasyprint.py` holds.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any, TypeGuard
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    import pikepdf

SOURCE = "Source"
"""Under this key `remember` leaves the number of a tag's HTML element in the PDF, for `mend`."""
SCOPE = "HeaderScope"
"""Under this key it leaves the `scope` of a `th`: WeasyPrint does not write it."""

KIND = "data-tag"
"""An element of the HTML says so what it is where HTML has no name for it: L, Lbl, Note, TOC."""

NUMBERING = "data-numbering"
"""Of a list, as ISO 32000-1 14.8.5.5 names kinds of numbers."""
_NUMBERING = "Numbering"
"""Under this key `remember` leaves it."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Content of a page that a tag holds."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class _Annotation:
    """A link's place on a page."""

    page: int
    annotation: Any


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag and what it holds, in reading order."""

    name: str
    kids: tuple[_Kid, ...] = ()
    source: int | None = None
    """Which element of the HTML it came from; tags of several pages may share one."""
    scope: str = ""
    """Of a header cell, as in HTML: `col`, `row` or `rowgroup`."""
    rows: int = 1
    columns: int = 1
    identifier: str = ""
    headers: tuple[str, ...] = ()
    """The identifiers of a cell's headers: of its row, its group, its column."""
    numbering: str = ""
    """Of a list: Decimal."""

    @property
    def is_cell(self) -> bool:
        """Whether it is a cell of a table, which may be empty."""
        return self.name in ("TH", "TD")


_Kid = _Tag | _Piece | _Annotation


def mend(data: bytes) -> bytes:
    """The PDF with its tags mended; the pages look as before, and the same PDF gives the same.

    A paragraph, section or table that goes over several pages becomes one tag; header rows and
    labels of groups that a page repeats, and page numbers, become artifacts. Each data cell names
    the headers of its row, its group and its column (ISO 14289-1 7.2, 7.5).
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as file:
        content = _Content([page.Contents.read_bytes() for page in file.pages])
        before = _read(file)
        tree = _with_tables(_joined(_plain(before)), content, count(1))
        tree = _with_lists(tree, count(1))
        tree = _with_levels_raised(tree, min(_levels(tree), default=1) - 1)
        _keep_places(file, set(_places(tree)))
        _mark_artifacts(file, content, set(_pieces(before)), set(_pieces(tree)))
        _write(file, tree)
        mended = io.BytesIO()
        file.save(
            mended,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return mended.getvalue()


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
    boxes = [box for page in document.pages for box in _boxes(page._page_box)]
    numbers: dict[tuple[int, str], int] = {}
    for tag, box in zip(tags, boxes, strict=True):
        if box is not None and box.element is not None:
            name = (id(box.element), box.element_tag)
            tag[SOURCE] = numbers.setdefault(name, len(numbers))
            if box.element_tag == box.element.tag and (kind := box.element.get(KIND)):
                tag["S"] = f"/{kind}"
                if numbering := box.element.get(NUMBERING):
                    tag[_NUMBERING] = f"/{numbering}"
            if box.link_annotation and (said := box.element.get("title")):
                box.link_annotation["Contents"] = pydyf.String(said)
            if box.element_tag == "th":
                tag[SCOPE] = "/" + box.element.get("scope", "")


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


def _read(file: pikepdf.Pdf) -> _Tag:
    pages = {page.obj.objgen: number for number, page in enumerate(file.pages)}
    (root,) = file.Root.StructTreeRoot.K
    return _tag(root, pages)


def _tag(element: Any, pages: dict[tuple[int, int], int]) -> _Tag:
    page = pages[element.Pg.objgen] if "/Pg" in element else -1
    attributes = element.get("/A", {})
    source = element.get(f"/{SOURCE}")
    return _Tag(
        str(element.S)[1:],
        tuple(_kid(kid, page, pages) for kid in element.get("/K", ())),
        source=None if source is None else int(source),
        scope=str(element.get(f"/{SCOPE}", "/"))[1:],
        numbering=str(element.get(f"/{_NUMBERING}", "/"))[1:],
        rows=int(attributes.get("/RowSpan", 1)),
        columns=int(attributes.get("/ColSpan", 1)),
    )


def _kid(kid: Any, page: int, pages: dict[tuple[int, int], int]) -> _Kid:
    if isinstance(kid, int):
        return _Piece(page, kid)
    if "/Obj" in kid:
        return _Annotation(pages[kid.Pg.objgen], kid.Obj)
    return _tag(kid, pages)


def _pieces(tag: _Tag) -> Iterator[tuple[int, int]]:
    """Page and number of each piece of content in a tag, in reading order."""
    for kid in tag.kids:
        if isinstance(kid, _Tag):
            yield from _pieces(kid)
        elif isinstance(kid, _Piece):
            yield kid.page, kid.number


_BEGINNING = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC\b")
_PIECE = re.compile(_BEGINNING.pattern + rb"(.*?)\bEMC\b", re.DOTALL)
"""A piece of content, its number and what it draws, as WeasyPrint writes them."""
_GLYPHS = re.compile(rb"<([0-9a-f]*)>")


@dataclass(frozen=True, slots=True)
class _Content:
    """What the pages of a PDF draw."""

    pages: list[bytes]

    def glyphs(self, tag: _Tag) -> bytes:
        """The glyphs of what a tag holds: where they are the same, the words are."""
        return b"".join(
            glyphs
            for page, wanted in _pieces(tag)
            for number, drawn in _PIECE.findall(self.pages[page])
            if int(number) == wanted
            for glyphs in _GLYPHS.findall(drawn)
        )


# -- the tree ---------------------------------------------------------------------------


def _tags(tag: _Tag, name: str) -> list[_Tag]:
    """The tags of a name right below a tag."""
    return [kid for kid in tag.kids if isinstance(kid, _Tag) and kid.name == name]


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


def _plain(tag: _Tag) -> _Tag:
    """Without tags that hold nothing, or tell nothing of what they hold.

    So the place of a link comes right into the link, from where WeasyPrint has it for bold words.
    """
    kids: list[_Kid] = []
    for kid in tag.kids:
        if isinstance(kid, _Tag):
            kid = _plain(kid)
            if _tells_nothing(kid, tag):
                kids.extend(kid.kids)
            elif kid.kids or kid.is_cell:
                kids.append(kid)
        else:
            kids.append(kid)
    return replace(tag, kids=tuple(kids))


def _tells_nothing(tag: _Tag, parent: _Tag) -> bool:
    """Whether it is a run of words, a box without an element, or a second box of its parent's."""
    if tag.name in ("Span", "NonStruct") and parent.name in _HOLD_WORDS:
        return True
    if tag.name == "NonStruct":
        return all(isinstance(kid, _Tag) for kid in tag.kids)
    return _are_one(parent, tag)


def _joined(tag: _Tag) -> _Tag:
    """With pieces of one element as one tag; a table keeps the first of its repeated heads."""
    kids: list[_Kid] = []
    for kid in tag.kids:
        if isinstance(kid, _Tag):
            if kid.name == "THead" and any(_are_one(head, kid) for head in kids):
                continue
            if kids and _are_one(kids[-1], kid):
                kids[-1] = replace(kid, kids=kids[-1].kids + kid.kids)
                continue
        kids.append(kid)
    return replace(tag, kids=tuple(_joined(kid) if isinstance(kid, _Tag) else kid for kid in kids))


def _are_one(tag: _Kid, next_tag: _Tag) -> TypeGuard[_Tag]:
    """Whether two tags are pieces of one element of the HTML."""
    return (
        isinstance(tag, _Tag)
        and tag.source is not None
        and (tag.name, tag.source) == (next_tag.name, next_tag.source)
    )


# -- tables -----------------------------------------------------------------------------


def _with_tables(tag: _Tag, content: _Content, numbers: Iterator[int]) -> _Tag:
    """With each table mended; they are numbered in reading order."""
    if tag.name == "Table":
        return _table(tag, content, next(numbers))
    kids = (
        _with_tables(kid, content, numbers) if isinstance(kid, _Tag) else kid for kid in tag.kids
    )
    return replace(tag, kids=tuple(kids))


def _table(table: _Tag, content: _Content, number: int) -> _Tag:
    """The table with one head and one body, and each cell with its headers."""
    head = _rows(table, "THead")
    body = _with_whole_groups(_rows(table, "TBody"), content)
    rows = _headed(head, body, f"t{number}")
    parts = {"THead": rows[: len(head)], "TBody": rows[len(head) :]}
    kept = (kid for kid in table.kids if not isinstance(kid, _Tag) or kid.name not in parts)
    made = (_Tag(name, rows) for name, rows in parts.items() if rows)
    return replace(table, kids=(*kept, *made))


def _rows(table: _Tag, part: str) -> list[_Tag]:
    return [row for section in _tags(table, part) for row in _tags(section, "TR")]


def _with_whole_groups(rows: list[_Tag], content: _Content) -> list[_Tag]:
    """Rows in which each group has its label once; a page may have repeated it at its top."""
    whole: list[_Tag] = []
    page, begun = -1, -1
    for row in rows:
        before, page = page, next((page for page, _ in _pieces(row)), page)
        label = _label(row)
        if label is None:
            whole.append(row)
        elif page == before or begun < 0 or not _are_alike(label, _label(whole[begun]), content):
            begun = len(whole)
            whole.append(row)
        elif len(row.kids) > 1:  # a label in a row of its own goes with the row
            whole[begun] = _with_more_rows(whole[begun], label.rows)
            whole.append(replace(row, kids=tuple(kid for kid in row.kids if kid is not label)))
    return whole


def _are_alike(label: _Tag, before: _Tag | None, content: _Content) -> bool:
    return before is not None and content.glyphs(label) == content.glyphs(before)


def _label(row: _Tag) -> _Tag | None:
    """The label of the group that begins in a row."""
    return next((cell for cell in _tags(row, "TH") if cell.scope == "rowgroup"), None)


def _with_more_rows(row: _Tag, more: int) -> _Tag:
    """A row whose label of a group spans more rows."""
    label = _label(row)
    assert label is not None
    longer = replace(label, rows=label.rows + more)
    return replace(row, kids=tuple(longer if kid is label else kid for kid in row.kids))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell on the grid of its table, whose rows and columns are counted from 0."""

    cell: _Tag
    row: int
    column: int
    kind: str
    """What it heads, as HTML says it; `banner` where a group's label has a row of its own; nothing
    for a data cell."""
    identifier: str


def _headed(head: list[_Tag], body: list[_Tag], table: str) -> tuple[_Tag, ...]:
    """The rows, each cell with its headers and each header cell with its name and scope."""
    placed = list(_placed(head, body, table))
    headers = _headers(placed)
    rows: list[list[_Tag]] = [[] for _ in (*head, *body)]
    for place in placed:
        cell = replace(place.cell, headers=tuple(_headers_of(place, headers)))
        if place.kind:
            cell = replace(cell, scope=_SCOPES[place.kind], identifier=place.identifier)
        rows[place.row].append(cell)
    pairs = zip((*head, *body), rows, strict=True)
    return tuple(replace(row, kids=tuple(cells)) for row, cells in pairs)


def _placed(head: list[_Tag], body: list[_Tag], table: str) -> Iterator[_Placed]:
    """The cells of a table with their places, row by row."""
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate((*head, *body)):
        cells = [cell for cell in row.kids if isinstance(cell, _Tag) and cell.is_cell]
        free = (x for x in count() if (y, x) not in taken)
        for cell in cells:
            x = next(free)
            taken |= {(y + i, x + j) for i in range(cell.rows) for j in range(cell.columns)}
            kind = "" if cell.name == "TD" else cell.scope or ("col" if y < len(head) else "row")
            if kind == "rowgroup" and len(cells) == 1:
                kind = "banner"
            yield _Placed(cell, y, x, kind, f"{table}r{y + 1}c{x + 1}")


_SCOPES = {"col": "Column", "row": "Row", "rowgroup": "Row", "banner": "Column"}
_HEADERS_OF = {
    "": ("row", "rowgroup", "col"),
    "row": ("rowgroup", "col"),
    "rowgroup": ("col",),
    "banner": (),
    "col": (),
}
"""Which headers a cell has, by what it is itself."""

_Headers = dict[tuple[str, int], list[str]]
"""The identifiers of header cells by what they head and the number of the row or column."""


def _headers(placed: list[_Placed]) -> _Headers:
    headers: _Headers = {}
    banner: list[str] = []
    for place in placed:
        lines = range(place.row, place.row + place.cell.rows)
        if place.kind == "col":
            lines = range(place.column, place.column + place.cell.columns)
        if place.kind == "banner":
            banner = [place.identifier]
        elif place.kind:
            for line in lines:
                headers.setdefault((place.kind, line), []).append(place.identifier)
        if banner:
            headers["rowgroup", place.row] = banner
    return headers


def _headers_of(place: _Placed, headers: _Headers) -> Iterator[str]:
    rows = range(place.row, place.row + place.cell.rows)
    columns = range(place.column, place.column + place.cell.columns)
    for kind in _HEADERS_OF[place.kind]:
        lines = columns if kind == "col" else rows
        yield from dict.fromkeys(name for line in lines for name in headers.get((kind, line), ()))


# -- lists and notes --------------------------------------------------------------------


def _with_lists(tag: _Tag, numbers: Iterator[int]) -> _Tag:
    """With what an item of a list says in its body, and each note with a name of its own."""
    if tag.name == "Note":
        tag = replace(tag, identifier=f"note{next(numbers)}")
    kids = tuple(_with_lists(kid, numbers) if isinstance(kid, _Tag) else kid for kid in tag.kids)
    if tag.name == "Reference":
        kids = tuple(_with_whole_place(kid) if isinstance(kid, _Tag) else kid for kid in kids)
    if tag.name == "LI":
        labels = tuple(_tags(tag, "Lbl"))
        body = tuple(kid for kid in kids if not (isinstance(kid, _Tag) and kid.name == "Lbl"))
        kids = (*labels, _Tag("LBody", body))
    return replace(tag, kids=kids)


def _with_whole_place(link: _Tag) -> _Tag:
    """A link with its largest place alone: WeasyPrint makes further ones inside it."""
    places = [kid for kid in link.kids if isinstance(kid, _Annotation)]
    whole = max(places, key=_area, default=None)
    kept = (kid for kid in link.kids if not isinstance(kid, _Annotation) or kid is whole)
    return replace(link, kids=tuple(kept))


def _area(place: _Annotation) -> float:
    left, bottom, right, top = map(float, place.annotation.Rect)
    return abs((right - left) * (top - bottom))


# -- headings ---------------------------------------------------------------------------

_HEADING = re.compile("H([1-6])")


def _levels(tag: _Tag) -> Iterator[int]:
    """The levels of the headings in a tag."""
    if match := _HEADING.fullmatch(tag.name):
        yield int(match[1])
    for kid in tag.kids:
        if isinstance(kid, _Tag):
            yield from _levels(kid)


def _with_levels_raised(tag: _Tag, levels: int) -> _Tag:
    """With its headings so many levels higher: a 命令 prints no title, and the next is the first.

    The first heading is H1 (ISO 14289-1 7.4.2).
    """
    if not levels:
        return tag
    kids = (_with_levels_raised(kid, levels) if isinstance(kid, _Tag) else kid for kid in tag.kids)
    match = _HEADING.fullmatch(tag.name)
    name = f"H{int(match[1]) - levels}" if match else tag.name
    return replace(tag, name=name, kids=tuple(kids))


# -- writing ----------------------------------------------------------------------------

_Numbers = set[tuple[int, int]]
_REPEATED = b"/Artifact <</Type /Pagination>> BDC"
_FOOT = b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC"


def _mark_artifacts(
    file: pikepdf.Pdf, contents: _Content, before: _Numbers, after: _Numbers
) -> None:
    """Mark what no tag holds as the page's own (ISO 32000-1 14.8.2.2).

    What no tag held before either is the foot of the page: so WeasyPrint leaves margin boxes.
    """
    for number, (page, content) in enumerate(zip(file.pages, contents.pages, strict=True)):

        def marked(match: re.Match[bytes], number: int = number) -> bytes:
            piece = (number, int(match[1]))
            if piece in after:
                return match[0]
            return _REPEATED if piece in before else _FOOT

        page.obj.Contents = file.make_stream(_BEGINNING.sub(marked, content))


def _places(tag: _Tag) -> Iterator[tuple[int, int]]:
    """The links' places in a tag, each by its number in the file."""
    for kid in tag.kids:
        if isinstance(kid, _Tag):
            yield from _places(kid)
        elif isinstance(kid, _Annotation):
            yield kid.annotation.objgen


def _keep_places(file: pikepdf.Pdf, kept: set[tuple[int, int]]) -> None:
    """Take off the pages what no link holds."""
    import pikepdf

    for page in file.pages:
        places = [place for place in page.get("/Annots", ()) if place.objgen in kept]
        if len(places) < len(page.get("/Annots", ())):
            page.obj.Annots = pikepdf.Array(places)


def _write(file: pikepdf.Pdf, tree: _Tag) -> None:
    """Write a tree in place of the PDF's own."""
    import pikepdf

    root = file.Root.StructTreeRoot
    writer = _Writer(file)
    root.K = pikepdf.Array([writer.tag(tree, root)])
    root.ParentTree = file.make_indirect(pikepdf.Dictionary(Nums=writer.parents()))
    names = [entry for name in sorted(writer.names) for entry in (name, writer.names[name])]
    if names:
        root.IDTree = file.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(names)))


_PRINTED = 4
"""An annotation's flags: it belongs to the page, on paper too (ISO 14289-1 7.18.1)."""


class _Writer:
    """Writes tags into a PDF and keeps what its indexes of them need."""

    def __init__(self, file: pikepdf.Pdf) -> None:
        self.names: dict[str, pikepdf.Object] = {}
        """Tags by their identifiers."""
        self._file = file
        self._pages = [page.obj for page in file.pages]
        self._holders: dict[_Piece, pikepdf.Object] = {}
        self._links: dict[int, pikepdf.Object] = {}

    def tag(self, tag: _Tag, parent: pikepdf.Object) -> pikepdf.Object:
        """A tag written with all that it holds."""
        import pikepdf

        page = next((page for page, _ in _pieces(tag)), None)
        written = self._file.make_indirect(
            pikepdf.Dictionary(
                {"/Type": pikepdf.Name.StructElem, "/S": pikepdf.Name(f"/{tag.name}"), "/P": parent}
            )
        )
        if page is not None:
            written.Pg = self._pages[page]
        if tag.is_cell:
            written.A = _attributes(tag)
        if tag.numbering:
            written.A = pikepdf.Dictionary(
                {"/O": pikepdf.Name.List, "/ListNumbering": pikepdf.Name(f"/{tag.numbering}")}
            )
        if tag.identifier:
            written.ID = pikepdf.String(tag.identifier)
            self.names[tag.identifier] = written
        written.K = pikepdf.Array([self._kid(kid, page, written) for kid in tag.kids])
        return written

    def _kid(self, kid: _Kid, page: int | None, holder: pikepdf.Object) -> object:
        """A kid as its holder lists it; `page` is the one where what it holds begins."""
        import pikepdf

        if isinstance(kid, _Tag):
            return self.tag(kid, holder)
        of_page = {"/Pg": self._pages[kid.page]}
        if isinstance(kid, _Annotation):
            kid.annotation.F = _PRINTED
            self._links[int(kid.annotation.StructParent)] = holder
            return pikepdf.Dictionary(
                {"/Type": pikepdf.Name.OBJR, "/Obj": kid.annotation} | of_page
            )
        self._holders[kid] = holder
        if kid.page == page:
            return kid.number
        return pikepdf.Dictionary({"/Type": pikepdf.Name.MCR, "/MCID": kid.number} | of_page)

    def parents(self) -> pikepdf.Array:
        """The index from pieces of pages, and from links, to the tags that hold them."""
        import pikepdf

        index: dict[int, pikepdf.Object] = dict(self._links)
        by_page: dict[int, dict[int, pikepdf.Object]] = {}
        for piece, tag in self._holders.items():
            by_page.setdefault(piece.page, {})[piece.number] = tag
        for number, page in enumerate(self._pages):
            of_page = by_page.get(number, {})
            holders = [of_page.get(piece) for piece in range(max(of_page, default=-1) + 1)]
            index[int(page.StructParents)] = self._file.make_indirect(pikepdf.Array(holders))
        return pikepdf.Array([entry for key in sorted(index) for entry in (key, index[key])])


def _attributes(cell: _Tag) -> pikepdf.Dictionary:
    import pikepdf

    attributes = pikepdf.Dictionary({"/O": pikepdf.Name.Table})
    if cell.name == "TH":
        attributes.Scope = pikepdf.Name(f"/{cell.scope}")
    if cell.rows > 1:
        attributes.RowSpan = cell.rows
    if cell.columns > 1:
        attributes.ColSpan = cell.columns
    if cell.headers:
        attributes.Headers = pikepdf.Array([pikepdf.String(header) for header in cell.headers])
    return attributes
