"""The numbers of a text's lines → the ways in which they may be numbered, the likeliest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from publisher.intake.recognise.assembly import Levels
from publisher.intake.recognise.lines import TextLine
from publisher.model import STANDARD_LEVELS, LevelForm
from publisher.words.numbering import all_levels

RANKS = (
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


_BELOW_ALL = 10
"""An outline has nine levels."""


def candidates(lines: Sequence[TextLine]) -> Iterator[tuple[tuple[LevelForm, ...], Levels]]:
    """Orders of the forms of a text, the highest first, each with levels that print them."""
    unnumbered = [line for line in lines if line.heads_unnumbered]
    outlines = sorted({line.paragraph.look.outline or 0 for line in unnumbered} - {0})
    for order, levels in _numbered(lines):
        if not unnumbered:
            yield order, levels
            continue
        for places in _places(outlines, levels.forms, lines):
            forms = list(levels.forms)
            for place in reversed(places):
                forms.insert(place, LevelForm.UNNUMBERED)
            own = tuple(outlines) if len(places) > 1 else ()
            yield order, Levels(tuple(forms), levels.continuous, outlines=own)


def _places(
    outlines: Sequence[int], forms: Sequence[LevelForm], lines: Sequence[TextLine]
) -> Iterator[tuple[int, ...]]:
    """Above which levels headings without numbers may stand: as their outline says, else any.

    Where their outlines differ, they are as many levels.
    """
    if len(outlines) > 1:
        numbered = [_outline_of(form, lines) for form in forms]
        likely = tuple(sum(each < outline for each in numbered) for outline in outlines)
    else:
        likely = (min(min(outlines, default=1) - 1, len(forms)),)
    together = ((place,) * len(likely) for place in range(len(forms) + 1))
    yield from dict.fromkeys((likely, *together))


def _outline_of(form: LevelForm, lines: Sequence[TextLine]) -> int:
    """The highest outline of headings with numbers of a form; below all where none has one."""
    outlines = (line.paragraph.look.outline for line in lines if line.form is form)
    return min((each for each in outlines if each), default=_BELOW_ALL)


def with_typed(levels: Levels, doubted: Sequence[LevelForm], lines: Sequence[TextLine]) -> Levels:
    """The levels without numbers for forms that do not count, of half of their lines at least."""
    count = Counter(line.form for line in lines)
    wrong = Counter(doubted)
    typed = tuple(form for form in levels.forms if 2 * wrong[form] >= max(count[form], 1))
    return replace(levels, typed=typed)


def without_unused(
    levels: Levels, doubted: Sequence[LevelForm], lines: Sequence[TextLine]
) -> Levels:
    """The levels without forms of which all lines are doubted: their numbers stay in the text."""
    count, wrong = Counter(line.form for line in lines), Counter(doubted)
    unused = {form for form in wrong if form not in levels.typed and wrong[form] == count[form]}
    if levels.forms == STANDARD_LEVELS:
        return levels
    return replace(
        levels,
        forms=tuple(form for form in levels.forms if form not in unused),
        continuous=tuple(form for form in levels.continuous if form not in unused),
    )


def _numbered(lines: Sequence[TextLine]) -> Iterator[tuple[tuple[LevelForm, ...], Levels]]:
    """The same of what has numbers alone."""
    forms = list(dict.fromkeys(line.form for line in lines if line.form))
    if not forms:
        is_headed = any(line.heads_unnumbered for line in lines)
        yield STANDARD_LEVELS, Levels(() if is_headed else STANDARD_LEVELS)
        return
    usual = tuple(sorted(forms, key=RANKS.index))
    met = tuple(forms)
    for order in dict.fromkeys((usual, met)):
        usually = _usually(order) if order == usual else None
        levels_of_order = ((usually,) if usually else ()) + (order,)
        running = _running(lines, order)
        alone = ((form,) for form in running)
        for continuous in dict.fromkeys(((), *alone, running)):
            for levels in levels_of_order:
                yield order, Levels(levels, continuous)


_DECIMAL_LEVELS = (LevelForm.DECIMAL, LevelForm.DECIMAL_2, LevelForm.DECIMAL_3)


def _usually(order: Sequence[LevelForm]) -> tuple[LevelForm, ...] | None:
    """The levels that texts with these forms usually have; None where none are usual."""
    if LevelForm.PART in order:
        return STANDARD_LEVELS
    is_decimal = LevelForm.DECIMAL in order and set(order) <= set(all_levels(_DECIMAL_LEVELS))
    return _DECIMAL_LEVELS if is_decimal else None


def _running(lines: Sequence[TextLine], order: Sequence[LevelForm]) -> tuple[LevelForm, ...]:
    """The forms whose numbers run through the text though lines above them begin anew."""
    return tuple(
        form for form in order[1:] if form is not LevelForm.ARTICLE and _runs_through(lines, form)
    )


def _runs_through(lines: Sequence[TextLine], form: LevelForm) -> bool:
    values = [line.number.value[-1] for line in lines if line.number and line.form is form]
    return len(values) > 1 and values == list(range(1, len(values) + 1))
