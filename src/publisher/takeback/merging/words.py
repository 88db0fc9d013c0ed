"""Three versions of running text → the text with the edits of both, by the grain that is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from publisher.model import Inline, Note
from publisher.takeback.merging.pairing import Member, paired
from publisher.takeback.merging.sequences import Strand, added_alike, strands, woven
from publisher.takeback.merging.three import Grain, Merging, Naming, Three
from publisher.takeback.merging.tokens import (
    END,
    Running,
    Token,
    Tokens,
    characters,
    content,
    of_words,
    sentences,
    tokens,
    words,
)
from publisher.takeback.merging.weaving import woven_tokens
from publisher.wordings import bare

Shell = Callable[[Three[Running]], Running]
"""Makes one block of three, whatever their words are."""


def merged_words(merging: Merging, where: Naming, three: Three[str]) -> str:
    """Words without stress or link: a title, a cell, a key of the front matter."""
    if not three.is_disputed:
        return three.best
    return "".join(token.key for token in WordsMerger(merging, where).merged(three.map(of_words)))


def merged_content(
    merging: Merging, where: Naming, three: Three[tuple[Inline, ...]]
) -> tuple[Inline, ...]:
    """Inline content."""
    if not three.is_disputed:
        return three.best
    made = WordsMerger(merging, where).merged(three.map(tokens))
    return content(made, (three.ours, three.theirs))


def _kept(three: Three[Running]) -> Running:
    return three.ours


@dataclass(slots=True)
class WordsMerger:
    """Merges the tokens of one text."""

    merging: Merging
    where: Naming
    shell: Shell = _kept

    def merged(self, three: Three[Tokens]) -> list[Token]:
        """The tokens with the edits of both."""
        if self.merging.grain is Grain.CHARACTER:
            return woven_tokens(three, self._join, self._dispute)
        return _Sentences(self, three.map(sentences)).tokens()

    def _dispute(self, said: Three[str]) -> None:
        self.merging.dispute(self.where, said)

    def _join(self, token: Three[Token]) -> Token:
        ours, base, theirs = token.ours, token.base, token.theirs
        if ours.note and base.note and theirs.note:
            return replace(ours, note=self._note(Three(base.note, ours.note, theirs.note)))
        if ours.block and base.block and theirs.block:
            return replace(ours, block=self.shell(Three(base.block, ours.block, theirs.block)))
        return ours

    def _note(self, three: Three[Note]) -> Note:
        said = three.map(lambda note: note.content)
        return replace(three.ours, content=merged_content(self.merging, self.where, said))

    def sentence(self, three: Three[Tokens]) -> Sequence[Token]:
        """A sentence that all versions have: its words as one of them has them."""
        if three.map(characters).is_disputed:
            self._dispute(three.map(words))
            return three.ours
        return woven_tokens(three, self._join, self._dispute)

    def is_gone(self, base: Sequence[Tokens], ours: Sequence[Tokens]) -> bool:
        """Whether what theirs took out goes: not where ours has edited it."""
        said = [["".join(map(words, some))] for some in (base, ours)]
        if said[0] == said[1]:
            return True
        self._dispute(Three(said[0][0], said[1][0], ""))
        return False


class _Sentences:
    """Lays three versions of a text side by side, sentence by sentence."""

    def __init__(self, words: WordsMerger, three: Three[list[Tokens]]) -> None:
        self.words, self.three = words, three
        members = three.map(lambda side: [_member(each) for each in side])
        to_ours = _linked(three.base, three.ours, members.base, members.ours)
        to_theirs = _linked(three.base, three.theirs, members.base, members.theirs)
        added = added_alike(members.ours, members.theirs, to_ours, to_theirs)
        self.strands = strands(three.map(len), to_ours, to_theirs, added)

    def tokens(self) -> list[Token]:
        kept = {n for n, strand in enumerate(self.strands.all) if self._is_kept(strand)}
        order, _ = woven(self.strands.orders, kept)
        return [token for n in order for token in self._merged(self.strands.all[n])]

    def _is_kept(self, strand: Strand) -> bool:
        if not strand.base or (strand.ours and strand.theirs):
            return True
        sides = self.three.across(strand, lambda side, some: [side[at] for at in some])
        base, ours, theirs = sides.base, sides.ours, sides.theirs
        if strand.ours:
            return not self.words.is_gone(base, ours)
        if strand.theirs and words(base[0]) != words(theirs[0]):
            self.words._dispute(Three(words(base[0]), "", words(theirs[0])))
        return False

    def _merged(self, strand: Strand) -> Sequence[Token]:
        three = self.three
        ours = three.ours[strand.ours[0]] if strand.ours else None
        theirs = three.theirs[strand.theirs[0]] if strand.theirs else None
        if ours is None or theirs is None or not strand.base:
            return ours or theirs or ()
        return self.words.sentence(Three(three.base[strand.base[0]], ours, theirs))


def _member(sentence: Tokens) -> Member:
    key = tuple((token.key, token.guise, token.note, token.block) for token in sentence)
    return Member(key, bare(characters(sentence)), sentence[0].key == END)


def _linked(
    base: Sequence[Tokens], side: Sequence[Tokens], old: Sequence[Member], new: Sequence[Member]
) -> list[tuple[int, int]]:
    """Sentences that are the same; and ends of blocks: of the last, and behind the same words."""
    running = [[n for n, each in enumerate(some) if not each.sort] for some in (old, new)]
    pairs = [
        (running[0][n], running[1][m])
        for n, m in paired([old[n] for n in running[0]], [new[n] for n in running[1]], is_even=True)
    ]
    if base and side and old[-1].sort and new[-1].sort:
        pairs.append((len(old) - 1, len(new) - 1))
    partner = dict(pairs)
    taken = set(partner.values())
    for n, member in enumerate(old):
        to = partner.get(n - 1, -2) + 1
        is_end = bool(member.sort) and to in range(len(new)) and bool(new[to].sort)
        if is_end and n not in partner and to not in taken:
            pairs.append((n, to))
            taken.add(to)
    return sorted(pairs)
