"""Two versions → each document in both compared, rendered, and written for reviewers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from publisher import builds, output, templates
from publisher.changes import About, Both, Changes
from publisher.compare import compare
from publisher.diagnostics import Finding, Severity
from publisher.files import Unreadable
from publisher.model import Bureau, Document, Place, Prose, Table, one_line
from publisher.provenance import Provenance, signed, stamped
from publisher.readers import read_bureau, read_document
from publisher.readers.markdown import read_blocks
from publisher.readers.source import Source, read_source
from publisher.readers.tables import Layout, read_csv
from publisher.renderers import Format
from publisher.renderers.changes import comparison_table, page, record, redline
from publisher.revisions import UnknownVersion, Version, called, label
from publisher.setting.editions import edition_of

if TYPE_CHECKING:
    # Readers of files of others take half a second, and few comparisons have such files.
    from publisher.intake.source import SourceFile

FOLDER = "diff"
"""The folder of a build in which comparisons stand."""
NOBODY = "修订人"
"""The author of changes where neither options nor git name one."""


REDLINE = "redline.docx"
CHANGE_FORMATS: dict[str, Format] = {
    "网页": Format(page.render, ("index.html",)),
    "数据": Format(record.render, (record.FILE,)),
    "修订稿": Format(redline.render, (REDLINE,)),
}
"""What is made of two versions, beside the 对照表; each gives files by name."""


class Side(Enum):
    """One of the two versions."""

    OLD = "旧版本"
    NEW = "新版本"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of one document between two versions."""

    slug: str
    """Its name in the new version; in the old one, where the new has it no more."""
    title: str
    changes: Changes | None
    """None where only one of the versions has it, or one cannot be read whole."""
    about: About
    only: Side | None
    """The version that alone has it; None where both do."""
    unread: Mapping[Side, tuple[Finding, ...]]
    """Errors because of which something in a version was not read.

    What is not read would be told as removed, or added: such versions are not compared.
    """
    is_classified: bool = False
    """Whether it has a 密级 in any version, or may have one."""
    printed: str = ""
    """The hash of the content that is the new version; empty of what is no folder of content."""

    @property
    def differs(self) -> bool:
        """Whether the versions differ in it, as far as is known."""
        return self.changes is None or bool(self.changes)

    def called(self, side: Side) -> str:
        """What a version is called."""
        return self.about.old if side is Side.OLD else self.about.new


@dataclass(frozen=True, slots=True)
class _Reading:
    """A document as one version has it; None where it has it not."""

    document: Document | None
    errors: tuple[Finding, ...] = ()
    is_given: bool = False
    """Whether it was read from a file of others, which does not hold all that content does."""

    @property
    def is_there(self) -> bool:
        return bool(self.document or self.errors)


def comparisons(
    old: Version,
    new: Version,
    slugs: tuple[str, ...] = (),
    author: str | None = None,
    date: datetime.datetime | None = None,
    bureau: Bureau | None = None,
) -> Iterator[Comparison]:
    """Each document of two versions, or those asked for, with what became of it.

    `bureau` is that of files of others. UnknownVersion where neither has one that is asked for, or
    there is nothing to compare.
    """
    author = label(author or new.author or "") or NOBODY
    names = called(old, new)
    if _is_given(old) or _is_given(new):
        pairs = [_read_given(old, new, slugs, bureau or Bureau(()))]
    elif old.file and new.file:
        pairs = [(new.file.stem, *_read_files(old.file, new.file))]
    else:
        pairs = [
            (after or before or "", _read(old, before), _read(new, after))
            for before, after in _pairs(old, new, slugs)
        ]
    for slug, before, after in pairs:
        when = date or new.date or _last_saved(new, slug)
        comparison = _comparison(slug, before, after, About(*names, author, when))
        # A file alone does not say whether the document that it is of is classified.
        if old.file and not _is_given(old):
            comparison = replace(comparison, is_classified=True)
        elif not new.file and slug in new.slugs:
            printed = builds.printed_version(builds.content_of(new.content, slug))
            comparison = replace(comparison, printed=printed)
        yield comparison


def _comparison(slug: str, before: _Reading, after: _Reading, about: About) -> Comparison:
    sides = {Side.OLD: before, Side.NEW: after}
    there = [side for side, reading in sides.items() if reading.is_there]
    unread = {side: reading.errors for side, reading in sides.items() if reading.errors}
    changes = None
    if before.document and after.document and not unread:
        documents = Both(before.document, after.document)
        if before.is_given or after.is_given:
            from publisher.intake.held import as_far_as_held, unheld

            about = replace(about, not_compared=unheld(documents))
            documents = as_far_as_held(documents)
        changes = compare(*documents, edition_of)
    shown = after.document or before.document
    title = one_line(shown.body.title) if shown else ""
    only = there[0] if len(there) == 1 else None
    readable = filter(None, (before.document, after.document))
    secret = any(document.classification is not None for document in readable)
    return Comparison(slug, title, changes, about, only, unread, secret)


