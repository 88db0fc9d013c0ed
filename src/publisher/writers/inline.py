"""Inline content → Markdown that is read as the same; only what needs a backslash has one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from publisher.model import Inline, LineBreak, Link, Lowered, Note, Raised, Strong, Text
from publisher.readers.inline import ESCAPED, LOWERED, RAISED, read_inline
from publisher.readers.named_files import is_balanced
from publisher.words.sentences import CLOSING, SENTENCE_ENDS

NameOf = Callable[[Note], str]
"""The name by which a text calls a note."""

SOFT = "\x00"
"""Where a line may end that nobody sees: behind a sentence."""

_ESCAPABLE = re.compile("[" + re.escape("".join(ESCAPED)) + "]")
_MEANT = re.compile(
    rf"\\(?={_ESCAPABLE.pattern}|$)|\*(?=\*)|(?<=\*)\*|\[(?=\^|[^\[\]]*\]\()"
    rf"|(?<=[0-9A-Za-z）)%％\u3400-\u9fff])\^(?=[0-9])|{RAISED}|{LOWERED}"
    r"|\{(?=[{%])|(?<=\{)\{"
)
"""What Markdown would take for more than characters."""
_SENTENCE = re.compile(f"[{SENTENCE_ENDS}]{CLOSING}(?=[^\\s{SENTENCE_ENDS}])")

Escape = Callable[[str], str]


def as_needed(words: str) -> str:
    """Words with a backslash before what Markdown would read otherwise."""
    return _MEANT.sub(lambda match: f"\\{match[0]}", words)


def _everywhere(words: str) -> str:
    return _ESCAPABLE.sub(lambda match: f"\\{match[0]}", words)


def markdown(content: Sequence[Inline], name_of: NameOf) -> str:
    """Markdown of inline content, `SOFT` behind its sentences; a line break ends a line.

    What no Markdown says is written as what is next to it: blanks at the ends of stressed words
    stand outside of them.
    """
    nearest = sayable(content)
    for wanted in (tuple(content), nearest):
        for escape in (as_needed, _everywhere):
            made = "".join(_written(wanted, name_of, escape, is_top=True))
            if _reads_as(made, wanted, name_of):
                return made
    return "".join(_written(nearest, name_of, as_needed, is_top=True))


def _reads_as(made: str, content: Sequence[Inline], name_of: NameOf) -> bool:
    text = made.replace(SOFT, "")
    lines = text.split("\\\n")
    if any("\n" in line or line != line.strip() for line in lines):
        return False
    if len(content) == 1 and not _ESCAPABLE.search(text):
        return isinstance(content[0], Text)
    return read_inline("  \n".join(lines)) == _with_marks(content, name_of)


def _with_marks(content: Sequence[Inline], name_of: NameOf) -> tuple[Inline, ...]:
    """The content as it is read where no notes are known."""

    def marked(inline: Inline) -> Inline:
        match inline:
            case Note():
                return Text(f"[^{name_of(inline)}]")
            case Strong(inner):
                return Strong(_with_marks(inner, name_of))
            case Link(target, inner):
                return Link(target, _with_marks(inner, name_of))
        return inline

    return tuple(_joined(map(marked, content)))


def _written(
    content: Sequence[Inline], name_of: NameOf, escape: Escape, *, is_top: bool
) -> Iterator[str]:
    for index, inline in enumerate(content):
        match inline:
            case Text(words):
                after = content[index + 1 : index + 2]
                goes_on = is_top and bool(after) and isinstance(after[0], Strong | Link)
                made = escape(words)
                yield _with_sentences(made, goes_on=goes_on) if is_top else made
            case Strong(inner):
                yield f"**{_inner(inner, name_of, escape)}**"
            case Link(target, inner):
                yield f"[{_inner(inner, name_of, escape)}]({_target(target)})"
            case LineBreak():
                yield "\\\n"
            case Raised(words):
                yield f"^{words}^"
            case Lowered(words):
                yield f"~{words}~"
            case Note():
                yield f"[^{name_of(inline)}]"


def _inner(content: Sequence[Inline], name_of: NameOf, escape: Escape) -> str:
    return "".join(_written(content, name_of, escape, is_top=False))


def _target(address: str) -> str:
    """An address as a link has it; one in angle brackets may have any mark but those."""
    is_plain = not re.search(r"[\s\"']", address) and is_balanced(address)
    return address if is_plain else f"<{address}>"


def _with_sentences(words: str, *, goes_on: bool) -> str:
    made = _SENTENCE.sub(rf"\g<0>{SOFT}", words)
    ends = goes_on and re.search(f"[{SENTENCE_ENDS}]{CLOSING}$", words)
    return made + SOFT if ends else made


# -- what Markdown can say ----------------------------------------------------------------


def sayable(content: Sequence[Inline]) -> tuple[Inline, ...]:
    """The nearest that Markdown can say: blanks and ends of lines where it can have them."""
    made = _trimmed(_joined(_parted(content)), ends=True)
    while made and isinstance(made[-1], LineBreak):
        made = _trimmed(made[:-1], ends=True)
    return tuple(made)


def _trimmed(content: Sequence[Inline], *, ends: bool) -> list[Inline]:
    """The same without blanks beside the ends of lines, and at its own if those are some."""
    made: list[Inline] = []
    for index, inline in enumerate(content):
        if isinstance(inline, Text):
            words = inline.content
            before, after = content[:index][-1:], content[index + 1 :][:1]
            if isinstance(before[0], LineBreak) if before else ends:
                words = words.lstrip()
            if isinstance(after[0], LineBreak) if after else ends:
                words = words.rstrip()
            made += [Text(words)] if words else []
        else:
            made.append(inline)
    return made


def _parted(content: Sequence[Inline]) -> Iterator[Inline]:
    for inline in content:
        match inline:
            case Text(words):
                yield from _lines(words)
            case Strong(inner):
                yield from _without_edges(Strong, _joined(_parted(inner)))
            case Link(target, inner):
                yield from _without_edges(lambda kept: Link(target, kept), _joined(_parted(inner)))
            case _:
                yield inline


def _lines(words: str) -> Iterator[Inline]:
    for number, line in enumerate(words.split("\n")):
        if number:
            yield LineBreak()
        if line:
            yield Text(line)


def _without_edges(
    around: Callable[[tuple[Inline, ...]], Inline], content: list[Inline]
) -> Iterator[Inline]:
    """Something around words, what ends lines and the blanks at their ends outside of it."""
    inner = _trimmed(content, ends=False)
    before, after = [], []
    while inner and isinstance(inner[0], LineBreak):
        before.append(inner.pop(0))
    while inner and isinstance(inner[-1], LineBreak):
        after.append(inner.pop())
    if inner and isinstance(first := inner[0], Text):
        words = first.content.lstrip()
        before.append(Text(first.content[: len(first.content) - len(words)]))
        inner[0] = Text(words)
    if inner and isinstance(last := inner[-1], Text):
        words = last.content.rstrip()
        after.insert(0, Text(last.content[len(words) :]))
        inner[-1] = Text(words)
    kept = tuple(each for each in inner if each != Text(""))
    yield from before
    yield from [around(kept)] if kept else []
    yield from after


def _joined(content: Iterable[Inline]) -> list[Inline]:
    """The same with neighbours of one kind as one; stress within stress is stress."""
    made: list[Inline] = []
    for inline in content:
        if inline == Text(""):
            continue
        last = made[-1] if made else None
        match last, inline:
            case Text(before), Text(words):
                made[-1] = Text(before + words)
            case Strong(before), Strong(inner):
                made[-1] = Strong(tuple(_joined((*before, *inner))))
            case _:
                made.append(inline)
    return made
