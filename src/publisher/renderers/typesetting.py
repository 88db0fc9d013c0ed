"""What print and Word set alike, in words and in characters: dates, names, signature, 附件说明."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from publisher.model import (
    ColumnRole,
    Document,
    Edition,
    Orientation,
    Seal,
    SetCell,
    SetTable,
    SetText,
)
from publisher.renderers.titles import broken
from publisher.resolve import width
from publisher.standard import Length, Size, mark_size, type_width

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


def set_title(
    title: str, document: Document, orientation: Orientation = Orientation.PORTRAIT
) -> str:
    """A title of 2号 with newlines where its lines end, on pages of an orientation (7.3.1)."""
    across = type_width(landscape=orientation is Orientation.LANDSCAPE).pt
    organs = (*document.issuers, *document.bureau.organs)
    return broken(title, across // Size.NO_2.value, [organ.name for organ in organs])


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
    size = mark_size(longest + gap + len(edition.mark_suffix))
    return Mark(names, edition.mark_suffix, size)


def _spreading(name: str, characters: int) -> float:
    return (characters - len(name)) / (len(name) - 1) if len(name) > 1 else 0.0


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
    """The date four characters in; each name centred over it (7.3.5.1)."""
    names = [
        SignatureLine("署名", organ.name, max(4 + (width(date) - width(organ.name)) / 2, 0.0))
        for organ in document.issuers
    ]
    return (*names, *_line("成文日期", date, 4.0))


def _unsealed(document: Document, date: str) -> tuple[SignatureLine, ...]:
    """The name two in, the date beginning two right of it; the longer date two in (7.3.5.2)."""
    longest = max((width(organ.name) for organ in document.issuers), default=0.0)
    date_indent = max(2 + longest - 2 - width(date), 2.0)
    name_edge = date_indent + width(date) + 2  # where the names begin, from the right
    names = [
        SignatureLine("署名", organ.name, name_edge - width(organ.name))
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


def printed_items(table: SetTable, column: int, cell: SetCell) -> tuple[str, ...]:
    """What a cell prints, a line each: names of two characters as wide as those of three."""
    if table.columns[column].role is not ColumnRole.PEOPLE:
        return cell.items
    names = {name for row in table.rows for name in row.cells[column].items}
    if not any(len(name) == 3 for name in names):
        return cell.items
    return tuple(spread(name) for name in cell.items)


def signer_lines(document: Document) -> tuple[tuple[str, str, bool], ...]:
    """签发人, two a line (7.2.6): the label or nothing, names, and whether the line is the last."""
    names = [spread(name) for name in document.signers]
    pairs = [(IDEOGRAPHIC_SPACE * 2).join(names[i : i + 2]) for i in range(0, len(names), 2)]
    # Lines stand flush right; filled up to one width, their first names stand under one another.
    longest = max(map(width, pairs), default=0.0)
    filled = [pair + IDEOGRAPHIC_SPACE * round(longest - width(pair)) for pair in pairs]
    return tuple(
        ("签发人：" if index == 0 else "", pair, index == len(pairs) - 1)
        for index, pair in enumerate(filled)
    )


def lines_of(words: str, characters: int) -> int:
    """How many lines words take where so many characters fit in one."""
    return max(1, -int(-width(words) // characters))
