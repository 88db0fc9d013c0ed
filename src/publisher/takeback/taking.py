"""Files of ours that others edited → what they make of the content. The story of taking back."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from publisher import output, writers
from publisher.changes import Changes
from publisher.compare import compare
from publisher.diagnostics import Finding, Severity
from publisher.files import Refusal, contents, read_regular
from publisher.model import Document
from publisher.readers import read_bureau, read_document
from publisher.setting.editions import edition_of
from publisher.takeback import (
    authorship,
    bases,
    formats,
    knowing,
    merging,
    piecewise,
    serials,
    settling,
    unsaid,
    workbooks,
)
from publisher.takeback.merging import Grain, Merged
from publisher.takeback.result import (
    Base,
    Conflict,
    NotTaken,
    Reason,
    Returned,
    TakenBack,
)
from publisher.takeback.returning import AgainstPrint, ReceivedFile, beside, named, received
from publisher.takeback.together import together
from publisher.takeback.workbooks import ReceivedWorkbook

Progress = Callable[[str, str], None]
"""Told a file, or the document, and what is being done with it."""


@dataclass(frozen=True, slots=True)
class TakingWishes:
    """What whoever takes files back asks for."""

    slug: str = ""
    """Empty: as the files say."""
    authors: tuple[str, ...] = ()
    """Whose tracked changes are taken; none: everybody's."""


class UnreadableContent(Exception):
    """The content cannot be read whole: what is not read would be lost; the findings say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self.findings = tuple(findings)


def take_back(
    paths: Sequence[Path], content: Path, wishes: TakingWishes, progress: Progress
) -> TakenBack:
    """What files make of the content together; nothing is written.

    `knowing.UnknownDocument` where it cannot be seen of which document they are; UnreadableContent;
    OSError, BrokenEnvironment where a file cannot be read: the words say why and what to do.
    """
    files = [_received(path, progress) for path in _once(paths)]
    slug = wishes.slug or knowing.slug_of(files, content)
    progress(slug, "正在读取内容")
    before = _files_of(content, slug)
    current = _content(content, slug)
    taken = [_taken(file, content, current, wishes, progress) for file in files]
    progress(slug, "正在合并")
    result, disputed = together(current, [(each.returned.name, each.result) for each in taken])
    written, made = _written(before, current, result)
    is_whole = len(taken) == 1 and not written.left
    result = written.document
    changes = taken[0].changes if is_whole else compare(current, result, edition_of)
    returned = tuple(each.returned for each in taken)
    progress(slug, "正在看批注")
    settled = settling.settled(content, slug, {**before, **made}, returned)
    not_taken = (said for each in taken for said in each.not_taken)
    return TakenBack(
        slug=slug,
        current=current,
        result=result,
        changes=changes,
        authors=authorship.of_changes(changes, [each.authors for each in taken]),
        returned=returned,
        not_taken=(*not_taken, *written.left, *settled.not_taken),
        conflicts=(*(said for each in taken for said in each.conflicts), *disputed),
        comments=settled.comments,
        acceptances=settled.acceptances,
        open_comments=settled.open,
        files={**made, **settled.files},
        before=before,
        date=_last_saved(paths),
        is_private=bool(current.classification) or any(file.is_private for file in files),
    )


def _written(
    before: Mapping[str, bytes], current: Document, wanted: Document
) -> tuple[piecewise.SayableContent, dict[str, bytes]]:
    """What is taken of what is wanted, and the files that change: all, as far as content goes."""
    if wanted == current:
        return piecewise.SayableContent(wanted), {}
    with suppress(writers.UnwritableError):
        return piecewise.SayableContent(wanted), writers.edit(before, current, wanted)

    def can_say(document: Document) -> bool:
        try:
            return document == current or bool(writers.edit(before, current, document))
        except writers.UnwritableError:
            return False

    taken = piecewise.as_can_be_said(current, wanted, can_say)
    made = writers.edit(before, current, taken.document) if taken.document != current else {}
    return taken, made


def _last_saved(paths: Sequence[Path]) -> datetime.datetime:
    saved = max(path.stat().st_mtime for path in paths)
    return datetime.datetime.fromtimestamp(int(saved), datetime.UTC)


# -- what is given ----------------------------------------------------------------------------


def _once(paths: Sequence[Path]) -> list[Path]:
    """Files, each once, however often it is given."""
    return list({path.resolve(): path for path in paths}.values())


def _received(path: Path, progress: Progress) -> ReceivedFile | ReceivedWorkbook:
    progress(path.name, "正在读取")
    with named(str(path)):
        if workbooks.is_workbook(path.name):
            return workbooks.received(path, contents(path), is_private=output.is_private(path))
        return received(path, contents(path), is_private=output.is_private(path))


def _content(content: Path, slug: str) -> Document:
    """The document as it lies there; UnreadableContent where that cannot be known whole."""
    bureau, of_bureau = read_bureau(content)
    document, of_document = read_document(content / slug, bureau)
    wrong = [each for each in (*of_bureau, *of_document) if each.severity is Severity.ERROR]
    if document is None or wrong:
        raise UnreadableContent(wrong or of_document)
    return document


def _files_of(content: Path, slug: str) -> dict[str, bytes]:
    """The files of a document's folder, by name."""
    folder = content / slug
    files = {}
    for path in sorted(folder.rglob("*")):
        is_none = path.is_dir() or output.is_begun(path)
        data = None if is_none else read_regular(path, content)
        if data is not None and not isinstance(data, Refusal):
            files[path.relative_to(folder).as_posix()] = data
    return files


