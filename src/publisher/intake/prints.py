"""An edition → the words that it prints, in units: whose they are, and which stand in one order."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import count
from typing import Any, assert_never

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
    set_mark,
)
from publisher.intake.shown import ink
from publisher.intake.written import as_date, as_label, as_number, as_sign, is_number
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
    Organ,
    Raised,
    Seal,
    SetBlock,
    SetCell,
    SetNameList,
    SetParagraph,
    SetPicture,
    SetTable,
    Strong,
    Text,
)
from publisher.words import captions, files
from publisher.words.days import written

FLOW = 0
"""The stream of titles, text, tables and attachments: what a reader reads from top to bottom."""


class Nature(Enum):
    """Whose words a unit holds."""

    AUTHORED = "in the content as they are printed"
    DERIVED = "written by the program of what the content says otherwise: numbers, dates, brackets"
    GENERATED = "said by the program without being asked, or once more: marks, labels, signatures"


class Stands(Enum):
    """Where in a file words must stand that the program writes itself."""

    APART = "by themselves, or beside others of their own element"
    BEFORE = "right before the unit behind them"
    BEHIND = "right behind the unit before them"


class Floats(Enum):
    """How freely a file may put an element that the program puts in one place."""

    NOT = "where it is printed"
    ABOVE = "there, or above the text"
    BETWEEN = "above the text, below it, or between two texts: 附件说明, 署名, 版记"
    AROUND = "elsewhere around its table or picture"
    FREELY = "anywhere: notes and covers"


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """Words that are printed together."""

    words: str
    nature: Nature = Nature.AUTHORED
    stream: int = FLOW
    """Which element it is of; FLOW: of what a reader reads from top to bottom."""
    floats: Floats = Floats.NOT
    cell: tuple[int, int, int] | None = None
    """Table, row and column of a cell."""
    rows: int = 1
    """How many it spans."""
    twin: str = ""
    """What is printed twice, and written once, has the same name here."""
    is_parted: bool = False
    """Whether the program parts it from the one before, as its author did by a mark."""
    begins_text: bool = False
    """Whether it is the title of a text, or of a table or picture by itself."""
    what: str = ""
    """What it is, in Chinese."""
    pattern: str = ""
    """The ways in which a file may write what is not its author's; empty: as it is printed."""
    stands: Stands = Stands.APART
    called: str = ""
    """By which word a file may name it wherever it puts it."""
    causes: tuple[str, ...] = ()
    """Of a name that the content has of the bureau: what a file says that means it."""


def units_of(edition: Edition) -> tuple[PrintedUnit, ...]:
    """All that an edition prints, in order."""
    units = _Fold(edition).units(printed(edition))
    return tuple(unit for unit in units if ink(unit.words))


_D, _G = Nature.DERIVED, Nature.GENERATED
_MARK = "mark"
_ATTACHED = ("附",)
_WHO_ATTENDS = ("人员", "人", "同志", "单位")
_REMARKED = ("备注", "说明", "附注")
_UNITS = ("计量单位", "金额单位")


def _label(
    words: str, called: tuple[str, ...] = (), nature: Nature = _G, what: str = ""
) -> PrintedUnit:
    """A number, or a word with a colon, before what it is of."""
    pattern = as_label(words, called) if words else ""
    return PrintedUnit(words, nature, what=what, pattern=pattern, stands=Stands.BEFORE)


def _sign(words: str, stands: Stands = Stands.BEHIND, what: str = "") -> PrintedUnit:
    return PrintedUnit(words, _D, what=what, pattern=as_sign(words), stands=stands)


def _day(date: datetime.date, what: str, nature: Nature = _D) -> PrintedUnit:
    words = written(date)
    return PrintedUnit(words, nature, what=what, pattern=as_date(words))


