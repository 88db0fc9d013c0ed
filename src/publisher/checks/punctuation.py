"""Chinese text → wrong punctuation, as far as a program can be sure (GB/T 15834-2011)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from publisher.checks.lines import (
    HAN,
    Line,
    Locate,
    around,
    matches,
    passage_of,
    passages,
    running_text,
    shown,
    titles,
    with_match,
    wordings_with,
)
from publisher.checks.numerals import WRONG_YEAR_BRACKETS
from publisher.checks.review import review
from publisher.diagnostics import Finding
from publisher.model import ColumnRole, Document, Heading, LevelForm
from publisher.words.numerals import COUNTED

_HINTS = {
    **{
        half: f"请改为全角“{full}”。"
        for half, full in zip(",;:?!()", "，；：？！（）", strict=True)
    },
    '"': "请改为中文的双引号 “ ”。",
    "'": "请改为中文的单引号 ‘ ’。",
    ".": "句末请改为“。”，序号后改为“、”，姓名中改为“·”。",
}
_BEFORE, _AFTER = f"{HAN}”’》）", f"{HAN}“‘《（"
"""Between what and before what a mark is one of a Chinese sentence."""
_HALF_WIDTH = re.compile(
    rf"(?<=[{_BEFORE}])[,;:?!]|[,;:?!](?=[{_AFTER}])"
    # Seconds and inches stand behind digits.
    rf"|(?<=[{_BEFORE}，。；：、])[\"']|(?<![0-9])[\"'](?=[{_AFTER}，。；：、])"
    rf"|(?<=[{_BEFORE}])\.(?=[{_AFTER}”’）]|$)"
)
_HALF = re.compile("[,;:?!.()\"']")
"""Without any of them there is nothing to find."""


def half_width_punctuation(document: Document) -> Iterator[Finding]:
    """A half-width mark stands beside a Chinese character: `,` `;` `:` `?` `!` `.` `(` `)` `"` `'`.

    Chinese text takes full-width marks (GB/T 15834-2011, 4.1 to 4.9). Type the full-width one.
    Marks of numbers, Latin words, formulas, addresses and names of files are not meant, as in
    `1+1+3+N`, `9:30`, `f(x)` or `附件(1).docx`. Neither is a full stop between Chinese and a digit.
    """
    for words, locate in with_match(_HALF, passages(document)):
        marks = {match.start(): match[0] for match in _HALF_WIDTH.finditer(words)}
        marks |= _half_width_brackets(words)
        for at, mark in sorted(marks.items()):
            yield review(
                "half_width_punctuation",
                locate(at),
                f"中文里用了半角标点“{mark}”：{around(words, at, at + 1)}",
                _HINTS[mark],
            )


def _half_width_brackets(words: str) -> dict[int, str]:
    """Half-width brackets around or behind Chinese, or paired with a full-width one."""
    if "(" not in words and ")" not in words:
        return {}
    numbers = [match.span() for match in WRONG_YEAR_BRACKETS.finditer(words)]
    pairs, alone = _pairs(words)
    wrong: list[int] = []
    for start, end in pairs:
        inside, before = words[start + 1 : end], words[start - 1 : start]
        chinese = re.search(f"[{HAN}，。；、]", inside) or re.match(f"[{_BEFORE}]", before)
        if chinese or "（" in words[start] or "）" in words[end]:
            wrong += [start, end]
    wrong += [at for at in alone if re.match(f"[{_BEFORE}]", words[at - 1 : at])]
    return {
        at: words[at]
        for at in wrong
        if words[at] in "()" and not any(start <= at < end for start, end in numbers)
    }


# -- pairs --------------------------------------------------------------------------------

_OPENS = {"”": "“", "’": "‘", "）": "（", "》": "《", "〉": "〈", "〕": "〔", "】": "【"}
_CLOSES = {opening: closing for closing, opening in _OPENS.items()}
_SAME = str.maketrans("()", "（）")
"""A half-width bracket that belongs to a full-width one is a pair: its width is told elsewhere."""
_NO_HALF = re.compile(
    rf"(?:^|(?<=[\s，。；：、！？“]))[0-9A-Za-z{COUNTED}]{{1,3}}[)）]"
    r"|(?<=[0-9A-Za-z])’|[‘’](?=[0-9]{2}(?![0-9]))"
)
"""Numbers as `1）`, and apostrophes; the mark is the last character."""


def _pairs(words: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Where marks that belong together stand, and where those that belong to none."""
    pairs: list[tuple[int, int]] = []
    alone: list[int] = []
    open_marks: list[tuple[str, int]] = []
    waiting = Counter[str]()
    for at, mark in enumerate(words.translate(_SAME)):
        if mark in _CLOSES:
            open_marks.append((mark, at))
            waiting[mark] += 1
        elif mark in _OPENS and not waiting[_OPENS[mark]]:
            alone.append(at)
        elif mark in _OPENS:
            opening, start = open_marks.pop()
            while opening != _OPENS[mark]:
                waiting[opening] -= 1
                alone.append(start)
                opening, start = open_marks.pop()
            waiting[opening] -= 1
            pairs.append((start, at))
    no_halves = {match.end() - 1 for match in _NO_HALF.finditer(words)}
    for match in WRONG_YEAR_BRACKETS.finditer(words):  # told as `year_brackets`
        no_halves.update(range(*match.span()))
    return pairs, sorted({*alone, *(at for _, at in open_marks)} - no_halves)


