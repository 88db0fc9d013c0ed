"""A composition → the height and place of the box that holds its 版记."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publisher import standard
from publisher.renderers.docx.elements import w
from publisher.setting.composition import Composition
from publisher.standard import Length
from publisher.templates import BrokenTemplate

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

OUTER, INNER = standard.IMPRINT_OUTER_LINE, standard.IMPRINT_INNER_LINE
BOX_NAME = "版记"
"""The name of the text box that holds the 版记."""


def fit_imprint(word: WordDocument, composition: Composition) -> None:
    """The box as high as its lines, its lower edge where the 版心 ends (7.4.1)."""
    imprint, page = composition.imprint, composition.page
    if not imprint:
        return
    box = _named_box(word, BOX_NAME)
    width = standard.text_width(page, landscape=False)
    for extent in box.iter(w("wp:extent"), w("a:ext")):
        extent.set("cx", str(width.emu))
        extent.set("cy", str(imprint.height.emu))
    # The last line is drawn at the top of its paragraph: the rest of that is below the 版心.
    below = rule_line(OUTER) if imprint.has_rules else standard.NOTHING
    top = standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT - imprint.height + below
    for name, offset in (("wp:positionH", page.left), ("wp:positionV", top)):
        for position in box.iter(w(name)):
            position[0].text = str(offset.emu)


def rule_line(stroke: Length) -> Length:
    """The exact line of a paragraph that is a line of the 版记: a border adds its own weight."""
    return standard.IMPRINT_RULE_LINE - stroke


def raise_box(box: Element, height: Length) -> None:
    """Make a box so much higher; its lower edge stays."""
    for extent in box.iter(w("wp:extent"), w("a:ext")):
        extent.set("cy", str(int(extent.get("cy") or 0) + height.emu))
    for position in box.iter(w("wp:positionV")):
        position[0].text = str(int(position[0].text or 0) - height.emu)


def _named_box(word: WordDocument, name: str) -> Element:
    """The drawing of a name; the template may hold others, such as a bureau's emblem."""
    anchors: Iterator[Element] = word.element.body.iter(w("wp:anchor"))
    for anchor in anchors:
        properties = anchor.find(w("wp:docPr"))
        if properties is not None and properties.get("name") == name:
            return anchor
    raise BrokenTemplate(f"Word 模板中没有名为“{name}”的文本框")
