"""The elements of a page in reading order → paragraphs, tables and pictures."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from publisher.intake.page.archive import SavedPage, name_of
from publisher.intake.page.lines import BREAK, paragraphs, shown
from publisher.intake.page.looks import HEADINGS, LINKED, Looks, looks_of
from publisher.intake.page.styles import Declared, StyleSheet
from publisher.intake.page.tables import PageGrid, Tables
from publisher.intake.page.unseen import CODE, CONTENTS, NUMBER
from publisher.intake.source import (
    NOT_IN_FILE,
    Aligned,
    LeftOut,
    Run,
    SourceBlock,
    SourceCell,
    SourceParagraph,
    SourcePicture,
    SourceRemark,
    SourceSpot,
    SourceTable,
)
from publisher.verify.markers import LISTS, Markers
from publisher.verify.tree import BLOCKS, Event, Walk, joined
from publisher.words.elements import MARK_SUFFIXES, may_be_organ
from publisher.words.invisible import without_invisible

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PARAGRAPHS = frozenset(
    ["p", *HEADINGS, "li", "dt", "dd", "caption", "figcaption", "summary", "legend"]
)
"""Blocks that hold one paragraph: a line in them may be ended."""
_STANDING = frozenset(["block", "flex", "grid", "list-item", "table", "flow-root"])
_LAID = frozenset(["flex", "inline-flex", "grid", "inline-grid"])
"""Displays of what stands by itself; of that whose children do."""
_SMALL, _LONGEST = 32, 200
"""Pixels of a sign; characters of an address that are told."""
_LATER = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-actualsrc",
    "data-url",
    "original",
    "lazy-src",
]
"""Attributes that say where a picture is that is loaded when it is seen."""
_LARGEST_BLANK = 1000
"""Bytes of what stands there till then."""
_PROTOCOLS = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True)
class SeenPassage:
    """A paragraph as it was met, whatever becomes of it."""

    element: HtmlElement | None
    """The innermost block that holds it."""
    words: str
    linked: int
    """How many of its characters lead somewhere else."""
    looks: Looks
    size: float
    """The largest of its characters, in points; 0 where nobody says."""
    targets: tuple[str, ...]
    """Where they lead, as the page says."""
    table: HtmlElement | None
    """The outermost table of data in which it stands."""


@dataclass(slots=True)
class _OpenTable:
    element: HtmlElement
    grid: PageGrid
    number: int = 0
    """Among the tables that stand in no table; 0 as long as it has no paragraph."""
    first: int = 0
    """The number of its first paragraph."""
    cells: list[SourceCell] = field(default_factory=list)


@dataclass
class Builder:
    """Walks a page and collects what it shows."""

    styles: StyleSheet
    tables: Tables
    base: str
    left_aside: Mapping[HtmlElement, str]
    """Elements that become no content, each with why."""
    refused: Mapping[int, str]
    """Passages that become none either, by how many stand before each."""
    saved: SavedPage
    """Has the pictures that are in the file."""
    core: Container[HtmlElement] | None
    """What stands in the article; pictures elsewhere are the site's. None where none is known."""
    rooms: list[list[SourceBlock]] = field(default_factory=lambda: [[]])
    """The blocks of the page, then those of the cells that are open."""
    open_tables: list[_OpenTable] = field(default_factory=list)
    cells: list[HtmlElement] = field(default_factory=list)
    """Those of data that are open."""
    looks: list[Looks] = field(default_factory=lambda: [Looks()])
    blocks: list[HtmlElement] = field(default_factory=list)
    """Those that are open."""
    passages: list[SeenPassage] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    """Where the words collected lead."""
    pieces: list[tuple[str, Looks]] = field(default_factory=list)
    drawn: list[SourcePicture] = field(default_factory=list)
    """Pictures among the words collected."""
    markers: Markers = field(default_factory=Markers)
    label: str = ""
    """The number of the next paragraph of `numbered`."""
    numbered: HtmlElement | None = None
    depth: int = 0
    """How many lists are open."""
    bare_lists: list[bool] = field(default_factory=list)
    """For each of them whether it shows no numbers."""
    number: int = 0
    outside: int = 0
    """How many paragraphs stand in no table."""
    tables_begun: int = 0
    spots: list[SourceSpot] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    remarks: list[SourceRemark] = field(default_factory=list)
    is_ruled: bool = False
    is_inlined: bool = False
    """Whether the words collected stand in a paragraph that a style sheet runs in."""
    numbers: set[HtmlElement] = field(default_factory=set)
    """Elements of automatic numbers, and all in them."""

    def read(self, root: HtmlElement) -> None:
        """Collect all that a root holds."""
        for event, element, words in Walk(root, self.left_aside.__contains__):
            match event:
                case Event.START:
                    self._begin(element)
                    self._say(words)
                case Event.END:
                    self._end(element)
                    self._say(words)
                case Event.ASIDE:
                    self._leave(element)
                    self._say(words)
        self._end_block()

    def _say(self, words: str) -> None:
        if words:
            self.pieces.append((words, self.looks[-1]))

    def _begin(self, element: HtmlElement) -> None:
        tag = element.tag
        said = self.styles.of(element)
        is_block = self._is_block(element, said)
        if is_block:
            self._end_block()
        self.is_inlined |= not is_block and tag in _PARAGRAPHS
        if tag in LISTS:
            self._count(element, said)
        if tag == "table":
            self._begin_table(element)
        elif tag in ("td", "th") and self._is_cell(element):
            self._begin_cell(element)
        looks = looks_of(element, said, self.looks[-1], is_block)
        if tag == "a" and element.get("href") is not None:
            looks = self._linked(looks, element.get("href") or "")
        self.looks.append(looks)
        if is_block:
            self.blocks.append(element)
        match tag:
            case "br":
                self.pieces.append((BREAK, self.looks[-1]))
            case "img" if is_mark(element):
                words = (element.get("alt") or "").strip()
                self.pieces.append((words, self.looks[-1]))
                self._tell_missing(words, *self._picture(element))
            case "img":
                self._see(element)
            case "hr":
                self.is_ruled = True

    def _is_block(self, element: HtmlElement, said: Declared) -> bool:
        """Whether an element stands by itself, by what it is and what style sheets say."""
        display = said.get("display", "").lower()
        outer = element.getparent()
        is_laid = outer is not None and self.styles.of(outer).get("display", "").lower() in _LAID
        if element.tag in BLOCKS:
            return display != "inline" or is_laid
        return display in _STANDING or is_laid

    def _end(self, element: HtmlElement) -> None:
        tag = element.tag
        if self.blocks and self.blocks[-1] is element:
            self._end_block()
            self.blocks.pop()
        if element is self.numbered:
            self.label = ""
        self.looks.pop()
        if tag in LISTS:
            self.markers.end(element)
            if tag != "li":
                self.depth -= 1
                self.bare_lists.pop()
        if tag in ("td", "th") and self._is_cell(element):
            self._end_cell(element)
        elif tag == "table" and self.open_tables and self.open_tables[-1].element is element:
            self._end_table()

    def _is_cell(self, element: HtmlElement) -> bool:
        return bool(self.open_tables) and element in self.open_tables[-1].grid.places

    def _count(self, element: HtmlElement, said: Declared) -> None:
        """A list or an entry begins; a style sheet may take its numbers away."""
        label = self.markers.begin(element)
        signs = {*said.get("list-style", "").split(), *said.get("list-style-type", "").split()}
        is_bare = "none" in signs
        if element.tag != "li":
            self.depth += 1
            self.bare_lists.append(is_bare)
        elif is_bare or (self.bare_lists and self.bare_lists[-1]):
            label = ""
        self.label, self.numbered = label, element

    def _leave(self, element: HtmlElement) -> None:
        """Words of an element that become no content, or are the number before a paragraph."""
        if not isinstance(element.tag, str):
            return
        if element.tag in BLOCKS:
            self._end_block()
        words, why = text_in(element), self.left_aside[element]
        if why == NUMBER:
            self.label, self.numbered = words, self.blocks[-1] if self.blocks else None
            self.numbers.update(element.iter())
        elif why == CONTENTS:
            entries = filter(None, map(_own_words, element.iter("p", "li")))
            self.left_out += [LeftOut(entry, why, self.number + 1) for entry in entries]
        elif words:
            self.left_out.append(LeftOut(words, why))

    def _linked(self, looks: Looks, address: str) -> Looks:
        whole = joined(self.base, address).strip()
        self.targets.append(address)
        is_outward = whole.lower().startswith(_PROTOCOLS)
        return replace(looks, link=whole if is_outward else "", is_linked=True)

    def _see(self, element: HtmlElement) -> None:
        """A picture that stands in the article, large enough to be no sign."""
        if (self.core is not None and element not in self.core) or _is_sign(element):
            return
        address, held = self._picture(element)
        alternative = (element.get("alt") or "").strip()
        if not address.strip():
            return
        suffix, data = held or (PurePosixPath(name_of(address)).suffix.lower(), b"")
        name = name_of(address) or f"picture-{self.number + 1}"
        name = name if name.lower().endswith(suffix) else name + suffix
        self.drawn.append(SourcePicture(0, data, name, alternative))
        self._tell_missing(alternative, address, held)

    def _tell_missing(self, words: str, address: str, held: tuple[str, bytes] | None) -> None:
        if held is None:
            said = " ".join(filter(None, [words, address[:_LONGEST]]))
            self.remarks.append(SourceRemark(NOT_IN_FILE, said, number=self.number + 1))

    def _picture(self, element: HtmlElement) -> tuple[str, tuple[str, bytes] | None]:
        """The address of a picture, its suffix and its bytes where the file has it.

        Where a script puts it in place when it is seen, what stands there till then is none.
        """
        later = next((at for name in _LATER if (at := (element.get(name) or "").strip())), "")
        now = element.get("src") or ""
        held = self.saved.picture(now, self.base) if now.strip() else None
        if not later or (held and len(held[1]) > _LARGEST_BLANK):
            return now, held
        return later, self.saved.picture(later, self.base)

    # -- paragraphs --------------------------------------------------------------------

    def _end_block(self) -> None:
        """What was collected is a paragraph, or several, if it says anything."""
        if self.pieces:
            runs = shown(self.pieces)
            looks = self.looks[-1]
            for words in paragraphs(runs, self._parts_all()):
                self._add(words, looks)
            self.pieces.clear()
            self.targets.clear()
        self.is_inlined = False
        for picture in self.drawn:
            self.rooms[-1].append(replace(picture, number=self._next()))
        self.drawn.clear()

    def _parts_all(self) -> bool:
        """Whether each line that ends here ends a paragraph, as in boxes and under a text."""
        is_single = self.is_inlined or (bool(self.blocks) and self.blocks[-1].tag in _PARAGRAPHS)
        signs = self.looks[-1].alignment is Aligned.RIGHT
        return (signs or not is_single) and not self.cells

    def _add(self, runs: tuple[Run, ...], looks: Looks) -> None:
        words = "".join(run.words for run in runs)
        linked = sum(len(run.words) for run in runs if run.style == LINKED)
        size = max((run.size or 0 for run in runs), default=0)
        table = self.open_tables[0].element if self.cells else None
        element = self.blocks[-1] if self.blocks else None
        self.passages.append(
            SeenPassage(element, words, linked, looks, size, tuple(self.targets), table)
        )
        if why := self.refused.get(len(self.passages) - 1):
            self.left_out.append(LeftOut(" ".join(words.split()), why))
            self.label, self.is_ruled = "", False
            return
        level = (looks.level or self.depth or 1) if self.label else None
        made = SourceParagraph(self._next(), runs, self.label, level)
        look = replace(looks.look(made.main_run.size), is_ruled=self.is_ruled)
        self.rooms[-1].append(replace(made, look=look))
        self.label, self.is_ruled = "", False

    def _next(self) -> int:
        """The number of the next paragraph, whose place is noted."""
        self.number += 1
        for open_table in self.open_tables[: len(self.cells)]:
            open_table.first = open_table.first or self.number
        if self.cells:
            # One that stands in no cell of the table around it is there by a slip of its author.
            table = next(each for each in self.open_tables if self.cells[0] in each.grid.places)
            if not table.number:
                self.tables_begun += 1
                table.number = self.tables_begun
            place = table.grid.places[self.cells[0]]
            self.spots.append(
                SourceSpot(table=table.number, row=place.row + 1, column=place.column + 1)
            )
        else:
            self.outside += 1
            self.spots.append(SourceSpot(paragraph=self.outside))
        return self.number

    # -- tables ------------------------------------------------------------------------

    def _begin_table(self, element: HtmlElement) -> None:
        grid = self.tables.grid(element)
        if grid is None:
            return
        self.open_tables.append(_OpenTable(element, grid))

    def _begin_cell(self, element: HtmlElement) -> None:
        self.cells.append(element)
        self.rooms.append([])
        self.label = ""

    def _end_cell(self, element: HtmlElement) -> None:
        table = self.open_tables[-1]
        self.cells.pop()
        place = table.grid.places[element]
        blocks = tuple(self.rooms.pop())
        table.cells.append(SourceCell(place.row, place.column, blocks, place.rows, place.columns))

    def _end_table(self) -> None:
        table = self.open_tables.pop()
        if any(cell.blocks for cell in table.cells):
            self.rooms[-1].append(
                SourceTable(
                    table.first,
                    tuple(sorted(table.cells, key=lambda cell: (cell.row, cell.column))),
                    table.grid.height,
                    table.grid.width,
                    head_rows=table.grid.head_rows,
                    is_ruled=table.grid.is_ruled,
                    caption=_caption(table.element),
                )
            )


