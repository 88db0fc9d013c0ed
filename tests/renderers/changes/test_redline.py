"""The redline: all accepted it is the new document, all rejected the old one."""

from __future__ import annotations

import datetime
import io
import os
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

import edited
import office
import tracked_changes
from audit import said_by_openxml_audit
from conftest import ROOT, edition_of, read_content
from publisher.changes import About
from publisher.compare import compare
from publisher.model import (
    Cell,
    Column,
    ColumnRole,
    Document,
    Form,
    Grouping,
    Organ,
    Orientation,
    Prose,
    Row,
    Table,
)
from publisher.readers.markdown import read_blocks
from publisher.renderers import docx
from publisher.renderers.changes import redline
from publisher.resolve import resolve
from publisher.setting import compose
from tracked_changes import W
from tried import some_of

pytestmark = pytest.mark.thorough

ZONE = datetime.timezone(datetime.timedelta(hours=8))
ABOUT = About("旧稿", "新稿", "审核人", datetime.datetime(2030, 3, 1, 9, 30, tzinfo=ZONE))
Versions = tuple[Document, Document]


def redlined(both: Versions, about: About = ABOUT) -> bytes:
    return redline.render(compare(*both), about)["redline.docx"]


def printed(document: Document) -> tracked_changes.Said:
    # As composed: LibreOffice is not asked on which pages it sets the headings of a 目录.
    return tracked_changes.of_docx(docx._written(compose(resolve(document))))


def text(markdown: str, **given: Any) -> Document:
    return edition_of(markdown, **given).document


def prose(markdown: str, title: str = "附文") -> Prose:
    return Prose(title, read_blocks(markdown.split("\n"), "text.md")[0])


def table(*rows: str, title: str = "任务表", grouping: Grouping = Grouping.MERGED) -> Table:
    """A table of rows such as `甲 排查岸线。 5月底 柳喆；陆堃`, numbered."""
    roles = {
        "序号": ColumnRole.SERIAL,
        "组": ColumnRole.GROUP,
        "任务": ColumnRole.TEXT,
        "时限": ColumnRole.DEADLINE,
        "人": ColumnRole.PEOPLE,
    }
    columns = tuple(Column(name, role) for name, role in roles.items())
    made = tuple(
        Row(tuple(Cell(tuple(cell.split("；"))) for cell in (str(number), *row.split())))
        for number, row in enumerate(rows, 1)
    )
    return Table(title, columns, made, grouping)


ROWS = ("甲 排查岸线。 5月底 柳喆", "甲 登记问题。 6月底 陆堃", "乙 公开结果。 12月底 柳喆；陆堃")
SIGNED = {"issuers": (Organ("青岚市水务局"),), "date": datetime.date(2030, 3, 1)}


# -- a few documents, each a case ---------------------------------------------------------


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    """The real notice before and after all known edits."""
    folders = edited.versions(tmp_path_factory.mktemp("versions"))
    old, new = (read_content(folder, edited.SLUG).document for folder in folders)
    return old, new


