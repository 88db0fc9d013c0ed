"""`by_hand/NAME.yaml` → the Word file that somebody types so, and the blocks that are right of it.

Each entry is a block with its role, as in `texts/`, and how it is typed: 打 (the words, where they
differ; 无 for none), 样 (how they look), 号 (the list of Word that numbers them: a level of
1 1.1 1.1.1, from 10 on a list 1. of its own). What has no role is no block. Nothing has a style.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from answers import Block, table
from docx import Document as new_file
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from ruamel.yaml import YAML
from word_habits import CENTRE, RIGHT, SPACES, box, fill, prepare

from publisher.intake.result import Role

TEXTS = Path(__file__).parent / "by_hand"
_HOW = ("打", "样", "号")
_FACES = {"小标宋": "方正小标宋简体", "宋体": "宋体", "黑体": "黑体", "楷体": "楷体_GB2312"}
_DECIMALS = 900
_OF_DECIMALS = 10


def names() -> list[str]:
    """Of all texts that are typed by hand."""
    return sorted(path.stem for path in TEXTS.glob("*.yaml"))


@cache
def _entries(name: str) -> tuple[Any, ...]:
    return tuple(YAML(typ="safe").load((TEXTS / f"{name}.yaml").read_text("utf-8")))


def right(name: str) -> tuple[Block, ...]:
    """The blocks that are right."""
    return tuple(_blocks(_entries(name)))


def _blocks(entries: tuple[Any, ...]) -> Iterator[Block]:
    for entry in entries:
        for key, value in entry.items() if isinstance(entry, Mapping) else ():
            role, _, level = key.partition(" ")
            if role == "接排":
                yield Block(Role.PARAGRAPH, value, runs_in=True)
            elif isinstance(value, list) and role != "无线表":
                yield table(Role(role), tuple(tuple(map(str, row)) for row in value))
            elif role not in (*_HOW, "无线表"):
                yield Block(Role(role), value.replace("|", ""), int(level or 0))


def word_file(name: str) -> bytes:
    """The file."""
    typist = _Typist()
    for entry in _entries(name):
        typist.type(entry)
    made = io.BytesIO()
    typist.file.save(made)
    return made.getvalue()


class _Typist:
    """Types entries one after another."""

    def __init__(self) -> None:
        self.file: WordFile = new_file()
        prepare(self.file)
        self._latest: Paragraph = self.file.add_paragraph()
        self._lists: set[int] = set()

    def type(self, entry: Any) -> None:
        """Type an entry."""
        match entry:
            case "空行":
                self.file.add_paragraph()
            case "换页":
                self.file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            case "横页" | "竖页":
                self._turn(is_wide=entry == "横页")
            case _:
                how = {key: str(entry.get(key, "")) for key in _HOW}
                role, value = next(
                    ((key, each) for key, each in entry.items() if key not in _HOW), ("", "")
                )
                if isinstance(value, list):
                    self._table(value, is_ruled=role != "无线表")
                elif how["打"] != "无":
                    self._say(role, how["打"] or value, how["样"].split(), how["号"])

    def _turn(self, *, is_wide: bool) -> None:
        section = self.file.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
        sides = (Cm(29.7), Cm(21)) if is_wide else (Cm(21), Cm(29.7))
        section.page_width, section.page_height = sides

    def _table(self, rows: list[list[str]], *, is_ruled: bool) -> None:
        made = self.file.add_table(len(rows), len(rows[0]))
        if is_ruled:
            made.style = self.file.styles["Table Grid"]
        fill(made, tuple(tuple(map(str, row)) for row in rows))

    # -- paragraphs ---------------------------------------------------------------------------

    def _say(self, role: str, words: str, look: list[str], number: str) -> None:
        if "文本框" in look:
            self._latest = self.file.add_paragraph()
            self._latest._p.append(parse_xml(box(words, "方正小标宋简体", 48)))
            return
        lead = "\u3000\u3000" if "空格" in look else ""
        if "换行" in look:
            self._latest.add_run().add_break()
        elif role != "接排":
            self._latest = self._paragraph(look, number)
        self._add(lead + words.partition("|")[2] if "|" in words else lead + words, look)

    def _paragraph(self, look: list[str], number: str) -> Paragraph:
        paragraph = self.file.add_paragraph()
        if "居中" in look:
            paragraph.alignment = CENTRE
        elif "居右" in look:
            paragraph.alignment = RIGHT
        if "缩进" in look:
            paragraph.paragraph_format.first_line_indent = Pt(32)
        if number:
            self._number(paragraph, int(number))
        return paragraph

    def _add(self, words: str, look: list[str]) -> None:
        _set_look(self._latest.add_run(words), look)  # ends of lines and tabs are elements of it

    # -- numbers ------------------------------------------------------------------------------

    def _number(self, paragraph: Paragraph, number: int) -> None:
        is_decimal = number < _OF_DECIMALS
        identifier, level = (_DECIMALS, number - 1) if is_decimal else (number, 0)
        if identifier not in self._lists:
            self._lists.add(identifier)
            depths = range(1, 5)
            shown = [".".join(f"%{n}" for n in range(1, depth + 1)) for depth in depths]
            self._add_list(identifier, shown if is_decimal else ["%1."])
        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {SPACES}><w:ilvl w:val="{level}"/><w:numId w:val="{identifier}"/>'
                "</w:numPr>"
            )
        )

    def _add_list(self, identifier: int, shown: list[str]) -> None:
        numbering = self.file.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
            f'<w:suff w:val="space"/><w:lvlText w:val="{each}"/></w:lvl>'
            for n, each in enumerate(shown)
        )
        numbering.insert(
            0,
            parse_xml(
                f'<w:abstractNum {SPACES} w:abstractNumId="{identifier}">'
                f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            ),
        )
        numbering.append(
            parse_xml(
                f'<w:num {SPACES} w:numId="{identifier}">'
                f'<w:abstractNumId w:val="{identifier}"/></w:num>'
            )
        )


def _set_look(run: Run, look: list[str]) -> None:
    face = next((_FACES[each] for each in look if each in _FACES), "仿宋_GB2312")
    size = next((int(each) for each in look if each.isdecimal()), 16)
    run.font.size, run.font.name = Pt(size), face
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    run.font.bold = "加粗" in look or None
    if "红" in look:
        run.font.color.rgb = RGBColor(255, 0, 0)
