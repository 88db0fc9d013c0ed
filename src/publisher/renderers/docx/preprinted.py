"""A finished head → the same for paper that has its red parts already (套打): their place stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from publisher.renderers.docx.elements import Maker, w
from publisher.standard import NOTHING, RED, Length
from publisher.styles import Style

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def leave_out_red(maker: Maker) -> None:
    """Draw neither the 发文机关标志 nor red lines; all else stands where it did."""
    styles, body = maker.document.styles.element, maker.document.element.body
    below = {
        style.get(w("w:styleId")): _without_red(borders)
        for style in styles
        for borders in style.iterfind(f"{w('w:pPr')}/{w('w:pBdr')}")
    }
    for paragraph in list(body.iter(w("w:p"))):
        if maker.style_of(paragraph) in (Style.MARK, Style.JOINT_MARK):
            for run in paragraph.findall(w("w:r")):
                paragraph.remove(run)
        own = [_without_red(borders) for borders in paragraph.findall(f"*/{w('w:pBdr')}")]
        high = max((below.get(paragraph.style, NOTHING), *own))
        if high > NOTHING:
            paragraph.addnext(_space(maker, high))


def _without_red(borders: Element) -> Length:
    """Take red lines from what has borders; how much room one had below it.

    What one had above it stays in the height of its line.
    """
    properties: Any = borders.getparent()
    below = NOTHING
    for border in list(_red(borders)):
        high = _height(border)
        if border.tag == w("w:bottom"):
            below = high
        else:
            spacing = properties.get_or_add_spacing()
            spacing.set(w("w:line"), str(int(spacing.get(w("w:line"), 0)) + high.twips))
        borders.remove(border)
    if not len(borders):
        properties.remove(borders)
    return below


def _red(borders: Element) -> Iterator[Element]:
    return (each for each in borders if each.get(w("w:color")) == RED.removeprefix("#"))


def _height(border: Element) -> Length:
    """How high a border is with what it keeps free: Word counts eighths of a point, and points."""
    return Length(int(border.get(w("w:sz"), 0)) / 8 + int(border.get(w("w:space"), 0)))


def _space(maker: Maker, high: Length) -> Element:
    """A paragraph without words: the distance below another might be part of that of the next."""
    paragraph: Any = maker.paragraph(Style.AFTER_TABLE)
    maker.space(paragraph, line=high)
    space: Element = paragraph
    return space
