"""A page profile → the distances of what Word's styles place to the millimetre."""

from __future__ import annotations

from math import floor

from publisher import standard
from publisher.forms import Head, PrintedForm
from publisher.standard import Length, PageProfile, Size
from publisher.styles import Style

LEADING = standard.JOINT_MARK_LINE
"""The exact line of what is placed to the millimetre, in parts of its characters.

Word shares out what a line has more than its characters above and below them; LibreOffice sets
the baseline at 0.8 of the line. With about this much both do the same.
"""
_NO_3 = Size.NO_3.length


def half_leading(size: Length, line: Length | None = None) -> Length:
    """From the edge of an exact line to the characters in it."""
    return ((line or size * LEADING) - size) * 0.5


def rise(page: PageProfile, line: Length) -> Length:
    """How much less margin pages have above whose lines are further apart than is usual there.

    Characters stand lower in a higher line: in LibreOffice by 0.8 of what it is higher, in Word by
    half of it. Without this the first line would leave the head margin's millimetre (5.2.1).
    """
    return max((line - page.line) * 0.8, standard.NOTHING)


def mark_before(form: PrintedForm, page: PageProfile, size: Length) -> Length:
    """From what stands above the mark to its line: its strokes begin where 7.2.4 and 10 say."""
    above = page.top + page.line * form.lines_above_mark
    if form.head is Head.DOUBLE_LINE:
        above = standard.LETTER_TEXT_TOP
    return max(form.mark_top - above - half_leading(size) - air(size), standard.NOTHING)


def air(size: Length) -> Length:
    """How much higher than the strokes in it an em box begins."""
    return size * (standard.EM_ABOVE - standard.INK_ABOVE)


def red_line_space() -> int:
    """From the line of 发文字号 to the red line, in points: Word knows whole ones only."""
    return floor((standard.RED_LINE_GAP - half_leading(_NO_3)).pt)


def number_line() -> Length:
    """The exact line of 发文字号, such that the red line is 4 mm below its characters (7.2.7)."""
    return _NO_3 + (standard.RED_LINE_GAP - Length(red_line_space())) * 2


def signer_before(page: PageProfile) -> Length:
    """Between lines of 签发人, so that they follow one another as lines of text do."""
    return page.line - number_line()


def number_before(page: PageProfile, mark: Length) -> Length:
    """From the line of a mark of a size to that of 发文字号, two blank lines below (7.2.5)."""
    characters = half_leading(_NO_3, page.line) - half_leading(_NO_3, number_line())
    return page.line * standard.NUMBER_ABOVE + characters - _below_mark(mark)


def _below_mark(mark: Length) -> Length:
    """From the place that is as far below the top of a mark's strokes as it is large to its line's.

    In print the number is counted from there too, so that both begin the text on one line.
    """
    return half_leading(mark) - air(mark)


def blank_before_signers(page: PageProfile, mark: Length) -> Length:
    """The height of what stands between the line of a mark and that of the first 签发人."""
    return number_before(page, mark) - signer_before(page)


def order_number_before(page: PageProfile, mark: Length) -> Length:
    """From the line of the mark of a 命令 to that of its number, two blank lines below (10.2)."""
    return page.line * standard.NUMBER_ABOVE - _below_mark(mark)


def letter_line_before(mark: Length) -> Length:
    """From the line of the mark of a 信函 to the double line below it (10.1)."""
    return standard.LETTER_FIRST_LINE_GAP - half_leading(mark)


def letter_first_before() -> Length:
    """From the double line of a 信函 to the line below it: 7/8 of a character (10.1)."""
    return standard.LETTER_NUMBER_GAP - standard.SPACER_LINE - half_leading(_NO_3)


def letter_title_before(page: PageProfile) -> Length:
    """From the line below the double line of a 信函 to its title, two blank lines below (10.1).

    That line has less than others have below its characters.
    """
    return page.line * standard.TITLE_ABOVE + half_leading(_NO_3, page.line) - half_leading(_NO_3)


def letter_header_line(page: PageProfile) -> Length:
    """The height of what keeps the text of later pages of a 信函 below the head margin."""
    return page.top - standard.HEADER_DISTANCE


def letter_line_beyond(page: PageProfile) -> dict[str, Length]:
    """How far the double lines of a 信函 reach beyond the text: they are centred (10.1)."""
    beside = (standard.PAPER_WIDTH - standard.LETTER_LINE_WIDTH) * 0.5
    return {"left": page.left - beside, "right": page.right - beside}


def letter_footer_distance() -> Length:
    """From the paper's lower edge to the strokes of the last double line, which begin 20 mm up."""
    strokes = standard.LETTER_LINE_THICK + standard.LETTER_LINE_SPACE + standard.LETTER_LINE_THIN
    return standard.LETTER_LAST_LINE_HEIGHT - strokes - standard.SPACER_LINE


def letter_footer_line() -> Length:
    """The height of what keeps the page number above the place of the last double line."""
    return standard.footer_distance() - letter_footer_distance()


AFTER_MARK = (Style.NUMBER, Style.ABOVE_SIGNERS, Style.ORDER_NUMBER, Style.LETTER_THICK)
"""Styles of what may stand below the mark."""


def after_mark(
    style: Style, page: PageProfile, mark: Length
) -> tuple[Length | None, Length | None]:
    """The space before what stands below a mark of a size, and its line; None where its own."""
    match style:
        case Style.ABOVE_SIGNERS:
            return None, blank_before_signers(page, mark)
        case Style.ORDER_NUMBER:
            return order_number_before(page, mark), None
        case Style.LETTER_THICK:
            return letter_line_before(mark), None
        case _:
            return number_before(page, mark), None
