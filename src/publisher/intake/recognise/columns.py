"""The columns of a table of a file → what they hold, by their names, cells and looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from publisher.intake.recognise.people import are_people, is_spread
from publisher.intake.source import Aligned, SourceCell, SourceParagraph, SourceTable, paragraphs_in
from publisher.model import Column, ColumnRole
from publisher.styles import Style
from publisher.words.deadlines import due_date, is_open
from publisher.words.numerals import COUNTED

_NAMED = (
    (
        ColumnRole.DEADLINE,
        re.compile("(?:完成|办理|整改|报送)?(?:时限|时间|期限|日期)(?:要求|节点)?"),
    ),
    (
        ColumnRole.PEOPLE,
        re.compile(
            "(?:责任|牵头|分管|包保|主管|联系)(?:领导|人|人员)|(?:市|局|县|区|委)领导"
            "|(?:人员|成员|学员|专家|拟任人选)?姓名"
        ),
    ),
    (
        ColumnRole.DEPARTMENTS,
        re.compile("(?:责任|牵头|配合|承办|协办|参与|主办|协同|指导)(?:部门|单位|科室|处室)"),
    ),
)
"""What columns of tasks are called."""
_SERIAL = "序号"
_PART = re.compile(f"[（(]?[{COUNTED}]{{1,3}}[）)]?[、.．]?")
"""What counts the parts of a table, between rows that are counted in figures: 一, （二）."""
_MOST = 2 / 3
_LONGEST_DEPARTMENTS = 60
_ANY_YEAR = 2025
_TO_LEFT = {Style.TABLE_TEXT}
_OURS = {Style.TABLE_HEAD, Style.TABLE_TEXT, Style.TABLE_CENTRED, Style.TABLE_FIGURE}
_FIRST_CELLS = 20


@dataclass(frozen=True, slots=True)
class ColumnCells:
    """A column below the head of its table."""

    column: Column
    cells: tuple[SourceCell, ...]
    """Those that begin in it and have words, banners across the table aside."""

    @property
    def words(self) -> list[str]:
        """What they say."""
        return [cell.words.strip() for cell in self.cells]

    @property
    def is_merged(self) -> bool:
        """Whether some of its cells stand beside several rows."""
        return any(cell.rows > 1 for cell in self.cells)

    @property
    def is_left(self) -> bool:
        """Whether most of its words stand at the left, as those of texts do."""
        ours = [style for each in self._paragraphs() if (style := Style.named(each.look.style))]
        if ours:
            return sum(style in _TO_LEFT for style in ours) > len(ours) / 2
        aligned = [each.look.alignment is not Aligned.CENTRED for each in self._paragraphs()]
        return sum(aligned) > len(aligned) / 2

    @property
    def is_ours(self) -> bool:
        """Whether it stands in a style of ours."""
        return any(Style.named(each.look.style) for each in self._paragraphs())

    @property
    def holds_figures(self) -> bool:
        """Whether words of it stand as figures do."""
        return any(
            Style.named(each.look.style) is Style.TABLE_FIGURE for each in self._paragraphs()
        )

    @property
    def is_of_groups(self) -> bool:
        """Whether the file says that its cells name groups of rows (`scope="rowgroup"`)."""
        return any(each.look.style == "th.rowgroup" for each in self._paragraphs())

    @property
    def is_of_heads(self) -> bool:
        """Whether the file says that its cells name their rows (`<th>`)."""
        heads = [each.look.style.split(".")[0] == "th" for each in self._paragraphs()]
        return sum(heads) > len(heads) / 2

    def _paragraphs(self) -> Iterator[SourceParagraph]:
        for cell in self.cells:
            yield from (each for each in cell.blocks if isinstance(each, SourceParagraph))


def is_ours(table: SourceTable) -> bool:
    """Whether a table stands in our own styles."""
    return any(
        Style.named(each.look.style) in _OURS
        for each in islice(paragraphs_in((table,)), _FIRST_CELLS)
    )


def roles_of(
    table: SourceTable, columns: Sequence[Column], head_rows: int
) -> tuple[ColumnRole, ...]:
    """What the columns of a table hold; `columns` as the reader of tables guesses them."""
    below = [_cells(table, index, column, head_rows) for index, column in enumerate(columns)]
    roles = [_role(cells, index) for index, cells in enumerate(below)]
    for index in range(_headed(table, below) or _named_rows(below, roles)):
        if roles[index] is not ColumnRole.SERIAL:
            roles[index] = ColumnRole.HEADING
    for index in _groups(below, roles):
        roles[index] = ColumnRole.GROUP
    return tuple(roles)


def _headed(table: SourceTable, below: Sequence[ColumnCells]) -> int:
    """How many columns of our own table name its rows, where it says that the first does.

    Those below the first cell of its head, or beside which others stand that are merged.
    """
    if not (table.names_rows and is_ours(table)):
        return 0
    head = next((cell for cell in table.cells if cell.row == cell.column == 0), None)
    first = head.columns if head and head.rows == table.head_rows else 1
    merged = sum(1 for _ in takewhile(lambda cells: cells.is_merged, below))
    return min(max(first, merged + (merged > 0), 1), len(below))


def _cells(table: SourceTable, index: int, column: Column, head_rows: int) -> ColumnCells:
    return ColumnCells(
        column,
        tuple(
            cell
            for cell in table.cells
            if cell.column == index
            and cell.row >= head_rows
            and cell.columns < max(table.width, 2)
            and cell.words.strip()
        ),
    )


def _role(cells: ColumnCells, index: int) -> ColumnRole:
    """What a column holds by itself."""
    guessed, words = cells.column.role, cells.words
    name = re.sub(r"\s", "", cells.column.name)
    if name == _SERIAL and index <= 1:
        is_serial = all(re.fullmatch("[0-9]{1,5}", each) or len(each) < 5 for each in words)
        figures = sum(each.isdigit() for each in words)
        counts_parts = any(map(_PART.fullmatch, words))
        is_whole = is_serial and not counts_parts and 2 * figures >= len(words)
        return ColumnRole.SERIAL if is_whole else ColumnRole.TEXT
    if guessed is ColumnRole.NUMBER and cells.is_ours and not cells.holds_figures:
        guessed = ColumnRole.TEXT
    if guessed not in (ColumnRole.TEXT, ColumnRole.HEADING) or not words:
        return guessed
    return _of_ours(cells) if cells.is_ours else _of_names(name, words)


def _of_names(name: str, words: Sequence[str]) -> ColumnRole:
    """What a column of a file of others holds, by its name and its words."""
    for role, names in _NAMED:
        if names.fullmatch(name) and _may_hold(role, words):
            return role
    is_people = are_people(words) and any(is_spread(each) or "\n" in each for each in words)
    return ColumnRole.PEOPLE if is_people else ColumnRole.TEXT


def _of_ours(cells: ColumnCells) -> ColumnRole:
    """What a column of our own holds: texts and departments stand at the left, all else does not.

    Names below one another are of departments or people.
    """
    words = cells.words
    are_several = any(len(cell.blocks) > 1 for cell in cells.cells) and not cells.is_merged
    if _is_named(cells) or (cells.is_left and are_several):
        return ColumnRole.DEPARTMENTS
    if cells.is_left:
        return ColumnRole.TEXT
    days = [bool(due_date(each, _ANY_YEAR)) for each in words]
    if any(days) and _may_hold(ColumnRole.DEADLINE, words):
        return ColumnRole.DEADLINE
    is_people = are_people(words) and (are_several or any(map(is_spread, words)))
    return ColumnRole.PEOPLE if is_people else ColumnRole.TEXT


def _is_named(cells: ColumnCells) -> bool:
    name = re.sub(r"\s", "", cells.column.name)
    return any(
        role is ColumnRole.DEPARTMENTS and names.fullmatch(name) for role, names in _NAMED
    ) and _may_hold(ColumnRole.DEPARTMENTS, cells.words)


def _may_hold(role: ColumnRole, words: Sequence[str]) -> bool:
    match role:
        case ColumnRole.DEADLINE:
            fitting = [bool(due_date(each, _ANY_YEAR)) or is_open(each) for each in words]
        case ColumnRole.PEOPLE:
            return are_people(words) and not any(map(_parts_by_comma, words))
        case _:
            if not any(map(_parts_by_more, words)) and any(map(_parts_by_comma, words)):
                return False  # 、 between them would be printed no more
            fitting = [len(each) <= _LONGEST_DEPARTMENTS and "。" not in each for each in words]
    return sum(fitting) >= _MOST * len(fitting)


def _parts_by_comma(words: str) -> bool:
    return bool(re.search("[、，,/]", words))


def _parts_by_more(words: str) -> bool:
    return bool(re.search(r"[；;\n\u3000 ]", words.strip()))


# -- columns that name rows ---------------------------------------------------------------------

_FREE = (ColumnRole.TEXT, ColumnRole.HEADING)


def _leading(below: Sequence[ColumnCells], roles: Sequence[ColumnRole]) -> list[int]:
    """The columns at the left whose cells stand beside several rows; one of numbers aside."""
    first = 1 if roles[:1] == [ColumnRole.SERIAL] and not below[0].is_merged else 0
    merged = takewhile(
        lambda index: below[index].is_merged and roles[index] in _FREE, range(first, len(below))
    )
    return list(merged)


def _named_rows(below: Sequence[ColumnCells], roles: Sequence[ColumnRole]) -> int:
    """How many columns from the left name their rows: where figures stand beside them."""
    if ColumnRole.NUMBER not in roles[1:] or any(each.is_of_groups for each in below):
        return 0
    leading = _leading(below, roles)
    next_column = leading[-1] + 1 if leading else 0
    if next_column >= len(below):
        return 0
    names = below[next_column]
    if not leading:
        return int(names.column.role is ColumnRole.HEADING)
    is_list = names.is_left and not names.is_of_heads
    if is_list or roles[next_column] not in _FREE:
        return 0 if is_list else next_column
    return next_column + 1


def _groups(below: Sequence[ColumnCells], roles: Sequence[ColumnRole]) -> list[int]:
    """The columns that group the rows of a list."""
    if ColumnRole.HEADING in roles:
        return []
    leading = _leading(below, roles)
    if named := [index for index, each in enumerate(below) if each.is_of_groups]:
        return sorted({*named, *(index for index in leading if index > named[0])})
    is_all = len(leading) == len(below)
    alone = all(cell.columns == 1 for index in leading for cell in below[index].cells)
    return leading if alone and not is_all else []
