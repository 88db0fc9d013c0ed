"""Lines that were taken for elements → signs in them that front matter does not write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from publisher.forms import Element, printed_form
from publisher.intake.recognise.frame.lines import FrameLine
from publisher.intake.recognise.frame.sections import TextSection
from publisher.intake.recognise.frame.signature import ReadSignature
from publisher.intake.recognise.frame.taking import Taken, of_role
from publisher.intake.result import Role
from publisher.intake.source import LeftOut, SourceParagraph
from publisher.model import Document
from publisher.words.elements import COPIES, OPEN_PRINTED, signed_day

_HEAD = re.compile(
    r"^[（(]|[）)]$|(?:文\s*号|发文字号|密\s*级|紧急程度|份\s*号)\s*[：:]|N[oO]\s*[.．:：]?|(?<=[\u3400-\u9fff])[、，](?=[\u3400-\u9fff])"
)
_SIGNS = {
    **dict.fromkeys(
        (Role.NUMBER, Role.COPY_NUMBER, Role.CLASSIFICATION, Role.URGENCY, Role.SIGNER), _HEAD
    ),
    Role.RECIPIENTS: re.compile(r"^主\s*送\s*[：:]|。$"),
    Role.COPIES: re.compile(r"^(?:抄\s*报|分\s*送|发\s*送|报\s*送|[报送发抄])\s*[：:]"),
    Role.PRINTING: re.compile("[（(]?共印?[0-9]+份[）)]?"),
    Role.ATTACHMENT_LIST: re.compile("[；;]$"),
    Role.SIGNATORY: re.compile(r"&\w+;|、"),
}
"""What of a line is read and not kept, by what the line was taken for."""
_BRACKETS = ("（", "(", "）", ")")
_WHY = "这一项里不写的字，有的由程序印"


def stripped(lines: tuple[FrameLine, ...], taken: Taken) -> Iterator[LeftOut]:
    """Labels, brackets and marks between names that are not kept."""
    copies = of_role(lines, taken, Role.COPIES)
    for line in copies[1:]:
        if match := COPIES.fullmatch(line.words):
            yield LeftOut(line.words[: match.start("organs")], _WHY, line.block.number)
    for line in lines:
        role = taken[line.index].role if line.index in taken else None
        for words in _parts(line.words, role):
            yield LeftOut(words, _WHY, line.block.number)
        if role not in (None, Role.PARAGRAPH) and line.paragraph is not None:
            for words in notes_of(line.paragraph):
                yield LeftOut(words, _NOTED, line.block.number)
    for role in (Role.REMARK, Role.SUBTITLE):  # several are printed in one pair of brackets
        for above, below in pairwise(of_role(lines, taken, role)):
            for line, sign in ((above, above.words.strip()[-1:]), (below, below.words.strip()[:1])):
                if sign in _BRACKETS:
                    yield LeftOut(sign, _WHY, line.block.number)


_NOTED = "这一项不能带注释"


def notes_of(paragraph: SourceParagraph) -> list[str]:
    """The words of the notes in a paragraph."""
    return ["".join(each.words for each in run.note) for run in paragraph.runs if run.note]


_OF_ELEMENT = {
    Element.NUMBER: (Role.NUMBER,),
    Element.SIGNERS: (Role.SIGNER,),
    Element.TITLE: (Role.TITLE,),
    Element.RECIPIENTS: (Role.RECIPIENTS,),
    Element.COPIES: (Role.COPIES,),
    Element.PRINTING: (Role.PRINTING,),
}
"""What the elements that not all forms print are taken for."""


def not_printed(
    lines: tuple[FrameLine, ...], opening: Taken, document: Document
) -> Iterator[LeftOut]:
    """Elements that are kept in front matter, and the form of the document does not print."""
    elements = printed_form(document).elements
    roles = {
        role for element, its in _OF_ELEMENT.items() if element not in elements for role in its
    }
    why = f"“{document.form.value}”版式不印这一项，已写入文件信息"
    for line in lines:
        if line.index in opening and opening[line.index].role in roles:
            yield LeftOut(line.words, why, line.block.number)


def short_names(
    lines: tuple[FrameLine, ...], taken: Taken, document: Document
) -> Iterator[LeftOut]:
    """署名 by a standing short name: the full one is printed."""
    short = {organ.short_name for organ in document.issuers if organ.short_name}
    for line in of_role(lines, taken, Role.SIGNATORY):
        if line.bare in short:
            yield LeftOut(line.words, "规范化简称，署名印全称", line.block.number)


def said_twice(
    lines: tuple[FrameLine, ...], opening: Taken, section: TextSection, own: ReadSignature
) -> Iterator[LeftOut]:
    """A date or name above the text, where the text is signed and dated itself."""
    inner = {line.index for line in section.lines}
    for line in lines:
        role = opening[line.index].role if line.index in opening else None
        is_known = (role is Role.DATE and own.date) or (role is Role.SIGNATORY and own.names)
        if is_known and line.index not in inner:
            yield LeftOut(line.words, "标题上下写的日期和机关，署名处另有", line.block.number)


def _parts(words: str, role: Role | None) -> Iterator[str]:
    if role is Role.ATTENDANCE:
        yield from ("。",) if words.endswith("。") else ()
        return
    if role is Role.PRINTING and (match := OPEN_PRINTED.fullmatch(words)):
        yield from (words[match.start("date") :],) if not signed_day(match["date"]) else ()
    pattern = _SIGNS.get(role) if role else None
    if pattern is not None:
        yield from (match[0] for match in pattern.finditer(words) if match[0].strip())
