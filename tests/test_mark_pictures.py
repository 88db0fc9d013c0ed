"""A 发文机关标志 that is a picture stands wherever the words would, and says them."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from conftest import DOCUMENTS
from publisher import builds, inspect
from publisher.bureau_files import FILE, files_of
from publisher.compare import compare
from publisher.intake import take_in
from publisher.intake.account import account
from publisher.intake.result import Role
from publisher.model import Document, Edition
from publisher.readers import read_bureau, read_document
from publisher.renderers import docx, given, pdf, text, web
from publisher.setting.editions import edition_of
from publisher.writers.bureau import write_bureau

SLUGS = {"mark-picture": "青岚市林业局文件", "mark-picture-letter": "青岚市林业局"}
MARKS = ("林业局标志.png", "林业局信函标志.svg")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The content of the two documents, to be changed."""
    folder = tmp_path / "content"
    for slug in SLUGS:
        shutil.copytree(DOCUMENTS / slug, folder / slug)
    for name in (FILE, *MARKS):
        shutil.copy(DOCUMENTS / name, folder / name)
    return folder


def read(content: Path, slug: str = "mark-picture") -> Document:
    document, _ = read_document(content / slug, read_bureau(content)[0])
    assert document is not None
    return document


def edition(content: Path, slug: str = "mark-picture") -> Edition:
    return edition_of(read(content, slug))


def rewritten(content: Path, old: str, new: str) -> None:
    file = content / FILE
    said = file.read_text("utf-8")
    assert old in said
    file.write_text(said.replace(old, new), "utf-8")


@pytest.mark.thorough
@pytest.mark.parametrize("slug", SLUGS)
def test_each_format_says_the_words(slug: str) -> None:
    words, made = SLUGS[slug], edition(DOCUMENTS, slug)
    assert made.mark_picture is not None
    assert made.mark_picture.words == words
    assert text.render(made)["document.txt"].decode().startswith(words)
    measured = inspect.inspect_pdf("a.pdf", pdf.render(made)["document.pdf"])
    readings = {each.rule.name: each for each in measured.measurements}
    assert not measured.broken
    assert "高 19" in readings["mark_size"].measured
    assert "看不出" in readings["mark_red"].reason
    assert words in readings["picture_words"].measured
    assert f'alt="{words}"' in web.render(made, {})["web/index.html"].decode()
    assert f'src="mark.png" alt="{words}"' in web.render_fragment(made).decode()
    assert "mark.png" in given.render(made)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_page_offers_no_mark_and_who_pastes_the_fragment_is_given_it(slug: str) -> None:
    made = edition(DOCUMENTS, slug)
    files = web.render(made, {"document.pdf": b"%PDF", **given.pictures(made)})
    assert 'href="document.pdf"' in files["web/index.html"].decode()
    assert "mark.png" not in files["web/index.html"].decode()
    sheet = files["web/fields.html"].decode().partition('id="source"')[2]
    paste, _, upload = sheet.partition('id="files"')
    assert 'href="mark.png"' in paste
    assert 'href="mark.png"' not in upload


@pytest.mark.parametrize("slug", SLUGS)
def test_our_word_file_comes_back_as_the_mark(slug: str) -> None:
    data = docx.render(edition(DOCUMENTS, slug))["document.docx"]
    bureau, _ = read_bureau(DOCUMENTS)
    taken = take_in([("a.docx", data)], bureau, "a")
    assert [each.words for each in taken.decisions if each.role is Role.MARK] == [SLUGS[slug]]
    assert taken.document.mark is None
    assert account(taken.sources, taken.document, taken.left_out).is_whole


_REST = (
    "<p>青林〔2030〕3号</p><h2>青岚市林业局关于做好造林工作的通知</h2><p>各区要完成造林任务。</p>"
)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("begin", "is_mark"),
    [
        ('<p><img src="a.png" alt="青岚市林业局文件"></p>', True),
        ('<p>\u3000</p><p><img src="a.png" alt="青岚市林业局文件"></p>', True),
        ('<p><img src="a.png" alt="造林现场"></p>', False),
        ('<p><img src="a.png" alt="会议"></p><p><img src="b.png" alt="青岚市林业局"></p>', False),
        ('<p>首页</p><p><img src="a.png" alt="青岚市林业局文件"></p>', False),
        ('<p><img src="a.png" alt="青岚市林业局文件">转发</p>', False),
    ],
)
def test_a_picture_that_a_fragment_begins_with_is_its_mark(
    content: Path, begin: str, is_mark: bool
) -> None:
    bureau, _ = read_bureau(content)
    back = take_in([("a.html", f"{begin}{_REST}".encode())], bureau, "a")
    assert any(each.role is Role.MARK for each in back.decisions) is is_mark


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("林业局标志.png", "没有.png", "missing_file"),
        ("林业局标志.png", "../a/林业局标志.png", "wrong_value"),
        ("林业局标志.png", "bureau.yaml", "unknown_picture_type"),
        ("文件: 林业局", "公函: 林业局", "wrong_value"),
        ("    标志图片:\n", "    标志高: 90mm\n    标志图片:\n", "wrong_value"),
    ],
)
def test_what_cannot_be_printed_is_told(content: Path, old: str, new: str, finding: str) -> None:
    rewritten(content, old, new)
    bureau, found = read_bureau(content)
    assert [each.name for each in found] == [finding]
    assert found[0].place.file.endswith(FILE)
    assert bureau.organs


def test_a_broken_picture_is_told_and_the_words_are_printed(content: Path) -> None:
    (content / MARKS[0]).write_bytes(b"\x89PNG\r\n\x1a\n")
    _, found = read_bureau(content)
    assert [each.name for each in found] == ["broken_picture"]
    assert edition(content).mark_picture is None


def test_words_of_its_own_and_joint_marks_are_printed_as_words(content: Path) -> None:
    file = content / "mark-picture/document.md"
    said = file.read_text("utf-8")
    for more in (
        "发文机关标志: 青岚市林业局公告\n",
        "红头: 预印\n",
        "版式: 纪要\n",
    ):
        file.write_text(said.replace("发文字号", f"{more}发文字号", 1), "utf-8")
        assert edition(content).mark_picture is None
    file.write_text(said.replace("青岚市林业局\n", "青岚市林业局、青岚市水务局\n", 1), "utf-8")
    assert len(edition(content).mark) == 2
    assert edition(content).mark_picture is None


def test_another_picture_publishes_anew_and_is_told(content: Path) -> None:
    before, old = builds.content_of(content, "mark-picture"), read(content)
    assert files_of(content) == [FILE, *sorted(MARKS)]
    assert "../林业局标志.png" in before
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (300, 40), "red").save(file, "PNG")
    (content / MARKS[0]).write_bytes(file.getvalue())
    assert builds.content_of(content, "mark-picture") != before
    (change,) = compare(old, read(content)).changes
    assert "林业局标志.png（指纹 " in f"{change}"


def test_a_bureau_is_written_as_it_was_read(content: Path) -> None:
    rewritten(content, "    标志图片:\n", "    标志高: 18mm\n    标志图片:\n")
    bureau, _ = read_bureau(content)
    (content / FILE).write_bytes(write_bureau(bureau))
    again, found = read_bureau(content)
    assert not found
    assert again.organs == bureau.organs
