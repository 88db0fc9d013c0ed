"""Words of a plan and of a task → whether they say the same."""

from __future__ import annotations

from publisher.model import Piece, Sentence
from publisher.words.deadlines import TIME
from publisher.words.sentences import trimmed
from publisher.words.tokens import tokens

LEAST = 6
"""Characters; fewer are not looked for by themselves."""


def words_of(piece: Piece, sentence: Sentence) -> tuple[str, str]:
    """What plan and table say, without the marks that end them.

    A day that the plan names may stand in the row's deadline instead of its words, and who acts
    among its people and departments.
    """
    planned, listed = trimmed(sentence.words[slice(*piece.part)]), trimmed(piece.words)
    if piece.is_dated and planned != listed:
        planned = TIME.sub(lambda one: one[0] if one[1] in listed else "", planned)
    for owner in piece.owners:
        planned = planned if owner in listed else planned.replace(owner, "")
    return trimmed(planned), listed


def agrees(piece: Piece, sentence: Sentence) -> bool:
    """Whether plan and table say the same; blanks and marks at their ends aside."""
    planned, listed = words_of(piece, sentence)
    return piece.is_share or planned == listed


def holds(sentence: str, words: str) -> bool:
    """Whether a sentence has all words of a task in any order, and the same figures."""
    own = set(tokens(sentence))
    return all(one in own or (one in sentence and not has_digit(one)) for one in tokens(words))


def has_digit(word: str) -> bool:
    """Whether a word is a figure, or has one in it."""
    return any(one.isdigit() for one in word)
