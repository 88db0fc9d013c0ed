"""The blocks of one text → its lines, and what is no line: tables, pictures, lists of names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from publisher.intake.recognise.assembly import Solid
from publisher.intake.recognise.grids import (
    joined,
    notes_of,
    repeated_cells,
    repeated_head,
    words_of,
)
from publisher.intake.recognise.lines import TextLine, are_ours, lines_of
from publisher.intake.recognise.names import begins_names, names_at, names_of_table
from publisher.intake.recognise.pictures import (
    is_caption,
    read_picture,
    read_picture_of_cell,
)
from publisher.intake.recognise.surroundings import CaptionLines
from publisher.intake.recognise.tables import read_table
from publisher.intake.result import Certainty, Decision, Role
from publisher.intake.source import (
    LeftOut,
    SourceBlock,
    SourceFile,
    SourceParagraph,
    SourcePicture,
    SourceTable,
    paragraphs_in,
)

Part = TextLine | SourceTable | SourcePicture


@dataclass(frozen=True, slots=True)
class TextParts:
    """What a text consists of."""

    pieces: tuple[TextLine | Solid, ...]
    left_out: tuple[LeftOut, ...] = ()


def parts_of(blocks: Sequence[SourceBlock], source: SourceFile) -> TextParts:
    """The lines of a text, and the rest ready made."""
    flat = list(_flattened(blocks))
    paragraphs = [block for block in flat if isinstance(block, SourceParagraph)]
    lines = iter(lines_of(paragraphs, is_ours=are_ours(source.blocks)))
    parts = [next(lines) if isinstance(block, SourceParagraph) else block for block in flat]
    parter = _Parter(parts, source)
    parter.part()
    alone = (
        LeftOut(each.label, "没有文字的序号", each.number)
        for each in blocks
        if isinstance(each, SourceParagraph) and each.is_empty and each.label
    )
    return TextParts(tuple(parter.pieces), (*parter.left_out, *alone))


def _flattened(blocks: Sequence[SourceBlock]) -> Iterator[SourceBlock]:
    """Blocks without what has no words, and with what tables of one cell a row only lay out."""
    for block in blocks:
        if isinstance(block, SourceTable) and block.width == 1 and not block.is_ruled:
            yield from _flattened([inner for cell in block.cells for inner in cell.blocks])
        elif not isinstance(block, SourceParagraph) or not block.is_empty:
            yield block


def _pictures_in(tables: Sequence[SourceTable]) -> Iterator[SourcePicture]:
    """The pictures in the cells of tables."""
    for table in tables:
        for cell in table.cells:
            yield from (each for each in cell.blocks if isinstance(each, SourcePicture))
            yield from _pictures_in([each for each in cell.blocks if isinstance(each, SourceTable)])


@dataclass(slots=True)
class _Parter:
    """Goes through the parts of a text, and joins what belongs together."""

    parts: Sequence[Part]
    source: SourceFile
    pieces: list[TextLine | Solid] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    place: int = 0
    pictures: int = 0
    """With a title, so far."""
    captions: CaptionLines = field(default_factory=CaptionLines)

    def part(self) -> None:
        """Take all parts."""
        while self.place < len(self.parts):
            part = self.parts[self.place]
            if isinstance(part, SourceTable):
                self._table(part)
            elif isinstance(part, SourcePicture):
                self._picture(part)
            elif begins_names(part):
                self._names()
            else:
                self.pieces.append(part)
                self.place += 1

    def _names(self) -> None:
        """Take lines that look like a list of names, and are one or none."""
        lines = self._lines_from(self.place)
        count, solid = names_at(lines, self.source)
        self.pieces += [solid] if solid else lines[:count]
        self.place += count

    def _lines_from(self, place: int) -> list[TextLine]:
        lines = []
        for part in self.parts[place:]:
            if not isinstance(part, TextLine):
                break
            lines.append(part)
        return lines

    # -- tables -----------------------------------------------------------------------------

    def _table(self, table: SourceTable) -> None:
        if names := names_of_table(table, self.source):
            self.pieces.append(names)
            self.place += 1
            return
        if not any(words_of(cell).strip() or notes_of(cell) for cell in table.cells):
            self._empty(table)
            return
        above = self._taken_above()
        tables, between = self._continued(table)
        below = self.captions.below(self._lines_from(self.place), tables[-1])
        self.place += len(below)
        made = read_table(
            joined(tables),
            self.source,
            [line.paragraph for line in above],
            [line.paragraph for line in below],
            goes_on=bool(between),
        )
        self.left_out += (*made.left_out, *self._heads_again(tables))
        again = [self._again(line) for line in between]
        self.left_out += [
            LeftOut(each.words, each.reason, each.number, each.source) for each in again
        ]
        further = map(self._going_on, tables[1:])
        self.pieces.append(Solid((made.table,), (*made.decisions, *further, *again)))
        self.pieces += (read_picture_of_cell(each, self.source) for each in _pictures_in(tables))

    def _empty(self, table: SourceTable) -> None:
        """Keep the pictures of a table without words; of the table itself nothing can be kept."""
        self.place += 1
        self.pieces += (read_picture_of_cell(each, self.source) for each in _pictures_in([table]))
        question = "这里有一个没有文字的表格，没有收入，请核对。"
        decision = Decision(
            table.number, "", Role.LEFT_OUT, 0, Certainty.ASKED, "表格里没有字", question
        )
        self.pieces.append(Solid((), (replace(decision, source=self.source.name),)))

    def _taken_above(self) -> list[TextLine]:
        """The lines right above a table that are its title and unit, taken from the pieces."""
        lines: list[TextLine] = []
        for piece in reversed(self.pieces[-CaptionLines.MOST_ABOVE :]):
            if not isinstance(piece, TextLine):
                break
            lines.insert(0, piece)
        above = self.captions.above(lines)
        if above:
            del self.pieces[-len(above) :]
        return above

    def _continued(self, table: SourceTable) -> tuple[list[SourceTable], list[TextLine]]:
        """The parts into which pages divided a table, and the lines 续表 between them."""
        tables = [table]
        between: list[TextLine] = []
        self.place += 1
        while True:
            place = self.place
            lines: list[TextLine] = []
            while place < len(self.parts) and isinstance(part := self.parts[place], TextLine):
                if len(lines) == CaptionLines.MOST_ABOVE:
                    return tables, between
                lines.append(part)
                place += 1
            further = self.parts[place] if place < len(self.parts) else None
            if not isinstance(further, SourceTable) or further.width != table.width:
                return tables, between
            says_so = self.captions.go_on(lines)
            if not says_so and (lines or not repeated_head(table, further)):
                return tables, between
            tables.append(further)
            between += lines
            self.place = place + 1

    def _heads_again(self, tables: Sequence[SourceTable]) -> Iterator[LeftOut]:
        """The words of a head that was typed again where a page begins."""
        for cell in repeated_cells(tables):
            for paragraph in paragraphs_in(cell.blocks):
                if words := paragraph.words.strip():
                    yield LeftOut(words, "重复的表头", paragraph.number, self.source.name)

    def _going_on(self, table: SourceTable) -> Decision:
        return Decision(
            table.number,
            "",
            Role.TABLE,
            reason="与上面的是同一个表格，分在两页上",
            source=self.source.name,
        )

    def _again(self, line: TextLine) -> Decision:
        return Decision(
            line.paragraph.number,
            line.paragraph.words,
            Role.LEFT_OUT,
            reason="续表由程序印",
            source=self.source.name,
        )

    # -- pictures ---------------------------------------------------------------------------

    def _picture(self, picture: SourcePicture) -> None:
        """A picture with its title; below one that cannot be read, that is a line of the text."""
        self.place += 1
        following = self._lines_from(self.place)[:1]
        made = read_picture(picture, self.source)
        if made.blocks and following and is_caption(following[0].paragraph, self.pictures + 1):
            self.pictures += 1
            self.place += 1
            made = read_picture(picture, self.source, following[0].paragraph)
        self.pieces.append(made)
