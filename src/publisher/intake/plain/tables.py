"""Lines of a plain text → those of its tables, and those between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from publisher.intake.gathered import GatheredCell
from publisher.intake.plain.aligned import aligned_rows
from publisher.intake.plain.paragraphs import has_gap
from publisher.intake.source import Run
from publisher.limits import MOST_CELLS

_BAR = "|"
_BARS = str.maketrans(dict.fromkeys("│┃｜", _BAR))
"""Bars of other forms, of boxes and of full width."""
_DRAWN = r"[\s|│┃｜+＋─━=┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛:\-—]"
_RULE = re.compile(rf"(?={_DRAWN}++$).*?[\-—─━=]{{2}}.*|【表】|【表完】", re.DOTALL)
"""A line that is drawn, or that says where a table begins and ends."""
_SPAN = re.compile(r"\{(rowspan|colspan)=([0-9]{1,3})\}")
_SIGN = re.compile(rf"[|│┃｜]|{_SPAN.pattern}")
_ALIGNED = "有表格是用空格对齐的，各格按位置推断，请核对"
_MOST_COLUMNS = 60
_MOST_PLACES = 2 * MOST_CELLS
"""Of a table, each merged cell as often as it has rows and columns: more is none of a document."""
_MOST_DIGITS = 5
_MOST_BEFORE = 8
"""Lines with bars of which a table behind them has none."""
_MOST_SKIPPED = 20
"""How many serials may be missing between two rows."""
_CLEARLY = 0.1
"""Of a cell a row: how much more alike the cells must be with one column than with the next."""


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table that is typed."""

    cells: tuple[GatheredCell, ...]
    height: int
    width: int
    signs: tuple[str, ...]
    """What is typed to draw it."""
    sentences: tuple[str, ...] = ()


def parts(lines: Sequence[str]) -> Iterator[list[str] | TextTable]:
    """What stands between tables, and the tables, in reading order."""
    plain: list[str] = []
    at = 0
    while at < len(lines):
        end = _end_of_table(lines, at)
        begin, table = _first_table(lines, at, end)
        plain += lines[at : begin if table else max(end, at + 1)]
        at = max(end, at + 1)
        if table is None:
            continue
        if plain:
            yield plain
            plain = []
        yield table
    if plain:
        yield plain


def _first_table(lines: Sequence[str], at: int, end: int) -> tuple[int, TextTable | None]:
    """The table that reaches to an end, and where it begins: at a line, or at one of the next."""
    for begin in range(at, min(at + _MOST_BEFORE, end - 1)):
        if table := _table(lines[begin:end]):
            return begin, table
    return at, None


def _end_of_table(lines: Sequence[str], at: int) -> int:
    """Behind the last line of the table that begins at a line; the line itself where none does."""
    for is_line in (_is_barred, _is_tabbed, _is_spaced):
        end = at
        while end < len(lines) and (is_line(lines[end]) or _is_group(lines, at, end)):
            end += 1
        if end - at > 1:
            return end
    return at


def _is_barred(line: str) -> bool:
    return _BAR in line.translate(_BARS) or bool(_RULE.fullmatch(line))


def _is_tabbed(line: str) -> bool:
    return "\t" in line.strip()


def _is_group(lines: Sequence[str], first: int, at: int) -> bool:
    """Whether a line is a row of a table with tabs of which only the first cell says something."""
    line = lines[at].lstrip()
    tabs = lines[first].count("\t") if at > first and _is_tabbed(lines[first]) else 0
    return 0 < tabs == line.count("\t") and not _is_tabbed(line) and bool(line)


def _is_spaced(line: str) -> bool:
    return has_gap(line) and not _is_barred(line) and not _is_tabbed(line)


def _table(lines: Sequence[str]) -> TextTable | None:
    rules = [line for line in lines if _RULE.fullmatch(line)]
    inked = [line for line in lines if not _RULE.fullmatch(line)]
    if lines and all(map(_is_spaced, lines)):
        aligned = aligned_rows(lines)
        return _of_rows(aligned, (), [_ALIGNED]) if aligned else None
    if not any(_BAR in line.translate(_BARS) for line in inked):
        table = _of_rows([line.split("\t") for line in inked], rules) if inked else None
        return _with_groups(table) if table else None
    signs = [*rules, *(sign[0] for line in inked for sign in _SIGN.finditer(line))]
    rows = [line.translate(_BARS).strip() for line in inked]
    if all(_BAR not in row.strip(_BAR) for row in rows):
        return _a_cell_a_line(rows, signs)
    return _of_rows([_cells(row) for row in rows], signs)


def _cells(line: str) -> list[str]:
    """The cells of a row with bars between, before and behind."""
    return line.removeprefix(_BAR).removesuffix(_BAR).split(_BAR)


def _of_rows(
    rows: Sequence[Sequence[str | None]], signs: Sequence[str], sentences: Sequence[str] = ()
) -> TextTable | None:
    """A table of rows; cells that reach further than one place say so, or none stand below them."""
    cells: dict[tuple[int, int], GatheredCell] = {}
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(rows):
        column = 0
        for words in line:
            while (row, column) in taken:
                column += 1
            if column >= _MOST_COLUMNS or len(taken) > _MOST_PLACES:
                return None
            above = cells.get((row - 1, column)) if words is None else None
            cell = _cell(row, column, words or "", len(rows))
            cells[row, column] = replace(above, rows=above.rows + 1) if above else cell
            taken |= _covered(cell)
            column += cell.columns
    last = {(cell.row, cell.column): cell for cell in cells.values()}
    width = max(column for _, column in taken) + 1
    if not 2 <= width <= _MOST_COLUMNS:
        return None
    return TextTable(tuple(last.values()), len(rows), width, tuple(signs), tuple(sentences))


