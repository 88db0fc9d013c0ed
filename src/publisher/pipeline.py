"""Content and a build folder → published documents. The whole story: start reading here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from publisher import builds, diagnostics, output, templates, workers
from publisher.diagnostics import Finding, Severity, UndrawnPicture
from publisher.folders import documents_in
from publisher.model import Document, Edition, Place, Reconciliation, one_line

# What reads, checks, sets and makes files is loaded where it is used: a build that is up to date is
# told without it.
if TYPE_CHECKING:
    from publisher.production import Production


SLOWEST = "publisher.renderers.pdf"
"""The module that does most of the work."""


class State(Enum):
    """What became of a document."""

    CHECKED = "已检查"
    PUBLISHED = "已生成"
    UNCHANGED = "没有变化"
    STOPPED = "未生成"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document, and what was found in it."""

    slug: str
    state: State
    findings: tuple[Finding, ...]
    told: tuple[tuple[str, str], ...] = ()
    """What reconciling and measuring came to: what was looked at, and a sentence in Chinese."""
    classification: str = ""
    """Its 密级; empty where it has none."""
    broken: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The rules by their names that must hold and do not, neither as its page asks nor accepted: in
    each file that breaks any."""


class CheckedDocument(NamedTuple):
    """A document, how plan and tables of it are bound, and all that reading and checking found."""

    document: Document | None
    """None where there is none to read."""
    findings: tuple[Finding, ...]
    reconciliations: tuple[Reconciliation, ...] = ()


Progress = Callable[[str, str], None]
"""Told a slug and what has just been made of it."""
Checked = Callable[[str, tuple[Finding, ...]], None]
"""Told a slug and what was found in it, before anything is made of it."""
Resolved = Callable[[Edition], None]
"""Given what files are about to be made of."""


def publish(
    content: Path,
    build: Path,
    names: Iterable[str],
    executor: Executor,
    progress: Progress,
    checked: Checked = lambda slug, findings: None,
    resolved: Resolved = lambda edition: None,
) -> list[Outcome]:
    """Publish each document into `build`, the work shared out to `executor`.

    A document with errors, or one that cannot be written, leaves what was built of it last. One
    whose sources, templates, fonts and tools are those of the last time is left alone; its findings
    are those of the last time too. OSError, BrokenEnvironment: something beside the content fails,
    or somebody's own files stand where those of a document are to go; nothing is begun then.
    """
    names = tuple(names)

    def wait() -> None:
        progress(build.name, "另一次运行正在写入，等它结束")

    with output.locked(build, wait), templates.told_of_damage("模板"):
        for slug in names:
            if not output.is_reserved(slug):  # which is a finding
                builds.require_ours(build / slug)
        builds.require_our_overview(build)
        jobs = [_begin(content, build / slug, executor, checked, resolved) for slug in names]
        outcomes = [job.finish(progress) for job in jobs]
        builds.write_overview(build, documents_in(content))
    return outcomes


def _begin(
    content: Path, target: Path, executor: Executor, checked: Checked, resolved: Resolved
) -> _Job:
    """Read, reconcile, check and resolve a document that is not up to date; begin to render it."""
    slug = target.name
    inputs = builds.inputs(content, slug)  # before it is read: what changes now is made next time
    last = builds.manifest_of(target)
    if builds.is_up_to_date(target, last, inputs):
        findings = builds.findings_of(target)
        checked(slug, findings)
        return _Done(_outcome(slug, State.UNCHANGED, findings, last))
    workers.expect(executor)
    secrecy = last.classification or ""
    making = begin(
        content, slug, inputs, executor, checked=checked, resolved=resolved, last_secrecy=secrecy
    )
    return _Done(making) if isinstance(making, Outcome) else _Writing(target, making)


@dataclass(frozen=True, slots=True)
class _Done:
    """A document for which there is nothing to do."""

    outcome: Outcome

    def finish(self, progress: Progress) -> Outcome:
        progress(self.outcome.slug, self.outcome.state.value)
        return self.outcome


@dataclass(frozen=True, slots=True)
class _Writing:
    """A document whose files are being made, and take the place of the last ones."""

    target: Path
    making: Making

    def finish(self, progress: Progress) -> Outcome:
        """Render, measure, and write."""
        built = self.making.finish(progress)
        if isinstance(built, Outcome):
            return built
        builds.write(self.target, built.files, built.manifest)
        progress(self.target.name, State.PUBLISHED.value)
        return built.outcome


_Job = _Done | _Writing


# -- making one document, wherever it is written ----------------------------------------


class Built(NamedTuple):
    """The finished files of a document, and what is said of them."""

    outcome: Outcome
    files: dict[str, bytes]
    manifest: builds.Manifest


def begin(
    content: Path,
    slug: str,
    inputs: builds.Inputs,
    executor: Executor,
    *,
    checked: Checked = lambda slug, findings: None,
    resolved: Resolved = lambda edition: None,
    last_secrecy: str = "",
) -> Making | Outcome:
    """Read, reconcile, check and resolve a document, and begin to render it; what became of it
    where it has errors.

    `inputs` were looked at before; `last_secrecy` is the 密级 of what was built of it last.
    """
    document, findings, reconciliations = read(content, slug)
    checked(slug, findings)
    if document is None or diagnostics.stops_publishing(findings):
        # Files of the last time may be open to all, though it is classified by now.
        secrecy = (document and document.classification) or last_secrecy
        return Outcome(slug, State.STOPPED, findings, classification=secrecy)
    from publisher import production
    from publisher.setting.editions import edition_of

    edition = edition_of(document, reconciliations)
    resolved(edition)
    return Making(edition, findings, inputs, production.begin(edition, executor))


@dataclass(frozen=True, slots=True)
class Making:
    """A document whose files are being made."""

    edition: Edition
    findings: tuple[Finding, ...]
    inputs: builds.Inputs
    production: Production

    def finish(self, progress: Progress) -> Built | Outcome:
        """Its files rendered and measured; what became of it where one cannot be made."""
        from publisher.archive.record import record_of
        from publisher.renderers import web
        from publisher.renderers.downloads import downloads, for_readers

        document = self.edition.document
        slug = document.slug
        try:
            printed = builds.printed_version(self.inputs["content"])
            files, public = self.production.files(printed, lambda made: progress(slug, made))
        except UndrawnPicture as problem:  # the others go on
            fault = _undrawn(document, problem)
            secrecy = document.classification or ""
            findings = diagnostics.in_order([*self.findings, fault])
            return Outcome(slug, State.STOPPED, tuple(findings), classification=secrecy)
        notices = self.production.told()
        if document.classification is None:  # what is secret has no page
            files |= web.render(self.edition, public)
            notices |= web.told(files)
        title = one_line(document.body.title)
        files |= self.production.conformance(title)
        files[builds.FINDINGS] = diagnostics.as_json(self.findings).encode()
        manifest = builds.Manifest(
            slug=slug,
            title=title,
            classification=document.classification,
            told=notices,
            broken=self.production.broken(),
            public=record_of(document, for_readers(downloads(self.edition, public))),
            content=builds.version_of(self.inputs),
            inputs=self.inputs | self.production.not_measured(),
        )
        return Built(_outcome(slug, State.PUBLISHED, self.findings, manifest), files, manifest)


def _undrawn(document: Document, problem: UndrawnPicture) -> Finding:
    from publisher.readers.findings import undrawn_picture

    return undrawn_picture(document.place, str(problem))


def _outcome(
    slug: str, state: State, findings: tuple[Finding, ...], manifest: builds.Manifest
) -> Outcome:
    sentences, secrecy = tuple(manifest.told.items()), manifest.classification or ""
    return Outcome(slug, state, findings, sentences, secrecy, builds.broken(manifest))


# -- reading and checking ---------------------------------------------------------------


def slugs(content: Path) -> tuple[str, ...]:
    """The names of all documents below `content`; in none is anything half written any more.

    OSError where it cannot be listed, BrokenEnvironment where what was begun cannot be ended.
    """
    names = documents_in(content)
    for name in names:
        output.end_writing(content / name)
    return names


def check_all(content: Path, names: Iterable[str]) -> Iterator[Outcome]:
    """Read and check each document."""
    for slug in names:
        yield Outcome(slug, State.CHECKED, read(content, slug).findings)


def fragment(content: Path, slug: str) -> bytes | None:
    """A document as a CMS takes it; None where it has errors, and is not published."""
    from publisher.renderers import web
    from publisher.setting.editions import edition_of

    document, findings, reconciliations = read(content, slug)
    if document is None or diagnostics.stops_publishing(findings):
        return None
    return web.render_fragment(edition_of(document, reconciliations))


def pictures(content: Path, slug: str) -> dict[str, tuple[bytes, ...]]:
    """By the names in its fragment, the files that show each picture of a document; none of one
    that has errors.
    """
    from publisher.renderers import given
    from publisher.setting.editions import edition_of

    document, _, reconciliations = read(content, slug)
    return {} if document is None else given.shown(edition_of(document, reconciliations))


def read(content: Path, slug: str) -> CheckedDocument:
    """Read, reconcile and check a document."""
    from publisher.readers import findings, read_bureau, read_document

    bureau, of_bureau = read_bureau(content)
    document, of_document = read_document(content / slug, bureau)
    if why := _unusable(slug):
        place = Place(f"{content.name}/{slug}/document.md")
        of_document.append(findings.unusable_name(place, slug, why))
    if document is None:
        return CheckedDocument(None, diagnostics.bounded([*of_bureau, *of_document]))
    return _judged(document, of_bureau, of_document)


def _judged(
    document: Document,
    of_bureau: list[Finding],
    of_document: list[Finding],
    wording: Callable[[Iterable[Finding]], Iterable[Finding]] = tuple,
) -> CheckedDocument:
    """A document that was read, with what reading found, reconciled and checked.

    `wording` puts what the checks say into the terms of what was read.
    """
    from publisher import fonts
    from publisher.acceptance import accept
    from publisher.checks import check
    from publisher.reconcile import reconcile

    reconciliations = reconcile(document)
    checked = check(document, reconciliations, fonts.coverage(fonts.folder()))
    # What could not be read is lost: nobody can accept that.
    lost = [finding for finding in of_document if finding.severity is Severity.ERROR]
    doubtful = [finding for finding in of_document if finding.severity is Severity.REVIEW]
    judged = accept(document, [*doubtful, *wording(checked)])
    said = diagnostics.bounded([*of_bureau, *lost, *judged])
    return CheckedDocument(document, said, reconciliations)


def check_file(path: Path, content: Path) -> tuple[Outcome, Callable[[Place], str]]:
    """A file of others, checked as content is, and what says in words where a finding stands.

    Nothing is written. The bureau is that of `content`, where there is one. Unreadable where it is
    none that can be read.
    """
    from publisher.intake import take_in
    from publisher.intake.findings import doubts, unseen
    from publisher.intake.opening import read_file
    from publisher.intake.retold import retold
    from publisher.readers import bureau_if_any

    bureau, of_bureau = bureau_if_any(content)
    taken = take_in([read_file(path)], bureau, path.stem)
    (source,) = taken.sources
    told_before = [*doubts(taken), *unseen(source)]
    judged = _judged(taken.document, of_bureau, told_before, retold)
    return (
        Outcome(path.name, State.CHECKED, judged.findings),
        lambda place: (
            f"{path.name} {source.where(place.line)}".strip() if place.file == source.name else ""
        ),
    )


def write_comments(content: Path, slug: str, target: Path) -> Outcome:
    """Check a document, and write its Word file with a comment at each finding.

    Where it cannot be read nothing is written, and the outcome is STOPPED. OSError,
    BrokenEnvironment: it cannot be written, or what stands at `target` is not ours.
    """
    from publisher import commenting
    from publisher.provenance import Provenance, stamped
    from publisher.setting.editions import edition_of

    saved = "不是 publisher 写成批注的，或者写成以后有人保存过，里面可能有答复"
    output.require_our(target, commenting.is_ours, saved)
    printed = builds.printed_version(builds.content_of(content, slug))  # before it is read
    document, findings, reconciliations = read(content, slug)
    secrecy = (document and document.classification) or ""
    if document is None:
        return Outcome(slug, State.STOPPED, findings)
    try:
        with templates.told_of_damage("模板"):
            made = commenting.with_findings(edition_of(document, reconciliations), findings)
    except UndrawnPicture as problem:
        findings = diagnostics.in_order([*findings, _undrawn(document, problem)])
        return Outcome(slug, State.STOPPED, findings, classification=secrecy)
    data = stamped(made, Provenance(slug, printed, "document.docx"))
    output.write_file(target, data, private=True if secrecy else None)
    return Outcome(slug, State.CHECKED, findings, classification=secrecy)


def _unusable(slug: str) -> str:
    """Why no document may have a name; empty where it may."""
    if output.is_reserved(slug):
        return "由程序自己使用"
    return "" if slug.isprintable() else "里有不能显示的字符"
