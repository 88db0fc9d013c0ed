"""Structured Markdown → headings and paragraphs that know their lines; sole owner of `markdown`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from publisher.diagnostics import Finding
from publisher.limits import MOST_BLOCKS, MOST_MARKS, MOST_PARAGRAPH, MOST_TEXT
from publisher.model import Block, Heading, Inline, LineBreak, Link, Paragraph, Place, Strong, Text
from publisher.readers import findings

if TYPE_CHECKING:
    from markdown import Markdown

_HEADING = re.compile(r"(#+)(?:\s+(.*))?")
_LINK_SCHEMES = ("http://", "https://", "mailto:")
_IDENTIFIER = re.compile(r"\{#([^{}]*)\}$")
_HTML = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{\{|\{%")
_LATIN = re.compile(r"[!-~\u00c0-\u024f]")

# What `markdown` would make of text, and official documents have no use for.
_UNUSED_PATTERNS = (
    "backtick",
    "reference",
    "image_link",
    "image_reference",
    "short_reference",
    "short_image_ref",
    "autolink",
    "automail",
    "html",
    "entity",
    "em_strong",
)

_MARKS = "[*"
_WIDE, _USUAL_INDENT = "\u3000", 2
"""The wide blank, and how many of them begin a paragraph that is typed as it is printed."""

_ITEMS = "列表"
# Markdown that is kept as text, each with its name for the user and what to do instead.
_UNSUPPORTED = (
    (
        re.compile(r"(?:[-*+]|[0-9]+[.)])\s"),
        _ITEMS,
        "是标题的用 # 至 ####（不写序号）；整段的条目各写一段，序号手写，后面不空格，如“（1）……”。",
    ),
    (re.compile(r">"), "引用", "请去掉“>”，写成普通的一段。"),
    (
        re.compile(r"\|.*\|"),
        "表格",
        "正文里现在还不能印表格：请另存为 .csv，写进“附件”，正文写“见附件”。",
    ),
    (re.compile(r"```|~~~"), "代码", "请删去这一行。"),
    (
        re.compile(r"(?:-{3,}|={3,}|\*{3,}|_{3,})\s*$"),
        "分隔线",
        "请删去这一行；段落之间空一行即可。",
    ),
)
_PICTURE = re.compile(r"!\[")

_HEAD = r"(?<!\\)(?:\\\\)*"
"""Before a mark that no backslash makes a character."""
_NOTE = re.compile(rf"{_HEAD}\[\^[^\[\]\s]+\]")
_RAISED = re.compile(
    r"(?<=[0-9A-Za-z）)%％\u3400-\u9fff])\^[0-9A-Za-z+-]{1,6}\^|(?<=[A-Za-z])\^[0-9]"
)
_LOWERED = re.compile(r"(?<=[A-Za-z)])~[0-9A-Za-z+-]{1,6}~(?!~)")


def _unsupported(what: str, advice: str) -> Callable[[Place, str], Finding]:
    """What is found where something stands that cannot be printed yet."""
    return lambda place, _: findings.unsupported_markdown(
        place, what, f"现在还不能印{what}：{advice}"
    )


_SURPRISES = (
    (_HTML, findings.html_as_text),
    (_TEMPLATE, findings.template_as_text),
    (
        re.compile(rf"{_HEAD}!\[[^\[\]]*\](?=[(\[])"),
        _unsupported("图片", "请把图的内容写成文字或表格；必须用图的，另附图纸，并在正文写明。"),
    ),
    (_NOTE, _unsupported("脚注", "请把注用括号写进正文，或在文末另写一段“注：……”。")),
    (_RAISED, _unsupported("上标", "请直接输入“²”“³”等字符，如 km²。")),
    (_LOWERED, _unsupported("下标", "请直接输入“₂”“₃”等字符，如 CO₂。")),
)


@dataclass(slots=True)
class TextLeft:
    """How much more text a document may have."""

    characters: int = MOST_TEXT
    blocks: int = MOST_BLOCKS


def read_blocks(
    lines: Iterable[str], file: str, first_line: int = 1, left: TextLeft | None = None
) -> tuple[tuple[Block, ...], list[Finding]]:
    """Blocks of a text, and findings; `first_line` is the number of the first of `lines`.

    No blocks where there are more of them, or more characters, than are `left`; that is then not
    lessened.
    """
    left = left or TextLeft()
    reader = _Reader(file)
    characters = 0
    for number, line in enumerate(lines, first_line):
        reader.take(line, number)
        characters += len(line)
        if characters > left.characters or len(reader.blocks) > left.blocks:
            return (), [*reader.faults, _too_long(Place(file, number))]
    reader.end_paragraph()
    reader.tell_blanks()
    left.characters -= characters
    left.blocks -= len(reader.blocks)
    return tuple(reader.blocks), reader.faults


def _too_long(place: Place) -> Finding:
    most = f"{MOST_TEXT} 字、{MOST_BLOCKS} 个段落和标题"
    return findings.beyond_limit(
        place, "一份公文的文字", most, "请核对是否放错了文件，或分成几份公文。"
    )


class _Reader:
    """Collects lines into blocks."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.blocks: list[Block] = []
        self.faults: list[Finding] = []
        self._pending: list[tuple[str, Place]] = []
        self._unsupported: tuple[str, int] | None = None
        """What was not supported last, and its line; of an item, the number of the next block."""
        self._joined: list[Place] = []
        self._shifted: list[Place] = []
        """Lines that begin with wide blanks: of paragraphs begun, and the first of their own."""

    def take(self, line: str, number: int) -> None:
        """Add the next line."""
        words = line.strip()
        place = Place(self.file, number, len(line) - len(line.lstrip()) + 1)
        if not words:
            self.end_paragraph()
        elif words.startswith("#") and self._heading(words, place):
            return
        else:
            self._note_blanks(line, place)
            self._paragraph_line(line.lstrip(), place)

    def _heading(self, words: str, place: Place) -> bool:
        named = _IDENTIFIER.search(words)
        identifier = named[1] if named else None
        match = _HEADING.fullmatch((words[: named.start()] if named else words).rstrip())
        if not match:
            self.faults.append(findings.heading_without_space(place))
            return False
        self.end_paragraph()
        marks, title = match.groups()
        if not title:
            self.faults.append(findings.empty_heading(place))
            return True
        if self._is_too_long(len(title), place):
            return True
        if identifier is not None and not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", identifier):
            self.faults.append(findings.wrong_identifier(place, identifier))
            identifier = None
        content = self._inline(title, place.after(match.start(2)).after)
        lines = ((title, place.after(match.start(2))),)
        self.blocks.append(Heading(len(marks), content, identifier, place, lines))
        return True

    def _paragraph_line(self, line: str, place: Place) -> None:
        if _PICTURE.match(line):
            self.end_paragraph()
        for pattern, name, advice in _UNSUPPORTED:
            if pattern.match(line):
                # Such lines mean something each, so they are not joined to their neighbours.
                self.end_paragraph()
                # Items of one list may have empty lines between them.
                if self._unsupported not in ((name, place.line - 1), (_ITEMS, len(self.blocks))):
                    self.faults.append(findings.unsupported_markdown(place, name, advice))
                is_item = name == _ITEMS
                self._unsupported = name, len(self.blocks) + 1 if is_item else place.line
        self._pending.append((line, place))

    def _note_blanks(self, line: str, place: Place) -> None:
        """Keep where wide blanks before a line are left out and somebody meant something by them.

        Two are what a paragraph is given anyway.
        """
        blanks = len(line) - len(line.lstrip(_WIDE))
        if self._pending and blanks:
            self._joined.append(place)
        elif blanks > _USUAL_INDENT:
            self._shifted.append(place)

    def tell_blanks(self) -> None:
        """Findings on the wide blanks before lines that are not printed."""
        for places, joins in ((self._joined, True), (self._shifted, False)):
            if places:
                self.faults.append(findings.leading_blanks(places[0], len(places), joins=joins))

    def end_paragraph(self) -> None:
        """Make a paragraph of the lines collected."""
        if not self._pending:
            return
        if self._is_too_long(sum(len(line) for line, _ in self._pending), self._pending[0][1]):
            self._pending.clear()
            return
        places = [place for _, place in self._pending]
        text, starts = _join([line for line, _ in self._pending])

        def locate(at: int) -> Place:
            index = bisect_right(starts, at) - 1
            return places[index].after(at - starts[index])

        content = self._inline(text, locate)
        self.blocks.append(Paragraph(content, places[0], tuple(self._pending)))
        self._pending.clear()

    def _is_too_long(self, characters: int, place: Place) -> bool:
        if characters <= MOST_PARAGRAPH:
            return False
        advice = "请空一行，分成几段。"
        most = f"{MOST_PARAGRAPH} 字"
        self.faults.append(findings.beyond_limit(place, "一段文字的长度", most, advice))
        return True

    def _inline(self, text: str, locate: Callable[[int], Place]) -> tuple[Inline, ...]:
        """Inline content; findings on what will not come out as its author may expect."""
        for pattern, make in _SURPRISES:
            self.faults += [
                make(locate(match.start()), match.group()) for match in pattern.finditer(text)
            ]
        if sum(map(text.count, _MARKS)) > MOST_MARKS:
            # `markdown` takes the square of the brackets, and nests stress in stress.
            advice = "请分成几段，或去掉多余的星号和方括号。"
            most = f"{MOST_MARKS} 个"
            self.faults.append(
                findings.beyond_limit(locate(0), "一段文字中星号和方括号的数目", most, advice)
            )
            return (Text(text),)
        element = _parsed(text)
        at = 0
        for link in element.iter("a"):
            target = link.get("href", "")
            at = max(text.find(f"]({target}", at + 1), 0)
            if not _safe(target):
                start = max(text.rfind("[", 0, at), 0)
                self.faults.append(findings.unsafe_link(locate(start), target))
        return tuple(_inlines(element))


