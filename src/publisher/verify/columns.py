"""A table and its rows on a page → which column of the page stands for which, and its headings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from publisher.verify.differences import Difference, Effect, change_of_words
from publisher.verify.saved import Cell, Row, Sheet
from publisher.verify.sheets import MANY, SheetComparison

Order = tuple[int | None, ...]
"""For each column of the document, that of the page; None where there is none."""
_SURE = 0.5
"""The part of the cells that must be the same where a row has more or fewer than the document's."""


_MOST_ABOVE = 3
"""So many rows of a site's own may stand above the head of a table."""


@dataclass
class SheetColumns:
    """How the columns of one table of the page stand to those of the document."""

    heading: Row | None = None
    """The row that names them."""
    orders: dict[int, Order] = field(default_factory=dict)
    """By the number of places in a row of the page."""

    def order_for(self, row: Row) -> Order | None:
        """The order in a row of the page; None where only its words can tell."""
        return self.orders.get(len(row.cells))


def columns_in(result: SheetComparison, sheets: Sequence[Sheet]) -> dict[int, SheetColumns]:
    """The columns of each table of the page that has rows of the document's."""
    pairs: dict[int, dict[int, list[tuple[Row, Row]]]] = defaultdict(lambda: defaultdict(list))
    for number, match in result.rows.items():
        pairs[match.sheet][len(match.row.cells)].append((result.body[number], match.row))
    columns = {}
    for sheet, by_width in pairs.items():
        heading = _heading_row(result, sheets[sheet])
        of_sheet = columns[sheet] = SheetColumns(heading)
        for width, rows in by_width.items():
            order = _order(result, heading, width, rows)
            if order:
                of_sheet.orders[width] = order
    return columns


def _heading_row(result: SheetComparison, sheet: Sheet) -> Row | None:
    """The row of the page that names the columns, in whatever kind of cells; the likest one.

    Names that reach down to it stand in rows above it too: it has more of them than those have.
    """
    names = Counter(cell.words for cell in result.columns)
    taken = {id(match.row) for match in result.rows.values()}
    likest: dict[tuple[int, int, int], Row] = {}
    for at, row in enumerate(sheet.rows[: len(result.head) + _MOST_ABOVE]):
        there = names & Counter(cell.words for cell in row.cells)
        if id(row) not in taken and 2 * len(there) >= len(names) > 0:
            likest[len(there), there.total(), -abs(at - len(result.head) + 1)] = row
    return likest[max(likest)] if likest else None


def _order(
    result: SheetComparison, heading: Row | None, width: int, rows: Sequence[tuple[Row, Row]]
) -> Order | None:
    """The order in which most cells are the same; the document's own where that is none the less.

    Words of one row alone never say that columns moved: who leads and who helps is the content.
    """
    own_width = len(rows[0][0].cells)
    orders: list[Order] = [tuple(range(width))] if width == own_width else []
    if heading is not None and len(heading.cells) == width and result.columns:
        orders.append(by_names(result.columns, heading))
    elif width == own_width and len(rows) >= MANY:
        orders += _by_words(rows)
    if not orders:
        return None
    best = max(orders, key=lambda order: _agreement(order, rows))
    possible = sum(bool(cell.words) for row, _ in rows for cell in row.cells)
    is_sure = width == own_width or _agreement(best, rows) >= _SURE * possible
    return best if is_sure else None


def by_names(columns: Sequence[Cell], heading: Row) -> Order:
    """The columns by the names that both have; what is left over, in its order."""
    there = {cell.words: at for at, cell in enumerate(heading.cells)}
    twice = Counter(cell.words for cell in heading.single)
    order = [there.get(cell.words) if twice[cell.words] == 1 else None for cell in columns]
    own = [at for at, place in enumerate(order) if place is None]
    left = [at for at in range(len(heading.cells)) if at not in order]
    if len(own) == len(left):
        for at, place in zip(own, left, strict=True):
            order[at] = place
    return tuple(order)


def _by_words(rows: Sequence[tuple[Row, Row]]) -> list[Order]:
    """The order that every row shows; none where they do not agree."""
    order: list[int] = []
    for column in range(len(rows[0][0].cells)):
        votes: Counter[int] = Counter()
        for row, row_there in rows:
            words = row.cells[column].words if column < len(row.cells) else ""
            votes.update(
                at for at, cell in enumerate(row_there.cells) if words and cell.words == words
            )
        best = votes.most_common(1)
        order.append(best[0][0] if best else column)
    return [tuple(order)] if sorted(order) == [*range(len(order))] else []


def _agreement(order: Order, rows: Sequence[tuple[Row, Row]]) -> int:
    """How many cells have the same words."""
    return sum(
        bool(cell.words) and place is not None and row_there.cells[place].words == cell.words
        for row, row_there in rows
        for cell, place in zip(row.cells, order, strict=False)
    )


def note_headings(result: SheetComparison, columns: SheetColumns, lost: frozenset[int]) -> None:
    """Tell what became of the names of the columns; `lost` are columns that are gone wholly."""
    heading = columns.heading
    if heading is None:
        names = "、".join(cell.text for cell in result.columns)
        if names:
            message = "列标题一行没有了"
            result.differences.append(
                Difference("lost_header_row", Effect.LOST, result.title, message, names)
            )
        return
    order = columns.order_for(heading) or by_names(result.columns, heading)
    pairs = [
        (cell, heading.cells[place] if place is not None and place < len(heading.cells) else None)
        for cell, place in zip(result.columns, order, strict=False)
    ]
    there = [published for _, published in pairs if published is not None and published.words]
    result.headers += sum(
        published is not None and published.is_header for cell, published in pairs if cell.words
    )
    places = [place for place in order if place is not None]
    if places != sorted(places):
        now = "、".join(cell.text for cell in heading.single)
        result.differences.append(
            Difference("moved_column", Effect.CHANGED, result.title, f"列的次序变成：{now}")
        )
    _note_names(result, pairs, lost)
    note_plain(result, [cell for cell in there if not cell.is_header], "列标题")


def _note_names(
    result: SheetComparison, pairs: Sequence[tuple[Cell, Cell | None]], lost: frozenset[int]
) -> None:
    now = {cell.words: published.words for cell, published in pairs if published is not None}
    seen: set[str] = set()
    for column, (cell, published) in enumerate(pairs):
        place = f"{result.title}列标题“{cell.text}”"
        if published is None or (cell.words and not published.words):
            if column not in lost:
                message = f"列标题“{cell.text}”没有了"
                difference = Difference(
                    "lost_column_heading", Effect.LOST, result.title, message, cell.text
                )
                result.differences.append(difference)
        elif published.words == cell.words:
            result.marks.append((place, cell.text, published.text))
        elif now.get(published.words) == cell.words:
            if cell.words not in seen:
                seen |= {cell.words, published.words}
                message = f"“{cell.text}”和“{published.text}”两个列标题对调了"
                result.differences.append(
                    Difference("swapped_cells", Effect.CHANGED, result.title, message, cell.text)
                )
        elif change := change_of_words(place, cell.text, published.text):
            result.differences.append(change)


def note_plain(result: SheetComparison, plain: Sequence[Cell], what: str) -> None:
    """Tell of headings that became plain cells."""
    if not plain:
        return
    names = "、".join(f"“{cell.text}”" for cell in plain[:MANY])
    more = f"等 {len(plain)} 个" if len(plain) > MANY else ""
    message = f"{what}{names}{more}成了普通单元格（th 变成 td）"
    result.differences.append(Difference("lost_header_cell", Effect.LOST, result.title, message))
