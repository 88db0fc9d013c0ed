"""The page that a bureau asks for → margins and lines of a template made for GB/T 33476.2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher import standard
from publisher.forms import Head, PrintedForm
from publisher.renderers.docx import geometry
from publisher.renderers.docx.elements import w
from publisher.standard import GBT33476, Length, PageProfile
from publisher.styles import MARK_SIZE, ParagraphStyle, Style

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_VERTICAL = ("before", "after", "line")


def fit_page(document: WordDocument, form: PrintedForm, page: PageProfile) -> None:
    """Give a template the page of a profile; the one it was made for is left as it is."""
    if page == GBT33476:
        return
    _fit_margins(document, form, page)
    for spacing in document.styles.element.iter(w("w:spacing")):
        if spacing.get(w("w:line")):  # else it is that of characters
            _fit_lines(spacing, page)
    wider = standard.text_width(page, landscape=False) - standard.TYPE_AREA_WIDTH
    for tab in document.styles.element.iter(w("w:tab")):
        _fit_tab(tab, wider)
    for style in Style:
        if isinstance(style.value, ParagraphStyle) and style.value.reaches_margins:
            _set_lengths(document, style, "w:ind", geometry.letter_line_beyond(page), -1)
    for style, distances in placed_styles(form, page).items():
        _set_lengths(document, style, "w:spacing", distances)


def _set_lengths(
    document: WordDocument, style: Style, tag: str, lengths: dict[str, Length], sign: int = 1
) -> None:
    """Give a style lengths, if the template has it."""
    for own in document.styles:
        element: Any = own.element.find(f"{w('w:pPr')}/{w(tag)}")
        if own.name == style.word_name and element is not None:
            for key, length in lengths.items():
                element.set(w(f"w:{key}"), str(length.twips * sign))


def _fit_tab(tab: Any, wider: Length) -> None:
    """Move a tab as its page grows: at the right edge as much, in the middle in proportion."""
    place = int(tab.get(w("w:pos")))
    share = place / standard.TYPE_AREA_WIDTH.twips
    grows = {"right": 1.0, "center": share}.get(tab.get(w("w:val")), 0.0)
    tab.set(w("w:pos"), str(place + (wider * grows).twips))


def placed_styles(form: PrintedForm, page: PageProfile) -> dict[Style, dict[str, Length]]:
    """Distances of the styles that are placed to the millimetre, on the page of a profile."""
    no_3 = standard.Size.NO_3.length
    number = {"before": geometry.number_before(page, MARK_SIZE), "line": geometry.number_line()}
    signers = {"before": geometry.signer_before(page), "line": geometry.number_line()}
    title = {Style.TITLE: {"before": geometry.letter_title_before(page)}}
    return (title if form.head is Head.DOUBLE_LINE else {}) | {
        Style.MARK: {
            "before": geometry.mark_before(form, page, MARK_SIZE),
            "line": MARK_SIZE * geometry.LEADING,
        },
        Style.NUMBER: number,
        Style.ABOVE_SIGNERS: {"line": geometry.blank_before_signers(page, MARK_SIZE)},
        Style.SIGNERS: signers,
        Style.NUMBER_AND_SIGNER: signers,
        Style.ORDER_NUMBER: {
            "before": geometry.order_number_before(page, MARK_SIZE),
            "after": page.line * standard.ORDER_TEXT_ABOVE,
        },
        Style.LETTER_THICK: {"before": geometry.letter_line_before(MARK_SIZE)},
        Style.LETTER_FIRST: {
            "before": geometry.letter_first_before(),
            "line": no_3 * geometry.LEADING,
        },
        Style.LETTER_HEADER: {"line": geometry.letter_header_line(page)},
        Style.LETTER_FOOTER: {"line": geometry.letter_footer_line()},
    }


def section_lengths(form: PrintedForm) -> dict[str, Length]:
    """Paper and margins of a form's template, under the names that Word has for them."""
    is_letter = form.head is Head.DOUBLE_LINE
    return {
        "w": standard.PAPER_WIDTH,
        "h": standard.PAPER_HEIGHT,
        "top": standard.LETTER_TEXT_TOP if is_letter else GBT33476.top,
        "bottom": GBT33476.bottom,
        "left": GBT33476.left,
        "right": GBT33476.right,
        "header": standard.HEADER_DISTANCE,
        "footer": geometry.letter_footer_distance() if is_letter else standard.footer_distance(),
    }


def _fit_margins(document: WordDocument, form: PrintedForm, page: PageProfile) -> None:
    from docx.shared import Emu

    section: Any = document.sections[0]
    if form.head is not Head.DOUBLE_LINE:  # whose mark stands above the 版心
        section.top_margin = Emu(page.top.emu)
    section.bottom_margin = Emu(page.bottom.emu)
    section.left_margin, section.right_margin = Emu(page.left.emu), Emu(page.right.emu)


def _fit_lines(spacing: Any, page: PageProfile) -> None:
    """Distances that are whole lines of the template's page are so many lines of this one."""
    template = GBT33476.line.twips
    for key in _VERTICAL:
        lines, rest = divmod(int(spacing.get(w(f"w:{key}"), 0)), template)
        if lines and not rest:
            spacing.set(w(f"w:{key}"), str((page.line * lines).twips))
