"""A title → its words, names, terms, figures and marks, each by what it does there.

The lexicon, the names that are given and the figures come first; the segmenter divides the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from publisher.phrases.lexicon import Vocabulary, known, lexicon
from publisher.words.numerals import CHINESE


class Role(Enum):
    """What a stretch of a title does in it."""

    ABOUT = auto()
    """关于."""
    ACT = auto()
    """A verb that says what the title does; elsewhere a verb is part of a term."""
    ADVERB = auto()
    PLACE = auto()
    """The name of a place up to its end, 省 or 村."""
    ORGAN = auto()
    PERIOD = auto()
    ORDINAL = auto()
    COUNT = auto()
    """A number that counts what follows."""
    NAME = auto()
    TERM = auto()
    LIGHT = auto()
    KIND = auto()
    WORD = auto()
    SMALL = auto()
    """的, 和, 对: it stays with one side or both."""
    MARK = auto()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a title that is one word, name, term, figure or mark."""

    start: int
    words: str
    role: Role

    @property
    def end(self) -> int:
        """Where the next one begins."""
        return self.start + len(self.words)


# -- figures ----------------------------------------------------------------------------

_TO = "[—–~～至-]{1,2}"
_COUNTER = (
    "个百分点|平方公里|平方米|立方米|工作日|万千瓦|千瓦时|公里|千米|公顷|千瓦|兆瓦|毫米|公斤|小时|分钟|日龄|周岁"
    "|人次|户次|批次|万元|亿元|万吨|万亩|季度|周年|学年|年度|年级|个月"
    "|[年月日号项条个类起件批届次期轮名位户处所家人座栋幢套台辆艘份种级款章节卷册页米吨亩元岁周天倍成度段]"
)
_PERIOD = f"[0-9]{{4}}(?:{_TO}[0-9]{{2,4}})?(?:学?年度?(?:版|底|初|末)?)"
_MONTHS = f"(?:[0-9]{{1,2}}|[{CHINESE}]{{1,9}})"
_MONTH = f"{_MONTHS}(?:{_TO}{_MONTHS})?月(?:[0-9]{{1,2}}日|份|底|末|初)?"
_NUMBER = "[0-9]+(?:[.,][0-9]+)*"
FIGURE = re.compile(
    "|".join(
        (
            f"[0-9]{{4}}年{_MONTH}",
            _PERIOD,
            _MONTH,
            f"第(?:{_NUMBER}|[{CHINESE}]{{1,9}})(?:{_TO}{_NUMBER})?(?:个五年(?:规划)?(?:纲要)?|{_COUNTER})?",
            f"[{CHINESE}]{{1,9}}届(?:[{CHINESE}]{{1,9}}次(?:全会|会议)?)?|[{CHINESE}]{{1,9}}五(?=”|期间|时期|末|规划)",
            f"[A-Z]{{1,2}}[0-9]+\\+[0-9]+(?:{_TO}[A-Z]{{1,2}}[0-9]+\\+[0-9]+)?段?",
            f"{_NUMBER}{_TO}{_NUMBER}(?:[%％‰]|{_COUNTER})?",
            f"{_NUMBER}[%％‰万亿余多]*(?:{_COUNTER})?(?:以[上下内])?",
            "[A-Za-z][A-Za-z0-9.+/&'-]*(?:号?线)?",
            f"[{CHINESE}几数多]{{1,9}}(?:{_COUNTER})(?![国人大])",
        )
    )
)
"""A number with its counter, a span of years, an ordinal, a Latin word."""
_ENDS_PERIOD = re.compile("[0-9]{4}.*[年度版底初末月日份]$|月(?:份|底|末|初)?$|季度$")

# -- marks and small words --------------------------------------------------------------

OPENS = frozenset("（《〈“‘〔【(")
CLOSES = frozenset("，。；：、！？）》〉”’〕】)%‰·—-～…/")
STICKS = frozenset("·—-～/")
"""Marks that join what stands on both sides."""
AFTER = frozenset("的之等了们者性化级类型")
"""What stays with the word before it."""
JOINS = frozenset(("和", "与", "及", "暨", "或", "以及"))
ONWARD = frozenset("对将把被向从由在为以各全本该新首副非无未不再拟原现总老大")
"""What stays with the word after it."""
RESULTS = frozenset("为于至入成到给")
"""What a verb leads with to where it goes."""
PLACE_ENDS = frozenset("省市区县州盟旗镇乡村道")
NOUN = 4
"""So many characters make one word or two."""

# -- stretches --------------------------------------------------------------------------


