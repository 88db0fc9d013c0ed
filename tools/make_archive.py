"""A number of made documents, with the gallery among them → an archive to look at.

The made documents come without PDF and Word, which take most of the time and are no part of what is
looked at; the gallery comes with both where `--gallery` asks for it. All words are made up.
"""

from __future__ import annotations

import argparse
import random
import shutil
import time
from collections.abc import Iterable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any
from unittest.mock import patch

from publisher import pipeline, production, workers
from publisher.archive import links
from publisher.archive.made import MadeArchive
from publisher.archive.updating import update
from publisher.renderers import FORMATS, Format

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "templates" / "new" / "gallery"
BUREAU = """\
发文机关:
  - 名称: 临江市民政局
    机关代字: 临民发
  - 名称: 临江市财政局
  - 名称: 临江市人民政府
网站:
  名称: 临江市民政局门户网站
  域名: www.example.cn
  网站标识码: "4200000001"
  主办单位: 临江市民政局
  地址: 临江市滨江路1号
"""
PLAN = """\
名称: 临江市政策文件库
网址: https://www.example.cn/zcwjk/
栏目:
  - 名称: 政策解读
    类型: 解读回应
    文种: 政策解读
  - 名称: 政策文件
    类型: 政策文件
改名:
  old-name: d-0000
"""
_ORGANS = ("临江市民政局", "临江市财政局", "临江市人民政府")
_KINDS = ("通知", "意见", "公告", "通告", "决定", "通报")
_SUBJECTS = ("养老服务", "社会救助", "儿童福利", "社会组织", "区划地名", "殡葬管理", "慈善")
_MATTERS = (
    *("高龄津贴发放", "社区食堂建设", "困境儿童保障", "临时救助", "行政区划调整", "节地生态安葬"),
    *("社会组织年度检查", "慈善募捐备案", "适老化改造", "低保标准调整", "婚姻登记服务", "地名普查"),
)
_SENTENCES = (
    "各区民政部门要在{month}月底前完成摸底，建立台账。",
    "对符合条件的对象，每人每月补助{number}元。",
    "街道办事处受理申请后，应当在{number}个工作日内提出意见。",
    "确有困难的家庭可以由村（居）委会代为申请。",
    "资金由市、区两级财政按{number}∶{month}的比例分担。",
    "年内新建社区服务站点{number}处，覆盖全部街道。",
    "有关情况每季度公布一次，接受社会监督。",
)


class Here(Executor):
    """Work that is done at once, in this process."""

    def submit(self, call: Any, /, *given: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(call(*given, **named))
        except BaseException as error:
            future.set_exception(error)
        return future


def _is_slow(kind: Format) -> bool:
    """PDF and Word, and what is made of them."""
    return bool(kind.is_measured or kind.of)


def publish_lightly(content: Path, build: Path, slugs: Iterable[str]) -> list[pipeline.Outcome]:
    """Publish documents as they are, but without PDF and Word."""
    light = {name: kind for name, kind in FORMATS.items() if not _is_slow(kind)}
    with patch.object(production, "FORMATS", light):
        return pipeline.publish(content, build, slugs, Here(), lambda slug, made: None)


def archived(content: Path, build: Path, **asked: Any) -> MadeArchive:
    """Publish all documents lightly, and make the archive of them."""
    outcomes = publish_lightly(content, build, pipeline.slugs(content))
    made = {each.slug for each in outcomes if each.state is not pipeline.State.STOPPED}
    return update(content, build, made, **asked)


def write_content(content: Path, count: int) -> None:
    """So many made documents, and some texts that explain them."""
    content.mkdir(parents=True, exist_ok=True)
    (content / "bureau.yaml").write_text(BUREAU, "utf-8")
    (content / "archive.yaml").write_text(PLAN, "utf-8")
    for number in range(count):
        folder = content / f"d-{number:04}"
        folder.mkdir(exist_ok=True)
        (folder / "document.md").write_text(_document(number, count), "utf-8")
        if number % 25 == 3:
            reading = content / f"r-{number:04}"
            reading.mkdir(exist_ok=True)
            (reading / "reading.md").write_text(_reading(number, count), "utf-8")


def _day(number: int, count: int) -> str:
    months = number * 132 // max(count, 1)  # eleven years
    return f"{2015 + months // 12}-{months % 12 + 1:02}-{number % 27 + 1:02}"


def _title(number: int) -> str:
    matter = _MATTERS[number % len(_MATTERS)]
    kind = _KINDS[number % len(_KINDS)]
    return f"{_ORGANS[number % 3]}关于做好{matter}工作的{kind}（之{number}）"


def _document(number: int, count: int) -> str:
    chance = random.Random(number)
    lines = [
        f"文种: {_KINDS[number % len(_KINDS)]}",
        f"标题: {_title(number)}",
        f"发文机关: {_ORGANS[number % 3]}",
        f"成文日期: {_day(number, count)}",
        f"发布日期: {_day(number, count)}",
        f"主题分类: {_SUBJECTS[number % len(_SUBJECTS)]}",
        "有效性: 有效",
        f"摘要: 部署{_MATTERS[number % len(_MATTERS)]}工作",
    ]
    if number % 3 == 0:
        lines.append(f"发文字号: 临民发〔{_day(number, count)[:4]}〕{number}号")
    if number % 4:
        lines.append("发布时间: 09:30")
    for every, what in ((10, "修改"), (14, "废止"), (22, "替代")):
        if number >= every and number % every == 0:
            lines.append(f"{what}: d-{number - every + 1:04}")
    if number % 40 == 17:
        lines.append("公开属性: 依申请公开")
    sentences = [
        chance.choice(_SENTENCES).format(number=chance.randint(2, 90), month=chance.randint(1, 12))
        for _ in range(24)
    ]
    paragraphs = ["".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)]
    text = "\n\n".join(
        f"# {heading}\n\n" + "\n\n".join(paragraphs[at * 2 : at * 2 + 2])
        for at, heading in enumerate(("总体要求", "重点任务", "工作要求"))
    )
    return "---\n" + "\n".join(lines) + f"\n---\n\n{text}\n"


