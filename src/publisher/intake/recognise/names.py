"""Lines of a text that name people below labels → a list of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from publisher.intake.recognise.assembly import Solid
from publisher.intake.recognise.lines import TextLine
from publisher.intake.result import Certainty, Decision, Role
from publisher.intake.source import (
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourceTable,
    paragraphs_in,
)
from publisher.model import Place
from publisher.readers.name_lists import NameLines
from publisher.styles import Style
from publisher.words.names import NAME_LABEL, has_office, is_name, names_office

_LABELLED = re.compile(r"\s*(?P<label>[^：:，。；]{1,12})[：:]\s*(?P<rest>.*)", re.DOTALL)
_APART = re.compile(r"\t|\s{2,}|\u3000|\xa0")
_BY_BLANKS = "称呼、姓名和职务用空格隔开"
_FEWEST = 2
_PART = 3
"""One in so many lines names an office at least."""
_USUAL_INDENT = 3
"""Characters; names below the first of their label stand further in."""


@dataclass(frozen=True, slots=True)
class NameLine:
    """A line of a list of names."""

    words: str
    paragraph: SourceParagraph
    label: str = ""
    """Empty where it goes on with the label above it."""
    is_marked: bool = False
    """Whether the label stands out."""


def begins_names(line: TextLine) -> bool:
    """Whether a list of names may begin with a line."""
    made = _named(line, is_begun=False)
    return made is not None and bool(made.label)


def names_at(lines: Sequence[TextLine], source: SourceFile) -> tuple[int, Solid | None]:
    """How many lines from the first on may be a list of names, and the list, where they are."""
    taken: list[NameLine] = []
    for line in lines:
        made = _named(line, is_begun=bool(taken))
        if made is None or (not taken and not made.label):
            break
        taken.append(made)
    while taken and not taken[-1].words:
        taken.pop()  # a label with nobody below it
    is_own = bool(taken) and _own_style(taken[0])
    if not is_own and not _is_list(taken):
        return max(1, len(taken)), None
    return len(taken), _solid(taken, source, is_own=is_own)


def _own_style(line: NameLine) -> bool:
    style = line.paragraph.look.style
    return Style.named(style) is Style.NAMES or style.split(".")[0] == "dt"


def _named(line: TextLine, *, is_begun: bool) -> NameLine | None:
    if line.has_notes or line.paragraph.label:  # which no list of names can hold
        return None
    return _own(line) or (None if line.style else _foreign(line, is_begun))


def _own(line: TextLine) -> NameLine | None:
    """A line that says itself what it is: in our own style, or of a `<dl>`."""
    tag = line.paragraph.look.style.split(".")[0]
    if line.style is Style.NAMES:
        return _labelled(line) or NameLine(line.paragraph.typed, line.paragraph)
    if tag == "dt":
        made = _labelled(line)
        return made if made and not made.words else None
    is_named = is_name(line.words) or has_office(line.words)
    return NameLine(line.paragraph.typed, line.paragraph) if tag == "dd" and is_named else None


def _labelled(line: TextLine) -> NameLine | None:
    match = _LABELLED.fullmatch(line.paragraph.typed)
    if match is None:
        return None
    label = re.sub(r"\s", "", match["label"])
    return NameLine(match["rest"], line.paragraph, label, 0 < line.lead <= match.start("rest"))


def _foreign(line: TextLine, is_begun: bool) -> NameLine | None:
    """A line in a file of others: with a label that says who is named, or below such a one."""
    if line.number:
        return None
    made = _labelled(line)
    if made:
        is_label = NAME_LABEL.fullmatch(made.label)
        is_one = not made.words or has_office(made.words) or is_name(made.words)
        return made if is_label and is_one else None
    typed = line.paragraph.typed
    is_apart = bool(_APART.search(typed.strip())) and has_office(typed)
    is_deep = line.paragraph.look.first + line.paragraph.look.left > _USUAL_INDENT
    if is_begun and (is_apart or (is_deep and is_name(typed))):
        return NameLine(typed, line.paragraph)
    return None


def _is_list(taken: Sequence[NameLine]) -> bool:
    """Whether lines that look like one are a list: most name an office, and there are some.

    One is enough behind a label that stands out.
    """
    named = [line for line in taken if line.words]
    with_office = sum(names_office(line.words) for line in named)
    if len(named) == 1 and named[0].is_marked:
        return with_office == 1
    return len(named) >= _FEWEST and _PART * with_office >= len(named)


def _solid(taken: Sequence[NameLine], source: SourceFile, *, is_own: bool) -> Solid:
    made = NameLines()
    decisions = []
    for line in taken:
        place = Place(source.name, line.paragraph.number)
        if line.label:
            made.label(line.label, line.label, place)
        if line.words:
            made.entry(line.words, line.words.replace("\t", "\u3000"), place)
        decisions.append(
            Decision(
                line.paragraph.number,
                line.paragraph.words,
                Role.NAMES,
                certainty=Certainty.SURE if is_own else Certainty.LIKELY,
                reason=f"样式“{line.paragraph.look.style}”" if is_own else _BY_BLANKS,
                source=source.name,
            )
        )
    return Solid((made.block(),), tuple(decisions))


def names_of_table(table: SourceTable, source: SourceFile) -> Solid | None:
    """The list of names that a table without lines lays out; None where it holds another thing."""
    if table.is_ruled or table.width < _FEWEST:
        return None
    rows: dict[int, list[SourceCell]] = {}
    for cell in table.cells:
        if cell.words.strip():
            rows.setdefault(cell.row, []).append(cell)
    taken = []
    for _, cells in sorted(rows.items()):
        words = [" ".join(cell.words.split("\n")).strip() for cell in cells]
        first = next(paragraphs_in(cells[0].blocks), None)
        if first is None:
            continue
        label = re.sub(r"\s|[：:]$", "", words[0])
        has_label = bool(NAME_LABEL.fullmatch(label)) and len(words) > 1
        rest = "\u3000\u3000".join(words[has_label:])
        taken.append(NameLine(rest, first, label if has_label else ""))
    if not taken or not taken[0].label or not _is_list(taken):
        return None
    solid = _solid(taken, source, is_own=False)
    decision = replace(solid.decisions[0], number=table.number, reason="没有边框的表，排的是名单")
    return replace(solid, decisions=(decision,))
