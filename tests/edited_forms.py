"""A notice with a form, pictures and finished files; edits of each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from docx import Document as new_word_file

import foreign_pdfs
from conftest import read_content, write
from pictured import DRAWING, pixels
from publisher.images import ImageType
from publisher.model import Document

SLUG = "forms"
DOCUMENT, FORM = "document.md", "apply.csv"
FLOW, SITE, BADGE = "flow.png", "site.svg", "badge.jpg"
SURVEY, GUIDE, SHEET = "survey.docx", "guide.pdf", "list.xlsx"


@cache
def word_file(*paragraphs: str, title: str = "") -> bytes:
    """A Word file of some paragraphs, as another program might write it."""
    made = new_word_file()
    made.core_properties.title = title
    for words in paragraphs:
        made.add_paragraph(words)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def workbook(words: str) -> bytes:
    """What begins as a workbook does; nothing here looks into one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("xl/workbook.xml", words)
    return stream.getvalue()


_SURVEY = ("入户调查表", "调查对象姓名。", "家庭年收入不超过3万元。", "调查人签字。")


@cache
def content() -> dict[str, str | bytes]:
    """The files of the notice."""
    return {
        "bureau.yaml": "发文机关:\n  - 名称: 云溪市民政局\n    机关代字: 云民发\n",
        DOCUMENT: """---
文种: 通知
标题: 云溪市民政局关于规范孤儿保障申请办理的通知
发文机关: 云溪市民政局
发文字号: 云民发〔2031〕7号
主送: 各区民政局
成文日期: 2031-03-10
附件:
  - 文件: apply.csv
    标题: 孤儿保障申请审批表
    表头: 0
    列宽: [2, 3, 2, 3]
    行高: {0: 10, 5: 40}
    可填写: 是
  - 文件: survey.docx
    标题: 入户调查表
  - 文件: badge.jpg
    标题: 受理窗口标识
    替代文字: 圆形标识，上方写有受理窗口四个字
    宽: 8厘米
  - 文件: guide.pdf
    标题: 办理指南
  - 文件: list.xlsx
    标题: 受理窗口名册
    装订: 另附
  - 文件: duties.md
    标题: 职责分工
---

现将孤儿保障申请办理有关事项通知如下。

# 办理流程

办理流程见图1，受理地点见图2。

![申请、受理、审核、发放依次相连](flow.png "办理流程")
{宽: 12厘米}

# 受理地点

各区受理地点分布如下。

![三个区各有一个受理点](site.svg "受理地点分布")

申请人就近申请。
""",
        FORM: """姓名,,性别,□男　□女
身份证号,,联系电话,
家庭住址,,<,<
监护人,姓名,与儿童关系,年收入（元）
^,,,
申请理由,,<,<
承诺：以上内容属实。　　签字：　　　　年　月　日,<,<,<
""",
        FLOW: pixels(300, 200).data,
        SITE: DRAWING,
        BADGE: pixels(200, 200, ImageType.JPEG).data,
        SURVEY: word_file(*_SURVEY),
        GUIDE: foreign_pdfs.small(),
        SHEET: workbook("甲"),
        "duties.md": "区民政局受理申请。\n\n街道办事处入户调查。\n",
    }


@dataclass(frozen=True)
class FormEdit:
    """What is put in the place of words of a file, or of files; and what is told of it."""

    name: str
    told: tuple[str, ...]
    words: tuple[tuple[str, str, str], ...] = ()
    """The name of a file, words of it, and what stands in their place."""
    files: dict[str, Callable[[], bytes]] = field(default_factory=dict)


def _edit(
    name: str, told: str, *words: tuple[str, str, str], **files: Callable[[], bytes]
) -> FormEdit:
    named = {name.replace("_", "."): made for name, made in files.items()}
    return FormEdit(name, tuple(told.split("，")), words, named)


_PICTURE = '![申请、受理、审核、发放依次相连](flow.png "办理流程")\n{宽: 12厘米}\n'
_SITE = '![三个区各有一个受理点](site.svg "受理地点分布")\n'
_SHEET = "  - 文件: list.xlsx\n    标题: 受理窗口名册\n    装订: 另附\n"
_BADGE = (
    "  - 文件: badge.jpg\n    标题: 受理窗口标识\n"
    "    替代文字: 圆形标识，上方写有受理窗口四个字\n    宽: 8厘米\n"
)

