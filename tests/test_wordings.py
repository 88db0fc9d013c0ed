"""Where two wordings agree, and where they differ."""

from __future__ import annotations

import pytest

from publisher.wordings import stretches

SAID = [
    ("新建5个站点。", "新建8个站点。", "新建[5|8]个站点。"),
    ("完成任务，报送", "完成工作，上报", "完成[任务|工作]，[报送|上报]"),
    ("协同管理平台", "协调管理平台", "[协同|协调]管理平台"),
    ("规范管理", "有效规范管理", "[|有效]规范管理"),
    ("新建5个乡镇食堂", "新建8个街道食堂", "新建[5个乡镇|8个街道]食堂"),
    ("甲", "甲", "甲"),
    ("", "甲", "[|甲]"),
]


@pytest.mark.parametrize(("before", "after", "said"), SAID)
def test_what_differs_is_told_by_words_and_alike_both_ways(
    before: str, after: str, said: str
) -> None:
    found = stretches(before, after)
    told = (one.before if one.agrees else f"[{one.before}|{one.after}]" for one in found)
    assert "".join(told) == said
    back = stretches(after, before)
    assert [(one.after, one.before) for one in back] == [(one.before, one.after) for one in found]
