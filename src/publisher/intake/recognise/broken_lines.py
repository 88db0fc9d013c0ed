"""A paragraph whose lines somebody ended by hand → a paragraph each, where they are paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from publisher.intake.recognise.labels import BLANKS
from publisher.intake.source import Run, SourceBlock, SourceParagraph
from publisher.words.numbering import typed_label
from publisher.words.sentences import SENTENCE_ENDS

_INDENT = ("\u3000\u3000", "    ", "\xa0\xa0")
_ENDS = (*SENTENCE_ENDS, "：", "；", ":", ";")


def parted(blocks: Sequence[SourceBlock]) -> Iterator[SourceBlock]:
    """Blocks, each paragraph that holds several as several of its number."""
    for block in blocks:
        if isinstance(block, SourceParagraph) and "\n" in block.typed:
            yield from _parted(block)
        else:
            yield block


def _parted(paragraph: SourceParagraph) -> list[SourceParagraph]:
    lines = paragraph.typed.split("\n")
    if not any(_begins(line) for line in lines[1:]):
        return [paragraph]
    rest = list(paragraph.runs)
    made: list[SourceParagraph] = []
    count = 0
    for at, (above, line) in enumerate(pairwise(lines)):
        count += len(above) + 1
        said = "".join(run.words for run in rest)[:count]
        is_within = is_open(said) and any(set(each) & set("）)") for each in lines[at + 1 :])
        if not is_within and _parts(above, line):
            first, rest = _cut(rest, count)
            made.append(replace(paragraph, runs=tuple(first)))
            count = 0
    made.append(replace(paragraph, runs=tuple(rest)))
    return [made[0], *(replace(each, label="", label_level=None) for each in made[1:])]


def _begins(line: str) -> bool:
    """Whether a line begins as a paragraph does."""
    return line.startswith(_INDENT) or typed_label(line.strip(BLANKS)) is not None


def _parts(above: str, line: str) -> bool:
    """Whether a paragraph ends between two lines."""
    is_title = typed_label(above.strip(BLANKS)) is not None and not above.rstrip().endswith("，")
    return _begins(line) or above.rstrip().endswith(_ENDS) or is_title


def is_open(words: str) -> bool:
    """Whether a bracket is open where words end."""
    depth = 0
    for character in words:
        depth += (character in "（(") - (character in "）)" and depth > 0)
    return depth > 0


def _cut(runs: Sequence[Run], count: int) -> tuple[list[Run], list[Run]]:
    """Runs up to a character that ends a line, which is left out, and those behind it."""
    first: list[Run] = []
    for index, run in enumerate(runs):
        if count <= len(run.words):
            before = replace(run, words=run.words[: count - 1], note=None)
            behind = replace(run, words=run.words[count:])
            return [*first, before], [behind, *runs[index + 1 :]]
        first.append(run)
        count -= len(run.words)
    return first, []
