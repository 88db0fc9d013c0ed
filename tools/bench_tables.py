"""A table with merged cells of so many rows → the time and the memory of all that is made of it.

`bench_tables.py FOLDER` prints them; `bench_tables.py CONTENT STAGE` goes through one stage in a
process of its own, for the most that a process has had in memory never grows less.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from publisher import pipeline
from publisher.model import Edition
from publisher.readers import read_bureau, read_document
from publisher.renderers import docx, pdf, table, tags, web
from publisher.setting.editions import edition_of

FEW, MANY, MANY_IN_PDF = 1000, 10_000, 3000
"""Rows; ten thousand make a PDF of some 1,500 pages, which takes minutes and 3 GB."""
RUNS = 3
"""Of the few rows, the shortest of which counts; of the many there is one."""
SLUG = "merged"
_GROUP, _SUBGROUP, _MERGED = 40, 8, 2
"""Rows of a group, of one within it, and of a merged cell."""


class Taken(NamedTuple):
    """What a part of a stage took."""

    seconds: float
    """Of the process's own work."""
    peak: float
    """The most memory that its process had until its end, in megabytes."""


def main() -> None:
    """Go through a stage, or print what all of them take."""
    match sys.argv[1:]:
        case [folder, stage]:
            print(json.dumps(dict(_STAGES[stage](Path(folder)))))
        case [folder]:
            print_taken(Path(folder).resolve())


def print_taken(place: Path) -> None:
    """Print what each part of each stage takes with few rows and with many."""
    for rows in (FEW, MANY_IN_PDF, MANY):
        _write(place / f"{SLUG}-{rows}", rows)
    print(f"\n{'table, merged cells':22}{'rows':>7}{'seconds':>9}{'ratio':>7}{'MB':>7}{'ratio':>7}")
    for stage in _STAGES:
        few = _least([_run(place, FEW, stage) for _ in range(RUNS)])
        rows = MANY_IN_PDF if stage == "PDF" else MANY
        many = _run(place, rows, stage)
        for part, (seconds, peak) in few.items():
            more, higher = many[part]
            times, volumes = more / seconds, higher / peak
            print(f"{part:22}{FEW:7}{seconds:9.2f}{'':7}{peak:7.0f}")
            print(f"{part:22}{rows:7}{more:9.2f}{times:7.1f}{higher:7.0f}{volumes:7.1f}")


def _least(runs: list[dict[str, Taken]]) -> dict[str, Taken]:
    return {part: min(run[part] for run in runs) for part in runs[0]}


def _run(place: Path, rows: int, stage: str) -> dict[str, Taken]:
    command = (sys.executable, __file__, f"{SLUG}-{rows}", stage)
    done = subprocess.run(command, cwd=place, check=True, stdout=subprocess.PIPE)
    return {part: Taken(*taken) for part, taken in json.loads(done.stdout).items()}


# -- what is made of it -----------------------------------------------------------------


def _timed(call: Callable[[], object]) -> Taken:
    start = time.process_time()
    call()
    return _since(start)


def _since(start: float) -> Taken:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Taken(time.process_time() - start, peak)


def _check(content: Path) -> Iterator[tuple[str, Taken]]:
    yield "check", _timed(lambda: pipeline.read(content, SLUG))


def _docx(content: Path) -> Iterator[tuple[str, Taken]]:
    edition = _edition(content)
    yield "DOCX, also of it alone", _timed(lambda: docx.render(edition))


def _sheets(content: Path) -> Iterator[tuple[str, Taken]]:
    edition = _edition(content)
    yield "XLSX and CSV", _timed(lambda: table.render(edition))


def _page(content: Path) -> Iterator[tuple[str, Taken]]:
    edition = _edition(content)
    yield "page and fragment", _timed(lambda: web.render(edition, {}))


def _pdf(content: Path) -> Iterator[tuple[str, Taken]]:
    """The parts of a PDF one after another."""
    faces, edition = pdf.prepare(), _edition(content)
    start = time.process_time()
    html = pdf.html(edition, faces)
    yield "PDF, composed", _since(start)
    start = time.process_time()
    pages = pdf.set_pages(html)
    yield "PDF, set", _since(start)
    start = time.process_time()
    tags.mend(pages)
    yield "PDF, tagged", _since(start)


_STAGES = {"check": _check, "DOCX": _docx, "XLSX": _sheets, "page": _page, "PDF": _pdf}


def _edition(content: Path) -> Edition:
    bureau, _ = read_bureau(content)
    document, findings = read_document(content / SLUG, bureau)
    assert document is not None, findings
    return edition_of(document)


# -- the document -----------------------------------------------------------------------

_DOCUMENT = """\
---
文种: 通知
标题: 关于印发《重点指标分解表》的通知
发文机关: 青岚市水务局
主送: 各区水务局
成文日期: 2030-04-10
附件:
  - 文件: targets.csv
    标题: 重点指标分解表
    表头: 2
    列:
      类别: 分组
      领域: 分组
      指标: 行头
      分年度目标/2030年: 数字
      分年度目标/2031年: 数字
      评分办法: 文字
      责任部门: 部门
---

现将《重点指标分解表》印发给你们，请按照执行。
"""
_HEAD = (
    ("类别", "领域", "指标", "分年度目标", "<", "评分办法", "责任部门"),
    ("^", "^", "^", "2030年", "2031年", "^", "^"),
)
_NAMES = ("渠道衬砌率", "计量设施覆盖率", "漏损率", "水平衡测试完成率", "再生水利用率")
_WAYS = (
    "达到目标值的得满分",
    "每低1个百分点扣1分",
    "扣完为止",
    "资料不全的扣除一半",
    "未完成的不得分",
)
_DEPARTMENTS = ("规划科", "河湖科", "规划科；河湖科")


def _write(content: Path, rows: int) -> None:
    """A notice with a table of so many rows: nested groups, a head of two rows, merged cells."""
    folder = content / SLUG
    folder.mkdir(parents=True)
    (content / "bureau.yaml").write_text("发文机关:\n  - 名称: 青岚市水务局\n", "utf-8")
    (folder / "document.md").write_text(_DOCUMENT, "utf-8")
    with (folder / "targets.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((*_HEAD, *_rows(rows)))


def _rows(count: int) -> Iterator[tuple[str, ...]]:
    """The last of each group is its sum."""
    chance = random.Random(1)
    sums = [0, 0]
    for row in range(count):
        names = f"第{row // _GROUP + 1}类", f"第{row // _SUBGROUP + 1}个领域"
        if row % _GROUP == _GROUP - 1:
            yield *names, "小计", *map(_figure, sums), "^", "^"
            sums = [0, 0]
            continue
        figures = [chance.randrange(900, 99_999) for _ in sums]
        sums = [summed + figure for summed, figure in zip(sums, figures, strict=True)]
        way = "，".join(chance.sample(_WAYS, 3)) + f"，权重{row % 9 + 1}%。"
        below = ("^", "^") if row % _MERGED else (way, chance.choice(_DEPARTMENTS))
        yield *names, f"{chance.choice(_NAMES)}{row + 1}", *map(_figure, figures), *below


def _figure(tenths: int) -> str:
    return f"{tenths / 10:,}"


if __name__ == "__main__":
    main()
