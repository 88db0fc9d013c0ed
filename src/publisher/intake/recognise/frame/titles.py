"""Lines from a place on → those that are one title; titles → what they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from publisher.intake.recognise.frame.lines import FrameLine
from publisher.intake.recognise.frame.taking import SourceSetting
from publisher.intake.result import Role
from publisher.words.elements import (
    CONTENTS_TITLE,
    IN_BRACKETS,
    LABEL,
    NUMBER,
    bare,
    kind_of,
    may_be_recipients,
    signed_day,
)
from publisher.words.numbering import typed
from publisher.words.numerals import COUNTED

_LONGEST_LINE = 60
_MOST_LINES = 6
_MOST_BY_WORDS = 4
"""Lines of a title that its words alone tell."""
_SAME_SIZE = 1.0
_LARGER = 1.0
_NUMBERED = re.compile(
    rf"{typed()}|[0-9]+(?:[.．][0-9]+)+|[0-9]{{1,2}}[\s\u3000]+\S|第[{COUNTED}]+[章节条]"
)
_ENDINGS = (
    "方案|办法|规定|细则|意见|要点|计划|规划|预案|清单|表|名单|条例|章程|指南|规则|制度|准则|标准|规范|"
    "目录|纲要|报告|说明|通知|通报|公告|通告|决定|决议|请示|批复|函|纪要|议案|倡议书|须知|要求|分工|措施|"
    "目标|图|书|公约|守则|大纲|流程|汇总|情况|台账|指引|导则|讲话|简介|安排|总结|协议|合同|样式|格式|模板"
)
_ENDS = re.compile(f"(?:{_ENDINGS})(?:[（(〔].{{1,24}}[）)〕])?$")


_USUAL = 12.0
"""Points of text of whose size nobody says anything, as on most pages."""


def is_title_words(words: str) -> bool:
    """Whether words may stand in a title: short, and no sentence."""
    plain = bare(words)
    if (
        not plain
        or len(plain) > _LONGEST_LINE
        or plain.endswith(("。", "；", "：", ":", "，", "、"))
    ):
        return False
    if NUMBER.fullmatch(plain) or LABEL.fullmatch(plain) or signed_day(words):
        return False
    if CONTENTS_TITLE.fullmatch(plain) or _NUMBERED.match(words.strip()):
        return False
    return not IN_BRACKETS.fullmatch(plain)


def looks_like_title(setting: SourceSetting, line: FrameLine) -> bool:
    """Whether a line is large and stands free as titles do."""
    if not is_title_words(line.words) or (line.is_styled and line.role is None):
        return False
    if line.role in (Role.TITLE, Role.ISSUED_TITLE, Role.ATTACHMENT_TITLE):
        return True
    is_larger = line.size > (setting.looks.size or _USUAL) + _LARGER
    return is_larger and (line.is_centred or line.size >= setting.looks.largest - _SAME_SIZE)


def squeezed(words: str) -> str:
    """Words as titles are compared: without blanks and 书名号 around them."""
    plain = bare(words)
    if plain.startswith("《") and plain.endswith("》") and plain.count("《") == 1:
        plain = plain[1:-1]
    return re.sub(r"[.．](?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|jpe?g|png)$", "", plain)


def title_of(
    setting: SourceSetting, lines: Sequence[FrameLine], start: int, wanted: Iterable[str] = ()
) -> list[FrameLine]:
    """The lines from `start` that are one title: as one is named elsewhere, by looks, by words."""
    first = lines[start]
    if first.role in (Role.TITLE, Role.ISSUED_TITLE, Role.ATTACHMENT_TITLE):
        return [first]
    following = lines[start : start + _MOST_LINES]
    if run := _as_named(following, frozenset(wanted)):
        return run
    if looks_like_title(setting, first):
        return _while_alike(following, lambda line: looks_like_title(setting, line))
    if first.is_centred:
        return _while_alike(following, lambda line: line.is_centred and is_title_words(line.words))
    return _by_words(setting, following)


def _as_named(lines: Sequence[FrameLine], wanted: frozenset[str]) -> list[FrameLine]:
    joined = ""
    for count, line in enumerate(lines, 1):
        joined += line.bare
        if joined and squeezed(joined) in wanted:
            return list(lines[:count])
    return []


def _while_alike(lines: Sequence[FrameLine], fits: object) -> list[FrameLine]:
    assert callable(fits)
    first, *below = lines
    run = [first]
    for line in below:
        if not fits(line) or line.begins_page or line.blank_above > 1:
            break
        if abs(line.size - first.size) > _SAME_SIZE or line.is_red != first.is_red:
            break
        run.append(line)
    return run


def _by_words(setting: SourceSetting, lines: Sequence[FrameLine]) -> list[FrameLine]:
    """Lines up to one that ends as titles do, or all that may stand in one."""
    run: list[FrameLine] = []
    for line in lines[:_MOST_BY_WORDS]:
        is_in = is_title_words(line.words) and not may_be_recipients(line.words)
        if not is_in or (run and (line.begins_page or _is_in_text(setting, line))):
            break
        run.append(line)
        if _ENDS.search(line.bare):
            break
    if run and not _ENDS.search(run[-1].bare):
        return run[:1]
    return run or list(lines[:1])


def _is_in_text(setting: SourceSetting, line: FrameLine) -> bool:
    return setting.looks.is_indented and line.lead >= 1 and not line.is_centred


def title_words(lines: Sequence[FrameLine]) -> str:
    """A title as an author writes it: a line each, without the blanks that only spread it."""
    words = [part for line in lines for part in line.words.split("\n")]
    return "\n".join(filter(None, (_narrow(part.strip(" \t\u3000")) for part in words)))


def _narrow(words: str) -> str:
    if re.fullmatch(r"(?:\S[ \u3000]+){2,}\S", words):
        return bare(words)
    return words


# -- what a title names -----------------------------------------------------------------------

_ISSUES = re.compile(
    "(?:印发|发布|公布|转发|批转|下发|颁布|颁发|实施)"
    f"(?P<names>.+?)(?:等[0-9{COUNTED}]*[个项件]?"
    "(?:文件|办法|制度|方案)?)?的(?:通知|函|命令|令|公告|通告|决定|批复|意见)$"
)
_BOOK = re.compile("《(?P<name>(?:[^《》]|《[^《》]*》)*)》")


def issued_names(title: str) -> list[str]:
    """What a title says that it issues: 《…》, or the words between 印发 and 的通知."""
    plain = bare(title)
    match = _ISSUES.search(plain)
    if match is None:
        return []
    books = books_in(match["names"])
    if books:
        return books
    words = match["names"]
    inner = re.search("(?:关于|国家|教委|部|局|厅|委|办)(关于.+)", words)
    return [words, *([inner[1]] if inner else ())]


def books_in(words: str) -> list[str]:
    """What stands in 《》."""
    return [match["name"] for match in _BOOK.finditer(bare(words))]


def is_of_kind(title: str) -> bool:
    """Whether a title ends with a 文种."""
    return kind_of(title) is not None
