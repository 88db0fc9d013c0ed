"""Plain values → YAML as a clerk writes it: a key a line, quotes only where they are needed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

Data = str | Sequence["Data"] | Mapping[str, "Data"] | Mapping[int, "Data"]
"""A value: a tuple, and a mapping from numbers, stands on one line, in brackets."""
Keys = dict[str, Data]

_STEP = "  "
_NOTHING = ("~", "null", "Null", "NULL")
"""What YAML takes for no value."""
_SPECIAL = re.compile(
    r"[-?:](?:\s|$)|---|\.\.\.|[,\[\]{}#&*!|>'\"%@`]|.*(?::\s|\s#|:$)|.*[\x00-\x1f\x7f]", re.DOTALL
)
"""What YAML reads otherwise than as the words that stand there."""
_SPECIAL_IN_BRACKETS = re.compile(r".*[,\[\]{}:]|[-?]", re.DOTALL)


class Quoted(str):
    """Words that stand in quotes though they need none here: other programs take them for more."""

    __slots__ = ()


def scalar(words: str, *, in_brackets: bool = False) -> str:
    """Words as a value or key."""
    is_plain = (
        not isinstance(words, Quoted)
        and words == words.strip() != ""
        and words not in _NOTHING
        and not _SPECIAL.match(words)
        and not (in_brackets and _SPECIAL_IN_BRACKETS.match(words))
    )
    if is_plain:
        return words
    if words.isprintable() and ('"' in words or "\\" in words):
        return "'" + words.replace("'", "''") + "'"
    return json.dumps(words, ensure_ascii=False)


def in_line(data: Data) -> str:
    """A value on one line, lists and mappings in brackets."""
    match data:
        case str():
            return scalar(data, in_brackets=True)
        case Mapping():
            pairs = (f"{in_line(str(key))}: {in_line(value)}" for key, value in data.items())
            return "{" + ", ".join(pairs) + "}"
        case _:
            return "[" + ", ".join(map(in_line, data)) + "]"


def lines_of(data: Mapping[str, Data]) -> Iterator[str]:
    """The lines of a mapping."""
    for key, value in data.items():
        yield from keyed(key, value)


def keyed(key: str, value: Data) -> Iterator[str]:
    """The lines of a key and its value."""
    name = scalar(key)
    if value == "":
        yield f"{name}:"
    elif isinstance(value, str) and _is_of_lines(value):
        yield f"{name}: |"
        yield from (_STEP + line for line in value.split("\n"))
    elif isinstance(value, str):
        yield f"{name}: {scalar(value)}"
    elif stands_in_line(value):
        yield f"{name}: {in_line(value)}"
    else:
        yield f"{name}:"
        yield from (_STEP + line for line in _below(value))


def stands_in_line(value: Data) -> bool:
    """Whether a list or mapping is written in brackets."""
    return isinstance(value, tuple) or not value or isinstance(next(iter(value)), int)


def _below(value: Data) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from lines_of({str(key): each for key, each in value.items()})
    else:
        for each in value:
            yield from item(each)


def item(value: Data) -> Iterator[str]:
    """The lines of an entry of a list."""
    if isinstance(value, Mapping) and not stands_in_line(value):
        first, *behind = _below(value)
        yield f"- {first}"
        yield from (_STEP + line for line in behind)
    else:
        yield f"- {scalar(value) if isinstance(value, str) else in_line(value)}"


def _is_of_lines(words: str) -> bool:
    """Whether words have several lines that can be written below one another as they are."""
    lines = words.split("\n")
    is_clean = all(line == line.strip() != "" and line.isprintable() for line in lines)
    return len(lines) > 1 and is_clean