_MARKS = re.compile(f"[{''.join(_OPENS)}{''.join(_CLOSES)}()]")


def unpaired_mark(document: Document) -> Iterator[Finding]:
    """A quotation mark, bracket or 《 》 lacks its other half, or crosses another pair.

    Such marks enclose what they are about (GB/T 15834-2011, 4.8, 4.9 and 4.15); each pair is looked
    for in one paragraph, heading, title or cell. Type the half that is missing; take a look at the
    direction of quotation marks too, as in `“甲“`. Not meant: `1）` and `a)` as numbers, `’` as
    an apostrophe, and a quotation of several paragraphs, each of which begins with `“` (4.8.3.4).
    """
    lines = passages(document)
    with_marks = wordings_with(_MARKS, lines)
    for (words, locate), (below, _) in pairwise((*lines, ("", lambda at: document.place))):
        if words not in with_marks:
            continue
        alone = _pairs(words)[1]
        if alone and words[alone[-1]] == below[:1] == "“":
            alone.pop()
        for at in alone:
            mark = words[at]
            half = {**_OPENS, **_CLOSES, "(": ")", ")": "("}[mark]
            yield review(
                "unpaired_mark",
                locate(at),
                f"{mark} 没有配对的 {half}，或者与别的标点交叉：{around(words, at, at + 1)}",
                "请补上缺少的一半，或删去多余的；引号请看方向是否打反。",
            )


_TWO_OPEN = re.compile("“[^“]*“|《[^《]*《")
_NESTED = {"“": "里层的引号请改为单引号 ‘ ’。", "《": "里层的书名号请改为单书名号 〈 〉。"}


def nested_mark(document: Document) -> Iterator[Finding]:
    """Double marks stand inside the same double marks, as `《关于印发《办法》的通知》`.

    Inside “ ” quotation marks are ‘ ’ (GB/T 15834-2011, 4.8.3.3), inside 《 》 they are 〈 〉
    (4.15). Type single marks inside. Brackets inside brackets are not meant.
    """
    for words, locate in with_match(_TWO_OPEN, passages(document)):
        ends = dict.fromkeys(_NESTED, 0)
        for start, end in sorted(_pairs(words)[0]):
            mark = words[start]
            if mark in _NESTED and end < ends[mark]:
                both = f"{mark} {_CLOSES[mark]}"
                what = f"{both} 里又用了 {both}"
                yield review("nested_mark", locate(start), what, _NESTED[mark])
            if mark in _NESTED:
                ends[mark] = max(ends[mark], end)


_LESS = re.compile("[<＜]")
_HALF_TITLE = re.compile(
    f"<<[^<>《》]*[{HAN}][^<>《》]*>>"
    # Between < and > of numbers stands no title.
    f"|[<＜](?:[{HAN}“]|20[0-9]{{2}}年)[^<>＜＞《》]*[{HAN}）”][>＞](?![0-9])"
)


def half_width_title_mark(document: Document) -> Iterator[Finding]:
    """A title stands in < > instead of 《 》 or 〈 〉, as in `《关于印发<办法>的通知》`.

    Titles stand in 《 》, and a title inside a title in 〈 〉 (GB/T 15834-2011, 4.15); < and > are
    signs of less and more. Type the right marks, which are characters of their own.
    """
    for words, locate in with_match(_LESS, passages(document)):
        within = [title.span() for title in _WHOLE_TITLE.finditer(words)]
        for match in _HALF_TITLE.finditer(words):
            is_inner = any(start < match.start() < end for start, end in within)
            marks = "〈 〉" if is_inner else "《 》"
            yield review(
                "half_width_title_mark",
                locate(match.start()),
                f"书名用了“< >”：{around(words, match.start(), match.start() + 1)}",
                f"请改为{'单书名号' if is_inner else '书名号'} {marks}。",
            )