@pytest.fixture(scope="module")
def forwarded(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    """The made notice with items, names, notes and documents in it, before and after all edits."""
    folders = edited.versions_of_forwarded(tmp_path_factory.mktemp("versions"))
    old, new = (read_content(folder, edited.FORWARDED).document for folder in folders)
    return old, new


def cases() -> Iterator[tuple[str, Versions]]:
    """Versions that differ in one thing, by its name."""
    old = text("# 甲\n\n一。\n\n# 乙\n\n二。三。\n\n四。", **SIGNED)
    yield "number", (old, replace(old, number="青水发〔2030〕8号"))
    yield "date", (old, replace(old, date=datetime.date(2030, 4, 2)))
    yield "note", (old, replace(old, note="此件公开发布"))
    yield "signers", (old, replace(old, signers=("柳喆", "孟䶮", "陆堃")))
    yield "joint", (old, replace(old, issuers=(*old.issuers, Organ("青岚市财政局"))))
    yield "form", (old, replace(old, form=Form.LETTER, copies=("各区",)))
    yield "copies", (replace(old, copies=("各区、各局",)), replace(old, copies=("各局",)))
    yield "copies that came", (old, replace(old, copies=("各区",)))
    yield "tail", (old, text("# 甲\n\n一。另一。\n\n又一。\n\n# 乙\n\n三。\n\n四。末。", **SIGNED))
    yield (
        "section",
        (old, text("# 新\n\n零。\n\n# 甲\n\n一。\n\n# 乙\n\n二。三。\n\n四。", **SIGNED)),
    )
    yield "split", (old, text("# 甲\n\n一。\n\n# 乙\n\n二。\n\n三。四。", **SIGNED))
    plan = prose("甲方案只有这一段，没有别的。", "方案")
    whole = prose("1. 一事要做。二事要做好。", "清单")
    parted = prose("1. 一事要做。\n\n1. 二事要做好。", "清单")
    yield "split on the way", _attached_all((plan, whole), (parted, plan))
    yield "merged on the way", _attached_all((plan, parted), (whole, plan))
    run_in = text("# 甲\n\n## 加强领导。\n\n一。\n\n二。", **SIGNED)
    yield "run-in", (run_in, text("# 甲\n\n## 加强领导\n\n## 其他。\n\n二。", **SIGNED))
    for grouping in Grouping:
        yield (
            f"rows {grouping.name}",
            _attached(
                table(*ROWS, grouping=grouping),
                table(
                    *ROWS[1:],
                    "乙 新任务。 10月底 陆堃；柳喆",
                    "丙 收尾。 年底 柳喆",
                    grouping=grouping,
                ),
            ),
        )
    first = table(*ROWS)
    narrow = replace(
        first,
        columns=first.columns[:4],
        rows=tuple(Row(row.cells[:4]) for row in first.rows),
    )
    yield "columns", _attached(first, narrow)
    yield "grouping", _attached(first, table(*ROWS, grouping=Grouping.HEADING_ROW))
    other = prose("一。\n\n二。")
    yield "attached", (text("文。", **SIGNED), text("文。", attachments=(first,), **SIGNED))
    yield "first attached", _attached_all((first,), (other, first))
    yield "last attached", _attached_all((other,), (other, first, replace(first, title="单")))
    yield "attached above the imprint", _attached_all((first,), (first, other), copies=("各区",))
    turned = replace(first, orientation=Orientation.LANDSCAPE)
    old, new = _attached_all((turned,), (turned, other))
    yield "imprint that a text takes the place of", (replace(old, copies=("各区",)), new)
    long = replace(other, title="又一附文")
    yield "moved", _attached_all((other, first, long), (first, long, other), copies=("各区",))


def _attached(old: Table, new: Table) -> Versions:
    return _attached_all((old,), (new,))


def _attached_all(old: tuple[Any, ...], new: tuple[Any, ...], **given: Any) -> Versions:
    first, second = (text("文。", attachments=one, **SIGNED, **given) for one in (old, new))
    return first, second


CASES = dict(cases())
SAVED = dict(some_of([*CASES.items()]))
"""Those that LibreOffice is given too: what it takes for a change is the same in all."""


@pytest.mark.parametrize("name", CASES)
def test_accepted_it_is_the_new_document_and_rejected_the_old(name: str) -> None:
    old, new = CASES[name]
    for before, after in ((old, new), (new, old)):
        data = redlined((before, after))
        assert tracked_changes.accepted(data) == printed(after)
        assert tracked_changes.rejected(data) == printed(before)
        assert tracked_changes.faults(data) == []


def test_so_it_is_of_the_real_notice_with_all_known_edits(real: Versions) -> None:
    data = redlined(real)
    assert tracked_changes.accepted(data) == printed(real[1])
    assert tracked_changes.rejected(data) == printed(real[0])
    assert tracked_changes.faults(data) == []


def test_so_it_is_of_items_names_notes_and_documents_inside_documents(
    forwarded: Versions,
) -> None:
    for before, after in (forwarded, forwarded[::-1]):
        data = redlined((before, after))
        assert tracked_changes.accepted(data) == printed(after)
        assert tracked_changes.rejected(data) == printed(before)
        assert tracked_changes.faults(data) == []


def test_a_note_that_was_edited_is_one_note_with_the_change_in_it(forwarded: Versions) -> None:
    notes = tracked_changes.part(redlined(forwarded), "word/footnotes.xml")
    edits = [("".join(one.itertext())) for one in notes.iter(f"{W}ins", f"{W}del")]
    assert edits == ["和镇级"]


def test_a_person_that_left_leaves_the_label_to_the_next() -> None:
    old, new = (text(f"成员\n{names}") for names in (": 王明　局长\n: 李华　处长", ": 李华　处长"))
    assert tracked_changes.accepted(redlined((old, new))) == printed(new)
    assert [words for kind, words in marks(redlined((old, new))) if kind == "ins"] == ["成员："]


# -- how changes are told -----------------------------------------------------------------


def marks(data: bytes) -> list[tuple[str, str]]:
    """What is marked, with its words."""
    names = {f"{W}{name}": name for name in ("ins", "del", "moveFrom", "moveTo")}
    return [
        (names[str(one.tag)], "".join(one.itertext()))
        for one in tracked_changes.part(data).iter(*names)
        if "".join(one.itertext())
    ]


def test_a_number_that_differs_is_told_whole() -> None:
    assert marks(redlined((text("新建5个站点。"), text("新建8个站点。")))) == [
        ("del", "5"),
        ("ins", "8"),
    ]


def test_a_section_at_the_top_renumbers_the_others_and_changes_nothing_else() -> None:
    data = redlined(CASES["section"])
    assert marks(data) == [
        ("ins", "一、新"),
        ("ins", "零。"),
        ("del", "一、"),
        ("ins", "二、"),
        ("del", "二、"),
        ("ins", "三、"),
    ]


def test_what_was_moved_has_one_name_at_both_places() -> None:
    old = text("一段话在这里。\n\n二段话在这里。\n\n三段话在这里。\n\n四段话在这里。")
    new = text("二段话在这里。\n\n三段话在这里。\n\n四段话在这里。\n\n一段话在这里。")
    data = redlined((old, new))
    assert marks(data) == [("moveFrom", "一段话在这里。"), ("moveTo", "一段话在这里。")]
    starts = [
        one.get(f"{W}name")
        for kind in ("moveFromRangeStart", "moveToRangeStart")
        for one in tracked_changes.part(data).iter(f"{W}{kind}")
    ]
    assert starts == ["move1", "move1"]


def test_a_row_that_came_is_marked_as_a_row_and_in_all_its_words() -> None:
    data = redlined(_attached(table(*ROWS[:2]), table(*ROWS)))
    rows = [
        row
        for row in tracked_changes.part(data).iter(f"{W}tr")
        if row.find(f"{W}trPr/{W}ins") is not None
    ]
    assert ["".join(row.itertext()) for row in rows] == ["3乙公开结果。12月底柳喆陆堃"]


def test_author_and_date_are_those_of_the_review() -> None:
    root = tracked_changes.part(redlined(CASES["date"]))
    signed = [one for one in root.iter() if one.get(f"{W}author")]
    assert {one.get(f"{W}author") for one in signed} == {"审核人"}
    assert {one.get(f"{W}date") for one in signed} == {"2030-03-01T01:30:00Z"}
    assert [one.get(f"{W}id") for one in signed] == [str(n) for n in range(1, len(signed) + 1)]


def test_an_author_with_characters_that_no_file_may_have_is_no_fault() -> None:
    data = redlined(CASES["date"], replace(ABOUT, author="审核\x0b人\ud800"))
    assert b"\xe5\xae\xa1\xe6\xa0\xb8\xe4\xba\xba" in etree.tostring(
        tracked_changes.part(data), encoding="utf-8"
    )


def test_the_same_changes_give_the_same_bytes(real: Versions) -> None:
    assert redlined(real) == redlined(real)


def test_styles_and_pages_are_those_of_the_document(real: Versions) -> None:
    data, usual = redlined(real), docx.render_document(compose(resolve(real[1])))
    for name in ("word/styles.xml", "word/footer1.xml"):
        found, wanted = (etree.tostring(tracked_changes.part(one, name)) for one in (data, usual))
        assert found == wanted
    sections = [
        [
            (size.get(f"{W}w"), size.get(f"{W}orient"))
            for size in tracked_changes.part(one).iter(f"{W}pgSz")
        ]
        for one in (data, usual)
    ]
    assert sections[0] == sections[1]


def test_an_emblem_of_the_old_form_is_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    monkeypatch.setenv("PUBLISHER_TEMPLATES", str(tmp_path / "templates"))
    path = tmp_path / "templates" / "docx" / "official.docx"
    template = python_docx.Document(str(path))
    line = next(one for one in template.paragraphs if "发文字号" in one.text)
    line.add_run().add_picture(io.BytesIO(emblem()))
    template.save(str(path))
    data = redlined(CASES["form"])
    root, relations = (
        tracked_changes.part(data, name)
        for name in ("word/document.xml", "word/_rels/document.xml.rels")
    )
    targets = {one.get("Id"): one.get("Target") for one in relations}
    shown = [targets[picture.get(qn("r:embed"))] for picture in root.iter(qn("a:blip"))]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        pictures = [package.read(f"word/{target}") for target in shown]
    assert pictures == [emblem()]


def emblem() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(buffer, "PNG")
    return buffer.getvalue()


# -- validators, LibreOffice --------------------------------------------------------------


@pytest.fixture(params=["real", "forwarded", "form", "joint", "columns", "moved", "copies"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The file of a case."""
    name = request.param
    both = CASES[name] if name in CASES else request.getfixturevalue(name)
    path = tmp_path / "redline.docx"
    path.write_bytes(redlined(both))
    return path


def test_openxml_audit_finds_nothing(path: Path) -> None:
    assert said_by_openxml_audit(path) == ""


def test_docx_integrity_finds_nothing(path: Path) -> None:
    check = pytest.importorskip("docx_integrity").check
    assert check(str(path)) == []


@pytest.fixture(scope="module")
def by_office(
    tmp_path_factory: pytest.TempPathFactory, real: Versions, forwarded: Versions
) -> dict[tuple[str, str], bytes]:
    """All cases as LibreOffice accepts and rejects their changes."""
    program = office.python()
    if program is None:
        assert not os.environ.get("CI"), "CI has no python3-uno"
        pytest.skip("needs LibreOffice and python3-uno")
    turned = forwarded[::-1]
    made = {**SAVED, "real": real, "forwarded": forwarded, "turned": turned}
    files = {name: redlined(both) for name, both in made.items()}
    return office.resolved(program, tmp_path_factory.mktemp("office"), files)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*SAVED, "real", "forwarded", "turned"])
def test_libreoffice_accepts_it_as_the_new_document_and_rejects_it_as_the_old(
    by_office: dict[tuple[str, str], bytes], real: Versions, forwarded: Versions, name: str
) -> None:
    known = {**CASES, "real": real, "forwarded": forwarded, "turned": forwarded[::-1]}
    old, new = known[name]
    assert tracked_changes.of_docx(by_office[name, "accept"]) == printed(new)
    assert tracked_changes.of_docx(by_office[name, "reject"]) == printed(old)
