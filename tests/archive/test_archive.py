"""The archive: who is in it, what its pages say of one another, what other programs read."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from lxml import html

from conftest import tool, write
from publisher import builds, cli, pipeline
from publisher.archive import lots, policies, search
from publisher.archive import making as archive_making
from publisher.archive.handover import ALL, SUMS
from publisher.archive.links import check_links
from publisher.archive.made import MadeArchive
from publisher.archive.policies import Policy
from publisher.archive.record import withheld
from publisher.archive.updating import update
from publisher.diagnostics import BrokenEnvironment
from publisher.model import Bureau, Document, Prose
from publisher.output import InTheWay
from publisher.renderers import web
from publisher.renderers.downloads import LONGEST_NAME, file_name

making = tool("make_archive")

BUREAU = """\
发文机关:
  - 名称: 青岚市水务局
网站:
  名称: 青岚水务网
  域名: water.example.org
  网站标识码: "3300000001"
"""
PLAN = """\
名称: 青岚市水务政策库
网址: https://water.example.org/zc
栏目:
  - 名称: 政策文件
    类型: 政策文件
改名:
  former: plan
以前的版本:
  plan: plan-v1
撤下: gone
"""
ADDRESS = "https://water.example.org/zc/"


def written(title: str, text: str = "请认真执行。", **keys: str) -> str:
    """A `document.md` with these keys beside those that it must have."""
    given = {
        **{"文种": "通知", "标题": title, "发文机关": "青岚市水务局", "成文日期": "2024-03-01"},
        **{"发布日期": "2024-03-02", "发布时间": "09:30"},
        **keys,
    }
    lines = "\n".join(f"{name}: {words}" for name, words in given.items() if words)
    return f"---\n{lines}\n---\n\n{text}\n"


TABLE = "附件: [{文件: tasks.csv, 标题: 任务表, 列: {序号: 序号, 任务: 文字}}]"
CONTENT = {
    "bureau.yaml": BUREAU.replace("网站:", "    标志图片: 标志.svg\n网站:", 1),
    "archive.yaml": PLAN,
    "标志.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" width="500" height="60">'
        '<rect width="500" height="60" fill="#f00"/></svg>'
    ),
    "old/document.md": written(
        "关于堤防巡查的通知", "每月巡查1次。", 发文字号="青水发〔2020〕3号", 成文日期="2020-05-06"
    ),
    "older/document.md": written("关于岸线管理的通知", 成文日期="2019-01-01", 有效性="有效"),
    "plan-v1/document.md": written("关于清淤的通知", "清淤5公里。", 成文日期="2024-01-01"),
    "plan/document.md": written(
        "关于清淤的通知", "清淤8公里。", 废止="青水发[2020]3号", 修改="older", 主题分类="水利"
    ).replace("\n---\n\n", f"\n{TABLE}\n---\n\n"),
    "plan/tasks.csv": "序号,任务\n1,清理河道。\n",
    "reading/reading.md": (
        "---\n标题: 《关于清淤的通知》解读\n解读: plan\n发布日期: 2024-03-03\n---\n\n"
        "为什么清淤。\n\n![一图读懂：清淤8公里](tujie.svg)\n"
    ),
    "reading/tujie.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40">'
        '<rect width="80" height="40" fill="#246"/></svg>'
    ),
    "secret/document.md": written("关于绝密事项的通知", 密级="机密★1年", 份号="1"),
    "closed/document.md": written("关于内部分工的通知", 公开属性="依申请公开"),
    "gone/document.md": written("关于撤下的通知"),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("archive")
    write(root / "content", CONTENT)
    making.archived(root / "content", root / "build", is_whole=True)
    return root


@pytest.fixture
def own(root: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(root, tmp_path / "own", copy_function=shutil.copy2))


def public(root: Path) -> Path:
    return root / "build" / "public"


def page(root: Path, name: str) -> html.HtmlElement:
    return html.fromstring((public(root) / name).read_bytes())


def words(root: Path, name: str) -> str:
    return " ".join(page(root, name).text_content().split())


def again(root: Path, **asked: bool) -> MadeArchive:
    return making.archived(root / "content", root / "build", **asked)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


# -- who is in it -----------------------------------------------------------------------


def test_nothing_that_is_not_for_the_public_gets_there(root: Path) -> None:
    made = files(public(root))
    assert {name.partition("/")[0] for name in made} == {
        *("index.html", "404.html", "feed.xml", "sitemap.xml", "policies.json", "site"),
        *("old", "older", "plan", "plan-v1", "reading", "former"),
    }
    whole = b"".join(made.values()).decode("utf-8", "ignore")
    for closed in ("绝密事项", "内部分工", "撤下的通知"):
        assert closed not in whole


def test_nothing_for_the_office_gets_there(root: Path) -> None:
    names = {Path(name).name for name in files(public(root) / "plan")}
    assert names == {
        *("index.html", "changes-plan-v1.html", "attachment-1.csv", "attachment-1.xlsx"),
    }
    with zipfile.ZipFile(public(root) / "plan" / "attachment-1.xlsx") as book:
        inside = b"".join(map(book.read, book.namelist()))
    assert (root / "build" / "plan" / "web" / "mark.png").exists()
    assert b"publisher" not in inside.lower().replace(b"<application>publisher", b"")


CLOSED = [
    {"disclosure": "不予公开"},
    {"disclosure": "依申请公开"},
    {"disclosure": "不公开"},
    {"disclosure": "内部资料"},
    {"disclosure": "此件不公开"},
    {"note": "此件依申请公开"},
    {"note": "此件不予公开"},
    {"note": "此件发至县团级"},
    {"classification": "秘密"},
]
OPEN = [{}, {"disclosure": "主动公开"}, {"disclosure": "公开"}, {"note": "此件公开发布"}]


@pytest.mark.parametrize("given", CLOSED, ids=lambda given: "-".join(given.values()))
def test_a_document_that_is_not_for_the_public_is_withheld(given: dict[str, str]) -> None:
    assert withheld(Document("case", Bureau(()), Prose("通知"), **given))


@pytest.mark.parametrize("given", OPEN, ids=lambda given: "-".join(given.values()) or "nothing")
def test_a_document_that_says_so_or_says_nothing_is_for_the_public(given: dict[str, str]) -> None:
    assert withheld(Document("case", Bureau(()), Prose("通知"), **given)) == ""


def test_what_is_closed_later_leaves_the_archive_and_its_zips_at_once(own: Path) -> None:
    text = (own / "content/older/document.md").read_text("utf-8")
    closed = text.replace("有效性: 有效", "公开属性: 不予公开")
    write(own / "content", {"older/document.md": closed})
    made = making.update(own / "content", own / "build")  # it was not published again
    assert "公开属性是“不予公开”" in {each.why for each in made.withheld}
    assert not (public(own) / "older").exists()
    whole = b"".join(files(public(own)).values()).decode("utf-8", "ignore")
    assert "older/" not in whole
    with zipfile.ZipFile(own / "build/archive" / ALL) as archive:
        assert not [name for name in archive.namelist() if name.startswith("older/")]


def test_what_cannot_be_read_any_more_leaves_it_too(own: Path) -> None:
    (own / "content/older/document.md").unlink()
    (own / "content/older/document.md").mkdir()
    made = making.update(own / "content", own / "build")
    assert ("older", "内容现在读不出来") in {(each.slug, each.why) for each in made.withheld}
    assert not (public(own) / "older").exists()


DAMAGES: dict[str, Callable[[Any], Any]] = {
    "no files": lambda manifest: manifest.pop("files"),
    "a file without its size": lambda manifest: manifest["files"]["document.txt"].pop("bytes"),
    "files that are none": lambda manifest: manifest.update(files=[1]),
    "a title that is none": lambda manifest: manifest.update(title=None),
    "a record that is none": lambda manifest: manifest.update(public=["x"]),
    "a record without organs": lambda manifest: manifest["public"].pop("issuers"),
    "a day that leads elsewhere": lambda manifest: manifest["public"].update(published="../a"),
    "a download that is none": lambda manifest: manifest["public"].update(downloads=[{}]),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_document_whose_manifest_is_damaged_is_left_out_and_that_is_told(
    own: Path, damage: str
) -> None:
    file = own / "build/older/manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    DAMAGES[damage](manifest)
    file.write_text(json.dumps(manifest), "utf-8")
    made = making.update(own / "content", own / "build")
    withheld = {each.slug: each.why for each in made.withheld}
    assert withheld["older"] == "manifest.json 不是这一版程序写的，或者已损坏，请重新生成"
    assert not (public(own) / "older").exists()
    builds.write_overview(own / "build", ("older", "plan"))
    assert "plan/" in (own / "build/index.html").read_text("utf-8")


def test_a_name_in_a_manifest_leads_nowhere_else(own: Path) -> None:
    file = own / "build/older/manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    manifest["files"][f"web/{own}/outside.txt"] = manifest["files"]["web/index.html"]
    shutil.copy2(own / "build/older/web/index.html", own / "outside.txt")
    file.write_text(json.dumps(manifest), "utf-8")
    making.update(own / "content", own / "build")
    assert not [name for name in files(public(own)) if "outside" in name]


@pytest.mark.parametrize("name", ["web/index.html", "document.txt"])
def test_a_page_or_text_that_somebody_wrote_to_does_not_go_online(own: Path, name: str) -> None:
    written_to = own / "build/older" / name
    written_to.write_bytes(b"\xd0\xcf")
    with pytest.raises(BrokenEnvironment, match=f"{written_to} 与生成时不同，没有归档"):
        making.update(own / "content", own / "build", is_whole=True)


def test_a_document_that_is_deleted_leaves_it(own: Path) -> None:
    shutil.rmtree(own / "content/older")
    again(own)
    assert not (public(own) / "older").exists()
    assert "older" not in (public(own) / "site/catalogue.json").read_text("utf-8")


def test_a_folder_of_somebody_is_not_touched(tmp_path: Path) -> None:
    write(tmp_path / "content", {"bureau.yaml": BUREAU, "a/document.md": written("关于甲的通知")})
    write(tmp_path / "build", {"public/mine.html": "mine"})
    with pytest.raises(InTheWay, match="不是 publisher 生成的"):
        again(tmp_path)
    assert files(public(tmp_path)) == {"mine.html": b"mine"}


# -- the same again ---------------------------------------------------------------------


def test_the_same_content_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    write(tmp_path / "content", CONTENT)
    again(tmp_path, is_whole=True)
    assert files(public(tmp_path)) == files(public(root))
    assert files(tmp_path / "build/archive") == files(root / "build/archive")


def test_a_second_run_writes_nothing(own: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in public(own).rglob("*")}
    assert again(own).written == 0
    assert again(own, is_whole=True).written == 0
    assert {path: path.stat().st_mtime_ns for path in public(own).rglob("*")} == before


def test_where_nothing_changed_nothing_is_read_and_the_same_is_said(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = again(own)
    monkeypatch.setattr("publisher.archive.making.make", lambda *_, **__: pytest.fail("was read"))
    same = again(own)
    assert (same.count, same.withheld, same.findings) == (made.count, made.withheld, made.findings)


@pytest.mark.parametrize("name", ["archive.yaml", "reading/reading.md", "reading/tujie.svg"])
def test_a_change_that_no_build_knows_of_is_looked_at(
    own: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(own)
    file = own / "content" / name
    file.write_bytes(file.read_bytes() + b"\n")
    looked: list[str] = []
    make = archive_making.make

    def noted(*asked: Any, is_whole: bool) -> MadeArchive:
        looked.append(name)
        return make(*asked, is_whole=is_whole)

    monkeypatch.setattr(archive_making, "make", noted)
    again(own)
    assert looked


def test_step_by_step_it_becomes_what_it_is_at_once(root: Path, tmp_path: Path) -> None:
    write(tmp_path / "content", {**CONTENT, "plan/document.md": written("关于别的通知")})
    again(tmp_path)
    write(tmp_path / "content", CONTENT)
    again(tmp_path, is_whole=True)
    assert files(public(tmp_path)) == files(public(root))


@pytest.mark.thorough
@pytest.mark.parametrize(
    "damage",
    [
        lambda kept: b"{",
        lambda kept: b"[" * 100_000,
        lambda kept: kept.replace(b'"held"', b'"lost"'),
        lambda kept: re.sub(rb'":"[0-9]', b'":"9', kept),
    ],
)
def test_words_that_somebody_wrote_into_are_read_again(own: Path, damage: Any) -> None:
    before = files(public(own))
    for file in (own / "build" / lots.FOLDER).iterdir():
        file.write_bytes(damage(file.read_bytes()))
    write(own / "content", {"plan/document.md": CONTENT["plan/document.md"] + "\n另有一句。\n"})
    again(own)
    write(own / "content", {"plan/document.md": CONTENT["plan/document.md"]})
    again(own)
    assert files(public(own)) == before


def test_words_are_never_kept_where_a_link_leads(own: Path) -> None:
    kept, elsewhere = own / "build" / lots.FOLDER, own / "elsewhere"
    shutil.rmtree(kept)
    elsewhere.mkdir()
    (elsewhere / "mine.json").write_bytes(b"{}")
    kept.symlink_to(elsewhere)
    write(own / "content", {"plan/document.md": CONTENT["plan/document.md"] + "\n另有一句。\n"})
    with pytest.raises(InTheWay, match="是一个链接"):
        again(own)
    assert files(elsewhere) == {"mine.json": b"{}"}


def test_what_somebody_changed_or_added_is_mended_by_the_whole_run(own: Path) -> None:
    before = files(public(own))
    page = public(own) / "plan/index.html"
    page.write_bytes(b"x" * page.stat().st_size)
    write(public(own), {"plan/added.txt": "x", "new/x.html": "x"})
    again(own, is_whole=True)
    assert files(public(own)) == before


@pytest.mark.parametrize("what", ["other bytes", "a link", "a pipe"])
def test_what_is_not_as_it_was_made_does_not_go_online(own: Path, what: str) -> None:
    name = "attachment-1.csv"
    made, online = own / "build/plan/web" / name, public(own) / "plan" / name
    data = made.read_bytes()
    online.unlink()
    made.unlink()
    if what == "a pipe":
        os.mkfifo(made)
    elif what == "a link":
        (own / "same").write_bytes(data)
        made.symlink_to(own / "same")
    else:
        made.write_bytes(b"x" * len(data))
    with pytest.raises(BrokenEnvironment, match="与生成时不同，没有归档。请重新生成这份公文"):
        update(own / "content", own / "build", is_whole=True)
    assert not [path for path in online.parent.iterdir() if path.name.startswith((".", name))]


# -- what pages say of one another ------------------------------------------------------


def test_an_older_document_says_what_a_younger_one_made_of_it(root: Path) -> None:
    (banner,) = page(root, "old/index.html").find_class("standing")
    assert banner.text_content().split() == ["已废止。本文于2024年3月1日被关于清淤的通知废止。"]
    assert banner.xpath(".//a/@href") == ["../plan/"]
    assert "有效性 已废止" in words(root, "old/index.html").replace("有效性已", "有效性 已")
    assert "已修改" in words(root, "older/index.html")
    lists = words(root, "index.html")
    assert "已废止" in lists
    assert "已修改" in lists
    assert "已废止" in words(root, "site/2024.html")


def test_relations_are_linked_both_ways(root: Path) -> None:
    def ties(name: str) -> dict[str, list[str]]:
        (section,) = page(root, name).xpath("//section[@aria-labelledby='archive-ties']")
        return {
            " ".join(head.text_content().split()): head.getnext().xpath(".//a/@href")
            for head in section.iter("h3")
        }

    assert ties("plan/index.html") == {
        "政策解读": ["../reading/"],
        "本文修改的公文": ["../older/"],
        "本文废止的公文": ["../old/"],
        "以前的版本": ["../plan-v1/", "changes-plan-v1.html"],
    }
    assert ties("reading/index.html") == {"解读的公文": ["../plan/"]}
    assert ties("old/index.html") == {"废止本文的公文": ["../plan/"]}


def test_a_text_that_explains_is_no_official_document(root: Path) -> None:
    made = page(root, "reading/index.html")
    assert not made.find_class("mark")
    assert not made.find_class("signature")
    assert made.xpath("//article//img/@alt") == ["一图读懂：清淤8公里"]
    assert not (root / "build/reading").exists()


def _facts(page: html.HtmlElement) -> dict[str, str]:
    names, words = page.xpath("//*[@class='facts']//dt"), page.xpath("//*[@class='facts']//dd")
    return {
        name.text_content(): word.text_content() for name, word in zip(names, words, strict=True)
    }


def test_a_text_that_explains_says_whence_it_is_and_since_when_where_that_is_known(
    own: Path,
) -> None:
    assert _facts(page(own, "reading/index.html")) == {"发布日期": "2024年3月3日"}
    file = own / "content/reading/reading.md"
    text = file.read_text("utf-8")
    given = "发文机关: 青岚市水务局\n发布日期: 2024-03-03\n发布时间: 9:05\n"
    file.write_text(text.replace("发布日期: 2024-03-03\n", given), "utf-8")
    again(own)
    facts = {"发布日期": "2024年3月3日 09:05", "来源": "青岚市水务局"}
    assert _facts(page(own, "reading/index.html")) == facts
    file.write_text(text.replace("发布日期: 2024-03-03\n", "发文机关: 青岚市水务局\n"), "utf-8")
    again(own)
    assert _facts(page(own, "reading/index.html")) == {"来源": "青岚市水务局"}


def test_what_has_changed_is_told_in_plain_words(root: Path) -> None:
    said = words(root, "plan/changes-plan-v1.html")
    assert "清淤5公里" in said
    assert "清淤8公里" in said
    assert "这是以前的版本" in words(root, "plan-v1/index.html")
    assert "plan-v1" not in (public(root) / "site/catalogue.json").read_text("utf-8")


def test_a_former_address_leads_on(root: Path) -> None:
    made = page(root, "former/index.html")
    assert made.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../plan/"]
    assert made.xpath("//link[@rel='canonical']/@href") == ["https://water.example.org/zc/plan/"]


def test_every_link_leads_somewhere(root: Path) -> None:
    report = check_links(public(root), ADDRESS)
    assert report.broken == []
    assert report.inside > 50


def test_what_stands_for_a_page_that_is_not_there_uses_no_other_host(root: Path) -> None:
    made = page(root, "404.html")
    assert made.xpath("//link[@rel='stylesheet']/@href") == ["/zc/site/style.css"]
    assert made.xpath("//main//a/@href") == ["/zc/"]


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a/index.html": '<a href="../b/">b</a><a href="../b/#x">x</a><a href="#y">y</a>'
            '<a href="../../out.html">out</a><a href="javascript:x()">x</a><p id="y">'
            '<a href="/zc/b/#z">z</a><a href="/zc/c/">c</a><a href="/b/">b</a>',
            "b/index.html": "<p id=z>",
            "c.html": f'<a href="http://[::1"></a><a href="{"x" * 300}">x</a><a href="%00/">x</a>',
        },
    )
    assert check_links(tmp_path, ADDRESS).broken == [
        ("a/index.html", "../b/#x"),
        ("a/index.html", "../../out.html"),
        ("a/index.html", "javascript:x()"),
        ("a/index.html", "/zc/c/"),
        ("a/index.html", "/b/"),
        ("c.html", "http://[::1"),
        ("c.html", "x" * 300),
        ("c.html", "%00/"),
    ]


# -- tags and files ---------------------------------------------------------------------


def test_pages_have_the_tags_of_government_sites(root: Path) -> None:
    tags = {
        tag.get("name"): tag.get("content") for tag in page(root, "plan/index.html").iter("meta")
    }
    assert (
        tags.items()
        >= {
            "SiteName": "青岚水务网",
            "SiteDomain": "water.example.org",
            "SiteIDCode": "3300000001",
            "ColumnName": "政策文件",
            "ColumnType": "政策文件",
            "ArticleTitle": "关于清淤的通知",
            "PubDate": "2024-03-02 09:30",
            "ContentSource": "青岚市水务局",
            "Url": "https://water.example.org/zc/plan/",
        }.items()
    )


def test_each_mandatory_tag_that_nobody_gave_is_told_and_none_made_up(tmp_path: Path) -> None:
    bare = written("关于甲的通知", 发布日期="", 发布时间="")
    bureau = BUREAU.partition("网站")[0]
    write(tmp_path / "content", {"bureau.yaml": bureau, "a/document.md": bare})
    made = again(tmp_path)
    tags = {
        each.message.rpartition(" ")[2] for each in made.findings if each.name == "missing_page_tag"
    }
    assert tags == {
        *("SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnType", "PubDate"),
    }
    assert {each.severity.label for each in made.findings} == {"请核对"}
    said = (public(tmp_path) / "a/index.html").read_text("utf-8")
    assert not [tag for tag in tags if f'"{tag}"' in said]
    assert not (public(tmp_path) / "sitemap.xml").exists()


def test_a_day_without_its_time_is_told(tmp_path: Path) -> None:
    write(
        tmp_path / "content",
        {"bureau.yaml": BUREAU, "a/document.md": written("关于甲的通知", 发布时间="")},
    )
    assert "page_without_time" in {each.name for each in again(tmp_path).findings}


def test_relations_to_nothing_are_told(tmp_path: Path) -> None:
    write(
        tmp_path / "content",
        {
            "bureau.yaml": BUREAU,
            "archive.yaml": "改名: {b: nothing, a: b}\n以前的版本: {nothing: a}\n",
            "a/document.md": written("关于甲的通知", 废止="没有的公文", 修改="b"),
            "b/document.md": written("关于乙的通知", 成文日期="2025-01-01"),
        },
    )
    names = [each.name for each in again(tmp_path).findings]
    for name in ("unknown_relation", "younger_relation", "taken_address", "unknown_in_archive"):
        assert name in names


def test_downloads_have_names_that_people_know(root: Path) -> None:
    saved = page(root, "plan/index.html").xpath("//a[@download]/@download")
    assert "关于清淤的通知（附件 任务表）.xlsx" in saved


@pytest.mark.parametrize(
    "title", ["关于清淤的通知", "长" * 400, '坏/名:"称*?\n\u202e|', "𠀀" * 99, ""]
)
def test_a_name_fits_every_file_system(title: str) -> None:
    name = file_name(f"青水发〔2024〕1号 {title}".strip(), "附件1", ".pdf")
    assert len(name.encode()) <= LONGEST_NAME
    assert name.endswith("（附件1）.pdf")
    assert not set(name) & set('/\\:*?"<>|\n\u202e')


# -- what other programs read -----------------------------------------------------------


def test_the_catalogue_for_programs_keeps_its_schema(root: Path) -> None:
    raw = (public(root) / "policies.json").read_bytes()
    tool("schemas").POLICIES.validate_json(raw)
    listed = {policy["slug"]: policy for policy in json.loads(raw)["policies"]}
    assert list(listed) == ["reading", "plan", "older", "old"]
    assert listed["old"]["validity"] == "已废止"
    assert listed["old"]["relations"] == [{"what": "废止", "slug": "plan", "is_older": False}]
    assert listed["plan"]["interpretations"] == ["reading"]
    for file in listed["plan"]["files"]:
        data = (public(root) / file["path"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == file["sha256"]


def test_feed_and_sitemap_name_each_page_by_its_address(root: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.parse(public(root) / "feed.xml").getroot()
    assert feed.findtext(f"{atom}updated") == "2024-03-03T00:00:00+08:00"
    ids = [entry.findtext(f"{atom}id") for entry in feed.iter(f"{atom}entry")]
    base = "https://water.example.org/zc"
    assert ids == [f"{base}/{slug}/" for slug in ("reading", "plan", "older", "old")]
    sitemap = ElementTree.parse(public(root) / "sitemap.xml").getroot()
    addresses = [each.text for each in sitemap.iter() if each.tag.endswith("loc")]
    assert {f"{base}/", f"{base}/site/2024.html", *ids} == set(addresses)


def test_words_are_found_in_the_index_and_numbers_lead_to_them(root: Path) -> None:
    catalogue = json.loads((public(root) / "site/catalogue.json").read_bytes())
    count = catalogue["pieces"]

    def found(word: str) -> set[str]:
        held: list[set[int]] = []
        for gram in (word[at : at + 2] for at in range(len(word) - 1)):
            piece = json.loads(
                (public(root) / f"site/search/{ord(gram[0]) % count}.json").read_bytes()
            )
            at, numbers = 0, set()
            for step in piece.get(gram, "").split():
                at += int(step, 36)
                numbers.add(at)
            held.append(numbers)
        return {catalogue["rows"][number][0] for number in set.intersection(*held)}

    assert found(search.flat("清淤8公里")) == {"plan", "reading"}
    assert found(search.flat("青水发[2020]３号")) == {"old"}
    assert found(search.flat("绝密")) == set()


def test_zips_have_each_year_and_all_with_their_hashes(root: Path) -> None:
    folder = root / "build/archive"
    sums = dict(
        reversed(line.split("  "))
        for line in (folder / SUMS).read_text("utf-8").splitlines()
        if not line.startswith("#")
    )
    assert sums.keys() == {"2024.zip", ALL}
    for name, sum_ in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sum_
    with zipfile.ZipFile(folder / ALL) as archive:
        assert archive.testzip() is None
        inner = archive.read(SUMS).decode().splitlines()
        for line in inner:
            sum_, _, name = line.partition("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == sum_
        assert len(inner) == len(files(public(root)))


# -- many, one and none -----------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 12])
@pytest.mark.thorough
def test_an_archive_of_any_size_holds_together(count: int, tmp_path: Path) -> None:
    making.write_content(tmp_path / "content", count)
    made = again(tmp_path, is_whole=True)
    assert made.links is not None
    assert made.links.broken == []
    assert (public(tmp_path) / "index.html").is_file()


def test_lists_hold_fifty_a_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from publisher.archive import lists

    monkeypatch.setattr(lists, "PER_PAGE", 2)
    write(tmp_path / "content", CONTENT)
    again(tmp_path)
    assert len(page(tmp_path, "index.html").xpath("//ol[@id='policies']/li")) == 2
    assert page(tmp_path, "index.html").xpath("//nav[@id='pages']//a/@href") == [
        *("index.html", "site/page-2.html"),
    ]
    assert check_links(public(tmp_path), ADDRESS).broken == []


# -- the command ------------------------------------------------------------------------


def test_the_command_says_what_stands_there_and_what_does_not(
    own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(own)
    assert cli.run(["archive"]) == cli.CLEAN
    said = capsys.readouterr().out
    assert "未列入 closed：公开属性是“依申请公开”" in said
    assert "未列入 secret：有密级" in said
    assert "都能打开" in said
    assert "网站归档 build/public：5 份" in said


def test_without_builds_there_is_nothing_to_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["archive"]) == cli.WRONG_USAGE


def test_faults_of_the_plan_are_told_with_their_place(own: Path) -> None:
    write(own / "content", {"archive.yaml": "网址: water\n栏木: []\n"})
    made = again(own)
    assert {("unknown_key", 2), ("wrong_value", 1)} <= {
        (each.name, each.place.line) for each in made.findings
    }


def test_names_are_known_however_they_are_typed() -> None:
    assert policies.plain_name("青水发[2020] 3号") == policies.plain_name("青水发〔2020〕3号")
    assert pipeline.slugs(Path("/nowhere")) == ()


# -- what may go wrong ----------------------------------------------------------------------


def archive_of(root: Path, content: dict[str, str]) -> MadeArchive:
    write(root / "content", {"bureau.yaml": BUREAU, **content})
    return again(root)


def said(made: MadeArchive) -> set[tuple[str, str]]:
    return {(each.name, each.place.file) for each in made.findings}


def test_of_two_that_replace_one_another_neither_is_replaced(tmp_path: Path) -> None:
    content = {
        "a/document.md": written("关于甲事的通知", 替代="b"),
        "b/document.md": written("关于乙事的通知", 废止="c"),
        "c/document.md": written("关于丙事的通知", 修改="关于甲事的通知"),
        "d/document.md": written("关于丁事的通知", 废止="a"),
    }
    made = archive_of(tmp_path, content)
    circular = {place for name, place in said(made) if name == "circular_relation"}
    assert circular == {f"content/{slug}/document.md" for slug in "abc"}
    assert "已废止" in words(tmp_path, "a/index.html")
    assert not page(tmp_path, "b/index.html").xpath("//*[contains(@class, 'standing')]")


def test_a_name_that_several_have_is_told_and_not_guessed(tmp_path: Path) -> None:
    content = {
        "a/document.md": written("关于甲事的通知", 成文日期="2020-01-01"),
        "b/document.md": written("关于甲事的通知", 成文日期="2021-01-01"),
        "c/document.md": written("关于丙事的通知", 废止="关于甲事的通知"),
    }
    made = archive_of(tmp_path, content)
    assert ("ambiguous_relation", "content/c/document.md") in said(made)
    assert "已废止" not in words(tmp_path, "a/index.html") + words(tmp_path, "b/index.html")


def test_a_document_may_replace_an_older_one_of_its_own_title(tmp_path: Path) -> None:
    content = {
        "a/document.md": written("关于甲事的通知", 成文日期="2020-01-01"),
        "b/document.md": written("关于甲事的通知", 替代="关于甲事的通知"),
    }
    made = archive_of(tmp_path, content)
    assert not {name for name, _ in said(made)} & {"younger_relation", "ambiguous_relation"}
    assert "已被替代" in words(tmp_path, "a/index.html")


def test_an_earlier_version_is_in_force_no_more_though_the_later_one_is_withdrawn(
    own: Path,
) -> None:
    write(own / "content", {"archive.yaml": PLAN.replace("撤下: gone", "撤下: gone、plan")})
    again(own)
    assert "plan-v1/" not in (public(own) / "index.html").read_text("utf-8")
    assert "这是以前的版本。" in words(own, "plan-v1/index.html")


def test_a_slip_in_the_plan_does_not_bring_back_what_was_withdrawn(own: Path) -> None:
    for faulty in ("名称: [\n" + PLAN, PLAN.replace("撤下", "撒下")):
        write(own / "content", {"archive.yaml": faulty})
        made = again(own)
        assert not (public(own) / "gone").exists()
        assert "青岚市水务政策库" in words(own, "index.html")
        assert any(each.place.file.endswith("archive.yaml") for each in made.findings)


def test_after_a_run_that_was_interrupted_nothing_is_taken_on_trust(own: Path) -> None:
    (public(own) / "gone").mkdir()
    (public(own) / "gone" / "index.html").write_text("撤下", "utf-8")
    (own / "build" / ".archive-begun").touch()
    again(own)
    assert not (public(own) / "gone").exists()
    assert not (own / "build" / ".archive-begun").exists()


def test_nothing_is_written_through_a_link_that_somebody_made(own: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.rmtree(public(own) / "old")
    (public(own) / "old").symlink_to(elsewhere)
    (public(own) / "link").symlink_to(elsewhere)
    again(own, is_whole=True)
    assert not [*elsewhere.iterdir()]
    assert (public(own) / "old" / "index.html").is_file()
    assert not (public(own) / "link").is_symlink()


def test_what_was_edited_since_is_in_no_comparison(own: Path) -> None:
    edited = written("关于清淤的通知", "清淤9公里，还没有定。", 成文日期="2024-01-01")
    write(own / "content", {"plan-v1/document.md": edited})
    update(own / "content", own / "build", is_whole=True)
    assert "还没有定" not in words(own, "plan/changes-plan-v1.html")
    again(own)
    assert "还没有定" in words(own, "plan/changes-plan-v1.html")


@pytest.mark.parametrize("day", ["1999-12-31", "2099-01-01"])
def test_a_document_of_any_year_has_its_lists(day: str, tmp_path: Path) -> None:
    title = "关于<b>“甲”&乙</b>的通知" + "长" * 90
    archive_of(tmp_path, {"a/document.md": written(title, 成文日期=day, 发布日期=day)})
    assert title in words(tmp_path, "index.html")
    assert title in words(tmp_path, f"site/{day[:4]}.html")
    assert not page(tmp_path, "a/index.html").xpath("//nav[@class='path']//b")
    assert check_links(public(tmp_path), ADDRESS).broken == []


def test_the_page_of_a_long_table_stands_in_the_archive_as_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "MOST_ROWS", 2)
    rows = "".join(f"{number},清理河道。\n" for number in range(1, 5))
    long = written("关于清淤的通知").replace("\n---\n\n", f"\n{TABLE}\n---\n\n")
    content = {
        "archive.yaml": PLAN,
        "plan/document.md": long,
        "plan/tasks.csv": f"序号,任务\n{rows}",
        "young/document.md": written("关于停止清淤的通知", 废止="plan"),
    }
    archive_of(tmp_path, content)
    table = page(tmp_path, "plan/attachment-1.html")
    path = table.xpath("//nav[@class='path']//a/@href")
    assert path == ["../index.html", "../site/2024.html", "index.html"]
    assert table.xpath("//meta[@name='ColumnName']/@content") == ["政策文件"]
    address = "https://water.example.org/zc/plan/attachment-1.html"
    assert table.xpath("//link[@rel='canonical']/@href") == [address]
    assert table.xpath("//figure[@class='code']/svg")
    assert "已废止" in words(tmp_path, "plan/attachment-1.html")
    assert check_links(public(tmp_path), ADDRESS).broken == []


@pytest.mark.thorough
def test_words_of_a_year_are_read_again_only_where_it_changed(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    words_of = Policy.words

    def words(policy: Policy) -> str:
        read.append(policy.slug)
        return words_of(policy)

    monkeypatch.setattr(Policy, "words", words)
    for day, text in (("2024-03-02", "每月巡查2次。"), ("2021-03-02", "每月巡查3次。")):
        changed = written("关于岸线管理的通知", text, 成文日期="2019-01-01", 发布日期=day)
        write(own / "content", {"older/document.md": changed})
        again(own)
    # It came to another year: one lot lost it, the other has it alone.
    assert [slug for slug in read if slug != "older"].count("old") == 2
    write(own / "content", {"late/document.md": written("关于新事的通知", 发布日期="2026-01-01")})
    read.clear()
    again(own)
    assert read == ["late"]
    shutil.copytree(own / "content", tmp_path / "anew" / "content")
    again(tmp_path / "anew")
    assert files(public(own)) == files(public(tmp_path / "anew"))
