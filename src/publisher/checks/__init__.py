"""Document → findings: small functions, a fault each, that know nothing but the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from publisher.checks import elements, structure, tasks, wording
from publisher.diagnostics import Finding
from publisher.model import Document

Check = Callable[[Document], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    elements.missing_element,
    elements.missing_signer,
    elements.classified_without_copy_number,
    elements.long_title_line,
    elements.empty_text,
    structure.doubled_identifier,
    structure.skipped_level,
    structure.typed_number,
    tasks.empty_task,
    tasks.serial_out_of_order,
    wording.half_width_punctuation,
    wording.unfilled_place,
)
"""Every check; its name is that of its function."""


def check(document: Document) -> list[Finding]:
    """All that the checks find in a document."""
    return [finding for one in CHECKS for finding in one(document)]