def _pairs(
    old: Version, new: Version, asked: tuple[str, ...]
) -> list[tuple[str | None, str | None]]:
    """The name of each document in both versions; None in the one that has it not."""
    if old.file or new.file:
        raise UnknownVersion(
            "一个版本是单独的文字或表格，另一个是公文，不能比较。"
            "请写两个同类的文件，或两份公文的文件夹。"
        )
    if old.slug and new.slug:
        return [(old.slug, new.slug)]
    there = sorted({*old.slugs, *new.slugs})
    only = asked or tuple(filter(None, (old.slug or new.slug,)))
    for slug in only:
        if slug not in there:
            known = f"现有：{'、'.join(there)}。" if there else ""
            raise UnknownVersion(f"两个版本中都没有公文“{slug}”。{known}")
    if not there:
        raise UnknownVersion(f"{old.named} 和 {new.named} 中都没有公文。")
    names = tuple(dict.fromkeys(only)) or there
    sides = ({slug: slug for slug in side.slugs} for side in (old, new))
    before, after = sides
    return [(before.get(slug), after.get(slug)) for slug in names]


# -- reading ----------------------------------------------------------------------------


def _read(version: Version, slug: str | None) -> _Reading:
    if slug is None:
        return _Reading(None)
    output.end_writing(version.content / slug)
    bureau, of_bureau = read_bureau(version.content)
    document, of_document = read_document(version.content / slug, bureau)
    return _Reading(document, _errors([*of_bureau, *of_document]))


def _read_files(old: Path, new: Path) -> tuple[_Reading, _Reading]:
    if old.suffix.lower() != new.suffix.lower():
        raise UnknownVersion(f"{old} 和 {new} 一个是文字，一个是表格，不能比较。")
    return _read_file(old, new.stem), _read_file(new, new.stem)


def _read_file(path: Path, title: str) -> _Reading:
    """A text, with the tables beside it that it names, or a table, as a document of its own."""
    source, of_source = read_source(path, path.name, Place(path.name))
    if source is None:
        raise UnknownVersion(f"读不出文件 {path}：{of_source[0].message}。")
    if path.suffix.lower() == ".csv":
        grid, of_table = read_csv(source, Layout(head_rows=None))
        table = Table(title, grid.columns, grid.rows, head=grid.head)
        body = Prose("", attachments=(table,))
        return _Reading(Document("", Bureau(()), body), _errors([*of_source, *of_table]))
    of_tables: list[Finding] = []

    def beside(name: str, mentioned: Place) -> Source | None:
        """The table of a text, which stands beside it."""
        table, faults = read_source(path.parent / name, name, mentioned, within=path.parent)
        of_tables.extend(faults)
        return table

    blocks, of_text = read_blocks(source.lines, source.file, open_table=beside)
    faults = _errors([*of_source, *of_text, *of_tables])
    return _Reading(Document("", Bureau(()), Prose("", blocks)), faults)


# -- files of others --------------------------------------------------------------------


def _is_given(version: Version) -> bool:
    """Whether a version is a file of others, which holds a document: from Word, a page, a PDF."""
    return version.file is not None and version.is_given


def _read_given(
    old: Version, new: Version, slugs: tuple[str, ...], bureau: Bureau
) -> tuple[str, _Reading, _Reading]:
    """What two versions hold, of which at least one is a file of others, and what it is called."""
    given = {version: _read_document_in(version, bureau) for version in (old, new) if version.file}
    rest = next((version for version in (old, new) if version not in given), None)
    if rest is None:
        assert new.file is not None
        return new.file.stem, given[old], given[new]
    (reading,) = given.values()
    slug = _slug_like(reading.document, rest, slugs)
    of_rest = _read(rest, slug)
    return (slug, of_rest, reading) if rest is old else (slug, reading, of_rest)


def _read_document_in(version: Version, bureau: Bureau) -> _Reading:
    """The document that a file of others holds; UnknownVersion where it cannot be read."""
    from publisher.intake import take_in
    from publisher.intake.opening import read_file

    assert version.file is not None
    if not version.is_given:
        raise UnknownVersion(
            f"{version.named} 是单独的文字或表格，不能与 Word、网页等文件比较；请写公文的文件夹。"
        )
    try:
        taken = take_in([read_file(version.file)], bureau, version.file.stem)
    except Unreadable as problem:
        raise UnknownVersion(f"读不出文件 {version.named}：{problem}。") from None
    return _Reading(taken.document, is_given=True)


