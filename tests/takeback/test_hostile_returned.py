"""Files that nobody saved so: taken, or a sentence and exit code 2, and nothing of them written."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import returned as on_paper
from drafts_returned import FILES, desk_at
from returned import Desk

from publisher import wordfile
from publisher.cli import CLEAN, UNFINISHED, WRONG_USAGE, run
from publisher.takeback import printing
from publisher.wordfile import DOCUMENT, packed, unpacked
from tried import some_of

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("read_here")]

CUSTOM, RELATIONS = "docProps/custom.xml", "word/_rels/document.xml.rels"
EDITS = (
    on_paper.replaced("负总责", "负全责"),
    on_paper.tracked("做好检查", "做好自查", "陆堃"),
)
Damage = Callable[[dict[str, bytes]], Mapping[str, bytes]]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    return desk_at(tmp_path)


@pytest.fixture
def take(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def taking(*arguments: str | Path) -> tuple[int, str]:
        code = run(["take-back", "--write", *map(str, arguments)])
        said = capfd.readouterr()
        return code, said.out + said.err

    return taking


def without(name: str) -> Damage:
    return lambda parts: {key: part for key, part in parts.items() if key != name}


def said(name: str, pattern: str, words: str, count: int = 0) -> Damage:
    """A part with other words in it."""

    def damage(parts: dict[str, bytes]) -> Mapping[str, bytes]:
        made = re.sub(pattern, words, parts[name].decode(), count=count)
        assert made.encode() != parts[name]
        return {**parts, name: made.encode()}

    return damage


def more(name: str, before: str, words: str) -> Damage:
    return said(name, before, words.replace("\\", r"\\") + before, 1)


RELATION = '<Relationship Id="x{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
OUTSIDE = (
    f'{RELATION.format(1)}relationships/comments" Target="file:///etc/passwd" '
    f'TargetMode="External"/>{RELATION.format(2)}relationships/attachedTemplate" '
    'Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/>'
)
ENTITIES = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
REFUSED: dict[str, tuple[Damage, str]] = {
    "no document": (without(DOCUMENT), "不是完好的 Word 文件"),
    "half a document": (
        lambda parts: {**parts, DOCUMENT: parts[DOCUMENT][:3000]},
        "不是完好的 Word 文件",
    ),
    "entities": (more(DOCUMENT, "<w:document", ENTITIES), "DOCTYPE"),
    "an attachment that is not there": (
        said(CUSTOM, "document.docx", "attachment-99.docx"),
        "没有它所属的那个附件",
    ),
    "deep": (more(DOCUMENT, "<w:p>", "<w:sdt><w:sdtContent>" * 3000), "不是完好的 Word 文件"),
    "as many paragraphs as no content has": (
        more(DOCUMENT, "<w:sectPr", "<w:p><w:r><w:t>段</w:t></w:r></w:p>" * 101),
        "内容最多 100 段",
    ),
    "a paragraph far longer than any is": (
        said(DOCUMENT, "负全责", "负全责，" * 30_000),
        "一段 10000 字",
    ),
}
TAKEN: dict[str, Damage] = {
    "no relations": without("_rels/.rels"),
    "no types": without("[Content_Types].xml"),
    "relations that lead outside": more(RELATIONS, "</Relationships>", OUTSIDE),
    "a property that is none": said(CUSTOM, "[0-9a-f]{64}", "g" * 64),
    "a property of unknown content": said(CUSTOM, "[0-9a-f]{64}", "0" * 64),
    "a name as long as none is": said(CUSTOM, "2030-check", "x" * 5000),
    "properties that are no XML": lambda parts: {**parts, CUSTOM: b"<a"},
    "all bookmarks alike": said(DOCUMENT, 'w:name="_Block_[^"]*"', 'w:name="_Block_x"'),
    "bookmarks of nonsense": said(DOCUMENT, '(w:name="_Block_)[^"]*"', r'\1‮&#9;/../x"'),
    "columns without end": said(DOCUMENT, "<w:tcPr>", '<w:tcPr><w:gridSpan w:val="9999"/>', 3),
}


def damaged(desk: Desk, damage: Damage) -> Path:
    path = desk.sent_back(*EDITS)
    path.write_bytes(packed(dict(damage(unpacked(path.read_bytes())))))
    return path


def untouched(desk: Desk) -> bool:
    return desk.files() == {name: text.encode() for name, text in FILES.items()}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_taken_is_told(
    desk: Desk,
    take: Callable[..., tuple[int, str]],
    what: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(printing, "MOST_BLOCKS", 100)
    damage, words = REFUSED[what]
    code, told = take(damaged(desk, damage))
    assert (code, words in told) == (UNFINISHED, True), told
    assert "程序内部错误" not in told
    assert untouched(desk)


@pytest.mark.parametrize("what", some_of(TAKEN, 2))
def test_what_can_be_taken_is(desk: Desk, take: Callable[..., tuple[int, str]], what: str) -> None:
    _, told = take("--two-way", damaged(desk, TAKEN[what]))
    assert "负全责" in desk.files()["document.md"].decode(), told


@pytest.mark.parametrize("slug", ["../../etc", "..", "nowhere"])
def test_a_file_cannot_name_what_is_no_document(
    desk: Desk, take: Callable[..., tuple[int, str]], slug: str
) -> None:
    code, told = take(damaged(desk, said(CUSTOM, "2030-check", slug)))
    assert (code, "里没有这份公文" in told) == (WRONG_USAGE, True)
    assert untouched(desk)


def test_what_unpacks_to_no_end_is_told_though_it_says_nothing_of_itself(
    desk: Desk, take: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wordfile, "_MOST_BYTES", 2 << 20)
    path = desk.sent_back(*EDITS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/a.bin", bytes(3 << 20))
    code, told = take(path)
    assert (code, "解开后太大" in told, "程序内部错误" in told) == (UNFINISHED, True, False), told
    assert untouched(desk)


@pytest.mark.parametrize("make", ["fifo", "folder", "link to nothing", "device"])
def test_what_is_no_file_is_told(
    desk: Desk, take: Callable[..., tuple[int, str]], make: str
) -> None:
    path = desk.place / "a.docx"
    match make:
        case "fifo":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "device":
            path.symlink_to("/dev/zero")
        case _:
            path.symlink_to("nowhere.docx")
    code, told = take(path)
    what = "打不开的链接" if make == "link to nothing" else "不是普通的文件"
    assert (code, what in told) == (WRONG_USAGE, True)


def test_of_several_files_a_broken_one_is_named_and_nothing_is_written(
    desk: Desk, take: Callable[..., tuple[int, str]]
) -> None:
    good = desk.sent_back(*EDITS)
    (desk.place / "坏的.docx").write_bytes(good.read_bytes()[:2000])
    code, told = take(good, desk.place / "坏的.docx")
    assert (code, "坏的.docx：" in told) == (UNFINISHED, True)
    assert untouched(desk)
    assert take(good)[0] == CLEAN
