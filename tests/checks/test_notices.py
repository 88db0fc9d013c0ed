"""Notices as a bureau of civil affairs writes them, with faults in known places: each is found.

`tests/notices/<name>/faults.txt` says which faults are there, and how many; nothing else is told.
"""

from __future__ import annotations

from collections import Counter

import pytest

from conftest import ROOT
from publisher import pipeline

NOTICES = ROOT / "tests" / "notices"


def _faults(slug: str) -> Counter[str]:
    lines = (NOTICES / slug / "faults.txt").read_text("utf-8").splitlines()
    return Counter({name: int(count) for name, count in map(str.split, lines)})


@pytest.mark.parametrize("slug", pipeline.slugs(NOTICES))
def test_all_faults_of_a_notice_are_found_and_nothing_else(slug: str) -> None:
    assert Counter(one.name for one in pipeline.read(NOTICES, slug).findings) == _faults(slug)
