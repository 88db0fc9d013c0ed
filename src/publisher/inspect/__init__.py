"""Finished files → verdicts on the rules of the standard; nothing is known of their making."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from publisher import office
from publisher.bounded import bounded
from publisher.files import Unreadable, contents
from publisher.inspect import ofd, pdf
from publisher.inspect.area import Area, area_of
from publisher.inspect.circumstances import FOREIGN, Circumstances
from publisher.inspect.measure import (
    Measurement,
    Verdict,
    accepting,
    measure,
    measure_settings,
)
from publisher.inspect.organs import ShownOrgan, shown_organ
from publisher.inspect.pages import Page
from publisher.inspect.pictures import page_pictures
from publisher.inspect.readings import Reading
from publisher.inspect.recognise import recognise
from publisher.inspect.served import FaceUse, faces_used
from publisher.inspect.settings import from_settings
from publisher.model import Form
from publisher.office import office_version
from publisher.outside import reaches_out, sealed
from publisher.rules import Strength
from publisher.standard import Length
from publisher.wordfile import parts_of

__all__ = [
    "INSPECT",
    "Area",
    "Circumstances",
    "Inspection",
    "Measurement",
    "ShownOrgan",
    "Verdict",
    "area_of",
    "inspect_docx",
    "inspect_file",
    "inspect_ofd",
    "inspect_pdf",
    "office_version",
    "page_pictures",
    "pictures_of",
    "set_together",
]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as a viewer shows it."""

    width: Length
    height: Length
    turned: bool
    """Whether it was turned for measuring: places are then not those of the picture."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was measured in one file."""

    name: str
    """Of the file."""
    how: str
    """By what it was measured, in Chinese."""
    form: Form | None
    """The printed form that was recognised; None where none was."""
    measurements: tuple[Measurement, ...]
    """One for every rule; none where the file cannot be measured."""
    faces: tuple[FaceUse, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    problem: str = ""
    """Why nothing could be measured, in Chinese; empty where something was."""
    failed: bool = False
    """Whether LibreOffice is there and did not set the file: the next time it may, and more will be
    measured. A build should not keep this as its verdict."""
    organ: ShownOrgan | None = None
    """What its pages show of the organ that issues it; None where no page was seen."""

    @property
    def broken(self) -> tuple[Measurement, ...]:
        """The rules that must hold and do not."""
        return tuple(measurement for measurement in self.measurements if measurement.breaks)

    @property
    def excused(self) -> tuple[Measurement, ...]:
        """The rules that must hold and do not, as the bureau's page asks for, or as it accepts."""
        return tuple(
            measurement
            for measurement in self.measurements
            if measurement.rule.strength is Strength.MUST
            and measurement.verdict in (Verdict.OWN, Verdict.ACCEPTED)
        )

    @property
    def deviating(self) -> tuple[Measurement, ...]:
        """Rules that do not hold and need not."""
        return tuple(
            measurement
            for measurement in self.measurements
            if measurement.verdict is Verdict.DEVIATES and not measurement.breaks
        )

    def verdict(self, rule: str) -> Verdict:
        """What became of a rule, by its name."""
        verdicts = (
            measurement.verdict
            for measurement in self.measurements
            if measurement.rule.name == rule
        )
        return next(verdicts, Verdict.NOT_MEASURABLE)

    def accepting(self, reasons: Mapping[str, str]) -> Inspection:
        """With the rules that the bureau breaks knowingly, by their names, each with its reason."""
        return replace(self, measurements=accepting(self.measurements, reasons))

    def count(self, verdict: Verdict) -> int:
        """How many rules came to a verdict."""
        return sum(1 for measurement in self.measurements if measurement.verdict is verdict)


def inspect_pdf(name: str, data: bytes, circumstances: Circumstances = FOREIGN) -> Inspection:
    """A PDF measured; its `problem` says why where that is not possible."""
    how = "PDF 中每个字和每条线的位置"
    return _measured(name, data, how, circumstances, pdf.read_pages)


def inspect_ofd(name: str, data: bytes, circumstances: Circumstances = FOREIGN) -> Inspection:
    """An OFD measured; its `problem` says why where that is not possible."""
    how = "OFD 中每个字和每条线的位置"
    return _measured(name, data, how, circumstances, ofd.read_pages)


def inspect_docx(name: str, data: bytes, circumstances: Circumstances = FOREIGN) -> Inspection:
    """A DOCX measured as LibreOffice sets it; where that cannot be, by its settings."""
    try:
        parts = parts_of(data)
        settings = from_settings(parts)
        why = office.why_not_set(parts)
        made = None if why else office.as_pdf(sealed(parts))
    except Unreadable as error:
        return _unmeasured(name, error)
    if made is not None:
        how = "由 LibreOffice 排版后，每个字和每条线的位置"
        measured = _measured(name, made, how, circumstances, pdf.read_pages)
        return _with_settings(measured, settings, circumstances)
    measurements = measure_settings(settings, why or _FAILED, circumstances)
    how = "只看 Word 文件中的设置：" + (why or _FAILED)
    return Inspection(name, how, None, measurements, failed=not why)


def set_together(files: Iterable[bytes]) -> AbstractContextManager[None]:
    """Inside, each of these DOCX is measured as LibreOffice set them all, after one start."""
    return office.together([data for file in files if (data := _sealed(file))])


def _sealed(file: bytes) -> bytes:
    """A DOCX as LibreOffice is given it; nothing where it is not."""
    try:
        parts = parts_of(file)
        return b"" if office.why_not_set(parts) else sealed(parts)
    except Unreadable:
        return b""


def _unmeasured(name: str, error: Unreadable) -> Inspection:
    return Inspection(name, "", None, (), problem=str(error))


_SAID_BY_FILE = frozenset({"no_bold", "table_head_again", "table_area"})
"""The fonts that serve here have none to show bold, and Word breaks pages elsewhere."""


_SAID_ALONE = frozenset({"picture_words"})
"""No page that LibreOffice sets shows it."""
_KNOWN = (Verdict.HOLDS, Verdict.DEVIATES)


def _with_settings(
    inspection: Inspection,
    settings: dict[str, list[Reading]],
    circumstances: Circumstances,
) -> Inspection:
    """With what the file itself breaks that LibreOffice may not show."""
    broken = {
        measurement.rule.name: measurement
        for measurement in measure_settings(settings, "", circumstances)
        if (measurement.rule.name in _SAID_BY_FILE and measurement.verdict is Verdict.DEVIATES)
        or (measurement.rule.name in _SAID_ALONE and measurement.verdict in _KNOWN)
    }
    measurements = tuple(
        broken.get(measurement.rule.name, measurement) for measurement in inspection.measurements
    )
    return replace(inspection, measurements=measurements)


_FAILED = "LibreOffice 没有把它排出来"


def _measured(
    name: str,
    data: bytes,
    how: str,
    circumstances: Circumstances,
    read: Callable[[bytes], tuple[Page, ...]],
) -> Inspection:
    try:
        pages = read(data)
        seen = recognise(pages, circumstances)
    except Unreadable as error:
        return _unmeasured(name, error)
    sheets = tuple(
        Sheet(page.height, page.width, True)
        if page.turned % 2
        else Sheet(page.width, page.height, bool(page.turned))
        for page in pages
    )
    return Inspection(
        name, how, seen.form, measure(seen), faces_used(seen), sheets, organ=shown_organ(seen)
    )


# -- files that others made -------------------------------------------------------------

_READING = 60
"""Seconds that reading a PDF may take; a notice of 30 pages takes one."""


def inspect_file(path: Path, circumstances: Circumstances = FOREIGN) -> Inspection:
    """A `.pdf`, `.ofd` or `.docx` measured within bounds; OSError where it may not be read."""
    inspect = INSPECT[path.suffix.lower()]
    name = _printable(path.name)
    try:
        return bounded(lambda: inspect(name, contents(path), circumstances), _seconds(path))
    except Unreadable as error:
        return _unmeasured(name, error)


INSPECT = {".pdf": inspect_pdf, ".ofd": inspect_ofd, ".docx": inspect_docx}
"""What measures a file, by its suffix."""


def _printable(name: str) -> str:
    """A file's name as it can be shown: it may hold commands for a terminal, or no characters."""
    return "".join(character if character.isprintable() else "�" for character in name)


def _seconds(path: Path) -> int:
    return _READING + (office.TIMEOUT if path.suffix.lower() == ".docx" else 0)


def pictures_of(path: Path) -> tuple[bytes, ...]:
    """A picture of each page of a `.pdf`, `.ofd` or `.docx`; none where they cannot be had within
    bounds.

    OSError where it may not be read.
    """
    try:
        return bounded(lambda: _pictures(path), _seconds(path))
    except Unreadable:
        return ()


def _pictures(path: Path) -> tuple[bytes, ...]:
    data = contents(path)
    if path.suffix.lower() == ".ofd":
        return ofd.page_pictures(data)
    if path.suffix.lower() != ".pdf":
        parts = parts_of(data)
        data = (None if reaches_out(parts) else office.as_pdf(sealed(parts))) or b""
    return page_pictures(data)