def _own_words(entry: HtmlElement) -> str:
    """The words of an entry of a list without those of the entries below it."""
    own = [entry.text or ""]
    for child in entry:
        if child.tag not in LISTS:
            own.append(text_in(child))
        own.append(child.tail or "")
    return " ".join("".join(own).split())


def _is_sign(element: HtmlElement) -> bool:
    """Whether a picture is as small as signs before links are."""
    sizes = [element.get(name) or "" for name in ("width", "height")]
    return any(size.isdecimal() and int(size[:6]) <= _SMALL for size in sizes)


def _caption(table: HtmlElement) -> str:
    caption = table.find("caption")
    return "" if caption is None else text_in(caption)


def text_in(element: HtmlElement) -> str:
    """All words of an element in one line, but those of scripts."""
    pieces: list[str] = []
    for part in element.iter():
        if isinstance(part.tag, str) and part.tag not in CODE:
            pieces.append(part.text or "")
        if part is not element:
            pieces.append(part.tail or "")
    return " ".join(without_invisible("".join(pieces)).split())


def is_mark(element: HtmlElement) -> bool:
    """Whether a picture is the 发文机关标志: a page of ours says so; a fragment begins with it."""
    above = element.getparent()
    if element.tag != "img" or above is None:
        return False
    words = (element.get("alt") or "").strip()
    may_be = words.endswith(MARK_SUFFIXES) or may_be_organ(words)
    return above.get("class") == "mark pictured" or (may_be and _begins_all(element))


def _begins_all(element: HtmlElement) -> bool:
    """Whether no word and no picture stands before it in its file, and none beside it."""
    above = element.getparent()
    is_alone = above is not None and len(above) == 1 and not above.text_content().strip()
    if not is_alone or next(element.getroottree().iter("img")) is not element:
        return False
    return not any(words.strip() for words in element.xpath("preceding::text()"))
