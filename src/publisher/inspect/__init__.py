"""Finished files → verdicts on the rules of the standard; nothing is known of their making."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from publisher.inspect import docx
from publisher.inspect.docx import office_version
from publisher.inspect.elements import recognise
from publisher.inspect.measure import Measurement, Verdict, measure, measure_settings
from publisher.inspect.pdf import Unreadable, read_pages
from publisher.inspect.pictures import page_pictures
from publisher.inspect.served import FaceUse, faces_used
from publisher.model import Form

__all__ = [
    "Inspection",
    "Measurement",
    "Verdict",
    "inspect_docx",
    "inspect_pdf",
    "office_version",
    "page_pictures",
]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as a viewer shows it, in millimetres."""

    width: float
    height: float
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

    @property
    def broken(self) -> tuple[Measurement, ...]:
        """The rules that must hold and do not."""
        return tuple(one for one in self.measurements if one.breaks)

    @property
    def deviating(self) -> tuple[Measurement, ...]:
        """Rules that do not hold and need not."""
        return tuple(
            one for one in self.measurements if one.verdict is Verdict.DEVIATES and not one.breaks
        )

    def count(self, verdict: Verdict) -> int:
        """How many rules came to a verdict."""
        return sum(1 for one in self.measurements if one.verdict is verdict)


def inspect_pdf(name: str, data: bytes) -> Inspection:
    """A PDF measured; its `problem` says why where that is not possible."""
    return _measured(name, data, "PDF 中每个字和每条线的位置")


def inspect_docx(name: str, data: bytes) -> Inspection:
    """A DOCX measured as LibreOffice sets it; where that cannot be, by its settings."""
    try:
        parts = docx.parts_of(data)
        outside = docx.reaches_out(parts)
        made = None if outside else docx.as_pdf(data)
        if made is not None:
            how = "由 LibreOffice 排版后，每个字和每条线的位置"
            return _with_bold(_measured(name, made, how), parts)
        why = _OUTSIDE if outside else (_FAILED if docx.office() else _NO_OFFICE)
        found = measure_settings(docx.from_settings(parts), why)
    except Unreadable as error:
        return Inspection(name, "", None, (), problem=str(error))
    return Inspection(name, "只看 Word 文件中的设置：" + why, None, found)


def _with_bold(inspection: Inspection, parts: dict[str, bytes]) -> Inspection:
    """With what the file says of bold: the fonts that serve here have none to show it."""
    settings = measure_settings(docx.from_settings(parts), "")
    told = next(one for one in settings if one.rule.name == "no_bold")
    if told.verdict is not Verdict.DEVIATES:
        return inspection
    measurements = tuple(told if one.rule is told.rule else one for one in inspection.measurements)
    return replace(inspection, measurements=measurements)


_NO_OFFICE = "没有安装 LibreOffice，不能排版"
_FAILED = "LibreOffice 没有把它排出来"
_OUTSIDE = "文件引用了外部的文件，为安全起见不用 LibreOffice 打开"


def _measured(name: str, data: bytes, how: str) -> Inspection:
    try:
        pages = read_pages(data)
        seen = recognise(pages)
    except Unreadable as error:
        return Inspection(name, "", None, (), problem=str(error))
    sheets = tuple(
        Sheet(page.height, page.width, True)
        if page.turned % 2
        else Sheet(page.width, page.height, bool(page.turned))
        for page in pages
    )
    return Inspection(name, how, seen.form, measure(seen), faces_used(seen), sheets)


def inspect_file(path: Path) -> Inspection:
    """A `.pdf` or `.docx` measured; OSError where it cannot be read."""
    measure_it = inspect_pdf if path.suffix.lower() == ".pdf" else inspect_docx
    return measure_it(path.name, path.read_bytes())


def as_pdf(path: Path) -> bytes | None:
    """A file as PDF, set by LibreOffice where it is a DOCX; None where that cannot be had."""
    data = path.read_bytes()
    if path.suffix.lower() == ".pdf":
        return data
    try:
        return None if docx.reaches_out(docx.parts_of(data)) else docx.as_pdf(data)
    except Unreadable:
        return None
