"""A paragraph → whether it looks as the red 发文机关标志 does."""

from __future__ import annotations

import re

from publisher.intake.source import SourceParagraph
from publisher.words.elements import MARK_SUFFIXES, bare, may_be_organ

LONGEST_MARK = 40
"""Characters of a line of it."""
NO_MARK = re.compile("关于|[>＞»：:/|]")
"""What stands in titles and in the paths of sites, and in no mark."""


def is_red(paragraph: SourceParagraph) -> bool:
    """Whether a paragraph may be of a mark by its colour: red, of short lines, and no title."""
    lines = [bare(line) for line in paragraph.words.split("\n")]
    is_short = all(len(line) <= LONGEST_MARK for line in lines)
    return paragraph.main_run.is_red and is_short and not NO_MARK.search("".join(lines))


def is_red_mark(paragraph: SourceParagraph) -> bool:
    """Whether it is one by its words too: they name an organ, or end with 文件, 令 or 纪要."""
    words = bare(paragraph.words)
    return is_red(paragraph) and (words.endswith(MARK_SUFFIXES) or may_be_organ(words))
