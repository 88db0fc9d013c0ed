"""What is wrong with the archive → a finding: a function each, its docstring the page."""

from __future__ import annotations

from collections.abc import Iterable

from publisher.diagnostics import Finding, Severity
from publisher.model import Place


def _review(name: str, place: Place, message: str, hint: str) -> Finding:
    return Finding(name, Severity.REVIEW, place, message, hint)


def missing_page_tag(place: Place, tag: str, gives: str) -> Finding:
    """A page of the archive lacks a `<meta>` that pages of government sites must have.

    《政府网站发展指引》 (国办发〔2017〕47号) asks for it, and inspections look for it. Nothing is
    made up: write what it is to say where the finding tells. Of which tags that holds, and on what
    authority, is data: `templates/web/metadata.toml`.
    """
    return _review(
        "missing_page_tag",
        place,
        f"归档的网页没有必选的网页标签 {tag}",
        f"请写明{gives}；不知道的先向网站管理单位核实，不要自己编。",
    )


def page_without_time(place: Place) -> Finding:
    """The tag PubDate of a page of the archive has the day alone; it is to have the time too.

    The form asked for is `2025-03-12 09:30`. Write 发布时间 in the front matter.
    """
    return _review(
        "page_without_time",
        place,
        "网页标签 PubDate 只有日期，没有时刻",
        "请在文件信息里写“发布时间: 09:30”，照网站后台实际发布的时刻。",
    )


def missing_site_address(place: Place) -> Finding:
    """Nobody said where `build/public/` stands online.

    Without it there is no `sitemap.xml`, no QR code, and the pages do not say their own address.
    """
    return _review(
        "missing_site_address",
        place,
        "不知道归档放在哪个网址，没有生成 sitemap.xml 和二维码",
        "请在 content/archive.yaml 里写“网址: https://…/”，即 build/public/ 上传后的地址。",
    )


def unknown_relation(place: Place, relation: str, name: str, known: Iterable[str]) -> Finding:
    """A document says that it changes, repeals, replaces or explains one that is not there.

    Older documents are named by their folder, their 发文字号 or their title. One that is not in the
    archive has no page on which that could be said; name it under 相关文件, with its address.
    """
    from rapidfuzz import fuzz, process

    close = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=60)
    hint = f"是否想写“{close[0]}”？" if close else ""
    return _review(
        "unknown_relation",
        place,
        f"“{relation}”写的“{name}”不在归档里",
        f"{hint}请写它的文件夹名称、发文字号或完整的标题；归档里没有的，写进“相关文件”。",
    )


def younger_relation(place: Place, relation: str, name: str) -> Finding:
    """A document says that it changes, repeals or replaces itself, or one that is younger.

    It is not heeded. Write it in the front matter of the younger document, and name the older one.
    """
    return _review(
        "younger_relation",
        place,
        f"“{relation}”写的“{name}”是它自己，或者比它晚，没有采用",
        "请写在晚出的公文里，值是早出的公文。",
    )


def ambiguous_relation(place: Place, relation: str, name: str, slugs: Iterable[str]) -> Finding:
    """A document names an older one by a title or 发文字号 that more than one document has.

    It is not heeded: nobody can tell which is meant. Name the folder of the older document.
    """
    return _review(
        "ambiguous_relation",
        place,
        f"“{relation}”写的“{name}”不止一份：{'、'.join(slugs)}，没有采用",
        "请写其中一份的文件夹名称。",
    )


def circular_relation(place: Place, relation: str, name: str) -> Finding:
    """Documents say of one another that each changes, repeals or replaces the other.

    None of it is heeded: nobody can tell which is in force. Leave it in the younger document alone.
    """
    return _review(
        "circular_relation",
        place,
        f"“{relation}”写的“{name}”反过来也这样说本文，或者绕一圈又回到本文，没有采用",
        "请只在晚出的公文里写，并核对成文日期。",
    )


def unknown_in_archive(place: Place, name: str, key: str) -> Finding:
    """`archive.yaml` names a document that is not in the archive, or a folder that cannot be one.

    What is said of it has no effect. Mend the name, or take the line out.
    """
    return _review(
        "unknown_in_archive",
        place,
        f"“{key}”写的“{name}”不在归档里，没有作用",
        "请写 content 里公文文件夹的名称，或删去这一行。",
    )


def taken_address(place: Place, name: str) -> Finding:
    """A former name under 改名 is that of a document, or cannot be that of a folder.

    No page that leads on can be put there. Take the line out, or mend the name.
    """
    return _review(
        "taken_address",
        place,
        f"“改名”里的旧名称“{name}”现在另有公文，或不能作文件夹名称，没有作跳转",
        "请改正旧名称，或删去这一行。",
    )
