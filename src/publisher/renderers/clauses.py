"""A clause, after the headings that it stands below → what it is called where tasks name it."""

from __future__ import annotations

from publisher.model import Clause, plain
from publisher.words.sentences import SENTENCE_ENDS

Headings = tuple[Clause, ...]
"""A clause, after the headings that it stands below."""


def number(path: Headings) -> str:
    """Its number after those above it, as 二、（一）; its words where it has none."""
    return "".join(heading.label.strip() for heading in path) or words(path)


def name(path: Headings) -> str:
    """Its number and its words, without the stop of a heading that runs in."""
    called = number(path)
    return called if called == words(path) else called + words(path)


def words(path: Headings) -> str:
    """Its words; none where they are the text itself, as those of 第一条."""
    clause = path[-1]
    return "" if clause.is_text else plain(clause.content).rstrip(SENTENCE_ENDS)
