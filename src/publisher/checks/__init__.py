"""Document → findings: small functions, a fault each, that know nothing but the model."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator

from publisher.checks import (
    absent_blocks,
    arrangement,
    attachments,
    blanks,
    clauses,
    counts,
    dates,
    deadlines,
    elements,
    finished,
    kinds,
    name_lists,
    names,
    numbers,
    numerals,
    pictures,
    punctuation,
    reconciliation,
    references,
    structure,
    sums,
    tables,
    tasks,
    titles,
    typed,
    typed_captions,
    typed_numbers,
    wording,
)
from publisher.checks.characters import character_without_font
from publisher.diagnostics import Finding
from publisher.model import Document, Reconciliation

Check = Callable[[Document], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    elements.missing_element,
    elements.missing_signer,
    elements.needless_signer,
    elements.missing_stamp_name,
    elements.joint_stamp,
    elements.element_not_printed,
    elements.classified_without_copy_number,
    elements.unknown_urgency,
    elements.long_title_line,
    elements.empty_text,
    kinds.missing_recipients,
    kinds.needless_recipients,
    kinds.request_with_several_recipients,
    kinds.request_without_contact,
    kinds.report_with_request,
    titles.title_without_kind,
    titles.title_without_organ,
    titles.title_without_subject,
    titles.doubled_kind,
    numbers.malformed_number,
    numbers.number_of_other_organ,
    numbers.number_of_other_year,
    dates.printed_before_dated,
    dates.wrong_weekday,
    dates.impossible_date,
    dates.padded_date,
    dates.abbreviated_date,
    dates.wrong_duration,
    attachments.absent_attachment,
    attachments.issued_title_differs,
    attachments.differing_title,
    finished.traces_in_attachment,
    finished.attached_pdf_without_tags,
    typed.typed_element,
    references.reference_disagrees,
    clauses.absent_clause,
    absent_blocks.absent_table,
    absent_blocks.absent_picture,
    pictures.empty_alternative_text,
    pictures.long_alternative_text,
    pictures.coarse_picture,
    structure.doubled_identifier,
    structure.skipped_level,
    structure.deep_item,
    typed_numbers.typed_number,
    structure.heading_of_sentences,
    typed.inner_element,
    typed.note_below_title,
    typed.typed_contents,
    typed.typed_names,
    typed_captions.typed_caption,
    tables.parted_table_keys,
    tables.full_width_table_sign,
    tables.table_without_rows,
    tables.repeated_table,
    tables.empty_head_cell,
    tables.heading_behind_data,
    blanks.blank_without_label,
    tables.merge_across_groups,
    tables.markup_in_cell,
    tasks.merged_cells,
    structure.lone_heading,
    structure.empty_clause,
    structure.repeated_heading,
    tasks.empty_task,
    tasks.serial_out_of_order,
    tasks.incomplete_task,
    sums.wrong_sum,
    deadlines.unreadable_deadline,
    deadlines.deadline_outside_year,
    name_lists.label_without_names,
    name_lists.name_without_label,
    name_lists.repeated_label,
    name_lists.repeated_person,
    names.unknown_name,
    names.name_spelled_otherwise,
    punctuation.half_width_punctuation,
    punctuation.unpaired_mark,
    punctuation.nested_mark,
    punctuation.half_width_title_mark,
    punctuation.stop_at_end_of_title,
    punctuation.comma_between_titles,
    punctuation.doubled_mark,
    punctuation.stray_mark,
    punctuation.wrong_dash,
    punctuation.wrong_ellipsis,
    punctuation.blank_between_chinese,
    numerals.percent_range,
    numerals.hyphen_range,
    numerals.letter_in_number,
    numerals.blank_in_number,
    numerals.misplaced_thousands,
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

PlanCheck = Callable[[Document, tuple[Reconciliation, ...]], Iterator[Finding]]

PLAN_CHECKS: tuple[PlanCheck, ...] = (
    reconciliation.task_without_counterpart,
    reconciliation.task_differs_from_plan,
    reconciliation.figure_differs,
    reconciliation.sentence_without_task,
    arrangement.heading_quoted_differently,
    arrangement.task_under_other_heading,
    arrangement.scattered_task,
    arrangement.task_out_of_order,
    arrangement.unknown_clause,
    counts.announced_count_differs,
    deadlines.deadline_contradicts_plan,
)
"""Every check that must be told which sentences of a plan its tasks break down."""

FontCheck = Callable[[Document, Container[str]], Iterator[Finding]]

FONT_CHECKS: tuple[FontCheck, ...] = (character_without_font,)
"""Every check that must be told which characters the fonts have."""


def check(
    document: Document,
    reconciliations: tuple[Reconciliation, ...],
    characters: Container[str] | None = None,
) -> list[Finding]:
    """All that the checks find in a document; None where no fonts are there to look in."""
    findings = [finding for fault in CHECKS for finding in fault(document)]
    findings += [finding for fault in PLAN_CHECKS for finding in fault(document, reconciliations)]
    if characters is not None:
        findings += [finding for fault in FONT_CHECKS for finding in fault(document, characters)]
    return findings
