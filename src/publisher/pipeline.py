"""The whole story: read, reconcile, check, resolve, render, write. Start reading here."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, TypeVar

from publisher import diagnostics, fonts, output, templates
from publisher.acceptance import accept, acceptance_of
from publisher.checks import check
from publisher.diagnostics import Finding, Severity
from publisher.files import Refusal, read_regular
from publisher.folders import documents_in
from publisher.inspect import (
    Area,
    Inspection,
    Verdict,
    area_of,
    inspect_docx,
    inspect_pdf,
    office_version,
    page_pictures,
    report,
)
from publisher.model import (
    Document,
    Edition,
    Kind,
    Place,
    Reconciliation,
    RuleAcceptance,
    one_line,
)
from publisher.reconcile import reconcile
from publisher.renderers import RENDERERS, reconciliation, web
from publisher.resolve import resolve
from publisher.standard import page_profile

FINDINGS = "findings.json"
INDEX = "index.html"
CONFORMANCE = "conformance.html"
_TOOLS = (
    "docxtpl",
    "fonttools",
    "jinja2",
    "lxml",
    "markdown",
    "pikepdf",
    "pillow",
    "pydantic",
    "pypdfium2",
    "python-docx",
    "rapidfuzz",
    "rjieba",
    "ruamel.yaml",
    "weasyprint",
    "xlsxwriter",
)
"""What a finished file depends on besides the content: libraries whose versions are recorded."""


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


Progress = Callable[[str, str], None]
"""Told a slug and what has just been made of it."""


def slugs(content: Path) -> tuple[str, ...]:
    """The names of all documents below `content`; OSError where it cannot be listed."""
    return documents_in(content)


class Reading(NamedTuple):
    """A document, how plan and tables of it are bound, and all that reading and checking found."""

    document: Document | None
    """None where there is none to read."""
    findings: tuple[Finding, ...]
    reconciliations: tuple[Reconciliation, ...] = ()


def read(content: Path, slug: str) -> Reading:
    """Read, reconcile and check a document."""
    # Here and not above: a build that is up to date is told without them.
    from publisher.readers import findings, read_bureau, read_document

    bureau, of_bureau = read_bureau(content)
    document, of_document = read_document(content / slug, bureau)
    if why := _unusable(slug):
        place = Place(f"{content.name}/{slug}/document.md")
        of_document.append(findings.unusable_name(place, slug, why))
    if document is None:
        return Reading(None, diagnostics.bounded([*of_bureau, *of_document]))
    reconciliations = reconcile(document)
    checked = check(document, reconciliations, fonts.coverage(fonts.folder()))
    # What could not be read is lost: nobody can accept that.
    lost = [one for one in of_document if one.severity is Severity.ERROR]
    doubtful = [one for one in of_document if one.severity is Severity.REVIEW]
    judged = accept(document, [*doubtful, *checked])
    said = diagnostics.bounded([*of_bureau, *lost, *judged])
    return Reading(document, said, reconciliations)


def _unusable(slug: str) -> str:
    """Why no document may have a name; empty where it may."""
    if output.is_reserved(slug):
        return "由程序自己使用"
    return "" if slug.isprintable() else "里有不能显示的字符"


def fragment(content: Path, slug: str) -> bytes | None:
    """A document as a CMS takes it; None where it has errors, and is not published."""
    document, findings, reconciliations = read(content, slug)
    if document is None or diagnostics.stops_publishing(findings):
        return None
    return web.render_fragment(resolve(document, reconciliations))


def check_all(content: Path, names: Iterable[str]) -> Iterator[Outcome]:
    """Read and check each document."""
    for slug in names:
        yield Outcome(slug, State.CHECKED, read(content, slug).findings)


def publish(
    content: Path, build: Path, names: Iterable[str], executor: Executor, progress: Progress
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
                output.require_ours(build / slug, {"slug": slug})
        output.require_our_file(build / INDEX, web.INDEX_SIGN)
        jobs = [_start(content, build / slug, executor) for slug in names]
        outcomes = [job.finish(progress) for job in jobs]
        _write_index(content, build)
    return outcomes


def _start(content: Path, target: Path, executor: Executor) -> _Job:
    slug = target.name
    inputs = _inputs(content, slug)
    manifest = output.read_manifest(target)
    if manifest and manifest.get("inputs") == inputs and _is_as_it_was_written(target, manifest):
        findings = diagnostics.from_json((target / FINDINGS).read_bytes())
        told = tuple(manifest.get("told", {}).items())
        secrecy = manifest.get("classification") or ""
        return _Done(Outcome(slug, State.UNCHANGED, findings, told, secrecy, _broken(manifest)))
    document, findings, reconciliations = read(content, slug)
    if document is None or diagnostics.stops_publishing(findings):
        # Files of the last time may be open to all, though it is classified by now.
        now = document.classification if document else None
        secrecy = now or (manifest or {}).get("classification") or ""
        return _Done(Outcome(slug, State.STOPPED, findings, classification=secrecy))
    edition = resolve(document, reconciliations)
    files = {name: executor.submit(render, edition) for name, render in RENDERERS.items()}
    area = area_of(page_profile(document.bureau.page))
    measured = {
        name: _then(executor, files[name], partial(inspect, area=area))
        for name, inspect in _INSPECTIONS.items()
        if name in files
    }
    pictures = _then(executor, files["PDF"], _pictures_of) if "PDF" in files else None
    return _Rendering(target, edition, findings, inputs, files, measured, pictures)


def _is_as_it_was_written(folder: Path, manifest: dict[str, Any]) -> bool:
    """Whether all files of a document are there, and its owner's alone if they are to be."""
    with suppress(OSError):  # else they are made anew
        is_private = not manifest.get("classification") or output.is_private(folder)
        return is_private and output.is_whole(folder, manifest)
    return False


