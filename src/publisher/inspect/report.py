"""Inspections → `conformance.html`, JSON, and what a terminal shows."""

from __future__ import annotations

import json
import re
import sys
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher import standard, templates
from publisher.inspect import Inspection, Measurement, Sheet, Verdict, pictures_of, thresholds
from publisher.inspect.area import LANDSCAPE, STANDARD
from publisher.inspect.measure import PREPRINTED
from publisher.rules import Strength, Unit
from publisher.standard import Length
from publisher.terminal import one_line

if TYPE_CHECKING:
    from rich.console import Console

# -- in a sentence ----------------------------------------------------------------------


SIGN = "<title>格式检测：".encode()
"""By which a report that this program wrote is known."""


def sentence(inspection: Inspection) -> str:
    """Whether the rules that must hold do; if not, which do not, and which of it is meant so."""
    if inspection.problem:
        said = f"不能测量：{inspection.problem}"
    else:
        said = "；".join([_judged(inspection), *_on_paper(inspection), *_meant(inspection)])
    return one_line(said)  # words of a damaged file may hold line ends


def _judged(inspection: Inspection) -> str:
    if inspection.broken:
        broken = "；".join(map(_deviation, inspection.broken))
        return f"必须遵守的条款有 {len(inspection.broken)} 条不符合：{broken}"
    held = [
        measurement for measurement in _must(inspection) if measurement.verdict is Verdict.HOLDS
    ]
    hidden = [
        measurement
        for measurement in _must(inspection)
        if measurement.verdict is Verdict.NOT_MEASURABLE
    ]
    rest_of_them = "其余" if inspection.excused else ""
    able = "能测量的" if inspection.form is None else ""
    rest = f"，另有 {len(hidden)} 条无法测量" if able else ""
    return f"{rest_of_them}{able}必须遵守的条款全部符合（{len(held)} 条{rest}）"


def _on_paper(inspection: Inspection) -> Iterator[str]:
    """That rules which must hold ask for what is on the paper already (套打)."""
    count = sum(1 for measurement in _must(inspection) if measurement.reason == PREPRINTED)
    if count:
        yield f"红头已预印在纸上，另有 {count} 条要看印好的纸"


def _meant(inspection: Inspection) -> Iterator[str]:
    """The rules that must hold and do not, as the bureau asks for or accepts."""
    for verdict in (Verdict.OWN, Verdict.ACCEPTED):
        excused = [
            _deviation(measurement)
            for measurement in inspection.excused
            if measurement.verdict is verdict
        ]
        if excused:
            yield f"{verdict.value}：{'；'.join(excused)}"


def _must(inspection: Inspection) -> Iterator[Measurement]:
    return (
        measurement
        for measurement in inspection.measurements
        if measurement.rule.strength is Strength.MUST
    )


def _deviation(measurement: Measurement) -> str:
    """A deviation in a few words: clause, element, what should be and what is."""
    rule = measurement.rule
    wanted = f"，应为 {rule.wanted}" if rule.wanted else ""
    page = f"（第 {measurement.place.page} 面）" if measurement.place else ""
    reason = f"，理由：{measurement.reason}" if measurement.reason else ""
    is_so = f"，实为 {measurement.measured}{page}{reason}"
    return f"{rule.clause} {rule.element}：{rule.requirement}{wanted}{is_so}"


# -- as JSON ----------------------------------------------------------------------------


def as_json(inspections: Iterable[Inspection]) -> str:
    """Inspections as a JSON array, one object a file, ended by a newline."""
    return json.dumps(list(map(_data, inspections)), ensure_ascii=False, indent=2) + "\n"


def _data(inspection: Inspection) -> dict[str, Any]:
    return {
        "file": inspection.name,
        "problem": inspection.problem,
        "form": inspection.form.value if inspection.form else "",
        "measured_by": inspection.how,
        "must_rules_hold": not inspection.problem and not inspection.broken,
        "measurements": [_measurement_data(measurement) for measurement in inspection.measurements],
        "faces": [
            {
                "face": use.face,
                "fonts": [
                    {"font": font.font, "count": font.count, "characters": font.characters}
                    for font in use.fonts
                ],
            }
            for use in inspection.faces
        ],
    }


