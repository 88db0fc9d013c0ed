"""The same text as different hands make it → the same headings, items and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from made_texts import lines, paragraph, printed

from conftest import ROOT
from publisher.intake import page
from publisher.intake.recognise.labels import label_of
from publisher.intake.recognise.text import read_text
from publisher.intake.source import Look, Run, SourceBlock, SourceFile, SourceParagraph

REAL = ROOT.parent / "shared" / "real"
MADE = """
    现将今年的工作安排如下。
    **一、总体要求**
    以提高服务质量为主线，抓好各项工作。
    **二、重点任务**
    **（一）完善设施。**年内建成社区食堂10个，改造居家环境200户。
    1.食堂的选址要靠近老年人口较多的社区；
    2.改造的对象由街道核实，逐户登记。
    **（二）加强队伍。**举办护理员培训4期。
    1.培训由社会事务科组织；
    （1）理论课不少于20学时；
    （2）实操课不少于40学时。
    2.考核由市养老服务指导中心组织。
    **三、保障措施**
    各单位要加强领导，按时报送进展。
    报送的方式另行通知。
"""

Habit = Callable[[SourceParagraph], SourceParagraph]


def _with(each: SourceParagraph, words: str) -> SourceParagraph:
    """The paragraph with another beginning, up to what follows its number."""
    runs = list(each.runs)
    label = label_of(each)
    if label is None or not runs or len(runs[0].words) < label.typed:
        return each
    runs[0] = replace(runs[0], words=words + runs[0].words[label.typed :])
    return replace(each, runs=tuple(runs))


def _number(each: SourceParagraph) -> str:
    label = label_of(each)
    return label.number.label if label else ""


def automatic(each: SourceParagraph) -> SourceParagraph:
    """Numbers that the program prints."""
    made = _with(each, "")
    return replace(made, label=_number(each)) if made is not each else each


def half_width(each: SourceParagraph) -> SourceParagraph:
    """Brackets of half width, with a blank behind."""
    label = _number(each)
    typed = label.replace("（", "(").replace("）", ") ")
    return _with(each, typed) if typed != label else each


def wide_point(each: SourceParagraph) -> SourceParagraph:
    """A wide point, or 、, behind figures."""
    label = _number(each)
    return _with(each, label.replace(".", "．")) if re.fullmatch(r"[0-9]+\.", label) else each


def a_run_a_character(each: SourceParagraph) -> SourceParagraph:
    runs = [replace(run, words=words) for run in each.runs for words in run.words]
    return replace(each, runs=tuple(runs))


def indented_with_blanks(each: SourceParagraph) -> SourceParagraph:
    return replace(each, runs=(Run("\u3000\u3000"), *each.runs, Run(" ")))


def in_faces(each: SourceParagraph) -> SourceParagraph:
    """黑体 and 楷体 instead of bold, and nothing else."""
    face = "黑体" if _number(each).endswith("、") else "楷体_GB2312"
    runs = (
        replace(run, is_bold=False, face=face if run.is_bold else "仿宋_GB2312")
        for run in each.runs
    )
    return replace(each, runs=tuple(runs))


def numbers_bold(each: SourceParagraph) -> SourceParagraph:
    """Numbers of items bold too."""
    label = label_of(each)
    if label is None or each.runs[0].is_bold:
        return each
    first, *rest = each.runs
    words = first.words
    number = replace(first, words=words[: label.typed], is_bold=True)
    return replace(each, runs=(number, replace(first, words=words[label.typed :]), *rest))


def in_styles(each: SourceParagraph) -> SourceParagraph:
    """Headings on lines of their own in the styles of Word, nothing bold in them."""
    if not all(run.is_bold for run in each.runs):
        return each
    runs = tuple(replace(run, is_bold=False) for run in each.runs)
    return replace(each, runs=runs, look=Look("heading 1", 1))


HABITS = [
    automatic,
    half_width,
    wide_point,
    a_run_a_character,
    indented_with_blanks,
    in_faces,
    numbers_bold,
]


def shown(blocks: tuple[SourceBlock, ...]) -> list[str]:
    """The text as the program prints it."""
    return printed(read_text(blocks, SourceFile("file.docx", "Word 文档", blocks, "")))


@pytest.mark.parametrize("habit", [*HABITS, in_styles], ids=lambda habit: habit.__name__)
def test_a_text_is_the_same_in_any_habit(habit: Habit) -> None:
    blocks = tuple(paragraph(words, at) for at, words in enumerate(lines(MADE), 1))
    expected = shown(blocks)
    assert [words.split()[0] for words in expected].count("标题1") == 3
    assert shown(tuple(map(habit, blocks))) == expected


def test_a_text_without_any_looks_has_the_same_headings() -> None:
    blocks = tuple(paragraph(words, at) for at, words in enumerate(lines(MADE), 1))
    bare = tuple(paragraph(words.replace("**", ""), at) for at, words in enumerate(lines(MADE), 1))
    assert shown(bare) == shown(blocks)


def numbered_part(name: str) -> tuple[SourceParagraph, ...]:
    """The paragraphs of a real document from the first number to the last."""
    source = page.read(f"{name}.html", (REAL / f"{name}.html").read_bytes())
    blocks = [each for each in source.blocks if isinstance(each, SourceParagraph)]
    numbered = [at for at, each in enumerate(blocks) if label_of(each)]
    return tuple(blocks[numbered[0] : numbered[-1] + 1])


@pytest.mark.skipif(not REAL.is_dir(), reason="the real documents are not here")
@pytest.mark.parametrize("habit", HABITS[:-1], ids=lambda habit: habit.__name__)
@pytest.mark.parametrize("name", ["guobanfa_2018_117_tongzhi_zeren_bumen", "guoling_707_tiaoli"])
@pytest.mark.thorough
def test_a_real_text_is_the_same_in_any_habit(name: str, habit: Habit) -> None:
    blocks = numbered_part(name)
    assert shown(tuple(map(habit, blocks))) == shown(blocks)
