"""Lines → what stands beside the text: page numbers, drawn lines, heads and feet of pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from publisher.intake.recognise.frame.lines import FrameLine
from publisher.intake.recognise.frame.taking import Known, SourceSetting, Taken, left_out
from publisher.intake.result import Certainty, Role
from publisher.intake.source import Room
from publisher.words.elements import (
    CLASSIFICATION,
    COPIES,
    COPY_NUMBER,
    DRAFT,
    NO_TEXT,
    NUMBER,
    PAGE_NUMBER,
    PRINTED,
    RULE,
    SIGNERS,
    URGENCY,
)

_FIRST, _LAST = 12, 8
PAGE = "网页"
"""What a source of a website is called."""
_EDITED = re.compile(
    r"(?:(?:责任|网站)编辑|责编)[：:].*"
    r"|(?:信息|稿件)?来源[：:].*(?:编辑|审核|责编|初审|终审)[：:].*",
    re.DOTALL,
)
_EDITED_ON_PAGE = re.compile(
    "(?:编辑|审核|审稿|校对|初审|复审|终审|监制|排版|美编)[：:].*|(?:信息|稿件|文章)?来源[：:][^。]{1,30}",
    re.DOTALL,
)
"""What in another file may be said by the document itself."""


def page_numbers(_: SourceSetting, lines: Sequence[FrameLine], __: Taken) -> Taken:
    """— 1 — in a foot, or typed on a line of its own."""
    typed = [
        line
        for line in lines
        if line.is_words and not line.row and PAGE_NUMBER.fullmatch(line.bare)
    ]
    in_foot = [line for line in lines if line.room is Room.FOOTER and line.bare.isdecimal()]
    return left_out([*typed, *in_foot], "页码", "单独一行，是页码的写法")


def rules(_: SourceSetting, lines: Sequence[FrameLine], __: Taken) -> Taken:
    """A row of characters that draws a line: 版头 and 版记 have lines of their own.

    One of ____ between is room to write on.
    """
    worded = [line for line in lines if line.is_words]
    between = {line.index for line in worded[_FIRST:-_LAST]}
    drawn = [
        line
        for line in worded
        if RULE.fullmatch(line.bare)
        and not (set(line.bare) <= {"_", "＿"} and line.index in between)
    ]
    return left_out(drawn, "用字符画的线", "整行是画线的字符")


def draft_marks(_: SourceSetting, lines: Sequence[FrameLine], __: Taken) -> Taken:
    """征求意见稿 above mark and title, beside 密级 and the like: no element of a document."""
    worded = [line for line in lines if line.is_words and line.room in (Room.TEXT, Room.FRAME)]
    above = [*takewhile(_may_be_above_mark, worded)]
    if len(above) == len(worded):
        return {}
    its = [line for line in above if DRAFT.fullmatch(line.bare) and line.role is None]
    question = "稿次没有写进内容；要印出来的，请写在标题后面的括号里。"
    reason = "单独一行，在标志和标题之上"
    made = Known(Role.LEFT_OUT, Certainty.ASKED, reason, question, "稿次")
    return {line.index: made for line in its}


def _may_be_above_mark(line: FrameLine) -> bool:
    patterns = (DRAFT, COPY_NUMBER, CLASSIFICATION, URGENCY)
    return any(each.fullmatch(line.bare) for each in patterns)


def without_text(_: SourceSetting, lines: Sequence[FrameLine], __: Taken) -> Taken:
    """（此页无正文）: pages are made anew."""
    its = [line for line in lines if line.is_words and NO_TEXT.fullmatch(line.bare)]
    return left_out(its, "此页无正文", "排印时另分页，不需要这一句")


def published_by(setting: SourceSetting, lines: Sequence[FrameLine], _: Taken) -> Taken:
    """Who put a page on its site, among the last lines: 责任编辑：…, 来源：… 审核：…."""
    last = [line for line in lines if line.is_words][-_LAST:]
    patterns = (_EDITED, _EDITED_ON_PAGE) if setting.source.called == PAGE else (_EDITED,)
    its = [line for line in last if any(each.fullmatch(line.words) for each in patterns)]
    return left_out(its, "网站的编辑、审核", "在文末，是网站发布的记录")


def heads_and_feet(setting: SourceSetting, lines: Sequence[FrameLine], _: Taken) -> Taken:
    """What stands in 页眉 and 页脚 and is no element of the frame."""
    beside = [
        line for line in lines if line.room in (Room.HEADER, Room.FOOTER) and not _is_of_frame(line)
    ]
    return left_out(beside, "页眉页脚", "在页眉、页脚里，每页重复")


def _is_of_frame(line: FrameLine) -> bool:
    if line.role is not None or line.is_red or not line.is_words:
        return True
    if NUMBER.fullmatch(line.bare) or COPIES.fullmatch(line.bare) or SIGNERS.match(line.bare):
        return True
    return bool(PRINTED.fullmatch(line.words))
