"""Sections that were recognised → the texts of the document: who attaches what, in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from publisher.intake.recognise.frame.enclosed import enclosed, title_of_file
from publisher.intake.recognise.frame.lines import FrameLine
from publisher.intake.recognise.frame.lists import AttachmentList
from publisher.intake.recognise.frame.reading import ReadSource
from publisher.intake.recognise.frame.sections import SectionKind, TextSection
from publisher.intake.recognise.frame.texts import ReadSection, with_title
from publisher.intake.recognise.frame.titles import issued_names, squeezed
from publisher.intake.source import LeftOut, SourceFile
from publisher.model import Attachment, Delivery, Paragraph, Picture, Place, Prose, Table, plain
from publisher.words.elements import LABELLED, bare

_ALIKE = 60
"""Per cent from which a title may be the one that is listed."""
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
    labels: dict[int, tuple[str, FrameLine]] = field(default_factory=dict)
    """The file and line of the label of each attachment."""

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

    def like(self, title: str) -> int | None:
        """The open entry of its list that is most like a title; None where none is."""
        from rapidfuzz import fuzz

        free = [place for place, slot in enumerate(self.slots) if slot is None]
        scores = {
            place: fuzz.ratio(squeezed(self.titles[place]), squeezed(title)) for place in free
        }
        best = max(free, key=lambda place: scores[place], default=None)
        return best if best is not None and scores[best] >= _ALIKE else None

    def next_free(self) -> int | None:
        """The first open entry of its list."""
        return next((place for place, slot in enumerate(self.slots) if slot is None), None)


@dataclass(frozen=True)
class Joined:
    """The texts of a document, and what is to be asked of them."""

    body: Prose
    issued: tuple[Prose, ...]
    questions: Mapping[tuple[str, int], str]
    """What is asked, by file and number of a paragraph."""
    relabelled: tuple[LeftOut, ...] = ()
    """Labels and numbers of attachments that the program writes otherwise."""


def joined(readings: Sequence[ReadSource], given: Sequence[SourceFile] = ()) -> Joined:
    """The document's own text with its attachments, and what it issues with theirs.

    `given` are files that are attached as they are.
    """
    return _Joining(readings, given).joined()


class _Joining:
    def __init__(self, readings: Sequence[ReadSource], given: Sequence[SourceFile]) -> None:
        self._given = given
        main, *beside = readings
        self._readings = [main, *sorted(beside, key=self._rank)]
        (_, own), *_ = main.parts
        assert isinstance(own.content, Prose)
        self._body = _holder(own.content, main, own, 0)
        self._issued: list[Holder] = []
        self._open: list[Holder] = [self._body]
        """Those that what follows may be attached to, the likeliest last."""
        self._questions: dict[tuple[str, int], str] = {}
        self._relabelled: list[LeftOut] = []

    @staticmethod
    def _rank(reading: ReadSource) -> int:
        """Files that have a list of attachments come before those that may be on it."""
        return 0 if reading.listed else 1

    def joined(self) -> Joined:
        parts = [
            (reading, section, recognised)
            for reading in self._readings
            for section, recognised in reading.parts[reading is self._readings[0] :]
        ]
        for reading, section, recognised in parts:
            for line in section.head:
                key = reading.setting.source.name, line.block.number
                self._questions[key] = "来文自己的版头没有对应的项目，留在文字里，请核对。"
            if self._is_issued(reading, section, recognised):
                self._issue(reading, recognised)
            else:
                self._attach(reading, section, recognised)
        for source in self._given:
            self._enclose(source)
        body = self._closed(self._body)
        issued = tuple(self._closed(holder) for holder in self._issued)
        return Joined(body, issued, self._questions, tuple(self._relabelled))

    def _is_issued(
        self, reading: ReadSource, section: TextSection, recognised: ReadSection
    ) -> bool:
        if section.relation is not SectionKind.ISSUED:
            return False
        main = self._readings[0]
        title = squeezed(recognised.content.title)
        if reading is main or title in main.announced:
            return True
        return (
            isinstance(recognised.content, Prose)
            and not self._is_listed(title)
            and (not main.announced and bool(issued_names(main.title)))
        )

    def _is_listed(self, title: str) -> bool:
        return any(squeezed(each) == title for holder in self._open for each in holder.titles)

    def _issue(self, reading: ReadSource, recognised: ReadSection) -> None:
        content = recognised.content
        if not isinstance(content, Prose):  # what is issued is a text, if of one table alone
            assert isinstance(content, Table | Picture)
            inner = replace(content, title="", orientation=None)
            content = Prose(content.title, (inner,), place=content.place)
        holder = _holder(content, reading, recognised, 0)
        self._issued.append(holder)
        self._open = [self._body, holder]

    def _enclose(self, source: SourceFile) -> None:
        """Attach a file as it is; where it cannot be, its name is asked for."""
        title, number = title_of_file(source.name)
        content = enclosed(source)
        if content is None:
            self._questions[source.name, 0] = "这个文件读不出来，或不是所写的类型，没有收入。"
            return
        holder, place = self._place(title, number, is_beside=True)
        if place is None:
            self._ask_whose(source.name, 0)
            holder.slots.append(content)
        else:
            holder.slots[place] = content

    def _ask_whose(self, name: str, number: int) -> None:
        self._questions[name, number] = "附件说明和标题都没有提到它，作为附件放在最后，请核对。"

    def _attach(self, reading: ReadSource, section: TextSection, recognised: ReadSection) -> None:
        title = recognised.content.title
        is_beside = reading is not self._readings[0]
        holder, place = self._place(title, section.number, is_beside=is_beside)
        content = recognised.content
        delivery = Delivery.SEPARATE if section.is_separate else Delivery.BOUND
        inner: Attachment | Holder = content
        if isinstance(content, Prose) and recognised.listed and holder.depth + 1 < _DEEPEST:
            inner = _holder(content, reading, recognised, holder.depth + 1)
            self._open = [*self._open[: self._open.index(holder) + 1], inner]
        if place is None:
            if is_beside:
                self._ask_whose(reading.setting.source.name, _number_of(section))
            place = len(holder.slots)
            holder.slots.append(inner)
        else:
            holder.slots[place] = inner
        holder.deliveries[place] = delivery
        if section.label:
            holder.labels[place] = reading.setting.source.name, section.label

    def _place(
        self, title: str, number: int | None, *, is_beside: bool
    ) -> tuple[Holder, int | None]:
        """Whose attachment one is, and which of them; the likeliest first.

        In one file they follow in the order of their list; of a file beside it, its title must be
        like what is listed.
        """
        likeliest = self._open[::-1]
        for holder in likeliest:
            if (place := holder.slot_for(title, None)) is not None:
                return holder, place
        for holder in likeliest:
            if number and (place := holder.slot_for(title, number)) is not None:
                return holder, place
        for holder in likeliest:
            place = holder.like(title) if is_beside and title else holder.next_free()
            if place is not None:
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
            content = replace(content, delivery=delivery) if title else content
            attached.append(content if content.title else self._entitled(holder, place, content))
        self._relabelled += _otherwise_labelled(holder)
        return replace(holder.text, attachments=tuple(attached))

    def _entitled(self, holder: Holder, place: int, content: Attachment) -> Attachment:
        """An attachment that has no title, by its label: without one it could not be attached."""
        source, line = holder.labels.pop(place, ("", None))
        title = line.bare.rstrip("：:.．、") if line else "附件"
        number = line.block.number if line else content.place.line
        question = f"附件没有标题，以“{title}”作标题，请核对。"
        self._questions[source or content.place.file, number] = question
        return replace(content, title=title)

    def _ask(self, holder: Holder, place: int) -> None:
        listed = holder.recognised.listed
        assert listed
        line, title = listed.titles[place].line, listed.titles[place].title
        question = f"所给的文件里没有附件“{title}”，现在是空的：请放入它的文字、表格或文件。"
        self._questions[holder.reading.setting.source.name, line.block.number] = question


def _otherwise_labelled(holder: Holder) -> Iterator[LeftOut]:
    """What labels of attachments and entries of a list have that is printed otherwise."""
    count = len(holder.slots)
    for place, (source, line) in holder.labels.items():
        typed = LABELLED.fullmatch(line.words)
        words = line.words[: typed.start("title")] if typed else line.words
        wanted = f"附件{place + 1}" if count > 1 else "附件"
        if bare(words) != wanted:
            yield LeftOut(words, _RELABELLED, line.block.number, source)
    if holder.recognised.listed:
        source = holder.reading.setting.source.name
        for entry in holder.recognised.listed.titles:
            if entry.of_file:
                yield LeftOut(entry.of_file, _OF_FILE, entry.line.block.number, source)
        for line, words in _otherwise_listed(holder.recognised.listed, count):
            yield LeftOut(words, _RELABELLED, line.block.number, source)


def _otherwise_listed(listed: AttachmentList, count: int) -> Iterator[tuple[FrameLine, str]]:
    """What stands before the titles of a list where the program prints something else."""
    above = [line for line in listed.lines if line.index < listed.titles[0].line.index]
    mark = "".join(line.bare for line in above)
    wanted = "附件："
    for number, entry in enumerate(listed.titles, 1):
        if number == 1 or entry.line is not listed.titles[number - 2].line:
            rest = entry.line.bare
        title = bare(entry.title)
        place = rest.find(title[:_TELLING])
        before, rest = rest[: max(place, 0)], rest[max(place, 0) + len(title) :]
        wanted += f"{number}." if count > 1 else ""
        is_first = number == 1 or entry.line is not listed.titles[number - 2].line
        if before and (mark + before != wanted or not is_first):
            yield entry.line, before
        mark = wanted = ""


_TELLING = 6
"""Characters of a title by which it is found on its line: the rest may stand on the next."""
_RELABELLED = "附件的标记和序号由程序编"
_OF_FILE = "附件说明里写标题，不写文件的后缀和“另附”"


def _number_of(section: TextSection) -> int:
    """Of the first paragraph of a section."""
    lines = [*section.titles, *section.lines]
    return lines[0].block.number if lines else 0


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
