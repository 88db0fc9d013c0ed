"""修改前后对照表, as Word and PDF: the words of all changes, on landscape pages."""

from __future__ import annotations

import io
import logging
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from forty import ABOUT, changes
from lxml import etree

from audit import rules_of_pdf_ua_broken_by, said_by_openxml_audit
from conftest import edition_of
from printed import pages_of
from publisher.changes import Change, ChangeKind, Changes, Subject, Where
from publisher.compare import compare
from publisher.model import Cell, Column, ColumnRole, Document, Form, Row, Table
from publisher.renderers.changes import wording
from publisher.renderers.changes.comparison_table import COLUMNS, listed, render_docx, render_pdf
from tagged import Tree
from words import squeezed

pytestmark = pytest.mark.thorough
DOCX, PDF = "对照表.docx", "对照表.pdf"
TITLE = "《鄂州市民政局关于修订印发〈2025年全市民政工作要点〉的通知》修改前后对照表"


def render(changes: Changes) -> dict[str, bytes]:
    table = listed(changes, ABOUT)
    return render_docx(table) | render_pdf(table)


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return render(changes())


def of_texts(old: str, new: str, **given: Any) -> dict[str, bytes]:
    old_one, new_one = (edition_of(text, **given).document for text in (old, new))
    return render(compare(old_one, new_one))


def word_rows(data: bytes) -> list[list[str]]:
    (table,) = docx.Document(io.BytesIO(data)).tables
    return [["".join(cell.itertext(qn("w:t"))) for cell in row.tc_lst] for row in table._tbl.tr_lst]


def tagged_rows(data: bytes) -> list[list[str]]:
    """The rows of the only table of a PDF, as a program that reads aloud finds them."""
    (table,) = Tree(data).root.all("Table")
    return [[squeezed(cell.words) for cell in row.all("TH", "TD")] for row in table.all("TR")]


def told(changes: Changes) -> list[list[str]]:
    """Number, words before, words after and kind of each change."""
    return [
        [
            str(number),
            _words(one, one.before, one.columns.old),
            _words(one, one.after, one.columns.new),
            _said(one),
        ]
        for number, one in enumerate(changes.changes, 1)
    ]


def _words(change: Change, words: tuple[str, ...], columns: tuple[str, ...]) -> str:
    if not words:
        return "（无）"
    if change.subject is Subject.ROW:
        words = tuple(_named(row.split(" | "), columns) for row in words)
    return squeezed("".join(words)) or "（空行）"


def _named(cells: list[str], columns: tuple[str, ...]) -> str:
    """The cells of a row that hold any words, each behind the name of its column."""
    names = columns or ("",) * len(cells)
    filled = (f"{name}：{cell}" for name, cell in zip(names, cells, strict=True) if cell)
    return "；".join(filled).replace("。；", "。")


def _said(change: Change) -> str:
    return wording.kind(change) + wording.weight(change)


def is_whole(change: Change) -> bool:
    """Whether its words are printed whole: those of a long paragraph that was split are not."""
    return change.kind not in (ChangeKind.SPLIT, ChangeKind.MERGED)


@pytest.mark.parametrize(("name", "rows_of"), [(DOCX, word_rows), (PDF, tagged_rows)])
def test_the_words_are_those_of_the_changes(
    made: dict[str, bytes], name: str, rows_of: Any
) -> None:
    header, *rows = rows_of(made[name])
    assert header == ["序号", "条款", "修改前", "修改后", "说明"]
    parts = [row[0] for row in rows if len(row) == 1]
    assert parts == [
        "公文要素",
        "正文",
        "《2025年全市民政重点工作》",
        "附件《2025年全市民政工作要点任务清单》",
    ]
    entries = [[squeezed(row[at]) for at in (0, 2, 3, 4)] for row in rows if len(row) > 1]
    for entry, wanted, change in zip(entries, told(changes()), changes().changes, strict=True):
        assert entry[::3] == wanted[::3]
        if is_whole(change):
            assert entry == wanted


def test_both_files_have_the_same_rows(made: dict[str, bytes]) -> None:
    rows = [[squeezed(cell) for cell in row] for row in word_rows(made[DOCX])]
    assert rows == tagged_rows(made[PDF])


def test_it_says_what_the_versions_are_called(made: dict[str, bytes]) -> None:
    assert f"修改前：{ABOUT.old}；修改后：{ABOUT.new}。" in squeezed(Tree(made[PDF]).root.words)


def test_a_version_may_be_called_anything() -> None:
    about = replace(ABOUT, old="旧\x0b\ud800稿 <1>")
    table = listed(changes(), about)
    document = docx.Document(io.BytesIO(render_docx(table)[DOCX]))
    assert "修改前：旧稿 <1>；" in document.paragraphs[1].text
    assert render_pdf(table)[PDF]


def test_the_same_changes_give_the_same_bytes(made: dict[str, bytes]) -> None:
    assert render(changes()) == made


def test_versions_that_are_the_same_give_a_table_without_rows() -> None:
    made = of_texts("文。", "文。")
    assert len(word_rows(made[DOCX])) == len(tagged_rows(made[PDF])) == 1


@pytest.mark.parametrize("form", Form)
def test_the_table_has_the_pages_of_the_general_form(form: Form) -> None:
    data = of_texts("共5个。", "共8个。", form=form, copies="各局")[DOCX]
    document = docx.Document(io.BytesIO(data))
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text] == [
        "《标题》修改前后对照表",
        f"修改前：{ABOUT.old}；修改后：{ABOUT.new}。",
        "修改前一栏中有删除线的是删去的文字，修改后一栏中有下划线的是新增的文字。",
    ]
    assert "红" not in "".join(style.name or "" for style in document.styles)


