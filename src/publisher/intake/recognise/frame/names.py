"""Words in which names stand beside one another → the names of organs, of people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from publisher.words.elements import bare, may_be_organ


def people_in(words: str) -> tuple[str, ...]:
    """The names on a line: two characters may be spread, and wider blanks or 、 part names."""
    names: list[str] = []
    for chunk in re.split(r"[\t、，,；]|[\s\u3000]{2,}", words.strip()):
        tokens = re.split(r"[\s\u3000]+", chunk.strip())
        while tokens and tokens[0]:
            take = 2 if len(tokens) > 1 and len(tokens[0]) == len(tokens[1]) == 1 else 1
            names.append("".join(tokens[:take]))
            tokens = tokens[take:]
    return tuple(names)


def split_names(words: str) -> list[str]:
    """The names on a line: wide blanks or tabs part them."""
    parts = re.split(r"\t+|[ \xa0]{2,}|\u3000[\s\u3000]*|\s*、\s*", words.strip())
    if all(len(part) <= 1 for part in parts):  # a name that is spread
        return [bare(words)]
    return [part for part in parts if part]


def names_of(lines: Iterable[str]) -> tuple[str, ...]:
    """The names on the lines of a signature; a long one may take two lines."""
    names: list[str] = []
    pending = ""
    for name in (name for line in lines for name in split_names(line)):
        pending += bare(name)
        if may_be_organ(pending):
            names.append(pending)
            pending = ""
    return (*names, pending) if pending else tuple(names)
