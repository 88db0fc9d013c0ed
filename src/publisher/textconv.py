"""A Word file → its words, a clause a line, so that git shows what has changed in it.

As a reader sees it: what tracked changes deleted is left out, what they inserted is there. A row of
a table is a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.files import TooLarge, Unreadable, contents
from publisher.wordfile import W, parts_of, words_of
from publisher.words.sentences import statements

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARTS = re.compile(r"word/(?:document|footnotes|endnotes)\.xml")
_LEFT_OUT = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText")}
_CHARACTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_NOT_WORD, _TOO_LARGE = "（不是 Word 文件，无法读取）\n", "（文件太大，无法读取）\n"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def text_of(docx: bytes) -> str:
    """The words of a file; a sentence that says so, where it is no Word file.

    git gives up on all files if this fails for one.
    """
    try:
        return "\n".join(_read(docx)) + "\n"
    except TooLarge:
        return _TOO_LARGE
    except Unreadable:
        return _NOT_WORD


def lines_of(docx: bytes) -> list[str]:
    """The words of a file, a clause a line; none where they cannot be read."""
    try:
        return _read(docx)
    except Unreadable:  # which is too large, too
        return []


def _read(docx: bytes) -> list[str]:
    parts = parts_of(docx, _PARTS)
    return [line for name in sorted(parts) for line in _blocks(words_of(parts[name]))]


def text_of_file(path: Path) -> str:
    """The words of the file at a path, as `text_of` gives them; OSError where it may not be read.

    What is no file of a size that can be read, as a pipe, is no Word file either.
    """
    try:
        return text_of(contents(path))
    except TooLarge:
        return _TOO_LARGE
    except Unreadable:
        return _NOT_WORD


def _blocks(element: _Element) -> Iterator[str]:
    """The lines of all paragraphs and rows in an element, in order."""
    for child in element:
        yield from _block(child)


def _block(element: _Element) -> Iterator[str]:
    if element.tag in _LEFT_OUT or element.tag == _FALLBACK:
        return
    if element.tag == f"{W}p":
        yield from statements(_words(element))
    elif element.tag == f"{W}tr":
        if element.find(f"{W}trPr/{W}del") is None:
            yield " | ".join(_cells(element))
    else:
        yield from _blocks(element)


def _cells(row: _Element) -> Iterator[str]:
    """The words of each cell of a row; those of a table within it too."""
    for child in row:
        if child.tag == f"{W}tc":
            yield " ".join(filter(None, ("".join(_block(part)) for part in child)))
        elif isinstance(child.tag, str):
            yield from _cells(child)


def _words(element: _Element) -> str:
    """The characters of a paragraph; a text box in it stands where it is anchored."""
    words = []
    for child in element:
        if child.tag in _LEFT_OUT or child.tag == _FALLBACK:
            continue
        if child.tag == f"{W}t":
            words.append(child.text or "")
        elif child.tag in _CHARACTERS and child.get(f"{W}type") != "page":  # within a sentence
            words.append(_CHARACTERS[child.tag])
        elif child.tag == f"{W}p":
            words.append("\n" + _words(child) + "\n")
        elif isinstance(child.tag, str):
            words.append(_words(child))
    return "".join(words)
