"""The inside of `w:p` → its runs as they look, and what stands in it beside them."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from unicodedata import category

from publisher.intake.source import LeftOut, Run, SourceRemark
from publisher.intake.word import fields, formulas, notes, revisions, symbols
from publisher.intake.word.characters import NOTHING_SAID, Characters
from publisher.intake.word.choices import children
from publisher.intake.word.drawings import DrawingContents, Drawings
from publisher.intake.word.drawn_fields import drawn
from publisher.intake.word.log import Log
from publisher.intake.word.names import M, R, W, number, switch, value
from publisher.provenance import MARK
from publisher.words.blanks import has_room

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

    from publisher.intake.word.comments import Comments
    from publisher.intake.word.fields import Fields
    from publisher.intake.word.page_count import PageCount
    from publisher.intake.word.word_styles import WordStyles

HIDDEN, PLACEHOLDER = "隐藏文字", "占位提示文字"
_SKIPPED = {
    f"{W}{name}"
    for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText")
}
_BLANKS = re.compile(r"[\t\r\n]")
_DECORATION = re.compile(r"[\s\-–—―－_·•|/~]*|\s*第\s*页(?:[\s,，/]*共\s*页)?\s*")
"""What stands around the number of a page, and is nothing without it."""


@dataclass(slots=True)
class Inside:
    """What stands in a paragraph."""

    runs: list[Run] = field(default_factory=list)
    drawn: list[tuple[DrawingContents, bool]] = field(default_factory=list)
    """Each drawing, and whether it stands behind words."""
    log: Log = field(default_factory=Log)
    breaks_before: bool = False
    """Whether a page ends before its first word."""
    breaks_after: bool = False
    """Whether one ends behind its last."""
    has_page_number: bool = False
    besides: str = ""
    """Its words that are no number of a page."""
    is_within_left_out: bool = False
    """Whether a field begins, goes on or ends in it whose result is left out."""
    is_hidden: bool = False
    """Whether nothing of it is seen, not even its end."""
    page: int | None = None
    """On which its first words stand."""
    shown: str = ""
    """All its words in order, those that are left out too."""
    marks: list[str] = field(default_factory=list)
    """The bookmarks of ours that begin in it."""
    comments: list[str] = field(default_factory=list)
    """The comments that begin in it."""

    @property
    def has_words(self) -> bool:
        """Whether it shows any."""
        return any(run.words.strip() or run.note for run in self.runs)

    def note_mark(self, bookmark: _Element) -> None:
        """A bookmark that begins here; those of others say nothing."""
        name = value(bookmark, attribute="name") or ""
        if name.startswith(MARK):
            self.marks.append(name)

    def add(self, run: Run) -> None:
        """Another run; it joins one that looks the same."""
        last = self.runs[-1] if self.runs else None
        if last and last.note is run.note is None and _look(last) == _look(run):
            run = replace(run, words=self.runs.pop().words + run.words)
        self.runs.append(run)

    def end_page_amid(self, run: Run) -> None:
        """The page ends amid its words: so does a line, unless they look the same behind it."""
        self.breaks_after = False
        last = next((each for each in reversed(self.runs) if each.words.strip()), run)
        if not _are_alike(last, run) or run.words[0].isspace():
            self.add(Run("\n", last.face, last.size))

    def without_page_number(self) -> None:
        """What only stands around the number of a page is left out with it."""
        if self.has_page_number and _DECORATION.fullmatch(self.besides):
            self.log.left_out = [LeftOut(self.shown, fields.PAGE_NUMBER)]
            self.runs = []


def _look(run: Run) -> tuple[object, ...]:
    return (
        *(run.face, run.size, run.is_bold, run.is_red, run.is_underlined),
        *(run.shift, run.style, run.link),
    )


def _are_alike(last: Run, run: Run) -> bool:
    """Whether runs look the same; figures and letters may have a face and style of their own."""
    if last.words.isascii() or run.words.isascii():
        run = replace(run, face=last.face, style=last.style)
    return _look(last) == _look(run)


class ParagraphReader:
    """Reads paragraphs of a story, whose fields may run from one into the next."""

    def __init__(
        self,
        styles: WordStyles,
        story: Fields,
        drawings: Drawings,
        pages: PageCount,
        note: Callable[[_Element], tuple[tuple[Run, ...], Log] | None],
        comments: Comments,
        addresses: Callable[[str], str],
        pieces: set[_Element],
        *,
        keeps_numbers: bool = False,
    ) -> None:
        self._styles, self._fields, self._drawings = styles, story, drawings
        self._pages, self._note, self._comments = pages, note, comments
        self._addresses, self._pieces = addresses, pieces
        self._keeps_numbers = keeps_numbers
        """Whether the number of a page is a word among others, as it is in a text."""
        self._base = NOTHING_SAID
        self._link = ""
        self._reason = ""
        self._inside = Inside()

    def read(self, paragraph: _Element, base: Characters, inside: Inside, reason: str = "") -> None:
        """Add to `inside` what stands in a paragraph; all is left out where there is a reason."""
        self._base, self._inside, self._reason = base, inside, reason
        inside.is_within_left_out |= bool(reason)
        self._contents(paragraph)

    # -- what holds runs ------------------------------------------------------------------

    def _contents(self, holder: _Element) -> None:
        for child in children(holder):
            tag = child.tag
            if tag == f"{W}r":
                self._run(child)
            elif tag in _SKIPPED:
                continue
            elif tag in revisions.GONE:
                if kind := revisions.GONE[str(tag)]:
                    self._remark(revisions.remark(kind, child, revisions.words_in(child)))
            elif tag in revisions.TAKEN:
                kind = revisions.TAKEN[str(tag)]
                self._remark(revisions.remark(kind, child, revisions.words_in(child)))
                self._contents(child)
            elif tag == f"{W}hyperlink":
                with self._within(link=self._addresses(str(child.get(f"{R}id") or ""))):
                    self._contents(child)
            elif tag == f"{W}fldSimple":
                self._simple_field(child)
            elif tag == f"{W}sdt":
                self._control(child)
            elif tag == f"{M}oMath":
                self._formula(child)
            elif tag == f"{W}bookmarkStart":
                self._inside.note_mark(child)
            elif tag == f"{W}commentRangeStart":
                self._inside.comments.append(self._comments.begin(child))
            elif tag == f"{W}commentRangeEnd":
                self._comments.end(child)
            elif tag == f"{W}subDoc":
                self._remark(SourceRemark("嵌入的文件", "子文档，不在文件里"))
            else:  # what holds more of it, and what damage has put outside of a run
                self._piece(child, self._base, "", None)

    @contextmanager
    def _within(self, link: str = "", reason: str = "") -> Iterator[None]:
        """Inside of a link, or of what is left out for a reason."""
        before = self._link, self._reason
        self._link, self._reason = link or self._link, self._reason or reason
        yield
        self._link, self._reason = before

    def _simple_field(self, element: _Element) -> None:
        instruction = value(element, attribute="instr") or ""
        self._fields.open.append(fields.OpenField(instruction, is_shown=True))
        self._contents(element)
        self._ended(self._fields.open.pop())

    def _control(self, element: _Element) -> None:
        """A content control: of one that nobody has filled in, the words are no content."""
        with self._within(reason=why_control_left_out(element)):
            for content in element.findall(f"{W}sdtContent"):
                self._contents(content)

    def _formula(self, element: _Element) -> None:
        for words, shift in formulas.signs(element):
            if words:
                self._emit(words, replace(self._base, shift=shift), "")
        self._pieces.add(element)
        self._remark(SourceRemark("公式", formulas.words(element)))

    # -- runs ---------------------------------------------------------------------------

    def _run(self, run: _Element) -> None:
        settings = run.find(f"{W}rPr")
        style = value(settings, "rStyle")
        look = self._base
        if settings is not None:
            look = self._styles.character(style).over_style(look) if style else look
            look = self._styles.direct(settings).over(look)
            if (mark := settings.find(f"{W}rPrChange")) is not None:
                self._remark(revisions.remark(revisions.FORMATTED, mark, revisions.words_in(run)))
        for child in children(run):
            self._piece(child, look, style or "", settings)

    def _piece(
        self, piece: _Element, look: Characters, style: str, settings: _Element | None
    ) -> None:
        tag = str(piece.tag)
        if words := words_of_piece(piece, settings):
            self._pieces.add(piece)
            self._emit(words, look, style)
        elif tag == f"{W}br":
            self._break(piece, look, style)
        elif tag == f"{W}lastRenderedPageBreak":
            self._pages.rendered()
        elif tag == f"{W}fldChar":
            self._field(piece, look, style)
        elif tag == f"{W}instrText":
            self._fields.instruct(str(piece.text or ""))
        elif tag in (notes.FOOTNOTE, notes.ENDNOTE):
            self._mark_note(piece, look, style)
        elif tag == f"{W}commentReference":
            identifier, remark = self._comments.refer(piece)
            self._inside.comments.append(identifier)
            if remark is not None:
                self._remark(remark)
        elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            drawn = self._drawings.read(piece)
            self._inside.drawn.append((drawn, self._inside.has_words))
        elif tag == f"{W}ruby":
            self._ruby(piece)
        elif tag not in _SKIPPED and len(piece):
            self._contents(piece)

    def _emit(self, words: str, look: Characters, style: str) -> None:
        """Words as they are shown, or left out with why."""
        self._pages.show(words)
        if self._inside.page is None and words.strip():
            self._inside.page = self._pages.page
        self._inside.shown += words
        self._comments.show(words)
        reason = self._fields.why_left_out or self._reason or (HIDDEN if look.is_hidden else "")
        is_number = reason == fields.PAGE_NUMBER
        self._inside.has_page_number |= is_number
        if reason and not (is_number and self._keeps_numbers):
            self._inside.log.leave_out(words, reason)
            return
        self._inside.besides += "" if is_number else words
        run = self._as_run(words, look, style)
        if self._inside.breaks_after and words.strip():
            self._inside.end_page_amid(run)
        if look.is_struck and words.strip():
            self._remark(SourceRemark("删除线", words))
        self._inside.add(run)

    def _as_run(self, words: str, look: Characters, style: str) -> Run:
        return Run(
            words,
            face=look.shown_face,
            size=look.size,
            is_bold=bool(look.is_bold),
            is_red=bool(look.is_red),
            is_underlined=bool(look.is_underlined),
            shift=look.shift or Run("").shift,
            style=self._styles.name(style),
            link=self._link or self._fields.link,
        )

    def _break(self, piece: _Element, look: Characters, style: str) -> None:
        kind = value(piece, attribute="type") or "textWrapping"
        if kind == "page":
            self._pages.broke()
        if kind != "page":
            self._emit("\n", look, style)
        elif self._inside.has_words:
            self._inside.breaks_after = True
        else:
            self._inside.breaks_before = True

    def _field(self, piece: _Element, look: Characters, style: str) -> None:
        self._inside.is_within_left_out |= bool(self._fields.why_left_out)
        if words := words_of_mark(piece):
            self._emit(words, look, style)
        ended = self._fields.mark(value(piece, attribute="fldCharType"))
        if ended is not None:
            self._ended(ended)

    def _ended(self, field_: fields.OpenField) -> None:
        reason = self._fields.why_left_out
        self._inside.has_page_number |= fields.is_page_number(field_.instruction)
        if not reason and fields.is_to_be_told(field_.instruction):
            self._remark(SourceRemark("域", field_.instruction.strip()))

    def _mark_note(self, piece: _Element, look: Characters, style: str) -> None:
        note = self._note(piece)
        if note is not None:
            runs, log = note
            self._inside.log.add(log)
            self._inside.add(replace(self._as_run("", look, style), note=runs))

    def _ruby(self, piece: _Element) -> None:
        for base in piece.findall(f"{W}rubyBase"):
            self._contents(base)
        with self._within(reason="注音"):
            for above in piece.findall(f"{W}rt"):
                self._contents(above)

    def _remark(self, remark: SourceRemark) -> None:
        self._inside.log.remark(remark)


def why_control_left_out(control: _Element) -> str:
    """Why the words of a content control become no content; empty where they do."""
    settings = control.find(f"{W}sdtPr")
    if settings is None:
        return ""
    if switch(settings, "showingPlcHdr") and not _is_blank(_typed(control)):
        return PLACEHOLDER
    gallery = value(settings.find(f"{W}docPartObj"), "docPartGallery") or ""
    return fields.CONTENTS if gallery == "Table of Contents" else ""


def _is_blank(words: str) -> bool:
    """Whether they are room of a form to write in, printed as it is for a pen."""
    return has_room(words) or not words.strip("年月日时分秒至\u3000 ")


def _typed(control: _Element) -> str:
    return "".join(str(each.text or "") for each in control.iter(f"{W}t"))


def words_of_piece(piece: _Element, settings: _Element | None) -> str:
    """The words of a child of a run; empty where it has none itself."""
    tag = str(piece.tag)
    if tag == f"{W}t":
        text = str(piece.text or "")
        kept = piece.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
        font = value(None if settings is None else settings.find(f"{W}rFonts"), "", "ascii") or ""
        return _seen(_BLANKS.sub(" ", text) if kept else _BLANKS.sub(" ", text).strip(" "), font)
    if tag == f"{W}sym":
        character = _coded(value(piece, attribute="char"))
        return symbols.shown(character, value(piece, attribute="font") or "") if character else ""
    return _CHARACTERS.get(tag, "")


_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}


def _coded(code: str | None) -> str:
    """The character of a code in hexadecimal digits; empty where it is none that can be seen."""
    if not code or not re.fullmatch("[0-9A-Fa-f]{2,4}", code):
        return ""
    character = chr(int(code, 16))
    return "" if category(character) in _UNSEEN else character


_UNSEEN = ("Cc", "Cs", "Cn")
"""Kinds of code points that are no characters: commands, halves of others, what nobody has."""


_OF_SYMBOLS = re.compile("[\uf000-\uf0ff]")


def _seen(text: str, font: str) -> str:
    if not _OF_SYMBOLS.search(text):
        return text
    return "".join(
        symbols.shown(each, font) if "\uf000" <= each <= "\uf0ff" else each for each in text
    )


def words_of_mark(mark: _Element) -> str:
    """What a field shows where its result is no text: a character in a circle, a box, a choice."""
    if value(mark, attribute="fldCharType") != "begin":
        return ""
    return drawn(mark) or _words_of_form_field(mark)


def _words_of_form_field(mark: _Element) -> str:
    data = mark.find(f"{W}ffData")
    if data is None:
        return ""
    box = data.find(f"{W}checkBox")
    if box is not None:
        checked = switch(box, "checked")
        return "☑" if (switch(box, "default") if checked is None else checked) else "☐"
    choices = data.findall(f"{W}ddList/{W}listEntry")
    chosen = number(value(data.find(f"{W}ddList"), "result"))
    return (value(choices[chosen]) or "") if 0 <= chosen < len(choices) else ""
