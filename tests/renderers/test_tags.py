"""The tags of the PDF: what a program that reads it aloud is told."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf
import pydyf
import pypdfium2
import pytest
from hypothesis import given
from pytest_regressions.file_regression import FileRegressionFixture
from weasyprint import HTML

from conftest import edition_of
from grids import Headed, data_cells, merged_tables, printed_tables
from publisher import fonts
from publisher.model import Cell, Column, ColumnRole, Edition, LevelForm, Orientation, Row, Table
from publisher.renderers import pdf, tags
from publisher.renderers.box_tags import tagged_pages
from publisher.renderers.pdf_tags import PdfTag
from rendered import NOTICE, SLUGS, document, edition, in_one_process, rendered
from tagged import Link, Piece, Tag, Tree
from tried import tried

pytestmark = in_one_process


# -- a PDF, its tags and their words ----------------------------------------------------


def tagged(body: str, style: str = "") -> bytes:
    """HTML as a mended PDF, on small pages of one face."""
    faces = fonts.served_faces(fonts.folder())
    fonts.use(faces, fonts.folder())
    style += f"@page {{ size: 60mm 40mm; margin: 2mm }} * {{ font-family: {faces[0].family} }}"
    style += "table { border-collapse: collapse; width: 100% } td, th { font-weight: normal }"
    page = f'<html lang="zh-CN"><title>表</title><style>{style}</style><body>{body}</body></html>'
    return tags.mend(tagged_pages(HTML(string=page)))


# -- tables -----------------------------------------------------------------------------


def with_headers(table: Tag) -> list[list[tuple[str, list[str]]]]:
    """The data cells of each row, each with the words of its headers."""
    headers = {str(cell.element.ID): cell.words for cell in table.all("TH")}
    rows = [
        [
            (cell.words, [headers[str(name)] for name in cell.attributes.get("Headers", ())])
            for cell in row.all("TD")
        ]
        for row in table.all("TR")
    ]
    return [row for row in rows if row]


def headed(table: Tag) -> list[Headed]:
    """The data cells, each with the words of its headers; none of them is named twice."""
    cells = [cell for row in with_headers(table) for cell in row]
    return [Headed(words, frozenset(headers)) for words, headers in cells]


WITHOUT_HEADS = ("forms", "pictures", "finished-files")
"""Whose tables are forms, or those of a PDF whose pages follow: other tests hold their labels."""


@pytest.mark.parametrize("slug", [*(slug for slug in SLUGS if slug not in WITHOUT_HEADS), NOTICE])
def test_each_data_cell_names_the_headers_of_its_row_its_group_and_its_column(slug: str) -> None:
    _assert_headed(edition(slug), document(slug).finished)


@tried(3)
@given(merged_tables(most_rows=30))
def test_each_data_cell_of_any_table_on_any_pages_names_its_headers(table: Table) -> None:
    made = edition_of("文。", attachments=(replace(table, orientation=Orientation.LANDSCAPE),))
    finished = rendered(made).finished
    _assert_headed(made, finished)
    _assert_sound(finished)


def _assert_headed(made: Edition, data: bytes) -> None:
    """That all tables are there, and each data cell has the headers that it has in the edition."""
    tables = list(Tree(data).root.all("Table"))
    assert [headed(table) for table in tables] == [data_cells(one) for one in printed_tables(made)]
    parts = [tuple(kid.name for kid in table.kids if kid.name != "Caption") for table in tables]
    assert set(parts) <= {("THead", "TBody")}


def test_what_stands_above_a_table_in_a_text_is_its_caption() -> None:
    text = "见表。\n\n| 区 | 数 |\n|---|---|\n| 东 | 1 |\n{标题: 床位, 单位: 张, 注: [一, 二]}\n"
    (table,) = Tree(rendered(edition_of(text)).finished).root.all("Table")
    assert (table.kids[0].name, table.kids[0].words) == ("Caption", "表1床位单位：张")


def test_a_header_row_says_that_it_heads_columns_and_a_serial_that_it_heads_a_row() -> None:
    (table, *_) = Tree(document("complete").finished).root.all("Table")
    head, body = table.kids
    assert {str(cell.attributes["Scope"]) for cell in head.all("TH")} == {"/Column"}
    assert {str(cell.attributes["Scope"]) for cell in body.all("TH")} == {"/Row"}


ROWS = "<thead><tr><th scope=col>号<th scope=col>组<th scope=col>事</thead>"
ROWS += "<tbody><tr><th scope=row>1<th scope=rowgroup rowspan=2>甲<td>一"
ROWS += "<tr><th scope=row>2<td>二</tbody>"
ROWS += "<tbody class=next><tr><th scope=row>3<th scope=rowgroup data-again>甲<td>三</tbody>"
ROWS += "<tbody><tr><th scope=row>4<th scope=rowgroup>乙<td>四</tbody>"
NEXT = ".next { break-before: page }"


def test_a_groups_label_repeated_at_the_top_of_a_page_is_read_once() -> None:
    (table,) = Tree(tagged(f"<table>{ROWS}</table>", NEXT)).root.all("Table")
    labels = {cell.words: cell.attributes.get("RowSpan") for cell in table.all("TH")}
    assert [cell.words for cell in table.all("TH")] == [*"号组事", "1", "甲", "2", "3", "4", "乙"]
    assert (labels["甲"], labels["乙"]) == (3, None)
    assert with_headers(table) == [
        [("一", ["1", "甲", "事"])],
        [("二", ["2", "甲", "事"])],
        [("三", ["3", "甲", "事"])],
        [("四", ["4", "乙", "事"])],
    ]


def test_groups_of_the_same_name_stay_two() -> None:
    rows = ROWS.replace(" data-again", "")
    (table,) = Tree(tagged(f"<table>{rows}</table>", NEXT)).root.all("Table")
    assert [cell.words for cell in table.all("TH")].count("甲") == 2


def test_a_label_in_a_row_of_its_own_repeated_on_the_next_page_is_read_once() -> None:
    rows = "<thead><tr><th scope=col>号<th scope=col>事</thead>"
    rows += "<tbody><tr><th scope=rowgroup colspan=2>甲<tr><th scope=row>1<td>一</tbody>"
    rows += "<tbody class=next><tr><th scope=rowgroup colspan=2 data-again>甲"
    rows += "<tr><th scope=row>2<td>二</tbody>"
    rows += "<tbody><tr><th scope=rowgroup colspan=2>乙<tr><th scope=row>3<td>三</tbody>"
    (table,) = Tree(tagged(f"<table>{rows}</table>", NEXT)).root.all("Table")
    assert [row.words for row in table.all("TR")] == ["号事", "甲", "1一", "2二", "乙", "3三"]
    assert [labels for row in with_headers(table) for _, labels in row] == [
        ["1", "甲", "事"],
        ["2", "甲", "事"],
        ["3", "乙", "事"],
    ]


def test_rows_without_serial_are_headed_by_group_and_column_alone() -> None:
    rows = "<thead><tr><th scope=col>组<th scope=col>事</thead>"
    rows += "<tbody><tr><th scope=rowgroup rowspan=2>甲<td>一<tr><td>二</tbody>"
    (table,) = Tree(tagged(f"<table>{rows}</table>")).root.all("Table")
    assert with_headers(table) == [[("一", ["甲", "事"])], [("二", ["甲", "事"])]]


def test_two_tables_with_the_same_head_stay_two() -> None:
    tree = Tree(tagged(f"<table>{ROWS}</table><table class=next>{ROWS}</table>", NEXT))
    names = [str(cell.element.ID) for cell in tree.root.all("TH")]
    assert len(list(tree.root.all("Table"))) == 2
    assert len(set(names)) == len(names)


# -- text -------------------------------------------------------------------------------


def test_a_paragraph_that_goes_over_pages_is_one() -> None:
    words = "这是一个很长的段落，" * 30
    (paragraph,) = Tree(tagged(f"<section><p><span>{words}</span></p></section>")).root.all("P")
    assert paragraph.words == words
    assert len({piece.page for piece in paragraph.kids if isinstance(piece, Piece)}) > 1


def test_a_link_is_one_tag_with_its_words_and_its_place_on_the_page() -> None:
    (link, *_) = Tree(tagged("<p>见<a href='https://a.example/'>甲<b>乙</b></a>。")).root.all(
        "Link"
    )
    places = [kid.annotation for kid in link.kids if isinstance(kid, Link)]
    assert link.words == "甲乙"
    assert places
    assert {str(place.Contents) for place in places} == {"https://a.example/"}
    assert {int(place.F) for place in places} == {4}


def test_the_tag_tree_of_a_document_reads_well(file_regression: FileRegressionFixture) -> None:
    columns = (
        Column("序号", ColumnRole.SERIAL),
        Column("组", ColumnRole.GROUP),
        Column("事项", ColumnRole.TEXT),
    )
    rows = tuple(Row((Cell((n,)), Cell(("甲",)), Cell(("做事",)))) for n in "12")
    made = edition_of(
        "# 认识\n\n## 加强领导。\n\n领导**很**重要，"
        "见[专栏](https://a.example/)。\n\n### 一步\n\n走。",
        attachments=(Table("表", columns, rows),),
        levels=(LevelForm.PART, LevelForm.CLAUSE, LevelForm.ITEM),
        recipients="各区",
        copies=("各县",),
    )
    tree = Tree(rendered(made).finished)
    file_regression.check("\n".join(tree.root.lines()) + "\n", extension=".txt")


# -- the whole --------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_a_made_document_is_tagged_without_a_fault_or_a_warning(slug: str) -> None:
    files = document(slug)
    assert files.warnings == ()
    _assert_sound(files.finished)


def test_the_real_notice_is_tagged_without_a_fault() -> None:
    _assert_sound(document(NOTICE).finished)


def _assert_sound(data: bytes) -> None:
    tree = Tree(data, with_words=False)
    assert tree.file.check_pdf_syntax() == []
    held = tree.pieces()
    drawn = [(n, number) for n, page in enumerate(tree.file.pages) for number in _drawn(page)]
    assert sorted(held) == sorted(drawn)
    assert [
        tag.name for tag in tree.root.all() if not tag.kids and not tag.name.startswith("T")
    ] == []
    assert _indexed(tree) == {place: tag.element.objgen for place, tag in held.items()}
    assert _named(tree) == {
        str(tag.element.ID): tag.element.objgen for tag in tree.root.all() if "/ID" in tag.element
    }
    for page in tree.file.pages:
        for annotation in page.get("/Annots", ()):
            assert str(_of(tree, annotation.StructParent).S) == "/Link"


def _drawn(page: pikepdf.Page) -> Iterator[int]:
    """The numbers of the pieces that a page draws."""
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC" and "/MCID" in operands[1]:
            yield int(operands[1].MCID)


def _of(tree: Tree, key: int) -> Any:
    index = list(tree.file.Root.StructTreeRoot.ParentTree.Nums)
    return dict(zip(index[::2], index[1::2], strict=True))[key]


def _indexed(tree: Tree) -> dict[tuple[int, int], tuple[int, int]]:
    return {
        (number, piece): tag.objgen
        for number, page in enumerate(tree.file.pages)
        for piece, tag in enumerate(_of(tree, page.StructParents))
        if tag is not None
    }


def _named(tree: Tree) -> dict[str, tuple[int, int]]:
    names = list(tree.file.Root.StructTreeRoot.get("/IDTree", {}).get("/Names", ()))
    assert names[::2] == sorted(names[::2], key=str)
    return {str(name): tag.objgen for name, tag in zip(names[::2], names[1::2], strict=True)}


def test_page_numbers_are_the_foot_of_a_page_and_repeated_heads_a_pages_own() -> None:
    file = pikepdf.open(io.BytesIO(document("table-long").finished))
    kinds = [
        re.findall(rb"/Pagination( /Subtype /Footer)?", _contents(page)) for page in file.pages
    ]
    assert all(page.count(b" /Subtype /Footer") == 1 for page in kinds)
    assert sum(page.count(b"") > 0 for page in kinds) > 1


def _contents(page: pikepdf.Page) -> bytes:
    return page.Contents.read_bytes()


def test_pages_look_as_before() -> None:
    files = document("complete")
    before, after = (_pictures(one) for one in (files.raw, files.finished))
    assert before == after


def _pictures(data: bytes) -> list[bytes]:
    return [bytes(page.render(scale=1).buffer) for page in pypdfium2.PdfDocument(data)]


def test_a_pdf_without_tables_keeps_its_words() -> None:
    assert Tree(tagged("<h1>题</h1><p>文。</p>")).root.words == "题文。"


def test_title_language_bookmarks_and_the_mark_of_pdf_ua_are_kept() -> None:
    files = document("complete")
    before, after = (pikepdf.open(io.BytesIO(one)) for one in (files.raw, files.finished))
    said, now_said = (file.Root.Metadata.read_bytes() for file in (before, after))
    assert now_said.startswith(said.partition(b"</rdf:RDF>")[0])
    assert b"pdfuaid" in after.Root.Metadata.read_bytes()
    assert before.docinfo.Title == after.docinfo.Title
    assert after.Root.Lang == "zh-CN"
    assert after.Root.ViewerPreferences.DisplayDocTitle
    assert after.Root.MarkInfo.Marked
    titles = [[item.title for item in file.open_outline().root] for file in (before, after)]
    assert titles[0] == titles[1] != []


def test_the_same_pdf_gives_the_same_bytes() -> None:
    assert pdf.render(edition("complete"))["document.pdf"] == document("complete").finished


# -- how often --------------------------------------------------------------------------


def test_the_pages_are_listed_once_however_many_bookmarks_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Should the library come to list them otherwise, `_pages_listed_once` has to follow."""
    own = pydyf.PDF.page_references
    listed: list[pydyf.PDF] = []
    counted = property(lambda pdf: listed.append(pdf) or own.fget(pdf))
    monkeypatch.setattr(pydyf.PDF, "page_references", counted)
    html = HTML(string="<html lang=zh><title>甲</title>" + "<h1>乙</h1>" * 40)
    html.write_pdf(pdf_variant="pdf/ua-1")
    assert len(listed) > 40, "the library does not list its pages for each bookmark any more"
    listed.clear()
    tagged_pages(html)
    assert len(listed) == 1
    assert pydyf.PDF.page_references is counted


def test_heads_are_dropped_with_work_that_grows_with_the_pages_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    are_one, looked_at = tags._are_one, 0

    def counting(tag: Any, next_tag: Any) -> bool:
        nonlocal looked_at
        looked_at += 1
        return are_one(tag, next_tag)

    monkeypatch.setattr(tags, "_are_one", counting)
    pages = 200
    parts = [PdfTag(name, source=n) for n in range(1, pages + 1) for name in ("THead", "TBody")]
    drawn = PdfTag("Table", tuple(replace(p, source=0) if p.name == "THead" else p for p in parts))
    joined = tags._joined(drawn)
    assert [tag.name for tag in joined.tags("THead", "TBody")] == ["THead"] + ["TBody"] * pages
    assert looked_at <= 2 * pages