def _slug_like(document: Document | None, version: Version, asked: tuple[str, ...]) -> str:
    """The name of the document in a version that a file is of: as asked, the only one, or that of
    the same number or title.
    """
    if len(asked) == 1 or version.slug:
        slug = version.slug or asked[0]
        if slug not in version.slugs:
            raise UnknownVersion(f"{version.named} 中没有公文“{slug}”。")
        return slug
    alike = [slug for slug in version.slugs if _is_same(document, _read(version, slug).document)]
    if len(alike) != 1:
        known = "、".join(version.slugs) or "没有公文"
        raise UnknownVersion(
            f"看不出这个文件是 {version.named} 中的哪一份公文，请用 --slug 写明。现有：{known}。"
        )
    return alike[0]


def _is_same(given: Document | None, known: Document | None) -> bool:
    if given is None or known is None:
        return False
    if given.number and known.number:
        return given.number == known.number
    return one_line(given.body.title) == one_line(known.body.title)


def _errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def _last_saved(version: Version, slug: str) -> datetime.datetime:
    """When the newest file of a document was saved."""
    files = [version.file] if version.file else [*(version.content / slug).glob("*")]
    saved = max((path.stat().st_mtime for path in files if path.is_file()), default=0.0)
    return datetime.datetime.fromtimestamp(int(saved), datetime.UTC)


# -- writing ----------------------------------------------------------------------------


def target(old: Version, new: Version, build: Path) -> Path:
    """The folder of a comparison of two versions."""
    return build / FOLDER / f"{old.folder_name}..{new.folder_name}"


def write(
    compared: Iterable[Comparison],
    target: Path,
    executor: Executor,
    remarked: Sequence[SourceFile] = (),
) -> dict[str, Path]:
    """Write what is made of each comparison into `target`; the folder of each, by its slug.

    A document alone has the folder for itself; several have one each in it. With a classified one
    among them it can be read by its owner alone. `executor` makes the PDF of the 对照表, which
    takes longer than all else. The 修订稿 has the comments in the files that were `remarked`.
    OSError, BrokenEnvironment: nothing is written.
    """
    there = [comparison for comparison in compared if comparison.changes is not None]
    folders = {
        comparison.slug: target if len(there) == 1 else target / comparison.slug
        for comparison in there
    }
    if not there:
        return {}
    output.require_no_link(target.parent)
    with output.locked(target.parent), templates.told_of_damage("模板"):
        output.require_ours(target, {"comparison": target.name}, _BEFORE_MANIFESTS)
        # All are begun first: another process sets one while this one goes on with the next.
        jobs = [(comparison.slug, _start(comparison, executor, remarked)) for comparison in there]
        made = {slug: files | table.result() for slug, (files, table) in jobs}
        files = {
            (folders[slug] / name).relative_to(target).as_posix(): data
            for slug, of_document in made.items()
            for name, data in of_document.items()
        }
        secret = any(comparison.is_classified for comparison in there)
        about = {"comparison": target.name, "documents": list(made)}
        output.write_folder(target, output.sealed(files, about), private=secret)
    return folders


_BEFORE_MANIFESTS = ("changes.json", "*/changes.json")
"""By which folders are known that were written when comparisons had no manifest."""


def as_json(compared: Iterable[Comparison]) -> str:
    """What `changes.json` says of a document; a JSON array of that for several.

    It says nothing of those that could not be read.
    """
    records = [text for comparison in compared if (text := _as_json(comparison))]
    return records[0] if len(records) == 1 else f"[\n{','.join(records)}]\n"


def _as_json(comparison: Comparison) -> str:
    if comparison.changes is not None:
        return record.as_json(comparison.changes, comparison.about)
    if comparison.only is None or comparison.unread:
        return ""
    return record.one_sided(
        comparison.slug, comparison.title, comparison.about, is_old=comparison.only is Side.OLD
    )


def _start(
    comparison: Comparison, executor: Executor, remarked: Sequence[SourceFile]
) -> tuple[dict[str, bytes], Future[dict[str, bytes]]]:
    """The files of a comparison, and those that are still being made."""
    assert comparison.changes is not None
    table = comparison_table.listed(comparison.changes, comparison.about)
    pdf = executor.submit(comparison_table.render_pdf, table)
    files = comparison_table.render_docx(table)
    for kind in CHANGE_FORMATS.values():
        files |= kind.render(comparison.changes, comparison.about)
    if remarked and REDLINE in files:
        from publisher.commenting.carrying import with_comments_of

        files[REDLINE] = with_comments_of(files[REDLINE], remarked)
    if comparison.printed and REDLINE in files:
        ours = signed(*redline.signature(comparison.changes, comparison.about))
        origin = Provenance(comparison.slug, comparison.printed, REDLINE, ours)
        files[REDLINE] = stamped(files[REDLINE], origin)
    return files, pdf
