"""The examples of `publisher new --like` → docs/gallery.md, and pictures of their pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publisher.inspect.pictures import page_pictures
from publisher.model import Edition
from publisher.readers import read_bureau, read_document
from publisher.reconcile import reconcile
from publisher.renderers import pdf
from publisher.setting import editions

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "gallery.md"
PICTURES = ROOT / "docs" / "gallery"
CONTENT = ROOT / "templates" / "new" / "gallery"
MOST = 6
"""Pages of a document that are shown."""
TEXTS = {".md": "markdown", ".csv": "csv", ".svg": "xml"}
"""The files that are shown, and what their text is."""

HEAD = """\
# 例文

民政部门一年里常写的十五种公文，每一份先看印出来的样子，再看写法。机关、地名、人名、电话均为虚构。

照着写最快：`publisher new 2026-nianjian --like 年检通知` 把例文的全部文件放进
`content/2026-nianjian`，还没有 `bureau.yaml` 的一并建好；把虚构的机关、地名、人名改成自己的，
再运行 `publisher check`。各种写法的规定见 [writing.md](writing.md)。

本页由 `make docs` 写成，图由 `make pictures` 画成。例文在 `templates/new/gallery/`，
本单位的模板文件夹里也可以放自己的例文。
"""


@dataclass(frozen=True, slots=True)
class Example:
    """One of the examples, as the page shows it."""

    name: str
    """Of its folder, and what is written after `--like`."""
    stem: str
    """Of the names of its pictures."""
    about: str
    """What can be learnt from it."""


EXAMPLES = (
    Example(
        "年检通知",
        "inspection",
        "整段的条目和下面各级的条目，条目的第二段，条目之间的段落，独占一行而以句号结尾的标题，"
        "条目开头的小标题，两组抄送，文字附件和表格附件各一个。",
    ),
    Example(
        "请示",
        "request",
        "签发人，一个主送机关，附注里的联系人，附件里独占一行的标题，按类别合并的表格。",
    ),
    Example("批复", "reply", "引来文，不写标题，条目各有第二段，一个表格附件。"),
    Example(
        "转发通知",
        "forwarding",
        "转发的意见自己有主送机关、三个署名和成文日期，也有自己的附件；任务表与意见对账。",
    ),
    Example(
        "应急预案",
        "emergency-plan",
        "封面、题注、目录，1 和 1.1 这样的层次，名单，带圈的条目，注、下标和上标，两个附件。",
    ),
    Example("会议纪要", "minutes", "出席、请假、列席，议定的条目，条目之间的段落，两组抄送。"),
    Example(
        "领导小组",
        "leading-group",
        "两份名单：几种身份，两个字、三个字、四个字和更长的姓名；名单之后接着写条目。",
    ),
    Example("公告", "announcement", "没有主送机关；链接、注、上标；末尾是联系人、电话和地址。"),
    Example(
        "提案答复",
        "answer",
        "信函格式：主送个人，条目开头的小标题，两组抄送，附注里的联系人。",
    ),
    Example("工作规则", "working-rules", "题注；分章，而一、二、三从头到尾连续编号；三级条目。"),
    Example(
        "年度报告",
        "yearly-report",
        "政府信息公开工作年度报告：正文里的表格，直接写的和放在文件里的；"
        "两层、三层的列标题，三层的行标题，合并的单元格，单位，总计。",
    ),
    Example(
        "三年计划",
        "plan",
        "四个表格：正文里有编号和标题的，有合计、单位、注和单元格的注的，"
        "两级分组、续页标明续表的，任务分工的。",
    ),
    Example(
        "申请表",
        "forms",
        "要填写的表：可以在 Word 里填写的申请审批表，打勾的核查表，正文里的回执；"
        "合并的格、列宽、行高、签字的地方。",
    ),
    Example(
        "办事指南",
        "service-guide",
        "正文里有图题的流程图（SVG），横放一页的地图（PNG），每个图都有替代文字。",
    ),
    Example(
        "附表附件",
        "finished-files",
        "做好的文件作附件：Word 表、PDF 指南、另附的 Excel 表；另附的名单；套打，红头不印。",
    ),
)


def edition_of(name: str) -> Edition:
    """An example as it is printed."""
    bureau, _ = read_bureau(CONTENT)
    document, _ = read_document(CONTENT / name, bureau)
    if document is None:
        raise SystemExit(f"{CONTENT / name} 无法读取")
    return editions.edition_of(document, reconcile(document))


def pictures() -> Iterator[tuple[str, bytes]]:
    """The pictures of all pages that are shown, by their names in `docs/gallery/`."""
    for example in EXAMPLES:
        drawn = page_pictures(pdf.render(edition_of(example.name))["document.pdf"])
        for number, picture in enumerate(drawn[:MOST], 1):
            yield f"{example.stem}-{number}.png", picture


def page() -> str:
    """The page, with the pictures that are there."""
    contents = "\n".join(f"- [{example.name}](#{example.name})" for example in EXAMPLES)
    return "\n".join([HEAD, contents, "", "\n".join(map(_section, EXAMPLES))])


def _section(example: Example) -> str:
    shown = "\n".join(_picture(example, path) for path in _pictures_of(example))
    sources = "\n".join(map(_source, sorted((CONTENT / example.name).iterdir(), key=_order)))
    return f"## {example.name}\n\n{example.about}\n\n{shown}\n\n{sources}"


def _pictures_of(example: Example) -> list[Path]:
    return sorted(PICTURES.glob(f"{example.stem}-[0-9]*.png"))


def _picture(example: Example, path: Path) -> str:
    number = path.stem.rpartition("-")[2]
    says = f"{example.name}，第 {number} 页"
    return f'<img src="gallery/{path.name}" alt="{says}" width="240">'


def _order(path: Path) -> tuple[bool, bool, str]:
    """`document.md` first, then texts, then all else."""
    return path.name != "document.md", path.suffix != ".md", path.name


def _source(path: Path) -> str:
    kind = TEXTS.get(path.suffix)
    if kind is None:
        return f"`{path.name}`：见 `templates/new/gallery/{path.parent.name}/`。\n"
    return f"`{path.name}`：\n\n````{kind}\n{path.read_text('utf-8')}````\n"


def draw() -> None:
    """Draw all pictures anew."""
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    for name, picture in pictures():
        (PICTURES / name).write_bytes(picture)
        print(f"docs/gallery/{name}  {len(picture) // 1024} KB")


if __name__ == "__main__":
    draw()
    PAGE.write_text(page(), "utf-8")
