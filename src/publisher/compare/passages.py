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
    several = list(parts)
    found: list[tuple[int, int]] = []
    gone = 0
    last = -1
    for at, (one, other) in enumerate(pairs):
        first = end = other - gone
        limit = pairs[at + 1][1] - gone if at + 1 < len(pairs) else len(several)
        while first - 1 > last and _completes(whole[one], several[first - 1 : end + 1]):
            first -= 1
        while end + 1 < limit and _completes(whole[one], several[first : end + 2]):
            end += 1
        if end > first:
            runs = tuple(run for unit in several[first : end + 1] for run in unit.runs)
            several[first : end + 1] = [Unit(joined(runs), several[first].paragraph)]
            gone += end - first
        found.append((one, first))
        last = first
    return tuple(several), found


def _completes(whole: Unit, parts: list[Unit]) -> bool:
    """Whether parts of one paragraph are the whole sentence, and none of them is more of it."""
    if len({unit.paragraph for unit in parts}) > 1:
        return False
    words = [bare(unit.words) for unit in parts]
    if not all(words):
        return False
    least = max(_WHOLE, *(similarity(bare(whole.words), one) for one in words))
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
        found = _best_way(*words)
    else:
        pairs = best_pairs(*words, _ALIKE)
        risen = longest_rising([other for _, other in pairs], [1] * len(pairs))
        found = [pair for at, pair in enumerate(pairs) if at in risen]
    yield from ((within[one], new_within[other]) for one, other in found)


def _best_way(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Pairs, rising on both sides, that are alike and together as alike as can be."""
    scores = [[_score(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for one in reversed(range(len(old))):
        for other in reversed(range(len(new))):
            best[one][other] = max(
                best[one + 1][other],
                best[one][other + 1],
                best[one + 1][other + 1] + scores[one][other] if scores[one][other] else 0.0,
            )
    pairs = []
    one = other = 0
    while one < len(old) and other < len(new):
        score = scores[one][other]
        if score and best[one][other] == best[one + 1][other + 1] + score:
            pairs.append((one, other))
            one, other = one + 1, other + 1
        elif best[one][other] == best[one + 1][other]:
            one += 1
        else:
            other += 1
    return pairs


def _score(one: str, other: str) -> float:
    if not one and not other:
        return 1.0  # marks alone
    score = similarity(one, other)
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
    whole = {node: one for node, one in alone.items() if any(one.units)}
    while partial := {node: one for node, one in whole.items() if any(one.left())}:
        for one in partial.values():
            one.unlink()
        whole = {node: one for node, one in whole.items() if node not in partial}
    return whole


def _tells(unit: Unit) -> bool:
    return len(bare(unit.words)) >= _TELLING
