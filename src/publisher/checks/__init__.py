"""Document → findings: small functions, a fault each, that know nothing but the model."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator

from publisher.checks import elements, numerals, punctuation, structure, tasks, wording
from publisher.checks.characters import character_without_font
from publisher.diagnostics import Finding
from publisher.model import Document

Check = Callable[[Document], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    elements.missing_element,
    elements.missing_signer,
    elements.needless_signer,
    elements.missing_stamp_name,
    elements.joint_stamp,
    elements.element_not_printed,
    elements.classified_without_copy_number,
    elements.long_title_line,
    elements.empty_text,
    structure.doubled_identifier,
    structure.skipped_level,
    structure.typed_number,
    tasks.empty_task,
    tasks.serial_out_of_order,
    punctuation.half_width_punctuation,
    punctuation.unpaired_mark,
    punctuation.nested_mark,
    punctuation.stop_at_end_of_title,
    punctuation.comma_between_titles,
    punctuation.doubled_mark,
    punctuation.stray_mark,
    punctuation.wrong_dash,
    punctuation.wrong_ellipsis,
    punctuation.blank_between_chinese,
    numerals.percent_range,
    numerals.zero_character,
    numerals.year_brackets,
    numerals.short_year,
    numerals.full_width_digit,
    numerals.mixed_numeral,
    numerals.doubled_approximation,
    wording.slip_of_term,
    wording.doubled_word,
    wording.repeated_sentence,
    wording.long_document,
    wording.unfilled_place,
)
"""Every check that needs nothing but the document; its name is that of its function."""

FontCheck = Callable[[Document, Container[str]], Iterator[Finding]]

FONT_CHECKS: tuple[FontCheck, ...] = (character_without_font,)
"""Every check that must be told which characters the fonts have."""


def check(document: Document, characters: Container[str] | None = None) -> list[Finding]:
    """All that the checks find in a document; None where no fonts are there to look in."""
    found = [finding for one in CHECKS for finding in one(document)]
    if characters is not None:
        found += [finding for one in FONT_CHECKS for finding in one(document, characters)]
    return found
