"""The tags of forms and pictures: what a program that reads them aloud is told."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from PIL import Image as Picture_

from audit import rules_of_pdf_ua_broken_by
from conftest import edition_of
from grids import made_forms
from publisher.images import Image, ImageType
from publisher.model import Edition, Orientation, Picture, SetTable, Table
from publisher.renderers import pdf
from publisher.setting import editions
from rendered import in_one_process
from tagged import Tag, Tree
from tried import tried
from words import squeezed

pytestmark = in_one_process

# -- forms ------------------------------------------------------------------------------


def printed(table: Table) -> tuple[SetTable, Tree]:
    """A form as it is set, and the tags of the document that it is attached to."""
    edition = edition_of("文。", attachments=(table,))
    content = edition.attachments[0].content
    assert isinstance(content, SetTable)
    return content, Tree(pdf.render(edition)["document.pdf"])


def cells_of(tree: Tree) -> list[tuple[str, str, list[str]]]:
    """Each cell: its tag, its words, and those of the labels that name it."""
    (table,) = tree.root.all("Table")
    labels = {str(tag.element.ID): squeezed(tag.words) for tag in table.all("TH")}
    return [
        (
            tag.name,
            squeezed(tag.words),
            [labels[str(name)] for name in tag.attributes.get("Headers", ())],
        )
        for tag in table.all("TH", "TD")
    ]


def expected(table: SetTable) -> list[tuple[str, str, list[str]]]:
    grid = [row.cells for row in table.rows]
    words = [[squeezed("".join(cell.items)) for cell in line] for line in grid]
    return [
        (
            "TH" if cell.is_label else "TD",
            words[row][column],
            [words[y][x] for y, x in cell.named_by],
        )
        for row, line in enumerate(grid)
        for column, cell in enumerate(line)
        if not cell.is_covered
    ]


@tried(6)
@given(made_forms(most_rows=40))
def test_each_blank_of_any_form_on_any_pages_names_its_labels(table: Table) -> None:
    form, tree = printed(table)
    assert cells_of(tree) == expected(form)
    assert [tag.name for tag in next(tree.root.all("Table")).kids] == ["TBody"]


FORM = """文。

| 姓名 |  | 电话 |  |
| 家庭成员 | 姓名 | 年龄 | 职业 |
| ^ |  |  |  |
| ^ |  |  |  |
| 意见 | □同意　□不同意 | < | < |
{表头: 0}
"""


def test_labels_say_whether_they_name_what_is_beside_or_below_them() -> None:
    tree = Tree(pdf.render(edition_of(FORM))["document.pdf"])
    (table,) = tree.root.all("Table")
    scopes = [(tag.words, str(tag.attributes["Scope"])[1:]) for tag in table.all("TH")]
    assert scopes == [
        *(("姓名", "Row"), ("电话", "Row"), ("家庭成员", "Row")),
        *(("姓名", "Column"), ("年龄", "Column"), ("职业", "Column"), ("意见", "Row")),
    ]
    assert [headers for kind, _, headers in cells_of(tree) if kind == "TD"] == [
        *(["姓名"], ["电话"]),
        *([["家庭成员", name] for name in ("姓名", "年龄", "职业")] * 2),
        ["意见"],
    ]
    assert rules_of_pdf_ua_broken_by(_data(tree)) == set()


def _data(tree: Tree) -> bytes:
    written = io.BytesIO()
    tree.file.save(written)
    return written.getvalue()


# -- pictures ---------------------------------------------------------------------------

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="200" height="100">
<rect width="200" height="100" fill="#a00"/></svg>"""


def raster(kind: ImageType) -> Image:
    written = io.BytesIO()
    Picture_.new("RGB", (400, 200), (160, 0, 0)).save(written, kind.value.removeprefix("image/"))
    return Image(written.getvalue(), kind, 400, 200, 96)


def image(kind: ImageType) -> Image:
    if kind is ImageType.SVG:
        return Image(DRAWING.encode(), kind, 200, 100)
    return raster(kind)


def with_picture(kind: ImageType, **given: Any) -> Edition:
    picture = Picture("流程图", image(kind), "申请、受理依次相连", "flow", **given)
    return edition_of("文。", attachments=(picture,))


def red(data: bytes, number: int) -> tuple[float, ...]:
    """Where a page is red, as PDF counts."""
    page = pypdfium2.PdfDocument(data)[number]
    shown = page.render(scale=2).to_pil().convert("RGB")
    green = shown.getchannel("G").point(lambda light: 255 if light < 60 else 0)
    is_red = shown.getchannel("R").point(lambda light: 255 if light > 120 else 0)
    green.paste(0, mask=is_red.point(lambda light: 255 - light))
    left, top, right, bottom = green.getbbox()
    return left / 2, (shown.height - bottom) / 2, right / 2, (shown.height - top) / 2


@pytest.mark.parametrize("kind", ImageType)
@pytest.mark.parametrize(
    "given_",
    [{}, {"width": 60.0}, {"is_turned": True}, {"orientation": Orientation.LANDSCAPE}],
    ids=str,
)
def test_a_picture_is_a_figure_that_says_what_it_shows_and_where_it_stands(
    kind: ImageType, given_: dict[str, Any]
) -> None:
    data = pdf.render(with_picture(kind, **given_))["document.pdf"]
    tree = Tree(data)
    (figure,) = tree.root.all("Figure")
    assert str(figure.element.Alt) == "申请、受理依次相连"
    box = [float(side) for side in figure.attributes["BBox"]]
    assert box == pytest.approx(red(data, 1), abs=1)
    assert rules_of_pdf_ua_broken_by(data) == set()


def test_a_caption_stands_in_its_figure_and_not_in_the_table_below() -> None:
    picture = Picture("流程", image(ImageType.PNG), "依次相连", "flow")
    edition = edition_of("文。\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n")
    document = edition.document
    (paragraph, table) = document.body.blocks
    body = replace(document.body, blocks=(paragraph, picture, table))
    made = pdf.render(editions.edition_of(replace(document, body=body)))["document.pdf"]
    tree = Tree(made)
    (figure,) = tree.root.all("Figure")
    caption = figure.kids[-1]
    assert isinstance(caption, Tag)
    assert (caption.name, caption.words) == ("Caption", "图1流程")
    (table_tag,) = tree.root.all("Table")
    assert not list(table_tag.all("Caption"))
    assert rules_of_pdf_ua_broken_by(made) == set()


def test_a_drawing_stays_a_drawing() -> None:
    data = pdf.render(with_picture(ImageType.SVG))["document.pdf"]
    with pikepdf.open(io.BytesIO(data)) as file:
        kinds = {
            str(thing.get("/Subtype"))
            for thing in file.objects
            if isinstance(thing, pikepdf.Stream)
        }
    assert "/Image" not in kinds
