"""A document → the words that its author typed, each able to tell the place of its characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, dropwhile, takewhile

from publisher.keys import KEYS, value_of, words_of
from publisher.latest import keeps_latest
from publisher.model import (
    Block,
    Cell,
    ColumnRole,
    Document,
    NameEntry,
    NameList,
    Note,
    Picture,
    Place,
    SourceLines,
    Table,
    notes_in,
    one_line,
    plain,
)
from publisher.words.places import places_of

HAN = "\u3400-\u9fff〇"
"""Chinese characters, as the inside of a class of a regular expression."""

_LINK_TARGET = re.compile(r"\]\([^()]*\)")

Locate = Callable[[int], Place]
"""Where the character of a number stands."""

Line = tuple[str, Locate]
"""Words on one line, and the places of their characters."""


# -- whole passages -----------------------------------------------------------------------


@keeps_latest  # each check asks for them anew
def passages(document: Document) -> tuple[Line, ...]:
    """Each element, title, heading, paragraph and cell in one piece, as it is printed.

    Addresses of the web, of mail and of files are blanked out: their marks are no punctuation.
    """
    return blanked(_passages(document))


def _passages(document: Document) -> Iterator[Line]:
    yield from (_joined(_as_typed(words, document, key)) for key, words in _elements(document))
    yield from titles(document)
    yield from _own_elements(document)
    yield from running_text(document)


NOT_DEADLINES = tuple(role for role in ColumnRole if role is not ColumnRole.DEADLINE)
"""Columns in which a day is written as in a text."""


def running_text(
    document: Document,
    roles: Container[ColumnRole] = tuple(ColumnRole),
    *,
    with_forms: bool = True,
) -> Iterator[Line]:
    """What stands in texts, and in the columns of tables with these roles, as it is printed.

    In forms blanks are room to write, and what is not filled in is to be so.
    """
    for line, role, in_form in _all_running(document):
        if (role is None or role in roles) and (with_forms or not in_form):
            yield line


@keeps_latest  # some checks ask for all of it, some for parts
def _all_running(document: Document) -> tuple[tuple[Line, ColumnRole | None, bool], ...]:
    """What stands in texts and tables; of a cell what its column holds; whether it is in a form."""
    return tuple(_running(document))


def _running(document: Document) -> Iterator[tuple[Line, ColumnRole | None, bool]]:
    for text in document.proses:
        for block in text.blocks:
            yield from ((line, None, False) for line in _lines_in(block))
    for table in document.tables:
        in_form = table.is_form
        yield from ((line, None, in_form) for line in _around_cells(table))
        roles = [column.role for column in table.columns]
        for row in table.rows:
            for role, cell in zip(roles, row.cells, strict=True):
                if cell.items:
                    yield cell_line(table, cell), role, in_form
                if cell.note:
                    yield (cell.note, _always(cell.place)), None, in_form
    for picture in document.pictures:
        if picture.words:
            lines = _lines_of_picture(picture, document)
            yield _found_in(lines, picture.words, picture.place), None, False


def _lines_of_picture(picture: Picture, document: Document) -> SourceLines:
    return picture.lines or document.lines_of("附件")


def _around_cells(table: Table) -> Iterator[Line]:
    """What stands in the head of a table, above it and below; the title of an attachment apart."""
    for row in table.head:
        yield from (cell_line(table, cell) for cell in row.cells if cell.items)
    if not table.head and not table.is_form:
        yield from (
            _found_in(table.lines[:5], column.name, table.place) for column in table.columns
        )
    for words in (table.unit, *table.remarks):
        if words:
            yield words, _always(table.place)


def matches(pattern: re.Pattern[str], document: Document) -> Iterator[tuple[re.Match[str], Locate]]:
    """What a pattern finds in the passages, and the places of the characters of its passage."""
    return matches_in(pattern, passages(document))


def matches_in(
    pattern: re.Pattern[str], lines: tuple[Line, ...]
) -> Iterator[tuple[re.Match[str], Locate]]:
    """What a pattern finds in lines, and the places of the characters of its line."""
    for words, locate in with_match(pattern, lines):
        for match in pattern.finditer(words):
            yield match, locate


def with_match(pattern: re.Pattern[str], lines: tuple[Line, ...]) -> Iterator[Line]:
    """The lines in which a pattern finds something."""
    wanted = wordings_with(pattern, lines)
    return (line for line in lines if line[0] in wanted) if wanted else iter(())


def wordings_with(pattern: re.Pattern[str], lines: tuple[Line, ...]) -> set[str]:
    """What the lines say in which a pattern finds something, each once."""
    return {words for words in _wordings(lines) if pattern.search(words)}


@keeps_latest
def _wordings(lines: tuple[Line, ...]) -> frozenset[str]:
    """What lines say, each once: most cells of a long table say the same as others."""
    return frozenset(words for words, _ in lines)


_NEAR = 4


def around(words: str, start: int, end: int) -> str:
    """A part of a passage with a few characters on both sides, to tell it from others."""
    return shown(words[max(start - _NEAR, 0) : end + _NEAR])


def _lines_in(block: Block) -> Iterator[Line]:
    """A block and the notes to it; of a list of names each label and each entry."""
    if isinstance(block, NameList):
        yield from _lines_of_names(block)
        return
    yield passage_of(block)
    for note in notes_in(block.content):
        words = plain(note.content)
        yield words, _Places(words, note.place, partial(_lines_of_block, note))


def _lines_of_names(block: NameList) -> Iterator[Line]:
    for group in block.groups:
        yield group.label, group.place.after
        for entry in group.entries:
            words = entry.words
            yield words, _Places(words, entry.place, partial(_lines_of_entry, block, entry))


def _lines_of_entry(block: NameList, entry: NameEntry) -> SourceLines:
    """The lines that an entry was typed on: those up to the next label or entry."""
    begins = {group.place for group in block.groups}
    begins |= {each.place for group in block.groups for each in group.entries}
    after = dropwhile(lambda line: line[1] != entry.place, block.lines)
    first = next(after, None)
    return () if first is None else (first, *takewhile(lambda line: line[1] not in begins, after))


def passage_of(block: Block) -> Line:
    """A paragraph, an item or a heading as it is printed."""
    words = plain(block.content)
    return words, _Places(words, block.place, partial(_lines_of_block, block))


def _lines_of_block(block: Block | Note) -> SourceLines:
    return tuple((without_link_targets(line), place) for line, place in block.lines)


@dataclass(slots=True)
class _Places:
    """The places of the characters of a passage, looked for when the first is asked for."""

    words: str
    start: Place
    lines: Callable[[], SourceLines]
    places: list[Place] | None = None

    def __call__(self, at: int) -> Place:
        if self.places is None:
            self.places = places_of(self.words, self.lines(), self.start)
        return self.places[at] if at < len(self.places) else self.start


def titles(document: Document) -> Iterator[Line]:
    """The titles of the document, of what it issues and of attachments, each on one line."""
    yield _joined(_as_typed(one_line(document.body.title), document, "标题"))
    for text in document.issued:
        yield _title(text.title, document, document.place_of("印发件"))
    for text in document.proses:
        own = dict(text.own.places)
        yield from (
            (block.title, _always(block.place))
            for block in text.blocks
            if isinstance(block, Table) and block.title
        )
        yield from (
            _found_in(block.lines, block.title, block.place)
            for block in text.blocks
            if isinstance(block, Picture) and block.title
        )
        if text.own_title:
            yield one_line(text.own_title), _always(own.get("标题", text.place))
        for attachment in text.attachments:
            key = "附件" if text is document.body else "印发件"
            yield _title(attachment.title, document, own.get("附件", document.place_of(key)))


def _own_elements(document: Document) -> Iterator[Line]:
    """The elements of documents inside the document, but for their titles."""
    for text in document.proses:
        if text is document.body:
            continue
        words = {
            "题注": text.subtitle,
            "主送": text.own.recipients,
            "署名": "、".join(text.own.signatories),
            "附注": text.own.remark,
        }
        places = dict(text.own.places)
        yield from (
            (said, _always(places.get(key, text.place))) for key, said in words.items() if said
        )


def _always(place: Place) -> Locate:
    return lambda _: place


def _title(title: str, document: Document, otherwise: Place) -> Line:
    """A title that the front matter of the document gives, or one at another place."""
    lines = (*document.lines_of("印发件"), *document.lines_of("附件"))
    return _joined([_found_in(lines, line, otherwise) for line in title.split("\n")])


def _found_in(lines: SourceLines, words: str, otherwise: Place) -> Line:
    """Words in the first line that holds them."""
    for line, place in lines:
        if words in line:
            return words, place.after(line.index(words)).after
    return words, lambda _: otherwise


def cell_line(table: Table, cell: Cell) -> Line:
    """A cell as it is printed."""
    words = cell.text
    return words, _Places(words, cell.place, partial(_lines_of_cell, table, cell))


def _lines_of_cell(table: Table, cell: Cell) -> SourceLines:
    """The lines of the file on which a cell stands, the first from where it begins."""
    if not table.lines:
        return ()
    first = cell.place.line - table.lines[0][1].line
    most = cell.text.count("\n") + len(cell.items)
    lines = table.lines[first : first + most]
    begins = cell.place.column - table.lines[0][1].column
    return tuple(
        (line[begins:], place.after(begins)) if index == 0 else (line, place)
        for index, (line, place) in enumerate(lines)
    )


def _joined(pieces: list[Line]) -> Line:
    """Pieces that were typed one after another, as one."""
    starts = [0, *accumulate(len(words) for words, _ in pieces)]

    def locate(at: int) -> Place:
        index = min(bisect_right(starts, at), len(pieces)) - 1
        return pieces[index][1](at - starts[index])

    return "".join(words for words, _ in pieces), locate


_FILE = r"\.(?:docx?|xlsx?|pptx?|wps|et|ofd|pdf|csv|txt|zip|rar|jpe?g|png)(?![0-9A-Za-z])"
_CHINESE_DOMAIN = r"\.(?:政务|公益|中国|公司|网络)"
_SIGN_OF_ADDRESS = re.compile(f"://|www\\.|@|{_FILE}|{_CHINESE_DOMAIN}")
"""What each address has, so that most passages need no closer look."""
_ADDRESS = re.compile(
    # Brackets belong to an address in pairs; a mark at its end does not.
    r"(?:(?:https?|ftp)://|www\.)(?:\([!-'*-~]*\)|[!-'*-~])+(?<=[\w/=&#~)-])"
    r"|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
    rf"|(?:\([^\s()]{{0,64}}\)|[^\s，。、；：？！“”‘’《》（）()]){{1,64}}{_FILE}"
    rf"|[{HAN}]{_CHINESE_DOMAIN}",
    re.ASCII,
)
_PICTURE = re.compile(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])")
_BLANKED = "\ufffc"
"""What stands for each character of an address: no character of a text, so that it can be told."""


def blanked(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines without addresses; what many of them say is looked at once."""
    lines = tuple(lines)
    made = {words: without_addresses(words) for words in _wordings(lines)}
    return tuple((made[words], locate) for words, locate in lines)