def _covered(cell: GatheredCell) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }


def _cell(row: int, column: int, words: str, height: int) -> GatheredCell:
    spans = {name: int(count) for name, count in _SPAN.findall(words)}
    bare = _SPAN.sub("", words).strip()
    paragraphs = ((Run(bare),),) if bare else ()
    rows = max(1, min(spans.get("rowspan", 1), height - row))
    columns = min(max(1, spans.get("colspan", 1)), _MOST_COLUMNS)
    return GatheredCell(row, column, paragraphs, rows, columns)


def _with_groups(table: TextTable) -> TextTable:
    """A table whose rows that say something in their first cell alone reach across it.

    They name the rows below them, of which the next one says more.
    """
    said = Counter(cell.row for cell in table.cells if cell.paragraphs)
    begun = {cell.row for cell in table.cells if cell.paragraphs and cell.column == 0}
    groups = {row for row in begun if row and said[row] == 1 < said[row + 1]}
    if table.width <= 2 or not groups:
        return table
    cells = [
        replace(cell, columns=table.width) if cell.row in groups else cell
        for cell in table.cells
        if cell.row not in groups or cell.column == 0
    ]
    return replace(table, cells=tuple(cells))


# -- a cell a line ------------------------------------------------------------------------


def _a_cell_a_line(lines: Sequence[str], signs: Sequence[str]) -> TextTable | None:
    """A table whose cells have a line each: bars before them begin rows, or serials do."""
    begins = [line.startswith(_BAR) and bool(line.strip(_BAR)) for line in lines]
    if sum(begins) > 1:
        return _of_rows(list(_rows_from(begins, lines)), signs)
    words = [cell for line in lines for cell in _one_or_empty(line)]
    rows = _rows_by_serials(words)
    if rows is None:
        return None
    column = _merged_column(rows)
    if column is None:
        return _of_rows(rows, signs)
    merged = [_with_merged(row, column) for row in rows]
    count = sum(None in row for row in merged)
    sentence = f"表格有 {count} 行少一格，第 {column + 1} 列按与上一行合并处理，请核对"
    return _of_rows(merged, signs, [sentence])


def _one_or_empty(line: str) -> list[str]:
    """The cell of a line; as many empty ones as there are bars, where there is nothing else."""
    words = line.strip(_BAR).strip()
    return [words] if words else [""] * line.count(_BAR)


def _rows_from(begins: Sequence[bool], lines: Sequence[str]) -> Iterator[list[str | None]]:
    row: list[str | None] = []
    for is_first, line in zip(begins, lines, strict=True):
        if is_first and row:
            yield row
            row = []
        row += _one_or_empty(line)
    yield row


def _rows_by_serials(words: Sequence[str]) -> list[list[str]] | None:
    """Rows that begin with growing serials, below a head that ends where the first stands."""
    if "1" not in words[2 : _MOST_COLUMNS + 1]:
        return None
    width = words.index("1", 2)
    rows, serial = [list(words[:width])], 0
    for cell in words[width:]:
        number = int(cell) if cell.isdecimal() and len(cell) < _MOST_DIGITS else 0
        if serial < number <= serial + _MOST_SKIPPED:
            rows.append([])
            serial = number
        rows[-1].append(cell)
    is_so = len(rows) > 2 and all(len(row) <= width for row in rows)
    return [[*row, *[""] * (width - len(row))] for row in rows] if is_so else None


# -- cells that rows lack, since they are merged with those above -------------------------


def _lacks_one(row: Sequence[str]) -> bool:
    return not row[-1]


def _merged_column(rows: Sequence[Sequence[str]]) -> int | None:
    """The column whose cells those rows lack that end with an empty one; None where none is sure.

    What saves a page as text pads such rows at their end. In the column, and in no other, their
    cells moved one to the right are alike to those of rows that are whole.
    """
    whole = [row for row in rows[1:] if not _lacks_one(row)]
    lacking = [row for row in rows[1:] if _lacks_one(row) and any(row[1:])]
    if not whole or not lacking:
        return None
    known = [_likeness(column) for column in zip(*whole, strict=True)]
    scores = {
        column: sum(
            like(cell)
            for row in lacking
            for like, cell in zip(known, _moved(row, column), strict=True)
            if cell is not None
        )
        for column in range(1, len(rows[0]))
    }
    if len(scores) < 2:
        return None
    first, second = sorted(scores, key=lambda column: scores[column], reverse=True)[:2]
    return first if scores[first] - scores[second] > _CLEARLY * len(lacking) else None


def _moved(row: Sequence[str], column: int) -> list[str | None]:
    return [*row[:column], None, *row[column:-1]]


def _with_merged(row: Sequence[str], column: int) -> list[str | None]:
    return _moved(row, column) if _lacks_one(row) else list(row)


def _likeness(column: Sequence[str]) -> Callable[[str], float]:
    """How much a cell is like those of a column: the same words, or about as many."""
    known = set(column)
    length = sum(map(len, column)) / len(column)

    def like(cell: str) -> float:
        ratio = min(len(cell), length) / max(len(cell), length, 1)
        return 1 if cell in known else ratio / 2

    return like
