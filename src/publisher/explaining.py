"""A document → a first `reading.md` of it (政策解读): its own words with their places.

Nothing is said that the document does not say: each sentence is quoted whole, behind where it
stands. What a reader asks and no document answers is left for a person to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from publisher import diagnostics, output, pipeline
from publisher.archive.readings import FILE
from publisher.compare.figures import deadlines, figures, in_digits
from publisher.diagnostics import Finding
from publisher.extracts.extract import by_deadline
from publisher.extracts.tasks import tasks_of
from publisher.model import (
    Block,
    Clause,
    Document,
    Edition,
    Heading,
    Inline,
    Item,
    NumberedHeading,
    Paragraph,
    SetBlock,
    SetText,
    Strong,
    Text,
    one_line,
    plain,
    words_of,
)
from publisher.renderers import clauses
from publisher.setting.editions import edition_of
from publisher.words.numerals import COUNTED
from publisher.words.sentences import MARKS, spans
from publisher.writers.blocks import BlockWriter, TextFiles
from publisher.writers.document import joined
from publisher.writers.yaml import Keys

_PLACE_TO_WRITE = "××××"
_WHY = re.compile("^(?:为|根据|按照|依据|鉴于|贯彻|坚持|现印发)|审议通过")
_MADE_FOR = re.compile("为[^。]{1,200}，(?:特?制定|印发|现就)")
_ORDINAL = re.compile(f"第[0-9{COUNTED}]{{1,5}}|[0-9{COUNTED}]{{1,5}}届")
_WHOM = re.compile(
    "适用于|适用范围|对象(?:为|是|包括)|面向|符合.{0,20}条件|本[办法规定细则方案]{1,2}所称|申请人|户籍"
)
_REMARK = "内部草稿，写好后删去这一行"
"""公开属性 of a draft, by which it stays out of the archive."""
_HOW = "以下各条，冒号前是出处，冒号后照引原文。请据此用自己的话写，写完删去引文和这一段。"
_MOST = 60
"""Sentences of one part: more of them explain nothing."""


class CannotExplain(Exception):
    """No draft is written; the words say why."""

    def __init__(self, words: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(words)
        self.findings = findings


def explain(content: Path, slug: str, name: str) -> Path:
    """Write a first `reading.md` into a new folder; the file.

    CannotExplain where the document has errors, or the folder is there already: what somebody wrote
    stays. OSError where it cannot be written.
    """
    folder = content / name
    if folder.exists() or folder.is_symlink():
        raise CannotExplain(f"{folder} 已经存在，没有动它；请用 --as 换一个名称")
    document, findings, reconciliations = pipeline.read(content, slug)
    if document is None or diagnostics.stops_publishing(findings):
        raise CannotExplain(f"{slug} 有错误，请先改正", findings)
    if document.classification:
        raise CannotExplain(f"{slug} 有密级，不写解读")
    text = draft(edition_of(document, reconciliations))
    output.write_folder(folder, {FILE: text.encode()})
    return folder / FILE


def draft(edition: Edition) -> str:
    """The text of the draft."""
    document = edition.document
    writer = BlockWriter(TextFiles(table=_no_table, picture=lambda picture: picture.name))
    return joined(_front(document), writer.lines(list(_blocks(edition))))


def _no_table(*_: object) -> str:
    raise AssertionError("a draft has no tables")


def _front(document: Document) -> Keys:
    text = document.issued[0] if document.issued else document.body
    front: Keys = {"标题": f"《{one_line(text.title)}》政策解读"}
    if document.issuers:
        front["发文机关"] = "、".join(organ.name for organ in document.issuers)
    return {**front, "解读": document.slug, "公开属性": _REMARK}


def _blocks(edition: Edition) -> Iterator[Block]:
    quoted = list(_sentences(edition))
    yield _paragraph(_HOW)
    yield from _part("为什么印发", [each for each in quoted if _says_why(each)])
    whom = [each for each in quoted if _WHOM.search(each.words)]
    yield from _part("涉及谁", [*_recipients(edition), *whom])
    yield from _part("主要做什么", list(_headings(edition)))
    yield from _part("有哪些数", [each for each in quoted if _figures(each.words)])
    dated = [each for each in quoted if deadlines(in_digits(each.words))]
    yield from _part("什么时候办", [*dated, *_dates(edition)])
    yield Heading(1, (Text("还要写的"),))
    for question in ("与以前的规定相比有什么不同", "群众怎样办理、向谁咨询"):
        yield Item(1, (Text(f"{question}：{_PLACE_TO_WRITE}"),))


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of the document, and where they stand."""

    place: str
    words: str
    is_introduction: bool = False
    """Whether no heading stands above it."""


def _says_why(quotation: Quotation) -> bool:
    return bool(
        _MADE_FOR.search(quotation.words)
        or (quotation.is_introduction and _WHY.search(quotation.words))
    )


def _figures(words: str) -> list[str]:
    """Figures that count something; 第二十届 and a five-year plan do not."""
    counted = _ORDINAL.sub("", in_digits(words))
    return [figure for figure in figures(counted) if figure[0].isdigit()]


def _part(title: str, quotations: Sequence[Quotation]) -> Iterator[Block]:
    """A part of the draft, and what it quotes."""
    yield Heading(1, (Text(title),))
    for each in quotations[:_MOST]:
        yield Item(1, (Strong((Text(f"{each.place}："),)), Text(each.words)))
    if len(quotations) > _MOST:
        yield _paragraph(f"还有 {len(quotations) - _MOST} 处，见原文。")
    if not quotations:
        yield _paragraph(f"原文没有写明。{_PLACE_TO_WRITE}")


def _paragraph(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def _sentences(edition: Edition) -> Iterator[Quotation]:
    """All sentences of the texts, each with where it stands, in their order."""
    for text in edition.prose:
        name = _name(edition, text)
        paths = text.paths()
        path: tuple[Clause, ...] = ()
        for block in text.blocks:
            if isinstance(block, Clause):
                path = paths[block.anchor]
            place = f"{name}{clauses.number(path).rstrip(MARKS)}" if path else f"{name}开头"
            for sentence in spans(plain(_quoted(block))):
                yield Quotation(place, sentence.words, is_introduction=not path)


def _quoted(block: SetBlock) -> tuple[Inline, ...]:
    """The words of a block that are no heading."""
    match block:
        case NumberedHeading(is_text=False, run_in=run_in):
            return run_in or ()
        case _:
            return words_of(block)


def _name(edition: Edition, text: SetText) -> str:
    return "正文" if text is edition.body else f"《{one_line(text.title)}》"


def _recipients(edition: Edition) -> Iterator[Quotation]:
    if edition.document.recipients:
        yield Quotation("主送", edition.document.recipients)


def _headings(edition: Edition) -> Iterator[Quotation]:
    """The first headings of each text."""
    for text in edition.prose:
        headings = [block for block in text.blocks if isinstance(block, NumberedHeading)]
        level = min((block.level for block in headings), default=0)
        for block in headings:
            if block.level == level and not block.is_text:
                place = f"{_name(edition, text)}{block.label.strip().rstrip(MARKS)}"
                yield Quotation(place, plain(block.content))


def _dates(edition: Edition) -> Iterator[Quotation]:
    """The deadlines of the tasks, each with how many have it."""
    tasks = tasks_of(edition.document, edition.reconciliations)
    for words, count in by_deadline(tasks):
        if words:
            yield Quotation(f"任务表，{count} 项", words)
