"""A tree of tags → the same written in a PDF, with the indexes that lead to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from publisher.foreign.pages import AttributeValue, NameValue
from publisher.renderers.pdf_tags import Attributes, Kid, LinkPlace, MarkedContent, PdfTag

if TYPE_CHECKING:
    import pikepdf


def write_tags(file: pikepdf.Pdf, tree: PdfTag, streams: Mapping[int, Any]) -> None:
    """Write a tree in place of the PDF's own; `streams` are the drawings that hold pieces of it."""
    import pikepdf

    root = file.Root.StructTreeRoot
    writer = _Writer(file, streams)
    root.K = pikepdf.Array([writer.tag(tree, root)])
    root.ParentTree = file.make_indirect(pikepdf.Dictionary(Nums=writer.parents()))
    names = [entry for name in sorted(writer.names) for entry in (name, writer.names[name])]
    if names:
        root.IDTree = file.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(names)))


_PRINTED = 4
"""An annotation's flags: it belongs to the page, on paper too (ISO 14289-1 7.18.1)."""


class _Writer:
    """Writes tags into a PDF and keeps what its indexes of them need."""

    def __init__(self, file: pikepdf.Pdf, streams: Mapping[int, Any]) -> None:
        self.names: dict[str, pikepdf.Object] = {}
        """Tags by their identifiers."""
        self._file, self._streams = file, streams
        self._pages = [page.obj for page in file.pages]
        self._holders: dict[MarkedContent, pikepdf.Object] = {}
        self._links: dict[int, pikepdf.Object] = {}

    def tag(self, tag: PdfTag, parent: pikepdf.Object) -> pikepdf.Object:
        """A tag written with all that it holds."""
        import pikepdf

        page = next((page for page, _ in tag.pieces()), None)
        written = self._file.make_indirect(
            pikepdf.Dictionary(
                {"/Type": pikepdf.Name.StructElem, "/S": pikepdf.Name(f"/{tag.name}"), "/P": parent}
            )
        )
        if page is not None:
            written.Pg = self._pages[page]
        for key, words in tag.words.items():
            written[f"/{key}"] = pikepdf.String(words)
        if attributes := _attributes(tag):
            written.A = attributes[0] if len(attributes) == 1 else pikepdf.Array(attributes)
        if tag.identifier:
            written.ID = pikepdf.String(tag.identifier)
            self.names[tag.identifier] = written
        written.K = pikepdf.Array([self._kid(kid, page, written) for kid in tag.kids])
        return written

    def _kid(self, kid: Kid, page: int | None, holder: pikepdf.Object) -> object:
        """A kid as its holder lists it; `page` is the one where what it holds begins."""
        import pikepdf

        if isinstance(kid, PdfTag):
            return self.tag(kid, holder)
        of_page = {"/Pg": self._pages[kid.page]}
        if isinstance(kid, LinkPlace):
            kid.annotation.F = _PRINTED
            self._links[int(kid.annotation.StructParent)] = holder
            return pikepdf.Dictionary(
                {"/Type": pikepdf.Name.OBJR, "/Obj": kid.annotation} | of_page
            )
        self._holders[kid] = holder
        if kid.page == page and kid.stream is None:
            return kid.number
        piece = {"/Type": pikepdf.Name.MCR, "/MCID": kid.number} | of_page
        if kid.stream is not None:
            piece["/Stm"] = self._streams[kid.stream]
        return pikepdf.Dictionary(piece)

    def parents(self) -> pikepdf.Array:
        """The index from pieces of pages, and from links, to the tags that hold them."""
        import pikepdf

        index: dict[int, pikepdf.Object] = dict(self._links)
        keys = [int(page.StructParents) for page in self._pages]
        held: dict[int, dict[int, pikepdf.Object]] = {key: {} for key in (*keys, *self._streams)}
        for piece, tag in self._holders.items():
            key = keys[piece.page] if piece.stream is None else piece.stream
            held[key][piece.number] = tag
        for key, of_key in held.items():
            holders = [of_key.get(piece) for piece in range(max(of_key, default=-1) + 1)]
            index[key] = self._file.make_indirect(pikepdf.Array(holders))
        return pikepdf.Array([entry for key in sorted(index) for entry in (key, index[key])])


def _attributes(tag: PdfTag) -> list[pikepdf.Dictionary]:
    """A dictionary for each owner of attributes."""
    made: Attributes = {owner: dict(values) for owner, values in tag.attributes.items()}
    table: dict[str, AttributeValue] = {}
    if tag.is_cell:
        table |= {"Scope": NameValue(tag.scope)} if tag.name == "TH" and tag.scope else {}
        table |= {"RowSpan": tag.rows} if tag.rows > 1 else {}
        table |= {"ColSpan": tag.columns} if tag.columns > 1 else {}
        table |= {"Headers": tag.headers} if tag.headers else {}
        made["Table"] = table | made.get("Table", {})
    if tag.numbering:
        made["List"] = {"ListNumbering": NameValue(tag.numbering)}
    return [_dictionary(owner, values) for owner, values in made.items()]


def _dictionary(owner: str, values: dict[str, AttributeValue]) -> pikepdf.Dictionary:
    import pikepdf

    written = {f"/{key}": _value(value) for key, value in values.items()}
    return pikepdf.Dictionary({"/O": pikepdf.Name(f"/{owner}")} | written)


def _value(value: AttributeValue) -> Any:
    import pikepdf

    match value:
        case NameValue(name):
            return pikepdf.Name(f"/{name}")
        case str():
            return pikepdf.String(value)
        case tuple():
            return pikepdf.Array([_value(part) for part in value])
        case _:
            return value
