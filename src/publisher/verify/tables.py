"""The document's tables and those of a page → rows, columns, headings and cells that differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial

from publisher.verify.cells import CellComparison, compare_row, note_cells
from publisher.verify.columns import columns_in, note_headings
from publisher.verify.differences import Difference, Effect
from publisher.verify.heads import note_upper_heads, note_width
from publisher.verify.index import WordIndex
from publisher.verify.places import match_places
from publisher.verify.rows import match_rows, note_added_rows, note_lost_rows, note_moved_rows
from publisher.verify.same import match_same
from publisher.verify.saved import Page, Passage, Sheet, folded
from publisher.verify.sheets import PageRow, SheetComparison

Progress = Callable[[int, int], None]
"""Told how many rows of how many were compared."""


def compare_tables(
    own: Sequence[Sheet], page: Page, page_words: WordIndex, progress: Progress
) -> tuple[list[SheetComparison], frozenset[int]]:
    """Each table of the document looked for in the page; the page's tables that are its own."""
    pool = [
        PageRow(number, index, row)
        for number, sheet in enumerate(page.sheets)
        for index, row in enumerate(sheet.rows)
    ]
    heads: set[int] = set()
    results = [SheetComparison(sheet, f"表格{number}") for number, sheet in enumerate(own, 1)]
    same = match_same(results, page.sheets)
    rest = [result for result in results if not result.is_same]
    match_places(rest, page.sheets, frozenset(range(len(page.sheets))) - same)
    left = match_rows(rest, [row_there for row_there in pool if row_there.sheet not in same])
    done, rows = 0, sum(len(result.rows) for result in results)
    for result in results:
        if result.rows:
            report = partial(_report, progress, done, rows)
            heads |= _compare(result, page, page_words, report)
            done += len(result.rows)
        elif not _has_no_rows_there_either(result, page.sheets):
            _note_lost_table(result, page_words)
    _note_order(results)
    matched = frozenset(row_there.sheet for result in results for row_there in result.rows.values())
    left_of: dict[int, list[PageRow]] = defaultdict(list)
    for row_there in left:
        left_of[row_there.sheet].append(row_there)
    again = _note_repeated(results, left_of, page.sheets)
    for result in results:
        own_sheets = dict.fromkeys(row_there.sheet for row_there in result.rows.values())
        for sheet_number in sorted(own_sheets):
            left_here = left_of.pop(sheet_number, [])
            note_added_rows(
                result, [row_there for row_there in left_here if id(row_there.row) not in heads]
            )
    return results, matched | again


_ABOVE = 2
"""The paragraphs right above a table that are its own: its title and its unit."""


def in_captions(
    own: Page, results: Sequence[SheetComparison], page: Page
) -> tuple[tuple[Passage, int | None], ...]:
    """What of a document stands above its tables and, on the page, in their captions."""
    captions = {
        number: "".join(
            folded(page.sheets[sheet].caption or "")
            for sheet in dict.fromkeys(match.sheet for match in result.rows.values())
        )
        for number, result in enumerate(results)
    }
    there: list[tuple[Passage, int | None]] = []
    first: dict[int, int] = {}
    for at, (_, sheet) in enumerate(own.flow):
        if sheet is not None:
            first.setdefault(sheet, at)
    for number, at in first.items():
        rest = captions.get(number, "")
        for each in reversed(own.flow[max(0, at - _ABOVE) : at]):
            if each[1] is None and each[0].words and rest.endswith(each[0].words):
                rest = rest.removesuffix(each[0].words)
                there.append(each)
    return tuple(there)


def _has_no_rows_there_either(result: SheetComparison, sheets: Sequence[Sheet]) -> bool:
    """Whether a table that has nothing but its heading stands on the page as it is."""
    if result.body:
        return False
    written = [cell.words for cell in result.own.written]
    is_there = any([cell.words for cell in sheet.written] == written for sheet in sheets)
    result.headers = sum(cell.is_heading for cell in result.own.written) if is_there else 0
    return is_there


def _note_repeated(
    results: Sequence[SheetComparison], left: dict[int, list[PageRow]], sheets: Sequence[Sheet]
) -> frozenset[int]:
    """Tell of tables of the page that have the rows of one that was found already."""
    again = set()
    for sheet, rows in left.items():
        for result in results:
            own = {row.core for row in result.body.values()}
            same = sum(row_there.row.core in own for row_there in rows)
            if result.rows and same > 1 and 2 * same >= len(sheets[sheet].rows):
                again.add(sheet)
                message = "同一个表格多出现了一次"
                result.differences.append(
                    Difference("repeated_table", Effect.CHANGED, result.title, message)
                )
                break
    for sheet in again:
        del left[sheet]
    return frozenset(again)


