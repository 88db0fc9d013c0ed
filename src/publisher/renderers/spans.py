"""Lines → the HTML that sets them in print: each line as it was broken, filled to its edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from publisher.renderers.lines import LATIN_GAP, Line, Piece, has_gap, is_latin
from publisher.standard import FANG, HEI, KAI, Length, Typeface

if TYPE_CHECKING:
    from markupsafe import Markup

FACE_CLASSES = {KAI: "kai", HEI: "hei", FANG: "fang"}


@dataclass(frozen=True, slots=True)
class _Segment:
    """Characters of one piece on one line, all Chinese or all Latin."""

    text: str
    piece: Piece
    latin: bool
    spacing: Length
    """Added after each character."""
    gap_before: bool
    gap_after: bool
    ends_line: bool


def set_lines(lines: Sequence[Line], tracking: Length, face: Typeface) -> tuple[Markup, Markup]:
    """The lines as HTML: what belongs to the paragraph's heading, and what to its text.

    The element around them sets `face` and `tracking`, and wraps no line itself.
    """
    from markupsafe import Markup

    segments = [one for line in lines for one in _segments(line, tracking)]
    parts = {
        in_heading: Markup("").join(
            _html(one, tracking, face) for one in segments if one.piece.in_heading is in_heading
        )
        for in_heading in (True, False)
    }
    # The last line needs no break after it.
    return parts[True], parts[False].removesuffix(_BREAK)


_BREAK = "<br>"


def _segments(line: Line, tracking: Length) -> Iterator[_Segment]:
    characters = [(one, piece) for piece in line.pieces for one in piece.text]
    runs = [
        list(group)
        for _, group in groupby(characters, lambda pair: (id(pair[1]), is_latin(pair[0])))
    ]
    for index, run in enumerate(runs):
        latin = is_latin(run[0][0])
        before = runs[index - 1][-1][0] if index else ""
        after = runs[index + 1][0][0] if index + 1 < len(runs) else ""
        yield _Segment(
            text="".join(one for one, _ in run),
            piece=run[0][1],
            latin=latin,
            spacing=tracking if latin else tracking + line.stretch,
            gap_before=latin and bool(before) and has_gap(before, run[0][0]),
            gap_after=latin and bool(after) and has_gap(run[-1][0], after),
            ends_line=index + 1 == len(runs),
        )


def _html(segment: _Segment, tracking: Length, face: Typeface) -> Markup:
    from markupsafe import Markup, escape

    styles = []
    if segment.spacing != tracking:
        styles.append(f"letter-spacing:{segment.spacing.css}")
    if segment.gap_before:
        styles.append(f"margin-left:{LATIN_GAP}em")
    if segment.gap_after:
        styles.append(f"margin-right:{LATIN_GAP}em")
    piece = segment.piece
    classes = FACE_CLASSES[piece.face] if piece.face is not face else ""
    words = escape(segment.text)
    if styles or classes:
        words = Markup("<span{}{}>{}</span>").format(
            Markup(' class="{}"').format(classes) if classes else "",
            Markup(' style="{}"').format(";".join(styles)) if styles else "",
            words,
        )
    if piece.is_strong:
        words = Markup("<strong>{}</strong>").format(words)
    if piece.link:
        words = Markup('<a href="{}">{}</a>').format(piece.link, words)
    return words + Markup(_BREAK) if segment.ends_line else words
