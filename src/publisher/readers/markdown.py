"""Structured Markdown → headings and paragraphs that know their lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable

from publisher.diagnostics import Finding
from publisher.model import Block, Heading, Inline, Paragraph, Place
from publisher.readers import findings
from publisher.readers.inline import read_inline

_HEADING = re.compile(r"(#+)(?:\s+(.*?))?(?:\s*\{#([^{}]*)\})?\s*")
_HTML = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{\{|\{%")
_SURPRISES = ((_HTML, findings.html_as_text), (_TEMPLATE, findings.template_as_text))
_LATIN = re.compile(r"[!-~\u00c0-\u024f]")
_LINE_ENDED = re.compile(r"(?: {2,}|(?<!\\)(?:\\\\)*(\\))$")
"""Two blanks, or a backslash that no backslash escapes."""

# Markdown that is kept as text, each with its name for the user.
_UNSUPPORTED = (
    (re.compile(r"(?:[-*+]|[0-9]+[.)])\s"), "列表"),
    (re.compile(r">"), "引用"),
    (re.compile(r"\|.*\|"), "表格"),
    (re.compile(r"```|~~~"), "代码"),
    (re.compile(r"!\["), "图片"),
    (re.compile(r"(?:-{3,}|={3,}|\*{3,}|_{3,})\s*$"), "分隔线"),
)


def read_blocks(
    lines: Iterable[str], file: str, first_line: int = 1
) -> tuple[tuple[Block, ...], list[Finding]]:
    """Blocks of a text, and findings; `first_line` is the number of the first of `lines`."""
    reader = _Reader(file)
    for number, line in enumerate(lines, first_line):
        reader.take(line, number)
    reader.end_paragraph()
    return tuple(reader.blocks), reader.found


class _Reader:
    """Collects lines into blocks."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.blocks: list[Block] = []
        self.found: list[Finding] = []
        self._pending: list[tuple[str, Place]] = []

    def take(self, line: str, number: int) -> None:
        """Add the next line."""
        words = line.strip()
        place = Place(self.file, number, len(line) - len(line.lstrip()) + 1)
        if not words:
            self.end_paragraph()
        elif words.startswith("#") and self._heading(words, place):
            return
        else:
            self._paragraph_line(line.lstrip(), place)

    def _heading(self, words: str, place: Place) -> bool:
        match = _HEADING.fullmatch(words)
        if not match:
            self.found.append(findings.heading_without_space(place))
            return False
        self.end_paragraph()
        marks, title, identifier = match.groups()
        if not title:
            self.found.append(findings.empty_heading(place))
            return True
        if identifier is not None and not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", identifier):
            self.found.append(findings.wrong_identifier(place, identifier))
            identifier = None
        content = self._inline(title, place.after(match.start(2)).after)
        lines = ((title, place.after(match.start(2))),)
        self.blocks.append(Heading(len(marks), content, identifier, place, lines))
        return True

    def _paragraph_line(self, line: str, place: Place) -> None:
        for pattern, name in _UNSUPPORTED:
            if pattern.match(line):
                # Such lines mean something each, so they are not joined to their neighbours.
                self.end_paragraph()
                self.found.append(findings.unsupported_markdown(place, name))
        self._pending.append((line, place))

    def end_paragraph(self) -> None:
        """Make a paragraph of the lines collected."""
        if not self._pending:
            return
        places = [place for _, place in self._pending]
        text, starts = _join([line for line, _ in self._pending])

        def locate(at: int) -> Place:
            index = bisect_right(starts, at) - 1
            return places[index].after(at - starts[index])

        content = self._inline(text, locate)
        self.blocks.append(Paragraph(content, places[0], tuple(self._pending)))
        self._pending.clear()

    def _inline(self, text: str, locate: Callable[[int], Place]) -> tuple[Inline, ...]:
        """Inline content; findings on what will not come out as its author may expect."""
        for pattern, make in _SURPRISES:
            self.found += [make(locate(one.start()), one.group()) for one in pattern.finditer(text)]
        content, refused = read_inline(text)
        self.found += [findings.unsafe_link(locate(one.at), one.target) for one in refused]
        return content


def _join(lines: Iterable[str]) -> tuple[str, list[int]]:
    """One text of a paragraph's lines, and where each begins in it.

    A blank stands only between Latin words, none beside Chinese.
    """
    joined = ""
    starts = []
    for line in lines:
        ended = _LINE_ENDED.search(joined)
        joined = joined.rstrip()
        if ended:
            joined = joined.removesuffix(ended[1] or "").rstrip() + "  \n"
        elif joined and _LATIN.match(joined[-1]) and _LATIN.match(line[0]):
            joined += " "
        starts.append(len(joined))
        joined += line
    return joined.rstrip(), starts
