"""Levels and identifiers of headings (GB/T 9704 7.3.3)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from publisher.diagnostics import Finding, Severity
from publisher.model import Document, Heading, Prose


def _texts(document: Document) -> Iterator[Prose]:
    for text in document.texts:
        yield text
        yield from (one for one in text.attachments if isinstance(one, Prose))


def _headings(text: Prose) -> list[Heading]:
    return [block for block in text.blocks if isinstance(block, Heading)]


def doubled_identifier(document: Document) -> Iterator[Finding]:
    """Two headings carry the same `{#id}`.

    An identifier is an address: links to the second would lead to the first. Rename one.
    """
    seen: dict[str, Heading] = {}
    for text in _texts(document):
        for heading in _headings(text):
            if heading.identifier is None:
                continue
            first = seen.setdefault(heading.identifier, heading)
            if first is not heading:
                yield Finding(
                    "doubled_identifier",
                    Severity.ERROR,
                    heading.place,
                    f"标识“{heading.identifier}”与第 {first.place.line} 行的标题重复",
                    "请改用不同的标识；从未公布过链接的，也可以删去。",
                )


def skipped_level(document: Document) -> Iterator[Finding]:
    """A heading is two or more levels below the one before it, as `###` after `#`.

    Readers and screen readers expect 一、 then （一） then 1. (7.3.3). Add the level between, or
    take away a `#`.
    """
    for text in _texts(document):
        levels = [0, *(heading.level for heading in _headings(text))]
        for (above, level), heading in zip(pairwise(levels), _headings(text), strict=True):
            if level > above + 1:
                yield Finding(
                    "skipped_level",
                    Severity.REVIEW,
                    heading.place,
                    f"标题从第 {above} 级跳到了第 {level} 级" if above else "第一个标题不是第 1 级",
                    "请补上中间的层次，或减少“#”。",
                )
