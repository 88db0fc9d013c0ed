"""An edition → its plain text, one clause a line, so that a plain diff is exact.

A clause ends at 。！？ and at ；, because the tasks of a plan are often joined by ； and each is
edited on its own. Numbers of headings stand on the headings' lines alone, and a group of table rows
is named once above them: a new section or another name for a group changes few lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, assert_never

from publisher.forms import (
    Attached,
    Attendance,
    Blocks,
    Contents,
    Cover,
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
    SetBlock,
    SetNameList,
    SetParagraph,
    SetRow,
    SetTable,
    Strong,
    Text,
    one_line,
)
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


def _cover(cover: Cover) -> Iterator[str]:
    day = written(cover.date) if cover.date else None
    yield _lines((one_line(cover.text.title), *cover.names, day))


def _contents(contents: Contents) -> Iterator[str]:
    words = (heading.label + _one_line(heading.content) for heading in contents.headings)
    yield _lines(("目录", *words))


def _blocks(blocks: Blocks) -> Iterator[str]:
    yield from (_block(block) for block in blocks.text.blocks)


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


def _block(block: SetBlock) -> str:
    match block:
        case NumberedHeading(form=LevelForm.ARTICLE):
            # An article's words are text: its number stands before the first of its clauses.
            return block.label + _clauses(block.content + (block.run_in or ()))
        case NumberedHeading():
            heading = block.label + _one_line(block.content)
            return _lines((heading, _clauses(block.run_in or ())))
        case NumberedItem():
            return block.label + _clauses(block.content)
        case SetParagraph() | SetNameList():
            return _clauses(block.content)
        case _:
            assert_never(block)


def _rows(rows: Rows) -> Iterator[str]:
    table = rows.table
    yield _cells(table, [column.name for column in table.columns])
    for group in table.groups:
        yield _lines(
            (_group(table, group), *(_row(table, row) for row in group.drawn(table.grouping)))
        )


def _group(table: SetTable, group: RowGroup) -> str:
    """The line above a group; the name of its column stands in it where the table prints it."""
    if table.group_column is None or not group.label:
        return ""
    if table.grouping is Grouping.HEADING_ROW:
        return one_line(group.label)
    return f"{table.columns[table.group_column].name}：{one_line(group.label)}"


def _row(table: SetTable, row: SetRow) -> str:
    return _cells(table, ["；".join(cell.items) for cell in row.cells])


def _cells(table: SetTable, words: Iterable[str]) -> str:
    own = (cell for index, cell in enumerate(words) if index != table.group_column)
    return " | ".join(one_line(cell) for cell in own).rstrip()


def _clauses(content: tuple[Inline, ...]) -> str:
    return _lines(statements(_words(content)))


def _one_line(content: tuple[Inline, ...]) -> str:
    return one_line(_words(content))


def _words(content: tuple[Inline, ...]) -> str:
    return "".join(_inline(inline) for inline in content)


def _inline(inline: Inline) -> str:
    match inline:
        case Text(characters):
            return characters
        case Strong(content):
            return _words(content)
        case Link(target, content):
            return f"{_words(content)}<{target}>"
        case LineBreak():
            return "\n"
        case Raised(characters):
            return f"^{characters}^"
        case Lowered(characters):
            return f"~{characters}~"
        case Note():
            return ""
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
    Cover: _cover,
    Contents: _contents,
    Recipients: _words_of,
    Blocks: _blocks,
    Notes: _notes,
    Attendance: _attendance,
    Signature: _signature,
    Remark: _words_of,
    Issued: _issued,
    Attached: _attached,
    Rows: _rows,
    Imprint: _imprint,
}
"""How each element is written."""
