"""A Word file that is damaged, or made to do harm: both readers say so in a sentence."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from functools import cache
from pathlib import Path
from random import Random

import docx
import pytest

from publisher import wordfile
from publisher.files import TooLarge, Unreadable
from publisher.inspect import inspect_docx, office
from publisher.textconv import text_of, text_of_file
from publisher.wordfile import DOCUMENT, W, parts_of, words_of, xml_of

NO_WORD = "（不是 Word 文件，无法读取）\n"
WORDS = f'<w:document xmlns:w="{W[1:-1]}"><w:body>%s</w:body></w:document>'
PARAGRAPH = "<w:p><w:r><w:t>各单位要落实。</w:t></w:r></w:p>"


@pytest.fixture(autouse=True)
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office", lambda: None)


def archive(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return out.getvalue()


def word(body: str = PARAGRAPH, **parts: bytes) -> bytes:
    return archive({DOCUMENT: (WORDS % body).encode(), **parts})


@cache
def whole() -> bytes:
    """One by another program, with the parts that such have."""
    document = docx.Document()
    for number in range(20):
        document.add_paragraph(f"第{number}项工作要认真落实。")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# -- damage -----------------------------------------------------------------------------


def bad_deflate() -> bytes:
    data = bytearray(word())
    start = data.index(DOCUMENT.encode()) + len(DOCUMENT)
    data[start : start + 8] = b"\xff" * 8
    return bytes(data)


def negative_seek() -> bytes:
    data = word()
    end = data.rindex(b"PK\5\6")
    return data[: end + 16] + struct.pack("<I", 0x7FFFFFFF) + data[end + 20 :]


def encrypted() -> bytes:
    data = bytearray(word())
    for signature, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(signature) + place] |= 1
    return bytes(data)


def unknown_method() -> bytes:
    data = bytearray(word())
    for signature, place in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        data[data.index(signature) + place] = 99
    return bytes(data)


DAMAGED = {
    "nothing": b"",
    "no archive": b"PK\x03\x04",
    "an old .doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "another archive": archive({"mimetype": b"x"}),
    "a stream that cannot be unpacked": bad_deflate(),
    "a directory far off": negative_seek(),
    "an encrypted part": encrypted(),
    "a way of packing that nobody knows": unknown_method(),
    "an empty part": archive({DOCUMENT: b""}),
    "XML that is cut off": archive({DOCUMENT: b"<a"}),
    "XML too deep": word("<w:sdt>" * 5000 + "</w:sdt>" * 5000),
    "an encoding that nobody knows": archive(
        {DOCUMENT: b'<?xml version="1.0" encoding="x-none"?><a/>'}
    ),
    "bytes of another encoding": archive({DOCUMENT: b'<?xml version="1.0"?><a>\xff\xfe</a>'}),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_damaged_is_said_to_be_no_word_file(name: str) -> None:
    assert text_of(DAMAGED[name]) == NO_WORD
    inspection = inspect_docx("x.docx", DAMAGED[name])
    assert inspection.problem.startswith("不是完好的 Word 文件")
    assert not inspection.measurements


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_doctype_is_seen_in_any_encoding(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    data = archive({DOCUMENT: (mark + xml).encode(encoding)})
    assert "DOCTYPE" in inspect_docx("x.docx", data).problem
    assert text_of(data) == NO_WORD


SETTINGS = '<w:sectPr><w:pgSz w:w="%s" w:h="16838"/><w:pgMar w:top="%s" w:left="%s"/></w:sectPr>'


@pytest.mark.parametrize("value", ["abc", "2.5e3", "NaN", "inf", "9" * 400, "0x10", "12px", "１２"])
def test_what_is_no_number_is_said_and_its_words_are_read(value: str) -> None:
    data = word(PARAGRAPH + SETTINGS % (value, "1", "1"))
    assert inspect_docx("x.docx", data).problem.startswith("不是完好的 Word 文件")
    assert text_of(data) == "各单位要落实。\n"


def test_settings_that_are_missing_are_not_measured() -> None:
    data = word(PARAGRAPH + "<w:sectPr><w:pgSz/><w:pgMar/></w:sectPr><w:sectPr/>")
    inspection = inspect_docx("x.docx", data)
    assert not inspection.problem
    assert not inspection.broken


def test_bytes_that_were_changed_end_in_a_sentence() -> None:
    random = Random(1)
    for _ in range(150):
        data = bytearray(whole())
        for _ in range(random.choice((1, 5, 50))):
            data[random.randrange(len(data))] = random.randrange(256)
        assert inspect_docx("x.docx", bytes(data)) is not None
        assert text_of(bytes(data)).endswith("\n")
    parts = parts_of(whole())
    for _ in range(150):
        part = bytearray(parts[DOCUMENT])
        for _ in range(random.choice((1, 5))):
            part[random.randrange(len(part))] = random.randrange(256)
        data = bytearray(archive({**parts, DOCUMENT: bytes(part)}, zipfile.ZIP_STORED))
        assert inspect_docx("x.docx", bytes(data)) is not None
        assert text_of(bytes(data)).endswith("\n")


# -- too much ---------------------------------------------------------------------------


def test_what_unpacks_to_more_than_it_says_is_read_within_bounds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wordfile, "_MOST_BYTES", 1000)
    data = word(PARAGRAPH * 100)
    with pytest.raises(TooLarge):
        parts_of(data)
    size = struct.pack("<I", len((WORDS % (PARAGRAPH * 100)).encode()))
    with pytest.raises(Unreadable):
        parts_of(data.replace(size, struct.pack("<I", 10)))
    assert text_of(data) == "（文件太大，无法读取）\n"


def test_a_file_of_many_thousand_parts_is_not_opened() -> None:
    data = archive({f"{number}": b"" for number in range(2001)} | {DOCUMENT: b"<a/>"})
    assert "太大" in inspect_docx("x.docx", data).problem


# -- what is read all the same ----------------------------------------------------------


def test_words_of_strict_open_xml_are_read() -> None:
    strict = (WORDS % PARAGRAPH).replace(
        W[1:-1], "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert text_of(archive({DOCUMENT: strict.encode()})) == "各单位要落实。\n"
    assert words_of(strict.encode()).tag == f"{W}document"
    assert xml_of(strict.encode()).tag != f"{W}document"


@pytest.mark.parametrize("between", ["<!-- x -->", "<?x y?>"])
def test_what_is_no_text_parts_no_words(between: str) -> None:
    halves = PARAGRAPH.replace("要落实", f"要{between}落实")
    assert text_of(word(halves)) == "各单位要落实。\n"


def test_of_parts_with_one_name_the_last_counts() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(DOCUMENT, "<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr(DOCUMENT, WORDS % PARAGRAPH)
    assert text_of(out.getvalue()) == "各单位要落实。\n"


def test_a_pipe_and_a_file_that_is_too_large_have_no_words(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.docx")
    assert text_of_file(tmp_path / "pipe.docx") == NO_WORD
    with (tmp_path / "large.docx").open("wb") as file:
        file.truncate(2**30)
    assert text_of_file(tmp_path / "large.docx") == "（文件太大，无法读取）\n"
    (tmp_path / "a.docx").write_bytes(word())
    assert text_of_file(tmp_path / "a.docx") == "各单位要落实。\n"
