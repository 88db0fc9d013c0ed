"""Words → the names of persons in them, as far as surname, dictionary and neighbours tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.phrases.surnames import COMMON, COMPOUND, RARE
from publisher.words.tokens import classes

_SURNAMES = frozenset(COMMON + RARE)
_COMPOUND = re.compile(COMPOUND)
_WORD = re.compile(
    "康复|文明|许可|许可证|惠民|洪水|周转|弘扬|范畴|温馨|明白|明白人|高水平|高端|高端化|"
    "高精尖|施策|杜绝|麻醉|金融|严格|成立|成果|成效|成长|应用|应对|安置|安全|方便|方向|和谐|"
    "高效|高新|高龄|常态|常务|全面|宣传|宣讲|司法|司机|管控|管护|童趣|家庭|农民|农村|农户|"
    "双拥|温暖|白皮书|江北|江南|江滩|程序|项目|章程|纪要|纪律|计划|时代|时效|贺信|喜事|古树|"
    "阳光|平安|平台|平等|明确|明显|明星|毛利|石材|蓝天|金额|关爱|关怀|荣誉|荣获|惠农|惠企|"
    "晏家|解放|祝贺|祝福|梁柱|盛会"
)
"""What the dictionary may take for a name, and is none."""
_KINDS_OF_PLACES = tuple("省市县区镇乡村街路巷")
_SPREAD = re.compile(r"(?<![一-鿿])([一-鿿])\s+([一-鿿])(?![一-鿿])")
"""A name of two characters, spread to the width of three."""
_ALONE = re.compile(
    r"(?:(?<=^)|(?<=[\s、，,；;：:（(])|(?<=同志))([一-鿿]{2,4})(?=同志|先生|女士|[\s、，,；;。）)]|$)"
)
"""What stands between marks or blanks, or before a form of address."""


def names(words: str) -> list[str]:
    """The names in the words, in order; a word that is no name may be among them, seldom."""
    joined = _SPREAD.sub(r"\1\2", words)
    return sorted({*_by_dictionary(joined), *_by_neighbours(joined)})


def _by_dictionary(words: str) -> Iterator[str]:
    for word, kind in classes(words):
        if kind == "nr" and _has_the_form(word):
            yield word


def _by_neighbours(words: str) -> Iterator[str]:
    for match in _ALONE.finditer(words):
        word = match[1]
        if _has_the_form(word) and _may_be_a_name(word):
            yield word


def _has_the_form(word: str) -> bool:
    """Whether a surname is followed by one or two characters, and it is no other word or place."""
    if _WORD.fullmatch(word) or word.endswith(_KINDS_OF_PLACES):
        return False
    long = _COMPOUND.match(word)
    return 3 <= len(word) <= 4 if long else 2 <= len(word) <= 3 and word[0] in _SURNAMES


def _may_be_a_name(word: str) -> bool:
    """Whether a dictionary that does not have the word takes a part of it for a name."""
    return any(kind.startswith("nr") for _, kind in classes(word))
