"""Lists of names → labels without names, names without labels, labels and persons that repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.checks.lines import HAN
from publisher.checks.review import review
from publisher.diagnostics import Finding
from publisher.model import Block, Document, NameGroup, NameList, Paragraph, Place, Prose, plain
from publisher.words.names import NAME_LABEL

_PERSON = re.compile(f"[{HAN}]{{2,4}}")


def label_without_names(document: Document) -> Iterator[Finding]:
    """A label of a list of names, as 副组长, stands beside the list with nobody below it.

    It is printed as a paragraph. Write its names below it, each as `: name　office`, or delete it.
    """
    for text in document.proses:
        for block in _beside_lists(text):
            words = plain(block.content).strip()
            if NAME_LABEL.fullmatch(words):
                yield review(
                    "label_without_names",
                    block.place,
                    f"“{words}”下面没有姓名，会印成普通的段落",
                    "请在下面每人一行写“: 姓名　职务”；没有人选的，请删去这一行。",
                )


def _beside_lists(text: Prose) -> Iterator[Paragraph]:
    """The paragraphs right before and after lists of names."""
    blocks = (None, *text.blocks, None)
    for before, block, after in zip(blocks, blocks[1:], blocks[2:], strict=False):
        is_beside = isinstance(before, NameList) or isinstance(after, NameList)
        if is_beside and isinstance(block, Paragraph):
            yield block


def name_without_label(document: Document) -> Iterator[Finding]:
    """A line is written as an entry of a list of names, `: name　office`, and no label is above it.

    It is printed as a paragraph, colon and all. Write the label, as 组长, on the line above. The
    first of lines that follow one another is told.
    """
    for text in document.proses:
        was_entry = False
        for block in text.blocks:
            entries = [] if isinstance(block, NameList) else _typed_entries(block)
            if entries and not was_entry:
                yield review(
                    "name_without_label",
                    entries[0],
                    "这一行以冒号开头，上面没有名单的标签",
                    "请在上面单独写一行标签，例如“组长”；不是名单的，请删去行首的冒号。",
                )
            was_entry = bool(entries)


_ENTRY = re.compile(f"[:：]\\s*[{HAN}]")


def _typed_entries(block: Block) -> list[Place]:
    """Where the lines of a block begin that are written as entries."""
    return [place for line, place in block.lines if _ENTRY.match(line)]


def repeated_label(document: Document) -> Iterator[Finding]:
    """The same label stands twice in a list of names.

    A list has each label once, with all its names below it. Join the two, or mend the second: often
    副组长 was meant.
    """
    for names in _lists(document):
        seen: dict[str, NameGroup] = {}
        for group in names.groups:
            first = seen.setdefault(group.label, group)
            if first is not group:
                yield review(
                    "repeated_label",
                    group.place,
                    f"标签“{group.label}”与第 {first.place.line} 行的相同",
                    "请并成一处；不是同一种的，请改正标签。",
                )


def repeated_person(document: Document) -> Iterator[Finding]:
    """The same person stands twice below one label of a list of names.

    One of the two was copied and not changed, or put in twice. Persons of the same name with other
    offices may well be two; the same name below another label is not meant.
    """
    for names in _lists(document):
        for group in names.groups:
            lines: dict[str, int] = {}
            for entry in group.entries:
                line = lines.setdefault(entry.name, entry.place.line)
                if line != entry.place.line and _PERSON.fullmatch(entry.name):
                    yield review(
                        "repeated_person",
                        entry.place,
                        f"“{entry.name}”在“{group.label}”下写了两次（前面在第 {line} 行）",
                        "请删去重复的；同名的两个人，可以保留。",
                    )


def _lists(document: Document) -> Iterator[NameList]:
    for text in document.proses:
        yield from (block for block in text.blocks if isinstance(block, NameList))
