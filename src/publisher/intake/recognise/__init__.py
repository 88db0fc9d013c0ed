"""Sources → the document they make: elements of the frame, then the blocks of each text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from publisher.files import Unreadable
from publisher.forms import Element, printed_form
from publisher.intake.given_pictures import with_given_pictures
from publisher.intake.recognise.frame.breaks import without_made_breaks
from publisher.intake.recognise.frame.documents import document_of, passed_on
from publisher.intake.recognise.frame.enclosed import is_enclosed
from publisher.intake.recognise.frame.furniture import PAGE
from publisher.intake.recognise.frame.lines import FrameLine
from publisher.intake.recognise.frame.proposals import proposals, with_proposals
from publisher.intake.recognise.frame.reading import (
    ReadSource,
    rank,
    read_part,
    read_whole,
    setting_of,
)
from publisher.intake.recognise.frame.stripped import (
    not_printed,
    notes_of,
    said_twice,
    short_names,
    stripped,
)
from publisher.intake.recognise.frame.taking import Known, of_role
from publisher.intake.recognise.frame.together import Joined, joined
from publisher.intake.recognise.frame.ways import without_automatic_ways
from publisher.intake.result import Certainty, Decision, Intake, Role
from publisher.intake.source import LeftOut, SourceFile
from publisher.model import Bureau, Document
from publisher.words.elements import ABSENT


def recognise(sources: Sequence[SourceFile], bureau: Bureau, slug: str) -> Intake:
    """The document that sources make together, each paragraph with what it was taken for."""
    sources = with_given_pictures(sources)
    settings = [setting_of(source, bureau) for source in sources]
    main = max(settings, key=rank)
    if not main.lines and main.source.data and not main.source.raw:
        raise Unreadable("文件里没有可以读出的文字，请与公文的正文一起导入")
    whole = read_whole(main)
    beside = [each for each in settings if each is not main]
    given = [each.source for each in beside if is_enclosed(each.source, whole.listed)]
    named = whole.listed | whole.announced
    parts = [read_part(replace(each, named=named)) for each in beside if each.source not in given]
    readings = [whole, *parts]
    texts = joined(readings, given)
    document, unknown = document_of(whole, texts, bureau, slug)
    document = without_made_breaks(document, is_own=whole.setting.is_own)
    document = without_automatic_ways(document)
    proposed = proposals(document, unknown, document.place.line)
    whole_bureau = with_proposals(bureau, proposed)
    return Intake(
        replace(document, bureau=whole_bureau),
        whole_bureau,
        tuple(_shown(source, given) for source in sources),
        tuple(_asked(_decisions(readings, given), _questions(whole, texts, document))),
        (*_left_out(readings, document), *texts.relabelled),
        proposed,
    )


def _questions(
    whole: ReadSource, texts: Joined, document: Document
) -> Mapping[tuple[str, int], str]:
    """What is asked of how texts belong together, and of what is not printed as it stands."""
    asked: dict[tuple[str, int], str] = {}
    source = whole.setting.source.name
    titles = of_role(whole.lines, whole.opening, Role.TITLE)
    if titles and Element.TITLE not in printed_form(document).elements:
        form = document.form.value
        asked[source, titles[0].block.number] = f"“{form}”版式不印标题，请核对标题是否要印。"
    marks = of_role(whole.lines, whole.opening, Role.MARK)
    if marks and not titles and Element.TITLE in printed_form(document).elements:
        asked[source, marks[0].block.number] = _MARK_AS_TITLE
    if titles and _lacks_mark(whole, document):
        asked.setdefault((source, titles[0].block.number), _NO_MARK)
    for line in whole.lines:
        known = whole.taken.get(line.index)
        is_element = known is not None and known.role not in (Role.PARAGRAPH, Role.LEFT_OUT)
        if is_element and line.paragraph is not None and notes_of(line.paragraph):
            asked[source, line.block.number] = "这一项不能带注释，注释没有收入，请核对。"
        if line.is_words and ABSENT.fullmatch(line.words):
            asked[source, line.block.number] = "版式没有缺席一项，这一行留在文字里，请核对。"
    its = of_role(whole.lines, whole.opening, Role.SUBTITLE)
    (_, own), *_ = whole.parts
    if its and not own.signature.date and document.date and document.date == passed_on(whole):
        question = "文末没有成文日期，取了题注里的日期，请核对。"
        asked[source, its[0].block.number] = question
    return {**texts.questions, **asked}


_MARK_AS_TITLE = "文件里没有标题，发文机关标志也写作标题，请核对。"
_NO_MARK = (
    "没有认出红头：文件里没有，或者标志是图片。排印时按发文机关加上发文机关标志，请核对；"
    "红头已印在纸上的，请写“红头: 预印”。"
)


def _lacks_mark(whole: ReadSource, document: Document) -> bool:
    """Whether a mark is printed that a file that has looks, and is no page, does not show."""
    setting = whole.setting
    is_shown = of_role(whole.lines, whole.opening, Role.MARK)
    may_show = setting.looks.has_looks and not setting.is_own and setting.source.called != PAGE
    return bool(document.issuers) and may_show and not is_shown


def _shown(source: SourceFile, given: Sequence[SourceFile]) -> SourceFile:
    """A source; of one that is attached as it is no words, for none of them become content."""
    return replace(source, blocks=(), raw="", left_out=()) if source in given else source


def _decisions(readings: Sequence[ReadSource], given: Sequence[SourceFile]) -> Iterator[Decision]:
    """What each line was taken for, in reading order; those of a text by whoever read it."""
    for reading in readings:
        frame = [
            _decision(reading, line, reading.taken[line.index])
            for line in reading.lines
            if line.index in reading.taken
        ]
        titles = of_role(reading.lines, reading.opening, Role.TITLE)
        above = titles[0].block.number if titles else 0
        kept = {each.number for each in frame if each.role is Role.PARAGRAPH}
        inner = [
            _above_title(each, above)
            for _, part in reading.parts
            for each in part.decisions
            if each.number not in kept
        ]
        yield from sorted([*frame, *inner], key=lambda each: each.number)
    for source in given:
        reason = "没有文字，或附件说明写着它的名称：原样作附件"
        yield Decision(0, "", Role.ATTACHMENT_TITLE, reason=reason, source=source.name)


def _asked(
    decisions: Iterable[Decision], questions: Mapping[tuple[str, int], str]
) -> Iterator[Decision]:
    """With what a person is asked of how the texts belong together."""
    for each in decisions:
        question = questions.get((each.source, each.number))
        if question and not each.question:
            yield replace(each, certainty=Certainty.ASKED, question=question)
        else:
            yield each


def _above_title(decision: Decision, title: int) -> Decision:
    """A paragraph above the title is kept, and asked of: it may be what a site put there."""
    if decision.number >= title:
        return decision
    reason, question = "在标题之上，不知道是什么", "标题之上的这一段是什么？已留在文字里。"
    return replace(decision, certainty=Certainty.ASKED, reason=reason, question=question)


def _decision(reading: ReadSource, line: FrameLine, known: Known) -> Decision:
    return Decision(
        line.block.number,
        line.words,
        known.role,
        certainty=known.certainty,
        reason=known.reason,
        question=known.question,
        source=reading.setting.source.name,
    )


_NOT_PRINTED = (Role.LEFT_OUT, Role.CONTENTS, Role.WEB_RECORD)
"""What prints nothing; what a page says of a document is read and shown beside it."""


def _left_out(readings: Sequence[ReadSource], document: Document) -> Iterator[LeftOut]:
    for reading in readings:
        for each in _left_out_of(reading, document):
            yield replace(each, source=reading.setting.source.name)


def _left_out_of(reading: ReadSource, document: Document) -> Iterator[LeftOut]:
    """What becomes no content, by whoever recognised it."""
    lines = reading.lines
    for line in lines:
        known = reading.taken.get(line.index)
        if known and (known.role in _NOT_PRINTED or known.why_left_out):
            yield LeftOut(line.words, known.why_left_out or known.reason, line.block.number)
    yield from stripped(lines, reading.taken)
    if reading.opening:
        (section, own), *_ = reading.parts
        yield from not_printed(lines, reading.opening, document)
        yield from short_names(lines, reading.taken, document)
        yield from said_twice(lines, reading.opening, section, own.signature)
    for _, part in reading.parts:
        yield from part.left_out
