"""The passages of a page → those that belong to the website, and what it says of the document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from publisher.intake.furniture import of_website
from publisher.intake.page.blocks import SeenPassage
from publisher.intake.page.records import may_begin, record, said_in
from publisher.intake.page.zones import (
    NAVIGATION,
    PUBLISHED,
    RELATED,
    is_article,
    is_title,
    zone_of,
)
from publisher.model import Kind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

RECORD = "公开信息"
_SECOND_TITLE = "网页另外显示的标题"
_REPEATED = "网页重复的正文"
_DOWNLOAD = "全文下载的链接"
_OTHER = "网站的其他文字"
_SENTENCE = re.compile("[。；！？]")
_LONG = 60
"""Characters of a passage that is prose without a stop."""
_MOSTLY = 0.6
"""The part of all prose that what is called an article must hold."""
_MUCH = 0.7
"""The part of all prose that no part of a site holds, however it is called."""
_HEAD, _TAIL = 8, 12
"""Passages at the beginning and the end of an article among which some of the site may stand."""
_LONGEST_RECORD = 120
"""Passages of 公开信息."""
_LARGE = 15.0
"""Points of a title, where nothing says that it is one."""
_KINDS = "|".join(kind.value for kind in Kind)
_TITLE = re.compile(rf".{{0,60}}(?:关于|印发|发布|公布).{{2,120}}(?:{_KINDS})$")
_ATTACHED = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|ofd|pptx?|7z|txt|jpg|png)\b", re.I)
_ATTACHMENT = re.compile(r"[\s　]*(?:相关)?附[\s　]*件")
_DAY = re.compile(
    r"[\s（(\[]*20\d\d[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?.{0,16}"
)
_BLANKS = re.compile(r"[\s　]+")


_SINGLE = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "ul", "dt", "dd", "span"])


_SPILLED = _SINGLE | {"table", "tbody", "tr", "td", "th", "blockquote"}


@dataclass
class Article:
    """What of a page is the document's."""

    refused: dict[int, str] = field(default_factory=dict)
    """Passages that are not, by their numbers, each with why."""
    properties: list[tuple[str, str]] = field(default_factory=list)
    core: frozenset[HtmlElement] | None = None
    """The elements of the article."""


def bare(words: str) -> str:
    """Words without blanks."""
    return _BLANKS.sub("", words)


@dataclass
class _Page:
    """The passages of a page, and where they stand in it."""

    root: HtmlElement
    passages: Sequence[SeenPassage]
    titles: Sequence[str]
    """What the page says that the document is called, without blanks."""

    @cached_property
    def elements(self) -> list[HtmlElement]:
        """All, in reading order."""
        return [element for element in self.root.iter() if isinstance(element.tag, str)]

    def weights(self, numbers: Iterable[int]) -> dict[HtmlElement, int]:
        """How many characters of some passages each element holds."""
        weights: dict[HtmlElement, int] = defaultdict(int)
        for number in numbers:
            if (element := self.passages[number].element) is not None:
                weights[element] += len(self.passages[number].words)
        for element in reversed(self.elements):
            parent = element.getparent()
            if parent is not None and element in weights:
                weights[parent] += weights[element]
        return weights

    def _is_prose(self, number: int) -> bool:
        """Whether a passage has sentences that lead nowhere: mostly documents have such."""
        words = self.passages[number].words
        is_long = bool(_SENTENCE.search(words)) or len(bare(words)) > _LONG
        return is_long and not _is_linked(self.passages[number]) and not of_website(words)

    @cached_property
    def _prose(self) -> list[int]:
        return [number for number in range(len(self.passages)) if self._is_prose(number)]

    @cached_property
    def zones(self) -> Mapping[HtmlElement, str]:
        """For each element why it belongs to the site; what holds much of the prose does not."""
        # Who quotes a document, below it, says nothing that weighs.
        first = {bare(self.passages[number].words): number for number in reversed(self._prose)}
        weights = self.weights(first.values())
        much = weights.get(self.root, 0) * _MUCH
        zones: dict[HtmlElement, str] = {}
        for element in self.elements:
            outer = zones.get(element.getparent(), "")
            is_of_site = not weights.get(element, 0) > much
            zones[element] = outer or (zone_of(element) if is_of_site else "")
        return zones

    def zone(self, number: int) -> str:
        """Why a passage belongs to the site, by what holds it."""
        element = self.passages[number].element
        return self.zones.get(element, "") if element is not None else ""

    @cached_property
    def prose(self) -> list[int]:
        """Passages with sentences that stand in no part of the site."""
        return [number for number in self._prose if not self.zone(number)]

    @cached_property
    def core(self) -> HtmlElement:
        """The innermost element with all prose, or what is called an article and has most of it."""
        weights = self.weights(
            self.prose
            or [
                number
                for number, passage in enumerate(self.passages)
                if not self.zone(number) and not _is_linked(passage)
            ]
        )
        total = weights.get(self.root, 0)
        if not total:
            return self.root
        called = [
            element
            for element in self.elements
            if weights.get(element, 0) > total * _MOSTLY and is_article(element)
        ]
        whole = [element for element in self.elements if weights.get(element, 0) == total]
        return self._holder(called[-1] if called else whole[-1])

    def _holder(self, element: HtmlElement) -> HtmlElement:
        """The element itself, or what it stands in where it is a paragraph or a part of a table."""
        tables = {passage.table for passage in self.passages}
        counts = Counter(passage.element for passage in self.passages)
        top = next((above for above in element.iterancestors() if above in tables), None)
        if element in tables:
            top = element
        holder = element if top is None else top.getparent()
        while (holder.tag in _SINGLE or counts[holder] == 1) and holder.getparent() is not None:
            holder = holder.getparent()
        return holder

    @cached_property
    def within(self) -> list[bool]:
        """For each passage whether it stands in the core."""
        inside = set(self.core.iter())
        return [passage.element in inside for passage in self.passages]

    @cached_property
    def core_words(self) -> str:
        """All words of the core, without blanks."""
        return "".join(
            bare(passage.words)
            for passage, is_inside in zip(self.passages, self.within, strict=True)
            if is_inside
        )