def stretches_of(title: str, own: frozenset[str]) -> Iterator[Stretch]:
    """The title from beginning to end, each stretch by what stands before it."""
    so_far: list[Stretch] = []
    for start, words, tag in divided(title, known(own)):
        so_far.append(Stretch(start, words, _role(so_far, words, tag, own)))
    return iter(so_far)


def divided(title: str, words: Vocabulary, apart: str = "") -> Iterator[tuple[int, str, str]]:
    """Where each stretch begins, its words, and the segmenter's tag of what is none of `words`.

    `apart` is one of them that is not looked for.
    """
    at = rest = 0
    while at < len(title):
        word = _known_at(title, at, words, apart)
        if not word:
            at += 1
            continue
        yield from tagged(title, rest, at)
        yield at, word, ""
        at = rest = at + len(word)
    yield from tagged(title, rest, len(title))


def _known_at(title: str, at: int, words: Vocabulary, apart: str) -> str:
    """The longest name, term or figure that begins there, or a mark; else nothing."""
    if title[at] in OPENS | CLOSES or title[at].isspace():
        return title[at]
    figure = FIGURE.match(title, at)
    of_figure = figure[0] if figure else ""
    longest = next((word for word in words.at(title, at) if word != apart), "")
    return longest if len(longest) > len(of_figure) else of_figure


def tagged(title: str, start: int, end: int) -> Iterator[tuple[int, str, str]]:
    """Where each word of a part begins, the word, and its class, as the segmenter has them."""
    import rjieba

    if start < end:
        for word, tag in rjieba.tag(title[start:end]):
            yield start, word, tag
            start += len(word)


def _role(before: Sequence[Stretch], words: str, tag: str, own: frozenset[str]) -> Role:
    listed_words = lexicon()
    if words in OPENS or words in CLOSES or words.isspace():
        return Role.MARK
    if words in own:
        return Role.PLACE if words[-1] in PLACE_ENDS else Role.NAME
    if words == "关于":
        return Role.ABOUT
    if FIGURE.fullmatch(words) and words not in listed_words.terms:
        return _role_of_figure(words)
    if words in AFTER or words in JOINS or words in ONWARD or words in RESULTS:
        return Role.SMALL
    if _acts(before, words, tag):
        return Role.ACT
    for listed, role in (
        (listed_words.adverbs, Role.ADVERB),
        (listed_words.periods, Role.PERIOD),
        (listed_words.organs, Role.ORGAN),
        (listed_words.terms, Role.TERM),
        (listed_words.kinds, Role.KIND),
        (listed_words.light, Role.LIGHT),
    ):
        if words in listed:
            return role
    return Role.PLACE if _ends_place(before, words) else Role.WORD


def _role_of_figure(words: str) -> Role:
    if _ENDS_PERIOD.search(words):
        return Role.PERIOD
    return Role.ORDINAL if words.startswith("第") else Role.COUNT


def _acts(before: Sequence[Stretch], words: str, tag: str) -> bool:
    """Whether it is a verb that says what the title does, and no part of a term."""
    if words not in lexicon().verbs and not tag.startswith("v"):
        return False
    if len(words) < _SHORTEST_VERB:
        return False
    last = before[-1].role if before else Role.MARK
    if before and (before[-1].words in AFTER or before[-1].words in "）”"):
        return False
    if words not in lexicon().verbs:
        return last in (Role.ABOUT, Role.ADVERB)
    if last in (Role.ABOUT, Role.ACT, Role.ADVERB, Role.ORGAN, Role.MARK, Role.SMALL):
        return True
    return last in (Role.PLACE, Role.PERIOD, Role.NAME) and not _has_acted(before)


_SHORTEST_VERB = 2


def _has_acted(before: Sequence[Stretch]) -> bool:
    """Whether the title, or the title in 《》, has said what it does."""
    for stretch in reversed(before):
        if stretch.role is Role.ABOUT or stretch.words == "《":
            return False
        if stretch.role is Role.ACT:
            return True
    return False


def _ends_place(before: Sequence[Stretch], words: str) -> bool:
    listed_words = lexicon()
    is_place = words[-1] in PLACE_ENDS or words in listed_words.places
    if words in listed_words.general or not is_place:
        return False
    return len(words) > 1 or bool(before and before[-1].role in (Role.WORD, Role.PLACE))


def dictionary_words(title: str) -> Iterator[tuple[int, int]]:
    """Where each word begins and ends, without words that the segmenter guesses."""
    import rjieba

    at = 0
    for word in rjieba.cut(title, hmm=False):
        yield at, at + len(word)
        at += len(word)


def terms_in(title: str, terms: Vocabulary) -> Iterator[tuple[int, int]]:
    """Where any term stands; they may overlap."""
    for start in range(len(title)):
        for term in terms.at(title, start):
            yield start, start + len(term)
