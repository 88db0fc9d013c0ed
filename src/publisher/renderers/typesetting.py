"""An edition → what print and Word set alike: dates, names, signature, 附件说明."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from typing import assert_never

from publisher import standard
from publisher.columns import width
from publisher.model import (
    ColumnRole,
    Document,
    Edition,
    Form,
    Grouping,
    Inline,
    LevelForm,
    LineBreak,
    Link,
    NumberedHeading,
    Orientation,
    Seal,
    SetBlock,
    SetCell,
    SetParagraph,
    SetTable,
    SetText,
    Strong,
    Text,
)
from publisher.renderers import titles
from publisher.renderers.lines import (
    LATIN_GAP,
    Line,
    Piece,
    Setting,
    has_gap,
    lines,
    text_setting,
)
from publisher.standard import (
    FANG,
    HEI,
    NOTHING,
    Length,
    PageProfile,
    Size,
    Typeface,
    mark_size,
    page_profile,
    type_width,
)

IDEOGRAPHIC_SPACE = "\u3000"

SIGNATURE_SPACE = 1
"""Blank lines above the signature.

With a seal its top then touches the text's last line, which is within the one line of 7.3.5.1;
without one, 7.3.5.2 asks for just that.
"""

JOINT_MARK_GAP = 0.4
"""Between the names of several organs and the 文件 beside them, in characters."""

HEAD_LINES = 3
"""Lines kept above the 发文机关标志 for 份号, 密级 and 紧急程度 (7.2.1 to 7.2.3)."""


def printed_date(date: datetime.date) -> str:
    """A date in Arabic digits without leading zeros (7.3.5.4)."""
    return f"{date.year}年{date.month}月{date.day}日"


def spread(word: str) -> str:
    """A word of two characters spread over three, as 密级 and names are set (7.2.2)."""
    return IDEOGRAPHIC_SPACE.join(word) if len(word) == 2 else word


def registry(document: Document) -> tuple[tuple[str, str], ...]:
    """份号 of six digits, 密级和保密期限 and 紧急程度 as far as given: (element, words)."""
    copy_number = document.copy_number and document.copy_number.zfill(6)
    lines = (
        ("份号", copy_number),
        ("密级", document.classification),
        ("紧急程度", document.urgency),
    )
    return tuple((element, words) for element, words in lines if words)


def head_lines(document: Document) -> tuple[tuple[str, str], ...]:
    """`registry` as it is set, from the top down: words of two characters take up three."""
    return tuple((element, spread(words)) for element, words in registry(document))


def attachment_notes(text: SetText) -> tuple[str, ...]:
    """The lines of the 附件说明 without their 附件： (7.3.4); none where nothing is attached."""
    return tuple(attachment.note for attachment in text.attachments)


# -- texts ------------------------------------------------------------------------------

CENTRED = (LevelForm.CHAPTER, LevelForm.SECTION)


def pieces(block: SetBlock) -> tuple[Piece, ...]:
    """The words of a block in their faces, its number first."""
    match block:
        case SetParagraph():
            return tuple(_pieces(block.content, FANG))
        case NumberedHeading(is_text=True):
            label_face = HEI if block.form is LevelForm.ARTICLE else FANG
            return (Piece(block.label, label_face), *_pieces(block.content, FANG))
        case NumberedHeading():
            face = standard.HEADING_FACES[block.form]
            heading = (Piece(block.label, face), *_pieces(block.content, face))
            return (
                *(replace(piece, in_heading=True) for piece in heading),
                *_pieces(block.run_in or (), FANG),
            )
        case _:
            assert_never(block)


def fill(page: PageProfile) -> Length:
    """What is added after each character of a line of 28 that fills the width (5.2.3)."""
    characters = standard.CHARACTERS_PER_LINE
    lacking = standard.text_width(page, landscape=False) - Size.NO_3.length * characters
    return lacking * (1 / (characters - 1))


def flush_lines(words: str, page: PageProfile) -> tuple[Line, ...]:
    """The lines of words that begin at the left edge, as 主送机关 does (7.3.2)."""
    return lines((Piece(words, FANG),), text_setting(page))


def indented_lines(words: str, page: PageProfile) -> tuple[Line, ...]:
    """The lines of words that begin two characters in, as 附注 does (7.3.6)."""
    return lines((Piece(words, FANG),), text_setting(page, first=2))


def remark(document: Document) -> str:
    """附注 in its brackets (7.3.6)."""
    return f"（{document.note}）" if document.note else ""


def _pieces(content: Iterable[Inline], face: Typeface) -> Iterator[Piece]:
    for inline in content:
        match inline:
            case Text(words):
                yield Piece(words, face)
            case Strong(inner):
                yield from (replace(piece, is_strong=True) for piece in _pieces(inner, HEI))
            case Link(target, inner):
                yield from (replace(piece, link=target) for piece in _pieces(inner, face))
            case LineBreak():
                yield Piece("\n", face)
            case _:
                assert_never(inline)


def block_lines(block: SetBlock, page: PageProfile, *, landscape: bool = False) -> tuple[Line, ...]:
    """The lines of a block, two characters in (7.3.3)."""
    setting = text_setting(page, landscape=landscape, first=2)
    if isinstance(block, NumberedHeading) and block.form in CENTRED and not block.is_text:
        setting = replace(setting, first=0, filled=False)
    return lines(pieces(block), setting)


@dataclass(frozen=True, slots=True)
class Note:
    """One entry of the 附件说明 (7.3.4); indents in characters."""

    pieces: tuple[Piece, ...]
    """附件： before the first of them, its number where there are several, and its name."""
    indent: float
    """Of its lines but the first."""
    first: float
    """Where its first line begins, from there."""


NOTE_NUMBER = 1.5
"""The room of a number in the 附件说明: names begin under one another, whatever their numbers."""
_NOTE_LABEL = "附件："


def notes(text: SetText) -> tuple[Note, ...]:
    """The 附件说明: numbers under one another, and turn lines under the first of their words."""
    return tuple(_notes(text))


def _notes(text: SetText) -> Iterator[Note]:
    entries = attachment_notes(text)
    several = len(entries) > 1
    label = len(_NOTE_LABEL)
    number_room = NOTE_NUMBER if several else 0.0
    indent = 2 + label + number_room
    for index, entry in enumerate(entries):
        number, name = _numbered(entry) if several else ("", entry)
        words = [
            Piece("" if index else _NOTE_LABEL, FANG),
            Piece(number, FANG, room=number_room),
            Piece(name, FANG),
        ]
        first = -number_room - (0 if index else label)
        yield Note(tuple(one for one in words if one.text), indent, first)


def _numbered(entry: str) -> tuple[str, str]:
    """The number of an entry with the blank after it, and its name."""
    number, blank, name = entry.partition(" ")
    return number + blank, name


def note_lines(note: Note, page: PageProfile) -> tuple[Line, ...]:
    """The lines of an entry of the 附件说明."""
    setting = replace(text_setting(page, indent=note.indent, first=note.first), filled=False)
    return lines(note.pieces, setting)


ATTENDANCE_INDENT = 5
"""Where the names of 出席, 请假 and 列席 begin: two, and three for the label (10.3)."""


def attendance(document: Document) -> tuple[tuple[str, str], ...]:
    """出席, 请假 and 列席 as far as minutes give them: (label, names) (10.3)."""
    if document.form is not Form.MINUTES:
        return ()
    lists = (("出席", document.present), ("请假", document.excused), ("列席", document.observers))
    return tuple((f"{label}：", "、".join(names)) for label, names in lists if names)


def attendance_lines(entry: tuple[str, str], page: PageProfile) -> tuple[Line, ...]:
    """The lines of a list, its turn lines under its first name (10.3)."""
    label, names = entry
    indent = ATTENDANCE_INDENT
    setting = text_setting(page, indent=indent, first=2 - indent)
    return lines((Piece(label, HEI), Piece(names, FANG)), setting)


def recipients(document: Document) -> str:
    """主送机关 with its colon (7.3.2); a 命令 has none (10.2)."""
    if not document.recipients or document.form is Form.ORDER:
        return ""
    return f"{document.recipients}："


def set_title(
    title: str, document: Document, orientation: Orientation = Orientation.PORTRAIT
) -> str:
    """A title of 2号 with newlines where its lines end, on pages of an orientation (7.3.1)."""
    most = _characters_of_title(document, orientation)
    return titles.broken(title, most, names_in_titles(document))


def _characters_of_title(document: Document, orientation: Orientation) -> float:
    """How many characters of 2号 a line of a page holds."""
    page = page_profile(document.bureau.page)
    across = standard.text_width(page, landscape=orientation is Orientation.LANDSCAPE)
    return across.pt // Size.NO_2.value


def names_in_titles(document: Document) -> frozenset[str]:
    """The names and terms that no title of a document is broken in, with their other spellings."""
    bureau = document.bureau
    named = (*bureau.people, *bureau.departments)
    return frozenset(
        (
            *(organ.name for organ in (*document.issuers, *bureau.organs)),
            *(organ.short_name for organ in bureau.organs if organ.short_name),
            *(spelling for one in named for spelling in (one.name, *one.spellings)),
            *(term.form for term in bureau.terms),
        )
    )


def title_lines(
    title: str, document: Document, orientation: Orientation = Orientation.PORTRAIT
) -> int:
    """How many lines a title takes: an author's own may be wider than the page."""
    across = _characters_of_title(document, orientation)
    shown = set_title(title, document, orientation).split("\n")
    return sum(max(1, ceil(titles.width(line) / across)) for line in shown)


