"""Notes of a Word file: each is read once where its mark stands, whatever stands in it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from made_word import made, noted, paragraph, read, row, table
from test_word_drawings import boxed, pictured, png
from test_word_text import TRACK

from publisher.intake.source import SourceFile, paragraphs_in


def note(identifier: int, *inside: str, kind: str = "footnote") -> str:
    return f'<w:{kind} w:id="{identifier}">{"".join(inside)}</w:{kind}>'


def mark(identifier: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{identifier}"/></w:r>'


def notes_of(source: SourceFile) -> list[str]:
    return [
        noted(each)
        for each_paragraph in paragraphs_in(source.blocks)
        for each in each_paragraph.runs
        if each.note is not None
    ]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (paragraph("注", mark(3)) + "", "注\n注中注"),
        (paragraph("注", mark(4, "endnote")), "注\n尾注"),
        (paragraph("注", mark(2)), "注"),
        (paragraph("注", boxed("框中")), "注\n框中"),
        (
            table(row("甲", "乙"), row("删", settings=f"<w:del {TRACK}/>")) + paragraph("注"),
            "甲\n乙\n注",
        ),
    ],
    ids=["a note", "an endnote", "itself", "a box", "a table"],
)
def test_what_stands_in_a_note_is_read_once(inside: str, expected: str) -> None:
    source = read(
        made(
            paragraph("文", mark(2)),
            footnotes=note(2, inside) + note(3, paragraph("注中注")),
            endnotes=note(4, paragraph("尾注"), kind="endnote"),
        )
    )
    assert notes_of(source) == [expected]


def test_notes_that_refer_to_one_another_without_end_are_each_read_once() -> None:
    count = 2000
    chain = [*range(1, count + 1), 1]
    notes = (
        note(each, paragraph(f"注{each}", mark(next_), mark(next_)))
        for each, next_ in pairwise(chain)
    )
    source = read(made(paragraph("文", mark(1), mark(1)), footnotes="".join(notes)))
    assert notes_of(source) == ["\n".join(f"注{each}" for each in chain[:-1])]


def test_a_picture_in_a_note_is_told() -> None:
    source = read(
        made(
            paragraph("文", mark(2)),
            footnotes=note(2, paragraph("注", pictured())),
            files={
                "word/media/a.png": png(),
                "word/_rels/footnotes.xml.rels": (
                    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                    b'<Relationship Id="p" Type="x/image" Target="media/a.png"/></Relationships>'
                ),
            },
        )
    )
    assert [(each.kind, each.words) for each in source.remarks] == [
        ("不能读的对象", "注释里的图片（a.png）")
    ]
