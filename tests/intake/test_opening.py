"""A file is what its bytes are, whatever its name says."""

from __future__ import annotations

import io

import docx
import pytest

from publisher.files import Unreadable
from publisher.intake.opening import opened
from publisher.intake.source import paragraphs_in


def word_file(*paragraphs: str) -> bytes:
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@pytest.mark.parametrize("name", ["改名.pdf", "改名.html", "改名.txt", "改名.doc"])
def test_a_word_file_is_read_under_any_name(name: str) -> None:
    source = opened(name, word_file("渡口镇人民政府："))
    assert [each.words for each in paragraphs_in(source.blocks)] == ["渡口镇人民政府："]


def test_a_page_is_read_that_calls_itself_a_word_file() -> None:
    source = opened("改名.doc", "<html><body><p>渡口镇</p></body></html>".encode())
    assert [each.words for each in paragraphs_in(source.blocks)] == ["渡口镇"]
    assert "网页" in source.sentences[0]


@pytest.mark.parametrize("data", [b"", b"\0" * 100, b"no file of any kind"])
def test_what_is_none_is_told(data: bytes) -> None:
    with pytest.raises(Unreadable):
        opened("坏.pdf", data)
