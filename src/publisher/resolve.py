"""`Document` → `Edition`: numbers, anchors, joins, groups and widths of tables, due dates."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import count, groupby
from math import sqrt
from typing import assert_never

from publisher.model import (
    Attachment,
    Block,
    Cell,
    Column,
    ColumnRole,
    Document,
    Edition,
    Form,
    Heading,
    Inline,
    LevelForm,
    NumberedHeading,
    Organ,
    Orientation,
    Paragraph,
    Prose,
    Row,
    RowGroup,
    SetAttachment,
    SetBlock,
    SetCell,
    SetParagraph,
    SetRow,
    SetTable,
    SetText,
    Table,
    one_line,
    plain,
)

MARK_SUFFIX = "文件"
_SENTENCE_END = ("。", "！", "？")
_DIGITS = "〇一二三四五六七八九"


def resolve(document: Document) -> Edition:
    """The edition of a document: its words unchanged, and beside them all that is generated."""
    resolver = _Resolver(document.year)
    names, suffix = _mark(document)
    # Attachments are numbered as they are printed: what is issued comes before the body's own.
    issued = tuple(resolver.text(prose) for prose in document.issued)
    body = resolver.text(document.body)
    return Edition(document, names, suffix, body, issued)


def _mark(document: Document) -> tuple[tuple[str, ...], str]:
    """The names of the 发文机关标志 and what stands beside them: 文件, 令 (GB/T 9704 7.2.4, 10)."""
    suffix = _mark_suffix(document)
    if document.mark:
        marks = [document.mark]
    elif document.form is Form.GENERAL:
        marks = [organ.mark or organ.name + suffix for organ in document.issuers]
    else:
        marks = [_bare_mark(organ) + suffix for organ in document.issuers]
    if document.form in (Form.LETTER, Form.MINUTES):  # 10.1: the host organ's alone
        return tuple(marks[:1]), ""
    with_suffix = bool(marks) and marks[0].endswith(suffix)
    names = tuple(mark.removesuffix(suffix) for mark in marks)
    return names, suffix if with_suffix else ""


def _mark_suffix(document: Document) -> str:
    """What follows an organ's name in the mark of each form."""
    match document.form:
        case Form.GENERAL:
            return MARK_SUFFIX
        case Form.LETTER:
            return ""
        case Form.ORDER:  # 10.2 leaves both open: as the title has it
            return "命令" if one_line(document.body.title).endswith("命令") else "令"
        case Form.MINUTES:
            return "纪要"
        case _:
            assert_never(document.form)


def _bare_mark(organ: Organ) -> str:
    return (organ.mark or organ.name).removesuffix(MARK_SUFFIX)


# -- numbers and anchors ----------------------------------------------------------------


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese, as headings are counted; digit by digit above."""
    if number > 99:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return before + (_DIGITS[ones] if ones else "")


def label(form: LevelForm, number: int) -> str:
    """A heading's number as printed (GB/T 9704 7.3.3), with the space that follows it."""
    match form:
        case LevelForm.PART:
            return f"{chinese_number(number)}、"
        case LevelForm.CLAUSE:
            return f"（{chinese_number(number)}）"
        case LevelForm.ITEM:
            return f"{number}."
        case LevelForm.SUBITEM:
            return f"（{number}）"
        case LevelForm.CHAPTER:
            return f"第{chinese_number(number)}章\u3000"
        case LevelForm.SECTION:
            return f"第{chinese_number(number)}节\u3000"
        case LevelForm.ARTICLE:
            return f"第{chinese_number(number)}条\u3000"
        case LevelForm.UNNUMBERED:
            return ""
        case _:
            assert_never(form)


class _Counter:
    """Counts the headings of one text; a level starts again below each heading above it."""

    def __init__(self, levels: tuple[LevelForm, ...]) -> None:
        self.levels = levels
        self._counts = [0] * len(levels)

    def next(self, level: int) -> tuple[LevelForm, str]:
        """Form and label of the next heading of a level."""
        form = self.levels[level - 1]
        self._counts[level - 1] += 1
        for deeper in range(level, len(self.levels)):
            if self.levels[deeper] is not LevelForm.ARTICLE:  # articles run through the chapters
                self._counts[deeper] = 0
        return form, label(form, self._counts[level - 1])


