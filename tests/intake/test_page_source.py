"""Web pages of others: every word is there, the article is known, tables and looks are as shown."""

from __future__ import annotations

import base64
import contextlib
import io
from pathlib import Path

import pytest
from held import is_whole, left, pictures, rows, shown, tables
from PIL import Image

from conftest import ROOT
from publisher.files import Unreadable
from publisher.intake import page
from publisher.intake.recognise.text import read_text
from publisher.intake.source import Aligned, RunShift, SourceFile, SourceParagraph, paragraphs_in
from publisher.model import Note, plain
from verify.sites import ENCODINGS, SITES, Pasted

REAL = sorted((ROOT.parent / "shared" / "real").glob("*.html"))
TITLE = "青岚市政务办关于做好2030年档案移交工作的通知"
TEXT = (
    "<p>各区政务办：</p><p>　　2030年档案移交工作已经开始，现将有关事项通知如下。</p>"
    "<p>　　<strong>一、移交范围</strong></p><p>　　2020年以前形成的永久档案；其他按目录办理。</p>"
    '<table border="1"><tr><td>序号</td><td>类别</td></tr><tr><td>1</td><td>文书</td></tr></table>'
    '<p style="text-align:right">青岚市政务办</p><p style="text-align:right">2030年3月1日</p>'
)
WORDS = [
    "各区政务办：",
    "　　2030年档案移交工作已经开始，现将有关事项通知如下。",
    "　　一、移交范围",
    "　　2020年以前形成的永久档案；其他按目录办理。",
    "［表］",
    "青岚市政务办",
    "2030年3月1日",
]
NUMBER = "青政办发〔2030〕5号"


def read(html: str, encoding: str = "utf-8") -> SourceFile:
    source = page.read("page.html", html.encode(encoding))
    assert is_whole(source)
    return source


def png() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (4, 2), "red").save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
@pytest.mark.thorough
def test_a_real_page_keeps_every_word(path: Path) -> None:
    source = page.read(path.name, path.read_bytes())
    assert is_whole(source)
    assert source.left_out == ()
    printed = path.with_suffix(".txt").read_text("utf-8").split("\n")
    grids = sum(line == "【表】" for line in printed)
    assert len(tables(source)) == grids


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("has_title", [False, True])
def test_of_a_site_the_document_alone_is_taken(site: str, has_title: bool) -> None:
    title = f'<p style="text-align:center">{TITLE}</p>' if has_title else ""
    pasted = Pasted(title + TEXT, TITLE, ("一、移交范围",), NUMBER, WORDS[3].strip())
    html = SITES[site](pasted).encode(ENCODINGS.get(site, "utf-8"))
    source = page.read("page.html", html)
    assert is_whole(source)
    assert shown(source)[-len(WORDS) :] == WORDS
    above = shown(source)[: -len(WORDS)]
    if site == "mobile" and not has_title:
        assert above == ["关于做好2030年档案移交工作的通知"]
    elif site == "mobile":
        assert above[-1] == TITLE
    else:
        assert above == [TITLE]


@pytest.mark.parametrize("name", ["article", "section", "main", "o:p", "div", ""])
def test_a_page_needs_neither_head_nor_body(name: str) -> None:
    begin, end = (f"<{name}>", f"</{name}>") if name else ("", "")
    head = '<meta charset="utf-8"><title>移交</title>'
    assert shown(read(f"{head}{begin}{TEXT}{end}")) == WORDS
    around = "".join(shown(read(f"{head}{begin}前言{end}后记{TEXT}"))[: -len(WORDS)])
    assert around == "前言后记"


