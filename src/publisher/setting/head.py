"""The elements of the 版头 → their words as they are spread, the size of the mark, and heights."""

from __future__ import annotations

from collections.abc import Iterable

from publisher import standard
from publisher.forms import Head, HeadLine, Printed, Reference, printed_form
from publisher.images import Image
from publisher.model import Edition, RedHead
from publisher.setting.composition import ComposedHead, ComposedMark, SignerLine
from publisher.setting.lines import IDEOGRAPHIC_SPACE, spread
from publisher.setting.wholes import width
from publisher.standard import Length, PageProfile, Size, mark_size

JOINT_MARK_GAP = 0.4
"""Between the names of several organs and the 文件 beside them, in characters."""


def composed_head(edition: Edition, elements: Iterable[Printed], page: PageProfile) -> ComposedHead:
    """The head of a document; of what is not printed, nothing."""
    form = printed_form(edition.document)
    lines = tuple(
        (thing.element, spread(thing.words)) for thing in elements if isinstance(thing, HeadLine)
    )
    references = (thing for thing in elements if isinstance(thing, Reference))
    reference = next(references, Reference("", ()))
    return ComposedHead(
        form=form,
        lines=lines,
        mark=_mark(edition, page),
        number=reference.number,
        signers=_signer_lines(reference.signers),
        rows=max(len(lines), 1 if reference.number else 0),
        is_preprinted=edition.document.red_head is RedHead.PREPRINTED,
    )


def _mark(edition: Edition, page: PageProfile) -> ComposedMark:
    """The mark of an edition; the names of several organs are spread to one width."""
    across = standard.text_width(page, landscape=False)
    largest = _largest(edition)
    if edition.mark_picture:
        return _pictured(edition.mark_picture.image, edition, largest, across)
    longest = max((len(name) for name in edition.mark), default=0)
    names = tuple((name, _spreading(name, longest)) for name in edition.mark)
    gap = JOINT_MARK_GAP if len(names) > 1 else 0
    size = mark_size(longest + gap + len(edition.mark_suffix), across, largest)
    height = size * (1 + standard.JOINT_MARK_LINE * max(len(names) - 1, 0))
    return ComposedMark(names, edition.mark_suffix, size, height)


def _largest(edition: Edition) -> Length:
    """How high the characters of a mark are, or its picture, where the width allows it."""
    said = next((organ.mark_height for organ in edition.document.issuers[:1]), None)
    return standard.MARK_LARGEST if said is None else Length.of_mm(said)


def _pictured(image: Image, edition: Edition, high: Length, across: Length) -> ComposedMark:
    """A mark that is a picture, no wider than the 版心."""
    height = min(high, across * (image.height / image.width))
    width = height * (image.width / image.height)
    names = tuple((name, 0.0) for name in edition.mark)
    return ComposedMark(names, edition.mark_suffix, height, height, image, width)


def _spreading(name: str, characters: int) -> float:
    return (characters - len(name)) / (len(name) - 1) if len(name) > 1 else 0.0


def _signer_lines(signers: tuple[str, ...]) -> tuple[SignerLine, ...]:
    """Two names a line, the first ones under one another (7.2.6)."""
    names, most = [spread(name) for name in signers], standard.SIGNERS_PER_LINE
    rows = [(IDEOGRAPHIC_SPACE * 2).join(names[i : i + most]) for i in range(0, len(names), most)]
    # Lines stand flush right: they are filled up to one width.
    longest = max(map(width, rows), default=0.0)
    filled = [row + IDEOGRAPHIC_SPACE * round(longest - width(row)) for row in rows]
    return tuple(
        SignerLine("" if index else "签发人：", row, is_last=index == len(rows) - 1)
        for index, row in enumerate(filled)
    )


# -- heights ------------------------------------------------------------------------------


def head_height(head: ComposedHead, page: PageProfile) -> Length:
    """From the top of the text area of page 1 to the lower edge of what stands above the title."""
    match head.form.head:
        case Head.DOUBLE_LINE:
            return _letter_head(head, page) + page.line * head.rows - page.top
        case Head.NUMBER:
            below = page.line * (standard.NUMBER_ABOVE + 1)
        case Head.RED_LINE:
            number = page.line * max(len(head.signers), 1) + red_line_padding(page)
            below = page.line * standard.NUMBER_ABOVE + number + standard.RED_LINE_WIDTH
    return head.form.mark_top + head.mark.height + below - page.top


def _letter_head(head: ComposedHead, page: PageProfile) -> Length:
    """From the paper's top to the first line of words below the double line of a 信函 (10.1)."""
    line = head.form.mark_top + head.mark.height + standard.LETTER_FIRST_LINE_GAP
    strokes = standard.LETTER_LINE_THICK + standard.LETTER_LINE_SPACE + standard.LETTER_LINE_THIN
    return line + strokes + letter_number_space(page)


def letter_number_space(page: PageProfile) -> Length:
    """What is missing above the line of 发文字号 for its distance from the double line (10.1)."""
    return standard.LETTER_NUMBER_GAP - (page.line - Size.NO_3.length) * 0.5


def red_line_padding(page: PageProfile) -> Length:
    """What is missing below the characters of 发文字号 for the red line to be 4 mm under them."""
    return standard.RED_LINE_GAP - (page.line - Size.NO_3.length) * 0.5
