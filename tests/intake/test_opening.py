"""A file is what its bytes are, whatever its name says."""

from __future__ import annotations

import io
import time

import docx
import pytest

from publisher.files import Unreadable
from publisher.filetypes import DOCUMENT_SUFFIXES
from publisher.intake import opening
from publisher.intake.opening import READERS, opened
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


def test_each_suffix_that_is_called_a_document_is_read() -> None:
    assert tuple(READERS) == DOCUMENT_SUFFIXES


@pytest.mark.thorough
def test_what_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READERS, ".txt", lambda: lambda name, data: time.sleep(60))
    monkeypatch.setattr(opening, "_SECONDS", 1)
    with pytest.raises(Unreadable, match="时间"):
        opened("慢.txt", b"x")
