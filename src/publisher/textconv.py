"""A Word file → its words, a clause a line, so that git shows what has changed in it.

As a reader sees it: what tracked changes deleted is left out, what they inserted is there. A row of
a table is a line.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = re.compile(r"word/(?:document|footnotes|endnotes)\.xml")
_LARGEST = 64 * 1024 * 1024
"""Bytes of a part: more is no document that people wrote."""
_CLAUSE = re.compile(r"[^。！？；\n]*(?:[。！？；]+[”’」』）》〉】]*)+|[^。！？；\n]+")
_LEFT_OUT = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText")}
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def text_of(docx: bytes) -> str:
    """The words of a file; a sentence that says so, where it is no Word file.

    git gives up on all files if this fails for one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            names = sorted(filter(_PARTS.fullmatch, package.namelist()))
            if "word/document.xml" not in names:
                raise KeyError("word/document.xml")
            if any(package.getinfo(name).file_size > _LARGEST for name in names):
                return "（文件太大，无法读取）\n"
            parts = [etree.fromstring(package.read(name), _parser()) for name in names]
    except (OSError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile, etree.XMLSyntaxError):
        return "（不是 Word 文件，无法读取）\n"
    lines = [line for part in parts for line in _blocks(part)]
    return "\n".join(lines) + "\n"


def _parser() -> etree.XMLParser:
    """Nothing is fetched, and no entity is put in place of its name."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _blocks(element: etree._Element) -> Iterator[str]:
    """The lines of all paragraphs and rows in an element, in order."""
    for child in element:
        yield from _block(child)


def _block(element: etree._Element) -> Iterator[str]:
    if element.tag in _LEFT_OUT or element.tag == _FALLBACK:
        return
    if element.tag == f"{_W}p":
        yield from _clauses(_words(element))
    elif element.tag == f"{_W}tr":
        if element.find(f"{_W}trPr/{_W}del") is None:
            yield " | ".join(_cells(element))
    else:
        yield from _blocks(element)


def _cells(row: etree._Element) -> Iterator[str]:
    """The words of each cell of a row; those of a table within it too."""
    for child in row:
        if child.tag == f"{_W}tc":
            yield " ".join(filter(None, ("".join(_block(one)) for one in child)))
        elif isinstance(child.tag, str):
            yield from _cells(child)


def _clauses(words: str) -> Iterator[str]:
    yield from filter(None, (clause.strip() for clause in _CLAUSE.findall(words)))


def _words(element: etree._Element) -> str:
    """The characters of a paragraph; a text box in it stands where it is anchored."""
    words = []
    for child in element:
        if child.tag in _LEFT_OUT or child.tag == _FALLBACK:
            continue
        if child.tag == f"{_W}t":
            words.append(child.text or "")
        elif child.tag in _CHARACTERS:
            words.append(_CHARACTERS[child.tag])
        elif child.tag == f"{_W}p":
            words.append("\n" + _words(child) + "\n")
        elif isinstance(child.tag, str):
            words.append(_words(child))
    return "".join(words)