EDITS = (
    # pictures of a text
    _edit("a caption", "修改题名（文字）", (DOCUMENT, '"办理流程"', '"办理流程图"')),
    _edit(
        "what a picture shows",
        "修改要素（文字）",
        (DOCUMENT, "![三个区各有一个受理点]", "![三个区都有一个受理点]"),
    ),
    _edit("another picture", "更换图片（实质）", flow_png=lambda: pixels(310, 200).data),
    _edit(
        "another drawing", "更换图片（实质）", site_svg=lambda: DRAWING.replace(b"#00f", b"#0f0")
    ),
    _edit(
        "another picture of another name and type",
        "更换图片（实质）",
        (DOCUMENT, "flow.png", "steps.jpg"),
        steps_jpg=lambda: pixels(300, 200, ImageType.JPEG).data,
    ),
    _edit(
        "another picture with another caption",
        "修改题名（文字），更换图片（实质）",
        (DOCUMENT, '"办理流程"', '"办理步骤"'),
        flow_png=lambda: pixels(320, 200).data,
    ),
    _edit("the width of a picture", "修改图片（形式）", (DOCUMENT, "{宽: 12厘米}", "{宽: 9厘米}")),
    _edit("a picture is turned", "修改图片（形式）", (DOCUMENT, "{宽: 12厘米}", "{旋转: 是}")),
    _edit(
        "a picture is moved",
        "移动图片（文字）",
        (DOCUMENT, _PICTURE + "\n", ""),
        (DOCUMENT, "申请人就近申请。", f"{_PICTURE}\n申请人就近申请。"),
    ),
    _edit("a picture goes", "删除图片（实质）", (DOCUMENT, _PICTURE + "\n", "")),
    _edit(
        "a picture comes",
        "新增图片（实质）",
        (DOCUMENT, "# 办理流程\n", '# 办理流程\n\n![窗口的样子](desk.png "受理窗口")\n'),
        desk_png=lambda: pixels(90, 60).data,
    ),
    _edit(
        "a picture without a caption comes",
        "新增图片（实质）",
        (DOCUMENT, "申请人就近申请。", "申请人就近申请。\n\n![窗口的样子](desk.png)"),
        desk_png=lambda: pixels(90, 60).data,
    ),
    # pictures attached
    _edit(
        "what an attached picture shows",
        "修改要素（文字）",
        (DOCUMENT, "圆形标识", "圆形的标识"),
    ),
    _edit(
        "an attached picture is replaced",
        "更换图片（实质）",
        badge_jpg=lambda: pixels(220, 200, ImageType.JPEG).data,
    ),
    _edit(
        "the width of an attached picture", "修改附件或印发件（形式）", (DOCUMENT, "8厘米", "9厘米")
    ),
    _edit("an attached picture goes", "删除附件或印发件（实质）", (DOCUMENT, _BADGE, "")),
    _edit(
        "an attached picture is moved",
        "移动附件或印发件（文字）",
        (DOCUMENT, _BADGE, ""),
        (DOCUMENT, "  - 文件: duties.md", f"{_BADGE}  - 文件: duties.md"),
    ),
    # finished files
    _edit(
        "a clause of a Word file",
        "更换文件（实质）",
        survey_docx=lambda: word_file(*_SURVEY[:2], "家庭年收入不超过4万元。", _SURVEY[3]),
    ),
    _edit(
        "a Word file of the same words",
        "更换文件（形式）",
        survey_docx=lambda: word_file(*_SURVEY, title="调查"),
    ),
    _edit("another workbook", "更换文件（实质）", list_xlsx=lambda: workbook("乙")),
    _edit("another PDF", "更换文件（实质）", guide_pdf=foreign_pdfs.odd),
    _edit(
        "a file is renamed",
        "修改文件（形式）",
        (DOCUMENT, "survey.docx", "visit.docx"),
        visit_docx=lambda: word_file(*_SURVEY),
    ),
    _edit(
        "the title of a file", "修改题名（文字）", (DOCUMENT, "标题: 办理指南", "标题: 办事指南")
    ),
    _edit("a file goes", "删除附件或印发件（实质）", (DOCUMENT, _SHEET, "")),
    _edit(
        "a form becomes a Word file",
        "更换附件或印发件（实质）",
        (DOCUMENT, "apply.csv", "apply.docx"),
        (
            DOCUMENT,
            "    表头: 0\n    列宽: [2, 3, 2, 3]\n    行高: {0: 10, 5: 40}\n    可填写: 是\n",
            "",
        ),
        apply_docx=lambda: word_file("申请表"),
    ),
    _edit("a file is bound", "修改附件或印发件（形式）", (DOCUMENT, "装订: 另附", "装订: 随文")),
    _edit(
        "a text goes out apart",
        "修改附件或印发件（形式）",
        (DOCUMENT, "    标题: 职责分工\n", "    标题: 职责分工\n    装订: 另附\n"),
    ),
    # forms
    _edit("a label", "修改单元格（文字）", (FORM, "联系电话", "手机号码")),
    _edit("a blank is filled", "修改单元格（实质）", (FORM, "身份证号,,", "身份证号,18位,")),
    _edit("boxes to tick", "修改单元格（实质）", (FORM, "□男　□女", "□男　□女　□其他")),
    _edit("a row", "新增行（实质）", (FORM, "申请理由", "户籍地址,,<,<\n申请理由")),
    _edit(
        "a row goes",
        "删除行（实质）",
        (FORM, "身份证号,,联系电话,\n", ""),
        (DOCUMENT, "5: 40", "4: 40"),
    ),
    _edit(
        "a column goes",
        "修改附件或印发件（形式），删除列（实质）",
        (FORM, ",性别,□男　□女", ",性别"),
        (FORM, ",联系电话,\n", ",联系电话\n"),
        (FORM, "家庭住址,,<,<", "家庭住址,,<"),
        (FORM, ",与儿童关系,年收入（元）", ",与儿童关系"),
        (FORM, "^,,,\n", "^,,\n"),
        (FORM, "申请理由,,<,<", "申请理由,,<"),
        (FORM, "日,<,<,<", "日,<,<"),
        (DOCUMENT, "列宽: [2, 3, 2, 3]", "列宽: [2, 3, 2]"),
    ),
    _edit("cells become one", "合并单元格（形式）", (FORM, "^,,,\n", "^,,<,\n")),
    _edit("a cell is parted", "拆分单元格（形式）", (FORM, "申请理由,,<,<", "申请理由,,,<")),
    _edit(
        "an option of a merged cell",
        "修改单元格（文字）",
        (FORM, "以上内容属实", "以上内容真实"),
    ),
    _edit("widths", "修改附件或印发件（形式）", (DOCUMENT, "[2, 3, 2, 3]", "[2, 4, 2, 4]")),
    _edit("heights", "修改附件或印发件（形式）", (DOCUMENT, "5: 40", "5: 55")),
    _edit("fillable", "修改附件或印发件（形式）", (DOCUMENT, "    可填写: 是\n", "")),
    # the red head
    _edit("a red head", "修改要素（形式）", (DOCUMENT, "成文日期:", "红头: 预印\n成文日期:")),
)


def edited(*edits: FormEdit) -> Document:
    """The notice after edits."""
    files = dict(content())
    for edit in edits:
        for name, old, new in edit.words:
            words = files[name]
            assert isinstance(words, str)
            assert words.count(old) >= 1, old
            files[name] = words.replace(old, new, 1)
        files |= {name: made() for name, made in edit.files.items()}
    document = files[DOCUMENT]
    assert isinstance(document, str)
    named = (name for name in files if name in (DOCUMENT, "bureau.yaml") or name in document)
    return _read(tuple((name, files[name]) for name in named))


@cache
def _read(files: tuple[tuple[str, str | bytes], ...]) -> Document:
    with TemporaryDirectory() as folder:
        named = {name if name == "bureau.yaml" else f"{SLUG}/{name}": data for name, data in files}
        write(Path(folder), named)
        reading = read_content(Path(folder), SLUG)
        assert not reading.findings, reading.findings
        return reading.document
