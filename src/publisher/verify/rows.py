"""Rows of the document's tables and of a page → which are the same, what became of others."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from publisher.compare.similar import equal_anywhere, likely_pairs
from publisher.verify.differences import Difference, Effect, short
from publisher.verify.index import WordIndex
from publisher.verify.saved import Row
from publisher.verify.sheets import PageRow, SheetComparison, is_banner

_ALIKE = 55
"""Per cent from which two rows are the same with changed words."""
_SAME_HEAD = 30
"""What the same number at the head of two rows adds to that."""
_SQUARE = 250_000
"""So many pairs of rows are compared each with each."""
_NEAR = 3


def match_rows(results: Sequence[SheetComparison], rows_there: Sequence[PageRow]) -> list[PageRow]:
    """Give each row of the document that has none its likest on the page; those that are left."""
    owners = [
        (result, number)
        for result in results
        for number in result.body
        if number not in result.rows
    ]
    rows = {at: result.body[number] for at, (result, number) in enumerate(owners)}
    taken = {(row.sheet, row.index) for result in results for row in result.rows.values()}
    pool = {
        at: match
        for at, match in enumerate(rows_there)
        if match.row.words and (match.sheet, match.index) not in taken
    }
    all_rows = {(match.sheet, match.index): at for at, match in enumerate(rows_there)}
    for pairs in (_equal_pairs, _likely_pairs, _pairs_of_one_head):
        for at, index in pairs(rows, pool):
            if at in rows and index in pool:
                del rows[at]
                result, number = owners[at]
                result.rows[number] = pool.pop(index)
    for result in results:
        result.rows = dict(sorted(result.rows.items()))
        _fill_gaps(result, rows_there, all_rows, pool)
    return list(pool.values())


def _fill_gaps(
    result: SheetComparison,
    rows_there: Sequence[PageRow],
    places: dict[tuple[int, int], int],
    pool: dict[int, PageRow],
) -> None:
    """A row below the same row, of which little is left but cells of the document's row."""
    numbers = list(result.body)
    for at, number in enumerate(numbers[1:], 1):
        before = result.rows.get(numbers[at - 1])
        index = places.get((before.sheet, before.index + 1)) if before else None
        if number in result.rows or index is None:
            continue
        if index not in pool and rows_there[index].row.words:
            continue  # it is another row
        if _is_what_is_left(result.body[number], rows_there[index].row):
            result.rows[number] = rows_there[index]
            pool.pop(index, None)
    result.rows = dict(sorted(result.rows.items()))


def _is_what_is_left(own: Row, there: Row) -> bool:
    """Whether a row has nothing but cells of the document's, or most of them in their places."""
    words = [cell.words for cell in own.single], [cell.words for cell in there.single]
    if {*words[1]} <= {"", *words[0]}:
        return True
    same = sum(mine == its for mine, its in zip(*words, strict=False))
    return len(words[0]) == len(words[1]) and 2 * same > len(words[0])


def _equal_pairs(rows: dict[int, Row], pool: dict[int, PageRow]) -> list[tuple[int, int]]:
    """Rows of the same words, in their order."""
    numbers, indices = list(rows), list(pool)
    words = [rows[at].words for at in numbers], [pool[at].row.core for at in indices]
    return [(numbers[own], indices[there]) for own, there in equal_anywhere(*words)]


def _likely_pairs(rows: dict[int, Row], pool: dict[int, PageRow]) -> list[tuple[int, int]]:
    """Rows of the document and of the page that are alike, the likeliest and nearest first."""
    from rapidfuzz import fuzz

    scored = []
    for number, index in _worth_comparing(rows, pool):
        row, published = rows[number], pool[index].row
        score = fuzz.ratio(row.core, published.core)
        if (head := _head(row)) and any(cell.words == head for cell in published.single):
            score += _SAME_HEAD
        if score >= _ALIKE:
            scored.append((-score, abs(index - number), number, index))
    return [(number, index) for _, _, number, index in sorted(scored)]


def _pairs_of_one_head(rows: dict[int, Row], pool: dict[int, PageRow]) -> list[tuple[int, int]]:
    """Rows that only their number shows to be the same."""
    heads: dict[str, list[int]] = defaultdict(list)
    for index, row_there in pool.items():
        if row_there.row.single:
            heads[row_there.row.single[0].words].append(index)
    return [
        (number, heads[head][0])
        for number, row in rows.items()
        if (head := _head(row)) and len(heads.get(head, ())) == 1
    ]


