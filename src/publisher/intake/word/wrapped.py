"""Paragraphs that are a line of a page each, as pasted from a PDF → those that they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from publisher.intake.plain.paragraphs import between, full_width, goes_on, is_ended
from publisher.intake.source import Aligned, Room, Run, SourceBlock, SourceParagraph

_BLANKS = " \t\u3000\u00a0"
_INDENT = "\u3000\u3000"
_APART = (Aligned.CENTRED, Aligned.RIGHT)


def joined(blocks: Sequence[SourceBlock]) -> tuple[SourceBlock, ...]:
    """Blocks in which paragraphs are no lines; the very same where they are none already."""
    usual = _usual_indent(blocks)
    lines = [_line(each, usual) for each in blocks]
    full = full_width(lines)
    if not full:
        return tuple(blocks)
    # Where nothing tells where a paragraph begins, the end of a sentence ends one.
    tells = any(line[:1] in _BLANKS for line in lines if line.strip())
    made: list[SourceBlock] = []
    before, words = None, ""
    for block, line in zip(blocks, lines, strict=True):
        last = made[-1] if made else None
        if (
            isinstance(block, SourceParagraph)
            and isinstance(last, SourceParagraph)
            and isinstance(before, SourceParagraph)
            and _are_alike(before, block)
            and goes_on(words, line, full)
            and (tells or not is_ended(words))
        ):
            made[-1] = _with(last, block)
        else:
            made.append(block)
        before, words = block, line
    return tuple(made)


def _usual_indent(blocks: Iterable[SourceBlock]) -> float:
    """By how much most first lines are indented: where all are, that tells nothing."""
    indents = Counter(
        each.look.first for each in blocks if isinstance(each, SourceParagraph) and each.typed
    )
    return max(indents, key=lambda indent: indents[indent], default=0)


def _line(block: SourceBlock, usual: float) -> str:
    """A paragraph as a line of a page; nothing for what is none, or has a place of its own."""
    if not isinstance(block, SourceParagraph) or block.room is not Room.TEXT:
        return ""
    if block.look.alignment in _APART or "\n" in block.typed or "\t" in block.typed:
        return ""
    is_indented = block.label or block.look.first > usual or block.look.begins_page
    return f"{_INDENT if is_indented else ''}{block.words}"


def _are_alike(above: SourceParagraph, below: SourceParagraph) -> bool:
    """Whether two lines are set alike, as those of one paragraph are."""
    return (above.look.style, above.main_run.size) == (below.look.style, below.main_run.size)


def _with(paragraph: SourceParagraph, line: SourceParagraph) -> SourceParagraph:
    """A paragraph and the line that goes on with it; blanks at its end are none of it."""
    runs = list(paragraph.runs)
    last = runs[-1]
    kept = last.words.rstrip(_BLANKS) if last.note is None else last.words
    blank = between(kept, line.words)
    runs[-1] = replace(last, words=kept + blank) if last.note is None else last
    more = (Run(blank),) if blank and last.note is not None else ()
    return replace(paragraph, runs=(*runs, *more, *line.runs))
