"""OFD (GB/T 33190-2016) → its pages, with the place of each glyph and stroke, as those of a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from publisher.files import Unreadable
from publisher.inspect.ofd.archive import OfdArchive, damaged, reached
from publisher.inspect.ofd.drawing import PageDrawing
from publisher.inspect.ofd.painting import PagePainting
from publisher.inspect.ofd.resources import (
    OfdResources,
    add_resources,
    local,
    named,
    text_of,
)
from publisher.inspect.ofd.values import numbers
from publisher.inspect.pages import MOST_PAGES, Allowance, Page, refuse_empty
from publisher.inspect.thresholds import Millimetres

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTRY = "OFD.xml"


def read_pages(data: bytes) -> tuple[Page, ...]:
    """The pages of an OFD; Unreadable where it is broken, encrypted, too large or without text."""
    drawings = enumerate(_drawings(OfdArchive(data), PageDrawing), 1)
    pages = tuple(drawing.page(number) for number, drawing in drawings)
    refuse_empty(pages)
    return pages


def page_pictures(data: bytes) -> tuple[bytes, ...]:
    """A PNG of each page, as those of a PDF; Unreadable as above."""
    return tuple(painted.picture() for painted in _drawings(OfdArchive(data), PagePainting))


_Drawing = TypeVar("_Drawing", bound=PageDrawing)


def _drawings(archive: OfdArchive, kind: type[_Drawing]) -> Iterator[_Drawing]:
    if _ENTRY not in archive:
        raise damaged(f"缺少 {_ENTRY}")
    entry = archive.xml(_ENTRY)
    bodies = list(named(entry, "DocBody"))
    if local(entry) != "OFD" or not bodies:
        raise damaged(f"{_ENTRY} 里没有文档")
    room, count = Allowance(), 0
    for body in bodies:
        place = text_of(body, "DocRoot")
        if not place:
            raise damaged(f"{_ENTRY} 没有写明文档在哪里")
        for drawing in _Document(archive, reached(_ENTRY, place), room, count).drawings(kind):
            yield drawing
            count += 1


class _Document:
    """One document of a file; where there are more, their pages follow one another."""

    def __init__(self, archive: OfdArchive, part: str, room: Allowance, before: int) -> None:
        self.archive, self.part, self.room, self.before = archive, part, room, before
        self.root = archive.xml(part)
        common = next(named(self.root, "CommonData"), None)
        if common is None:
            raise damaged("文档没有公共数据（CommonData）")
        self.common = common
        self.resources = OfdResources()
        for each in named(self.common, "PublicRes", "DocumentRes"):
            self._add(each.text, part)
        self.templates = {
            each.get("ID", ""): each.get("BaseLoc", "")
            for each in named(self.common, "TemplatePage")
        }

    def _add(self, place: str | None, holder: str) -> None:
        if place and place.strip():
            name = reached(holder, place.strip())
            add_resources(self.resources, self.archive, name)

    def drawings(self, kind: type[_Drawing]) -> Iterator[_Drawing]:
        """What is drawn on each page."""
        listed = [each for pages in named(self.root, "Pages") for each in named(pages, "Page")]
        if not listed:
            raise Unreadable("OFD 文件里没有页面")
        count = self.before + len(listed)
        if count > MOST_PAGES:
            raise Unreadable(f"有 {count} 页，超过 {MOST_PAGES} 页，超出测量的限度")
        for number, each in enumerate(listed, self.before + 1):
            yield self._drawn(kind, number, reached(self.part, each.get("BaseLoc", "")))

    def _drawn(self, kind: type[_Drawing], number: int, part: str) -> _Drawing:
        root = self.archive.xml(part)
        for each in named(root, "PageRes"):
            self._add(each.text, part)
        drawing = kind(self.resources, self.room, self._paper(root))
        for each in named(root, "Template"):
            place = self.templates.get(each.get("TemplateID", ""))
            if place is None:
                raise damaged(f"第 {number} 页用的模板页不存在")
            # A template that names others is none: they are not followed, and cannot go in circles.
            drawing.draw(self.archive.xml(reached(self.part, place)))
        drawing.draw(root)
        return drawing

    def _paper(self, root: _Element) -> tuple[Millimetres, Millimetres, Millimetres, Millimetres]:
        """The box of a page in millimetres."""
        areas = [*named(root, "Area"), *named(self.common, "PageArea")]
        boxes = (text_of(area, "PhysicalBox") for area in areas)
        box = numbers(next(filter(None, boxes), ""))
        if len(box) != 4 or not (0 < box[2] < _LARGEST and 0 < box[3] < _LARGEST):
            raise damaged("页面没有大小")
        left, top, width, height = box
        return left, top, width, height


_LARGEST = 20_000
"""Millimetres of a page's side."""
