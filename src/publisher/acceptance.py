"""Findings, and what the bureau accepts of them → findings that say which are accepted, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from publisher.diagnostics import Finding, Severity, shown
from publisher.model import Acceptance, Document, Place


def accept(document: Document, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, each with the reason where `accepted.yaml` accepts it.

    An entry accepts one finding, so that a second fault on a line is not hidden by the first. One
    that accepts none, or does not say which of several it means, adds a finding.
    """
    if not document.accepted:
        return list(findings)
    lines = _lines(document)
    alike: dict[tuple[str, str, str], list[int]] = {}
    for i, finding in enumerate(findings):
        alike.setdefault((finding.name, finding.place.file, _gist(finding.message)), []).append(i)
    reasons: dict[int, str] = {}
    wrong = []
    for acceptance in document.accepted:
        # Written before messages were shortened, it may have all of one.
        message = shown(acceptance.message)
        named = (acceptance.finding, acceptance.file, _gist(message))
        meant = [i for i in alike.get(named, ()) if _has_words(findings[i], acceptance, lines)]
        if not meant:
            wrong.append(needless_acceptance(acceptance))
        elif len(meant) > 1:
            lines_meant = sorted({findings[i].place.line for i in meant})
            wrong.append(ambiguous_acceptance(acceptance, lines_meant))
        else:
            reasons[meant[0]] = acceptance.reason
    kept = (replace(finding, accepted=reasons.get(i, "")) for i, finding in enumerate(findings))
    return [*kept, *wrong]


def needless_acceptance(acceptance: Acceptance) -> Finding:
    """An entry of `accepted.yaml` accepts a finding that is not there any more.

    The fault was mended, or words were changed so that it has to be judged anew. Delete the entry;
    where the finding is still there, accept it as it is now.
    """
    return Finding(
        "needless_acceptance",
        Severity.REVIEW,
        acceptance.place,
        f"{_file(acceptance)} 已经没有这个 {acceptance.finding}：{acceptance.message}",
        "已改正的，请删去这一项；文字改动过的，请重新判断，再用 publisher accept 写入。",
    )


def ambiguous_acceptance(acceptance: Acceptance, lines: Sequence[int]) -> Finding:
    """An entry of `accepted.yaml` would accept several findings; it accepts none.

    Each is to be judged by itself. Give the words of the line that is meant (原文), and write an
    entry for each of the others.
    """
    return Finding(
        "ambiguous_acceptance",
        Severity.REVIEW,
        acceptance.place,
        f"{_file(acceptance)} 第 {'、'.join(map(str, lines))} 行都有这个 {acceptance.finding}，"
        "无法确定接受哪一处",
        "请在“原文”写上那一行独有的字；各处分别写明理由。",
    )


def _file(acceptance: Acceptance) -> str:
    return acceptance.file.rsplit("/", 1)[-1]


def _has_words(finding: Finding, acceptance: Acceptance, lines: _Lines) -> bool:
    """Whether the words that an entry names stand on the line of a finding."""
    place = finding.place
    return acceptance.words in lines.get((place.file, place.line), acceptance.words)


_PLACES = re.compile(r"（[^（）]*(?:[0-9]+ 行[^（）]*|\.\w+:[0-9]+)）|\S+\.\w+:[0-9]+")


def _gist(message: str) -> str:
    """What a message says without naming lines: they move when something else is changed."""
    return _PLACES.sub("", message)


def acceptance_of(document: Document, finding: Finding, reason: str) -> Acceptance:
    """The entry that accepts a finding: its words are those that begin at its place."""
    place = finding.place
    line = _lines(document).get((place.file, place.line), "")[place.column - 1 :]
    words = line.split(",")[0] if place.file.endswith(".csv") else line
    return Acceptance(finding.name, place.file, _gist(finding.message), words.strip(' "'), reason)


_Lines = dict[tuple[str, int], str]
"""By file and number, what stands on each line."""


def _lines(document: Document) -> _Lines:
    """What stands on each line of the document's files, as far as it was read."""
    return {(place.file, place.line): line for line, place in _typed(document)}


def _typed(document: Document) -> Iterator[tuple[str, Place]]:
    yield from document.front
    for text in document.proses:
        for block in text.blocks:
            yield from block.lines
    for table in document.tables:
        yield from table.lines