@dataclass
class _Fold:
    """Numbers streams and tables while it goes through what is printed."""

    edition: Edition
    _streams: Iterator[int] = field(default_factory=lambda: count(FLOW + 1))
    _tables: Iterator[int] = field(default_factory=lambda: count(1))

    def units(self, elements: Iterable[Printed]) -> Iterator[PrintedUnit]:
        """The units of what is printed, each element in an order of its own."""
        for element in elements:
            yield from _FOLDS[type(element)](self, element)

    def own(self, *units: PrintedUnit, floats: Floats = Floats.NOT) -> Iterator[PrintedUnit]:
        """Units that are an element of their own."""
        stream = next(self._streams)
        return (replace(unit, stream=stream, floats=floats) for unit in units)

    def _name(self, words: str, organ: Organ | None, what: str) -> PrintedUnit:
        """The name of an issuer, which the content says once, and forms print twice or not."""
        if organ is None:
            return PrintedUnit(words, is_parted=True, what=what)
        causes = tuple(filter(None, (organ.name, organ.short_name, organ.mark)))
        return PrintedUnit(words, _G, what=what, causes=causes)

    # -- the head -------------------------------------------------------------------------

    def head_line(self, line: HeadLine) -> Iterator[PrintedUnit]:
        return self.own(PrintedUnit(line.words, _D, what=line.element.value))

    def mark(self, mark: Mark) -> Iterator[PrintedUnit]:
        document = self.edition.document
        organs = (None,) if document.mark else document.issuers
        names = (
            self._name(name, organ, "发文机关标志")
            for name, organ in zip(mark.names, organs, strict=False)
        )
        is_named = not any(map(is_number, mark.names))
        if len(mark.names) == 1 and not mark.suffix:
            names = (replace(each, twin=self._twin(each.words)) for each in names)
        yield from self.own(*names, floats=Floats.ABOVE if is_named else Floats.NOT)
        suffix = PrintedUnit(mark.suffix, _G, what="发文机关标志")
        yield from self.own(suffix, floats=Floats.ABOVE)

    def reference(self, reference: Reference) -> Iterator[PrintedUnit]:
        number = reference.number
        floats = Floats.ABOVE if is_number(number) else Floats.NOT
        unit = PrintedUnit(number, _D, what="发文字号", pattern=as_number(number))
        yield from self.own(unit, floats=floats)
        yield from self.own(
            _label("签发人：" if reference.signers else "", what="签发人"),
            *(PrintedUnit(name, is_parted=True, what="签发人") for name in reference.signers),
            floats=Floats.ABOVE,
        )

    def title(self, title: Title) -> Iterator[PrintedUnit]:
        words = title.text.title
        yield PrintedUnit(words, begins_text=True, twin=self._twin(words), what="标题")

    def _twin(self, words: str) -> str:
        """That of a title which is the mark too, as 纪要 have it, and of that mark."""
        names, suffix = set_mark(self.edition.document)
        title = self.edition.document.body.title
        return _MARK if ink(words) == ink(title) == ink("".join((*names, suffix))) else ""

    def bracketed(self, element: Subtitle | Remark) -> Iterator[PrintedUnit]:
        """Brackets around words; a ； among them may part what stood on lines of its own."""
        words = element.words
        inner = (
            _sign(each) if each == "；" else PrintedUnit(each)
            for each in re.split("(；)", words[1:-1])
        )
        brackets = _sign(words[:1], Stands.BEFORE), _sign(words[-1:])
        return self.own(brackets[0], *inner, brackets[1], floats=Floats.BETWEEN)

    def cover(self, cover: Cover) -> Iterator[PrintedUnit]:
        """Said once more: the title, who made it, and when."""
        for words in (cover.text.title, *cover.names):
            unit = PrintedUnit(words, _G, what="封面", causes=(words,))
            yield from self.own(unit, floats=Floats.FREELY)
        if cover.date:
            yield from self.own(_day(cover.date, "封面", _G), floats=Floats.FREELY)

    def contents(self, contents: Contents) -> Iterator[PrintedUnit]:
        return iter(())  # a field: its words are those of the headings

    def recipients(self, recipients: Recipients) -> Iterator[PrintedUnit]:
        yield PrintedUnit(recipients.organs, what="主送", called="主送")
        yield _sign("：", what="主送")

    # -- the text -------------------------------------------------------------------------

    def blocks(self, blocks: Blocks) -> Iterator[PrintedUnit]:
        numbers = count(blocks.text.first_note)
        for block in blocks.text.blocks:
            yield from self.block(block, numbers)
        for number, note in enumerate(blocks.text.notes(), blocks.text.first_note):
            mark = _label(f"[{number}]", what="注释的号")
            yield from self.own(mark, *_inked(note.content), floats=Floats.FREELY)

    def block(self, block: SetBlock, numbers: Iterator[int]) -> Iterator[PrintedUnit]:
        """The units of a block; its notes are marked by the next of `numbers`."""
        match block:
            case SetTable():
                yield from self.table(block)
            case SetPicture():
                yield from self.picture(block)
            case SetNameList():
                yield from _names(block)
            case NumberedHeading():
                yield _label(block.label, nature=_D, what="序号")
                yield from _inked(block.content, numbers)
                yield from _inked(block.run_in or (), numbers)
            case NumberedItem():
                yield _label(block.label, nature=_D, what="序号")
                yield from _inked(block.content, numbers)
            case SetParagraph():
                yield from _inked(block.content, numbers)
            case _:
                assert_never(block)

    def table(self, table: SetTable) -> Iterator[PrintedUnit]:
        """What stands around a table may stand elsewhere around it; its cells have their order."""
        if table.label:
            label = _label(table.label, nature=_D, what="表的序号")
            yield from self.own(label, PrintedUnit(table.title), floats=Floats.AROUND)
        if table.unit:
            label = _label("单位：", _UNITS, what="表的单位")
            yield from self.own(label, PrintedUnit(table.unit), floats=Floats.AROUND)
        number = next(self._tables)
        above = table.group_column if table.grouping is Grouping.HEADING_ROW else None
        grid = [*table.head, *(row.cells for row in table.rows)]
        for row, cells in enumerate(grid):
            for column in sorted(range(len(cells)), key=lambda at: at != above):
                cell = cells[column]
                if cell.is_covered or (column == above and row < len(table.head)):
                    continue  # that of groups has no head where rows name them
                for unit in _cell(cell):
                    yield replace(unit, cell=(number, row, column), rows=cell.rows)
        for remark, line in zip(table.remarks, captions.remarks(table), strict=True):
            called, _, counted = line.removesuffix(remark).rpartition("：")
            yield from self.own(
                _label(called, _REMARKED, what="表注"),
                _label(counted, what="表注"),
                PrintedUnit(remark),
                floats=Floats.AROUND,
            )
        for note in captions.notes(table):
            mark, _, words = note.partition(" ")
            label = _label(mark, what="注释的号")
            yield from self.own(label, PrintedUnit(words), floats=Floats.AROUND)

    def picture(self, picture: SetPicture) -> Iterator[PrintedUnit]:
        if picture.label:
            label = _label(picture.label, nature=_D, what="图的序号")
            yield from self.own(label, PrintedUnit(picture.title), floats=Floats.AROUND)

    # -- below the text -------------------------------------------------------------------

    def notes(self, notes: Notes) -> Iterator[PrintedUnit]:
        said = [_label("附件：", _ATTACHED, what="附件说明")]
        for attachment in notes.attachments:
            number = "" if len(notes.attachments) == 1 else attachment.note.partition(".")[0] + "."
            words = attachment.note.removeprefix(number)
            said += [_label(number, what="附件说明")]
            said += [
                PrintedUnit(words, _G, twin=attachment.anchor, is_parted=True, what="附件说明")
            ]
        return self.own(*said, floats=Floats.BETWEEN)

    def attendance(self, attendance: Attendance) -> Iterator[PrintedUnit]:
        for label, names in attendance.lists:
            each = (
                PrintedUnit(name, is_parted=True, what=label[:-1]) for name in names.split("、")
            )
            called = tuple(f"{label[:-1]}{who}" for who in _WHO_ATTENDS)
            yield from self.own(_label(label, called, what=label[:-1]), *each)

    def signature(self, signature: Signature) -> Iterator[PrintedUnit]:
        stream = next(self._streams)
        for names in signature.signatories:
            for name in names:
                organ = self._issuer(name) if signature.seal is not Seal.SIGNATURE_STAMP else None
                unit = self._name(name, organ, "署名")
                yield replace(unit, stream=stream, floats=Floats.BETWEEN)
        if signature.date:
            yield from self.own(_day(signature.date, "成文日期"), floats=Floats.BETWEEN)

    def _issuer(self, name: str) -> Organ | None:
        issuers = self.edition.document.issuers
        return next((organ for organ in issuers if organ.name == name), None)

    def issued(self, issued: Issued) -> Iterator[PrintedUnit]:
        yield PrintedUnit(issued.text.title, begins_text=True, what="印发件标题")
        yield from self.units(issued.inner)

    def attached(self, attached: Attached) -> Iterator[PrintedUnit]:
        attachment = attached.attachment
        title = attachment.content.title
        yield from self.own(_label(attachment.label, _ATTACHED, what="附件标记"))
        yield PrintedUnit(title, twin=attachment.anchor, begins_text=True, what="附件标题")
        yield from self.units(attached.inner)

    def rows(self, rows: Rows) -> Iterator[PrintedUnit]:
        return self.table(rows.table)

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
                _sign("。", what="抄送"),
            )
        ]
        label = _label("抄送：" if copies else "", what="抄送")
        yield from self.own(label, *copies, floats=Floats.BETWEEN)
        organ = PrintedUnit(imprint.organ, what="印发机关")
        yield from self.own(organ, floats=Floats.BETWEEN)
        if imprint.date:
            said = PrintedUnit("印发", _G, what="印发日期", stands=Stands.BEHIND)
            day = _day(imprint.date, "印发日期")
            yield from self.own(day, said, floats=Floats.BETWEEN)


