"""Levels and identifiers of headings (GB/T 9704 7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from publisher.diagnostics import Finding, Severity
from publisher.model import Document, Heading, LevelForm, Prose, plain


def _headings(text: Prose) -> list[Heading]:
    return [block for block in text.blocks if isinstance(block, Heading)]


def doubled_identifier(document: Document) -> Iterator[Finding]:
    """Two headings carry the same `{#id}`.

    An identifier is an address: links to the second would lead to the first. Rename one.
    """
    seen: dict[str, Heading] = {}
    for text in document.proses:
        for heading in _headings(text):
            if heading.identifier is None:
                continue
            first = seen.setdefault(heading.identifier, heading)
            where = f"{first.place.file}:{first.place.line}"
            if first is not heading:
                yield Finding(
                    "doubled_identifier",
                    Severity.ERROR,
                    heading.place,
                    f"标识“{heading.identifier}”与 {where} 的标题重复",
                    "请改用不同的标识；从未公布过链接的，也可以删去。",
                )


def skipped_level(document: Document) -> Iterator[Finding]:
    """A heading is two or more levels below the one before it, as `###` after `#`.

    Readers and screen readers expect 一、 then （一） then 1. (7.3.3). Add the level between, or
    take away a `#`. A chapter of a regulation may do without 节.
    """
    for text in document.proses:
        levels = [0, *(heading.level for heading in _headings(text))]
        for (above, level), heading in zip(pairwise(levels), _headings(text), strict=True):
            if any(form is not LevelForm.SECTION for form in text.levels[above : level - 1]):
                yield Finding(
                    "skipped_level",
                    Severity.REVIEW,
                    heading.place,
                    f"标题从第 {above} 级跳到了第 {level} 级" if above else "第一个标题不是第 1 级",
                    "请补上中间的层次，或减少“#”。",
                )


_NUMBER = re.compile(
    "第?[一二三四五六七八九十]+[、章节条]|（[一二三四五六七八九十]+）|[0-9]{1,2}[.．、](?![0-9])"
    "|[（(][0-9]{1,2}[)）]|[①-⑳]"
)


def typed_number(document: Document) -> Iterator[Finding]:
    """A heading begins with a number that somebody typed, as `# 一、总体要求`.

    Numbers are given when the document is set (7.3.3), so this one would stand twice. Delete it.
    """
    for text in document.proses:
        for heading in _headings(text):
            if match := _NUMBER.match(plain(heading.content)):
                yield Finding(
                    "typed_number",
                    Severity.REVIEW,
                    heading.place,
                    f"标题前写了序号“{match[0]}”，印出时会有两个序号",
                    "请删去手写的序号，序号由程序统一编排。",
                )
