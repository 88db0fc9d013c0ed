"""The XML of a DOCX → what it alone says of the page and the text, without setting a line of it.

Where it does not say a thing for sure, nothing is read: no verdict is better than a false one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple, TypeGuard, TypeVar

from publisher import standard
from publisher.files import Unreadable
from publisher.inspect import thresholds
from publisher.inspect.colors import hexadecimal, is_red
from publisher.inspect.faces import face_of, is_chinese
from publisher.inspect.readings import Number, Reading, Words
from publisher.standard import FANG, NOTHING, POINTS_PER_MM, XIAO_BIAO_SONG, Length
from publisher.wordfile import DOCUMENT, NOT_WORD, STYLES, W, words_of
from publisher.words.numerals import COUNTED

if TYPE_CHECKING:
    from lxml.etree import _Element

    from publisher.inspect.colors import Color


def from_settings(parts: dict[str, bytes]) -> dict[str, list[Reading]]:
    """Readings from the XML alone, by the rule's name; Unreadable where it is damaged."""
    readings: dict[str, list[Reading]] = {}
    for name, reading in _Settings(parts).readings():
        readings.setdefault(name, []).append(reading)
    return readings


class _Run(NamedTuple):
    """Characters that are set alike, and how; None for what the file does not say."""

    words: str
    size: Length | None
    pitch: Length | None
    """From line to line where it is exact."""
    family: str | None
    """The font of Chinese characters."""
    color: Color | None
    bold: bool
    is_heading: bool
    """Whether its paragraph begins with the number of a heading: 一、 or （一）."""
    in_text: bool
    """Whether it stands in the text itself: not in a table, nor in a box beside the text."""


_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHOWN = 20
"""Characters of an alternative text that are told."""
_HEADING = re.compile(f"[{COUNTED}]+、|[（(][{COUNTED}]+[）)]")
_BESIDE = frozenset((f"{W}tbl", f"{W}txbxContent"))
_OFF = ("0", "false", "none", "off")
_PAGEFUL = standard.LINES_PER_PAGE * standard.CHARACTERS_PER_LINE
_MOST_ROWS = 2 * standard.LINES_PER_PAGE
"""Rows that a page may hold: with more of them a table goes on, however small they are."""
_DEEPEST = 20
"""Styles that may be based on one another."""