def _measurement_data(measurement: Measurement) -> dict[str, Any]:
    rule = measurement.rule
    return {
        "rule": rule.name,
        "source": rule.source,
        "clause": rule.clause,
        "element": rule.element,
        "requirement": rule.requirement,
        "strength": rule.strength.value,
        "required": rule.value,
        "unit": rule.unit.value,
        "tolerance": rule.tolerance,
        "verdict": measurement.verdict.value,
        "measured": measurement.measured,
        "reason": measurement.reason,
        "page": measurement.place.page if measurement.place else None,
        "box": [_millimetres(edge) for edge in measurement.place.box]
        if measurement.place
        else None,
    }


_Millimetres = float
"""To a hundredth, as JSON and the pictures of pages have them."""


def _millimetres(length: Length) -> _Millimetres:
    return round(length.mm, 2) or 0


# -- on a terminal ----------------------------------------------------------------------

_COLORS = {
    Verdict.HOLDS: "green",
    Verdict.DEVIATES: "red",
    Verdict.OWN: "yellow",
    Verdict.ACCEPTED: "yellow",
    Verdict.NOT_APPLICABLE: "dim",
    Verdict.NOT_MEASURABLE: "yellow",
}


_UNMEASURED = (Verdict.NOT_MEASURABLE, Verdict.NOT_APPLICABLE)


def show(inspections: Iterable[Inspection]) -> None:
    """Each file on the terminal: the rules that were measured, the others, and the verdict."""
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    for inspection in inspections:
        _show(inspection, console)


