"""A document with pictures, a form and a finished file: `edition()`."""

from __future__ import annotations

import io
import tempfile
from functools import cache
from pathlib import Path
from random import Random

from PIL import Image as Raster
from xlsxwriter import Workbook

from publisher.model import Bureau, Edition, FragmentTables, Site
from publisher.readers import read_document
from publisher.setting.editions import edition_of

FORM = """\
姓名,,性别,□男　□女,照片
住址,,<,<,^
家庭成员,姓名,年龄,职业,备注
^,,,,
^,,,,
意见,"情况属实。

签字：
（盖章）
　　年　月　日",<,<,<
以上由申请人填写。,<,<,<,<
"""
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100">'
    b'<rect width="90" height="40"/></svg>'
)
DOCUMENT = """\
---
文种: 通知
标题: 关于办理流程的通知
发文机关: 甲市民政局
成文日期: 2030-03-01
附件:
  - {文件: form.csv, 标题: 申请表, 表头: 0, 行高: {0: 12, 6: 40}}
  - {文件: sheet.xlsx, 标题: 调查表}
  - {文件: flow.png, 标题: 流程图, 替代文字: 甲连着乙, 旋转: 是}
---

流程见图。

![先甲后乙](flow.png "办理流程")
{宽: 78毫米}

![河的两岸](map.svg)

请执行。
"""


def png(width: int, height: int, noise: bool = False) -> bytes:
    """A white picture, or one of which each pixel is another."""
    picture = Raster.new("RGB", (width, height), "white")
    if noise:
        picture.frombytes(Random(1).randbytes(width * height * 3))
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


@cache
def edition(tables: FragmentTables = FragmentTables.MERGED) -> Edition:
    """The document, for a site that takes tables so."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "case"
        folder.mkdir()
        (folder / "document.md").write_text(DOCUMENT, "utf-8")
        (folder / "form.csv").write_text(FORM, "utf-8")
        (folder / "flow.png").write_bytes(png(900, 300))
        (folder / "map.svg").write_bytes(DRAWING)
        (folder / "sheet.xlsx").write_bytes(workbook())
        read, findings = read_document(folder, Bureau((), site=Site(tables=tables)))
    assert read is not None, findings
    return edition_of(read, ())


@cache
def workbook() -> bytes:
    """A finished file."""
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    book.add_worksheet().write(0, 0, "调查")
    book.close()
    return stream.getvalue()