@dataclass(frozen=True, slots=True)
class Mark:
    """How a 发文机关标志 is set (7.2.4)."""

    names: tuple[tuple[str, float], ...]
    """Each organ's name, and what is added after each of its characters, in characters."""
    suffix: str
    size: Length
    """Of the characters, such that the longest name and the suffix fit the 版心."""


def mark(edition: Edition) -> Mark:
    """The mark of an edition; the names of several organs are spread to one width."""
    longest = max((len(name) for name in edition.mark), default=0)
    names = tuple((name, _spreading(name, longest)) for name in edition.mark)
    gap = JOINT_MARK_GAP if len(names) > 1 else 0
    width = standard.text_width(page_profile(edition.document.bureau.page), landscape=False)
    size = mark_size(longest + gap + len(edition.mark_suffix), width)
    return Mark(names, edition.mark_suffix, size)


def _spreading(name: str, characters: int) -> float:
    return (characters - len(name)) / (len(name) - 1) if len(name) > 1 else 0.0


# -- 版头 -------------------------------------------------------------------------------


def has_title(edition: Edition) -> bool:
    """Whether the title is printed: a 命令 has none (10.2)."""
    return edition.document.form is not Form.ORDER


def head_height(edition: Edition) -> Length:
    """From the top of the text area of page 1 to the words below the title.

    The blank line between title and 主送机关 is not in it.
    """
    page = page_profile(edition.document.bureau.page)
    title = title_lines(edition.body.title, edition.document)
    words = page.line * title if has_title(edition) else NOTHING
    return _above_title(edition, page) + page.line * 2 + words