def test_what_a_site_says_of_a_document_are_properties() -> None:
    source = read(
        "<html><head><title>通知_青岚市</title><meta name='ArticleTitle' content='关于某事的通知'>"
        "<link rel='canonical' href='https://www.example.gov.cn/1.html'></head><body>"
        "<table><tr><td>索 引 号：</td><td>011/2030-1</td><td>主题分类：</td><td>档案</td></tr>"
        "<tr><td>发文机关：</td><td>青岚市政务办</td><td>成文日期：</td><td>2030年3月1日</td></tr>"
        f"<tr><td>发文字号：</td><td>{NUMBER}</td><td>有 效 性：</td><td>有效</td></tr></table>"
        f"<h1>关于某事的通知</h1><div class='info'>来源：办公室　浏览次数：12</div>"
        f"<div id='zoom'>{TEXT}</div></body></html>"
    )
    said = dict(source.properties)
    assert said["索引号"] == "011/2030-1"
    assert said["主题分类"] == "档案"
    assert said["发文字号"] == NUMBER
    assert said["成文日期"] == "2030年3月1日"
    assert said["有效性"] == "有效"
    assert said["标题"] == "关于某事的通知"
    assert source.address == "https://www.example.gov.cn/1.html"
    assert "索 引 号：" in left(source)["公开信息"]
    assert left(source)["发布信息"] == ["来源：办公室 浏览次数：12"]
    assert shown(source) == ["关于某事的通知", *WORDS]


def test_a_title_that_the_form_does_not_print_is_known() -> None:
    source = read("<h2 data-generated>关于调水的<br>命令</h2><p>实施调水。</p>")
    assert ("标题", "关于调水的命令") in source.properties


def test_a_table_of_the_document_is_no_record() -> None:
    source = read(
        "<div><p>现公布文件目录。</p><table border=1>"
        "<tr><th>标题</th><th>文号</th><th>发布日期</th></tr><tr><td>甲</td><td>1号</td><td>3月</td></tr></table><p>特此公告。</p></div>"
    )
    assert rows(tables(source)[0])[0] == ["标题", "文号", "发布日期"]
    assert tables(source)[0].head_rows == 1


def test_what_is_hidden_is_listed() -> None:
    source = read(
        "<html><head><style>.m{display:none}</style></head><body><div>"
        "<p>全文在此。请执行。</p><p class='m'>手机版</p><p style='display: none'>草稿</p>"
        "<noscript>请打开脚本</noscript><template>样板</template><script>var 无 = 1</script>"
        "</div></body></html>"
    )
    assert shown(source) == ["全文在此。请执行。"]
    assert left(source)["隐藏的文字"] == ["手机版", "草稿"]
    assert left(source)["浏览器不显示的文字"] == ["请打开脚本", "样板"]


def test_lines_of_a_box_are_paragraphs_and_those_of_a_title_are_lines() -> None:
    source = read(
        "<div style='text-align:center'><b>关于某事<br>的通知</b></div>"
        "<div>　　第一段。<br>　　第二段。<br><br>　　第三段，<br>　　第四段。</div>"
        "<p align=center>青岚市政务办<br>关于某事的通知</p><p>　　甲。<br/>　　乙。</p>"
        "<p align=right>青岚市政务办&nbsp;<br>2030年3月1日&nbsp;</p>"
    )
    assert shown(source)[2:] == [
        "　　第一段。",
        "　　第二段。",
        "　　第三段，",
        "　　第四段。",
        "青岚市政务办\n关于某事的通知",
        "　　甲。",
        "　　乙。",
        "青岚市政务办",
        "2030年3月1日",
    ]


def test_a_comma_in_brackets_parts_no_selectors() -> None:
    source = read(
        "<style>:is(h4, h5):is(.a, .b, .c), p:not(:is(.d, .e)), .f{font-weight:400}</style>"
        "<p class=b><b class=b>甲</b></p><p class=f><b class=f>乙</b></p>"
    )
    first, second = (each for each in source.blocks if isinstance(each, SourceParagraph))
    assert (first.main_run.is_bold, second.main_run.is_bold) == (True, False)


def test_looks_are_those_of_the_words() -> None:
    source = read(
        "<style>p.t{text-align:center;font-size:22pt}"
        " .c P{text-indent:2em;font-family:仿宋}</style>"
        "<p class=t><font color=red size=5 face=楷体>令</font></p>"
        "<div class='c'><p><span style='font-size:16pt'>一个</span><b>段</b>落<sup>2</sup></p>"
        "<p style='text-indent:32pt;font-size:16pt'>缩进</p></div><center>居中</center>"
    )
    order, words, indented, centred = (
        block for block in source.blocks if isinstance(block, SourceParagraph)
    )
    assert (order.look.alignment, order.look.style) == (Aligned.CENTRED, "p.t")
    assert order.main_run.is_red
    assert (order.main_run.face, order.main_run.size) == ("楷体", 18)
    assert (words.look.first, words.runs[0].face, words.runs[0].size) == (2, "仿宋", 16)
    assert words.runs[1].is_bold
    assert words.runs[-1].shift is RunShift.RAISED
    assert indented.look.first == 2
    assert centred.look.alignment is Aligned.CENTRED


