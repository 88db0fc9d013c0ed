"""Characters that nobody sees come in with no file, and are told once."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook
from test_opening import word_file

from publisher.intake.findings import unseen
from publisher.intake.opening import opened
from publisher.intake.source import SourceFile, paragraphs_in

pytestmark = pytest.mark.usefixtures("read_here")

INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
WORDS = ("渡口镇人民政府：", "渡船班次调整如下。", "早班提前到六点。")


def holding(kind: str, *paragraphs: str) -> SourceFile:
    match kind:
        case "docx":
            data = word_file(*paragraphs)
        case "html":
            page = "".join(f"<p>{words}</p>" for words in paragraphs)
            data = f"<meta charset=utf-8><article>{page}</article>".encode()
        case "xlsx":
            book, out = Workbook(), io.BytesIO()
            for words in paragraphs:
                book.active.append([words])
            book.save(out)
            data = out.getvalue()
        case "csv":
            data = "".join(f"{words},\n" for words in paragraphs).encode()
        case _:
            data = "\n\n".join(paragraphs).encode()
    return opened(f"通知.{kind}", data)


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["docx", "html", "txt", "xlsx", "csv"])
def test_a_file_is_read_as_without_them(kind: str) -> None:
    plain = holding(kind, *WORDS)
    source = holding(kind, WORDS[0], f"渡船{INVISIBLE}班次调整如下。\u200b", f"\u200b{WORDS[2]}")
    assert (source.blocks, source.raw) == (plain.blocks, plain.raw)
    assert plain.sentences == ()
    (sentence,) = source.sentences
    assert "8 个看不见的字符（U+00AD、U+200B、U+200E、U+200F、U+2060、U+FEFF）" in sentence


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "txt"])
def test_a_check_of_the_file_tells_each_with_its_place_as_far_as_that_is_known(kind: str) -> None:
    found = [*unseen(holding(kind, WORDS[0], "渡船\u200b班次。\u200b", "\u2060"))]
    assert {finding.name for finding in found} == {"invisible_character"}
    places = {finding.message[-6:]: finding.place.line for finding in found}
    assert places["U+200B"] == (2 if kind in ("docx", "xlsx") else 0)
    assert "U+2060" in places


def test_control_characters_of_a_text_are_told_as_what_they_are() -> None:
    source = holding("txt", "渡口镇\x07人民政府：", "第一页。\f第二页。", "早班\x85提前。\x1a")
    typed = [each.words for each in paragraphs_in(source.blocks)]
    assert typed == ["渡口镇人民政府：", "第一页。", "第二页。", "早班\x85提前。"]
    assert [sentence.partition("，")[0] for sentence in source.sentences] == [
        "去掉了 2 个看不见的字符（U+0007、U+001A）"
    ]
    told = [(finding.name, finding.message[-6:]) for finding in unseen(source)]
    assert sorted(told) == [("control_character", f"U+{code}") for code in ("0007", "001A", "0085")]


def test_only_what_is_lost_is_told_as_lost() -> None:
    source = opened("通知.txt", "".join(WORDS).encode() + b"\xff")
    assert source.sentences == ("文件里有 1 个字已经损坏，读不出来",)
