"""Blocks of a text → tokens, each of which may be edited by itself, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from publisher.model import (
    Heading,
    Inline,
    Item,
    LineBreak,
    Link,
    Lowered,
    Note,
    Paragraph,
    Raised,
    Strong,
    Text,
    plain,
)
from publisher.words.sentences import spans
from publisher.writers.inline import sayable

Running = Heading | Item | Paragraph
"""A block of running text."""

BREAK, NOTE, END = "\n", "[注]", "[段]"
"""Keys of what is no character: the end of a line, the mark of a note, the end of a block."""
STRONG = ""


@dataclass(frozen=True, slots=True)
class Guise:
    """What a character is part of."""

    around: tuple[str, ...] = ()
    """From the outside: the address of a link, or `STRONG`."""
    script: type[Raised | Lowered] | None = None


PLAIN = Guise()


@dataclass(frozen=True, slots=True)
class Token:
    """A character, or what stands between characters."""

    key: str
    guise: Guise = PLAIN
    note: Note | None = None
    block: Running | None = None
    """Of the end of a block: the block."""

    @property
    def is_mark(self) -> bool:
        """Whether it stands between characters and takes no place of its own."""
        return self.key in (BREAK, NOTE)


Tokens = tuple[Token, ...]


def tokens(content: Sequence[Inline], around: tuple[str, ...] = ()) -> Tokens:
    """The tokens of inline content."""
    return tuple(_tokens(content, around))


def _tokens(content: Sequence[Inline], around: tuple[str, ...]) -> Iterator[Token]:
    for inline in content:
        match inline:
            case Text(words):
                yield from (Token(each, Guise(around)) for each in words)
            case Raised(words) | Lowered(words):
                yield from (Token(each, Guise(around, type(inline))) for each in words)
            case Strong(inner):
                yield from _tokens(inner, (*around, STRONG))
            case Link(target, inner):
                yield from _tokens(inner, (*around, target))
            case LineBreak():
                yield Token(BREAK, Guise(around))
            case Note():
                yield Token(NOTE, Guise(around), inline)


def of_blocks(blocks: Iterable[Running]) -> Tokens:
    """The tokens of blocks, an end behind each."""
    return tuple(
        token for block in blocks for token in (*tokens(block.content), Token(END, block=block))
    )


def of_words(words: str) -> Tokens:
    """The tokens of words without stress or link."""
    return tuple(Token(each) for each in words)


# -- back -----------------------------------------------------------------------------------


def content(made: Sequence[Token], like: Iterable[Sequence[Inline]] = ()) -> tuple[Inline, ...]:
    """The inline content of tokens; as it was said before, where one of `like` says the same."""
    for said in like:
        if tokens(said) == tuple(made):
            return tuple(said)
    return sayable(tuple(_content(made, 0)))


def _content(made: Sequence[Token], depth: int) -> Iterator[Inline]:
    for outer, alike in groupby(made, lambda token: _at(token, depth)):
        inner = list(alike)
        if outer is None:
            yield from _leaves(inner)
        elif outer == STRONG:
            yield Strong(tuple(_content(inner, depth + 1)))
        else:
            yield Link(outer, tuple(_content(inner, depth + 1)))


def _at(token: Token, depth: int) -> str | None:
    around = token.guise.around
    return around[depth] if depth < len(around) else None


def _leaves(made: Sequence[Token]) -> Iterator[Inline]:
    for (kind, script), alike in groupby(made, _kind):
        inner = list(alike)
        if kind == NOTE:
            yield from (token.note for token in inner if token.note)
        elif kind == BREAK:
            yield from (LineBreak() for _ in inner)
        else:
            yield (script or Text)("".join(token.key for token in inner))


def _kind(token: Token) -> tuple[str, type[Raised | Lowered] | None]:
    return (token.key if token.is_mark else "", token.guise.script)


def blocks_of(made: Sequence[Token], like: Iterable[Sequence[Inline]]) -> list[Running]:
    """The blocks of tokens; none where no words are left."""
    blocks: list[Running] = []
    waiting: list[Token] = []
    known = list(like)
    for token in made:
        if token.block is None:
            waiting.append(token)
            continue
        if waiting or not token.block.content:
            blocks.append(replace(token.block, content=content(waiting, known)))
        waiting = []
    return blocks


# -- words and sentences --------------------------------------------------------------------


def characters(made: Iterable[Token]) -> str:
    """The characters alone."""
    return "".join(token.key for token in made if not token.is_mark and token.key != END)


def words(made: Iterable[Token]) -> str:
    """All that is read: what a note says in brackets, ends of lines and blocks as such."""
    return "".join(map(_said, made)).rstrip("\n")


def read(content: Sequence[Inline]) -> str:
    """The same of inline content."""
    return "".join(_read(content))


def _read(content: Sequence[Inline]) -> Iterator[str]:
    for inline in content:
        match inline:
            case Text(characters) | Raised(characters) | Lowered(characters):
                yield characters
            case Strong(inner) | Link(_, inner):
                yield from _read(inner)
            case LineBreak():
                yield "\n"
            case Note(inner):
                yield _noted(inner)


def _noted(content: Sequence[Inline]) -> str:
    return f"（注：{plain(tuple(content))}）"


def _said(token: Token) -> str:
    if token.note is not None:
        return _noted(token.note.content)
    return "\n" if token.key == END else token.key


def sentences(made: Sequence[Token]) -> list[Tokens]:
    """The sentences of tokens, each with the blanks behind it; an end of a block by itself.

    The mark of a note belongs to the words before it.
    """
    parts: list[Tokens] = []
    waiting: list[Token] = []
    for token in made:
        if token.key == END:
            parts += [*_sentences(waiting), (token,)]
            waiting = []
        else:
            waiting.append(token)
    return [*parts, *_sentences(waiting)]


def _sentences(made: Sequence[Token]) -> list[Tokens]:
    starts = {span.start for span in [*spans(characters(made))][1:]}
    parts: list[list[Token]] = []
    at = 0
    for token in made:
        if not parts or (at in starts and not token.is_mark):
            parts.append([])
        parts[-1].append(token)
        at += not token.is_mark
    return [tuple(part) for part in parts]
