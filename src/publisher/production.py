"""An edition → its finished files and what was measured in them, from an executor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import TypeVar

from publisher import office, workers
from publisher.inspect import (
    INSPECT,
    Circumstances,
    Inspection,
    Verdict,
    area_of,
    page_pictures,
    report,
)
from publisher.model import Archive, Edition, RedHead, RuleAcceptance, SetFile
from publisher.provenance import Provenance, for_the_public, is_package, stamped
from publisher.renderers import FORMATS, Format
from publisher.standard import page_profile

Files = dict[str, bytes]
"""Finished files by name."""
_First = TypeVar("_First")
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Production:
    """Files that are being made, and measured as soon as they are there; all by their format."""

    edition: Edition
    made: dict[str, Future[Files]]
    measured: dict[str, Future[Inspection]]
    pictures: Future[tuple[bytes, ...]] | None
    """Of the pages of the PDF; None where none is made."""

    def files(self, content: str, progress: Callable[[str], None]) -> tuple[Files, Files]:
        """All files, which say of which version of the content they are, and those that are offered
        to the public, which do not; `told` of each format made.
        """
        files: Files = {}
        public: Files = {}
        for name, made in self.made.items():
            of_format, comes_back = made.result(), FORMATS[name].comes_back
            files |= self._stamped(of_format, content) if comes_back else of_format
            if FORMATS[name].is_public:
                public |= _for_the_public(of_format) if comes_back else of_format
            progress(name)
        return files, public

    def set_by_office(self) -> list[bytes]:
        """Its Word files that are measured as LibreOffice sets them; those formats must be made."""
        return [
            made.result()[file]
            for name, made in self.made.items()
            if FORMATS[name].is_measured
            for _, file in _measured_files(self.edition, name, FORMATS[name].files)
            if file.endswith(".docx")
        ]

    def _stamped(self, files: Files, content: str) -> Files:
        slug = self.edition.document.slug
        return {
            name: stamped(data, Provenance(slug, content, name)) if is_package(name) else data
            for name, data in files.items()
        }

    @cached_property
    def inspections(self) -> dict[str, Inspection]:
        """What was measured in each file, with the rules that the bureau breaks knowingly."""
        accepted = self.edition.document.accepted_rules
        reasons = {acceptance.rule: acceptance.reason for acceptance in accepted}
        return {
            name: measured.result().accepting(reasons) for name, measured in self.measured.items()
        }

    def conformance(self, title: str) -> Files:
        """The report on what was measured, with a picture of each page."""
        if self.pictures is None:
            return {}
        shown = list(self.inspections.values())
        return {"conformance.html": report.as_html(title, shown, self.pictures.result())}

    def broken(self) -> dict[str, list[str]]:
        """The rules by their names that must hold and do not, in each file that breaks any."""
        return {
            name: [measurement.rule.name for measurement in inspection.broken]
            for name, inspection in self.inspections.items()
            if inspection.broken
        }

    def not_measured(self) -> dict[str, list[str]]:
        """What keeps a build from being taken as up to date: a measuring that failed by chance."""
        failed = [name for name, measured in self.measured.items() if measured.result().failed]
        return {"not measured": failed} if failed else {}

    def told(self) -> dict[str, str]:
        """What reconciling and measuring came to: what was looked at, and a sentence in Chinese."""
        bound = self.edition.reconciliations
        from publisher.renderers import reconciliation

        sentences = {"对账": "；".join(map(reconciliation.sentence, bound))} if bound else {}
        measured = self.inspections
        sentences |= {name: report.sentence(inspection) for name, inspection in measured.items()}
        if needless := _needless([*measured.values()], self.edition.document.accepted_rules):
            sentences["接受条款"] = needless
        return sentences


def _for_the_public(files: Files) -> Files:
    return {
        name: for_the_public(data) if is_package(name) else data for name, data in files.items()
    }


def begin(edition: Edition, executor: Executor) -> Production:
    """Have all files of an edition made and measured."""
    made: dict[str, Future[Files]] = {}
    for name, kind in sorted(FORMATS.items(), key=_takes_less):
        made[name] = (
            _then(executor, made[kind.of], partial(kind.render, edition))
            if kind.of
            else _made(edition, kind, executor)
        )
    made = {name: made[name] for name in FORMATS}
    circumstances = circumstances_of(edition)
    measured = {
        called: _then(executor, made[name], partial(_measured, name=file, known=circumstances))
        for name, kind in FORMATS.items()
        if kind.is_measured and _is_made(edition, name)
        for called, file in _measured_files(edition, name, kind.files)
    }
    pictures = _then(executor, made["PDF"], _pictures) if "PDF" in made else None
    return Production(edition, made, measured, pictures)


def _is_made(edition: Edition, name: str) -> bool:
    """Whether a format is asked for: archives may want the PDF alone."""
    return name != "OFD" or edition.document.archived_as is not Archive.PDF


def _takes_less(named: tuple[str, Format]) -> bool:
    """Whether files are made and measured sooner than what LibreOffice sets, where it is there."""
    is_set = any(file.endswith(".docx") for file in named[1].files[:1])
    return not (is_set and office.office())


def _made(edition: Edition, kind: Format, executor: Executor) -> Future[Files]:
    """The files of a format; in parts, where it can be parted and several processes are free."""
    free = workers.free(executor)
    parts = kind.parted.parts(edition, free) if kind.parted and free > 1 else ()
    if kind.parted is None or not parts:
        return executor.submit(kind.render, edition)
    made = [executor.submit(kind.parted.set_part, part) for part in parts]
    return _then(executor, _together(made), partial(kind.parted.join, edition, parts))


def circumstances_of(edition: Edition) -> Circumstances:
    """What an edition says of its files that stands on none of their pages."""
    document = edition.document
    return Circumstances(
        area_of(page_profile(document.bureau.page)),
        document.form,
        document.red_head is RedHead.PREPRINTED,
        sum(attachment.is_separate for attachment in edition.attachments),
    )


def _measured_files(
    edition: Edition, name: str, files: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """The files of a format that are measured, behind what they are called: what is bound first.

    An attachment that is not bound is known by the 发文字号 on its first line.
    """
    yield name, files[0]
    for attachment in edition.attachments if edition.document.number else ():
        if attachment.is_separate and not isinstance(attachment.content, SetFile):
            yield f"{attachment.label}的 {name}", files[1].replace("*", str(attachment.ordinal))


def _measured(files: Files, name: str, known: Circumstances) -> Inspection:
    return INSPECT[PurePosixPath(name).suffix](name, files[name], known)


def _pictures(files: Files) -> tuple[bytes, ...]:
    return page_pictures(files["document.pdf"])


def _together(made: Sequence[Future[_Result]]) -> Future[list[_Result]]:
    """All results in their order, as soon as they are there."""
    together: Future[list[_Result]] = Future()

    def look(done: Future[_Result]) -> None:
        if all(future.done() for future in made):
            with suppress(InvalidStateError):  # two have ended at once
                _settle(together, lambda: [future.result() for future in made])

    for future in made:
        future.add_done_callback(look)
    return together


def _settle(future: Future[_Result], call: Callable[[], _Result]) -> None:
    """Whoever waits is told what was raised, too; nobody else would be."""
    try:
        result = call()
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)


def _then(
    executor: Executor, first: Future[_First], call: Callable[[_First], _Result]
) -> Future[_Result]:
    """What `call` makes of a result, begun as soon as it is there."""
    later: Future[_Result] = Future()

    def begin(done: Future[_First]) -> None:
        try:
            executor.submit(call, done.result()).add_done_callback(end)
        except BaseException as error:
            later.set_exception(error)

    def end(done: Future[_Result]) -> None:
        _settle(later, done.result)

    first.add_done_callback(begin)
    return later


def _needless(inspections: Sequence[Inspection], accepted: Iterable[RuleAcceptance]) -> str:
    """What is said of rules that are accepted though each file keeps them; empty where none is.

    Of a rule that cannot be measured in one of the files nothing is known, and nothing said.
    """
    kept = {Verdict.HOLDS, Verdict.OWN, Verdict.NOT_APPLICABLE}
    rules = dict.fromkeys(acceptance.rule for acceptance in accepted) if inspections else ()
    needless = [
        rule
        for rule in rules
        if all(inspection.verdict(rule) in kept for inspection in inspections)
    ]
    return f"{'、'.join(needless)} 现在都符合，请从 accepted.yaml 删去" if needless else ""