def test_one_span_a_character_is_one_run() -> None:
    spans = "".join(f"<span style='font-size:16pt'>{character}</span>" for character in "现将通知")
    (paragraph,) = paragraphs_in(read(f"<p>{spans}</p>").blocks)
    assert [run.words for run in paragraph.runs] == ["现将通知"]


def test_tables_that_lay_a_page_out_are_opened() -> None:
    source = read(
        "<table width=1000><tr><td><a href=/>首页</a></td></tr></table><table><tr><td>"
        "<p>第一段话。</p><table border=1><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr>"
        "<tr><td>丙</td><td>丁</td></tr></table><p>第二段话。</p></td></tr></table>"
    )
    assert shown(source) == ["第一段话。", "［表］", "第二段话。"]
    assert rows(tables(source)[0]) == [["甲", "乙", "〃"], ["〃", "丙", "丁"]]


def test_columns_in_which_no_cell_begins_are_none() -> None:
    source = read(
        "<p>下表。</p><table border=1><tr><td>甲</td><td colspan=2>乙</td></tr>"
        "<tr><td>1</td><td colspan=2>2</td></tr><tr></tr></table>"
    )
    assert rows(tables(source)[0]) == [["甲", "乙"], ["1", "2"]]


def test_numbers_of_lists_are_labels() -> None:
    source = read("<ol start=3><li>三</li><li style='list-style-type:cjk-ideographic'>四</li></ol>")
    labels = [paragraph.label for paragraph in paragraphs_in(source.blocks)]
    assert labels == ["3.", "四、"]


@pytest.mark.parametrize(
    "html",
    [
        "<ol><li></li></ol><p>后一段。</p>",
        "<ol><li><img src='a.png'></li></ol><p>后一段。</p>",
        "<ol><li>&nbsp;</li></ol>后一段。",
        "<p><span style='mso-list:Ignore'>1.</span></p><p>后一段。</p>",
        "<ol><li><table border=1><tr><td>后一段。</td><td>乙</td></tr></table></li></ol>",
        "<div class=nav><ol><li><a href=a>首页</a></li></ol></div><div id=zoom>后一段。</div>",
    ],
)
def test_a_number_without_words_goes_to_no_other_paragraph(html: str) -> None:
    paragraph = next(each for each in paragraphs_in(read(html).blocks) if "后一段" in each.typed)
    assert paragraph.label == ""


def test_numbers_that_word_typed_are_labels() -> None:
    source = read(
        "<html><body><p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>"
        "<![if !supportLists]><span><span style='mso-list:Ignore'>（一）<span>&nbsp; </span></span>"
        "</span><![endif]>总体要求</p></body></html>",
        "gb18030",
    )
    (paragraph,) = paragraphs_in(source.blocks)
    assert (paragraph.label, paragraph.label_level, paragraph.typed) == ("（一）", 2, "总体要求")


def test_links_lead_to_the_web_alone() -> None:
    source = read(
        "<base href='https://www.example.gov.cn/a/'><p>见<a href='b.html'>甲</a>、"
        "<a href='javascript:x()'>乙</a>、<a href='file:///etc/passwd'>丙</a>。</p>"
    )
    (paragraph,) = paragraphs_in(source.blocks)
    assert [run.link for run in paragraph.runs if run.link] == [
        "https://www.example.gov.cn/a/b.html"
    ]


def test_pictures_that_are_in_the_file_are_read() -> None:
    data = base64.b64encode(png()).decode()
    source = read(
        f"<p>如图。</p><p><img src='data:image/png;base64,{data}' alt='位置'></p>"
        "<p><img src='https://evil.example/a.png' alt='远处'></p><img src=x.gif width=16 height=16>"
    )
    here, there = pictures(source)
    assert (here.data, here.alternative) == (png(), "位置")
    assert here.name.endswith(".png")
    assert (there.data, there.name) == (b"", "a.png")
    assert [remark.kind for remark in source.remarks] == ["图片不在文件里"]


