"""The 发文机关标志 of an edition → its place and size, and the table of several organs' names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from publisher import standard
from publisher.images import Image
from publisher.renderers.docx import geometry
from publisher.renderers.docx.drawing import InlinePicture, inline_picture
from publisher.renderers.docx.elements import Maker
from publisher.renderers.docx.media import relation_of
from publisher.setting.composition import ComposedHead, ComposedMark
from publisher.setting.head import JOINT_MARK_GAP
from publisher.standard import Length, PageProfile
from publisher.styles import MARK_SIZE, Style, word_size

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def fit_mark(maker: Maker, head: ComposedHead, page: PageProfile) -> None:
    """Set a mark of several organs, or one longer than the style allows for (7.2.4)."""
    mark = replace(head.mark, size=word_size(head.mark.size))
    if mark.picture:
        _set_picture(maker, head, mark.picture, page)
    elif len(mark.names) > 1:
        _set_joint(maker, head, mark, page)
    elif mark.size < MARK_SIZE or mark.size > standard.MARK_LARGEST:
        _set_size(maker, head, mark.size, page)


def _set_size(maker: Maker, head: ComposedHead, size: Length, page: PageProfile) -> None:
    from docx.shared import Emu

    paragraph = maker.paragraph_in_style(Style.MARK)
    before = geometry.mark_before(head.form, page, size)
    maker.space(paragraph._p, before=before, line=size * geometry.LEADING)
    for run in paragraph.runs:
        run.font.size = Emu(size.emu)
    _follow(maker, paragraph._p, page, size)


def _set_picture(maker: Maker, head: ComposedHead, image: Image, page: PageProfile) -> None:
    """A picture in place of the words, in a line that is as high as it is: an exact one cuts it."""
    from publisher.renderers.raster import drawing_as_png

    paragraph: Any = maker.paragraph_in_style(Style.MARK)
    mark, (run, *further) = head.mark, paragraph.runs
    drawing, words = None, "".join(name for name, _ in mark.names) + mark.suffix
    if image.is_drawing:
        drawing, image = image, drawing_as_png(image, mark.width, mark.height)
    shown = InlinePicture(
        relation_of(maker.document, image),
        mark.width,
        mark.height,
        Style.MARK.word_name,
        words,
        drawing=relation_of(maker.document, drawing) if drawing else None,
    )
    for each in further:
        paragraph._p.remove(each._r)
    run.text = ""
    run._r.append(inline_picture(shown))
    # The style of a mark keeps room below its large characters, whatever stands in their place.
    paragraph._p.pPr.style = maker.style_id(Style.PICTURE)
    maker.space(paragraph._p, before=geometry.mark_before(head.form, page, standard.NOTHING))
    _follow(maker, paragraph._p, page, standard.NOTHING)


def _set_joint(maker: Maker, head: ComposedHead, mark: ComposedMark, page: PageProfile) -> None:
    """A table in place of the mark; its paragraph stays as the space above."""
    paragraph = maker.paragraph_in_style(Style.MARK)
    paragraph.text = ""
    before = geometry.mark_before(head.form, page, mark.size)
    maker.space(paragraph._p, before=standard.NOTHING, line=before)
    _follow(maker, paragraph._p, page, mark.size)
    paragraph._p.addnext(_joint_mark(maker, mark))


def _follow(maker: Maker, paragraph: Any, page: PageProfile, size: Length) -> None:
    """Keep what follows the mark at its distance from the characters of this size."""
    following = paragraph.getnext()
    style = maker.style_of(following)
    if style in geometry.AFTER_MARK:
        before, line = geometry.after_mark(style, page, size)
        maker.space(following, before=before, line=line)


def _joint_mark(maker: Maker, mark: ComposedMark) -> Element:
    """A table without lines: the names under one another, 文件 beside their middle (7.2.4)."""
    longest = max(len(name) for name, _ in mark.names)
    widths = [
        (mark.size * count).twips for count in (longest + JOINT_MARK_GAP, len(mark.suffix)) if count
    ]
    rows = [
        _joint_row(maker, mark, index, name, spacing, widths)
        for index, (name, spacing) in enumerate(mark.names)
    ]
    table: Element = maker.table(Style.UNRULED_TABLE, widths, rows, align="center")
    return table


def _joint_row(
    maker: Maker, mark: ComposedMark, index: int, name: str, spacing: float, widths: list[int]
) -> Element:
    spread = [(name[:-1], mark.size * spacing), (name[-1:], standard.NOTHING)]
    cells = [_mark_cell(maker, spread, widths[0], mark.size, "")]
    if mark.suffix:
        suffix = [] if index else [(mark.suffix, standard.NOTHING)]
        merge = "continue" if index else "restart"
        cells.append(_mark_cell(maker, suffix, widths[1], mark.size, merge))
    return maker.row(cells)


def _mark_cell(
    maker: Maker, words: list[tuple[str, Length]], width: int, size: Length, merge: str
) -> Element:
    paragraph = maker.paragraph(Style.JOINT_MARK)
    maker.space(paragraph, line=size * geometry.LEADING)
    for text, spacing in words:
        run: Any = maker.run(text)
        properties = run.get_or_add_rPr()
        properties.append(maker.value("w:spacing", spacing.twips))
        properties.append(maker.value("w:sz", size.half_points))
        paragraph.append(run)
    return maker.cell([paragraph], width, merge=merge)
