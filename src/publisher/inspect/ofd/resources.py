"""The parts of an OFD that its pages share → fonts, pictures, pens and drawings by identifier."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from publisher.inspect.colors import Color
from publisher.inspect.ofd.archive import OfdArchive, damaged, reached
from publisher.inspect.ofd.fonts import OfdFont
from publisher.inspect.ofd.values import levels, number

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class OfdResources:
    """What objects of pages refer to."""

    fonts: dict[str, OfdFont] = field(default_factory=dict)
    pictures: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Their widths and heights in pixels; nothing where that cannot be read."""
    files: dict[str, bytes] = field(default_factory=dict)
    """What they show."""
    pens: dict[str, _Element] = field(default_factory=dict)
    drawings: dict[str, _Element] = field(default_factory=dict)
    palettes: dict[str, list[Color]] = field(default_factory=dict)
    """The colours that are called by their number, of a space of colours."""

    def color(self, element: _Element) -> Color:
        """A colour; black where nothing tells what it is."""
        if element.get("Value"):
            return _color(element.get("Value"))
        palette = self.palettes.get(element.get("ColorSpace", ""), [])
        place = int(number(element.get("Index"), -1))
        return palette[place] if 0 <= place < len(palette) else BLACK


BLACK: Color = (0, 0, 0)
_WHITE = 255


def _color(words: str | None) -> Color:
    match levels(words):
        case [red, green, blue]:
            return red, green, blue
        case [grey]:
            return grey, grey, grey
        case [cyan, magenta, yellow, black]:
            red, green, blue = (
                (255 - ink) * (255 - black) // 255 for ink in (cyan, magenta, yellow)
            )
            return red, green, blue
    return BLACK


def named(element: _Element, *names: str) -> Iterator[_Element]:
    """The elements of these names right below one, of whatever namespace."""
    return (child for child in element if local(child) in names)


@cache
def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def local(element: _Element) -> str:
    """The name of an element without its namespace."""
    return _bare(element.tag) if isinstance(element.tag, str) else ""


def text_of(element: _Element, name: str) -> str:
    """The words of the first element of a name right below one."""
    return next(((child.text or "").strip() for child in named(element, name)), "")


def add_resources(resources: OfdResources, archive: OfdArchive, part: str) -> None:
    """Read a part of resources."""
    root = archive.xml(part)
    base = root.get("BaseLoc", "")
    for kind in root:
        for each in kind:
            identifier = each.get("ID", "")
            match local(each):
                case "Font":
                    resources.fonts[identifier] = _font(archive, part, base, each)
                case "MultiMedia":
                    data = _shown(archive, part, base, each)
                    if size := _size(data):
                        resources.pictures[identifier] = size
                        resources.files[identifier] = data
                case "DrawParam":
                    resources.pens[identifier] = each
                case "CompositeGraphicUnit":
                    resources.drawings[identifier] = each
                case "ColorSpace":
                    colors = (each for palette in named(each, "Palette") for each in palette)
                    resources.palettes[identifier] = [_color(color.text) for color in colors]


def _font(archive: OfdArchive, part: str, base: str, element: _Element) -> OfdFont:
    place = text_of(element, "FontFile")
    data = archive.part(_found(archive, part, base, place)) if place else None
    name = element.get("FontName") or element.get("FamilyName") or ""
    return OfdFont(name[:200], data)


def _shown(archive: OfdArchive, part: str, base: str, element: _Element) -> bytes:
    place = text_of(element, "MediaFile")
    if not place:
        raise damaged("有一幅图没有写明文件")
    return archive.part(_found(archive, part, base, place))


def _size(data: bytes) -> tuple[int, int] | None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            return image.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None  # of a format that only OFD readers know, or damaged


def _found(archive: OfdArchive, part: str, base: str, place: str) -> str:
    """The name of a file of resources: programs differ in whether they count from the folder."""
    within = reached(part, place, base)
    beside = reached(part, place)
    return beside if within not in archive and beside in archive else within
