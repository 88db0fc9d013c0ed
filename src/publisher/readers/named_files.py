"""A line of a text → what it says of the file that it names by itself, as `![words](file "title")`.

Read without backtracking: a line may be as long as its author likes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from publisher.limits import MOST_PARAGRAPH

_LINE = re.compile(r"!\[([^\[\]]*)\]\((.*)\)")
_QUOTES = {'"': '"', "'": "'", "”": "“"}
"""By the mark that ends a title, the one that begins it."""
_NOT_IN_NAMES = frozenset("<>\"'“”")


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file, as a line names it."""

    words: str
    """Between the square brackets."""
    name: str
    column: int
    """How many characters stand before its name."""
    title: str = ""
    """In quotation marks behind it; it may have others of its own."""


def named_file(line: str) -> NamedFile | None:
    """What a line names; None where it names no file, or says something beside it."""
    match = _LINE.fullmatch(line.rstrip()) if len(line) <= MOST_PARAGRAPH else None
    if match is None:
        return None
    inner, title = _without_title(match[2].rstrip())
    begin = len(inner) - len(inner.lstrip())
    name = inner.strip()
    if name.startswith("<") and name.endswith(">"):
        begin, name = begin + 1, name[1:-1].strip()
    if not name or not _NOT_IN_NAMES.isdisjoint(name) or not is_balanced(name):
        return None
    return NamedFile(match[1].strip(), name, match.start(2) + begin, title.strip())


def _without_title(inner: str) -> tuple[str, str]:
    """What stands before a title, and the title; a blank stands between them."""
    begins = _QUOTES.get(inner[-1:])
    if begins is None:
        return inner, ""
    start = inner.find(begins, 0, -1)
    if start < 1 or not inner[start - 1].isspace():
        return inner, ""
    return inner[:start], inner[start + 1 : -1]


def is_balanced(name: str) -> bool:
    """Whether each bracket in a name is closed, as in 表(1).csv: else more than it was taken."""
    depth = 0
    for character in name:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0