def _show(inspection: Inspection, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    head = f"{inspection.name}：{inspection.how}" if inspection.how else inspection.name
    console.print(one_line(head), markup=False)
    if inspection.measurements:
        table = Table(
            "条款", "要素", "要求", "应为", "实测", "面", "结论", box=None, padding=(0, 1)
        )
        for measurement in inspection.measurements:
            if measurement.verdict not in _UNMEASURED:
                cells = (Text(one_line(words)) for words in _cells(measurement))
                table.add_row(*cells, style=_color(measurement))
        console.print(table)
        for line in _unmeasured(inspection):
            console.print(one_line(line), markup=False)
    colour = "red" if _fails(inspection) else "green"
    console.print(sentence(inspection), style=colour, markup=False)


def _fails(inspection: Inspection) -> bool:
    return bool(inspection.problem or inspection.broken)


def _color(measurement: Measurement) -> str:
    return (
        _COLORS[measurement.verdict]
        if measurement.verdict is Verdict.HOLDS or measurement.breaks
        else "yellow"
    )


def _cells(measurement: Measurement) -> tuple[str, ...]:
    rule = measurement.rule
    page = str(measurement.place.page) if measurement.place else ""
    verdict = f"{measurement.verdict.value}（{rule.strength.value}）"
    return (
        rule.clause,
        rule.element,
        rule.requirement,
        rule.wanted,
        measurement.measured,
        page,
        verdict,
    )


def _unmeasured(inspection: Inspection) -> Iterator[str]:
    """The rules that do not apply or cannot be measured, by the reason; and the fonts."""
    for verdict in _UNMEASURED:
        unmeasured = [
            measurement for measurement in inspection.measurements if measurement.verdict is verdict
        ]
        for reason, elements in _by_reason(unmeasured):
            yield f"{verdict.value}：{'、'.join(elements)}（{reason}）"
    for use in inspection.faces:
        yield f"{use.face}：" + "，".join(_served(font.font, font.characters) for font in use.fonts)


def _served(font: str, characters: str) -> str:
    return f"{font}（{characters}）" if characters else font


def _by_reason(measurements: list[Measurement]) -> list[tuple[str, list[str]]]:
    """Elements and clauses under the reason that they share."""
    reasons: dict[str, list[str]] = {}
    for measurement in measurements:
        words = f"{measurement.rule.clause} {measurement.rule.element}"
        listed = reasons.setdefault(measurement.reason, [])
        if words not in listed:
            listed.append(words)
    return list(reasons.items())


# -- as a page --------------------------------------------------------------------------

_Corners = tuple[_Millimetres, _Millimetres, _Millimetres, _Millimetres]


@dataclass(frozen=True, slots=True)
class Distance:
    """A measured distance, drawn over the picture of a page."""

    ends: _Corners
    label: str
    deviates: bool

    @property
    def upright(self) -> bool:
        """Whether it runs down the page."""
        return abs(self.ends[2] - self.ends[0]) < abs(self.ends[3] - self.ends[1])

    @property
    def middle(self) -> tuple[_Millimetres, _Millimetres]:
        """Where its figure stands."""
        return (self.ends[0] + self.ends[2]) / 2, (self.ends[1] + self.ends[3]) / 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture of a page with what is drawn over it."""

    number: int
    sheet: Sheet
    picture: str
    """As a data URI."""
    area: _Corners
    """The 版心: left, top, width, height."""
    lines: tuple[_Millimetres, ...]
    """How far down each of the 22 lines ends; none on a page turned sideways."""
    distances: tuple[Distance, ...]
    boxes: tuple[_Corners, ...]
    """Where something deviates: left, top, width, height."""
    told: tuple[str, ...]
    """What is drawn, in words."""


def as_page(file: Path, inspections: Sequence[Inspection]) -> bytes:
    """The report on files, with the pages of the first of them; OSError where it is gone."""
    title = "、".join(inspection.name for inspection in inspections)
    shown = inspections and not inspections[0].problem
    return as_html(title, inspections, pictures_of(file) if shown else ())


def as_html(title: str, inspections: Sequence[Inspection], pictures: Sequence[bytes]) -> bytes:
    """The report as one page without scripts; the pictures are those of the first file."""
    drawings = list(_drawings(inspections[0], pictures)) if inspections else []
    template = templates.environment("reports").get_template("conformance.html.jinja")
    page = template.render(
        title=title,
        inspections=inspections,
        drawings=drawings,
        sentence=sentence,
        told=_deviation,
        grouped=_grouped,
        by_reason=_by_reason,
        fails=_fails,
        Verdict=Verdict,
        standard=standard,
    )
    return re.sub(r"\n\s*\n", "\n", page.lstrip()).encode()


def _grouped(inspection: Inspection) -> list[tuple[str, list[Measurement]]]:
    """Measured rules under their element."""
    measured = [
        measurement
        for measurement in inspection.measurements
        if measurement.verdict not in _UNMEASURED
    ]
    return [
        (name, list(rows))
        for name, rows in groupby(measured, lambda measurement: measurement.rule.element)
    ]


def _drawings(inspection: Inspection, pictures: Sequence[bytes]) -> Iterator[Drawing]:
    for number, (sheet, picture) in enumerate(zip(inspection.sheets, pictures, strict=False), 1):
        measurements = [
            measurement
            for measurement in inspection.measurements
            if measurement.place and measurement.place.page == number and not sheet.turned
        ]
        yield Drawing(
            number,
            sheet,
            "data:image/png;base64," + b64encode(picture).decode(),
            _area(sheet),
            () if sheet.width > sheet.height else _line_ends(),
            tuple(_distances(measurements)),
            tuple(_boxes(measurements)),
            tuple(_words(measurements)),
        )


def _distances(measurements: list[Measurement]) -> Iterator[Distance]:
    for measurement in measurements:
        ends = measurement.place.distance if measurement.place else None
        if ends and max(abs(ends.width), abs(ends.height)) > thresholds.SHORTEST_DRAWN:
            label = measurement.measured if measurement.rule.unit is not Unit.NONE else ""
            yield Distance(_corners(*ends), label, measurement.verdict is Verdict.DEVIATES)


def _boxes(measurements: list[Measurement]) -> Iterator[_Corners]:
    for measurement in measurements:
        if measurement.verdict is Verdict.DEVIATES and measurement.place:
            box = measurement.place.box
            yield _corners(box.left, box.top, box.width, box.height)


def _corners(left: Length, top: Length, right: Length, bottom: Length) -> _Corners:
    return _millimetres(left), _millimetres(top), _millimetres(right), _millimetres(bottom)


def _words(measurements: list[Measurement]) -> Iterator[str]:
    for measurement in measurements:
        if measurement.verdict is Verdict.DEVIATES:
            yield "不符合：" + _deviation(measurement)
    for measurement in measurements:
        rule, place = measurement.rule, measurement.place
        if measurement.verdict is Verdict.HOLDS and place and place.distance:
            requirement = re.split("[：，；（]", rule.requirement)[0]
            yield f"{rule.clause} {rule.element}：{requirement} {measurement.measured}"


def _area(sheet: Sheet) -> _Corners:
    area = LANDSCAPE if sheet.width > sheet.height else STANDARD
    return _corners(area.left, area.top, area.width, area.bottom - area.top)


def _line_ends() -> tuple[_Millimetres, ...]:
    """The lower edge of each of the 22 lines of 3号, of which the first begins the 版心."""
    first = standard.HEAD_MARGIN + standard.Size.NO_3.length
    return tuple(
        _millimetres(first + standard.LINE_OF_TEXT * line)
        for line in range(standard.LINES_PER_PAGE)
    )
