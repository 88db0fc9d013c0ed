"""A document and the characters that fonts have → those that no font can print."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from publisher.checks.lines import without_link_targets
from publisher.diagnostics import Finding, Severity
from publisher.keys import KEYS, value_of, words_of
from publisher.model import (
    Document,
    Heading,
    Picture,
    Place,
    Prose,
    SourceLines,
    Table,
    notes_in,
    plain,
)
from publisher.standard import FANG, HEADING_FACES, HEI, KAI, XIAO_BIAO_SONG, Typeface


def character_without_font(document: Document, characters: Container[str]) -> Iterator[Finding]:
    """A character that no font has: neither the face that it is set in nor any that stands in.

    It would be printed as an empty box; in the alternative text of a picture nobody would know how
    to read it. Look whether it is the right character: emoji and those of
    a private area (造字区) are seldom meant. If it is, put a font that has it into `.fonts/own`.
    """
    said: set[Place] = set()
    everything = (*_printed(document), *_spoken(document))
    used = set().union(*(printed.words for printed in everything))
    lacking = {each for each in used if not is_invisible(each) and each not in characters}
    for printed in everything if lacking else ():
        for character in sorted(lacking.intersection(printed.words)):
            for place in printed.places_of(character):
                if place not in said:
                    said.add(place)
                    yield _finding(place, character, printed.face)


def _finding(place: Place, character: str, face: Typeface | None) -> Finding:
    shown = f"“{character}”（U+{ord(character):04X}）"
    if not character.isprintable():
        shown = f"字符 U+{ord(character):04X}"
    if face is None:
        return Finding(
            "character_without_font",
            Severity.ERROR,
            place,
            f"替代文字里有{shown}，没有一种字体有这个字，读屏软件多半也不认识",
            "请核对是否输错；没有错的，请换一种说法。",
        )
    return Finding(
        "character_without_font",
        Severity.ERROR,
        place,
        f"{face.name}和备用的字体里都没有{shown}，印出来是空框",
        "请核对是否输错；没有错的，请把有这个字的字体文件放进 .fonts/own 文件夹。",
    )


_LOST = "\ufffd"
"""Already told by the reader that put it there."""
# What Unicode lets programs ignore: shapers leave it out where a font lacks it.
_IGNORABLE = (
    *(0x00AD, 0x034F, 0x061C, 0xFEFF),
    *range(0x180B, 0x1810),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    *range(0xE0000, 0xE1000),
)
_INVISIBLE = {_LOST, *map(chr, _IGNORABLE)}


def is_invisible(character: str) -> bool:
    """Whether nothing is printed for a character, whatever fonts there are."""
    return character.isspace() or character in _INVISIBLE


# -- what is printed, and where it was typed ---------------------------------------------


@dataclass(frozen=True, slots=True)
class _Printed:
    """Words that are printed in a face, or are read aloud alone."""

    words: str
    face: Typeface | None
    lines: SourceLines
    """Where they were typed, perhaps among others."""
    place: Place
    """Where they are said to stand if they were typed in another way, as an escape."""

    def places_of(self, character: str) -> list[Place]:
        """Each place at which a character was typed."""
        places = [
            start.after(column)
            for line, start in self.lines
            for column, typed in enumerate(line)
            if typed == character
        ]
        return places or [self.place]


def _printed(document: Document) -> Iterator[_Printed]:
    """All words that a document prints; those of titles and columns stand in the front matter."""
    for key, face, words in _elements(document):
        yield _Printed(words, face, document.lines_of(key), document.place_of(key))
    for text in document.proses:
        yield from _own_elements(text)
        yield from _blocks(text)
    for table in document.tables:
        yield _Printed("".join(_words_of(table)), FANG, table.lines, table.place)


def _spoken(document: Document) -> Iterator[_Printed]:
    """What is said of pictures to those who do not see them."""
    for picture in document.pictures:
        lines = _lines_of(picture)[0] or document.lines_of("附件")
        yield _Printed(picture.words, None, lines, picture.place)


def _lines_of(picture: Picture) -> tuple[SourceLines, SourceLines]:
    """On what the words and the title of a picture in a text were typed."""
    cuts = [(line, place, max(line.find("]("), 0)) for line, place in picture.lines]
    words = tuple((line[:cut], place) for line, place, cut in cuts)
    return words, tuple((line[cut:], place.after(cut)) for line, place, cut in cuts)


def _words_of(table: Table) -> Iterator[str]:
    """What is printed in a table, and beside it but for the title of an attachment."""
    yield from (column.name for column in table.columns)
    for row in (*table.head, *table.rows):
        for cell in row.cells:
            yield cell.text
            yield cell.note or ""
    yield from (table.unit or "", *table.remarks)


def _elements(document: Document) -> Iterator[tuple[str, Typeface, str]]:
    """Keys of the front matter, the face of what they give, and the words."""
    for key in KEYS:
        if key.face:
            yield key.name, key.face, words_of(value_of(document, key.field))
    for text in document.issued:
        yield "印发件", XIAO_BIAO_SONG, text.title
    for text in document.proses:
        yield from _attachments("附件" if text is document.body else "印发件", text)


def _own_elements(text: Prose) -> Iterator[_Printed]:
    """What a document inside the document says of itself."""
    own, places = text.own, dict(text.own.places)
    said = {
        "标题": (XIAO_BIAO_SONG, text.own_title),
        "题注": (KAI, text.subtitle),
        "主送": (FANG, own.recipients),
        "署名": (FANG, "".join(own.signatories)),
        "附注": (FANG, own.remark),
    }
    for key, (face, words) in said.items():
        if words and key in places:
            yield _Printed(words, face, (), places[key])


def _attachments(key: str, text: Prose) -> Iterator[tuple[str, Typeface, str]]:
    for attachment in text.attachments:
        yield key, XIAO_BIAO_SONG, attachment.title
        if isinstance(attachment, Table):
            yield key, HEI, "".join(column.name for column in attachment.columns)


def _blocks(text: Prose) -> Iterator[_Printed]:
    for block in text.blocks:
        match block:
            case Table():
                yield _Printed(block.title, HEI, block.lines, block.place)
            case Picture():
                yield _Printed(block.title, HEI, _lines_of(block)[1], block.place)
        form = text.levels[block.level - 1] if isinstance(block, Heading) else None
        face = HEADING_FACES[form] if form else FANG
        lines = tuple((without_link_targets(line), place) for line, place in block.lines)
        yield _Printed(plain(block.content), face, lines, block.place)
        for note in notes_in(block.content):
            yield _Printed(plain(note.content), FANG, note.lines, note.place)
