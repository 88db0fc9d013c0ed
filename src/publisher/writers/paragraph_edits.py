"""The lines of a paragraph as its author typed them, and its new words → its new lines.

Lines before the first change and behind the last stay; those between are written anew, a sentence
a line if the author had more than one line.
"""

from __future__ import annotations

from collections.abc import Sequence

from publisher.model import SourceLines
from publisher.readers.notes import join_lines
from publisher.writers.inline import SOFT

_BREAK = "  \n"


def edited_lines(typed: SourceLines, old: str, new: str) -> tuple[int, int, list[str]] | None:
    """From which to which of the lines typed others take their place, and these.

    `old` and `new` are Markdown as it would be written; None where `old` is not what was typed.
    """
    text, _ = join_lines([line for line, _ in typed])
    before, after = _plain(old), _plain(new)
    if text != before:
        return None
    spans = _spans(typed)
    first = _common(before, after)
    most = min(len(before), len(after)) - first
    behind = min(_common(before[::-1], after[::-1]), most)
    kept = sum(1 for _ in _leading(spans, first))
    left = sum(1 for start, _ in spans[kept:] if start >= len(before) - behind)
    begin = spans[kept][0] if kept < len(spans) else len(before)
    end = spans[len(spans) - left][0] if left else len(before)
    middle = _with_soft(new, begin, len(after) - (len(before) - end))
    return kept, len(spans) - left, _lines(middle, in_sentences=len(spans) > 1, goes_on=left > 0)


def _common(before: str, after: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(before, after, strict=False)
    return next(
        (n for n, (was, is_now) in enumerate(pairs) if was != is_now), min(len(before), len(after))
    )


def _plain(markdown: str) -> str:
    return markdown.replace(SOFT, "").replace("\\\n", _BREAK)


def _spans(typed: SourceLines) -> list[tuple[int, int]]:
    """From where to where in the joined text each line stands, with what joins it to the next."""
    text, starts = join_lines([line for line, _ in typed])
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _leading(spans: Sequence[tuple[int, int]], first: int) -> list[tuple[int, int]]:
    made = []
    for span in spans:
        if span[1] > first or span is spans[-1]:
            break
        made.append(span)
    return made


def _with_soft(markdown: str, begin: int, end: int) -> str:
    """The part of Markdown between two characters of its plain form, its soft ends in it."""
    made, at = [], 0
    text = markdown.replace("\\\n", _BREAK)
    for character in text:
        if character == SOFT:
            if begin < at < end:
                made.append(SOFT)
            continue
        if begin <= at < end:
            made.append(character)
        at += 1
    return "".join(made)


def _lines(middle: str, *, in_sentences: bool, goes_on: bool) -> list[str]:
    from publisher.writers.blocks import at_sentences

    if not middle:
        return []
    pieces = middle.split(_BREAK)
    last = pieces.pop() if not middle.endswith(_BREAK) or not goes_on else None
    made = [f"{piece}\\" for piece in pieces if piece or last is not None]
    made += [last] if last else []
    lines = [line for piece in made for line in at_sentences(piece, is_whole=not in_sentences)]
    return [line.rstrip() for line in lines]
