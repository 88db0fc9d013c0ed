"""Pages that WeasyPrint has laid out → the same drawn, for another process; such pages → a PDF.

What is taken for granted of WeasyPrint and pydyf here, `tests/renderers/test_weasyprint.py` holds.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from publisher import scratch
from publisher.renderers.box_tags import TaggedPages, tagged_pages

if TYPE_CHECKING:
    from weasyprint.document import Document

_SCALE = 0.75
"""Points of a pixel of CSS."""


@dataclass(frozen=True, slots=True)
class DrawnElement:
    """An element of the HTML, of which pages in several processes may have pieces."""

    number: Hashable
    """What it is called among all elements of the HTML: the same in each process."""
    tag: str
    attrib: dict[str, str]

    def get(self, name: str, default: Any = None) -> Any:
        """An attribute."""
        return self.attrib.get(name, default)


@dataclass(frozen=True, slots=True)
class DrawnFont:
    """What a font has drawn, and by which it is found again."""

    key: int
    """By which WeasyPrint knows it, in any process."""
    family: str
    style: int
    weight: int
    size: int
    """Where it is drawn first, in units of Pango."""
    called: str
    """In the content of pages."""
    widths: dict[int, int]
    words: dict[int, str]
    """What each glyph stands for."""


@dataclass(slots=True)
class DrawnPage:
    """A page of WeasyPrint's, drawn: it can be written wherever one that is not can be."""

    width: float
    height: float
    bleed: dict[str, float]
    anchors: dict[str, Any]
    links: list[Any]
    bookmarks: list[Any]
    _page_box: Any
    """Its boxes, with what is asked of them for tags."""
    content: bytes
    pieces: list[tuple[Any, dict[str, Any]]]
    """The boxes of words by which its content is numbered."""
    states: dict[str, dict[str, float]]
    """What its content calls states: how much shows through."""
    forms: dict[None, list[Any]] = field(default_factory=lambda: {None: []})

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Write what is drawn."""
        import pydyf

        stream.compress = False  # what mends the tags reads it again
        stream.stream.append(self.content)
        stream._tags.update(dict(self.pieces))
        states = stream._resources["ExtGState"]
        states.update({name: pydyf.Dictionary(state) for name, state in self.states.items()})


@dataclass(frozen=True, slots=True)
class DrawnPages:
    """Pages that follow one another, with all that a PDF of them needs."""

    pages: list[DrawnPage]
    fonts: list[DrawnFont]
    metadata: Any
    """Of the whole document."""


@dataclass(frozen=True, slots=True)
class HeldPages:
    """Drawn pages in a file that passes, for whoever joins them: no process in between has them."""

    path: Path

    def given(self) -> DrawnPages:
        """The pages, once: the file goes."""
        try:
            with self.path.open("rb") as file:
                pages: DrawnPages = pickle.load(file)
        finally:
            self.path.unlink()
        return pages


def held(pages: DrawnPages) -> HeldPages:
    """Put pages into a file."""
    with tempfile.NamedTemporaryFile(prefix="drawn-", delete=False) as file:
        pickle.dump(pages, file, pickle.HIGHEST_PROTOCOL)
    return HeldPages(Path(file.name))


_MOST_KEPT = 8
"""Parts; the ones that were asked for last."""


def kept(key: str) -> HeldPages | None:
    """The pages that were kept by a key; None where there are none."""
    with suppress(OSError):
        file = Path(tempfile.gettempdir(), scratch.KEPT, key)
        os.utime(file)
        return HeldPages(_linked(file))
    return None


def keep(key: str, pages: HeldPages) -> None:
    """Keep pages by a key, where any are kept."""
    folder = Path(tempfile.gettempdir(), scratch.KEPT)
    if not folder.is_dir():
        return
    with suppress(OSError):  # then they are set anew
        _linked(pages.path).replace(folder / key)
        latest = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in latest[_MOST_KEPT:]:
            file.unlink(missing_ok=True)


def _linked(file: Path) -> Path:
    """Another name for a file, of which whoever has it may take it away."""
    name = Path(tempfile.gettempdir(), f"drawn-{token_hex(8)}")
    os.link(file, name)
    return name


# -- drawing ----------------------------------------------------------------------------


def drawn(document: Document, numbers: Mapping[Any, Hashable]) -> DrawnPages | None:
    """The pages of a document that is laid out, whose elements have `numbers`.

    None where they show what is not drawn apart: pictures, characters that no font has.
    """
    import pydyf
    from weasyprint.pdf.stream import Stream

    resources = pydyf.Dictionary({name: pydyf.Dictionary() for name in (*_NOT_APART, _STATES)})
    resources["ColorSpace"] = None
    images: dict[str, Any] = {}
    boxes = _Boxes(numbers)
    pages = []
    for page in document.pages:
        right, bottom = page.width, page.height
        stream = Stream(
            document.fonts, (0, 0, right, bottom), resources, images, {}, {}, None, compress=True
        )
        page.paint(stream, _SCALE)
        states = {name: dict(state) for name, state in resources[_STATES].items()}
        if images or any(resources[name] for name in _NOT_APART) or not _are_plain(states):
            return None
        resources[_STATES].clear()
        page_box = boxes.light(page._page_box)
        pages.append(
            DrawnPage(
                page.width,
                page.height,
                page.bleed,
                page.anchors,
                [(*link, boxes.light(box)) for *link, box in page.links],
                page.bookmarks,
                page_box,
                b"\n".join(map(_bytes, stream.stream)),
                [(boxes.light(box), piece) for box, piece in stream._tags.items()],
                states,
            )
        )
    if any(font.missing or font.variations for font in document.fonts.values()):
        return None
    fonts = [_font(key, font) for key, font in document.fonts.items()]
    return DrawnPages(pages, fonts, document.metadata)


_STATES = "ExtGState"
_NOT_APART = ("XObject", "Pattern", "Shading")
"""What content calls by names that count those of the whole document."""


def _are_plain(states: dict[str, dict[str, float]]) -> bool:
    """Whether they are called by what they say, in whichever document."""
    return all(
        name[1:] == str(value) and name[0] in "aA"
        for name, state in states.items()
        for value in state.values()
    )


def _bytes(command: Any) -> bytes:
    from pydyf import _to_bytes

    written: bytes = _to_bytes(command)
    return written


def _font(key: int, font: Any) -> DrawnFont:
    from weasyprint.text.ffi import TO_UNITS

    return DrawnFont(
        key,
        font.family,
        int(font.style),
        int(font.weight),
        round(font.font_size * TO_UNITS),
        font.hash,
        font.widths,
        font.to_unicode,
    )


class _Boxes:
    """Boxes without what they were laid out with, each once."""

    def __init__(self, numbers: Mapping[Any, Hashable]) -> None:
        self._numbers = numbers
        self._elements: dict[Hashable, DrawnElement] = {}
        self._made: dict[int, Any] = {}

    def light(self, box: Any) -> Any:
        """A box with its children, as far as tags are made of them."""
        from weasyprint.layout.absolute import AbsolutePlaceholder

        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        made = self._made.get(id(box))
        if made is None:
            kind: Any = type(box)
            made = self._made[id(box)] = kind.__new__(kind)
            made.element_tag = box.element_tag
            made.element = None if box.element is None else self._element(box.element)
            if box.colspan != 1:
                made.colspan = box.colspan
            if box.rowspan != 1:
                made.rowspan = box.rowspan
            if box.is_table_wrapper:
                made.is_table_wrapper = True
            made.children = [self.light(child) for child in box.children]
        return made

    def _element(self, element: Any) -> DrawnElement:
        number = self._numbers[element]
        if number not in self._elements:
            self._elements[number] = DrawnElement(number, element.tag, dict(element.attrib))
        return self._elements[number]


# -- a PDF of drawn pages ---------------------------------------------------------------


def written(parts: Sequence[DrawnPages]) -> TaggedPages:
    """The pages of all parts as a PDF, with the tags that WeasyPrint would make."""
    from weasyprint.document import Document
    from weasyprint.text.fonts import FontConfiguration

    pages = [page for part in parts for page in part.pages]
    found_again = FontConfiguration()
    document = Document(pages, parts[0].metadata, None, found_again, {}, None)
    document.fonts.update(_fonts(parts, found_again))
    return tagged_pages(document)


def _fonts(parts: Iterable[DrawnPages], configuration: Any) -> Iterator[tuple[int, Any]]:
    """The fonts of all parts in the order in which they are first used."""
    made: dict[int, Any] = {}
    for part in parts:
        for font in part.fonts:
            if font.key not in made:
                made[font.key] = _found_again(font, configuration)
            for glyph, width in font.widths.items():
                made[font.key].widths.setdefault(glyph, width)
            for glyph, words in font.words.items():
                made[font.key].to_unicode.setdefault(glyph, words)
    yield from made.items()


def _found_again(font: DrawnFont, configuration: Any) -> Any:
    """WeasyPrint's own font by which pages were drawn."""
    from weasyprint.pdf.fonts import Font
    from weasyprint.text.ffi import ffi, gobject, pango
    from weasyprint.text.fonts import get_pango_font_key

    asked = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
    pango.pango_font_description_set_family(asked, ffi.new("char[]", font.family.encode()))
    pango.pango_font_description_set_style(asked, font.style)
    pango.pango_font_description_set_weight(asked, font.weight)
    pango.pango_font_description_set_absolute_size(asked, font.size)
    context = ffi.gc(
        pango.pango_font_map_create_context(configuration.font_map), gobject.g_object_unref
    )
    loaded = ffi.gc(
        pango.pango_font_map_load_font(configuration.font_map, context, asked),
        gobject.g_object_unref,
    )
    _, description, size = get_pango_font_key(loaded)
    made = Font(loaded, description, size)
    made.held = loaded, context  # which it draws from
    if made.hash != font.called:
        raise LostFont(font.family)
    return made


class LostFont(Exception):
    """A font by which pages were drawn is not found again."""