def _worth_comparing(rows: dict[int, Row], pool: dict[int, PageRow]) -> Iterable[tuple[int, int]]:
    """All pairs where they are few; else those with rare words, a head or a place in common."""
    if len(rows) * len(pool) <= _SQUARE:
        return ((number, index) for number in rows for index in pool)
    numbers, indices = list(rows), list(pool)
    words = [rows[at].words for at in numbers], [pool[at].row.core for at in indices]
    alike = [(numbers[own], indices[there]) for _, own, there in likely_pairs(*words, 0.3)]
    heads: dict[str, list[int]] = defaultdict(list)
    for index, row_there in pool.items():
        for cell in row_there.row.single[:_NEAR]:
            heads[cell.words].append(index)
    same = [
        (number, index)
        for number, row in rows.items()
        if (head := _head(row))
        for index in heads.get(head, ())[:_NEAR]
    ]
    near = [
        (number, index)
        for at, number in enumerate(numbers)
        for middle in (at * len(indices) // len(numbers),)
        for index in indices[max(0, middle - _NEAR) : middle + _NEAR]
    ]
    return dict.fromkeys([*alike, *same, *near])


def _head(row: Row) -> str:
    """The words that head a row alone."""
    return next((cell.words for cell in row.single if cell.is_header and cell.rowspan == 1), "")


def note_lost_rows(result: SheetComparison, page_words: WordIndex) -> None:
    """Tell of rows that are not there; those that follow one another together."""
    for run in _runs([number for number in result.body if number not in result.rows], result):
        still = [number for number in run if _stands_as_text(result.body[number], page_words)]
        if still == run:
            what = "不再是表格的行，只剩文字"
        elif is_banner(result.body[run[0]]) and len(run) == 1:
            what = "这一行没有了，下面的行看不出属于哪一组"
        elif run[-1] == [*result.body][-1] and len(run) > 1:
            what = f"从这里起到表格末尾 {len(run)} 行都没有了"
        else:
            what = "整行没有了" if len(run) == 1 else f"这 {len(run)} 行没有了"
        words = "\n".join(" | ".join(cell.text for cell in result.body[n].single) for n in run)
        place = result.reach(run)
        result.differences.append(Difference("lost_row", Effect.LOST, place, what, words))


def _stands_as_text(row: Row, page_words: WordIndex) -> bool:
    return len(row.core) > 8 and row.core in page_words


def _runs(numbers: Sequence[int], result: SheetComparison) -> Iterator[list[int]]:
    """Rows of the table that follow one another."""
    order = {number: at for at, number in enumerate(result.body)}
    run: list[int] = []
    for number in numbers:
        if run and order[number] != order[run[-1]] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def note_moved_rows(result: SheetComparison) -> None:
    """Tell of rows in another order, the fewest that explain it."""
    order = [(row_there.sheet, row_there.index) for row_there in result.rows.values()]
    kept = _longest_rising(order)
    moved = [number for at, number in enumerate(result.rows) if at not in kept]
    result.moved = frozenset(moved)
    if moved:
        message = "换了位置，次序与公文不同"
        place = result.places(moved)
        result.differences.append(Difference("moved_row", Effect.CHANGED, place, message))


def _longest_rising(values: Sequence[tuple[int, int]]) -> set[int]:
    """The positions of the most values that rise one after another."""
    ends: list[tuple[int, int]] = []
    at: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        place = bisect_left(ends, value)
        before.append(at[place - 1] if place else -1)
        ends[place : place + 1] = [value]
        at[place : place + 1] = [index]
    kept: set[int] = set()
    index = at[-1] if at else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return kept


def note_added_rows(result: SheetComparison, pool: Sequence[PageRow]) -> None:
    """Tell of rows of its own tables on the page that are none of the document's."""
    names = {cell.words for row in result.head for cell in row.single}
    heads = "".join(cell.words for cell in result.columns)
    own = {row.core: number for number, row in result.body.items()}
    for row_there in pool:
        if {cell.words for cell in row_there.row.single} <= names:
            continue  # the headings of the columns, once more
        if heads and row_there.row.words.endswith(heads):
            continue  # the same in one cell: that they are no headings is told
        words = " | ".join(cell.text for cell in row_there.row.single)
        place = f"网页表格第 {row_there.index + 1} 行"
        if row_there.row.core in own:
            name, message = "repeated_row", f"{result.place(own[row_there.row.core])}又出现了一次"
        else:
            name, message = "added_row", f"表格多了公文没有的一行：{short(words, 40)}"
        result.differences.append(Difference(name, Effect.CHANGED, place, message, "", words))
