"""Lines → the HTML that sets them in print: each line as it was broken, filled to its edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from publisher.setting.lines import Line, Piece, Shift, added_room, has_gap, is_latin
from publisher.standard import FANG, HEI, KAI, Length, Size, Typeface

if TYPE_CHECKING:
    from markupsafe import Markup

_FACE_CLASSES = {KAI: "kai", HEI: "hei", FANG: "fang"}
_GAP_CLASSES = {(True, True): "gaps", (True, False): "gap-before", (False, True): "gap-after"}
_UNSEEN = 0.004
"""A difference of letter spacing that nobody sees, in points: such lines need no element."""


def set_lines(
    lines: Sequence[Line], tracking: Length, face: Typeface, usual: Length
) -> tuple[Markup, Markup]:
    """The lines as HTML: the paragraph's heading or number, and its text.

    They were measured with `tracking`. The element around them sets `face`, adds `usual` after
    each character, keeps newlines and breaks no line itself.
    """
    from markupsafe import Markup

    set_pieces = [piece for line in lines for piece in _pieces(line, lines, tracking, face, usual)]
    heading, text = Markup(""), Markup("")
    for (is_before, link), group in groupby(
        set_pieces, lambda piece: (piece[0].in_heading or piece[0].is_label, piece[0].link)
    ):
        linked = list(group)
        words = Markup("").join(html for _, html in linked)
        if link:  # one element, on however many lines
            words = _linked(linked[0][0], words)
        if is_before:
            heading += words
        else:
            text += words
    return heading, text


def _linked(piece: Piece, words: Markup) -> Markup:
    """Words that lead somewhere, and back where they are the mark of a note or its number."""
    from markupsafe import Markup

    if not piece.anchor:
        return Markup('<a href="{}">{}</a>').format(piece.link, words)
    title = f"注{piece.note}" if piece.note else "返回正文"
    made = Markup('<a href="{}" id="{}" title="{}">{}</a>').format(
        piece.link, piece.anchor, title, words
    )
    return Markup('<span data-tag="Reference">{}</span>').format(made) if piece.note else made


def _pieces(
    line: Line, lines: Sequence[Line], tracking: Length, face: Typeface, usual: Length
) -> Iterator[tuple[Piece, Markup]]:
    """Each piece of a line with its HTML; all lines but the last end in a newline."""
    is_last = line is lines[-1]
    # The spacing of the last line is the usual one: nothing has to be filled.
    spacing = usual if is_last and not line.stretch.pt else tracking + line.stretch
    for index, piece in enumerate(line.pieces):
        ends = index + 1 == len(line.pieces) and not is_last
        yield piece, _piece(line, index, spacing, usual, face) + ("\n" if ends else "")


def _piece(line: Line, index: int, spacing: Length, usual: Length, face: Typeface) -> Markup:
    """One piece of a line, as it is marked and spaced."""
    from markupsafe import Markup

    piece = line.pieces[index]
    beside = line.pieces[index - 1] if index else None, *line.pieces[index + 1 : index + 2], None
    before, after = (_beside(piece, neighbour) for neighbour in beside[:2])
    words = Markup("").join(_runs(piece.text, before[-1:], after[:1]))
    names = [_FACE_CLASSES[piece.face]] if piece.face is not face else []
    names += [piece.shift.name.lower()] if piece.shift is not Shift.ON_LINE else []
    classes = f' class="{" ".join(names)}"' if names else ""
    style = _style(piece, spacing, usual)
    if classes or style:
        words = Markup("<span{}{}>{}</span>").format(Markup(classes), Markup(style), words)
    return Markup("<strong>{}</strong>").format(words) if piece.is_strong else words


def _beside(piece: Piece, neighbour: Piece | None) -> str:
    """The words beside a piece; what is raised or lowered has no gap before it or after it."""
    return neighbour.text if neighbour and neighbour.shift is piece.shift else ""


def _style(piece: Piece, spacing: Length, usual: Length) -> str:
    """What sets a piece apart from what is around it: its spacing, and its room."""
    rules = []
    if abs(spacing.pt - usual.pt) > _UNSEEN:
        rules.append(f"letter-spacing:{spacing.css}")
    if piece.room:
        # Indents are counted in characters with the usual spacing.
        size = Size.NO_3.length
        beyond = added_room(piece, size, spacing) + (usual - spacing) * piece.room
        rules.append(f"margin-right:{beyond.css}")
    return f' style="{";".join(rules)}"' if rules else ""


def _runs(text: str, before: str, after: str) -> Iterator[Markup]:
    """The text, what is Latin set off from Chinese characters beside it."""
    from markupsafe import Markup, escape

    runs = ["".join(run) for _, run in groupby(text, is_latin)]
    for index, run in enumerate(runs):
        last = runs[index - 1][-1] if index else before
        following = runs[index + 1][0] if index + 1 < len(runs) else after
        gaps = bool(last) and has_gap(last, run[0]), bool(following) and has_gap(run[-1], following)
        if is_latin(run[0]) and any(gaps):
            yield Markup('<span class="{}">{}</span>').format(_GAP_CLASSES[gaps], run)
        else:
            yield escape(run)