def _names(block: SetNameList) -> Iterator[PrintedUnit]:
    for group in block.groups:
        yield PrintedUnit(group.label)
        yield _sign("：", what="名单")
        for entry in group.entries:
            yield PrintedUnit(entry.name, is_parted=True)
            yield PrintedUnit(entry.office, is_parted=True)


def _cell(cell: SetCell) -> Iterator[PrintedUnit]:
    for index, item in enumerate(cell.items):
        yield PrintedUnit(item, is_parted=index > 0)
    if cell.note is not None:
        yield _behind(captions.mark(cell.note))


def _inked(
    content: tuple[Inline, ...], numbers: Iterator[int] | None = None
) -> Iterator[PrintedUnit]:
    """The characters that a reader sees, parted by the marks of notes."""
    parts = [""]
    for characters in _characters(content):
        if characters is None:
            parts.append("")
        else:
            parts[-1] += characters
    for at, part in enumerate(parts):
        if at and numbers is not None:
            yield _behind(f"[{next(numbers)}]")
        yield PrintedUnit(part)


def _characters(content: tuple[Inline, ...]) -> Iterator[str | None]:
    """The words of a content; None for the mark of a note."""
    for inline in content:
        match inline:
            case Text(characters) | Raised(characters) | Lowered(characters):
                yield characters
            case Strong(inner) | Link(_, inner):
                yield from _characters(inner)
            case Note():
                yield None
            case LineBreak():
                pass


def _behind(mark: str) -> PrintedUnit:
    """The mark of a note behind what it is to."""
    pattern = as_label(mark)
    return PrintedUnit(mark, _G, what="注释的号", pattern=pattern, stands=Stands.BEHIND)


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
