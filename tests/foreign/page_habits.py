"""The blocks of a document, and the CMS of a website → a page as visitors save it.

Each habit is that of another CMS: what it makes of an editor's paragraphs, and what it puts around
them. What stands around is no part of the document, and is answered as left out.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from answers import ABOVE, LEFT, Block, Grid

from publisher.intake.result import Role

LARGE = (Role.TITLE, Role.ISSUED_TITLE, Role.ATTACHMENT_TITLE)
RIGHT = (Role.SIGNATORY, Role.DATE, Role.TABLE_UNIT)
SHOWN_BY_NO_SITE = (
    Role.MARK,
    Role.COPY_NUMBER,
    Role.CLASSIFICATION,
    Role.URGENCY,
    Role.COPIES,
    Role.PRINTING,
)
"""What paper has and pages have not."""


@dataclass(frozen=True)
class Furniture:
    """What a site puts around."""

    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[Block, ...]:
        """All of it is left out."""
        return tuple(Block(Role.LEFT_OUT, words) for words in (*self.above, *self.below))


SITE = Furniture(
    ("首页", "政务公开", "办事服务", "互动交流", "当前位置：首页 > 政务公开 > 政策文件"),
    (
        "扫一扫在手机打开当前页",
        "分享到：微信 微博",
        "上一篇：关于清明节放假安排的公告",
        "下一篇：关于公布行政许可事项目录的公告",
        "主办：青湾市人民政府办公室　承办：青湾市大数据中心",
        "网站标识码：0000000001　备案号：青ICP备00000000号",
    ),
)
Maker = Callable[[Sequence[Block]], bytes]


def on_page(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks that a page shows."""
    return tuple(block for block in blocks if block.role not in SHOWN_BY_NO_SITE)


# -- five CMSs --------------------------------------------------------------------------


def span_soup(blocks: Sequence[Block]) -> bytes:
    """Each paragraph in spans with styles of its own, the text in a box that the editor names."""
    inner = "".join(
        f'<p style="text-align: {_aligned(line[0])}; text-indent: {_indent(line[0])}">'
        + "".join(_spans(block) for block in line)
        + "</p>\n"
        if not line[0].grid
        else _table(line[0].grid, ' border="1" cellspacing="0" style="border-collapse:collapse"')
        for line in lines(blocks)
    )
    return _page(
        _bar(SITE.above)
        + f'<div class="main"><div class="content TRS_Editor">{inner}</div></div>'
        + _foot(SITE.below)
    )


def _spans(block: Block) -> str:
    words = _escaped(block.words)
    face = "黑体" if block.role in LARGE else "仿宋_GB2312"
    pieces = [words[at : at + 7] for at in range(0, len(words), 7)]
    if "&" in words:
        pieces = [words]
    soup = "".join(
        f'<span style="font-family: {face};"><span style="font-size: 16pt">{piece}</span></span>'
        for piece in pieces
    )
    return f"<strong>{soup}</strong>" if block.role in (*LARGE, Role.HEADING) else soup


def with_breaks(blocks: Sequence[Block]) -> bytes:
    """One box of text whose lines `<br>` ends, indented by blanks."""
    inner = ""
    for line in lines(blocks):
        if line[0].grid:
            inner += _table(line[0].grid, ' border="1"')
            continue
        lead = "" if line[0].role in (*LARGE, Role.RECIPIENTS) else "&nbsp;&nbsp;&nbsp;&nbsp;"
        if line[0].role in RIGHT:
            lead = "\u3000" * 20
        inner += lead + "".join(_escaped(block.words) for block in line) + "<br>\n<br>\n"
    return _page(
        _bar(SITE.above) + f'<div id="zoom" class="article">{inner}</div>' + _foot(SITE.below),
        charset="gb2312",
    )


