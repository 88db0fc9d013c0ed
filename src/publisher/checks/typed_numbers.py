"""Headings, items and paragraphs → numbers that an author typed: printed twice, or not counted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.checks.review import review
from publisher.diagnostics import Finding
from publisher.model import Document, Heading, Item, LevelForm, Paragraph, Place, Prose, plain
from publisher.words.numbering import Counter as Counts
from publisher.words.numbering import typed_label
from publisher.words.sentences import SENTENCE_ENDS, open_quotations

_OF_REGULATIONS = (LevelForm.CHAPTER, LevelForm.SECTION, LevelForm.ARTICLE)
_ESCAPED = re.compile(r"\s*[0-9]+\\[.)]")
"""How `1.` is typed where it is meant as it stands."""
_WITH_TITLES = (LevelForm.PART, LevelForm.CLAUSE)
"""Forms whose headings are set apart by their face."""
_LEAD = re.compile(f"[^，；：{SENTENCE_ENDS}]{{1,16}}(?:[{SENTENCE_ENDS}]|$)")
_Block = Heading | Item | Paragraph


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number that stands before the words of a block."""

    block: _Block
    label: str
    """As it was typed."""
    form: LevelForm
    value: tuple[int, ...]
    """What it counts to; of 2.1.3 each part."""

    @classmethod
    def before(cls, block: _Block) -> TypedNumber | None:
        """The number at the beginning of a block; None where it begins with words."""
        words = plain(block.content)
        if _ESCAPED.match(block.lines[0][0] if block.lines else ""):
            return None
        made = typed_label(words, may_head=isinstance(block, Heading))
        return cls(block, made.label, made.form, made.value) if made else None

    @property
    def is_doubled(self) -> bool:
        """Whether its block has a number of its own."""
        return not isinstance(self.block, Paragraph)

    def is_of_heading(self, text: Prose) -> bool:
        """Whether a paragraph begins as one that is a heading, or has one that it runs in with."""
        words = plain(self.block.content)[len(self.label) :].strip()
        could_be = self.form in _WITH_TITLES and self.form in text.levels
        return (
            (could_be and bool(_LEAD.match(words)))
            or self.form in _OF_REGULATIONS
            or self.form.is_decimal
        )


# -- the check --------------------------------------------------------------------------


def typed_number(document: Document) -> Iterator[Finding]:
    """A heading, an item or a paragraph begins with a number that somebody typed: `# 一、总体要求`.

    Numbers are given when the document is set (7.3.3): before a heading or an item this one would
    stand twice, before a paragraph it does not count on when something is put in before it. Make a
    paragraph that is a heading, or begins with one, a heading with `#`; one that is text from its
    first word an item with `1. `, whatever its number. Forms as 1.1, ① and 第一条 are named in
    层次. What is told of paragraphs is told once a text, with how many there are, and where a
    number does not follow the one before it. 一是……二是……, 第一，…… and 一、二季度 are words, and
    what is quoted over several paragraphs keeps its numbers.
    """
    for text in document.proses:
        unnumbered = []
        for number in _numbers(text):
            if number.is_doubled and not _is_of_unnumbered(number, text):
                yield _twice(number)
            else:
                unnumbered.append(number)
        yield from _by_hand(unnumbered, text)
        yield from _breaks(text, unnumbered)


def _numbers(text: Prose) -> Iterator[TypedNumber]:
    """The typed numbers of a text, but those within a quotation that began further above."""
    quoted = open_quotations(plain(block.content) for block in text.blocks)
    for block, is_quoted in zip(text.blocks, quoted, strict=True):
        if isinstance(block, _Block) and not is_quoted and (number := TypedNumber.before(block)):
            yield number


def _is_of_unnumbered(number: TypedNumber, text: Prose) -> bool:
    """Whether a number stands before a heading of a level without numbers."""
    block = number.block
    return isinstance(block, Heading) and text.levels[block.level - 1] is LevelForm.UNNUMBERED


def _twice(number: TypedNumber) -> Finding:
    what = "标题" if isinstance(number.block, Heading) else "条目"
    return _finding(
        number.block.place,
        f"{what}前写了序号“{number.label}”，印出时会有两个序号",
        "请删去手写的序号，序号由程序统一编排。",
    )


def _by_hand(numbers: list[TypedNumber], text: Prose) -> Iterator[Finding]:
    """A finding for all numbers of a text that the same would mend."""
    of_items = {number.form for number in numbers if not number.is_of_heading(text)}
    of_items |= _without_level_above(numbers, text)
    by_advice: dict[str, list[TypedNumber]] = defaultdict(list)
    for number in numbers:
        is_heading = number.is_of_heading(text) and number.form not in of_items
        advice = _as_heading(number, text) if is_heading or number.is_doubled else _AS_ITEM
        by_advice[advice].append(number)
    for advice, alike in by_advice.items():
        count = f"（本文共 {len(alike)} 处）" if len(alike) > 1 else ""
        message = f"手写了序号“{alike[0].label}”，不会随增删重新编号{count}"
        yield _finding(alike[0].block.place, message, advice)


def _without_level_above(numbers: list[TypedNumber], text: Prose) -> set[LevelForm]:
    """Forms of levels above which nothing is numbered: a heading of such a level would skip one."""
    there = {block.level for block in text.blocks if isinstance(block, Heading)}
    there |= {text.levels.index(each.form) + 1 for each in numbers if each.form in text.levels}
    return {form for level, form in enumerate(text.levels) if level and level not in there}


_AS_ITEM = (
    "请改成条目：行首不论第几项都写“1. ”，序号由程序按层次编排；属于上一项的，再缩进三格；"
    "是标题的用“#”。"
)


def _as_heading(number: TypedNumber, text: Prose) -> str:
    if number.form in text.levels:
        marks = "#" * (text.levels.index(number.form) + 1)
        return f"请改成标题：行首写“{marks}”，不写序号；以句号结尾的标题与下文接排。"
    levels = "层次: [1, 1.1, 1.1.1]" if number.form.is_decimal else f"层次: [{number.form.value}]"
    return f"请在文件信息里写明各级的序号，例如“{levels}”，再改成标题：行首写“#”“##”，不写序号。"


def _breaks(text: Prose, numbers: list[TypedNumber]) -> Iterator[Finding]:
    """Where numbers typed by hand do not count on.

    Each follows the one of its form, or begins anew with 1; those of headings count with them.
    """
    by_place = {number.block.place: number for number in numbers}
    latest: dict[LevelForm, tuple[int, ...]] = {}
    counted = Counts(text)
    for block in text.blocks:
        if isinstance(block, Heading):
            form = counted.heading(block).form
            latest[form] = (counted.count(block.level),)
        number = by_place.get(block.place)
        if number is None:
            continue
        before = latest.get(number.form)
        latest[number.form] = number.value
        if not _follows(number.value, before):
            shown = ".".join(map(str, before or ()))
            there = f"没有接着上一个的“{shown}”" if before else "之前没有上一个"
            hint = "请核对是否漏了、重了或错了序号。"
            yield _finding(block.place, f"手写的序号“{number.label}”{there}", hint)


def _follows(value: tuple[int, ...], before: tuple[int, ...] | None) -> bool:
    return value[-1] == 1 or (before is not None and value == (*before[:-1], before[-1] + 1))


def _finding(place: Place, message: str, hint: str) -> Finding:
    return review("typed_number", place, message, hint)
