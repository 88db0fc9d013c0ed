"""The lines of a paragraph as its author typed them, and its new words → its new lines.

Lines before the first change and behind the last stay; those between are written anew, a sentence
a line if the author had more than one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from publisher.model import SourceLines
from publisher.readers.inline import read_inline
from publisher.readers.notes import join_lines, without_end
from publisher.words.sentences import CLOSING, SENTENCE_ENDS
from publisher.writers.inline import SOFT, markdown

_BREAK = "  \n"
_ENDS = re.compile(f"[{SENTENCE_ENDS}]{CLOSING}$")


def edited_lines(typed: SourceLines, old: str, new: str) -> tuple[int, int, list[str]] | None:
    """From which to which of the lines typed others take their place, and these.

    `old` and `new` are Markdown as it would be written; None where the lines do not say `old`.
    """
    before, after = _plain(old), _plain(new)
    spans = _spans([line for line, _ in typed], before)
    if spans is None:
        return None
    first = _common(before, after)
    behind = min(_common(before[::-1], after[::-1]), min(len(before), len(after)) - first)
    kept = sum(1 for _ in _leading(spans, first))
    left = sum(1 for start, _ in spans[kept:] if start >= len(before) - behind)
    begin = spans[kept][0] if kept < len(spans) else len(before)
    while True:
        end = spans[len(spans) - left][0] if left else len(before)
        middle = _with_soft(new, begin, len(after) - (len(before) - end))
        if not left or not middle or middle.endswith(_BREAK) or _ENDS.search(middle):
            break
        left -= 1  # what begins a sentence stands on the line of that
    return kept, len(spans) - left, _lines(middle, in_sentences=len(spans) > 1, goes_on=left > 0)


def _common(before: str, after: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(before, after, strict=False)
    return next(
        (n for n, (was, is_now) in enumerate(pairs) if was != is_now), min(len(before), len(after))
    )


def _plain(markdown: str) -> str:
    return markdown.replace(SOFT, "").replace("\\\n", _BREAK)


def _spans(lines: list[str], text: str) -> list[tuple[int, int]] | None:
    """From where to where in a text each line stands, with what joins it to the next.

    A line may have more backslashes than it needs; None where they do not make the text.
    """
    for each in (lines, [*map(_as_written, lines)]):
        made, starts = join_lines(each)
        if made == text:
            return list(zip(starts, [*starts[1:], len(text)], strict=True))
    return None


def _as_written(line: str) -> str:
    """A line with backslashes only where they are needed."""
    words, is_ended = without_end(line)
    content = read_inline(words)
    made = markdown(content, lambda _: "").replace(SOFT, "").replace("\\[^", "[^")
    return made + "\\" * is_ended


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
