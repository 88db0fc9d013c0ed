"""Words → their sentences and clauses, and the same without the marks that end them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.model import Block, Inline, Strong, plain

SENTENCE_ENDS = "。！？"
MARKS = f"{SENTENCE_ENDS}；，、："
"""All marks at which clauses end."""
CLOSING = "[”’）》」』〉】]*"
"""Behind a stop these belong to what it ends."""
_SENTENCE = re.compile(f"[^{SENTENCE_ENDS}]*[{SENTENCE_ENDS}]+{CLOSING}|[^{SENTENCE_ENDS}]+$")
_STATEMENT = re.compile(
    rf"[^{SENTENCE_ENDS}；\n]*(?:[{SENTENCE_ENDS}；]+{CLOSING})+|[^{SENTENCE_ENDS}；\n]+"
)
_CLAUSE = re.compile(f"[^{MARKS}]+")
_BEHIND_MARK = re.compile(f"(?<=[{MARKS}])")
_WHITE = re.compile(r"\s+")


def ends_sentence(content: tuple[Inline, ...]) -> bool:
    """Whether inline content ends as a sentence does."""
    return plain(content).endswith(tuple(SENTENCE_ENDS))


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a longer text."""

    words: str
    start: int
    """How many characters of the text stand before it."""

    @property
    def end(self) -> int:
        """Where the rest of the text begins."""
        return self.start + len(self.words)


def spans(words: str) -> Iterator[Span]:
    """The sentences of a text with their stops; blanks around them left out, empty ones too.

    A closing quotation mark or bracket after a stop belongs to the sentence that it ends.
    """
    for match in _SENTENCE.finditer(words):
        sentence = match[0].strip()
        if sentence:
            yield Span(sentence, match.start() + match[0].index(sentence))


def sentences(block: Block) -> Iterator[Span]:
    """The sentences of a paragraph or heading."""
    return spans(plain(block.content))


def statements(words: str) -> Iterator[str]:
    """What has a line of its own in plain text: it ends at a stop, at ； or where a line does."""
    return filter(None, (part.strip() for part in _STATEMENT.findall(words)))


def open_quotations(texts: Iterable[str]) -> Iterator[bool]:
    """Of each text whether it stands in a quotation that began in one above it."""
    depth = 0
    for words in texts:
        yield depth > 0
        depth = max(depth + words.count("“") - words.count("”"), 0)


_LONGEST_NAME = 12


def called(content: tuple[Inline, ...]) -> str:
    """What a numbered paragraph is called: its lead, else its first words up to a mark."""
    has_lead = bool(content) and isinstance(content[0], Strong)
    words = plain(content[:1] if has_lead else content)
    first = next(iter(clauses(words)), "")
    return first if len(first) <= _LONGEST_NAME else first[:_LONGEST_NAME] + "……"


# -- clauses ----------------------------------------------------------------------------


def clauses(words: str) -> list[str]:
    """What stands between marks of any kind, without them."""
    return _CLAUSE.findall(words)


def bounds(words: str) -> list[int]:
    """Where the clauses of words begin and end: behind each mark."""
    return sorted({0, *(mark.start() for mark in _BEHIND_MARK.finditer(words)), len(words)})


def to_marks(words: str, start: int, end: int) -> tuple[int, int]:
    """A part widened to whole clauses: from behind a mark to behind the next."""
    there = bounds(words)
    first = max(bound for bound in there if bound <= start)
    last = min(bound for bound in there if bound >= end)
    return first, last


def trimmed(words: str) -> str:
    """Words without blanks, and without the marks at their ends."""
    return _WHITE.sub("", words).strip(MARKS)
