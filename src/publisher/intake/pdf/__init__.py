"""The text of a PDF or OFD → its `SourceFile`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from publisher.files import LARGEST, Unreadable
from publisher.filetypes import called
from publisher.inspect.cells import is_inside, table_boxes
from publisher.inspect.lines import BLANKS, Line, lines_of
from publisher.inspect.ofd import read_pages as read_ofd
from publisher.inspect.pages import Box, Page
from publisher.inspect.pdf import read_pages
from publisher.inspect.recognise.furniture import page_numbers, wide_strokes
from publisher.inspect.recognised import Part
from publisher.inspect.thresholds import Points
from publisher.intake.gathered import Gathered
from publisher.intake.pdf.columns import PageColumns, columns_of
from publisher.intake.pdf.spaced import SpacedTable, spaced_tables
from publisher.intake.pdf.tables import DrawnTable, drawn_table
from publisher.intake.pdf.text import (
    Measure,
    TextRow,
    cell_runs,
    look_of,
    paragraphs,
    rows_of,
    runs_of,
)
from publisher.intake.source import LeftOut, SourceFile, SourceRemark, SourceTable

_EDGE = 0.12
"""The part of a page at its top and its foot where running heads and feet stand."""
_LEAST_REPEATED = 3
_Piece = TextRow | DrawnTable | SpacedTable


def read(name: str, data: bytes) -> SourceFile:
    """The words of a file and how they look; Unreadable where it cannot be read."""
    if len(data) > LARGEST:
        raise Unreadable(f"文件大于 {LARGEST >> 20} MB，不像一份公文")
    try:
        is_ofd = name.lower().endswith(".ofd")
        return _read(name, data, "OFD" if is_ofd else "PDF", read_ofd if is_ofd else read_pages)
    except Unreadable as refused:
        words = str(refused)
        for of_measuring, of_reading in _SAID.items():
            words = words.replace(of_measuring, of_reading)
        raise Unreadable(words) from None


_SAID = {
    "没有可以测量的文字；请用生成的 PDF，不用扫描件": "没有文字层；请先识别成文字，或用原来的文件",
    "超出测量的限度": "超出限度",
    "没有文字，测量不了": "文件里没有文字",
}
"""What measuring says of a file, and what is said where it is to be read."""


def _read(
    name: str, data: bytes, kind: str, read: Callable[[bytes], tuple[Page, ...]]
) -> SourceFile:
    pages = read(data)
    lines = [line for page in pages for line in lines_of(page)]
    numbers = page_numbers(pages, lines, {})[Part.PAGE_NUMBER]
    running = _running(pages, [line for line in lines if line not in numbers])
    aside = {**dict.fromkeys(numbers, "页码"), **running}
    pieces = _pieces(pages, [line for line in lines if line not in aside])
    tables = [piece for piece in pieces if isinstance(piece, DrawnTable)]
    left_out = [LeftOut(line.text, why) for line, why in aside.items()]
    left_out += [
        LeftOut(" ".join(line.text for line in table.repeated), "续表重复的表头")
        for table in tables
        if table.repeated
    ]
    left_out += _turned(pages, numbers)
    gathered = _gathered(pages, pieces)
    if not gathered.blocks:
        raise Unreadable("文件里没有文字")
    lost = sum(page.lost for page in pages)
    sentences = [f"{kind} 没有段落，段落是按各行的位置推断的，请核对"]
    if any(isinstance(piece, SpacedTable) for piece in pieces):
        sentences.append("有表格没有画线，各格按位置推断，请核对")
    if lost:
        sentences.append(f"有 {lost} 个字文件里没有编码，读不出来")
    return SourceFile(
        name,
        called(name),
        tuple(gathered.blocks),
        "".join(glyph.character for page in pages for glyph in page.glyphs),
        left_out=tuple(left_out),
        remarks=tuple(
            SourceRemark("不能读的对象", f"第 {page.number} 页的图片")
            for page in pages
            for _ in page.pictures
        ),
        spots=tuple(gathered.spots),
        sentences=tuple(sentences),
    )


def _running(pages: Sequence[Page], lines: Sequence[Line]) -> dict[Line, str]:
    """Lines that stand at the same place of many pages, at their top or foot."""
    places: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for line in lines:
        places[line.words, round(line.baseline.mm)].append(line)
    result: dict[Line, str] = {}
    for those in places.values():
        height = pages[those[0].page - 1].height.mm
        share = those[0].baseline.mm / height
        if len({line.page for line in those}) >= max(_LEAST_REPEATED, len(pages) / 2):
            if share < _EDGE:
                result |= dict.fromkeys(those, "页眉")
            elif share > 1 - _EDGE:
                result |= dict.fromkeys(those, "页脚")
    return result


def _turned(pages: Sequence[Page], numbers: Sequence[Line]) -> list[LeftOut]:
    """Characters that lie on their side; page numbers of wide pages are known already."""
    known = {glyph for line in numbers for glyph in line.glyphs}
    lying = [
        "".join(
            glyph.character
            for glyph in page.glyphs
            if glyph.style.turned and glyph not in known and glyph.character not in BLANKS
        )
        for page in pages
    ]
    return [LeftOut(words, "横放或倒置的文字") for words in lying if words]


# -- what stands in reading order ---------------------------------------------------------


def _pieces(pages: Sequence[Page], lines: Sequence[Line]) -> list[_Piece]:
    """Rows of text and tables from the top of the first page down; tables that go on are one."""
    pieces: list[_Piece] = []
    columns = PageColumns()
    for page in pages:
        on_page = [line for line in lines if line.page == page.number]
        tables: list[tuple[Box, DrawnTable]] = []
        for box in table_boxes(page):
            held = [line for line in on_page if is_inside(line, [box])]
            table = drawn_table(page, box, held) if held else None
            if table is not None:
                tables.append((box, table))
                on_page = [line for line in on_page if line not in held]
        columns = columns_of(on_page, columns)
        for piece in _in_order(on_page, tables, columns):
            last = pieces[-1] if pieces else None
            if (
                isinstance(piece, DrawnTable)
                and isinstance(last, DrawnTable)
                and last.goes_on_in(piece)
            ):
                last.join(piece)
            else:
                pieces.append(piece)
    return pieces


def _in_order(
    lines: Sequence[Line], tables: Sequence[tuple[Box, DrawnTable]], columns: PageColumns
) -> Iterator[_Piece]:
    """The rows and tables of a page from the top down, those of two columns one after another."""
    by_column: dict[int, list[Line]] = defaultdict(list)
    for line in chain.from_iterable(map(columns.parted, lines)):
        by_column[columns.column(line.left.pt, line.inner_right.pt)].append(line)
    placed: list[tuple[tuple[int, int, Points], _Piece]] = []
    for column, held in by_column.items():
        rows = rows_of(held, column, columns.shift if column == 2 else 0)
        for piece in rows if column else spaced_tables(rows):
            row = piece if isinstance(piece, TextRow) else piece.head
            first, last = row.parts[0], row.parts[-1]
            rank = columns.rank(first.left.pt, last.inner_right.pt, row.baseline)
            placed.append((rank, piece))
    for box, table in tables:
        placed.append((columns.rank(box.left.pt, box.right.pt, box.top.pt), table))
    yield from (piece for _, piece in sorted(placed, key=lambda pair: pair[0]))


def _gathered(pages: Sequence[Page], pieces: Sequence[_Piece]) -> Gathered:
    rows = [piece for piece in pieces if isinstance(piece, TextRow)]
    tables = [piece for piece in pieces if isinstance(piece, DrawnTable)]

    def kind(row: TextRow) -> tuple[bool, bool]:
        return pages[row.page - 1].landscape, row.column > 0

    edges = {
        is_landscape: [
            (table.edges[0], table.edges[-1])
            for table in tables
            if table.is_landscape == is_landscape
        ]
        for is_landscape in (False, True)
    }
    measures = {
        each: Measure(
            [row for row in rows if kind(row) == each],
            [] if each[1] else edges[each[0]],
            0 if each[1] else _width(pages, landscape=each[0]),
        )
        for each in dict.fromkeys(map(kind, rows))
    }
    gathered = Gathered()
    waiting: list[TextRow] = []

    def write() -> None:
        if waiting:
            is_landscape, _ = kind(waiting[0])
            measure = measures[kind(waiting[0])]
            for group in paragraphs(waiting, measure):
                ruled = _is_ruled(pages[group[0].page - 1], group)
                look = replace(look_of(group, measure, ruled), is_landscape=is_landscape)
                gathered.paragraph(runs_of(group, measure), look, group[0].page)
        waiting.clear()

    for piece in pieces:
        if isinstance(piece, TextRow):
            if waiting and kind(waiting[-1]) != kind(piece):
                write()
            waiting.append(piece)
            continue
        write()
        if isinstance(piece, SpacedTable):
            height, width = len(piece.rows), len(piece.rows[0])
            gathered.table(piece.cells(), SourceTable(0, (), height, width), piece.head.page)
            continue
        widths = [right - left for left, right in zip(piece.edges, piece.edges[1:], strict=False)]
        frame = SourceTable(
            0,
            (),
            len(piece.rows),
            len(widths),
            widths=tuple(round(width, 1) for width in widths),
            is_landscape=piece.is_landscape,
        )
        gathered.table(piece.cells(cell_runs), frame, piece.first)
    write()
    return gathered


def _width(pages: Sequence[Page], *, landscape: bool) -> Points:
    """Of the first page that stands, or lies."""
    return next(page.width.pt for page in pages if page.landscape is landscape)


def _is_ruled(page: Page, group: Sequence[TextRow]) -> bool:
    """Whether a wide line runs right above or below a paragraph."""
    top, bottom, size = group[0].baseline, group[-1].baseline, group[0].size
    return any(
        top - 2.2 * size < stroke.middle.pt < top - 0.7 * size
        or bottom < stroke.middle.pt < bottom + 1.4 * size
        for stroke in wide_strokes(page)
    )
