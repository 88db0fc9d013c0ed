"""The words of one paragraph → inline content: escapes, stress, links and line breaks.

Done here because `markdown` takes the square of the length for brackets without an end, and nests
stress in stress until the stack is full: here each mark is looked at once, and what is stressed
twice is stressed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from publisher.model import Inline, LineBreak, Link, Strong, Text

_SCHEMES = ("http://", "https://", "mailto:")
_MARK = re.compile(
    r"\\(?P<escaped>[\\`*_{}\[\]()>#+\-.!])|(?P<side>!\[|[\[\]()])|(?P<stars>\*{2,})"
    r"|(?P<end> {2}\n)"
)
_SIDES = {"[": "]", "![": "]", "(": ")"}
_FOLLOWED = re.compile(r"\S| {2}\n")
"""Stress begins before words, or before the end of a line."""
_AFTER = re.compile(r"[\S\n]")
_TITLE = re.compile(r"""\s(?:"[^"]*"|'[^']*')$""")
"""What Markdown shows beside the mouse; here it is nothing."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A link that leads nowhere a reader could go: only its words are kept."""

    at: int
    """Where it begins in the words."""
    target: str


def read_inline(words: str) -> tuple[tuple[Inline, ...], list[Refused]]:
    """Inline content, and the links whose targets cannot be used.

    It is three deep at most: stress in a link in stress.
    """
    tokens = list(_tokens(words))
    partners = _partners(tokens)
    pieces: list[_Token | Inline] = []
    refused: list[Refused] = []
    index = 0
    while index < len(tokens):
        there = _link(tokens, partners, index)
        if there is None:
            pieces.append(tokens[index])
            index += 1
            continue
        closed, end = there
        label, target = tokens[index + 1 : closed], _target(tokens[closed + 2 : end])
        if target.lower().startswith(_SCHEMES):
            pieces.append(Link(target, _stressed(label)))
        else:
            refused.append(Refused(tokens[index].at, target))
            pieces += _stressed(label)
        index = end + 1
    return _stressed(pieces), refused


# -- marks ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Token:
    """A mark, or the words between two."""

    kind: str
    """A side of brackets as it is typed; "stars", "end", or "" for words."""
    text: str
    at: int
    can_open: bool = False
    """Of stars: whether words follow."""
    can_close: bool = False
    """Of stars: whether words stand before."""


def _tokens(words: str) -> Iterator[_Token]:
    at = 0
    for mark in _MARK.finditer(words):
        if at < mark.start():
            yield _Token("", words[at : mark.start()], at)
        at = mark.end()
        if mark["escaped"]:
            yield _Token("", mark["escaped"], mark.start())
        elif mark["side"]:
            yield _Token(mark[0], mark[0], mark.start())
        elif mark["stars"]:
            before = words[mark.start() - 1 : mark.start()]
            sides = bool(_FOLLOWED.match(words, at)), bool(_AFTER.match(before))
            yield _Token("stars", mark[0], mark.start(), *sides)
        else:
            yield _Token("end", "\n", mark.start())
    if at < len(words):
        yield _Token("", words[at:], at)


def _partners(tokens: Sequence[_Token]) -> dict[int, int]:
    """Which bracket closes which, by the index of the one that opens."""
    waiting: dict[str, list[int]] = {"]": [], ")": []}
    partners = {}
    for index, token in enumerate(tokens):
        if token.kind in _SIDES:
            waiting[_SIDES[token.kind]].append(index)
        elif waiting.get(token.kind):
            partners[waiting[token.kind].pop()] = index
    return partners


# -- links ------------------------------------------------------------------------------


def _link(
    tokens: Sequence[_Token], partners: Mapping[int, int], index: int
) -> tuple[int, int] | None:
    """The indices of `]` and `)` of the link that begins here; None where none does."""
    closed = partners.get(index) if tokens[index].kind == "[" else None
    if closed is None or closed + 1 == len(tokens) or tokens[closed + 1].kind != "(":
        return None
    end = partners.get(closed + 1)
    return None if end is None else (closed, end)


def _target(tokens: Iterable[_Token]) -> str:
    target = _TITLE.sub("", "".join(token.text for token in tokens).strip()).strip()
    return target[1:-1].strip() if target[:1] == "<" and target[-1:] == ">" else target


# -- stress -----------------------------------------------------------------------------


def _stressed(pieces: Sequence[_Token | Inline]) -> tuple[Inline, ...]:
    """Pieces, those between two marks of stress put together."""
    content: list[Inline] = []
    for is_strong, run in groupby(_leveled(pieces), key=lambda one: one[0]):
        inner = tuple(_joined([piece for _, piece in run]))
        content += (Strong(inner),) if is_strong else inner
    return tuple(content)


def _leveled(pieces: Sequence[_Token | Inline]) -> Iterator[tuple[bool, str | Inline]]:
    """Words and inline content, and whether they stand between marks of stress."""
    closing, opening = _paired(pieces)
    depth = 0
    for index, piece in enumerate(pieces):
        if not isinstance(piece, _Token):
            yield depth > 0, piece
        elif piece.kind == "end":
            yield depth > 0, LineBreak()
        else:
            closes, opens = closing[index], opening[index]
            depth -= closes
            yield depth > 0, piece.text[2 * (closes + opens) :]
            depth += opens


def _paired(pieces: Sequence[_Token | Inline]) -> tuple[Counter[int], Counter[int]]:
    """How many regions of stress end at each run of stars, and how many begin there."""
    closing: Counter[int] = Counter()
    opening: Counter[int] = Counter()
    waiting: list[int] = []
    for index, piece in enumerate(pieces):
        if isinstance(piece, _Token) and piece.kind == "stars":
            marks = len(piece.text) // 2
            closing[index] = min(marks, len(waiting)) if piece.can_close else 0
            for _ in range(closing[index]):
                opening[waiting.pop()] += 1
            waiting += [index] * (marks - closing[index]) if piece.can_open else []
    return closing, opening


def _joined(pieces: Iterable[str | Inline]) -> Iterator[Inline]:
    """Inline content in which words that stand side by side are one."""
    for is_words, run in groupby(pieces, key=lambda one: isinstance(one, str)):
        if not is_words:
            yield from (piece for piece in run if not isinstance(piece, str))
        elif words := "".join(piece for piece in run if isinstance(piece, str)):
            yield Text(words)
