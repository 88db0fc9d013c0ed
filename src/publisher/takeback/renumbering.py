"""A file in which paragraphs came, went or moved → the same with the numbers that we would print.

Our files have their numbers typed. Nobody who takes a heading out mends the numbers behind it, and
a reader that finds numbers out of order believes none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from publisher.intake.recognise.labels import FoundLabel, label_of
from publisher.intake.recognise.levels import RANKS
from publisher.intake.source import Room, Run, SourceBlock, SourceFile, SourceParagraph
from publisher.model import LevelForm
from publisher.styles import Style
from publisher.words.numbering import label

_ELSEWHERE = {
    *(Style.ONLY_NOTE, Style.FIRST_NOTE, Style.NEXT_NOTE),
    Style.TABLE_NOTE,
    *(Style.CONTENTS_1, Style.CONTENTS_2, Style.CONTENTS_3, Style.CONTENTS_4),
}
"""Styles of lines that repeat the numbers of others."""
_BEGINS = {Style.TITLE, Style.ISSUED_TITLE, Style.ATTACHMENT_LABEL}
"""Styles of lines with which a text begins, whose numbers are its own."""
Value = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A paragraph with a number before its words."""

    at: int
    """Its place among the blocks."""
    text: int
    """Which text of the file it belongs to."""
    words: str
    """Without the number."""
    mark: FoundLabel

    @property
    def form(self) -> LevelForm:
        """How it is written."""
        return self.mark.number.form

    @property
    def value(self) -> Value:
        """What it counts to."""
        return self.mark.number.value


def renumbered(was: SourceFile, now: SourceFile) -> SourceFile:
    """The file as it is now, its numbers in order wherever they were when it was made."""
    before, after = list(_numbered(was.blocks)), list(_numbered(now.blocks))
    if [(each.form, each.value) for each in before] == [(each.form, each.value) for each in after]:
        return now
    rules = _rules_of(before)
    odd = _wrong(before, rules)
    blocks = list(now.blocks)
    for each, (value, _) in zip(after, _counted(after, rules), strict=True):
        block = blocks[each.at]
        if each.value != value and each.form not in odd and isinstance(block, SourceParagraph):
            blocks[each.at] = _with(block, each.mark, value)
    return replace(now, blocks=tuple(blocks))


@dataclass(frozen=True, slots=True)
class _Rules:
    """How the numbers of a file count."""

    anew: frozenset[tuple[LevelForm, str]] | None = None
    """Which begin anew though nothing stands above them (从头编号); None: all that count to one."""
    running: frozenset[LevelForm] = frozenset()
    """Forms whose numbers go on whatever stands above them (连续编号)."""


def _rules_of(given: Sequence[_Numbered]) -> _Rules:
    rules = _Rules(running=_wrong(given, _Rules()))
    pairs = zip(given, _counted(given, rules), strict=True)
    anew = frozenset((each.form, each.words) for each, (_, begins_anew) in pairs if begins_anew)
    return replace(rules, anew=anew)


def _wrong(given: Sequence[_Numbered], rules: _Rules) -> frozenset[LevelForm]:
    """The forms whose numbers do not count so."""
    pairs = zip(given, _counted(given, rules), strict=True)
    return frozenset(each.form for each, (value, _) in pairs if each.value != value)


def _numbered(blocks: Iterable[SourceBlock]) -> Iterator[_Numbered]:
    text = 0
    for at, block in enumerate(blocks):
        if not isinstance(block, SourceParagraph) or block.room is not Room.TEXT:
            continue
        style = Style.named(block.look.style)
        text += style in _BEGINS
        if style not in _ELSEWHERE and (mark := label_of(block)):
            yield _Numbered(at, text, block.typed[mark.typed :], mark)


def _counted(given: Sequence[_Numbered], rules: _Rules) -> Iterator[tuple[Value, bool]]:
    """What each counts to: one more than the last of its form, below what stands above it.

    And whether it begins anew.
    """
    nested: dict[LevelForm, Value] = {}
    running: dict[LevelForm, Value] = {}
    text = 0
    for each in given:
        if each.text != text:
            nested, running, text = {}, {}, each.text
        is_running = each.form in rules.running
        above = running if is_running else nested
        last = above.get(each.form)
        is_named = rules.anew is None or (each.form, each.words) in rules.anew
        begins_anew = last is not None and each.value[-1] == 1 and is_named
        for deeper in _below(each.form, nested, is_running=is_running):
            del nested[deeper]
        count = 1 if begins_anew or last is None else last[-1] + 1
        above[each.form] = (*_named_above(each, above), count)
        yield above[each.form], begins_anew


def _below(form: LevelForm, nested: Iterable[LevelForm], *, is_running: bool) -> list[LevelForm]:
    """The forms that begin anew below a number: those met since its last, itself among them.

    Below one that runs on, those that stand below such in most texts.
    """
    forms = list(nested)
    if is_running:
        return [each for each in forms if RANKS.index(each) > RANKS.index(form)]
    return forms[forms.index(form) :] if form in forms else []


def _named_above(each: _Numbered, above: dict[LevelForm, Value]) -> Value:
    """The numbers that 1.1 names before its own: those of what stands above it."""
    count = len(each.value) - 1
    if not count:
        return ()
    known = [value for value in above.values() if len(value) == count]
    return known[-1] if known else each.value[:-1]


def _with(paragraph: SourceParagraph, mark: FoundLabel, value: Value) -> SourceParagraph:
    """The paragraph with another number in the place of its own."""
    number = label(mark.number.form, value).rstrip()
    if paragraph.label:
        return replace(paragraph, label=number)
    typed = paragraph.typed
    start = len(typed) - len(typed.lstrip())
    end = start + len(mark.number.label)
    return replace(paragraph, runs=tuple(_replaced(paragraph.runs, start, end, number)))


def _replaced(runs: Sequence[Run], start: int, end: int, words: str) -> Iterator[Run]:
    """The runs with words in the place of others."""
    at = 0
    for run in runs:
        size = len(run.words)
        first, last = max(start - at, 0), min(end - at, size)
        if first < last:
            put = words if at + first == start else ""
            run = replace(run, words=run.words[:first] + put + run.words[last:])
        yield run
        at += size