_Files = dict[str, bytes]
_T = TypeVar("_T")


def _then(executor: Executor, first: Future[_Files], call: Callable[[_Files], _T]) -> Future[_T]:
    """What `call` makes of finished files, begun as soon as they are there."""
    later: Future[_T] = Future()

    def begin(done: Future[_Files]) -> None:
        try:
            executor.submit(call, done.result()).add_done_callback(end)
        except BaseException as error:  # whoever waits is told; nobody else would be
            later.set_exception(error)

    def end(done: Future[_T]) -> None:
        try:
            later.set_result(done.result())
        except BaseException as error:
            later.set_exception(error)

    first.add_done_callback(begin)
    return later


def _inspect_pdf(files: _Files, area: Area) -> Inspection:
    return inspect_pdf("document.pdf", files["document.pdf"], area)


def _inspect_docx(files: _Files, area: Area) -> Inspection:
    return inspect_docx("document.docx", files["document.docx"], area)


_INSPECTIONS = {"PDF": _inspect_pdf, "Word": _inspect_docx}
"""How finished files are measured, by the name of their renderer."""


def _pictures_of(files: _Files) -> tuple[bytes, ...]:
    return page_pictures(files["document.pdf"])


@dataclass(frozen=True, slots=True)
class _Done:
    """A document for which there is nothing to do."""

    outcome: Outcome

    def finish(self, progress: Progress) -> Outcome:
        progress(self.outcome.slug, self.outcome.state.value)
        return self.outcome


@dataclass(frozen=True, slots=True)
class _Rendering:
    """A document whose files are being made."""

    target: Path
    edition: Edition
    findings: tuple[Finding, ...]
    inputs: dict[str, Any]
    parts: dict[str, Future[_Files]]
    measured: dict[str, Future[Inspection]]
    pictures: Future[tuple[bytes, ...]] | None

    def finish(self, progress: Progress) -> Outcome:
        """Wait for the files, and put them in place of the last ones."""
        files: _Files = {}
        for name, part in self.parts.items():
            files |= part.result()
            progress(self.target.name, name)
        title = one_line(self.edition.body.title)
        secrecy = self.edition.document.classification
        if secrecy is None:  # what is secret has no page
            files |= web.render(self.edition, _downloads(files))
        files[FINDINGS] = diagnostics.as_json(self.findings).encode()
        bound = self.edition.reconciliations
        told = {"对账": "；".join(map(reconciliation.sentence, bound))} if bound else {}
        inspections = self._inspections()
        told |= {name: report.sentence(one) for name, one in inspections.items()}
        shown = list(inspections.values())
        if needless := _needless(shown, self.edition.document.accepted_rules):
            told["接受条款"] = needless
        if self.pictures:
            files[CONFORMANCE] = report.as_html(title, shown, self.pictures.result())
        about = {
            "slug": self.target.name,
            "title": title,
            "classification": secrecy,
            "told": told,
            "broken": {
                name: [measurement.rule.name for measurement in one.broken]
                for name, one in inspections.items()
                if one.broken
            },
            "content": output.digest(repr(sorted(self.inputs["content"].items())).encode()),
            "inputs": self.inputs | self._not_measured(),
        }
        # Once more: on a disk that ignores case another document may have taken the place.
        output.require_ours(self.target, {"slug": self.target.name})
        output.write_folder(self.target, output.sealed(files, about), private=secrecy is not None)
        progress(self.target.name, State.PUBLISHED.value)
        return Outcome(
            self.target.name,
            State.PUBLISHED,
            self.findings,
            tuple(told.items()),
            secrecy or "",
            _broken(about),
        )

    def _inspections(self) -> dict[str, Inspection]:
        """What was measured in each file, with the rules that the bureau breaks knowingly."""
        reasons = {one.rule: one.reason for one in self.edition.document.accepted_rules}
        return {name: one.result().accepting(reasons) for name, one in self.measured.items()}

    def _not_measured(self) -> dict[str, Any]:
        """What keeps a build from being taken as up to date: a measuring that failed by chance."""
        failed = [name for name, one in self.measured.items() if one.result().failed]
        return {"not measured": failed} if failed else {}