class _Settings:
    """What a DOCX sets for its pages and its characters."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.document = words_of(parts[DOCUMENT])
        styles = words_of(parts[STYLES]) if STYLES in parts else None
        defined = [] if styles is None else list(styles.iter(f"{W}style"))
        self.styles = {style.get(f"{W}styleId"): style for style in defined}
        self.normal = next(
            (style.get(f"{W}styleId") for style in defined if _is_normal(style)), None
        )
        defaults = _child(styles, "docDefaults")
        self.defaults = _merged([] if defaults is None else list(defaults))
        self.known: dict[str | None, _Properties] = {}

    def readings(self) -> Iterator[tuple[str, Reading]]:
        """What can be told without setting the text, with the rule's name."""
        yield from self._pages()
        yield from self._text()
        yield from self._mark()
        yield from self._tables()
        yield from self._pictures()

    # -- pictures

    def _pictures(self) -> Iterator[tuple[str, Reading]]:
        """Whether each picture has words for who does not see it."""
        for drawing in self.document.iter(f"{_WP}inline", f"{_WP}anchor"):
            if next(drawing.iter(f"{_A}blip"), None) is None:
                continue
            words = drawing.find(f"{_WP}docPr")
            said = "" if words is None else str(words.get("descr") or "").strip()
            shown = f"“{said[:_SHOWN]}”" if said else "没有替代文字"
            yield "picture_words", Words(shown, bool(said))

    # -- pages

    def _pages(self) -> Iterator[tuple[str, Reading]]:
        tops = set()
        for section in self.document.iter(f"{W}sectPr"):
            size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
            width, height = _distance(size, "w"), _distance(size, "h")
            if not (_is_some(width) and _is_some(height)):
                continue
            yield "paper_width", Number(min(width, height))
            yield "paper_height", Number(max(width, height))
            if width > height or _is_some(_distance(margins, "gutter")):
                continue
            # A header may reach below the margin, and moves the text down, as in a 信函.
            has_header = section.find(f"{W}headerReference") is not None
            tops.add(None if has_header else _distance(margins, "top"))
            left, right = _distance(margins, "left"), _distance(margins, "right")
            if left is not None and right is not None:
                yield "binding_margin", Number(left)
                yield "type_area_width", Number(width - left - right)
        yield from self._head_margin(tops)

    def _head_margin(self, tops: set[Length | None]) -> Iterator[tuple[str, Reading]]:
        """Text begins half of what an exact line has beyond its characters below the margin.

        That is measured where the text goes on from page to page. Where sections differ, or the
        text may end on page 1, only setting it shows whether it does.
        """
        goes_on = sum(len(run.words) for run in self.text) > _PAGEFUL
        top, pitch, size = next(iter(tops), None), self._pitch, self._size
        if (
            goes_on
            and len(tops) == 1
            and top
            and top > NOTHING
            and _is_some(pitch)
            and _is_some(size)
        ):
            yield "head_margin", Number(top + (pitch - size) * 0.5)

    # -- text

    def _text(self) -> Iterator[tuple[str, Reading]]:
        if _is_some(self._pitch):
            yield "line_pitch", Number(self._pitch)
        if _is_some(self._size):
            yield "text_size", Number(self._size)
        chinese = [(_chinese(run.words), run.family) for run in self.text if not run.is_heading]
        if family := _most(chinese):
            yield "text_face", Words(family, face_of(family) is FANG)
        bold = sum(1 for run in self.runs if run.in_text and run.bold and not _is_mark(run))
        yield "no_bold", Words(f"{bold} 处加粗" if bold else "没有加粗的字", not bold)

    @cached_property
    def _pitch(self) -> Length | None:
        return _most([(len(run.words), run.pitch) for run in self.text])

    @cached_property
    def _size(self) -> Length | None:
        return _most([(len(run.words), run.size) for run in self.text])

    def _mark(self) -> Iterator[tuple[str, Reading]]:
        """Red characters that are larger than a title are the mark; else the first large ones."""
        large = [
            run for run in self.runs if run.size and run.size >= thresholds.MARK_SIZE and run.color
        ]
        for mark in [run for run in large if run.color and is_red(run.color)][:1] or large[:1]:
            assert mark.color
            yield "mark_red", Words(hexadecimal(mark.color), is_red(mark.color))
            if mark.family:
                yield "mark_face", Words(mark.family, face_of(mark.family) is XIAO_BIAO_SONG)

    # -- tables

    def _tables(self) -> Iterator[tuple[str, Reading]]:
        """Of tables of the text itself: Word keeps to a grid that is fixed, and to no other."""
        widths = list(self._widths_of_text())
        for table, width in widths:
            yield from _head_again(table)
            columns = [
                _distance(column, "w") for column in table.iterfind(f"{W}tblGrid/{W}gridCol")
            ]
            layout = table.find(f"{W}tblPr/{W}tblLayout")
            is_fixed = layout is not None and layout.get(f"{W}type") == "fixed"
            if width is not None and is_fixed and all(column is not None for column in columns):
                over = sum(filter(None, columns), NOTHING) - width
                is_over = over > thresholds.OUTSIDE
                said = f"比版心宽 {over.mm:.1f} mm" if is_over else "不宽于版心"
                yield "table_area", Words(said, over <= standard.PLACE_TOLERANCE)

    def _widths_of_text(self) -> Iterator[tuple[_Element, Length | None]]:
        """Each table that stands in the text, with how wide its section has the text."""
        waiting: list[_Element] = []
        for block in self.document.iterfind(f"{W}body/*"):
            if block.tag == f"{W}tbl":
                waiting.append(block)
            for section in block.iter(f"{W}sectPr"):
                yield from ((table, _text_width(section)) for table in waiting)
                waiting = []
        yield from ((table, None) for table in waiting)

    # -- characters

    @cached_property
    def text(self) -> list[_Run]:
        """The runs of the text itself, but for what is as large as a title."""
        return [
            run
            for run in self.runs
            if run.in_text and (run.size or NOTHING) < thresholds.TITLE_SIZE
        ]

    @cached_property
    def runs(self) -> list[_Run]:
        """All characters of the document, in order."""
        return [run for paragraph in self.document.iter(f"{W}p") for run in self._runs(paragraph)]

    def _runs(self, paragraph: _Element) -> Iterator[_Run]:
        runs = [run for run in paragraph.iter(f"{W}r") if _holder(run) is paragraph and _words(run)]
        if not runs:
            return
        in_text = _BESIDE.isdisjoint(holder.tag for holder in paragraph.iterancestors())
        is_heading = bool(_HEADING.match("".join(map(_words, runs)).lstrip()))
        own = _child(paragraph, "pPr")
        style = _child(own, "pStyle")
        reference = self.normal if style is None else style.get(f"{W}val")
        around = self.defaults | self._of_style(reference) | _asked_of(own)
        pitch = _length(around.get("line"), 20) if around.get("lineRule") == "exact" else None
        for run in runs:
            own = _child(run, "rPr")
            style = _child(own, "rStyle")
            named = {} if style is None else self._of_style(style.get(f"{W}val"))
            properties = around | named | _asked_of(own)
            yield _Run(
                _words(run),
                _length(properties.get("sz"), 2),
                pitch,
                properties.get("rFonts"),
                _color(properties.get("color")),
                properties.get("b", "0") not in _OFF,
                is_heading,
                in_text,
            )

    def _of_style(self, reference: str | None) -> _Properties:
        """What a style says, and what those say that it is based on."""
        if reference not in self.known:
            chain: list[_Element] = []
            style = self.styles.get(reference)
            while style is not None and len(chain) < _DEEPEST:
                chain.append(style)
                base = _child(style, "basedOn")
                style = None if base is None else self.styles.get(base.get(f"{W}val"))
            self.known[reference] = _merged(chain)
        return self.known[reference]


