"""A reconciliation → what of the plan asks for a task, and how much of it the tasks carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile

from publisher.model import Heading, Piece, Prose, Reconciliation, Sentence
from publisher.reconcile.agreement import LEAST, has_digit
from publisher.reconcile.extents import extents
from publisher.words.deadlines import TIME
from publisher.words.sentences import bounds, trimmed
from publisher.words.tokens import tokens


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what asks for a task is carried by one."""

    sentences: int
    carried_sentences: int
    characters: int
    carried_characters: int


def coverage(one: Reconciliation) -> Coverage:
    """How many sentences of a plan, and how many of their characters, its tasks carry."""
    carried = one.carried()
    wanted = [index for index, needed in enumerate(needs_task(one)) if needed]
    length = {index: len(one.sentences[index].words) for index in wanted}
    missing = {
        index: sum(end - start for start, end in gaps(one.sentences[index], carried[index]))
        for index in wanted
        if carried[index]
    } | dict.fromkeys(given(one).intersection(wanted), 0)
    return Coverage(
        sentences=len(wanted),
        carried_sentences=len(missing),
        characters=sum(length.values()),
        carried_characters=sum(length[index] - gap for index, gap in missing.items()),
    )


def needs_task(one: Reconciliation) -> tuple[bool, ...]:
    """For each sentence whether it asks for a task: it is neither heading nor introduction.

    Introductions stand before the first heading, or between a heading and those below it; parts at
    the beginning and the end that no task touches introduce and close the plan.
    """
    leaves = set(_leaves(one.text))
    around = _around(one)
    return tuple(
        not sentence.is_heading
        and sentence.clause in leaves
        and index not in around
        and bool(trimmed(sentence.words))
        for index, sentence in enumerate(one.sentences)
    )


def _around(one: Reconciliation) -> set[int]:
    """The sentences of the first and the last parts of a plan that no task touches at all.

    They say what the plan is for and how it is seen through; nobody breaks them down.
    """
    headings = [block for block in one.text.blocks if isinstance(block, Heading)]
    top = min((block.level for block in headings), default=0)
    carried, by_clause = one.carried(), given(one)
    parts = [
        (range(*limits), any(carried[i] or i in by_clause for i in range(*limits)))
        for index, limits in sorted(extents(one.text, one.sentences))
        if isinstance(block := one.text.blocks[index], Heading) and block.level == top
    ]
    if not any(is_touched for _, is_touched in parts):
        return set()
    found: set[int] = set()
    for ordered in (parts, parts[::-1]):
        for part, _ in takewhile(lambda one: not one[1], ordered):
            found.update(part)
    return found


def _leaves(text: Prose) -> Iterator[int]:
    """The headings whose text is not followed by a heading below them."""
    headings = [
        (i, block.level) for i, block in enumerate(text.blocks) if isinstance(block, Heading)
    ]
    for (index, level), (_, following) in pairwise([*headings, (-1, 0)]):
        if following <= level:
            yield index


def given(one: Reconciliation) -> frozenset[int]:
    """The sentences of the clauses that authors of tasks name (对应条款): those carry them."""
    limits = dict(extents(one.text, one.sentences))
    named = {task.clause for task in one.tasks if task.is_declared and task.clause is not None}
    return frozenset(index for clause in named for index in range(*limits[clause]))


def gaps(sentence: Sentence, carried: Iterable[tuple[int, Piece]]) -> Iterator[tuple[int, int]]:
    """From where to where no piece repeats a sentence, where enough words stand to ask for it."""
    pieces = [piece for _, piece in carried]
    length = len(sentence.words)
    end = 0
    for start, stop in [*sorted(piece.part for piece in pieces), (length, length)]:
        if len(trimmed(sentence.words[end:start])) >= LEAST:
            yield from _unsaid(sentence.words, end, start, [piece.words for piece in pieces])
        end = max(end, stop)


def _unsaid(words: str, start: int, end: int, listed: list[str]) -> Iterator[tuple[int, int]]:
    """From where to where a stretch of a sentence says what no task says in any order."""
    if not listed:
        yield start, end
        return
    inner = [one for one in bounds(words) if start <= one <= end]
    open_from = None
    for first, last in pairwise(sorted({start, *inner, end})):
        part = trimmed(TIME.sub("", words[first:last]))
        if len(part) >= LEAST and not any(_has_words(one, part) for one in listed):
            open_from = first if open_from is None else open_from
        elif open_from is not None and part:
            yield open_from, first
            open_from = None
    if open_from is not None:
        yield open_from, end


_MOST = 0.7
"""The part of a clause's words, by characters, that says it as well in another order."""


def _has_words(listed: str, part: str) -> bool:
    """Whether a task has all figures of a clause and most of its words."""
    own = set(tokens(listed))
    words = list(tokens(part))
    said = sum(len(one) for one in words if one in own or (one in listed and not has_digit(one)))
    return said >= _MOST * len(part) and all(one in own for one in words if has_digit(one))
