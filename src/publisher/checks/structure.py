"""Headings and items → what is wrong with levels, identifiers, length (GB/T 9704 7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from publisher.checks.review import review
from publisher.diagnostics import Finding, Severity
from publisher.model import Document, Heading, Item, LevelForm, Place, Prose, plain
from publisher.standard import FANG, HEADING_FACES
from publisher.words.numbering import Counter, holds_text
from publisher.words.sentences import SENTENCE_ENDS, spans


def _headings(text: Prose) -> list[Heading]:
    return [block for block in text.blocks if isinstance(block, Heading)]


def doubled_identifier(document: Document) -> Iterator[Finding]:
    """Two headings or items carry the same `{#id}`.

    An identifier is an address: links to the second would lead to the first. Rename one.
    """
    seen: dict[str, Heading | Item] = {}
    for text in document.proses:
        for block in text.blocks:
            if not isinstance(block, Heading | Item) or block.identifier is None:
                continue
            first = seen.setdefault(block.identifier, block)
            where = f"{first.place.file}:{first.place.line}"
            if first is not block:
                yield Finding(
                    "doubled_identifier",
                    Severity.ERROR,
                    block.place,
                    f"标识“{block.identifier}”与 {where} 的重复",
                    "请改用不同的标识；从未公布过链接的，也可以删去。",
                )


def skipped_level(document: Document) -> Iterator[Finding]:
    """A heading is two or more levels below the one before it, as `###` after `#`.

    Readers and screen readers expect 一、 then （一） then 1. (7.3.3). Add the level between, or
    take away a `#`. A chapter of a regulation may do without 节.
    """
    for text in document.proses:
        levels = [0, *(heading.level for heading in _headings(text))]
        for (above, level), heading in zip(pairwise(levels), _headings(text), strict=True):
            if any(form is not LevelForm.SECTION for form in text.levels[above : level - 1]):
                yield review(
                    "skipped_level",
                    heading.place,
                    f"标题从第 {above} 级跳到了第 {level} 级" if above else "第一个标题不是第 1 级",
                    "请补上中间的层次，或减少“#”。",
                )


def deep_item(document: Document) -> Iterator[Finding]:
    """An item stands deeper than there are forms of numbers for it; it is numbered as the deepest.

    Below the levels of 层次 items go on with （1）, 1） and ① as far as these are not used above.
    Take the item out by a level, or give 层次 fewer forms to headings.
    """
    for text in document.proses:
        counter = Counter(text)
        for block in text.blocks:
            if isinstance(block, Heading):
                counter.heading(block)
            elif isinstance(block, Item) and block.depth > (most := len(counter.item_levels())):
                yield Finding(
                    "deep_item",
                    Severity.ERROR,
                    block.place,
                    f"第 {block.depth} 层条目太深，这里的条目最多 {most} 层",
                    "请减少缩进，或把上一层的条目改成标题。",
                )


# -- headings beside one another --------------------------------------------------------


def _siblings(text: Prose) -> list[list[Heading]]:
    """The headings in groups: those of one level below one heading, in order."""
    groups: dict[tuple[int, int], list[Heading]] = {}
    latest = [0] * (len(text.levels) + 1)
    for number, heading in enumerate(_headings(text), 1):
        parent = max(latest[: heading.level])
        groups.setdefault((parent, heading.level), []).append(heading)
        latest[heading.level] = number
    return list(groups.values())


def lone_heading(document: Document) -> Iterator[Finding]:
    """A numbered heading is the only one below the heading above it: （一） without （二）.

    A number counts several; one alone is taken for the first of which the others were lost. Take
    the heading out, or give it a companion. Texts in 章 and 条, texts with a single 一、, which are
    supplements and excerpts, and levels without numbers are left alone.
    """
    for text in document.proses:
        if not {LevelForm.CHAPTER, LevelForm.ARTICLE}.isdisjoint(text.levels):
            continue
        groups = _siblings(text)
        for group in groups:
            first = group[0]
            form = text.levels[first.level - 1]
            is_numbered = form is not LevelForm.UNNUMBERED
            is_draft = "××" in plain(first.content)  # told as unfilled; others may yet come
            if len(group) == 1 < len(groups[0]) and is_numbered and not is_draft:
                yield review(
                    "lone_heading",
                    first.place,
                    f"这一级只有“{form.value}”一个标题，没有第二个",
                    "请核对是否漏了同级的标题；确实只有一项的，可以不设这一级。",
                )


def empty_clause(document: Document) -> Iterator[Finding]:
    """A heading has neither text nor a heading below it, and others beside it have.

    Its text was forgotten, or lost with a mistake in the number of `#`. Write the text, or delete
    the heading. A heading that is a sentence is its own text, with or without a remark behind it in
    brackets, as （财务科负责）, and so are the articles of a regulation and the items of a list,
    none of which has anything below it. Nothing is said of a text that was not read to its end.
    """
    for text in document.proses:
        if not text.is_whole:
            continue
        filled = _filled(text)
        for group in _siblings(text):
            if not any(heading.place in filled for heading in group):
                continue
            for heading in group:
                if heading.place not in filled and not is_its_own_text(heading, text):
                    yield review(
                        "empty_clause",
                        heading.place,
                        f"标题“{plain(heading.content)}”下面没有内容",
                        "请补写正文；不需要的，请删去这个标题。",
                    )


def _filled(text: Prose) -> set[Place]:
    """Where the headings stand that have a paragraph or a deeper heading below them."""
    return {
        block.place
        for block, following in pairwise(text.blocks)
        if isinstance(block, Heading)
        and (not isinstance(following, Heading) or following.level > block.level)
    }


_ENDS_AS_SENTENCE = re.compile(
    f"[{SENTENCE_ENDS}；;，：…][”’）》]*(?:[（(][^（）()]*[）)][。；]?)*$"
)


def is_its_own_text(heading: Heading, text: Prose) -> bool:
    """Whether a heading is a sentence or an article, so that nothing need stand below it."""
    return holds_text(heading, text) or bool(_ENDS_AS_SENTENCE.search(plain(heading.content)))


def repeated_heading(document: Document) -> Iterator[Finding]:
    """Two headings below the same heading have the same words.

    One of them was copied and not changed, or a section stands there twice. Rename one, or join
    them. Below different headings, as 责任单位, the same words may well stand.
    """
    for text in document.proses:
        for group in _siblings(text):
            seen: dict[str, Heading] = {}
            for heading in group:
                words = plain(heading.content)
                first = seen.setdefault(words, heading)
                if first is not heading:
                    yield review(
                        "repeated_heading",
                        heading.place,
                        f"标题“{words}”与第 {first.place.line} 行的标题相同",
                        "请核对是否重复；不重复的，请改得有所区别。",
                    )


# -- headings that are text -------------------------------------------------------------

_ENCLOSED = re.compile("[（(][^（）()]*[）)]|“[^“”]*”|《[^《》]*》")


def heading_of_sentences(document: Document) -> Iterator[Finding]:
    """A heading of the forms 一、, （一） and the like holds several sentences.

    It is set in 黑体 or 楷体 as a whole, stands in the contents of Word and page, and the next
    paragraph runs in. A numbered paragraph is set in 仿宋 (GB/T 9704 7.3.3): write it as an item,
    `1. text`. Where the first sentence alone is the heading, begin a paragraph behind it. Articles,
    and sentences numbered 1.1, are text and not meant, and neither is a remark in brackets behind
    the sentence.
    """
    for text in document.proses:
        for block in _headings(text):
            if holds_text(block, text):
                continue
            face = HEADING_FACES[text.levels[block.level - 1]]
            words = _ENCLOSED.sub("", plain(block.content)) if face is not FANG else ""
            count = sum(1 for _ in spans(words))
            if count > 1:
                joined = "" if block.stands_alone else "，并与下一段接排"
                yield review(
                    "heading_of_sentences",
                    block.place,
                    f"标题里有 {count} 句话，会整段印成{face.name}{joined}",
                    "整段都是正文的，请改成条目：行首写“1. ”，印仿宋，序号由程序编排；"
                    "只有第一句是标题的，把后面的话另起一段，程序会接排。",
                )