_Properties = dict[str, str]
"""What of the properties is asked for, by its name."""

_ASKED = {
    f"{W}spacing": {"line": "line", "lineRule": "lineRule"},
    f"{W}sz": {"val": "sz"},
    f"{W}rFonts": {"eastAsia": "rFonts"},
    f"{W}color": {"val": "color"},
}


def _asked_of(properties: _Element | None) -> _Properties:
    """What properties of a paragraph or of characters say."""
    asked: _Properties = {}
    for element in () if properties is None else properties:
        if element.tag == f"{W}b":
            asked["b"] = str(element.get(f"{W}val", "1"))
        for attribute, name in _ASKED.get(str(element.tag), {}).items():
            if (value := element.get(f"{W}{attribute}")) is not None:
                asked[name] = str(value)
    return asked


def _merged(chain: list[_Element]) -> _Properties:
    """What several elements with properties say together; of two that differ the first counts."""
    asked: _Properties = {}
    for element in reversed(chain):
        asked |= _asked_of(_child(element, "pPr")) | _asked_of(_child(element, "rPr"))
    return asked


def _text_width(section: _Element) -> Length | None:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    width, left, right = (
        _distance(size, "w"),
        _distance(margins, "left"),
        _distance(margins, "right"),
    )
    if width is None or left is None or right is None:
        return None
    return width - left - right - (_distance(margins, "gutter") or NOTHING)


