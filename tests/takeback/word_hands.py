"""Edits of Word files as Word and WPS save them, neither of which is needed for it.

An edit is one of `edited_in_office`: its name and words. What stands in the XML follows what the
two write: runs that are parted by revision numbers, marks of spelling, smart tags, hints of fonts,
tracked ends of paragraphs and rows, moves; styles renumbered, settings said again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from random import Random
from typing import TYPE_CHECKING, Any

from publisher.wordfile import DOCUMENT, W, packed, unpacked, xml_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_DATE = "2031-06-30T09:26:00Z"
_BOOKMARKS = (f"{W}bookmarkStart", f"{W}bookmarkEnd")
_CUSTOM, _STYLES = "docProps/custom.xml", "word/styles.xml"


def edited_by_hand(
    data: bytes, edits: Sequence[Sequence[str]], habit: str, author: str, chance: Random
) -> bytes:
    """The file after edits; they are tracked where an author is named.

    `habit` is how it is saved: `word`, `wps`, or by nobody in particular.
    """
    parts = unpacked(data)
    body = xml_of(parts[DOCUMENT])
    if habit == "word":  # it was opened and saved before, with runs parted then
        _parted(body, chance)
    hand = Hand(body, author, chance)
    for name, *words in edits:
        EDITS[name](hand, *words)
    if habit:
        _SAVES[habit](parts, body, chance)
    return packed({**parts, DOCUMENT: _bytes(body)})


def _bytes(root: Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


class Hand:
    """Whoever edits a file, and whether that is tracked."""

    def __init__(self, body: Element, author: str, chance: Random) -> None:
        self.body, self.author, self.chance = body, author, chance
        self._number = 9000

    def paragraph(self, words: str) -> Element:
        """The paragraph that has words."""
        (there,) = (each for each in self.body.iter(f"{W}p") if words in shown(each))
        return there

    def mark(self, name: str) -> Element:
        """A tracked change of ours."""
        self._number += 1
        mark = self.body.makeelement(f"{W}{name}")
        for key, value in (("id", self._number), ("author", self.author), ("date", _DATE)):
            mark.set(f"{W}{key}", str(value))
        return mark

    def track(self, runs: Sequence[Element], name: str) -> None:
        """Runs, each within a tracked change: Word has one for several, WPS one for each."""
        for run in runs:
            mark, holder = self.mark(name), run.getparent()
            assert holder is not None
            holder.replace(run, mark)
            mark.append(run)
            if name in ("del", "moveFrom"):
                for text in run.iter(f"{W}t"):
                    text.tag = f"{W}delText" if name == "del" else text.tag

    def track_end(self, paragraph: Element, name: str) -> None:
        """The end of a paragraph, tracked."""
        settings = _child(paragraph, "pPr", first=True)
        _child(settings, "rPr").insert(0, self.mark(name))


def shown(paragraph: Element) -> str:
    """The words of a paragraph without those whose deletion is tracked."""
    return "".join(str(text.text or "") for text in _texts(paragraph))


def _texts(paragraph: Element) -> Iterator[Element]:
    for text in paragraph.iter(f"{W}t"):
        gone = (f"{W}del", f"{W}moveFrom")
        if next(text.iterancestors(*gone), None) is None:
            yield text


def _child(element: Element, name: str, *, first: bool = False) -> Element:
    there = element.find(f"{W}{name}")
    if there is None:
        there = element.makeelement(f"{W}{name}")
        element.insert(0, there) if first else element.append(there)
    return there


def _runs(paragraph: Element, start: int, end: int) -> list[Element]:
    """The runs with the words from one to another character, parted from those around them."""
    runs, at = [], 0
    for text in list(_texts(paragraph)):
        words = str(text.text or "")
        first, last = max(start - at, 0), min(end - at, len(words))
        if first < last:
            runs.append(_cut(text, first, last))
        at += len(words)
    return runs


def _cut(text: Element, first: int, last: int) -> Element:
    """The run of some of the words of a piece of text; the others stand in runs beside it."""
    run, words = text.getparent(), str(text.text or "")
    assert run is not None
    for piece, behind in ((words[:first], False), (words[last:], True)):
        if piece:
            beside = deepcopy(run)
            for each in list(beside):
                if each.tag != f"{W}rPr":
                    beside.remove(each)
            made = beside.makeelement(f"{W}t")
            beside.append(made)
            _say(made, piece)
            run.addnext(beside) if behind else run.addprevious(beside)
    _say(text, words[first:last])
    return run


def _say(text: Element, words: str) -> None:
    text.text = words
    text.set(_SPACE, "preserve")


def _typed(like: Element, words: str) -> Element:
    """A run that looks like another, with words."""
    run = deepcopy(like)
    for each in list(run):
        if each.tag != f"{W}rPr":
            run.remove(each)
    made = run.makeelement(f"{W}t")
    run.append(made)
    _say(made, words)
    return run


# -- edits ----------------------------------------------------------------------------------------


def _replace(hand: Hand, old: str, new: str) -> None:
    paragraph = hand.paragraph(old)
    start = shown(paragraph).index(old)
    runs = _runs(paragraph, start, start + len(old))
    made = _typed(runs[0], new)
    runs[-1].addnext(made)
    if hand.author:
        hand.track([made], "ins")
        hand.track(runs, "del")
    else:
        for run in runs:
            _remove(run)


def _insert(hand: Hand, words: str, new: str) -> None:
    paragraph = hand.paragraph(words)
    made = _emptied(paragraph)
    run = _typed(_runs(paragraph, 0, len(shown(paragraph)))[-1], new)
    made.append(run)
    paragraph.addnext(made)
    if hand.author:
        hand.track([run], "ins")
        # Enter at the end of a paragraph gives it a new end; on an empty line that has its own.
        hand.track_end(hand.chance.choice((paragraph, made)), "ins")


def _emptied(paragraph: Element) -> Element:
    """A paragraph with the settings of another and nothing in it."""
    made = paragraph.makeelement(f"{W}p")
    settings = paragraph.find(f"{W}pPr")
    if settings is not None:
        made.append(deepcopy(settings))
        for mark in list(made.iter(f"{W}ins", f"{W}del", f"{W}sectPr")):
            _remove(mark)
    return made


def _delete(hand: Hand, words: str) -> None:
    paragraph = hand.paragraph(words)
    if hand.author:
        hand.track(_runs(paragraph, 0, len(shown(paragraph))), "del")
        hand.track(_notes(paragraph), "del")
        hand.track_end(paragraph, "del")
    else:
        _remove(paragraph)


def _notes(paragraph: Element) -> list[Element]:
    """The runs that hold marks of notes."""
    return [
        run
        for mark in paragraph.iter(f"{W}footnoteReference")
        if (run := mark.getparent()) is not None
    ]


def _move(hand: Hand, words: str, target: str) -> None:
    paragraph, place = hand.paragraph(words), hand.paragraph(target)
    made = deepcopy(paragraph)
    for mark in list(made.iter(*_BOOKMARKS)):
        _remove(mark)  # they stand where they were, or go with what was cut out
    place.addnext(made)
    if hand.author:
        hand.track(_runs(made, 0, len(shown(made))), "moveTo")
        hand.track_end(made, "moveTo")
        hand.track(_runs(paragraph, 0, len(shown(paragraph))), "moveFrom")
        hand.track_end(paragraph, "moveFrom")
    else:
        _remove(paragraph)


def _split(hand: Hand, words: str) -> None:
    paragraph = hand.paragraph(words)
    start = shown(paragraph).index(words)
    first = _runs(paragraph, start, start + len(words))[0]
    made = _emptied(paragraph)
    for each in [first, *first.itersiblings()]:
        made.append(each)
    paragraph.addnext(made)
    if hand.author:
        hand.track_end(paragraph, "ins")


def _join(hand: Hand, words: str) -> None:
    paragraph = hand.paragraph(words)
    if hand.author:
        hand.track_end(paragraph, "del")
        return
    after = paragraph.getnext()
    assert after is not None
    for each in list(after):
        if each.tag != f"{W}pPr":
            paragraph.append(each)
    _remove(after)


def _delete_row(hand: Hand, words: str) -> None:
    row = _row(hand, words)
    if not hand.author:
        _remove(row)
        return
    _child(row, "trPr", first=True).append(hand.mark("del"))
    for paragraph in row.iter(f"{W}p"):
        hand.track(_runs(paragraph, 0, len(shown(paragraph))), "del")


def _insert_row(hand: Hand, words: str, *cells: str) -> None:
    row = _row(hand, words)
    made = deepcopy(row)
    for mark in list(made.iter(*_BOOKMARKS, f"{W}ins", f"{W}del")):
        _remove(mark)
    for cell, typed in zip(made.iter(f"{W}tc"), cells, strict=True):
        first, *rest = cell.iter(f"{W}p")
        for each in rest:
            _remove(each)
        runs = list(first.iter(f"{W}r"))
        like = runs[0] if runs else first.makeelement(f"{W}r")
        for each in list(first):
            if each.tag != f"{W}pPr":
                first.remove(each)
        if typed:
            first.append(_typed(like, typed))
        if hand.author:
            hand.track(list(first.iter(f"{W}r")), "ins")
            hand.track_end(first, "ins")
    if hand.author:
        _child(made, "trPr", first=True).append(hand.mark("ins"))
    row.addnext(made)


def _row(hand: Hand, words: str) -> Element:
    return next(hand.paragraph(words).iterancestors(f"{W}tr"))


def _remove(element: Element) -> None:
    holder = element.getparent()
    assert holder is not None
    holder.remove(element)


EDITS: dict[str, Callable[..., None]] = {
    "replace": _replace,
    "insert": _insert,
    "delete": _delete,
    "move": _move,
    "split": _split,
    "join": _join,
    "delete row": _delete_row,
    "insert row": _insert_row,
}


# -- saved by Word --------------------------------------------------------------------------------


def _parted(body: Element, chance: Random) -> None:
    """Runs as typing them at several times leaves them."""
    for run in list(body.iter(f"{W}r")):
        texts = [each for each in run if each.tag != f"{W}rPr"]
        is_plain = len(texts) == 1 and texts[0].tag == f"{W}t"  # a tab would stay with one part
        words = str(texts[0].text or "") if is_plain else ""
        if len(words) > 3 and chance.random() < 0.4:
            at = chance.randrange(1, len(words))
            _cut(texts[0], at, chance.randrange(at + 1, len(words) + 1))


def _by_word(parts: dict[str, bytes], body: Element, chance: Random) -> None:
    for number, paragraph in enumerate(body.iter(f"{W}p")):
        paragraph.set(f"{_W14}paraId", f"{number + 0x10000000:08X}")
        for name in ("rsidR", "rsidRDefault", "rsidP"):
            paragraph.set(f"{W}{name}", _revision(chance))
    for run in list(body.iter(f"{W}r")):
        run.set(f"{W}rsidR", _revision(chance))
        if chance.random() < 0.2 and (holder := run.getparent()) is not None:
            kind = chance.choice(("gram", "spell"))
            begin, end = (run.makeelement(f"{W}proofErr") for _ in range(2))
            begin.set(f"{W}type", f"{kind}Start")
            end.set(f"{W}type", f"{kind}End")
            run.addprevious(begin)
            run.addnext(end)
            if holder.tag == f"{W}p" and chance.random() < 0.3:
                _tag(run)
    first = next(body.iter(f"{W}p"))
    for name in _BOOKMARKS:
        mark = body.makeelement(name)
        mark.set(f"{W}id", "8999")
        if name.endswith("Start"):
            mark.set(f"{W}name", "_GoBack")
        first.append(mark)


def _revision(chance: Random) -> str:
    return f"00{chance.randrange(16**6):06X}"


def _tag(run: Element) -> None:
    """What Word took for a date, or a place."""
    tag = run.makeelement(f"{W}smartTag")
    tag.set(f"{W}uri", "urn:schemas-microsoft-com:office:smarttags")
    tag.set(f"{W}element", "chsdate")
    run.addprevious(tag)
    settings = _child(tag, "smartTagPr")
    for name, value in (("Year", "2031"), ("Month", "6"), ("Day", "30")):
        attribute = settings.makeelement(f"{W}attr")
        attribute.set(f"{W}name", name)
        attribute.set(f"{W}val", value)
        settings.append(attribute)
    tag.append(run)


# -- saved by WPS ---------------------------------------------------------------------------------

_SAID_AGAIN = {
    "keepNext": "0", "keepLines": "0", "pageBreakBefore": "0", "kinsoku": "1", "wordWrap": "1",
    "overflowPunct": "1", "topLinePunct": "0", "autoSpaceDE": "1", "autoSpaceDN": "1", "bidi": "0",
    "adjustRightInd": "1", "snapToGrid": "1", "textAlignment": "auto",
}  # fmt: skip


def _by_wps(parts: dict[str, bytes], body: Element, chance: Random) -> None:
    for paragraph in body.iter(f"{W}p"):
        settings = _child(paragraph, "pPr", first=True)
        for name, value in _SAID_AGAIN.items():
            if settings.find(f"{W}{name}") is None and name not in (
                "pageBreakBefore",
                "snapToGrid",
            ):
                _child(settings, name).set(f"{W}val", value)
    for run in body.iter(f"{W}r"):
        settings = _child(run, "rPr", first=True)
        fonts = _child(settings, "rFonts", first=True)
        fonts.set(f"{W}hint", "eastAsia")
        language = _child(settings, "lang")
        language.set(f"{W}val", "en-US")
        language.set(f"{W}eastAsia", "zh-CN")
    numbers = dict(_numbers(xml_of(parts[_STYLES])))
    parts[_STYLES] = _renumbered(parts[_STYLES], numbers)
    _rename(body, numbers)
    for name in parts:
        if re.match("word/(?:foot|header)", name):
            root = xml_of(parts[name])
            _rename(root, numbers)
            parts[name] = _bytes(root)
    if _CUSTOM in parts:
        added = (
            '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="90" '
            'name="KSOProductBuildVer"><vt:lpwstr>2052-12.1.0.16388</vt:lpwstr></property>'
            '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="91" name="ICV">'
            "<vt:lpwstr>8F2A1D0C4B5E4E0F9A7C_13</vt:lpwstr></property></Properties>"
        )
        parts[_CUSTOM] = parts[_CUSTOM].replace(b"</Properties>", added.encode())


def _renumbered(styles: bytes, numbers: dict[str, str]) -> bytes:
    """Styles by numbers, with some more that nobody asked for."""
    root = xml_of(styles)
    for style in root.iter(f"{W}style"):
        style.set(f"{W}styleId", numbers[str(style.get(f"{W}styleId"))])
    _rename(root, numbers)
    for number in (101, 102):
        style = root.makeelement(f"{W}style")
        style.set(f"{W}type", "paragraph")
        style.set(f"{W}customStyle", "1")
        style.set(f"{W}styleId", str(number))
        _child(style, "name").set(f"{W}val", f"_Style {number}")
        root.append(style)
    return _bytes(root)


def _numbers(styles: Element) -> Iterator[tuple[str, str]]:
    for number, style in enumerate(styles.iter(f"{W}style"), 1):
        yield str(style.get(f"{W}styleId")), str(number)


def _rename(root: Element, numbers: dict[str, str]) -> None:
    names = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
    for each in root.iter(*(f"{W}{name}" for name in names)):
        value = str(each.get(f"{W}val"))
        each.set(f"{W}val", numbers.get(value, value))


_SAVES: dict[str, Callable[[dict[str, bytes], Element, Random], Any]] = {
    "word": _by_word,
    "wps": _by_wps,
}
HABITS = ("", *_SAVES)
"""How files are saved."""
