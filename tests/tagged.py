"""A tagged PDF → its tags with the words that they hold."""

from __future__ import annotations

import ctypes
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(frozen=True)
class Piece:
    """What a page draws under a number, in one tag."""

    page: int
    number: int
    words: str
    holder: tuple[int, int]
    """The number of the page, or of the drawing, that draws it."""


@dataclass(frozen=True)
class Link:
    """A link's place on a page."""

    annotation: pikepdf.Object
    words = "→"


@dataclass(frozen=True)
class Tag:
    file: pikepdf.Pdf
    """Kept, for it takes what it holds with it."""
    element: pikepdf.Object
    kids: tuple[Tag | Piece | Link, ...]

    @property
    def name(self) -> str:
        return str(self.element.S)[1:]

    @property
    def attributes(self) -> dict[str, Any]:
        given = self.element.get("/A", {})
        owners = list(given) if isinstance(given, pikepdf.Array) else [given]
        return {key[1:]: value for owner in owners for key, value in owner.items()}

    @property
    def words(self) -> str:
        return "".join(kid.words for kid in self.kids if not isinstance(kid, Link))

    def all(self, *names: str) -> Iterator[Tag]:
        """Itself and what is below it, of these names, or of any."""
        if not names or self.name in names:
            yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.all(*names)

    def lines(self, depth: int = 0) -> Iterator[str]:
        """The tree as text: tags, their attributes, and words."""
        attributes = (
            f"{key}={_shown(value)}" for key, value in self.attributes.items() if key != "O"
        )
        said = [self.name, *(str(one) for one in [self.element.get("/ID")] if one), *attributes]
        yield "  " * depth + " ".join(said)
        for are_tags, kids in groupby(self.kids, lambda kid: isinstance(kid, Tag)):
            if are_tags:
                for kid in kids:
                    yield from kid.lines(depth + 1)
            else:
                yield "  " * (depth + 1) + "“" + "".join(kid.words for kid in kids) + "”"


def _shown(value: Any) -> str:
    if isinstance(value, pikepdf.Array):
        return ",".join(str(one) for one in value)
    return str(value).removeprefix("/")


class Tree:
    """The tags of a PDF, with words."""

    def __init__(self, data: bytes, *, with_words: bool = True) -> None:
        self.file = pikepdf.open(io.BytesIO(data))
        self._words = _words(self.file) if with_words else {}
        self._pages = {page.obj.objgen: n for n, page in enumerate(self.file.pages)}
        (root,) = self.file.Root.StructTreeRoot.K
        self.root = self._tag(root)

    def _tag(self, element: Any) -> Tag:
        return Tag(self.file, element, tuple(self._kid(kid, element) for kid in element.K))

    def _kid(self, kid: Any, element: Any) -> Tag | Piece | Link:
        if isinstance(kid, int):
            return self._piece(element.Pg, kid)
        if "/MCID" in kid:
            return self._piece(kid.get("/Stm", kid.Pg), int(kid.MCID), kid.Pg)
        return Link(kid.Obj) if "/Obj" in kid else self._tag(kid)

    def _piece(self, holder: Any, number: int, page: Any = None) -> Piece:
        """What a page, or a drawing that it uses, draws under a number."""
        place = holder.objgen, number
        on = self._pages[(holder if page is None else page).objgen]
        return Piece(on, number, self._words.get(place, ""), holder.objgen)

    def pieces(self) -> dict[tuple[int, int], Tag]:
        """Which tag holds each piece of content that a page draws itself."""
        return {
            (kid.page, kid.number): tag
            for tag in self.root.all()
            for kid in tag.kids
            if isinstance(kid, Piece) and kid.holder == self.file.pages[kid.page].objgen
        }


def _words(file: pikepdf.Pdf) -> dict[tuple[tuple[int, int], int], str]:
    """By the number of the page, or of the drawing, that draws them, and that of the piece."""
    words: dict[tuple[tuple[int, int], int], str] = defaultdict(str)
    holders = [page.obj for page in file.pages]
    holders += [each for each in file.objects if _is_tagged_drawing(each)]
    with pypdfium2.PdfDocument(_alone(file, holders)) as alone:
        for holder, page in zip(holders, alone, strict=True):
            for number, drawn in _drawn(page):
                words[holder.objgen, number] += drawn
    return words


def _drawn(page: pypdfium2.PdfPage) -> Iterator[tuple[int, str]]:
    """The words that a page draws, without blanks, each with the number of its piece, or -1."""
    text = page.get_textpage()

    def inside(things: Iterator[Any], outer: int) -> Iterator[tuple[int, str]]:
        for thing in things:
            own = pdfium.FPDFPageObj_GetMarkedContentID(thing)
            number = outer if own < 0 else own
            match pdfium.FPDFPageObj_GetType(thing):
                case pdfium.FPDF_PAGEOBJ_TEXT:
                    yield number, "".join(_text_of(thing, text).split())
                case pdfium.FPDF_PAGEOBJ_FORM:
                    count = pdfium.FPDFFormObj_CountObjects(thing)
                    within = (pdfium.FPDFFormObj_GetObject(thing, n) for n in range(count))
                    yield from inside(within, number)

    count = pdfium.FPDFPage_CountObjects(page)
    yield from inside((pdfium.FPDFPage_GetObject(page, n) for n in range(count)), -1)


def _text_of(thing: Any, text: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(thing, text, None, 0)
    words = ctypes.create_string_buffer(size)
    room = ctypes.cast(words, ctypes.POINTER(ctypes.c_ushort))
    pdfium.FPDFTextObj_GetText(thing, text, room, size)
    return words.raw.decode("utf-16-le").rstrip("\0")


def _is_tagged_drawing(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Stream) and "/StructParents" in thing


def _alone(file: pikepdf.Pdf, holders: list[Any]) -> bytes:
    """A page for each, without the drawings that have tags of their own."""
    made, written = pikepdf.new(), io.BytesIO()
    for holder in holders:
        is_page = holder.get("/Type") == "/Page"
        page = made.add_blank_page(page_size=(1200, 1200))
        resources = made.copy_foreign(file.make_indirect(holder.Resources))
        drawings = resources.get("/XObject", {})
        kept = {name: drawings[name] for name in drawings if not _is_tagged_drawing(drawings[name])}
        page.Resources = pikepdf.Dictionary(
            dict(resources) | {"/XObject": pikepdf.Dictionary(kept)}
        )
        content = holder.Contents if is_page else holder
        page.Contents = made.make_stream(content.read_bytes())
    made.save(written)
    return written.getvalue()
