"""A list of names → its lines: labels, names and offices each below one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publisher import standard
from publisher.model import NameEntry, SetNameList
from publisher.setting.composition import ComposedName, ComposedNames
from publisher.setting.lines import IDEOGRAPHIC_SPACE, Line, Piece, lines, spread, text_setting
from publisher.setting.wholes import width
from publisher.standard import FANG, HEI, TEXT_INDENT, PageProfile

_COLON = "："


def composed_names(block: SetNameList, page: PageProfile, landscape: bool) -> ComposedNames:
    """A list of names as it is set, its labels two characters in.

    Columns are as wide as what stands in them; what is wider than a bound pushes its own line.
    """
    composer = _Composer(block, page, landscape)
    return ComposedNames(block, tuple(composer.entries()), composer.names, composer.offices)


class _Composer:
    """Composes one list."""

    def __init__(self, block: SetNameList, page: PageProfile, landscape: bool) -> None:
        people = (entry for group in block.groups for entry in group.entries if entry.office)
        self._groups, self._page, self._landscape = block.groups, page, landscape
        self._label = _widest((group.label for group in block.groups), standard.WIDEST_LABEL)
        self.names = TEXT_INDENT + self._label + len(_COLON)
        name = _widest((spread(entry.name) for entry in people), standard.WIDEST_NAME)
        self.offices = self.names + name + standard.NAME_GAP

    def entries(self) -> Iterator[ComposedName]:
        for group in self._groups:
            label = spread_to(group.label, self._label) + _COLON
            for index, entry in enumerate(group.entries):
                yield self._entry(entry, "" if index else label)

    def _entry(self, entry: NameEntry, label: str) -> ComposedName:
        indent = self.offices if entry.office else self.names
        first = (TEXT_INDENT if label else self.names) - indent
        name = spread(entry.name)
        made = self._lines(label, name, entry.office, indent, first)
        return ComposedName(entry, label, name, made, indent, first)

    def _lines(
        self, label: str, name: str, office: str, indent: float, first: float
    ) -> tuple[Line, ...]:
        room = self.offices - self.names if office else 0.0
        blank = IDEOGRAPHIC_SPACE if office and width(name) + standard.NAME_GAP > room else ""
        given = (
            Piece(label, HEI, is_label=True, room=self.names - TEXT_INDENT),
            Piece(name + blank, FANG, room=room),
            Piece(office, FANG),
        )
        setting = text_setting(
            self._page, indent=indent, first=first, landscape=self._landscape, filled=False
        )
        return lines(tuple(piece for piece in given if piece.text), setting)


def _widest(words: Iterable[str], most: float) -> float:
    """The width of the widest of words that are not wider than `most`."""
    return max((width(each) for each in words if width(each) <= most), default=0.0)


def spread_to(word: str, characters: float) -> str:
    """A word with blanks in it for a width, where whole ones are as many between all of it."""
    gaps = len(word) - 1
    blanks, left = divmod(max(characters - width(word), 0.0), gaps) if gaps else (0.0, 0.0)
    return word if left else (IDEOGRAPHIC_SPACE * int(blanks)).join(word)
