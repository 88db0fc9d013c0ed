"""署名, mark and title of a document → who issues it, its kind, form and mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from publisher.forms import form_of_mark, set_mark
from publisher.intake.recognise.frame.names import split_names
from publisher.model import Bureau, Document, Form, Kind, Organ, one_line
from publisher.words.elements import MARK_SUFFIXES, bare, kind_of, may_be_organ

_ABOUT = re.compile("^(?P<organs>.{2,80}?)(?=关于|印发|转发|批转|令$|命令$|公告$|通告$)")
_OF_MEETINGS = "(?:党组|[市县区州省局厅院所校镇乡]长|主任|常务|专题|办公|工作|协调|联席|全体|扩大)"
_MEETING = re.compile(f"{_OF_MEETINGS}*会议$|{_OF_MEETINGS}+会$")
"""What a mark names between an organ and 纪要: 常务会议, 局长办公会."""
_COUNTED = re.compile("等.{1,3}(?:部门|单位|局|机关|家)$")


@dataclass(frozen=True, slots=True)
class Issuing:
    """Who issues a document, and how."""

    kind: Kind | None
    form: Form
    issuers: tuple[Organ, ...]
    unknown: tuple[Organ, ...]
    """Those that the bureau does not name yet."""


def issuing(
    title: str, marks: Sequence[str], names: Sequence[str], bureau: Bureau, *, is_printed: bool
) -> Issuing:
    """What the title, the lines of the mark and the names of the signature say together.

    `is_printed` says whether the 版记 has 印发机关, which no 信函 prints.
    """
    kind = kind_of(one_line(title)) or _kind_of_mark(marks)
    named = tuple(names) or _of_title(title, bureau) or _of_mark(marks)
    organs = tuple(_organ(bare(name), bureau) for name in named)
    unknown = tuple(organ for organ in organs if organ not in bureau.organs)
    return Issuing(kind, _form(kind, marks, is_printed=is_printed), organs, unknown)


def _kind_of_mark(marks: Sequence[str]) -> Kind | None:
    mark = bare("".join(marks))
    if mark.endswith("纪要"):
        return Kind.MINUTES
    return Kind.ORDER if mark.endswith("令") else None


def _form(kind: Kind | None, marks: Sequence[str], *, is_printed: bool) -> Form:
    """文件 may stand in any line of a mark."""
    mark = bare("".join(marks))
    with_file = next((bare(line) for line in marks if bare(line).endswith("文件")), "")
    is_organ = may_be_organ(mark) and not is_printed
    return form_of_mark(with_file or mark, kind, is_organ=is_organ)


def _organ(name: str, bureau: Bureau) -> Organ:
    """The bureau's organ of a full or short name; else a new one."""
    known = (organ for organ in bureau.organs if name in (organ.name, organ.short_name))
    return next(known, Organ(name))


def _of_title(title: str, bureau: Bureau) -> tuple[str, ...]:
    """The organs that a title begins with, where they are known or look so."""
    match = _ABOUT.match(one_line(title).strip())
    if match is None:
        return ()
    words = _COUNTED.sub("", match["organs"])
    names = [
        name for part in split_names(words.replace(" ", "\u3000")) for name in part.split("、")
    ]
    known = {name for organ in bureau.organs for name in (organ.name, organ.short_name)}
    names = [bare(name) for name in names if name.strip()]
    if names and all(name in known or may_be_organ(name) for name in names):
        return tuple(names)
    return ()


def _of_mark(marks: Sequence[str]) -> tuple[str, ...]:
    names = (_without_suffix(bare(line)) for line in marks)
    return tuple(name for name in names if name and may_be_organ(name))


def _without_suffix(words: str) -> str:
    """A line of a mark without 文件, and that of 纪要 without the meeting that it tells of."""
    for suffix in MARK_SUFFIXES:
        if words.endswith(suffix):
            return _MEETING.sub("", words.removesuffix(suffix))
    return words


def with_mark(document: Document, marks: Sequence[str]) -> Document:
    """With its 发文机关标志, where that is another than its form makes of its organs."""
    words = [bare(line) for line in marks if line.strip()]
    if not words:
        return document
    made = _made(document)
    if "".join(made) == "".join(words) or sorted(made) == sorted(_parted(words)):
        return document
    are_names = len(words) > 1 and all(map(may_be_organ, words))
    return replace(document, mark=("\u3000" if are_names else "").join(words))


def _made(document: Document) -> list[str]:
    names, suffix = set_mark(document)
    return [*names, suffix] if len(names) > 1 else ["".join((*names, suffix))]


def _parted(words: Iterable[str]) -> Iterator[str]:
    """The names of a mark and what stands beside them, however the file puts them."""
    lines = list(words)
    if len(lines) == 1:
        yield lines[0]
        return
    for line in lines:
        suffix = next((end for end in MARK_SUFFIXES if line.endswith(end) and line != end), "")
        yield from filter(None, (line.removesuffix(suffix), suffix))