_Job = _Done | _Rendering


def _needless(inspections: Sequence[Inspection], accepted: Iterable[RuleAcceptance]) -> str:
    """What is said of rules that are accepted though each file keeps them; empty where none is.

    Of a rule that cannot be measured in one of the files nothing is known, and nothing said.
    """
    kept = {Verdict.HOLDS, Verdict.OWN, Verdict.NOT_APPLICABLE}
    verdicts = {
        one.rule: {inspection.verdict(one.rule) for inspection in inspections} for one in accepted
    }
    needless = [rule for rule, found in verdicts.items() if found and found <= kept]
    return f"{'、'.join(needless)} 现在都符合，请从 accepted.yaml 删去" if needless else ""


_FOR_THE_OFFICE = ("document.txt", reconciliation.FILE)
"""Files that the page does not offer to the public."""


def _downloads(files: _Files) -> _Files:
    return {name: data for name, data in files.items() if name not in _FOR_THE_OFFICE}


# -- what a build depends on ------------------------------------------------------------


def _inputs(content: Path, slug: str) -> dict[str, Any]:
    """All that the files of a document depend on, by name and hash or version."""
    return {
        "content": _hashes(content / slug, "**/*", content)
        | _hashes(content, "bureau.yaml", content),
        **_environment(),
    }


@cache
def _environment() -> dict[str, Any]:
    """The tools: alike for all documents of a run."""
    program = Path(__file__).parent
    return {
        "fonts": {face.face.name: f"{face.family} {sum_}" for face, sum_ in _font_sums().items()},
        "program": _hashes(program, "**/*.py") | _hashes(program, "**/*.toml"),
        "templates": _hashes(templates.folder(""), "*/*"),
        "tools": {
            "python": ".".join(map(str, sys.version_info[:3])),
            **{name: version(name) for name in _TOOLS},
            # Its finished pages are measured where it is installed.
            "libreoffice": office_version(),
        },
    }


@cache
def _font_sums() -> dict[fonts.ServedFace, str]:
    """The SHA-256 of the font that sets each face."""
    served = fonts.served_faces(fonts.folder())
    return {face: output.digest_of(face.file) for face in served}


def notes() -> tuple[str, ...]:
    """What is to be known of the surroundings in which documents were published, in Chinese."""
    return fonts.unknown_releases(_font_sums(), fonts.folder())


def forget_environment() -> None:
    """Look at templates, fonts and tools anew next time: for who goes on while they change."""
    _environment.cache_clear()
    _font_sums.cache_clear()


def _hashes(folder: Path, pattern: str, within: Path | None = None) -> dict[str, str]:
    """The hash of each file in a folder by its name there; none in one that is not `within`."""
    if within and not folder.resolve().is_relative_to(within.resolve()):
        return {}  # a link, which the reader will tell
    return {
        _as_text(path.relative_to(folder).as_posix()): _hash(path, within)
        for path in sorted(folder.glob(pattern))
        if not path.is_dir()
    }


def _as_text(name: str) -> str:
    """A name, which may be of bytes that are no characters, as JSON can hold it."""
    return os.fsencode(name).decode(errors="backslashreplace")


def _hash(path: Path, within: Path | None) -> str:
    """The file's hash; where it is not read, why not, as the reader that needs it will say."""
    data = read_regular(path, within)
    return output.digest(data) if isinstance(data, bytes) else data.name


# -- the overview -----------------------------------------------------------------------


def _write_index(content: Path, build: Path) -> None:
    """`build/index.html`: what stands in `build` of the documents that there are.

    It names documents and quotes their findings: with a classified one among them it is private.
    """
    entries = [entry for slug in slugs(content) if (entry := _entry(build / slug))]
    secret = any(entry.classification for entry in entries)
    output.write_file(build / INDEX, web.render_index(entries), private=secret)


