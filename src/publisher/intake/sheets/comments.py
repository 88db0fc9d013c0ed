"""The parts of a workbook, and its cells → the comments on these, each with its thread.

Excel keeps threads in parts of their own. Beside each it writes an old comment, whose author names
the thread and whose words tell old programs that they cannot show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from publisher.files import Unreadable
from publisher.intake.source import SourceComment
from publisher.wordfile import unpacked, xml_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARTS = re.compile(r"xl/(?:threadedComments|persons)/[^/]+\.xml")
_OF_THREAD = "tc="
"""How the author of an old comment begins that stands for a thread."""


class CellComments:
    """The threads of a workbook."""

    def __init__(self, data: bytes) -> None:
        self._people: dict[str, str] = {}
        self._threads: dict[str, list[_Element]] = {}
        for _, part in sorted(_parts(data).items()):
            root = _root(part)
            for person in () if root is None else root.iter("{*}person"):
                self._people[str(person.get("id"))] = str(person.get("displayName") or "")
            for each in () if root is None else root.iter("{*}threadedComment"):
                thread = str(each.get("parentId") or each.get("id"))
                self._threads.setdefault(thread.upper(), []).append(each)

    def at(self, place: str, shown: str, author: str, words: str) -> SourceComment:
        """The comment on a cell that shows some words, by what its old comment says."""
        thread = self._threads.get(author.removeprefix(_OF_THREAD).upper(), [])
        made = [self._comment(each, place, shown) for each in thread if _has_words(each)]
        if not author.startswith(_OF_THREAD) or not made:
            said = _without_author(words, author)
            return SourceComment(said, author, "", shown, 0, where=place)
        first, *replies = made
        is_resolved = any(each.get("done") in ("1", "true") for each in thread)
        return SourceComment(
            first.words,
            first.author,
            first.date,
            shown,
            0,
            tuple(replies),
            is_resolved,
            where=place,
        )

    def _comment(self, each: _Element, place: str, shown: str) -> SourceComment:
        author = self._people.get(str(each.get("personId")), "")
        return SourceComment(_words(each), author, str(each.get("dT") or ""), shown, 0, where=place)


def _parts(data: bytes) -> Mapping[str, bytes]:
    return unpacked(data, _PARTS)


def _root(part: bytes) -> _Element | None:
    try:
        return xml_of(part)
    except Unreadable:
        return None


def _has_words(each: _Element) -> bool:
    return bool(_words(each).strip())


def _words(each: _Element) -> str:
    return "".join(_texts(each))


def _texts(each: _Element) -> Iterator[str]:
    for text in each.iter("{*}text"):
        yield str(text.text or "")


def _without_author(words: str, author: str) -> str:
    """Words without the name that Excel and WPS write before them."""
    head, mark, rest = words.partition("\n")
    is_name = bool(mark) and head.rstrip(":： ") == author
    return rest if is_name else words