def _is_called_title(passage: SeenPassage) -> bool:
    """Whether the element of a passage, or what that stands in, is called a title."""
    element = passage.element
    above = [] if element is None else [element, *islice(element.iterancestors(), 1)]
    return any(map(is_title, above))


def _is_linked(passage: SeenPassage) -> bool:
    """Whether most of a passage leads somewhere else."""
    return passage.linked * 2 > len(passage.words)


def article(root: HtmlElement, passages: Sequence[SeenPassage], titles: Sequence[str]) -> Article:
    """What of the passages of a page is the document's, and what else is said of it."""
    if not passages:
        return Article()
    return _Sorter(_Page(root, passages, titles)).sorted()


@dataclass
class _Sorter:
    """Decides of each passage of a page."""

    page: _Page
    result: Article = field(default_factory=Article)

    @cached_property
    def inside(self) -> list[int]:
        """The passages of the core; all where it has none."""
        numbers = [number for number, is_inside in enumerate(self.page.within) if is_inside]
        return numbers or list(range(len(self.page.passages)))

    @cached_property
    def first(self) -> int:
        """Of the core."""
        return self.inside[0]

    @cached_property
    def last(self) -> int:
        """Of the core."""
        return self.inside[-1]

    def sorted(self) -> Article:
        """What was decided."""
        self._take_zones()
        self._take_records()
        refused = self.result.refused
        for number in range(len(self.page.passages)):
            if number not in refused:
                is_inside = self.page.within[number]
                why = self._why_inside(number) if is_inside else self._why_outside(number)
                if why:
                    refused[number] = why
        self._keep_tables_whole()
        zones = self.page.zones
        self.result.core = frozenset(
            element for element in self.page.core.iter() if not zones.get(element)
        )
        return self.result

    def _take_zones(self) -> None:
        """Passages in parts of the site; in the core only where they read so too."""
        for number, passage in enumerate(self.page.passages):
            zone = self.page.zone(number)
            reads_so = _is_linked(passage) or of_website(passage.words)
            if zone and (not self.page.within[number] or reads_so):
                self.result.refused[number] = zone

    # -- what is said of the document ----------------------------------------------------

    def _take_records(self) -> None:
        """Tables and lines of labels around the core, and right at its beginning."""
        passages = self.page.passages
        free = [number for number in range(len(passages)) if number not in self.result.refused]
        at = 0
        while at < len(free):
            number = free[at]
            at += 1
            is_inside = self.page.within[number]
            is_far = is_inside and number > self.first + _HEAD
            if is_far or not may_begin(passages[number].words):
                continue
            rest = free[at - 1 : at + _LONGEST_RECORD]
            said = record([(each, passages[each].words) for each in rest])
            if len(said.passages) > 1 and said.labels > (2 if is_inside else 1):
                self.result.refused |= dict.fromkeys(said.passages, RECORD)
                self.result.properties += said.properties
                at += len(said.passages) - 1
            else:
                self._take_line(number)

    def _take_line(self, number: int) -> None:
        """A line of labels; in the core one that says something of the page too."""
        pairs = said_in(self.page.passages[number].words)
        is_of_page = pairs and len(pairs) > 1 and any(name == "-" for name, _ in pairs)
        if pairs and (is_of_page or not self.page.within[number]):
            self.result.refused[number] = PUBLISHED
            self.result.properties += pairs

    # -- passages ------------------------------------------------------------------------

    @cached_property
    def title(self) -> int | None:
        """The passage above the core that is the title; None where there is none."""
        passages = self.page.passages
        before = [
            number
            for number in range(self.first)
            if number not in self.result.refused and not self.page.within[number]
        ]
        titles = {bare(value) for name, value in self.result.properties if name == "标题"}
        titles.update(self.page.titles)
        named = [number for number in before if bare(passages[number].words) in titles]
        free = [number for number in before if not _is_linked(passages[number])]
        headed = [number for number in free if passages[number].looks.outline]
        called = [number for number in free if _is_called_title(passages[number])]
        large = [number for number in free if passages[number].size >= _LARGE]
        reads_so = [number for number in free if _TITLE.match(bare(passages[number].words))]
        candidates = (named, headed, called, large, reads_so)
        return next((numbers[-1] for numbers in candidates if numbers), None)

    @cached_property
    def around(self) -> set[HtmlElement]:
        """The elements in the innermost that holds core and title; of a body that is its own."""
        title = None if self.title is None else self.page.passages[self.title].element
        holder = self.page.core
        above = set() if title is None else {title, *title.iterancestors()}
        while title is not None and holder not in above:
            holder = holder.getparent()
        return set() if holder.tag in ("body", "html") else set(holder.iter())

    def _why_inside(self, number: int) -> str:
        passage = self.page.passages[number]
        is_at_edge = number - self.first < _HEAD or self.last - number < _TAIL
        return of_website(passage.words) if is_at_edge and passage.table is None else ""

    def _why_outside(self, number: int) -> str:
        passage = self.page.passages[number]
        if number == self.title:
            begin = bare("".join(self.page.passages[at].words for at in self.inside[:_HEAD]))
            return _SECOND_TITLE if bare(passage.words) in begin else ""
        if why := of_website(passage.words):
            return why
        if number in self.page.prose:
            is_repeated = bare(passage.words).rstrip("….") in self.page.core_words
            return _REPEATED if is_repeated else ""
        if number > self.last:
            return self._why_behind(number)
        if self.title is None or number < self.title or _is_linked(passage):
            return NAVIGATION if _is_linked(passage) else _OTHER
        if bare(passage.words) == bare(self.page.passages[self.title].words):
            return _SECOND_TITLE
        return PUBLISHED if _DAY.fullmatch(passage.words) else ""

    def _why_behind(self, number: int) -> str:
        """Of a passage behind the core: attachments stay, and what stands with them."""
        passage = self.page.passages[number]
        is_file = any(_ATTACHED.search(target) for target in passage.targets)
        if is_file or _ATTACHMENT.match(passage.words):
            name = bare(_ATTACHED.sub("", _ATTACHMENT.sub("", passage.words))).strip("：:1.")
            return _DOWNLOAD if name and name in self.page.titles else ""
        if _is_linked(passage):
            return RELATED
        is_around = passage.element in self.around or self._is_spilled(number)
        return "" if is_around else _OTHER

    def _is_spilled(self, number: int) -> bool:
        """Whether a passage right behind the core stands in nothing that a site would name.

        An editor's broken tags end what holds the article too early.
        """
        before = number - 1
        if before != self.last and (before in self.result.refused or before < self.last):
            return False
        passage = self.page.passages[number]
        element, holder = passage.element, self.page.core.getparent()
        while element is not None and element is not holder:
            if element.tag not in _SPILLED or element.get("class") or element.get("id"):
                return False
            element = element.getparent()
        return element is not None and (passage.table is not None or not of_website(passage.words))

    def _keep_tables_whole(self) -> None:
        """Of a table outside the core all stays of which some does; else none."""
        by_table: dict[HtmlElement, list[int]] = defaultdict(list)
        for number, passage in enumerate(self.page.passages):
            if passage.table is not None and not self.page.within[number]:
                by_table[passage.table].append(number)
        refused = self.result.refused
        for numbers in by_table.values():
            prose = set(self.page.prose).intersection(numbers)
            records = [number for number in numbers if refused.get(number) == RECORD]
            for number in numbers:
                if prose and not records:
                    refused.pop(number, None)
                elif records and number not in refused and number not in prose:
                    refused[number] = RECORD
