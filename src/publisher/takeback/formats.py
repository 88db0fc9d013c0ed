"""A file and how its words would look → what in it looks otherwise: told, and not taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby

from publisher.intake.source import (
    Aligned,
    Run,
    RunShift,
    SourceFile,
    SourceParagraph,
    paragraphs_in,
)
from publisher.styles import Style
from publisher.takeback.result import NotTaken, Reason
from publisher.terminal import brief

_STRESSED = {Style.STRESS, Style.PART_WORDS, Style.CLAUSE_WORDS, Style.ITEM_WORDS}
_NEAR = 0.6
"""Points by which a size may differ that was rounded."""
_LONGEST = 30
_STRUCK = "删除线"


def changed(was: SourceFile, ours: SourceFile, now: SourceFile) -> Iterator[NotTaken]:
    """Each paragraph that says what ours says and looks otherwise.

    What looks as it was printed is no change: in `ours` the program may set it in another way, as
    it does the cells of a column from which a row is gone.
    """
    as_printed = {new.number for old, new in _pairs(was, now) if not any(_differences(old, new))}
    for old, new in _pairs(ours, now):
        if new.number not in as_printed and (said := "；".join(_differences(old, new))):
            yield NotTaken(Reason.FORMAT, now.where(new.number), said)


def struck(was: SourceFile | None, now: SourceFile) -> Iterator[NotTaken]:
    """Words that somebody struck out by hand: whoever does so may want them gone."""
    old = Counter(_struck_in(was)) if was else Counter()
    for remark in now.remarks:
        if remark.kind != _STRUCK:
            continue
        if old[remark.words]:
            old[remark.words] -= 1
        else:
            words = f"“{remark.words}”画了删除线，没有删：要删的，请在内容里删"
            yield NotTaken(Reason.DOUBTFUL, now.where(remark.number), words)


def _struck_in(source: SourceFile) -> Iterator[str]:
    return (remark.words for remark in source.remarks if remark.kind == _STRUCK)


def _pairs(
    before: SourceFile, after: SourceFile
) -> Iterator[tuple[SourceParagraph, SourceParagraph]]:
    """The paragraphs of two files that say the same."""
    old, new = (list(paragraphs_in(source.blocks)) for source in (before, after))
    matcher = SequenceMatcher(
        None, [each.words for each in old], [each.words for each in new], autojunk=False
    )
    for start, first, size in matcher.get_matching_blocks():
        yield from zip(old[start : start + size], new[first : first + size], strict=True)


def _differences(old: SourceParagraph, new: SourceParagraph) -> Iterator[str]:
    if not new.typed.strip():
        return
    yield from _of_words(old, new)
    words = brief(new.words, _LONGEST)
    if _aligned(old) is not _aligned(new):
        yield f"“{words}”{_aligned(new).value}"
    if (old.look.outline or 0) != (new.look.outline or 0):
        level = f"大纲级别改为 {new.look.outline}" if new.look.outline else "没有标题样式"
        yield f"“{words}”{level}"


def _aligned(paragraph: SourceParagraph) -> Aligned:
    """Left and justified are as good as one: programs exchange them."""
    alignment = paragraph.look.alignment or Aligned.JUSTIFIED
    return Aligned.JUSTIFIED if alignment is Aligned.LEFT else alignment


def _of_words(old: SourceParagraph, new: SourceParagraph) -> Iterator[str]:
    pairs = zip(_characters(old), _characters(new), strict=False)
    looks = ((character, _difference(before, after)) for (_, before), (character, after) in pairs)
    for difference, some in groupby(looks, lambda pair: pair[1]):
        words = "".join(character for character, _ in some)
        if difference and words.strip():
            yield f"“{brief(words, _LONGEST)}”{difference}"


def _characters(paragraph: SourceParagraph) -> Iterator[tuple[str, Run]]:
    for run in paragraph.runs:
        for character in run.words:
            yield character, run


def _difference(old: Run, new: Run) -> str:
    """What became of a character's look, in words; empty where nothing did."""
    said = []
    if old.link or new.link:  # which programs draw each in its own way
        return ""
    if _is_stressed(old) != _is_stressed(new):
        said.append("加粗" if _is_stressed(new) else "不再加粗")
    if old.is_red != new.is_red:
        said.append("改成红色" if new.is_red else "不再是红色")
    if old.is_underlined != new.is_underlined:
        said.append("加下划线" if new.is_underlined else "去掉下划线")
    if old.size and new.size and abs(old.size - new.size) > _NEAR:
        said.append(f"字号由 {old.size:g} 磅改为 {new.size:g} 磅")
    if old.shift is not new.shift:
        said.append(f"改成{new.shift.value}" if new.shift is not RunShift.NONE else "不再是上下标")
    return "、".join(said)


def _is_stressed(run: Run) -> bool:
    return run.is_bold or Style.named(run.style) in _STRESSED
