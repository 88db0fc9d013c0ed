"""The lines of a title → the words that they tear, as far as that can be known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from publisher.phrases.lexicon import lexicon, looked_for
from publisher.phrases.stretches import (
    FIGURE,
    PLACE_ENDS,
    Role,
    Stretch,
    dictionary_words,
    stretches_of,
    terms_in,
)


def torn(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Which line ends within a word, and the word, as far as that can be known.

    Known are figures with their counters, the terms that are fixed, names of places by their ends,
    and words of the dictionary of which the one line or the other holds but a character.
    """
    title = "".join(lines)
    terms = terms_in(title, looked_for(lexicon().fixed))
    wholes = (*_figures(title), *terms, *_named_places(title))
    at = 0
    for number, (line, following) in enumerate(pairwise(lines)):
        at += len(line)
        if not line or not following or _LATIN.search(line[-1] + following[0]):
            continue  # two Latin words, or one: the blank between them is not seen
        last, first = _edges(line, following)
        torn = [(start, end) for start, end in wholes if start < at < end]
        if _is_one(last) and _is_one(first):
            torn += [(start, end) for start, end in dictionary_words(title) if start < at < end]
        # Where the line ends with a longer term, the other may be none: 首套住房｜公积金.
        least = at - len(last.words) if last.role is Role.TERM else at
        within = [title[start:end] for start, end in torn if start <= least]
        if within:
            yield number, max(within, key=len)


_LATIN = re.compile("[A-Za-z]")


def _edges(line: str, following: str) -> tuple[Stretch, Stretch]:
    """The last stretch of a line, and the first of the next."""
    return list(stretches_of(line, frozenset()))[-1], next(stretches_of(following, frozenset()))


def _is_one(edge: Stretch) -> bool:
    """Whether it is a character that is no word by itself."""
    return len(edge.words) == 1 and edge.role is Role.WORD


def _figures(title: str) -> Iterator[tuple[int, int]]:
    for match in FIGURE.finditer(title):
        if re.search("[0-9A-Za-z]|^第|[年月]|五$", match[0]):
            yield match.span()


def _named_places(title: str) -> Iterator[tuple[int, int]]:
    """Where a name stands that ends as those of places do: 村 is no word that a line begins with.

    省, 市 and 县 are, so that before them only a name counts that the segmenter knows.
    """
    import rjieba

    stretches = tuple(stretches_of(title, frozenset()))
    for index, (left, right) in enumerate(pairwise(stretches)):
        is_end = len(left.words) == 1  # 柳树 湾 村
        if is_end and (not index or stretches[index - 1].role is not Role.WORD):
            continue
        if left.role not in (Role.WORD, Role.PLACE) or left.words[-1] in PLACE_ENDS:
            continue
        is_known = right.words in PLACE_ENDS and rjieba.tag(left.words)[0][1] == "ns"
        if right.words in _ENDS_NAME or is_known:
            yield left.start, right.end


_ENDS_NAME = frozenset(("镇", "村", "屯", "路", "大道", "大街", "胡同"))
