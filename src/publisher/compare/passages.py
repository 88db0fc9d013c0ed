"""Paragraphs that are the same in both versions → their sentences side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from publisher.compare.similar import best_pairs, equal_in_order, longest_rising, similarity
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

    old: tuple[Unit, ...]
    new: tuple[Unit, ...]
    pairs: list[tuple[int, int]]
    """The same sentence, at its place: both indices rise."""
    counts: tuple[int, int]
    """How many paragraphs there are on each side."""
    strays: dict[int | None, tuple[Passage, int]] = field(default_factory=dict)
    """Old sentences that stand elsewhere now: in which passage, and where."""
    comers: dict[int | None, tuple[Passage, int]] = field(default_factory=dict)
    """New sentences that stood elsewhere before."""

    def unlink(self) -> None:
        """Let all its sentences that went elsewhere, or came from there, be alone again."""
        for target, place in self.strays.values():
            del target.comers[place]
        for source, place in self.comers.values():
            del source.strays[place]
        self.strays.clear()
        self.comers.clear()

    def left(self) -> tuple[list[int], list[int]]:
        """The sentences on each side that have no other."""
        old, new = {one for one, _ in self.pairs}, {other for _, other in self.pairs}
        return (
            [at for at in range(len(self.old)) if at not in old and at not in self.strays],
            [at for at in range(len(self.new)) if at not in new and at not in self.comers],
        )


def passage(old: tuple[Runs, ...], new: tuple[Runs, ...]) -> Passage:
    """The sentences of paragraphs that became others."""
    return Passage(*_aligned(_units(old), _units(new)), (len(old), len(new)))


_Aligned = tuple[tuple[Unit, ...], tuple[Unit, ...], list[tuple[int, int]]]


def _aligned(old: tuple[Unit, ...], new: tuple[Unit, ...]) -> _Aligned:
    """The sentences of both sides, and which are the same.

    A sentence of which a comma became a full stop is taken for one still, and the other way.
    """
    pairs = _pairs(old, new)
    new, pairs = _rejoined(old, new, pairs)
    turned = [pair[::-1] for pair in pairs]
    old, turned = _rejoined(new, old, turned)
    return old, new, [pair[::-1] for pair in turned]


def _rejoined(
    whole: tuple[Unit, ...], parts: tuple[Unit, ...], pairs: list[tuple[int, int]]
) -> tuple[tuple[Unit, ...], list[tuple[int, int]]]:
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


def _units(paragraphs: tuple[Runs, ...]) -> tuple[Unit, ...]:
    return tuple(
        Unit(sentence, number)
        for number, paragraph in enumerate(paragraphs)
        for sentence in sentences(paragraph)
    )


def _pairs(old: tuple[Unit, ...], new: tuple[Unit, ...]) -> list[tuple[int, int]]:
    """Equal sentences in their order, and between them those that are alike."""
    anchors = equal_in_order([unit.runs for unit in old], [unit.runs for unit in new])
    pairs: list[tuple[int, int]] = []
    start, new_start = 0, 0
    for one, other in [*anchors, (len(old), len(new))]:
        pairs += _alike(old, new, range(start, one), range(new_start, other))
        pairs.append((one, other))
        start, new_start = one + 1, other + 1
    return pairs[:-1]


def _alike(
    old: tuple[Unit, ...], new: tuple[Unit, ...], within: range, new_within: range
) -> Iterator[tuple[int, int]]:
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
        old = [(one, at) for one in passages for at in one.left()[0] if _tells(one.old[at])]
        new = [(one, at) for one in passages for at in one.left()[1] if _tells(one.new[at])]
        words = (
            [bare(one.old[at].words) for one, at in old],
            [bare(one.new[at].words) for one, at in new],
        )
        for first, second in best_pairs(*words, least):
            (source, one), (target, other) = old[first], new[second]
            source.strays[one] = target, other
            target.comers[other] = source, one


def without_partial(alone: dict[Node, Passage]) -> dict[Node, Passage]:
    """Those paragraphs of one version whose sentences all went elsewhere or came from there.

    The sentences of the others are unlinked: such a paragraph came or went whole.
    """
    whole = {node: one for node, one in alone.items() if one.old or one.new}
    while partial := {node: one for node, one in whole.items() if one.left() != ([], [])}:
        for one in partial.values():
            one.unlink()
        whole = {node: one for node, one in whole.items() if node not in partial}
    return whole


def _tells(unit: Unit) -> bool:
    return len(bare(unit.words)) >= _TELLING