def _above_title(edition: Edition, page: PageProfile) -> Length:
    """From the top of the text area to the lower edge of what stands above the title."""
    document = edition.document
    match document.form:
        case Form.LETTER:
            return letter_head(edition, page) + page.line * letter_rows(document) - page.top
        case Form.ORDER:
            mark_top = standard.HEAD_MARGIN + standard.ORDER_MARK_TOP
            return mark_top + mark_height(edition) + page.line * 3 - page.top
        case _:
            mark_top = standard.HEAD_MARGIN + standard.MARK_TOP
            number = page.line * max(len(signer_lines(document)), 1) + red_line_padding(page)
            below = page.line * 2 + number + standard.RED_LINE_WIDTH
            return mark_top + mark_height(edition) + below - page.top


def letter_head(edition: Edition, page: PageProfile) -> Length:
    """From the paper's top to the first line of words below the double line of a 信函 (10.1)."""
    line = standard.LETTER_MARK_TOP + mark_height(edition) + standard.LETTER_FIRST_LINE_GAP
    strokes = standard.LETTER_LINE_THICK + standard.LETTER_LINE_SPACE + standard.LETTER_LINE_THIN
    return line + strokes + letter_number_space(page)


def letter_rows(document: Document) -> int:
    """How many lines stand under the first double line of a 信函 (10.1)."""
    return max(len(head_lines(document)), 1 if document.number else 0)


def letter_number_space(page: PageProfile) -> Length:
    """What is missing above the line of 发文字号 for its distance from the double line (10.1)."""
    return standard.LETTER_NUMBER_GAP - (page.line - Size.NO_3.length) * 0.5


def mark_height(edition: Edition) -> Length:
    """From the top of the mark's first line of characters to the bottom of its last."""
    of = mark(edition)
    return of.size * (1 + standard.JOINT_MARK_LINE * max(len(of.names) - 1, 0))


def red_line_padding(page: PageProfile) -> Length:
    """What is missing below the characters of 发文字号 for the red line to be 4 mm under them."""
    return standard.RED_LINE_GAP - (page.line - Size.NO_3.length) * 0.5


# -- signature --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line of the signature, set from the right."""

    element: str
    """署名, 成文日期 or 签名."""
    words: str
    indent: float
    """From the right edge of the 版心, in characters of the text."""


def signature(document: Document) -> tuple[SignatureLine, ...]:
    """署名 and 成文日期 as they are placed with a seal, without, or with a stamp (7.3.5)."""
    date = printed_date(document.date) if document.date else ""
    match document.seal:
        case Seal.SEALED:
            return _sealed(document, date)
        case Seal.UNSEALED:
            return _unsealed(document, date)
        case Seal.SIGNATURE_STAMP:
            return _stamped(document, date)