def _head_again(table: _Element) -> Iterator[tuple[str, Reading]]:
    """Whether Word repeats the whole head; where none is marked, whether the rows go on for sure.

    Word repeats marked rows from the first on, and tears a cell that reaches below them.
    """
    rows = table.findall(f"{W}tr")
    marked = list(takewhile(_is_repeated, rows))
    depth = _head_depth(rows)
    if marked and len(marked) < depth:
        yield "table_head_again", Words(f"表头 {depth} 行，只有 {len(marked)} 行标为重复", False)
    elif marked:
        yield "table_head_again", Words("表头标为重复", True)
    elif len(rows) > _MOST_ROWS:
        yield "table_head_again", Words(f"表格有 {len(rows)} 行，表头没有标为重复", False)


def _is_repeated(row: _Element) -> bool:
    mark = row.find(f"{W}trPr/{W}tblHeader")
    return mark is not None and mark.get(f"{W}val", "1") not in _OFF


def _head_depth(rows: list[_Element]) -> int:
    """How many rows the cells of the first reach down."""
    return 1 + sum(1 for _ in takewhile(_is_below_merged, rows[1:]))


def _is_below_merged(row: _Element) -> bool:
    merges = row.findall(f"{W}tc/{W}tcPr/{W}vMerge")
    return any(merge.get(f"{W}val", "continue") == "continue" for merge in merges)


def _child(element: _Element | None, name: str) -> _Element | None:
    return None if element is None else element.find(f"{W}{name}")


def _is_normal(style: _Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")


def _holder(run: _Element) -> _Element | None:
    """The paragraph that a run stands in; a box may hold others within it."""
    return next(run.iterancestors(f"{W}p"), None)


def _words(run: _Element) -> str:
    return "".join(str(text.text or "") for text in run.iterchildren(f"{W}t"))


def _is_mark(run: _Run) -> bool:
    return bool(run.size and run.size > thresholds.TITLE_SIZE and run.color and is_red(run.color))


def _chinese(words: str) -> int:
    return sum(map(is_chinese, words))


_Value = TypeVar("_Value", bound=Hashable)


def _most(counted: list[tuple[int, _Value | None]]) -> _Value | None:
    """What nearly all characters have; None where no value is that of nearly all."""
    counts: Counter[_Value | None] = Counter()
    for count, value in counted:
        counts[value] += count
    value, count = counts.most_common(1)[0] if counts else (None, 0)
    return value if count >= thresholds.NEARLY_ALL * counts.total() else None


# -- values of attributes ---------------------------------------------------------------

_MEASURE = re.compile(r"\s*(-?[0-9]{1,7}(?:\.[0-9]{1,9})?)(mm|cm|in|pt|pc|pi)?\s*")
_POINTS = {"mm": POINTS_PER_MM, "cm": 10 * POINTS_PER_MM, "in": 72, "pt": 1, "pc": 12, "pi": 12}


def _length(value: str | None, parts: int) -> Length | None:
    """A length: a number of so many parts of a point, or one with its unit (12pt).

    None where none is told; Unreadable where it is none, for Word does not open such a file.
    """
    if not value:
        return None
    match = _MEASURE.fullmatch(value)
    if not match:
        raise Unreadable(NOT_WORD)
    number, unit = match.groups()
    return Length(float(number) * _POINTS[unit] if unit else float(number) / parts)


def _distance(element: _Element | None, name: str) -> Length | None:
    """A length that Word writes in twentieths of a point; None where it is not told."""
    return None if element is None else _length(element.get(f"{W}{name}"), 20)


def _is_some(length: Length | None) -> TypeGuard[Length]:
    """Whether a length is told, and is not nothing."""
    return length is not None and length != NOTHING


def _color(value: str | None) -> Color | None:
    """Six digits of a colour; None for `auto`, and for what is none."""
    if not value or not re.fullmatch("[0-9A-Fa-f]{6}", value):
        return None
    red, green, blue = bytes.fromhex(value)
    return red, green, blue