_WHOLE_TITLE = re.compile("《[^》]*》")

# -- stops --------------------------------------------------------------------------------

_ALONE = (LevelForm.PART, LevelForm.CHAPTER, LevelForm.SECTION)
"""Headings that are no item of an enumeration."""


def stop_at_end_of_title(document: Document) -> Iterator[Finding]:
    """A title ends in a stop, or a heading in a mark after which something should follow.

    A title has no stop at its end (GB/T 9704 7.3.1). A heading that ends in 。, ！ or ？ runs in,
    so that is right; one that ends in ， or 、 goes nowhere, and so does one of the forms 一、,
    第一章 and 第一节 that ends in ； or ：. Delete the mark. Articles, and items as （一） and 1.,
    may end in ； or ： where they enumerate. ！ and ？ at the end of a title are not meant.
    """
    for words, locate in titles(document):
        if words.endswith(tuple("。，；：、,;:")):
            yield _stop_at_end("标题", words, locate)
    for text in document.proses:
        for block in text.blocks:
            if isinstance(block, Heading):
                form = text.levels[block.level - 1]
                words, locate = passage_of(block)
                if words.endswith(tuple("，、；：" if form in _ALONE else "，、")):
                    yield _stop_at_end("小标题", words, locate)


def _stop_at_end(what: str, words: str, locate: Locate) -> Finding:
    message = f"{what}末尾不用“{words[-1]}”"
    place = locate(len(words) - 1)
    hint = "请删去末尾的标点。"
    if what == "小标题" and words[-1] == "：":
        hint += "“名称：内容”的条目请写成“1. **名称：**内容”，序号由程序编排。"
    return review("stop_at_end_of_title", place, message, hint)


_MEMBER = "(?:《[^《》]*》|“[^“”]*”)"
_SERIES = re.compile(f"(?<!、){_MEMBER}(?:、{_MEMBER})+(?![、（(和与及])")
_NEEDLESS = re.compile("(?<=》)、(?=《)|(?<=”)、(?=“)")


def comma_between_titles(document: Document) -> Iterator[Finding]:
    """A 、 stands between 》 and 《, or between ” and “, which part the members by themselves.

    Between members in the same marks none is needed as a rule (GB/T 15834-2011, 4.5.3.5). Delete
    it. Where something stands between, as in 《甲》（2020年）、《乙》, or where other members of
    the series have no such marks, the 、 is right and not meant.
    """
    for match, locate in matches(_SERIES, document):
        for needless in _NEEDLESS.finditer(match[0]):
            below = re.match(_MEMBER, match[0][needless.end() :])
            named = shown(below[0]) if below else ""
            yield review(
                "comma_between_titles",
                locate(match.start() + needless.start()),
                f"{named}前通常不用顿号，书名号、引号已经分开了并列的各项",
                "请删去顿号。",
            )


_DOUBLED = re.compile("(?P<mark>[，、；：])(?P=mark)+|。。(?!。)(?<!。。。)|[，、；：。？！]{2,}")
_RIGHT_TOGETHER = re.compile("[？！]+|。{3,}")


def doubled_mark(document: Document) -> Iterator[Finding]:
    """Two stops stand side by side, as `，，`, `。。` or `，。`.

    A pause has one stop (GB/T 15834-2011, 5.1); mostly one was left behind by a change. Delete one.
    ？！ and ！！ together are right (4.2 and 4.3); a row of 。 is told as `wrong_ellipsis`.
    """
    for match, locate in matches(_DOUBLED, document):
        if not _RIGHT_TOGETHER.fullmatch(match[0]):
            what = f"“{match[0]}”是连在一起的点号：{around(match.string, *match.span())}"
            hint = "请只保留一个。"
            yield review("doubled_mark", locate(match.start()), what, hint)


_STRAY = re.compile("^[，、；：。？！]|[，、]$")


def stray_mark(document: Document) -> Iterator[Finding]:
    """A paragraph or cell begins with a stop, or ends in ， or 、.

    No line begins with a stop (GB/T 15834-2011, 5.1.1), and after ， and 、 something follows.
    Words may have been lost, or an empty line parts what belongs together. Headings and titles
    that end so are told as `stop_at_end_of_title`.
    """
    headings = {
        locate(len(words) - 1)
        for lines in (titles(document), _headings(document))
        for words, locate in lines
        if words.endswith(("，", "、"))
    }
    for match, locate in matches(_STRAY, document):
        place = locate(match.start())
        if match.start() == 0:
            what, hint = f"这一段以“{match[0]}”开头", "请核对前面是否漏了字，或者多分了一段。"
        elif place not in headings:
            what, hint = f"这一段以“{match[0]}”结束", "请核对后面是否漏了字，或者改用句号。"
        else:
            continue
        yield review("stray_mark", place, what, hint)