def _sealed(document: Document, date: str) -> tuple[SignatureLine, ...]:
    """The date four characters in, a single name centred over it (7.3.5.1)."""
    single = document.issuers if len(document.issuers) == 1 else ()
    names = [
        SignatureLine("署名", organ.name, max(_over_date(date) - spaced_width(organ.name) / 2, 0.0))
        for organ in single
    ]
    return (*names, *_line("成文日期", date, _DATE_INDENT))


_DATE_INDENT = 4.0


def _over_date(date: str) -> float:
    """The middle of a sealed document's date, from the right, in characters."""
    return _DATE_INDENT + spaced_width(date) / 2


def signature_height(document: Document) -> int:
    """How many lines the signature takes, without the blank one above it."""
    rows = len(signature_places(document))
    between = (rows - 1) * (standard.SEAL_ROW_LINES - 1) if rows else 0
    lines = signature(document)
    blank = sum(blank_lines_above(document, index) for index in range(len(lines)))
    return rows + between + len(lines) + max(blank - SIGNATURE_SPACE, 0)


def _unsealed(document: Document, date: str) -> tuple[SignatureLine, ...]:
    """The name two in, the date beginning two right of it; the longer date two in (7.3.5.2)."""
    longest = max((spaced_width(organ.name) for organ in document.issuers), default=0.0)
    date_indent = max(2 + longest - 2 - spaced_width(date), 2.0)
    name_edge = date_indent + spaced_width(date) + 2  # where the names begin, from the right
    names = [
        SignatureLine("署名", organ.name, name_edge - spaced_width(organ.name))
        for organ in document.issuers
    ]
    return (*names, *_line("成文日期", date, date_indent))


def _stamped(document: Document, date: str) -> tuple[SignatureLine, ...]:
    """职务 two characters left of the 签名章, which ends four in; the date below (7.3.5.3)."""
    title, name = document.stamp_title or "", document.stamp_name or ""
    words = title + IDEOGRAPHIC_SPACE * 2 + spread(name)
    return (*_line("签名", words.strip(IDEOGRAPHIC_SPACE), 4.0), *_line("成文日期", date, 4.0))


def _line(element: str, words: str, indent: float) -> tuple[SignatureLine, ...]:
    return (SignatureLine(element, words, indent),) if words else ()


def spread_columns(table: SetTable) -> frozenset[int]:
    """The columns of people where a name has three characters: shorter ones are as wide there."""
    return frozenset(
        index
        for index, column in enumerate(table.columns)
        if column.role is ColumnRole.PEOPLE
        and any(len(name) == 3 for row in table.rows for name in row.cells[index].items)
    )


def printed_items(cell: SetCell, *, is_spread: bool) -> tuple[str, ...]:
    """What a cell prints, a line each; in one of `spread_columns` names of two are spread."""
    return tuple(map(spread, cell.items)) if is_spread else cell.items


def signers(document: Document) -> tuple[str, ...]:
    """签发人 as far as they are printed: 信函 and 命令 have no place for them (10.1, 10.2)."""
    return () if document.form in (Form.LETTER, Form.ORDER) else document.signers


def signer_lines(document: Document) -> tuple[tuple[str, str, bool], ...]:
    """签发人, two a line (7.2.6): the label or nothing, names, and whether the line is the last."""
    names = [spread(name) for name in signers(document)]
    pairs = [(IDEOGRAPHIC_SPACE * 2).join(names[i : i + 2]) for i in range(0, len(names), 2)]
    # Lines stand flush right; filled up to one width, their first names stand under one another.
    longest = max(map(width, pairs), default=0.0)
    filled = [pair + IDEOGRAPHIC_SPACE * round(longest - width(pair)) for pair in pairs]
    return tuple(
        ("签发人：" if index == 0 else "", pair, index == len(pairs) - 1)
        for index, pair in enumerate(filled)
    )


# -- tables -----------------------------------------------------------------------------


def printed_columns(table: SetTable) -> tuple[int, ...]:
    """The columns that are printed: groups that have rows of their own need no column."""
    return tuple(
        index
        for index, column in enumerate(table.columns)
        if not (column.role is ColumnRole.GROUP and table.grouping is Grouping.HEADING_ROW)
    )


def column_width(table: SetTable, column: int, across: Length) -> Length:
    """How wide a printed column is in a table of a width."""
    shares = sum(table.shares[index] for index in printed_columns(table))
    return across * (table.shares[column] / shares)


