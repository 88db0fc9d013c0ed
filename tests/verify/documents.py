"""The documents whose pages are compared: the real one, made ones, in both forms of tables."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from conftest import CASE, DOCUMENTS, ROOT, front, read_content, resolved, write
from publisher.model import Document, FragmentTables
from publisher.renderers.web import render_fragment

FRONT = """\
文种: 通知
标题: 清溪县林业局关于印发《2031年护林工作安排》的通知
发文机关: 清溪县林业局
发文字号: 清林发〔2031〕12号
主送: 各乡镇林业站、国有林场
成文日期: 2031-02-18
抄送: 县应急管理局、县财政局
印发机关: 清溪县林业局办公室
印发日期: 2031-02-19
印发件:
  - 文件: plan.md
    标题: 2031年护林工作安排
    附件:
      - 文件: tasks.csv
        标题: 护林任务表
        列:
          序号: 序号
          类别: 分组
          任务: 文字
          时限: 时限
          牵头单位: 部门
          配合单位: 部门"""
TEXT = """\
《2031年护林工作安排》已经局务会研究通过，现印发给你们，请认真落实。有关表格见[林业专栏](https://linye.example.cn/hulin/index.html)和[填报样表](https://linye.example.cn/files/yangbiao.xlsx)。

# 压实巡护责任

林场和林业站要把巡护责任落实到山头地块，每名护林员管护面积不超过3000亩。

# 严格报告制度

发现火情立即报告，十五分钟内报到县林业局值班室。
"""
PLAN = """\
今年护林工作以防火为重点，林火受害率控制在0.8‰以内。

# 管好火源

## 祭扫用火。

清明前后设卡检查，劝导群众鲜花祭扫。

## 农事用火。

秸秆不得露天焚烧，村组干部分片包干。

# 防治病虫

春季普查松材线虫病，病死树在4月底前清理完毕。

清理下来的疫木集中除害，不得流失。

# 建设队伍

组建一支30人的专业扑火队，每月集训两天。
"""
TASKS = """\
序号,类别,任务,时限,牵头单位,配合单位
1,管好火源,清明期间在进山路口设卡检查。,4月10日前,防火科,森林派出所；各林业站
2,管好火源,劝导群众鲜花祭扫，发放宣传单5000份。,4月10日前,宣传科,防火科
3,管好火源,划定农事用火的时段和地块。,5月底,防火科,各林业站
4,防治病虫,春季普查松材线虫病。,3月底,森防站,国有林场
5,防治病虫,清理病死树1200株。,4月底,国有林场,森防站
6,防治病虫,疫木集中除害。,5月底,森防站,国有林场；防火科
7,建设队伍,组建30人的专业扑火队。,6月底,办公室,防火科
8,建设队伍,每月集训两天。,长期坚持,防火科,办公室
"""
BUREAU = "发文机关:\n  - 名称: 清溪县林业局\n    发文机关标志: 清溪县林业局文件\n"
NAMES = (
    "made",
    "2025-work-points",
    "complete",
    "table-long",
    "four-levels",
    "table-banner-groups",
    "three-attachments",
    "regulation",
    "letter",
    "minutes",
    "order",
    "items",
    "forwarded",
)
"""With tables and without; minutes and orders have no title of their own."""
FLAT = ("made", "2025-work-points", "complete", "table-banner-groups")


@cache
def fragment(name: str, is_flat: bool = False) -> str:
    """The fragment of a document."""
    document = _read(name)
    if is_flat:
        site = replace(document.bureau.site, tables=FragmentTables.FLAT)
        document = replace(document, bureau=replace(document.bureau, site=site))
    return render_fragment(resolved(document)).decode()


@cache
def _read(name: str) -> Document:
    if name == "made":
        files = {
            "bureau.yaml": BUREAU,
            f"{CASE}/document.md": front(FRONT, TEXT),
            f"{CASE}/plan.md": PLAN,
            f"{CASE}/tasks.csv": TASKS,
        }
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder) / "content", files)
            return read_content(Path(folder) / "content").document
    return read_content(ROOT / "content" if name[0].isdigit() else DOCUMENTS, name).document
