"""Inputs on which checks once said false things, or nothing: what is said of each now."""

from __future__ import annotations

from collections import Counter

import pytest

from conftest import ROOT
from publisher import pipeline

CASES = ROOT.parent / "shared" / "cases"

SAID = {
    "documents/02-item-with-bracketed-remark": {},
    "documents/03-announced-counts": {"announced_count_differs": 3},
    "documents/09-group-without-rows": {"serial_out_of_order": 1},
    "documents/10-weekday-and-figures": {
        "wrong_weekday": 2,
        "wrong_duration": 1,
        "letter_in_number": 1,
        "blank_in_number": 1,
        "hyphen_range": 1,
    },
    "texts/03-image-message-xxxx": {"missing_file": 1},
    "texts/04-halfwidth-angle-in-titles": {"half_width_title_mark": 2},
    "texts/05-padded-and-dotted-dates": {"padded_date": 1, "abbreviated_date": 1},
    "texts/08-list-taken-for-tasks": {},
    "texts/10-articles-only-empty-text": {},
    # What was typed for want of a form is told, with the form to use.
    "documents/01-numbered-paragraph": {"heading_of_sentences": 2},
    "documents/04-forwarded-request": {"inner_element": 1, "absent_attachment": 1},
    "documents/05-name-list": {"leading_blanks": 1, "typed_names": 1},
    "documents/06-decimal-headings": {"typed_number": 2},
    "documents/07-statistics-table": {},
    "documents/08-nested-groups": {},
    "documents/11-attachment-with-signature": {"inner_element": 2},
    "documents/13-colon-heading": {"stop_at_end_of_title": 1, "heading_of_sentences": 1},
    "documents/14-note-below-title": {"note_below_title": 1},
    "texts/06-decimal-levels": {},
    "texts/07-form-attachments": {"picture_without_words": 1, "traces_in_attachment": 1},
    "texts/09-footnote-silent": {},
    "texts/11-table-in-text": {},
}


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not here")
@pytest.mark.parametrize("case", SAID)
def test_a_case_is_told_as_it_should_be(case: str) -> None:
    content = CASES / case / "content"
    said = Counter(
        finding.name
        for slug in pipeline.slugs(content)
        for finding in pipeline.read(content, slug).findings
    )
    assert said == Counter(SAID[case])
