"""What is to be filled in in a form → content controls of Word, and what they show till then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from publisher.model import SetTable
from publisher.renderers.docx import placeholders
from publisher.renderers.docx.elements import Maker
from publisher.renderers.docx.form_fields import FieldNames, Fill, FormPart, parts_of
from publisher.setting.composition import ComposedCell
from publisher.setting.wholes import width
from publisher.standard import FANG, Size
from publisher.styles import Style

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_TICKED = {"□": "☑", "☐": "☑", "○": "●"}
"""What stands in the place of a box that is ticked."""
_TICKED_FONT = "Segoe UI Symbol"
"""Windows has it from 7 on; faces of official documents have no ticked box."""
_ROOM = 4
"""Wide blanks of what is empty, where there is room: something to click on."""
_FORMATS = {Fill.DATE: "yyyy年M月d日", Fill.MONTH: "yyyy年M月"}


class FormControls:
    """Makes the controls of one form: each named by its labels, and printing what it shows."""

    def __init__(self, maker: Maker, table: SetTable) -> None:
        self._maker = maker
        self._names = FieldNames(table)

    def lines(self, cell: ComposedCell, lines: Sequence[str]) -> Iterator[list[Element]]:
        """The runs of each paragraph of a cell, and the controls among them."""
        if not lines:
            yield [self._element(FormPart("", Fill.TEXT), cell, is_alone=True)]
        parts = [[parts_of(line) for line in paragraph.split("\n")] for paragraph in lines]
        is_alone = sum(len(line) for paragraph in parts for line in paragraph) == 1
        for paragraph in parts:
            runs: list[Element] = []
            for line in paragraph:
                runs += [self._maker.run("\n")] if runs else []
                runs += [self._element(part, cell, is_alone=is_alone) for part in line]
            yield runs

    def _element(self, part: FormPart, cell: ComposedCell, *, is_alone: bool) -> Element:
        if part.fill is None:
            return self._maker.run(part.words)
        name = self._names.of(cell.cell, part, is_alone=is_alone)
        if part.fill is Fill.TICK:
            return self._control(name, _ticked(part.words), self._maker.run(part.words))
        is_blank = not part.words.strip("\u3000 ")
        shown = part.words or _blank(cell)
        if part.fill in _FORMATS:
            kind = self._dated(part.fill)
        else:
            kind = self._typed(cell) if is_blank else self._written()
        run = self._maker.run(shown, Style.PLACEHOLDER if is_blank else None)
        return self._control(name, kind, run, placeholders.name_of(self._maker.document, shown))

    def _control(self, name: str, kind: Element, shown: Element, placeholder: str = "") -> Element:
        """A control among words; what it shows goes where somebody fills it in."""
        maker = self._maker
        control: Any = maker.element("w:sdt")
        properties, content = maker.element("w:sdtPr"), maker.element("w:sdtContent")
        properties.append(maker.value("w:alias", name))
        properties.append(maker.value("w:tag", name))
        properties.append(maker.value("w:id", maker.next_control()))
        if placeholder:
            holder = maker.element("w:placeholder")
            holder.append(maker.value("w:docPart", placeholder))
            properties.append(holder)
            properties.append(maker.element("w:showingPlcHdr"))
        properties.append(kind)
        content.append(shown)
        control.extend((properties, content))
        made: Element = control
        return made

    def _typed(self, cell: ComposedCell) -> Element:
        """Plain words, in several lines where they have a cell for themselves."""
        lines = {} if cell.items else {"multiLine": "1"}
        made: Element = self._maker.element("w:text", **lines)
        return made

    def _written(self) -> Element:
        """Words on a line: LibreOffice draws what holds plain words in the face of those before it,
        in which a line would fall to pieces.
        """
        made: Element = self._maker.element("w:richText")
        return made

    def _dated(self, fill: Fill) -> Element:
        maker = self._maker
        kind: Any = maker.element("w:date")
        kind.append(maker.value("w:dateFormat", _FORMATS[fill]))
        kind.append(maker.value("w:lid", "zh-CN"))
        kind.append(maker.value("w:storeMappedDataAs", "dateTime"))
        kind.append(maker.value("w:calendar", "gregorian"))
        made: Element = kind
        return made


def _ticked(box: str) -> Element:
    from docx.oxml import parse_xml

    ticked, font = _TICKED[box], FANG.word_family
    states = (("checkedState", ticked, _TICKED_FONT), ("uncheckedState", box, font))
    inner = "".join(
        f'<w14:{state} w14:val="{ord(character):04X}" w14:font="{face}"/>'
        for state, character, face in states
    )
    made: Element = parse_xml(
        f'<w14:checkbox xmlns:w14="{_W14}"><w14:checked w14:val="0"/>{inner}</w14:checkbox>'
    )
    return made


def _blank(cell: ComposedCell) -> str:
    """What is shown of what is empty, such that no line of its cell gets longer.

    Blanks that are not wide take no room at the end of a line.
    """
    widest = max(map(width, cell.items), default=0)
    free = cell.room.pt / Size.SMALL_4.length.pt - widest
    return "\u3000" * min(_ROOM, int(free) - 1) or " "
