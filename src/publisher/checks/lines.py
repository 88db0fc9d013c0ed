"""A document → the lines that its author typed, each able to tell the place of its characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from publisher.model import Document, Place, one_line, plain
from publisher.sentences import place_in

_LINK_TARGET = re.compile(r"\]\([^()]*\)")

Line = tuple[str, Callable[[int], Place]]
"""Words on one line, and where the character of a number stands."""


def lines(document: Document) -> Iterator[Line]:
    """Each line that an author wrote; the addresses of links are blanked out."""
    yield from lines_of_elements(document)
    for words, locate in lines_of_text(document):
        yield without_link_targets(words), locate


def without_link_targets(line: str) -> str:
    """A line of text in which blanks stand for the addresses of links, which are not printed."""
    return _LINK_TARGET.sub(lambda target: " " * len(target[0]), line)


def lines_of_elements(document: Document) -> Iterator[Line]:
    """The words of the front matter, line by line."""
    for key, words in (
        ("标题", one_line(document.body.title)),
        ("发文机关标志", document.mark),
        ("发文字号", document.number),
        ("签发人", "、".join(document.signers)),
        ("主送", document.recipients),
        ("抄送", document.copies),
        ("签名人职务", document.stamp_title),
        ("签名人", document.stamp_name),
        ("附注", document.note),
        ("出席", "、".join(document.present)),
        ("请假", "、".join(document.excused)),
        ("列席", "、".join(document.observers)),
        ("印发机关", document.printing_organ),
    ):
        if words:
            yield from _as_typed(words, document, key)


_VALUE = re.compile(r"""\s*(?:[^\s:]+:\s+|-\s+)?["']?(.+?)["']?\s*""")
"""A line of a value in the front matter, without indent, key, dash and quotes."""
_LEFT_OUT = re.compile(r"[\s、；;（）：:。]")
"""What may stand in the source and not in the value, or the other way round."""


def _as_typed(words: str, document: Document, key: str) -> list[Line]:
    """A value by the lines that it was typed on; in one piece, at its key, where that differs."""
    matches = [
        (match, place)
        for line, place in document.lines_of(key)
        if (match := _VALUE.fullmatch(line))
    ]
    pieces = [(match[1], place.after(match.start(1))) for match, place in matches]
    pieces = [(piece, place) for piece, place in pieces if _core(piece) in _core(words)]
    if _core("".join(piece for piece, _ in pieces)) == _core(words):
        return [(piece, place.after) for piece, place in pieces]
    return [(words, lambda _: document.place_of(key))]


def _core(words: str) -> str:
    return _LEFT_OUT.sub("", words)


def lines_of_text(document: Document) -> Iterator[Line]:
    """The lines of texts, with their markup, and the cells of tables."""
    for text in document.proses:
        for block in text.blocks:
            yield from ((words, place.after) for words, place in block.lines)
    for table in document.tables:
        yield from ((cell.text, cell.place.after) for row in table.rows for cell in row.cells)


def passages(document: Document) -> Iterator[Line]:
    """What an author wrote as readers see it: elements, cells, and each paragraph in one piece."""
    yield from lines_of_elements(document)
    for text in document.proses:
        for block in text.blocks:
            yield plain(block.content), partial(place_in, block)
    for table in document.tables:
        yield from ((cell.text, cell.place.after) for row in table.rows for cell in row.cells)
