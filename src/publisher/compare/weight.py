"""A change of words → how much it matters: figures, dates, people, duties, or form alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from publisher import wordings
from publisher.changes import Matter, Weight
from publisher.compare import people
from publisher.compare.figures import dates, deadlines, figures, in_digits
from publisher.model import ColumnRole
from publisher.wordings import bare
from publisher.words.tokens import classes, tokens

_DUTY = re.compile(
    "应[当该]?|必须|务必|须|不得|不准|严禁|禁止|不应|不能|可以?|不?宜"
    "|原则上|一律|鼓励|力争|确保|尽量|至少"
    "|以[上下内]|不|不再|不予|不[必用需]|未|尚未|没有|无|无[需须]|非|勿|除外"
    "|停止|暂停|取消|终止|中止|废止|撤销|拒绝|免|免[收征除交缴予于费]"
)
"""How much is asked: words that decide whether something must be done, and those that deny it."""
_LIMIT = re.compile("不?(?:[高低多少大小早晚]于|超过)")
_NEGATIONS = tuple("不未无非")
_PLACE = re.compile("(?![各全本某我外])([一-鿿]{2,4}?)(?:省|市|县|区|镇|乡|村|街道|社区)")
_QUOTES = re.compile("[“”‘’《》〈〉]")
_JOINTS = tuple("、,;:(“‘《〈□☐")
"""How what parts items, clauses, quotations, titles, remarks and boxes to tick begins, in half
width."""
_ONLY_ATTACHMENT = re.compile("附件[1一](?![0-9十百])")
"""What is called 附件 where it has no second beside it."""
_AND = ("和", "与", "及", "以及", "或", "或者")
BY_ROLE = {
    ColumnRole.DEADLINE: Matter.DEADLINE,
    ColumnRole.PEOPLE: Matter.PERSON,
    ColumnRole.DEPARTMENTS: Matter.DEPARTMENT,
    ColumnRole.NUMBER: Matter.FIGURE,
}
"""What any change of words in a column concerns."""


@dataclass(frozen=True, slots=True)
class _Version:
    """The words of one side, made ready to be weighed."""

    words: str
    """In half width, with figures in digits; 附件1 is 附件, as the only one is called."""
    tokens: tuple[str, ...]
    """What is quoted is divided as all else."""

    @classmethod
    def of(cls, words: str) -> _Version:
        counted = _ONLY_ATTACHMENT.sub("附件", in_digits(words))
        return cls(counted, tuple(tokens(_QUOTES.sub(" ", counted))))


class Scale:
    """Weighs changes of a document; knows the people and departments that its bureau names."""

    def __init__(self, people: Iterable[str], departments: Iterable[str]) -> None:
        self._named = (
            (Matter.PERSON, _any_of(people)),
            (Matter.DEPARTMENT, _any_of(departments)),
        )

    def weigh(
        self, before: str, after: str, matter: Matter | None = None
    ) -> tuple[Weight, tuple[Matter, ...]]:
        """The weight of words that became others, and what makes it one of substance.

        With a matter the words concern just that, whatever they are.
        """
        old, new = _Version.of(before), _Version.of(after)
        # Without its point 1.5 were 15.
        if bare(old.words) == bare(new.words) and figures(old.words) == figures(new.words):
            return Weight.FORM, ()
        matters = (matter,) if matter else self._matters(old, new)
        return (Weight.SUBSTANCE if matters else Weight.WORDING), matters

    def _matters(self, old: _Version, new: _Version) -> tuple[Matter, ...]:
        """What of substance differs, in the order of `Matter`."""
        if not bare(old.words) or not bare(new.words):
            return (Matter.CONTENT,)
        matters = {matter for matter, read in _READ if read(old.words) != read(new.words)}
        matters |= {
            matter
            for matter, names in self._named
            if names and sorted(names.findall(old.words)) != sorted(names.findall(new.words))
        }
        matters |= {matter for matter, differs in _DIFFER if differs(old, new)}
        if Matter.DEADLINE in matters:
            matters.discard(Matter.DATE)
        return tuple(matter for matter in Matter if matter in matters)


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """The longest of names that stand at a place."""
    longest_first = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None


def _is_as_often(word: str, old: _Version, new: _Version) -> bool:
    """Whether both sides have a word, however they are divided."""
    return old.words.count(word) == new.words.count(word)


# -- duties -----------------------------------------------------------------------------


def _duties_differ(old: _Version, new: _Version) -> bool:
    there, here = Counter(old.tokens), Counter(new.tokens)
    lost, got = {*(there - here)}, {*(here - there)}
    return (
        any(_DUTY.fullmatch(token) and not _is_as_often(token, old, new) for token in lost | got)
        or any(_denies(token, got) for token in lost)
        or any(_denies(token, lost) for token in got)
    )


def _denies(token: str, there: set[str]) -> bool:
    """Whether a word denies one that the other side has: 未达标 and 达标."""
    return token.startswith(_NEGATIONS) and token[1:] in there


def _limits(words: str) -> list[str]:
    return sorted(_LIMIT.findall(words))


# -- people ---------------------------------------------------------------------------------


def _people_differ(old: _Version, new: _Version) -> bool:
    names = {*people.names(old.words)} ^ {*people.names(new.words)}
    there, here = bare(old.words), bare(new.words)  # where a name of two characters is not spread
    return any(there.count(name) != here.count(name) for name in names)


# -- places -----------------------------------------------------------------------------


def _places_differ(old: _Version, new: _Version) -> bool:
    names = {*_places(old)} ^ {*_places(new)}
    return not all(_is_as_often(name, old, new) for name in names)


def _places(version: _Version) -> Iterator[str]:
    """Names of places: what a dictionary takes for a name, with what kind of place it is."""
    words, at = "".join(version.tokens), 0
    for token in version.tokens:
        match = _PLACE.match(words, at)
        if match and _is_name(match[1]):
            yield match[0]
        at += len(token)


def _is_name(word: str) -> bool:
    ((_, kind), *more) = classes(word)
    return not more and kind.startswith(("nr", "ns", "nz"))


# -- what came or went ------------------------------------------------------------------


def _content_differs(old: _Version, new: _Version) -> bool:
    """Whether an item of a list, a clause, a quotation, a title or a remark came or went.

    What stands elsewhere on the other side is none, nor is an adverb.
    """
    stretches = wordings.stretches(old.words, new.words)
    sides = ((stretch.before, stretch.after) for stretch in stretches if not stretch.agrees)
    return any(
        not _is_as_often(word, old, new)
        for before, after in sides
        for words, instead in ((before, after), (after, before))
        if _has_more(words, instead)
        for word in _telling(words)
    )


def _has_more(words: str, instead: str) -> bool:
    """Whether words have an item more than those in whose place they stand."""
    here, there = list(tokens(words)), list(tokens(instead))
    if here and not there and (here[0] in _AND or here[-1] in _AND):
        return True
    return _joints(here) > _joints(there) and len(bare(words)) > len(bare(instead))


def _joints(tokens: list[str]) -> int:
    return sum(token.startswith(_JOINTS) for token in tokens)


def _telling(words: str) -> Iterator[str]:
    """The words without adjectives, adverbs, conjunctions, particles and marks."""
    for word, kind in classes(words):
        if bare(word) and not kind.startswith(("a", "c", "d", "p", "u", "vd")):
            yield word


_READ: tuple[tuple[Matter, Callable[[str], list[str]]], ...] = (
    (Matter.FIGURE, figures),
    (Matter.DATE, dates),
    (Matter.DEADLINE, deadlines),
    (Matter.DUTY, _limits),
)
"""What is read on each side."""
_DIFFER: tuple[tuple[Matter, Callable[[_Version, _Version], bool]], ...] = (
    (Matter.PERSON, _people_differ),
    (Matter.PLACE, _places_differ),
    (Matter.DUTY, _duties_differ),
    (Matter.CONTENT, _content_differs),
)
"""What is told from both sides together."""
