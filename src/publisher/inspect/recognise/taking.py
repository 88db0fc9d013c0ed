"""Lines, and a table of functions that each know an element → what they take, and the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeVar

from publisher.inspect import thresholds
from publisher.inspect.lines import Line
from publisher.inspect.pages import Page, Stroke
from publisher.inspect.recognised import Frame, Part
from publisher.model import Form
from publisher.words.numerals import COUNTED

Taken = dict[Part, list[Line]]
"""The lines of each element, in reading order."""

_Known = TypeVar("_Known")
Finder = Callable[[_Known, list[Line], Taken], Taken]
"""What is known, lines that no element has yet, what others took → what it takes of the lines."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of a document once its mark and its 版心 are."""

    pages: tuple[Page, ...]
    form: Form
    strokes: tuple[Stroke, ...]
    """The lines of the head."""
    frame: Frame
    is_attachment: bool = False
    """Whether it is an attachment alone, whose label stands on page 1."""

    @property
    def later_pages(self) -> tuple[Page, ...]:
        """Those on which a text after the document's own may begin."""
        return self.pages if self.is_attachment else self.pages[1:]


def take(
    finders: Iterable[Finder[_Known]], known: _Known, lines: list[Line], taken: Taken
) -> tuple[Taken, list[Line]]:
    """With what the functions take, one after another; and the lines that they leave."""
    for find in finders:
        more = find(known, lines, taken)
        taken = {part: [*taken.get(part, ()), *more.get(part, ())] for part in {**taken, **more}}
        gone = {line for its in more.values() for line in its}
        lines = [line for line in lines if line not in gone]
    return taken, lines


def by_page(pages: Iterable[Page], lines: Iterable[Line]) -> Iterator[tuple[Page, list[Line]]]:
    """Each page with its lines."""
    on: dict[int, list[Line]] = {}
    for line in lines:
        on.setdefault(line.page, []).append(line)
    return ((page, on.get(page.number, [])) for page in pages)


def on_first(lines: Iterable[Line]) -> list[Line]:
    """Those of page 1."""
    return [line for line in lines if line.page == 1]


def in_order(lines: Iterable[Line]) -> list[Line]:
    """From the top down, and of one baseline from the left."""
    return sorted(lines, key=lambda line: (line.page, line.baseline.pt, line.left.pt))


def together(lines: Iterable[Line], fits: Callable[[Line], bool] = lambda _: True) -> list[Line]:
    """The first lines that fit, as long as none is far from the last."""
    near: list[Line] = []
    for line in takewhile(fits, lines):
        if near and (line.page != near[-1].page or _far_below(near[-1], line)):
            break
        near.append(line)
    return near


def _far_below(above: Line, line: Line) -> bool:
    return line.top - above.bottom > line.size * thresholds.ONE_TITLE


def is_beside(line: Line, other_line: Line) -> bool:
    """Whether two lines stand on one baseline of a page."""
    height = abs(line.baseline - other_line.baseline)
    return line.page == other_line.page and height < thresholds.SAME_HEIGHT


_LABEL = re.compile(f"附件[0-9{COUNTED}]*[：:]?")
_FULL_LABEL = re.compile(f"[^，。；：:]{{1,24}}号附件[0-9{COUNTED}]*")


def is_label(line: Line) -> bool:
    """Whether a line is 附件 with its number (7.3.7)."""
    return bool(_LABEL.fullmatch(line.words)) or is_full_label(line)


def is_full_label(line: Line) -> bool:
    """Whether a line is that of an attachment not bound: 发文字号 and 附件 with its number."""
    return bool(_FULL_LABEL.fullmatch(line.words))


def is_large(line: Line) -> bool:
    """Whether a line is as large as a title."""
    return line.size >= thresholds.TITLE_SIZE
