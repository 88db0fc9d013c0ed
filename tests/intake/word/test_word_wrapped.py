"""Lines that were pasted a paragraph each are joined where they were ended for they were full."""

from __future__ import annotations

import pytest
from made_word import lines, made, paragraph, read, run, table
from made_word import row as row_of

WORDS = (
    "为深入贯彻落实国务院关于安全生产工作的决策部署，进一步加强全市学校安全管理，保障师生生命安全，"
    "经市人民政府同意，现就有关事项通知如下。",
    "各区县、各部门要充分认识学校安全工作的重要性，切实增强责任感和紧迫感，把学校安全工作摆在更加突出的"
    "位置，坚决防范各类事故发生。",
    "二、各级教育行政部门要会同公安、卫生健康、市场监管等部门，建立健全联合检查机制，每学期开学前对辖区内"
    "学校开展一次全面排查，逐项整改销号。",
)
INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
CENTRED, RIGHT = (f'<w:jc w:val="{side}"/>' for side in ("center", "right"))
BEFORE = paragraph("关于做好全市各级各类学校安全工作有关事项的紧急通知", settings=CENTRED)
BEHIND = paragraph("青岚市人民政府", settings=RIGHT)
TITLE, ORGAN = "关于做好全市各级各类学校安全工作有关事项的紧急通知", "青岚市人民政府"


FULL = 26


def broken(words: str, indent: int = 0) -> list[str]:
    """Words as lines of a page, the first of them indented."""
    first = FULL - indent
    return [words[:first], *(words[at : at + FULL] for at in range(first, len(words), FULL))]


def pasted(blanks: str = "", settings: str = "", first: str = "") -> str:
    """The lines of all paragraphs, a paragraph each.

    `blanks` stand before first lines, and those are set by `first`, if it is given.
    """
    made_ = []
    for words in WORDS:
        begin, *rest = broken(words, 2 if blanks or first else 0)
        made_.append(paragraph(blanks + begin, settings=first or settings))
        made_ += [paragraph(each, settings=settings) for each in rest]
    return "".join(made_)


@pytest.mark.parametrize(
    "body",
    [pasted("\u3000\u3000"), pasted(), pasted(settings=INDENT), pasted(first=INDENT)],
    ids=["blanks", "nothing", "all indented", "first indented"],
)
def test_lines_of_a_page_become_paragraphs(body: str) -> None:
    source = read(made(BEFORE + body + BEHIND))
    shown = [each.strip() for each in lines(made(BEFORE + body + BEHIND))]
    assert shown == [TITLE, *WORDS, ORGAN]
    assert "接成一段，请核对" in source.sentences[-1]


def test_paragraphs_as_they_should_be_stay() -> None:
    body = "".join(paragraph(words, settings=INDENT) for words in WORDS)
    source = read(made(BEFORE + body + BEHIND))
    assert len(source.blocks) == len(WORDS) + 2
    assert source.sentences == ()


def test_what_looks_different_or_stands_in_a_table_goes_on_with_nothing() -> None:
    other = paragraph(run(broken(WORDS[0])[0], '<w:sz w:val="44"/>'))
    cells = table(row_of(*broken(WORDS[1])))
    shown = lines(made(pasted() + other + cells + pasted()))
    assert shown == [*WORDS, broken(WORDS[0])[0], *broken(WORDS[1]), *WORDS]


def test_words_of_latin_letters_keep_their_blank() -> None:
    full = "the quick brown fox jumps over the lazy dog"
    body = "".join(paragraph(each) for each in (full, full, full, full, "end."))
    assert lines(made(body)) == [f"{full} {full} {full} {full} end."]