def _report(progress: Progress, done: int, rows: int, now: int) -> None:
    progress(done + now, rows)


def _compare(
    result: SheetComparison, page: Page, page_words: WordIndex, progress: Callable[[int], None]
) -> set[int]:
    """Tell what became of a table; the rows of the page that name its columns."""
    if result.is_same:
        for at in range(1, len(result.rows) + 1):
            progress(at)
        _note_scopes(result, page.sheets)
        _note_caption(result, page)
        return set()
    note_lost_rows(result, page_words)
    note_moved_rows(result)
    columns = columns_in(result, page.sheets)
    cells = CellComparison()
    for at, (number, row_there) in enumerate(result.rows.items(), 1):
        compare_row(result, cells, number, columns[row_there.sheet])
        progress(at)
    gone = note_cells(result, cells)
    upper: frozenset[int] = frozenset()
    if not cells.is_flood(len(result.rows)):
        sheet = next(iter(result.rows.values())).sheet
        heading = columns[sheet].heading
        note_headings(result, columns[sheet], gone)
        order = columns[sheet].order_for(heading) if heading else None
        if heading is not None:
            note_width(result, heading, gone)
        upper = note_upper_heads(result, page.sheets[sheet], heading, order)
    _note_scopes(result, page.sheets)
    _note_caption(result, page)
    _note_parts(result)
    lowest = {id(each.heading) for each in columns.values() if each.heading is not None}
    return lowest | upper


def _note_order(results: Sequence[SheetComparison]) -> None:
    """Tell of tables that stand in another order."""
    places = [
        (min(row_there.sheet for row_there in result.rows.values()), result)
        for result in results
        if result.rows
    ]
    last = -1
    for place, result in places:
        if place < last:
            message = "换了位置，次序与公文不同"
            result.differences.append(
                Difference("moved_table", Effect.CHANGED, result.title, message)
            )
        last = max(last, place)


def _note_lost_table(result: SheetComparison, page_words: WordIndex) -> None:
    cells = [
        cell.words for row in result.body.values() for cell in row.single if len(cell.words) > 1
    ]
    kept = sum(words in page_words for words in cells)
    still = bool(cells) and kept >= 0.8 * len(cells)
    count = len(result.body)
    message = (
        f"不再是表格：{count} 行的文字还在，行、列和表头没有了"
        if still
        else f"整个表格没有了，共 {count} 行"
    )
    name = "lost_table_structure" if still else "lost_table"
    result.differences.append(Difference(name, Effect.LOST, result.title, message))


# -- what readers of the screen are told -----------------------------------------------------


def _note_scopes(result: SheetComparison, sheets: Sequence[Sheet]) -> None:
    """Headings on the page that do not say what they head, where the document's do."""
    if not any(cell.has_scope for cell in result.own.written):
        return
    there = dict.fromkeys(row_there.sheet for row_there in result.rows.values())
    bare = [
        cell
        for sheet in there
        for cell in sheets[sheet].written
        if cell.is_header and not cell.has_scope
    ]
    if bare:
        message = f"{len(bare)} 个表头单元格的 scope 属性没有了，读屏软件多半仍能认出"
        result.differences.append(Difference("lost_scope", Effect.NOTE, result.title, message))


def _note_caption(result: SheetComparison, page: Page) -> None:
    """The name of the table, which stands in it or nowhere."""
    caption = result.own.caption
    there = [page.sheets[row_there.sheet].caption for row_there in result.rows.values()]
    if not caption or any(there) or folded(caption) in {passage.words for passage, _ in page.flow}:
        return
    message = "表格自己的标题（caption）没有了，读屏软件不再能报出表格的名称"
    result.differences.append(
        Difference("lost_caption", Effect.NOTE, result.title, message, caption)
    )


def _note_parts(result: SheetComparison) -> None:
    parts = {row_there.sheet for row_there in result.rows.values()}
    if len(parts) > 1:
        message = f"一个表格被分成了 {len(parts)} 个"
        result.differences.append(Difference("split_table", Effect.NOTE, result.title, message))
