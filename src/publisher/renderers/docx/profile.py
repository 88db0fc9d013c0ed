"""The page that a bureau asks for → margins and lines of a template made for GB/T 33476.2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher import standard
from publisher.forms import Head, PrintedForm
from publisher.renderers.docx import geometry
from publisher.renderers.docx.elements import w
from publisher.renderers.docx.mark import MARK_CHARACTERS, MARK_STYLE
from publisher.standard import GBT33476, Length, PageProfile

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
    for name in geometry.LETTER_LINES:
        _set_lengths(document, name, "w:ind", geometry.letter_line_beyond(page), -1)
    for name, distances in placed_styles(form, page).items():
        _set_lengths(document, name, "w:spacing", distances)


def _set_lengths(
    document: WordDocument, name: str, tag: str, lengths: dict[str, Length], sign: int = 1
) -> None:
    """Give a style lengths, if the template has it."""
    for style in document.styles:
        element: Any = style.element.find(f"{w('w:pPr')}/{w(tag)}")
        if style.name == name and element is not None:
            for key, length in lengths.items():
                element.set(w(f"w:{key}"), str(length.twips * sign))


def _fit_tab(tab: Any, wider: Length) -> None:
    """Move a tab as its page grows: at the right edge as much, in the middle in proportion."""
    place = int(tab.get(w("w:pos")))
    share = place / standard.TYPE_AREA_WIDTH.twips
    grows = {"right": 1.0, "center": share}.get(tab.get(w("w:val")), 0.0)
    tab.set(w("w:pos"), str(place + (wider * grows).twips))


def placed_styles(form: PrintedForm, page: PageProfile) -> dict[str, dict[str, Length]]:
    """Distances of the styles that are placed to the millimetre, on the page of a profile."""
    mark = geometry.word_size(standard.mark_size(MARK_CHARACTERS))
    no_3 = standard.Size.NO_3.length
    number = {"before": geometry.number_before(page, mark), "line": geometry.number_line()}
    signers = {"before": geometry.signer_before(page), "line": geometry.number_line()}
    title = {"Title": {"before": geometry.letter_title_before(page)}}
    return (title if form.head is Head.DOUBLE_LINE else {}) | {
        MARK_STYLE: {
            "before": geometry.mark_before(form, page, mark),
            "line": mark * geometry.LEADING,
        },
        "发文字号": number,
        "签发人前空行": {"line": geometry.blank_before_signers(page, mark)},
        "签发人行": signers,
        "发文字号和签发人": signers,
        "令号": {
            "before": geometry.order_number_before(page, mark),
            "after": page.line * standard.ORDER_TEXT_ABOVE,
        },
        "信函粗线": {"before": geometry.letter_line_before(mark)},
        "信函首行": {
            "before": geometry.letter_first_before(),
            "line": no_3 * geometry.LEADING,
        },
        "信函页眉": {"line": geometry.letter_header_line(page)},
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
