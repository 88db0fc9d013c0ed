"""A document and its layout → the words of its 版记, and the height of the box that holds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publisher import standard
from publisher.model import Edition, Form
from publisher.renderers import typesetting
from publisher.renderers.docx.elements import w
from publisher.renderers.layout import Layout
from publisher.standard import Length
from publisher.templates import BrokenTemplate

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

OUTER, INNER = standard.IMPRINT_OUTER_LINE, standard.IMPRINT_INNER_LINE
BOX_NAME = "版记"
"""The name of the text box that holds the 版记."""


def imprint_values(edition: Edition, layout: Layout) -> dict[str, str]:
    """What the 版记 says, from above (7.4); empty where the document has none."""
    document = edition.document
    date = document.printing_date
    values = {
        "主送": document.recipients if layout.recipients_in_imprint else None,
        "抄送": document.copies,
    }
    if typesetting.prints_printing(edition):
        values |= {
            "印发机关": document.printing_organ,
            "印发日期": typesetting.printed_date(date) if date else None,
        }
    return {key: value for key, value in values.items() if value}


def fit_imprint(word: WordDocument, edition: Edition, layout: Layout) -> None:
    """The box as high as its lines, its lower edge where the 版心 ends (7.4.1)."""
    if not imprint_values(edition, layout):
        return
    height = imprint_height(edition, layout)
    box = _named_box(word, BOX_NAME)
    width = standard.text_width(layout.page, landscape=False)
    for extent in box.iter(w("wp:extent"), w("a:ext")):
        extent.set("cx", str(width.emu))
        extent.set("cy", str(height.emu))
    # The last line is drawn at the top of its paragraph: the rest of that is below the 版心.
    below = standard.NOTHING if edition.document.form is Form.LETTER else rule_line(OUTER)
    top = standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT - height + below
    for name, offset in (("wp:positionH", layout.page.left), ("wp:positionV", top)):
        for position in box.iter(w(name)):
            position[0].text = str(offset.emu)


def imprint_height(edition: Edition, layout: Layout) -> Length:
    """How high the 版记 is, with its lines (7.4.1); that of a 信函 has none (10.1).

    Between 主送 and 抄送 there is no line (7.4.2).
    """
    lists = typesetting.imprint_lists(edition, moved=layout.recipients_in_imprint)
    last = 1 if typesetting.prints_printing(edition) else 0
    lines = sum(len(typesetting.imprint_lines(words)) for _, words in lists) + last
    rules = 0 if edition.document.form is Form.LETTER else 2 + (1 if lists and last else 0)
    return standard.IMPRINT_LINE * lines + standard.IMPRINT_RULE_LINE * rules


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
