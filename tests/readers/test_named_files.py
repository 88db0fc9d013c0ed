"""Lines that name a file by themselves: their words, name and title, however names are written."""

from __future__ import annotations

import pytest

from publisher.limits import MOST_PARAGRAPH
from publisher.readers.named_files import NamedFile, named_file


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("![](a.csv)", NamedFile("", "a.csv", 4)),
        ("![床位 ](床位 (1).csv)", NamedFile("床位", "床位 (1).csv", 7)),
        ("![图]( <a b.png> )  ", NamedFile("图", "a b.png", 7)),
        ('![图](流程图(1).png "办理流程")', NamedFile("图", "流程图(1).png", 5, "办理流程")),
        ('![图](a.png "“十四五”流程")', NamedFile("图", "a.png", 5, "“十四五”流程")),
        ("![图](a.png '\"一网\"流程')", NamedFile("图", "a.png", 5, '"一网"流程')),
        ("![图](a.png ““一网”流程”)", NamedFile("图", "a.png", 5, "“一网”流程")),
        ("![图](a.png)，见上", None),
        ("![图](a.png) 和 ![图](b.png)", None),
        ("![图](a(b.png)", None),
        ('![图](a"b".png)', None),
        ("![图]()", None),
        ("[图](a.png)", None),
    ],
)
def test_a_line_names_a_file(line: str, named: NamedFile | None):
    assert named_file(line) == named


@pytest.mark.parametrize("tail", [" ", "()", '"', " “", "x ", "(", ") "])
def test_a_long_line_ends(tail: str):
    # What looks for the parts of a line in each other's place would never.
    assert named_file("![图](" + tail * (MOST_PARAGRAPH // len(tail) - 5)) is None
    assert named_file("![图](" + tail * 1_000_000 + ")") is None
