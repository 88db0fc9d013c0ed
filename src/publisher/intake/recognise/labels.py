"""A paragraph of a file → the number before its words, typed or printed by its program."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from publisher.intake.source import SourceParagraph
from publisher.model import LevelForm
from publisher.words.numbering import TypedLabel, typed_label, value_of_label
from publisher.words.numerals import COUNTED

BLANKS = " \t\n\r\u3000\xa0\u2002\u2003\u2009\ufeff\u200b"
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_CHINESE = "[\u3400-\u9fff“《「（]"
_LOOSE = (
    (LevelForm.PART, f"[{COUNTED}]+(?:[.．](?![{COUNTED}0-9])|、)"),
    (LevelForm.CHAPTER, f"第(?:[0-9]+|[{COUNTED}]+)章"),
    (LevelForm.SECTION, f"第(?:[0-9]+|[{COUNTED}]+)节"),
    (LevelForm.ARTICLE, f"第(?:[0-9]+|[{COUNTED}]+)条"),
    (LevelForm.CLAUSE, f"[（(][{COUNTED}]+[）)](?=[（(])"),
    (LevelForm.SUBITEM, "[（(][0-9]{1,3}[）)](?=[（(])"),
    (
        LevelForm.ITEM,
        "[0-9]{1,3}(?:、(?=[0-9]{1,2}月|[0-9]{4}年)|[.．](?=(?:19|20)[0-9]{2}年|[0-9]{1,2}月(?!度|报)))",
    ),
    (LevelForm.DECIMAL_4, rf"[0-9]{{1,2}}(?:[.．][0-9]{{1,2}}){{3}}[.．、]?(?=\s|{_CHINESE})"),
    (LevelForm.DECIMAL_3, rf"[0-9]{{1,2}}(?:[.．][0-9]{{1,2}}){{2}}[.．、]?(?=\s|{_CHINESE})"),
    (LevelForm.DECIMAL_2, rf"[0-9]{{1,2}}[.．][0-9]{{1,2}}[.．、]?(?=\s|{_CHINESE})"),
)
"""As careless hands type them: what they take in is believed only where it counts on."""
_SINGLE = {
    **{chr(ord("⑴") + n): (LevelForm.SUBITEM, n + 1) for n in range(20)},
    **{chr(ord("⒈") + n): (LevelForm.ITEM, n + 1) for n in range(20)},
    **{chr(ord("㈠") + n): (LevelForm.CLAUSE, n + 1) for n in range(10)},
}
"""Numbers that are one character."""
_NO_BULLET = "LN"
"""Categories of the characters that a number has, and a bullet has not."""


@dataclass(frozen=True, slots=True)
class FoundLabel:
    """The number before the words of a paragraph."""

    number: TypedLabel
    typed: int
    """How many characters of what is typed it takes with the blanks behind it."""
    is_loose: bool = False


def label_of(paragraph: SourceParagraph) -> FoundLabel | None:
    """The number of a paragraph; None where it has none."""
    typed = paragraph.typed
    start = len(typed) - len(typed.lstrip(BLANKS))
    if paragraph.label:
        made = _label_in(f"{paragraph.label}\u3000{typed[start:]}")
        return FoundLabel(made[0], start) if made else None
    made = _label_in(typed[start:])
    if made is None:
        return None
    number, is_loose = made
    behind = typed[start + len(number.label) :]
    blanks = len(behind) - len(behind.lstrip(BLANKS))
    return FoundLabel(number, start + len(number.label) + blanks, is_loose)


def is_bullet(label: str) -> bool:
    """Whether what a program prints before a paragraph is no number: ●, ➢, a private character."""
    return not any(unicodedata.category(character)[0] in _NO_BULLET for character in label)


def _label_in(words: str) -> tuple[TypedLabel, bool] | None:
    words = words.translate(_WIDE_DIGITS)
    if number := typed_label(words, may_head=True):
        return number, number.form is LevelForm.DECIMAL
    if single := _SINGLE.get(words[:1]):
        form, count = single
        return TypedLabel(words[:1], form, (count,)), False
    for form, pattern in _LOOSE:
        if (match := re.match(pattern, words)) and (value := value_of_label(match[0])):
            return TypedLabel(match[0], form, value), True
    return None


def believed(
    labels: Sequence[FoundLabel | None], are_said: Sequence[bool]
) -> list[FoundLabel | None]:
    """The labels of a text without those that do not count on, though their form asks for it.

    `are_said` are those of lines of which the file itself says that they are headings or items:
    there one that begins to count is believed though nothing follows.
    """
    counted: dict[LevelForm, set[tuple[int, ...]]] = {}
    for label in filter(None, labels):
        counted.setdefault(label.number.form, set()).add(label.number.value)
    return [
        label
        if label is None or (is_said and label.number.value == (1,)) or _is_believed(label, counted)
        else None
        for label, is_said in zip(labels, are_said, strict=True)
    ]


def _is_believed(label: FoundLabel, counted: dict[LevelForm, set[tuple[int, ...]]]) -> bool:
    form, value = label.number.form, label.number.value
    if form is LevelForm.DECIMAL:
        headed = {each[:1] for each in counted.get(LevelForm.DECIMAL_2, ())}
        its = counted[form] | headed
        return value in headed or (value[0] - 1,) in its or (value == (1,) and len(its) > 1)
    if not label.is_loose:
        return True
    *above, last = value
    its = counted[form]
    counts_on = last > 1 and (*above, last - 1) in its
    is_first = last == 1 and (*above, 2) in its
    heads = counted.get(LevelForm.DECIMAL_3, set())
    return counts_on or is_first or any(each[: len(value)] == value for each in heads)