def _reading(number: int, count: int) -> str:
    return (
        f"---\n标题: 《{_title(number)}》解读\n发文机关: {_ORGANS[number % 3]}\n"
        f"发布日期: {_day(number, count)}\n发布时间: 10:00\n解读: d-{number:04}\n---\n\n"
        f"# 为什么要发这份文件\n\n{_MATTERS[number % len(_MATTERS)]}关系群众切身利益。\n\n"
        "# 有哪些变化\n\n补助标准提高，手续更少。\n"
    )


def add_gallery(content: Path) -> list[str]:
    """The examples of the program among the made documents."""
    slugs: list[str] = []
    for folder in sorted(GALLERY.iterdir()):
        if folder.is_dir():
            slugs.append(f"gallery-{len(slugs) + 1:02}")
            shutil.copytree(folder, content / slugs[-1], dirs_exist_ok=True)
    organs, _, site = BUREAU.partition("网站:\n")
    ours = organs.partition("\n")[2].partition("  - 名称: 临江市财政局")
    shared = (GALLERY / "bureau.yaml").read_text("utf-8")
    before, key, after = shared.partition("网站:\n")
    people = after.partition("\n\n")[2]
    words = f"{before.rstrip()}\n{ours[1]}{ours[2]}\n{key}{site}\n{people}"
    (content / "bureau.yaml").write_text(words, "utf-8")
    return slugs


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("target", type=Path, help="a folder for content and build")
    arguments.add_argument("--count", type=int, default=1000)
    arguments.add_argument("--gallery", action="store_true", help="with PDF and Word")
    given = arguments.parse_args()
    content, build = given.target / "content", given.target / "build"
    write_content(content, given.count)
    begun = time.monotonic()
    if given.gallery:
        slugs = add_gallery(content)
        with workers.start() as executor:
            pipeline.publish(content, build, slugs, executor, lambda slug, made: None)
    made = [slug for slug in pipeline.slugs(content) if not slug.startswith("gallery-")]
    publish_lightly(content, build, made)
    print(f"published in {time.monotonic() - begun:.1f} s")
    for what, is_whole in (("made", True), ("unchanged", False)):
        begun = time.monotonic()
        archive = update(content, build, set(pipeline.slugs(content)), is_whole=is_whole)
        print(f"archive {what} in {time.monotonic() - begun:.1f} s: {archive.count} pages")
        if archive.links:
            print(links.sentence(archive.links))
            for page, target in archive.links.broken[:20]:
                print(f"  {page} → {target}")
            size = sum(file.stat().st_size for file in archive.folder.rglob("*"))
            print(f"{len(archive.findings)} findings, {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
