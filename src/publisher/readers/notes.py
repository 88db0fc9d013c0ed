"""Lines of a text → the notes that it defines, and the lines of each as one text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from publisher.diagnostics import Finding
from publisher.model import Place, SourceLines
from publisher.readers import findings

_DEFINITION = re.compile(r"\[\^([^\[\]\s]+)\]:\s*(\S.*)?")
_INDENTED = re.compile(r"(?: {2,}|\t)\S")
_FURTHER = re.compile(r"(?: {4,}|\t)\S")
"""A line below an empty one that a note goes on with."""
_LATIN = re.compile(r"[!-~\u00c0-\u024f]")


class NoteTexts:
    """The notes of a text by their names, as `[^1]: words` defines them."""

    def __init__(self, lines: Sequence[str] = (), file: str = "", first_line: int = 1) -> None:
        self._definitions: dict[str, list[tuple[str, Place]]] = {}
        self._called: set[str] = set()
        self._lines: set[int] = set()
        self.doubled: list[Finding] = []
        name = None
        is_parted = False
        for number, line in enumerate(lines, first_line):
            start = _DEFINITION.match(line)
            if start:
                name = start[1]
                place = Place(file, number, start.start(2) + 1 if start[2] else 1)
                self._define(name, start[2] or "", place)
            elif name is not None and (_FURTHER if is_parted else _INDENTED).match(line):
                words = line.strip()
                column = len(line) - len(line.lstrip()) + 1
                self._definitions[name].append((words, Place(file, number, column)))
            else:
                is_parted = name is not None and not line.strip()
                name = name if is_parted else None
                continue
            is_parted = False
            self._lines.add(number)

    def _define(self, name: str, words: str, place: Place) -> None:
        if name in self._definitions:
            self.doubled.append(findings.doubled_note(place, name))
        self._definitions.setdefault(name, []).append((words, place))

    def holds(self, line: int) -> bool:
        """Whether the line of a number is part of a note."""
        return line in self._lines

    def called(self, name: str) -> SourceLines | None:
        """The lines of a note whose mark stands in the text; None where there is no such note."""
        definition = self._definitions.get(name)
        if definition is None or not any(words for words, _ in definition):
            return None
        self._called.add(name)
        return tuple(definition)

    def was_called(self, name: str) -> bool:
        """Whether the mark of a note stood in the text before."""
        return name in self._called

    def faults(self) -> Iterator[Finding]:
        """Notes that are defined twice, and those whose mark stands nowhere."""
        yield from self.doubled
        for name, definition in self._definitions.items():
            if name not in self._called:
                yield findings.unused_note(definition[0][1], name)


def joined(lines: SourceLines) -> tuple[str, Callable[[int], Place]]:
    """Typed lines as one text, and where each character of it was typed."""
    places = [place for _, place in lines]
    text, starts = join_lines([line for line, _ in lines])

    def locate(at: int) -> Place:
        index = bisect_right(starts, at) - 1
        return places[index].after(at - starts[index])

    return text, locate


def join_lines(lines: Iterable[str]) -> tuple[str, list[int]]:
    """One text of a paragraph's lines, and where each begins in it.

    A blank stands only between Latin words, none beside Chinese.
    """
    pieces: list[str] = []
    starts = []
    length = 0
    for line in lines:
        if pieces:
            last, ended = without_end(pieces[-1])
            between = "  \n" if ended else " " * (_is_latin(last[-1:]) and _is_latin(line[:1]))
            length += len(last) + len(between) - len(pieces[-1])
            pieces[-1] = last + between
        starts.append(length)
        pieces.append(line)
        length += len(line)
    return "".join(pieces).rstrip(), starts


def without_end(line: str) -> tuple[str, bool]:
    """A line without what ends it, and whether two blanks or a backslash end it there.

    A backslash that another one escapes ends nothing.
    """
    words = line.rstrip()
    if line.endswith("  "):
        return words, True
    backslashes = len(line) - len(line.rstrip("\\"))
    return (line[:-1].rstrip(), True) if backslashes % 2 else (words, False)


def _is_latin(character: str) -> bool:
    return bool(_LATIN.match(character))
