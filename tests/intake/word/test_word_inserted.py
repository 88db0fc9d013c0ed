"""Whole files that stand in a Word file are read where they stand, or that they are not is told."""

from __future__ import annotations

import pytest
from made_word import cell, made, paragraph, read, row, table
from test_word_drawings import pictured, png

from publisher.intake.source import SourceFile, SourcePicture, paragraphs_in
from publisher.intake.word import book, inserted

CHUNK = '<w:altChunk r:id="c"/>'
PAGE = "<html><body><p>里一</p><p>里二</p></body></html>".encode()


def with_chunk(body: str, data: bytes | None = PAGE, name: str = "a.html") -> bytes:
    files = {} if data is None else {f"word/{name}": data}
    return made(body, relations=[("c", "aFChunk", name)], files=files)


def shown(source: SourceFile) -> list[str]:
    return [each.words for each in paragraphs_in(source.blocks)]


@pytest.mark.parametrize(
    "data",
    [
        PAGE,
        made(paragraph("里一") + paragraph("里二")),
        "里一\n里二".encode("gbk"),
    ],
    ids=["page", "docx", "text"],
)
def test_a_file_that_was_inserted_is_read_where_it_stands(data: bytes) -> None:
    source = read(with_chunk(paragraph("前") + CHUNK + paragraph("后"), data))
    assert shown(source) == ["前", "里一", "里二", "后"]
    assert source.where(4) == "第 4 段"
    (remark,) = source.remarks
    assert remark.kind == "嵌入的文件"
    assert remark.words.endswith("已在原处读入")


def test_what_is_told_of_an_inserted_file_keeps_its_place() -> None:
    inner = made(paragraph("里") + paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"))
    source = read(with_chunk(paragraph("前") + CHUNK, inner))
    (hidden,) = source.left_out
    assert (hidden.words, hidden.number) == ("藏", 3)


def test_a_table_before_and_in_an_inserted_file_are_counted_together() -> None:
    inner = made(table(row("里甲")))
    source = read(with_chunk(table(row("甲")) + CHUNK + table(row("乙")), inner))
    assert [source.where(number) for number in (1, 2, 3)] == [
        f"表格 {number} 第 1 行第 1 列" for number in (1, 2, 3)
    ]


def test_an_inserted_file_may_stand_in_a_cell() -> None:
    assert shown(read(with_chunk(table(row(cell(CHUNK)))))) == ["里一", "里二"]


def test_what_stands_beside_an_inserted_file_stays() -> None:
    data = made(
        paragraph(pictured()) + CHUNK,
        relations=[("c", "aFChunk", "a.html"), ("p", "image", "a.png")],
        files={"word/a.html": PAGE, "word/a.png": png()},
    )
    source = read(data)
    assert isinstance(source.blocks[0], SourcePicture)
    assert shown(source) == ["里一", "里二"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "不在文件里"),
        (b"\0\1\2\3", "没有读，不是 Word 文件"),
        (b"<?xml version='1.0'?><a/>", "没有读，不是认识的文件"),
        (b"PK\x03\x04damaged", "没有读，不是完好的 Word 文件"),
    ],
    ids=["none", "unknown", "xml", "damaged"],
)
def test_an_inserted_file_that_cannot_be_read_is_told(data: bytes | None, said: str) -> None:
    source = read(with_chunk(paragraph("甲") + CHUNK + paragraph("乙"), data))
    assert shown(source) == ["甲", "乙"]
    assert said in source.remarks[0].words


def test_files_within_inserted_files_and_too_many_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = with_chunk(paragraph("里") + CHUNK)
    source = read(with_chunk(CHUNK, inner))
    assert shown(source) == ["里"]
    assert "套了几层" in source.remarks[1].words
    monkeypatch.setattr(book, "MOST_INSERTED", 2)
    assert shown(read(with_chunk(CHUNK * 4))) == ["里一", "里二"] * 2
    assert inserted.MOST_INSERTED > 2


def test_a_document_in_parts_that_lie_elsewhere_says_so() -> None:
    source = read(made(paragraph("甲") + '<w:p><w:subDoc r:id="s"/></w:p>'))
    assert [(each.kind, each.words) for each in source.remarks] == [
        ("嵌入的文件", "子文档，不在文件里")
    ]
