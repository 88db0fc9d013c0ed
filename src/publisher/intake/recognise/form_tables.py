"""A table of a file → whether it is a form: to be filled in, without a head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from publisher.intake.recognise.grids import Typed
from publisher.intake.source import SourceTable
from publisher.model import Merge
from publisher.words.blanks import has_room
from publisher.words.figures import is_figure

_SIGNS = {merge.value for merge in Merge}
_SIGNED = re.compile("签字|签名|盖章|（章）|签章")
_BLANK_SHARE = 0.2


def is_form(table: SourceTable, rows: Sequence[Typed]) -> bool:
    """Whether a table is to be filled in: it has no head, and cells stand empty beside labels."""
    if table.head_rows:
        return False
    values = [value.strip() for row in rows for value in row.values if value not in _SIGNS]
    filled = [value for value in values if value]
    if not filled or sum(map(is_figure, filled)) > len(filled) / 2:
        return False
    blanks = len(values) - len(filled)
    room = sum(has_room(value) or bool(_SIGNED.search(value)) for value in filled)
    if room:
        return blanks + room >= _BLANK_SHARE * len(values)
    return _asks(rows[0]) and blanks >= _BLANK_SHARE * len(values)


def _asks(first: Typed) -> bool:
    """Whether the first row has a label with room beside it."""
    values = [value.strip() for value in first.values]
    return any(label and label not in _SIGNS and not behind for label, behind in pairwise(values))
