"""An edition → its plain text, one clause a line, so that a plain diff is exact.

A clause ends at 。！？ and at ；, because the tasks of a plan are often joined by ； and each is
edited on its own. Numbers of headings stand on the headings' lines alone, and a group of table rows
is named once above them: a new section or another name for a group changes few lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

from publisher.model import (
    Document,
    Edition,
    Grouping,
    Inline,
    LevelForm,
    LineBreak,
    Link,
    NumberedHeading,
    RowGroup,
    Seal,
    SetAttachment,
    SetBlock,
    SetParagraph,
    SetRow,
    SetTable,
    SetText,
    Strong,
    Text,
    one_line,
)
from publisher.renderers import typesetting

_CLAUSE = re.compile(r"[^。！？；\n]*(?:[。！？；]+[”’」』）》〉】]*)+|[^。！？；\n]+")


def render(edition: Edition) -> dict[str, bytes]:
    """`document.txt`: UTF-8, blocks in reading order with a blank line between, ended by a newline.

    A link is followed by its address in `<>`, since a changed address is a change.
    """
    blocks = (block for block in _document(edition) if block)
    return {"document.txt": ("\n\n".join(blocks) + "\n").encode()}


def _document(edition: Edition) -> Iterator[str]:
    document = edition.document
    yield _lines(_head(edition))
    yield one_line(edition.body.title) if typesetting.has_title(edition) else ""
    yield typesetting.recipients(document)
    yield from _own_text(edition.body)
    yield _lines(f"{label}{names}" for label, names in typesetting.attendance(document))
    yield _lines(_signature(document))
    yield f"（{document.note}）" if document.note else ""
    for text in edition.issued:
        yield one_line(text.title)
        yield from _whole_text(text)
    yield from _attachments(edition.body)
    yield _lines(_imprint(edition))


def _head(edition: Edition) -> Iterator[str | None]:
    document = edition.document
    yield from (words for _, words in typesetting.registry(document))
    yield from _mark(edition)
    yield document.number
    signers = typesetting.signers(document)
    yield f"签发人：{'　'.join(signers)}" if signers else None


def _mark(edition: Edition) -> tuple[str, ...]:
    """One organ's name with 文件 on its line; the names of several with 文件 below them."""
    match edition.mark:
        case (name,):
            return (name + edition.mark_suffix,)
        case names:
            return (*names, edition.mark_suffix)


def _signature(document: Document) -> Iterator[str | None]:
    if document.seal is Seal.SIGNATURE_STAMP:
        yield "　".join(filter(None, (document.stamp_title, document.stamp_name)))
    else:
        yield from (organ.name for organ in document.issuers)
    yield typesetting.printed_date(document.date) if document.date else None


def _imprint(edition: Edition) -> Iterator[str]:
    document = edition.document
    yield from (words for _, words in typesetting.imprint_lists(edition, moved=False))
    if not typesetting.prints_printing(edition):
        return
    printed = (
        f"{typesetting.printed_date(document.printing_date)}印发"
        if document.printing_date
        else None
    )
    yield "　".join(filter(None, (document.printing_organ, printed)))


def _own_text(text: SetText) -> Iterator[str]:
    """The blocks of a text, and what it says about its attachments."""
    yield from (_block(block) for block in text.blocks)
    notes = [attachment.note for attachment in text.attachments]
    yield f"附件：{_lines(notes)}" if notes else ""


def _whole_text(text: SetText) -> Iterator[str]:
    yield from _own_text(text)
    yield from _attachments(text)


def _attachments(text: SetText) -> Iterator[str]:
    for attachment in text.attachments:
        yield from _attachment(attachment)


def _attachment(attachment: SetAttachment) -> Iterator[str]:
    yield attachment.label
    yield one_line(attachment.content.title)
    match attachment.content:
        case SetText() as text:
            yield from _whole_text(text)
        case SetTable() as table:
            yield from _table(table)
        case content:
            assert_never(content)


def _block(block: SetBlock) -> str:
    match block:
        case NumberedHeading(form=LevelForm.ARTICLE):
            # An article's words are text: its number stands before the first of its clauses.
            return block.label + _clauses(block.content + (block.run_in or ()))
        case NumberedHeading():
            heading = block.label + _one_line(block.content)
            return _lines((heading, _clauses(block.run_in or ())))
        case SetParagraph():
            return _clauses(block.content)
        case _:
            assert_never(block)


def _table(table: SetTable) -> Iterator[str]:
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
    own = (one for index, one in enumerate(words) if index != table.group_column)
    return " | ".join(one_line(one) for one in own).rstrip()


def _clauses(content: tuple[Inline, ...]) -> str:
    return _lines(clause.strip() for clause in _CLAUSE.findall(_words(content)))


def _one_line(content: tuple[Inline, ...]) -> str:
    return one_line(_words(content))


def _words(content: tuple[Inline, ...]) -> str:
    return "".join(_inline(one) for one in content)


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
        case _:
            assert_never(inline)


def _lines(lines: Iterable[str | None]) -> str:
    return "\n".join(line for line in lines if line)
