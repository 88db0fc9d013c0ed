"""The bytes of a workbook (.xlsx) → its sheets as they are shown, and what is not."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from publisher.files import Unreadable
from publisher.intake.sheets.comments import CellComments
from publisher.intake.sheets.forms import CHINESE_FORMS
from publisher.intake.sheets.laying import ALIGNMENTS, LaidCell, LaidSheet
from publisher.intake.sheets.numbers import shown
from publisher.intake.source import LeftOut, Look, Run, SourceComment, SourceRemark
from publisher.limits import MOST_CELLS
from publisher.wordfile import unpacked
from publisher.words.invisible import without_invisible

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_NOT_A_WORKBOOK = "不是完好的 Excel 文件（.xlsx），打不开；请用 Excel 或 WPS 重新保存"
_DRAWINGS = "xl/drawings/"
_XML = re.compile(
    rf"(?:xl/(?:workbook|sharedStrings|styles|worksheets/[^/]+)|{_DRAWINGS}[^/]+)\.xml"
)
_DEFAULT_NAME = re.compile(r"(?:Sheet|工作表|表)\s*[0-9]*", re.IGNORECASE)
_MILLIMETRES = 25.4 / 72
_MOST_COLUMNS, _MOST_NAMED, _MOST_HIDDEN = 16_384, 5, 1000
_DEADLINE = re.compile("(?:时限|期限|时间)$")
_CODES = re.compile(r'&(?:\[[A-Za-z]+\]|"[^"]*"|[0-9]+|K[0-9A-F]{6}|[A-Za-z&])')
"""What in heads and feet stands for page numbers, files and looks."""
_PAGED = re.compile(r"[\s第页共，,/—\-－·.]*")
_THREADED = re.compile(
    r"^\[(?:Threaded comment|线程批注|线程注释)\].*?(?:Comment|批注|注释)[:：]\s*", re.DOTALL
)
"""What Excel writes before comments for programs that know no answers to them."""
_WORDS_OF_SHAPES = re.compile(rb"<a:p[ >].*?</a:p>", re.DOTALL)
_RUNS_OF_SHAPES = re.compile(rb"<a:t(?: [^>]*)?>([^<]*)</a:t>")
_REPEATED = re.compile(r"(?<![0-9])([0-9]++):\$?([0-9]++)$")


@dataclass(slots=True)
class ReadWorkbook:
    """What a workbook holds."""

    sheets: list[LaidSheet] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    remarks: list[SourceRemark] = field(default_factory=list)
    comments: list[SourceComment] = field(default_factory=list)
    properties: list[tuple[str, str]] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    raw: str = ""
    """All words of all cells."""


@contextmanager
def _told_of_looks() -> Iterator[None]:
    """Unreadable where a damaged workbook refers to looks (fonts, borders) that it has not: that is
    seen when they are asked for.
    """
    try:
        yield
    except IndexError as error:
        raise Unreadable(_NOT_A_WORKBOOK) from error


@_told_of_looks()
def read_workbook(data: bytes) -> ReadWorkbook:
    """All sheets; Unreadable where it is no workbook, or has more than a document's table."""
    book = _opened(data)
    parts, values, formulas = book.parts, book.values, book.formulas
    are_merged = any(b"<mergeCell " in part for part in parts.values())
    every = _loaded(data, only_values=True, is_whole=False) if are_merged else None
    result, threads = ReadWorkbook(), CellComments(data)
    for name, part in sorted(parts.items()):
        if name.startswith(_DRAWINGS):
            result.remarks += [SourceRemark("文本框", words) for words in _of_shapes(part)]
    if values.properties.title:
        result.properties.append(("标题", values.properties.title))
    if values.properties.creator:
        result.properties.append(("作者", values.properties.creator))
    if values.properties.lastModifiedBy not in (None, "", values.properties.creator):
        result.properties.append(("最后修改者", values.properties.lastModifiedBy))
    for name in values.sheetnames:
        sheet, typed = values[name], formulas[name]
        if hasattr(sheet, "iter_rows"):
            covered = _covered(every[name], sheet) if every and name in every.sheetnames else {}
            _Reading(sheet, typed, result, covered, threads, _is_ours(values)).read()
        else:
            result.remarks.append(SourceRemark("不能读的对象", f"图表工作表“{name}”"))
    return result


def _opened(data: bytes) -> _Opened:
    try:
        parts = unpacked(data, _XML)
    except Unreadable as refused:
        raise Unreadable(_NOT_A_WORKBOOK) from refused
    if sum(part.count(b"<c ") for part in parts.values()) > 4 * MOST_CELLS:
        raise Unreadable(f"表格超过 {MOST_CELLS} 格，不像一份公文的表")
    values = _loaded(data, only_values=True)
    has_formulas = any(b"<f" in part for part in parts.values())
    formulas = _loaded(data, only_values=False) if has_formulas else values
    return _Opened(parts, values, formulas)


