"""An extract → the document that tells it, set on the bureau's form as any other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from publisher.extracts.extract import Extract, by_deadline
from publisher.extracts.tasks import AssignedTask
from publisher.model import (
    Block,
    Cell,
    Document,
    Item,
    Kind,
    LevelForm,
    Paragraph,
    Prose,
    Seal,
    Table,
    Text,
    one_line,
)
from publisher.words.collectives import is_collective

_RUN = 3
"""Neighbouring numbers, from which on the first and the last stand for all."""


def notice(extract: Extract, day: date | None) -> Document:
    """A notice to who does the tasks, of a day; what it says of them are the words of the table.

    It has no 发文字号, and without a `day` no 成文日期: the office gives it these where it wants.
    """
    source = extract.document
    organs = "、".join(organ.name for organ in source.issuers)
    return Document(
        slug=source.slug,
        bureau=source.bureau,
        body=Prose(
            title=f"{organs}关于做好《{source_title(source)}》{_whose(extract)}任务的通知",
            blocks=tuple(_blocks(extract)),
            levels=(LevelForm.PART,),
            attachments=tuple(_tables(extract)),
        ),
        kind=Kind.NOTICE,
        issuers=source.issuers,
        classification=source.classification,
        recipients=extract.owner or None,
        date=day,
        seal=Seal.UNSEALED,
        note="个人任务，只发本人，不公开" if extract.is_personal else None,
    )


def _whose(extract: Extract) -> str:
    return f"{extract.period.spoken}到期" if extract.period else "有关"


def source_title(document: Document) -> str:
    """What the tasks are of: the title of what the document issues, else its own."""
    text = document.issued[0] if document.issued else document.body
    return one_line(text.title)


def source_named(document: Document) -> str:
    """The same with the number of the document, in its marks."""
    number = f"（{document.number}）" if document.number else ""
    return f"《{source_title(document)}》{number}"


def _blocks(extract: Extract) -> Iterator[Block]:
    for words in lead(extract):
        yield _paragraph(words)
    items = [f"完成时限为“{words or '没有写'}”的，{count}项。" for words, count in counted(extract)]
    for words in items:
        yield Item(1, (Text(words),))
    for words in closing(extract):
        yield _paragraph(words)


def _paragraph(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def lead(extract: Extract) -> Iterator[str]:
    """What an extract is and how much it has, in sentences."""
    when = f"{extract.period.spoken}到期" if extract.period else ""
    who = f"由{extract.owner}承担" if extract.owner else ""
    said = "并".join(filter(None, (who, when)))
    shared = f"，其中与其他单位或人员共同承担{len(extract.shared)}项" if extract.shared else ""
    source = source_named(extract.document)
    yield f"{source}中{said}的任务共{len(extract.tasks)}项{shared}，见附件。"


def counted(extract: Extract) -> list[tuple[str, int]]:
    """How many tasks have each deadline."""
    return by_deadline(extract.tasks)


def closing(extract: Extract) -> Iterator[str]:
    """What is to be done, and what the extract leaves out."""
    yield "请按时限完成，并在进展表中填写状态、完成日期和说明后报送。"
    if extract.collective:
        names = dict.fromkeys(
            name for task in extract.collective for name in task.departments if is_collective(name)
        )
        yield (
            f"由{'、'.join(f'“{name}”' for name in names)}承担的任务{len(extract.collective)}项"
            f"（{serials(extract.collective)}）没有列入附件，涉及{extract.owner}的，请对照原表办理。"
        )


def serials(tasks: Sequence[AssignedTask]) -> str:
    """The numbers of tasks: 序号1至5、63."""
    runs: list[list[str]] = []
    for task in tasks:
        if runs and task.serial.isdecimal() and _follows(runs[-1][-1], task.serial):
            runs[-1].append(task.serial)
        else:
            runs.append([task.serial or "无"])
    named = (f"{run[0]}至{run[-1]}" if len(run) >= _RUN else "、".join(run) for run in runs)
    return f"序号{'、'.join(named)}"


def _follows(before: str, serial: str) -> bool:
    return before.isdecimal() and int(serial) == int(before) + 1


def _tables(extract: Extract) -> Iterator[Table]:
    """The rows of each table that are theirs, as they stand there."""
    tables = {id(task.table): task.table for task in extract.tasks}
    for table in tables.values():
        rows = tuple(
            replace(task.row, cells=tuple(map(_alone, task.row.cells)))
            for task in extract.tasks
            if task.table is table
        )
        title = f"{one_line(table.title) or source_title(extract.document)}（{extract.title}）"
        yield replace(table, title=title, rows=rows, heights=(), says_it_goes_on=False)


def _alone(cell: Cell) -> Cell:
    """A cell that is no part of another: the rows beside it may be elsewhere."""
    return replace(cell, merge=None)
