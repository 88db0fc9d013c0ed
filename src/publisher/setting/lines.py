"""Words in their faces → the lines that they take, broken and filled as Chinese text is set.

The rules are those of Word and LibreOffice, so that PDF and Word have the same lines: no line
begins with a closing mark or ends with an opening one, a number or a Latin word stays whole, and a
stop or comma that does not fit hangs in the margin.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from math import ceil

from publisher import fonts, standard
from publisher.standard import FANG, Length, Size, Typeface
from publisher.words.numerals import COUNTED

CLOSING = frozenset("!%),.:;>?]}¢°·’”…‰′″℃、。〃〉》」』】〕〗！％），．：；？］｝～")
"""No line begins with these."""
OPENING = frozenset("$([{£¥‘“〈《「『【〔〖（［｛￡￥")
"""No line ends with these."""
HANGING = frozenset(",.:;、。，．：；！？")
"""These may hang in the margin where a line is full."""
UNITS = "年月日号时分秒个项条件名人次户万亿元米吨岁届期天周倍家所处位套台辆张份批"
"""What stays with the digit before it."""
_ORDINAL = re.compile(
    rf"第(?:[0-9]+|[{COUNTED}]+)(?:季度|批次|[{UNITS}条款章节编季轮组层])?|[0-9]季度"
)
"""第16条, 第3季度: what stays whole in a cell."""
_LATIN_UNIT = re.compile(r"(?<=[0-9] )[A-Za-zµΩ%°/]{1,5}(?![!-~])")
"""What stays with the number before it and a blank; words and other numbers do not."""
_DOUBLED = frozenset("—…")
"""Marks of two characters, never torn."""
_HIDDEN = "\ufffc"
_ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://|www\.)[!-~]*")
"""An address of the web, up to the first character that none has."""
_STEPS_OF_ADDRESS = re.compile(r"[/?](?![/?0-9])")
"""After these an address goes on on the next line, as LibreOffice has it."""
_JOINTS = frozenset("/?&=-_.,;@#%+:")
"""After these a word that is longer than a line is torn rather than elsewhere."""
LATIN_GAP = 0.2
"""Between a Chinese character and a letter or digit, in characters: as LibreOffice has it."""
_WIDEST_STRETCH = 0.25
"""A line that would need more between its characters, in characters, is left as it is."""
_ROUNDING = 0.05
"""In points."""
_CHARACTERS = 1 << 14
"""Of which something is kept: more than a text has."""


class Shift(Enum):
    """Where characters stand; off the line they are smaller."""

    ON_LINE = "on the line"
    RAISED = "上标, above it"
    LOWERED = "下标, below it"

    @property
    def scale(self) -> float:
        """Their size in parts of that of the line."""
        return 1.0 if self is Shift.ON_LINE else standard.SHIFTED_SIZE


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that are set alike."""

    text: str
    face: Typeface
    in_heading: bool = False
    """Whether they belong to the heading that begins the paragraph."""
    is_label: bool = False
    """Whether they are the number or the label of what follows."""
    is_strong: bool = False
    link: str = ""
    """Where they lead to."""
    room: float = 0.0
    """The characters that they take at least, as a number does before what it numbers."""
    shift: Shift = Shift.ON_LINE
    note: int = 0
    """The number of the note whose mark they are; 0 where they are none."""
    anchor: str = ""
    """The name of this place, for what leads here."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, its characters in order."""

    pieces: tuple[Piece, ...]
    stretch: Length
    """Added after each character, such that the line is full."""

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Setting:
    """How text is set: its size, what is added after each character, and how wide lines are."""

    size: Length
    tracking: Length
    across: Length
    first: float = 0.0
    """The first line's indent in characters; negative where the others are further in."""
    filled: bool = True
    """Whether lines that go on are filled to the right edge."""
    hangs: bool = True
    """Whether a mark that does not fit may hang in the margin."""
    keeps_ordinals: bool = False
    """Whether 第 stays with its number and with what that counts."""

    @property
    def em(self) -> Length:
        """From one Chinese character to the next."""
        return self.size + self.tracking


def text_setting(
    page: standard.PageProfile,
    *,
    indent: float = 0.0,
    first: float = 0.0,
    landscape: bool = False,
    filled: bool = True,
) -> Setting:
    """How 3号 text is set on a page, its lines `indent` characters in (5.2.3)."""
    size = Size.NO_3.length
    across = standard.text_width(page, landscape=landscape) - (size + page.tracking) * indent
    return Setting(size, page.tracking, across, first, filled=filled)


def lines(pieces: tuple[Piece, ...], setting: Setting) -> tuple[Line, ...]:
    """The lines of a paragraph; at least one. A newline in a piece ends a line."""
    return tuple(_Breaker(pieces, setting).lines())


