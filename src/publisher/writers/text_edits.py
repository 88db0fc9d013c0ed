"""A text as its author typed it, its blocks and what they are to be → its new lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from publisher.model import (
    Block,
    Heading,
    Item,
    NameList,
    Note,
    Paragraph,
    Picture,
    Place,
    Table,
    notes_in,
)
from publisher.readers.notes import NoteTexts
from publisher.readers.text_pictures import begins_picture
from publisher.readers.text_tables import KeyedLines, begins_table
from publisher.writers.block_pairs import Extent, block_pairs, said
from publisher.writers.blocks import BlockWriter, as_line, attributes
from publisher.writers.inline import SOFT
from publisher.writers.marks import Marks
from publisher.writers.paragraph_edits import edited_lines
from publisher.writers.table_edits import edited_bars
from publisher.writers.tables import written
from publisher.writers.yaml_edits import NotInPlaceError

_DEFINES = re.compile(r"\[\^([^\[\]\s]+)\]:")
_CALLED = re.compile(r"\[\^([^\[\]\s]+)\]")


@dataclass(slots=True)
class TextEditor:
    """Changes the lines of one text."""

    lines: list[str]
    first: int
    """Which of them the first below the front matter is, from 0."""
    writer: BlockWriter
    cuts: list[tuple[int, int, list[str]]] = field(default_factory=list)
    _names_given: list[str] = field(default_factory=list)

    def edit(self, old: Sequence[Block], new: Sequence[Block]) -> list[str]:
        """All lines of the file, changed so that they say the new blocks; NotInPlaceError."""
        extents = self._extents(old)
        self.writer.taken |= {name for line in self.lines for name in _CALLED.findall(line)}
        pairs = block_pairs(old, new)
        self._take_out(old, {before for before, _ in pairs}, extents)
        self._put_in(old, new, pairs, extents)
        for before, after in pairs:
            if said(old[before]) != said(new[after]):
                self._change(old[before], new[after], extents[before])
        self._define()
        return self._result()

    def _result(self) -> list[str]:
        made, at = [], 0
        for start, end, lines in sorted(self.cuts, key=lambda cut: cut[:2]):
            if start < at:
                raise NotInPlaceError
            made += [*self.lines[at:start], *lines]
            at = end
        return _without_uncalled([*made, *self.lines[at:]], _called(self.lines))

    # -- where blocks stand ---------------------------------------------------------------

    def _extents(self, blocks: Sequence[Block]) -> list[Extent]:
        made: list[Extent] = []
        at = self.first
        for block in blocks:
            made.append(self._extent(block, at))
            at = made[-1][1]
        return made

    def _extent(self, block: Block, at: int) -> Extent:
        if isinstance(block, Table | Picture):
            return self._keyed_extent(block, at)
        if not block.lines:
            raise NotInPlaceError
        return block.lines[0][1].line - 1, block.lines[-1][1].line

    def _keyed_extent(self, block: Table | Picture, at: int) -> Extent:
        """Of a table or picture: from the next line that names one, to the end of its keys."""
        begins = begins_table if isinstance(block, Table) else begins_picture
        start = next((n for n in range(at, len(self.lines)) if begins(self.lines[n].strip())), None)
        if start is None:
            raise NotInPlaceError
        keyed = KeyedLines()
        end = start
        while end < len(self.lines) and self.lines[end].strip():
            if not keyed.take(self.lines[end].strip(), Place("", end + 1)):
                break
            end += 1
        return start, end

    # -- blocks that come and go ------------------------------------------------------------

    def _take_out(self, old: Sequence[Block], kept: set[int], extents: Sequence[Extent]) -> None:
        for index, block in enumerate(old):
            if index not in kept:
                start, end = extents[index]
                is_parted = start == self.first or not self.lines[start - 1].strip()
                while is_parted and end < len(self.lines) and not self.lines[end].strip():
                    end += 1
                self.cuts.append((start, end, []))
                for note in notes_in(block.content):
                    self._drop_note(note)

    def _put_in(
        self,
        old: Sequence[Block],
        new: Sequence[Block],
        pairs: Sequence[tuple[int, int]],
        extents: Sequence[Extent],
    ) -> None:
        marks = Marks.of(new)
        counterpart = {after: before for before, after in pairs}
        moved = {said(block): n for n, block in enumerate(old)}
        below: dict[int, list[str]] = {}
        before = -1
        for index, block in enumerate(new):
            if index in counterpart:
                before = counterpart[index]
                continue
            indent = " " * 3 * marks.depth_at(index)
            same = moved.get(said(block))
            if same is not None and not any(notes_in(block.content)):
                start, end = extents[same]
                lines = self.lines[start:end]
            else:
                lines = self.writer.block(
                    block, indent, self._mark(old, before, block, marks, index)
                )
            is_close = self._is_close(old, before, extents) and isinstance(block, Item)
            below.setdefault(before, []).extend(lines if is_close else ["", *lines])
        for before, lines in below.items():
            if before >= 0:
                at = extents[before][1]
                is_close = at < len(self.lines) and bool(self.lines[at].strip() and lines[0] == "")
                self.cuts.append((at, at, [*lines, ""] if is_close else lines))
            else:
                at = extents[0][0] if extents else self._top()
                self.cuts.append((at, at, [*lines[1:], ""] if extents else lines[1:]))

    def _is_close(self, old: Sequence[Block], before: int, extents: Sequence[Extent]) -> bool:
        """Whether a block is an item, and what follows it stands right below it."""
        if before < 0 or not isinstance(old[before], Item):
            return False
        at = extents[before][1]
        return at < len(self.lines) and bool(self.lines[at].strip())

    def _top(self) -> int:
        """Where the first block of a text without any stands."""
        at = self.first
        while at < len(self.lines) and not self.lines[at].strip():
            at += 1
        return at

    def _mark(
        self, old: Sequence[Block], before: int, block: Block, marks: Marks, index: int
    ) -> int:
        """The number of a new item: where their author counts, that behind the one before."""
        if not isinstance(block, Item) or block.begins_anew:
            return marks.mark_at(index)
        for earlier in reversed(old[: before + 1]):
            if isinstance(earlier, Heading):
                break
            if isinstance(earlier, Item) and earlier.depth == block.depth:
                typed = self.lines[earlier.place.line - 1].strip()
                number = int(re.match("[0-9]+", typed)[0])  # type: ignore[index]
                return number + 1 if self._counts(old) else 1
        return marks.mark_at(index)

    def _counts(self, old: Sequence[Block]) -> bool:
        items = (block for block in old if isinstance(block, Item))
        return any(not self.lines[item.place.line - 1].strip().startswith("1") for item in items)

    # -- blocks that change -----------------------------------------------------------------

    def _change(self, old: Block, new: Block, extent: Extent) -> None:
        start, end = extent
        match old, new:
            case Paragraph(), Paragraph():
                lines = self._words(old, new, "", "", extent)
            case Item(), Item():
                behind = [attributes(each.identifier) for each in (old, new)]
                lines = self._words(old, new, behind[0], behind[1], extent)
            case Heading(), Heading():
                lines = self._heading(old, new, extent)
            case NameList(), NameList():
                lines = self._names(old, new, extent)
            case Table(), Table() if not old.place.file.endswith(".csv"):
                notes = NoteTexts(self.lines)
                lines = edited_bars(self.lines[start:end], start, old, new, notes) or self._anew(
                    new, extent
                )
            case Table(), Table() if _is_named_alike(old, new):
                self.writer.files.table(new, written(new))
                return
            case _:
                lines = self._anew(new, extent)
        self.cuts.append((start, end, lines))

    def _anew(self, block: Block, extent: Extent) -> list[str]:
        line = self.lines[extent[0]]
        indent = line[: len(line) - len(line.lstrip())]
        mark = re.match(r"\s*([0-9]+)[.)]", line)
        return self.writer.block(block, indent, int(mark[1]) if mark else 1)

    def _words(
        self, old: Paragraph | Item, new: Paragraph | Item, was: str, behind: str, extent: Extent
    ) -> list[str]:
        """The lines of a paragraph or item, those of sentences that did not change as they were."""
        if old.depth != new.depth or getattr(old, "begins_anew", 0) != getattr(
            new, "begins_anew", 0
        ):
            raise NotInPlaceError
        before, after = self._markdowns(old, new)
        raw = self.lines[slice(*extent)]
        made = edited_lines(old.lines, before, after)
        if made is None:
            self.writer.given = self._names_given
            return self._anew(new, extent)
        first, last, middle = made
        heads = [line[: place.column - 1] for line, (_, place) in zip(raw, old.lines, strict=True)]
        indent = heads[1] if len(heads) > 1 else " " * len(heads[0])
        tail = raw[-1][len(heads[-1]) + len(old.lines[-1][0]) :]
        lines = [indent + as_line(line) for line in middle]
        if first == 0 and middle:
            lines[0] = heads[0] + (middle[0] if isinstance(old, Item) else as_line(middle[0]))
        lines = [*raw[:first], *lines, *raw[last:]]
        if first == 0 and not middle and lines:  # the first line is one that stood below it
            lines[0] = heads[0] + lines[0].lstrip()
        if was != behind or last == len(raw):
            end = tail if was == behind else behind
            body = lines[-1].removesuffix(tail) if last < len(raw) and tail else lines[-1]
            lines[-1] = body.rstrip() + end if end.strip() else body
        return lines

    def _markdowns(self, old: Block, new: Block) -> tuple[str, str]:
        """Both versions as Markdown, notes of both by the name that they have in the file."""
        names = self._note_names(old)
        kept = _paired_notes(list(notes_in(old.content)), list(notes_in(new.content)))
        self._names_given = [names[n] if n is not None else "" for n in kept]
        for n, note in enumerate(notes_in(old.content)):
            if n not in kept:
                self._drop_note(note)
        notes = list(notes_in(old.content))
        for at, note in zip(kept, notes_in(new.content), strict=True):
            if at is not None and notes[at] != note:
                start, end = self._definition(notes[at])
                self.cuts.append((start, end, self.writer.definition(names[at], note)))
        self.writer.given = list(names)
        before = self.writer.markdown(old.content)
        self.writer.given = list(self._names_given)
        return before, self.writer.markdown(new.content)

    def _heading(self, old: Heading, new: Heading, extent: Extent) -> list[str]:
        line = self.lines[extent[0]]
        (title, place), *_ = old.lines
        after = self._markdowns(old, new)[1]
        words = after.replace(SOFT, "")
        head, tail = line[: place.column - 1], line[place.column - 1 + len(title) :]
        if old.level != new.level:
            head = head.replace("#" * old.level, "#" * new.level)
        if (old.identifier, old.stands_alone) != (new.identifier, new.stands_alone):
            tail = attributes(new.identifier, stands_alone=new.stands_alone)
        same = old.content == new.content
        return [head + (title if same else words) + tail]

    def _names(self, old: NameList, new: NameList, extent: Extent) -> list[str]:
        typed, wanted = _tokens(old), _tokens(new)
        at = [line - 1 for _, line in typed]
        ends = [*at[1:], extent[1]]
        made: list[str] = []
        canonical = iter(self._anew(new, extent))
        written = [next(canonical) for _ in wanted]
        said = [[token for token, _ in side] for side in (typed, wanted)]
        matcher = SequenceMatcher(None, said[0], said[1], autojunk=False)
        for kind, i, j, k, m in matcher.get_opcodes():
            if kind == "equal":
                made += self.lines[at[i] : ends[j - 1]]
            else:
                made += written[k:m]
        return made

    # -- notes ------------------------------------------------------------------------------

    def _note_names(self, block: Block) -> list[str]:
        names = []
        for note in notes_in(block.content):
            start, _ = self._definition(note)
            match = _DEFINES.match(self.lines[start])
            if match is None:
                raise NotInPlaceError
            names.append(match[1])
        return names

    def _definition(self, note: Note) -> Extent:
        if not note.lines:
            raise NotInPlaceError
        return note.lines[0][1].line - 1, note.lines[-1][1].line

    def _drop_note(self, note: Note) -> None:
        start, end = self._definition(note)
        while end < len(self.lines) and not self.lines[end].strip() and not self.lines[start - 1]:
            end += 1
        self.cuts.append((start, end, []))

    def _define(self) -> None:
        """The notes that are new, below all else."""
        if self.writer.notes:
            end = len(self.lines)
            while end > self.first and not self.lines[end - 1].strip():
                end -= 1
            is_definition = end > self.first and bool(_DEFINES.match(self.lines[end - 1]))
            between = [] if is_definition else [""]
            self.cuts.append((end, end, [*between, *self.writer.notes]))


def _called(lines: Sequence[str]) -> set[str]:
    """The names of the notes whose marks stand in lines."""
    return {name for line in lines for name in _CALLED.findall(_DEFINES.sub("", line, count=1))}


def _without_uncalled(lines: list[str], before: set[str]) -> list[str]:
    """The lines without the definitions of notes whose marks are gone, as with cells."""
    notes = NoteTexts(lines)
    gone: set[int] = set()
    for name in before - _called(lines):
        for _, place in notes.called(name) or ():
            gone.add(place.line - 1)
            if place.line < len(lines) and not lines[place.line].strip():
                gone.add(place.line)
    return [line for number, line in enumerate(lines) if number not in gone]


def _is_named_alike(old: Table, new: Table) -> bool:
    """Whether a text says the same of both beside their cells."""
    return old.title == new.title and written(old).keys == written(new).keys


def _paired_notes(old: Sequence[Note], new: Sequence[Note]) -> list[int | None]:
    """For each of the new notes which of the old ones it is."""
    left = list(range(len(old)))
    made: list[int | None] = []
    for note in new:
        same = next((n for n in left if old[n] == note), None)
        made.append(same)
        if same is not None:
            left.remove(same)
    if len(old) == len(new):
        made = [left.pop(0) if n is None else n for n in made]
    return made


def _tokens(names: NameList) -> list[tuple[tuple[str, str], int]]:
    """Labels and entries of a list of names, and the line of each."""
    return [
        token
        for group in names.groups
        for token in (
            (("", group.label), group.place.line),
            *(((entry.name or "-", entry.office), entry.place.line) for entry in group.entries),
        )
    ]