def test_a_picture_that_is_loaded_when_it_is_seen_has_its_address() -> None:
    blank = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
    source = read(
        f"<p>如图。</p><p><img src='{blank}' data-original='/a/b.jpg' alt='流程'></p>"
        "<p><img data-src='https://www.example.gov.cn/c.png'></p>"
    )
    assert [each.name for each in pictures(source)] == ["b.jpg", "c.png"]
    assert source.remarks[0].words == "流程 /a/b.jpg"


def test_an_article_that_a_script_shows_is_not_hidden() -> None:
    source = read(
        "<h1 class=rich_media_title>关于某事的通知</h1>"
        "<div class=rich_media_meta_list>青岚发布</div>"
        "<div class=rich_media_content id=js_content style='visibility: hidden; opacity: 0'>"
        "<section><p>各区：</p><section>现将有关事项通知如下。</section>"
        "<p style='display:none'>草稿</p></section></div>"
    )
    assert shown(source) == ["关于某事的通知", "各区：", "现将有关事项通知如下。"]
    assert left(source) == {"隐藏的文字": ["草稿"], "发布信息": ["青岚发布"]}


def test_what_broken_tags_spill_out_of_an_article_stays() -> None:
    source = read(
        "<body><div class=nav><a href=a>首页</a></div>"
        "<div id=zoom><p>一、现将有关事项通知如下。</p>"
        "</div></span><p>二、检查范围</p><table border=1><tr><td>甲<td>乙<tr><td>1<td>2</table>"
        "<div class=footer>某某网站</div><p>地址：某路1号</p></body>"
    )
    assert shown(source) == ["一、现将有关事项通知如下。", "二、检查范围", "［表］"]
    assert left(source)["网站的其他文字"] == ["地址：某路1号"]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("gbk", "iso-8859-1"), ("gbk", "windows-1252"), ("utf-16-le", "utf-16"), ("utf-16-be", "")],
)
def test_a_wrong_encoding_is_not_believed(encoding: str, declared: str) -> None:
    html = f"<meta charset='{declared}'><p>各区政务办：现将有关事项通知如下。</p>"
    assert shown(page.read("page.html", html.encode(encoding))) == [
        "各区政务办：现将有关事项通知如下。"
    ]


def test_letters_before_entries_are_labels() -> None:
    source = read(
        "<p>如下。</p><ol type=a><li>甲</li><li>乙</li></ol><ol type=A start=3><li>丙</li></ol>"
    )
    assert [each.label for each in paragraphs_in(source.blocks)] == ["", "a.", "b.", "C."]


def test_a_single_file_page_has_its_pictures() -> None:
    data = base64.b64encode(png())
    part = (
        b"--b\r\nContent-Type: %s\r\nContent-Transfer-Encoding: base64\r\nContent-%s\r\n\r\n%s\r\n"
    )
    html = "<meta charset=gb2312><p>如图。</p><p><img src='cid:one'></p>".encode("gb18030")
    archive = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
        b"Snapshot-Content-Location: http://www.example.gov.cn/1.html\r\n"
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n'
        + part % (b"text/html; charset=gb2312", b"ID: <page>", base64.b64encode(html))
        + part % (b"image/png", b"ID: <one>", data)
        + b"--b--\r\n"
    )
    source = page.read("page.mht", archive)
    assert is_whole(source)
    assert source.address == "http://www.example.gov.cn/1.html"
    assert shown(source) == ["如图。", "［图］"]
    assert pictures(source)[0].data == png()


def test_a_single_file_page_has_its_style_sheets_and_no_address_of_a_disk() -> None:
    archive = (
        "Content-Type: multipart/related; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/html\r\nContent-Location: file:///C:/1.htm\r\n\r\n"
        "<link rel=stylesheet href='cid:css@blink'><p>全文。</p><p class=m>手机版</p>\r\n"
        "--b\r\nContent-Type: text/css\r\nContent-Location: cid:css@blink\r\n\r\n"
        ".m{display:none}\r\n--b--\r\n"
    )
    source = page.read("page.mht", archive.encode())
    assert shown(source) == ["全文。"]
    assert left(source) == {"隐藏的文字": ["手机版"]}
    assert source.address == ""


