"""Headings and paragraphs → numbers that an author typed: printed twice, or not counted on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass

from publisher.checks.review import review
from publisher.diagnostics import Finding
from publisher.model import Document, Heading, LevelForm, Place, Prose, plain
from publisher.words.numbering import Counter as Counts
from publisher.words.numbering import typed
from publisher.words.numerals import COUNTED, value_of
from publisher.words.sentences import SENTENCE_ENDS

_FORMS: tuple[tuple[LevelForm | None, str], ...] = (
    (LevelForm.PART, f"{typed(LevelForm.PART)}(?![{COUNTED}])"),
    (LevelForm.CLAUSE, typed(LevelForm.CLAUSE)),
    (LevelForm.CHAPTER, typed(LevelForm.CHAPTER)),
    (LevelForm.SECTION, rf"{typed(LevelForm.SECTION)}(?=\s)"),
    (LevelForm.ARTICLE, rf"{typed(LevelForm.ARTICLE)}(?=\s)"),
    (None, r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}(?=\s)"),
    (LevelForm.ITEM, typed(LevelForm.ITEM)),
    (LevelForm.SUBITEM, typed(LevelForm.SUBITEM)),
)
_OF_HEADINGS = ((None, r"[0-9]{1,2}(?=\u3000)"), (None, "[①-⑳]"))
"""What only before a heading is its number."""
_PART = re.compile(f"[0-9]+|[{COUNTED}]+|[①-⑳]")


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number that stands before the words of a block."""

    label: str
    """As it was typed."""
    form: LevelForm | None
    """The level that is numbered so; None where none can be."""
    value: tuple[int, ...]
    """What it counts to; of 2.1.3 each part."""
    gap: str
    """The blanks behind it."""

    @classmethod
    def before(cls, words: str, *, is_heading: bool) -> TypedNumber | None:
        """The number at the beginning of words; None where they begin with words."""
        for form, pattern in (*_FORMS, *(_OF_HEADINGS if is_heading else ())):
            if match := re.match(pattern, words):
                label = match[0]
                gap = words[len(label) : len(words) - len(words[len(label) :].lstrip())]
                is_of_list = form is LevelForm.ITEM and gap and not is_heading  # of Markdown's
                value = () if is_of_list else _value(label)
                return cls(label, form, value, gap) if value else None
        return None


def _value(label: str) -> tuple[int, ...]:
    """What a number counts to, each part of 2.1.3; nothing where it is none, as 二十十."""
    parts = [value_of(part) for part in _PART.findall(label)]
    return () if None in parts else tuple(part for part in parts if part is not None)


# -- the check --------------------------------------------------------------------------


def typed_number(document: Document) -> Iterator[Finding]:
    """A heading or a paragraph begins with a number that somebody typed, as `# 一、总体要求`.

    Numbers are given when the document is set (7.3.3): before a heading this one would stand twice,
    before a paragraph it does not count on when something is put in before it. Delete it; make a
    paragraph that is a heading, or begins with one, a heading with `#`. Items that are whole
    paragraphs, and forms as 1.1, cannot be numbered by the program yet: they are printed as they
    were typed, so this is told once a text, and where a number does not follow the one before it.
    一是……二是……, 第一，…… and 一、二季度 are words.
    """
    for text in document.proses:
        numbered = list(_numbered(text))
        items = {block.number.form for block in numbered if not block.is_like_heading(text)}
        by_hand = []
        for block in numbered:
            if block.is_by_hand(text, items):
                by_hand.append(block)
            else:
                yield _twice(block) if block.is_heading else _heading(block)
        if by_hand:
            yield _by_hand(by_hand)
        yield from _breaks(text, by_hand)


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A block that begins with a number."""

    place: Place
    number: TypedNumber
    words: str
    """What stands behind the number."""
    level: LevelForm | None
    """The form of its level, where it is a heading."""

    @property
    def is_heading(self) -> bool:
        return self.level is not None

    def is_like_heading(self, text: Prose) -> bool:
        """Whether it is a heading, or could be one of the text's levels, with words that run in."""
        could_be = self.number.form in text.levels and bool(_LEAD.match(self.words))
        return could_be or self.number.form in _OF_REGULATIONS or self.is_heading

    def is_by_hand(self, text: Prose, items: Container[LevelForm | None]) -> bool:
        """Whether the number can only be typed: no level counts so, or whole paragraphs have it."""
        if self.is_heading:
            return self.level is LevelForm.UNNUMBERED
        return not self.is_like_heading(text) or self.number.form in items


