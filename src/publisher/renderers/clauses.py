"""A clause, after the headings that it stands below → what it is called where tasks name it."""

from __future__ import annotations

import re

from publisher.model import Clause, NumberedItem, plain
from publisher.words.sentences import MARKS, SENTENCE_ENDS

Headings = tuple[Clause, ...]
"""A clause, after the headings that it stands below."""
_BETWEEN_FIGURES = re.compile(r"(?<=[0-9.])\t(?=[0-9])")


def number(path: Headings) -> str:
    """Its number after those above it, as 二、（一）; its words where it has none.

    1.1 names the 1 above it already, and a blank parts it from the 1. of an item.
    """
    labels = (
        clause.label.strip()
        for at, clause in enumerate(path, 1)
        if not (clause.form.is_decimal and at < len(path) and path[at].form.is_decimal)
    )
    joined = _BETWEEN_FIGURES.sub(" ", "\t".join(filter(None, labels)))
    return joined.replace("\t", "") or words(path)


def name(path: Headings) -> str:
    """Its number and its words, without the stop of a heading that runs in."""
    called = number(path)
    return called if called == words(path) else called + words(path)


def words(path: Headings) -> str:
    """Its words; of an item those that lead it, and none where they are text, as in 第一条."""
    clause = path[-1]
    if isinstance(clause, NumberedItem):
        return plain(clause.lead).rstrip(MARKS)
    return "" if clause.is_text else plain(clause.content).rstrip(SENTENCE_ENDS)