def cell_lines(
    items: Iterable[str], width: Length, face: Typeface = FANG
) -> tuple[tuple[Line, ...], ...]:
    """The lines of each item of a cell that is so wide with its borders."""
    room = width - standard.TABLE_SIDE_PADDING * 2 - standard.TABLE_RULE
    setting = Setting(Size.SMALL_4.length, NOTHING, room, filled=False, hangs=False)
    return tuple(lines((Piece(item, face),), setting) for item in items)


# -- 版记 --------------------------------------------------------------------------------

IMPRINT_INDENT = 4
"""Where the organs of 主送 and 抄送 begin: one, and three for the label (7.4.2)."""


def imprint_lists(edition: Edition, *, moved: bool) -> tuple[tuple[str, str], ...]:
    """主送, where it is `moved` here, and 抄送: (element, words with label and 。) (7.4.2)."""
    document = edition.document
    lists = (("主送", document.recipients if moved else None), ("抄送", document.copies))
    return tuple((label, f"{label}：{organs}。") for label, organs in lists if organs)


def imprint_lines(words: str) -> tuple[Line, ...]:
    """The lines of 主送 or 抄送, its turn lines under its first organ (7.4.2)."""
    em = Size.NO_4.length
    across = type_width(landscape=False) - em * (IMPRINT_INDENT + 1)
    return lines((Piece(words, FANG),), Setting(em, NOTHING, across, first=1 - IMPRINT_INDENT))


def prints_printing(edition: Edition) -> bool:
    """Whether the 版记 has a line of 印发机关 and 印发日期; that of a 信函 has none (10.1)."""
    document = edition.document
    given = document.printing_organ or document.printing_date
    return bool(given) and document.form is not Form.LETTER


def imprint_height(edition: Edition, *, moved: bool) -> Length:
    """How high the 版记 is, its lines included; nothing where there is none."""
    lists = [len(imprint_lines(words)) for _, words in imprint_lists(edition, moved=moved)]
    printed = 1 if prints_printing(edition) else 0
    if not lists and not printed:
        return NOTHING
    # Above, below, and between the lists and 印发; none between 主送 and 抄送 (7.4.2).
    rules = 0 if edition.document.form is Form.LETTER else 2 + (1 if lists and printed else 0)
    return standard.IMPRINT_LINE * (sum(lists) + printed) + standard.IMPRINT_RULE_LINE * rules


def blank_lines_above(document: Document, index: int) -> int:
    """Blank lines above a line of `signature`: two above a 签名章, one below it (7.3.5.3)."""
    if document.seal is Seal.SIGNATURE_STAMP:
        has_stamp = bool(document.stamp_title or document.stamp_name)
        return 2 if index == 0 and has_stamp else 1
    return SIGNATURE_SPACE if index == 0 else 0


_NAME_GAP = 0.55
"""Between names side by side there is at least so much, in characters."""

NamePlace = tuple[str, float]
"""A name, and where it begins from the left edge, in characters."""


def signature_places(document: Document) -> tuple[tuple[NamePlace, ...], ...]:
    """The names of a joint document with seals, in rows (7.3.5.1); none for others.

    Up to three stand in a row, fewer where they are long. The last of each row is centred over the
    date, for the last seal is pressed on both; the others share the room left of it.
    """
    if document.seal is not Seal.SEALED or len(document.issuers) < 2:
        return ()
    date = printed_date(document.date) if document.date else ""
    middle = standard.CHARACTERS_PER_LINE - 4 - spaced_width(date) / 2
    names, rows = [organ.name for organ in document.issuers], []
    while names:
        count = next((n for n in (3, 2) if len(names) >= n and _fit(names[:n], middle)), 1)
        rows.append(_row_places(names[:count], middle))
        names = names[count:]
    return tuple(rows)


def spaced_width(words: str) -> float:
    """The width of words with what is added between Chinese characters and digits."""
    return width(words) + LATIN_GAP * sum(has_gap(one, two) for one, two in pairwise(words))


def _fit(names: list[str], middle: float) -> bool:
    return _room(names, middle) >= _NAME_GAP * (len(names) - 1)


def _room(names: list[str], middle: float) -> float:
    """What is left of the row, from its edge to the last name, beside the names."""
    return middle - width(names[-1]) / 2 - sum(map(width, names[:-1]))


def _row_places(names: list[str], middle: float) -> tuple[NamePlace, ...]:
    *others, last = names
    room = _room(names, middle)
    gap = max(room / len(names), _NAME_GAP)
    begin = room - gap * len(others)
    places = []
    for name in others:
        places.append((name, begin))
        begin += width(name) + gap
    return (*places, (last, max(middle - width(last) / 2, 0.0)))
