"""Structured Markdown → blocks that know their lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from publisher.diagnostics import Finding
from publisher.limits import MOST_BLOCKS, MOST_PARAGRAPH, MOST_TEXT
from publisher.model import Block, Heading, Item, Link, NameList, Paragraph, Place, plain
from publisher.readers import findings
from publisher.readers.inline import CALL, InlineReader
from publisher.readers.item_marks import ItemMarks
from publisher.readers.name_lists import NameLines, label_of, parts_at_comma
from publisher.readers.notes import NoteTexts, joined
from publisher.readers.records import TablesLeft
from publisher.readers.text_pictures import OpenPicture, TextPictures, begins_picture
from publisher.readers.text_tables import KeyedLines, OpenTable, TextTables, begins_table
from publisher.words.numbering import typed

_HEADING = re.compile(r"(#+)(?:\s+(.*))?")
_ATTRIBUTES = re.compile(r"\s*\{([#.][^{}]*)\}$")
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_ALONE = "独行"
"""The class of a heading that no paragraph continues."""

_ITEM = re.compile(r"([0-9]{1,3})[.)][ \t]\s*(?=\S)")
_NAME = re.compile(r"[:：]\s+(?=\S)")
"""Before an entry of a list of names."""
_INSIDE = 2
"""By how many columns what belongs to an item is set in from its mark, at least."""
_TAB = 4
_NUMBERED = re.compile(typed())
"""Before what somebody means to be a heading or an item of its own."""

_WIDE, _USUAL_INDENT = "\u3000", 2
"""The wide blank, and how many of them begin a paragraph that is typed as it is printed."""

_BULLETS = "列表"
# Markdown that is kept as text, each with its name for the user and what to do instead.
_UNSUPPORTED = (
    (
        re.compile(r"[-*+]\s"),
        _BULLETS,
        "公文的条目都有序号：请改写成“1. ”开头的一段，印出的序号由程序编排；是标题的用 # 至 ####。",
    ),
    (re.compile(r">"), "引用", "请去掉“>”，写成普通的一段。"),
    (re.compile(r"```|~~~"), "代码", "请删去这一行。"),
    (
        re.compile(r"(?:-{3,}|={3,}|\*{3,}|_{3,})\s*$"),
        "分隔线",
        "请删去这一行；段落之间空一行即可。",
    ),
)


@dataclass(slots=True)
class TextLeft:
    """How much more text a document may have."""

    characters: int = MOST_TEXT
    blocks: int = MOST_BLOCKS


def read_blocks(
    lines: Iterable[str],
    file: str,
    first_line: int = 1,
    left: TextLeft | None = None,
    open_table: OpenTable | None = None,
    tables_left: TablesLeft | None = None,
    open_picture: OpenPicture | None = None,
) -> tuple[tuple[Block, ...], list[Finding]]:
    """Blocks of a text, and findings; `first_line` is the number of the first of `lines`.

    The files of tables and pictures that the text names are read by `open_table` and
    `open_picture`.

    No blocks where there are more of them, or more characters, than are `left`; that is then not
    lessened.
    """
    left = left or TextLeft()
    lines = list(lines)
    notes = NoteTexts(lines, file, first_line)
    tables = TextTables(notes, open_table or (lambda _name, _place: None))
    tables.left = tables_left or tables.left
    pictures = TextPictures(open_picture or (lambda _name, _place: None))
    reader = _Reader(file, notes, tables, pictures)
    characters = 0
    for number, line in enumerate(lines, first_line):
        reader.take(line, number)
        characters += len(line)
        if characters > left.characters or len(reader.blocks) > left.blocks:
            return (), [*reader.all_faults, _too_long(Place(file, number))]
    reader.end()
    left.characters -= characters
    left.blocks -= len(reader.blocks)
    return tuple(reader.blocks), reader.all_faults


def _too_long(place: Place) -> Finding:
    most = f"{MOST_TEXT} 字、{MOST_BLOCKS} 个段落和标题"
    return findings.beyond_limit(
        place, "一份公文的文字", most, "请核对是否放错了文件，或分成几份公文。"
    )


@dataclass(frozen=True, slots=True)
class _Attributes:
    """What an author wrote in braces behind a heading or an item."""

    identifier: str | None = None
    stands_alone: bool = False


class _Reader:
    """Collects lines into blocks."""

    def __init__(
        self, file: str, notes: NoteTexts, tables: TextTables, pictures: TextPictures
    ) -> None:
        self.file = file
        self.blocks: list[Block] = []
        self._faults: list[Finding] = []
        self._notes = notes
        self._tables = tables
        self._pictures = pictures
        self._keyed: KeyedLines | None = None
        """The table or picture that is being read."""
        self._inline = InlineReader(notes)
        self._marks = ItemMarks()
        self._pending: list[tuple[str, Place]] = []
        """The lines of the paragraph or item that is being read."""
        self._item: int | None = None
        """The depth of the item that they are the beginning of."""
        self._begins_anew = False
        """Whether its number is the first again."""
        self._depth = 0
        """Of the item that they belong to."""
        self._open: list[int] = []
        """The columns of the marks of the items that lines may still belong to."""
        self._names: NameLines | None = None
        """The list of names that is being read."""
        self._name_column = 0
        """Where its latest entry begins."""
        self._unsupported: tuple[str, int] | None = None
        """What was not supported last, and its line; of a list, the number of the next block."""
        self._numbered: list[Place] = []
        """Lines of paragraphs begun that begin with a number."""
        self._joined: list[Place] = []
        self._shifted: list[Place] = []
        """Lines that begin with wide blanks: of paragraphs begun, and the first of their own."""

    @property
    def all_faults(self) -> list[Finding]:
        """All findings so far."""
        return [*self._faults, *self._inline.faults, *self._tables.faults, *self._pictures.faults]

    def take(self, line: str, number: int) -> None:
        """Add the next line."""
        words = line.strip()
        place = Place(self.file, number, len(line) - len(line.lstrip()) + 1)
        if self._keyed and words and self._keyed.take(words, place):
            return
        self._end_keyed()
        is_keyed = begins_table(words) or begins_picture(words)
        if is_keyed and not self._notes.holds(number):
            self._begin_keyed(words, _column(line), place)
        elif not words or self._notes.holds(number):
            self.end_paragraph()
        elif words.startswith("#") and self._heading(words, place):
            return
        else:
            self._note_blanks(line, place)
            self._words(line.lstrip(), _column(line), place)

    def end(self) -> None:
        """End what was begun, and say what is to be said of the whole."""
        self._end_keyed()
        self.end_paragraph()
        self._end_names()
        self._tell_blanks()
        self._faults += [*self._marks.faults(), *self._notes.faults()]

    # -- headings -------------------------------------------------------------------------

    def _heading(self, words: str, place: Place) -> bool:
        match = _HEADING.fullmatch(_ATTRIBUTES.sub("", words).rstrip())
        if not match:
            self._faults.append(findings.heading_without_space(place))
            return False
        self.end_paragraph()
        self._end_names()
        self._open.clear()
        self._marks.heading()
        marks, title = match.groups()
        if not title:
            self._faults.append(findings.empty_heading(place))
            return True
        if self._is_too_long(len(title), place):
            return True
        attributes = self._attributes(words, place)
        content = self._inline.read(title, place.after(match.start(2)).after)
        self.blocks.append(
            Heading(
                len(marks),
                content,
                attributes.identifier,
                attributes.stands_alone,
                place,
                ((title, place.after(match.start(2))),),
            )
        )
        return True

    def _attributes(self, words: str, place: Place) -> _Attributes:
        """What stands in braces at the end of words."""
        written = _ATTRIBUTES.search(words)
        if written is None:
            return _Attributes()
        parts = written[1].split()
        identifiers = [part[1:] for part in parts if part.startswith("#")]
        classes = [part[1:] for part in parts if part.startswith(".")]
        wrong = [
            *(name for name in identifiers if not _IDENTIFIER.fullmatch(name)),
            *(part for part in parts if part[0] not in "#."),
        ]
        if wrong or len(identifiers) > 1:
            self._faults.append(findings.wrong_identifier(place, written[1].removeprefix("#")))
        self._faults += [
            findings.unknown_mark(place, f".{name}", f".{_ALONE}")
            for name in classes
            if name != _ALONE
        ]
        usable = [name for name in identifiers if _IDENTIFIER.fullmatch(name)]
        return _Attributes(usable[0] if usable and not wrong else None, _ALONE in classes)

    # -- paragraphs, items, names ---------------------------------------------------------

    def _words(self, line: str, column: int, place: Place) -> None:
        """Add a line that begins or continues a paragraph, an item or a list of names."""
        if mark := _ITEM.match(line):
            self._begin_item(mark, line, column, place)
            return
        mark = _NAME.match(line)
        is_name = mark is not None and self._name(line[mark.end() :], place.after(mark.end()))
        if is_name:
            self._name_column = column
        if not is_name and not self._continues_name(line, column, place):
            self._paragraph_line(line, column, place)

    def _continues_name(self, line: str, column: int, place: Place) -> bool:
        """Add a line to the entry of a list of names above it, if it is set in below that."""
        names = self._names
        if names is None or self._pending or column < self._name_column + _INSIDE:
            return False
        if names.stands_above(place):
            names.further(line, self._name_words(line, place), place)
            return True
        return False

    def _begin_item(self, mark: re.Match[str], line: str, column: int, place: Place) -> None:
        self.end_paragraph()
        self._end_names()
        self._close_items(column)
        self._open.append(column)
        self._item = self._depth = len(self._open)
        self._begins_anew = self._marks.mark(self._depth, int(mark[1]), place)
        self._pending.append((line[mark.end() :], place.after(mark.end())))

    def _close_items(self, column: int) -> None:
        """Leave the items that what begins in a column does not belong to."""
        while self._open and column < self._open[-1] + _INSIDE:
            self._open.pop()

    def _paragraph_line(self, line: str, column: int, place: Place) -> None:
        for pattern, name, advice in _UNSUPPORTED:
            if pattern.match(line):
                # Such lines mean something each, so they are not joined to their neighbours.
                self.end_paragraph()
                # Items of one list may have empty lines between them.
                if self._unsupported not in ((name, place.line - 1), (_BULLETS, len(self.blocks))):
                    self._faults.append(findings.unsupported_markdown(place, name, advice))
                is_list = name == _BULLETS
                self._unsupported = name, len(self.blocks) + 1 if is_list else place.line
        if not self._pending:
            self._close_items(column)
            self._depth = len(self._open)
        elif _NUMBERED.match(line):
            self._numbered.append(place)
        self._pending.append((line, place))

    def _name(self, line: str, place: Place) -> bool:
        """Add an entry of a list of names; whether there is a label that it stands below."""
        label = self._label_above()
        if label is None and (self._names is None or self._pending):
            return False
        self._names = self._names or NameLines()
        if label:
            above, at = label
            self._names.label(above, self._name_words(above, at), at)
        words = self._name_words(line, place)
        if parts_at_comma(words):
            self._faults.append(findings.comma_behind_name(place, words))
        self._names.entry(line, words, place)
        return True

    def _label_above(self) -> tuple[str, Place] | None:
        """The label right above an entry, taken from the text: its last line, or short paragraph.

        A list of names above a paragraph goes on. A line of nothing but a colon is none.
        """
        is_open = self._pending and self._item is None
        if is_open and self._pending[-1][0].strip("：: \t\u3000"):
            last = self._pending.pop()
            self.end_paragraph()
            return last
        label = None if self._pending or self._names else label_of(self.blocks)
        if label:
            self.blocks.pop()
            if self.blocks and isinstance(names := self.blocks[-1], NameList):
                self.blocks.pop()
                self._names = NameLines.of(names)
        return label

    def _name_words(self, line: str, place: Place) -> str:
        """What a line of a list of names says; links and notes have no place in it."""
        if not CALL.search(line):  # a note that is called here would be in no model
            content = self._inline.read(line, place.after)
            if not any(isinstance(each, Link) for each in content):
                return plain(content)
        advice = "名单里只写文字：请把链接、注写到名单前后的段落里。"
        self._faults.append(findings.unsupported_markdown(place, "名单里的链接和注", advice))
        return line

    def _end_names(self) -> None:
        if self._names:
            self.blocks.append(self._names.block())
            self._names = None

    # -- tables and pictures --------------------------------------------------------------

    def _begin_keyed(self, words: str, column: int, place: Place) -> None:
        self.end_paragraph()
        self._end_names()
        self._close_items(column)
        self._keyed = KeyedLines()
        self._keyed.take(words, place)

    def _end_keyed(self) -> None:
        lines, self._keyed = self._keyed, None
        if lines is None:
            return
        block = self._tables.table(lines) if lines.is_table else self._pictures.picture(lines)
        if block:
            self.blocks.append(block)
            self._marks.paragraph(len(self._open))

    def end_paragraph(self) -> None:
        """Make a paragraph or an item of the lines collected."""
        pending, item = tuple(self._pending), self._item
        self._pending.clear()
        self._item = None
        if not pending:
            return
        self._end_names()
        if self._is_too_long(sum(len(line) for line, _ in pending), pending[0][1]):
            return
        place = pending[0][1]
        if item is None:
            content = self._inline.read(*joined(pending))
            self.blocks.append(Paragraph(content, self._depth, place, pending))
            self._marks.paragraph(self._depth)
            return
        *before, (last, last_place) = pending
        attributes = self._attributes(last, place)
        lines = (*before, (_ATTRIBUTES.sub("", last), last_place))
        content = self._inline.read(*joined(lines))
        self.blocks.append(
            Item(item, content, attributes.identifier, self._begins_anew, place, lines)
        )

    def _is_too_long(self, characters: int, place: Place) -> bool:
        if characters <= MOST_PARAGRAPH:
            return False
        advice = "请空一行，分成几段。"
        most = f"{MOST_PARAGRAPH} 字"
        self._faults.append(findings.beyond_limit(place, "一段文字的长度", most, advice))
        return True

    # -- wide blanks ------------------------------------------------------------------------

    def _note_blanks(self, line: str, place: Place) -> None:
        """Keep where wide blanks before a line are left out and somebody meant something by them.

        Two are what a paragraph is given anyway.
        """
        blanks = len(line) - len(line.lstrip(_WIDE))
        if self._pending and blanks:
            self._joined.append(place)
        elif blanks > _USUAL_INDENT:
            self._shifted.append(place)

    def _tell_blanks(self) -> None:
        """Findings on the wide blanks before lines that are not printed."""
        if self._numbered:
            faults = findings.number_inside_paragraph(self._numbered[0], len(self._numbered))
            self._faults.append(faults)
        for places, joins in ((self._joined, True), (self._shifted, False)):
            if places:
                self._faults.append(findings.leading_blanks(places[0], len(places), joins=joins))


def _column(line: str) -> int:
    """By how much a line is set in with blanks and tabs; wide blanks are for looks."""
    column = 0
    for character in line:
        if character == "\t":
            column += _TAB - column % _TAB
        elif character == " ":
            column += 1
        else:
            break
    return column
