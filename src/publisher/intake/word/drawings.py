"""A drawing in a paragraph → its pictures, text boxes and lines, and all other words in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.intake.source import SourceRemark
from publisher.intake.word.choices import children
from publisher.intake.word.log import Log
from publisher.intake.word.names import TWIPS_PER_MM, WP, A, O, R, V, W, local, number, twips
from publisher.styles import Style

if TYPE_CHECKING:
    from lxml.etree import _Element

    from publisher.intake.word.package import Package, Relation

EMU_PER_MM = 36_000
_STYLE = re.compile(r"(?:^|;)\s*([\w-]+)\s*:\s*([^;]+)")
_LINES = ("line", "straightConnector1")
_FLATTEST = 0.05
"""How high something may be, against its width, to be a line."""
FRAME = f"{W}txbxContent"
UNREADABLE = "不能读的对象"
_SHAPE = "图形中的文字"


MARK = Style.MARK.word_name
"""What a drawing of ours is called that is the mark."""


@dataclass(slots=True)
class PictureFile:
    """A picture as a drawing refers to it."""

    part: str
    alternative: str = ""
    width: float | None = None
    """In millimetres."""
    turned: int = 0
    """Clockwise, in degrees."""
    crop: tuple[float, float, float, float] = (0, 0, 0, 0)
    """What is cut off at the left, above, at the right and below, of 1."""
    called: str = ""
    """The name of its drawing."""

    @property
    def is_mark(self) -> bool:
        """Whether it is a 发文机关标志 of ours, which its alternative text says."""
        return self.called == MARK and bool(self.alternative)


@dataclass(slots=True)
class DrawingContents:
    """What a drawing holds."""

    frames: list[_Element] = field(default_factory=list)
    """Whose words are text of their own."""
    pictures: list[PictureFile] = field(default_factory=list)
    rule: float = 0
    """How wide a line it is, in millimetres; 0 for none."""
    is_below: bool = False
    """Whether it stands below the paragraph that it belongs to."""
    log: Log = field(default_factory=Log)


class Drawings:
    """The drawings of a part."""

    def __init__(self, package: Package, part: str, taken: set[str]) -> None:
        self._package, self._taken = package, taken
        self._relations = package.relations(part)

    def read(self, element: _Element) -> DrawingContents:
        """What `w:drawing`, `w:pict` or `w:object` holds."""
        drawn = DrawingContents(is_below=_is_below(element))
        self._read(element, drawn, _Seen())
        return drawn

    def _read(self, element: _Element, drawn: DrawingContents, seen: _Seen) -> None:
        for child in children(element):
            name = local(child)
            if child.tag == FRAME:
                drawn.frames.append(child)
                continue
            self._take(name, child, drawn, seen.of(child))
            self._read(child, drawn, seen.of(child))

    def _take(self, name: str, child: _Element, drawn: DrawingContents, seen: _Seen) -> None:
        match name:
            case "blip":
                self._blip(child, drawn, seen)
            case "imagedata":
                self._add_picture(str(child.get(f"{R}id") or ""), drawn, seen)
            case "t" if child.tag == f"{A}t":
                drawn.log.leave_out(str(child.text or ""), _SHAPE)
            case "textpath":
                drawn.log.leave_out(str(child.get("string") or ""), "水印或艺术字")
            case "chart":
                self._words_of(child, f"{R}id", "图表", drawn)
            case "relIds":
                self._words_of(child, f"{R}dm", "SmartArt 图形", drawn)
            case "OLEObject":
                kind = str(child.get("ProgID") or "")
                drawn.log.remark(SourceRemark("嵌入的文件", kind))
            case "control":
                drawn.log.remark(SourceRemark(UNREADABLE, f"控件 {child.get(f'{W}name') or ''}"))
            case "prstGeom" if child.get("prst") in _LINES:
                drawn.rule = max(drawn.rule, seen.width or 0)
            case "line" | "rect" if child.tag.startswith(V):
                drawn.rule = max(drawn.rule, _vml_rule(child))

    def _blip(self, blip: _Element, drawn: DrawingContents, seen: _Seen) -> None:
        drawing, crop = next(blip.iter("{*}svgBlip"), None), _crop(blip)
        identifiers = [str(blip.get(f"{R}embed") or blip.get(f"{R}link") or "")]
        if drawing is not None and not (any(crop) or seen.turned):  # dots can be cut and turned
            identifiers.insert(0, str(drawing.get(f"{R}embed") or ""))
        known = [each for each in identifiers if each in self._relations]
        self._add_picture((known or identifiers)[0], drawn, seen, crop)

    def _add_picture(
        self,
        identifier: str,
        drawn: DrawingContents,
        seen: _Seen,
        crop: tuple[float, float, float, float] = (0, 0, 0, 0),
    ) -> None:
        relation = self._relations.get(identifier)
        if relation is None or relation.is_outside or relation.target not in self._package.parts:
            where = relation.target if relation else ""
            drawn.log.remark(
                SourceRemark(UNREADABLE, f"图片不在文件里：{where}" if where else "图片")
            )
            return
        drawn.pictures.append(
            PictureFile(
                relation.target, seen.alternative, seen.width, seen.turned, crop, seen.called
            )
        )

    def _words_of(self, child: _Element, attribute: str, kind: str, drawn: DrawingContents) -> None:
        drawn.log.remark(SourceRemark(UNREADABLE, kind))
        identifier = str(child.get(attribute) or "")
        words = words_of_object(self._package, self._relations.get(identifier), self._taken)
        drawn.log.leave_out("\n".join(words), kind)


def words_of_object(package: Package, relation: Relation | None, taken: set[str]) -> list[str]:
    """The words of a chart or of SmartArt, which are a part of their own.

    None where they were told before, as the names of parts in `taken` say.
    """
    if relation is None or relation.target in taken:
        return []
    taken.add(relation.target)
    root = package.root(relation.target)
    texts = () if root is None else root.iter(f"{A}t", "{*}v", "{*}pt")
    return [words for each in texts if (words := str(each.text or "").strip())]


@dataclass(slots=True)
class _Seen:
    """What is known of the place in a drawing: how large, how turned, what it is called."""

    width: float | None = None
    turned: int = 0
    alternative: str = ""
    called: str = ""

    def of(self, element: _Element) -> _Seen:
        """The same inside of an element, which may say more."""
        width, turned, alternative = self.width, self.turned, self.alternative
        called = self.called
        properties = element.find("{*}docPr")
        if properties is not None:
            alternative = str(properties.get("descr") or "")
            called = str(properties.get("name") or "")
        extent = element if element.tag == f"{WP}inline" else None
        extent = element if element.tag == f"{WP}anchor" else extent
        if extent is not None and (size := extent.find(f"{WP}extent")) is not None:
            width = number(str(size.get("cx"))) / EMU_PER_MM or None
        form = element.find("{*}spPr/{*}xfrm")
        if form is not None:
            turned = (turned + round(number(str(form.get("rot") or 0)) / 60_000)) % 360
        if element.tag.startswith(V) and (style := _vml_style(element)):
            width = _vml_length(style.get("width")) or width
            turned = number(style.get("rotation", "").strip()) % 360 or turned
            alternative = str(element.get("alt") or "") or alternative
        return _Seen(width, turned, alternative, called)


def _crop(blip: _Element) -> tuple[float, float, float, float]:
    fill = blip.getparent()
    source = None if fill is None else fill.find(f"{A}srcRect")
    if source is None:
        return (0, 0, 0, 0)
    sides = (number(str(source.get(side) or 0)) / 100_000 for side in "ltrb")
    left, top, right, bottom = (max(0.0, min(side, 1.0)) for side in sides)  # below 0: a margin
    return (left, top, right, bottom)


def _is_below(element: _Element) -> bool:
    """Whether a drawing that floats says that it stands below the first line of its paragraph."""
    vertical = element.find(f"{WP}anchor/{WP}positionV")
    if vertical is None or vertical.get("relativeFrom") not in ("paragraph", "line"):
        return False
    offset = vertical.find(f"{WP}posOffset")
    return offset is not None and number(str(offset.text)) > 0


def _vml_style(element: _Element) -> dict[str, str]:
    return {name: text.strip() for name, text in _STYLE.findall(str(element.get("style") or ""))}


def _vml_length(text: str | None) -> float | None:
    """In millimetres; None where no length with a unit is said."""
    return twips(text) / TWIPS_PER_MM if text and text[-1:].isalpha() else None


def _vml_rule(element: _Element) -> float:
    """How wide a line of VML is; 0 where it is none, or stands upright."""
    if local(element) == "rect":
        return _RULE_OF_PAGE if element.get(f"{O}hr") in ("t", "true") else 0
    start, end = (str(element.get(each) or "0,0").split(",") for each in ("from", "to"))
    try:
        across, down = (abs(twips(end[place]) - twips(start[place])) for place in (0, 1))
    except IndexError:
        return 0
    return across / TWIPS_PER_MM if down <= across * _FLATTEST else 0


_RULE_OF_PAGE = 1000
"""How wide a line is that is as wide as its page."""
