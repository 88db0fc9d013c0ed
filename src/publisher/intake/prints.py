"""An edition → the words that it prints, in units: whose they are, and which stand in one order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import count
from typing import Any

from publisher.forms import (
    Attached,
    Attendance,
    Blocks,
    Contents,
    Cover,
    Enclosed,
    HeadLine,
    Imprint,
    Issued,
    Mark,
    Notes,
    Printed,
    Recipients,
    Reference,
    Remark,
    Rows,
    Shown,
    Signature,
    Subtitle,
    Title,
    printed,
)
from publisher.keys import KEYS, value_of
from publisher.model import (
    Edition,
    Grouping,
    Inline,
    LineBreak,
    Link,
    Lowered,
    Note,
    NumberedHeading,
    NumberedItem,
    Raised,
    SetBlock,
    SetCell,
    SetNameList,
    SetPicture,
    SetTable,
    Strong,
    Text,
)
from publisher.words import captions, files
from publisher.words.days import written


class Nature(Enum):
    """Whose words a unit holds."""

    AUTHORED = "in the content as they are printed"
    DERIVED = "written by the program of what the content says otherwise: numbers, dates, brackets"
    GENERATED = "said by the program without being asked, or once more: marks, labels, signatures"


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """Words that are printed together."""

    words: str
    nature: Nature = Nature.AUTHORED
    stream: int = 0
    """Units of one stream stand in one order; those of others may stand anywhere."""
    cell: tuple[int, int, int] | None = None
    """Table, row and column of a cell."""
    rows: int = 1
    """How many it spans."""
    twin: str = ""
    """What is printed twice, and written once, has the same name here."""
    is_parted: bool = False
    """Whether the program parts it from the one before, as its author did by a mark."""
    what: str = ""
    """What it is, in Chinese."""
    aliases: tuple[str, ...] = ()
    """What a source may call it, marks aside: 附 for 附件."""


def units_of(edition: Edition) -> tuple[PrintedUnit, ...]:
    """All that an edition prints, in order, and after it what its page says beside the text."""
    fold = _Fold()
    units = [*fold.units(printed(edition)), *fold.record(edition)]
    return tuple(unit for unit in units if unit.words)


_D, _G = Nature.DERIVED, Nature.GENERATED
_ATTACHED = ("附",)
_REMARKED = ("备注", "说明")
_FACTS = {
    "标题": "body.title",
    "发文字号": "number",
    "发文机关": "issuers",
    "成文日期": "date",
    "公开属性": "disclosure",
    "印发日期": "printing_date",
}
"""What the page says once more of the document, by its keys."""


@dataclass
class _Fold:
    """Numbers streams and tables while it goes through what is printed."""

    _streams: Iterator[int] = field(default_factory=lambda: count(1))
    _tables: Iterator[int] = field(default_factory=lambda: count(1))

    def units(self, elements: Iterable[Printed]) -> Iterator[PrintedUnit]:
        """The units of what is printed, each element in an order of its own."""
        for element in elements:
            yield from _FOLDS[type(element)](self, element)

    def record(self, edition: Edition) -> Iterator[PrintedUnit]:
        """What stands in the 公开信息 of the page: there to be found, and nothing added."""
        facts = _FACTS | {key.name: key.field for key in KEYS if key.field.startswith("web.")}
        for name, path in facts.items():
            for words in _as_words(value_of(edition.document, path)):
                stream = next(self._streams)
                yield PrintedUnit(f"{name}：", _G, stream)
                yield PrintedUnit(words, _G, stream)

    def own(self, *units: PrintedUnit) -> Iterator[PrintedUnit]:
        """Units that make an order of their own."""
        stream = next(self._streams)
        return (replace(unit, stream=stream) for unit in units)

    # -- the head -------------------------------------------------------------------------

    def head_line(self, line: HeadLine) -> Iterator[PrintedUnit]:
        return self.own(PrintedUnit(line.words, _D, what=line.element.value))

    def mark(self, mark: Mark) -> Iterator[PrintedUnit]:
        names = (PrintedUnit(name, _G, what="发文机关标志") for name in mark.names)
        return self.own(*names, PrintedUnit(mark.suffix, _G, what="发文机关标志"))

    def reference(self, reference: Reference) -> Iterator[PrintedUnit]:
        yield from self.own(PrintedUnit(reference.number, _D, what="发文字号"))
        yield from self.own(
            PrintedUnit("签发人：" if reference.signers else "", _G, what="签发人"),
            *(PrintedUnit(name, is_parted=True, what="签发人") for name in reference.signers),
        )

    def title(self, title: Title) -> Iterator[PrintedUnit]:
        return self.own(PrintedUnit(title.text.title, what="标题"))

    def bracketed(self, element: Subtitle | Remark) -> Iterator[PrintedUnit]:
        """Brackets around words; a ； among them may part what stood on lines of its own."""
        words = element.words
        inner = (
            PrintedUnit(each, _D if each == "；" else Nature.AUTHORED, is_parted=at > 0)
            for at, each in enumerate(re.split("(；)", words[1:-1]))
        )
        return self.own(PrintedUnit(words[:1], _D), *inner, PrintedUnit(words[-1:], _D))

    def cover(self, cover: Cover) -> Iterator[PrintedUnit]:
        day = written(cover.date) if cover.date else ""
        words = (cover.text.title, *cover.names, day)
        return (each for line in words for each in self.own(PrintedUnit(line, _G, what="封面")))

    def contents(self, contents: Contents) -> Iterator[PrintedUnit]:
        return iter(())  # a field: its words are those of the headings

    def recipients(self, recipients: Recipients) -> Iterator[PrintedUnit]:
        return self.own(
            PrintedUnit(recipients.organs, what="主送"), PrintedUnit("：", _D, what="主送")
        )

    # -- the text -------------------------------------------------------------------------

    def blocks(self, blocks: Blocks) -> Iterator[PrintedUnit]:
        stream = next(self._streams)
        for block in blocks.text.blocks:
            for unit in self.block(block):
                yield unit if unit.stream else replace(unit, stream=stream)
        for number, note in enumerate(blocks.text.notes(), blocks.text.first_note):
            yield from self.own(
                PrintedUnit(f"[{number}]", _G, what="注释的号"), PrintedUnit(_plain(note.content))
            )

    def block(self, block: SetBlock) -> Iterator[PrintedUnit]:
        match block:
            case SetTable():
                yield from self.table(block)
            case SetPicture():
                yield from self.picture(block)
            case SetNameList():
                yield from _names(block)
            case NumberedHeading():
                yield PrintedUnit(block.label, _D, what="序号")
                yield PrintedUnit(_plain(block.content))
                yield PrintedUnit(_plain(block.run_in or ()))
            case NumberedItem():
                yield PrintedUnit(block.label, _D, what="序号")
                yield PrintedUnit(_plain(block.content))
            case _:
                yield PrintedUnit(_plain(block.content))

    def table(self, table: SetTable) -> Iterator[PrintedUnit]:
        """What stands around a table may stand elsewhere around it; its cells have their order."""
        if table.label:
            yield from self.own(
                PrintedUnit(table.label, _D, what="表的序号"), PrintedUnit(table.title)
            )
        if table.unit:
            yield from self.own(PrintedUnit("单位：", _G, what="表的单位"), PrintedUnit(table.unit))
        number = next(self._tables)
        grid = [*table.head, *(row.cells for row in table.rows)]
        for row, cells in enumerate(grid):
            for column, cell in enumerate(cells):
                is_row = table.grouping is Grouping.HEADING_ROW and column == table.group_column
                if cell.is_covered or (is_row and row < len(table.head)):
                    continue  # that of groups has no head where rows name them
                for unit in _cell(cell):
                    yield replace(unit, cell=(number, row, column), rows=cell.rows)
        for remark, line in zip(table.remarks, captions.remarks(table), strict=True):
            label, _, counted = line.removesuffix(remark).rpartition("：")
            yield from self.own(
                PrintedUnit(label, _G, what="表注", aliases=_REMARKED if label else ()),
                PrintedUnit(counted, _G, what="表注"),
                PrintedUnit(remark),
            )
        for note in captions.notes(table):
            mark, _, words = note.partition(" ")
            yield from self.own(PrintedUnit(mark, _G, what="注释的号"), PrintedUnit(words))

    def picture(self, picture: SetPicture) -> Iterator[PrintedUnit]:
        if picture.label:
            yield from self.own(
                PrintedUnit(picture.label, _D, what="图的序号"), PrintedUnit(picture.title)
            )

    # -- below the text -------------------------------------------------------------------

    def notes(self, notes: Notes) -> Iterator[PrintedUnit]:
        said: list[PrintedUnit] = [PrintedUnit("附件：", _G, what="附件说明", aliases=_ATTACHED)]
        for attachment in notes.attachments:
            number = "" if len(notes.attachments) == 1 else attachment.note.partition(".")[0] + "."
            words = attachment.note.removeprefix(number)
            said += [PrintedUnit(number, _G, what="附件说明")]
            said += [PrintedUnit(words, _G, twin=attachment.anchor, what="附件说明")]
        return self.own(*said)

    def attendance(self, attendance: Attendance) -> Iterator[PrintedUnit]:
        for label, names in attendance.lists:
            each = (
                PrintedUnit(name, is_parted=True, what=label[:-1]) for name in names.split("、")
            )
            yield from self.own(PrintedUnit(label, _G, what=label[:-1]), *each)

    def signature(self, signature: Signature) -> Iterator[PrintedUnit]:
        for names in signature.signatories:
            yield from self.own(*(PrintedUnit(name, _G, what="署名") for name in names))
        if signature.date:
            yield from self.own(PrintedUnit(written(signature.date), _D, what="成文日期"))

    def issued(self, issued: Issued) -> Iterator[PrintedUnit]:
        yield from self.own(PrintedUnit(issued.text.title, what="印发件标题"))
        yield from self.units(issued.inner)

    def attached(self, attached: Attached) -> Iterator[PrintedUnit]:
        attachment = attached.attachment
        title = attachment.content.title
        yield from self.own(PrintedUnit(attachment.label, _G, what="附件标记", aliases=_ATTACHED))
        yield from self.own(PrintedUnit(title, twin=attachment.anchor, what="附件标题"))
        yield from self.units(attached.inner)

    def rows(self, rows: Rows) -> Iterator[PrintedUnit]:
        stream = next(self._streams)
        for unit in self.table(rows.table):
            yield unit if unit.stream else replace(unit, stream=stream)

    def shown(self, shown: Shown) -> Iterator[PrintedUnit]:
        return self.picture(shown.picture)

    def enclosed(self, enclosed: Enclosed) -> Iterator[PrintedUnit]:
        return self.own(PrintedUnit(files.enclosed(enclosed.file), _G, what="电子文件"))

    def imprint(self, imprint: Imprint) -> Iterator[PrintedUnit]:
        copies = [
            unit
            for group in imprint.copies
            for unit in (
                PrintedUnit(group, is_parted=True, what="抄送"),
                PrintedUnit("。", _D, what="抄送"),
            )
        ]
        yield from self.own(PrintedUnit("抄送：" if copies else "", _G, what="抄送"), *copies)
        yield from self.own(PrintedUnit(imprint.organ, what="印发机关"))
        if imprint.date:
            day = PrintedUnit(written(imprint.date), _D, what="印发日期")
            yield from self.own(day, PrintedUnit("印发", _G, what="印发日期"))


def _as_words(given: object) -> Iterator[str]:
    """A value of a key in words: a day as it is written, each entry of several."""
    match given:
        case str():
            yield given
        case tuple():
            for each in given:
                yield from _as_words(each)
        case None:
            pass
        case _ if hasattr(given, "year"):
            yield written(given)  # type: ignore[arg-type]
        case _:
            yield str(getattr(given, "name", ""))


def _names(block: SetNameList) -> Iterator[PrintedUnit]:
    for group in block.groups:
        yield PrintedUnit(group.label)
        yield PrintedUnit("：", _D, what="名单")
        for entry in group.entries:
            yield PrintedUnit(entry.name, is_parted=True)
            yield PrintedUnit(entry.office, is_parted=True)


def _cell(cell: SetCell) -> Iterator[PrintedUnit]:
    for index, item in enumerate(cell.items):
        yield PrintedUnit(item, is_parted=index > 0)
    if cell.note is not None:
        yield PrintedUnit(captions.mark(cell.note), _G, what="注释的号")


def _plain(content: tuple[Inline, ...]) -> str:
    """The characters that a reader sees; the marks of notes aside."""
    words = ""
    for inline in content:
        match inline:
            case Text(characters) | Raised(characters) | Lowered(characters):
                words += characters
            case Strong(inner) | Link(_, inner):
                words += _plain(inner)
            case LineBreak() | Note():
                pass
    return words


_FOLDS: dict[type[Printed], Callable[[_Fold, Any], Iterator[PrintedUnit]]] = {
    HeadLine: _Fold.head_line,
    Mark: _Fold.mark,
    Reference: _Fold.reference,
    Title: _Fold.title,
    Subtitle: _Fold.bracketed,
    Cover: _Fold.cover,
    Contents: _Fold.contents,
    Recipients: _Fold.recipients,
    Blocks: _Fold.blocks,
    Notes: _Fold.notes,
    Attendance: _Fold.attendance,
    Signature: _Fold.signature,
    Remark: _Fold.bracketed,
    Issued: _Fold.issued,
    Attached: _Fold.attached,
    Rows: _Fold.rows,
    Shown: _Fold.shown,
    Enclosed: _Fold.enclosed,
    Imprint: _Fold.imprint,
}
"""What is said of each element."""
