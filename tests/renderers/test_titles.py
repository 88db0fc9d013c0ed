"""Titles are broken at whole words, into lines that stand well under one another."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.columns import width
from publisher.renderers.titles import broken
from tried import tried

ORGANS = ("青岚市水务局", "青岚市人民政府办公室")

TITLES = [
    ("关于修建泵站的通知", "关于修建泵站的通知"),
    (
        "青岚市水务局关于申请河湖治理专项资金的请示",
        "青岚市水务局关于申请\n河湖治理专项资金的请示",
    ),
    (
        "青岚市水务局关于印发《2030年全市水务工作要点》的通知",
        "青岚市水务局关于印发\n《2030年全市水务工作要点》的通知",
    ),
    (
        "青岚市人民政府办公室关于进一步加强全市农村饮用水水源地保护和污染防治工作的实施意见",
        "青岚市人民政府办公室关于\n进一步加强全市农村饮用水水源地\n保护和污染防治工作的实施意见",
    ),
    ("作者自己\n分行的标题无论多长都照作者的分法不再另行处理", None),
]


@pytest.mark.parametrize(("title", "expected"), TITLES, ids=[title[:12] for title, _ in TITLES])
def test_a_title_is_broken_where_a_reader_would(title: str, expected: str | None) -> None:
    assert broken(title, 20, ORGANS) == (expected or title)


def test_a_long_title_is_no_rectangle_and_not_narrow_in_the_middle() -> None:
    title = (
        "青岚市水务局关于转发《青岚市人民政府办公室关于进一步加强全市农村饮用水水源地"
        "保护和污染防治工作的实施意见》的通知"
    )
    widths = [width(line) for line in broken(title, 20, ORGANS).split("\n")]
    assert max(widths) <= 20
    assert max(widths) - min(widths) >= 1
    assert len(widths) == 3
    assert widths[1] >= min(widths[0], widths[2])


def test_no_number_and_no_organ_is_torn() -> None:
    for characters in range(8, 26):
        title = "青岚市水务局关于调整2030年度城乡供水价格和12345热线的通知"
        lines = broken(title, characters, ORGANS).split("\n")
        assert any("青岚市水务局" in line for line in lines)
        assert any("2030年" in line for line in lines)
        assert any("12345" in line for line in lines)


@tried(100)
@given(st.text("关于印发《水务工作》的通知2030年，（试行）", max_size=60), st.integers(6, 30))
def test_nothing_is_lost_and_no_line_begins_or_ends_wrongly(title: str, characters: int) -> None:
    set_title = broken(title, characters)
    assert set_title.replace("\n", "") == title
    for before, after in pairwise(set_title.split("\n")):
        assert not after.startswith(("，", "）", "》"))
        assert not before.endswith(("（", "《"))
        assert not re.fullmatch("[0-9][0-9年]", before[-1] + after[0])
