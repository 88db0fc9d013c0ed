"""Forms as bureaus draw them: no check takes a blank, a box or a label for a fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from test_checks import ALL_CHECKS, HERE, NAMES, UsualFonts, overlay

from conftest import Reading
from publisher.checks import Check, check
from publisher.reconcile import reconcile


@pytest.mark.parametrize("fault", ALL_CHECKS, ids=NAMES)
def test_a_check_finds_nothing_in_forms(fault: Check, read: Callable[..., Reading]) -> None:
    assert list(fault(read(overlay(HERE / "_forms")).document)) == []


def test_forms_are_read_as_they_are_drawn(read: Callable[..., Reading]) -> None:
    reading = read(overlay(HERE / "_forms"))
    # The stock's own plan and table are not used there.
    assert {said.split(" ")[1] for said in reading.said} <= {"unused_file"}
    assert len(reading.document.tables) == 6
    assert all(table.is_form for table in reading.document.tables)
    assert check(reading.document, reconcile(reading.document), UsualFonts()) == []


ROWS_OF_WORDS = """| 意见 | 申请,核准 |
| 理由 | 二○三○年办理 |
{表头: 0}
"""


def test_the_words_of_a_form_are_checked_like_any_others(read: Callable[..., Reading]) -> None:
    text = (HERE / "blank_without_label" / "document.md").read_text("utf-8")
    head = text.partition("| 姓名")[0]
    document = read({"document.md": head + ROWS_OF_WORDS}).document
    found = {finding.name for finding in check(document, (), UsualFonts())}
    assert {"half_width_punctuation", "zero_character"} <= found
