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
from publisher.rules import Strength, Unit
from publisher.standard import Length

if TYPE_CHECKING:
    from rich.console import Console

# -- in a sentence ----------------------------------------------------------------------


SIGN = "<title>格式检测：".encode()
"""By which a report that this program wrote is known."""


def sentence(inspection: Inspection) -> str:
    """Whether the rules that must hold do; if not, which do not, and which of it is meant so."""
    if inspection.problem:
        return f"不能测量：{inspection.problem}"
    return "；".join([_judged(inspection), *_meant(inspection)])


def _judged(inspection: Inspection) -> str:
    if inspection.broken:
        broken = "；".join(map(_told, inspection.broken))
        return f"必须遵守的条款有 {len(inspection.broken)} 条不符合：{broken}"
    held = [one for one in _must(inspection) if one.verdict is Verdict.HOLDS]
    hidden = [one for one in _must(inspection) if one.verdict is Verdict.NOT_MEASURABLE]
    others = "其余" if inspection.excused else ""
    able = "能测量的" if inspection.form is None else ""
    rest = f"，另有 {len(hidden)} 条无法测量" if able else ""
    return f"{others}{able}必须遵守的条款全部符合（{len(held)} 条{rest}）"


def _meant(inspection: Inspection) -> Iterator[str]:
    """The rules that must hold and do not, as the bureau asks for or accepts."""
    for verdict in (Verdict.OWN, Verdict.ACCEPTED):
        found = [_told(one) for one in inspection.excused if one.verdict is verdict]
        if found:
            yield f"{verdict.value}：{'；'.join(found)}"


def _must(inspection: Inspection) -> Iterator[Measurement]:
    return (one for one in inspection.measurements if one.rule.strength is Strength.MUST)


def _told(one: Measurement) -> str:
    """A deviation in a few words: clause, element, what should be and what is."""
    rule = one.rule
    wanted = f"，应为 {rule.wanted}" if rule.wanted else ""
    page = f"（第 {one.place.page} 面）" if one.place else ""
    reason = f"，理由：{one.reason}" if one.reason else ""
    said = f"{rule.clause} {rule.element}：{rule.requirement}{wanted}，实为 {one.measured}{page}"
    return said + reason


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
        "measurements": [_measurement_data(one) for one in inspection.measurements],
        "faces": [
            {
                "face": use.face,
                "fonts": [
                    {"font": one.font, "count": one.count, "characters": one.characters}
                    for one in use.fonts
                ],
            }
            for use in inspection.faces
        ],
    }


def _measurement_data(one: Measurement) -> dict[str, Any]:
    rule = one.rule
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
        "verdict": one.verdict.value,
        "measured": one.measured,
        "reason": one.reason,
        "page": one.place.page if one.place else None,
        "box": [_millimetres(edge) for edge in one.place.box] if one.place else None,
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
    console.print(head, markup=False)
    if inspection.measurements:
        table = Table(
            "条款", "要素", "要求", "应为", "实测", "面", "结论", box=None, padding=(0, 1)
        )
        for one in inspection.measurements:
            if one.verdict not in _UNMEASURED:
                table.add_row(*map(Text, _cells(one)), style=_color(one))
        console.print(table)
        for line in _others(inspection):
            console.print(line, markup=False)
    console.print(
        sentence(inspection), style="red" if _fails(inspection) else "green", markup=False
    )


def _fails(inspection: Inspection) -> bool:
    return bool(inspection.problem or inspection.broken)


def _color(one: Measurement) -> str:
    return _COLORS[one.verdict] if one.verdict is Verdict.HOLDS or one.breaks else "yellow"


def _cells(one: Measurement) -> tuple[str, ...]:
    rule = one.rule
    page = str(one.place.page) if one.place else ""
    verdict = f"{one.verdict.value}（{rule.strength.value}）"
    return rule.clause, rule.element, rule.requirement, rule.wanted, one.measured, page, verdict


def _others(inspection: Inspection) -> Iterator[str]:
    """The rules that do not apply or cannot be measured, by the reason; and the fonts."""
    for verdict in _UNMEASURED:
        told = [one for one in inspection.measurements if one.verdict is verdict]
        for reason, found in _by_reason(told):
            yield f"{verdict.value}：{'、'.join(found)}（{reason}）"
    for use in inspection.faces:
        yield f"{use.face}：" + "，".join(_served(one.font, one.characters) for one in use.fonts)


def _served(font: str, characters: str) -> str:
    return f"{font}（{characters}）" if characters else font


def _by_reason(found: list[Measurement]) -> list[tuple[str, list[str]]]:
    """Elements and clauses under the reason that they share."""
    reasons: dict[str, list[str]] = {}
    for one in found:
        words = f"{one.rule.clause} {one.rule.element}"
        listed = reasons.setdefault(one.reason, [])
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
    title = "、".join(one.name for one in inspections)
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
        told=_told,
        grouped=_grouped,
        by_reason=_by_reason,
        fails=_fails,
        Verdict=Verdict,
        standard=standard,
    )
    return re.sub(r"\n\s*\n", "\n", page.lstrip()).encode()


def _grouped(inspection: Inspection) -> list[tuple[str, list[Measurement]]]:
    """Measured rules under their element."""
    measured = [one for one in inspection.measurements if one.verdict not in _UNMEASURED]
    return [(name, list(rows)) for name, rows in groupby(measured, lambda one: one.rule.element)]


def _drawings(inspection: Inspection, pictures: Sequence[bytes]) -> Iterator[Drawing]:
    for number, (sheet, picture) in enumerate(zip(inspection.sheets, pictures, strict=False), 1):
        found = [
            one
            for one in inspection.measurements
            if one.place and one.place.page == number and not sheet.turned
        ]
        yield Drawing(
            number,
            sheet,
            "data:image/png;base64," + b64encode(picture).decode(),
            _area(sheet),
            () if sheet.width > sheet.height else _line_ends(),
            tuple(_distances(found)),
            tuple(_boxes(found)),
            tuple(_words(found)),
        )


def _distances(found: list[Measurement]) -> Iterator[Distance]:
    for one in found:
        ends = one.place.distance if one.place else None
        if ends and max(abs(ends.width), abs(ends.height)) > thresholds.SHORTEST_DRAWN:
            label = one.measured if one.rule.unit is not Unit.NONE else ""
            yield Distance(_corners(*ends), label, one.verdict is Verdict.DEVIATES)


def _boxes(found: list[Measurement]) -> Iterator[_Corners]:
    for one in found:
        if one.verdict is Verdict.DEVIATES and one.place:
            box = one.place.box
            yield _corners(box.left, box.top, box.width, box.height)


def _corners(left: Length, top: Length, right: Length, bottom: Length) -> _Corners:
    return _millimetres(left), _millimetres(top), _millimetres(right), _millimetres(bottom)


def _words(found: list[Measurement]) -> Iterator[str]:
    for one in found:
        if one.verdict is Verdict.DEVIATES:
            yield "不符合：" + _told(one)
    for one in found:
        if one.verdict is Verdict.HOLDS and one.place and one.place.distance:
            requirement = re.split("[：，；（]", one.rule.requirement)[0]
            yield f"{one.rule.clause} {one.rule.element}：{requirement} {one.measured}"


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
