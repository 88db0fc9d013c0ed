"""Paragraphs that are the same in both versions → their sentences side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from publisher.changes import Both, Op, Where
from publisher.compare.match import Link
from publisher.compare.similar import (
    best_pairs,
    between,
    equal_in_order,
    longest_rising,
    similarity,
)
from publisher.compare.tree import Node
from publisher.compare.words import Runs, joined, sentences, text
from publisher.wordings import bare

_ALIKE = 0.5
"""Sentences that stand between the same two are the same one if they are so alike."""
_WHOLE = 0.9
"""Pieces of a sentence that are together so like it are that sentence."""
_MOVED = 0.75
_TELLING = 8
"""A sentence as long as that is the same one wherever it stands."""
_SQUARE = 900
"""So many pairs of sentences are compared each with each."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of one of several paragraphs."""

    runs: Runs
    paragraph: int

    @property
    def words(self) -> str:
        """Its words."""
        return text(self.runs)


@dataclass(eq=False, slots=True)
class Passage:
    """The sentences of linked paragraphs, and which are the same."""

    link: Link
    units: Both[Units]
    pairs: list[tuple[int, int]]
    """The same sentence, at its place: both indices rise."""
    elsewhere: Both[dict[int, Stand]] = field(default_factory=lambda: Both({}, {}))
    """Sentences that stand elsewhere on the other side: in which passage, and where."""

    def unlink(self) -> None:
        """Let all its sentences that went elsewhere, or came from there, be alone again."""
        for target, at in self.elsewhere.old.values():
            del target.elsewhere.new[at]
        for source, at in self.elsewhere.new.values():
            del source.elsewhere.old[at]
        for places in self.elsewhere:
            places.clear()

    def left(self) -> Both[list[int]]:
        """The sentences on each side that have no other."""
        paired = Both({old for old, _ in self.pairs}, {new for _, new in self.pairs})
        return Both(
            *(
                [at for at in range(len(units)) if at not in taken and at not in places]
                for units, taken, places in zip(self.units, paired, self.elsewhere, strict=True)
            )
        )

    def where(self, op: Op, at: int) -> Where:
        """Where a sentence of one side stands."""
        return self.link.of(op)[self.units.of(op)[at].paragraph].where


Units = tuple[Unit, ...]
Stand = tuple[Passage, int]


def passage(link: Link) -> Passage:
    """The sentences of paragraphs that became others.

    A sentence of which a comma became a full stop is taken for one still, and the other way.
    """
    old, new = link.map(_units)
    new, pairs = _rejoined(old, new, _pairs(old, new))
    old, turned = _rejoined(new, old, [pair[::-1] for pair in pairs])
    return Passage(link, Both(old, new), [pair[::-1] for pair in turned])


def _rejoined(
    whole: Units, parts: Units, pairs: list[tuple[int, int]]
) -> tuple[Units, list[tuple[int, int]]]:
    """Join each of `parts` that is a piece of a sentence of `whole` with the piece beside it."""
    units = list(parts)
    rejoined: list[tuple[int, int]] = []
    gone = 0
    last = -1
    for at, (at_whole, at_part) in enumerate(pairs):
        first = end = at_part - gone
        limit = pairs[at + 1][1] - gone if at + 1 < len(pairs) else len(units)
        while first - 1 > last and _completes(whole[at_whole], units[first - 1 : end + 1]):
            first -= 1
        while end + 1 < limit and _completes(whole[at_whole], units[first : end + 2]):
            end += 1
        if end > first:
            runs = tuple(run for unit in units[first : end + 1] for run in unit.runs)
            units[first : end + 1] = [Unit(joined(runs), units[first].paragraph)]
            gone += end - first
        rejoined.append((at_whole, first))
        last = first
    return tuple(units), rejoined


def _completes(whole: Unit, parts: list[Unit]) -> bool:
    """Whether parts of one paragraph are the whole sentence, and none of them is more of it."""
    if len({unit.paragraph for unit in parts}) > 1:
        return False
    words = [bare(unit.words) for unit in parts]
    if not all(words):
        return False
    least = max(_WHOLE, *(similarity(bare(whole.words), part) for part in words))
    return similarity(bare(whole.words), "".join(words)) > least


