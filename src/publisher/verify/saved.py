"""The text of a web page → its passages, tables and links in reading order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from publisher.limits import PLACES_OF_A_PAGE
from publisher.verify.bytes import UnreadablePage, text_of
from publisher.verify.markers import LISTS, Markers
from publisher.verify.tree import (
    BLOCKS,
    MOST_COLUMNS,
    MOST_ROWS,
    UNSEEN,
    Event,
    Walk,
    joined,
    parsed,
    spanned,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LINES = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "caption"])
"""Blocks that hold a paragraph or a heading."""
_HEADING = re.compile("h[1-6]")
_MOST_CHARACTERS = 2_000_000
_WRITTEN_ALIKE = str.maketrans(
    {
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("—–―─‐‑‒−", "-"),
        **dict.fromkeys("•・‧", "·"),
        **dict.fromkeys("〔【［", "["),
        **dict.fromkeys("〕】］", "]"),
        "。": ".",
        "、": ",",
    }
)
"""Marks that differ in form alone, beside those that NFKC knows."""
RAISED = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_SHIFTED = {"sup": RAISED, "sub": LOWERED}
"""Characters that stand for what an element raises or lowers."""


class _Folds(dict[int, str]):
    """What each character is folded to, found when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = self[code] = _fold(chr(code))
        return plain


_FOLDS = _Folds()


def folded(text: str) -> str:
    """Text without blanks, full and half width and the forms of marks made alike."""
    return text.translate(_FOLDS)


def _fold(character: str) -> str:
    if unicodedata.category(character) in ("Cf", "Cc", "Zs", "Zl", "Zp"):
        return ""
    plain = unicodedata.normalize("NFKC", character).translate(_WRITTEN_ALIKE)
    return re.sub(r"\s", "", plain)


@dataclass(frozen=True)
class Passage:
    """Words that stand together: a paragraph, a heading, a line of it, or a cell."""

    text: str
    level: int = 0
    """Of a heading, 1 to 6."""
    block: int = 0
    """The number of the element that holds it."""
    is_link: bool = False
    """Whether all of it leads somewhere else."""
    marker: str = ""
    """The number that a browser draws before it, where it begins the entry of a list."""

    @cached_property
    def words(self) -> str:
        """As they are compared."""
        return folded(self.text)


@dataclass(frozen=True)
class Cell(Passage):
    """A cell of a table."""

    is_header: bool = False
    has_scope: bool = False
    rowspan: int = 1
    colspan: int = 1

    @cached_property
    def words(self) -> str:
        """As they are compared; the dash of an empty cell is none."""
        words = folded(self.text)
        return "" if set(words) <= {"-", "/"} else words

    @property
    def is_heading(self) -> bool:
        """Whether it heads others; without words it names nothing, whatever its element."""
        return self.is_header and bool(self.words)


@dataclass(frozen=True)
class Row:
    """A row of a table; a merged cell stands in each row and column that it covers."""

    cells: tuple[Cell, ...]

    @cached_property
    def single(self) -> tuple[Cell, ...]:
        """Its cells, each once."""
        return tuple({id(cell): cell for cell in self.cells}.values())

    @cached_property
    def words(self) -> str:
        """Of all its cells."""
        return "".join(cell.words for cell in self.single)

    @cached_property
    def core(self) -> str:
        """Of the cells that are its own; of all where it shares each with other rows."""
        return "".join(cell.words for cell in self.single if cell.rowspan == 1) or self.words

    @property
    def heads(self) -> bool:
        """Whether it has nothing but headers, and more than one."""
        return len(self.single) > 1 and all(cell.is_header for cell in self.single)


@dataclass(frozen=True)
class Sheet:
    """A table of data."""

    rows: tuple[Row, ...]
    written: tuple[Cell, ...]
    """Its cells in reading order, each once."""
    block: int = 0
    """The number of its element."""
    caption: str | None = None
    """What names it, in the table itself."""
    head: int = 0
    """How many of its rows are marked as its head."""


@dataclass(frozen=True)
class Anchor:
    """A link: its words and where it leads."""

    text: str
    target: str
    block: int = 0
    """The number of the element that holds it."""

    @cached_property
    def words(self) -> str:
        """As they are compared."""
        return folded(self.text)


@dataclass(frozen=True)
class SeenPicture:
    """A picture."""

    words: str
    """What stands for it (alt)."""
    address: str
    block: int
    """The number of the element that holds it."""
    after: int
    """How many passages stand before it."""


@dataclass(frozen=True, slots=True)
class Block:
    """An element that parts words from others: what holds it, and the last within it."""

    parent: int
    last: int
    is_line: bool
    """Whether it holds no more than one paragraph or heading."""


