"""The parts of a DOCX → what all its stories share: styles, lists, notes, numbers of paragraphs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.files import Unreadable
from publisher.intake.source import Room, SourceBlock, SourceFile, SourceRemark, SourceSpot
from publisher.intake.word.comments import Comments
from publisher.intake.word.inserted import MOST_INSERTED, ReadInserted, counted_on, spots_on
from publisher.intake.word.log import Log
from publisher.intake.word.notes import NoteBook
from publisher.intake.word.numbering import Numbering
from publisher.intake.word.package import Package, Relation
from publisher.intake.word.sections import sections
from publisher.intake.word.theme import Theme
from publisher.intake.word.word_styles import WordStyles

if TYPE_CHECKING:
    from lxml.etree import _Element

_EMBEDDED, _INSERTED = "嵌入的文件", "插入的另一份文件（altChunk）"


class Book:
    """A Word file and what all its stories share: styles, lists, notes, numbers of paragraphs."""

    def __init__(self, package: Package, inserted: ReadInserted | None = None) -> None:
        self.package = package
        self._inserted = inserted
        self._left_to_insert = MOST_INSERTED
        theme = Theme(package.root(package.related("theme")))
        self.styles = WordStyles(package.root(package.related("styles")), theme)
        self.numbering = Numbering(package.root(package.related("numbering")), self.styles)
        self.notes = NoteBook(package)
        self.comments = Comments(package)
        settings = package.root(package.related("settings"))
        self.sections = sections(package.document, settings)
        self.log = Log()
        self.spots: list[SourceSpot] = []
        self.pieces: set[_Element] = set()
        """Pieces of text that were read."""
        self.taken: set[str] = set()
        """Parts, as charts and pictures, whose words were told: they are told once."""
        self.elsewhere: list[str] = []
        """Words of pictures and of inserted files, which no walk through the XML comes by."""
        self._counts: dict[Room, int] = {}
        self.tables = 0

    def spot(self, room: Room, page: int | None, cell: SourceSpot | None) -> int:
        """The number of the next paragraph, whose place is noted."""
        if cell is not None:
            self.spots.append(replace(cell, page=page))
        else:
            self._counts[room] = self._counts.get(room, 0) + 1
            self.spots.append(SourceSpot(page, self._counts[room], room=room))
        return len(self.spots)

    def insert(self, relation: Relation | None) -> tuple[SourceBlock, ...]:
        """The blocks of a file that stands in this one; none, and that is told, where it cannot."""
        data = self.package.parts.get(relation.target) if relation else None
        if data is None or self._inserted is None or not self._left_to_insert:
            why = "不在文件里" if data is None else "太多或套了几层，没有读"
            self.log.remark(SourceRemark(_EMBEDDED, f"{_INSERTED}：{why}"))
            return ()
        self._left_to_insert -= 1
        try:
            source = counted_on(self._inserted(data), len(self.spots))
        except Unreadable as error:
            self.log.remark(SourceRemark(_EMBEDDED, f"{_INSERTED}：没有读，{error}"))
            return ()
        self.log.remark(SourceRemark(_EMBEDDED, f"{_INSERTED}（{source.called}）：已在原处读入"))
        self.log.add(Log(list(source.left_out), list(source.remarks)))
        self.elsewhere.append(source.raw)
        self._place(source)
        return source.blocks

    def _place(self, source: SourceFile) -> None:
        spots = spots_on(source, self._counts.get(Room.TEXT, 0), self.tables)
        self.spots += spots
        furthest = max((each.paragraph for each in spots if each.room is Room.TEXT), default=0)
        self._counts[Room.TEXT] = max(self._counts.get(Room.TEXT, 0), furthest)
        self.tables = max([self.tables, *(each.table for each in spots)])
