"""Sections that were recognised → the texts of the document: who attaches what, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from publisher.intake.recognise.frame.reading import ReadSource
from publisher.intake.recognise.frame.sections import Relation, TextSection
from publisher.intake.recognise.frame.taking import Known, Taken
from publisher.intake.recognise.frame.texts import ReadSection, with_title
from publisher.intake.recognise.frame.titles import squeezed
from publisher.intake.result import Certainty, Role
from publisher.model import Attachment, Delivery, Paragraph, Picture, Place, Prose, Table, plain

_DEEPEST = 3
"""Of attachments to attachments."""


@dataclass
class Holder:
    """A text that may have attachments, and those that it has so far."""

    text: Prose
    reading: ReadSource
    recognised: ReadSection
    depth: int = 0
    slots: list[Attachment | Holder | None] = field(default_factory=list)
    """One for each title of its 附件说明; then those that it does not name."""
    deliveries: dict[int, Delivery] = field(default_factory=dict)

    @property
    def titles(self) -> list[str]:
        """What its 附件说明 names."""
        listed = self.recognised.listed
        return [entry.title for entry in listed.titles] if listed else []

    def slot_for(self, title: str, number: int | None) -> int | None:
        """Which open entry of its list an attachment is: by title, by number, the first."""
        free = [place for place, slot in enumerate(self.slots) if slot is None]
        same = (place for place in free if squeezed(self.titles[place]) == squeezed(title))
        if (place := next(same, None)) is not None:
            return place
        if number and number - 1 in free:
            return number - 1
        return free[0] if free and not title else None

    def next_free(self) -> int | None:
        """The first open entry of its list."""
        return next((place for place, slot in enumerate(self.slots) if slot is None), None)


@dataclass(frozen=True)
class Joined:
    """The texts of a document, and what is to be asked of them."""

    body: Prose
    issued: tuple[Prose, ...]
    asked: tuple[tuple[ReadSource, Taken], ...]


def joined(readings: Sequence[ReadSource]) -> Joined:
    """The document's own text with its attachments, and what it issues with theirs."""
    return _Joining(readings).joined()


class _Joining:
    def __init__(self, readings: Sequence[ReadSource]) -> None:
        self._readings = readings
        main, *_ = readings
        (_, own), *_ = main.parts
        assert isinstance(own.content, Prose)
        self._body = _holder(own.content, main, own, 0)
        self._issued: list[Holder] = []
        self._open: list[Holder] = [self._body]
        """Those that what follows may be attached to, the likeliest last."""
        self._asked: list[tuple[ReadSource, Taken]] = []

    def joined(self) -> Joined:
        parts = [
            (reading, section, recognised)
            for reading in self._readings
            for section, recognised in reading.parts[reading is self._readings[0] :]
        ]
        for reading, section, recognised in parts:
            if self._is_issued(reading, section, recognised):
                self._issue(reading, recognised)
            else:
                self._attach(reading, section, recognised)
        body = self._closed(self._body)
        issued = tuple(self._closed(holder) for holder in self._issued)
        return Joined(body, issued, tuple(self._asked))

    def _is_issued(
        self, reading: ReadSource, section: TextSection, recognised: ReadSection
    ) -> bool:
        if section.relation is not Relation.ISSUED or not isinstance(recognised.content, Prose):
            return False
        if reading is self._readings[0]:
            return True
        title = recognised.content.title
        named = [holder for holder in self._open if holder.slot_for(title, None) is not None]
        return not named

    def _issue(self, reading: ReadSource, recognised: ReadSection) -> None:
        assert isinstance(recognised.content, Prose)
        holder = _holder(recognised.content, reading, recognised, 0)
        self._issued.append(holder)
        self._open = [self._body, holder]

    def _attach(self, reading: ReadSource, section: TextSection, recognised: ReadSection) -> None:
        title = recognised.content.title
        holder, place = self._place(title, section.number)
        content = recognised.content
        delivery = Delivery.SEPARATE if section.is_separate else Delivery.BOUND
        inner: Attachment | Holder = content
        if isinstance(content, Prose) and recognised.listed and holder.depth + 1 < _DEEPEST:
            inner = _holder(content, reading, recognised, holder.depth + 1)
            self._open = [*self._open[: self._open.index(holder) + 1], inner]
        if place is None:
            place = len(holder.slots)
            holder.slots.append(inner)
        else:
            holder.slots[place] = inner
        holder.deliveries[place] = delivery

    def _place(self, title: str, number: int | None) -> tuple[Holder, int | None]:
        """Whose attachment one is, and which of them; the likeliest first."""
        likeliest = self._open[::-1]
        for holder in likeliest:
            if (place := holder.slot_for(title, None)) is not None:
                return holder, place
        for holder in likeliest:
            if number and (place := holder.slot_for(title, number)) is not None:
                return holder, place
        for holder in likeliest:
            if (place := holder.next_free()) is not None:
                return holder, place
        return next((holder for holder in likeliest if _speaks_of(holder)), self._body), None

    def _closed(self, holder: Holder) -> Prose:
        """A text with its attachments; those that are named and not there are asked for."""
        attached: list[Attachment] = []
        for place, slot in enumerate(holder.slots):
            title = holder.titles[place] if place < len(holder.titles) else ""
            if slot is None:
                self._ask(holder, place)
                attached.append(Prose(title, place=_place_of(holder, place)))
                continue
            content = self._closed(slot) if isinstance(slot, Holder) else slot
            content = _named(content, title, keeps_breaks=holder.reading.setting.is_own)
            delivery = holder.deliveries.get(place, Delivery.BOUND)
            attached.append(replace(content, delivery=delivery) if title else content)
        return replace(holder.text, attachments=tuple(attached))

    def _ask(self, holder: Holder, place: int) -> None:
        listed = holder.recognised.listed
        assert listed
        line, title = listed.titles[place].line, listed.titles[place].title
        question = f"所给的文件里没有附件“{title}”，请放入它的文字、表格或文件。"
        reason = "附件说明里的一行，后面没有这个附件"
        known = Known(Role.ATTACHMENT_LIST, Certainty.ASKED, reason, question)
        self._asked.append((holder.reading, {line.index: known}))


def _holder(text: Prose, reading: ReadSource, recognised: ReadSection, depth: int) -> Holder:
    holder = Holder(text, reading, recognised, depth)
    holder.slots = [None] * len(holder.titles)
    return holder


def _place_of(holder: Holder, place: int) -> Place:
    listed = holder.recognised.listed
    number = listed.titles[place].line.block.number if listed else 1
    return Place(holder.reading.setting.source.name, number)


def _speaks_of(holder: Holder) -> bool:
    """Whether a text speaks of its 附件."""
    words = (plain(block.content) for block in holder.text.blocks if isinstance(block, Paragraph))
    return holder.depth == 0 and any("附件" in each or "附表" in each for each in words)


def _named(content: Attachment, title: str, *, keeps_breaks: bool) -> Attachment:
    """An attachment as the list names it; the title above it is kept where it is another."""
    is_same = squeezed(content.title) == squeezed(title)
    if not title or (is_same and keeps_breaks and "\n" in content.title):
        return content
    if not content.title or is_same:
        return replace(content, title=title)
    if isinstance(content, Table | Picture):
        inner = replace(content, title="")
        return Prose(title, (inner,), own_title=content.title, place=content.place)
    return with_title(content, title)
