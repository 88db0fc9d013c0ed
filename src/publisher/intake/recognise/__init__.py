"""Sources → the document they make: elements of the frame, then the blocks of each text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from publisher.intake.recognise.frame.breaks import without_made_breaks
from publisher.intake.recognise.frame.documents import document_of
from publisher.intake.recognise.frame.proposals import proposals, with_proposals
from publisher.intake.recognise.frame.reading import (
    ReadSource,
    rank,
    read_part,
    read_whole,
    setting_of,
)
from publisher.intake.recognise.frame.taking import Known, of_role
from publisher.intake.recognise.frame.together import joined
from publisher.intake.recognise.frame.ways import without_automatic_ways
from publisher.intake.result import Certainty, Decision, Intake, Role
from publisher.intake.source import LeftOut, Source
from publisher.model import Bureau


def recognise(sources: Sequence[Source], bureau: Bureau, slug: str) -> Intake:
    """The document that sources make together, each paragraph with what it was taken for."""
    settings = [setting_of(source, bureau) for source in sources]
    main = max(settings, key=rank)
    whole = read_whole(main)
    beside = [read_part(each, each.source.name) for each in settings if each is not main]
    readings = [whole, *beside]
    texts = joined(readings)
    document, unknown = document_of(whole, texts, bureau, slug)
    if whole.setting.is_own:
        document = without_made_breaks(document)
    document = without_automatic_ways(document)
    proposed = proposals(document, unknown, document.place.line)
    whole_bureau = with_proposals(bureau, proposed)
    asked = [
        (reading, taken) for each in readings for reading, taken in texts.asked if reading is each
    ]
    return Intake(
        replace(document, bureau=whole_bureau),
        whole_bureau,
        tuple(sources),
        tuple(_decisions(readings, asked)),
        tuple(_left_out(readings)),
        proposed,
    )


def _decisions(
    readings: Sequence[ReadSource], asked: Sequence[tuple[ReadSource, dict[int, Known]]]
) -> Iterator[Decision]:
    """What each line was taken for, in reading order; those of a text by whoever read it."""
    for reading in readings:
        taken = dict(reading.taken)
        for of, more in asked:
            taken |= more if of is reading else {}
        frame = [
            _decision(reading, line.block.number, line.words, taken[line.index])
            for line in reading.lines
            if line.index in taken
        ]
        inner = [
            _above_title(each, reading) for _, part in reading.parts for each in part.decisions
        ]
        yield from sorted([*frame, *inner], key=lambda each: each.number)


def _above_title(decision: Decision, reading: ReadSource) -> Decision:
    """A paragraph above the title is kept, and asked of: it may be what a site put there."""
    titles = of_role(reading.lines, reading.opening, Role.TITLE)
    if not titles or decision.number >= titles[0].block.number:
        return decision
    reason, question = "在标题之上，不知道是什么", "标题之上的这一段是什么？已作为正文保留。"
    return replace(decision, certainty=Certainty.ASKED, reason=reason, question=question)


def _decision(reading: ReadSource, number: int, words: str, known: Known) -> Decision:
    return Decision(
        number,
        words,
        known.role,
        certainty=known.certainty,
        reason=known.reason,
        question=known.question,
        source=reading.setting.source.name,
    )


def _left_out(readings: Sequence[ReadSource]) -> Iterator[LeftOut]:
    for reading in readings:
        for line in reading.lines:
            known = reading.taken.get(line.index)
            if known and known.role in (Role.LEFT_OUT, Role.CONTENTS):
                yield LeftOut(line.words, known.why_left_out or known.reason, line.block.number)
        for _, part in reading.parts:
            yield from part.left_out


__all__ = ["Certainty", "recognise"]
