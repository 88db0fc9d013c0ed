"""A picture or finished file of both versions, or of one → all that is told of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from publisher import textconv
from publisher.changes import (
    ALONE,
    AlignedElement,
    AlignedFile,
    Both,
    ChangeKind,
    FileSide,
    Matter,
    Op,
    Pieces,
    Role,
    Status,
    Subject,
    Weight,
    Where,
    only,
)
from publisher.compare.ledger import Ledger
from publisher.compare.words import BREAK, all_of, pieces, run
from publisher.filetypes import called
from publisher.model import FinishedFile, Picture

UNKNOWN = "内容如何不同，这里看不出来"
SAME_WORDS = "文字没有不同，版式或者图片可能不同"
_MOST = 6
"""So many lines of a file are told that the other version has not."""
_SHOWN = 8
"""Characters of a fingerprint that tell two files apart which are called the same."""


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A picture or finished file of one version, and where a reader finds it."""

    side: FileSide
    where: Where
    role: Role

    @property
    def source(self) -> Picture | FinishedFile:
        """As its author gave it."""
        return self.side.source

    @property
    def subject(self) -> Subject:
        """What it is to a reader as a whole."""
        return Subject.PICTURE if self.role is Role.PICTURE else Subject.PART


def align_file(files: Both[WholeFile], ledger: Ledger) -> AlignedFile:
    """Both versions of a picture, or of a finished file; each thing that differs is a change."""
    before = len(ledger.changes)
    title = _title(files, ledger)
    change = _arrangement(files, ledger)
    elements = tuple(_elements(files, ledger))
    return AlignedFile(
        Status.EDITED if len(ledger.changes) > before else Status.EQUAL,
        files.new.role,
        files.old.side,
        files.new.side,
        title,
        elements,
        change,
    )


def file_alone(file: WholeFile, op: Op, change: str) -> AlignedFile:
    """A picture or finished file that one version has alone, as part of a change."""
    elements = (
        AlignedElement(name, field, all_of(run(words), op, change), change)
        for name, field, words in _said(file.source)
    )
    title = all_of(run(file.source.title), op, change)
    return AlignedFile(ALONE[op], file.role, *only(op, file.side), title, tuple(elements), change)


def file_lines(source: Picture | FinishedFile) -> list[str]:
    """What is told of one that came or went."""
    return [f"{name}：{words}" for name, _, words in _said(source)]


def fingerprint(source: Picture | FinishedFile) -> str:
    """The same for the same bytes, else another."""
    if isinstance(source, Picture):
        return source.image.fingerprint
    return sha256(source.data).hexdigest()


# -- what it is, in words ---------------------------------------------------------------


def _said(source: Picture | FinishedFile) -> Iterator[tuple[str, str, str]]:
    """What a reader is told that it is: the name of each thing, its field, its words."""
    if isinstance(source, Picture):
        yield "图片", "image", facts(source)
        yield "替代文字", "words", source.words
    else:
        yield "文件", "data", facts(source)


def facts(source: Picture | FinishedFile) -> str:
    """What it is and how large."""
    match source:
        case Picture(image=image):
            size = f"{image.width:g}×{image.height:g} 像素"
            kind = called(f"picture{image.kind.suffix}")
            return f"{kind}，{size}，{_bytes(image.data)}"
        case FinishedFile(name=name, data=data, pages=pages):
            counted = f"，{pages} 页" if pages else ""
            return f"{name}（{called(name)}，{_bytes(data)}{counted}）"


def _bytes(data: bytes) -> str:
    return f"{len(data):,} 字节"


def _attributes(source: Picture | FinishedFile) -> dict[str, str]:
    """How it is laid out, in words."""
    said = {"装订": source.delivery.value}
    if isinstance(source, Picture):
        chosen = source.orientation
        said |= {
            "宽": "按图片的大小" if source.width is None else f"{source.width:g} 毫米",
            "旋转": "是" if source.is_turned else "否",
            "版面": chosen.value if chosen else "按图片的宽窄",
        }
    return said


# -- what differs -----------------------------------------------------------------------


def _title(files: Both[WholeFile], ledger: Ledger) -> Pieces:
    title = files.map(lambda file: run(file.source.title))
    words = pieces(*title)
    if title.old == title.new:
        return words
    name = ledger.enter(ChangeKind.EDITED, Subject.TITLE, files.map(_where), words)
    return ledger.pieces(name)