@dataclass(frozen=True)
class Page:
    """What a reader gets from a page."""

    flow: tuple[tuple[Passage, int | None], ...]
    """All words in reading order, with the number of the table in which they stand."""
    sheets: tuple[Sheet, ...]
    """Its tables of data."""
    links: tuple[Anchor, ...]
    blocks: tuple[Block, ...]
    pictures: tuple[SeenPicture, ...] = ()
    generated: frozenset[str] = frozenset()
    """Words that our own pages mark as none of the document's."""
    head: int = 0
    """How many passages stand above the first heading, whether that is generated or not."""

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Those outside tables of data."""
        return tuple(passage for passage, sheet in self.flow if sheet is None)

    def passage_words(self, number: int) -> str:
        """The words of a passage, counted from the beginning; none where there is none."""
        return self.flow[number][0].words if 0 <= number < len(self.flow) else ""

    def holds(self, outer: int, inner: int) -> bool:
        """Whether one element is the other or stands in it."""
        return outer <= inner <= self.blocks[outer].last


def read_page(data: bytes, longest_cell: int = 400, is_own: bool = False) -> Page:
    """The page in the bytes of a file, whatever its encoding.

    A table with a cell of more words than `longest_cell` lays a page out and is none of data. What
    our own pages mark as generated is left out. In our `own` fragment a line break parts nothing.
    UnreadablePage where there is no HTML, or more of something than a page has.
    """
    root = parsed(text_of(data))
    reader = _Reader(longest_cell, is_own)
    reader.read(root)
    page = reader.page()
    if sum(len(passage.text) for passage, _ in page.flow) > _MOST_CHARACTERS:
        raise UnreadablePage(f"网页的文字超过 {_MOST_CHARACTERS // 10_000} 万字")
    return page


@dataclass
class _Reader:
    """Walks a page and collects what it says."""

    longest_cell: int
    is_own: bool
    flow: list[tuple[Passage, int | None]] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    links: list[Anchor] = field(default_factory=list)
    pictures: list[SeenPicture] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [0])
    lasts: list[int] = field(default_factory=lambda: [0])
    lines: list[bool] = field(default_factory=lambda: [False])
    """Of each block: what holds it, the last within it, whether it is a line."""
    open: list[tuple[int, int]] = field(default_factory=lambda: [(0, 0)])
    """The blocks that are open, the innermost last, each with the level of its heading."""
    markers: Markers = field(default_factory=Markers)
    marker: str = ""
    """Of the entry of a list that has no words yet."""
    shifted: list[dict[str, str]] = field(default_factory=list)
    """What raises or lowers words, the innermost last."""
    pieces: list[str] = field(default_factory=list)
    plain: int = 0
    """How many characters of them lead nowhere."""
    generated: set[str] = field(default_factory=set)
    head: int | None = None
    sheet: int | None = None
    """The table of data that is open."""
    places: int = 0
    """How many places the tables so far have."""

    def page(self) -> Page:
        """What was collected."""
        blocks = map(Block, self.parents, self.lasts, self.lines)
        head = 0 if self.head is None else self.head
        return Page(
            tuple(self.flow),
            tuple(self.sheets),
            tuple(self.links),
            tuple(blocks),
            tuple(self.pictures),
            frozenset(self.generated),
            head,
        )

    def read(self, root: HtmlElement) -> None:
        """Collect all that a root holds."""
        base = next(
            (element.get("href") for element in root.iter("base") if element.get("href")), ""
        )
        link: HtmlElement | None = None
        words_of_link: list[str] = []
        table: HtmlElement | None = None
        for event, element, words in Walk(root, _is_unseen):
            tag = element.tag if event is not Event.ASIDE else ""
            if event is Event.ASIDE:
                self._note_aside(element)
            if tag in BLOCKS or (tag == "br" and not self.is_own):
                self._turn(event, tag)
            if tag in LISTS:
                self._count(event, element)
            if tag in _SHIFTED:
                self._shift(event, tag)
            if event is Event.START and tag == "table" and self.sheet is None:
                if sheet := self._sheet(element):
                    self.sheets.append(sheet)
                    self.sheet, table = len(self.sheets) - 1, element
            elif event is Event.END and element is table:
                self.sheet = table = None
            if tag == "img" and event is Event.START:
                self._see(element, base)
            if link is not None and element is link:
                target = joined(base, link.get("href", ""))
                text = _one_line("".join(words_of_link))
                self.links.append(Anchor(text, target, self.open[-1][0]))
                link, words_of_link = None, []
            elif link is None and event is Event.START and tag == "a" and element.get("href"):
                link = element
            if link is not None:
                words_of_link += [_parted(event, element), words]
            else:
                self.plain += len(folded(words))
            self.pieces.append(_as_shifted(words, self.shifted[-1]) if self.shifted else words)
        self.end_passage()
        self.lasts[0] = len(self.parents) - 1

    def _note_aside(self, element: HtmlElement) -> None:
        """Words that our own pages generate are known, though they are none of the document's."""
        if isinstance(element.tag, str) and element.get("data-generated") is not None:
            self.generated.add(folded(element.text_content()))
            if self.head is None and _HEADING.fullmatch(element.tag):
                self.head = len(self.flow)

    def _see(self, element: HtmlElement, base: str) -> None:
        """A picture that stands here."""
        after = len(self.flow) + bool(folded("".join(self.pieces)))
        address = joined(base, element.get("src", ""))
        words = _one_line(element.get("alt", ""))
        self.pictures.append(SeenPicture(words, address, self.open[-1][0], after))

    def _turn(self, event: Event, tag: str) -> None:
        """Begin or end a block."""
        self.end_passage()
        if tag == "br":
            return
        if event is Event.END:
            number, _ = self.open.pop()
            self.lasts[number] = len(self.parents) - 1
            return
        level = self.open[-1][1]
        if _HEADING.fullmatch(tag):
            level = int(tag[1])
            if self.head is None:
                self.head = len(self.flow)
        self.parents.append(self.open[-1][0])
        self.lasts.append(0)
        self.lines.append(tag in _LINES)
        self.open.append((len(self.parents) - 1, level))

    def _count(self, event: Event, element: HtmlElement) -> None:
        """Begin or end a list or its entry."""
        self.marker = self.markers.begin(element) if event is Event.START else ""
        if event is Event.END:
            self.markers.end(element)

    def _shift(self, event: Event, tag: str) -> None:
        """Begin or end what is raised or lowered."""
        if event is Event.START:
            self.shifted.append(_SHIFTED[tag])
        else:
            self.shifted.pop()

    def end_passage(self) -> None:
        """What was collected is a passage, if it says anything."""
        text = _one_line("".join(self.pieces))
        if self.pieces and folded(text):
            number, level = self.open[-1]
            passage = Passage(text, level, number, not self.plain, self.marker)
            self.flow.append((passage, self.sheet))
            self.marker = ""
        self.pieces.clear()
        self.plain = 0

    def _sheet(self, table: HtmlElement) -> Sheet | None:
        """The table as data; None where it only lays the page out."""
        is_nested = next(table.iterdescendants("table"), None) is not None
        if is_nested or table.get("role") in ("presentation", "none"):
            return None
        of_table = list(_parts(table))
        parts = [
            [[_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in part]
            for part in of_table
        ]
        cells = [cell for part in parts for line in part for cell in line]
        if len(cells) < 2 or any(len(cell.words) > self.longest_cell for cell in cells):
            return None
        self.places += sum(map(_area, parts))
        if self.places > PLACES_OF_A_PAGE:
            raise UnreadablePage(
                f"表格里合并的单元格展开以后超过 {PLACES_OF_A_PAGE // 10_000} 万格"
            )
        caption = table.find("caption")
        grids = [_grid(part) for part in parts]
        is_headed = bool(of_table[0]) and of_table[0][0].getparent().tag == "thead"
        return Sheet(
            tuple(row for grid in grids for row in grid),
            tuple(cells),
            self.open[-1][0],
            None if caption is None else _one_line(caption.text_content()),
            len(grids[0]) if is_headed else 0,
        )


def _parts(table: HtmlElement) -> Iterator[list[HtmlElement]]:
    """The rows of a table, those of each part together: no merged cell reaches out of its part."""
    loose: list[HtmlElement] = []
    for child in table:
        if child.tag == "tr":
            loose.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            if loose:
                yield loose
                loose = []
            yield [row for row in child if row.tag == "tr"]
    if loose:
        yield loose


def _parted(event: Event, element: HtmlElement) -> str:
    """The blank by which a line or block parts words."""
    if event is Event.START and element.tag == "br":
        return " "
    return " " if event is not Event.ASIDE and element.tag in BLOCKS else ""


def _is_unseen(element: HtmlElement) -> bool:
    style = re.sub(r"\s", "", element.get("style", "").lower())
    return (
        element.tag in UNSEEN
        or "display:none" in style
        or element.get("hidden") is not None
        or element.get("data-generated") is not None  # none of the document's words
    )


def _text_of(top: HtmlElement) -> str:
    return _one_line(
        "".join(
            words if element is top else _parted(event, element) + words
            for event, element, words in Walk(top, _is_unseen)
        )
    )


def _as_shifted(words: str, characters: dict[str, str]) -> str:
    """Words as characters that are raised or lowered by themselves, where there are such."""
    bare = words.strip()
    return "".join(map(characters.__getitem__, bare)) if set(bare) <= characters.keys() else words


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _cell(element: HtmlElement) -> Cell:
    return Cell(
        _text_of(element),
        is_header=element.tag == "th" or element.get("role") in ("columnheader", "rowheader"),
        has_scope=bool(element.get("scope") or element.get("role")),
        rowspan=spanned(element.get("rowspan"), MOST_ROWS),
        colspan=spanned(element.get("colspan"), MOST_COLUMNS),
    )


def _area(lines: list[list[Cell]]) -> int:
    """How many places the cells of a table cover."""
    return sum(
        min(cell.rowspan, len(lines) - index) * cell.colspan
        for index, line in enumerate(lines)
        for cell in line
    )


def _grid(lines: list[list[Cell]]) -> tuple[Row, ...]:
    """Rows in which a merged cell stands wherever it reaches."""
    rows: list[dict[int, Cell]] = [{} for _ in lines]
    for index, line in enumerate(lines):
        column = 0
        for cell in line:
            while column in rows[index]:
                column += 1
            for row in rows[index : index + cell.rowspan]:
                row.update((column + step, cell) for step in range(cell.colspan))
            column += cell.colspan
    return tuple(Row(tuple(row[column] for column in sorted(row))) for row in rows if row)