class _Anchors:
    """Gives each thing a name in addresses, once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def unique(self, wanted: str) -> str:
        """`wanted`, or `wanted-2` and so on where it is taken."""
        anchor = wanted
        for number in count(2):
            if anchor not in self._taken:
                break
            anchor = f"{wanted}-{number}"
        self._taken.add(anchor)
        return anchor


def anchor_words(words: str) -> str:
    """The letters and digits of a heading, at most 24: its name in addresses."""
    kept = [character for character in words if unicodedata.category(character)[0] in "LN"]
    return "".join(kept)[:24] or "x"


# -- texts ------------------------------------------------------------------------------


class _Resolver:
    """Sets the texts and tables of one document, which share anchors and ordinals."""

    def __init__(self, year: int | None) -> None:
        self._year = year
        self._anchors = _Anchors()
        self._ordinals = count(1)

    def text(self, prose: Prose) -> SetText:
        anchor = self._anchors.unique(anchor_words(prose.title))
        blocks = tuple(self._blocks(prose, anchor))
        return SetText(prose.title, anchor, blocks, tuple(self._attachments(prose.attachments)))

    def _blocks(self, prose: Prose, text_anchor: str) -> Iterator[SetBlock]:
        counter = _Counter(prose.levels)
        parent = text_anchor
        blocks = list(prose.blocks)
        while blocks:
            match block := blocks.pop(0):
                case Heading():
                    heading = self._heading(block, counter, blocks)
                    parent = heading.anchor
                    yield heading
                case Paragraph():
                    yield SetParagraph(block.content, self._anchors.unique(f"{parent}-p"))
                case _:
                    assert_never(block)

    def _heading(
        self, block: Heading, counter: _Counter, following: list[Block]
    ) -> NumberedHeading:
        """The heading set; a paragraph that runs in is taken from `following`."""
        form, number = counter.next(block.level)
        words = plain(block.content)
        anchor = self._anchors.unique(block.identifier or anchor_words(words))
        run_in: tuple[Inline, ...] | None = None
        is_text = LevelForm.ARTICLE in counter.levels[: block.level]
        if is_text:
            run_in = ()
        elif words.endswith(_SENTENCE_END):
            joins = bool(following) and isinstance(following[0], Paragraph)
            run_in = following.pop(0).content if joins else ()
        return NumberedHeading(block.level, form, number, block.content, anchor, run_in, is_text)

    def _attachments(self, attachments: tuple[Attachment, ...]) -> Iterator[SetAttachment]:
        """Attachments as 7.3.7 numbers them: a single one has no number."""
        for number, attachment in enumerate(attachments, 1):
            several = len(attachments) > 1
            ordinal = next(self._ordinals)
            title = one_line(attachment.title)
            content = self._content(attachment, ordinal)
            yield SetAttachment(
                ordinal=ordinal,
                label=f"附件{number}" if several else "附件",
                note=f"{number}. {title}" if several else title,
                anchor=self._anchors.unique(f"attachment-{ordinal}"),
                orientation=attachment.orientation,
                content=content,
            )

    def _content(self, attachment: Attachment, ordinal: int) -> SetText | SetTable:
        match attachment:
            case Prose():
                return self.text(attachment)
            case Table():
                return self._table(attachment, ordinal)
            case _:
                assert_never(attachment)

    # -- tables -------------------------------------------------------------------------

    def _table(self, table: Table, ordinal: int) -> SetTable:
        return SetTable(
            title=table.title,
            columns=table.columns,
            groups=tuple(self._groups(table, ordinal)),
            grouping=table.grouping,
            shares=column_shares(table),
        )

    def _groups(self, table: Table, ordinal: int) -> Iterator[RowGroup]:
        roles = [column.role for column in table.columns]
        index = roles.index(ColumnRole.GROUP) if ColumnRole.GROUP in roles else None

        def label_of(row: Row) -> str:
            return "" if index is None else row.cells[index].text

        for words, rows in groupby(table.rows, label_of):
            anchor = self._anchors.unique(f"attachment-{ordinal}-{anchor_words(words)}")
            yield RowGroup(words, anchor, tuple(self._row(row, table, ordinal) for row in rows))

    def _row(self, row: Row, table: Table, ordinal: int) -> SetRow:
        name = next(
            (
                cell.text
                for column, cell in zip(table.columns, row.cells, strict=True)
                if column.role is ColumnRole.SERIAL and cell.text
            ),
            "row",
        )
        anchor = self._anchors.unique(f"attachment-{ordinal}-{anchor_words(name)}")
        cells = tuple(
            self._cell(column, cell) for column, cell in zip(table.columns, row.cells, strict=True)
        )
        return SetRow(anchor, cells)

    def _cell(self, column: Column, cell: Cell) -> SetCell:
        is_deadline = column.role is ColumnRole.DEADLINE
        return SetCell(cell.items, due_date(cell.text, self._year) if is_deadline else None)


_DEADLINE = re.compile(
    r"(?:(?P<year>20[0-9]{2})[年.\-/])?(?P<month>[0-9]{1,2})(?:[.\-/]|月)"
    r"(?:(?P<day>[0-9]{1,2})[日号]?|[底末]|份|)(?:[之以]?前|底前)?"
)
_NAMED_MONTHS = {"上半年": 6, "年底": 12, "年末": 12, "全年": 12, "年内": 12, "下半年": 12} | {
    f"{digit}季度": 3 * number
    for digits in ("一二三四", "1234")
    for number, digit in enumerate(digits, 1)
}


def due_date(words: str, year: int | None) -> date | None:
    """The last day that a deadline as printed means; None where it names none.

    `5月底`, `12月`, `2025年6月30日`, `6月30日前`, `第三季度`, `年底`, `2025年底`; in `year` where
    the words name none.
    """
    words = words.strip()
    if match := _DEADLINE.fullmatch(words):
        year = int(match["year"]) if match["year"] else year
        return _day(year, int(match["month"]), match["day"])
    for name, month in _NAMED_MONTHS.items():
        if re.fullmatch(f"(?:(20[0-9]{{2}})年?)?第?{name}[底末]?(?:[之以]?前)?", words):
            named = re.match("20[0-9]{2}", words)
            return _day(int(named[0]) if named else year, month, None)
    return None


def _day(year: int | None, month: int, day: str | None) -> date | None:
    if year is None or not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    number = int(day) if day else last
    return date(year, month, number) if 1 <= number <= last else None


# -- widths of columns ------------------------------------------------------------------

TABLE_CHARACTERS = {Orientation.LANDSCAPE: 54, Orientation.PORTRAIT: 37}
"""How many characters of 小四 fit across a table, on pages of each orientation."""
_PADDING = 1.0
_WIDEST = {
    ColumnRole.SERIAL: 3.0,
    ColumnRole.GROUP: 6.0,
    ColumnRole.DEADLINE: 6.0,
    ColumnRole.PEOPLE: 5.0,
    ColumnRole.DEPARTMENTS: 10.0,
}
_NARROWEST_TEXT = 4.0


def column_shares(table: Table) -> tuple[float, ...]:
    """The part of the width each column gets: what its content needs, the rest to running text.

    Columns of running text divide the rest by the square root of how much stands in them, so that
    a column with ten times the words is about three times as wide.
    """
    across = TABLE_CHARACTERS[table.orientation]
    widths = [_needed(table, index) for index in range(len(table.columns))]
    texts = [i for i, column in enumerate(table.columns) if column.role is ColumnRole.TEXT]
    rest = across - sum(width for i, width in enumerate(widths) if i not in texts)
    amounts = {i: sqrt(_amount(table, i)) for i in texts}
    for i in texts:
        widths[i] = max(rest * amounts[i] / sum(amounts.values()), _NARROWEST_TEXT)
    return tuple(width / sum(widths) for width in widths)


def _needed(table: Table, index: int) -> float:
    column = table.columns[index]
    longest = max((width(item) for row in table.rows for item in row.cells[index].items), default=1)
    heading = width(column.name) / (1 if len(column.name) <= 4 else 2)  # longer: two lines
    return max(min(longest, _WIDEST.get(column.role, longest)), heading) + _PADDING


def _amount(table: Table, index: int) -> float:
    return 1 + sum(width(row.cells[index].text) for row in table.rows)


def width(text: str) -> float:
    """The width of text in Chinese characters; a Latin letter or digit is half of one."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)