def test_broken_blanks_are_blanks() -> None:
    assert shown(read("<p>甲&sp;乙&amp;nbsp;丙&emsp;丁</p>")) == ["甲 乙 丙\u3000丁"]


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16", "utf-8-sig"])
def test_a_page_is_read_in_any_encoding(encoding: str) -> None:
    html = f"<meta charset='{encoding}'><p>各區政務辦：現將有關事項通知如下。</p>"
    assert shown(read(html, encoding)) == ["各區政務辦：現將有關事項通知如下。"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "文件是空的"),
        (b"\x89PNG\r\n", "图片"),
        (b"PK\x03\x04", "压缩包"),
        ("没有标签".encode(), "没有网页内容"),
        (b"<p" + b" a=1" * 6000 + b">x", "属性"),
        (b"<div>" * 9000 + b"x", "两千层"),
        (b"<table border=1>" + (b"<tr>" + b"<td colspan=1000>x" * 20) * 60, "合并"),
        (b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx", "没有网页"),
    ],
)
def test_what_is_no_page_is_told(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        page.read("page.html", data)


@pytest.mark.parametrize(
    "html",
    [
        "<table>" * 300 + "x" + "</table>" * 300,
        "<p>" + "<b><i>" * 900 + "x",
        "<style>" + "a{" * 5000 + "</style><p>x",
        "<style>@" * 3000 + "</style><p>x",
        "<table border=1>" + "<tr><td>1</td></tr>" * 1000 + "</table>",
        "<p>" + "来源：" * 20000,
        "<ol>" * 500 + "<li>x",
        "<div class='" + "a " * 3000 + "'><p>x",
        "<style>" + "甲 乙 " * 60_000 + "</style><p>x",
        "<style>" + "".join(f"div p{{a:{at}}} " for at in range(4000)) + "</style><p>x",
        "<title>" + "a_" * 60_000 + "</title><p>x",
        "<p>全文。</p><p>来源" + "&nbsp;" * 60_000 + "x",
        "<p style='font-weight:²'>x",
        "<p>" + "<b>甲</b>乙" * 9000,
    ],
)
@pytest.mark.thorough
def test_a_hostile_page_is_read_or_refused(html: str) -> None:
    with contextlib.suppress(Unreadable):
        read(html)


def test_marks_that_lead_to_notes_are_notes_of_the_text() -> None:
    """As Word writes them into a filtered page."""
    html = (
        "<p>人口<a href='#_ftn1'>[1]</a>按规定计算，面积<a href='#_ftn2'>[2]</a>另计。</p><hr>"
        "<div><p><a href='#_ftnref1'>[1]</a> 指户籍人口。</p></div>"
        "<div><p><a href='#_ftnref2'>[2]</a> 指建筑面积。</p></div>"
    )
    source = read(html)
    made = read_text(source.blocks, source)
    (block,) = made.blocks
    notes = [each.content for each in block.content if isinstance(each, Note)]
    assert [plain(each) for each in notes] == ["指户籍人口。", "指建筑面积。"]


@pytest.mark.parametrize("identifier", ["h-hzx5qr7c-p", "i-4nav8x2k", "t-2pn6hot9"])
def test_letters_of_a_hash_name_no_part_of_a_site(identifier: str) -> None:
    html = f'<p>现将有关事项通知如下。</p><p id="{identifier}">见<a href="/">《办法》。</a></p>'
    source = page.read("page.html", f"<body>{html}</body>".encode())
    assert shown(source)[-1] == "见《办法》。"


def test_paragraphs_in_an_item_of_a_list_say_so() -> None:
    html = "<ol><li><p class=clause>一、按期报送。</p><p>逾期通报。</p></li></ol><p>此致。</p>"
    source = page.read("page.html", f"<body>{html}</body>".encode())
    assert [each.look.style for each in paragraphs_in(source.blocks)] == [
        "p.clause",
        "p.of-item",
        "p",
    ]
