"""Content with faults that checks can mend → the same without them, and each repair.

The checks say what is wrong, where, and how it is right: here that is done. Nothing is repaired
that they do not find, and nothing otherwise than they ask.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

from publisher import pipeline
from publisher.diagnostics import Finding
from publisher.intake.prints import Nature, units_of
from publisher.intake.result import Mend
from publisher.model import Document
from publisher.pipeline import CheckedDocument
from publisher.resolve import resolve

_ROUNDS = 5
"""How often the checks are asked: one repair may show what another hid."""
_QUOTED = re.compile("“(.*?)”")
Repair = tuple[str, str]
"""What stands at a place, and what shall."""


def mend(
    content: Path, slug: str, checked: CheckedDocument
) -> tuple[tuple[Mend, ...], CheckedDocument]:
    """Repair the files of a document in place; each repair, and the document read again.

    Nothing is repaired where the document would say something else then. `checked` is what was read
    of it, and found in it.
    """
    before = {path: path.read_bytes() for path in (content / slug).iterdir()}
    mends: list[Mend] = []
    last = checked
    for _ in range(_ROUNDS):
        more = _mend_once(content, last)
        if not more:
            break
        mends += more
        last = pipeline.read(content, slug)
    if _said(last) == _said(checked):
        return tuple(mends), last
    for path, data in before.items():
        path.write_bytes(data)
    return (), checked


def _mend_once(content: Path, checked: CheckedDocument) -> list[Mend]:
    """Repair all that the checks find now, from the end of each file to its begin."""
    made = []
    for finding in sorted(set(checked.findings), key=lambda each: each.place, reverse=True):
        repair = REPAIRS.get(finding.name, _none)(finding)
        if repair and _replaced(content.parent / finding.place.file, finding, repair):
            name = finding.place.file.rpartition("/")[2]
            where = f"{name} 第 {finding.place.line} 行"
            made.append(Mend(*repair, finding.message.partition("：")[0], where))
    return made[::-1]


def _replaced(path: Path, finding: Finding, repair: Repair) -> bool:
    """Whether what is wrong stood where the finding says, and was put right."""
    before, after = repair
    lines = path.read_bytes().decode().split("\n")
    row, column = finding.place.line - 1, finding.place.column - 1
    if row >= len(lines):
        return False
    line = lines[row]
    at = line.find(before, column) if finding.name in _IN_THEIR_LINE else column
    if at < 0 or not line.startswith(before, at):
        return False
    lines[row] = line[:at] + after + line[at + len(before) :]
    path.write_bytes("\n".join(lines).encode())
    return True


def _said(checked: CheckedDocument) -> str:
    """What a document says, whatever marks, widths and zeros it is written with."""
    return _bare(checked.document) if checked.document else ""


def _bare(document: Document) -> str:
    authored = (
        unit.words for unit in units_of(resolve(document)) if unit.nature is not Nature.GENERATED
    )
    words = re.sub(r"[\W_]+|[年月日第]", "/", normalize("NFKC", "\n".join(authored)))
    return re.sub("/+|(?<![0-9])0+(?=[0-9])", "", words)


# -- how findings are mended --------------------------------------------------------------


def _none(_: Finding) -> Repair | None:
    return None


def _as_hinted(finding: Finding) -> Repair | None:
    """The words that the message quotes, as the hint quotes them."""
    wrong, right = _QUOTED.search(finding.message), _QUOTED.findall(finding.hint)
    return (wrong[1], right[0]) if wrong and len(right) == 1 and wrong[1] != right[0] else None


def _without_blank(finding: Finding) -> Repair | None:
    return (" ", "")


def _once(finding: Finding) -> Repair | None:
    """One of two marks that are the same."""
    wrong = _QUOTED.search(finding.message)
    return (wrong[1], wrong[1][0]) if wrong and len(set(wrong[1])) == 1 else None


def _number(finding: Finding) -> Repair | None:
    """A 发文字号 with its brackets, without 第 and zeros."""
    wrong = re.search("发文字号“(.*?)”", finding.message)
    parts = wrong and _OWN_NUMBER.fullmatch(wrong[1])
    if not wrong or not parts:
        return None
    return wrong[1], f"{parts['organ']}〔{parts['year']}〕{int(parts['number'])}号"


_OWN_NUMBER = re.compile(
    r"(?P<organ>\D+?)\s*[〔\[(（【〖﹝［](?P<year>[0-9]{4})[〕\])）】〗﹞］]\s*第?(?P<number>[0-9]+)\s*号"
)
_IN_THEIR_LINE = ("malformed_number",)
"""Findings whose place is that of a key, before its value."""

REPAIRS: dict[str, Callable[[Finding], Repair | None]] = {
    "half_width_punctuation": _as_hinted,
    "blank_between_chinese": _without_blank,
    "full_width_digit": _as_hinted,
    "year_brackets": _as_hinted,
    "malformed_number": _number,
    "padded_date": _as_hinted,
    "abbreviated_date": _as_hinted,
    "doubled_mark": _once,
    "wrong_dash": _as_hinted,
}
"""What is done about each finding that can be mended without asking anybody."""