def without_addresses(words: str) -> str:
    """Words in which something stands for addresses, names of files and pictures.

    Each of their characters is replaced by one, so that places stay.
    """
    if "![" in words:  # told by the reader
        words = _PICTURE.sub(_blank_out, words)
    if not _SIGN_OF_ADDRESS.search(words):
        return words
    return _ADDRESS.sub(_blank_out, words)


def _blank_out(match: re.Match[str]) -> str:
    return _BLANKED * len(match[0])


def shown(words: str) -> str:
    """A part of a passage as its author knows it: what was blanked out is left out."""
    return re.sub(f"{_BLANKED}+", "……", words)


# -- lines as they were typed -------------------------------------------------------------


def lines_of_elements(document: Document) -> Iterator[Line]:
    """The words of the front matter, line by line."""
    for key, words in _elements(document):
        yield from _as_typed(words, document, key)
    yield from _as_typed(one_line(document.body.title), document, "标题")


def _elements(document: Document) -> Iterator[tuple[str, str]]:
    """What the elements but the title say, by their keys."""
    for key in KEYS:
        if key.is_prose and (words := words_of(value_of(document, key.field))):
            yield key.name, words


_VALUE = re.compile(r"""\s*(?:[^\s:]+:\s+|-\s+)?["']?(.+?)["']?\s*""")
"""A line of a value in the front matter, without indent, key, dash and quotes."""
_LEFT_OUT = re.compile(r"[\s、；;（）：:。]")
"""What may stand in the source and not in the value, or the other way round."""


def _as_typed(words: str, document: Document, key: str) -> list[Line]:
    """A value by the lines that it was typed on; in one piece, at its key, where that differs."""
    matches = [
        (match, place)
        for line, place in document.lines_of(key)
        if (match := _VALUE.fullmatch(line))
    ]
    pieces = [(match[1], place.after(match.start(1))) for match, place in matches]
    core = _core(words)
    pieces = [(piece, place) for piece, place in pieces if _core(piece) in core]
    if _core("".join(piece for piece, _ in pieces)) == core:
        return [(piece, place.after) for piece, place in pieces]
    return [(words, lambda _: document.place_of(key))]


def _core(words: str) -> str:
    return _LEFT_OUT.sub("", words)


def without_link_targets(line: str) -> str:
    """A line of text in which blanks stand for the addresses of links, which are not printed."""
    if "](" not in line:
        return line
    return _LINK_TARGET.sub(lambda target: " " * len(target[0]), line)
