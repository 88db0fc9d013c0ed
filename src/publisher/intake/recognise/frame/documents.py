"""A source that was recognised, with its texts → the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from publisher.intake.recognise.frame.head import (
    read_head,
    read_recipients,
    read_subtitle,
)
from publisher.intake.recognise.frame.imprint import ReadImprint, read_imprint
from publisher.intake.recognise.frame.issuing import issuing, with_mark
from publisher.intake.recognise.frame.reading import ReadSource
from publisher.intake.recognise.frame.records import entries_of, web_record
from publisher.intake.recognise.frame.sealing import seal_of
from publisher.intake.recognise.frame.signature import ReadSignature, read_signature
from publisher.intake.recognise.frame.taking import of_role
from publisher.intake.recognise.frame.together import Joined
from publisher.intake.result import Role
from publisher.model import Bureau, Document, Organ, OwnElements, Place, Prose, WebRecord
from publisher.words.days import SIGNED, day_of
from publisher.words.elements import NUMBER, bare, signed_day

_KEYS = {
    Role.COPY_NUMBER: "份号",
    Role.CLASSIFICATION: "密级",
    Role.URGENCY: "紧急程度",
    Role.MARK: "发文机关标志",
    Role.NUMBER: "发文字号",
    Role.SIGNER: "签发人",
    Role.TITLE: "标题",
    Role.SUBTITLE: "题注",
    Role.RECIPIENTS: "主送",
    Role.SIGNATORY: "发文机关",
    Role.DATE: "成文日期",
    Role.REMARK: "附注",
    Role.COPIES: "抄送",
    Role.PRINTING: "印发机关",
}
"""The key of front matter that an element of the document's own gives."""


def document_of(
    reading: ReadSource, texts: Joined, bureau: Bureau, slug: str
) -> tuple[Document, tuple[Organ, ...]]:
    """The document, and the organs that the bureau does not name yet."""
    head = read_head(reading.lines, reading.opening)
    imprint = read_imprint(reading.lines, reading.opening)
    (section, own), *_ = reading.parts
    above = read_signature(reading.lines, reading.opening)
    signature = _signature(own.signature, above)
    marks = [line.words for line in of_role(reading.lines, reading.taken, Role.MARK)]
    entries = [*reading.setting.source.properties, *entries_of(reading.lines, reading.taken)]
    number = head.number or _number_of(entries)
    title = _title(reading, entries, marks)
    named = signature.names or _organs_of(entries)
    who = issuing(title, marks, named, bureau, is_printed=bool(imprint.organ or imprint.date))
    people = dict(own.attendance)
    office, name = signature.stamp or (None, None)
    document = Document(
        slug,
        bureau,
        _body(reading, texts, title),
        kind=who.kind,
        form=who.form,
        issuers=who.issuers,
        number=number,
        copy_number=head.copy_number,
        classification=head.classification,
        urgency=head.urgency,
        signers=head.signers,
        recipients=_recipients(reading, imprint),
        copies=imprint.copies,
        date=signature.date or above.date or _day_of(entries) or passed_on(reading),
        stamp_title=office,
        stamp_name=name,
        seal=seal_of(reading, section, signature, who),
        note=own.signature.remark or above.remark,
        present=people.get("出席", ()),
        excused=people.get("请假", ()),
        observers=people.get("列席", ()),
        disclosure=imprint.disclosure or dict(entries).get("公开属性"),
        printing_organ=imprint.organ,
        printing_date=imprint.date,
        issued=texts.issued,
        web=_with_address(web_record(entries), reading.setting.source.address),
        place=Place(reading.setting.source.name),
        places=tuple(_places(reading)),
    )
    return with_mark(document, _lines_of(marks)), who.unknown


def _signature(own: ReadSignature, above: ReadSignature) -> ReadSignature:
    """That below the text, else that above it; a 附注 stands without any too."""
    remarks = dict.fromkeys(filter(None, (own.remark, above.remark)))
    return replace(own if own.is_given else above, remark="\u3000".join(remarks) or None)


def _body(reading: ReadSource, texts: Joined, title: str) -> Prose:
    return replace(
        texts.body,
        title=title,
        subtitle=read_subtitle(reading.lines, reading.opening),
        own=OwnElements(),
    )


def _title(reading: ReadSource, entries: list[tuple[str, str]], marks: list[str]) -> str:
    """As it stands above the text; a 命令 has none, and the file may name it itself."""
    if reading.title:
        return reading.title
    return dict(entries).get("标题") or bare("".join(marks))


def _lines_of(marks: list[str]) -> list[str]:
    return [part for mark in marks for part in mark.split("\n")]


def _number_of(entries: list[tuple[str, str]]) -> str | None:
    named = dict(entries)
    words = bare(named.get("发文字号", "") or named.get("文号", ""))
    return words if NUMBER.fullmatch(words) else None


def _with_address(record: WebRecord, address: str) -> WebRecord:
    return replace(record, address=record.address or address or None)


def passed_on(reading: ReadSource) -> date | None:
    """The day that 题注 names first: of what a meeting passed it is 成文日期 (7.3.5.4)."""
    words = read_subtitle(reading.lines, reading.opening) or ""
    match = re.search(SIGNED, bare(words))
    return signed_day(match[0]) if match else None


def _organs_of(entries: list[tuple[str, str]]) -> tuple[str, ...]:
    """发文机关 as a page names it beside the text, where the text has none."""
    return tuple(filter(None, dict(entries).get("发文机关", "").split("、")))


def _day_of(entries: list[tuple[str, str]]) -> date | None:
    words = dict(entries).get("成文日期", "")
    return day_of(words) or signed_day(words)


def _recipients(reading: ReadSource, imprint: ReadImprint) -> str | None:
    if imprint.recipients:
        return imprint.recipients
    return read_recipients(reading.lines, reading.opening)


def _places(reading: ReadSource) -> Iterator[tuple[str, Place]]:
    seen = set()
    for line in reading.lines:
        known = reading.taken.get(line.index)
        key = _KEYS.get(known.role) if known else None
        if key and key not in seen:
            seen.add(key)
            yield key, Place(reading.setting.source.name, line.block.number)
