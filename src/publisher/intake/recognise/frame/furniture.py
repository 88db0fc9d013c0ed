"""Lines → what stands beside the text: page numbers, drawn lines, heads and feet of pages."""

from __future__ import annotations

from collections.abc import Sequence

from publisher.intake.recognise.frame.lines import FrameLine
from publisher.intake.recognise.frame.taking import SourceSetting, Taken, left_out
from publisher.intake.source import Room
from publisher.words.elements import (
    COPIES,
    NUMBER,
    PAGE_NUMBER,
    PRINTED,
    RULE,
    SIGNERS,
)


def page_numbers(_: SourceSetting, lines: Sequence[FrameLine], __: Taken) -> Taken:
    """— 1 — in a foot, or typed on a line of its own."""
    typed = [line for line in lines if line.is_words and PAGE_NUMBER.fullmatch(line.bare)]
    in_foot = [line for line in lines if line.room is Room.FOOTER and line.bare.isdecimal()]
    return left_out([*typed, *in_foot], "页码", "单独一行，是页码的写法")


def rules(_: SourceSetting, lines: Sequence[FrameLine], __: Taken) -> Taken:
    """A row of characters that draws a line: 版头 and 版记 have lines of their own."""
    drawn = [line for line in lines if line.is_words and RULE.fullmatch(line.bare)]
    return left_out(drawn, "用字符画的线", "整行是画线的字符")


def heads_and_feet(setting: SourceSetting, lines: Sequence[FrameLine], _: Taken) -> Taken:
    """What stands in 页眉 and 页脚 and is no element of the frame."""
    beside = [
        line for line in lines if line.room in (Room.HEADER, Room.FOOTER) and not _is_of_frame(line)
    ]
    return left_out(beside, "页眉页脚", "在页眉、页脚里，每页重复")


def _is_of_frame(line: FrameLine) -> bool:
    if line.role is not None or line.main_run.is_red or not line.is_words:
        return True
    if NUMBER.fullmatch(line.bare) or COPIES.fullmatch(line.bare) or SIGNERS.match(line.bare):
        return True
    return bool(PRINTED.fullmatch(line.words))