# -- one file ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Taken:
    """What one file makes of the content."""

    returned: Returned
    result: Document
    """The content with what its editors want."""
    conflicts: tuple[Conflict, ...]
    not_taken: tuple[NotTaken, ...]
    changes: Changes
    authors: authorship.Made


def _taken(
    file: ReceivedFile | ReceivedWorkbook,
    content: Path,
    current: Document,
    wishes: TakingWishes,
    progress: Progress,
) -> _Taken:
    progress(file.name, "正在与原来的文件比较")
    base = bases.base_of(file.provenance, current, content)
    if isinstance(file, ReceivedWorkbook):
        return _of_workbook(file, base, current)
    with named(file.name):
        pair = beside(file, base)
        now = pair.shown(_wanted(file, wishes))
    editor = authorship.editor_of(pair.was.source, now.sources[0], file.name)
    wanted = pair.wanted(now)
    again = pair.was.again(wanted.document)
    merged = _with_newer(base, current, wanted.document)
    changes = compare(current, merged.document, edition_of)
    not_taken = [
        *merged.not_taken,
        *wanted.not_taken,
        *_of_others(file, pair, wishes),
        *formats.changed(pair.was.source, again.sources[0], now.sources[0]),
        *formats.struck(pair.was.source, now.sources[0]),
        *unsaid.changed(again, now, pair.stale(now)),
    ]
    return _Taken(
        Returned(
            name=file.name,
            source=now.sources[0],
            provenance=file.provenance,
            base=base,
            printed=pair.was.document,
            edited=now.document,
            theirs=wanted.document,
            authors=file.authors,
            editor=editor,
            sentences=(
                *filter(None, (file.sentence, *now.sources[0].sentences)),
                *serials.sentences(current, merged.document),
            ),
        ),
        merged.document,
        tuple(replace(each, source=file.name) for each in (*wanted.conflicts, *merged.conflicts)),
        tuple(replace(each, source=file.name) for each in not_taken),
        changes,
        _made_by(pair, current, changes, _wanted(file, wishes), editor),
    )


def _with_newer(base: Base, current: Document, wanted: Document) -> Merged:
    """What is wanted of a file, and what became of the content since the file was made."""
    if base.document is current:
        return Merged(wanted)
    return merging.merge(base.document, current, wanted, Grain.SENTENCE)


def _of_workbook(file: ReceivedWorkbook, base: Base, current: Document) -> _Taken:
    with named(file.name):
        wanted, source = file.wanted(base.document), file.source
    editor = authorship.editor_of(None, source, file.name)
    merged = _with_newer(base, current, wanted.document)
    changes = compare(current, merged.document, edition_of)
    not_taken = [*merged.not_taken, *wanted.not_taken, *formats.struck(None, source)]
    return _Taken(
        Returned(
            name=file.name,
            source=source,
            provenance=file.provenance,
            base=base,
            printed=base.document,
            edited=wanted.document,
            theirs=wanted.document,
            editor=editor,
            sentences=(*source.sentences, *serials.sentences(current, merged.document)),
        ),
        merged.document,
        tuple(replace(each, source=file.name) for each in (*wanted.conflicts, *merged.conflicts)),
        tuple(replace(each, source=file.name) for each in not_taken),
        changes,
        authorship.made_by(changes, (), editor, lambda _: changes),
    )


def _wanted(file: ReceivedFile, wishes: TakingWishes) -> tuple[str, ...]:
    return wishes.authors or file.authors


def _of_others(file: ReceivedFile, pair: AgainstPrint, wishes: TakingWishes) -> Iterator[NotTaken]:
    """The tracked changes of those who are not asked for."""
    unasked = {author for author in file.authors if author not in _wanted(file, wishes)}
    if not unasked:
        return
    source = pair.shown(file.authors).sources[0]
    for remark in source.remarks:
        author = authorship.called(remark.author)
        if remark.kind.startswith("修订") and author in unasked:
            words = f"{author}：{remark.kind.removeprefix('修订')}“{remark.words}”"
            yield NotTaken(Reason.AUTHOR, source.where(remark.number), words)


def _made_by(
    pair: AgainstPrint,
    current: Document,
    changes: Changes,
    authors: tuple[str, ...],
    editor: str,
) -> authorship.Made:
    """Who made each of the changes that a file makes: those whose changes alone make it."""

    def alone(some: Sequence[str]) -> Changes:
        if set(some) == set(authors):
            return changes
        wanted = pair.wanted(pair.shown(some))
        merged = _with_newer(pair.base, current, wanted.document)
        return compare(current, merged.document, edition_of)

    return authorship.made_by(changes, authors, editor, alone)