def in_tables(blocks: Sequence[Block]) -> bytes:
    """A page that is tables all over; its own title line above the text has that of the text."""
    title = next(block for block in blocks if block.role is Role.TITLE)
    inner = "".join(
        f'<p align="{_aligned(line[0])}">'
        + ("" if line[0].role in (*LARGE, *RIGHT, Role.RECIPIENTS) else "\u3000\u3000")
        + "".join(_escaped(block.words) for block in line)
        + "</p>"
        if not line[0].grid
        else _table(line[0].grid, ' border="1"')
        for line in lines([block for block in blocks if block is not title])
    )
    cells = "".join(f"<td><a href='#'>{words}</a></td>" for words in SITE.above)
    below = "".join(f"<tr><td align='center'>{words}</td></tr>" for words in SITE.below)
    return _page(
        f"<table width='1000'><tr>{cells}</tr></table>"
        "<table width='1000' border='0' cellpadding='0'>"
        f"<tr><td class='title' align='center'><b>{_escaped(title.words)}</b></td></tr>"
        "<tr><td align='center'>发布日期：2030-06-18　　浏览次数："
        "<script>document.write(9)</script></td></tr>"
        f"<tr><td><div id='fontzoom'>{inner}</div></td></tr></table>"
        f"<table>{below}</table>"
    )


def with_mobile_copy(blocks: Sequence[Block]) -> bytes:
    """A record above the text, and all of it again for telephones, hidden."""
    number = next((block.words for block in blocks if block.role is Role.NUMBER), "")
    title = next(block.words for block in blocks if block.role is Role.TITLE)
    inner = "".join(
        f'<p class="{"center" if line[0].role in LARGE else "indent"}" '
        f'style="text-align:{_aligned(line[0])}">'
        + "".join(_escaped(block.words) for block in line)
        + "</p>"
        if not line[0].grid
        else _table(line[0].grid, ' class="MsoTable" border="1"')
        for line in lines(blocks)
    )
    record = (
        "<table class='xxgk-table'>"
        "<tr><td>索 引 号：</td><td>QW0012/2030-00345</td><td>主题分类：</td><td>综合政务</td></tr>"
        f"<tr><td>发文字号：</td><td>{number}</td><td>发布日期：</td><td>2030年6月18日</td></tr>"
        f"<tr><td>标　　题：</td><td colspan='3'>{_escaped(title)}</td></tr></table>"
    )
    return _page(
        f'<div class="pc">{_bar(SITE.above)}{record}<div class="xxgk-content">{inner}</div></div>'
        f'<div class="mobile" style="display:none"><h2>{_escaped(title)}</h2>{inner}</div>'
        + _foot(SITE.below)
    )


def with_elements(blocks: Sequence[Block]) -> bytes:
    """A new site, made of HTML 5: headings are headings, what is around is called so."""
    inner = ""
    for line in lines(blocks):
        words = "".join(_escaped(block.words) for block in line)
        match line[0]:
            case Block(grid=grid) if grid:
                inner += _table(grid, "", has_head=True)
            case Block(role=Role.TITLE):
                inner += f"<h1>{words}</h1>"
            case Block(role=Role.ISSUED_TITLE | Role.ATTACHMENT_TITLE):
                inner += f'<h2 class="sub">{words}</h2>'
            case Block(role=Role.HEADING, level=level) if len(line) == 1:
                inner += f"<h{level + 2}>{words}</h{level + 2}>"
            case Block(role=role):
                inner += f'<p class="{"right" if role in RIGHT else "text"}">{words}</p>'
    links = "".join(f"<li><a href='#'>{words}</a></li>" for words in SITE.above[:-1])
    return _page(
        f"<header><nav><ul>{links}</ul></nav></header>"
        f"<main><div class='breadcrumb'>{html.escape(SITE.above[-1])}</div>"
        f"<article>{inner}</article>"
        f"<aside>{''.join(f'<p>{words}</p>' for words in SITE.below[:4])}</aside></main>"
        f"<footer>{''.join(f'<p>{words}</p>' for words in SITE.below[4:])}</footer>",
        style=".right{text-align:right}.text{text-indent:2em}h1,.sub{text-align:center}",
    )


def around(inner: str) -> bytes:
    """A page of a site around a text that a site showed already."""
    return _page(
        _bar(SITE.above)
        + f'<table class="border-table"><tr>{inner}</tr></table>'
        + _foot(SITE.below)
    )


# -- saved by Word ----------------------------------------------------------------------


