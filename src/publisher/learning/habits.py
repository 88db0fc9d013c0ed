"""A finished file → what it does otherwise than the standard, as far as it shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from publisher.bounded import bounded
from publisher.files import Unreadable, contents
from publisher.inspect import Inspection, Measurement, ShownOrgan, Verdict, inspect_file
from publisher.learning.word_settings import WordSettings, word_settings
from publisher.model import NumberForm, NumberPlace
from publisher.standard import FANG, PAPER_HEIGHT, PAPER_WIDTH, POINTS_PER_MM, Size

Value = float | str | bool | NumberForm | NumberPlace
_SECONDS = 60
_FORMS = {
    NumberForm.DASHED: re.compile("[—―─－-][0-9]+[—―─－-]"),
    NumberForm.SPELLED: re.compile("第[0-9]+页"),
    NumberForm.BARE: re.compile("[0-9]+"),
}
CLAUSES = {
    "top": "5.2.1",
    "bottom": "5.2.1",
    "left": "5.2.1",
    "right": "5.2.1",
    "line": "5.2.3",
    "number_form": "7.5",
    "number_place": "7.5",
    "fang": "5.2.2",
    "has_grid": "5.2.3",
}
"""The clause of the standard that each part of a page is about, by its name in `PageChoice`."""
_LEARNT = frozenset(
    {
        *("head_margin", "binding_margin", "type_area_width", "type_area_height"),
        *("lines_per_page", "characters_per_line", "line_pitch", "page_number_form"),
        *("page_number_side", "page_number_indent", "page_number_gap", "mark_top"),
        *("red_line_width", "imprint_line_width", "imprint_bottom", "landscape_number"),
    }
)
"""Rules whose breach follows from the page that is learnt."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """What a file does otherwise that no key of `bureau.yaml` says."""

    clause: str
    element: str
    requirement: str
    measured: str


@dataclass(frozen=True, slots=True)
class Habits:
    """What one file shows."""

    name: str
    values: dict[str, Value] = field(default_factory=dict)
    """By the names of `PageChoice`; what is not known is not there."""
    reckoned: frozenset[str] = frozenset()
    """Those that no file of its kind shows, and that follow from the rest."""
    deviations: tuple[Deviation, ...] = ()
    problem: str = ""
    """Why nothing could be learnt from it."""
    organ: ShownOrgan | None = None
    """What its pages show of the organ that issues it."""


def habits_of(path: Path) -> Habits:
    """What a `.docx`, `.pdf` or `.ofd` shows; OSError where it may not be read."""
    inspection = inspect_file(path)
    measured = {each.rule.name: each for each in inspection.measurements}
    settings = None
    if path.suffix.lower() == ".docx":
        try:
            settings = bounded(partial(word_settings, contents(path)), _SECONDS)
        except Unreadable as problem:
            return Habits(path.name, problem=str(problem))
    if settings is None and inspection.problem:
        return Habits(path.name, problem=inspection.problem)
    values, reckoned = _shown(measured)
    if settings is not None:
        values |= _set(settings)
        reckoned = frozenset()
    else:
        values |= _fonts(inspection)
    deviations = tuple(
        Deviation(
            each.rule.clause,
            each.rule.element,
            each.rule.requirement,
            each.measured,
        )
        for each in inspection.measurements
        if each.verdict is Verdict.DEVIATES and each.rule.name not in _LEARNT
    )
    return Habits(path.name, values, reckoned, deviations, organ=inspection.organ)


def _set(settings: WordSettings) -> dict[str, Value]:
    """What a DOCX sets itself."""
    said: dict[str, Value] = {**settings.margins}
    if settings.line is not None:
        said["line"] = settings.line
    if settings.fang is not None:
        said["fang"] = settings.fang
    if settings.has_grid is not None:
        said["has_grid"] = settings.has_grid
    return said


_NAMES = {"fangsong": "仿宋", "fangsonggb2312": FANG.word_family, "仿宋gb2312": FANG.word_family}
"""Of fonts in a PDF, as Word names them."""


def _fonts(inspection: Inspection) -> dict[str, Value]:
    """The font of 仿宋 that a PDF embeds, where Word has a name for it."""
    fonts = next((use.fonts for use in inspection.faces if use.face == FANG.name), ())
    if not fonts:
        return {}
    name = re.sub(r"[\s_-]", "", fonts[0].font).lower()
    known = _NAMES.get(name.partition("+")[2] or name)
    return {"fang": known} if known else {}


_SPARE = 1.0
"""Millimetres below the last line of a page, so that as many lines have room on it."""


def _shown(measured: dict[str, Measurement]) -> tuple[dict[str, Value], frozenset[str]]:
    """What pages show: margins are reckoned back from where lines stand."""
    values: dict[str, Value] = {}

    def number(name: str) -> float | None:
        return measured[name].value if name in measured else None

    pitch, head = number("line_pitch"), number("head_margin")
    left, width = number("binding_margin"), number("type_area_width")
    lines = number("lines_per_page")
    if pitch is not None:
        values["line"] = round(pitch, 2)
    if head is not None and pitch is not None:
        leading = (pitch - Size.NO_3.value) / 2 / POINTS_PER_MM
        values["top"] = round(head - leading, 1)
    if left is not None:
        values["left"] = round(left, 1)
    if left is not None and width is not None:
        values["right"] = round(PAPER_WIDTH.mm - left - width, 1)
    top = values.get("top")
    if lines and pitch is not None and isinstance(top, float):
        text = lines * pitch / POINTS_PER_MM + _SPARE
        values["bottom"] = round(PAPER_HEIGHT.mm - top - text, 1)
    values |= _numbers(measured)
    return values, frozenset({"bottom"} & values.keys())


def _numbers(measured: dict[str, Measurement]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    form, side = (measured.get(name) for name in ("page_number_form", "page_number_side"))
    if form is not None:
        words = re.sub(r"\s", "", form.measured)
        for known, like in _FORMS.items():
            if like.fullmatch(words):
                values["number_form"] = known
    if side is not None and side.measured:
        is_centred = side.measured.endswith(NumberPlace.CENTRE.value)
        if is_centred or side.verdict is Verdict.HOLDS:
            values["number_place"] = NumberPlace.CENTRE if is_centred else NumberPlace.OUTER
    return values
