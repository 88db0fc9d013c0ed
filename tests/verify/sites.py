"""Pages of websites as offices have them, each with a document's fragment somewhere in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

NAVIGATION = (
    '<div class="top"><a href="/">首页</a> <a href="/zwgk/">政务公开</a> '
    '<a href="/hdjl/">互动交流</a></div>'
)
FOOT = (
    '<div class="foot">主办单位：青岚市政务办　地址：滨河路1号　网站标识码：0000000001　'
    "青ICP备00000001号</div>"
)
TURN = (
    '<div class="pn">上一篇：<a href="1.html">关于做好防汛工作的通知</a> '
    '下一篇：<a href="3.html">关于开展安全检查的通知</a></div>'
)
SOURCE = (
    '<div class="info">来源：本站　发布时间：2030-03-02 09:30　浏览次数：123　'
    '【字体：<a href="javascript:">大</a> <a href="javascript:">中</a> '
    '<a href="javascript:">小</a>】</div>'
)
SHARE = '<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a> 打印　关闭窗口</div>'


@dataclass(frozen=True)
class Pasted:
    """What an editor has pasted, and what the site knows of the document."""

    fragment: str
    title: str
    headings: tuple[str, ...]
    number: str
    paragraph: str
    """One of the document's, for those who quote it."""


def modern(it: Pasted) -> str:
    """Blocks; h1, share bar, source line; a list of files behind the text."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>{it.title}_青岚市</title></head><body>{NAVIGATION}
<div class="pos">当前位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a></div>
<h1>{it.title}</h1>{SOURCE}{SHARE}<div id="zoom">{it.fragment}</div>
<div class="fj">附件：<a href="P02.docx">{it.title}.docx</a></div>{TURN}{FOOT}</body></html>"""


def tables(it: Pasted) -> str:
    """Laid out in nested tables, in GB 2312; the title is large red type and no heading."""
    return f"""<html><head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>
<table width="980" align="center"><tr><td colspan="2">{NAVIGATION}</td></tr><tr>
<td width="200"><table><tr><td>通知公告</td></tr><tr><td>公示公告</td></tr></table></td>
<td><center><font size="5" color="red">{it.title}</font></center>
<table width="100%"><tr><td align="center">来源：本站</td><td>日期：2030-03-02</td></tr></table>
<table width="100%"><tr><td>{it.fragment}</td></tr></table></td></tr></table>{FOOT}</body></html>"""


def plain_title(it: Pasted) -> str:
    """Metadata in a table; the title in a block that is no heading, then who issued it and when."""
    return f"""<html><body>{NAVIGATION}<table class="meta"><tr><td>索引号</td><td>011/2030-1</td>
<td>发布机构</td><td>青岚市政务办</td></tr><tr><td>名　　称</td><td colspan="3">{it.title}</td></tr>
<tr><td>文　　号</td><td>{it.number}</td><td>发布日期</td><td>2030-03-02</td></tr></table>
<div class="article"><div class="tit"><p>{it.title}</p></div>{SOURCE}
<div class="TRS_Editor">{it.fragment}</div></div>{SHARE}{TURN}{FOOT}</body></html>"""


def related(it: Pasted) -> str:
    """Breadcrumb, contents and related links repeat title and headings, before and after."""
    contents = "".join(f'<li><a href="#s{n}">{one}</a></li>' for n, one in enumerate(it.headings))
    links = (
        f'<div class="side"><h3>相关文件</h3><ul><li><a href="/a.html">{it.title}</a></li>'
        f'<li><a href="/b.html">一图读懂：{it.title}</a></li></ul></div>'
    )
    return f"""<html><body>{NAVIGATION}<div class="pos">首页 &gt; 政务公开 &gt; {it.title}</div>
{links}<div class="toc"><h4>目录</h4><ul>{contents}</ul></div><h1>{it.title}</h1>
<div class="card"><p>{it.title}</p><p>{it.paragraph[:40]}…</p></div>
<article>{it.fragment}</article>{links}<div class="toc"><ul>{contents}</ul></div>
{FOOT}</body></html>"""


def cells(it: Pasted) -> str:
    """One table lays the page out: navigation, text and links in cells beside one another."""
    return f"""<html><body><table><tr><td>首页</td><td>政务公开</td><td>互动交流</td></tr>
<tr><td valign="top">通知公告<br>公示公告<br>人事信息</td><td valign="top"><h1>{it.title}</h1>
<p>发布时间：2030-03-02　来源：本站</p><div>{it.fragment}</div></td>
<td valign="top">热点<br>{it.title}<br>专栏</td></tr></table></body></html>"""


def mobile(it: Pasted) -> str:
    """For telephones: the site's own short title, a line of the day, the text right below."""
    short = it.title.split("关于", 1)[-1]
    return f"""<!DOCTYPE html><html><head><meta name="viewport" content="width=device-width"></head>
<body><section class="m"><h2 class="t">关于{short}</h2><p class="d">2030-03-02 09:30 本站</p>
<div class="c">{it.fragment}</div><p class="more"><a href="/all">查看更多</a></p></section>
<footer>{FOOT}</footer></body></html>"""


def talked_of(it: Pasted) -> str:
    """Print and QR code around the text; readers' comments that quote it."""
    return f"""<html><body><div id="head">青岚市政务办文件库</div><div class="w"><h1>{it.title}</h1>
<div class="tool"><a href="javascript:print()">打印本页</a> <a href="d.pdf">下载全文</a></div>
<div class="content">{it.fragment}
<div class="qr"><img src="q.png" alt="">扫一扫在手机打开当前页</div></div>{TURN}
<div class="comments"><h3>网友评论</h3><p>“{it.paragraph}”这一段说得好。</p>
<blockquote>{it.paragraph}</blockquote><p>{it.title}什么时候执行？</p></div></div>
{FOOT}</body></html>"""


def bare(it: Pasted) -> str:
    """Nothing but the text: what is deleted from it is nowhere else."""
    return f"<html><body>{NAVIGATION}<div class='text'>{it.fragment}</div>{FOOT}</body></html>"


Site = Callable[[Pasted], str]
SITES: dict[str, Site] = {
    one.__name__: one for one in (modern, tables, plain_title, related, cells, mobile, talked_of)
}
ENCODINGS = {"tables": "gb18030"}
