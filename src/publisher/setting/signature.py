"""署名 and 成文日期 → where they stand: with a seal, without one, or with a stamp (7.3.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from publisher import standard
from publisher.forms import Signature
from publisher.model import Seal
from publisher.setting.composition import ComposedSignature, NamePlace, SignatureLine
from publisher.setting.lines import IDEOGRAPHIC_SPACE, LATIN_GAP, has_gap, spread
from publisher.setting.wholes import width
from publisher.words.days import written

_NAME_GAP = 0.55
"""Between names side by side there is at least so much, in characters."""


def composed_signature(signature: Signature) -> ComposedSignature:
    """The lines of a signature, as it is sealed."""
    date = written(signature.date) if signature.date else ""
    rows = tuple(_rows(signature, date))
    above = 0 if rows else standard.SIGNATURE_ABOVE
    match signature.seal:
        case Seal.SEALED:
            lines = _sealed(signature, date, above)
        case Seal.UNSEALED:
            lines = _unsealed(signature, date, above)
        case Seal.SIGNATURE_STAMP:
            lines = _stamped(signature, date)
    made = tuple(lines)
    between = (len(rows) - 1) * (standard.SEAL_ROW_LINES - 1) if rows else 0
    blank = max(sum(line.above for line in made) - standard.SIGNATURE_ABOVE, 0)
    return ComposedSignature(rows, made, len(rows) + between + len(made) + blank)


def _names(signature: Signature) -> list[str]:
    return ["".join(words) for words in signature.signatories]


def _sealed(signature: Signature, date: str, above: int) -> Iterator[SignatureLine]:
    """The date four characters in, a single name centred over it (7.3.5.1)."""
    indent = float(standard.SEALED_DATE_INDENT)
    middle = indent + _spaced_width(date) / 2
    names = _names(signature) if len(signature.signatories) == 1 else []
    places = [(name, max(middle - _spaced_width(name) / 2, 0.0)) for name in names]
    yield from _below_one_another(places, date, indent, above)


def _unsealed(signature: Signature, date: str, above: int) -> Iterator[SignatureLine]:
    """The name two in, the date beginning two right of it; the longer date two in (7.3.5.2)."""
    indent = standard.UNSEALED_INDENT
    names = _names(signature)
    longest = max(map(_spaced_width, names), default=0.0)
    date_indent = max(indent + longest - indent - _spaced_width(date), float(indent))
    edge = date_indent + _spaced_width(date) + indent  # where the names begin, from the right
    places = [(name, edge - _spaced_width(name)) for name in names]
    yield from _below_one_another(places, date, date_indent, above)


def _below_one_another(
    names: Iterable[tuple[str, float]], date: str, date_indent: float, above: int
) -> Iterator[SignatureLine]:
    """Names with their indents, then the date; blank lines above the first of them."""
    for name, indent in names:
        yield SignatureLine(name, indent, above, is_date=False)
        above = 0
    if date:
        yield SignatureLine(date, date_indent, above, is_date=True)


def _stamped(signature: Signature, date: str) -> Iterator[SignatureLine]:
    """职务 two characters left of the 签名章, which ends four in; the date below (7.3.5.3)."""
    (*title, name), *_ = signature.signatories or (("",),)
    if words := (IDEOGRAPHIC_SPACE * standard.STAMP_GAP).join((*title, spread(name))):
        yield SignatureLine(words, standard.STAMP_INDENT, standard.STAMP_ABOVE, is_date=False)
    if date:
        yield SignatureLine(date, standard.STAMP_INDENT, standard.STAMP_BELOW, is_date=True)


# -- several organs with seals ------------------------------------------------------------


def _rows(signature: Signature, date: str) -> Iterator[tuple[NamePlace, ...]]:
    """The names of a joint document with seals, in rows (7.3.5.1); none for others.

    Up to three stand in a row, fewer where they are long. The last of each row is centred over the
    date, for the last seal is pressed on both; the others share the room left of it.
    """
    if signature.seal is not Seal.SEALED or len(signature.signatories) < 2:
        return
    edge = standard.CHARACTERS_PER_LINE - standard.SEALED_DATE_INDENT
    middle = edge - _spaced_width(date) / 2
    names = _names(signature)
    while names:
        counts = range(standard.NAMES_PER_ROW, 1, -1)
        count = next((n for n in counts if len(names) >= n and _fit(names[:n], middle)), 1)
        yield _row_places(names[:count], middle)
        names = names[count:]


def _spaced_width(words: str) -> float:
    """The width of words with what is added between Chinese characters and digits."""
    gaps = sum(has_gap(before, after) for before, after in pairwise(words))
    return width(words) + LATIN_GAP * gaps


def _fit(names: list[str], middle: float) -> bool:
    return _room(names, middle) >= _NAME_GAP * (len(names) - 1)


def _room(names: list[str], middle: float) -> float:
    """What is left of the row, from its edge to the last name, beside the names."""
    return middle - width(names[-1]) / 2 - sum(map(width, names[:-1]))


def _row_places(names: list[str], middle: float) -> tuple[NamePlace, ...]:
    *before, last = names
    room = _room(names, middle)
    gap = max(room / len(names), _NAME_GAP)
    begin = room - gap * len(before)
    places = []
    for name in before:
        places.append(NamePlace(name, begin))
        begin += width(name) + gap
    return (*places, NamePlace(last, max(middle - width(last) / 2, 0.0)))
