"""Twelve documents of the State Council: what the checks find is there, or cannot be said yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
import real

from conftest import Reading, checked

TRUE = {
    "guobanfa_1996_32": {"absent_attachment": 1},
    "guobanfa_2018_126": {"announced_count_differs": 2, "serial_out_of_order": 1},
    "guobanfa_2018_128": {"comma_between_titles": 2, "half_width_punctuation": 4},
    "guobanfa_2019_4": {"comma_between_titles": 1},
    "guobanhan_2004_80": {"hyphen_range": 4},
    "guobanhan_2005_57": {"typed_number": 2},
    "guohan_2006_132": {"blank_in_number": 1, "letter_in_number": 13},
    "guoling_707": {"half_width_punctuation": 1},
}
"""What is wrong in the documents as they were published; the others have no fault."""

UNSAID = {
    "guobanfa_1996_25": {"typed_number": 1},
    "guobanfa_1996_32": {"inner_element": 2},
    "guobanfamingdian_2018_15": {"typed_number": 1},
    "guobanhan_2004_80": {"inner_element": 2},
    "guobanhan_2005_57": {"typed_number": 1},
    "guohan_2006_132": {"typed_number": 1},
    "guoling_707": {"note_below_title": 1},
}
"""What is told of elements that cannot be said yet: items, 题注, documents inside documents."""


@pytest.mark.skipif(not real.REAL.is_dir(), reason="the shared documents are not here")
@pytest.mark.parametrize("source", real.DOCUMENTS)
def test_nothing_false_is_said_of_a_real_document(
    source: str, read: Callable[..., Reading]
) -> None:
    reading = read(real.overlay(source))
    said = Counter(one.name for one in (*reading.findings, *checked(reading.document)))
    assert said == Counter(TRUE.get(source, {})) + Counter(UNSAID.get(source, {}))
