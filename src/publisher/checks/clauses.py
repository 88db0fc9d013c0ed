"""What a text says of clauses by their numbers → those that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.checks.lines import HAN
from publisher.checks.review import review
from publisher.checks.rows import data_tables
from publisher.diagnostics import Finding
from publisher.model import Document, LevelForm, Prose, one_line
from publisher.words.numbering import numbers
from publisher.words.places import place_in
from publisher.words.references import ClauseReference, ReferenceStep, references
from publisher.words.sentences import sentences

_SAYS = "(?:见|按照?|依照|依据|根据|参照|符合|违反|适用)"
_OF_TEXT = re.compile(f"本(?P<kind>[{HAN}]{{1,4}}?)的?$")
_OF_THIS = re.compile(f"{_SAYS}$")
"""What stands before the number of a clause of a text that is named, and of the text itself."""
_DECIMAL = re.compile(
    rf"{_SAYS}(?P<number>[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}})(?=[条款节项的规执所要、，。；）)]|$)"
)
_FORMS = {
    "条": LevelForm.ARTICLE,
    "章": LevelForm.CHAPTER,
    "节": LevelForm.SECTION,
}
"""What is counted by a unit in regulations; in other texts it may be any number."""


def absent_clause(document: Document) -> Iterator[Finding]:
    """A text refers to a clause of its own that is not there: 本办法第三十条 of 28, or 见3.2.4.

    Something was taken out or put in after the words were written. Mend the number. Meant are
    本办法, 本通知 and the like with a number; and, in sentences that cite no other document, 见,
    按照 or 依照 with 第三项, 第（四）项 or 3.2.1 right behind, as long as the text counts so. In
    regulations 第二条第（四）项 is held against the items of that article: its 款 are not counted,
    and one of them may have so many.
    """
    texts = _Texts(document)
    for text in document.proses:
        own = texts.counted(text)
        for block in text.blocks:
            for sentence in sentences(block):
                for start, words, there in _absent(sentence.words, own, texts):
                    yield review(
                        "absent_clause",
                        place_in(block, sentence.start + start),
                        f"文中说“{words}”，{there}",
                        "请核对序号：增删条款以后，提到它们的地方也要改。",
                    )


class _Counted:
    """The clauses of a text by how they are numbered."""

    def __init__(self, text: Prose) -> None:
        self.text = text
        self.labels: set[str] = set()
        """The decimal numbers of its headings."""
        self.items: dict[int, int] = {}
        """To how much the items below each article count, in the 款 that counts furthest."""
        self._most: dict[LevelForm, int] = {}
        article = 0
        for _, number in numbers(text):
            self._most[number.form] = max(self.most(number.form), number.number)
            if number.form.is_decimal:
                self.labels.add(number.label.strip())
            elif number.form is LevelForm.ARTICLE:
                article = number.number
            elif number.form is LevelForm.CLAUSE:
                self.items[article] = max(self.items.get(article, 0), number.number)

    def most(self, form: LevelForm | None) -> int:
        """To how much a form counts somewhere in it; where none is given, any of its forms."""
        return self._most.get(form, 0) if form else max(self._most.values(), default=0)


class _Texts:
    """The texts of a document, each counted once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._counted: dict[int, _Counted] = {}
        self.rows = max((len(table.rows) for table in data_tables(document)), default=0)
        """Of its longest table, which a number may mean too."""

    def counted(self, text: Prose) -> _Counted:
        """The clauses of a text."""
        if id(text) not in self._counted:
            self._counted[id(text)] = _Counted(text)
        return self._counted[id(text)]

    def called(self, kind: str, own: _Counted) -> _Counted | None:
        """The text that 本办法 means: that in which it is said, or the only one of the name."""
        if _is_called(kind, own.text):
            return own
        called = [text for text in self._document.texts if _is_called(kind, text)]
        return self.counted(called[0]) if len(called) == 1 else None


def _is_called(kind: str, text: Prose) -> bool:
    title = re.sub("（[^（）]*）$", "", one_line(text.own_title or text.title))
    return title.endswith(kind)


_Absent = Iterator[tuple[int, str, str]]
"""Where words stand in a sentence, the words, and what there is instead."""


def _absent(sentence: str, own: _Counted, texts: _Texts) -> _Absent:
    cites = "》" in sentence or "〔" in sentence
    for reference in references(sentence):
        before = sentence[: reference.start]
        named, said = _OF_TEXT.search(before), None if cites else _OF_THIS.search(before)
        if named and (meant := texts.called(named["kind"], own)):
            yield from _differs(reference, named[0], meant, is_sure=True)
        elif said and not _is_of_table(reference, texts):
            yield from _differs(reference, said[0], own, is_sure=False)
    for match in () if cites else _DECIMAL.finditer(sentence):
        if own.labels and match["number"] not in own.labels:
            yield match.start("number"), match["number"], "本文没有这个序号的标题"


def _is_of_table(reference: ClauseReference, texts: _Texts) -> bool:
    step = reference.steps[0]
    return step.unit == "项" and step.number <= texts.rows


def _differs(
    reference: ClauseReference, before: str, counted: _Counted, *, is_sure: bool
) -> _Absent:
    """A reference to more clauses than there are; what `is_sure` names the text in words."""
    step, *below = reference.steps
    form = _form(step, counted)
    most = counted.most(form)
    if most == 0 and not is_sure:
        return
    items = _items(step, below, counted) if form is LevelForm.ARTICLE else 0
    if step.number > most:
        what = f"最多到第 {most} {step.unit}" if most else f"没有这样编号的{step.unit}"
        there = f"{'该文' if is_sure else '本文'}{what}"
    elif items:
        there = f"该条最多到第 {items} 项"
    else:
        return
    yield reference.start - len(before), before + reference.words, there


def _form(step: ReferenceStep, counted: _Counted) -> LevelForm | None:
    """How a clause that is meant is numbered; None where it may be numbered in any way."""
    form = _FORMS.get(step.unit)
    if form in counted.text.levels:
        return form
    if step.is_bracketed:
        return LevelForm.SUBITEM if step.is_in_figures else LevelForm.CLAUSE
    return None


def _items(article: ReferenceStep, below: list[ReferenceStep], counted: _Counted) -> int:
    """How many items an article has where 第（四）项 behind it is one more; else 0."""
    items = counted.items.get(article.number, 0)
    return items if any(step.unit == "项" and step.number > items for step in below) else 0
