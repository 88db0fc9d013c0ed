"""Changes and their pieces → HTML in which a reader sees, and hears, what came and what went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from publisher import templates
from publisher.changes import Change, Changes, Op, Piece, Pieces, Script, Subject, Weight
from publisher.renderers.changes import wording

if TYPE_CHECKING:
    from markupsafe import Markup

WEIGHTS = {Weight.SUBSTANCE: "substance", Weight.WORDING: "wording", Weight.FORM: "form"}
"""The class of what is drawn for changes of a weight, so that it can be filtered."""


@dataclass(slots=True)
class Entry:
    """A change in the list, with its number."""

    number: int
    change: Change
    old_place: tuple[str, ...] = ()
    """Where it stood, if it was moved."""
    is_drawn: bool = False
    """Whether the document shows it, so that its link leads there."""
    leaves: bool = False
    """Whether the document shows where it went from."""

    @property
    def identifier(self) -> str:
        """Its name in addresses."""
        return self.change.identifier

    @property
    def style(self) -> str:
        """Its weight as a class name."""
        return WEIGHTS[self.change.weight]

    @property
    def kind(self) -> str:
        """What became of what."""
        return wording.kind(self.change)

    @property
    def weight(self) -> str:
        """How much it matters, and why."""
        return wording.weight(self.change)

    @property
    def place(self) -> tuple[str, ...]:
        """Where it stands in its part."""
        return wording.within(self.change)

    @property
    def before(self) -> Markup:
        """The old words, shortened."""
        return _short(wording.before(self.change), "del")

    @property
    def after(self) -> Markup:
        """The new words, shortened."""
        return _short(wording.after(self.change), "ins")


def _short(paragraphs: tuple[wording.Runs, ...], tag: str) -> Markup:
    from markupsafe import Markup

    return Markup().join(
        Markup(f"<{tag}>{{}}</{tag}>").format(_scripted(_visible(run.words), run.script))
        if run.is_marked
        else _scripted(templates.lines(run.words), run.script)
        for run in wording.short(paragraphs)
    )


def _scripted(words: Markup, script: Script | None) -> Markup:
    """Words above or below the line."""
    from markupsafe import Markup

    return Markup(f"<{script.value}>{{}}</{script.value}>").format(words) if script else words


class Numbered:
    """The changes with their numbers; each is anchored in the document once."""

    def __init__(self, changes: Changes) -> None:
        names = wording.names_now(changes.changes)
        self.entries = {
            change.identifier: Entry(number, change, wording.origin(change, names))
            for number, change in enumerate(changes.changes, 1)
        }

    def style(self, identifier: str | None) -> str:
        """The class of a change's weight; nothing for what is no change."""
        return self.entries[identifier].style if identifier in self.entries else ""

    def moved_sentence(self, identifier: str | None) -> Entry | None:
        """The change, if it moved a sentence: both its places are marks in paragraphs."""
        entry = self.entries.get(identifier or "")
        is_one = entry and entry.change.subject is Subject.SENTENCE
        return entry if entry and is_one and wording.is_moved(entry.change) else None

    def badge(self, identifier: str | None) -> Markup:
        """The anchor of a change, where it is met first; later nothing."""
        from markupsafe import Markup

        entry = self.entries.get(identifier or "")
        if entry is None or entry.is_drawn:
            return Markup()
        entry.is_drawn = True
        return Markup(
            '<a class="badge {0.style}" id="{0.identifier}" href="#{0.identifier}">'
            '<span class="hidden">第 </span>{0.number}'
            '<span class="hidden"> 处，{0.kind}，{0.weight}：</span></a>'
        ).format(entry)

    def badges(self, identifiers: Iterable[str | None]) -> Markup:
        """Those of several changes."""
        from markupsafe import Markup

        return Markup().join(map(self.badge, identifiers))


# -- words ------------------------------------------------------------------------------

_TAGS = {Op.DELETED: "del", Op.INSERTED: "ins"}
_CHANGED = {Op.DELETED: "删除", Op.INSERTED: "新增"}
_MOVED = {Op.DELETED: "移走", Op.INSERTED: "移来"}


def marked(pieces: Pieces, numbered: Numbered) -> Markup:
    """Words with what was deleted and inserted, each told by text too."""
    from markupsafe import Markup

    made = Markup()
    for (op, change), some in groupby(pieces, lambda piece: (piece.op, piece.change)):
        if op is Op.EQUAL:
            made += Markup().join(_words(piece, numbered) for piece in some)
        elif sentence := numbered.moved_sentence(change):
            made += _moved(op, list(some), sentence, numbered)
        else:
            made += numbered.badge(change)
            made += _told(op, list(some), numbered.style(change))
    return made


_LEFT = (
    '<a class="from {0.style}" id="{0.identifier}-from" href="#{0.identifier}">'
    "移至第 {0.number} 处</a>"
)
_CAME = '<a class="from {0.style}" href="#{0.identifier}-from">移自别处</a>'


def _moved(op: Op, pieces: list[Piece], entry: Entry, numbered: Numbered) -> Markup:
    """A sentence where it went from or came to, with the way to its other place."""
    from markupsafe import Markup

    marked = _told(op, pieces, f"{entry.style} moved", _MOVED)
    if op is Op.INSERTED and not entry.is_drawn:
        return numbered.badge(entry.identifier) + Markup(_CAME).format(entry) + marked
    if op is Op.DELETED and not entry.leaves:
        entry.leaves = True
        return Markup(_LEFT).format(entry) + marked
    return marked


def _told(op: Op, pieces: list[Piece], style: str, names: Mapping[Op, str] = _CHANGED) -> Markup:
    """Marked words; a visible mark hangs on the first character."""
    from markupsafe import Markup

    tag, name = _TAGS[op], names[op]
    first = pieces[0]
    is_plain = not (first.strong or first.target or first.script or first.note)
    head = first.words[:1].strip() if is_plain else ""
    pieces[0] = replace(first, words=first.words[len(head) :])
    return Markup(
        f'<{tag} class="{style}"><span class="hidden">【{name}开始：</span>'
        '<span class="head">{}</span>{}'
        f'<span class="hidden">{name}结束】</span></{tag}>'
    ).format(head, Markup().join(map(_words, pieces)))


def _words(piece: Piece, numbered: Numbered | None = None) -> Markup:
    from markupsafe import Markup

    if piece.note is not None:
        inner = marked(piece.note, numbered) if numbered else plain(piece.note)
        return Markup('<span class="noted">〔注：{}〕</span>').format(inner)
    words = templates.lines(piece.words) if piece.op is Op.EQUAL else _visible(piece.words)
    words = _scripted(words, piece.script)
    if piece.target:
        words = Markup('<a href="{}">{}</a>').format(piece.target, words)
    return Markup("<strong>{}</strong>").format(words) if piece.strong else words


def _visible(words: str) -> Markup:
    """Marked words; blanks alone are drawn and named: nobody sees whether they are marked."""
    from markupsafe import Markup

    made, named = templates.lines(words), wording.blanks(words)
    return Markup('<span class="blank" title="{}">{}</span>').format(named, made) if named else made


def plain(pieces: Pieces) -> Markup:
    """Words of one side alone, unmarked."""
    from markupsafe import Markup

    return Markup().join(map(_words, pieces))