def _units(paragraphs: tuple[Node, ...]) -> Units:
    return tuple(
        Unit(sentence, number)
        for number, paragraph in enumerate(paragraphs)
        for sentence in sentences(paragraph.runs)
    )


def _pairs(old: Units, new: Units) -> list[tuple[int, int]]:
    """Equal sentences in their order, and between them those that are alike."""
    anchors = equal_in_order([unit.runs for unit in old], [unit.runs for unit in new])
    pairs: list[tuple[int, int]] = []
    for within, new_within, anchor in between(anchors, len(old), len(new)):
        pairs += _alike(old, new, within, new_within)
        pairs += anchor
    return pairs


def _alike(old: Units, new: Units, within: range, new_within: range) -> Iterator[tuple[int, int]]:
    """The sentences of two gaps that are alike, in an order that rises on both sides."""
    if not within or not new_within:
        return
    words = [bare(old[at].words) for at in within], [bare(new[at].words) for at in new_within]
    if len(within) * len(new_within) <= _SQUARE:
        alike = _best_way(*words)
    else:
        pairs = best_pairs(*words, _ALIKE)
        risen = longest_rising([new_at for _, new_at in pairs], [1] * len(pairs))
        alike = [pair for at, pair in enumerate(pairs) if at in risen]
    yield from ((within[at], new_within[new_at]) for at, new_at in alike)


def _best_way(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Pairs, rising on both sides, that are alike and together as alike as can be."""
    scores = [[_score(sentence, new_sentence) for new_sentence in new] for sentence in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for at in reversed(range(len(old))):
        for new_at in reversed(range(len(new))):
            best[at][new_at] = max(
                best[at + 1][new_at],
                best[at][new_at + 1],
                best[at + 1][new_at + 1] + scores[at][new_at] if scores[at][new_at] else 0.0,
            )
    pairs = []
    at = new_at = 0
    while at < len(old) and new_at < len(new):
        score = scores[at][new_at]
        if score and best[at][new_at] == best[at + 1][new_at + 1] + score:
            pairs.append((at, new_at))
            at, new_at = at + 1, new_at + 1
        elif best[at][new_at] == best[at + 1][new_at]:
            at += 1
        else:
            new_at += 1
    return pairs


def _score(old: str, new: str) -> float:
    if not old and not new:
        return 1.0  # marks alone
    score = similarity(old, new)
    return score if score >= _ALIKE else 0.0


def link_strays(passages: list[Passage]) -> None:
    """Find sentences that left one paragraph and stand in another, or elsewhere in their own."""
    for least in (1.0, _MOVED):
        old, new = (
            [
                (passage, at)
                for passage in passages
                for at in passage.left().of(op)
                if _tells(passage.units.of(op)[at])
            ]
            for op in (Op.DELETED, Op.INSERTED)
        )
        words = (
            [bare(passage.units.old[at].words) for passage, at in old],
            [bare(passage.units.new[at].words) for passage, at in new],
        )
        for first, second in best_pairs(*words, least):
            (source, at), (target, new_at) = old[first], new[second]
            source.elsewhere.old[at] = target, new_at
            target.elsewhere.new[new_at] = source, at


def without_partial(alone: dict[Node, Passage]) -> dict[Node, Passage]:
    """Those paragraphs of one version whose sentences all went elsewhere or came from there.

    The sentences of the others are unlinked: such a paragraph came or went whole.
    """
    whole = {node: passage for node, passage in alone.items() if any(passage.units)}
    while partial := {node: passage for node, passage in whole.items() if any(passage.left())}:
        for passage in partial.values():
            passage.unlink()
        whole = {node: passage for node, passage in whole.items() if node not in partial}
    return whole


def _tells(unit: Unit) -> bool:
    return len(bare(unit.words)) >= _TELLING