def _safe(target: str) -> bool:
    return target.lower().startswith(_LINK_SCHEMES)


def _join(lines: Iterable[str]) -> tuple[str, list[int]]:
    """One text of a paragraph's lines, and where each begins in it.

    A blank stands only between Latin words, none beside Chinese.
    """
    pieces: list[str] = []
    starts = []
    length = 0
    for line in lines:
        if pieces:
            last, ended = _without_end(pieces[-1])
            between = "  \n" if ended else " " * (_is_latin(last[-1:]) and _is_latin(line[:1]))
            length += len(last) + len(between) - len(pieces[-1])
            pieces[-1] = last + between
        starts.append(length)
        pieces.append(line)
        length += len(line)
    return "".join(pieces).rstrip(), starts


def _without_end(line: str) -> tuple[str, bool]:
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


def read_inline(text: str) -> tuple[Inline, ...]:
    """Inline content of one paragraph or heading; a link that is not safe leaves its words."""
    return tuple(_inlines(_parsed(text)))


def _parsed(text: str) -> Element:
    """A paragraph with its inline content as `markdown` sees it."""
    parser = _parser()
    parser.reset()
    element = Element("p")
    element.text = text
    root = Element("div")
    root.append(element)
    for name in ("inline", "unescape"):
        parser.treeprocessors[name].run(root)
    return element


@cache
def _parser() -> Markdown:
    """A parser of inline text that knows escapes, stress, links and line breaks only."""
    from markdown import Markdown
    from markdown.inlinepatterns import DelimiterProcessor

    parser = Markdown()
    for name in _UNUSED_PATTERNS:
        parser.inlinePatterns.deregister(name)
    stress = DelimiterProcessor("*", "strong", parser, double=True)
    parser.inlinePatterns.register(stress, "strong", 60)
    return parser


def _inlines(element: Element) -> Iterator[Inline]:
    if element.text:
        yield Text(element.text)
    for child in element:
        yield from _inline(child)
        if child.tail:
            yield Text(child.tail)


def _inline(element: Element) -> Iterator[Inline]:
    content = tuple(_inlines(element))
    match element.tag:
        case "br":
            yield LineBreak()
        case "strong":
            yield Strong(content)
        case "a" if _safe(target := element.get("href", "")):
            yield Link(target, content)
        case _:
            yield from content