def saved_by_word(blocks: Sequence[Block]) -> bytes:
    """Word's own web page: MsoNormal, conditional comments, elements of its own, GB 2312."""
    inner = "".join(
        _word_table(line[0].grid)
        if line[0].grid
        else f"<p class=MsoNormal align={_aligned(line[0])} style='text-align:{_aligned(line[0])};"
        f"text-indent:{_points(line[0])}'>"
        + "".join(
            f"<span lang=ZH-CN style='font-size:16.0pt;font-family:{_face(block)};"
            f"mso-ascii-font-family:Calibri'>{_escaped(block.words)}</span>"
            for block in line
        )
        + "<span lang=EN-US style='font-size:16.0pt'><o:p></o:p></span></p>\r\n"
        for line in lines(blocks)
    )
    return (
        '<html xmlns:v="urn:schemas-microsoft-com:vml"\r\n'
        'xmlns:o="urn:schemas-microsoft-com:office:office"\r\n'
        'xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">\r\n'
        "<head><meta http-equiv=Content-Type content='text/html; charset=gb2312'>"
        "<meta name=Generator content='Microsoft Word 15'>"
        "<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>办公室</o:Author>"
        "</o:DocumentProperties></xml><![endif]-->"
        "<style><!-- p.MsoNormal{margin:0cm;text-align:justify} --></style></head>"
        f"<body lang=ZH-CN><div class=WordSection1>{inner}</div></body></html>"
    ).encode("gb18030")


def _word_table(grid: Grid) -> str:
    return _table(grid, " class=MsoTableGrid border=1 cellspacing=0", paragraph="p class=MsoNormal")


def _face(block: Block) -> str:
    if block.role in LARGE:
        return "方正小标宋简体"
    return {1: "黑体", 2: "楷体_GB2312"}.get(block.level, "仿宋_GB2312")


def _points(block: Block) -> str:
    return "32.0pt" if _indent(block) != "0" else "0cm"


# -- what they share --------------------------------------------------------------------


def lines(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """What is a line each: what runs in stands behind its heading."""
    line: list[Block] = []
    for block in blocks:
        if line and not block.runs_in:
            yield line
            line = []
        line.append(block)
    yield line


def _aligned(block: Block) -> str:
    if block.role in (*LARGE, Role.NUMBER, Role.SUBTITLE):
        return "center"
    return "right" if block.role in RIGHT else "left"


def _indent(block: Block) -> str:
    is_first = block.role in (
        Role.PARAGRAPH,
        Role.HEADING,
        Role.ITEM,
        Role.REMARK,
        Role.ATTACHMENT_LIST,
    )
    return "2em" if is_first else "0"


def _escaped(words: str) -> str:
    return html.escape(words, quote=False).replace("\n", "<br>")


def _table(grid: Grid, attributes: str, has_head: bool = False, paragraph: str = "") -> str:
    rows = ""
    for row, cells in enumerate(grid):
        inner = ""
        for column, words in enumerate(cells):
            if words not in (LEFT, ABOVE):
                tag = "th" if has_head and row == 0 else "td"
                held = _escaped(words)
                if paragraph:
                    held = f"<{paragraph}>{held}</{paragraph.split()[0]}>"
                inner += f"<{tag}{_spanned(grid, row, column)}>{held}</{tag}>"
        rows += f"<tr>{inner}</tr>"
    return f"<table{attributes}>{rows}</table>"


def _spanned(grid: Grid, row: int, column: int) -> str:
    down = right = 1
    while row + down < len(grid) and grid[row + down][column] == ABOVE:
        down += 1
    while column + right < len(grid[row]) and grid[row][column + right] == LEFT:
        right += 1
    rows = f' rowspan="{down}"' if down > 1 else ""
    return rows + (f' colspan="{right}"' if right > 1 else "")


def _bar(words: Sequence[str]) -> str:
    links = "".join(f'<li><a href="/">{html.escape(each)}</a></li>' for each in words[:-1])
    return (
        f'<div class="header"><ul class="nav">{links}</ul></div>'
        f'<div class="location">{html.escape(words[-1])}</div>'
    )


def _foot(words: Sequence[str]) -> str:
    shared = "".join(f"<p>{each}</p>" for each in words[:2])
    near = "".join(f'<li><a href="/">{each}</a></li>' for each in words[2:4])
    last = "".join(f"<p>{each}</p>" for each in words[4:])
    return (
        f'<div class="share">{shared}</div><ul class="prenext">{near}</ul>'
        f'<div class="footer">{last}</div>'
    )


def _page(body: str, style: str = "", charset: str = "utf-8") -> bytes:
    encoding = "gb18030" if charset == "gb2312" else charset
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}">'
        "<title>政策文件_青湾市人民政府</title>"
        f"<style>{style}</style><script>var page = 1;</script></head><body>{body}</body></html>"
    ).encode(encoding)
