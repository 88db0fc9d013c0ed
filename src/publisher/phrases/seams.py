"""A title → how well a line ends between each two of its characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from publisher.phrases.lexicon import known, lexicon, looked_for
from publisher.phrases.stretches import (
    AFTER,
    CLOSES,
    JOINS,
    NOUN,
    ONWARD,
    OPENS,
    PLACE_ENDS,
    RESULTS,
    STICKS,
    Role,
    Stretch,
    dictionary_words,
    divided,
    stretches_of,
    tagged,
    terms_in,
)
from publisher.phrases.surnames import COMMON, COMPOUND
from publisher.words.numerals import CHINESE


class Seam(IntEnum):
    """How well a line ends between two characters."""

    NEVER = 0
    """Inside a word, a name, a figure; before a mark that closes."""
    DEEP = 1
    """Between words of a term within a term: for a line that holds but a word."""
    INSIDE = 2
    """Between words of a term or a name: for a line on which the whole has no room."""
    BARELY = 3
    """Between a place and its organ, before what says little of its own."""
    HARDLY = 4
    """Between words that go together, as 的 and 通知."""
    WEAKLY = 5
    """Between words that may make one term."""
    WELL = 6
    """Where a new thought begins."""


_ROAD = re.compile("(?:国|省|县|乡|专用公路)道$")
_ENDS_SPAN = frozenset(
    ("期间", "时期", "以来", "以上", "以下", "以内", "前后", "左右", "范围内", "境内", "内", "外")
)
"""What ends a span of time or of place."""
_PREPOSITIONS = frozenset("对将把被向从由在为以")
_PARTIES = frozenset(
    ("中共", "共青团", "政协", "民革", "民盟", "民建", "民进", "农工党", "九三学社")
)
"""They stand before the name of a place: 中共某市委."""
_AND_OTHERS = frozenset(("部门", "单位", "机关", "同志", "人员", "地", "地区"))
_ORGAN_ENDS = frozenset("府局厅部委办院处会站所室组队心联社司校馆署庭")
_PERSON = re.compile(
    f"(?:{COMPOUND}|[{COMMON}])[\\u4e00-\\u9fff]{{1,2}}?"
    f"(?=等?(?:[0-9{CHINESE}]+[名位])?同志|等[0-9{CHINESE}]+[名位]"
    "|任职|免职|任免|辞去|记大?过|警告|开除|、[\\u4e00-\\u9fff、]{2,40}?同志)"
)
_ORGANS = re.compile(
    "(?:^|(?<=[《 、])|(?<=转发)|(?<=批转)|(?<=印发))([^《》“” 、]{2,40}?)(?=关于|转发|批转| )"
)
_QUOTED = re.compile("“[^“”]{1,8}”|（[^（）]{1,14}）")
_ROOM = 12
"""The name of an organ of so many characters is one thought."""


def seams(title: str, names: Iterable[str] = ()) -> tuple[Seam, ...]:
    """For each place between two characters of a title, how well a line ends there.

    `names` are kept whole as the lexicon's terms are.
    """
    return _seams(title, frozenset(name for name in names if len(name) > 1))


@lru_cache(maxsize=512)
def _seams(title: str, own: frozenset[str]) -> tuple[Seam, ...]:
    stretches = tuple(stretches_of(title, own))
    found = [Seam.NEVER] * max(0, len(title) - 1)
    for index, stretch in enumerate(stretches[:-1]):
        found[stretch.end - 1] = _seam(stretches, index)
    _keep_names(title, own, stretches, found)
    _open_long(stretches, found)
    return tuple(found)


# -- seams ------------------------------------------------------------------------------


def _seam(stretches: Sequence[Stretch], index: int) -> Seam:
    left, right = stretches[index], stretches[index + 1]
    for rule in (_at_mark, _at_small_word, _at_figure, _at_place, _at_single):
        if (seam := rule(stretches, index, left, right)) is not None:
            return seam
    return _between_words(left, right)


def _at_mark(
    stretches: Sequence[Stretch], index: int, left: Stretch, right: Stretch
) -> Seam | None:
    if left.words in OPENS or left.words in STICKS:
        return Seam.NEVER
    if right.words in CLOSES or right.words.isspace() or right.words in AFTER:
        return Seam.NEVER
    if right.words in _ENDS_SPAN:
        return Seam.INSIDE if len(right.words) > 1 else Seam.NEVER
    if left.words.isspace() or left.words in "，。；：、！？" or right.words in "《〈":
        return Seam.WELL
    if right.words == "（" and not _ends_with_bracket(stretches, index + 1):
        return Seam.NEVER
    if right.words in OPENS:
        return Seam.WELL if left.role in _PARTING else Seam.WEAKLY
    if left.words == "”" and right.words not in JOINS:
        # “敬老月”活动: what is quoted is the name of what follows.
        said_little = right.words.startswith(tuple(lexicon().light))
        return Seam.BARELY if said_little else Seam.HARDLY
    if left.words == "）" and _is_of_one(stretches, index):
        return Seam.NEVER
    if left.words in CLOSES and right.role is Role.LIGHT:
        return Seam.BARELY
    return Seam.WEAKLY if left.words in CLOSES else None


def _is_of_one(stretches: Sequence[Stretch], index: int) -> bool:
    """Whether brackets that close there hold one character: 村（居）民."""
    return index > 1 and stretches[index].start - stretches[index - 2].start == len("（居")


def _ends_with_bracket(stretches: Sequence[Stretch], index: int) -> bool:
    """Whether nothing of the same title follows the bracket that opens there: （试行）."""
    for number in range(index, len(stretches)):
        if stretches[number].words == "）":
            following = stretches[number + 1 : number + 2]
            return not following or following[0].words in ("》", "的")
    return True


_PARTING = (Role.ABOUT, Role.ACT, Role.PLACE, Role.ORGAN, Role.PERIOD)
"""After these a new thought begins."""


def _at_small_word(
    stretches: Sequence[Stretch], index: int, left: Stretch, right: Stretch
) -> Seam | None:
    if left.words in _PREPOSITIONS:
        return Seam.INSIDE
    if left.words in JOINS or left.words in ONWARD or left.words in _PARTIES:
        return Seam.NEVER
    if right.words in ("工作", "同志"):
        return Seam.INSIDE
    if right.words in RESULTS and left.words in lexicon().verbs:
        return Seam.NEVER
    if right.words in JOINS and left.role in (Role.WORD, Role.LIGHT) and len(left.words) <= _SHORT:
        return Seam.HARDLY  # 保护和污染防治
    if right.words in JOINS or Role.ABOUT in (left.role, right.role):
        return Seam.WELL
    if left.words == "的":
        return Seam.WEAKLY if right.role is Role.KIND else Seam.WELL
    if left.words == "等":
        return Seam.NEVER if right.words in _AND_OTHERS else Seam.WEAKLY
    return Seam.WELL if right.words in ONWARD and right.role is Role.SMALL else None


_SHORT = 2


def _at_figure(
    stretches: Sequence[Stretch], index: int, left: Stretch, right: Stretch
) -> Seam | None:
    if right.role in (Role.COUNT, Role.ORDINAL):
        if _ROAD.search(left.words) and "+" not in right.words:
            return Seam.NEVER  # 省道S215线, but not 国道K25+300段
        if left.role in _PARTING:
            return Seam.WELL
        return Seam.HARDLY if left.role is Role.WORD else Seam.WEAKLY
    if left.role is Role.ORDINAL:
        if left.words[-1] in CHINESE or left.words[-1].isdigit():
            return Seam.NEVER
        return _with_counted(right) if left.words.endswith("号") else Seam.WEAKLY
    if left.role is Role.COUNT:
        return Seam.WEAKLY if left.words.endswith(("段", "线")) else _with_counted(right)
    return None


def _with_counted(right: Stretch) -> Seam:
    """Between a figure and what it counts, as far as that is short."""
    if len(right.words) == 1:
        return Seam.NEVER
    return Seam.INSIDE if len(right.words) <= NOUN else Seam.HARDLY


def _at_place(
    stretches: Sequence[Stretch], index: int, left: Stretch, right: Stretch
) -> Seam | None:
    if left.role is Role.WORD and left.words in PLACE_ENDS and right.role is Role.ORGAN:
        return Seam.NEVER  # 省财政厅
    if right.words in PLACE_ENDS and left.role is Role.ORGAN:
        return Seam.WELL
    if right.words not in lexicon().places or left.role in (Role.ACT, Role.ADVERB):
        return None
    named = left.role is Role.PLACE and left.words[-1] in PLACE_ENDS
    if len(right.words) > 1 and (named or left.role is Role.TERM):
        return Seam.WEAKLY
    return Seam.NEVER


def _at_single(
    stretches: Sequence[Stretch], index: int, left: Stretch, right: Stretch
) -> Seam | None:
    """A character that is no word known here belongs to a word that the segmenter missed."""
    before = stretches[index - 1].role if index else Role.MARK
    begins = before in (Role.MARK, Role.ABOUT, Role.ACT, Role.ADVERB)
    if begins and len(left.words) == 1 and left.role is Role.WORD:
        return Seam.NEVER
    if len(right.words) == 1 and right.role in (Role.WORD, Role.PLACE, Role.LIGHT):
        return Seam.WEAKLY if left.role in (Role.ACT, Role.ADVERB) else Seam.NEVER
    return None


def _between_words(left: Stretch, right: Stretch) -> Seam:
    if right.role in (Role.LIGHT, Role.KIND) or right.words.startswith(("工作", "项目")):
        return Seam.WELL if left.role is Role.PERIOD else Seam.BARELY
    if left.role is Role.ADVERB:
        return Seam.HARDLY
    if left.role is Role.ACT:
        return Seam.WEAKLY if right.role is Role.ACT else Seam.WELL
    if right.role is Role.ORGAN:
        return Seam.BARELY
    if left.role in _PARTING or right.role in (Role.ADVERB, Role.PERIOD, Role.ACT):
        return Seam.WELL
    if left.role is right.role is Role.TERM or left.role is Role.LIGHT:
        return Seam.WEAKLY
    return Seam.HARDLY


# -- what stays whole -------------------------------------------------------------------


def _keep_names(
    title: str, own: frozenset[str], stretches: Sequence[Stretch], found: list[Seam]
) -> None:
    """Bind what is a name or a term wherever it stands, and what is a word of the dictionary."""
    for match in _PERSON.finditer(title):
        _bind(found, *match.span(), Seam.NEVER)
    for start, end in dictionary_words(title):
        _bind(found, start, end, Seam.NEVER)
    for match in _ORGANS.finditer(title):
        if match.start() == 0 or match[1][-1] in _ORGAN_ENDS:
            for start, end in _each_organ(*match.span(1), stretches, found):
                _bind(found, start, end, Seam.BARELY)
    for start, end in _proper_names(stretches):
        _bind(found, start, end, Seam.BARELY)
    for match in _QUOTED.finditer(title):
        _bind(found, *match.span(), Seam.INSIDE)
    for start, end in terms_in(title, looked_for(lexicon().terms)):
        _bind(found, start, end, Seam.BARELY)
    for start, end in terms_in(title, looked_for(own)):
        _bind(found, start, end, Seam.INSIDE)


def _each_organ(
    start: int, end: int, stretches: Sequence[Stretch], found: Sequence[Seam]
) -> Iterator[tuple[int, int]]:
    """The names of organs that stand between, as far as each fits a line."""
    ends = [one.end for one in stretches if one.role is Role.ORGAN and start < one.end < end]
    several = [at for at in ends if found[at - 1] is Seam.WELL]
    for first, last in pairwise((start, *several, end)):
        if last - first <= _ROOM:
            yield first, last


def _bind(found: list[Seam], start: int, end: int, most: Seam) -> None:
    for at in range(start, end - 1):
        found[at] = min(found[at], most)


def _proper_names(stretches: Sequence[Stretch]) -> Iterator[tuple[int, int]]:
    """What stands before 协会, 公司 or 幼儿园 is its name, as far as it is short."""
    for index, organ in enumerate(stretches):
        first = index
        while organ.role is Role.ORGAN and first and stretches[first - 1].role in _IN_NAMES:
            if organ.end - stretches[first - 1].start > _ROOM:
                break
            first -= 1
        if first < index:
            yield stretches[first].start, organ.end


_IN_NAMES = (Role.WORD, Role.TERM)


def _open_long(stretches: Sequence[Stretch], found: list[Seam]) -> None:
    """A term or a name of several words may be broken between them where it has no room."""
    for stretch in stretches:
        if stretch.role in _OF_WORDS and len(stretch.words) > NOUN:
            for at, seam in _within(stretch.words):
                at += stretch.start
                found[at - 1] = max(found[at - 1], seam)


def _within(words: str) -> Iterator[tuple[int, Seam]]:
    """Where the words of a term end in it; those of the terms that it is made of lie deeper."""
    inner = list(divided(words, known(), apart=words))
    yield from _apart([(start, part) for start, part, _ in inner], Seam.INSIDE)
    for start, part, _ in inner:
        if len(part) > NOUN:
            deeper = tagged(words, start, start + len(part))
            yield from _apart([(at, word) for at, word, _ in deeper], Seam.DEEP)


def _apart(words: Sequence[tuple[int, str]], seam: Seam) -> Iterator[tuple[int, Seam]]:
    """Between words, but for single characters: these stay with what they belong to."""
    for (_, left), (at, right) in pairwise(words):
        begins = len(left) == 1 and left in ONWARD | JOINS
        ends = len(right) == 1 and right not in ONWARD | JOINS
        if not begins and not ends:
            yield at, seam


_OF_WORDS = (Role.NAME, Role.TERM, Role.ORGAN, Role.KIND, Role.PLACE)
