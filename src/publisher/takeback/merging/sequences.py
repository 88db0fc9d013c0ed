"""Three versions of a sequence, and which of their members are the same → one sequence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from publisher.compare.similar import equal_in_order, longest_rising
from publisher.takeback.merging.pairing import Member, Pairs, paired
from publisher.takeback.merging.three import Three

T = TypeVar("T")

Indices = tuple[int, ...]


Strand = Three[Indices]
"""What is the same in three versions: mostly a member of each; more where it was split."""


@dataclass(frozen=True, slots=True)
class Strands:
    """The members of three versions, each in one strand."""

    all: tuple[Strand, ...]
    orders: Three[tuple[int, ...]]
    """The strands of each version in its order, by their index."""


def strands(sizes: Three[int], ours: Pairs, theirs: Pairs, added: Pairs = ()) -> Strands:
    """Strands of members that are linked: base and ours, base and theirs, ours and theirs."""
    offsets = Three(0, sizes.base, sizes.base + sizes.ours)
    chief = list(range(offsets.theirs + sizes.theirs))

    def first(at: int) -> int:
        while chief[at] != at:
            chief[at] = chief[chief[at]]
            at = chief[at]
        return at

    links = [
        *((at, offsets.ours + to) for at, to in ours),
        *((at, offsets.theirs + to) for at, to in theirs),
        *((offsets.ours + at, offsets.theirs + to) for at, to in added),
    ]
    for left, right in links:
        chief[max(first(left), first(right))] = min(first(left), first(right))
    number: dict[int, int] = {}
    members: list[tuple[list[int], list[int], list[int]]] = []
    orders: list[list[int]] = []
    for side, (offset, size) in enumerate(zip(_each(offsets), _each(sizes), strict=True)):
        order: dict[int, None] = {}
        for at in range(size):
            top = first(offset + at)
            strand = number.setdefault(top, len(number))
            if strand == len(members):
                members.append(([], [], []))
            members[strand][side].append(at)
            order[strand] = None
        orders.append(list(order))
    made = tuple(Three(*map(tuple, sides)) for sides in members)
    return Strands(made, Three(*map(tuple, orders)))


def _each(three: Three[int]) -> tuple[int, int, int]:
    return three.base, three.ours, three.theirs


def added_alike(
    ours: Sequence[Member], theirs: Sequence[Member], to_ours: Pairs, to_theirs: Pairs
) -> list[tuple[int, int]]:
    """What both added behind the same, and alike."""
    keys = [_added_keys(side, pairs) for side, pairs in ((ours, to_ours), (theirs, to_theirs))]
    at = [[n for n, key in enumerate(side) if key is not None] for side in keys]
    left = [[side[n] for n in some] for side, some in zip(keys, at, strict=True)]
    return [(at[0][n], at[1][m]) for n, m in equal_in_order(left[0], left[1])]


def _added_keys(members: Sequence[Member], pairs: Pairs) -> list[object]:
    known = {to: at for at, to in pairs}
    made: list[object] = []
    before = -1
    for n, member in enumerate(members):
        if n in known:
            before = known[n]
            made.append(None)
        else:
            made.append((before, member.key))
    return made


def merged_members(
    three: Three[Sequence[T]],
    members: Three[list[Member]],
    is_gone: Callable[[Three[T | None]], bool],
    merged: Callable[[Three[T]], T],
    moved_twice: Callable[[T], None],
) -> list[T]:
    """One sequence of three.

    `is_gone` decides of what one of two lacks that the base has; `moved_twice` is told what both
    moved, each elsewhere.
    """
    to_ours = paired(members.base, members.ours)
    to_theirs = paired(members.base, members.theirs)
    added = added_alike(members.ours, members.theirs, to_ours, to_theirs)
    made = strands(three.map(len), to_ours, to_theirs, added)
    kept: dict[int, T] = {}
    for n, strand in enumerate(made.all):
        base = three.base[strand.base[0]] if strand.base else None
        ours = three.ours[strand.ours[0]] if strand.ours else None
        theirs = three.theirs[strand.theirs[0]] if strand.theirs else None
        if base is None:
            kept[n] = ours if ours is not None else theirs  # type: ignore[assignment]
        elif ours is not None and theirs is not None:
            kept[n] = merged(Three(base, ours, theirs))
        elif ours is not None and not is_gone(Three(base, ours, theirs)):
            kept[n] = ours
        elif theirs is not None and ours is None:
            is_gone(Three(base, ours, theirs))
    order, moved = woven(made.orders, kept)
    for n in moved:
        moved_twice(kept[n])
    return [kept[n] for n in order]


# -- one order ------------------------------------------------------------------------------

_HEAD = -1


def woven(orders: Three[tuple[int, ...]], kept: Collection[int]) -> tuple[list[int], list[int]]:
    """The strands that are kept in one order, and those that both moved, each elsewhere.

    It is the order of ours, but what theirs moved or added stands behind what it stands behind
    there; what ours added behind something that theirs moved goes with it.
    """
    sides = orders.map(lambda order: [strand for strand in order if strand in kept])
    shared = set(sides.base) & set(sides.ours) & set(sides.theirs)
    base = [strand for strand in sides.base if strand in shared]
    moved, by_ours = _moved(base, sides.theirs), _moved(base, sides.ours)
    disputed = _elsewhere(moved & by_ours, sides, shared)
    moved -= by_ours
    known = {*sides.base, *sides.theirs}
    carried: dict[int, list[int]] = {}
    skeleton = []
    lead = None
    for strand in sides.ours:
        if strand in known:
            lead = strand if strand in moved else None
        elif lead is not None:
            carried.setdefault(lead, []).append(strand)
            continue
        if strand not in moved:
            skeleton.append(strand)
    return _inserted(skeleton, sides.theirs, moved, carried), disputed


def _inserted(
    skeleton: Iterable[int],
    theirs: Iterable[int],
    moved: Collection[int],
    carried: dict[int, list[int]],
) -> list[int]:
    following: dict[int, int] = {}
    last = _HEAD
    for strand in skeleton:
        following[last] = last = strand
    there = {_HEAD, *following.values()}
    last = _HEAD
    for strand in theirs:
        if strand not in there:
            chain = [strand, *carried.get(strand, [])]
            behind = following.get(last)
            at = last
            for each in chain:
                following[at] = at = each
            if behind is not None:
                following[at] = behind
            else:
                following.pop(at, None)
            there.add(strand)
        last = strand
    made = []
    at = _HEAD
    while at in following:
        at = following[at]
        made.append(at)
    return made


def _moved(base: Sequence[int], side: Sequence[int]) -> set[int]:
    """As few as explain the other order."""
    place = {strand: at for at, strand in enumerate(side)}
    risen = longest_rising([place[strand] for strand in base], [1] * len(base))
    return {strand for at, strand in enumerate(base) if at not in risen}


def _elsewhere(both: set[int], sides: Three[list[int]], shared: set[int]) -> list[int]:
    before = []
    for side in (sides.ours, sides.theirs):
        order = [strand for strand in side if strand in shared]
        before.append(dict(zip(order, [_HEAD, *order], strict=False)))
    return sorted(strand for strand in both if before[0][strand] != before[1][strand])
