"""A finished document → the same as the bureau has it: page numbers, the font of 仿宋, the grid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from publisher import standard
from publisher.model import NumberForm, NumberPlace
from publisher.renderers.docx.elements import w
from publisher.renderers.docx.sections import NUMBER_STYLES
from publisher.standard import FANG, PageProfile, Size

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_AROUND = {NumberForm.BARE: ("", ""), NumberForm.SPELLED: ("第", "页")}
"""What stands before and behind a number in place of dashes."""
_BEFORE, _BEHIND = "— ", " —"
_TWIPS = 20
_GRID_UNIT = 4096
"""Parts of a point in which Word counts what a character of the grid has beyond its size."""


def fit_own(document: WordDocument, page: PageProfile) -> None:
    """Change what the page of a bureau has otherwise than the standard, beside its lengths."""
    if page.number_form in _AROUND:
        _write_numbers(document, *_AROUND[page.number_form])
    if page.number_place is NumberPlace.CENTRE:
        _centre_numbers(document)
    if page.fang != FANG.word_family:
        _rename_font(document, page.fang)
    if page.has_grid:
        _set_grid(document, page)


def _roots(document: WordDocument) -> Iterator[Any]:
    """The XML of all parts that hold text or styles."""
    for part in document.part.package.iter_parts():
        element = getattr(part, "element", None)
        if element is not None:
            yield element


def _write_numbers(document: WordDocument, before: str, behind: str) -> None:
    names = {style.word_name for style in NUMBER_STYLES.values()}
    known = {style.style_id for style in document.styles if style.name in names}
    for root in _roots(document):
        for paragraph in root.iter(w("w:p")):
            style = paragraph.find(f"{w('w:pPr')}/{w('w:pStyle')}")
            if style is None or style.get(w("w:val")) not in known:
                continue
            for words in paragraph.iter(w("w:t")):
                words.text = {_BEFORE: before, _BEHIND: behind}.get(words.text, words.text)


def _centre_numbers(document: WordDocument) -> None:
    for style in NUMBER_STYLES.values():
        for own in document.styles:
            if own.name == style.word_name:
                form: Any = own.paragraph_format
                form.alignment = 1  # centre
                form.left_indent = form.right_indent = 0


def _rename_font(document: WordDocument, name: str) -> None:
    for root in _roots(document):
        for fonts in root.iter(w("w:rFonts")):
            for key, value in fonts.items():
                if value == FANG.word_family:
                    fonts.set(key, name)


def _set_grid(document: WordDocument, page: PageProfile) -> None:
    """Say lines and characters in the page setup; lines stay where they are set exactly."""
    from docx.oxml import OxmlElement

    across = standard.text_width(page, landscape=False)
    each = across * (1 / standard.CHARACTERS_PER_LINE) - Size.NO_3.length
    down = standard.PAPER_HEIGHT - page.top - page.bottom
    # Shared out: LibreOffice centres the grid in what whole lines leave.
    pitch = down * (1 / int(round(down / page.line, 2)))
    for section in document.element.iter(w("w:sectPr")):
        for old in section.findall(w("w:docGrid")):
            section.remove(old)
        size: Any = section.find(w("w:pgSz"))
        if size is not None and size.get(w("w:orient")) == "landscape":
            continue  # whose lines are those of tables
        grid: Any = OxmlElement("w:docGrid")
        grid.set(w("w:type"), "linesAndChars")
        grid.set(w("w:linePitch"), str(int(pitch.pt * _TWIPS)))
        grid.set(w("w:charSpace"), str(round(each.pt * _GRID_UNIT)))
        section.append(grid)
    for style in document.styles:
        if style.type == _PARAGRAPH:
            properties: Any = style.element.get_or_add_pPr()
            snap: Any = OxmlElement("w:snapToGrid")
            snap.set(w("w:val"), "0")
            properties.insert_element_before(snap, *_BEHIND_SNAP)


_PARAGRAPH = 1
"""The type of a style, as python-docx counts them."""
_BEHIND_SNAP = (
    *("w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc"),
    *("w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId"),
    *("w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"),
)
"""What stands behind it among the properties of a paragraph."""