def test_long_words_are_divided_by_the_end_of_a_page_and_short_rows_are_not() -> None:
    long = "".join(f"第{n}件事情要办好。" for n in range(60))
    (_, _, row, other) = (
        docx.Document(
            io.BytesIO(of_texts("甲乙丙丁，共5个。", f"甲乙丙丁，共8个。\n\n{long}")[DOCX])
        )
        .tables[0]
        ._tbl.tr_lst
    )
    assert [one.find(f".//{qn('w:cantSplit')}") is None for one in (row, other)] == [False, True]


def rows_of(*rows: str) -> Document:
    """A document with a table of rows such as `3月底 逐段排查。`."""
    columns = tuple(
        Column(name, role)
        for name, role in (("序号", ColumnRole.SERIAL), ("任务", ColumnRole.TEXT))
    )
    columns = (*columns, Column("时限", ColumnRole.DEADLINE))
    made = tuple(
        Row((Cell((str(number),)), *(Cell((words,)) for words in reversed(row.split()))))
        for number, row in enumerate(rows, 1)
    )
    return edition_of("文。", attachments=(Table("任务表", columns, made),)).document


def shown(change: Change) -> list[list[str]]:
    """Before and after, a paragraph each, what is marked in brackets."""
    return [
        ["".join(f"[{run.words}]" if run.is_marked else run.words for run in one) for one in side]
        for side in (wording.before(change), wording.after(change))
    ]


def test_rows_that_were_merged_are_marked_cell_by_cell() -> None:
    first, second = "逐段排查河道岸线，登记发现的问题。", "清除岸线上的存量垃圾，恢复原貌。"
    old = rows_of(f"3月底 {first}", f"9月底 {second}")
    new = rows_of(f"9月底 {first}{second}")
    (change,) = compare(old, new).changes
    assert change.kind is ChangeKind.MERGED
    assert shown(change) == [
        [f"{first} | [3月底]", f"{second} | 9月底"],
        [f"{first}{second} | 9月底"],
    ]
    (change,) = compare(new, old).changes
    assert shown(change)[1] == [f"{first} | [3月底]", f"{second} | 9月底"]


def test_a_row_stands_in_its_group() -> None:
    place = wording.place(Where("附件《任务表》", ("四、重点人群",), serial="26"))
    assert place == ("附件《任务表》", "四、序号 26")


# -- Word ---------------------------------------------------------------------------------


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def marked(data: bytes, mark: str) -> list[str]:
    """Neighbouring runs with this mark, joined."""
    found = []
    for paragraph in part(data, "word/document.xml").iter(qn("w:p")):
        words = ""
        for run in paragraph.iter(qn("w:r")):
            if run.find(f"{qn('w:rPr')}/{qn(mark)}") is not None:
                words += "".join(run.itertext(qn("w:t")))
            elif words:
                found.append(words)
                words = ""
        found += [words] * bool(words)
    return found


def test_what_went_is_struck_and_what_came_is_underlined() -> None:
    data = of_texts("新建5个站点，完成90%。", "新建8个站点，完成95%。")[DOCX]
    assert marked(data, "w:strike") == ["5", "90%"]
    assert marked(data, "w:u") == ["8", "95%"]


def test_the_page_is_landscape_and_the_header_stands_on_each(made: dict[str, bytes]) -> None:
    document = docx.Document(io.BytesIO(made[DOCX]))
    assert [one.orientation for one in document.sections] == [1]
    assert document.paragraphs[0].text.replace("\n", "") == TITLE
    assert document.paragraphs[0].style is not None
    assert document.paragraphs[0].style.name == "附件标题"
    rows = document.tables[0]._tbl.tr_lst
    heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
    assert heads == [True] + [False] * (len(rows) - 1)
    assert document.core_properties.title == TITLE


def test_the_widths_that_word_and_wps_read_agree(made: dict[str, bytes]) -> None:
    (table,) = part(made[DOCX], "word/document.xml").iter(qn("w:tbl"))
    grid = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
    assert len(grid) == len(COLUMNS)
    for row in table.iter(qn("w:tr")):
        widths = [int(width.get(qn("w:w"))) for width in row.iter(qn("w:tcW"))]
        assert sum(widths) == sum(grid)


def test_openxml_audit_and_docx_integrity_find_nothing(
    made: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "table.docx"
    path.write_bytes(made[DOCX])
    assert said_by_openxml_audit(path) == ""
    assert pytest.importorskip("docx_integrity").check(str(path)) == []


# -- PDF ----------------------------------------------------------------------------------


def test_weasyprint_has_nothing_to_warn_of(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        of_texts("共5个。", "共8个。")
    assert [record.getMessage() for record in caplog.records] == []


def test_every_page_is_landscape_with_header_and_number(made: dict[str, bytes]) -> None:
    pages = pages_of(made[PDF])
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert page.landscape
        assert page.text.count("修改前修改后说明") == 1
        assert page.all_lines[-1].text == f"—{number}—"


def test_no_words_leave_the_type_area(made: dict[str, bytes]) -> None:
    for page in pages_of(made[PDF]):
        for line in page.all_lines[:-1]:
            assert 34.5 < line.left < line.right < 297 - 36.5


def test_the_pdf_keeps_all_rules_of_pdf_ua(made: dict[str, bytes]) -> None:
    assert rules_of_pdf_ua_broken_by(made[PDF]) == set()


def test_each_cell_is_told_its_headers(made: dict[str, bytes]) -> None:
    tree = Tree(made[PDF])
    (table,) = tree.root.all("Table")
    cells = list(table.all("TD"))
    assert len(cells) == 4 * len(changes().changes)
    for cell in cells:
        assert len(cell.attributes["Headers"]) == 3
    assert tree.file.Root.Lang == "zh-CN"
    assert tree.file.docinfo["/Title"] == TITLE
