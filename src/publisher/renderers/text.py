"""An edition → its plain text, one clause a line, so that a plain diff is exact.

A clause ends at 。！？ and at ；, because the tasks of a plan are often joined by ； and each is
edited on its own. Numbers of headings stand on the headings' lines alone, and a group of table rows
is named once above them: a new section or another name for a group changes few lines. A merged cell
has its words once, where it begins. What only paper needs, 封面 and 目录, says nothing that does
not stand elsewhere, and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
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
    Zone,
    in_zones,
    printed,
)
from publisher.model import (
    Edition,
    Grouping,
    Inline,
    LevelForm,
    LineBreak,
    Link,
    Lowered,
    Note,
    NumberedHeading,
    NumberedItem,
    Raised,
    RowGroup,
    SetCell,
    SetNameList,
    SetParagraph,
    SetPicture,
    SetRow,
    SetTable,
    Strong,
    Text,
    notes_in,
    one_line,
)
from publisher.renderers.notes import NumberedNote, footnotes, numbered_notes
from publisher.words import captions, files
from publisher.words.days import written
from publisher.words.sentences import statements


def render(edition: Edition) -> dict[str, bytes]:
    """`document.txt`: UTF-8, blocks in reading order with a blank line between, ended by a newline.

    A link is followed by its address in `<>`, since a changed address is a change.
    """
    blocks = (block for block in _document(edition) if block)
    return {"document.txt": ("\n\n".join(blocks) + "\n").encode()}


def _document(edition: Edition) -> Iterator[str]:
    zones = in_zones(printed(edition))
    yield _lines(_written(zones[Zone.HEAD]))
    yield from _written(zones[Zone.BODY])
    yield from _written(zones[Zone.FOOT])


def _written(elements: Iterable[Printed]) -> Iterator[str]:
    for element in elements:
        yield from _WRITERS[type(element)](element)


def _head_line(line: HeadLine) -> Iterator[str]:
    yield line.words


def _mark(mark: Mark) -> Iterator[str]:
    """One organ's name with 文件 on its line; the names of several with 文件 below them."""
    match mark.names:
        case (name,):
            yield name + mark.suffix
        case names:
            yield from (*names, mark.suffix)


def _reference(reference: Reference) -> Iterator[str]:
    yield reference.number
    yield f"签发人：{'　'.join(reference.signers)}" if reference.signers else ""


def _title(title: Title) -> Iterator[str]:
    yield one_line(title.text.title)


def _words_of(element: Recipients | Remark | Subtitle) -> Iterator[str]:
    yield element.words


def _of_paper(_: Cover | Contents) -> Iterator[str]:
    yield from ()


def _blocks(blocks: Blocks) -> Iterator[str]:
    """The blocks of a text, and after them its notes."""
    notes = numbered_notes(blocks.text)
    for block in blocks.text.blocks:
        if isinstance(block, SetTable):
            yield from _table(block)
        elif isinstance(block, SetPicture):
            yield _picture(block)
        else:
            yield _block(block, iter(notes[block.anchor]))
    yield _lines(f"{note.mark} {_clauses(note.content)}" for note in footnotes(blocks.text))


def _notes(notes: Notes) -> Iterator[str]:
    yield f"附件：{_lines(attachment.note for attachment in notes.attachments)}"


def _attendance(attendance: Attendance) -> Iterator[str]:
    yield _lines(f"{label}{names}" for label, names in attendance.lists)


def _signature(signature: Signature) -> Iterator[str]:
    names = ["　".join(words) for words in signature.signatories]
    yield _lines((*names, written(signature.date) if signature.date else None))


def _issued(issued: Issued) -> Iterator[str]:
    yield one_line(issued.text.title)
    yield from _written(issued.inner)


def _attached(attached: Attached) -> Iterator[str]:
    yield attached.attachment.label
    yield one_line(attached.attachment.content.title)
    yield from _written(attached.inner)


def _imprint(imprint: Imprint) -> Iterator[str]:
    day = f"{written(imprint.date)}印发" if imprint.date else ""
    yield _lines((*imprint.copies_lines, "　".join(filter(None, (imprint.organ, day)))))


_Marks = Iterator[NumberedNote]
"""The notes of a block whose marks were not written yet."""
_NO_MARKS: _Marks = iter(())


def _block(
    block: NumberedHeading | NumberedItem | SetParagraph | SetNameList, marks: _Marks
) -> str:
    match block:
        case NumberedHeading(form=LevelForm.ARTICLE):
            # An article's words are text: its number stands before the first of its clauses.
            return block.label + _clauses(block.content + (block.run_in or ()), marks)
        case NumberedHeading():
            heading = block.label + one_line(_words(block.content, marks))
            return _lines((heading, _clauses(block.run_in or (), marks)))
        case NumberedItem():
            return block.label + _clauses(block.content, marks)
        case SetParagraph():
            return _clauses(block.content, marks)
        case SetNameList():
            return _words(block.content)
        case _:
            assert_never(block)


