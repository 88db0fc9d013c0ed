"""A reconciliation → what of the plan asks for a task, and how much of it the tasks carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile

from publisher.model import Piece, Prose, Reconciliation, Sentence
from publisher.reconcile.agreement import LEAST, has_digit
from publisher.reconcile.extents import clauses, extents
from publisher.words.deadlines import TIME
from publisher.words.numbering import numbers
from publisher.words.sentences import bounds, trimmed
from publisher.words.tokens import tokens


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what asks for a task is carried by one."""

    sentences: int
    carried_sentences: int
    characters: int
    carried_characters: int


def coverage(reconciliation: Reconciliation) -> Coverage:
    """How many sentences of a plan, and how many of their characters, its tasks carry."""
    carried = reconciliation.carried()
    wanted = [index for index, needed in enumerate(needs_task(reconciliation)) if needed]
    sentences = reconciliation.sentences
    length = {index: len(sentences[index].words) for index in wanted}
    missing = {
        index: sum(end - start for start, end in gaps(sentences[index], carried[index]))
        for index in wanted
        if carried[index]
    } | dict.fromkeys(given(reconciliation).intersection(wanted), 0)
    return Coverage(
        sentences=len(wanted),
        carried_sentences=len(missing),
        characters=sum(length.values()),
        carried_characters=sum(length[index] - gap for index, gap in missing.items()),
    )


def needs_task(reconciliation: Reconciliation) -> tuple[bool, ...]:
    """For each sentence whether it asks for a task: it is neither heading nor introduction.

    Introductions stand before the first heading or item, or between one and those below it; parts
    at the beginning and the end that no task touches introduce and close the plan.
    """
    begins = _begins(reconciliation.text)
    around = _around(reconciliation)
    return tuple(
        not sentence.is_heading
        and sentence.clause is not None
        and sentence.block >= begins[sentence.clause]
        and index not in around
        and bool(trimmed(sentence.words))
        for index, sentence in enumerate(reconciliation.sentences)
    )


def _around(reconciliation: Reconciliation) -> set[int]:
    """The sentences of the first and the last parts of a plan that no task touches at all.

    They say what the plan is for and how it is seen through; nobody breaks them down.
    """
    levels = {index: number.level for index, number in numbers(reconciliation.text)}
    top = min(levels.values(), default=0)
    carried, by_clause = reconciliation.carried(), given(reconciliation)
    parts = [
        (range(*limits), any(carried[i] or i in by_clause for i in range(*limits)))
        for index, limits in sorted(extents(reconciliation.text, reconciliation.sentences))
        if levels[index] == top
    ]
    if not any(is_touched for _, is_touched in parts):
        return set()
    around: set[int] = set()
    for ordered in (parts, parts[::-1]):
        for part, _ in takewhile(lambda part: not part[1], ordered):
            around.update(part)
    return around


def _begins(text: Prose) -> dict[int, int]:
    """For the index of each clause, from which block on its words are no introduction."""
    limits = sorted(clauses(text))
    return {
        index: following if following < end else index
        for (index, end), (following, _) in pairwise([*limits, (len(text.blocks), 0)])
    }


def given(reconciliation: Reconciliation) -> frozenset[int]:
    """The sentences of the clauses that authors of tasks name (对应条款): those carry them."""
    limits = dict(extents(reconciliation.text, reconciliation.sentences))
    named = {task.clause for task in reconciliation.tasks if task.is_declared}
    return frozenset(
        index for clause in named if clause is not None for index in range(*limits[clause])
    )


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
    inner = [bound for bound in bounds(words) if start <= bound <= end]
    open_from = None
    for first, last in pairwise(sorted({start, *inner, end})):
        part = trimmed(TIME.sub("", words[first:last]))
        is_unsaid = len(part) >= LEAST and not any(_has_words(task, part) for task in listed)
        if is_unsaid:
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
    figures = set(filter(has_digit, words))
    said = (token for token in words if token in own or (token in listed and token not in figures))
    return figures <= own and sum(map(len, said)) >= _MOST * len(part)