_LEAD = re.compile(f"[^，；：{SENTENCE_ENDS}]{{1,16}}(?:[{SENTENCE_ENDS}]|$)")
_OF_REGULATIONS = (LevelForm.CHAPTER, LevelForm.SECTION, LevelForm.ARTICLE)


def _numbered(text: Prose) -> Iterator[_Numbered]:
    for block in text.blocks:
        words = plain(block.content)
        is_heading = isinstance(block, Heading)
        number = TypedNumber.before(words, is_heading=is_heading)
        if number:
            level = text.levels[block.level - 1] if isinstance(block, Heading) else None
            yield _Numbered(block.place, number, words[len(number.label) :].strip(), level)


def _twice(block: _Numbered) -> Finding:
    return _finding(
        block.place,
        f"标题前写了序号“{block.number.label}”，印出时会有两个序号",
        "请删去手写的序号，序号由程序统一编排。",
    )


def _heading(block: _Numbered) -> Finding:
    return _finding(
        block.place,
        f"段首手写了序号“{block.number.label}”，不会随增删重新编号",
        "请改成标题：行首写“#”，不写序号；以句号结尾的标题与下文接排。",
    )


def _by_hand(numbered: list[_Numbered]) -> Finding:
    first = numbered[0]
    count = f"（本文共 {len(numbered)} 处）" if len(numbered) > 1 else ""
    return _finding(
        first.place,
        f"手写了序号“{first.number.label}”，不会随增删重新编号{count}",
        "整段的条目和 1.1 这样的序号现在还不能由程序编排：照样印出，增删以后请自己核对序号。",
    )


def _breaks(text: Prose, by_hand: list[_Numbered]) -> Iterator[Finding]:
    """Where numbers typed by hand do not count on, or are set off by other blanks than the rest.

    Each follows the one of its form, or begins anew with 1; those of headings count with them.
    """
    by_place = {numbered.place: numbered for numbered in by_hand}
    gaps = Counter(numbered.number.gap for numbered in by_hand if len(numbered.number.value) > 1)
    latest: dict[tuple[LevelForm | None, int], tuple[int, ...]] = {}
    counted = Counts(text)
    for block in text.blocks:
        numbered = by_place.get(block.place)
        if isinstance(block, Heading):
            form = counted.heading(block).form
            latest[form, 1] = (counted.count(block.level),)
        if numbered is None:
            continue
        number = numbered.number
        before = latest.get((number.form, len(number.value)))
        latest[number.form, len(number.value)] = number.value
        if not _follows(number.value, before):
            there = f"没有接着上一个的“{before[-1]}”" if before else "之前没有上一个"
            hint = "请核对是否漏了、重了或错了序号。"
            yield _finding(numbered.place, f"手写的序号“{number.label}”{there}", hint)
        if len(number.value) > 1 and 2 * gaps[number.gap] < gaps.total():
            what = f"手写的序号“{number.label}”后面的空格与别处不同"
            yield _finding(numbered.place, what, "请改成同一种空格。")


def _follows(value: tuple[int, ...], before: tuple[int, ...] | None) -> bool:
    return value[-1] == 1 or (before is not None and value == (*before[:-1], before[-1] + 1))


def _finding(place: Place, message: str, hint: str) -> Finding:
    return review("typed_number", place, message, hint)
