"""Three versions of running text as tokens → the tokens with the edits of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from publisher.takeback.merging.three import Three
from publisher.takeback.merging.tokens import (
    BREAK,
    END,
    NOTE,
    STRONG,
    Guise,
    Token,
    Tokens,
    words,
)
from publisher.wordings import steps

Dispute = Callable[[Three[str]], None]
Join = Callable[[Three[Token]], Token]
"""Makes one of a token that three versions have: of what their notes say, of what blocks are."""


@dataclass(frozen=True, slots=True)
class _Hunk:
    """A stretch of the base, and what a version has in its place."""

    start: int
    end: int
    first: int
    last: int
    is_ours: bool

    @property
    def is_insertion(self) -> bool:
        return self.start == self.end


def woven_tokens(three: Three[Tokens], join: Join, dispute: Dispute) -> list[Token]:
    """Ours with the edits of theirs; where both edited the same characters, ours, which is told."""
    return _Weaver(three, join, dispute).tokens()


class _Weaver:
    def __init__(self, three: Three[Tokens], join: Join, dispute: Dispute) -> None:
        self.base, self.ours, self.theirs = three.base, three.ours, three.theirs
        self.join, self.dispute = join, dispute
        hunks = [*_hunks(self.base, self.ours, is_ours=True)]
        more = [*_hunks(self.base, self.theirs, is_ours=False)]
        self.before = _starts(len(self.base), hunks), _starts(len(self.base), more)
        self.marks: dict[int, list[Token]] = defaultdict(list)
        """Marks that stand between characters in one version alone, which no edit touches."""
        self.hunks = sorted(
            [*self._without_marks(hunks, self.ours), *self._without_marks(more, self.theirs)],
            key=lambda hunk: (hunk.start, hunk.end),
        )
        self.made: list[Token] = []

    def tokens(self) -> list[Token]:
        at = 0
        for cluster in _clusters(self.hunks):
            start, end = cluster[0].start, max(hunk.end for hunk in cluster)
            self._keep(at, start)
            self._emit_marks(start)
            self._edit(cluster, start, end)
            for gap in range(start + 1, end):
                self._emit_marks(gap)
            at = end
        self._keep(at, len(self.base))
        self._emit_marks(len(self.base))
        return self.made

    # -- marks ------------------------------------------------------------------------------

    def _without_marks(self, hunks: Iterable[_Hunk], side: Tokens) -> Iterator[_Hunk]:
        for hunk in hunks:
            stretch = side[hunk.first : hunk.last]
            if hunk.is_insertion and all(token.is_mark for token in stretch):
                there = self.marks[hunk.start]
                there += [token for token in stretch if not _has(there, token)]
            else:
                yield hunk

    def _emit_marks(self, gap: int) -> None:
        self.made += self.marks.pop(gap, [])

    # -- what neither edited ----------------------------------------------------------------

    def _keep(self, start: int, end: int) -> None:
        for at in range(start, end):
            self._emit_marks(at)
            self.made.append(self._kept(at))

    def _kept(self, at: int) -> Token:
        token = self._three(at)
        guise = _joined_guise(token.map(lambda each: each.guise))
        made = self.join(token) if token.ours.note or token.ours.block else token.ours
        return made if made.guise == guise else replace(made, guise=guise)

    def _three(self, at: int) -> Three[Token]:
        ours, theirs = self.before
        return Three(self.base[at], self.ours[ours[at]], self.theirs[theirs[at]])

    # -- what was edited --------------------------------------------------------------------

    def _edit(self, cluster: Sequence[_Hunk], start: int, end: int) -> None:
        mine = [hunk for hunk in cluster if hunk.is_ours]
        yours = [hunk for hunk in cluster if not hunk.is_ours]
        if not yours:
            self.made += self.ours[mine[0].first : mine[-1].last]
            return
        theirs = self._stretch(yours, start, end, is_ours=False)
        if not mine:
            self.made += self._looking(theirs, start, end)
            return
        ours = self._stretch(mine, start, end, is_ours=True)
        if _keys(ours) != _keys(theirs):
            self.dispute(Three(words(self.base[start:end]), words(ours), words(theirs)))
        self.made += ours
        for gap in range(start + 1, end):
            self.marks[gap] = [mark for mark in self.marks.pop(gap, []) if not _has(ours, mark)]

    def _stretch(self, hunks: Sequence[_Hunk], start: int, end: int, *, is_ours: bool) -> Tokens:
        side, before = (self.ours, self.before[0]) if is_ours else (self.theirs, self.before[1])
        first = hunks[0].first if hunks[0].start == start else before[start]
        last = hunks[-1].last if hunks[-1].end == end else before[end - 1] + 1
        return side[first:last]

    def _looking(self, theirs: Tokens, start: int, end: int) -> Iterator[Token]:
        """What theirs has, with the stress and links that ours has there and the base lacks."""
        ours = self.before[0]
        if start < end:
            around = [*range(start, end)]
        else:
            around = [at for at in (start - 1, start) if 0 <= at < len(self.base)]
            if len(around) < 2:
                around = []
        gained: set[str] | None = None
        for at in around:
            if self.base[at].key == END:
                gained = set()
            elif not self.base[at].is_mark and 0 <= ours[at] < len(self.ours):
                more = set(self.ours[ours[at]].guise.around) - set(self.base[at].guise.around)
                gained = more if gained is None else gained & more
        for token in theirs:
            if not gained or token.key == END:
                yield token
            else:
                guise = token.guise
                missing = tuple(sorted(gained - set(guise.around), reverse=True))
                yield replace(token, guise=replace(guise, around=(*missing, *guise.around)))


def _keys(stretch: Iterable[Token]) -> list[object]:
    return [(token.key, token.note) for token in stretch]


def _has(there: Iterable[Token], token: Token) -> bool:
    return any((each.key, each.note) == (token.key, token.note) for each in there)


def _clusters(hunks: Iterable[_Hunk]) -> Iterator[list[_Hunk]]:
    """Edits of both versions that touch the same characters, or put in at the same place."""
    cluster: list[_Hunk] = []
    end = 0
    for hunk in hunks:
        is_within = bool(cluster) and (
            hunk.start < end
            or (
                (hunk.is_insertion and all(each.is_insertion for each in cluster))
                and hunk.start == end
            )
        )
        if cluster and not is_within:
            yield cluster
            cluster = []
        end = max(end, hunk.end) if cluster else hunk.end
        cluster.append(hunk)
    if cluster:
        yield cluster


def _starts(size: int, hunks: Sequence[_Hunk]) -> list[int]:
    """Where each token of the base stands in a version; of what it lacks, where that was."""
    made: list[int] = []
    at = 0
    for hunk in hunks:
        made += range(at, at + hunk.start - len(made))
        made += [hunk.first] * (hunk.end - hunk.start)
        at = hunk.last
    made += range(at, at + size - len(made))
    return made


# -- what differs ---------------------------------------------------------------------------


def _hunks(base: Tokens, side: Tokens, *, is_ours: bool) -> Iterator[_Hunk]:
    old, new = [token.key for token in base], [token.key for token in side]
    for start, end, first, last in _differing(old, new):
        yield _Hunk(start, end, first, last, is_ours)


def _differing(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    if [key for key in old if key not in _MARKS] == [key for key in new if key not in _MARKS]:
        yield from _marks_differing(old, new)
        return
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    behind = 0
    while behind < min(len(old), len(new)) - start and old[-1 - behind] == new[-1 - behind]:
        behind += 1
    end, last = len(old) - behind, len(new) - behind
    if start in (end, last):
        yield start, end, start, last
        return
    for kind, i, j, k, m in steps(old[start:end], new[start:last], _island):
        if kind != "equal":
            yield start + i, start + j, start + k, start + m


_MARKS = (BREAK, NOTE)


def _island(key: str) -> str:
    return key if len(key) == 1 else "。"


def _marks_differing(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """The same characters: what differs stands between them."""
    i = k = 0
    while i < len(old) or k < len(new):
        j, m = i, k
        while j < len(old) and old[j] in _MARKS:
            j += 1
        while m < len(new) and new[m] in _MARKS:
            m += 1
        if old[i:j] != new[k:m]:
            yield from _between(old[i:j], new[k:m], i, k)
        i, k = j + 1, m + 1


def _between(
    old: list[str], new: list[str], at: int, to: int
) -> Iterator[tuple[int, int, int, int]]:
    from difflib import SequenceMatcher

    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield at + i, at + j, to + k, to + m


# -- looks ----------------------------------------------------------------------------------


def _joined_guise(guise: Three[Guise]) -> Guise:
    """How a character looks that all versions have: what one of them changed."""
    if not guise.is_disputed:
        return guise.best
    is_strong = guise.map(lambda each: STRONG in each.around).best
    link = guise.map(lambda each: next(filter(None, each.around), None)).best
    script = guise.of("script").best
    wanted = {*([STRONG] if is_strong else []), *([link] if link else [])}
    for known in (guise.ours.around, guise.theirs.around):
        if set(known) == wanted:
            return Guise(known, script)
    return Guise(tuple(sorted(wanted, reverse=True)), script)
