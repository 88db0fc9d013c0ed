"""Paragraphs and tables that two versions print around the text → what became of them.

They are generated: lines of the 版头, 附件说明, signature, 版记. They are matched by style and
words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from publisher import standard
from publisher.changes import Op
from publisher.compare.words import pieces, run
from publisher.renderers.changes.tracked import (
    Line,
    Reader,
    drawn,
    laid,
    parted,
    pictures_in,
    properties,
    settle,
    spans,
    whole,
    words_in,
)
from publisher.renderers.docx.elements import Maker, copied, w
from publisher.renderers.docx.imprint import raise_box

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Pair = tuple["Element | None", "Element | None"]
_ALIKE = 50
"""Lines of another style are the same line if they are so alike, of 100."""


def pairs(old: Sequence[Element], new: Sequence[Element]) -> list[Pair]:
    """Each element with what it became, in the order of both; the old one first of two."""
    likeness = [[_likeness(line, new_line) for new_line in new] for line in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    return list(_path(old, new, likeness, best))


def _path(
    old: Sequence[Element],
    new: Sequence[Element],
    likeness: list[list[float]],
    best: list[list[float]],
) -> Iterator[Pair]:
    i = j = 0
    while i < len(old) or j < len(new):
        both = i < len(old) and j < len(new)
        if both and likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif i < len(old) and (j == len(new) or best[i][j] == best[i + 1][j]):
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1


def _likeness(old: Element, new: Element) -> float:
    """How much it speaks for two elements being the same line; 0 where they are not."""
    if old.tag != new.tag:
        return 0
    words = _words(old), _words(new)
    alike = fuzz.ratio(*words) if all(words) else 0.0
    if old.tag != w("w:p") or _style(old) == _style(new):
        return 101 + (alike if words[0] != words[1] else 200)
    if any(words) and not all(words):  # what came or went leaves a blank line, as 密级 does
        return 1
    return alike if alike >= _ALIKE else 0


def _words(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(w("w:t")))


def _style(paragraph: Element) -> str | None:
    style = paragraph.find(f"{w('w:pPr')}/{w('w:pStyle')}")
    return None if style is None else style.get(w("w:val"))


# -- paragraphs -------------------------------------------------------------------------


def merged(maker: Maker, old: Element | None, new: Element | None) -> Line:
    """One line of what was a line, is one, or both."""
    if old is None or new is None:
        shown = old if new is None else new
        assert shown is not None
        return whole(shown, Op.INSERTED if old is None else Op.DELETED)
    if new.find(f".//{w('w:txbxContent')}") is not None:
        new = _with_boxes(maker, old, new)
    if pictures_in(old) != pictures_in(new):
        gone, come = whole(old, Op.DELETED), whole(new, Op.INSERTED)
        return Line([*gone.spans, *come.spans], Op.EQUAL, properties(old), properties(new))
    words = pieces(run(words_in(old)), run(words_in(new)))
    if all(piece.op is Op.EQUAL for piece in words):
        return Line(list(spans(new)), Op.EQUAL, properties(old), properties(new))
    laid_out = laid(words, Reader([old]), Reader([new]), None)
    return Line(list(laid_out), Op.EQUAL, properties(old), properties(new))


def _with_boxes(maker: Maker, old: Element, new: Element) -> Element:
    """A paragraph with its text boxes, in which stands what stood in those of the other too."""
    made: Element = copied(new)
    boxes = (list(paragraph.iter(w("w:txbxContent"))) for paragraph in (old, made))
    for before, after in zip(*boxes, strict=False):
        lines = [merged(maker, *pair) for pair in pairs(list(before), list(after))]
        gone = sum(line.mark is Op.DELETED for line in lines)
        raise_box(next(after.iterancestors(w("wp:anchor"))), standard.IMPRINT_LINE * gone)
        after[:] = [drawn(maker, line) for line in parted(settle(lines))]
    return made