def is_built(folder: Path) -> bool:
    """Whether a document's files stand whole in a folder, as far as can be known."""
    with suppress(OSError):
        return output.finished(folder) is not None
    return False


def _entry(folder: Path) -> web.IndexEntry | None:
    manifest = output.finished(folder)
    if manifest is None or not manifest.keys() >= {"title", "content"}:
        return None
    return web.IndexEntry(
        slug=folder.name,
        title=manifest["title"],
        version=manifest["content"],
        classification=manifest.get("classification") or "",
        files=tuple(
            (name, listed["bytes"])
            for name, listed in manifest["files"].items()
            if name not in manifest["files"].keys() & {f"web/{copy}" for copy in manifest["files"]}
        ),
        findings=diagnostics.from_json((folder / FINDINGS).read_bytes()),
        broken=_broken(manifest),
    )


def _broken(manifest: dict[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The rules that must hold and do not, in each file that breaks any."""
    return tuple((name, tuple(rules)) for name, rules in manifest.get("broken", {}).items())


# -- accepting --------------------------------------------------------------------------


def acceptances_of(content: Path, slug: str) -> Path:
    """The file with what the bureau accepts in a document; it need not be there."""
    from publisher.readers import accepted

    return content / slug / accepted.FILE


def accept_at(content: Path, place: Place, reason: str) -> tuple[Finding, ...]:
    """Write into `accepted.yaml` that all findings on a line are accepted, and why; which they are.

    Only the file and line of `place` count. Where nothing on the line can be accepted, none are
    there, and nothing is written. OSError: the file cannot be written. ValueError: it is not YAML,
    or not to be written into.
    """
    from publisher.readers import accepted

    slug = PurePosixPath(place.file).parent.name
    path = acceptances_of(content, slug)
    if PurePosixPath(place.file).name == path.name:  # what is accepted needlessly is to be removed
        return ()
    with output.alone(path.parent):
        document, findings, _ = read(content, slug)
        on_line = [
            one
            for one in diagnostics.unsettled(findings)
            if (one.place.file, one.place.line) == (place.file, place.line)
        ]
        if document is None or not on_line:
            return ()
        entries = [acceptance_of(document, one, reason) for one in on_line]
        with_them = replace(document, accepted=(*document.accepted, *entries))
        settled = [one for one in accept(with_them, on_line) if one.accepted]
        if not settled:
            return ()
        output.write_file(path, accepted.with_acceptances(_text_of(path), entries).encode())
        after = read(content, slug).findings
    return tuple(one for one in after if replace(one, accepted="") in on_line and one.accepted)


def _text_of(path: Path) -> str:
    """The text of an `accepted.yaml`; ValueError where it can only be replaced with a loss."""
    data = read_regular(path, within=path.parents[1])
    if isinstance(data, Refusal) and data is not Refusal.MISSING:
        raise ValueError(data.value)
    try:
        return data.decode() if isinstance(data, bytes) else ""
    except UnicodeDecodeError:
        raise ValueError("不是 UTF-8 编码") from None


# -- a new document ---------------------------------------------------------------------

_UPWARD = (Kind.REQUEST, Kind.REPORT)


def _is_missing(path: Path) -> bool:
    """Whether nothing has a name; OSError where that cannot be known, for it may be somebody's."""
    try:
        path.lstat()
    except FileNotFoundError:
        return True
    return False


def new(content: Path, slug: str, kind: Kind, today: date) -> tuple[Finding, ...]:
    """Write a first `document.md` of a kind, to be filled in; OSError where that cannot be done.

    Where there is no `bureau.yaml` yet, that too. What is wrong in the one there is: the name of
    the organ may then be missing.
    """
    from publisher.readers import bureau as of_bureau

    shared = content / of_bureau.FILE
    if _is_missing(shared):
        content.mkdir(parents=True, exist_ok=True)
        template = templates.environment("new").get_template("bureau.yaml.jinja")
        output.write_file(shared, template.render().encode())
    bureau, found = of_bureau.read_bureau(content)
    template = templates.environment("new").get_template("document.md.jinja")
    text = template.render(
        kind=kind.value,
        organ=bureau.organs[0].name if bureau.organs else "××××",
        today=today.isoformat(),
        upward=kind in _UPWARD,
        contact=kind is Kind.REQUEST,
    )
    target = content / slug / "document.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        output.write_file(target, text.encode())
    except BaseException:
        with suppress(OSError):  # not empty: somebody else's, or written after all
            target.parent.rmdir()
        raise
    return tuple(found)
