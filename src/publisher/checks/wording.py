"""Words → wrong terms, repetitions, too great lengths, places left to be filled in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain

from publisher.checks.lines import (
    HAN,
    Line,
    Locate,
    cell_line,
    lines_of_elements,
    matches,
    matches_in,
    passage_of,
    passages,
    running_text,
)
from publisher.checks.review import review
from publisher.checks.rows import data_tables
from publisher.diagnostics import Finding
from publisher.model import ColumnRole, Document, Heading, Item, LevelForm, Paragraph, Prose, plain
from publisher.words.sentences import SENTENCE_ENDS, spans

_UNFILLED = re.compile("[×X]{3,}|[_＿]{3,}|□{2,}")
_UNFILLED_ELEMENT = re.compile("×+|X{3,}|[_＿]{3,}|□+")


def unfilled_place(document: Document) -> Iterator[Finding]:
    """A place that was to be filled in: `×` in an element; in the text three `×`, `X`, `_`, or `□`.

    A new document comes with such places. Fill it in. In a form (表头: 0) it is to be filled in by
    who gets it, and nothing is told.
    """
    for match, locate in chain(
        matches_in(_UNFILLED_ELEMENT, tuple(lines_of_elements(document))),
        matches_in(_UNFILLED, tuple(running_text(document, with_forms=False))),
    ):
        yield review(
            "unfilled_place",
            locate(match.start()),
            f"“{match[0]}”处还没有填写",
            "请填写；如本来就是给读者填写的空格，可以保留。",
        )


# -- terms --------------------------------------------------------------------------------


def slip_of_term(document: Document) -> Iterator[Finding]:
    """A word stands where the bureau has another: a slip of a term (`术语` in `bureau.yaml`).

    One thing has one name in all documents of a bureau. Use the standing form, or take the slip out
    of `术语` if it is right after all. Looked for in titles, texts, tables and elements. A slip is
    not meant inside a standing form, the name of an organ or department, or a title in 《》.
    """
    slips = {slip: term.form for term in document.bureau.terms for slip in term.slips if slip}
    if not slips:
        return
    slip = _any_of(slips)
    standing = re.compile(f"(?=({_any_of(_standing(document)).pattern}|《[^《》]*》))")
    for words, locate in passages(document):
        there = list(slip.finditer(words))
        ends = _ends(standing, words) if there else []
        for match in there:
            if match.end() > ends[match.start()]:
                yield review(
                    "slip_of_term",
                    locate(match.start()),
                    f"“{match[0]}”不是本单位的规范用语",
                    f"请改为“{slips[match[0]]}”；如果没有用错，请修改 bureau.yaml 的“术语”。",
                )


def _ends(standing: re.Pattern[str], words: str) -> list[int]:
    """For each character where the last ends of what stands around it, or begins at it."""
    ends = [0] * len(words)
    for match in standing.finditer(words):
        ends[match.start()] = match.end(1)
    return list(accumulate(ends, max))


def _standing(document: Document) -> Iterator[str]:
    bureau = document.bureau
    yield from (term.form for term in bureau.terms)
    yield from (department.name for department in bureau.departments)
    yield from (name for organ in bureau.organs for name in (organ.name, organ.short_name) if name)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of some words, the longest where several begin alike."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


# -- repetitions --------------------------------------------------------------------------

_FUNCTION_WORDS = "的了和与或及在是对为把被将从向以并由要也就都"
"""Characters that are words by themselves and are never said twice."""
_TWICE = re.compile(f"([{_FUNCTION_WORDS}])\\1(?!\\1)|([{HAN}]{{2,12}})\\2")
_MAY_DOUBLE = re.compile(
    "[一两几每逐].+|.*[一等很非许再着么少]"
    "|讨论|研究|商量|学习|了解|考虑|交流|沟通|总结|锻炼|体验|感受|反思|梳理|整理|检查|准备"
)
"""Words said twice on purpose: measures as 一件一件, and what people do for a while."""
_NEIGHBOURS = 6
"""How many characters on each side tell how a sentence falls into words."""


def doubled_word(document: Document) -> Iterator[Finding]:
    """A word stands twice in succession, as `的的`, `对对` or `进行进行`.

    Mostly it was left behind by a change. Delete one. Only whole words are meant, not 为了了解,
    可以以 or 目的的; not what Chinese doubles (人人, 层层, 一件一件, 研究研究).
    """
    for match, locate in matches(_TWICE, document):
        if _is_doubled_word(match):
            what = match[1] or match[2]
            yield review(
                "doubled_word",
                locate(match.start()),
                f"“{what}”连写了两遍",
                "请删去多余的一遍。",
            )


def _is_doubled_word(match: re.Match[str]) -> bool:
    word = match[1] or match[2]
    if len(set(word)) < len(word) or _MAY_DOUBLE.fullmatch(word):
        return False
    if len(word) > _LONGEST_WORD:
        return True
    import rjieba

    start = max(match.start() - _NEIGHBOURS, 0)
    end = match.end() + _NEIGHBOURS
    at = start
    begins = {}
    for token in rjieba.cut(match.string[start:end]):
        begins[at] = token
        at += len(token)
    middle = match.start() + len(word)
    return begins.get(match.start()) == begins.get(middle) == word


_LONGEST_WORD = 4
"""Longer ones are names, which nobody says twice."""

_SHORTEST_SENTENCE = 12
"""In characters without the stop; shorter ones may well be said again."""
_ENDED = re.compile(f"[{SENTENCE_ENDS}][”’）》」』]*$")
"""Lines of contacts and lists of departments have no stop."""
_LABELLED = re.compile("[^，。；：]{2,8}：")
"""What is said of one thing after another, as 责任单位：……。"""
_OFTEN = 3
"""A sentence that stands in so many cells of a column is what the table says of many rows."""


def repeated_sentence(document: Document) -> Iterator[Finding]:
    """A sentence of at least 12 characters stands twice in one text, or twice in one table column.

    It was copied and forgotten, or a task is given twice. Delete one, or say what differs. Not
    meant are headings, words without a stop (contacts, lists of departments), what stands behind a
    label as 数据来源：, items below different headings, what a plan and its table have in common,
    which is the table's purpose, and a sentence that three or more cells of a column share, which
    describes many rows alike.
    """
    for text in document.proses:
        for lines in _compared(text):
            for first, *again in _by_sentence(lines):
                yield from (_repeated(first, sentence) for sentence in again)
    for table in data_tables(document):
        for index, column in enumerate(table.columns):
            cells = (row.cells[index] for row in table.rows)
            if column.role is ColumnRole.TEXT:
                for first, *again in _by_sentence(cell_line(table, cell) for cell in cells):
                    if len(again) + 1 < _OFTEN:
                        yield from (_repeated(first, sentence) for sentence in again)


def _compared(text: Prose) -> Iterator[Iterable[Line]]:
    """The paragraphs of a text, and the items below each of its headings."""
    yield [passage_of(block) for block in text.blocks if isinstance(block, Paragraph)]
    # Lists below two headings may well have an item in common.
    items: list[Line] = []
    for block in text.blocks:
        if isinstance(block, Item):
            items.append(passage_of(block))
        elif isinstance(block, Heading):
            yield items
            items = []
    yield items


_Sentence = tuple[str, Locate, int]
"""A sentence, the places of its passage, and where it begins there."""


def _by_sentence(lines: Iterable[Line]) -> Iterable[list[_Sentence]]:
    """The occurrences of each sentence that is long enough, in order."""
    occurrences: dict[str, list[_Sentence]] = defaultdict(list)
    for words, locate in lines:
        for span in spans(words):
            is_labelled = _LABELLED.match(span.words)
            if (
                len(span.words) > _SHORTEST_SENTENCE
                and _ENDED.search(span.words)
                and not is_labelled
            ):
                occurrences[span.words].append((span.words, locate, span.start))
    return occurrences.values()


def _repeated(first: _Sentence, again: _Sentence) -> Finding:
    words, locate, at = again
    there = first[1](first[2])
    return review(
        "repeated_sentence",
        locate(at),
        f"这一句在前面已经写过：“{_short(words)}”",
        f"请核对与 {there.file}:{there.line}:{there.column} 是否重复；确有必要的，可以保留。",
    )


def _short(words: str) -> str:
    return words if len(words) <= 20 else f"{words[:18]}……"


# -- length -------------------------------------------------------------------------------

_MOST, _MOST_OF_ONE_TASK = 5000, 4000
_COUNTED = re.compile(r"[0-9A-Za-z\u00c0-\u024f][!-~\u00c0-\u024f]*|\S")
_COMPREHENSIVE = re.compile(
    "规划|纲要|要点|预算|决算|工作报告|公报|条例|章程|规则|办法|细则|标准|目录|预案"
)


_CENTRAL = re.compile("(?:中华人民共和国)?国务院(?:办公厅)?$|中共中央|中国共产党中央")


def long_document(document: Document) -> Iterator[Finding]:
    """A text has more than 5000 characters (字), and its title does not say that it may.

    Documents of departments and local organs are to have at most 5000, those on one special task at
    most 4000, unless they deploy work of all kinds (《整治形式主义为基层减负若干规定》, 2024, 1.2).
    Shorten it, or part it. The notice and what it issues are counted each by itself, without titles
    and attachments: a Chinese character or mark is one, a number or Latin word is one. Not meant
    are regulations (第一条), and 规划, 纲要, 要点, 预案, 预算 and the like, as their title says,
    nor documents of the centre, as those of 国务院.
    """
    if document.issuers and _CENTRAL.match(document.issuers[0].name):
        return
    for text in document.texts:
        count = sum(len(_COUNTED.findall(plain(block.content))) for block in text.blocks)
        if count > _MOST and not _may_be_long(text):
            yield review(
                "long_document",
                text.place,
                f"全文超过 {_MOST} 字",
                f"现约 {count} 字，请压缩篇幅：部门和地方文件一般不超过 {_MOST} 字，部署专项工作的"
                f"一般不超过 {_MOST_OF_ONE_TASK} 字，部署综合性工作的除外。",
            )


def _may_be_long(text: Prose) -> bool:
    return LevelForm.ARTICLE in text.levels or bool(_COMPREHENSIVE.search(text.title))
