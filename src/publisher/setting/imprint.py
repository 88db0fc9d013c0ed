"""抄送, 印发机关 and 印发日期 → the lists of the 版记 with their lines, and its height (7.4)."""

from __future__ import annotations

from collections.abc import Iterator

from publisher import standard
from publisher.forms import Imprint, listed, printed_form
from publisher.model import Document
from publisher.setting.composition import ComposedImprint, ImprintList
from publisher.setting.lines import Line, Piece, Setting, lines
from publisher.standard import FANG, NOTHING, Length, Size, type_width


def composed_imprint(
    document: Document, imprint: Imprint | None, *, moved: bool
) -> ComposedImprint | None:
    """The 版记, with 主送 where it is `moved` there (7.3.2); None where it would be empty."""
    imprint = imprint or Imprint((), "", None)
    recipients = (document.recipients,) if moved and document.recipients else ()
    given = (("主送", recipients), ("抄送", imprint.copies))
    lists = tuple(
        ImprintList(label, groups, tuple(_lines(listed(label, groups))))
        for label, groups in given
        if groups
    )
    is_printed = bool(imprint.organ or imprint.date)
    if not lists and not is_printed:
        return None
    has_rules = printed_form(document).has_imprint_lines
    height = _height(lists, is_printed, has_rules)
    return ComposedImprint(lists, imprint.organ, imprint.date, has_rules, height)


def _lines(groups: tuple[str, ...]) -> Iterator[Line]:
    """The lines of each group; turn lines and further groups under the first organ (7.4.2)."""
    em, indent = Size.NO_4.length, standard.IMPRINT_INDENT
    across = type_width(landscape=False) - em * (indent + standard.IMPRINT_MARGIN)
    for index, words in enumerate(groups):
        first = 0 if index else standard.IMPRINT_MARGIN - indent
        yield from lines((Piece(words, FANG),), Setting(em, NOTHING, across, first))


def _height(lists: tuple[ImprintList, ...], is_printed: bool, has_rules: bool) -> Length:
    """With its rules: above, below, and between the lists and 印发 (7.4.1, 7.4.2)."""
    rows = sum(len(organs.lines) for organs in lists) + is_printed
    rules = 2 + (1 if lists and is_printed else 0) if has_rules else 0
    return standard.IMPRINT_LINE * rows + standard.IMPRINT_RULE_LINE * rules