def even(pieces: tuple[Piece, ...], setting: Setting) -> tuple[Line, ...]:
    """The lines of words that stand in the middle: as few as may be, and about as long."""
    made = lines(pieces, setting)
    breaker = _Breaker(pieces, setting)
    evened = tuple(breaker.lines(len(made)))
    is_good = len(evened) == len(made) and not breaker.has_torn
    return evened if is_good else made


# -- breaking ---------------------------------------------------------------------------


class _Breaker:
    """Breaks one paragraph. Positions count its characters; widths are in points."""

    def __init__(self, pieces: Iterable[Piece], setting: Setting) -> None:
        self.has_torn = False
        """Whether a line ends within what should stay whole."""
        self._setting = setting
        self._pieces = tuple(pieces)
        self._text = "".join(piece.text for piece in self._pieces)
        self._shifts = [piece.shift for piece in self._pieces for _ in piece.text]
        self._on_line = self._without_shifted()
        self._advances = self._widths()
        self._units = frozenset(unit.start() for unit in _LATIN_UNIT.finditer(self._on_line))
        self._ordinals = frozenset(self._within_ordinals())
        self._steps = frozenset(
            step.end()
            for address in _ADDRESS.finditer(self._text)
            for step in _STEPS_OF_ADDRESS.finditer(self._text, *address.span())
        )

    def _within_ordinals(self) -> Iterator[int]:
        """The places within ordinals, where these are kept."""
        if self._setting.keeps_ordinals:
            for ordinal in _ORDINAL.finditer(self._on_line):
                yield from range(ordinal.start() + 1, ordinal.end())

    def _without_shifted(self) -> str:
        """The text, what is raised or lowered hidden: 2 is no part of the word in km²."""
        if all(piece.shift is Shift.ON_LINE for piece in self._pieces):
            return self._text
        shifts = zip(self._text, self._shifts, strict=True)
        return "".join(letter if shift is Shift.ON_LINE else _HIDDEN for letter, shift in shifts)

    def _widths(self) -> list[float]:
        """From each character's left edge to the next one's, with the gap before it."""
        size, tracking = self._setting.size.pt, self._setting.tracking.pt
        if self._on_line is self._text:
            widths = [size * character_width(character) + tracking for character in self._text]
        else:
            widths = [self._own_width(index) for index in range(len(self._text))]
        for index, (before, after) in enumerate(pairwise(self._on_line), 1):
            if has_gap(before, after):
                widths[index] += size * LATIN_GAP
            elif after == " " and not is_latin(before):  # set in the face of what precedes it
                widths[index] = size * _advances(FANG).get(after, 0.5) + tracking
        for end, beyond in self._rooms():
            widths[end : end + 1] = [width + beyond for width in widths[end : end + 1]]
        return widths

    def _own_width(self, index: int) -> float:
        """The width of a character with what is added after it."""
        size = self._setting.size.pt * self._shifts[index].scale
        return size * character_width(self._text[index]) + self._setting.tracking.pt

    def _rooms(self) -> Iterator[tuple[int, float]]:
        """Where pieces end that take more than their characters, and how much more."""
        end = 0
        for piece in self._pieces:
            end += len(piece.text)
            if piece.room:
                yield end, added_room(piece, self._setting.size, self._setting.tracking).pt

    def lines(self, evenly: int = 0) -> Iterator[Line]:
        """The lines, as long as they may be, or shared out evenly over so many."""
        start, across = 0, self._setting.across - self._setting.em * self._setting.first
        while True:
            room = min(self._share(start, evenly), across.pt) if evenly > 1 else across.pt
            evenly -= 1
            end, ended = self._end_of_line(start, room)
            shown = end - 1 if end > start and self._text[end - 1] == " " else end
            stretch = (
                0.0 if ended or not self._setting.filled else self._stretch(start, shown, across.pt)
            )
            yield Line(tuple(self._between(start, shown)), Length(stretch))
            if end >= len(self._text):
                return
            start, across = end + (1 if ended else 0), self._setting.across

    def _share(self, start: int, count: int) -> float:
        """The room of a line where what is left takes so many, in whole characters."""
        em = self._setting.em.pt
        return ceil(self._natural(start, len(self._text)) / em / count - _ROUNDING) * em

    def _end_of_line(self, start: int, across: float) -> tuple[int, bool]:
        """Where the line from `start` ends, and whether the paragraph or its author ends it."""
        text, advances = self._text, self._advances
        used, limit = -self._setting.tracking.pt, across + _ROUNDING
        for index in range(start, len(text)):
            character = text[index]
            if character == "\n":
                return index, True
            used += advances[index] if index > start else self._own_width(index)
            if used > limit and character != " ":
                return self._break_at(start, index), False
        return len(text), True

    def _advance(self, index: int, start: int) -> float:
        """What a character adds to a line that begins at `start`."""
        if index > start:
            return self._advances[index]
        return self._own_width(index)

    def _break_at(self, start: int, full: int) -> int:
        """The last place to break before or, where a mark may hang, right after `full`."""
        if self._setting.hangs and self._text[full] in HANGING and self._may_break(full + 1):
            return full + 1
        places = range(full, start, -1)
        place = next((place for place in places if self._may_break(place)), None)
        return self._tear(start, full) if place is None else place

    def _tear(self, start: int, full: int) -> int:
        """Where what is longer than a line is torn: at a joint of it, or before `full`."""
        self.has_torn = True
        whole = [place for place in range(full, start, -1) if not self._parts_marks(place)]
        near = whole[: len(whole) // 2]  # else the line would be short
        joint = (place for place in near if self._is_joint(place))
        return next(joint, whole[0] if whole else max(full, start + 1))

    def _is_joint(self, place: int) -> bool:
        return self._text[place - 1] in _JOINTS and not self._text[place].isdigit()

    def _may_break(self, place: int) -> bool:
        if place >= len(self._text):
            return True
        if place in self._steps:
            return not self._parts_marks(place)
        before, after = self._text[place - 1], self._text[place]
        if self._parts_marks(place) or after == " ":
            return False
        if before.isdigit() and after in UNITS:
            return False
        if place in self._units or place in self._ordinals:
            return False  # 60 s, 第3季度
        if self._shifts[place] is not Shift.ON_LINE:
            return False  # km², and the mark of a note
        return not (is_latin(before) and is_latin(after))

    def _parts_marks(self, place: int) -> bool:
        """Whether a mark would stand on another line than what it belongs to."""
        before, after = self._text[place - 1], self._text[place]
        doubled = before == after and after in _DOUBLED
        return after in CLOSING or before in OPENING or doubled

    def _stretch(self, start: int, end: int, across: float) -> float:
        """What each character but the last gets, that the line reaches its edge."""
        hung = self._text[end - 1] in HANGING and self._natural(start, end) > across + _ROUNDING
        last = end - 1 if hung else end
        gaps = last - start - 1
        lacking = across - self._natural(start, last)
        if gaps < 1 or not 0 < lacking <= gaps * _WIDEST_STRETCH * self._setting.size.pt:
            return 0.0
        return lacking / gaps

    def _natural(self, start: int, end: int) -> float:
        """The width from the first character's left edge to the last one's right."""
        inner = sum(self._advances[start + 1 : end])
        return self._advance(start, start) + inner - self._setting.tracking.pt

    def _between(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces, and parts of pieces, of a line."""
        at = 0
        for piece in self._pieces:
            text = piece.text[max(start - at, 0) : max(end - at, 0)]
            if text:
                yield piece if text == piece.text else replace(piece, text=text)
            at += len(piece.text)


def added_room(piece: Piece, size: Length, tracking: Length) -> Length:
    """What a piece takes beyond its own characters of a size."""
    own = sum(size.pt * character_width(character) + tracking.pt for character in piece.text)
    return Length(max((size + tracking).pt * piece.room - own, 0.0))


# -- characters -------------------------------------------------------------------------


IDEOGRAPHIC_SPACE = "\u3000"


def spread(word: str) -> str:
    """A word of two characters spread over three, as 密级 and names are set (7.2.2)."""
    return IDEOGRAPHIC_SPACE.join(word) if len(word) == 2 else word


def is_latin(character: str) -> bool:
    """Whether a character is a letter, digit or mark of ASCII, without the blank."""
    return "!" <= character <= "~"


@lru_cache(maxsize=_CHARACTERS)
def has_gap(before: str, after: str) -> bool:
    """Whether a Chinese character and a letter or digit meet here."""
    return (_is_ideograph(before) and _is_word(after)) or (
        _is_word(before) and _is_ideograph(after)
    )


def _is_ideograph(character: str) -> bool:
    return unicodedata.category(character) == "Lo"


def _is_word(character: str) -> bool:
    return is_latin(character) and character.isalnum()


_FULL = frozenset("“”‘’—…·★×①②③④⑤⑥⑦⑧⑨⑩")
"""As wide as a Chinese character in Chinese fonts, though Unicode leaves it open."""


@lru_cache(maxsize=_CHARACTERS)
def character_width(character: str) -> float:
    """The width of a character in parts of its size; all faces are taken to be alike in it."""
    if character in _FULL or unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return _advances(standard.LATIN if character.isascii() else FANG).get(character, 1.0)


@lru_cache(maxsize=len(standard.TYPEFACES))
def _advances(face: Typeface) -> dict[str, float]:
    served = fonts.served_faces(fonts.folder())
    return fonts.advances(next(candidate for candidate in served if candidate.face is face))