def _rows(rows: Rows) -> Iterator[str]:
    yield from _table(rows.table)


def _shown(shown: Shown) -> Iterator[str]:
    yield _picture(shown.picture)


def _picture(picture: SetPicture) -> str:
    """What a picture shows, and below it what it is called."""
    return _lines((f"［图：{picture.words}］", files.caption(picture)))


def _enclosed(enclosed: Enclosed) -> Iterator[str]:
    yield files.enclosed(enclosed.file)


def _table(table: SetTable) -> Iterator[str]:
    """What stands above a table with its head, the rows group by group, and what stands below."""
    heads = (_head_row(table, cells) for cells in table.head)
    yield _lines((captions.heading(table), captions.unit(table), *heads))
    for group in table.groups:
        yield _lines(
            (_group(table, group), *(_row(table, row) for row in group.drawn(table.grouping)))
        )
    yield _lines(captions.below(table))


def _group(table: SetTable, group: RowGroup) -> str:
    """The line above a group; the name of its column stands in it where the table prints it."""
    if table.group_column is None or not group.label:
        return ""
    label = one_line(group.label) + _mark_of(group.rows[0].cells[table.group_column])
    if table.grouping is Grouping.HEADING_ROW:
        return label
    return f"{table.columns[table.group_column].name}：{label}"


def _head_row(table: SetTable, cells: Sequence[SetCell]) -> str:
    """A row of the head; what stands over the column of groups and others stands over those."""
    at = table.group_column
    words = _words_of_cells(cells)
    if at is not None and cells[at].columns > 1:
        words[at + 1] = words[at]
    return _places(table, words)


def _row(table: SetTable, row: SetRow) -> str:
    words = _words_of_cells(row.cells)
    if table.is_form:  # where its lines end something begins: 签字, 日期
        words = [each.replace("\n", "\u3000") for each in words]
    return _places(table, words)


def _words_of_cells(cells: Sequence[SetCell]) -> list[str]:
    """The words of each cell where it begins, and none in the other places that it takes."""
    return ["" if cell.is_covered else "；".join(cell.items) + _mark_of(cell) for cell in cells]


def _mark_of(cell: SetCell) -> str:
    return captions.mark(cell.note) if cell.note is not None else ""


def _places(table: SetTable, words: Iterable[str]) -> str:
    """Words between bars; those of a group stand above its rows."""
    own = (place for index, place in enumerate(words) if index != table.group_column)
    return " | ".join(one_line(place) for place in own).rstrip()


_MARKS_BELOW = re.compile(r"\n((?:\[[0-9]+\])+)\n?")


def _clauses(content: tuple[Inline, ...], marks: _Marks = _NO_MARKS) -> str:
    """A clause a line; the mark of a note behind the stop belongs to what the stop ends."""
    clauses = _lines(statements(_words(content, marks)))
    return _MARKS_BELOW.sub(r"\1\n", clauses).rstrip("\n") if any(notes_in(content)) else clauses


def _words(content: tuple[Inline, ...], marks: _Marks = _NO_MARKS) -> str:
    return "".join(_inline(inline, marks) for inline in content)


def _inline(inline: Inline, marks: _Marks) -> str:
    match inline:
        case Text(characters):
            return characters
        case Strong(content):
            return _words(content, marks)
        case Link(target, content):
            return f"{_words(content, marks)}<{target}>"
        case LineBreak():
            return "\n"
        case Raised(characters):
            return f"^{characters}^"
        case Lowered(characters):
            return f"~{characters}~"
        case Note():
            return next(marks).mark
        case _:
            assert_never(inline)


def _lines(lines: Iterable[str | None]) -> str:
    return "\n".join(line for line in lines if line)


_WRITERS: dict[type[Printed], Callable[[Any], Iterator[str]]] = {
    HeadLine: _head_line,
    Mark: _mark,
    Reference: _reference,
    Title: _title,
    Subtitle: _words_of,
    Cover: _of_paper,
    Contents: _of_paper,
    Recipients: _words_of,
    Blocks: _blocks,
    Notes: _notes,
    Attendance: _attendance,
    Signature: _signature,
    Remark: _words_of,
    Issued: _issued,
    Attached: _attached,
    Rows: _rows,
    Shown: _shown,
    Enclosed: _enclosed,
    Imprint: _imprint,
}
"""How each element is written."""