def _arrangement(files: Both[WholeFile], ledger: Ledger) -> str | None:
    """The change of how it is laid out; None where that is the same."""
    old, new = files.map(lambda file: _attributes(file.source))
    differing = [name for name in old if old[name] != new.get(name, old[name])]
    if not differing:
        return None
    return ledger.enter(
        ChangeKind.EDITED,
        files.new.subject,
        files.map(_where),
        (),
        Both(*([f"{name}：{side[name]}" for name in differing] for side in (old, new))),
        (Weight.FORM, ()),
    )


def _elements(files: Both[WholeFile], ledger: Ledger) -> Iterator[AlignedElement]:
    said = files.map(lambda file: list(_said(file.source)))
    for (name, field, before), (_, _, after) in zip(*said, strict=True):
        words = Both(before, after)
        change = _differing(field, name, words, files, ledger)
        shown = ledger.pieces(change) if change else pieces(*words.map(run))
        yield AlignedElement(name, field, shown, change)


def _differing(
    field: str, name: str, words: Both[str], files: Both[WholeFile], ledger: Ledger
) -> str | None:
    """The change of one thing that is told; None where it is the same."""
    where = files.map(_where)
    if field == "words":
        if words.old == words.new:
            return None
        places = where.map(lambda place: replace(place, column=name))
        return ledger.enter(ChangeKind.EDITED, Subject.ELEMENT, places, pieces(*words.map(run)))
    sources = files.map(lambda file: file.source)
    if fingerprint(sources.old) != fingerprint(sources.new):
        return _replaced(sources, words, where, ledger)
    if words.old == words.new:
        return None
    names = sources.map(lambda source: run(source.name))
    weighed = Weight.FORM, ()
    return ledger.enter(ChangeKind.EDITED, Subject.FILE, where, pieces(*names), weighed=weighed)


def _replaced(
    sources: Both[Picture | FinishedFile], words: Both[str], where: Both[Where], ledger: Ledger
) -> str:
    """The change by which another picture or file stands in its place."""
    told = sources.map(facts)
    lines, remark = _inside(sources)
    if told.old == told.new and not any(lines):
        told = sources.map(_told_apart)
    said = Both([told.old, *lines.old], [told.new, *lines.new])
    is_same = remark == SAME_WORDS
    return ledger.enter(
        ChangeKind.REPLACED,
        Subject.PICTURE if isinstance(sources.new, Picture) else Subject.FILE,
        where,
        replacing(said),
        said,
        (Weight.FORM, ()) if is_same else (Weight.SUBSTANCE, (Matter.CONTENT,)),
        remark=remark,
    )


def replacing(said: Both[list[str]]) -> Pieces:
    """One thing in the place of another: all that is said of each."""
    gone, come = said.map(BREAK.join).map(run)
    return (*all_of(gone, Op.DELETED), *all_of(come, Op.INSERTED))


def _told_apart(source: Picture | FinishedFile) -> str:
    """What it is, with the beginning of its fingerprint."""
    return f"{facts(source)}，校验值 {fingerprint(source)[:_SHOWN]}"


def _inside(sources: Both[Picture | FinishedFile]) -> tuple[Both[list[str]], str]:
    """The lines that one of two files has alone, and how far it is known what differs."""
    old, new = sources
    if isinstance(old, Picture) or isinstance(new, Picture):
        return Both([], []), ""
    texts = Both(_lines(old), _lines(new))
    if texts.old is None or texts.new is None:
        return Both([], []), UNKNOWN
    alone = Both(
        _without(texts.old, texts.new),
        _without(texts.new, texts.old),
    )
    if any(alone):
        return alone.map(_first), ""
    return alone, SAME_WORDS if texts.old == texts.new else UNKNOWN


def _lines(file: FinishedFile) -> list[str] | None:
    """The words of a Word file, a clause a line; None of what cannot be read here, or has none."""
    if not file.name.lower().endswith(".docx"):
        return None
    return textconv.lines_of(file.data) or None


def _without(lines: list[str], those: list[str]) -> list[str]:
    """The lines that the other file has not."""
    left = Counter(those)
    alone = []
    for line in lines:
        left[line] -= 1
        if left[line] < 0:
            alone.append(line)
    return alone


def _first(lines: list[str]) -> list[str]:
    if len(lines) <= _MOST:
        return lines
    return [*lines[:_MOST], f"……（另有 {len(lines) - _MOST} 句）"]


def _where(file: WholeFile) -> Where:
    return file.where
