"""Findings, and what the bureau accepts of them → findings that say which are accepted, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from publisher.diagnostics import Finding, Severity
from publisher.model import Acceptance, Document, Place


def accept(document: Document, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, each with the reason where `accepted.yaml` accepts it.

    An entry that accepts nothing, or does not say which of several lines it means, adds a finding.
    """
    lines = _lines(document)
    reasons: dict[int, str] = {}
    wrong = []
    for acceptance in document.accepted:
        meant = [i for i, one in enumerate(findings) if _is_meant(one, acceptance, lines)]
        places = {(findings[i].place.file, findings[i].place.line) for i in meant}
        if not meant:
            wrong.append(needless_acceptance(acceptance))
        elif len(places) > 1:
            wrong.append(ambiguous_acceptance(acceptance, sorted(line for _, line in places)))
        else:
            reasons |= dict.fromkeys(meant, acceptance.reason)
    kept = (replace(one, accepted=reasons.get(i, "")) for i, one in enumerate(findings))
    return [*kept, *wrong]


def needless_acceptance(acceptance: Acceptance) -> Finding:
    """An entry of `accepted.yaml` accepts a finding that is not there any more.

    The fault was mended, or the line was changed so that it has to be judged anew. Delete the
    entry; where the finding is still there, copy its words from the line as it stands now.
    """
    return Finding(
        "needless_acceptance",
        Severity.REVIEW,
        acceptance.place,
        f"{_file(acceptance)} 中含“{acceptance.words}”的行没有 {acceptance.finding}，不用再接受",
        "已改正的，请删去这一项；文字改动过的，请按现在的文字重写“原文”。",
    )


def ambiguous_acceptance(acceptance: Acceptance, lines: Sequence[int]) -> Finding:
    """An entry of `accepted.yaml` would accept findings on several lines; it accepts none.

    Each is to be judged by itself. Copy more words of the line that is meant, and write an entry
    for each of the others.
    """
    return Finding(
        "ambiguous_acceptance",
        Severity.REVIEW,
        acceptance.place,
        f"“{acceptance.words}”在 {_file(acceptance)} 的第 {'、'.join(map(str, lines))} 行都有"
        f" {acceptance.finding}，无法确定接受哪一处",
        "请多抄几个字，使它只在一行出现；各处分别写明理由。",
    )


def _file(acceptance: Acceptance) -> str:
    return acceptance.file.rsplit("/", 1)[-1]


def _is_meant(finding: Finding, acceptance: Acceptance, lines: dict[tuple[str, int], str]) -> bool:
    """Whether name and file are those of an entry, and its words stand on the finding's line.

    A finding about what is not there stands on no line of text; its message is looked at instead.
    """
    place = finding.place
    if (finding.name, place.file) != (acceptance.finding, acceptance.file):
        return False
    line = lines.get((place.file, place.line), "")
    return acceptance.words in line or acceptance.words in finding.message


def _lines(document: Document) -> dict[tuple[str, int], str]:
    """What stands on each line of the document's files, as far as it was read."""
    return {(place.file, place.line): line for line, place in _typed(document)}


def _typed(document: Document) -> Iterator[tuple[str, Place]]:
    yield from document.front
    for text in document.proses:
        for block in text.blocks:
            yield from block.lines
    for table in document.tables:
        yield from table.lines
