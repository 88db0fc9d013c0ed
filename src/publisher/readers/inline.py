"""A paragraph of Markdown → its inline content; sole owner of `markdown`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from publisher.diagnostics import Finding
from publisher.limits import MOST_MARKS
from publisher.model import Inline, LineBreak, Link, Lowered, Note, Place, Raised, Strong, Text
from publisher.readers import findings
from publisher.readers.notes import NoteTexts, joined

if TYPE_CHECKING:
    from markdown import Markdown

Locate = Callable[[int], Place]
"""Where the character of a number stands."""

_LINK_SCHEMES = ("http://", "https://", "mailto:")
_HTML = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{\{|\{%")

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
_WORD = re.compile(r"\w")
_HEAD = r"(?<!\\)(?:\\\\)*"
"""Before a mark that no backslash makes a character."""
NOTE = r"\[\^([^\[\]\s]+)\]"
CALL = re.compile(rf"{_HEAD}{NOTE}")
"""Where a text calls a note."""
_SHIFTED = r"[0-9A-Za-z+\-−*′①-⑳.]{1,8}"
RAISED = rf"(?<=[0-9A-Za-z）)%％\u3400-\u9fff])\^({_SHIFTED})\^"
LOWERED = rf"(?<=[A-Za-z）)])~({_SHIFTED})~(?!~)"
ESCAPED = (*r"\`*_{}[]()>#+-.!", *"^~:：|")
"""What a backslash makes a character."""
_UNENDED = re.compile(rf"(?<=[A-Za-z])\^[0-9](?!{_SHIFTED}\^|\^)")


def _picture(place: Place, _: str) -> Finding:
    return findings.picture_inside_paragraph(place)


def _unended(place: Place, _: str) -> Finding:
    advice = "上标前后各写一个“^”，如 km^2^；下标前后各写一个“~”，如 CO~2~。"
    return findings.unsupported_markdown(place, "上标", advice)


_SURPRISES = (
    (_HTML, findings.html_as_text),
    (_TEMPLATE, findings.template_as_text),
    (re.compile(rf"{_HEAD}!\[[^\[\]]*\](?=[(\[])"), _picture),
    (_UNENDED, _unended),
)


class InlineReader:
    """Reads the inline content of one text, whose notes it knows; keeps the findings."""

    def __init__(self, notes: NoteTexts, *, in_note: bool = False) -> None:
        self._notes = notes
        self._in_note = in_note
        self.faults: list[Finding] = []

    def read(self, text: str, locate: Locate) -> tuple[Inline, ...]:
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
        if element is None:
            advice = "请写成 **加粗的文字**，前后各两个“*”；要印出“*”的，写成 \\*。"
            at = max(text.find("***"), 0)
            self.faults.append(findings.unsupported_markdown(locate(at), "连写的“*”", advice))
            return (Text(text),)
        self._tell_links(element, text, locate)
        return tuple(_inlines(element, lambda name: self._note(name, text, locate)))

    def _tell_links(self, element: Element, text: str, locate: Locate) -> None:
        at = 0
        for link in element.iter("a"):
            target = link.get("href", "")
            at = max(text.find(f"]({target}", at + 1), 0)
            if not _safe(target):
                start = max(text.rfind("[", 0, at), 0)
                self.faults.append(findings.unsafe_link(locate(start), target))

    def _note(self, name: str, text: str, locate: Locate) -> Inline:
        """The note that a mark calls; the mark as text where there is none."""
        mark = f"[^{name}]"
        is_again = self._notes.was_called(name)
        definition = None if is_again else self._notes.called(name)
        if definition is None:
            make = findings.note_in_note if self._in_note else findings.note_without_text
            make = findings.repeated_note if is_again else make
            at = text.rfind(mark) if is_again else text.find(mark)
            self.faults.append(make(locate(max(at, 0)), mark))
            return Text(mark)
        words, place_at = joined(definition)
        notes_within = InlineReader(NoteTexts(), in_note=True)
        content = notes_within.read(words, place_at)
        self.faults += notes_within.faults
        return Note(content, place_at(0), definition)


def _safe(target: str) -> bool:
    return target.lower().startswith(_LINK_SCHEMES)


def read_inline(text: str) -> tuple[Inline, ...]:
    """Inline content of one paragraph or heading; a link that is not safe leaves its words."""
    element = _parsed(text)
    if element is None:
        return (Text(text),)
    return tuple(_inlines(element, lambda name: Text(f"[^{name}]")))


def _parsed(text: str) -> Element | None:
    """A paragraph with its inline content as `markdown` sees it; None where it would lose words.

    It does so of stress within stress, as in `**one*****two**`.
    """
    element = _seen(text)
    there = Counter(_WORD.findall("".join(_strings(element)))) if "***" in text else None
    return element if there is None or not Counter(_WORD.findall(text)) - there else None


def _strings(element: Element) -> Iterator[str]:
    """What it says, and where its links lead."""
    yield from element.itertext()
    for link in element.iter("a"):
        yield from link.attrib.values()


def _seen(text: str) -> Element:
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
    """A parser of inline text: escapes, stress, links, line breaks, notes, raised and lowered."""
    from markdown import Markdown
    from markdown.inlinepatterns import DelimiterProcessor, InlineProcessor

    class Tagged(InlineProcessor):
        """Makes an element of what stands between marks."""

        def __init__(self, pattern: str, tag: str) -> None:
            super().__init__(pattern)
            self._tag = tag

        def handleMatch(  # type: ignore[override]
            self, m: re.Match[str], data: str
        ) -> tuple[Element, int, int]:
            element = Element(self._tag)
            element.text = m[1]
            return element, m.start(), m.end()

    parser = Markdown()
    for name in _UNUSED_PATTERNS:
        parser.inlinePatterns.deregister(name)
    parser.ESCAPED_CHARS = list(ESCAPED)
    parser.inlinePatterns.register(Tagged(NOTE, "note"), "note", 170)
    parser.inlinePatterns.register(Tagged(RAISED, "sup"), "raised", 70)
    parser.inlinePatterns.register(Tagged(LOWERED, "sub"), "lowered", 65)
    stress = DelimiterProcessor("*", "strong", parser, double=True)
    parser.inlinePatterns.register(stress, "strong", 60)
    return parser


_NoteOf = Callable[[str], Inline]
"""What stands where a mark calls the note of a name."""


def _inlines(element: Element, note_of: _NoteOf) -> Iterator[Inline]:
    """The content of an element; words that stand side by side are one text."""
    words = ""
    for inline in _pieces(element, note_of):
        if isinstance(inline, Text):
            words += inline.content
            continue
        if isinstance(inline, LineBreak):
            words = words.rstrip(" ")  # nobody sees it, and no writer could keep it
        if words:
            yield Text(words)
        words = ""
        yield inline
    if words:
        yield Text(words)


def _pieces(element: Element, note_of: _NoteOf) -> Iterator[Inline]:
    if element.text:
        yield Text(element.text)
    for child in element:
        yield from _inline(child, note_of)
        if child.tail:
            yield Text(child.tail)


def _inline(element: Element, note_of: _NoteOf) -> Iterator[Inline]:
    match element.tag:
        case "br":
            yield LineBreak()
        case "note":
            yield note_of(element.text or "")
        case "sup":
            yield Raised(element.text or "")
        case "sub":
            yield Lowered(element.text or "")
        case "strong":
            yield Strong(tuple(_inlines(element, note_of)))
        case "a" if _safe(target := element.get("href", "")):
            yield Link(target, tuple(_inlines(element, note_of)))
        case _:
            yield from _inlines(element, note_of)
