"""A PDF of ours and PDFs that are attached → the same, their pages drawn in the rooms for them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from publisher.foreign import ForeignPdf, foreign_pdf
from publisher.foreign.pages import Bookmark, Destination, ForeignLink, ForeignPage
from publisher.renderers.foreign_places import box_on, placed, short
from publisher.renderers.foreign_tags import Taken, foreign_part
from publisher.renderers.pdf_tags import LinkPlace, MarkedContent, PdfTag
from publisher.setting.composition import (
    Composed,
    ComposedAttached,
    ComposedFile,
    ComposedIssued,
    FilePage,
)
from publisher.setting.file_places import corners

if TYPE_CHECKING:
    import pikepdf

PLACED = "PlacedPDF"
"""What is drawn between its beginning and its end came from a PDF of others; as programs call it
that set pages for print."""
_DRAWING = "/Foreign"
"""Under this name a page of ours has the page of others."""


@dataclass(frozen=True, slots=True)
class AttachedPdf:
    """A PDF that is attached, and the rooms for its pages."""

    pdf: ForeignPdf
    rooms: tuple[FilePage, ...]


def enclosed_in(things: Iterable[Composed]) -> dict[int, AttachedPdf]:
    """The PDFs whose pages follow, by the number of the first page that they take."""
    return {
        file.pages[0].number: AttachedPdf(foreign_pdf(file.file.data), file.pages)
        for file in _files(things)
        if file.pages
    }


def _files(things: Iterable[Composed]) -> Iterator[ComposedFile]:
    for thing in things:
        if isinstance(thing, ComposedFile):
            yield thing
        elif isinstance(thing, ComposedAttached | ComposedIssued):
            yield from _files(thing.inner)


class ForeignPages:
    """Draws pages of attached PDFs into a PDF, with their links, bookmarks and layers.

    What is copied from stays open till `opened` is closed: the file must be saved before.
    """

    def __init__(self, file: pikepdf.Pdf, opened: ExitStack) -> None:
        self.streams: dict[int, Any] = {}
        """Drawings that hold tagged pieces, by their numbers in the index of tags."""
        self._file, self._opened = file, opened
        self._bookmarks = dict(_bookmarks(file.Root.get("/Outlines")))
        pages = [page.obj for page in file.pages]
        places = [place for page in pages for place in page.get("/Annots", ())]
        keys = [int(page.get("/StructParents", 0)) for page in pages]
        keys += [int(place.get("/StructParent", 0)) for place in places]
        self._next_key = max(keys) + 1

    def drawn(self, enclosed: AttachedPdf, level: int) -> PdfTag:
        """Draw all pages of a PDF; its tags as a part, whose headings stand below that level."""
        import pikepdf

        pdf, rooms = enclosed.pdf, enclosed.rooms
        source = self._opened.enter_context(pikepdf.open(io.BytesIO(pdf.data)))
        numbers = tuple(room.number - 1 for room in rooms)
        places = tuple(
            placed(page, room.room, self._file.pages[number])
            for page, room, number in zip(pdf.pages, rooms, numbers, strict=True)
        )
        first_key, pieces = self._next_key, []
        for index, page in enumerate(pdf.pages):
            stream = self._copied(source.pages[index], page, first_key + index)
            piece = self._draw(
                rooms[index], stream, places[index], is_whole=bool(page.ink) and not pdf.is_tagged
            )
            pieces.append(piece)
        self._next_key += len(pdf.pages)
        self._keep_inner_streams(source, first_key)
        self._add_layers(source)
        spots = _Spots([self._file.pages[number].obj for number in numbers], places, pdf.pages)
        links = tuple(self._link(link, numbers[link.page], spots) for link in pdf.links)
        self._add_bookmarks(pdf.bookmarks, spots)
        taken = Taken(numbers, first_key, self.streams, places, links, tuple(pieces))
        return foreign_part(pdf, taken, level)

    # -- pages

    def _copied(self, copied: pikepdf.Page, page: ForeignPage, key: int) -> Any:
        import pikepdf

        stream = self._file.copy_foreign(copied.as_form_xobject(handle_transformations=False))
        stream.BBox = pikepdf.Array(list(page.box))
        stream.StructParents = key
        self.streams[key] = stream
        return stream

    def _draw(
        self, room: FilePage, stream: Any, place: pikepdf.Matrix, *, is_whole: bool
    ) -> MarkedContent | None:
        """Draw a foreign page on ours; as one piece of it, where nothing tells its pieces.

        Nothing is drawn beside its room: white paper would cover what stands there.
        """
        import pikepdf

        number = room.number - 1
        page = self._file.pages[number]
        own_resources: Any = page.obj.Resources  # which pages of ours share
        drawings = dict(own_resources.get("/XObject", {})) | {_DRAWING: stream}
        resources = dict(own_resources) | {"/XObject": pikepdf.Dictionary(drawings)}
        page.obj.Resources = pikepdf.Dictionary(resources)
        own = page.Contents.read_bytes()
        left, bottom, right, top = corners(room.room, float(page.mediabox[3]))
        clip = f"{_written(left, bottom, right - left, top - bottom)} re W n"
        drawn = f"{_written(*place.shorthand)} cm\n{_DRAWING} Do"
        drawing = f"/{PLACED} BMC\nq\n{clip}\n{drawn}\nQ\nEMC"
        piece = MarkedContent(number, _next_piece(own)) if is_whole else None
        if piece:
            drawing = f"/Span <</MCID {piece.number}>> BDC\n{drawing}\nEMC"
        page.obj.Contents = self._file.make_stream(b"q\n%s\nQ\n%s\n" % (own, drawing.encode()))
        return piece

    def _keep_inner_streams(self, source: pikepdf.Pdf, first_key: int) -> None:
        """Drawings that a foreign page uses, and whose pieces are tagged, are kept as well."""
        import pikepdf

        kept = {
            int(thing.StructParents): thing
            for thing in source.objects
            if isinstance(thing, pikepdf.Stream) and "/StructParents" in thing
        }
        for key in sorted(kept):
            self._next_key = max(self._next_key, first_key + key + 1)
            if first_key + key not in self.streams:
                copied = self._file.copy_foreign(kept[key])
                copied.StructParents = first_key + key
                self.streams[first_key + key] = copied

    def _add_layers(self, source: pikepdf.Pdf) -> None:
        """Layers that are not shown stay so."""
        import pikepdf

        if "/OCProperties" not in source.Root:
            return
        copied = self._file.copy_foreign(self._file_layers(source))
        root = self._file.Root
        if "/OCProperties" not in root:
            shown = pikepdf.Dictionary(Name=pikepdf.String("附件"), OFF=pikepdf.Array())
            root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array(), D=shown)
        root.OCProperties.OCGs.extend(copied.OCGs)
        root.OCProperties.D.OFF.extend(copied.OFF)

    @staticmethod
    def _file_layers(source: pikepdf.Pdf) -> Any:
        import pikepdf

        layers = source.Root.OCProperties
        return source.make_indirect(pikepdf.Dictionary(OCGs=layers.OCGs, OFF=layers.D.OFF))

    # -- links and bookmarks

    def _link(self, link: ForeignLink, number: int, spots: _Spots) -> LinkPlace:
        """The link on our page, not yet held by a tag."""
        import pikepdf

        page = self._file.pages[number].obj
        made = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=pikepdf.Array(list(spots.rectangle(link.page, link.corners))),
            Border=pikepdf.Array([0, 0, 0]),
            Contents=pikepdf.String(link.words),
            StructParent=self._next_key,
        )
        self._next_key += 1
        if isinstance(link.target, Destination):
            made.Dest = spots.destination(link.target)
        else:
            address = pikepdf.String(link.target)
            made.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=address)
        annotation = self._file.make_indirect(made)
        if "/Annots" not in page:
            page.Annots = pikepdf.Array()
        page.Annots.append(annotation)
        page.Tabs = pikepdf.Name.S
        return LinkPlace(number, annotation)

    def _add_bookmarks(self, bookmarks: Sequence[Bookmark], spots: _Spots) -> None:
        """Put bookmarks below the last one that leads to the page where the pages begin."""
        holder = self._bookmarks.get(spots.pages[0].objgen)
        if holder is not None and bookmarks:
            self._write_bookmarks(holder, bookmarks, spots)

    def _write_bookmarks(self, holder: Any, bookmarks: Sequence[Bookmark], spots: _Spots) -> None:
        """Write bookmarks below a holder, closed."""
        import pikepdf

        made = []
        for bookmark in bookmarks:
            entry = pikepdf.Dictionary(Title=pikepdf.String(bookmark.title), Parent=holder)
            if bookmark.spot:
                entry.Dest = spots.destination(bookmark.spot)
            made.append(self._file.make_indirect(entry))
            if bookmark.inner:
                self._write_bookmarks(made[-1], bookmark.inner, spots)
        for before, after in pairwise(made):
            before.Next, after.Prev = after, before
        holder.First, holder.Last, holder.Count = made[0], made[-1], -len(made)


def _bookmarks(holder: Any) -> Iterator[tuple[tuple[int, int], Any]]:
    """The bookmarks of our own, each with the number of the page to which it leads, in order."""
    entry = holder.get("/First") if holder is not None else None
    while entry is not None:
        yield entry.Dest[0].objgen, entry
        yield from _bookmarks(entry)
        entry = entry.get("/Next")


class _Spots:
    """Places of foreign pages on ours."""

    def __init__(
        self, pages: list[Any], places: Sequence[pikepdf.Matrix], foreign: Sequence[ForeignPage]
    ) -> None:
        self.pages = pages
        """Ours, in the order of theirs."""
        self._places, self._foreign = places, foreign

    def rectangle(self, page: int, corners: Sequence[float]) -> tuple[float, ...]:
        """A box of a foreign page, where it stands on ours."""
        return box_on(self._places[page], corners)

    def destination(self, spot: Destination) -> pikepdf.Array:
        """The same place on our page; the whole page where a foreign one says no more."""
        import pikepdf

        left, _, _, top = self._foreign[spot.page].box
        at = (left if spot.left is None else spot.left, top if spot.top is None else spot.top)
        x, y = self._places[spot.page].transform(at)
        return pikepdf.Array([self.pages[spot.page], pikepdf.Name.XYZ, short(x), short(y), 0])


def _written(*numbers: float) -> str:
    return " ".join(f"{number:.6f}".rstrip("0").rstrip(".") for number in numbers)


_PIECE = re.compile(rb"/MCID (\d+)")


def _next_piece(content: bytes) -> int:
    return max(map(int, _PIECE.findall(content)), default=-1) + 1
