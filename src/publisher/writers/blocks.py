"""Blocks of a text → lines of Markdown, each block below an empty line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from publisher.model import (
    Block,
    Heading,
    Inline,
    Item,
    Link,
    NameList,
    Note,
    Paragraph,
    Picture,
    Strong,
    Table,
    Text,
)
from publisher.readers.inline import NOTE
from publisher.readers.named_files import named_file
from publisher.words.numbering import typed
from publisher.writers.inline import SOFT, markdown
from publisher.writers.marks import Marks
from publisher.writers.numbers import width
from publisher.writers.tables import WrittenTable, bars, written
from publisher.writers.yaml import Keys, in_line

_INDENT = 3
"""By how many blanks what belongs to an item is set in."""
_BEGINNING = re.compile(
    r"(?P<number>[0-9]{1,3})(?=[.)][ \t])|(?=#|[:：]\s|\||[-*+]\s|>|```|~~~|!\["
    r"|(?:-{3,}|\*{3,}|_{3,})\s*$)"
)
"""At the beginning of a line, what makes it other than one of a paragraph."""
_ATTRIBUTES = re.compile(r"\{(?=[#.][^{}]*\}$)")
_CALLS_AND_COLON = re.compile(rf"({NOTE}):")
_NUMBERED = re.compile(typed())
_LINE_END = "\\\n"


@dataclass(slots=True)
class TextFiles:
    """How the tables and pictures of a text get files: what each is called in it."""

    table: Callable[[Table, WrittenTable], str]
    picture: Callable[[Picture], str]


@dataclass(slots=True)
class BlockWriter:
    """Writes the blocks of one text, whose notes it names and whose items it counts."""

    files: TextFiles
    names: dict[int, tuple[str, Note]] = field(default_factory=dict)
    """Of notes, by their identity: each is called once, though two may say the same."""
    notes: list[str] = field(default_factory=list)
    """The lines that define them."""
    given: list[str] = field(default_factory=list)
    """Names that the next notes have already, in their order; empty of those that have none."""
    taken: set[str] = field(default_factory=set)
    """Names that no other note may have."""

    def lines(self, blocks: Sequence[Block]) -> list[str]:
        """The lines of all blocks, those of their notes at the end."""
        marks = Marks.of(blocks)
        made: list[str] = []
        for index, block in enumerate(blocks):
            indent = " " * _INDENT * marks.depth_at(index)
            made += [*([""] if made else []), *self.block(block, indent, marks.mark_at(index))]
        return [*made, *([""] if made and self.notes else []), *self.notes]

    def block(self, block: Block, indent: str = "", mark: int = 1) -> list[str]:
        """The lines of a block; `mark` is the number of an item."""
        match block:
            case Heading():
                words = self.one_line(block.content)
                behind = attributes(block.identifier, stands_alone=block.stands_alone)
                return [f"{'#' * block.level} {words}{behind}"]
            case Paragraph():
                return [indent + line if line else line for line in self.words(block.content)]
            case Item():
                lines = self.words(block.content, attributes(block.identifier))
                further = [f"{indent}{' ' * _INDENT}{line}" for line in lines[1:]]
                return [f"{indent}{mark}. {lines[0]}", *further]
            case NameList():
                return [indent + line for line in self._names(block)]
            case Table():
                return [indent + line for line in self._table(block)]
            case Picture():
                return [indent + line for line in self._picture(block)]

    # -- words ----------------------------------------------------------------------------

    def markdown(self, content: Sequence[Inline]) -> str:
        """The words of a paragraph, in which each note has a name."""
        return markdown(_of_its_own(content), self.name)

    def words(self, content: Sequence[Inline], behind: str = "") -> list[str]:
        """The lines of a paragraph: one a sentence, where nothing but that says it."""
        lines = [
            line for piece in self.markdown(content).split("\n") for line in at_sentences(piece)
        ]
        lines[-1] = _ATTRIBUTES.sub(r"{\\", lines[-1]) + behind
        return [as_line(line) for line in lines]

    def one_line(self, content: Sequence[Inline]) -> str:
        """The words of what has one line."""
        words = self.markdown(content).replace(SOFT, "").replace(_LINE_END, "")
        return _ATTRIBUTES.sub(r"{\\", words)

    def name(self, note: Note) -> str:
        """The name of a note; its words are written where it is first named."""
        if id(note) not in self.names:
            name = self.given.pop(0) if self.given else ""
            if name:
                self.names[id(note)] = name, note
                return name
            name = next(name for name in map(str, count(1)) if name not in self.taken)
            self.taken.add(name)
            self.names[id(note)] = name, note
            self.notes += self.definition(name, note)
        return self.names[id(note)][0]

    def definition(self, name: str, note: Note) -> list[str]:
        """The lines that define a note."""
        first, *behind = self.markdown(note.content).replace(SOFT, "").split("\n")
        return [f"[^{name}]: {first}", *(f"  {line}" for line in behind)]

    def _names(self, block: NameList) -> list[str]:
        made = []
        for group in block.groups:
            made.append(as_line(self.one_line((Text(group.label),))))
            for entry in group.entries:
                made.append(f": {self.one_line((Text(entry.words),))}")
        return made

    # -- tables and pictures --------------------------------------------------------------

    def _table(self, table: Table) -> list[str]:
        lines = None if table.place.file.endswith(".csv") else bars(table)
        if lines is not None:
            return lines
        made = written(table)
        name = self.files.table(table, made)
        is_said = bool(re.search(r"[\[\]\n]", table.title))
        title: Keys = {"标题": table.title} if is_said else {}
        return [_naming("" if is_said else table.title, name), *_braces({**title, **made.keys})]

    def _picture(self, picture: Picture) -> list[str]:
        name = self.files.picture(picture)
        words = picture.words.translate(_NO_BRACKETS)
        keys: Keys = {}
        if picture.width is not None:
            keys["宽"] = width(picture.width)
        if picture.is_turned:
            keys["旋转"] = "是"
        return [_naming(words, name, picture.title), *_braces(keys)]


_NO_BRACKETS = str.maketrans("[]", "〔〕")
"""Between square brackets there can be none."""


def _of_its_own(content: Sequence[Inline]) -> tuple[Inline, ...]:
    """The same, each note an object that stands nowhere else."""
    made: list[Inline] = []
    for inline in content:
        match inline:
            case Note():
                made.append(replace(inline))
            case Strong(inner):
                made.append(Strong(_of_its_own(inner)))
            case Link(target, inner):
                made.append(Link(target, _of_its_own(inner)))
            case _:
                made.append(inline)
    return tuple(made)


def _naming(words: str, name: str, title: str = "") -> str:
    """A line that names a file."""
    behind = f' "{title}"' if title else ""
    line = f"![{words}]({name}{behind})"
    named = named_file(line)
    is_right = named is not None and (named.name, named.title) == (name, title)
    return line if is_right else f"![{words}](<{name}>{behind})"


def _braces(keys: Keys) -> list[str]:
    return [in_line(dict(keys))] if keys else []


def attributes(identifier: str | None, *, stands_alone: bool = False) -> str:
    """What stands in braces behind a heading or an item, with the blank before it."""
    parts = [f"#{identifier}"] if identifier else []
    parts += [".独行"] if stands_alone else []
    return f" {{{' '.join(parts)}}}" if parts else ""


def as_line(line: str) -> str:
    """A line of a paragraph, with a backslash where its beginning would make it something else."""
    if match := _CALLS_AND_COLON.match(line):
        return f"{match[1]}\\{line[match.end(1) :]}"
    match = _BEGINNING.match(line)
    if match is None:
        return line
    at = match.end()
    return f"{line[:at]}\\{line[at:]}"


def at_sentences(line: str, *, is_whole: bool = False) -> list[str]:
    """The lines of what ends a line anyway, parted where a sentence ends."""
    first, *behind = line.split(SOFT)
    lines = [first]
    for piece in behind:
        if is_whole or _NUMBERED.match(piece) or as_line(piece) != piece:
            lines[-1] += piece
        else:
            lines.append(piece)
    return lines