def _headings(document: Document) -> Iterator[Line]:
    for text in document.proses:
        yield from (passage_of(block) for block in text.blocks if isinstance(block, Heading))


# -- dashes, ellipses, blanks -------------------------------------------------------------

_CHINESE = f"{HAN}，、；：。？！“”‘’（）《》"
_DASH = re.compile(
    f"(?<=[{_CHINESE}])(?:-{{2,}}|[─―–－]{{2,}})(?=[{_CHINESE}])|^[—–―](?=[{_CHINESE}])"
)


def wrong_dash(document: Document) -> Iterator[Finding]:
    """A dash (破折号) is not the two wide —— that it should be.

    It is two characters wide (GB/T 15834-2011, 4.10.2 and 5.1.4). Type ——. Found are `--` and rows
    of other strokes between Chinese, and a single — at the beginning. A single — or - between words
    and numbers may join them, as in 2021—2025年 or 武汉—宜昌 (4.13), and is not meant.
    """
    for match, locate in matches(_DASH, document):
        what = f"破折号写成了“{match[0]}”：{around(match.string, *match.span())}"
        yield review("wrong_dash", locate(match.start()), what, "请改为占两个字的“——”。")


_ELLIPSIS = re.compile(
    rf"(?<=[{_CHINESE}])(?<!、)\.{{3,6}}(?![.0-9A-Za-z])|。{{3,}}"
    rf"|(?<=[{HAN}；：。？！])…(?=[{_CHINESE}]|$)(?<!……)(?!…)"
)
_AND_SO_ON = re.compile("……等(?![待候于到级同额值高闲你我他])")


def wrong_ellipsis(document: Document) -> Iterator[Finding]:
    """An ellipsis (省略号) is not the two wide …… that it should be, or 等 follows it.

    It is six points, two characters wide (GB/T 15834-2011, 4.11.2 and 5.1.5), and says the same as
    等 (annex B). Type ……, or keep one of …… and 等. Found are `...`, 。。。 and a single … behind
    Chinese; the three points of a formula, as in `A1，A2，…，An`, are not meant.
    """
    for match, locate in matches(_ELLIPSIS, document):
        what = f"省略号写成了“{match[0]}”：{around(match.string, *match.span())}"
        yield review("wrong_ellipsis", locate(match.start()), what, "请改为占两个字的“……”。")
    for match, locate in matches(_AND_SO_ON, document):
        what = f"省略号和“等”不能同时用：{around(match.string, *match.span())}"
        yield review("wrong_ellipsis", locate(match.start()), what, "请只保留其中一个。")


_TITLE = re.compile("《[^《》]*》")


_BLANK = re.compile(f"(?<=[{_CHINESE}])[ \xa0](?=[{_CHINESE}])")
_NAME_BEFORE = re.compile(f"(?:^|[\\s：])[{HAN}]{{1,3}}$|第[{HAN}0-9]{{1,5}}[编章节条款项]$")
_NAME_AFTER = re.compile(f"[{HAN}]{{1,3}}(?:$|[\\s：])")


def blank_between_chinese(document: Document) -> Iterator[Finding]:
    """A blank stands between Chinese characters of a text.

    Chinese has none between words, nor beside its marks, which bring their own room (GB/T
    15834-2011, 5.1); it is printed as a gap. Delete it. Not meant are wide blanks (U+3000), blanks
    between the organs of a cited title, several blanks to be filled in and all in a form (表头: 0),
    names that blanks space out or part from one another, 第一章 before its title, and all elements
    of the front matter.
    """
    for words, locate in running_text(document, (ColumnRole.TEXT,), with_forms=False):
        # In a cited title a blank parts organs that issue together.
        in_titles = {at for title in _TITLE.finditer(words) for at in range(*title.span())}
        for match in _BLANK.finditer(words):
            at = match.start()
            before, after = words[max(at - 12, 0) : at], words[at + 1 : at + 5]
            if at in in_titles:
                continue
            if not _NAME_BEFORE.search(before) and not _NAME_AFTER.match(after):
                what = f"“{words[at - 1]}”和“{words[at + 1]}”之间有空格"
                yield review("blank_between_chinese", locate(at), what, "请删去空格。")