@dataclass(slots=True)
class WholeSheet:
    """All that a sheet holds, what is hidden too; places are row and column, from 1."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    """The words that a cell shows, of those that show any."""
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """Where merged cells begin and end."""
    unreckoned: dict[tuple[int, int], str] = field(default_factory=dict)
    """Formulas without a result."""


@_told_of_looks()
def whole_sheets(data: bytes) -> list[WholeSheet]:
    """The sheets of a workbook (.xlsx), whether anything in them is hidden or not; Unreadable."""
    book = _opened(data)
    made = []
    for name in book.values.sheetnames:
        sheet = book.values[name]
        if not hasattr(sheet, "iter_rows"):
            continue
        whole = WholeSheet(name)
        for place, cell in sheet._cells.items():
            if words := without_invisible(shown(cell.value, _form_of(cell))).strip():
                whole.cells[place] = words
        for area in sheet.merged_cells.ranges:
            whole.merged[area.min_row, area.min_col] = (area.max_row, area.max_col)
        for place, cell in book.formulas[name]._cells.items():
            if cell.data_type == "f" and place not in whole.cells:
                whole.unreckoned[place] = str(cell.value)
        made.append(whole)
    return made


@dataclass(frozen=True, slots=True)
class _Opened:
    """A workbook with what its formulas came to, and the same with the formulas."""

    parts: dict[str, bytes]
    """Of XML."""
    values: Workbook
    formulas: Workbook


def _form_of(cell: Cell | MergedCell) -> str:
    """How a cell shows a number; the usual way where the workbook refers to one that it has not."""
    try:
        return str(cell.number_format)
    except IndexError:
        return "General"


def _is_ours(book: Workbook) -> bool:
    """Whether a workbook has what this program says of it, to the moment that it gives it."""
    said = book.properties
    moment = said.created
    is_day = moment is not None and (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return bool(said.title and said.subject and is_day)


def _covered(every: Worksheet, sheet: Worksheet) -> dict[str, object]:
    """Values of a sheet, read cell by cell, that stand where merged cells reach."""
    from openpyxl.cell.cell import MergedCell

    cells = cast("dict[tuple[int, int], Cell]", sheet._cells)
    return {
        cells[cell.row, cell.column].coordinate: cell.value
        for row in every.iter_rows()
        for cell in row
        if cell.value is not None and isinstance(cells.get((cell.row, cell.column)), MergedCell)
    }


def _of_shapes(drawing: bytes) -> Iterator[str]:
    """The paragraphs of the shapes that are drawn on a sheet."""
    for paragraph in _WORDS_OF_SHAPES.findall(drawing):
        words = b"".join(_RUNS_OF_SHAPES.findall(paragraph)).decode("utf-8", "replace")
        if words.strip():
            yield unescape(words)


def _loaded(data: bytes, only_values: bool, is_whole: bool = True) -> Workbook:
    import warnings

    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load_workbook(BytesIO(data), data_only=only_values, read_only=not is_whole)
        except Exception as error:  # whatever a damaged workbook makes it raise
            raise Unreadable(_NOT_A_WORKBOOK) from error


@dataclass
class _Reading:
    """Reads a sheet."""

    sheet: Worksheet
    typed: Worksheet
    """The same with its formulas."""
    result: ReadWorkbook
    covered: Mapping[str, object]
    """Values in cells that merged ones cover, by the names of the cells."""
    threads: CellComments
    generated: bool = False
    """Whether this program made the workbook, which adds columns."""

    @cached_property
    def formulas(self) -> set[tuple[int, int]]:
        """Where formulas stand, whose results may be missing."""
        return {place for place, cell in self.typed._cells.items() if cell.data_type == "f"}

    def read(self) -> None:
        """Add what the sheet shows to what is read."""
        cells = {place: cell for place, cell in self._cells() if self._words(cell)}
        self.result.raw += "".join(map(self._words, cells.values()))
        self._note_unshown()
        self._note_heads()
        self._note_comments()
        self._note_formulas(cells)
        if self.sheet.sheet_state != "visible":
            self._leave(cells.values(), f"隐藏的工作表“{self.sheet.title}”")
            return
        hidden_rows = {row for row, _ in cells if self._is_hidden(row)}
        hidden_columns = self._hidden_columns()
        generated = self._generated_columns(cells) if self.generated else set()
        aside: dict[tuple[str, int], list[Cell]] = {}
        for (row, column), cell in cells.items():
            if row in hidden_rows:
                aside.setdefault(("隐藏的行", row), []).append(cell)
            elif column in hidden_columns:
                aside.setdefault(("隐藏的列", column), []).append(cell)
            elif column in generated:
                aside.setdefault(("生成表格时加的列", column), []).append(cell)
        for (why, _), those in aside.items():
            self._leave(those, why)
        self._lay(hidden_rows, hidden_columns | generated)
        self._note_others()

    def _cells(self) -> list[tuple[tuple[int, int], Cell]]:
        """Those that are in the file."""
        return sorted(cast("dict[tuple[int, int], Cell]", self.sheet._cells).items())

    def _words(self, cell: Cell) -> str:
        form = CHINESE_FORMS.get(cast("Any", cell)._style.numFmtId) if cell.has_style else None
        return shown(cell.value, form or _form_of(cell)).strip()

    def _leave(self, cells: Iterable[Cell], why: str) -> None:
        words = " ".join(filter(None, map(self._words, cells)))
        if words:
            self.result.left_out.append(LeftOut(words, why))

    def _is_hidden(self, row: int) -> bool:
        dimension = self.sheet.row_dimensions[row]
        return bool(dimension.hidden) or dimension.height == 0

    def _hidden_columns(self) -> set[int]:
        return {
            column
            for dimension in self.sheet.column_dimensions.values()
            if dimension.hidden or dimension.width == 0
            for column in range(dimension.min or 0, min(dimension.max or 0, _MOST_COLUMNS) + 1)
        }

    # -- what is shown -------------------------------------------------------------------

    def _lay(self, hidden_rows: set[int], hidden_columns: set[int]) -> None:
        """The sheet without what is hidden; of rows that are empty one remains between others."""
        merged = {
            (area.min_row, area.min_col): (area.max_row, area.max_col)
            for area in self.sheet.merged_cells.ranges
        }
        places = {
            place: cell
            for place, cell in self._cells()
            if place[0] not in hidden_rows
            and place[1] not in hidden_columns
            and (self._words(cell) or _is_ruled(cell) or place in merged or place in self.formulas)
        }
        if not places:
            return
        ends = [end for place, end in merged.items() if place in places]
        rows = sorted({row for row, _ in places} | {row for row, _ in ends} - hidden_rows)
        columns = sorted({column for _, column in places})
        laid: list[dict[int, LaidCell]] = []
        numbers: list[int] = []
        before = rows[0]
        for row in rows:
            if row > before + 1 and not self._are_hidden(before + 1, row):
                laid.append({})
                numbers.append(0)
            laid.append({})
            numbers.append(row)
            before = row
        at = {row: index for index, row in enumerate(numbers) if row}
        rank = {column: index for index, column in enumerate(columns)}
        for (row, column), cell in places.items():
            if isinstance(cell, self._merged_cell):
                continue
            last_row, last_column = merged.get((row, column), (row, column))
            laid[at[row]][rank[column]] = self._laid(
                cell,
                bisect_right(rows, last_row) - bisect_left(rows, row),
                bisect_right(columns, last_column) - bisect_left(columns, column),
            )
        name = "" if _DEFAULT_NAME.fullmatch(self.sheet.title) else self.sheet.title
        self.result.sheets.append(
            LaidSheet(
                name,
                laid,
                [self._width(column) for column in columns],
                [self._height(row) for row in numbers],
                sum(1 for row in numbers if 0 < row <= self._head()),
                self.sheet.page_setup.orientation == "landscape",
            )
        )

    def _are_hidden(self, first: int, last: int) -> bool:
        """Whether all rows from one to another are hidden, which comes after them."""
        is_near = last - first < _MOST_HIDDEN
        return is_near and all(map(self._is_hidden, range(first, last)))

    @cached_property
    def _merged_cell(self) -> type:
        from openpyxl.cell.cell import MergedCell

        return MergedCell

    def _laid(self, cell: Cell, rows: int, columns: int) -> LaidCell:
        font, alignment = cell.font, cell.alignment
        run = Run(
            "",
            face=font.name or "",
            size=font.sz,
            is_bold=bool(font.b),
            is_red=_is_red(font.color),
            is_underlined=bool(font.u),
        )
        words = self._words(cell)
        if font.strike and words.strip():
            self.result.remarks.append(SourceRemark("删除线", words))
        look = Look(alignment=ALIGNMENTS.get(alignment.horizontal or ""))
        is_ruled = _is_ruled(cell) or (cell.row, cell.column) in self.formulas
        return LaidCell(words, rows, columns, run, look, is_ruled)

    def _width(self, column: int) -> float:
        from openpyxl.utils import get_column_letter

        for dimension in self.sheet.column_dimensions.values():
            if (dimension.min or 0) <= column <= (dimension.max or 0):
                return float(dimension.width)
        return float(self.sheet.column_dimensions[get_column_letter(column)].width)

    def _height(self, row: int) -> float | None:
        dimension = self.sheet.row_dimensions[row] if row else None
        is_set = dimension is not None and dimension.customHeight and dimension.height
        return round(dimension.height * _MILLIMETRES, 1) if dimension and is_set else None

    def _head(self) -> int:
        """The last row that is repeated on each page, or stays in sight."""
        repeated = _REPEATED.search(str(self.sheet.print_title_rows or ""))
        frozen = re.fullmatch(r"[A-Z]+([0-9]+)", str(self.sheet.freeze_panes or ""))
        if repeated:
            return int(repeated[2])
        return int(frozen[1]) - 1 if frozen else 0

    def _generated_columns(self, cells: Mapping[tuple[int, int], Cell]) -> set[int]:
        """Of our own workbooks those with the days of deadlines, and with clauses."""
        result: set[int] = set()
        head = self._head()
        names = {column: self._words(cell) for (row, column), cell in cells.items() if row <= head}
        for column, name in names.items():
            before = names.get(column - 1, "")
            is_date = before and name in (_DEADLINE.sub("日期", before), f"{before}（日期）")
            is_clause = column == max(names) and name in ("对应条款", "条款")
            if (is_date and name != before) or is_clause:
                result.add(column)
        return result

    # -- what is not ---------------------------------------------------------------------

    def _set_aside(self, words: str, why: str) -> None:
        """Words that the file holds and no cell shows."""
        if words := " ".join(words.split()):
            self.result.raw += words
            self.result.left_out.append(LeftOut(words, why))

    def _note_unshown(self) -> None:
        """What the form of a cell hides, a nought aside, and what merged cells cover."""
        for _, cell in self._cells():
            if cell.value and not self._words(cell):
                self._set_aside(str(cell.value), "单元格格式隐藏的内容")
        for place, value in self.covered.items():
            self._set_aside(str(value), f"合并单元格盖住的内容（{place}）")

    def _note_heads(self) -> None:
        """Heads and feet of its pages: their words without page numbers and the like."""
        for part, why in ((self.sheet.oddHeader, "页眉"), (self.sheet.oddFooter, "页脚")):
            places = [part.left, part.center, part.right] if part else []
            for place in filter(None, places):
                words = _CODES.sub("", place.text or "")
                if not _PAGED.fullmatch(words):
                    self._set_aside(words, why)

    def _note_comments(self) -> None:
        for _, cell in self._cells():
            if cell.comment:
                place, author = f"{self.sheet.title} {cell.coordinate}", cell.comment.author or ""
                words = _THREADED.sub("", cell.comment.text or "")
                made = self.threads.at(place, self._words(cell), author, words)
                self.result.comments.append(made)
                for each in (made, *made.replies):
                    words = f"{cell.coordinate}：{each.words}"
                    self.result.remarks.append(SourceRemark("批注", words, each.author, each.date))

    def _note_formulas(self, cells: Mapping[tuple[int, int], Cell]) -> None:
        """Formulas whose results are not in the file show nothing: that is told."""
        typed = [cell for _, cell in sorted(self.typed._cells.items()) if cell.data_type == "f"]
        unknown = [cell for cell in typed if (cell.row, cell.column) not in cells]
        if unknown:
            where = "、".join(cell.coordinate for cell in unknown[:_MOST_NAMED])
            where += " 等" if len(unknown) > _MOST_NAMED else ""
            self.result.sentences.append(
                f"工作表“{self.sheet.title}”有 {len(unknown)} 个公式没有保存结果（{where}），"
                "请用 Excel 或 WPS 打开、保存后再导入"
            )

    def _note_others(self) -> None:
        """Pictures and charts."""
        for held, called in (("_charts", "图表"), ("_images", "图片")):
            for _ in getattr(self.sheet, held, ()):
                words = f"工作表“{self.sheet.title}”里的{called}"
                self.result.remarks.append(SourceRemark("不能读的对象", words))


def _is_ruled(cell: Cell) -> bool:
    border = cell.border
    return any(side is not None and side.style for side in (border.top, border.bottom))


def _is_red(color: object) -> bool:
    rgb = getattr(color, "rgb", None)
    if not isinstance(rgb, str) or len(rgb) != 8:
        return False
    red, green, blue = (int(rgb[at : at + 2], 16) for at in (2, 4, 6))
    return red > 150 and green < 80 and blue < 80
