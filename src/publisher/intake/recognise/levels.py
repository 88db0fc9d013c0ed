"""The numbers of a text's lines → the ways in which they may be numbered, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publisher.intake.recognise.assembly import Levels
from publisher.intake.recognise.lines import TextLine
from publisher.model import STANDARD_LEVELS, LevelForm

_RANKS = (
    LevelForm.CHAPTER,
    LevelForm.SECTION,
    LevelForm.ARTICLE,
    LevelForm.DECIMAL,
    LevelForm.PART,
    LevelForm.CLAUSE,
    LevelForm.ITEM,
    LevelForm.DECIMAL_2,
    LevelForm.DECIMAL_3,
    LevelForm.DECIMAL_4,
    LevelForm.SUBITEM,
    LevelForm.POINT,
    LevelForm.CIRCLED,
)
"""As they stand below one another in most texts."""
_MOST_FORMS = 9


def candidates(lines: Sequence[TextLine]) -> Iterator[tuple[tuple[LevelForm, ...], Levels]]:
    """Orders of the forms of a text, the highest first, each with levels that print them."""
    for order, levels in _numbered(lines):
        if not any(line.heads_unnumbered for line in lines):
            yield order, levels
            continue
        for place in _places(lines, levels.forms):
            forms = (*levels.forms[:place], LevelForm.UNNUMBERED, *levels.forms[place:])
            yield order, Levels(forms, levels.continuous)


def _places(lines: Sequence[TextLine], forms: Sequence[LevelForm]) -> Iterator[int]:
    """Above which level headings without numbers may stand: as their outline says, else any."""
    outlines = {line.paragraph.look.outline for line in lines if line.heads_unnumbered}
    first = min((outline for outline in outlines if outline), default=1) - 1
    yield from dict.fromkeys((min(first, len(forms)), *range(len(forms) + 1)))


def _numbered(lines: Sequence[TextLine]) -> Iterator[tuple[tuple[LevelForm, ...], Levels]]:
    """The same of what has numbers alone."""
    forms = list(dict.fromkeys(line.form for line in lines if line.form))
    if not forms:
        is_headed = any(line.heads_unnumbered for line in lines)
        yield STANDARD_LEVELS, Levels(() if is_headed else STANDARD_LEVELS)
        return
    usual = tuple(sorted(forms, key=_RANKS.index))
    met = tuple(forms)
    for order in dict.fromkeys((usual, met)):
        is_standard = LevelForm.PART in order and order == usual
        all_levels = ((STANDARD_LEVELS,) if is_standard else ()) + (order,)
        running = _running(lines, order)
        alone = ((form,) for form in running)
        for continuous in dict.fromkeys(((), *alone, running)):
            for levels in all_levels:
                yield order, Levels(levels, continuous)


def _running(lines: Sequence[TextLine], order: Sequence[LevelForm]) -> tuple[LevelForm, ...]:
    """The forms whose numbers run through the text though lines above them begin anew."""
    return tuple(
        form for form in order[1:] if form is not LevelForm.ARTICLE and _runs_through(lines, form)
    )


def _runs_through(lines: Sequence[TextLine], form: LevelForm) -> bool:
    values = [line.number.value[-1] for line in lines if line.number and line.form is form]
    return len(values) > 1 and values == list(range(1, len(values) + 1))
